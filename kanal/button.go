package kanal

import (
	"maps"
	"slices"
	"strings"
)

// readButtons reads a list of buttons, one button, an object that wraps the
// list, or an object that has the buttons as its values.
func (r *reader) readButtons(value any) {
	switch value := value.(type) {
	case []any:
		for _, element := range value {
			r.readButtons(element)
		}
	case string:
		r.t.Buttons = append(r.t.Buttons, Button{Text: value})
		r.unknown("buttons", value)
	case map[string]any:
		if inner, ok := value["buttons"]; ok {
			r.readButtons(inner)
			return
		}
		if textOf(value, "type", "text", "title", "label", "name", "url", "link") != "" {
			r.readButton(value)
			return
		}
		for _, key := range slices.Sorted(maps.Keys(value)) {
			switch inner := value[key].(type) {
			case map[string]any, []any:
				r.readButtons(inner)
			default:
				r.unknown("buttons."+key, inner)
			}
		}
	}
}

// readButton reads one button. The API page: a dynamic-URL button takes its
// value from the variable named after the button; static URLs and quick
// replies need none.
func (r *reader) readButton(object map[string]any) {
	button := Button{
		Type:  strings.ToUpper(textOf(object, "type", "sub_type")),
		Text:  textOf(object, "text", "title", "label", "name"),
		URL:   textOf(object, "url", "link"),
		Phone: textOf(object, "phone_number", "phone"),
	}
	if button.Type == "" && button.URL != "" {
		button.Type = "URL"
	}
	declared, unnamed := variableNames(firstOf(object, "variables", "params", "parameters"))
	shown := Placeholders(button.URL)
	dynamic := len(declared) > 0 || unnamed || len(shown) > 0 || saysDynamic(object)
	name := textOf(object, "name")
	if name == "" {
		name = button.Text
	}
	switch {
	case dynamic && button.Type == "URL":
		button.Variable = r.settleButton(name, declared, shown, unnamed)
	case dynamic, button.Type == "COPY_CODE", button.Type == "OTP":
		r.doubt(TemplateDoubt{Code: DoubtButtonKind, Name: button.Text, Kind: button.Type})
	}
	if button.Variable != "" {
		r.buttons = append(r.buttons, Variable{Name: button.Variable, In: InButton})
	}
	r.t.Buttons = append(r.t.Buttons, button)
}

// settleButton names the variable of a dynamic URL button: after the button,
// unless it declares another; then the list wins, with a doubt.
func (r *reader) settleButton(name string, declared, shown []string, unnamed bool) string {
	if unnamed {
		r.doubt(TemplateDoubt{Code: DoubtButtonVariable, Name: name})
	}
	if len(declared) > 1 || len(shown) > 1 {
		r.doubt(TemplateDoubt{Code: DoubtButtonVariables, Name: name})
	}
	if len(declared) > 0 {
		if name != "" && declared[0] != name {
			r.doubt(TemplateDoubt{Code: DoubtButtonDeclaresElse, Name: name, Declared: declared[:1]})
		}
		return declared[0]
	}
	if name == "" {
		r.doubt(TemplateDoubt{Code: DoubtButtonUnnamed})
		return ""
	}
	if len(shown) == 1 && shown[0] != name && !areNumbered(shown, shown) {
		r.doubt(TemplateDoubt{Code: DoubtButtonShowsElse, Name: name, Shown: shown})
	}
	return name
}

// saysDynamic reports whether a button calls its own URL dynamic.
func saysDynamic(object map[string]any) bool {
	for _, key := range []string{"dynamic", "is_dynamic", "isDynamic"} {
		if yes, ok := object[key].(bool); ok && yes {
			return true
		}
	}
	return strings.EqualFold(textOf(object, "url_type", "urltype"), "dynamic")
}

func firstOf(object map[string]any, keys ...string) any {
	for _, key := range keys {
		if value := object[key]; value != nil {
			return value
		}
	}
	return nil
}
