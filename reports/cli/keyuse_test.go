package cli_test

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"kanal-campaign/campaign/ledger/sqlite"
	"kanal-campaign/kanal/sandbox"
)

const usedElsewhere = "WARNING: this API key was used"

func (w *world) usesFile() string {
	return filepath.Join(w.env["XDG_STATE_HOME"], "kanal-campaign", "keys.json")
}

// Whoever sends with a key that another ledger of the computer has just used is warned, before the question, and never by a
// rehearsal, the same ledger or another key; the key stands in no file.
func TestKeyUsedWithAnotherLedger(t *testing.T) {
	t.Parallel()
	w := newWorld(t, sandbox.Options{})
	w.kanal.AddKey("another0key0for0another0")
	one, two := filepath.Join(w.dir, "one.db"), filepath.Join(w.dir, "two.db")
	warned := func(want bool, r result) {
		t.Helper()
		if got := strings.Count(strings.Join(strings.Fields(r.out+r.err), " "), usedElsewhere); got > 1 || (got == 1) != want {
			t.Errorf("warned %d times, want %v:\n%s%s", got, want, r.out, r.err)
		}
	}
	send := func(name string, flags ...string) result {
		return w.send(w.write(name+".csv", people(2)), append(flags, "--again")...)
	}
	w.run("send", w.write("rehearsed.csv", people(1)), "--template", "welcome", "--country", "FR", "--sandbox").want(t, 0)
	warned(false, send("a", "--ledger", one).want(t, 0))
	warned(false, send("b", "--ledger", one).want(t, 0))
	warned(false, w.run("check", w.write("c.csv", people(1)), "--template", "welcome", "--country", "FR", "--ledger", two).want(t, 0))
	told := send("d", "--ledger", two).want(t, 0).says(t, "one.db", "--rate 30")
	warned(true, told)
	declined := w.runOn(terminal{is: true, input: "no\n"}, "send", w.write("e.csv", people(2)), "--template", "welcome", "--country", "FR", "--again").
		want(t, 5)
	warned(true, declined)
	if at := strings.Index(declined.err, "WARNING: this API"); at < 0 || at > strings.Index(declined.err, "Type 2") {
		t.Errorf("the warning does not stand before the question:\n%s", declined.err)
	}
	warned(true, w.run("send", w.write("f.csv", people(2)), "--template", "welcome", "--country", "FR", "--yes", "--test-to", "+33612345678",
		"--ledger", filepath.Join(w.dir, "three.db")).want(t, 0).says(t, "more)"))
	w.env["KANAL_API_KEY"] = "another0key0for0another0"
	warned(false, send("g", "--ledger", two).want(t, 0))
	w.env["KANAL_API_KEY"] = sandbox.DefaultKey
	warned(true, send("h", "--ledger", one, "--first", "1").want(t, 0))
	warned(true, w.run("resume", "h", "--yes", "--rate", "6000", "--ledger", one).want(t, 0))
	warned(false, w.run("status", "--ledger", one).want(t, 0))

	info, err := os.Stat(w.usesFile())
	if err != nil || info.Mode().Perm() != 0o600 && os.PathSeparator == '/' {
		t.Errorf("%v, %v", info, err)
	}
	if text := w.read("state/kanal-campaign/keys.json"); strings.Contains(text, w.env["KANAL_API_KEY"]) || !strings.Contains(text, "one.db") {
		t.Errorf("it holds %s", text)
	}
}

// What is wrong with the file that tells of keys in use keeps nothing from being sent.
func TestUsesThatCannotBeKept(t *testing.T) {
	t.Parallel()
	for name, harm := range map[string]func(path string) error{
		"noise":         func(path string) error { return os.WriteFile(path, []byte("\x00{noise"), 0o600) },
		"empty":         func(path string) error { return os.WriteFile(path, nil, 0o600) },
		"other JSON":    func(path string) error { return os.WriteFile(path, []byte(`{"secret":7,"uses":[1]}`), 0o600) },
		"short secret":  func(path string) error { return os.WriteFile(path, []byte(`{"secret":"00","uses":null}`), 0o600) },
		"far too long":  func(path string) error { return os.WriteFile(path, make([]byte, 2<<20), 0o600) },
		"a folder":      func(path string) error { return os.Mkdir(path, 0o700) },
		"a dead link":   func(path string) error { return os.Symlink("/nowhere/at/all", path) },
		"lock a folder": func(path string) error { return os.MkdirAll(path+".lock", 0o700) },
	} {
		t.Run(name, func(t *testing.T) {
			w := newWorld(t, sandbox.Options{})
			if err := os.MkdirAll(filepath.Dir(w.usesFile()), 0o700); err != nil {
				t.Fatal(err)
			}
			if err := harm(w.usesFile()); err != nil {
				t.Fatal(err)
			}
			w.send(w.write("spring.csv", people(2)), "--ledger", filepath.Join(w.dir, "one.db")).want(t, 0)
			w.send(w.write("spring.csv", people(2)), "--ledger", filepath.Join(w.dir, "two.db"), "--campaign", "autumn").want(t, 0)
			w.truth(4, "autumn.results.csv")
		})
	}
}

// Many processes note their use at once, and none is lost; after an hour it counts no more, whichever way the clock went.
func TestUsesOfManyProcesses(t *testing.T) {
	uses, now := filepath.Join(t.TempDir(), "keys.json"), time.Now()
	const ledgers = 12
	var all sync.WaitGroup
	for i := range ledgers {
		all.Go(func() {
			use, err := sqlite.NewKeyUse(t.Context(), uses, sandbox.DefaultKey, fmt.Sprintf("/x/%d.db", i))
			if err == nil {
				_, err = use.Note(t.Context(), now)
			}
			if err != nil {
				t.Error(err)
			}
		})
	}
	all.Wait()
	note := func(key, book string, at time.Time) int {
		t.Helper()
		use, err := sqlite.NewKeyUse(t.Context(), uses, key, book)
		if err != nil {
			t.Fatal(err)
		}
		others, err := use.Note(t.Context(), at)
		if err != nil {
			t.Fatal(err)
		}
		return len(others)
	}
	for _, test := range []struct {
		key, book string
		at        time.Time
		want      int
	}{
		{sandbox.DefaultKey, "/x/0.db", now, ledgers - 1}, {sandbox.DefaultKey, "/x/new.db", now.Add(59 * time.Minute), ledgers},
		{"another", "/x/new.db", now, 0}, {sandbox.DefaultKey, "/x/later.db", now.Add(61 * time.Minute), 1},
		{sandbox.DefaultKey, "/x/earlier.db", now.Add(-3 * time.Hour), 0},
	} {
		if got := note(test.key, test.book, test.at); got != test.want {
			t.Errorf("%s at %s: %d others, want %d", test.book, test.at, got, test.want)
		}
	}
}
