package reports

import (
	"strconv"
	"strings"

	"kanal-campaign/kanal"
)

// TemplateList shows the account's templates with their variables.
func TemplateList(f Face, templates []kanal.Template) {
	p := f.page()
	if len(templates) == 0 {
		p.text(0, "There is no approved template in this account. Create one in Kanal and wait for its approval.")
		p.show()
		return
	}
	p.line(count(len(templates), "approved template"))
	for _, t := range templates {
		p.gap()
		p.line(Clean(t.Name), "  (", strconv.FormatInt(t.ID, 10), ")")
		p.field("", 2, "variables: "+variablesText(t))
		if body := oneLine(t.Body); body != "" {
			p.line("  | ", shorten(body, screenWidth-4))
			p.paintPlaceholders()
		}
	}
	p.show()
}

func variablesText(t kanal.Template) string {
	var parts []string
	for _, v := range t.Variables {
		name := Clean(v.Name)
		switch {
		case v.Media:
			name += " (link of the header's file)"
		case v.In != kanal.InBody:
			name += " (" + string(v.In) + ")"
		}
		parts = append(parts, name)
	}
	text := strings.Join(parts, ", ")
	if text == "" {
		text = "none"
	}
	if !t.Certain {
		text += "; not certain: name them with --variables"
	}
	return text
}

// templateAt is where the texts about a template start.
const templateAt = 11

// TemplateFull shows one template as it reads on the telephone, and all that is known about it.
func TemplateFull(f Face, t kanal.Template) {
	p := f.page()
	p.field("Template", templateAt, Clean(t.Name)+" ("+strconv.FormatInt(t.ID, 10)+")")
	p.field("Status", templateAt, strings.ToLower(Clean(t.Status)))
	p.field("Number id", templateAt, strconv.FormatInt(t.PhoneNumberID, 10))
	p.field("Changed", templateAt, stampDay(t.UpdatedAt))
	p.field("Variables", templateAt, variablesText(t))
	for _, doubt := range t.Doubts {
		p.field("Not clear", templateAt, f.TemplateDoubt(doubt))
	}
	p.gap()
	showBubble(p, t)
	p.show()
}
