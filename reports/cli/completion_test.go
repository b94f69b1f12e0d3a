package cli_test

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"kanal-campaign/kanal/sandbox"
)

// proposed are the names that a shell is given for a command line.
func (w *world) proposed(args ...string) []string {
	w.t.Helper()
	got := w.run(append([]string{"__complete"}, args...)...).want(w.t, 0)
	var names []string
	for line := range strings.Lines(got.out) {
		name, _, _ := strings.Cut(strings.TrimSpace(line), "\t")
		if !strings.HasPrefix(name, ":") {
			names = append(names, name)
		}
	}
	return names
}

func TestCompletion(t *testing.T) {
	w := newWorld(t, sandbox.Options{})
	if got := w.proposed("status", ""); len(got) != 0 {
		t.Errorf("without a ledger: %v", got)
	}
	if _, err := os.Stat(filepath.Join(w.dir, "state")); err == nil {
		t.Error("a proposal made a ledger")
	}
	w.send(w.write("novembre.csv", people(1)+"+33600000002,Zoé,B\n")).want(t, 3)
	w.send(w.write("soldes d'été.csv", people(3)), "--first", "1", "--again").want(t, 0)
	requests := len(w.kanal.Requests())
	for line, want := range map[string][]string{
		"sta":                         {"status"},
		"status ":                     {"novembre", "soldes d'été"},
		"report N":                    {"novembre"},
		"resume ":                     {"soldes d'été"}, // novembre is finished
		"status novembre ":            nil,
		"templates or":                {"order_confirmation"},
		"send x.csv --template w":     {"welcome"},
		"send x.csv --cou":            {"--country"},
		"send x.csv --duplicates s":   {"skip"},
		"retry novembre --cause ":     {"not-on-whatsapp"},
		"report novembre --only rej":  {"rejected"},
		"check x.csv --country b":     {"BE"},
		"status --ledger nowhere.db ": nil,
	} {
		got := w.proposed(strings.Split(line, " ")...)
		slices.Sort(got)
		if !slices.Equal(got, want) {
			t.Errorf("%q: %q, want %q", line, got, want)
		}
	}
	if asked := len(w.kanal.Requests()) - requests; asked != 2 {
		t.Errorf("Kanal was asked %d times, want 2: for templates only", asked)
	}
	if sent := len(w.requests()); sent != 3 {
		t.Errorf("%d messages, want the 3 of send", sent)
	}
}

// Without a key, or with a Kanal that refuses it, the templates of earlier campaigns are proposed, and nothing is asked of
// the person or told.
func TestCompletionWithoutKanal(t *testing.T) {
	w := newWorld(t, sandbox.Options{})
	w.send(w.write("novembre.csv", people(2))).want(t, 0)
	for _, key := range []string{"", "wrong-key"} {
		w.env["KANAL_API_KEY"] = key
		if got := w.proposed("templates", ""); !slices.Equal(got, []string{"welcome"}) {
			t.Errorf("with the key %q: %v", key, got)
		}
	}
	if got := w.proposed("templates", "--sandbox", ""); len(got) != 5 || !slices.Contains(got, "promo_image") {
		t.Errorf("of the sandbox: %v", got)
	}
}

// Every shell gets its script.
func TestCompletionScripts(t *testing.T) {
	w := newWorld(t, sandbox.Options{})
	for _, shell := range []string{"bash", "zsh", "fish", "powershell"} {
		if got := w.run("completion", shell).want(t, 0); !strings.Contains(got.out, "kanal-campaign") {
			t.Errorf("%s: %q", shell, got.out)
		}
	}
}
