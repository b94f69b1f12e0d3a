package help

import (
	"flag"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"
)

var update = flag.Bool("update", false, "write the golden files anew")

// Every file is a topic, every topic a file, and each is named in a line that fits behind its name.
func TestTopics(t *testing.T) {
	paths, err := filepath.Glob("en/*.md")
	if err != nil {
		t.Fatal(err)
	}
	var listed []string
	for _, topic := range Topics(English) {
		listed = append(listed, filepath.Join("en", topic.Name+".md"))
		if !strings.HasPrefix(topic.Markdown, "# "+topic.Title+"\n") || topic.Title == "" || utf8.RuneCountInString(topic.Title) > 66 {
			t.Errorf("%s: the title is %q", topic.Name, topic.Title)
		}
		if found, ok := Find(English, topic.Name); !ok || found != topic {
			t.Errorf("%s is not found", topic.Name)
		}
	}
	slices.Sort(listed)
	if !slices.Equal(paths, listed) {
		t.Errorf("the files are %v, the topics %v", paths, listed)
	}
	if _, ok := Find(English, "nothing"); ok {
		t.Error("a topic that is not there is found")
	}
	if !slices.Equal(Topics("xx"), Topics(English)) {
		t.Error("a language without topics has others than those of English")
	}
}

// As text, every topic fits a terminal, keeps to the part of Markdown that is rendered, and has lost nothing.
func TestTopicsFitATerminal(t *testing.T) {
	for _, topic := range Topics(English) {
		text := topic.Text(Style{})
		for line := range strings.Lines(text) {
			if n := utf8.RuneCountInString(strings.TrimSuffix(line, "\n")); n > columns {
				t.Errorf("%s: %d columns: %s", topic.Name, n, line)
			}
		}
		for _, raw := range []string{"`", "**", "](", "\n#", "\n  |", "|--", `\|`, "<no value>", unbroken} {
			if strings.Contains(text, raw) {
				t.Errorf("%s: %q is left as it is written", topic.Name, raw)
			}
		}
		if got, want := letters(text), letters(plain(fence.ReplaceAllString(topic.Markdown, ""))); !slices.Equal(got, want) {
			t.Errorf("%s: the text has other letters than its source, by %d", topic.Name, len(got)-len(want))
		}
	}
}

// fence matches the first and the last line of a code block.
var fence = regexp.MustCompile("(?m)^```.*\n")

// letters are a text's letters and digits, in the order of the alphabet: a table's cells stand in another order than in its
// source.
func letters(text string) []rune {
	var found []rune
	for _, r := range text {
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			found = append(found, r)
		}
	}
	slices.Sort(found)
	return found
}

// The sample holds everything that topics may be written with.
func TestText(t *testing.T) {
	sample, err := os.ReadFile("testdata/sample.md")
	if err != nil {
		t.Fatal(err)
	}
	got := render(string(sample), Style{Colour: true, Command: func(margin string, command []string) []string {
		return []string{margin + strings.Join(command, "|"), margin + "more"}
	}})
	if *update {
		if err := os.WriteFile("testdata/sample.txt", []byte(got), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile("testdata/sample.txt")
	if err != nil {
		t.Fatal(err)
	}
	if got != string(want) {
		t.Errorf("it reads\n%s\nwant\n%s", got, want)
	}
}
