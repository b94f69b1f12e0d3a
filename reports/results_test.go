package reports

import (
	"context"
	"encoding/csv"
	"encoding/json"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/gocarina/gocsv"
	"github.com/google/uuid"

	"kanal-campaign/campaign"
	"kanal-campaign/campaign/audience"
	"kanal-campaign/campaign/ledger"
	"kanal-campaign/campaign/ledger/sqlite"
	"kanal-campaign/campaign/outcome"
	"kanal-campaign/campaign/problem"
	"kanal-campaign/kanal"
)

func openLedger(t *testing.T) *ledger.Ledger {
	t.Helper()
	l, err := sqlite.Open(t.Context(), filepath.Join(t.TempDir(), "ledger.db"))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { l.Close() })
	return l
}

func idOf(n int) uuid.UUID { return uuid.NewSHA1(uuid.NameSpaceURL, []byte(strconv.Itoa(n))) }

// plannedRow is a row that is ready to be sent.
func plannedRow(n int, cells ...string) ledger.Row {
	return ledger.Row{Number: n, Cells: cells, Phone: "33612345" + strconv.Itoa(100+n), Person: "33612345" + strconv.Itoa(100+n),
		Values: []string{"Zoé", "CF"}, Key: idOf(n), ContentID: idOf(n + 1000), State: outcome.New()}
}

func publish(t *testing.T, l *ledger.Ledger, name, dir string, dialect audience.Dialect, header []string,
	rows ...ledger.Row) ledger.Campaign {
	t.Helper()
	staging, err := l.Stage(t.Context(), name)
	if err != nil {
		t.Fatal(err)
	}
	for _, r := range rows {
		if err := staging.Add(t.Context(), r); err != nil {
			t.Fatal(err)
		}
	}
	message, err := json.Marshal(campaign.TemplateMessage(template()))
	if err != nil {
		t.Fatal(err)
	}
	c, err := staging.Publish(t.Context(), ledger.Campaign{Name: name, Account: "56", Definition: ledger.Definition{
		Kind: "template", Of: "1234", Title: "order_confirmation", Message: message, OutDir: dir,
		File: ledger.File{Name: name + ".csv", Dialect: dialect, Header: header},
	}}, nil)
	if err != nil {
		t.Fatal(err)
	}
	return c
}

// attempt makes one attempt of a row, and settles it unless kind is empty.
func attempt(t *testing.T, l *ledger.Ledger, c ledger.Campaign, n int, answer outcome.Answer) {
	t.Helper()
	for r, err := range l.Rows(t.Context(), c.ID) {
		if err != nil {
			t.Fatal(err)
		}
		if r.Number != n {
			continue
		}
		id, err := l.Begin(t.Context(), &r, ledger.Turn{PaceKey: "x", Limit: 1000, Timeout: time.Minute})
		if err != nil {
			t.Fatal(err)
		}
		if answer.Kind != "" {
			if _, err := l.Settle(t.Context(), &r, ledger.Settlement{Attempt: id, Try: outcome.Try{Answer: answer}}); err != nil {
				t.Fatal(err)
			}
		}
		return
	}
	t.Fatalf("no row %d", n)
}

func accepted(id string) outcome.Answer {
	return outcome.Answer{Kind: outcome.Accepted, MessageID: id, ContactID: "54321"}
}

// everyStatusIn gives a campaign with a row of each status.
func everyStatusIn(t *testing.T, l *ledger.Ledger, dir string, dialect audience.Dialect) ledger.Campaign {
	t.Helper()
	invalid := ledger.Row{Number: 6, Cells: []string{"=cmd|x", "#N/A"}, State: outcome.State{Status: outcome.Invalid},
		Problems: []problem.Problem{
			{Code: "phone-two", Severity: problem.Error, Value: "=cmd|x"},
			{Code: campaign.ValueSheetError, Severity: problem.Error, Column: "B", Value: "#N/A", Variable: "v"},
			{Code: campaign.ValueFiller, Severity: problem.Warning}}}
	skipped := ledger.Row{Number: 7, Cells: []string{"1", "Zoé"}, Phone: "33612345102", RelatedRow: 2,
		State: outcome.State{Status: outcome.Skipped, Cause: outcome.CauseDuplicate}}
	c := publish(t, l, "novembre", dir, dialect, []string{"Téléphone", "Prénom; ou nom"},
		plannedRow(2, "06 12", "Zoé"), plannedRow(3, "06 13", "un \"mot\"\nsur deux lignes"), plannedRow(4, "06 14", ""),
		plannedRow(5, "06 15", "Jérôme"), invalid, skipped, plannedRow(8, "06 18", "Anaïs"), plannedRow(9, "+33 6 19", "x"))
	attempt(t, l, c, 2, accepted("987654"))
	attempt(t, l, c, 3, outcome.Answer{Kind: outcome.Refusal, Cause: string(kanal.CauseNotOnWhatsApp), Code: "131026",
		Text: "=HYPERLINK(\"http://x\")\x1b[2J"})
	attempt(t, l, c, 4, outcome.Answer{Kind: outcome.Doubt, Cause: string(kanal.CauseTimeout), Text: "timeout"})
	attempt(t, l, c, 5, outcome.Answer{Kind: outcome.Doubt, Cause: string(kanal.CauseServerError), Code: "500"})
	attempt(t, l, c, 5, outcome.Answer{Kind: outcome.Replayed, Code: "201"})
	attempt(t, l, c, 9, outcome.Answer{})
	return c
}

// readResults reads a results file with the audience's reader and returns its header and cells.
func readResults(t *testing.T, path string) (header []string, rows [][]string, dialect audience.Dialect) {
	t.Helper()
	file, err := audience.Open(path, audience.Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	for r, err := range file.Rows() {
		if err != nil {
			t.Fatal(err)
		}
		rows = append(rows, r.Cells)
	}
	return file.Header(), rows, file.Dialect()
}

func TestResultsInEveryDialect(t *testing.T) {
	for name, dialect := range map[string]audience.Dialect{
		"plain":    {Delimiter: ',', Encoding: audience.UTF8, Ending: "\n"},
		"excel fr": {Delimiter: ';', Encoding: audience.Windows1252, Ending: "\r\n"},
		"bom":      {Delimiter: ',', Encoding: audience.UTF8, BOM: true, Ending: "\r\n"},
		"utf-16":   {Delimiter: '\t', Encoding: audience.UTF16LE, BOM: true, Ending: "\r\n"},
	} {
		t.Run(name, func(t *testing.T) {
			l, dir := openLedger(t), t.TempDir()
			c := everyStatusIn(t, l, dir, dialect)
			file, err := WriteResults(t.Context(), l, c, Live)
			if err != nil || file.Path != filepath.Join(dir, "novembre.results.csv") || file.Locked || file.Foreign {
				t.Fatalf("%+v, %v", file, err)
			}
			header, rows, found := readResults(t, file.Path)
			if found != dialect {
				t.Errorf("dialect %+v, want %+v", found, dialect)
			}
			if !slices.Equal(header, append([]string{"Téléphone", "Prénom; ou nom"}, resultColumns...)) {
				t.Errorf("%q", header)
			}
			checkEveryStatus(t, rows)
		})
	}
}

func checkEveryStatus(t *testing.T, rows [][]string) {
	t.Helper()
	column := func(name string) int { return 2 + slices.Index(resultColumns, name) }
	var statuses []string
	for _, r := range rows {
		statuses = append(statuses, r[column("status")])
	}
	if !slices.Equal(statuses, []string{"sent", "rejected", "unknown", "already_sent", "invalid", "skipped", "pending", "unknown"}) {
		t.Fatalf("%q", statuses)
	}
	if sent := rows[0]; sent[column("message_id")] != "987654" || sent[column("contact_id")] != "54321" || sent[column("row")] != "2" ||
		sent[column("idempotency_key")] != idOf(2).String() || sent[column("normalized_phone")] != "33612345102" ||
		sent[column("attempts")] != "1" {
		t.Errorf("%q", sent)
	}
	if at, err := time.Parse(time.RFC3339, rows[0][column("sent_at")]); err != nil || time.Since(at) > time.Hour {
		t.Errorf("%q", rows[0])
	}
	if refused := rows[1]; refused[1] != "un \"mot\"\nsur deux lignes" || refused[column("error")] != `'=HYPERLINK("http://x")` ||
		refused[column("error_code")] != "131026" || refused[column("cause")] != "not-on-whatsapp" || refused[column("sent_at")] != "" {
		t.Errorf("%q", refused)
	}
	if doubt := rows[2][column("error")]; !strings.HasPrefix(doubt, "timeout; in doubt since 20") {
		t.Errorf("%q", doubt)
	}
	if invalid := rows[4]; invalid[0] != "=cmd|x" || invalid[column("error_code")] != "phone-two | value-sheet-error" ||
		!strings.Contains(invalid[column("error")], "Keep one of them. | Column B") || invalid[column("idempotency_key")] != "" ||
		invalid[column("attempts")] != "0" {
		t.Errorf("%q", invalid)
	}
	if skipped := rows[5]; skipped[column("error")] != "The same number with the same values stands in row 2 already." ||
		skipped[column("cause")] != "duplicate" {
		t.Errorf("%q", skipped)
	}
	if open := rows[7]; open[column("cause")] != outcome.CauseInFlight || open[0] != "+33 6 19" {
		t.Errorf("%q", open)
	}
}

// What gocsv and encoding/csv, the readers of others, make of the file.
func TestResultsRoundTrip(t *testing.T) {
	l, dir := openLedger(t), t.TempDir()
	c := everyStatusIn(t, l, dir, audience.Dialect{Delimiter: ',', Encoding: audience.UTF8, Ending: "\n"})
	file, err := WriteResults(t.Context(), l, c, Sandbox)
	if err != nil || filepath.Base(file.Path) != "novembre.sandbox.results.csv" {
		t.Fatal(file, err)
	}
	text, err := os.ReadFile(file.Path)
	if err != nil {
		t.Fatal(err)
	}
	records, err := csv.NewReader(strings.NewReader(string(text))).ReadAll()
	if err != nil || len(records) != 9 {
		t.Fatal(len(records), err)
	}
	var rows []resultRow
	if err := gocsv.UnmarshalString(string(text), &rows); err != nil {
		t.Fatal(err)
	}
	if len(rows) != 8 || rows[0].MessageID != "sandbox-987654" || rows[6].Status != "pending" {
		t.Errorf("%+v", rows)
	}
	if info, err := os.Stat(file.Path); err != nil || info.Mode().Perm()&0o077 != 0 {
		t.Errorf("%v, %v: results are personal data", info.Mode(), err)
	}
}

// A row is sent, and yet its error says that Kanal messaged another number.
func TestResultsTellOfAnotherNumber(t *testing.T) {
	l, dir := openLedger(t), t.TempDir()
	c := publish(t, l, "n", dir, audience.Dialect{}, []string{"phone"}, plannedRow(2, "06"))
	attempt(t, l, c, 2, outcome.Answer{Kind: outcome.Accepted, MessageID: "1", Cause: outcome.CauseOtherNumber,
		Text: "Kanal says that it messaged +331"})
	file, err := WriteResults(t.Context(), l, c, Live)
	if err != nil {
		t.Fatal(err)
	}
	_, rows, _ := readResults(t, file.Path)
	column := func(name string) string { return rows[0][1+slices.Index(resultColumns, name)] }
	if column("status") != "sent" || column("error") != "Kanal says that it messaged +331" || column("cause") != "other-number" {
		t.Errorf("%q", rows)
	}
}

func TestResultsFallBackToUTF8(t *testing.T) {
	l, dir := openLedger(t), t.TempDir()
	first := plannedRow(2, "06 12", "Zoé")
	second := plannedRow(3, "06 13", "x")
	c := publish(t, l, "n", dir, audience.Dialect{Delimiter: ';', Encoding: audience.Windows1252, Ending: "\r\n"},
		[]string{"phone", "name"}, first, second)
	attempt(t, l, c, 3, outcome.Answer{Kind: outcome.Refusal, Cause: "refused", Code: "400", Text: "拒絶"})
	file, err := WriteResults(t.Context(), l, c, Live)
	if err != nil {
		t.Fatal(err)
	}
	_, rows, dialect := readResults(t, file.Path)
	if dialect != (audience.Dialect{Delimiter: ';', Encoding: audience.UTF8, BOM: true, Ending: "\r\n"}) || rows[0][1] != "Zoé" ||
		len(rows) != 2 {
		t.Errorf("%+v, %q", dialect, rows)
	}
}

func TestAddedColumnsNeverCollide(t *testing.T) {
	for _, test := range []struct {
		header []string
		first  string
	}{
		{[]string{"phone"}, "status"},
		{[]string{"phone", " Status "}, "kanal_status"},
		{[]string{"row", "kanal_error"}, "kanal_kanal_status"},
	} {
		if added := addedColumns(test.header); added[0] != test.first || len(added) != len(resultColumns) {
			t.Errorf("%q: %q", test.header, added)
		}
	}
	var columns []string
	if err := gocsv.MarshalCSVWithoutHeaders([]resultRow{{}}, gocsv.DefaultCSVWriter(new(strings.Builder))); err != nil {
		t.Fatal(err)
	}
	text, err := gocsv.MarshalString([]resultRow{})
	if err != nil {
		t.Fatal(err)
	}
	if columns = strings.Split(strings.TrimSpace(text), ","); !slices.Equal(columns, resultColumns) {
		t.Errorf("gocsv sees %q", columns)
	}
}

func TestRowsTakenOutComeLast(t *testing.T) {
	l, dir := openLedger(t), t.TempDir()
	header := []string{"phone"}
	c := publish(t, l, "n", dir, audience.Dialect{}, header, plannedRow(2, "gone"), plannedRow(3, "stays"))
	attempt(t, l, c, 2, accepted("1"))
	staging, err := l.Stage(t.Context(), "n")
	if err != nil {
		t.Fatal(err)
	}
	stays := plannedRow(3, "stays", "and a new column")
	stays.Number = 2
	if err := staging.Add(t.Context(), stays); err != nil {
		t.Fatal(err)
	}
	c.File.Header = []string{"phone", "more"}
	if err := staging.Update(t.Context(), c); err != nil {
		t.Fatal(err)
	}
	file, err := WriteResults(t.Context(), l, c, Live)
	if err != nil {
		t.Fatal(err)
	}
	_, rows, _ := readResults(t, file.Path)
	last := len(rows[0]) - 1
	if len(rows) != 2 || rows[0][0] != "stays" || rows[0][last] != "2" || rows[1][0] != "gone" || rows[1][1] != "" ||
		rows[1][last] != "" || rows[1][2] != "sent" {
		t.Errorf("%q", rows)
	}
}

func TestALockedFileTakesTheNextNumber(t *testing.T) {
	l, dir := openLedger(t), t.TempDir()
	c := publish(t, l, "n", dir, audience.Dialect{}, []string{"phone"}, plannedRow(2, "06"))
	d, err := newDraft(t.Context(), l, "n", dir)
	if err != nil {
		t.Fatal(err)
	}
	defer d.drop()
	d.rename = func(from, to string) error {
		if filepath.Base(to) == "n.results.csv" {
			return &os.LinkError{Op: "rename", Old: from, New: to, Err: fs.ErrPermission}
		}
		return os.Rename(from, to)
	}
	file, err := writeResults(t.Context(), l, c, Live, d)
	if err != nil || !file.Locked || file.Foreign || file.Path != filepath.Join(dir, "n.results-2.csv") {
		t.Errorf("%+v, %v", file, err)
	}
}

func TestResultsFailWithoutATrace(t *testing.T) {
	l, dir := openLedger(t), t.TempDir()
	c := publish(t, l, "n", dir, audience.Dialect{}, []string{"phone"}, plannedRow(2, "06"))
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := WriteResults(ctx, l, c, Live); !errors.Is(err, context.Canceled) {
		t.Errorf("%v", err)
	}
	if left, err := os.ReadDir(dir); err != nil || len(left) > 0 {
		t.Errorf("%v, %v", left, err)
	}
	c.OutDir = filepath.Join(dir, "nowhere")
	if _, err := WriteResults(t.Context(), l, c, Live); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("%v", err)
	}
}

func BenchmarkResults(b *testing.B) {
	l, err := sqlite.Open(b.Context(), filepath.Join(b.TempDir(), "ledger.db"))
	if err != nil {
		b.Fatal(err)
	}
	defer l.Close()
	staging, err := l.Stage(b.Context(), "n")
	if err != nil {
		b.Fatal(err)
	}
	const rows = 20_000
	for i := range rows {
		if err := staging.Add(b.Context(), plannedRow(i+2, "06 12 34 56 78", "Zoé", "CF-20481")); err != nil {
			b.Fatal(err)
		}
	}
	c, err := staging.Publish(b.Context(), ledger.Campaign{Name: "n", Definition: ledger.Definition{OutDir: b.TempDir(),
		Message: []byte("{}"), File: ledger.File{Header: []string{"phone", "name", "order"}}}}, nil)
	if err != nil {
		b.Fatal(err)
	}
	b.ReportAllocs()
	for b.Loop() {
		if _, err := WriteResults(b.Context(), l, c, Live); err != nil {
			b.Fatal(err)
		}
	}
	b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/rows, "ns/row")
}
