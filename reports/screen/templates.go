package screen

import (
	"strconv"
	"strings"
	"time"

	"kanal-campaign/campaign/text"
	"kanal-campaign/kanal"
	"kanal-campaign/reports/words"
)

// TemplateList shows the account's templates with their variables.
func TemplateList(f Face, templates []kanal.Template) {
	p := f.page()
	if len(templates) == 0 {
		p.text(0, p.TemplatesNone())
		p.show()
		return
	}
	p.line(p.TemplatesCount(len(templates)))
	for _, t := range templates {
		p.gap()
		p.line(templateName(f.Words, t))
		p.text(2, p.TemplateVariables(variablesText(f.Words, t)))
		if body := oneLine(t.Body); body != "" {
			p.line("  | ", text.Shorten(body, screenWidth-4))
			p.paintPlaceholders()
		}
	}
	p.show()
}

func templateName(w *words.Words, t kanal.Template) string {
	return w.TemplateName(text.Clean(t.Name), strconv.FormatInt(t.ID, 10))
}

func variablesText(w *words.Words, t kanal.Template) string {
	var names []string
	for _, v := range t.Variables {
		name := text.Clean(v.Name)
		switch {
		case v.Media:
			name = w.VariableMedia(name)
		case v.In == kanal.InHeader:
			name = w.VariableHeader(name)
		case v.In == kanal.InButton:
			name = w.VariableButton(name)
		}
		names = append(names, name)
	}
	shown := strings.Join(names, ", ")
	if shown == "" {
		shown = w.VariablesNone()
	}
	if !t.Certain {
		return w.VariablesUncertain(shown)
	}
	return shown
}

// templateAt is where the texts about a template start.
func templateAt(w *words.Words) int {
	return labelled(w.LabelTemplate(), w.LabelStatus(), w.LabelNumberId(), w.LabelChanged(), w.LabelVariables(), w.LabelNotClear(), w.Buttons()) + 1
}

// TemplateFull shows one template as it reads on the telephone, and all that is known about it.
func TemplateFull(f Face, t kanal.Template) {
	p := f.page()
	at := templateAt(f.Words)
	p.field(p.LabelTemplate(), at, templateName(f.Words, t))
	p.field(p.LabelStatus(), at, strings.ToLower(text.Clean(t.Status)))
	p.field(p.LabelNumberId(), at, strconv.FormatInt(t.PhoneNumberID, 10))
	if changed, known := stampOf(t.UpdatedAt); known {
		p.field(p.LabelChanged(), at, p.Date(changed))
	}
	p.field(p.LabelVariables(), at, variablesText(f.Words, t))
	for _, doubt := range t.Doubts {
		p.field(p.LabelNotClear(), at, f.TemplateDoubt(doubt))
	}
	p.gap()
	showBubble(p, t)
	p.show()
}

// stampLayouts are the ways in which the API may write a time; it documents one that ends in Z.
var stampLayouts = []string{time.RFC3339Nano, "2006-01-02T15:04:05.999999999", "2006-01-02 15:04:05", time.DateOnly}

// stampOf reads a time of the API's.
func stampOf(stamp string) (t time.Time, known bool) {
	for _, layout := range stampLayouts {
		if t, err := time.Parse(layout, stamp); err == nil {
			return t, true
		}
	}
	return time.Time{}, false
}
