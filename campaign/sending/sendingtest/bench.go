// Package sendingtest plans campaigns and sends them to a sandbox inside the process, for the tests of package sending and of those
// above it.
package sendingtest

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"math/rand/v2"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"kanal-campaign/campaign/audience"
	"kanal-campaign/campaign/ledger"
	"kanal-campaign/campaign/ledger/sqlite"
	"kanal-campaign/campaign/message"
	"kanal-campaign/campaign/outcome"
	"kanal-campaign/campaign/plan"
	"kanal-campaign/campaign/record"
	"kanal-campaign/campaign/sending"
	"kanal-campaign/kanal"
	"kanal-campaign/kanal/sandbox"
)

// Wire carries requests to a sandbox inside the process, so that time may be virtual. Delays are drawn anew for every
// request: one on the way there, one on the way back.
type Wire struct {
	Server http.Handler
	Jitter time.Duration // the longest delay of each way
	Down   error         // what every request meets, if not nil, before it leaves
	// Rewrite, if not nil, changes what is answered.
	Rewrite func(body string) string

	mu     sync.Mutex
	random *rand.Rand // not nil where there is jitter
}

func (w *Wire) RoundTrip(request *http.Request) (response *http.Response, err error) {
	if w.Down != nil {
		return nil, w.Down
	}
	w.delay(request.Context())
	content := []byte{}
	if request.Body != nil {
		if content, err = io.ReadAll(request.Body); err != nil {
			return nil, err
		}
	}
	arrived := httptest.NewRequest(request.Method, request.URL.String(), strings.NewReader(string(content)))
	arrived.Header = request.Header.Clone()
	recorder := httptest.NewRecorder()
	defer func() {
		if recovered := recover(); recovered != nil {
			response, err = nil, io.ErrUnexpectedEOF // the sandbox dropped the connection
		}
	}()
	w.Server.ServeHTTP(recorder, arrived)
	w.delay(request.Context())
	if err := request.Context().Err(); err != nil {
		return nil, err
	}
	if w.Rewrite != nil {
		recorder.Body = bytes.NewBufferString(w.Rewrite(recorder.Body.String()))
	}
	return recorder.Result(), nil
}

func (w *Wire) delay(ctx context.Context) {
	w.mu.Lock()
	var d time.Duration
	if w.Jitter > 0 {
		d = time.Duration(w.random.Int64N(int64(w.Jitter)))
	}
	w.mu.Unlock()
	select {
	case <-time.After(d):
	case <-ctx.Done():
	}
}

// Bench is one ledger with one planned campaign, and a sandbox to send it to.
type Bench struct {
	T      *testing.T
	Ledger *ledger.Ledger
	Server *sandbox.Server
	Wire   *Wire
	Sender *sending.Sender
}

// NewBench plans a campaign spring of so many rows.
func NewBench(t *testing.T, rows int, options sandbox.Options) *Bench {
	t.Helper()
	book, err := sqlite.Open(t.Context(), filepath.Join(t.TempDir(), "ledger.db"))
	if err != nil {
		t.Fatal(err)
	}
	b := &Bench{T: t, Ledger: book, Server: sandbox.New(options)}
	b.Wire = &Wire{Server: b.Server, random: rand.New(rand.NewPCG(1, 2))}
	b.Sender = b.NewSender("spring", Audience(rows))
	return b
}

// Close ends what a synctest bubble must not leave behind.
func (b *Bench) Close() { b.Ledger.Close() }

// Audience is a file of so many people for the template welcome.
func Audience(rows int) string {
	var text strings.Builder
	text.WriteString("phone,prenom,code\n")
	for i := range rows {
		fmt.Fprintf(&text, "+336123%05d,Zoé %d,P%05d\n", i, i, i)
	}
	return text.String()
}

// Welcome is the sandbox's template of this name.
func Welcome(t testing.TB) message.Message {
	t.Helper()
	for _, raw := range sandbox.BuiltIn(56) {
		if raw.Name == "welcome" {
			parsed := kanal.ParseStructure(raw.Structure)
			parsed.ID, parsed.Name = raw.ID, raw.Name
			return message.TemplateMessage(parsed)
		}
	}
	t.Fatal("the sandbox has no template welcome")
	return message.Message{}
}

// NewSender plans a campaign from the text of a file, and returns what would send it.
func (b *Bench) NewSender(name, text string) *sending.Sender {
	b.T.Helper()
	ctx := b.T.Context()
	message := Welcome(b.T)
	staging, err := b.Ledger.Stage(ctx, name)
	if err != nil {
		b.T.Fatal(err)
	}
	report := Plan(b.T, name, text, message, record.Settings{Country: "FR"}, func(row record.Row) error {
		return staging.Add(ctx, row)
	})
	frozen, err := json.Marshal(message)
	if err != nil {
		b.T.Fatal(err)
	}
	planned, err := staging.Publish(ctx, record.Campaign{Name: name, Account: "56", ConfirmedAt: time.Now(),
		Definition: record.Definition{Of: message.Of(), Message: frozen, Fields: message.FieldNames()}}, nil)
	if err != nil {
		b.T.Fatal(err)
	}
	client, err := kanal.New(kanal.Config{BaseURL: "http://127.0.0.1:1", Key: sandbox.DefaultKey, Transport: b.Wire})
	if err != nil {
		b.T.Fatal(err)
	}
	run, err := b.Ledger.StartRun(ctx, record.Run{Campaign: name, Command: "test"})
	if err != nil {
		b.T.Fatal(err)
	}
	return &sending.Sender{
		Ledger: b.Ledger, By: client, Campaign: planned, Message: message, RunID: run.ID,
		PaceKey: b.Ledger.PaceKey(sandbox.DefaultKey), Timeout: client.Timeout(), Rate: sending.DefaultRate,
		InFlight: sending.DefaultInFlight, MaxFailures: sending.DefaultMaxFailures,
		DoubtDelay: sending.DefaultDoubtDelay, Planned: report.Sendable,
	}
}

// Plan checks the text of a file, and gives its rows to sink. It fails the test where the columns do.
func Plan(t *testing.T, name, text string, m message.Message, s record.Settings, sink func(record.Row) error) *plan.Report {
	t.Helper()
	path := filepath.Join(t.TempDir(), "audience.csv")
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	file, err := audience.Open(path, audience.Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	columns, problems := plan.MapColumns(file.Header(), m, s, nil)
	for _, p := range problems {
		if p.Severity == "error" {
			t.Fatalf("columns: %+v", p)
		}
	}
	check := &plan.Check{Message: m, Campaign: name, Settings: s, Columns: columns, Header: file.Header()}
	report, err := check.Run(t.Context(), file.Rows(), func(row plan.Judged) error { return sink(row.Row) })
	if err != nil {
		t.Fatal(err)
	}
	return report
}

// Run sends with the sender, and fails the test on an error.
func (b *Bench) Run(s *sending.Sender) sending.Stop {
	b.T.Helper()
	stop, err := s.Run(b.T.Context(), nil)
	if err != nil {
		b.T.Fatal(err)
	}
	return stop
}

// KeepToFirst keeps a sender to the first n rows of its campaign.
func (b *Bench) KeepToFirst(s *sending.Sender, n int) {
	s.Part = &sending.Part{Rows: map[int64]bool{}}
	for row, err := range b.Ledger.Sendable(b.T.Context(), s.Campaign.ID) {
		if err != nil {
			b.T.Fatal(err)
		}
		if len(s.Part.Rows) < n {
			s.Part.Rows[row.ID], s.Part.Through = true, row.Seq
		}
	}
}

// Rows returns the campaign's rows by their spreadsheet number.
func (b *Bench) Rows(s *sending.Sender) map[int]record.Row {
	b.T.Helper()
	rows := map[int]record.Row{}
	for row, err := range b.Ledger.Rows(b.T.Context(), s.Campaign.ID) {
		if err != nil {
			b.T.Fatal(err)
		}
		rows[row.Number] = row
	}
	return rows
}

// Statuses counts the campaign's rows by status.
func (b *Bench) Statuses(s *sending.Sender) map[outcome.Status]int {
	counts := map[outcome.Status]int{}
	for _, row := range b.Rows(s) {
		counts[row.State.Status]++
	}
	return counts
}

// Agree holds the ledger against the sandbox's truth: every key accepted at most once, every row's status true to it.
func (b *Bench) Agree(s *sending.Sender) {
	b.T.Helper()
	accepted := map[string]sandbox.Acceptance{}
	for _, a := range b.Server.Accepted() {
		if _, twice := accepted[a.Key]; twice {
			b.T.Errorf("key %s was accepted twice", a.Key)
		}
		accepted[a.Key] = a
	}
	for number, row := range b.Rows(s) {
		truth, sent := accepted[row.Key.String()]
		switch row.State.Status {
		case outcome.Sent:
			if !sent || fmt.Sprint(truth.MessageID) != row.MessageID || truth.Number != row.Phone {
				b.T.Errorf("row %d is sent with id %q; the sandbox has %+v", number, row.MessageID, truth)
			}
		case outcome.AlreadySent:
			if !sent || row.MessageID != "" {
				b.T.Errorf("row %d is already_sent with id %q; accepted: %v", number, row.MessageID, sent)
			}
		case outcome.Pending, outcome.Rejected, outcome.Invalid, outcome.Skipped:
			if sent {
				b.T.Errorf("row %d is %s although the sandbox accepted it", number, row.State.Status)
			}
		}
	}
}

// Windows fails the test when any 60 seconds at the server held more sends than the limit.
func (b *Bench) Windows(limit int) {
	b.T.Helper()
	requests := b.Server.Requests()
	for i := range requests {
		n := 0
		for j := i; j < len(requests) && requests[j].Time.Sub(requests[i].Time) < time.Minute; j++ {
			n++
		}
		if n > limit {
			b.T.Fatalf("the 60 seconds from %s hold %d requests", requests[i].Time, n)
		}
	}
}
