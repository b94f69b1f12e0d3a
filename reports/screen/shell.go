package screen

import (
	"slices"
	"strings"
	"unicode"

	"kanal-campaign/campaign"
	"kanal-campaign/campaign/text"
	"kanal-campaign/reports/words"
)

// Program is the program's name, as people type it.
const Program = "kanal-campaign"

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
	return "export " + name + "=" + s.Word(value)
}

// Command writes a command for the face's shell, on one line.
func (f Face) Command(c campaign.Command) string { return strings.Join(f.Shell.units(f.Words, c), " ") }

// Lines is a command broken before flags where it is too long for a screen, so that the face's shell still reads one command. The label
// stands before the first line.
func (f Face) Lines(label string, c campaign.Command) []string {
	margin := strings.Repeat(" ", text.Columns(label))
	var lines []string
	line := ""
	for _, unit := range f.Shell.units(f.Words, c) {
		switch {
		case line == "":
			line = label + unit
		case text.Columns(line+" "+unit) > screenWidth-2:
			lines = append(lines, line+f.Shell.continued())
			line = margin + "  " + unit
		default:
			line += " " + unit
		}
	}
	return append(lines, line)
}

// Examples writes commands for a text of help, each on lines of its own.
func (f Face) Examples(commands ...campaign.Command) string {
	var lines []string
	for _, c := range commands {
		lines = append(lines, f.Lines("  ", c)...)
	}
	return strings.Join(lines, "\n")
}

// units writes a command for the shell, in the pieces between which a line may break: the program with the name that it works on, a path
// in its place, and each flag with its value. Where PowerShell would mangle a word, all are handed on as they stand, on one line.
func (s Shell) units(w *words.Words, c campaign.Command) []string {
	parts, note := []string{Program}, ""
	for _, word := range c {
		parts = append(parts, cleanWord(word))
	}
	if s == PowerShell && slices.ContainsFunc(parts, isMangled) {
		parts, note = textInFile(w, parts)
		if slices.ContainsFunc(parts, isMangled) && !slices.ContainsFunc(parts, endsVerbatim) {
			return []string{verbatim(parts)}
		}
	}
	var units []string
	flagged := false
	for i, word := range parts {
		isFlag := strings.HasPrefix(word, "-") && word != "--"
		isPath := !flagged && i > 1 && strings.ContainsAny(word, `/\`)
		flagged = flagged || isFlag
		if quoted := s.Word(word); i == 0 || isFlag || isPath {
			units = append(units, quoted)
		} else {
			units[len(units)-1] += " " + quoted
		}
	}
	units[len(units)-1] += note
	return units
}

// cleanWord is Clean for a word of a command, whose line ends and tabs stay: it may be a message.
func cleanWord(word string) string {
	var out strings.Builder
	for {
		at := strings.IndexAny(word, "\n\r\t")
		if at < 0 {
			return out.String() + text.Clean(word)
		}
		out.WriteString(text.Clean(word[:at]) + word[at:at+1])
		word = word[at+1:]
	}
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
func textInFile(w *words.Words, command []string) (_ []string, note string) {
	const file = "message.txt"
	command = slices.Clone(command)
	for i, word := range command {
		if i > 0 && command[i-1] == "--text" && endsVerbatim(word) {
			command[i-1], command[i], note = "--text-file", file, " # "+w.SaveTextFirst(file)
		}
	}
	return command, note
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

// Word writes a word of a command for the shell. Line ends and tabs stay in it.
func (s Shell) Word(word string) string {
	word = cleanWord(word)
	if s == POSIX {
		return posixWord(word)
	}
	bare := func(r rune) bool { return isWordRune(r) || strings.ContainsRune(`-_./:+=\`, r) }
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

// bare are the characters besides letters and digits that no shell takes for its own.
const bare = "-_./:@%+,="

// posixWord writes a word as a POSIX shell takes it, where it can in a form that PowerShell takes, too.
func posixWord(word string) string {
	if strings.ContainsAny(word, "\n\r\t") {
		return "$'" + strings.NewReplacer(`\`, `\\`, `'`, `\'`, "\n", `\n`, "\t", `\t`, "\r", `\r`).Replace(word) + "'"
	}
	special := strings.ContainsFunc(word, func(r rune) bool { return !isWordRune(r) && !strings.ContainsRune(bare, r) })
	switch {
	case word != "" && !special:
		return word
	case !strings.ContainsAny(word, "\"$`\\!“”„"):
		return `"` + word + `"`
	}
	return "'" + strings.ReplaceAll(word, "'", `'\''`) + "'"
}

func isWordRune(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.IsMark(r) }
