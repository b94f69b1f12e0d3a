package words

import (
	"strings"

	"kanal-campaign/campaign/text"
	"kanal-campaign/kanal"
)

// TemplateDoubt says why the variables of a template could not be read for certain.
func (w *Words) TemplateDoubt(d kanal.TemplateDoubt) string {
	return w.say("template-doubt."+string(d.Code), nil, values{
		"Part": w.say("template-part."+d.Part, nil, nil), "Name": text.Clean(d.Name), "Kind": text.Clean(d.Kind),
		"Declared": placeholders(d.Declared), "Shown": placeholders(d.Shown),
	})
}

// placeholders writes variables as templates do: {{a}}, {{b}}.
func placeholders(variables []string) string {
	if len(variables) == 0 {
		return ""
	}
	return text.Clean("{{" + strings.Join(variables, "}}, {{") + "}}")
}
