package words

import (
	"strings"
	"testing"

	"kanal-campaign/campaign/audience"
	"kanal-campaign/campaign/message"
	"kanal-campaign/campaign/plan"
	"kanal-campaign/campaign/problem"
)

// full is a problem with everything that a sentence may name.
func full(code string) problem.Problem {
	return problem.Problem{Code: problem.Code(code), Severity: problem.Error, Row: 12, Line: 13, LineColumn: 4, Column: "B",
		Header: "Téléphone", Variable: "first_name", Value: "06 12", Fix: "+33612345678", First: 3, Length: 70, Limit: 60,
		Names: []string{"RE", "2"}, Reason: "because."}
}

// gaps are what a sentence shows that was not filled in, or with nothing.
var gaps = []string{"<no value>", "{{", "}}", "  ", " . ", "()", ` ""`, " ,", "problem."}

// Each code that a package has is spoken of, with a heading, what is wrong and what to do, whatever is known of the problem;
// and no sentence is about a code that no package has.
func TestEveryProblemHasWords(t *testing.T) {
	w := English()
	all := map[string]bool{}
	for folder, typeName := range map[string]string{"campaign/plan": "problem.Code", "campaign/message": "problem.Code", "campaign/audience": "Code", "campaign/number": "Code"} {
		for _, code := range codes(t, folder, typeName, "") {
			all[code] = true
		}
	}
	for code := range all {
		p := full(code)
		wrong, fix := w.Problem(p)
		if wrong == "" || fix == "" || !w.isProblem(p.Code) {
			t.Errorf("%s has no words", code)
			continue
		}
		headings := []string{w.ProblemHeading(p), w.ProblemRowsHeading(p, 1, false), w.ProblemRowsHeading(p, 5, true)}
		for _, heading := range headings {
			if heading == "" {
				t.Errorf("%s has no heading", code)
			}
		}
		for _, said := range append(headings, wrong, fix, w.ProblemRemark(p)) {
			for _, gap := range gaps {
				if strings.Contains(said+" ", gap) {
					t.Errorf("%s: a gap %q: %q", code, gap, said)
				}
			}
		}
		for _, said := range []string{w.ProblemSentence(problem.Problem{Code: p.Code}), w.ProblemHeading(problem.Problem{Code: p.Code})} {
			if said == "" || strings.Contains(said, "<no value>") || strings.Contains(said, "{{") || strings.Contains(said, "problem.") {
				t.Errorf("%s, of which nothing is known: %q", code, said)
			}
		}
		if !strings.HasSuffix(strings.TrimRight(fix, `")`), ".") && !strings.Contains(fix, ": ") && !strings.Contains(fix, "--") {
			t.Errorf("%s is no sentence: %q", code, fix)
		}
	}
	groups := map[string]bool{"unknown": true}
	for code := range all {
		groups[ProblemGroup(problem.Code(code))] = true
	}
	for key := range w.keys {
		if rest, of := strings.CutPrefix(key, "problem."); of {
			if code, _, _ := strings.Cut(rest, "."); !all[code] && !groups[code] {
				t.Errorf("%s is about a code that no package has", key)
			}
		}
	}
}

func TestProblemSentence(t *testing.T) {
	for want, p := range map[string]problem.Problem{
		`Column C "Prénom" is empty, and first_name needs a value. Fill it in.`: {Code: message.ValueEmpty, Column: "C",
			Header: "Prénom", Variable: "first_name"},
		`"0692123456" is the national form of a number (Réunion) that has another country code. Write it internationally: +262692123456.`: {
			Code: "phone-overseas", Value: "0692123456", Fix: "+262692123456", Names: []string{"RE"}},
		`The message needs first_name, and no column has that name. Add --map first_name=COLUMN with the column's name or its letter, such as first_name=C, or rename the column.`: {
			Code: plan.VariableNoColumn, Variable: "first_name"},
		`The message needs first_name, and no column has that name. Did you mean "Nom du client"? ` +
			`Add --map "first_name=Nom du client", or rename the column.`: {
			Code: plan.VariableNoColumn, Variable: "first_name", Names: []string{"Nom du client"}},
		`Column D: from-the-future, "x". Write y.`: {Code: "from-the-future", Column: "D", Value: "x", Fix: "y"},
		`It looks like people's consent to be messaged. 1 person who would get the message refuses there. 2 people who would get it ` +
			`have not answered. Say which column is consent with --consent-column NAME, or --consent-column none.`: {
			Code: plan.ConsentOpen, Length: 1, Limit: 2},
		`"0022900" is an old number that reaches nobody: Benin renumbered on 30 Nov 2024. Write +22901, which replaced it.`: {
			Code: "phone-renumbered", Value: "0022900", Fix: "+22901", Names: []string{"BJ"}},
	} {
		if got := English().ProblemSentence(p); got != want {
			t.Errorf("got  %s\nwant %s", got, want)
		}
	}
}

// What a spreadsheet is saved as is told in the words of its menus.
func TestSpreadsheetSentence(t *testing.T) {
	sentence := English().ProblemSentence(problem.Problem{Code: problem.Code(audience.FileSpreadsheet)})
	for _, words := range []string{`File > Save As > "CSV UTF-8 (Comma delimited)"`,
		"Fichier > Enregistrer sous > « CSV UTF-8 (délimité par des virgules) »", "Google Sheets", "LibreOffice"} {
		if !strings.Contains(sentence, words) {
			t.Errorf("%q is missing in %q", words, sentence)
		}
	}
}

// An answer is told by what it means: the last one says no to all, and what it spoils is told with it.
func TestProblemAnswer(t *testing.T) {
	w := English()
	p := problem.Problem{Code: plan.ConsentsOpen, Severity: problem.Decision, Answers: []problem.Answer{
		{Value: "a", More: []string{"b"}}, {Value: "a"}, {Value: "b"}, {Value: plan.NoConsentColumn}}}
	said := map[string]bool{}
	for at := range p.Answers {
		said[w.ProblemAnswer(p, at, at == 3, false)] = true
	}
	if len(said) != 4 || said[""] {
		t.Errorf("%v", said)
	}
	country := problem.Problem{Code: plan.CountryColumnOpen, Answers: []problem.Answer{{Value: "Pays"}, {Value: "none", Invalid: 1}}}
	plain, spoilt, leftOut := w.ProblemAnswer(country, 0, false, false), w.ProblemAnswer(country, 1, true, false), w.ProblemAnswer(country, 1, true, true)
	if !strings.Contains(plain, `"Pays"`) || !strings.Contains(spoilt, "1 row ") || spoilt == leftOut || !strings.Contains(leftOut, "1 row ") {
		t.Errorf("%q, %q, %q", plain, spoilt, leftOut)
	}
	if got := w.ProblemAnswer(problem.Problem{Code: plan.ListNumberOpen, Answers: []problem.Answer{{}}}, 0, false, false); got != "" {
		t.Errorf("%q", got)
	}
}
