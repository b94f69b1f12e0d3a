package process

import (
	"bufio"
	"bytes"
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"runtime/debug"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"kanal-campaign/campaign/sending"
	"kanal-campaign/kanal/sandbox"
)

// kanalProcess is a sandbox in a process of its own, as the real server is in one of its own.
type kanalProcess struct {
	env             []string // for the program
	truth, requests string   // files
}

func startKanal(t *testing.T, flags ...string) *kanalProcess {
	t.Helper()
	dir := t.TempDir()
	k := &kanalProcess{truth: filepath.Join(dir, "truth.jsonl"), requests: filepath.Join(dir, "requests.jsonl")}
	flags = append([]string{"sandbox", "--truth", k.truth, "--requests", k.requests}, flags...)
	command, output := program(t, dir, nil, flags...)
	command.Stdout = nil
	printed, err := command.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := command.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { kill(t, command) })
	for lines := bufio.NewScanner(printed); lines.Scan(); {
		if _, url, found := strings.Cut(lines.Text(), "KANAL_API_URL="); found {
			k.env = []string{"KANAL_API_URL=" + url, "KANAL_API_KEY=" + sandbox.DefaultKey}
			return k
		}
	}
	t.Fatalf("the sandbox did not start:\n%s", output)
	return nil
}

// endure runs a process, and kills it after so long if it is still there; with 0 it never does. It returns the exit code:
// -1 when the process was killed.
func endure(t *testing.T, command *exec.Cmd, long time.Duration) int {
	t.Helper()
	if err := command.Start(); err != nil {
		t.Fatal(err)
	}
	if long > 0 {
		fuse := time.AfterFunc(long, func() { _ = command.Process.Kill() }) // or it has ended
		defer fuse.Stop()
	}
	_ = command.Wait() // its exit code tells
	return command.ProcessState.ExitCode()
}

// some draws a time from an instant to the longest.
func some(random *rand.Rand, longest time.Duration) time.Duration {
	return 1 + time.Duration(random.Int64N(int64(longest)))
}

// laterProcess is a process whose server is told of it before it is started: it may be asked before Start has returned.
type laterProcess struct {
	started chan struct{}
	process *os.Process
}

func newLaterProcess() *laterProcess { return &laterProcess{started: make(chan struct{})} }

func (l *laterProcess) start(t *testing.T, command *exec.Cmd) {
	t.Helper()
	if err := command.Start(); err != nil {
		t.Fatal(err)
	}
	l.process = command.Process
	close(l.started)
}

func (l *laterProcess) signal(s os.Signal) {
	<-l.started
	_ = l.process.Signal(s) // or it has ended
}

// hold keeps requests to send from the nth on without an answer. It is full once as many of them are in flight as may be:
// the answers before them are recorded then, and what is not sent yet stays so.
type hold struct {
	from           int
	full, released chan struct{}
}

func newHold(from int) *hold {
	return &hold{from: from, full: make(chan struct{}), released: make(chan struct{})}
}

func (h *hold) onSend(n int) {
	if n == h.from+sending.DefaultInFlight-1 {
		close(h.full)
	}
	if n >= h.from {
		<-h.released
	}
}

// once runs work at the nth request to send, while that request has no answer.
func once(n int, work func()) func(int) {
	return func(i int) {
		if i == n {
			work()
		}
	}
}

// waitUntil waits for a condition, for far longer than it takes on a slow machine.
func waitUntil(t *testing.T, what string, holds func() bool) {
	t.Helper()
	look, late := time.Tick(2*time.Millisecond), time.After(time.Minute)
	for !holds() {
		select {
		case <-look:
		case <-late:
			t.Fatalf("it did not come about within a minute: %s", what)
		}
	}
}

// kill ends a process as kill -9 does, and waits for its end.
func kill(t *testing.T, command *exec.Cmd) {
	t.Helper()
	_ = command.Process.Kill() // it may have ended by itself
	_ = command.Wait()         // which says that it was killed
}

func (k *kanalProcess) accepted(t *testing.T) []sandbox.Acceptance {
	t.Helper()
	return wholeLines[sandbox.Acceptance](t, k.truth)
}

// sends returns the requests to send that reached the server, in order.
func (k *kanalProcess) sends(t *testing.T) []sandbox.Request {
	t.Helper()
	return slices.DeleteFunc(wholeLines[sandbox.Request](t, k.requests), func(r sandbox.Request) bool { return !r.Sends() })
}

// wholeLines reads a file of the sandbox, which may be writing its last line.
func wholeLines[T any](t *testing.T, path string) (records []T) {
	t.Helper()
	content, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	for line := range bytes.Lines(content[:bytes.LastIndexByte(content, '\n')+1]) {
		var record T
		if err := json.Unmarshal(line, &record); err != nil {
			t.Fatalf("%s: %v", path, err)
		}
		records = append(records, record)
	}
	return records
}

// isAsked reports whether a message may have left, so that its campaign must be in the ledger.
func (k *kanalProcess) isAsked(t *testing.T) bool { return len(k.sends(t)) > 0 }

// keepsPace fails where the server had to throttle, or counted more than limit requests in any minute.
func keepsPace(t *testing.T, sends []sandbox.Request, limit int) {
	t.Helper()
	for i, r := range sends {
		if r.Status == 429 && r.Fault == "" {
			t.Errorf("request %d was throttled at %s", i+1, r.Time)
		}
		if i >= limit && r.Time.Sub(sends[i-limit].Time) < time.Minute {
			t.Errorf("requests %d to %d came within %s, and %d a minute are allowed", i-limit+1, i+1,
				r.Time.Sub(sends[i-limit].Time), limit)
		}
	}
}

// resultsOf is where the results of an audience stand.
func resultsOf(path string) string { return strings.TrimSuffix(path, ".csv") + ".results.csv" }

// audience writes a file of so many people, and returns its path.
func audience(t *testing.T, rows int) string {
	t.Helper()
	var text strings.Builder
	text.WriteString("phone,prenom,code\n")
	for i := range rows {
		digits := strconv.Itoa(612340000 + i)
		fmt.Fprintf(&text, "0%s %s %s %s %s,Zoé,P%05d\n", digits[:1], digits[1:3], digits[3:5], digits[5:7], digits[7:], i)
	}
	path := filepath.Join(t.TempDir(), "spring.csv")
	if err := os.WriteFile(path, []byte(text.String()), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

// seed returns what all the randomness of a test comes from: KANAL_CAMPAIGN_SEED, to see a failure again.
func seed(t *testing.T) uint64 {
	t.Helper()
	seed := uint64(time.Now().UnixNano())
	if text := os.Getenv("KANAL_CAMPAIGN_SEED"); text != "" {
		var err error
		if seed, err = strconv.ParseUint(text, 10, 64); err != nil {
			t.Fatal(err)
		}
	}
	t.Logf("KANAL_CAMPAIGN_SEED=%d", seed)
	return seed
}

// asked returns the size that an environment variable gives a test, or the ordinary one.
func asked(t *testing.T, variable string, ordinary int) int {
	t.Helper()
	text := os.Getenv(variable)
	if text == "" {
		return ordinary
	}
	n, err := strconv.Atoi(text)
	if err != nil || n < 1 {
		t.Fatalf("%s=%s: write a number from 1 up", variable, text)
	}
	return n
}

// lighter returns a quarter of a size under the race detector, which makes the program ten times as slow.
func lighter(n int) int {
	info, ok := debug.ReadBuildInfo()
	if ok && slices.Contains(info.Settings, debug.BuildSetting{Key: "-race", Value: "true"}) {
		return max(1, n/4)
	}
	return n
}
