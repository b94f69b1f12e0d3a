// Package typed understands command lines that a shell, a text program or a hurry has garbled: it tells what was received, and the
// command as it was meant.
package typed

import (
	"slices"
	"strings"
)

// Command is a command of the program, as far as its words go.
type Command struct {
	Name  string
	Flags map[string]bool // the names, without hyphens; true for one that takes no value
	Short map[string]string
	// Least and Most are how many names may stand beside the flags.
	Least, Most int
}

// Kind is what was done to a command line.
type Kind string

// The kinds.
const (
	Space   Kind = "space"   // a space in what is one name
	Quotes  Kind = "quotes"  // quotation marks that no shell takes
	Dash    Kind = "dash"    // a typographic dash in front of a flag
	Hyphen  Kind = "hyphen"  // one hyphen where two belong
	Equals  Kind = "equals"  // spaces around an equals sign
	Unit    Kind = "unit"    // a time in words
	Without Kind = "command" // a file without the command that sends it
)

// Kinds are all of them.
var Kinds = []Kind{Space, Quotes, Dash, Hyphen, Equals, Unit, Without}

// Mistake is one of them, with the words that show it, as they were received.
type Mistake struct {
	Kind     Kind
	Received string
}

// longest is how many words are looked at.
const longest = 200

// Meant returns the command that a command line was meant to be, and what was mistaken in it: nothing where it may be right as it
// stands, or where nobody can tell. isFile reports whether there is a file of that name.
func Meant(args []string, commands []Command, isFile func(name string) bool) (meant []string, mistakes []Mistake) {
	if len(args) == 0 || len(args) > longest || slices.Contains(args, "--") {
		return nil, nil
	}
	r := &reader{isFile: isFile, args: args}
	name, rest := args[0], args[1:]
	at := slices.IndexFunc(commands, func(c Command) bool { return c.Name == name })
	if at < 0 {
		if at = slices.IndexFunc(commands, func(c Command) bool { return c.Name == "send" }); at < 0 || len(rest) == 0 || !r.beginsWithFile() {
			return nil, nil
		}
		name, rest = "send", args
		r.mistaken(Without, args[0])
	}
	r.command = commands[at]
	if !r.read(rest) || !r.settle() || len(r.mistakes) == 0 {
		return nil, nil
	}
	meant = []string{name}
	for _, p := range r.parts {
		meant = append(meant, p.words()...)
	}
	return meant, r.mistakes
}

// part is a flag with its value, or a name that stands alone.
type part struct {
	flag   string // as it is written, with its hyphens; empty for a name
	name   string // of the flag
	value  string
	joined bool // the value stands in the flag's word
	bare   bool // the flag takes no value
}

func (p part) words() []string {
	switch {
	case p.flag == "":
		return []string{p.value}
	case p.joined:
		return []string{p.flag + "=" + p.value}
	case p.bare:
		return []string{p.flag}
	}
	return []string{p.flag, p.value}
}

type reader struct {
	command  Command
	isFile   func(string) bool
	args     []string
	parts    []part
	mistakes []Mistake
}

func (r *reader) mistaken(kind Kind, received ...string) {
	r.mistakes = append(r.mistakes, Mistake{kind, strings.Join(received, " ")})
}

// beginsWithFile reports whether the line begins with a file's name in place of a command's.
func (r *reader) beginsWithFile() bool {
	if isAudience(r.args[0]) {
		return true
	}
	for n := 1; n <= len(r.args) && n <= mostJoined && !strings.HasPrefix(r.args[n-1], "-"); n++ {
		if name := strings.Join(r.args[:n], " "); r.isFile(trimQuotes(name)) {
			return true
		}
	}
	return false
}

func isAudience(name string) bool {
	name = strings.ToLower(trimQuotes(name))
	return strings.HasSuffix(name, ".csv") || strings.HasSuffix(name, ".xlsx") || strings.HasSuffix(name, ".tsv")
}

// read takes the words apart; false where one is no word of the command.
func (r *reader) read(words []string) bool {
	for i := 0; i < len(words); {
		p, known := r.flagOf(words[i])
		if !known {
			return false
		}
		i++
		switch {
		case p.flag == "":
			p.value, i = r.unquoted(p, words[i-1], words[i:], i)
		case p.joined:
			p.value, i = r.unquoted(p, p.value, words[i:], i)
		case !p.bare:
			if i == len(words) {
				return false
			}
			if next, is := r.flagOf(words[i]); is && next.flag != "" {
				return false // the value is missing
			}
			i = r.value(&p, words, i)
		}
		r.parts = append(r.parts, p)
	}
	return true
}

// value takes a flag's value from the words, and returns where the next begins.
func (r *reader) value(p *part, words []string, i int) int {
	from := i
	p.value, i = r.unquoted(*p, words[i], words[i+1:], i+1)
	if p.value == "=" && i < len(words) { // --template = welcome
		p.value = words[i]
		r.mistaken(Equals, words[from-1:i+1]...)
		return i + 1
	}
	if !paired[p.name] {
		return i
	}
	for i < len(words) && !strings.Contains(p.value, "=") && (strings.HasPrefix(words[i], "=") || strings.HasPrefix(words[i], "!=")) {
		p.value += words[i] // --map code = Promo
		if i++; strings.HasSuffix(p.value, "=") && i < len(words) {
			var more string
			more, i = r.unquoted(*p, words[i], words[i+1:], i+1)
			p.value += more
		}
		r.mistaken(Equals, words[from:i]...)
	}
	return i
}

// paired are the flags of which a value is a name, an equals sign and something else.
var paired = map[string]bool{"map": true, "where": true, "set": true}

// written are the flags whose value is a text, in which quotation marks may be meant.
var written = map[string]bool{"text": true, "caption": true}

// dashes are what text programs make of hyphens.
const dashes = "‐‑‒–—―−﹘﹣－"

// flagOf is the flag that a word is, without its value where that is the next word; a part without a flag for a name. Not known
// where it looks like a flag that the command does not have.
func (r *reader) flagOf(word string) (p part, known bool) {
	name := strings.TrimLeft(word, "-"+dashes)
	front := word[:len(word)-len(name)]
	if front == "" || name == "" {
		return part{}, true
	}
	name, value, joined := strings.Cut(name, "=")
	plain := strings.Map(func(c rune) rune {
		if strings.ContainsRune(dashes, c) {
			return '-'
		}
		return c
	}, name)
	typographic := strings.ContainsAny(front, dashes) || plain != name
	if long := r.command.Short[plain]; long != "" {
		p = part{flag: "-" + plain, name: long, value: value, joined: joined, bare: r.command.Flags[long]}
		if typographic && front != "-" {
			r.noteOnce(Dash, word)
		}
		return p, front != "--"
	}
	bare, is := r.command.Flags[plain]
	switch {
	case !is && typographic && front != "-" && front != "--":
		return part{}, true // a name that begins so
	case !is:
		return part{}, false
	case typographic:
		r.noteOnce(Dash, word)
	case front == "-":
		r.noteOnce(Hyphen, word)
	}
	return part{flag: "--" + plain, name: plain, value: value, joined: joined, bare: bare}, true
}

// noteOnce is mistaken for a word that may be looked at twice.
func (r *reader) noteOnce(kind Kind, word string) {
	if !slices.Contains(r.mistakes, Mistake{kind, word}) {
		r.mistaken(kind, word)
	}
}
