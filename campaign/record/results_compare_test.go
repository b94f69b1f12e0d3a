package record_test

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"kanal-campaign/campaign/problem"
	"kanal-campaign/campaign/record"
)

// german says everything otherwise than french.
type german struct{}

func (german) Problem(p problem.Problem) (wrong, fix string)       { return "falsch", "ändern" }
func (german) LeftOut(cause string, _ int, _ record.Detail) string { return "ausgelassen" }
func (german) Cause(cause string) string                           { return "Grund" }
func (german) MessagedOther(string) string                         { return "anderswohin" }
func (german) ForgottenAt(time.Time) string                        { return "vergessen" }

// Results hold in whatever language they were written, but for what they tell in codes and in Kanal's own words.
func TestResultsHoldInAnyLanguage(t *testing.T) {
	s := everyStatus(t, csv)
	file, err := s.WriteResults(t.Context(), german{})
	if err != nil {
		t.Fatal(err)
	}
	compared, err := s.CompareResults(file.Path)
	if err != nil || compared.Rows != 11 || compared.Forgotten != 1 || len(compared.Found) > 0 {
		t.Fatalf("%+v, %v", compared, err)
	}
	content, err := os.ReadFile(file.Path)
	if err != nil {
		t.Fatal(err)
	}
	for want, edit := range map[string][2]string{
		"altered error timeout":                            {",timeout,", ",Zeit,"},
		"altered cause duplicate":                          {",duplicate,", ",double,"},
		"altered doubt_since 2026-11-03T10:42:00Z":         {"2026-11-03T10:42:00Z", "2026-11-03T10:43:00Z"},
		"altered error_code phone-two | value-sheet-error": {"phone-two | value-sheet-error", "phone-two"},
	} {
		path := filepath.Join(s.Dir, "edited.csv")
		edited := strings.Replace(string(content), edit[0], edit[1], 1)
		if err := os.WriteFile(path, []byte(edited), 0o600); err != nil || edited == string(content) {
			t.Fatal(want, err)
		}
		compared, err := s.CompareResults(path)
		var found []string
		for _, d := range compared.Found {
			found = append(found, fmt.Sprintf("%s %s %s", d.Kind, d.Column, d.Ledger))
		}
		if err != nil || !slices.Equal(found, []string{want}) {
			t.Errorf("found %q, %v, want %s", found, err, want)
		}
	}
}
