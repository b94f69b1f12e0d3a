package process

import (
	"bytes"
	"encoding/base64"
	"encoding/pem"
	"fmt"
	"io"
	"io/fs"
	"net"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"syscall"
	"testing"

	"kanal-campaign/kanal/sandbox"
)

// Who the proxy is told that it serves.
const proxyUser, proxyPassword = "marketing", "pr0xypr0xypr0xy"

// connectProxy is a proxy that takes every host for the address, or refuses with a status. It sends what it is asked.
func connectProxy(t *testing.T, to string, refusal int) (address string, asked <-chan *http.Request) {
	t.Helper()
	requests := make(chan *http.Request, 100)
	proxy := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		requests <- r
		if refusal != 0 {
			w.WriteHeader(refusal)
			return
		}
		server, err := net.Dial("tcp", to)
		if err != nil {
			t.Error(err)
			return
		}
		defer server.Close()
		client, _, err := w.(http.Hijacker).Hijack()
		if err != nil {
			t.Error(err)
			return
		}
		defer client.Close()
		fmt.Fprint(client, "HTTP/1.1 200 Connection established\r\n\r\n")
		go func() { io.Copy(server, client); server.Close() }()
		io.Copy(client, server)
	}))
	t.Cleanup(proxy.Close)
	return proxy.Listener.Addr().String(), requests
}

// A real process goes through the proxy that its environment names, and says so where that fails, without the password.
func TestProxyOfTheEnvironment(t *testing.T) {
	t.Parallel()
	kanal := sandbox.New(sandbox.Options{})
	server := httptest.NewTLSServer(kanal) // its certificate is for example.com
	defer server.Close()
	trusted := filepath.Join(t.TempDir(), "trusted.pem")
	block := pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: server.Certificate().Raw})
	if err := os.WriteFile(trusted, block, 0o600); err != nil {
		t.Fatal(err)
	}
	open, asked := connectProxy(t, server.Listener.Addr().String(), 0)
	refusing, refused := connectProxy(t, "", http.StatusProxyAuthRequired)
	at := func(address string) string { return "http://" + proxyUser + ":" + proxyPassword + "@" + address }
	for _, test := range []struct {
		name    string
		env     []string
		code    int
		asked   <-chan *http.Request
		tunnels bool
		said    string
	}{
		{"HTTPS_PROXY", []string{"HTTPS_PROXY=" + at(open)}, 0, asked, true, ""},
		{"NO_PROXY", []string{"HTTPS_PROXY=" + at(open), "NO_PROXY=example.com"}, 1, asked, false, "left this computer for example.com:443"},
		{"HTTP_PROXY alone", []string{"HTTP_PROXY=" + at(open)}, 1, asked, false, "left this computer for example.com:443"},
		{"refusing", []string{"HTTPS_PROXY=" + at(refusing)}, 1, refused, true,
			"the proxy refused to connect: 407 Proxy Authentication Required"},
		{"unreadable, as if there were none", []string{"HTTPS_PROXY=" + at("127.0.0.1%zz")}, 1, asked, false,
			"left this computer for example.com:443"},
	} {
		t.Run(test.name, func(t *testing.T) {
			env := append(test.env, "KANAL_API_URL=https://example.com", "KANAL_API_KEY="+sandbox.DefaultKey, trustedAuthority+"="+trusted)
			command, output := program(t, t.TempDir(), env, "send", audience(t, 2), "--template", "welcome", "--country", "FR", "--yes", "--verbose",
				"--rate", "6000")
			command.Run()
			said := strings.Join(strings.Fields(output.String()), " ")
			if code := command.ProcessState.ExitCode(); code != test.code || !strings.Contains(said, test.said) {
				t.Errorf("exit code %d, want %d and %q\n%s", code, test.code, test.said, output)
			}
			if strings.Contains(said, proxyPassword) {
				t.Errorf("the proxy's password is shown:\n%s", output)
			}
			tunnels := 0
			for ; len(test.asked) > 0; tunnels++ {
				r := <-test.asked
				if r.Method != http.MethodConnect || r.Host != "example.com:443" || r.Header.Get("Authorization") != "" ||
					!strings.HasPrefix(r.Header.Get("Proxy-Authorization"), "Basic ") {
					t.Errorf("the proxy was asked %s %s with %v", r.Method, r.Host, r.Header)
				}
			}
			if (tunnels > 0) != test.tunnels {
				t.Errorf("the proxy was asked %d times", tunnels)
			}
		})
	}
	if n := len(kanal.Accepted()); n != 2 {
		t.Errorf("%d accepted, want 2", n)
	}
}

// A process that is made to dump its goroutines in the middle of a request shows the key in no frame, as it does not on
// its command line, nor in any file; and the next one finishes the campaign.
func TestCrashDumpHoldsNoKey(t *testing.T) {
	t.Parallel()
	for _, signal := range []syscall.Signal{syscall.SIGQUIT, syscall.SIGABRT} {
		t.Run(signal.String(), func(t *testing.T) {
			arrived, crashed := make(chan struct{}), make(chan struct{})
			kanal, env := countingKanal(t, sandbox.Options{}, func(n int) {
				if n == 3 {
					close(arrived)
					<-crashed
				}
			})
			home, path := t.TempDir(), audience(t, 5)
			args := []string{"--rate", "6000", "--verbose", "--doubt-delay", "1ms", "--request-timeout", "1s"}
			command, output := program(t, home, append(env, "GOTRACEBACK=all"),
				append([]string{"send", path, "--template", "welcome", "--country", "FR", "--yes"}, args...)...)
			if err := command.Start(); err != nil {
				t.Fatal(err)
			}
			<-arrived
			if runtime.GOOS == "linux" {
				line, err := os.ReadFile(fmt.Sprintf("/proc/%d/cmdline", command.Process.Pid))
				if err != nil || !strings.Contains(string(line), "welcome") {
					t.Errorf("command line %q, %v", line, err)
				}
				wantNoKey(t, "the command line", line)
			}
			if err := command.Process.Signal(signal); err != nil {
				t.Fatal(err)
			}
			command.Wait()
			close(crashed)
			if dump := output.String(); command.ProcessState.ExitCode() != 2 || strings.Count(dump, "goroutine ") < 5 {
				t.Errorf("exit code %d, and no dump:\n%s", command.ProcessState.ExitCode(), dump)
			}
			wantNoKey(t, "the dump", output.Bytes())
			resume, said := program(t, home, env, append([]string{"resume"}, args...)...)
			if err := resume.Run(); err != nil {
				t.Fatalf("resume: %v\n%s", err, said)
			}
			agree(t, kanal, resultsOf(path), 5)
			for _, folder := range []string{home, filepath.Dir(path)} {
				err := filepath.WalkDir(folder, func(path string, entry fs.DirEntry, err error) error {
					if err != nil || entry.IsDir() {
						return err
					}
					content, err := os.ReadFile(path)
					wantNoKey(t, path, content)
					return err
				})
				if err != nil {
					t.Error(err)
				}
			}
		})
	}
}

// wantNoKey fails the test when content holds the key, as it is or in base64.
func wantNoKey(t *testing.T, where string, content []byte) {
	t.Helper()
	coded := base64.StdEncoding.EncodeToString([]byte(sandbox.DefaultKey))
	for _, form := range []string{sandbox.DefaultKey, url.QueryEscape(sandbox.DefaultKey), coded, fmt.Sprintf("%x", sandbox.DefaultKey)} {
		if bytes.Contains(content, []byte(form)) {
			t.Errorf("%s holds the key", where)
		}
	}
}
