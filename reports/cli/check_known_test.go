package cli_test

import (
	"encoding/json"
	"strings"
	"testing"
	"testing/synctest"

	"kanal-campaign/kanal/sandbox"
)

// proposedSend is the command that a check ends with, as words; the paths of these tests have no spaces.
func proposedSend(out string) []string {
	_, command, _ := strings.Cut(strings.ReplaceAll(out, "\\\n", ""), "  kanal-campaign send ")
	command, _, _ = strings.Cut(command, "\n")
	return append([]string{"send"}, strings.Fields(command)...)
}

func (w *world) check(path string, flags ...string) result {
	return w.run(append([]string{"check", path, "--template", "welcome", "--country", "FR", "--rate", "6000"}, flags...)...)
}

// A check of a file whose campaign is there says what sending it would do, and proposes the command that does it.
func TestCheckKnowsTheCampaign(t *testing.T) {
	t.Parallel()
	w := newWorld(t, sandbox.Options{})
	path := interrupted(t, w)
	five := fivePeople()
	w.check(path).want(t, 0).says(t, "and is unfinished. "+english.StandingMessaged(2, "5"), "To go on with the campaign: kanal-campaign resume spring").
		tells(t, "standing-unfinished", "\"spring\"").
		tells(t, "standing.resume").unsaid(t, "none of these messages was sent before", "--update")
	w.write("spring.csv", five.reversed().csv())
	got := w.check(path).want(t, 0).tells(t, "check-resume").unsaid(t, "--update")
	w.run(proposedSend(got.out)...).want(t, 0)
	w.truth(5, "spring.results.csv")

	w.check(path).want(t, 0).says(t, english.StandingMessaged(5, "5"), "kanal-campaign status spring").
		tells(t, "standing-finished", "\"spring\"").tells(t, "check-finished").
		says(t, english.CheckFinishedAgain()).unsaid(t, "--update")
	w.write("spring.csv", five.with(append(five.rows, []string{"0612340009", "Eve", "C9"})).csv())
	got = w.check(path).want(t, 0).says(t, english.StandingFileChanged()+" "+english.StandingMessaged(5, "6")).
		tells(t, "check-update")
	words := proposedSend(got.out)
	w.run(append(words, "--yes")...).want(t, 0)
	w.truth(6, "spring.results.csv")

	got = w.run("check", path, "--template", "hello", "--country", "FR").want(t, 0).says(t, english.Standing("other-message", "welcome (77)", ""), "--campaign spring-2").
		tells(t, "check-other")
	w.run(append(proposedSend(got.out), "--yes", "--rate", "6000")...).want(t, 0)
	w.truth(12, "spring-2.results.csv")
	w.run("check", path, "--template", "hello", "--country", "FR", "--campaign", "spring-2").want(t, 0).says(t, english.StandingMessaged(6, "6")).
		tells(t, "standing-finished", "\"spring-2\"")
}

// A check of a changed file names the rows that would be sent, how long they take and whether the day has room for them, by what
// the campaign remembers; what it proposes sends them and nobody else, and no more than the cap leaves.
func TestCheckOfAChangedFile(t *testing.T) {
	t.Parallel()
	w := newWorld(t, sandbox.Options{})
	path := w.write("spring.csv", people(2))
	w.send(path, "--daily-cap", "4").want(t, 0)
	w.write("spring.csv", strings.Replace(people(7), "P00001", "B", 1)+"06 12,Bob,C\n")
	check := []string{"check", path, "--template", "welcome", "--rate", "6000"}
	w.run(check...).want(t, 4).says(t, english.CheckWithout(1)+" Changes "+english.ChangedFileWould(8)+" 1 "+english.UpdateSame()+" 5 "+english.UpdateAdded()+
		" (rows 4, 5, 6 and 2 more) 1 "+english.UpdateMessaged()+" (row 3) 1 "+english.UpdateInvalid()+" (row 9)", "To send 5 people", "--update --first 2 --skip-invalid")
	w.write("spring.csv", strings.Replace(people(7), "P00001", "B", 1))
	got := w.run(check...).want(t, 0).says(t, "Changes "+english.ChangedFileWould(7)+" 1 "+english.UpdateSame()+" 5 "+english.UpdateAdded()+
		" (rows 4, 5, 6 and 2 more) 1 "+english.UpdateMessaged()+" (row 3)", "To send 5 people Takes 0 s at", "Hours ",
		"Volume WARNING: 5 people. "+english.VolumeRecent(2)+" "+english.VolumeBeyond(4),
		english.CapNow(2, "4"), english.CheckUpdate(), "--update --first 2")
	before := len(w.requests())
	w.run(append(proposedSend(got.out), "--yes")...).want(t, 0)
	sent := map[string]bool{}
	for _, r := range w.requests()[before:] {
		sent[r.Number] = true
	}
	if len(sent) != 2 || !sent["33612340002"] || !sent["33612340003"] {
		t.Errorf("the proposed command sent to %v", sent)
	}
	w.truth(4, "spring.results.csv")
	w.run(check...).want(t, 0).says(t, "To send 3 people (rows 6, 7 and 8) Takes", "Volume WARNING: "+english.VolumeRecent(4), english.CheckResume()).
		tells(t, "volume-later").unsaid(t, "Changes", "--first 3")
	w.run(append(check, "--daily-cap", "none")...).want(t, 0).unsaid(t, "Volume", "--first")
}

// A check counts the rows in doubt that send would try again, and keeps to the campaign's window.
func TestCheckOfAnInterruptedCampaign(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := newVirtual(t)
		path := w.write("spring.csv", people(1)+"33600000012,Error,B\n+32470123456,Rest,C\n")
		w.send(path, "--first", "2", "--max-failures", "1", "--send-window", "8-20", "--daily-cap", "3").want(t, 6)
		w.check(path).want(t, 0).says(t, "To send 2 people (rows 3 and 4). "+english.AheadDoubts(1), "Volume 1 person. "+english.VolumeRecent(2)).
			tells(t, "window-holds")
		w.write("spring.csv", people(2)+"33600000012,Error,B\n")
		w.check(path).want(t, 0).says(t, "1 "+english.UpdateDoubts()+" (row 4)", "1 "+english.UpdateAdded()+" (row 3)",
			english.UpdateGone()+" 1 "+english.UpdateRemoved()+" (row 4 of the old file)",
			"To send 2 people. "+english.AheadDoubts(1), "Volume 1 person. "+english.VolumeRecent(2)).unsaid(t, "--first")
	})
}

// The check of a new file proposes no more than a day takes, too.
func TestCheckOfANewFileKeepsToTheCap(t *testing.T) {
	w := newWorld(t, sandbox.Options{})
	path := w.write("spring.csv", people(3))
	got := w.check(path, "--daily-cap", "2").want(t, 0).says(t, english.CapNow(2, "2"), english.CheckSend())
	w.run(append(proposedSend(got.out), "--yes")...).want(t, 0)
	w.truth(2, "spring.results.csv")
	rows := strings.SplitAfter(people(3), "\n")
	w.write("spring.csv", rows[0]+rows[3]+rows[1]+rows[2]) // rows are named as this file numbers them
	w.check(path).want(t, 0).says(t, "To send 1 person (row 2) Takes").unsaid(t, "Changes")
}

// Repeats in other campaigns are left out by the first command that a check proposes, and sent once more by the second.
func TestCheckSaysWhatRepeatsDo(t *testing.T) {
	w := newWorld(t, sandbox.Options{})
	w.send(w.write("spring.csv", people(3))).want(t, 0)
	path := w.write("copy.csv", people(5))
	got := w.check(path).want(t, 0).says(t, english.CheckRepeats(), "--again").tells(t, "repeats-of", "3", "\"spring\"")
	w.run(append(proposedSend(got.out), "--yes")...).want(t, 0)
	w.truth(5, "copy.results.csv")

	same := w.write("same.csv", people(3)) // of which nobody is left
	got = w.check(same).want(t, 0).says(t, english.CheckRepeats()).unsaid(t, "--skip-repeats")
	w.run(append(proposedSend(got.out), "--yes")...).want(t, 5).tells(t, "finished-again") // it goes on with spring, and is over
	_, again, _ := strings.Cut(got.out, english.RepeatsAgain(3))
	w.run(append(proposedSend(again), "--yes")...).want(t, 0)
	w.truth(8, "same.results.csv")
}

// What was sent from another number stops under its name, and repeats under another.
func TestCheckOfAnotherAccountsCampaign(t *testing.T) {
	t.Parallel()
	w := newWorld(t, sandbox.Options{})
	path := w.write("spring.csv", people(3))
	w.send(path).want(t, 0)
	other := newWorld(t, sandbox.Options{Templates: sandbox.BuiltIn(99)})
	w.env["KANAL_API_URL"] = other.server.URL
	got := w.check(path).want(t, 0).says(t, english.Standing("other-account", "", "56"), "--campaign spring-2", english.CheckRepeats()).
		tells(t, "repeats-of", "3", "\"spring\"")
	words := append(proposedSend(got.out), "--yes")
	w.run(words...).want(t, 0)
	if n := len(other.kanal.Accepted()); n != 3 {
		t.Errorf("%d accepted", n)
	}
}

// A finished rehearsal starts over, so that the check of one is that of a new campaign.
func TestCheckOfAFinishedRehearsal(t *testing.T) {
	w := newWorld(t, sandbox.Options{})
	path := w.write("spring.csv", people(2))
	w.send(path, "--sandbox").want(t, 0)
	got := w.check(path, "--sandbox").want(t, 0).says(t, "Repeats none").unsaid(t, "Campaign")
	w.run(proposedSend(got.out)...).want(t, 0)
}

func TestCheckJSONKnowsTheCampaign(t *testing.T) {
	w := newWorld(t, sandbox.Options{})
	path := w.write("spring.csv", people(3))
	type campaign struct {
		Name, State, Finished, Send string
		Messaged                    int
		ToSend                      int `json:"to_send"`
	}
	check := func() (found struct {
		Campaign    *campaign
		SendCommand string `json:"send_command"`
	}) {
		if err := json.Unmarshal([]byte(w.check(path, "--format", "json").want(t, 0).out), &found); err != nil {
			t.Fatal(err)
		}
		return found
	}
	if got := check(); got.Campaign != nil {
		t.Errorf("before: %+v", got.Campaign)
	}
	w.send(path, "--first", "2").want(t, 0)
	if got := check(); *got.Campaign != (campaign{Name: "spring", State: "unfinished", Send: "resume", Messaged: 2, ToSend: 1}) {
		t.Errorf("unfinished: %+v", got.Campaign)
	}
	w.write("spring.csv", people(4))
	if got := check(); got.Campaign.Send != "update" || !strings.HasSuffix(got.SendCommand, " --update") {
		t.Errorf("changed: %+v", got)
	}
	w.write("spring.csv", people(3))
	w.send(path).want(t, 0)
	if got := check(); got.Campaign.State != "finished" || got.Campaign.Send != "finished" || got.Campaign.Finished == "" {
		t.Errorf("finished: %+v", got)
	}
}

// What a check of an unfinished campaign's file announces holds with whatever flags it was planned and is checked.
func TestCheckGoesByThePlan(t *testing.T) {
	w := newWorld(t, sandbox.Options{})
	bad := w.write("bad.csv", people(4)+"12,Bob,C\n")
	w.send(bad, "--skip-invalid", "--first", "1").want(t, 3)
	w.check(bad).want(t, 0).says(t, "To send 3 people (rows 3, 4 and 5)", "kanal-campaign resume bad").unsaid(t, "Nothing can be sent yet")
	good := w.write("good.csv", people(3))
	w.send(good, "--first", "1", "--campaign", "good", "--again").want(t, 0)
	for _, flags := range [][]string{{"--skip-invalid"}, {"--duplicates", "skip"}, {"--accept-possible"}} {
		w.check(good, flags...).want(t, 0).says(t, "To send 2 people (rows 3 and 4)", "kanal-campaign resume good")
	}
	w.run("resume", "good", "--yes", "--rate", "6000").want(t, 0)
	w.truth(4, "good.results.csv")
}
