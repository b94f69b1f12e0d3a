package words

import (
	"go/ast"
	"go/parser"
	"go/token"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"kanal-campaign/campaign/outcome"
	"kanal-campaign/campaign/record"
	"kanal-campaign/campaign/regular"
	"kanal-campaign/campaign/trouble"
	"kanal-campaign/kanal"
)

// codes are the string constants of a package, but for its tests, of the type that is written so, or, where none is, whose
// name begins so.
func codes(t *testing.T, folder, typeName, prefix string) []string {
	t.Helper()
	var found []string
	files, err := filepath.Glob("../../" + folder + "/*.go")
	if err != nil {
		t.Fatal(err)
	}
	for _, path := range files {
		if strings.HasSuffix(path, "_test.go") {
			continue
		}
		parsed, err := parser.ParseFile(token.NewFileSet(), path, nil, 0)
		if err != nil {
			t.Fatal(err)
		}
		ast.Inspect(parsed, func(n ast.Node) bool {
			value, isValue := n.(*ast.ValueSpec)
			if !isValue || len(value.Values) == 0 {
				return true
			}
			written := ""
			switch name := value.Type.(type) {
			case *ast.Ident:
				written = name.Name
			case *ast.SelectorExpr:
				written = name.X.(*ast.Ident).Name + "." + name.Sel.Name
			}
			literal, isLiteral := value.Values[0].(*ast.BasicLit)
			if isLiteral && written == typeName && literal.Kind == token.STRING && strings.HasPrefix(value.Names[0].Name, prefix) {
				code, _ := strconv.Unquote(literal.Value)
				found = append(found, code)
			}
			return true
		})
	}
	if len(found) == 0 {
		t.Fatalf("no constants of %s in %s", typeName, folder)
	}
	return found
}

// family are the codes of which the catalogue has <family>.<code><ending>.
func family(t *testing.T, name, ending string) map[string]bool {
	t.Helper()
	text, err := os.ReadFile("active.en.json")
	if err != nil {
		t.Fatal(err)
	}
	found := map[string]bool{}
	for line := range strings.Lines(string(text)) {
		key, _, _ := strings.Cut(strings.TrimPrefix(strings.TrimSpace(line), `"`), `"`)
		if code, ok := strings.CutPrefix(key, name+"."); ok && strings.HasSuffix(code, ending) {
			found[strings.TrimSuffix(code, ending)] = true
		}
	}
	return found
}

// Every code that people read about has words, and every family has words for codes only.
func TestEveryCodeHasWords(t *testing.T) {
	causes := append(codes(t, "kanal", "Cause", ""), codes(t, "campaign/outcome", "", "Cause")...)
	for _, test := range []struct {
		family, ending string
		codes          []string
		alike          map[string]bool // these share the words of another
	}{
		{"status", "", codes(t, "campaign/outcome", "Status", ""), nil},
		{"status-means", "", codes(t, "campaign/outcome", "Status", ""), nil},
		{"status-count", "", codes(t, "campaign/outcome", "Status", ""), nil},
		{"wait", "", codes(t, "campaign/sending", "WaitReason", ""), nil},
		{"answer", "", codes(t, "campaign/outcome", "Kind", ""), nil},
		{"left-out", "", record.LeftOutCauses, nil},
		{"cause", ".label", causes, map[string]bool{outcome.CauseOptedOutEarlier: true, string(kanal.CauseKeyInvalid): true}},
		{"kept-in", "", codes(t, "campaign", "KeptIn", ""), nil},
		{"workbook-breakage", "", codes(t, "campaign/audience", "Breakage", ""), nil},
		{"holiday", "", codes(t, "campaign/calendar", "HolidayCode", ""), nil},
		{"config-fault", "", codes(t, "kanal", "ConfigFault", ""), nil},
		{"template-doubt", "", codes(t, "kanal", "DoubtCode", ""), nil},
		{"finding", "", append(codes(t, "campaign/audit", "Code", ""), codes(t, "campaign/ledger", "Contradiction", "")...), nil},
		{"difference", "", codes(t, "campaign/record", "Difference", ""), nil},
	} {
		have := family(t, test.family, test.ending)
		for _, code := range test.codes {
			if !have[code] && !test.alike[code] {
				t.Errorf("%s: no words for %s", test.family, code)
			}
			delete(have, code)
		}
		for code := range have {
			t.Errorf("%s: words for %s, which no package has", test.family, code)
		}
	}
	advice := family(t, "cause-advice", "")
	for _, cause := range causes {
		if !advice[adviceOf[cause]] {
			t.Errorf("no advice for %s", cause)
		}
	}
	if len(adviceOf) != len(causes) {
		t.Errorf("advice for %d causes of %d", len(adviceOf), len(causes))
	}
	ends, stops := family(t, "run-end", ""), family(t, "stop", ".heading")
	for _, code := range append(codes(t, "campaign/sending", "StopCode", ""), EndedSuddenly, StillRunning, EndedSomehow) {
		if !ends[code] {
			t.Errorf("no words for the end %s", code)
		}
	}
	for _, code := range append(codes(t, "campaign/sending", "StopCode", ""), StopPeopleLeft, StopDoubtsLeft, StopNeverReached, StopLedgerMoved,
		StopLedgerDamaged) {
		if !stops[code] {
			t.Errorf("no words for the stop %s", code)
		}
	}
}

// The causes of halts are those that the client says are: each has a screen of its own, which says what to do.
func TestEveryHaltHasWords(t *testing.T) {
	w := English()
	for _, cause := range []kanal.Cause{kanal.CauseKeyMissing, kanal.CauseKeyInvalid, kanal.CauseKeyRefused, kanal.CauseNoSubscription,
		kanal.CauseTemplateNotFound, kanal.CauseRedirected, kanal.CauseMethodNotAllowed, kanal.CauseNotFound,
		kanal.CauseSenderRestricted, kanal.CauseTemplatePaused, kanal.CauseTemplateDisabled} {
		code := w.HaltWords(string(cause))
		if code == StopHaltUnknown || w.StopMeaning(code, Stop{}) == "" || code != StopKeyMissing && len(w.StopSteps(code, Stop{})) == 0 {
			t.Errorf("%s has no words", cause)
		}
	}
	if code := w.HaltWords("x"); code != StopHaltUnknown || len(w.StopSteps(code, Stop{})) == 0 {
		t.Errorf("a cause of a newer version: %s", code)
	}
	if len(w.StopSteps("x", Stop{})) == 0 {
		t.Error("an end of a newer version has no way on")
	}
}

// A code of a newer version is its own name.
func TestUnknownCodes(t *testing.T) {
	w := English()
	for name, got := range map[string]string{"status": w.Status("x"), "answer": w.Answer("x"), "end": w.RunEnd("x"), "cause": w.Cause("x")} {
		if got != "x" {
			t.Errorf("%s: %q", name, got)
		}
	}
	if w.CauseAdvice("x") == "" || w.Cause("") == "" || w.CauseCount(3, "x") != "3 x" {
		t.Error("a cause that is not known has no words")
	}
}

func TestTrouble(t *testing.T) {
	w := English()
	for _, code := range codes(t, "campaign/trouble", "Code", "") {
		if wrong, step := w.Trouble(trouble.Code(code)); wrong == "" || step == "" {
			t.Errorf("%s has no words", code)
		}
	}
	if wrong, step := w.Trouble("from-the-future"); wrong != "" || step == "" {
		t.Errorf("%q, %q", wrong, step)
	}
	for _, kind := range codes(t, "campaign/regular", "Kind", "") {
		if w.Irregular(regular.Kind(kind)) == "irregular."+kind {
			t.Errorf("%s has no words", kind)
		}
	}
}
