package cli_test

import (
	"encoding/json"
	"strings"
	"testing"

	"kanal-campaign/kanal/sandbox"
	"kanal-campaign/reports/words"
)

func TestHistory(t *testing.T) {
	t.Parallel()
	w := newWorld(t, sandbox.Options{})
	w.run("history", "+33612345600").want(t, 0).tells(t, "no-ledger")
	w.send(w.write("a.csv", "phone,prenom,code\n+52 55 1234 5678,Frida,MX1\n0600000001,Otto,OPT\n0600000003,Zoé,LATER\n")).want(t, 3)
	w.send(w.write("b.csv", "phone,prenom,code\n+52 1 55 1234 5678,Frida,MX2\n")).want(t, 0)
	// One account, spelled in two ways.
	for _, spelled := range []string{"+525512345678", "+5215512345678"} {
		w.run("history", spelled).want(t, 0).says(t, words.English().HistoryRows(2), words.English().HistoryAccepted(2), "a, row 2", "b, row 2", "Bonjour Frida, bienvenue ! Votre code est MX1.", "Votre code est MX2.", "welcome (77)").
			tells(t, "history-status")
	}
	w.run("history", "06 00 00 00 01", "--country", "FR").want(t, 0).says(t, words.English().HistoryRows(1), words.English().HistoryAccepted(0), "refused: opted out").
		tells(t, "history-opted-out").tells(t, "whatsapp-number", "56")
	w.run("retry", "a", "--cause", "131049", "--yes", "--rate", "6000").want(t, 3)
	w.run("history", "0600000003", "--country", "FR").want(t, 0).says(t, "Tries", "refused: held back by WhatsApp (131049)")
	w.run("history", "0612345678", "--country", "FR").want(t, 0).says(t, words.English().HistoryNone())
	w.run("history", "0612345678").want(t, 2).says(t, "--country")
	w.run("history").want(t, 2)
	for _, command := range []string{"history", "forget"} {
		if got := w.run(command, " ").want(t, 2).says(t, words.English().NoNumberGiven()); strings.Contains(got.err, "row") {
			t.Errorf("%s speaks of a file:\n%s", command, got.err)
		}
	}
	w.run("history", "").want(t, 2).says(t, words.English().NoNumberGiven())

	var read struct {
		Kind     string
		OptOuts  []struct{ Account string } `json:"opt_outs"`
		Messages []struct {
			Campaign, Text, Status string
			MessageID              string `json:"message_id"`
			Attempts               []struct{ Answer, Command string }
		}
	}
	result := w.run("history", "33600000003", "--format", "json").want(t, 0)
	if err := json.Unmarshal([]byte(result.out), &read); err != nil {
		t.Fatal(err)
	}
	if m := read.Messages; read.Kind != "history" || len(m) != 1 || m[0].Status != "rejected" || m[0].MessageID != "" ||
		len(m[0].Attempts) != 2 ||
		m[0].Attempts[0].Answer != "rejected" || m[0].Attempts[1].Answer != "rejected" || m[0].Attempts[0].Command != "send" ||
		m[0].Attempts[1].Command != "retry" {
		t.Errorf("%s", result.out)
	}
}

// A message of a rehearsal has the same id wherever one is shown, and it never passes for a real one.
func TestRehearsedIDsAreTheSame(t *testing.T) {
	w := newWorld(t, sandbox.Options{})
	w.send(w.write("a.csv", people(2)), "--sandbox", "--first", "1").want(t, 0)
	id := w.results("a.sandbox.results.csv")[0]["message_id"]
	if !strings.HasPrefix(id, "sandbox-") {
		t.Fatalf("the results say %q", id)
	}
	w.run("history", "+33612340000", "--sandbox").want(t, 0).says(t, "message id "+id)
	w.run("history", "+33612340000", "--sandbox", "--format", "json").want(t, 0).says(t, `"message_id": "`+id+`"`)
	w.run("retry", "a", "--row", "2", "--yes", "--sandbox").want(t, 5).says(t, "(message "+id+")")
	w.run("report", "a", "--sandbox").want(t, 0)
	if page := w.read("a.sandbox.report.html"); !strings.Contains(page, "<td class=\"digits id\">"+id+"</td>") {
		t.Error("the report has another id")
	}
}
