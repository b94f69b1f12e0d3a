package htmlreport

import (
	"bytes"
	"database/sql"
	"fmt"
	"strings"
	"testing"

	"kanal-campaign/campaign/outcome"
	"kanal-campaign/campaign/record"
	"kanal-campaign/reports/screen"
	"kanal-campaign/reports/words"
)

// large is a campaign of so many rows, of which every nth is refused and every mth in doubt, with an attempt each.
func large(t testing.TB, rows, nth, mth int) *book {
	t.Helper()
	b := newBook(t)
	all := func(yield func(record.Row) bool) {
		for i := range rows {
			r := planned(i+2, fmt.Sprintf("336%08d", i), "Zoé")
			r.State.Status, r.Attempts = outcome.Sent, 1
			switch {
			case i%nth == 0:
				r.State.Status, r.State.Cause, r.ErrorCode = outcome.Rejected, "not-on-whatsapp", "131026"
			case i%mth == 0:
				r.State.Status, r.State.Cause = outcome.Unknown, "timeout"
			}
			if !yield(r) {
				return
			}
		}
	}
	b.publish("large", order(), record.Settings{}, all)
	b.begin("send", "", "marketing", "PORTABLE-12")
	db, err := sql.Open("sqlite", b.l.Path())
	b.must(err)
	defer db.Close()
	_, err = db.Exec(`INSERT INTO attempts (row_id, run_id, pace_key, key, began_at, deadline_at, answered_at, kind)
		SELECT id, ?, 'x', key, ? + 1000 * seq, 0, 0, 'accepted' FROM rows`, b.run.ID, b.now.UnixMilli())
	b.must(err)
	return b
}

// Beyond ten thousand rows only those that somebody has to look at are listed, as many at the most, and the page says so.
func TestTooManyToList(t *testing.T) {
	b := large(t, 10_001, 1000, 9999)
	db, err := sql.Open("sqlite", b.l.Path())
	b.must(err)
	defer db.Close()
	for _, test := range []struct {
		change string
		listed int
		says   string
	}{
		{"", 12, words.English().ReportTooMany(10_001) + " " + words.English().ReportAttention(12)},
		{"UPDATE rows SET status = 'unknown'", 10_000, words.English().ReportCut(10_001, "10,000")},
		{"DELETE FROM rows WHERE seq = 1", 10_000, words.English().ReportAll(10_000)},
	} {
		_, err := db.Exec(test.change)
		b.must(err)
		page := string(b.render(screen.OverviewOptions{}))
		_, list, _ := strings.Cut(page, `<table id="people">`)
		if n := strings.Count(list, "<tr><th scope=\"row\" class=\"number\">"); n != test.listed || !strings.Contains(page, test.says) {
			t.Errorf("%q: %d are listed, and it does not say %q", test.change, n, test.says)
		}
		if strings.Contains(list, `<td class="outcome">accepted by Kanal</td>`) {
			t.Error("one that was accepted is listed")
		}
	}
}

// A million rows: go test -run '^$' -bench Million -benchtime 1x
func BenchmarkMillionRows(b *testing.B) {
	book := large(b, 1_000_000, 50, 1000)
	for b.Loop() {
		var out bytes.Buffer
		book.must(Render(&out, book.overview(screen.OverviewOptions{})))
		b.ReportMetric(float64(out.Len())/1e6, "MB")
	}
}
