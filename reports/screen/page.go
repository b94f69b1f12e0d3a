package screen

import (
	"io"
	"strings"

	"kanal-campaign/campaign"
	"kanal-campaign/campaign/text"
)

// page collects the lines of one screen. Each line is cleaned as it comes in, so that no screen can let a terminal
// escape or a line break of somebody else's through.
type page struct {
	Face
	width  int // of the terminal, screenWidth at least; only previews use more than that
	lines  []string
	marks  map[int][]mark // by line, for a terminal with colours
	vitals map[int]bool   // lines that are shown even where screens are brief
}

// line adds one line.
func (p *page) line(parts ...string) {
	line := strings.ReplaceAll(text.Clean(strings.Join(parts, "")), tie, " ")
	p.lines = append(p.lines, strings.TrimRight(line, " "))
}

// tie stands for a space at which no line is to break, while a sentence is wrapped. It is a character of private use.
const tie = "\ue000"

// together is a part of a sentence, such as a path, in which no line is to break.
func together(s string) string { return strings.ReplaceAll(text.Clean(s), " ", tie) }

// labelled is the column at which texts start beside such labels.
func labelled(labels ...string) int {
	at := 0
	for _, label := range labels {
		at = max(at, text.Columns(label)+1)
	}
	return at
}

// gap adds an empty line, unless there is one already or the page is empty.
func (p *page) gap() {
	if n := len(p.lines); n > 0 && p.lines[n-1] != "" {
		p.lines = append(p.lines, "")
	}
}

// field adds a label and a text beside it that starts at column at, and wraps there. An empty text adds nothing.
func (p *page) field(label string, at int, sentence string) {
	p.words(label, at, tied(strings.Fields(text.Clean(sentence))))
}

// words is field for clean words that may have spaces in them, where no line is to break. None adds nothing.
func (p *page) words(label string, at int, words []string) {
	if len(words) == 0 {
		return
	}
	for i, line := range wrapWords(withinLines(words, screenWidth-at), screenWidth-at) {
		if i > 0 {
			label = ""
		}
		p.line(pad(label, at), line)
	}
}

// text adds a paragraph with an indent, wrapped.
func (p *page) text(indent int, text string) { p.field("", indent, text) }

// kept is field for a text in which nothing in quotes is to break.
func (p *page) kept(label string, at int, sentence string) {
	p.words(label, at, unbreakable(text.Clean(sentence)))
}

// path adds a label and a path beside it, which is never broken: one that is too long for that stands below the label.
// No path adds nothing.
func (p *page) path(label string, at int, path string) {
	path = text.Clean(path)
	if path != "" && at+text.Columns(path) > screenWidth {
		p.line(label)
		label, at = "", 2
	}
	p.words(label, at, unbroken(path))
}

// unbroken is a text of which no line is to break, as words.
func unbroken(s string) []string {
	if s == "" {
		return nil
	}
	return []string{text.Clean(s)}
}

// around puts a text that stays together between two that may break.
func around(before, whole, after string) []string {
	words := append(strings.Fields(before), unbroken(whole)...)
	return append(words, strings.Fields(after)...)
}

// next adds a command to copy: one line, or several that a shell reads as one, broken before flags.
func (p *page) next(indent int, c campaign.Command) { p.nextAfter(strings.Repeat(" ", indent), c) }

// nextAfter is next with a label before its first line. No command adds nothing.
func (p *page) nextAfter(label string, c campaign.Command) {
	if len(c) == 0 {
		return
	}
	label = text.Clean(label)
	for i, line := range p.Lines(label, p.located(c)) {
		from := leadingSpaces(line)
		if i == 0 {
			from = len(label)
		}
		p.line(line)
		p.mark(len(p.lines)-1, mark{from, len(p.lines[len(p.lines)-1]), styleCommand})
	}
}

// flagsToCopy adds flags of a command, which stands out as one.
func (p *page) flagsToCopy(indent int, words []string) {
	p.line(strings.Repeat(" ", indent), p.flags(words))
	p.mark(len(p.lines)-1, mark{indent, len(p.lines[len(p.lines)-1]), styleCommand})
}

// show writes the page in one piece, and leaves a failure to the terminal: nobody could be told.
func (p *page) show() { _, _ = io.WriteString(p.Writer, strings.Join(p.rendered(), "\n")+"\n") }
