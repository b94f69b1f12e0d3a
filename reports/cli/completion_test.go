package cli_test

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"testing/synctest"

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
	synctest.Test(t, func(t *testing.T) { completesCommandLines(t, newVirtual(t)) }) // proposals wait two seconds for Kanal
}

func completesCommandLines(t *testing.T, w *virtual) {
	if got := w.proposed("status", ""); len(got) != 0 {
		t.Errorf("without a ledger: %v", got)
	}
	if _, err := os.Stat(filepath.Join(w.dir, "state")); err == nil {
		t.Error("a proposal made a ledger")
	}
	w.send(w.write("novembre.csv", people(1)+"+33600000002,Zoé,B\n+33600000001,Opted out,C\n")).want(t, 3)
	w.send(w.write("doute.csv", "phone,prenom,code\n+33600000012,Doubt,D\n"), "--max-failures", "1").want(t, 6)
	w.send(w.write("soldes d'été.csv", people(3)), "--first", "1", "--again").want(t, 0)
	requests, messages := len(w.kanal.Requests()), len(w.requests())
	for line, want := range map[string][]string{
		"sta":                                     {"status"},
		"status ":                                 {"doute", "novembre", "soldes d'été"},
		"report N":                                {"novembre"},
		"resume ":                                 {"doute", "soldes d'été"}, // novembre is finished
		"status novembre ":                        nil,
		"templates or":                            {"order_confirmation"},
		"send x.csv --template w":                 {"welcome"},
		"send x.csv --cou":                        {"--country", "--country-column"},
		"send x.csv --bare-numbers i":             {"international"},
		"send x.csv --duplicates s":               {"skip"},
		"retry novembre --cause ":                 {"not-on-whatsapp"}, // nobody who opted out is tried again
		"retry doute --unknown --cause ":          {"server-error"},
		"report novembre --cause opt":             {"opted-out"},
		"send x.csv --template welcome --map ":    {"code=", "prenom="},
		"send x.csv --template welcome --map PRE": {"prenom="},
		"send x.csv --map ":                       nil,
		"report novembre --only rej":              {"rejected"},
		"check x.csv --country b":                 {"BE"},
		"status --ledger nowhere.db ":             nil,
	} {
		got := w.proposed(strings.Split(line, " ")...)
		slices.Sort(got)
		if !slices.Equal(got, want) {
			t.Errorf("%q: %q, want %q", line, got, want)
		}
	}
	if asked := len(w.kanal.Requests()) - requests; asked != 4 {
		t.Errorf("Kanal was asked %d times, want 4: for templates only", asked)
	}
	if sent := len(w.requests()) - messages; sent != 0 {
		t.Errorf("%d messages by proposals", sent)
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

// What a shell shows beside a proposal, and whether it proposes files, is as a person expects it.
func TestHints(t *testing.T) {
	const files, none, folders = ":0", ":4", ":16"
	w := newWorld(t, sandbox.Options{})
	w.send(w.write("novembre.csv", people(1))).want(t, 0)
	for line, want := range map[string]struct{ says, directive string }{
		"":                             {"completion\tMake the Tab key finish commands, flags and names", none},
		"hel":                          {"help\tExplain a command, with its flags, or a topic", none},
		"help r":                       {"results\tThe results, the report, and what each …", none},
		"help send ":                   {"", none},
		"completion ":                  {"bash\nzsh\nfish\npowershell", none},
		"send --template":              {"--template\tthe ID|NAME of the approved template to send", none},
		"send ":                        {"", files},
		"send x.csv ":                  {"", none},
		"send x.csv --rate ":           {"", none},
		"send x.csv --text ":           {"", none},
		"send x.csv --text-file ":      {"", files},
		"send x.csv --out ":            {"", folders},
		"send x.csv --format ":         {"text\njson", none},
		"sandbox --window ":            {"fixed\nsliding", none},
		"status novembre ":             {"", none},
		"verify nov":                   {"novembre\twelcome, ", none},
		"verify novembre nowhere/":     {"", files},
		"verify novembre x.csv ":       {"", none},
		"templates --sandbox welcome ": {"", none},
	} {
		got := w.run(append([]string{"__complete"}, strings.Split(line, " ")...)...).want(t, 0).out
		if !strings.Contains(got, want.says) || !strings.HasSuffix(strings.TrimSpace("\n"+got), "\n"+want.directive) && strings.TrimSpace(got) != want.directive {
			t.Errorf("%q: %s, want %q and %s", line, got, want.says, want.directive)
		}
		if strings.Contains(got, "`") {
			t.Errorf("%q: a backtick in %s", line, got)
		}
	}
	w.env["KANAL_API_KEY"] = ""
	if got := w.run("__complete", "send", "x.csv", "--template", "").want(t, 0).out; !strings.Contains(got, "welcome\tused by campaign novembre\n") {
		t.Error(got)
	}
	if got := w.run("__complete", "send", "x.csv", "--sandbox", "--template", "we").want(t, 0).out; !strings.Contains(got, "welcome\tof the sandbox\n") {
		t.Error(got)
	}
}

// Where an audience is meant, what the program has written itself is not proposed; where results are, nothing else is. A
// folder without any of it, and one that the shell alone can find, are left to the shell.
func TestCompletionOfFiles(t *testing.T) {
	w := newWorld(t, sandbox.Options{})
	audience := w.write("novembre.csv", people(1)+"n/a,Nobody,X\n")
	w.send(audience, "--skip-invalid").want(t, 3)
	w.send(audience, "--skip-invalid", "--sandbox").want(t, 3)
	results := []string{"novembre.results (1).csv", "novembre.results-2.csv", "novembre.results.csv", "novembre.sandbox.results.csv"}
	for _, name := range append([]string{"mon été.xlsx", "notes.results.txt", "reports.csv", "line\nbreak.csv"}, results[:2]...) {
		w.write(name, "")
	}
	for _, folder := range []string{"plain", "lists", ".hidden"} {
		if err := os.Mkdir(filepath.Join(w.dir, folder), 0o700); err != nil {
			t.Fatal(err)
		}
	}
	w.write("plain/a.csv", "")
	w.write("lists/a.results.csv", "")
	const shell, files = ":0", ":0"
	for _, test := range []struct {
		line, typed string
		want        []string
		directive   string
	}{
		{"send", "", []string{"lists/", "mon été.xlsx", "notes.results.txt", "novembre.csv", "plain/", "reports.csv", "state/"},
			files},
		{"check", "novembre", []string{"novembre.csv"}, files},
		{"check", "novembre.p", nil, shell}, // all would be left out: a file of one's own may be called so
		{"check", "mon", nil, shell},        // nothing is left out: as before
		{"send", "plain/", nil, shell},
		{"send", "nowhere/", nil, shell},
		{"send", "lists/", nil, shell},
		{"verify novembre", "", slices.Concat([]string{"lists/"}, results, []string{"plain/", "state/"}), files},
		{"verify novembre", "pl", nil, shell},
		{"verify novembre", "p", nil, shell},
		{"resume --from", "no", results, files},
		{"resume --from", "lists/", nil, shell},
		{"resume --from", "plain/", nil, shell},
	} {
		args := append(append([]string{"__complete"}, strings.Fields(test.line)...), w.dir+"/"+test.typed)
		lines := strings.Split(strings.TrimSpace(w.run(args...).want(t, 0).out), "\n")
		var got []string
		for _, line := range lines[:len(lines)-1] {
			got = append(got, strings.TrimPrefix(line, w.dir+"/"))
		}
		if directive := lines[len(lines)-1]; !slices.Equal(got, test.want) || directive != test.directive {
			t.Errorf("%s %s: %q %s, want %q %s", test.line, test.typed, got, directive, test.want, test.directive)
		}
	}
	w.write("plain/p.report.html", "")
	if err := os.Mkdir(filepath.Join(w.dir, "plain", "p"), 0o700); err != nil {
		t.Fatal(err)
	}
	if got := w.run("__complete", "send", w.dir+"/plain/p").want(t, 0).out; got != w.dir+"/plain/p/\n"+":2\n" {
		t.Errorf("a folder alone: %q", got)
	}
}

// Every shell gets its script. Who looks at it on a terminal is told what it is for.
func TestCompletionScripts(t *testing.T) {
	w := newWorld(t, sandbox.Options{})
	for shell, line := range map[string]string{
		"bash": "complete -o default -F __start_kanal-campaign kanal-campaign", "zsh": "compdef _kanal-campaign kanal-campaign",
		"fish": "set -l args (string escape -- (commandline -opc))", "powershell": "Register-ArgumentCompleter -CommandName 'kanal-campaign'",
	} {
		if got := w.run("completion", shell).want(t, 0); !strings.Contains(got.out, line) || got.err != "" {
			t.Errorf("%s: %q %q", shell, got.out, got.err)
		}
		got := w.runOn(terminal{is: true}, "completion", shell).want(t, 0)
		if !strings.Contains(got.err, "for "+shell+" to read") || !strings.Contains(got.err, "kanal-campaign completion "+shell) {
			t.Errorf("%s, on a terminal: %q", shell, got.err)
		}
	}
	w.run("completion").want(t, 2).tells(t, "command.completion.misuse")
	w.run("completion", "zhs").want(t, 2).tells(t, "no-such-shell", "\"zhs\"").tells(t, "did-you-mean", "zsh")
}
