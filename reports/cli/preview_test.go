package cli_test

import (
	"path/filepath"
	"strings"
	"testing"

	"kanal-campaign/kanal/sandbox"
	"kanal-campaign/reports/words/wordstest"
)

// Where the rows without errors may be sent alone, check shows how they would read and whom they reach, before the command
// that sends them; where they may not, it promises nothing.
func TestCheckShowsWhatRemains(t *testing.T) {
	w := newWorld(t, sandbox.Options{})
	path := w.write("a.csv", "phone,prenom,code\n0612345678,Zoé,A1\n,Léa,A2\n+32470123456,Jean-Christophe,A3\n0612345680,Max,A4\n")
	got := w.run("check", path, "--template", "welcome", "--country", "FR").want(t, 4).says(t, "row 2, the first: | Bonjour Zoé, bienvenue ! Votre code est A1", "row 4, the longest: | Bonjour Jean-Christophe", "row 5, chosen at random: | Bonjour Max", "To 3 people: France 2, Belgium 1", "--skip-invalid").
		tells(t, "check-without")
	order := []string{"There is a problem", "Without that person", "To  ", "That row, with a fix", "--skip-invalid"}
	for at := 0; len(order) > 0; order = order[1:] {
		next := strings.Index(got.out[at:], order[0])
		if next < 0 {
			t.Fatalf("%q does not come next:\n%s", order[0], got.out)
		}
		at += next
	}
	for name, content := range map[string]string{
		"most":   "phone,prenom,code\n0612345678,Zoé,A1\n,Léa,A2\n,Max,A3\n",
		"all":    "phone,prenom,code\n,Léa,A2\n",
		"column": "phone,prenom\n0612345678,Zoé\n",
	} {
		got := w.run("check", w.write(name+".csv", content), "--template", "welcome", "--country", "FR").want(t, 4)
		if wordstest.Says(t, got.out, "check-without") || strings.Contains(got.out, "or send without") {
			t.Errorf("%s:\n%s", name, got.out)
		}
	}
}

// A template's image is shown as a free-form message's is, wherever the message is shown as it reads.
func TestPreviewsShowMedia(t *testing.T) {
	w := newWorld(t, sandbox.Options{})
	path := w.write("a.csv", "phone,image,first_name,discount\n"+
		"0612345678,https://example.com/a.jpg,Zoé,10%\n0612345679,https://example.com/b.jpg,Léa,15%\n")
	w.run("check", path, "--template", "promo_image", "--country", "FR").want(t, 0).says(t,
		"row 2, the first: | [image https://example.com/a.jpg]", "[image https://example.com/b.jpg]")
	w.run("send", path, "--template", "promo_image", "--country", "FR", "--test-to", "0698765432", "--yes").want(t, 0).
		says(t, "| [image https://example.com/a.jpg]")
	w.run("send", path, "--template", "promo_image", "--country", "FR", "--yes", "--rate", "6000").want(t, 0).
		says(t, "| [image https://example.com/a.jpg] |")
	w.run("history", "0612345679", "--country", "FR").want(t, 0).says(t, "[image https://example.com/b.jpg]")
}

// Before the question stand the warnings themselves, what people would read first, and where the rest is.
func TestQuestionShowsWarnings(t *testing.T) {
	w := newWorld(t, sandbox.Options{})
	path := w.write("a.csv", "phone,prenom,code\n0142685300,Zoé,A1\n0612345679,LÃ©a,A2\n0612345680,Max,{{code}}\n0612345681,NULL,A4\n")
	got := w.runOn(terminal{is: true, width: 200, input: "no\n"}, "send", path, "--template", "welcome", "--country", "FR").want(t, 5).says(t,
		"(row 5: NULL) -", "- In 1 row code", "(row 4: {{code}}) -", "(row 3: LÃ©a)",
		"and 1 more kind of warnings: see "+filepath.Join(w.dir, "a.problems.csv"))
	if strings.Count(got.err, " - ") != 3 {
		t.Errorf("not three warnings:\n%s", got.err)
	}
	wide := ""
	for line := range strings.Lines(got.err) {
		if strings.Contains(line, "| Bonjour Zoé") {
			wide = line
		}
	}
	if !strings.Contains(wide, "A1") || !strings.Contains(wide, "row 2, first") || len(wide) < 180 {
		t.Errorf("the terminal's width is not used: %q", wide)
	}
	if n := len(w.requests()); n != 0 {
		t.Errorf("%d messages left", n)
	}
}
