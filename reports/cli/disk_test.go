package cli_test

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"kanal-campaign/kanal/sandbox"
)

// Places that cannot hold what they are meant to. They bite whoever runs the program, root too.
func TestPlacesThatCannotBeUsed(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		flags []string // {dir} is the world's folder
		says  string
	}{
		"ledger is a folder": {[]string{"--ledger", "{dir}/folder"}, "{dir}/folder cannot be used: it is a folder. Nothing was sent. Name an ordinary file."},
		"ledger below a file": {[]string{"--ledger", "{dir}/file/ledger.db"},
			"cannot be opened or written: there is a file where its path needs a folder. Move that file away"},
		"ledger's target missing": {[]string{"--ledger", "{dir}/dangling"},
			"{dir}/dangling cannot be opened or written: it, or a folder on its path, does not exist. Put it back"},
		"ledger is something else": {[]string{"--ledger", "{dir}/file"},
			"{dir}/file cannot be read: the file is no database. Nothing was sent. Restore"},
		"out is a file": {[]string{"--out", "{dir}/file"}, "The folder {dir}/file is not there: create it, or name another one with --out."},
		"out is missing": {[]string{"--out", "{dir}/missing"},
			"The folder {dir}/missing is not there: create it, or name another one with --out."},
		"out points nowhere": {[]string{"--out", "{dir}/dangling"},
			"The folder {dir}/dangling is not there: create it, or name another one with --out."},
	} {
		t.Run(name, func(t *testing.T) {
			w := newWorld(t, sandbox.Options{})
			path := w.write("spring.csv", people(3))
			w.write("file", "not a folder")
			if err := os.Mkdir(filepath.Join(w.dir, "folder"), 0o700); err != nil {
				t.Fatal(err)
			}
			if err := os.Symlink(filepath.Join(w.dir, "gone", "away"), filepath.Join(w.dir, "dangling")); err != nil {
				t.Fatal(err)
			}
			here := func(text string) string { return strings.ReplaceAll(text, "{dir}", w.dir) }
			for i := range test.flags {
				test.flags[i] = here(test.flags[i])
			}
			w.send(path, test.flags...).want(t, 1).says(t, here(test.says))
			if n := len(w.requests()); n != 0 {
				t.Errorf("%d requests", n)
			}
			if w.read("file") != "not a folder" {
				t.Error("the file was changed")
			}
			w.send(path).want(t, 0)
			w.truth(3, "spring.results.csv")
		})
	}
}

// What has the results' name and is not theirs is kept, and so is a link that leads nowhere now.
func TestResultsBesideWhatHasTheirName(t *testing.T) {
	for name, occupy := range map[string]func(path string) error{
		"folder": func(path string) error { return os.Mkdir(path, 0o700) },
		"link":   func(path string) error { return os.Symlink(filepath.Join(filepath.Dir(path), "gone", "away"), path) },
	} {
		t.Run(name, func(t *testing.T) {
			w := newWorld(t, sandbox.Options{})
			path, results := w.write("spring.csv", people(3)), filepath.Join(w.dir, "spring.results.csv")
			if err := occupy(results); err != nil {
				t.Fatal(err)
			}
			before, err := os.Lstat(results)
			if err != nil {
				t.Fatal(err)
			}
			w.send(path).want(t, 0).says(t, "spring.results-2.csv").tells(t, "file-foreign")
			w.truth(3, "spring.results-2.csv")
			if after, err := os.Lstat(results); err != nil || !os.SameFile(before, after) {
				t.Errorf("it was not kept: %v", err)
			}
		})
	}
}

// A campaign does not fail for want of a log, and says so once.
func TestNoPlaceForALog(t *testing.T) {
	w := newWorld(t, sandbox.Options{})
	path := w.write("spring.csv", people(3))
	w.write("ledger.db.logs", "not a folder")
	r := w.send(path, "--ledger", filepath.Join(w.dir, "ledger.db")).want(t, 0)
	if n := strings.Count(r.err, "The log cannot be written (not a directory)"); n != 1 {
		t.Errorf("it was said %d times:\n%s", n, r.err)
	}
	if strings.Contains(r.out, ".logs") {
		t.Errorf("the summary names a log:\n%s", r.out)
	}
	w.truth(3, "spring.results.csv")
}

// Results that cannot be written make a finished run one that could not be done. A run that is to be resumed stays one:
// resuming writes them. The last words tell that the campaign is safe, and how to write the results.
func TestResultsThatCannotBeWrittenInTheEnd(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		options sandbox.Options
		flags   []string
		code    int
	}{
		"finished":            {sandbox.Options{}, nil, 1},
		"some need attention": {sandbox.Options{OptedOut: []string{"33612340001"}}, nil, 1},
		"paused": {sandbox.Options{Faults: sandbox.Faults{Rates: map[sandbox.Fault]float64{sandbox.Error500Before: 1}}},
			[]string{"--max-failures", "1"}, 6},
	} {
		t.Run(name, func(t *testing.T) {
			w := newWorld(t, test.options)
			path, out := w.write("spring.csv", people(3)), filepath.Join(w.dir, "out")
			if err := os.Mkdir(out, 0o700); err != nil {
				t.Fatal(err)
			}
			w.onSend = func(int) { os.RemoveAll(out) }
			r := w.send(path, append(test.flags, "--out", out)...).want(t, test.code)
			r.says(t, "could not be written into the folder "+out+": no such file or directory. The campaign itself is safe")
			if !strings.HasSuffix(strings.TrimSpace(r.err), "kanal-campaign report spring") {
				t.Errorf("its last words:\n%s", r.err)
			}
			if err := os.Mkdir(out, 0o700); err != nil {
				t.Fatal(err)
			}
			w.run("report", "spring").want(t, 0)
			w.truth(len(w.kanal.Accepted()), "out/spring.results.csv")
		})
	}
}

// goneLocks are ways in which the folder of the ledger's locks may be spoilt.
var goneLocks = map[string]struct {
	harm func(locks string) error
	says string // "" where the run goes on
}{
	"removed":     {os.RemoveAll, ""},
	"made a file": {func(locks string) error { return errors.Join(os.RemoveAll(locks), os.WriteFile(locks, nil, 0o600)) }, "Move that file away"},
	"made a dead end": {func(locks string) error {
		return errors.Join(os.RemoveAll(locks), os.Symlink("/nowhere/at/all", locks))
	}, "Move that file away"},
	"made a circle": {func(locks string) error { return errors.Join(os.RemoveAll(locks), os.Symlink(locks, locks)) }, "Move that file away"},
}

// Locks that go from their place, before a run or in the middle of it, are told as what they are: no disk is full.
func TestLocksGoFromTheirPlace(t *testing.T) {
	t.Parallel()
	for name, test := range goneLocks {
		t.Run(name, func(t *testing.T) {
			w := newWorld(t, sandbox.Options{})
			book := filepath.Join(w.dir, "book.db")
			w.onSend = func(n int) {
				if n == 2 {
					if err := test.harm(book + ".locks"); err != nil {
						t.Error(err)
					}
				}
			}
			path := w.write("spring.csv", people(4))
			code := 0
			if test.says != "" {
				code = 1
			}
			during := w.send(path, "--ledger", book).want(t, code).says(t, test.says)
			before := w.run("status", "--ledger", book).want(t, code).says(t, test.says)
			for _, told := range []result{during, before} {
				if strings.Contains(told.out+told.err, "ake room") {
					t.Errorf("it asks for room on the disk:\n%s%s", told.out, told.err)
				}
			}
			if n := len(w.kanal.Accepted()); n != 4 {
				t.Errorf("%d were accepted", n)
			}
			if err := os.RemoveAll(book + ".locks"); err != nil {
				t.Fatal(err)
			}
			w.run("report", "spring", "--ledger", book).want(t, 0)
			w.truth(4, "spring.results.csv")
		})
	}
}
