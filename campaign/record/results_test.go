package record_test

import (
	stdcsv "encoding/csv"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/gocarina/gocsv"

	"kanal-campaign/campaign/audience"
	"kanal-campaign/campaign/outcome"
	"kanal-campaign/campaign/record"
)

func TestResultsInEveryDialect(t *testing.T) {
	for name, dialect := range map[string]audience.Dialect{
		"plain":    {Delimiter: ',', Encoding: audience.UTF8, Ending: "\n"},
		"excel fr": {Delimiter: ';', Encoding: audience.Windows1252, Ending: "\r\n"},
		"bom":      {Delimiter: ',', Encoding: audience.UTF8, BOM: true, Ending: "\r\n"},
		"utf-16":   {Delimiter: '\t', Encoding: audience.UTF16LE, BOM: true, Ending: "\r\n"},
	} {
		t.Run(name, func(t *testing.T) {
			s := everyStatus(t, dialect)
			file := write(t, s)
			if file.Path != filepath.Join(s.Dir, "novembre.results.csv") || file.Locked || file.Foreign {
				t.Fatalf("%+v", file)
			}
			header, rows, found := rowsOf(t, file.Path)
			if found != dialect {
				t.Errorf("dialect %+v, want %+v", found, dialect)
			}
			if !slices.Equal(header, append([]string{"Téléphone", "Prénom; ou nom"}, record.CurrentColumns...)) {
				t.Errorf("%q", header)
			}
			checkEveryStatus(t, rows)
		})
	}
}

func checkEveryStatus(t *testing.T, rows []map[string]string) {
	t.Helper()
	if len(rows) != 11 {
		t.Fatalf("%d rows", len(rows))
	}
	const at, doubted = "2026-11-03T10:42:01Z", "2026-11-03T10:42:00Z"
	for i, want := range []map[string]string{
		{"status": "sent", "message_id": "987654", "contact_id": "54321", "row": "2", "idempotency_key": idOf(2).String(),
			"normalized_phone": "33612345102", "attempts": "1", "sent_at": at, "error": "", "doubt_since": "", "forgotten_at": ""},
		{"status": "rejected", "Prénom; ou nom": "un \"mot\"\nsur deux lignes", "error": `'=HYPERLINK("http://x")`, "error_code": "131026",
			"cause": "not-on-whatsapp", "sent_at": "", "doubt_since": ""},
		{"status": "unknown", "error": "timeout", "doubt_since": doubted},
		{"status": "already_sent", "message_id": "", "attempts": "2", "sent_at": at, "doubt_since": ""},
		{"status": "invalid", "Téléphone": "=cmd|x", "error_code": "phone-two | value-sheet-error", "idempotency_key": "", "attempts": "0"},
		{"status": "skipped", "error": "exclu (duplicate, ligne 2, )", "cause": "duplicate", "error_code": ""},
		{"status": "pending", "error": "", "attempts": "0", "doubt_since": ""},
		{"status": "unknown", "error": "motif : in-flight", "cause": outcome.CauseInFlight, "Téléphone": "+33 6 19", "doubt_since": doubted},
		{"status": "skipped", "error": "exclu (suppressed, ligne 0, stop.csv)", "cause": "suppressed"},
		{"status": "unknown", "error": "effacé le 03/11/2026", "Téléphone": "", "normalized_phone": "", "idempotency_key": "", "row": "11",
			"doubt_since": doubted, "forgotten_at": "2026-11-03T11:42:00Z"},
		{"status": "sent", "row": "", "Téléphone": "06 22"},
	} {
		for column, cell := range want {
			if rows[i][column] != cell {
				t.Errorf("row %d: %s is %q, want %q", i, column, rows[i][column], cell)
			}
		}
	}
	if said := rows[4]["error"]; strings.Count(said, ", à vérifier Corriger.") != 2 || !strings.Contains(said, " | B #N/A : value-sheet-error") ||
		strings.Contains(said, "value-filler") {
		t.Errorf("%q", said)
	}
}

// What gocsv and encoding/csv, the readers of others, make of the file.
func TestResultsRoundTrip(t *testing.T) {
	s := everyStatus(t, csv)
	s.Rehearsed = true
	file := write(t, s)
	if filepath.Base(file.Path) != "novembre.sandbox.results.csv" {
		t.Fatal(file)
	}
	content, err := os.ReadFile(file.Path)
	if err != nil {
		t.Fatal(err)
	}
	records, err := stdcsv.NewReader(strings.NewReader(string(content))).ReadAll()
	if err != nil || len(records) != 12 {
		t.Fatal(len(records), err)
	}
	rows := record.NoRows()
	if err := gocsv.UnmarshalString(string(content), &rows); err != nil {
		t.Fatal(err)
	}
	if len(rows) != 11 || rows[0].MessageID != "sandbox-987654" || rows[6].Status != "pending" || rows[2].DoubtSince == "" {
		t.Errorf("%+v", rows)
	}
	if info, err := os.Stat(file.Path); err != nil || info.Mode().Perm()&0o077 != 0 {
		t.Errorf("%v, %v: results are personal data", info.Mode(), err)
	}
}

// A row is sent, and yet its error says that Kanal messaged another number.
func TestResultsTellOfAnotherNumber(t *testing.T) {
	for text, want := range map[string]string{
		record.Detail{Messaged: "331"}.String(): french{}.MessagedOther("331"),
		"Kanal says that it messaged +331":      "Kanal says that it messaged +331", // as an earlier version wrote it
	} {
		s := sourceOf(t, csv, []string{"phone"}, tried(planned(2, "06"), outcome.Answer{Kind: outcome.Accepted, MessageID: "1",
			Cause: outcome.CauseOtherNumber, Text: text}))
		_, rows, _ := rowsOf(t, write(t, s).Path)
		if got := rows[0]; got["status"] != "sent" || got["error"] != want || got["cause"] != "other-number" {
			t.Errorf("%q", rows)
		}
	}
}

func TestResultsFallBackToUTF8(t *testing.T) {
	s := sourceOf(t, audience.Dialect{Delimiter: ';', Encoding: audience.Windows1252, Ending: "\r\n"}, []string{"phone", "name"},
		planned(2, "06 12", "Zoé"), tried(planned(3, "06 13", "x"), outcome.Answer{Kind: outcome.Refusal, Cause: "refused", Code: "400", Text: "拒絶"}))
	_, rows, dialect := rowsOf(t, write(t, s).Path)
	if dialect != (audience.Dialect{Delimiter: ';', Encoding: audience.UTF8, BOM: true, Ending: "\r\n"}) || rows[0]["name"] != "Zoé" ||
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
		{[]string{"doubt_since"}, "kanal_status"},
		{[]string{"row", "kanal_error"}, "kanal_kanal_status"},
	} {
		if added := record.AddedColumns(test.header); added[0] != test.first || len(added) != len(record.CurrentColumns) {
			t.Errorf("%q: %q", test.header, added)
		}
	}
	names, err := gocsv.MarshalString(record.NoRows())
	if columns := strings.Split(strings.TrimSpace(names), ","); err != nil || !slices.Equal(columns, record.CurrentColumns) {
		t.Errorf("gocsv sees %q, %v", columns, err)
	}
}

// A row of an earlier version of the audience has as many cells as the others.
func TestResultsAreAsWideAsTheirHeader(t *testing.T) {
	gone := tried(planned(2, "gone"), accepted("1"))
	gone.Gone = true
	s := sourceOf(t, csv, []string{"phone", "more"}, planned(2, "stays", "and a new column"), gone)
	_, rows, _ := rowsOf(t, write(t, s).Path)
	if len(rows) != 2 || rows[1]["phone"] != "gone" || rows[1]["more"] != "" || rows[1]["row"] != "" || rows[1]["status"] != "sent" {
		t.Errorf("%q", rows)
	}
}

func TestALockedFileTakesTheNextNumber(t *testing.T) {
	s := sourceOf(t, csv, []string{"phone"}, planned(2, "06"))
	file, err := s.WriteResultsBy(t.Context(), french{}, func(from, to string) error {
		if filepath.Base(to) == "novembre.results.csv" {
			return &os.LinkError{Op: "rename", Old: from, New: to, Err: fs.ErrPermission}
		}
		return os.Rename(from, to)
	})
	if err != nil || !file.Locked || file.Foreign || file.Path != filepath.Join(s.Dir, "novembre.results-2.csv") {
		t.Errorf("%+v, %v", file, err)
	}
}

func TestResultsFailWithoutATrace(t *testing.T) {
	s := sourceOf(t, csv, []string{"phone"}, planned(2, "06"))
	damaged := errors.New("damaged")
	good := s.Rows
	s.Outcomes = func(yield func(record.Row, error) bool) {
		for row := range good {
			if !yield(row, nil) {
				return
			}
		}
		yield(record.Row{}, damaged)
	}
	if _, err := s.WriteResults(t.Context(), french{}); !errors.Is(err, damaged) {
		t.Errorf("%v", err)
	}
	if left, err := os.ReadDir(s.Dir); err != nil || len(left) > 0 {
		t.Errorf("%v, %v", left, err)
	}
	s.Dir = filepath.Join(s.Dir, "nowhere")
	if _, err := s.WriteResults(t.Context(), french{}); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("%v", err)
	}
}

func BenchmarkResults(b *testing.B) {
	const rows = 20_000
	many := make([]record.Row, rows)
	for i := range many {
		many[i] = planned(i+2, "06 12 34 56 78", "Zoé", "CF-20481")
	}
	s := sourceOf(b, audience.Dialect{}, []string{"phone", "name", "order"}, many...)
	b.ReportAllocs()
	for b.Loop() {
		if _, err := s.WriteResults(b.Context(), french{}); err != nil {
			b.Fatal(err)
		}
	}
	b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/rows, "ns/row")
}

// What the rows tell comes back from their columns, whatever language the sentences beside them are in.
func TestResultsAreReadBack(t *testing.T) {
	s := everyStatus(t, csv)
	r, err := record.OpenResults(write(t, s).Path, false, audience.Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer r.Close()
	if !slices.Equal(r.Header(), s.Header) || r.Dialect() != csv || time.Since(r.WrittenAt) > time.Minute {
		t.Errorf("%q, %+v, %s", r.Header(), r.Dialect(), r.WrittenAt)
	}
	next := make([]record.Row, 0, 11)
	for row, err := range r.Rows() {
		if err != nil {
			t.Fatal(err)
		}
		next = append(next, row)
	}
	i := 0
	for want := range s.Rows {
		got := next[i]
		if i++; got.Number != want.Number && !want.Gone || got.Gone != want.Gone || got.Key != want.Key || got.Phone != want.Phone ||
			got.Attempts != want.Attempts || got.MessageID != want.MessageID || !got.SentAt.Equal(want.SentAt) ||
			got.State.Status != want.State.Status || got.State.Cause != want.State.Cause ||
			!got.ForgottenAt.Equal(want.ForgottenAt) {
			t.Errorf("got  %+v\nwant %+v", got, want)
		}
		if want.State.Status == outcome.Unknown && !got.State.DoubtSince.Equal(want.State.DoubtSince) {
			t.Errorf("row %d: in doubt since %s", want.Number, got.State.DoubtSince)
		}
	}
	if n := len(next); n != i || next[9].Error != "" || next[1].Error != `=HYPERLINK("http://x")` {
		t.Errorf("%d rows, %+v", n, next)
	}
}

// A file that was edited is refused at the first cell that is not as it was written.
func TestEditedResultsAreRefused(t *testing.T) {
	s := everyStatus(t, csv)
	good, err := os.ReadFile(write(t, s).Path)
	if err != nil {
		t.Fatal(err)
	}
	for column, edit := range map[string][2]string{
		"attempts":        {",1,2026-11-03T10:42:01Z," + idOf(2).String(), ",many,2026-11-03T10:42:01Z," + idOf(2).String()},
		"row":             {idOf(2).String() + ",2,", idOf(2).String() + ",two,"},
		"idempotency_key": {idOf(2).String(), "x"},
		"sent_at":         {"2026-11-03T10:42:01Z", "yesterday"},
		"doubt_since":     {"2026-11-03T10:42:00Z", "yesterday"},
		"forgotten_at":    {"2026-11-03T11:42:00Z", "yesterday"},
		"status":          {",pending,", ",perhaps,"},
	} {
		path := filepath.Join(s.Dir, "edited.csv")
		edited := strings.Replace(string(good), edit[0], edit[1], 1)
		if err := os.WriteFile(path, []byte(edited), 0o600); err != nil || edited == string(good) {
			t.Fatal(column, err)
		}
		r, err := record.OpenResults(path, false, audience.Options{})
		if err != nil {
			t.Fatal(err)
		}
		var fault *record.NoResultsError
		for _, err := range r.Rows() {
			if err != nil && !errors.As(err, &fault) {
				t.Fatal(err)
			}
		}
		if r.Close(); fault == nil || fault.Column != column || fault.Row == 0 {
			t.Errorf("%s: %+v", column, fault)
		}
	}
}
