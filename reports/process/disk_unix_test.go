//go:build linux || darwin

package process

import (
	"bytes"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"syscall"
	"testing"

	"kanal-campaign/campaign/trouble"
	"kanal-campaign/kanal/sandbox"
	"kanal-campaign/reports/words/wordstest"
)

// fileLimit makes the test binary, as the program, unable to write any file beyond so many bytes: a full disk.
const fileLimit = "KANAL_CAMPAIGN_TEST_FILE_LIMIT"

func init() {
	if text := os.Getenv(fileLimit); text != "" {
		var limit syscall.Rlimit
		if err := syscall.Getrlimit(syscall.RLIMIT_FSIZE, &limit); err != nil {
			panic(err)
		}
		bytes, err := strconv.ParseUint(text, 10, 64)
		if err != nil {
			panic(err)
		}
		limit.Cur = bytes
		if err := syscall.Setrlimit(syscall.RLIMIT_FSIZE, &limit); err != nil {
			panic(err)
		}
	}
}

// sweep calls try with limits from nothing upwards, so many at a time, until one was enough. The steps vary from run to
// run, so that in time every write is the one that fails.
func sweep(t *testing.T, together, step int, try func(t *testing.T, limit int) (enough bool)) {
	t.Helper()
	random := rand.New(rand.NewPCG(seed(t), 0))
	limit, tried := 0, 0
	for enough := false; !enough; {
		var mu sync.Mutex
		var running sync.WaitGroup
		for range together {
			at := limit
			running.Go(func() {
				done := try(t, at)
				mu.Lock()
				defer mu.Unlock()
				enough = enough || done
				tried++
			})
			limit += step/2 + random.IntN(step)
		}
		running.Wait()
		if t.Failed() {
			return
		}
	}
	t.Logf("%d limits up to %d bytes", tried, limit)
}

// A disk that fills up at any write of a campaign, its ledger's, its log's or its results', stops it with a sentence that
// names the place. Nothing leaves that was not recorded before, and with room again everyone is messaged once.
func TestDiskFullAtEveryWrite(t *testing.T) {
	t.Parallel()
	const rows = 6
	sweep(t, 8, 10500, func(t *testing.T, limit int) bool {
		kanal, env := countingKanal(t, sandbox.Options{Limit: 1_000_000}, nil)
		home, path := t.TempDir(), audience(t, rows)
		book := filepath.Join(home, "ledger.db")
		args := []string{"send", path, "--template", "welcome", "--country", "FR", "--yes", "--rate", "6000", "--doubt-delay", "10ms",
			"--request-timeout", "1s", "--ledger", book}
		command, output := program(t, home, append(env, fmt.Sprint(fileLimit, "=", limit)), args...)
		command.Run()
		code := command.ProcessState.ExitCode()
		where := func() string { return fmt.Sprintf("limit %d, exit code %d:\n%s", limit, code, output) }
		if said := output.String(); code != 0 && (code != 1 || !tellsFull(t, said) || !strings.Contains(strings.Join(strings.Fields(said), " "), book)) {
			t.Errorf("a full disk is no clear end: %s", where())
		}
		doubts := recordedFirst(t, kanal, book, where)
		noDrafts(t, filepath.Dir(path))
		if code == 0 {
			return true
		}
		command, again := program(t, home, env, args...)
		if err := command.Run(); err != nil {
			t.Errorf("with room again: %v\n%s\nafter %s", err, again, where())
			return false
		}
		results := resultsOf(path)
		agree(t, kanal, results, rows)
		content, err := os.ReadFile(results)
		if err != nil {
			t.Error(err)
		}
		if n := bytes.Count(content, []byte("already_sent")); n != doubts {
			t.Errorf("%d messages were accepted and not recorded, %d are already_sent; %s", doubts, n, where())
		}
		return false
	})
}

// tellsFull reports whether it was said that a disk is full, and what to do.
func tellsFull(t *testing.T, said string) bool {
	t.Helper()
	for _, code := range []trouble.Code{trouble.Full, trouble.Disk} {
		if wordstest.Says(t, said, "trouble."+string(code)+".step") {
			return true
		}
	}
	return false
}

// noted makes a file of people with a long note beside each, which nobody is sent: twice is how often each stands in it.
func noted(t *testing.T, people, twice int, phone string) string {
	t.Helper()
	var text strings.Builder
	text.WriteString("phone,prenom,code,note\n")
	for i := range people * twice {
		fmt.Fprintf(&text, phone+",Zoé,P%05d,%s\n", i%people, i%people, strings.Repeat("x", 1000))
	}
	path := filepath.Join(t.TempDir(), "spring.csv")
	if err := os.WriteFile(path, []byte(text.String()), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

// Results that cannot be written whole are not written at all: the ones from before stay, and the sentence tells how to
// write them again.
func TestDiskFullForResults(t *testing.T) {
	t.Parallel()
	kanal, env := countingKanal(t, sandbox.Options{}, nil)
	home, path := t.TempDir(), noted(t, 2, 100, "06 12 34 56 %02d")
	results := resultsOf(path)
	exits(t, home, env, 0, nil, "send", path, "--template", "welcome", "--country", "FR", "--yes", "--rate", "6000", "--first", "1")
	pilot := read(t, results)

	exits(t, home, append(env, fileLimit+"=150000"), 1,
		[][]string{{"stop.done.heading"}, {"error-results-unwritten"}},
		"resume", "spring", "--yes", "--rate", "6000")
	if read(t, results) != pilot {
		t.Error("the results of the pilot are gone")
	}
	noDrafts(t, filepath.Dir(path))
	exits(t, home, nil, 0, nil, "report", "spring")
	whole := read(t, results)
	if n := strings.Count(whole, ",sent,"); n != 2 || n != len(kanal.Accepted()) {
		t.Errorf("%d rows are sent, %d were accepted", n, len(kanal.Accepted()))
	}

	sweep(t, 8, 16500, func(t *testing.T, limit int) bool {
		out := t.TempDir()
		old := filepath.Join(out, "spring.results.csv")
		if err := os.WriteFile(old, []byte(pilot), 0o600); err != nil {
			t.Error(err)
		}
		command, output := program(t, home, []string{fmt.Sprint(fileLimit, "=", limit)}, "report", "spring", "--out", out)
		command.Run()
		code, now := command.ProcessState.ExitCode(), read(t, old)
		noDrafts(t, out)
		switch {
		case code == 0 && now == whole:
			return true
		case code != 1 || now != pilot:
			t.Errorf("limit %d, exit code %d, %d bytes:\n%s", limit, code, len(now), output)
		}
		return false
	})
}

// A check tells what is wrong also where it cannot write the list.
func TestDiskFullForProblems(t *testing.T) {
	t.Parallel()
	_, env := countingKanal(t, sandbox.Options{}, nil)
	home, path := t.TempDir(), noted(t, 200, 2, "06 12 34 %05d")
	exits(t, home, env, 4, nil, "check", path, "--template", "welcome", "--country", "FR")
	whole := read(t, filepath.Join(filepath.Dir(path), "spring.problems.csv"))
	sweep(t, 6, 5000, func(t *testing.T, limit int) bool {
		out := t.TempDir()
		list := filepath.Join(out, "spring.problems.csv")
		if err := os.WriteFile(list, []byte("row,column,code,value,problem,proposed_fix,severity\n"), 0o600); err != nil {
			t.Error(err)
		}
		command, output := program(t, home, append(env, fmt.Sprint(fileLimit, "=", limit)), "check", path, "--template", "welcome",
			"--country", "FR", "--out", out)
		command.Run()
		code, now := command.ProcessState.ExitCode(), read(t, list)
		said := strings.Join(strings.Fields(output.String()), " ")
		noDrafts(t, out)
		switch {
		case code == 4 && now == whole:
			return true
		case code == 4 && wordstest.Says(t, said, "problems-unwritten", out) && strings.Count(now, "\n") == 1:
		case code == 1 && strings.Contains(said, "ledger.db") && tellsFull(t, said):
		default:
			t.Errorf("limit %d, exit code %d, %d bytes:\n%s", limit, code, len(now), output)
		}
		return false
	})
}
