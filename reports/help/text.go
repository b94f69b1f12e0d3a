package help

import (
	"regexp"
	"slices"
	"strings"
	"sync"
	"unicode/utf8"
)

// columns is how wide a topic may be on a terminal; what stands in a code block keeps its lines.
const columns = 80

// The columns before what stands below a heading, and before code.
const (
	bodyMargin = "  "
	codeMargin = "    "
)

// pattern is a regular expression that is compiled when it is first asked for: most commands show no topic.
func pattern(expression string) func() *regexp.Regexp {
	return sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(expression) })
}

// Style is what differs between the places that show a topic as plain text.
type Style struct {
	Colour bool // headings are bold, as a terminal with colours shows it
	// Command writes one of the program's commands, as words without its name, for the user's shell: as lines, behind the
	// margin. nil leaves commands as they are written, for a POSIX shell.
	Command func(margin string, command []string) []string
}

// Text is a topic as plain text for a terminal, its lines at most 80 columns wide.
func (t Topic) Text(style Style) string { return render(t.Markdown, style) }

// render turns the part of Markdown that topics use into plain text.
func render(markdown string, style Style) string {
	var out []string
	headed := true // nothing parts a heading from what it is about
	for lines := strings.Split(strings.TrimSpace(markdown), "\n"); len(lines) > 0; {
		n := max(1, blockLength(lines))
		block := lines[:n]
		lines = lines[n:]
		if block[0] == "" {
			continue
		}
		if !headed {
			out = append(out, "")
		}
		out = append(out, renderBlock(block, style)...)
		headed = isHeading(block[0])
	}
	return strings.Join(out, "\n") + "\n"
}

// blockLength counts the lines of the block that lines begin with; 0 where they begin with a blank one.
func blockLength(lines []string) int {
	ends := func(line string) bool { return line == "" || isHeading(line) || isFence(line) }
	switch {
	case isHeading(lines[0]):
		return 1
	case isFence(lines[0]):
		return 2 + slices.IndexFunc(lines[1:], isFence)
	case ends(lines[0]):
		return 0
	}
	if n := slices.IndexFunc(lines, ends); n > 0 {
		return n
	}
	return len(lines)
}

func isHeading(line string) bool {
	return strings.HasPrefix(line, "# ") || strings.HasPrefix(line, "## ")
}
func isFence(line string) bool { return strings.HasPrefix(line, "```") }
func isRow(line string) bool   { return strings.HasPrefix(line, "|") }

// item matches the mark of a list's item.
var item = pattern(`^(?:- |[0-9]+\. )`)

func renderBlock(block []string, style Style) []string {
	switch first := block[0]; {
	case isHeading(first):
		heading := plain(strings.TrimLeft(first, "# "))
		if style.Colour {
			heading = "\x1b[1m" + heading + "\x1b[0m"
		}
		return []string{heading}
	case isFence(first):
		return renderCode(block[1:len(block)-1], style)
	case isRow(first):
		return indent(bodyMargin, renderTable(block, columns-len(bodyMargin)))
	case item().MatchString(first):
		return indent(bodyMargin, renderList(block))
	}
	return indent(bodyMargin, wrap(plain(strings.Join(block, " ")), columns-len(bodyMargin)))
}

// renderCode keeps a block's lines, but for the program's commands, which the shell's form breaks anew.
func renderCode(block []string, style Style) (out []string) {
	for i := 0; i < len(block); i++ {
		line := block[i]
		if style.Command == nil || !strings.HasPrefix(line, programName) {
			out = append(out, strings.TrimRight(codeMargin+line, " "))
			continue
		}
		for strings.HasSuffix(line, ` \`) && i+1 < len(block) {
			i++
			line = strings.TrimSuffix(line, `\`) + strings.TrimSpace(block[i])
		}
		out = append(out, style.Command(codeMargin, commandWords(strings.TrimPrefix(line, programName)))...)
	}
	return out
}

// programName is what the program's commands begin with.
const programName = "kanal-campaign "

// word matches a word of a command as topics write it: bare, or with a part in quotation marks, and nothing escaped.
var word = pattern(`(?:'[^']*'|"[^"]*"|[^ '"])+`)

func commandWords(command string) []string {
	words := word().FindAllString(command, -1)
	for i := range words {
		words[i] = strings.NewReplacer(`'`, "", `"`, "").Replace(words[i])
	}
	return words
}

func renderList(block []string) (out []string) {
	var items []string
	for _, line := range block {
		if item().MatchString(line) || len(items) == 0 {
			items = append(items, line)
		} else {
			items[len(items)-1] += " " + strings.TrimSpace(line)
		}
	}
	for _, text := range items {
		mark := item().FindString(text)
		lines := wrap(plain(text[len(mark):]), columns-len(bodyMargin)-len(mark))
		out = append(out, mark+lines[0])
		out = append(out, indent(strings.Repeat(" ", len(mark)), lines[1:])...)
	}
	return out
}

func indent(margin string, lines []string) []string {
	indented := make([]string, len(lines))
	for i, line := range lines {
		indented[i] = margin + line
	}
	return indented
}

var (
	codeSpan = pattern("`([^`]+)`")
	bold     = pattern(`\*\*([^*]+)\*\*`)
	link     = pattern(`\[([^\]]+)\]\([^)]+\)`)
)

// unbroken stands for a space at which no line is broken.
const unbroken = "\u00a0"

// longestUnbroken is how much code stays on one line.
const longestUnbroken = 40

// plain is a line's text without its marks. Code is not broken over lines, unless it is long.
func plain(text string) string {
	text = link().ReplaceAllString(text, "$1")
	return bold().ReplaceAllString(codeSpan().ReplaceAllStringFunc(text, func(span string) string {
		code := strings.Trim(span, "`")
		if utf8.RuneCountInString(code) > longestUnbroken {
			return code
		}
		return strings.ReplaceAll(code, " ", unbroken)
	}), "$1")
}

// wrap breaks a text into lines at its spaces. A word that is longer than a line has one of its own.
func wrap(text string, width int) []string {
	var lines []string
	line := ""
	for word := range strings.FieldsFuncSeq(text, func(r rune) bool { return r == ' ' }) {
		if line != "" && utf8.RuneCountInString(line)+1+utf8.RuneCountInString(word) > width {
			lines, line = append(lines, line), ""
		}
		if line != "" {
			line += " "
		}
		line += word
	}
	lines = append(lines, line)
	for i := range lines {
		lines[i] = strings.ReplaceAll(lines[i], unbroken, " ")
	}
	return lines
}
