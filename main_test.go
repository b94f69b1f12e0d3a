package main

import (
	"bytes"
	"encoding/csv"
	"fmt"
	"io/fs"
	"math/rand/v2"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"sync/atomic"
	"syscall"
	"testing"
	"time"

	"kanal-campaign/kanal/sandbox"
)

// actAsProgram makes the test binary the program itself, so that tests can kill a real process.
const actAsProgram = "KANAL_CAMPAIGN_TEST_IS_THE_PROGRAM"

func TestMain(m *testing.M) {
	if os.Getenv(actAsProgram) != "" {
		main()
	}
	os.Exit(m.Run())
}

// program returns the program as a process to be, in a home of its own.
func program(t *testing.T, home string, env []string, args ...string) (*exec.Cmd, *bytes.Buffer) {
	t.Helper()
	command := exec.CommandContext(t.Context(), os.Args[0], args...)
	command.Env = append([]string{actAsProgram + "=1", "HOME=" + home, "PATH=" + os.Getenv("PATH"), "TZ=UTC"}, env...)
	var output bytes.Buffer
	command.Stdout, command.Stderr = &output, &output
	return command, &output
}

// countingKanal serves a sandbox and tells of every request to send.
func countingKanal(t *testing.T, options sandbox.Options, onSend func(n int)) (*sandbox.Server, []string) {
	t.Helper()
	kanal := sandbox.New(options)
	var count atomic.Int32
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		sends := r.URL.Path == "/api/v1/templates" || r.URL.Path == "/api/v1/messages/send"
		if sends && onSend != nil {
			onSend(int(count.Add(1)))
		}
		kanal.ServeHTTP(w, r)
	}))
	t.Cleanup(server.Close)
	return kanal, []string{"KANAL_API_URL=" + server.URL, "KANAL_API_KEY=" + sandbox.DefaultKey}
}

func audience(t *testing.T, rows int) string {
	t.Helper()
	var text strings.Builder
	text.WriteString("phone,prenom,code\n")
	for i := range rows {
		fmt.Fprintf(&text, "06 12 34 %02d %02d,Zoé,P%05d\n", i/100, i%100, i)
	}
	path := filepath.Join(t.TempDir(), "spring.csv")
	if err := os.WriteFile(path, []byte(text.String()), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

// Killed again and again at requests that nobody has chosen, the campaign still messages everyone once, and its results
// say so.
func TestKilledInTheMiddle(t *testing.T) {
	for name, message := range map[string][]string{
		"template":  {"--template", "welcome"},
		"free-form": {"--type", "text", "--text", "Bonjour {{prenom}}, {{code}}"},
	} {
		t.Run(name, func(t *testing.T) { killInTheMiddle(t, message) })
	}
}

func killInTheMiddle(t *testing.T, message []string) {
	const rows, kills = 40, 4
	seed := uint64(time.Now().UnixNano())
	random := rand.New(rand.NewPCG(seed, 0))
	t.Logf("seed %d", seed)
	var victim atomic.Pointer[os.Process]
	var left atomic.Int32
	kanal, env := countingKanal(t, sandbox.Options{Limit: 1_000_000, Seed: seed, Faults: sandbox.Faults{Jitter: 40 * time.Millisecond}},
		func(int) {
			if left.Add(-1) == 0 {
				victim.Load().Kill()
			}
		})
	home, path := t.TempDir(), audience(t, rows)
	args := append([]string{"send", path, "--country", "FR", "--yes", "--rate", "3000", "--doubt-delay", "10ms"}, message...)
	for range kills {
		left.Store(int32(1 + random.IntN(rows/kills)))
		command, output := program(t, home, env, args...)
		if err := command.Start(); err != nil {
			t.Fatal(err)
		}
		victim.Store(command.Process)
		if err := command.Wait(); command.ProcessState.ExitCode() != -1 {
			t.Fatalf("it was not killed: %v\n%s", err, output)
		}
	}
	left.Store(-1)
	command, output := program(t, home, env, "resume", "--rate", "3000", "--doubt-delay", "10ms")
	if err := command.Run(); err != nil {
		t.Fatalf("resume: %v\n%s", err, output)
	}
	agree(t, kanal, filepath.Join(filepath.Dir(path), "spring.results.csv"), rows)
}

// agree holds a results file against what the sandbox accepted: everyone once, and every row true.
func agree(t *testing.T, kanal *sandbox.Server, results string, rows int) {
	t.Helper()
	accepted := map[string]sandbox.Acceptance{}
	for _, a := range kanal.Accepted() {
		if _, twice := accepted[a.Key]; twice {
			t.Errorf("key %s was accepted twice", a.Key)
		}
		accepted[a.Key] = a
	}
	if len(accepted) != rows {
		t.Errorf("%d messages accepted, want %d", len(accepted), rows)
	}
	content, err := os.ReadFile(results)
	if err != nil {
		t.Fatal(err)
	}
	records, err := csv.NewReader(bytes.NewReader(content)).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	column := func(record []string, name string) string { return record[slices.Index(records[0], name)] }
	for _, record := range records[1:] {
		a, sent := accepted[column(record, "idempotency_key")]
		status, id := column(record, "status"), column(record, "message_id")
		if !sent || status == "sent" && id != fmt.Sprint(a.MessageID) || status == "already_sent" && id != "" ||
			status != "sent" && status != "already_sent" {
			t.Errorf("row %s reads %s with id %q; accepted: %+v", column(record, "row"), status, id, a)
		}
	}
	if len(records) != rows+1 {
		t.Errorf("the results hold %d rows, want %d", len(records)-1, rows)
	}
}

// Eight processes with one key and one ledger stay under 60 together: each alone sends one a second, so that after
// eight seconds they would have passed it.
func TestProcessesShareThePace(t *testing.T) {
	const processes = 8
	full, passed := make(chan struct{}), make(chan struct{})
	kanal, env := countingKanal(t, sandbox.Options{Window: sandbox.SlidingWindow}, func(n int) {
		switch n {
		case 60:
			close(full)
		case 61:
			close(passed)
		}
	})
	home := t.TempDir()
	var running []*exec.Cmd
	var outputs []*bytes.Buffer
	for i := range processes {
		command, output := program(t, home, env, "send", audience(t, 40), "--template", "welcome", "--country", "FR", "--yes",
			"--campaign", fmt.Sprint("part ", i), "--again")
		if err := command.Start(); err != nil {
			t.Fatal(err)
		}
		running, outputs = append(running, command), append(outputs, output)
	}
	<-full
	select { // real processes know no virtual time: three seconds would bring 24 requests more
	case <-passed:
		t.Error("a 61st request arrived")
	case <-time.After(3 * time.Second):
	}
	for _, command := range running {
		if err := command.Process.Signal(syscall.SIGTERM); err != nil {
			t.Error(err)
		}
	}
	for i, command := range running {
		command.Wait()
		if code := command.ProcessState.ExitCode(); code != 130 {
			t.Errorf("process %d ended with %d, want 130\n%s", i, code, outputs[i])
		}
	}
	if n := len(kanal.Accepted()); n != 60 {
		t.Errorf("%d accepted, want 60", n)
	}
	for _, r := range kanal.Requests() {
		if r.Status == http.StatusTooManyRequests {
			t.Fatal("the server had to throttle")
		}
	}
}

// Imports go one way: kanal, campaign, reports, main.
func TestDirectionOfImports(t *testing.T) {
	layers := []string{"kanal", "campaign", "reports"}
	rank := func(path string) int {
		return slices.Index(layers, strings.Split(filepath.ToSlash(path), "/")[0])
	}
	err := filepath.WalkDir(".", func(path string, entry fs.DirEntry, err error) error {
		if err != nil || !strings.HasSuffix(path, ".go") || strings.HasSuffix(path, "_test.go") {
			return err
		}
		from := rank(path)
		for _, imported := range importsOf(t, path) {
			to := rank(imported)
			if from >= 0 && (to < 0 || to > from) {
				t.Errorf("%s imports %s", path, imported)
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

func importsOf(t *testing.T, path string) []string {
	t.Helper()
	content, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	var found []string
	for line := range strings.Lines(string(content)) {
		if _, quoted, ok := strings.Cut(line, `"kanal-campaign/`); ok && !strings.Contains(line, "(") {
			found = append(found, strings.Trim(strings.TrimSpace(quoted), `"`))
		}
	}
	return found
}

// The README's table of dependencies names every module that the program requires.
func TestDependenciesAreExplained(t *testing.T) {
	readme, err := os.ReadFile("README.md")
	if err != nil {
		t.Fatal(err)
	}
	modules, err := os.ReadFile("go.mod")
	if err != nil {
		t.Fatal(err)
	}
	for line := range strings.Lines(string(modules)) {
		fields := strings.Fields(line)
		if len(fields) < 2 || !strings.Contains(fields[0], ".") || slices.Contains(fields, "indirect") {
			continue
		}
		if !strings.Contains(string(readme), "`"+fields[0]+"`") {
			t.Errorf("go.mod requires %s, and the README does not say why", fields[0])
		}
	}
}

// The README's first command, as printed, in a home with nothing in it.
func TestFirstCommand(t *testing.T) {
	readme, err := os.ReadFile("README.md")
	if err != nil {
		t.Fatal(err)
	}
	const printed = "go run . send examples/welcome.csv --template welcome --country FR --sandbox"
	if !strings.Contains(string(readme), printed) {
		t.Fatalf("the README does not print %q", printed)
	}
	example, err := os.ReadFile("examples/welcome.csv")
	if err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	if err := os.Mkdir(filepath.Join(dir, "examples"), 0o700); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(dir, "examples/welcome.csv"), example, 0o600); err != nil {
		t.Fatal(err)
	}
	command, output := program(t, t.TempDir(), nil, strings.Fields(strings.TrimPrefix(printed, "go run . "))...)
	command.Dir = dir
	began := time.Now()
	if err := command.Run(); err != nil {
		t.Fatalf("%v\n%s", err, output)
	}
	if took := time.Since(began); took < 11*time.Second {
		t.Errorf("12 messages in %s: that is not the real pace", took)
	}
	if !strings.Contains(output.String(), "every one of 12 rows is accounted for") {
		t.Errorf("it printed:\n%s", output)
	}
}
