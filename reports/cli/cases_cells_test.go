package cli_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"kanal-campaign/kanal/sandbox"
)

// The user's own columns come through results, fixed files, verify and a rebuilt ledger with every quotation mark and every line
// break of a cell as it was.
func TestCellsOfTheUserStayAsTheyWere(t *testing.T) {
	for name, tc := range map[string]struct {
		content string
		want    []string // of the results
	}{
		"CRLF": {"phone;prenom;code;size;address\r\n0612345678;Zoé;A1;Écran 24\";\"1 rue X\r\n75001 Paris\"\r\n" +
			"0612345679;\"Luc\" ;\"A2\" ;36°13'09\"N;\"a\rb\nc\r\r\nd\r\"\r\n",
			[]string{"\r\n0612345678;Zoé;A1;\"Écran 24\"\"\";\"1 rue X\r\n75001 Paris\";sent;",
				"\r\n0612345679;Luc;A2;\"36°13'09\"\"N\";\"a\rb\nc\r\r\nd\r\";sent;"}},
		"CR": {"phone;prenom;code;size;address\r0612345678;Zoé;A1;24\";\"1 rue X\r75001 Paris\"\r0612345679;Luc;A2;1;\"a\r\nb\nc\"\r",
			[]string{"\r0612345678;Zoé;A1;\"24\"\"\";\"1 rue X\r75001 Paris\";sent;", "\r0612345679;Luc;A2;1;\"a\r\nb\nc\";sent;"}},
		"LF": {"phone;prenom;code;size;address\n0612345678;Zoé;A1;24\";\"1 rue X\r\n75001 Paris\"\n0612345679;Luc;A2;1;\"a\nb\"\n",
			[]string{"\n0612345678;Zoé;A1;\"24\"\"\";\"1 rue X\r\n75001 Paris\";sent;", "\n0612345679;Luc;A2;1;\"a\nb\";sent;"}},
	} {
		t.Run(name, func(t *testing.T) {
			w := newWorld(t, sandbox.Options{})
			w.send(w.write("lines.csv", tc.content)).want(t, 0)
			results := w.read("lines.results.csv")
			for _, row := range tc.want {
				if !strings.Contains(results, row) {
					t.Errorf("%q is not in the results: %q", row, results)
				}
			}
			w.run("verify", "lines").want(t, 0)

			w.env["XDG_STATE_HOME"] = filepath.Join(w.dir, "another")
			w.run("resume", "--from", filepath.Join(w.dir, "lines.results.csv"), "--template", "welcome", "--country", "FR", "--yes").want(t, 0)
			w.run("verify", "lines").want(t, 0)
			if n := len(w.kanal.Accepted()); n != 2 {
				t.Errorf("%d messages", n)
			}
		})
	}
	w := newWorld(t, sandbox.Options{})
	path := w.write("fix.csv", "phone,prenom,code,note\r\n0612345678,\"Zoé\r\nMartin\",A1,\"a\r\nb\rc\"\r\n")
	fixed := filepath.Join(w.dir, "fixed.csv")
	w.run("check", path, "--template", "welcome", "--country", "FR", "--fix", "-o", fixed).want(t, 0)
	if got := w.read("fixed.csv"); got != "phone,prenom,code,note\r\n0612345678,Zoé Martin,A1,\"a\r\nb\rc\"\r\n" {
		t.Errorf("fixed: %q", got)
	}
	content, err := os.ReadFile(path)
	if err != nil || !strings.Contains(string(content), "Zoé\r\nMartin") {
		t.Errorf("%q, %v", content, err)
	}
}
