package kanal

import (
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strings"
)

// section is what can be read of a header, a body or a footer, whatever JSON
// type it came as.
type section struct {
	text   string
	format string // IMAGE, TEXT and so on; empty when not said
	link   string // of a media header
	names  []string
	// listed tells that there is a list of variables, be it empty.
	listed bool
	// unnamed tells that the list holds something without a name.
	unnamed bool
	// strange are fields that are not understood and may hold variables.
	strange []string
}

func (s section) empty() bool {
	return s.text == "" && s.format == "" && s.link == "" && len(s.names) == 0 && !s.unnamed && len(s.strange) == 0
}

func readSection(value any) section {
	var s section
	s.add(value)
	return s
}

func (s *section) add(value any) {
	switch value := value.(type) {
	case string:
		s.text = joinText(s.text, value)
	case []any:
		for _, element := range value {
			s.add(element)
		}
	case map[string]any:
		for _, key := range slices.Sorted(maps.Keys(value)) {
			s.field(key, value[key])
		}
	case nil:
	default:
		s.strange = append(s.strange, fmt.Sprint(value))
	}
}

// partTypes are the types by which WhatsApp's layout tells parts apart; they
// say nothing about a header's format.
var partTypes = []string{"HEADER", "BODY", "FOOTER", "BUTTONS"}

func (s *section) field(key string, value any) {
	text, _ := value.(string)
	switch strings.ToLower(key) {
	case "text", "body", "content", "value":
		s.add(value)
	case "format":
		s.format = strings.ToUpper(strings.TrimSpace(text))
	case "type":
		kind := strings.ToUpper(strings.TrimSpace(text))
		if s.format == "" && !slices.Contains(partTypes, kind) {
			s.format = kind
		}
	case "link", "url", "media_url":
		s.link = text
	case "variables", "params", "parameters":
		names, unnamed := variableNames(value)
		s.listed = s.listed || value != nil
		s.unnamed = s.unnamed || unnamed
		s.names = distinct(append(s.names, names...))
	case "example", "examples":
		// WhatsApp's own sample values; they are no variables.
	default:
		if mayHoldVariable(value) {
			s.strange = append(s.strange, key)
		}
	}
}

// variableNames reads a list of variables: objects with a name, bare texts or
// numbers, or a single one of them. unnamed tells that an element had no name.
func variableNames(value any) (names []string, unnamed bool) {
	elements, ok := value.([]any)
	if !ok && value != nil {
		elements = []any{value}
	}
	for _, element := range elements {
		name := ""
		switch element := element.(type) {
		case string:
			name = element
		case float64, json.Number:
			name = fmt.Sprint(element)
		case map[string]any:
			name = textOf(element, "name", "param_name", "variable", "key")
		}
		// A name may come as the placeholder that it fills.
		if inside := Placeholders(name); len(inside) == 1 {
			name = inside[0]
		}
		if name = strings.TrimSpace(name); name == "" {
			unnamed = true
		} else {
			names = append(names, name)
		}
	}
	return distinct(names), unnamed
}

// distinct leaves out what has been there before.
func distinct(names []string) []string {
	seen := map[string]bool{}
	return slices.DeleteFunc(names, func(name string) bool {
		again := seen[name]
		seen[name] = true
		return again
	})
}

// textOf returns the first of the fields that holds a text, whatever the case
// of its key.
func textOf(object map[string]any, fields ...string) string {
	for _, field := range fields {
		if text, ok := object[field].(string); ok && strings.TrimSpace(text) != "" {
			return text
		}
	}
	for _, key := range slices.Sorted(maps.Keys(object)) {
		text, ok := object[key].(string)
		if ok && slices.Contains(fields, strings.ToLower(key)) && strings.TrimSpace(text) != "" {
			return text
		}
	}
	return ""
}

// mayHoldVariable reports whether a placeholder or a list of variables stands
// anywhere in a value that is not understood.
func mayHoldVariable(value any) bool {
	switch value := value.(type) {
	case string:
		return len(Placeholders(value)) > 0
	case []any:
		return slices.ContainsFunc(value, mayHoldVariable)
	case map[string]any:
		for key, inner := range value {
			switch strings.ToLower(key) {
			case "variables", "params", "parameters":
				if names, unnamed := variableNames(inner); len(names) > 0 || unnamed {
					return true
				}
			}
			if mayHoldVariable(inner) {
				return true
			}
		}
	}
	return false
}
