package process

import (
	"bytes"
	"context"
	"crypto/tls"
	"crypto/x509"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"os"
	"os/exec"
	"os/signal"
	"path/filepath"
	"slices"
	"sync/atomic"
	"syscall"
	"testing"
	"time"

	"kanal-campaign/campaign/ledger/ledgertest"
	"kanal-campaign/kanal/sandbox"
)

// actAsProgram makes the test binary the program itself, so that tests can kill a real process.
const actAsProgram = "KANAL_CAMPAIGN_TEST_IS_THE_PROGRAM"

func TestMain(m *testing.M) {
	if os.Getenv(actAsProgram) != "" {
		staysOnThisComputer()
		os.Exit(Main())
	}
	hearsSignals()
	os.Exit(ledgertest.Main(m, 8))
}

// hearsSignals undoes that whoever started the tests (nohup, a shell's &) had signals ignored: the processes that tests
// start would inherit it. What a process handles itself, its children meet as the system has it.
func hearsSignals() {
	for _, s := range []os.Signal{os.Interrupt, syscall.SIGHUP, syscall.SIGQUIT, syscall.SIGTERM} {
		if signal.Ignored(s) {
			signal.Notify(make(chan os.Signal, 1), s)
		}
	}
}

// trustedAuthority names the file of a certificate that the program trusts in tests.
const trustedAuthority = "KANAL_CAMPAIGN_TEST_TRUSTS"

// staysOnThisComputer keeps what tests start from the network, and makes it trust their servers.
func staysOnThisComputer() {
	transport := http.DefaultTransport.(*http.Transport)
	dial := transport.DialContext
	transport.DialContext = func(ctx context.Context, network, address string) (net.Conn, error) {
		if to, err := netip.ParseAddrPort(address); err != nil || !to.Addr().IsLoopback() {
			return nil, fmt.Errorf("a test would have left this computer for %s", address)
		}
		return dial(ctx, network, address)
	}
	if certificate, err := os.ReadFile(os.Getenv(trustedAuthority)); err == nil {
		transport.TLSClientConfig = &tls.Config{RootCAs: x509.NewCertPool()}
		transport.TLSClientConfig.RootCAs.AppendCertsFromPEM(certificate)
	}
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

// countingKanal serves a sandbox and tells of every request to send, once it has wholly arrived: whatever then befalls its
// sender, it is served.
func countingKanal(t *testing.T, options sandbox.Options, onSend func(n int)) (*sandbox.Server, []string) {
	t.Helper()
	kanal := sandbox.New(options)
	var count atomic.Int32
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		sends := r.URL.Path == "/api/v1/templates" || r.URL.Path == "/api/v1/messages/send"
		if sends && onSend != nil {
			var body bytes.Buffer
			if _, err := body.ReadFrom(r.Body); err != nil {
				return
			}
			r.Body = io.NopCloser(&body)
			onSend(int(count.Add(1)))
		}
		kanal.ServeHTTP(w, r)
	}))
	t.Cleanup(server.Close)
	return kanal, []string{"KANAL_API_URL=" + server.URL, "KANAL_API_KEY=" + sandbox.DefaultKey}
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
	records := readResults(t, results)
	for _, record := range records {
		a, sent := accepted[record["idempotency_key"]]
		status, id := record["status"], record["message_id"]
		if !sent || status == "sent" && id != fmt.Sprint(a.MessageID) || status == "already_sent" && id != "" ||
			status != "sent" && status != "already_sent" {
			t.Errorf("row %s reads %s with id %q; accepted: %+v", record["row"], status, id, a)
		}
	}
	if len(records) != rows {
		t.Errorf("the results hold %d rows, want %d", len(records), rows)
	}
}

// Eight processes with one key and one ledger stay under 60 together: each alone sends one a second, so that after
// eight seconds they would have passed it.
func TestProcessesShareThePace(t *testing.T) {
	t.Parallel()
	const processes = 8
	home := t.TempDir()
	full, passed := make(chan struct{}), make(chan struct{})
	locks := filepath.Join(home, ".local/state/kanal-campaign/ledger.db.locks")
	kanal, env := countingKanal(t, sandbox.Options{Window: sandbox.SlidingWindow}, func(n int) {
		switch n {
		case 60:
			close(full)
		case 61:
			close(passed)
		}
	})
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
	case <-time.After(3 * time.Second):
	}
	waitUntil(t, "every process hears signals, and has a campaign's lock", func() bool {
		held, _ := filepath.Glob(filepath.Join(locks, "*"))
		return len(held) >= processes
	})
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
	if n := len(kanal.Accepted()); n < 60 { // more, where the first 60 have taken a slow machine a minute
		t.Errorf("%d accepted, want 60", n)
	}
	sends := slices.DeleteFunc(kanal.Requests(), func(r sandbox.Request) bool { return !r.Sends() })
	keepsPace(t, sends, 60)
}
