package screen

import (
	"bytes"
	"strings"
	"testing"

	"kanal-campaign/campaign/message"
	"kanal-campaign/campaign/plan"
	"kanal-campaign/campaign/problem"
	"kanal-campaign/kanal"
	"kanal-campaign/reports/words"
)

// manyWarnings are groups of warnings in no order.
func manyWarnings() (groups []plan.Group) {
	for i, code := range []problem.Code{message.ValueMojibake, message.ValueFiller, message.ValueShown} {
		p := problem.Problem{Code: code, Severity: problem.Warning, Row: 40 + i, Column: "E", Variable: "order_id",
			Value: []string{"LÃ©a", "NULL", "10.5"}[i], Names: [][]string{nil, nil, {"10.50 €"}}[i]}
		groups = append(groups, plan.Group{Code: code, Severity: p.Severity, Column: "E", Variable: "order_id",
			Rows: 10 + i, Examples: []problem.Problem{p}})
	}
	return groups
}

// The first message is read whole where three lines hold it, and a wide terminal holds more: what varies is seen.
func TestPreviewsUseTheTerminal(t *testing.T) {
	long := strings.Repeat("Bonjour et merci de votre visite. ", 3)
	link := "https://cdn.example.com/" + strings.Repeat("x", 70) + ".jpg"
	for name, tc := range map[string]struct {
		width        int
		body, header string
		want         []string
	}{
		"80 columns": {80, long + "Code {{code}}", "", []string{
			"          | Bonjour et merci de votre visite. Bonjour et row 2, first",
			"          | merci de votre visite. Bonjour et merci de",
			"          | votre visite. Code NOEL"}},
		"120 columns": {120, long + "Code {{code}}", "", []string{
			"          | Bonjour et merci de votre visite. Bonjour et merci de votre visite. Bonjour et merci row 2, first",
			"          | de votre visite. Code NOEL"}},
		"narrower": {40, "Code {{code}}", "", []string{"          | Code NOEL                                    row 2, first"}},
		"too long": {80, long + long + "Code {{code}}", "", []string{
			"          | Bonjour et merci de votre visite. Bonjour et row 2, first",
			"          | merci de votre visite. Bonjour et merci de",
			"          | votre visite. Bonjour et merci de votre vis…"}},
		"an image": {80, "Code {{code}}", kanal.FormatImage, []string{
			"          | [image https://cdn.example.com/" + strings.Repeat("x", 37),
			"          | " + strings.Repeat("x", 33) + ".jpg]",
			"          | Code NOEL                                    row 2, first"}},
	} {
		m := template()
		m.Body, m.Variables = tc.body, []kanal.Variable{{Name: "code", In: kanal.InBody}}
		values := []string{"NOEL"}
		if tc.header != "" {
			m.Header = kanal.Header{Format: tc.header, Variables: []string{"image"}}
			m.Variables, values = append([]kanal.Variable{{Name: "image", In: kanal.InHeader, Media: true}}, m.Variables...), []string{link, "NOEL"}
		}
		r := &plan.Report{Sendable: 2, First: row(2, values...), Longest: row(3, values...)}
		var out bytes.Buffer
		p := newProposal(r, at(20, 10, 42))
		p.Now = message.TemplateMessage(m)
		Propose(Face{Words: words.English(), Writer: &out, Width: tc.width}, Session{}, p)
		_, got, _ := strings.Cut(out.String(), "version of 3 Nov 2026\n")
		if want := strings.Join(tc.want, "\n") + "\n"; !strings.HasPrefix(got, want) || !strings.Contains(got[len(want):], " row 3, longest\n") {
			t.Errorf("%s:\n%s\nwant\n%s", name, got, want)
		}
	}
}
