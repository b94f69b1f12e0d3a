package campaign_test

import (
	"bufio"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"testing"
	"time"

	"kanal-campaign/campaign/audience"
	"kanal-campaign/campaign/audit"
	"kanal-campaign/campaign/ledger"
	"kanal-campaign/campaign/ledger/sqlite"
	"kanal-campaign/campaign/outcome"
	"kanal-campaign/campaign/plan"
	"kanal-campaign/campaign/record"
	"kanal-campaign/campaign/sending/sendingtest"
)

// The sizes in which cost must be linear in rows, or independent of them. A million rows take minutes: run them with
//
//	go test ./campaign -run '^$' -bench . -benchtime 1x -timeout 30m
var benchSizes = []int{10_000, 100_000, 1_000_000}

// BenchmarkCheck reads and judges whole files: what check does.
func BenchmarkCheck(b *testing.B) {
	for _, rows := range benchSizes {
		path := benchFile(b, rows)
		b.Run(fmt.Sprint(rows), func(b *testing.B) {
			for b.Loop() {
				checkFile(b, path, func(record.Row) error { return nil })
			}
			perRow(b, rows)
		})
	}
}

// BenchmarkPlan reads, judges and freezes whole files in a ledger: what send does before its first request.
func BenchmarkPlan(b *testing.B) {
	for _, rows := range benchSizes {
		path := benchFile(b, rows)
		b.Run(fmt.Sprint(rows), func(b *testing.B) {
			for b.Loop() {
				book, _ := planFile(b, path)
				book.Close()
			}
			perRow(b, rows)
		})
	}
}

// BenchmarkAttempt commits one attempt and its outcome, in campaigns of several sizes: what a message costs beside its
// request. It includes two syncs of the disk.
func BenchmarkAttempt(b *testing.B) {
	for _, rows := range benchSizes {
		book, planned := planFile(b, benchFile(b, rows))
		b.Run(fmt.Sprint(rows), func(b *testing.B) {
			attemptRows(b, book, planned)
		})
		book.Close()
	}
}

func attemptRows(b *testing.B, book *ledger.Ledger, planned record.Campaign) {
	turn := ledger.Turn{RunID: 1, PaceKey: "bench", Limit: 1 << 30, Timeout: time.Minute}
	var queue []record.Row
	var after int64
	for b.Loop() {
		if len(queue) == 0 {
			var err error
			if queue, err = book.Queue(b.Context(), planned.ID, after, 100); err != nil || len(queue) == 0 {
				b.Fatalf("the queue is empty: %v", err)
			}
			after = queue[len(queue)-1].Seq
		}
		row := queue[0]
		queue = queue[1:]
		// A pace key of its own keeps the window, which is bounded in life by the limit, out of the measure.
		turn.PaceKey = fmt.Sprint("bench ", row.ID/60)
		id, err := book.Begin(b.Context(), &row, turn)
		if err != nil {
			b.Fatal(err)
		}
		if _, err := book.Settle(b.Context(), &row, ledger.Settlement{Attempt: id, Try: outcome.Try{Answer: outcome.Answer{Kind: outcome.Accepted, MessageID: "1"}}}); err != nil {
			b.Fatal(err)
		}
	}
}

func perRow(b *testing.B, rows int) {
	b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/float64(rows), "ns/row")
}

func benchFile(b *testing.B, rows int) string {
	b.Helper()
	path := filepath.Join(b.TempDir(), "audience.csv")
	file, err := os.Create(path)
	if err != nil {
		b.Fatal(err)
	}
	defer file.Close()
	w := bufio.NewWriter(file)
	fmt.Fprintln(w, "phone,prenom,code,ville")
	for i := range rows {
		fmt.Fprintf(w, "06 1%d %02d %02d %02d,Zoé,P%07d,Orléans\n", i/1_000_000, i/10_000%100, i/100%100, i%100, i)
	}
	if err := w.Flush(); err != nil {
		b.Fatal(err)
	}
	return path
}

func checkFile(b *testing.B, path string, sink func(record.Row) error) {
	b.Helper()
	file, err := audience.Open(path, audience.Options{})
	if err != nil {
		b.Fatal(err)
	}
	defer file.Close()
	message, settings := sendingtest.Welcome(b), record.Settings{Country: "FR"}
	columns, _ := plan.MapColumns(file.Header(), message, settings, nil)
	check := &plan.Check{Message: message, Campaign: "bench", Settings: settings, Columns: columns, Header: file.Header()}
	report, err := check.Run(b.Context(), file.Rows(), func(row plan.Judged) error { return sink(row.Row) })
	if err != nil || report.Sendable != report.Rows {
		b.Fatalf("%+v, %v", report, err)
	}
}

func planFile(b *testing.B, path string) (*ledger.Ledger, record.Campaign) {
	b.Helper()
	book, err := sqlite.Open(b.Context(), filepath.Join(b.TempDir(), "ledger.db"))
	if err != nil {
		b.Fatal(err)
	}
	staging, err := book.Stage(b.Context(), "bench")
	if err != nil {
		b.Fatal(err)
	}
	checkFile(b, path, func(row record.Row) error { return staging.Add(b.Context(), row) })
	message, err := json.Marshal(sendingtest.Welcome(b))
	if err != nil {
		b.Fatal(err)
	}
	planned, err := staging.Publish(b.Context(), record.Campaign{Name: "bench", Definition: record.Definition{Message: message}}, nil)
	if err != nil {
		b.Fatal(err)
	}
	return book, planned
}

// BenchmarkVerify audits campaigns of which every row was accepted at the first try.
func BenchmarkVerify(b *testing.B) {
	for _, rows := range benchSizes {
		b.Run(fmt.Sprint(rows), func(b *testing.B) {
			book, planned := acceptedAll(b, rows)
			defer book.Close()
			for b.Loop() {
				v, err := audit.Campaign(b.Context(), book, planned, audit.Options{})
				if err != nil || len(v.Findings) > 0 || v.Rows != rows {
					b.Fatalf("%d rows, %v, %v", v.Rows, v.Findings[:min(len(v.Findings), 5)], err)
				}
			}
			perRow(b, rows)
		})
	}
}

// acceptedAll is a ledger with a campaign as a run leaves it to which everything was accepted.
func acceptedAll(b *testing.B, rows int) (*ledger.Ledger, record.Campaign) {
	b.Helper()
	book, planned := planFile(b, benchFile(b, rows))
	db, err := sql.Open("sqlite", book.Path())
	if err != nil {
		b.Fatal(err)
	}
	_, err = db.Exec(`INSERT INTO runs (id, campaign, command, flags, started_at, pid, person, computer, version)
			VALUES (1, 'bench', 'send', '', 1, 1, '', '', '');
		INSERT INTO attempts (row_id, run_id, pace_key, key, began_at, deadline_at, answered_at, kind)
			SELECT id, 1, 'bench', key, 1000 * id, 1000 * id + 30000, 1000 * id + 200, 'accepted' FROM rows;
		UPDATE rows SET status = 'sent', attempts = 1, tried_at = 1000 * id, sent_at = 1000 * id + 200, message_id = id, contact_id = id;`)
	if err := errors.Join(err, db.Close()); err != nil {
		b.Fatal(err)
	}
	planned.CreatedAt = time.UnixMilli(1)
	planned.Kind, planned.Of, planned.Fields = "template", "77", []string{"prenom", "code"}
	planned.Settings.Country, planned.File.Header = "FR", []string{"phone", "prenom", "code", "ville"}
	return book, planned
}
