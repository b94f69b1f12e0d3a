package audience_test

import (
	"os"
	"path/filepath"
	"slices"
	"testing"

	"kanal-campaign/campaign/audience"
)

func TestLikelyHeaders(t *testing.T) {
	for name, tc := range map[string]struct {
		text string
		want []int
	}{
		"a title with delimiters":  {"Export clients;;\n;;\nphone;prenom;code\n0612345678;Zoé;A1\n", []int{3}},
		"a title without":          {"Export clients\nphone;prenom;code\n0612345678;Zoé;A1\n", []int{2}},
		"several, and blank lines": {"Rapport\nAu 01/06/2026\n\n\nphone;prenom\n0612345678;Zoé\n", []int{5}},
		"parameters above":         {"Date;01/06/2026\nAuteur;Claire\nPhone;Prénom\n0612345678;Zoé\n", []int{3, 2}},
		"none":                     {"phone;prenom\n0612345678;Zoé\n0612345679;Léa\n", nil},
		"a column without a name":  {"Export\nphone;;code\n0612345678;Zoé;A1\n", nil},
		"nothing below":            {"Export\nphone;prenom\n", nil},
		"empty":                    {"", nil},
	} {
		t.Run(name, func(t *testing.T) {
			path := filepath.Join(t.TempDir(), "a.csv")
			if err := os.WriteFile(path, []byte(tc.text), 0o600); err != nil {
				t.Fatal(err)
			}
			got := audience.LikelyHeaders(path, audience.Options{})
			if !slices.Equal(got, tc.want) {
				t.Fatalf("got %d, want %d", got, tc.want)
			}
			for _, row := range got {
				file, err := audience.Open(path, audience.Options{HeaderRow: row})
				if err != nil || file.HeaderRow() != row {
					t.Fatalf("row %d: %v", row, err)
				}
				file.Close()
			}
		})
	}
}

// The rows below a header further down keep their numbers.
func TestHeaderRow(t *testing.T) {
	f, rows, err := readAll(t, "Export;;\n\n;;\nphone;prenom;code\n\n0612345678;Zoé;A1\n", audience.Options{HeaderRow: 4})
	if err != nil || f.HeaderRow() != 4 || f.Header()[0] != "phone" || len(rows) != 1 || rows[0].Number != 6 {
		t.Errorf("%v, %d, %q, %+v", err, f.HeaderRow(), f.Header(), rows)
	}
}

func TestRepeated(t *testing.T) {
	header := []string{"phone", "Notes", "notes", " Notes ", "", ""}
	for name, want := range map[string]string{"Notes": "Notes (B, D)", "notes": "", "phone": "", "": "", "x": ""} {
		if got := audience.Repeated(name, header); got != want {
			t.Errorf("%q: %q, want %q", name, got, want)
		}
	}
	if _, _, ok := audience.Match("Notes", header); ok {
		t.Error("a name of two columns is taken for one")
	}
	if i, exact, ok := audience.Match("notes", header); !ok || !exact || i != 2 {
		t.Error("a name of one column:", i, exact, ok)
	}
}
