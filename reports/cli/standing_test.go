package cli_test

import (
	"encoding/json"
	"strings"
	"testing"

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
	w := newWorld(t, sandbox.Options{})
	path := interrupted(t, w)
	five := fivePeople()
	got := w.check(path).want(t, 0).says(t, `"spring" was started on`, "and is unfinished. 2 of these 5 have, or may have, this message from it.",
		"Sending this file goes on with it", "To go on with the campaign:").unsaid(t, "none of these messages was sent before", "--update")
	w.write("spring.csv", five.reversed().csv())
	w.check(path).want(t, 0).says(t, "To go on with the campaign:").unsaid(t, "--update")
	w.run(proposedSend(got.out)...).want(t, 0)
	w.truth(5, "spring.results.csv")

	w.check(path).want(t, 0).says(t, `"spring" was finished on`, "5 of these 5", "nothing is left to send", "kanal-campaign status spring").
		unsaid(t, "kanal-campaign send")
	w.write("spring.csv", five.with(append(five.rows, []string{"0612340009", "Eve", "C9"})).csv())
	got = w.check(path).want(t, 0).says(t, "the file is another one now. 5 of these 6 have", "To send only what is new or corrected:")
	words := proposedSend(got.out)
	w.run(append(words, "--yes")...).want(t, 0)
	w.truth(6, "spring.results.csv")

	got = w.run("check", path, "--template", "hello", "--country", "FR").want(t, 0).says(t, "sends another message: welcome (77)", "as another campaign:",
		"--campaign spring-2")
	w.run(append(proposedSend(got.out), "--yes", "--rate", "6000")...).want(t, 0)
	w.truth(12, "spring-2.results.csv")
	w.run("check", path, "--template", "hello", "--country", "FR", "--campaign", "spring-2").want(t, 0).
		says(t, `"spring-2" was finished on`, "6 of these 6")
}

// Repeats in other campaigns keep the proposed command from sending; the check says so beside it.
func TestCheckSaysWhatRepeatsDo(t *testing.T) {
	w := newWorld(t, sandbox.Options{})
	w.send(w.write("spring.csv", people(3))).want(t, 0)
	path := w.write("copy.csv", people(3))
	got := w.check(path).want(t, 0).says(t, "3 people got this very message in campaign \"spring\"", "This stops until --again is added")
	words := proposedSend(got.out)
	if strings.Contains(strings.Join(words, " "), "--again") {
		t.Errorf("proposed: %v", words)
	}
	w.run(append(words, "--yes")...).want(t, 5).says(t, "--again")
	w.truth(3, "spring.results.csv")
}

// What was sent from another number stops under its name, and repeats under another.
func TestCheckOfAnotherAccountsCampaign(t *testing.T) {
	w := newWorld(t, sandbox.Options{})
	path := w.write("spring.csv", people(3))
	w.send(path).want(t, 0)
	other := newWorld(t, sandbox.Options{Templates: sandbox.BuiltIn(99)})
	w.env["KANAL_API_URL"] = other.server.URL
	got := w.check(path).want(t, 0).says(t, "from another WhatsApp number (id 56)", `3 people got this very message in campaign "spring"`,
		"--campaign spring-2", "This stops until --again is added")
	words := append(proposedSend(got.out), "--yes")
	w.run(words...).want(t, 5)
	w.run(append(words, "--again")...).want(t, 0)
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
	if got := check(); *got.Campaign != (campaign{Name: "spring", State: "unfinished", Send: "resume", Messaged: 2}) {
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
