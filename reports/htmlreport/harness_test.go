package htmlreport

import (
	"bytes"
	"encoding/json"
	"fmt"
	"iter"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"github.com/google/uuid"

	"kanal-campaign/campaign"
	"kanal-campaign/campaign/ledger"
	"kanal-campaign/campaign/ledger/sqlite"
	"kanal-campaign/campaign/message"
	"kanal-campaign/campaign/number"
	"kanal-campaign/campaign/outcome"
	"kanal-campaign/campaign/problem"
	"kanal-campaign/campaign/record"
	"kanal-campaign/campaign/sending"
	"kanal-campaign/kanal"
	"kanal-campaign/reports/screen"
)

// paris is a fixed zone, so that the reports read the same on every machine.
var paris = time.FixedZone("CET", 3600)

func at(day, hour, minute int) time.Time { return time.Date(2026, 11, day, hour, minute, 0, 0, paris) }

// book is a ledger whose clock tests set, with one campaign.
type book struct {
	t        testing.TB
	l        *ledger.Ledger
	now      time.Time
	campaign record.Campaign
	run      record.Run
	rows     map[int]*record.Row // by number
}

func newBook(t testing.TB) *book {
	t.Helper()
	b := &book{t: t, now: at(20, 10, 42), rows: map[int]*record.Row{}}
	l, err := sqlite.Open(t.Context(), filepath.Join(t.TempDir(), "ledger.db"))
	b.must(err)
	t.Cleanup(func() { l.Close() })
	l.Clock = func() time.Time { return b.now }
	b.l = l
	return b
}

func (b *book) must(err error) {
	b.t.Helper()
	if err != nil {
		b.t.Fatal(err)
	}
}

// publish plans the campaign.
func (b *book) publish(name string, msg message.Message, settings record.Settings, rows iter.Seq[record.Row]) {
	b.t.Helper()
	staging, err := b.l.Stage(b.t.Context(), name)
	b.must(err)
	planned := 0
	for r := range rows {
		b.must(staging.Add(b.t.Context(), r))
		planned++
	}
	frozen, err := json.Marshal(msg)
	b.must(err)
	b.campaign, err = staging.Publish(b.t.Context(), record.Campaign{Name: name, Account: "56", ConfirmedAt: b.now, Definition: record.Definition{
		Kind: string(msg.Kind), Of: msg.Of(), Title: msg.Title(), Message: frozen, Settings: settings, OutDir: b.t.TempDir(),
		Confirmed: planned, File: record.Audience{Name: name + ".csv", SHA256: fmt.Sprintf("%064x", 0xabc), Header: []string{"phone"}},
	}}, nil)
	b.must(err)
	for r, err := range b.l.Rows(b.t.Context(), b.campaign.ID) {
		b.must(err)
		if len(b.rows) == 1000 { // more than any test attempts
			break
		}
		b.rows[r.Number] = &r
	}
}

func (b *book) begin(command, flags, person, computer string) {
	b.t.Helper()
	var err error
	confirmed := 0
	if command == "send" {
		confirmed = b.campaign.Confirmed
	}
	b.run, err = b.l.StartRun(b.t.Context(), record.Run{Campaign: b.campaign.Name, Command: command, Flags: flags, PID: 1,
		Person: person, Computer: computer, Version: "1.2.0", Confirmed: confirmed, SHA256: b.campaign.File.SHA256})
	b.must(err)
}

func (b *book) end(stop sending.StopCode) {
	b.t.Helper()
	b.run.EndedAt, b.run.Stopped = b.now, string(stop)
	b.must(b.l.SaveRun(b.t.Context(), b.run, nil))
	if stop == sending.StopDone {
		b.campaign.FinishedAt = b.now
		b.must(b.l.Save(b.t.Context(), b.campaign))
	}
}

// attempt sends a row, and settles it unless the answer is empty. A second passes.
func (b *book) attempt(n int, answer outcome.Answer) {
	b.t.Helper()
	row := b.rows[n]
	if row == nil {
		b.t.Fatalf("no row %d", n)
	}
	id, err := b.l.Begin(b.t.Context(), row, ledger.Turn{RunID: b.run.ID, PaceKey: "x", Limit: 10_000, Timeout: time.Minute})
	b.must(err)
	b.now = b.now.Add(time.Second)
	if answer.Kind != "" {
		_, err = b.l.Settle(b.t.Context(), row, ledger.Settlement{Attempt: id, Try: outcome.Try{Answer: answer}})
		b.must(err)
	}
}

// overview is what there is to say at the end.
func (b *book) overview(o screen.OverviewOptions) *screen.Overview {
	b.t.Helper()
	o.Location = paris
	if o.Mode == "" {
		o.Mode = screen.Live
	}
	c, err := b.l.Campaign(b.t.Context(), b.campaign.Name)
	b.must(err)
	facts, err := (&campaign.Desk{Ledger: b.l}).ReportFacts(b.t.Context(), c)
	b.must(err)
	overview, err := screen.NewOverview(screen.Plain(nil), facts, o)
	b.must(err)
	return overview
}

func (b *book) render(o screen.OverviewOptions) []byte {
	b.t.Helper()
	var out bytes.Buffer
	b.must(Render(&out, b.overview(o)))
	return out.Bytes()
}

func accepted(n int) outcome.Answer {
	return outcome.Answer{Kind: outcome.Accepted, MessageID: fmt.Sprint(987000 + n), ContactID: fmt.Sprint(54000 + n)}
}

func refused(cause kanal.Cause, code, text string) outcome.Answer {
	return outcome.Answer{Kind: outcome.Refusal, Cause: string(cause), Code: code, Text: text}
}

// order has all parts that one can have.
func order() message.Message {
	return message.TemplateMessage(kanal.Template{
		ID: 1234, PhoneNumberID: 56, Name: "order_confirmation", Status: "APPROVED", Certain: true,
		Header:    kanal.Header{Format: kanal.FormatText, Text: "Merci !"},
		Body:      "Bonjour {{first_name}},\nvotre commande {{order_id}} est confirmée.\n\nÀ bientôt !",
		Footer:    "Maison Exemple",
		Buttons:   []kanal.Button{{Type: "URL", Text: "Suivre", URL: "https://example.com/t/{{1}}"}},
		Variables: []kanal.Variable{{Name: "first_name", In: kanal.InBody}, {Name: "order_id", In: kanal.InBody}},
	})
}

// planned is a row that is ready to be sent.
func planned(n int, phone, name string) record.Row {
	id := func(space string) uuid.UUID {
		return uuid.NewSHA1(uuid.NameSpaceURL, fmt.Appendf(nil, "%s%d", space, n))
	}
	return record.Row{Number: n, Cells: []string{phone, name}, Phone: phone, Person: phone, Values: []string{name, fmt.Sprint("CF-", n)},
		Name: name, Key: id("key"), ContentID: id("content"), State: outcome.New()}
}

func invalid(n int, problems ...problem.Problem) record.Row {
	for i := range problems {
		problems[i].Row, problems[i].Severity = n, problem.Error
	}
	return record.Row{Number: n, Cells: []string{"", ""}, State: outcome.State{Status: outcome.Invalid}, Problems: problems}
}

var firstNames = []string{"Zoé Martin", "Jérôme Petit", "Anaïs Le Goff", "Luc", "Marie-Claude Dubois", "Élodie", "Noël Blanc"}

// finished is a campaign with every outcome, over two runs and a night.
func finished(t *testing.T) *book {
	t.Helper()
	b := newBook(t)
	var rows []record.Row
	prefixes := []string{"336123", "336123", "336123", "337512", "324701", "417912"}
	for i := range 130 {
		rows = append(rows, planned(i+2, fmt.Sprintf("%s%05d", prefixes[i%len(prefixes)], 45000+i), firstNames[i%len(firstNames)]))
	}
	rows = append(rows,
		invalid(132, problem.Problem{Code: problem.Code(number.Scientific), Column: "B", Header: "Téléphone", Value: "3,36123E+10"}),
		invalid(133, problem.Problem{Code: problem.Code(number.Overseas), Column: "B", Header: "Téléphone", Value: "0692123456", Fix: "+262692123456", Names: []string{"RE"}}),
		invalid(134, problem.Problem{Code: problem.Code(number.Overseas), Column: "B", Header: "Téléphone", Value: "0692123457", Fix: "+262692123457", Names: []string{"RE"}},
			problem.Problem{Code: message.ValueSheetError, Column: "C", Header: "Prénom", Variable: "first_name", Value: "#N/A"}),
		record.Row{Number: 135, Cells: []string{"", ""}, Phone: "33612345000", RelatedRow: 2, State: outcome.State{Status: outcome.Skipped, Cause: outcome.CauseDuplicate}},
	)
	b.publish("novembre", order(), record.Settings{Country: "FR", NameColumn: "Prénom"}, slices.Values(rows))
	b.begin("send", "--country=FR --name-column=Prénom --skip-invalid=true --template=order_confirmation", "marketing", "PORTABLE-12")
	for n := 2; n < 74; n++ {
		b.attempt(n, accepted(n))
	}
	b.attempt(74, outcome.Answer{Kind: outcome.Throttled, Cause: string(kanal.CauseThrottled), Code: "429", Text: "Too many requests. Please slow down."})
	b.now = b.now.Add(5 * time.Minute)
	b.attempt(74, accepted(74))
	b.attempt(75, outcome.Answer{Kind: outcome.Doubt, Cause: string(kanal.CauseTimeout), Text: "no answer in time from +33 6 12 34 50 73 (Zoé Martin)"})
	b.end(sending.StopInterrupted)
	b.now = at(21, 9, 5)
	b.begin("resume", "", "marketing", "PORTABLE-12")
	for n := 76; n < 132; n++ {
		switch {
		case n%17 == 0:
			b.attempt(n, refused(kanal.CauseNotOnWhatsApp, "131026", "(#131026) Message undeliverable"))
		case n%29 == 0:
			b.attempt(n, refused(kanal.CauseHeldBack, "131049", "(#131049) This message was not delivered to maintain healthy ecosystem engagement."))
		case n == 101:
			b.attempt(n, refused(kanal.CauseOptedOut, "400", "Contact has opted out from receiving messages"))
		default:
			b.attempt(n, accepted(n))
		}
	}
	b.end(sending.StopDone)
	b.now = at(21, 9, 10)
	return b
}
