// Package help holds the topics that explain the program in full: Markdown files, one directory for each language, which
// the terminal shows as plain text, the README links to, and a page can show as well.
//
// Topics are prose for people and no screens: nothing in them is computed, and no other package repeats what they say. They
// use a part of Markdown, which Text knows and the package's tests hold them to: headings of two levels, paragraphs, lists
// of one level, tables, fenced code, and in a line `code`, **bold** and links.
//
// The package imports nothing of the program.
package help

import (
	"embed"
	"path"
	"strings"
)

//go:embed en/*.md
var files embed.FS

// English is the language that every topic is written in.
const English = "en"

// names are the topics, in the order in which a campaign meets them.
var names = []string{"files", "numbers", "people", "free-form", "when", "results", "ledger", "promises", "json"}

// Topic is what one file explains.
type Topic struct {
	Name     string
	Title    string // one line, without the name
	Markdown string // the whole file
}

// Topics are all topics in a language, in reading order; one that is not written in it is in English.
func Topics(language string) []Topic {
	topics := make([]Topic, len(names))
	for i, name := range names {
		topics[i] = read(language, name)
	}
	return topics
}

// Find returns a topic by its name, as Topics gives it.
func Find(language, name string) (Topic, bool) {
	for _, topic := range Topics(language) {
		if topic.Name == name {
			return topic, true
		}
	}
	return Topic{}, false
}

// read returns a topic of the list, whose file a test has seen.
func read(language, name string) Topic {
	text, err := files.ReadFile(path.Join(language, name+".md"))
	if err != nil {
		text, _ = files.ReadFile(path.Join(English, name+".md"))
	}
	heading, _, _ := strings.Cut(string(text), "\n")
	return Topic{Name: name, Title: strings.TrimPrefix(heading, "# "), Markdown: string(text)}
}
