package cli_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"kanal-campaign/campaign"
	problems "kanal-campaign/campaign/problem"
	"kanal-campaign/campaign/record"
	"kanal-campaign/kanal/sandbox"
)

// french writes a file's sentences as a reader of another language has them.
type french struct{}

func (french) Problem(problems.Problem) (wrong, fix string) {
	return "La ligne est fausse ;", "la corriger."
}
func (french) LeftOut(cause string, _ int, _ record.Detail) string {
	return "Ligne exclue : " + cause + "."
}
func (french) Cause(string) string                { return "réponse perdue" }
func (french) MessagedOther(digits string) string { return "envoyé au +" + digits }
func (french) ForgottenAt(time.Time) string       { return "Données effacées." }

// Results that were written in another language rebuild the campaign: who has the message, how old a doubt is, and who was
// forgotten stands in columns. They hold against the ledger, and are replaced as one's own.
func TestRebuiltFromResultsInAnotherLanguage(t *testing.T) {
	w := newWorld(t, sandbox.Options{})
	path := w.write("spring.csv", "phone,prenom,code\n0612340001,Zoé,A\n0612340002,Léa,B\n0612340002,Léa,B\nn/a,Max,C\n"+
		"33600000007,accepted then 500,D\n0612340003,Ida,E\n")
	w.send(path, "--skip-invalid", "--duplicates", "skip", "--first", "3", "--max-failures", "1").want(t, 6)
	w.run("forget", "+33612340001", "--yes").want(t, 0)
	book := w.book()
	known, err := book.Campaign(t.Context(), "spring")
	if err != nil {
		t.Fatal(err)
	}
	source := (&campaign.Desk{Ledger: book}).Source(t.Context(), known)
	file, err := source.WriteResults(t.Context(), french{})
	if err != nil || file.Path != source.Results() {
		t.Fatal(file, err)
	}
	before := w.results("spring.results.csv")
	if before[0]["error"] != "Données effacées." || before[0]["forgotten_at"] == "" || before[4]["doubt_since"] == "" {
		t.Fatalf("%v", before)
	}
	w.run("verify", "spring", file.Path).want(t, 0)
	book.Close()
	w.loseLedger()

	w.rebuild("spring.results.csv").want(t, 3) // for the row with errors
	after := w.results("spring.results.csv")
	for i, status := range []string{"sent", "sent", "skipped", "invalid", "already_sent", "sent"} {
		same := func(column string) bool { return after[i][column] == before[i][column] }
		if after[i]["status"] != status || !same("forgotten_at") || !same("cause") && i != 4 {
			t.Errorf("row %d reads %v, and was %v", i, after[i], before[i])
		}
	}
	if n := len(w.kanal.Accepted()); n != 4 {
		t.Errorf("%d messages were accepted, want 4", n)
	}
	if _, err := os.Stat(filepath.Join(w.dir, "spring.results-2.csv")); err == nil {
		t.Error("the results are not taken for the campaign's own")
	}
	w.run("verify", "spring", file.Path).want(t, 0)
}

// Results that version 0.1 has written rebuild the campaign as well: they tell of doubts and of forgotten people in a sentence.
func TestRebuiltFromFirstResults(t *testing.T) {
	w := newWorld(t, sandbox.Options{})
	content, err := os.ReadFile("../../campaign/record/testdata/first.results.csv")
	if err != nil {
		t.Fatal(err)
	}
	w.write("ancien.results.csv", string(content))
	before := w.results("ancien.results.csv")
	w.rebuild("ancien.results.csv", "--country", "FR").want(t, 3)
	after := w.results("ancien.results.csv")
	forgotten := 0
	for i, row := range after {
		want := before[i]["status"]
		if want == "pending" {
			want = "sent"
		}
		if row["status"] != want || row["row"] != before[i]["row"] || row["idempotency_key"] != before[i]["idempotency_key"] {
			t.Errorf("it reads %v, and was %v", row, before[i])
		}
		if strings.HasPrefix(row["forgotten_at"], "2026-01-02T") {
			forgotten++
		}
		since, err := time.Parse(time.RFC3339, row["doubt_since"])
		if is := row["status"] == "unknown" && row["cause"] != "forgotten"; is && (err != nil ||
			!since.Equal(time.Date(2026, 1, 2, 15, 15, 15, 0, time.UTC)) || row["error"] != "Server Error") {
			t.Errorf("the doubt reads %v", row)
		}
	}
	if len(after) != 13 || forgotten != 3 {
		t.Errorf("%d rows, of which %d are forgotten", len(after), forgotten)
	}
	w.run("verify", "ancien", filepath.Join(w.dir, "ancien.results.csv")).want(t, 0)
}
