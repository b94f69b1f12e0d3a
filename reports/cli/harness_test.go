package cli_test

import (
	"bytes"
	"cmp"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"sync/atomic"
	"testing"

	"kanal-campaign/campaign/audience"
	"kanal-campaign/kanal/sandbox"
	"kanal-campaign/reports/cli"
	"kanal-campaign/reports/words"
	"kanal-campaign/reports/words/wordstest"
)

// world is one person's computer, with a Kanal of its own on a loopback port.
type world struct {
	t      *testing.T
	dir    string
	env    map[string]string
	kanal  *sandbox.Server
	server *httptest.Server
	sends  atomic.Int32
	// onSend is told of every request to send, before the sandbox sees it. It is set once: stray requests of a stopped run may
	// still read it.
	onSend func(n int)
	// refused, if not nil, picks the numbers to which the API key may not send.
	refused atomic.Pointer[func(number string) bool]
}

// newWorld starts a sandbox over HTTP whose limit does not slow tests down.
func newWorld(t *testing.T, options sandbox.Options) *world {
	t.Helper()
	if options.Limit == 0 {
		options.Limit = 1_000_000
	}
	kanal := sandbox.New(options)
	dir := t.TempDir()
	w := &world{t: t, dir: dir, kanal: kanal}
	w.server = httptest.NewServer(http.HandlerFunc(func(response http.ResponseWriter, request *http.Request) {
		if sends[request.URL.Path] {
			if n := int(w.sends.Add(1)); w.onSend != nil {
				w.onSend(n)
			}
			if refused := w.refused.Load(); refused != nil && (*refused)(recipient(t, request)) {
				request.Header.Set("Authorization", "Bearer revoked")
			}
		}
		kanal.ServeHTTP(response, request)
	}))
	t.Cleanup(w.server.Close)
	w.env = map[string]string{
		"KANAL_API_URL":  w.server.URL,
		"KANAL_API_KEY":  sandbox.DefaultKey,
		"XDG_STATE_HOME": filepath.Join(dir, "state"),
	}
	return w
}

// recipient reads whom a request to send is for, and leaves it as it was.
func recipient(t *testing.T, request *http.Request) string {
	body, err := io.ReadAll(request.Body)
	request.Body = io.NopCloser(bytes.NewReader(body))
	var message struct {
		Number string `json:"phone_number"`
	}
	if err := errors.Join(err, json.Unmarshal(body, &message)); err != nil {
		t.Error(err)
	}
	return message.Number
}

// sends are the endpoints that send.
var sends = map[string]bool{"/api/v1/templates": true, "/api/v1/messages/send": true}

// requests returns the requests to send that reached the sandbox.
func (w *world) requests() []sandbox.Request {
	var found []sandbox.Request
	for _, r := range w.kanal.Requests() {
		if sends[r.Path] {
			found = append(found, r)
		}
	}
	return found
}

// write puts a file into the world's folder and returns its path.
func (w *world) write(name, content string) string {
	w.t.Helper()
	path := filepath.Join(w.dir, name)
	if err := os.WriteFile(path, []byte(content), 0o600); err != nil {
		w.t.Fatal(err)
	}
	return path
}

func (w *world) read(name string) string {
	w.t.Helper()
	content, err := os.ReadFile(filepath.Join(w.dir, name))
	if err != nil {
		w.t.Fatal(err)
	}
	return string(content)
}

// result is what a command left behind.
type result struct {
	code     int
	out, err string
}

// terminal is how a command is attached to the world.
type terminal struct {
	input   string
	is      bool // a terminal on all three
	width   int  // 80 when it is 0
	signals chan os.Signal
	secret  string
}

// run runs a command without a terminal.
func (w *world) run(args ...string) result { return w.runOn(terminal{}, args...) }

// send runs send with what tests want: no question, and no waiting for the pace.
func (w *world) send(path string, flags ...string) result {
	return w.run(append([]string{"send", path, "--template", "welcome", "--country", "FR", "--yes", "--rate", "6000",
		"--doubt-delay", "1ms", "--request-timeout", "2s"}, flags...)...)
}

func (w *world) runOn(term terminal, args ...string) result {
	w.t.Helper()
	var out, errs sharedBuffer
	signals := term.signals
	if signals == nil {
		signals = make(chan os.Signal)
	}
	code := cli.Run(w.t.Context(), cli.Env{
		Args: args, In: strings.NewReader(term.input), Out: &out, Err: &errs,
		Getenv: func(name string) string { return w.env[name] }, Home: w.dir, GOOS: "linux", Signals: signals,
		InTerminal: term.is, OutTerminal: term.is, ErrTerminal: term.is, Width: cmp.Or(term.width, 80),
		ReadSecret: func() (string, error) { return term.secret, nil },
	})
	for _, wrong := range misproposed(out.String() + "\n" + errs.String()) {
		w.t.Errorf("%v proposes %s", args, wrong)
	}
	return result{code, out.String(), errs.String()}
}

// sharedBuffer is a buffer that several goroutines may write to.
type sharedBuffer struct {
	mu   sync.Mutex
	text bytes.Buffer
}

func (b *sharedBuffer) Write(p []byte) (int, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.text.Write(p)
}

func (b *sharedBuffer) String() string {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.text.String()
}

// want fails the test unless the command exited with the code.
func (r result) want(t *testing.T, code int) result {
	t.Helper()
	if r.code != code {
		t.Fatalf("exit code %d, want %d\nstdout:\n%s\nstderr:\n%s", r.code, code, r.out, r.err)
	}
	return r
}

// tells fails the test unless what the command printed holds the sentence of a key, with the values.
func (r result) tells(t *testing.T, key string, values ...string) result {
	t.Helper()
	if !wordstest.Says(t, r.out+" "+r.err, key, values...) {
		t.Errorf("it does not tell %s %q\nstdout:\n%s\nstderr:\n%s", key, values, r.out, r.err)
	}
	return r
}

// says fails the test unless what the command printed contains every text.
func (r result) says(t *testing.T, texts ...string) result {
	t.Helper()
	all := strings.Join(strings.Fields(strings.ReplaceAll(r.out+" "+r.err, " \\\n", " ")), " ")
	for _, text := range texts {
		if !strings.Contains(all, text) {
			t.Errorf("it does not say %q\nstdout:\n%s\nstderr:\n%s", text, r.out, r.err)
		}
	}
	return r
}

// english are the words of the screens.
var english = words.English()

// people makes a file of n recipients for the template welcome.
func people(n int) string {
	var text strings.Builder
	text.WriteString("phone,prenom,code\n")
	for i := range n {
		fmt.Fprintf(&text, "06 12 34 %02d %02d,Zoé %d,P%05d\n", i/100, i%100, i, i)
	}
	return text.String()
}

// results returns the rows of a results file, each by column name, in whatever dialect it is.
func (w *world) results(name string) []map[string]string {
	w.t.Helper()
	file, err := audience.Open(filepath.Join(w.dir, name), audience.Options{})
	if err != nil {
		w.t.Fatal(err)
	}
	defer file.Close()
	var rows []map[string]string
	for read, err := range file.Rows() {
		if err != nil {
			w.t.Fatal(err)
		}
		row := map[string]string{}
		for i, column := range file.Header() {
			row[column] = read.Cells[i]
		}
		rows = append(rows, row)
	}
	return rows
}

// statuses counts the rows of a results file by status.
func (w *world) statuses(name string) map[string]int {
	counts := map[string]int{}
	for _, row := range w.results(name) {
		counts[row["status"]]++
	}
	return counts
}

// acceptedFor returns the one message that the sandbox accepted for the number. Rows are in flight side by side: the order of
// acceptance tells nothing.
func (w *world) acceptedFor(number string) (found sandbox.Acceptance) {
	w.t.Helper()
	n := 0
	for _, a := range w.kanal.Accepted() {
		if a.Number == number {
			found, n = a, n+1
		}
	}
	if n != 1 {
		w.t.Errorf("%s was accepted %d times, want once", number, n)
	}
	return found
}

// truth fails the test unless the sandbox accepted n messages, every key once, and the results file agrees with it row
// by row.
func (w *world) truth(n int, resultsName string) {
	w.t.Helper()
	accepted := map[string]sandbox.Acceptance{}
	for _, a := range w.kanal.Accepted() {
		if _, twice := accepted[a.Key]; twice {
			w.t.Errorf("key %s was accepted twice", a.Key)
		}
		accepted[a.Key] = a
	}
	if len(accepted) != n {
		w.t.Errorf("the sandbox accepted %d messages, want %d", len(accepted), n)
	}
	for _, row := range w.results(resultsName) {
		a, sent := accepted[row["idempotency_key"]]
		switch row["status"] {
		case "sent":
			if !sent || fmt.Sprint(a.MessageID) != row["message_id"] || a.Number != row["normalized_phone"] {
				w.t.Errorf("row %s reads sent with id %s; the sandbox has %+v", row["row"], row["message_id"], a)
			}
		case "already_sent":
			if !sent || row["message_id"] != "" {
				w.t.Errorf("row %s reads already_sent; accepted: %v", row["row"], sent)
			}
		case "unknown":
		default:
			if sent {
				w.t.Errorf("row %s reads %s, and the sandbox accepted it", row["row"], row["status"])
			}
		}
	}
}
