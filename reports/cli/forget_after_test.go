package cli_test

import (
	"encoding/json"
	"strings"
	"testing"

	"kanal-campaign/kanal/sandbox"
	"kanal-campaign/reports/words"
)

// thriceForgotten is a finished campaign with a row to be corrected, in which the three rows of one person were forgotten.
func thriceForgotten(t *testing.T) (w *world, path string) {
	w = newWorld(t, sandbox.Options{})
	path = w.write("novembre.csv", "phone,prenom,code\n0612345601,Zoé,A\n0612345601,Zoé,B\n0612345601,Zoé,C\n"+
		"33600000013,Ines,D\n0612345602,Léa,E\n12,Short,F\n")
	w.send(path, "--duplicates", "allow", "--skip-invalid").want(t, 3)
	w.run("retry", "novembre", "--row", "7", "--yes").want(t, 5).says(t, "novembre.csv --update").
		tells(t, "retry-row-invalid", "novembre.csv")
	w.run("forget", "+33612345601", "--yes").want(t, 0).says(t, "erased 3 rows. ")
	return w, path
}

// way is what is left to be done where people were forgotten, in the same words on every screen.
var way = english.ForgottenNoUpdate() + " " + english.ForgottenWay()

// After people were forgotten, no screen proposes what the next one refuses.
func TestForgottenCampaignProposesNoUpdate(t *testing.T) {
	t.Parallel()
	w, path := thriceForgotten(t)
	steps := english.CorrectInvalid(1, "novembre.csv") + " " + english.CorrectRefused(1, "novembre.csv") + " " + way
	proposes := func(r result) {
		t.Helper()
		if strings.Contains(r.out+r.err, "--update") {
			t.Errorf("it proposes what is refused:\n%s%s", r.out, r.err)
		}
	}
	proposes(w.run("status", "novembre").want(t, 0).says(t, steps))
	proposes(w.send(path, "--duplicates", "allow", "--skip-invalid").want(t, 5).says(t, steps))
	proposes(w.run("retry", "novembre", "--row", "7", "--yes").want(t, 5).says(t, way).
		tells(t, "retry-row-invalid-forgotten", "7"))
	proposes(w.run("retry", "novembre", "--yes").want(t, 3).says(t, steps)) // the end of a run
	w.run("report", "novembre").want(t, 0)
	page := w.read("novembre.report.html")
	if !strings.Contains(page, way) || strings.Contains(page, "<span>--update</span>") || strings.Contains(page, "<code></code>") {
		t.Errorf("the report proposes otherwise:\n%s", page)
	}

	w.write("novembre.csv", "phone,prenom,code\n0612345601,Zoé,A\n0612345609,Ines,D\n")
	before := len(w.requests())
	refusal := english.ForgottenWayNext()
	proposes(w.send(path).want(t, 5).says(t, refusal).tells(t, "forgotten-update", "3", "novembre"))
	w.send(path, "--update").want(t, 5).says(t, refusal).tells(t, "forgotten-update", "3", "novembre")
	checked := w.run("check", path, "--template", "welcome", "--country", "FR").want(t, 0).says(t,
		english.Standing("forgotten", "", ""), "Nothing was sent. "+refusal)
	if proposes(checked); strings.Contains(checked.out, "send "+path) {
		t.Errorf("the whole file is proposed under another name:\n%s", checked.out)
	}
	var told map[string]any
	if err := json.Unmarshal([]byte(w.run("check", path, "--template", "welcome", "--country", "FR", "--format", "json").out), &told); err != nil {
		t.Fatal(err)
	}
	if told["send_command"] != nil || told["campaign"] == nil {
		t.Errorf("in JSON: %v, %v", told["send_command"], told["campaign"])
	}
	if n := len(w.requests()) - before; n != 0 {
		t.Errorf("%d messages left", n)
	}
}

// The rows of a forgotten person are rows on every screen, whoever they were of, and the report's tables say where they are.
func TestForgottenRowsAreRows(t *testing.T) {
	t.Parallel()
	w, _ := thriceForgotten(t)
	w.run("status", "novembre").want(t, 0).says(t, words.English().StatusForgotten(3))
	w.run("verify", "novembre").want(t, 0).says(t, "Erased 3 rows")
	w.run("report", "novembre").want(t, 0)
	page := w.read("novembre.report.html")
	for _, text := range []string{
		`in all</th><td class="number">6</td>`,
		`France</th><td class="number">2</td>`,
		words.English().ReportForgottenCountries(3),
		words.English().ReportAll(6) + " " + words.English().ReportForgottenRows(3),
	} {
		if !strings.Contains(page, text) {
			t.Errorf("the report does not hold %q", text)
		}
	}
	if n := strings.Count(page, `<td class="why">Erased on `); n != 3 {
		t.Errorf("%d recipients are told as erased, want 3", n)
	}
	if strings.Contains(page, "3 people") {
		t.Error("the report counts people")
	}
}

// Lifting a list proposes no update either, where people were forgotten.
func TestForgottenCampaignLiftsListsWithoutAnUpdate(t *testing.T) {
	w := newWorld(t, sandbox.Options{})
	list := w.write("list.txt", "+33612340001\n")
	w.send(w.write("novembre.csv", people(3)), "--suppress", list, "--first", "1").want(t, 0)
	w.run("forget", "+33612340000", "--yes").want(t, 0)
	said := w.run("resume", "novembre", "--suppress", "none", "--yes", "--rate", "6000").want(t, 0).says(t, english.ListsLiftedForgotten(1))
	if strings.Contains(said.out+said.err, "--update") {
		t.Errorf("it proposes what is refused:\n%s%s", said.out, said.err)
	}
	for _, a := range w.kanal.Accepted() {
		if a.Number == "33612340001" {
			t.Error("who was left out was messaged")
		}
	}
}
