// Command generate writes the accessors of the English catalogue, and the catalogue in its usual form: a line for each
// sentence, sorted by key, so that the changes of several people meet without a conflict. It runs in the folder of package
// words: go generate ./reports/words
package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"go/format"
	"log"
	"maps"
	"os"
	"slices"
	"strings"
	"text/template"
	"text/template/parse"
)

const (
	catalogueFile = "active.en.json"
	accessorsFile = "accessors.go"
)

func main() {
	text, err := os.ReadFile(catalogueFile)
	if err != nil {
		log.Fatal(err)
	}
	catalogue, accessors, err := generate(text)
	if err != nil {
		log.Fatal(err)
	}
	for file, content := range map[string][]byte{catalogueFile: catalogue, accessorsFile: accessors} {
		if err := os.WriteFile(file, content, 0o644); err != nil {
			log.Fatal(err)
		}
	}
}

// generate returns a catalogue in its usual form, and the methods that say its sentences. The keys with a point in them are said
// by methods written by hand: <family>.<code>.<what>.
func generate(text []byte) (catalogue, accessors []byte, err error) {
	var entries map[string]entry
	if err := json.Unmarshal(text, &entries); err != nil {
		return nil, nil, fmt.Errorf("%s: %w", catalogueFile, err)
	}
	var lines, methods []string
	for _, key := range slices.Sorted(maps.Keys(entries)) {
		lines = append(lines, fmt.Sprintf("\t%s: %s", encoded(key), entries[key].line()))
		if strings.Contains(key, ".") {
			continue
		}
		method, err := accessor(key, entries[key])
		if err != nil {
			return nil, nil, err
		}
		methods = append(methods, method)
	}
	accessors, err = format.Source([]byte("// Code generated from " + catalogueFile + " by go generate; DO NOT EDIT.\n\npackage words\n" +
		strings.Join(methods, "")))
	return []byte("{\n" + strings.Join(lines, ",\n") + "\n}\n"), accessors, err
}

// entry is a sentence in the catalogue. One with a singular has a count, {{.N}}.
type entry struct {
	Description string `json:"description,omitempty"`
	One         string `json:"one,omitempty"`
	Other       string `json:"other,omitempty"`
}

func (e *entry) UnmarshalJSON(raw []byte) error {
	if raw[0] == '"' {
		return json.Unmarshal(raw, &e.Other)
	}
	type plain entry
	return json.Unmarshal(raw, (*plain)(e))
}

// line is the entry as the catalogue writes it.
func (e entry) line() []byte {
	if e.Description == "" && e.One == "" {
		return encoded(e.Other)
	}
	return bytes.ReplaceAll(bytes.ReplaceAll(encoded(e), []byte(`","`), []byte(`", "`)), []byte(`":"`), []byte(`": "`))
}

func encoded(value any) []byte {
	var out bytes.Buffer
	encoder := json.NewEncoder(&out)
	encoder.SetEscapeHTML(false)
	if err := encoder.Encode(value); err != nil {
		panic(err)
	}
	return bytes.TrimSpace(out.Bytes())
}

// accessor is the method that says a sentence: {{.Campaign}} is its parameter campaign.
func accessor(key string, e entry) (string, error) {
	variables, err := variablesOf(e.Other)
	if err != nil {
		return "", fmt.Errorf("%s: %w", key, err)
	}
	var texts, pairs []string
	n, counted := "nil", ""
	if e.One != "" {
		n, counted, pairs = "n", "n int", append(pairs, `"N": w.Number(n)`)
		singular, err := variablesOf(e.One)
		if err != nil {
			return "", fmt.Errorf("%s: %w", key, err)
		}
		for _, variable := range singular {
			if variable != "N" && !slices.Contains(variables, variable) {
				return "", fmt.Errorf("%s: only its singular has %s", key, variable)
			}
		}
	}
	for _, variable := range variables {
		if variable == "N" {
			if e.One == "" {
				return "", fmt.Errorf("%s has a count and no singular", key)
			}
			continue
		}
		name := strings.ToLower(variable[:1]) + variable[1:]
		if slices.Contains([]string{"type", "range", "func", "map", "var", "package", "default", "values", "w"}, name) {
			name += "Text"
		}
		texts = append(texts, name)
		pairs = append(pairs, fmt.Sprintf("%q: %s", variable, name))
	}
	parameters := strings.Join(texts, ", ")
	if parameters != "" {
		parameters += " string"
		if counted != "" {
			counted += ", "
		}
	}
	filled := "nil"
	if len(pairs) > 0 {
		filled = "values{" + strings.Join(pairs, ", ") + "}"
	}
	return fmt.Sprintf("\nfunc (w *Words) %s(%s) string { return w.say(%q, %s, %s) }\n",
		exported(key), counted+parameters, key, n, filled), nil
}

func exported(key string) string {
	var name strings.Builder
	for word := range strings.SplitSeq(key, "-") {
		name.WriteString(strings.ToUpper(word[:1]) + word[1:])
	}
	return name.String()
}

// variablesOf are the names that a sentence is filled in with, in the order in which it names them first.
func variablesOf(sentence string) (names []string, err error) {
	parsed, err := template.New("").Parse(sentence)
	if err != nil {
		return nil, err
	}
	var walk func(node parse.Node)
	walk = func(node parse.Node) {
		switch node := node.(type) {
		case *parse.ListNode:
			if node != nil {
				for _, child := range node.Nodes {
					walk(child)
				}
			}
		case *parse.ActionNode:
			walk(node.Pipe)
		case *parse.IfNode:
			walk(node.Pipe)
			walk(node.List)
			walk(node.ElseList)
		case *parse.WithNode:
			walk(node.Pipe)
			walk(node.List)
			walk(node.ElseList)
		case *parse.PipeNode:
			for _, command := range node.Cmds {
				for _, argument := range command.Args {
					walk(argument)
				}
			}
		case *parse.FieldNode:
			if !slices.Contains(names, node.Ident[0]) {
				names = append(names, node.Ident[0])
			}
		}
	}
	walk(parsed.Root)
	return names, nil
}
