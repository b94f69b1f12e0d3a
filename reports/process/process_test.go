//go:build unix

package process

import (
	"bufio"
	"bytes"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"sync/atomic"
	"syscall"
	"testing"
	"time"

	"kanal-campaign/kanal/sandbox"
)

// quick is a Kanal that slows no test down, and answers late enough that requests are in flight.
var quick = sandbox.Options{Limit: 1_000_000, Faults: sandbox.Faults{Latency: 30 * time.Millisecond}}

func sendArgs(path string, more ...string) []string {
	return append([]string{"send", path, "--template", "welcome", "--country", "FR", "--yes", "--rate", "6000",
		"--doubt-delay", "10ms", "--request-timeout", "1s"}, more...)
}

// finish runs a program to its end and fails the test unless it exits with the code.
func finish(t *testing.T, command *exec.Cmd, output *bytes.Buffer, code int) string {
	t.Helper()
	_ = command.Run()
	return exited(t, command, output, code)
}

func exited(t *testing.T, command *exec.Cmd, output *bytes.Buffer, code int) string {
	t.Helper()
	if got := command.ProcessState.ExitCode(); got != code {
		t.Errorf("%s ended with %d, want %d\n%s", command.Args[1], got, code, output)
	}
	return strings.Join(strings.Fields(output.String()), " ")
}

// While one process sends a campaign, others that would send it, too, stop and name it; those that only look see it run.
func TestOneRunnerOfACampaign(t *testing.T) {
	t.Parallel()
	const rows = 12
	home, path := t.TempDir(), audience(t, rows)
	inFlight := newHold(5)
	kanal, env := countingKanal(t, quick, inFlight.onSend)
	runner, said := program(t, home, env, sendArgs(path)...)
	if err := runner.Start(); err != nil {
		t.Fatal(err)
	}
	<-inFlight.full
	holder := fmt.Sprintf("process %d,", runner.Process.Pid)
	for _, args := range [][]string{sendArgs(path), {"resume", "spring", "--yes"}, {"resume"}, {"retry", "spring", "--yes"},
		{"retry", "spring", "--unknown", "--new-key", "--yes"}, sendArgs(path, "--update")} {
		command, output := program(t, home, env, args...)
		if said := finish(t, command, output, 5); !strings.Contains(said, holder) {
			t.Errorf("%v does not name the runner: %s", args, said)
		}
	}
	for _, args := range [][]string{{"status"}, {"status", "spring"}, {"report", "spring"}} {
		command, output := program(t, home, env, args...)
		finish(t, command, output, 0)
	}
	records := readResults(t, resultsOf(path))
	if len(records) != rows {
		t.Errorf("the report of a running campaign has %d rows", len(records))
	}
	for _, record := range records {
		if s := record["status"]; s != "sent" && s != "pending" && s != "unknown" {
			t.Errorf("row %s reads %s while it runs", record["row"], s)
		}
	}
	close(inFlight.released)
	runner.Wait()
	exited(t, runner, said, 0)
	agree(t, kanal, resultsOf(path), rows)
}

// Started in the same moment, one process sends and the others decide nothing.
func TestStartedAtOnce(t *testing.T) {
	t.Parallel()
	const rows, processes = 10, 4
	home, path := t.TempDir(), audience(t, rows)
	kanal, env := countingKanal(t, quick, nil)
	var all sync.WaitGroup
	var done atomic.Int32
	for range processes {
		command, output := program(t, home, env, sendArgs(path)...)
		all.Go(func() {
			_ = command.Run()
			switch code := command.ProcessState.ExitCode(); code {
			case 0:
				done.Add(1)
			case 5:
			default:
				t.Errorf("ended with %d\n%s", code, output)
			}
		})
	}
	all.Wait()
	if n := done.Load(); n != 1 {
		t.Errorf("%d of %d sent the campaign", n, processes)
	}
	agree(t, kanal, resultsOf(path), rows)
}

// A killed process leaves its lock's file behind, and nobody has to remove it.
func TestKilledProcessHoldsNothing(t *testing.T) {
	t.Parallel()
	const rows = 10
	home, path := t.TempDir(), audience(t, rows)
	victim := newLaterProcess()
	kanal, env := countingKanal(t, quick, once(4, func() { victim.signal(os.Kill) }))
	command, _ := program(t, home, env, sendArgs(path)...)
	victim.start(t, command)
	command.Wait()
	if locks, _ := filepath.Glob(filepath.Join(home, ".local/state/kanal-campaign/ledger.db.locks/*")); len(locks) == 0 {
		t.Fatal("no lock was left behind")
	}
	status, output := program(t, home, env, "status", "spring")
	if said := finish(t, status, output, 0); strings.Contains(said, "running") {
		t.Errorf("a dead run is said to run: %s", said)
	}
	again, output := program(t, home, env, sendArgs(path)...)
	finish(t, again, output, 0)
	agree(t, kanal, resultsOf(path), rows)
}

// The first signal lets what is in flight settle. A second one means at once, but for a hangup: a closed terminal tells
// several times over. Either way the results are written, and the campaign can be resumed.
func TestSignals(t *testing.T) {
	for name, test := range map[string]struct {
		signals []syscall.Signal
		atOnce  bool
	}{
		"SIGTERM":           {signals: []syscall.Signal{syscall.SIGTERM}},
		"SIGINT":            {signals: []syscall.Signal{syscall.SIGINT}},
		"SIGHUP":            {signals: []syscall.Signal{syscall.SIGHUP}},
		"SIGINT twice":      {[]syscall.Signal{syscall.SIGINT, syscall.SIGINT}, true},
		"SIGHUP, SIGTERM":   {[]syscall.Signal{syscall.SIGHUP, syscall.SIGTERM}, true},
		"SIGHUP repeatedly": {signals: []syscall.Signal{syscall.SIGHUP, syscall.SIGHUP, syscall.SIGHUP}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			const rows = 20
			home, path := t.TempDir(), audience(t, rows)
			open := newHold(5)
			kanal, env := countingKanal(t, quick, open.onSend)
			command, _ := program(t, home, env, sendArgs(path)...)
			output := signalled(t, command, test.signals, func() { <-open.full }, func() {
				if !test.atOnce { // else the process ends although answers are open
					close(open.released)
				}
			})
			if test.atOnce {
				close(open.released)
			}
			exited(t, command, output, 130)
			records := readResults(t, resultsOf(path))
			counts := map[string]int{}
			for _, record := range records {
				counts[record["status"]]++
			}
			if len(records) != rows || (counts["unknown"] > 0) != test.atOnce || counts["sent"] == 0 || counts["pending"] == 0 {
				t.Errorf("the results of an interrupted run: %v", counts)
			}
			resume, output := program(t, home, env, "resume", "--rate", "6000", "--doubt-delay", "10ms",
				"--request-timeout", "1s")
			finish(t, resume, output, 0)
			agree(t, kanal, resultsOf(path), rows)
		})
	}
}

// signalled runs a program, sends it the signals once it is ready, the further ones when it has said that it stops, and
// returns what it said when it has ended.
func signalled(t *testing.T, command *exec.Cmd, signals []syscall.Signal, ready, told func()) *bytes.Buffer {
	t.Helper()
	command.Stderr = nil
	stderr, err := command.StderrPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := command.Start(); err != nil {
		t.Fatal(err)
	}
	ready()
	var said bytes.Buffer
	command.Process.Signal(signals[0])
	for lines := bufio.NewScanner(stderr); lines.Scan(); {
		fmt.Fprintln(&said, lines.Text())
		if strings.HasPrefix(lines.Text(), "Stopping") {
			for _, further := range signals[1:] {
				command.Process.Signal(further)
			}
			told()
		}
	}
	command.Wait()
	return &said
}

// Whoever starts a campaign with nohup may close the terminal.
func TestNohupIsObeyed(t *testing.T) {
	t.Parallel()
	const rows = 8
	home, path := t.TempDir(), audience(t, rows)
	process := newLaterProcess()
	kanal, env := countingKanal(t, quick, func(int) { process.signal(syscall.SIGHUP) })
	command, output := program(t, home, env, sendArgs(path)...)
	command.Args = append([]string{"sh", "-c", `trap "" HUP; exec "$0" "$@"`, os.Args[0]}, command.Args[1:]...)
	command.Path = "/bin/sh"
	process.start(t, command)
	command.Wait()
	exited(t, command, output, 0)
	agree(t, kanal, resultsOf(path), rows)
}

// The reader of the output goes away after the first line, or before it (send … | head -1).
func TestReaderThatGoesAway(t *testing.T) {
	for name, format := range map[string][]string{"text": nil, "json": {"--format", "json"}, "lines of the log": {"--verbose"}} {
		for _, stream := range []string{"stdout", "stderr", "both"} {
			t.Run(name+" "+stream, func(t *testing.T) {
				t.Parallel()
				const rows = 8
				home, path := t.TempDir(), audience(t, rows)
				kanal, env := countingKanal(t, quick, nil)
				command, output := program(t, home, env, sendArgs(path, format...)...)
				reader, writer, err := os.Pipe()
				if err != nil {
					t.Fatal(err)
				}
				if stream != "stderr" {
					command.Stdout = writer
				}
				if stream != "stdout" {
					command.Stderr = writer
				}
				if err := command.Start(); err != nil {
					t.Fatal(err)
				}
				writer.Close()
				if stream != "stdout" { // which says nothing before the end
					if _, err := bufio.NewReaderSize(reader, 16).ReadString('\n'); err != nil {
						t.Error(err)
					}
				}
				reader.Close()
				command.Wait()
				exited(t, command, output, 0)
				agree(t, kanal, resultsOf(path), rows)
			})
		}
	}
}

// Stopped in the middle (Ctrl-Z, SIGSTOP) and continued (fg, bg), a campaign goes on.
func TestStoppedAndContinued(t *testing.T) {
	t.Parallel()
	const rows = 12
	home, path := t.TempDir(), audience(t, rows)
	process, stopped := newLaterProcess(), make(chan struct{})
	kanal, env := countingKanal(t, quick, once(5, func() {
		process.signal(syscall.SIGSTOP)
		close(stopped)
	}))
	command, output := program(t, home, env, sendArgs(path)...)
	process.start(t, command)
	<-stopped
	var state syscall.WaitStatus
	for { // the parent is told once it has stopped
		if _, err := syscall.Wait4(command.Process.Pid, &state, syscall.WUNTRACED, nil); err != nil {
			t.Fatal(err)
		}
		if state.Stopped() {
			break
		}
	}
	waitForRequests(t, kanal, 5) // answered to a process that does not run
	if err := command.Process.Signal(syscall.SIGCONT); err != nil {
		t.Fatal(err)
	}
	command.Wait()
	exited(t, command, output, 0)
	agree(t, kanal, resultsOf(path), rows)
}

// waitForRequests waits until the sandbox has answered so many requests to send.
func waitForRequests(t *testing.T, kanal *sandbox.Server, n int) {
	t.Helper()
	waitUntil(t, fmt.Sprintf("%d messages are accepted", n), func() bool { return len(kanal.Accepted()) >= n })
}
