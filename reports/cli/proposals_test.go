package cli_test

import (
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"kanal-campaign/kanal/sandbox"
	"kanal-campaign/reports/cli"
)

// proposal matches a command on a line of its own, behind a number or a label at the most.
var proposal = regexp.MustCompile(`^(?: {2,8}(?:[0-9]+\. |\$ )?|To go on: +)kanal-campaign ([a-z].*)$`)

// paint is how a terminal is told colours.
var paint = regexp.MustCompile("\x1b\\[[0-9;]*m")

// proposals are the commands on lines of their own, with the lines in which they go on.
func proposals(text string) (found []string) {
	lines := strings.Split(paint.ReplaceAllString(text, ""), "\n")
	for i := 0; i < len(lines); i++ {
		match := proposal.FindStringSubmatch(lines[i])
		if match == nil || strings.HasSuffix(lines[i], "[flags]") { // the usage in a help
			continue
		}
		command := match[1]
		for strings.HasSuffix(command, `\`) && i+1 < len(lines) {
			i++
			command = strings.TrimSuffix(command, `\`) + strings.TrimSpace(lines[i])
		}
		found = append(found, command)
	}
	return found
}

// posixWords splits a command as a POSIX shell does; ok is false for one that is not closed.
func posixWords(command string) (list []string, ok bool) {
	var word strings.Builder
	open, quote, escaped := false, rune(0), false
	for _, r := range command {
		switch {
		case escaped:
			if quote == '"' && !strings.ContainsRune("\"\\$`\n", r) {
				word.WriteByte('\\')
			}
			word.WriteRune(r)
			escaped = false
		case r == '\\' && quote != '\'':
			escaped, open = true, true
		case r == quote:
			quote = 0
		case quote == 0 && (r == '\'' || r == '"'):
			quote, open = r, true
		case quote == 0 && r == ' ':
			if open {
				list = append(list, word.String())
			}
			word.Reset()
			open = false
		default:
			word.WriteRune(r)
			open = true
		}
	}
	if open {
		list = append(list, word.String())
	}
	return list, quote == 0 && !escaped
}

// misproposed returns what is wrong with the commands that a text proposes: a person must be able to run each.
func misproposed(text string) (wrong []string) {
	for _, command := range proposals(text) {
		args, ok := posixWords(command)
		if !ok {
			continue // a text that goes on over several lines
		}
		if err := cli.Parse(args); err != nil {
			wrong = append(wrong, fmt.Sprintf("%s: %v", command, err))
		}
	}
	return wrong
}

// Every command on every screen can be run. Those of the flows are looked at wherever a test runs a command.
func TestProposalsOfTheScreens(t *testing.T) {
	t.Parallel()
	screens, err := filepath.Glob("../screen/testdata/*.txt")
	if err != nil {
		t.Fatal(err)
	}
	found := 0
	for _, path := range append(screens, "testdata/check.txt") {
		text, err := os.ReadFile(path)
		if err != nil {
			continue
		}
		found += len(proposals(string(text)))
		for _, wrong := range misproposed(string(text)) {
			t.Errorf("%s proposes %s", path, wrong)
		}
	}
	if found < 50 {
		t.Errorf("%d commands were found", found)
	}
}

// A ledger that goes from its place under a run is told with commands that can be run, with the flags that it had.
func TestProposalsWithoutALedger(t *testing.T) {
	t.Parallel()
	for name, harm := range map[string]func(book string) error{
		"moved":   func(book string) error { return os.Rename(book, book+".away") },
		"damaged": func(book string) error { return os.Truncate(book+"-wal", 0) },
	} {
		for _, book := range []string{"", "book.db", "mes campagnes.db"} {
			w := newWorld(t, sandbox.Options{})
			at := filepath.Join(w.env["XDG_STATE_HOME"], "kanal-campaign", "ledger.db")
			var flags []string
			if book != "" {
				at = filepath.Join(w.dir, book)
				flags = []string{"--ledger", at}
			}
			w.onSend = func(n int) {
				if n != 2 {
					return
				}
				if err := harm(at); err != nil {
					t.Error(err)
				}
			}
			got := w.send(w.write("spring.csv", people(4)), flags...).want(t, 1)
			commands := proposals(got.out)
			if len(commands) != 2 || !strings.HasPrefix(commands[1], "resume --from ") {
				t.Errorf("%s: it proposes %q", name, commands)
			}
			for _, command := range commands {
				if n := strings.Count(command, "--ledger"); n != len(flags)/2 {
					t.Errorf("%s names its ledger %d times", command, n)
				}
			}
		}
	}
}

// What the tests of the flows rely on: a command that cannot be run is found.
func TestMisproposed(t *testing.T) {
	for _, text := range []string{
		"  kanal-campaign resume spring --ledger a.db --ledger a.db", "  1. kanal-campaign status spring --sandbox \\\n     --sandbox",
		"To go on:  kanal-campaign resume spring --first many", "  kanal-campaign resume spring autumn", "  kanal-campaign sned x.csv",
		"  kanal-campaign send x.csv --no-such-flag", "  kanal-campaign report", "  kanal-campaign send x.csv --campaign=a --campaign b",
	} {
		if len(misproposed(text)) != 1 {
			t.Errorf("it passes: %s", text)
		}
	}
	for _, text := range []string{
		"  kanal-campaign resume 'l'\\''été' --suppress a.csv --suppress \"b c.csv\"", "  kanal-campaign send x.csv --map a=b --map c=d --yes",
	} {
		if wrong := misproposed(text); len(proposals(text)) != 1 || len(wrong) > 0 {
			t.Errorf("%s: %v", text, wrong)
		}
	}
}
