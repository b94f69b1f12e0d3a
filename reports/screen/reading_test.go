package screen

import (
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"kanal-campaign/campaign/text"
	"kanal-campaign/reports/words"
)

// A file that is read in a moment shows nothing; a longer one shows one line, which is gone in the end.
func TestReading(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		screen := &terminal{}
		r := NewReading(Plain(screen), "novembre.csv", ProgressOptions{Terminal: true, Width: 40})
		r.Row()
		time.Sleep(900 * time.Millisecond)
		synctest.Wait()
		if got := screen.String(); got != "" {
			t.Errorf("a moment shows %q", got)
		}
		for range 411_999 {
			r.Row()
		}
		time.Sleep(10 * time.Second)
		synctest.Wait()
		if got := screen.visible(); len(got) != 1 || got[0] != "Reading novembre.…: 412,000 rows so far" {
			t.Errorf("%q", got)
		}
		if n := strings.Count(screen.String(), "\n"); n > 0 {
			t.Errorf("%d lines", n)
		}
		r.Close()
		r.Close()
		if got := screen.visible(); len(got) != 1 || got[0] != "" {
			t.Errorf("%q is left", got)
		}
		quick := &terminal{}
		NewReading(Plain(quick), "a.csv", ProgressOptions{Terminal: true}).Close()
		if got := quick.String(); got != "" {
			t.Errorf("nothing was drawn, and %q is written to clear it", got)
		}
	})
}

// Nothing is shown where nobody looks, or wants to.
func TestReadingIsSilent(t *testing.T) {
	for name, o := range map[string]ProgressOptions{"a pipe": {}, "quiet": {Terminal: true, Quiet: true},
		"plain": {Terminal: true, Plain: true}} {
		synctest.Test(t, func(t *testing.T) {
			screen := &terminal{}
			r := NewReading(Plain(screen), "novembre.csv", o)
			r.Row()
			time.Sleep(time.Minute)
			r.Close()
			if got := screen.String(); got != "" {
				t.Errorf("%s shows %q", name, got)
			}
		})
	}
}

func TestReadingLine(t *testing.T) {
	for want, got := range map[string]string{
		"Reading a.csv: 1 row so far": readingLine(words.English(), "a.csv", 1, 79),
		"Reading a.xlsx…":             readingLine(words.English(), "a.xlsx", 0, 79),
		"Reading a b.csv…":            readingLine(words.English(), "a\tb\x1b[2J.csv", 0, 79),
		"Reading …: 1,000,0…":         readingLine(words.English(), "novembre.csv", 1_000_000, 19),
	} {
		if got != want || text.Columns(got) > 79 {
			t.Errorf("%q, want %q", got, want)
		}
	}
}
