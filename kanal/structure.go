package kanal

import (
	"encoding/json"
	"maps"
	"slices"
	"strings"
)

// ParseStructure reads the structure string of a template; the fields of the
// list around it stay empty. It takes any text and never fails: what it does
// not understand stays in Structure, and is reported in Doubts where it may
// hide a variable.
//
// The API page leaves the layout open, so header, body, footer and buttons
// may each be null, missing, a text, an object or an array, and may stand as
// WhatsApp's own list of components.
func ParseStructure(structure string) Template {
	r := reader{t: Template{Structure: structure}}
	document, err := decodeStructure(structure)
	switch document := document.(type) {
	case map[string]any:
		r.object(document)
	case []any:
		r.components(document)
	case nil:
		if err != nil {
			r.doubt(TemplateDoubt{Code: DoubtCode(err.(structureError))})
		} else {
			r.doubt(TemplateDoubt{Code: DoubtStructureEmpty})
		}
	default:
		r.doubt(TemplateDoubt{Code: DoubtStructureOdd})
	}
	return r.finish()
}

// What is read of a structure. WhatsApp's largest templates have a few
// kilobytes on a handful of levels.
const (
	maxStructure = 64 << 10 // bytes
	maxDepth     = 64
)

// decodeStructure decodes the JSON, and once more when it holds JSON in a
// string again. Its errors are of type structureError.
func decodeStructure(structure string) (any, error) {
	if strings.TrimSpace(structure) == "" {
		return nil, nil
	}
	document, err := decodeBounded(structure)
	if err != nil {
		return nil, err
	}
	if inner, ok := document.(string); ok {
		if again, err := decodeBounded(inner); err == nil {
			return again, nil
		}
	}
	return document, nil
}

func decodeBounded(text string) (any, error) {
	if len(text) > maxStructure {
		return nil, structureError(DoubtStructureTooLong)
	}
	if depthOf(text) > maxDepth {
		return nil, structureError(DoubtStructureTooDeep)
	}
	var document any
	if err := json.Unmarshal([]byte(text), &document); err != nil {
		return nil, structureError(DoubtStructureNotJSON)
	}
	return document, nil
}

// depthOf counts the levels of a JSON text.
func depthOf(text string) int {
	depth, deepest, quoted := 0, 0, false
	for i := 0; i < len(text); i++ {
		switch b := text[i]; {
		case b == '"':
			quoted = !quoted
		case quoted && b == '\\':
			i++
		case quoted:
		case b == '[' || b == '{':
			depth++
			deepest = max(deepest, depth)
		case b == ']' || b == '}':
			depth--
		}
	}
	return deepest
}

// reader gathers a template from the parts of its structure, in whatever
// order they come.
type reader struct {
	t                     Template
	header, body, buttons []Variable
	listed                []string // a list of variables that belongs to no part
}

// finish puts the variables in the order of the message: header, body, then
// buttons, each name where it appears first.
func (r *reader) finish() Template {
	known := map[string]bool{}
	for _, v := range slices.Concat(r.header, r.body, r.buttons) {
		if !known[v.Name] {
			r.t.Variables = append(r.t.Variables, v)
		}
		known[v.Name] = true
	}
	for _, name := range r.listed {
		if !known[name] {
			r.doubt(TemplateDoubt{Code: DoubtListedBeside, Name: name})
		}
	}
	r.t.Certain = len(r.t.Doubts) == 0
	return r.t
}

func (r *reader) object(object map[string]any) {
	known := false
	for _, key := range slices.Sorted(maps.Keys(object)) {
		value := object[key]
		name := strings.ToLower(key)
		known = known || slices.Contains(partNames, name)
		switch name {
		case "header":
			r.readHeader(value)
		case "body":
			r.readBody(value)
		case "footer":
			r.readFooter(value)
		case "buttons":
			r.readButtons(value)
		case "components":
			r.components(value)
		case "variables":
			names, unnamed := variableNames(value)
			r.listed = append(r.listed, names...)
			if unnamed {
				r.doubt(TemplateDoubt{Code: DoubtVariableUnnamed})
			}
		default:
			r.unknown(key, value)
		}
	}
	if !known {
		r.doubt(TemplateDoubt{Code: DoubtNoParts})
	}
}

var partNames = []string{"header", "body", "footer", "buttons", "components"}

// components reads WhatsApp's own layout: a list of parts, each with a type.
func (r *reader) components(value any) {
	list, ok := value.([]any)
	if !ok {
		r.unknown("components", value)
		return
	}
	for _, element := range list {
		part, _ := element.(map[string]any)
		kind := textOf(part, "type")
		switch strings.ToUpper(kind) {
		case "HEADER":
			r.readHeader(part)
		case "BODY":
			r.readBody(part)
		case "FOOTER":
			r.readFooter(part)
		case "BUTTONS":
			r.readButtons(part)
		case "BUTTON":
			r.readButton(part)
		default:
			r.unknown("component "+kind, element)
		}
	}
}

// unknown keeps silent about a part that cannot hold a variable.
func (r *reader) unknown(name string, value any) {
	if mayHoldVariable(value) {
		r.doubt(TemplateDoubt{Code: DoubtPartUnknown, Name: strings.TrimSpace(name)})
	}
}

func (r *reader) readBody(value any) {
	s := readSection(value)
	names := r.settle("body", s)
	if r.t.Body != "" && s.text != "" {
		r.doubt(TemplateDoubt{Code: DoubtBodyRepeated})
	}
	r.t.Body = joinText(r.t.Body, nameNumbered(s.text, names))
	for _, name := range names {
		r.body = append(r.body, Variable{Name: name, In: InBody})
	}
}

func (r *reader) readFooter(value any) {
	s := readSection(value)
	r.t.Footer = joinText(r.t.Footer, s.text)
	// WhatsApp's footers take no variable.
	if len(r.settle("footer", s)) > 0 {
		r.doubt(TemplateDoubt{Code: DoubtFooterVariables})
	}
}

func (r *reader) readHeader(value any) {
	s := readSection(value)
	h := &r.t.Header
	if s.format == "NONE" {
		s.format = ""
	}
	if s.empty() {
		return
	}
	if h.Format != "" {
		r.doubt(TemplateDoubt{Code: DoubtHeaderRepeated})
	}
	h.Format = s.format
	if h.Format == "" && (s.text != "" || len(s.names) > 0) {
		h.Format = FormatText
	}
	switch {
	case h.isMedia():
		r.readMediaHeader(s)
		return
	case h.Format == FormatLocation && len(s.names) == 0:
		r.doubt(TemplateDoubt{Code: DoubtHeaderLocation})
	case h.Format != FormatText && h.Format != FormatLocation && h.Format != "":
		r.doubt(TemplateDoubt{Code: DoubtHeaderFormat, Name: h.Format})
	}
	names := r.settle("header", s)
	h.Text = joinText(h.Text, nameNumbered(s.text, names))
	h.Variables = append(h.Variables, names...)
	for _, name := range names {
		r.header = append(r.header, Variable{Name: name, In: InHeader})
	}
}

// readMediaHeader finds the variable of the link. A media header needs its
// link on every send, unless the template holds a fixed one.
func (r *reader) readMediaHeader(s section) {
	h := &r.t.Header
	linked := s
	linked.text = s.link
	if s.link != "" && len(Placeholders(s.link)) == 0 {
		linked.text = "" // an example or a fixed link beside a declared list
	}
	names := r.settle("header", linked)
	h.Text = s.text
	switch {
	case len(names) == 0 && s.link == "":
		r.doubt(TemplateDoubt{Code: DoubtLinkUndeclared, Name: h.Format})
	case len(names) > 1:
		r.doubt(TemplateDoubt{Code: DoubtLinkRepeated, Name: h.Format})
	}
	h.Variables = append(h.Variables, names...)
	for _, name := range names {
		r.header = append(r.header, Variable{Name: name, In: InHeader, Media: true})
	}
}

// settle decides on the variables of a part from its declared list and the
// placeholders of its text. The list wins, since the API page makes its names
// the keys of a message; a disagreement is a doubt.
func (r *reader) settle(part string, s section) []string {
	if s.unnamed {
		r.doubt(TemplateDoubt{Code: DoubtVariableUnnamed, Part: part})
	}
	for _, key := range s.strange {
		r.doubt(TemplateDoubt{Code: DoubtFieldUnknown, Part: part, Name: key})
	}
	shown := Placeholders(s.text)
	switch {
	case len(s.names) == 0 && len(shown) == 0:
		return nil
	case len(s.names) == 0 && areNumbered(shown, shown):
		r.doubt(TemplateDoubt{Code: DoubtNumbered, Part: part, Shown: shown})
		return shown
	case len(s.names) == 0:
		if s.listed {
			r.doubt(TemplateDoubt{Code: DoubtNoneDeclared, Part: part, Shown: shown})
		}
		return shown
	case s.text == "", areNumbered(shown, s.names):
		return s.names
	case sameNames(shown, s.names):
		return shown
	case len(shown) == 0:
		r.doubt(TemplateDoubt{Code: DoubtNoneShown, Part: part, Declared: s.names})
	default:
		r.doubt(TemplateDoubt{Code: DoubtOthersShown, Part: part, Declared: s.names, Shown: shown})
	}
	return s.names
}

func sameNames(a, b []string) bool {
	return slices.Equal(slices.Sorted(slices.Values(a)), slices.Sorted(slices.Values(b)))
}

func joinText(a, b string) string {
	if a == "" || b == "" {
		return a + b
	}
	return a + "\n" + b
}
