package htmlreport

import (
	"regexp"
	"slices"
	"strings"
	"testing"

	"kanal-campaign/campaign/problem"
)

// wrong is a problem of which all texts are what they are given.
func wrong(code problem.Code, text string) problem.Problem {
	return problem.Problem{Code: code, Column: text, Header: text, Variable: text, Value: text, Fix: text, Reason: text, Names: []string{text}}
}

// tag matches an element's beginning, with its attributes, and so does attribute one of them. html/template quotes all.
var (
	tag       = regexp.MustCompile(`<([a-zA-Z][a-zA-Z0-9]*)((?:\s+[a-zA-Z][-a-zA-Z0-9]*(?:="[^"]*")?)*)\s*/?>`)
	attribute = regexp.MustCompile(`([a-zA-Z][-a-zA-Z0-9]*)(?:="([^"]*)")?`)
)

// elements are all that the page may consist of.
var elements = strings.Fields(`a body br caption code dd defs desc div dl dt figcaption figure footer h1 h2 head header html input
	label li line main mark meta nav ol p pattern pre rect script section span strong style svg table tbody td text th thead title tr ul`)

// checkStructure holds a page against what every reader needs, whatever its texts are.
func checkStructure(t *testing.T, page []byte) {
	t.Helper()
	text := styleAndScript.ReplaceAllString(string(page), "$1$2")
	level, ids := 0, map[string]bool{}
	var linked []string
	for _, match := range tag.FindAllStringSubmatch(text, -1) {
		name, attributes := match[1], map[string]string{}
		for _, a := range attribute.FindAllStringSubmatch(match[2], -1) {
			attributes[a[1]] = a[2]
		}
		if !slices.Contains(elements, name) {
			t.Errorf("there is an element %s", match[0])
		}
		if name[0] == 'h' && len(name) == 2 && name[1] >= '1' && name[1] <= '6' {
			if now := int(name[1] - '0'); now > level+1 || now == 1 && level > 0 {
				t.Errorf("a heading of level %d comes after one of %d", now, level)
			} else {
				level = now
			}
		}
		if scope := attributes["scope"]; name == "th" && scope != "col" && scope != "row" {
			t.Errorf("a header without scope: %s", match[0])
		}
		for attribute, value := range attributes {
			switch {
			case strings.HasPrefix(attribute, "on"), attribute == "style", attribute == "src", attribute == "srcset", attribute == "action":
				t.Errorf("an attribute %s in %s", attribute, match[0])
			case attribute == "href" && !strings.HasPrefix(value, "#"):
				t.Errorf("a link out of the page: %s", match[0])
			case attribute == "href":
				linked = append(linked, value[1:])
			case attribute == "id" && ids[value]:
				t.Errorf("two elements with the id %s", value)
			case attribute == "id":
				ids[value] = true
			case attribute == "aria-labelledby", attribute == "for", attribute == "aria-describedby":
				linked = append(linked, strings.Fields(value)...)
			}
		}
	}
	for _, id := range linked {
		if !ids[id] {
			t.Errorf("something points at #%s, which is not there", id)
		}
	}
	if level == 0 {
		t.Error("no heading was found")
	}
	for _, wanted := range []string{`<html lang="en">`, `content="default-src `, `<a class="skip" href="#main">`, "<caption>"} {
		if !strings.Contains(text, wanted) {
			t.Errorf("it has no %s", wanted)
		}
	}
	for _, forbidden := range []string{"url(http", "@import", "<img", "<iframe", "<script>alert", "\x1b", "\u202e", "ZgotmplZ"} {
		if strings.Contains(string(page), forbidden) {
			t.Errorf("it has %q", forbidden)
		}
	}
}
