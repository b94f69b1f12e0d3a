package sandbox

import (
	"bytes"
	"encoding/json"
	"fmt"
	"maps"
	"net/http"
	"slices"
	"strconv"
	"strings"
)

// message is the body of a send, read as loosely as PHP reads it: a number in
// a string is a number, and an empty string is no value.
type message struct {
	hasNumber bool
	number    string // digits, after the server's own rules

	// Of a template.
	templateID  int64
	hasTemplate bool
	variables   map[string]string
	name, email string
	// wrongTypes are the reasons of a 422, by field.
	wrongTypes map[string]string

	// Of a free-form message: kind is its type, or empty where that is none.
	kind, body, link, caption string
}

// jsonFields are the fields of a body; one that is no JSON object has none.
func jsonFields(content []byte) map[string]any {
	var fields map[string]any
	decoder := json.NewDecoder(bytes.NewReader(content))
	decoder.UseNumber()
	if decoder.Decode(&fields) != nil {
		return nil
	}
	return fields
}

// readTemplateMessage reads what it can of a body.
func readTemplateMessage(content []byte) message {
	fields := jsonFields(content)
	m := message{wrongTypes: map[string]string{}}
	id := strings.TrimSpace(m.text(fields, "template_id"))
	if parsed, err := strconv.ParseInt(id, 10, 64); err == nil && parsed > 0 {
		m.templateID, m.hasTemplate = parsed, true
	} else if id != "" && id != "0" {
		m.wrongTypes["template_id"] = "The template_id field must be an integer."
	}
	number := m.text(fields, "phone_number")
	m.hasNumber = strings.TrimSpace(number) != ""
	if m.hasNumber {
		m.number = storedNumber(number, m.text(fields, "cleanForCountry"))
	}
	m.name, m.email = m.text(fields, "name"), m.text(fields, "email")
	switch values := fields["variables"].(type) {
	case nil:
	case map[string]any:
		m.variables = map[string]string{}
		for name, value := range values {
			m.variables[name] = m.scalar("variables."+name, value)
		}
	case []any:
		if len(values) > 0 { // PHP writes an empty object as []
			m.wrongTypes["variables"] = "The variables field must be an object."
		}
	default:
		m.wrongTypes["variables"] = "The variables field must be an object."
	}
	return m
}

func (m *message) text(fields map[string]any, field string) string {
	return m.scalar(field, fields[field])
}

// scalar reads one flat value; anything else is a wrong type.
func (m *message) scalar(field string, value any) string {
	text, ok := scalarText(value)
	if !ok {
		m.wrongTypes[field] = fmt.Sprintf("The %s field must be a string.", field)
	}
	return text
}

// scalarText is a flat value as text; false for any other.
func scalarText(value any) (string, bool) {
	switch value := value.(type) {
	case nil:
		return "", true
	case string:
		return value, true
	case json.Number, bool:
		return fmt.Sprint(value), true
	}
	return "", false
}

// checkFields returns the refusal of a message whose fields are missing or of
// a wrong type, or a reply without a status.
func (m *message) checkFields() reply {
	if len(m.wrongTypes) > 0 {
		fields := slices.Sorted(maps.Keys(m.wrongTypes))
		reasons := map[string][]string{}
		for _, field := range fields {
			reasons[field] = []string{m.wrongTypes[field]}
		}
		return reply{status: http.StatusUnprocessableEntity, body: map[string]any{
			"message": m.wrongTypes[fields[0]], "errors": reasons,
		}}
	}
	switch {
	case !m.hasTemplate:
		return flatError(http.StatusBadRequest, "template_id is required")
	case !m.hasNumber:
		return flatError(http.StatusBadRequest, "phone_number is required")
	}
	return reply{}
}
