package kanal

import (
	"io"
	"net/http"
	"reflect"
	"slices"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"
)

// The seeds are in testdata/fuzz, by name, and the tables of the tests.

// FuzzDecodeAnswer: whatever comes back, it has exactly one class; accepted is a whole 200 with a message id and nothing
// else, and replayed a whole 201. What is kept of the answer is short, and no part of it can steer a terminal.
func FuzzDecodeAnswer(f *testing.F) {
	for _, test := range answers {
		f.Add(test.status, test.header, "", []byte(test.body), false)
	}
	classes := []Class{Rejected, Throttled, Doubt, Halt} // an answer is never NotDelivered
	f.Fuzz(func(t *testing.T, status int, retryAfter, date string, body []byte, cut bool) {
		a := answer{status: status, header: http.Header{"Retry-After": {retryAfter}, "Date": {date}}, body: body}
		if cut {
			a.readErr = io.ErrUnexpectedEOF
		}
		receipt, failure := judgeSend(a)
		if failure == nil {
			if cut || status != 200 && status != 201 || receipt.Replayed != (status == 201) || receipt.Replayed == (receipt.MessageID != "") {
				t.Fatalf("%d (cut: %v) gave %+v", status, cut, receipt)
			}
			checkTexts(t, receipt.MessageID, receipt.ContactID, receipt.PhoneNumber, receipt.Message)
		} else {
			checkFailure(t, failure, classes)
			if receipt != (Receipt{}) {
				t.Fatalf("%+v beside %+v", receipt, failure)
			}
			if cut && failure.Class == Rejected {
				t.Fatalf("half an answer is a refusal: %+v", failure)
			}
		}
		read := judgeRead(a)
		if (read == nil) != (status == 200 && !cut) {
			t.Fatalf("reading, %d (cut: %v) gives %+v", status, cut, read)
		}
		if read != nil {
			checkFailure(t, read, classes)
		}
	})
}

func checkFailure(t *testing.T, e *Error, classes []Class) {
	t.Helper()
	if !slices.Contains(classes, e.Class) || e.Cause == "" || e.RetryAfter < 0 || e.RetryAfter > LongestWait ||
		e.Class != Throttled && e.Class != Doubt && e.RetryAfter != 0 || e.Class != Doubt && e.MayStillRun {
		t.Fatalf("%+v", e)
	}
	if e.Status == http.StatusTooManyRequests && e.RetryAfter == 0 {
		t.Fatalf("a 429 without a wait: %+v", e)
	}
	checkTexts(t, e.Message, e.Details, e.ContactID, e.Error())
}

// checkTexts fails the test for a text that is long, or that does more than stand on its line.
func checkTexts(t *testing.T, texts ...string) {
	t.Helper()
	for _, text := range texts {
		bad := func(r rune) bool {
			return unicode.IsControl(r) || unicode.In(r, unicode.Bidi_Control, unicode.Zl, unicode.Zp)
		}
		if utf8.RuneCountInString(text) > 2*maxText+100 || !utf8.ValidString(text) || strings.ContainsFunc(text, bad) {
			t.Fatalf("%q", text)
		}
	}
}

// FuzzParseStructure: any text is a template, the same each time, within bounds. Each variable has a name of its own, and
// what keeps them from being certain is said. A value is put into the body as it is, whatever it holds.
func FuzzParseStructure(f *testing.F) {
	for _, test := range structures {
		f.Add(test.structure)
	}
	f.Fuzz(func(t *testing.T, structure string) {
		got := ParseStructure(structure)
		if got.Structure != structure || got.Certain != (len(got.Doubts) == 0) {
			t.Fatalf("%+v", got)
		}
		values, seen := map[string]string{}, map[string]bool{}
		for _, v := range got.Variables {
			if v.Name == "" || seen[v.Name] || v.In != InHeader && v.In != InBody && v.In != InButton || v.Media && v.In != InHeader {
				t.Fatalf("variable %+v in %+v", v, got.Variables)
			}
			seen[v.Name], values[v.Name] = true, "{{"+v.Name+"}}{{x}}"
		}
		if len(got.Variables)+len(got.Doubts)+len(got.Buttons) > len(structure)+2 {
			t.Fatalf("%d variables, %d doubts, %d buttons of %d bytes", len(got.Variables), len(got.Doubts), len(got.Buttons), len(structure))
		}
		rest := Render(got.Body, values)
		for _, name := range Placeholders(got.Body) {
			if value, given := values[name]; given && !strings.Contains(rest, value) {
				t.Fatalf("%q with %q reads %q", got.Body, values, rest)
			}
		}
		if !reflect.DeepEqual(got, ParseStructure(structure)) {
			t.Fatal("read twice, it differs")
		}
	})
}
