package process

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"strings"
	"sync"
	"syscall"
	"testing"
	"unsafe"

	"kanal-campaign/kanal/sandbox"
	"kanal-campaign/reports/words"
	"kanal-campaign/reports/words/wordstest"
)

// screen is a terminal of its own for a program, and what the program has written on it.
type screen struct {
	master *os.File
	ended  chan struct{} // closed when the terminal is

	mu   sync.Mutex
	text strings.Builder
}

// onScreen attaches a program to a new terminal, as its controlling one.
func onScreen(t *testing.T, command *exec.Cmd) *screen {
	t.Helper()
	master, err := os.OpenFile("/dev/ptmx", os.O_RDWR|syscall.O_NOCTTY, 0)
	if err != nil {
		t.Fatal(err)
	}
	connection, err := master.SyscallConn() // its Fd would make Close wait for a Read
	if err != nil {
		t.Fatal(err)
	}
	var locked, number int32
	for request, argument := range map[uintptr]*int32{syscall.TIOCSPTLCK: &locked, syscall.TIOCGPTN: &number} {
		var code syscall.Errno
		err := connection.Control(func(master uintptr) {
			_, _, code = syscall.Syscall(syscall.SYS_IOCTL, master, request, uintptr(unsafe.Pointer(argument)))
		})
		if err != nil || code != 0 {
			t.Fatal(err, code)
		}
	}
	terminal, err := os.OpenFile(fmt.Sprint("/dev/pts/", number), os.O_RDWR|syscall.O_NOCTTY, 0)
	if err != nil {
		t.Fatal(err)
	}
	command.Stdin, command.Stdout, command.Stderr = terminal, terminal, terminal
	command.SysProcAttr = &syscall.SysProcAttr{Setsid: true, Setctty: true}
	if err := command.Start(); err != nil {
		t.Fatal(err)
	}
	terminal.Close()
	s := &screen{master: master, ended: make(chan struct{})}
	go s.read()
	return s
}

func (s *screen) read() {
	defer close(s.ended)
	buffer := make([]byte, 4096)
	for {
		n, err := s.master.Read(buffer)
		s.mu.Lock()
		s.text.Write(buffer[:n])
		s.mu.Unlock()
		if err != nil {
			return
		}
	}
}

func (s *screen) shows() string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.text.String()
}

// A terminal that is closed in the middle stops the campaign like Ctrl-C: answers are awaited, the results written.
func TestTerminalIsClosed(t *testing.T) {
	for name, more := range map[string][]string{
		"bar": nil, "plain": {"--plain"}, "verbose": {"--verbose"}, "json": {"--format", "json"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			const rows = 40 // more than can leave before the program has heard of it
			home, path := t.TempDir(), audience(t, rows)
			inFlight := newHold(5)
			kanal, env := countingKanal(t, quick, inFlight.onSend)
			command, _ := program(t, home, env, sendArgs(path, more...)...)
			s := onScreen(t, command)
			<-inFlight.full
			s.master.Close()
			<-s.ended
			close(inFlight.released)
			command.Wait()
			if code := command.ProcessState.ExitCode(); code != 130 {
				t.Errorf("it ended with %d, want 130\n%s", code, s.shows())
			}
			for _, record := range readResults(t, resultsOf(path)) {
				if record["status"] != "sent" && record["status"] != "pending" {
					t.Errorf("row %s reads %s", record["row"], record["status"])
				}
			}
			resume, output := program(t, home, env, "resume", "--rate", "6000", "--doubt-delay", "10ms",
				"--request-timeout", "1s")
			finish(t, resume, output, 0)
			agree(t, kanal, resultsOf(path), rows)
		})
	}
}

// Ctrl-S stops the terminal, not the campaign: everything is sent and the results are written while nothing can be shown.
// Ctrl-Q brings the end of it to the screen.
func TestTerminalIsStopped(t *testing.T) {
	const ctrlS, ctrlQ = "\x13", "\x11"
	for name, more := range map[string][]string{"bar": nil, "verbose": {"--verbose"}} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			const rows = 20
			home, path := t.TempDir(), audience(t, rows)
			started, stopped := make(chan struct{}), make(chan struct{})
			kanal, env := countingKanal(t, quick, once(3, func() {
				close(started)
				<-stopped
			}))
			command, _ := program(t, home, env, sendArgs(path, more...)...)
			s := onScreen(t, command)
			<-started
			if _, err := s.master.WriteString(ctrlS); err != nil {
				t.Fatal(err)
			}
			close(stopped)
			waitForRequests(t, kanal, rows)
			waitUntil(t, "results while the terminal is stopped", func() bool {
				_, err := os.Stat(resultsOf(path))
				return err == nil
			})
			agree(t, kanal, resultsOf(path), rows)
			if wordstest.Says(t, s.shows(), "stop.done.heading") {
				t.Error("the terminal was not stopped")
			}
			if _, err := s.master.WriteString(ctrlQ); err != nil {
				t.Fatal(err)
			}
			command.Wait()
			<-s.ended
			if code := command.ProcessState.ExitCode(); code != 0 || !wordstest.Says(t, s.shows(), "stop.done.heading", "20") {
				t.Errorf("it ended with %d and shows\n%s", code, s.shows())
			}
			s.master.Close()
		})
	}
}

// What was typed before the question stood there is no answer to it: a count, or the return key, pressed while the file
// was being read.
func TestTypedAheadIsNoAnswer(t *testing.T) {
	t.Parallel()
	home, path := t.TempDir(), audience(t, 1)
	kanal := sandbox.New(sandbox.Options{})
	asked, typed := make(chan struct{}, 1), make(chan struct{})
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.Method == http.MethodGet { // the program reads the templates; its question comes later
			asked <- struct{}{}
			<-typed
		}
		kanal.ServeHTTP(w, r)
	}))
	defer server.Close()
	command, _ := program(t, home, []string{"KANAL_API_URL=" + server.URL, "KANAL_API_KEY=" + sandbox.DefaultKey},
		"send", path, "--template", "welcome", "--country", "FR")
	s := onScreen(t, command)
	defer s.master.Close()
	<-asked
	for _, keys := range []string{"1\n", "\n", "1"} { // the last one without the return key
		if _, err := s.master.WriteString(keys); err != nil {
			t.Fatal(err)
		}
	}
	s.waitFor(t, "1\r\n\r\n1") // its echo: the terminal has taken all of it
	close(typed)
	s.waitFor(t, strings.TrimSpace(words.English().ConfirmPrompt("1")))
	if _, err := s.master.WriteString("0\n"); err != nil {
		t.Fatal(err)
	}
	command.Wait()
	<-s.ended
	if code := command.ProcessState.ExitCode(); code != 5 || !wordstest.Says(t, s.shows(), "not-typed", "1") {
		t.Errorf("it ended with %d, want 5, and shows\n%s", code, s.shows())
	}
	if n := len(kanal.Accepted()); n != 0 {
		t.Errorf("%d messages were sent on keys pressed before the question", n)
	}
}

// waitFor waits until the terminal shows a text.
func (s *screen) waitFor(t *testing.T, text string) {
	t.Helper()
	defer func() {
		if t.Failed() {
			t.Logf("it shows\n%s", s.shows())
		}
	}()
	waitUntil(t, fmt.Sprintf("it shows %q", text), func() bool { return strings.Contains(s.shows(), text) })
}

// What is typed while messages are sent stands neither in the bar nor on the line of a sentence, and is no command of the shell
// afterwards; then the terminal shows again what is typed.
func TestTypedWhileSending(t *testing.T) {
	for name, more := range map[string][]string{"bar": nil, "plain": {"--plain"}, "verbose": {"--verbose"}} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			home, path := t.TempDir(), audience(t, 3)
			held, goOn := make(chan struct{}), make(chan struct{})
			_, env := countingKanal(t, quick, once(1, func() {
				close(held)
				<-goOn
			}))
			command, _ := program(t, home, env, sendArgs(path, more...)...)
			command.Path, command.Args = "/bin/sh", append([]string{"sh", "-c",
				`trap : INT; "$0" "$@"; stty -a; stty -icanon -echo min 0 time 1; cat; echo "the end"`, os.Args[0]}, command.Args[1:]...)
			s := onScreen(t, command)
			<-held
			const ctrlC = "\x03"
			if _, err := s.master.WriteString("status\nunfinished" + ctrlC); err != nil {
				t.Fatal(err)
			}
			s.waitFor(t, "(Ctrl-C)")
			close(goOn)
			command.Wait()
			<-s.ended
			s.master.Close()
			shown := s.shows()
			before, after, _ := strings.Cut(shown, "speed")
			if strings.Contains(shown, "status\r\n") || strings.Contains(shown, "unfinished") || strings.Contains(before, "^C") {
				t.Errorf("what was typed is shown:\n%s", shown)
			}
			if !strings.Contains(after, " echo ") || !strings.Contains(after, "the end") {
				t.Errorf("the terminal shows nothing that is typed:\n%s", after)
			}
		})
	}
}

// In the background of a terminal, where a shell's set-up asks for completions too, and where campaigns may be sent, the program
// leaves the terminal alone: whoever changes its settings from there is stopped by the system.
func TestInTheBackground(t *testing.T) {
	_, env := countingKanal(t, quick, nil)
	for name, args := range map[string][]string{"compdef _kanal-campaign": {"completion", "zsh"}, "spring": sendArgs(audience(t, 3), "--campaign", "spring")} {
		t.Run(args[0], func(t *testing.T) {
			command, _ := program(t, t.TempDir(), env, args...)
			command.Path, command.Args = "/bin/sh", append([]string{"sh", "-c",
				`set -m; "$0" "$@" & wait $!; echo "code $?"; kill -9 $! 2>&-`, os.Args[0]}, command.Args[1:]...)
			s := onScreen(t, command)
			command.Wait()
			<-s.ended
			s.master.Close()
			if shown := s.shows(); !strings.Contains(shown, name) || !strings.Contains(shown, "code 0") {
				t.Errorf("it shows\n%.300s\n…%s", shown, shown[max(0, len(shown)-300):])
			}
		})
	}
}
