package cli_test

import (
	"encoding/json"
	"slices"
	"strings"
	"testing"

	"golang.org/x/text/encoding/charmap"

	"kanal-campaign/kanal/sandbox"
)

// encodingCases are files whose bytes speak for another encoding than Windows-1252: what is proposed, and whom it greets.
var encodingCases = []struct {
	name, content, encoding string
	want                    []string // names, as they are sent with the first answer
}{
	{"cp850", "", "cp850", []string{"Zoé", "Hélène"}},
	{"Excel for Mac", "", "macroman", []string{"Zoé", "Hélène"}},
	{"cp1250", "", "windows-1250", []string{"Łukasz", "Grażyna"}},
	{"a mangled header", "phone;Pr\x8enom;code\r0612345678;Ga\x91l;A1\r", "macroman", []string{"Gaël"}},
	{"a mangled header alone", "phone;Pr\x8enom;code\r0612345678;Luc;A1\r", "macroman", []string{"Luc"}},
	{"capitals", "phone;PR\x90NOM;code\n0612345678;FRAN\x80OIS;A1\n", "cp850", []string{"FRANÇOIS"}},
	{"Czech", "phone;prenom;code\n+420601123456;Ji\xf8\xed;A1\n+420601123457;V\xecra;A1\n", "windows-1250", []string{"Jiří", "Věra"}},
}

func TestEncodingIsAskedAbout(t *testing.T) {
	files := map[string]string{"cp850": "c14_cp850.csv", "Excel for Mac": "c15_macroman.csv", "cp1250": "c16_cp1250.csv"}
	for _, tc := range encodingCases {
		t.Run(tc.name, func(t *testing.T) {
			w := newWorld(t, sandbox.Options{})
			content := tc.content
			if file, is := files[tc.name]; is {
				content = caseOf(t, file)
			}
			path := w.write("people.csv", content)
			flags := []string{path, "--template", "welcome", "--country", "FR"}
			w.send(path).want(t, 5)
			w.send(path, "--skip-invalid", "--accept-possible").want(t, 5)
			got := w.run(append([]string{"check", "--format", "json"}, flags...)...).want(t, 5)
			var told struct {
				Encoding string
				Problems []struct {
					Code    string
					Answers []struct{ Flag, Value string }
				}
			}
			if err := json.Unmarshal([]byte(got.out), &told); err != nil {
				t.Fatal(err)
			}
			if len(told.Problems) != 1 || told.Problems[0].Code != "encoding-open" || told.Encoding != tc.encoding {
				t.Fatalf("%s", got.out)
			}
			answers := told.Problems[0].Answers
			if len(answers) != 2 || answers[0].Flag != "--encoding" || answers[0].Value != tc.encoding || answers[1].Value != "windows-1252" {
				t.Errorf("%+v", answers)
			}
			if n := len(w.kanal.Accepted()); n != 0 {
				t.Fatalf("%d messages before the answer", n)
			}

			command := proposedFirst(t, w.run(append([]string{"check"}, flags...)...).want(t, 5).out)
			w.run(append(command, "--yes", "--rate", "6000")...).want(t, 0)
			var names []string
			for _, a := range w.kanal.Accepted() {
				names = append(names, a.Variables["prenom"])
			}
			slices.Sort(names)
			want := slices.Clone(tc.want)
			slices.Sort(want)
			if !slices.Equal(names, want) {
				t.Errorf("sent %q, want %q", names, want)
			}
			w.run("verify", "people").want(t, 0)
			w.env["XDG_STATE_HOME"] += "-lost"
			w.run("resume", "--from", path[:len(path)-4]+".results.csv", "--template", "welcome", "--country", "FR", "--yes").want(t, 0)
		})
	}
}

// proposedFirst is the first command that a screen proposes, without the program.
func proposedFirst(t *testing.T, out string) []string {
	t.Helper()
	out = strings.ReplaceAll(out, "\\\n", " ")
	for line := range strings.Lines(out) {
		if words := strings.Fields(line); len(words) > 0 && words[0] == "kanal-campaign" {
			return words[1:]
		}
	}
	t.Fatalf("nothing is proposed:\n%s", out)
	return nil
}

// Whatever is answered, or where there is nothing to ask, a check goes on.
func TestEncodingIsNotAskedAbout(t *testing.T) {
	french, err := charmap.Windows1252.NewEncoder().String("phone;prénom;code\n0612345678;Hélène;L’été\n0612345679;Œuvrard;20 €\n")
	if err != nil {
		t.Fatal(err)
	}
	for name, content := range map[string]string{"Windows-1252": french, "UTF-8": "phone;prenom;code\n0612345678;PrŽnom;A\n", "ASCII": "phone;prenom;code\n0612345678;Luc;A\n"} {
		w := newWorld(t, sandbox.Options{})
		if got := w.run("check", w.write("people.csv", content), "--template", "welcome", "--country", "FR"); got.code != 0 || strings.Contains(got.out, "--encoding c") {
			t.Errorf("%s: %d\n%s", name, got.code, got.out)
		}
	}
	w := newWorld(t, sandbox.Options{})
	path := w.write("people.csv", caseOf(t, "c14_cp850.csv"))
	for _, answer := range []string{"windows-1252", "cp850", "CP437", "dos"} {
		w.run("check", path, "--template", "welcome", "--country", "FR", "--encoding", answer).want(t, 0)
	}
}

// No flag that is proposed names a column as a wrong encoding shows it.
func TestNoMangledNameIsProposed(t *testing.T) {
	for name, header := range map[string]string{
		"UTF-8 twice": "PrÃ©nom", "Mac read as Windows-1252": "PrŽnom", "DOS read as Windows-1252": "Pr‚nom", "lost": "Pr\ufffdnom", "UTF-8 read as Mac": "Pr√©nom",
	} {
		w := newWorld(t, sandbox.Options{})
		got := w.run("check", w.write("people.csv", "phone;"+header+";code\n0612345678;Luc;A\n"), "--template", "welcome", "--country", "FR")
		if strings.Contains(got.out, "prenom="+header) || strings.Contains(got.out, "prenom=\""+header) {
			t.Errorf("%s:\n%s", name, got.out)
		}
	}
}
