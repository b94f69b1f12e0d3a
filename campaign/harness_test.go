package campaign_test

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
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

// wire carries requests to a sandbox inside the process, so that time may be virtual. Delays are drawn anew for every
// request: one on the way there, one on the way back.
type wire struct {
	server http.Handler
	mu     sync.Mutex
	random *rand.Rand
	jitter time.Duration
	down   error // what every request meets, if not nil, before it leaves
	// rewrite, if not nil, changes what is answered.
	rewrite func(body string) string
}

func (w *wire) RoundTrip(request *http.Request) (response *http.Response, err error) {
	if w.down != nil {
		return nil, w.down
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
	w.server.ServeHTTP(recorder, arrived)
	w.delay(request.Context())
	if err := request.Context().Err(); err != nil {
		return nil, err
	}
	if w.rewrite != nil {
		recorder.Body = bytes.NewBufferString(w.rewrite(recorder.Body.String()))
	}
	return recorder.Result(), nil
}

func (w *wire) delay(ctx context.Context) {
	w.mu.Lock()
	var d time.Duration
	if w.jitter > 0 {
		d = time.Duration(w.random.Int64N(int64(w.jitter)))
	}
	w.mu.Unlock()
	select {
	case <-time.After(d):
	case <-ctx.Done():
	}
}

// bench is one ledger with one planned campaign, and a sandbox to send it to.
type bench struct {
	t      *testing.T
	ledger *ledger.Ledger
	server *sandbox.Server
	wire   *wire
	sender *sending.Sender
}

func newBench(t *testing.T, rows int, options sandbox.Options) *bench {
	t.Helper()
	book, err := sqlite.Open(t.Context(), filepath.Join(t.TempDir(), "ledger.db"))
	if err != nil {
		t.Fatal(err)
	}
	b := &bench{t: t, ledger: book, server: sandbox.New(options)}
	b.wire = &wire{server: b.server, random: rand.New(rand.NewPCG(1, 2))}
	b.sender = b.newSender("spring", audienceOf(rows))
	return b
}

// close ends what a synctest bubble must not leave behind.
func (b *bench) close() { b.ledger.Close() }

func audienceOf(rows int) string {
	var text strings.Builder
	text.WriteString("phone,prenom,code\n")
	for i := range rows {
		fmt.Fprintf(&text, "+336123%05d,Zoé %d,P%05d\n", i, i, i)
	}
	return text.String()
}

func welcome(t testing.TB) message.Message {
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

// newSender plans a campaign from the text of a file, and returns what would send it.
func (b *bench) newSender(name, text string) *sending.Sender {
	b.t.Helper()
	ctx := b.t.Context()
	message := welcome(b.t)
	staging, err := b.ledger.Stage(ctx, name)
	if err != nil {
		b.t.Fatal(err)
	}
	report := planOf(b.t, name, text, message, record.Settings{Country: "FR"}, func(row record.Row) error {
		return staging.Add(ctx, row)
	})
	frozen, err := json.Marshal(message)
	if err != nil {
		b.t.Fatal(err)
	}
	planned, err := staging.Publish(ctx, record.Campaign{Name: name, Account: "56", ConfirmedAt: time.Now(),
		Definition: record.Definition{Of: message.Of(), Message: frozen, Fields: message.FieldNames()}}, nil)
	if err != nil {
		b.t.Fatal(err)
	}
	client, err := kanal.New(kanal.Config{BaseURL: "http://127.0.0.1:1", Key: sandbox.DefaultKey, Transport: b.wire})
	if err != nil {
		b.t.Fatal(err)
	}
	run, err := b.ledger.StartRun(ctx, record.Run{Campaign: name, Command: "test"})
	if err != nil {
		b.t.Fatal(err)
	}
	return &sending.Sender{
		Ledger: b.ledger, By: client, Campaign: planned, Message: message, RunID: run.ID,
		PaceKey: b.ledger.PaceKey(sandbox.DefaultKey), Timeout: client.Timeout(), Rate: sending.DefaultRate,
		InFlight: sending.DefaultInFlight, MaxFailures: sending.DefaultMaxFailures,
		DoubtDelay: sending.DefaultDoubtDelay, Planned: report.Sendable,
	}
}

func planOf(t *testing.T, name, text string, m message.Message, s record.Settings, sink func(record.Row) error) *plan.Report {
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
	columns, problems := plan.MapColumns(file.Header(), m, s)
	for _, p := range problems {
		if p.Severity == "error" {
			t.Fatalf("columns: %+v", p)
		}
	}
	check := &plan.Check{Message: m, Campaign: name, Settings: s, Columns: columns, Header: file.Header()}
	report, err := check.Run(t.Context(), file.Rows(), sink)
	if err != nil {
		t.Fatal(err)
	}
	return report
}

// run sends with the sender, and fails the test on an error.
func (b *bench) run(s *sending.Sender) sending.Stop {
	b.t.Helper()
	stop, err := s.Run(b.t.Context(), nil)
	if err != nil {
		b.t.Fatal(err)
	}
	return stop
}

// keepToFirst keeps a sender to the first n rows of its campaign.
func (b *bench) keepToFirst(s *sending.Sender, n int) {
	s.Part = &sending.Part{Rows: map[int64]bool{}}
	for row, err := range b.ledger.Sendable(b.t.Context(), s.Campaign.ID) {
		if err != nil {
			b.t.Fatal(err)
		}
		if len(s.Part.Rows) < n {
			s.Part.Rows[row.ID], s.Part.Through = true, row.Seq
		}
	}
}

// rows returns the campaign's rows by their spreadsheet number.
func (b *bench) rows(s *sending.Sender) map[int]record.Row {
	b.t.Helper()
	rows := map[int]record.Row{}
	for row, err := range b.ledger.Rows(b.t.Context(), s.Campaign.ID) {
		if err != nil {
			b.t.Fatal(err)
		}
		rows[row.Number] = row
	}
	return rows
}

// statuses counts the campaign's rows by status.
func (b *bench) statuses(s *sending.Sender) map[outcome.Status]int {
	counts := map[outcome.Status]int{}
	for _, row := range b.rows(s) {
		counts[row.State.Status]++
	}
	return counts
}

// agree holds the ledger against the sandbox's truth: every key accepted at most once, every row's status true to it.
func (b *bench) agree(s *sending.Sender) {
	b.t.Helper()
	accepted := map[string]sandbox.Acceptance{}
	for _, a := range b.server.Accepted() {
		if _, twice := accepted[a.Key]; twice {
			b.t.Errorf("key %s was accepted twice", a.Key)
		}
		accepted[a.Key] = a
	}
	for number, row := range b.rows(s) {
		truth, sent := accepted[row.Key.String()]
		switch row.State.Status {
		case outcome.Sent:
			if !sent || fmt.Sprint(truth.MessageID) != row.MessageID || truth.Number != row.Phone {
				b.t.Errorf("row %d is sent with id %q; the sandbox has %+v", number, row.MessageID, truth)
			}
		case outcome.AlreadySent:
			if !sent || row.MessageID != "" {
				b.t.Errorf("row %d is already_sent with id %q; accepted: %v", number, row.MessageID, sent)
			}
		case outcome.Pending, outcome.Rejected, outcome.Invalid, outcome.Skipped:
			if sent {
				b.t.Errorf("row %d is %s although the sandbox accepted it", number, row.State.Status)
			}
		}
	}
}

// windows fails the test when any 60 seconds at the server held more sends than the limit.
func (b *bench) windows(limit int) {
	b.t.Helper()
	requests := b.server.Requests()
	for i := range requests {
		n := 0
		for j := i; j < len(requests) && requests[j].Time.Sub(requests[i].Time) < time.Minute; j++ {
			n++
		}
		if n > limit {
			b.t.Fatalf("the 60 seconds from %s hold %d requests", requests[i].Time, n)
		}
	}
}

var errDialFailed = errors.New("dial tcp: connection refused")
