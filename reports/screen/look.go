package screen

import (
	"io"
	"strings"

	"kanal-campaign/campaign"
	"kanal-campaign/campaign/text"
	"kanal-campaign/reports/words"
)

// Face is where a person reads, and how: in which language, and what may be written there. It may be used by several
// goroutines as far as its writer may.
type Face struct {
	io.Writer
	*words.Words
	Shell Shell // that takes the commands which are shown
	// Full gives the full path of one that is named in the folder where the commands are typed; nil leaves paths as they are named.
	Full   func(path string) string
	Colour bool
	Width  int  // of the terminal, in columns; 0 when it is not known
	Brief  bool // screens show only what must not be missed: where messages go, and warnings
}

// Plain is a face without a terminal: English, and commands of a POSIX shell.
func Plain(w io.Writer) Face { return Face{Writer: w, Words: words.English()} }

// Briefly returns the face on which screens show only what must not be missed.
func (f Face) Briefly() Face {
	f.Brief = true
	return f
}

// flags writes flags in a text, quoted for the face's shell.
func (f Face) flags(words []string) string {
	quoted := make([]string, len(words))
	for i, word := range words {
		quoted[i] = f.Shell.Word(word)
	}
	return strings.Join(quoted, " ")
}

// Tell writes a message, wrapped, and the commands that go on from it below.
func (f Face) Tell(text string, next ...campaign.Command) {
	p := f.page()
	for line := range strings.SplitSeq(Wrap(text), "\n") {
		p.line(line)
	}
	for _, c := range next {
		p.next(2, c)
	}
	p.show()
}

// page is an empty screen, on which previews are as wide as the terminal.
func (f Face) page() *page { return &page{Face: f, width: max(screenWidth, f.Width)} }

// style is how a part of a line stands out on a terminal with colours. Words say everything that a style says.
type style string

// The styles. Colour is for what a person must not miss: where messages go, what is wrong, what to type next.
const (
	styleLive     style = "1;31"
	styleSandbox  style = "1;36"
	styleError    style = "31"
	styleWarning  style = "33"
	styleGood     style = "32"
	styleVariable style = "36"
	styleCommand  style = "1"
)

// mark is a part of a line with a style, in bytes.
type mark struct {
	from, to int
	style    style
}

// vital says that the lines from a number on are shown even where screens are brief.
func (p *page) vital(first int) {
	if p.vitals == nil {
		p.vitals = map[int]bool{}
	}
	for i := first; i < len(p.lines); i++ {
		p.vitals[i] = true
	}
}

// paintSince gives all lines from a number on a style.
func (p *page) paintSince(first int, s style) {
	for i := first; i < len(p.lines); i++ {
		p.mark(i, mark{0, len(p.lines[i]), s})
	}
}

func (p *page) mark(line int, m mark) {
	if p.marks == nil {
		p.marks = map[int][]mark{}
	}
	p.marks[line] = append(p.marks[line], m)
}

// warning is field with a label that stands out.
func (p *page) warning(label string, at int, text string) {
	start := len(p.lines)
	p.field(label, at, text)
	p.vital(start)
	if label != "" && start < len(p.lines) {
		p.mark(start, mark{0, len(label), styleWarning})
	}
}

// alert is warning for a text that is told as a warning.
func (p *page) alert(label string, at int, text string) { p.warning(label, at, p.Warning(text)) }

// paintPlaceholders gives every {{name}} of the last line a style.
func (p *page) paintPlaceholders() {
	last := len(p.lines) - 1
	line := p.lines[last]
	for at := 0; ; {
		from := strings.Index(line[at:], "{{")
		if from < 0 {
			return
		}
		from += at
		to := strings.Index(line[from:], "}}")
		if to < 0 {
			return
		}
		at = from + to + len("}}")
		p.mark(last, mark{from, at, styleVariable})
	}
}

// title adds the first lines of a screen: a sentence of which the mode is a part, which stands out.
func (p *page) title(m Mode, sentence func(mode string) string) {
	p.withMode(m, func(p *page, mode string) { p.text(0, sentence(mode)) })
}

// withMode adds what show does with the name of a mode, which stands out. Where it stands is where the same lines differ with
// another word of its width in its place: whatever else they say, a campaign's name included, is not looked at.
func (p *page) withMode(m Mode, show func(p *page, mode string)) {
	first, name := len(p.lines), text.Clean(m.Name(p.Words))
	other := &page{Face: p.Face, width: p.width}
	show(p, together(name))
	show(other, strings.Repeat("-", text.Columns(name)))
	for i, line := range other.lines {
		if from := firstDifference(line, p.lines[first+i]); from >= 0 {
			p.mark(first+i, mark{from, from + len(name), m.style()})
			return
		}
	}
}

// firstDifference is the byte at which two texts begin to differ; -1 where they do not.
func firstDifference(a, b string) int {
	for i := range min(len(a), len(b)) {
		if a[i] != b[i] {
			return i
		}
	}
	return -1
}

// coloured writes a line with its marks, which do not overlap and stand in the order of the line.
func coloured(line string, marks []mark) string {
	var out strings.Builder
	at := 0
	for _, m := range marks {
		if m.from < at || m.to > len(line) || m.from == m.to {
			continue
		}
		out.WriteString(line[at:m.from] + "\x1b[" + string(m.style) + "m" + line[m.from:m.to] + "\x1b[0m")
		at = m.to
	}
	return out.String() + line[at:]
}

// rendered are the page's lines as its face takes them.
func (p *page) rendered() []string {
	lines := make([]string, 0, len(p.lines))
	for i, line := range p.lines {
		if p.Brief && !p.vitals[i] {
			continue
		}
		if p.Colour {
			line = coloured(line, p.marks[i])
		}
		lines = append(lines, line)
	}
	return lines
}
