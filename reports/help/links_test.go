package help

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

const readme = "../../README.md"

var (
	target  = regexp.MustCompile(`\]\(([^)]+)\)`)
	heading = regexp.MustCompile(`(?m)^#+ (.*)$`)
)

// Where the README and the topics link to is there, and the README links to every topic.
func TestLinks(t *testing.T) {
	documents := []string{readme}
	for _, topic := range Topics(English) {
		documents = append(documents, filepath.Join("en", topic.Name+".md"))
	}
	linked := map[string]bool{}
	for _, document := range documents {
		for _, match := range target.FindAllStringSubmatch(content(t, document), -1) {
			if strings.HasPrefix(match[1], "https://") {
				continue
			}
			file, anchor, anchored := strings.Cut(match[1], "#")
			path := document
			if file != "" {
				path = filepath.Join(filepath.Dir(document), file)
			}
			linked[path] = linked[path] || document == readme
			if _, err := os.Stat(path); err != nil {
				t.Errorf("%s links to %s, which is not there", document, match[1])
			} else if anchored && !anchors(content(t, path))[anchor] {
				t.Errorf("%s links to %s: there is no such heading", document, match[1])
			}
		}
	}
	for _, topic := range documents[1:] {
		if !linked[filepath.Join(filepath.Dir(readme), "reports", "help", topic)] {
			t.Errorf("the README does not link to %s", topic)
		}
	}
}

func content(t *testing.T, path string) string {
	t.Helper()
	text, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

// anchors are the names under which a document's headings are found.
func anchors(text string) map[string]bool {
	found := map[string]bool{}
	for _, match := range heading.FindAllStringSubmatch(text, -1) {
		name := strings.Map(func(r rune) rune {
			switch {
			case r == ' ':
				return '-'
			case strings.ContainsRune(",.:;'`()?!", r):
				return -1
			}
			return r
		}, strings.ToLower(match[1]))
		found[name] = true
	}
	return found
}
