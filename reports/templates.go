package reports

import (
	"io"
	"strconv"
	"strings"

	"kanal-campaign/kanal"
)

// TemplateList shows the account's templates with their variables.
func TemplateList(w io.Writer, templates []kanal.Template) {
	p := &page{}
	if len(templates) == 0 {
		p.text(0, "There is no approved template in this account. Create one in Kanal and wait for its approval.")
		p.show(w)
		return
	}
	p.line(count(len(templates), "approved template"))
	for _, t := range templates {
		p.gap()
		p.line(Clean(t.Name), "  (", strconv.FormatInt(t.ID, 10), ")")
		p.field("", 2, "variables: "+variablesText(t))
		if body := oneLine(t.Body); body != "" {
			p.line("  | ", shorten(body, screenWidth-4))
		}
	}
	p.show(w)
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

// TemplateFull shows one template as it will look, and all that is known about it.
func TemplateFull(w io.Writer, t kanal.Template) {
	const at = 11
	p := &page{}
	p.field("Template", at, Clean(t.Name)+" ("+strconv.FormatInt(t.ID, 10)+")")
	p.field("Status", at, Clean(t.Status))
	p.field("Number id", at, strconv.FormatInt(t.PhoneNumberID, 10))
	p.field("Changed", at, stampDay(t.UpdatedAt))
	p.field("Variables", at, variablesText(t))
	for _, doubt := range t.Doubts {
		p.field("Not clear", at, Clean(doubt))
	}
	p.gap()
	showLook(p, t)
	p.show(w)
}

// showLook draws the message in a frame of bars.
func showLook(p *page, t kanal.Template) {
	bars := func(text string) {
		for _, paragraph := range strings.Split(text, "\n") {
			for _, line := range wrap(Clean(paragraph), screenWidth-2) {
				p.line("| ", line)
			}
		}
	}
	if t.Header.Format != "" && t.Header.Format != kanal.FormatText {
		bars("[" + strings.ToLower(t.Header.Format) + "]")
	}
	for _, part := range []string{t.Header.Text, t.Body, t.Footer} {
		if part != "" {
			bars(part)
		}
	}
	for _, b := range t.Buttons {
		text := "[ " + b.Text + " ]"
		if b.URL != "" {
			text += "  " + b.URL
		}
		if b.Variable != "" {
			text += "  {{" + b.Variable + "}}"
		}
		bars(text)
	}
}
