package cli_test

import (
	"encoding/json"
	"flag"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"kanal-campaign/kanal/sandbox"
	"kanal-campaign/reports/words/wordstest"
)

var update = flag.Bool("update", false, "write the golden files")

// golden compares text with a file under testdata.
func golden(t *testing.T, name, got string) {
	t.Helper()
	path := filepath.Join("testdata", name)
	if *update {
		if err := os.WriteFile(path, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if got != string(want) {
		t.Errorf("%s differs (go test -update writes it):\n%s", name, got)
	}
}

// The messy file of the examples has every fault; what people read about it, and the list of problems, are kept.
func TestMessyFile(t *testing.T) {
	messy, err := os.ReadFile("../../examples/messy.csv")
	if err != nil {
		t.Fatal(err)
	}
	here, err := os.Getwd()
	if err != nil {
		t.Fatal(err)
	}
	w := newWorld(t, sandbox.Options{})
	w.write("messy.csv", string(messy))
	t.Chdir(w.dir)
	const path = "messy.csv"
	got := w.run("check", path, "--template", "welcome", "--country", "FR").want(t, 4)
	// How long the folder's path is breaks lines, and a command, here or there.
	shown := strings.ReplaceAll(got.out, w.dir, "DIR")
	shown = regexp.MustCompile(`\s+(DIR/messy\.problems\.csv)\s+`).ReplaceAllString(shown, " $1\n")
	shown = regexp.MustCompile(` \\\n *`).ReplaceAllString(shown, " ")
	problems := w.read("messy.problems.csv")
	t.Chdir(here)
	golden(t, "messy.txt", shown)
	golden(t, "messy.problems.csv", problems)
	t.Chdir(w.dir)
	if n := len(w.requests()); n != 0 {
		t.Errorf("a check sent %d requests", n)
	}

	// Its results are in its own dialect, or in UTF-8 with a BOM where that cannot hold them, and hold every row.
	w.send(path, "--skip-invalid").want(t, 3)
	rows := w.results("messy.results.csv")
	if len(rows) != 69 {
		t.Errorf("%d rows in the results, want 69", len(rows))
	}
	counts := w.statuses("messy.results.csv")
	w.truth(counts["sent"], "messy.results.csv")
	if counts["invalid"] != 25 || counts["skipped"] != 1 || counts["sent"] != 43 {
		t.Errorf("statuses: %v", counts)
	}
}

// What is wrong with a file as a whole is one sentence, and nothing is sent.
func TestFileErrors(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		content string
		flags   []string
		code    int
		says    []string
	}{
		"empty":            {"", nil, 4, []string{"empty"}},
		"no rows":          {"phone,prenom,code\n", nil, 4, []string{"no rows"}},
		"no header":        {"0612345678,Zoé,A\n0612345679,Léa,B\n", nil, 4, []string{"first row", "0612345678"}},
		"a workbook":       {"PK\x03\x04" + strings.Repeat("x", 100), nil, 4, []string{"CSV UTF-8"}},
		"binary":           {"a\x00b\x00\x00\x01\x02", nil, 4, []string{"text"}},
		"duplicate header": {"phone,prenom,code,code\n0612345678,Zoé,A,B\n", nil, 4, []string{"code (C, D)"}},
		"empty header":     {"phone,prenom,,code\n0612345678,Zoé,x,A\n", nil, 4, []string{"C"}},
		"broken quotes":    {"phone,prenom,code\n0612345678,\"Zoé,A\n", nil, 4, []string{"line 2"}},
		"no phone column":  {"prenom,code\nZoé,A\n", nil, 4, []string{"--phone-column"}},
		"two phone columns": {"phone,mobile,prenom,code\n0612345678,0612345678,Zoé,A\n", nil, 4,
			[]string{"--phone-column"}},
		"no variable column": {"phone,prénoms,code\n0612345678,Zoé,A\n", nil, 4, []string{"--map prenom=", "prénoms"}},
		"no country":         {"phone,prenom,code\n0612345678,Zoé,A\n", []string{"--country", ""}, 4, []string{"--country"}},
		"unknown encoding":   {"phone\n", []string{"--encoding", "latin"}, 2, []string{"windows-1252"}},
		"unknown delimiter":  {"phone\n", []string{"--delimiter", "x"}, 2, []string{"--delimiter"}},
		"unknown country":    {"phone\n", []string{"--country", "XX"}, 2, []string{"--country", "XX"}},
		"unknown map":        {"phone\n", []string{"--map", "prenom"}, 2, []string{"variable=Column"}},
	} {
		t.Run(name, func(t *testing.T) {
			w := newWorld(t, sandbox.Options{})
			w.send(w.write("file.csv", test.content), test.flags...).want(t, test.code).says(t, test.says...)
			if n := len(w.requests()); n != 0 {
				t.Errorf("%d requests", n)
			}
		})
	}
	w := newWorld(t, sandbox.Options{})
	w.send(filepath.Join(w.dir, "nowhere.csv")).want(t, 1).says(t, "no file")
	w.send(w.dir, "--campaign", "x").want(t, 1).says(t, "folder")
}

func TestCheckEndsWithTheSendCommand(t *testing.T) {
	w := newWorld(t, sandbox.Options{})
	path := w.write("my file.csv", "Tel;Vorname;code\n0612345678;Zoé;A\n")
	got := w.run("check", path, "--template", "welcome", "--country", "FR", "--map", "prenom=Vorname").want(t, 0)
	command := strings.Join(strings.Fields(strings.ReplaceAll(got.out, "\\\n", "")), " ")
	want := "kanal-campaign send \"" + path + "\" --template welcome --country FR --map prenom=Vorname"
	if !strings.HasSuffix(command, want) {
		t.Errorf("it ends with\n%s\nwant\n%s", command, want)
	}
}

func TestCheckJSON(t *testing.T) {
	w := newWorld(t, sandbox.Options{})
	got := w.run("check", w.write("spring.csv", people(2)+"x,Zoé,A\n"), "--template", "welcome", "--country", "FR",
		"--format", "json").want(t, 4)
	var check struct {
		Version                 int
		Kind                    string
		OK                      bool
		Rows, Sendable, Invalid int
		Groups                  []struct{ Code string }
	}
	if err := json.Unmarshal([]byte(got.out), &check); err != nil {
		t.Fatalf("%v in\n%s", err, got.out)
	}
	if check.Version != 1 || check.Kind != "check" || check.OK || check.Rows != 3 || check.Sendable != 2 || check.Invalid != 1 ||
		len(check.Groups) != 1 || check.Groups[0].Code != "phone-not-a-number" {
		t.Errorf("got %+v", check)
	}
}

func TestSummaryJSONAloneOnStdout(t *testing.T) {
	w := newWorld(t, sandbox.Options{})
	got := w.send(w.write("spring.csv", people(2)), "--format", "json").want(t, 0)
	var summary struct {
		Kind, Stopped string
		Counts        map[string]int
	}
	if err := json.Unmarshal([]byte(got.out), &summary); err != nil {
		t.Fatalf("%v in\n%s", err, got.out)
	}
	if summary.Kind != "summary" || summary.Stopped != "done" || summary.Counts["sent"] != 2 {
		t.Errorf("got %+v", summary)
	}
}

// A file whose rows are all to be sent has warnings at the most, and no problems.
func TestCheckNamesAFileOfWarnings(t *testing.T) {
	w := newWorld(t, sandbox.Options{})
	path := w.write("a.csv", people(1)+"0142685300,NULL,B\n")
	said := w.run("check", path, "--template", "welcome", "--country", "FR").want(t, 0).says(t, "a.problems.csv").
		tells(t, "check-file-warnings")
	if wordstest.Says(t, said.out, "check-file-problems") {
		t.Errorf("it speaks of problems:\n%s", said.out)
	}
	if content := w.read("a.problems.csv"); strings.Contains(content, ",error,") {
		t.Errorf("there are errors:\n%s", content)
	}
}

// Whoever names no message is told how to find one, in a rehearsal by a rehearsal's command.
func TestNoMessageProposesTheList(t *testing.T) {
	w := newWorld(t, sandbox.Options{})
	path := w.write("a.csv", people(1))
	w.run("check", path).want(t, 2).says(t, "kanal-campaign templates")
	for _, command := range [][]string{{"check", path}, {"send", path}, {"init"}} {
		w.run(append(command, "--sandbox")...).want(t, 2).says(t, "kanal-campaign templates --sandbox")
	}
}
