package cli_test

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"kanal-campaign/kanal/sandbox"
)

// mostCopies is how many commands somebody copies from screens until a rehearsal is finished.
const mostCopies = 3

// exports are the files of twelve tools, with their own headers and the dirt that they have: rows of further articles, titles
// and notes of a report, landlines, empty cells, countries and consents, numbers as people type them. The number is how
// many messages leave in the end.
var exports = map[string]int{
	"shopify": 8, "woocommerce": 12, "google-contacts": 11, "brevo": 10, "mailchimp": 5, "hubspot": 10, "salesforce": 11,
	"facebook-leads": 12, "google-forms": 8, "typeform": 11, "prestashop": 12, "outlook": 11,
}

// proposedCommands are the commands on a screen, as a shell reads them, in their order.
func proposedCommands(t *testing.T, screen string) (commands [][]string) {
	t.Helper()
	for line := range strings.SplitSeq(strings.ReplaceAll(screen, " \\\n", " "), "\n") {
		command, is := strings.CutPrefix(strings.TrimSpace(line), "kanal-campaign ")
		if !is {
			continue
		}
		words, closed := posixWords(command)
		if !closed {
			t.Fatalf("%q cannot be copied", line)
		}
		commands = append(commands, words)
	}
	return commands
}

// Whoever knows nothing of a file but what the program proposes reaches a finished rehearsal.
func TestExportsOfTools(t *testing.T) {
	files, err := filepath.Glob("testdata/exports/*.csv")
	if err != nil || len(files) != len(exports) {
		t.Fatalf("%d files, %v", len(files), err)
	}
	for _, begin := range []string{"send", "check"} {
		for _, file := range files {
			name := strings.TrimSuffix(filepath.Base(file), ".csv")
			t.Run(begin+" "+name, func(t *testing.T) {
				content, err := os.ReadFile(file)
				if err != nil {
					t.Fatal(err)
				}
				w := newWorld(t, sandbox.Options{})
				command := []string{begin, w.write(name+".csv", string(content)), "--template", "welcome", "--rate", "6000", "--sandbox"}
				command = w.copyUntilSent(command)
				sent := 0
				for _, row := range w.results(name + ".sandbox.results.csv") {
					if row["status"] == "sent" || row["kanal_status"] == "sent" {
						sent++
					}
				}
				if sent != exports[name] {
					t.Errorf("%d were sent, want %d: %q", sent, exports[name], command)
				}
			})
		}
	}
}

// copyUntilSent runs a command, and then what is proposed, until everything is sent. It returns the last one.
func (w *world) copyUntilSent(command []string) []string {
	w.t.Helper()
	for copies := 0; ; copies++ {
		got := w.run(command...)
		if command[0] == "send" && (got.code == 0 || got.code == 3) {
			return command
		}
		if copies == mostCopies {
			w.t.Fatalf("after %d commands nothing is sent: %q\n%s%s", copies, command, got.out, got.err)
		}
		command = nextCopy(w.t, got)
	}
}

// nextCopy is the command that somebody copies who wants to send: the first that sends, else the first.
func nextCopy(t *testing.T, r result) []string {
	t.Helper()
	commands := proposedCommands(t, r.out+"\n"+r.err)
	if len(commands) == 0 {
		t.Fatalf("nothing is proposed (exit code %d)\n%s%s", r.code, r.out, r.err)
	}
	if i := slices.IndexFunc(commands, func(words []string) bool { return words[0] == "send" }); i >= 0 {
		return commands[i]
	}
	return commands[0]
}
