package record_test

import (
	"context"
	"fmt"
	"iter"
	"strconv"
	"testing"
	"time"

	"github.com/google/uuid"

	"kanal-campaign/campaign/audience"
	"kanal-campaign/campaign/outcome"
	"kanal-campaign/campaign/problem"
	"kanal-campaign/campaign/record"
	"kanal-campaign/kanal"
)

// french says in another language than any file was written in that the tests read.
type french struct{}

func (french) Problem(p problem.Problem) (wrong, fix string) {
	return fmt.Sprintf("%s %s : %s, à vérifier", p.Column, p.Value, p.Code), "Corriger."
}
func (french) LeftOut(cause string, first int, d record.Detail) string {
	return fmt.Sprintf("exclu (%s, ligne %d, %s)", cause, first, d.List)
}
func (french) Cause(cause string) string          { return "motif : " + cause }
func (french) MessagedOther(digits string) string { return "envoyé au +" + digits }
func (french) ForgottenAt(at time.Time) string    { return "effacé le " + at.Format("02/01/2006") }

// alone is the only process that writes files.
type alone struct{}

func (alone) Drafting(ctx context.Context, campaign string, sweep func(string)) (string, func() error, error) {
	sweep("mark")
	return "mark", func() error { return nil }, ctx.Err()
}

var csv = audience.Dialect{Delimiter: ',', Encoding: audience.UTF8, Ending: "\n"}

// sourceOf is a live campaign called novembre whose files go into a new folder.
func sourceOf(t testing.TB, dialect audience.Dialect, header []string, rows ...record.Row) record.Source {
	t.Helper()
	return record.Source{
		Place:  record.Place{Dir: t.TempDir(), Campaign: "novembre"},
		Drafts: alone{}, Header: header, Dialect: dialect, Rows: all(rows), Outcomes: all(rows),
		FormerKeys: func(record.Row) []uuid.UUID { return nil },
	}
}

func all(rows []record.Row) iter.Seq2[record.Row, error] {
	return func(yield func(record.Row, error) bool) {
		for _, row := range rows {
			if !yield(row, nil) {
				return
			}
		}
	}
}

func rowsIn(t testing.TB, s record.Source) (rows []record.Row) {
	t.Helper()
	for row, err := range s.Rows {
		if err != nil {
			t.Fatal(err)
		}
		rows = append(rows, row)
	}
	return rows
}

func idOf(n int) uuid.UUID { return uuid.NewSHA1(uuid.NameSpaceURL, []byte(strconv.Itoa(n))) }

// planned is a row that is ready to be sent.
func planned(n int, cells ...string) record.Row {
	digits := "33612345" + strconv.Itoa(100+n)
	return record.Row{Number: n, Cells: cells, Phone: digits, Person: digits, Key: idOf(n), ContentID: idOf(n + 1000), State: outcome.New()}
}

var began = time.Date(2026, 11, 3, 10, 42, 0, 0, time.UTC)

// tried is a planned row after requests with these answers; the zero Answer has not come yet.
func tried(row record.Row, answers ...outcome.Answer) record.Row {
	for _, a := range answers {
		row.Attempts++
		row.State = row.State.Begin(began)
		if a.Kind == "" {
			continue
		}
		row.State = row.State.Settle(a)
		row.Error, row.ErrorCode = a.Text, a.Code
		if a.Kind == outcome.Accepted || a.Kind == outcome.Replayed {
			row.MessageID, row.ContactID, row.SentAt = a.MessageID, a.ContactID, began.Add(time.Second)
		}
	}
	return row
}

func accepted(id string) outcome.Answer {
	return outcome.Answer{Kind: outcome.Accepted, MessageID: id, ContactID: "54321"}
}

// everyStatus is a campaign with a row of each status, of a person who was forgotten, and of one who left the file.
func everyStatus(t testing.TB, dialect audience.Dialect) record.Source {
	t.Helper()
	invalid := record.Row{Number: 6, Cells: []string{"=cmd|x", "#N/A"}, State: outcome.State{Status: outcome.Invalid},
		Problems: []problem.Problem{
			{Code: "phone-two", Severity: problem.Error, Column: "A", Value: "=cmd|x"},
			{Code: "value-sheet-error", Severity: problem.Error, Column: "B", Value: "#N/A"},
			{Code: "value-filler", Severity: problem.Warning}}}
	duplicate := record.Row{Number: 7, Cells: []string{"1", "Zoé"}, Phone: "33612345102", RelatedRow: 2,
		State: outcome.State{Status: outcome.Skipped, Cause: outcome.CauseDuplicate}}
	listed := duplicate
	listed.Number, listed.RelatedRow, listed.State.Cause = 10, 0, outcome.CauseSuppressed
	listed.Error = record.Detail{List: "stop.csv"}.String()
	forgotten := record.Row{Number: 11, Attempts: 1, ForgottenAt: began.Add(time.Hour), State: outcome.State{Status: outcome.Unknown,
		Cause: outcome.CauseForgotten, Doubted: true, DoubtSince: began}}
	gone := tried(planned(12, "06 22", "Ida"), accepted("987655"))
	gone.Gone = true
	return sourceOf(t, dialect, []string{"Téléphone", "Prénom; ou nom"},
		tried(planned(2, "06 12", "Zoé"), accepted("987654")),
		tried(planned(3, "06 13", "un \"mot\"\nsur deux lignes"), outcome.Answer{Kind: outcome.Refusal,
			Cause: string(kanal.CauseNotOnWhatsApp), Code: "131026", Text: "=HYPERLINK(\"http://x\")\x1b[2J"}),
		tried(planned(4, "06 14", ""), outcome.Answer{Kind: outcome.Doubt, Cause: string(kanal.CauseTimeout), Text: "timeout"}),
		tried(planned(5, "06 15", "Jérôme"), outcome.Answer{Kind: outcome.Doubt, Cause: string(kanal.CauseServerError), Code: "500"},
			outcome.Answer{Kind: outcome.Replayed, Code: "201"}),
		invalid, duplicate, planned(8, "06 18", "Anaïs"), tried(planned(9, "+33 6 19", "x"), outcome.Answer{}), listed, forgotten, gone)
}

// rowsOf reads a results file as any other program does, and returns its rows by column.
func rowsOf(t testing.TB, path string) (header []string, rows []map[string]string, dialect audience.Dialect) {
	t.Helper()
	file, err := audience.Open(path, audience.Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	header = file.Header()
	for r, err := range file.Rows() {
		if err != nil {
			t.Fatal(err)
		}
		row := map[string]string{}
		for i, name := range header {
			row[name] = r.Cells[i]
		}
		rows = append(rows, row)
	}
	return header, rows, file.Dialect()
}

func write(t testing.TB, s record.Source) record.File {
	t.Helper()
	file, err := s.WriteResults(t.Context(), french{})
	if err != nil {
		t.Fatal(err)
	}
	return file
}
