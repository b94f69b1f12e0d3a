package cli_test

import (
	"encoding/csv"
	"maps"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"kanal-campaign/kanal/sandbox"
)

// numberCases are files whose numbers are wrong in ways that people really have: by row, the code and what is proposed.
var numberCases = []struct {
	file, country string
	want          map[string]string // row → code and proposed fix, of every row that has an error
	sent          []string          // what leaves with --skip-invalid --accept-possible
}{
	{"n03_ci_bj_old.csv", "", map[string]string{
		"2": "phone-renumbered +2250707123456", "3": "phone-renumbered +2250758123456", "4": "phone-renumbered +2290197123456",
		"5": "phone-renumbered +2250707123457", "6": "phone-renumbered +2290197123457",
	}, []string{"2250707123456", "2290197123456"}},
	{"n03_ci_bj_old.csv", "FR", map[string]string{
		"2": "phone-renumbered +2250707123456", "3": "phone-renumbered +2250758123456", "4": "phone-renumbered +2290197123456",
		"5": "phone-foreign-digits", "6": "phone-foreign-digits",
	}, []string{"2250707123456", "2290197123456"}},
	{"n04_minus.csv", "FR", map[string]string{"2": "phone-negative"}, nil},
	{"n07_wrong_fix.csv", "FR", map[string]string{"2": "phone-too-long", "3": "phone-too-long"}, nil},
	{"n08_mexico_044.csv", "MX", map[string]string{
		"2": "phone-former-prefix +525512345678", "3": "phone-former-prefix +525512345678",
	}, []string{"525512345678", "525512345679", "525512345670"}},
	{"n09_reunion_0709.csv", "FR", map[string]string{
		"2": "phone-overseas +262709201234", "3": "phone-overseas +262692123456",
	}, []string{"33612345678", "33612345679", "33612345670"}},
	{"n10_doubled_digit.csv", "FR", map[string]string{"2": "phone-too-long"}, []string{"33612345678", "33612345679"}},
}

func TestNumbersOfRealFiles(t *testing.T) {
	t.Parallel()
	for _, tc := range numberCases {
		t.Run(tc.file+" "+tc.country, func(t *testing.T) {
			w := newWorld(t, sandbox.Options{})
			path := w.write("numbers.csv", caseOf(t, tc.file))
			flags := []string{"--template", "welcome"}
			if tc.country != "" {
				flags = append(flags, "--country", tc.country)
			}
			for _, flag := range []string{"--skip-invalid", "--accept-possible"} { // neither makes an error good
				if got := w.run(append([]string{"check", path, flag}, flags...)...); got.code != 0 && got.code != 4 {
					t.Errorf("with %s: exit code %d\n%s%s", flag, got.code, got.out, got.err)
				}
				if found := w.numberErrors("numbers.problems.csv"); !maps.Equal(found, tc.want) {
					t.Errorf("with %s: got %v, want %v", flag, found, tc.want)
				}
			}
			w.write("part.csv", withoutRows(caseOf(t, tc.file), tc.want))
			if tc.sent == nil {
				return
			}
			send := []string{"send", filepath.Join(w.dir, "part.csv"), "--yes", "--rate", "6000", "--accept-possible"}
			w.run(append(send, flags...)...).want(t, 0)
			for _, digits := range tc.sent {
				w.acceptedFor(digits)
			}
			if n := len(w.kanal.Accepted()); n != len(tc.sent) {
				t.Errorf("%d were messaged, want %d", n, len(tc.sent))
			}
		})
	}
}

// What Excel computed is shown both ways, and no fix is proposed.
func TestComputedNumberIsAQuestion(t *testing.T) {
	w := newWorld(t, sandbox.Options{})
	path := w.write("minus.csv", caseOf(t, "n04_minus.csv"))
	got := w.run("check", path, "--template", "welcome", "--country", "FR", "--format", "json").want(t, 4)
	if !strings.Contains(got.out, `"+33612345645"`) || !strings.Contains(got.out, `"+33612345678"`) || strings.Contains(got.out, `"fix"`) {
		t.Errorf("the readings are not told:\n%s", got.out)
	}
}

func caseOf(t *testing.T, name string) string {
	t.Helper()
	content, err := os.ReadFile(filepath.Join("testdata", "cases", name))
	if err != nil {
		t.Fatal(err)
	}
	return string(content)
}

// withoutRows leaves out the rows of a case that has one line for each.
func withoutRows(content string, rows map[string]string) string {
	var kept strings.Builder
	n := 0
	for line := range strings.Lines(content) {
		n++
		if _, out := rows[strconv.Itoa(n)]; !out {
			kept.WriteString(line)
		}
	}
	return kept.String()
}

// numberErrors reads a problems file: by row, the code and what is to be written instead, "" for advice in words.
func (w *world) numberErrors(name string) map[string]string {
	w.t.Helper()
	lines, err := csv.NewReader(strings.NewReader(strings.TrimPrefix(w.read(name), "\ufeff"))).ReadAll()
	if err != nil {
		w.t.Fatal(err)
	}
	found := map[string]string{}
	for _, line := range lines[1:] {
		if line[6] != "error" {
			continue
		}
		found[line[0]] = line[2]
		if fix := strings.TrimPrefix(line[5], "'"); strings.HasPrefix(fix, "+") {
			found[line[0]] += " " + fix
		}
	}
	return found
}
