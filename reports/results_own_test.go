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
		"text": "hello", "empty": "", "csv": "phone,name\n0612345678,Zoé\n", "other campaign": otherKey, "lost ledger": otherID, "binary": "PK\x03\x04",
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
