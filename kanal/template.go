package kanal

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"strconv"
)

// Template is an approved template of the account.
//
// Its layout comes from the structure string, whose inside the API page
// leaves open. What was understood of it stands in the fields; where the
// variables could not be read for certain, Certain is false, Doubts says why
// in sentences, and the user names them (WithVariables).
type Template struct {
	ID            int64
	PhoneNumberID int64
	Name, Status  string
	Header        Header
	Body, Footer  string
	Buttons       []Button
	// Variables are those of the header, the body and the dynamic buttons, in
	// order of appearance, each name once. The names are the keys under which
	// a message carries its values.
	Variables []Variable
	Certain   bool
	Doubts    []TemplateDoubt
	Structure string // as the API gave it

	CreatedAt, UpdatedAt string
}

// Formats of a header. A template without a header has the empty format.
const (
	FormatText     = "TEXT"
	FormatImage    = "IMAGE"
	FormatVideo    = "VIDEO"
	FormatDocument = "DOCUMENT"
	FormatLocation = "LOCATION"
)

// Header is a template's header.
type Header struct {
	Format    string
	Text      string
	Variables []string
}

// Button is one button of a template. Variable is set for a dynamic URL
// button only.
type Button struct {
	Type, Text, URL string
	Phone           string // of a button that calls
	Variable        string
}

// Places in which a variable stands.
const (
	InHeader Place = "header"
	InBody   Place = "body"
	InButton Place = "button"
)

// Place is the part of a template in which a variable stands.
type Place string

// Variable is one value that a message must carry. Media marks the link of a
// media header.
type Variable struct {
	Name  string
	In    Place
	Media bool
}

// wireTemplate is an element of the list as the API page shows it, with fields
// that take any JSON type.
type wireTemplate struct {
	ID            identifier `json:"id"`
	PhoneNumberID identifier `json:"phone_number_id"`
	Name          anyText    `json:"name"`
	Status        anyText    `json:"wa_status"`
	Structure     anyText    `json:"structure"`
	CreatedAt     anyText    `json:"created_at"`
	UpdatedAt     anyText    `json:"updated_at"`
}

// Templates lists the account's approved templates, in the API's order. Its
// errors are *Error; a 200 that is no JSON array of objects is one of cause
// unreadable-answer.
func (c *Client) Templates(ctx context.Context) ([]Template, error) {
	a, err := c.get(ctx, pathTemplates, maxList)
	if err != nil {
		return nil, err
	}
	if failure := judgeRead(a); failure != nil {
		return nil, c.redact(failure)
	}
	var list []wireTemplate
	if err := json.Unmarshal(trimBody(a.body), &list); err != nil || list == nil {
		failure := unreadable(a)
		failure.Err = err
		return nil, c.redact(failure)
	}
	templates := make([]Template, 0, len(list))
	for _, wire := range list {
		for _, text := range []*anyText{&wire.Name, &wire.Status, &wire.Structure, &wire.CreatedAt, &wire.UpdatedAt} {
			*text = anyText(c.key.redactJSON(string(*text)))
		}
		templates = append(templates, wire.template())
	}
	return templates, nil
}

func (w wireTemplate) template() Template {
	t := ParseStructure(string(w.Structure))
	t.ID, t.PhoneNumberID = w.ID.number(), w.PhoneNumberID.number()
	t.Name, t.Status = string(w.Name), string(w.Status)
	t.CreatedAt, t.UpdatedAt = string(w.CreatedAt), string(w.UpdatedAt)
	if t.ID == 0 {
		t.Certain = false
		t.Doubts = append(t.Doubts, TemplateDoubt{Code: DoubtNoID})
	}
	return t
}

// number is the id as a number; 0 when it is empty or opaque.
func (id identifier) number() int64 {
	n, err := strconv.ParseInt(string(id), 10, 64)
	if err != nil {
		return 0
	}
	return n
}

// WithVariables returns the template with the variables that the user named,
// in the user's order. They are certain then. A name that the template shows
// keeps its place; another one stands for the link of a media header that
// shows no variable, if it is the only such name, or else in the body.
func (t *Template) WithVariables(names []string) Template {
	named := *t
	named.Variables, named.Certain, named.Doubts = nil, true, nil
	known := map[string]Variable{}
	for _, v := range t.Variables {
		known[v.Name] = v
	}
	var unplaced []string
	for _, name := range names {
		if _, ok := known[name]; !ok && !slices.Contains(unplaced, name) {
			unplaced = append(unplaced, name)
		}
	}
	if t.Header.isMedia() && len(t.Header.Variables) == 0 && len(unplaced) == 1 {
		known[unplaced[0]] = Variable{Name: unplaced[0], In: InHeader, Media: true}
		named.Header.Variables = unplaced
	}
	var inBody []string
	for _, name := range names {
		v, ok := known[name]
		if !ok {
			v = Variable{Name: name, In: InBody}
		}
		if slices.Contains(named.Variables, v) {
			continue
		}
		named.Variables = append(named.Variables, v)
		if v.In == InBody {
			inBody = append(inBody, name)
		}
	}
	named.Body = nameNumbered(t.Body, inBody)
	return named
}

func (h Header) isMedia() bool {
	switch h.Format {
	case FormatImage, FormatVideo, FormatDocument:
		return true
	}
	return false
}

// areNumbered reports whether placeholders are WhatsApp's numbered ones, from
// {{1}} to the number of names.
func areNumbered(placeholders, names []string) bool {
	if len(placeholders) != len(names) {
		return false
	}
	shown := map[string]bool{}
	for _, name := range placeholders {
		shown[name] = true
	}
	for i := range names {
		if !shown[strconv.Itoa(i+1)] {
			return false
		}
	}
	return true
}

// nameNumbered replaces numbered placeholders by the names that stand for
// them, so that a preview can fill them in. A text with any other number of
// placeholders is returned as it is.
func nameNumbered(text string, names []string) string {
	if len(names) == 0 || !areNumbered(Placeholders(text), names) {
		return text
	}
	values := map[string]string{}
	for i, name := range names {
		values[strconv.Itoa(i+1)] = fmt.Sprintf("{{%s}}", name)
	}
	return Render(text, values)
}
