package record_test

import (
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/uuid"

	"kanal-campaign/campaign/audience"
	"kanal-campaign/campaign/outcome"
	"kanal-campaign/campaign/record"
)

// Our own results are replaced, also after an update has changed them; whatever else has the name is kept.
func TestForeignFilesAreKept(t *testing.T) {
	s := everyStatus(t, csv)
	rows := slices.DeleteFunc(rowsIn(t, s), func(row record.Row) bool { return !row.ForgottenAt.IsZero() })
	s.Rows, s.Outcomes = all(rows), all(rows)
	wanted := filepath.Join(s.Dir, "novembre.results.csv")
	for range 2 {
		if file := write(t, s); file.Path != wanted || file.Foreign {
			t.Fatalf("our own file: %+v", file)
		}
	}
	ours, err := os.ReadFile(wanted)
	if err != nil {
		t.Fatal(err)
	}
	otherKey := strings.ReplaceAll(string(ours), idOf(3).String(), idOf(77).String())
	otherID := strings.ReplaceAll(string(ours), "987654", "111111")
	for name, content := range map[string]string{
		"text": "hello", "empty": "", "csv": "phone,name\n0612345678,Zoé\n", "other campaign": otherKey, "lost ledger": otherID,
		"binary": "PK\x03\x04",
	} {
		if err := os.WriteFile(wanted, []byte(content), 0o600); err != nil {
			t.Fatal(err)
		}
		file := write(t, s)
		if file.Path != filepath.Join(s.Dir, "novembre.results-2.csv") || !file.Foreign || file.Wanted != wanted {
			t.Errorf("%s: %+v", name, file)
		}
		if kept, err := os.ReadFile(wanted); err != nil || string(kept) != content {
			t.Errorf("%s was not kept: %q, %v", name, kept, err)
		}
	}
	if err := errors.Join(os.Remove(wanted), os.Mkdir(wanted, 0o700)); err != nil {
		t.Fatal(err)
	}
	if file := write(t, s); !file.Foreign {
		t.Errorf("a folder: %+v", file)
	}
	left, err := filepath.Glob(filepath.Join(s.Dir, ".kanal-*"))
	if err != nil || len(left) > 0 {
		t.Errorf("left behind: %q, %v", left, err)
	}
}

// A rehearsal starts over with other message ids under the same keys; its results are replaced all the same.
func TestRehearsalsReplaceTheirResults(t *testing.T) {
	dir := t.TempDir()
	for _, id := range []string{"1", "2"} {
		s := sourceOf(t, csv, []string{"phone"}, tried(planned(2, "06"), accepted(id)))
		s.Dir, s.Rehearsed = dir, true
		if file := write(t, s); file.Foreign {
			t.Errorf("%+v", file)
		}
	}
}

// Results with the keys that rows had before retry --new-key are ours.
func TestRenewedKeysAreStillOurs(t *testing.T) {
	row := tried(planned(2, "06"), outcome.Answer{Kind: outcome.Refusal, Cause: "refused", Text: "no"})
	s := sourceOf(t, csv, []string{"phone"}, row)
	write(t, s)
	former := row.Key
	row.Key, row.Generation = idOf(99), 1
	s.Rows, s.Outcomes = all([]record.Row{row}), all([]record.Row{row})
	s.FormerKeys = func(record.Row) []uuid.UUID { return []uuid.UUID{former} }
	if file := write(t, s); file.Foreign {
		t.Errorf("%+v", file)
	}
}

// A person who was forgotten after the file was written has no key in the ledger any more.
func TestResultsOfForgottenPeopleAreOurs(t *testing.T) {
	row := tried(planned(2, "06"), accepted("1"))
	s := sourceOf(t, csv, []string{"phone"}, row)
	write(t, s)
	row.Key, row.Phone, row.MessageID, row.Cells, row.ForgottenAt = uuid.Nil, "", "", nil, began
	s.Rows, s.Outcomes = all([]record.Row{row}), all([]record.Row{row})
	for range 2 { // the second takes the place of what the first has written
		if file := write(t, s); file.Foreign {
			t.Errorf("%+v", file)
		}
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
			s := sourceOf(t, test.dialect, test.header, planned(2, "06", commas))
			for range 2 {
				if file := write(t, s); file.Foreign {
					t.Fatalf("%+v", file)
				}
			}
		})
	}
}

func TestResultsInAnotherDialectSinceAnUpdateAreOurs(t *testing.T) {
	s := sourceOf(t, audience.Dialect{Delimiter: ';', Encoding: audience.Windows1252, Ending: "\r\n"}, []string{"phone", "prénom"},
		planned(2, "06", "Zoé"))
	for range 2 {
		if file := write(t, s); file.Foreign {
			t.Errorf("%+v", file)
		}
		s.Dialect = audience.Dialect{Delimiter: ',', Encoding: audience.UTF16LE, BOM: true, Ending: "\n"}
	}
}
