package reports

import (
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"

	"kanal-campaign/campaign"
	"kanal-campaign/campaign/audience"
	"kanal-campaign/campaign/ledger"
	"kanal-campaign/campaign/outcome"
)

// Our own results are replaced, also after an update has changed them; whatever else has the name is kept.
func TestForeignFilesAreKept(t *testing.T) {
	l, dir := openLedger(t), t.TempDir()
	c := everyStatusIn(t, l, dir, audience.Dialect{Delimiter: ',', Encoding: audience.UTF8, Ending: "\n"})
	wanted := filepath.Join(dir, "novembre.results.csv")
	write := func(mode Mode) ResultsFile {
		t.Helper()
		file, err := WriteResults(t.Context(), l, c, mode)
		if err != nil {
			t.Fatal(err)
		}
		return file
	}
	for range 2 {
		if file := write(Live); file.Path != wanted || file.Foreign {
			t.Fatalf("our own file: %+v", file)
		}
	}
	ours, err := os.ReadFile(wanted)
	if err != nil {
		t.Fatal(err)
	}
	otherKey := strings.ReplaceAll(string(ours), idOf(3).String(), idOf(77).String())
	otherID := strings.ReplaceAll(string(ours), "987654", "111111")
	for name, text := range map[string]string{
		"text": "hello", "empty": "", "csv": "phone,name\n0612345678,Zoé\n", "other campaign": otherKey, "lost ledger": otherID,
		"binary": "PK\x03\x04",
	} {
		if err := os.WriteFile(wanted, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		file := write(Live)
		if file.Path != filepath.Join(dir, "novembre.results-2.csv") || !file.Foreign || file.Wanted != wanted {
			t.Errorf("%s: %+v", name, file)
		}
		if kept, err := os.ReadFile(wanted); err != nil || string(kept) != text {
			t.Errorf("%s was not kept: %q, %v", name, kept, err)
		}
	}
	if err := os.Remove(wanted); err != nil {
		t.Fatal(err)
	}
	if err := os.Mkdir(wanted, 0o700); err != nil {
		t.Fatal(err)
	}
	if file := write(Live); !file.Foreign {
		t.Errorf("a folder: %+v", file)
	}
	left, err := filepath.Glob(filepath.Join(dir, ".kanal-*"))
	if err != nil || len(left) > 0 {
		t.Errorf("left behind: %q, %v", left, err)
	}
}

// A rehearsal starts over with other message ids under the same keys; its results are replaced all the same.
func TestRehearsalsReplaceTheirResults(t *testing.T) {
	dir := t.TempDir()
	for range 2 {
		l := openLedger(t)
		c := publish(t, l, "n", dir, audience.Dialect{}, []string{"phone"}, plannedRow(2, "06"))
		attempt(t, l, c, 2, accepted(strconv.FormatInt(time.Now().UnixNano(), 10)))
		if file, err := WriteResults(t.Context(), l, c, Sandbox); err != nil || file.Foreign {
			t.Errorf("%+v, %v", file, err)
		}
	}
}

func TestRenewedKeysAreStillOurs(t *testing.T) {
	l, dir := openLedger(t), t.TempDir()
	message := campaign.TemplateMessage(template())
	first := plannedRow(2, "06")
	keyOf := func(generation int) uuid.UUID {
		return message.Recipe("n", first.Phone, first.Values, generation).Key()
	}
	first.Key = keyOf(0)
	c := publish(t, l, "n", dir, audience.Dialect{}, []string{"phone"}, first)
	attempt(t, l, c, 2, outcome.Answer{Kind: outcome.Refusal, Cause: "refused", Text: "no"})
	if _, err := WriteResults(t.Context(), l, c, Live); err != nil {
		t.Fatal(err)
	}
	all := func(ledger.Row) bool { return true }
	if n, err := l.Renew(t.Context(), c.ID, all, func(r ledger.Row) uuid.UUID { return keyOf(r.Generation) }); n != 1 || err != nil {
		t.Fatal(n, err)
	}
	if file, err := WriteResults(t.Context(), l, c, Live); err != nil || file.Foreign {
		t.Errorf("%+v, %v", file, err)
	}
}

// Our results are ours in any dialect, also where another delimiter seems likelier, the encoding cannot be found from the
// bytes, or its text did not fit.
func TestResultsOfAnyDialectAreOurs(t *testing.T) {
	commas := "a, b" + strings.Repeat(", c", 40)
	for name, test := range map[string]struct {
		dialect audience.Dialect
		header  []string
	}{
		"commas in semicolons": {audience.Dialect{Delimiter: ';', Encoding: audience.UTF8, Ending: "\r\n"}, []string{"phone", commas}},
		"macroman":             {audience.Dialect{Delimiter: ',', Encoding: audience.MacRoman, Ending: "\r"}, []string{"téléphone", "prénom"}},
		"unencodable": {audience.Dialect{Delimiter: '|', Encoding: audience.Windows1252, Ending: "\n"},
			[]string{"phone", commas + " 日本"}},
		"utf16 without a mark": {audience.Dialect{Delimiter: '\t', Encoding: audience.UTF16BE, Ending: "\n"}, []string{"phone", "日本"}},
	} {
		t.Run(name, func(t *testing.T) {
			l, dir := openLedger(t), t.TempDir()
			c := publish(t, l, "n", dir, test.dialect, test.header, plannedRow(2, "06", commas))
			for range 2 {
				if file, err := WriteResults(t.Context(), l, c, Live); err != nil || file.Foreign {
					t.Fatalf("%+v, %v", file, err)
				}
			}
		})
	}
}

func TestResultsInAnotherDialectSinceAnUpdateAreOurs(t *testing.T) {
	l, dir := openLedger(t), t.TempDir()
	c := publish(t, l, "n", dir, audience.Dialect{Delimiter: ';', Encoding: audience.Windows1252, Ending: "\r\n"}, []string{"phone", "prénom"},
		plannedRow(2, "06", "Zoé"))
	for range 2 {
		if file, err := WriteResults(t.Context(), l, c, Live); err != nil || file.Foreign {
			t.Errorf("%+v, %v", file, err)
		}
		c.File.Dialect = audience.Dialect{Delimiter: ',', Encoding: audience.UTF16LE, BOM: true, Ending: "\n"}
	}
}
