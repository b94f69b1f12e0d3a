package cli_test

import (
	"path/filepath"
	"strings"
	"testing"
	"unicode/utf8"

	"kanal-campaign/kanal/sandbox"
	"kanal-campaign/reports/words"
)

// The help of every command is kept, fits a terminal, and is the same wherever it is read.
func TestHelp(t *testing.T) {
	w := newWorld(t, sandbox.Options{})
	overview := w.run("--help").want(t, 0).out
	names := []string{"", "help"} // it is not listed itself
	commands, _, _ := strings.Cut(overview, "\n"+words.English().HelpTopics()+"\n")
	for line := range strings.Lines(commands) {
		if command, _, _ := strings.Cut(strings.TrimPrefix(line, "  "), " "); strings.HasPrefix(line, "  ") && command != "" &&
			command == strings.ToLower(command) && !strings.HasPrefix(command, "-") && command != "kanal-campaign" {
			names = append(names, command)
		}
	}
	if len(names) < 10 {
		t.Fatalf("only these commands: %v\n%s", names, overview)
	}
	for _, name := range names {
		args := append(strings.Fields(name), "--help")
		plain := w.run(args...).want(t, 0).out
		if on := w.runOn(terminal{is: true}, args...).want(t, 0).out; on != plain {
			t.Errorf("%s: on a terminal it reads\n%s", name, on)
		}
		for line := range strings.Lines(plain) {
			if n := utf8.RuneCountInString(strings.TrimRight(line, "\n")); n > 80 {
				t.Errorf("%s: %d columns: %s", name, n, line)
			}
		}
		if name == "" {
			name = "kanal-campaign"
		}
		golden(t, filepath.Join("help", name+".txt"), plain)
	}
}
