package reports

import (
	"slices"
	"strings"

	"kanal-campaign/campaign"
)

// programName is how the program is called in commands.
const programName = "kanal-campaign"

// Shell is what reads the commands that a person copies from a screen.
type Shell int

// The shells.
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

// line writes a command for the shell.
func (s Shell) line(c campaign.Command) string { return s.join(append([]string{programName}, c...)) }

// join writes words for the shell. Where PowerShell would mangle one, all are handed on as they stand.
func (s Shell) join(words []string) string {
	note := ""
	if s == PowerShell && slices.ContainsFunc(words, isMangled) {
		words, note = textInFile(words)
		if slices.ContainsFunc(words, isMangled) && !slices.ContainsFunc(words, endsVerbatim) {
			return verbatim(words)
		}
	}
	quoted := make([]string, len(words))
	for i, word := range words {
		quoted[i] = s.argument(word)
	}
	return strings.Join(quoted, " ") + note
}

// command writes a command that was composed for POSIX for the shell.
func (s Shell) command(posix string) string {
	if s == POSIX {
		return posix
	}
	words := shellWords(posix)
	if words[0] == programName {
		return s.join(words)
	}
	for i, word := range words {
		words[i] = s.argument(word)
	}
	return strings.Join(words, " ")
}

// isMangled reports whether Windows PowerShell 5.1 would hand a word to a program otherwise than PowerShell 7.3 does,
// however it is quoted: it drops quotation marks and empty words, and takes a backslash at the end for an escape.
func isMangled(word string) bool {
	return word == "" || strings.Contains(word, `"`) || strings.HasSuffix(word, `\`) && strings.ContainsAny(word, " \t\u00a0")
}

// stopParsing makes every PowerShell hand on the rest of a line as it stands, but for %NAME% of a variable that there is.
const stopParsing = "--%"

// endsVerbatim reports whether a word would end what is handed on as it stands.
func endsVerbatim(word string) bool {
	return strings.ContainsAny(word, "\n\r") || strings.Contains(word, `"`) && strings.ContainsAny(word, "|&")
}

// textInFile puts a text that cannot be handed on as it stands into a file, which the person has to write. note is a
// comment that says so.
func textInFile(words []string) (_ []string, note string) {
	const file = "message.txt"
	words = slices.Clone(words)
	for i, word := range words {
		if i > 0 && words[i-1] == "--text" && endsVerbatim(word) {
			words[i-1], words[i], note = "--text-file", file, " # save the text as "+file+" first"
		}
	}
	return words, note
}

// verbatim writes a command in a form that every PowerShell reads alike: one line, quoted as programs of Windows read their
// command line.
func verbatim(words []string) string {
	line := []string{words[0], stopParsing}
	for _, word := range words[1:] {
		line = append(line, windowsWord(word))
	}
	return strings.Join(line, " ")
}

// windowsWord writes a word as a program of Windows reads it from its command line: backslashes are themselves but before a
// quotation mark.
func windowsWord(word string) string {
	if word != "" && !strings.ContainsFunc(word, func(r rune) bool { return !isWordRune(r) && !strings.ContainsRune(`-_./:+=,\`, r) }) {
		return word
	}
	var out strings.Builder
	out.WriteByte('"')
	backslashes := 0
	for i := range len(word) {
		switch c := word[i]; c {
		case '\\':
			backslashes++
		case '"':
			out.WriteString(strings.Repeat(`\`, backslashes+1))
			backslashes = 0
		default:
			backslashes = 0
		}
		out.WriteByte(word[i])
	}
	out.WriteString(strings.Repeat(`\`, backslashes) + `"`)
	return out.String()
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
