package reports

import "strings"

// Shell is what reads the commands that a person copies from a screen.
type Shell int

// The shells. Commands are composed for POSIX, and written anew where another shell will read them.
const (
	POSIX Shell = iota
	PowerShell
)

// ShellOf returns the shell of an operating system, by Go's name for that.
func ShellOf(goos string) Shell {
	if goos == "windows" {
		return PowerShell
	}
	return POSIX
}

// continued is what stands at the end of a line whose command goes on in the next one.
func (s Shell) continued() string {
	if s == PowerShell {
		return " `"
	}
	return ` \`
}

// setting is the command that sets an environment variable.
func (s Shell) setting(name, value string) string {
	if s == PowerShell {
		return "$env:" + name + " = " + s.quoted(value)
	}
	return "export " + name + "=" + argument(value)
}

// command writes a command that was composed for POSIX for the shell.
func (s Shell) command(posix string) string {
	if s == POSIX {
		return posix
	}
	words := shellWords(posix)
	for i, word := range words {
		words[i] = s.argument(word)
	}
	return strings.Join(words, " ")
}

// argument writes a word for the shell.
func (s Shell) argument(word string) string {
	bare := func(r rune) bool { return isWordRune(r) || strings.ContainsRune(`-_./:+=\`, r) }
	if s == POSIX {
		return argument(word)
	}
	if word != "" && !strings.ContainsFunc(word, func(r rune) bool { return !bare(r) }) {
		return word
	}
	return s.quoted(word)
}

// quoted puts a word into PowerShell's quotes, which are typographic ones, too. A line end needs double quotes, in which
// the backtick escapes.
func (s Shell) quoted(word string) string {
	if strings.ContainsAny(word, "\n\r\t") {
		return `"` + strings.NewReplacer("`", "``", "$", "`$", `"`, "`\"", "“", "`“", "”", "`”", "„", "`„",
			"\n", "`n", "\r", "`r", "\t", "`t").Replace(word) + `"`
	}
	if !strings.ContainsAny(word, "\"$`“”„") {
		return `"` + word + `"`
	}
	return "'" + strings.NewReplacer("'", "''", "‘", "‘‘", "’", "’’", "‚", "‚‚", "‛", "‛‛").Replace(word) + "'"
}

// shellWords splits a command as a POSIX shell does.
func shellWords(command string) []string {
	var words []string
	var word strings.Builder
	open := false
	for i := 0; i < len(command); i++ {
		rest := command[i:]
		switch c := command[i]; {
		case c == ' ':
			if open {
				words, open = append(words, word.String()), false
				word.Reset()
			}
			continue
		case strings.HasPrefix(rest, "$'"):
			text, n := dollarQuoted(rest[2:])
			word.WriteString(text)
			i += 1 + n
		case c == '\'' || c == '"':
			inside, _, _ := strings.Cut(rest[1:], string(c))
			word.WriteString(inside)
			i += len(inside) + 1
		case c == '\\' && len(rest) > 1:
			word.WriteByte(rest[1])
			i++
		default:
			word.WriteByte(c)
		}
		open = true
	}
	if open {
		words = append(words, word.String())
	}
	return words
}

// dollarQuoted reads a text in $'…' and returns how many bytes it took, the closing quote included.
func dollarQuoted(rest string) (text string, n int) {
	escapes := map[byte]byte{'n': '\n', 't': '\t', 'r': '\r'}
	var out strings.Builder
	for n = 0; n < len(rest) && rest[n] != '\''; n++ {
		c := rest[n]
		if c == '\\' && n+1 < len(rest) {
			n++
			if c = rest[n]; escapes[c] != 0 {
				c = escapes[c]
			}
		}
		out.WriteByte(c)
	}
	return out.String(), n + 1
}
