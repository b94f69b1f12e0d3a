package cli_test

import (
	"strings"
	"testing"
	"unicode/utf8"

	"kanal-campaign/kanal/sandbox"
	"kanal-campaign/reports/cli"
	"kanal-campaign/reports/help"
)

// Every topic is shown by its name, on one screen's width, with the commands of the shell at hand.
func TestHelpOfTopics(t *testing.T) {
	w := newWorld(t, sandbox.Options{})
	w.env["TERM"] = "xterm"
	for _, topic := range help.Topics(help.English) {
		for _, system := range []string{"linux", "windows"} {
			var out sharedBuffer
			code := cli.Run(t.Context(), cli.Env{Args: []string{"help", topic.Name}, In: strings.NewReader(""), Out: &out, Err: &out,
				Getenv: func(string) string { return "" }, Home: w.dir, GOOS: system})
			if code != 0 || !strings.HasPrefix(out.String(), topic.Title+"\n") {
				t.Errorf("%s: exit code %d\n%s", topic.Name, code, out.String())
			}
			for line := range strings.Lines(out.String()) {
				if n := utf8.RuneCountInString(strings.TrimSuffix(line, "\n")); n > 80 {
					t.Errorf("%s on %s: %d columns: %s", topic.Name, system, n, line)
				}
				if continued := strings.HasSuffix(strings.TrimSpace(line), `\`); continued && system == "windows" &&
					strings.Contains(line, "kanal-campaign") {
					t.Errorf("%s: PowerShell does not take %s", topic.Name, line)
				}
			}
		}
		coloured := w.runOn(terminal{is: true}, "help", topic.Name).want(t, 0).out
		if !strings.HasPrefix(coloured, "\x1b[1m"+topic.Title+"\x1b[0m\n") {
			t.Errorf("%s: on a terminal with colours its title reads %.60q", topic.Name, coloured)
		}
		if plain := w.run("help", topic.Name).out; paint.ReplaceAllString(coloured, "") != plain {
			t.Errorf("%s: the colours change the text", topic.Name)
		}
	}
}

// A command's help is the same whichever way it is asked for, and what is neither a command nor a topic is a wrong usage.
func TestHelpOfCommands(t *testing.T) {
	w := newWorld(t, sandbox.Options{})
	for asked, same := range map[string]string{"help": "--help", "help send": "send --help", "help help": "help --help"} {
		if got, want := w.run(strings.Fields(asked)...).want(t, 0).out, w.run(strings.Fields(same)...).want(t, 0).out; got != want {
			t.Errorf("%s reads\n%s\nand %s\n%s", asked, got, same, want)
		}
	}
	for asked, meant := range map[string]string{
		"help resul": "results or resume?", "help sned": "send?", "help xyzxyz": "xyzxyz", "help send files": "help [COMMAND|TOPIC]",
	} {
		if got := w.run(strings.Fields(asked)...).want(t, 2); got.out != "" || !strings.Contains(got.err, meant) {
			t.Errorf("%s: %q and %q", asked, got.out, got.err)
		}
	}
}
