package cli_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"kanal-campaign/kanal/sandbox"
	"kanal-campaign/reports/words"
)

// A campaign over several days: the cap is remembered, what the last 24 hours have used up counts, and every summary
// proposes what the next day may take.
func TestDailyCapIsRemembered(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		v := newVirtual(t)
		path := v.write("novembre.csv", people(7))
		day := func(code int, args ...string) result {
			return v.run(append(args, "--yes")...).want(t, code)
		}
		day(0, "send", path, "--template", "welcome", "--country", "FR", "--first", "1").says(t, "row 2 33…00 accepted by Kanal message 987654", words.English().GoOnLook()).
			tells(t, "stop.pilot.heading")
		day(0, "resume", "novembre", "--daily-cap", "3", "--first", "2").says(t, "Volume 2 people. 1 person was messaged in the last 24 hours. --daily-cap allows 3 people", words.English().GoOnLater(3, "Sun 2 Jan, 00:01"), "resume novembre --first 3").
			tells(t, "stop.people-left.heading", "4").unsaid(t, "pilot", words.English().GoOnLook())
		time.Sleep(12 * time.Hour)
		for part, args := range map[string][]string{"--first 3": {"resume", "novembre"}, "resume --first 3": {"send", path}} {
			v.runOn(terminal{is: true, input: "no\n"}, args...).want(t, 5).
				says(t, "WARNING: "+english.VolumeRecent(3)+" "+english.VolumeFull(3), "Wait until Sun 2 Jan, 00:01, then go on with "+part+".")
		}
		time.Sleep(12*time.Hour + time.Minute)
		v.runOn(terminal{is: true, input: "no\n"}, "resume", "novembre").want(t, 5).
			says(t, "WARNING: 4 people. "+english.VolumeBeyond(3), english.VolumeDays(2, "--first 3", "3"))
		day(0, "resume", "novembre", "--first", "3").says(t, "Volume 3 people. --daily-cap allows 3 people", english.GoOnLater(3, "Mon 3 Jan, 00:02"), "kanal-campaign resume novembre").
			unsaid(t, "pilot", "resume novembre --first")
	})
}

// A changed file knows the cap, too; none lifts it.
func TestDailyCapOfAnUpdate(t *testing.T) {
	t.Parallel()
	w := newWorld(t, sandbox.Options{})
	path := w.write("novembre.csv", people(2))
	w.send(path, "--daily-cap", "3").want(t, 0)
	w.write("novembre.csv", people(4))
	w.runOn(terminal{is: true, input: "no\n"}, "send", path, "--update").want(t, 5).says(t, "WARNING: 2 people. "+english.VolumeRecent(2)+" "+english.VolumeBeyond(3))
	w.run("send", path, "--update", "--yes", "--rate", "6000", "--daily-cap", "none").want(t, 0).unsaid(t, "--daily-cap", "Volume")
	w.truth(4, "novembre.results.csv")
}

// An update beyond the cap is asked about, and stops where nobody can be asked, just as resume does.
func TestUpdateBeyondTheDailyCap(t *testing.T) {
	t.Parallel()
	w := newWorld(t, sandbox.Options{})
	path := w.write("novembre.csv", people(2))
	w.send(path, "--daily-cap", "3").want(t, 0)
	w.write("novembre.csv", people(5))
	update := []string{"send", path, "--update", "--rate", "6000"}
	before := len(w.requests())
	beyond := "3 people. " + english.VolumeRecent(2) + " " + english.VolumeBeyond(3)
	w.run(update...).want(t, 5).says(t, "WARNING: "+beyond,
		english.CapExceeded(3), " --update --rate 6000 --first 1 "+english.CapExceededAll()).
		unsaid(t, "there is no terminal to confirm on")
	w.runOn(terminal{is: true, input: "no\n"}, update...).want(t, 5).says(t, english.Ask("cap", false, "")).
		tells(t, "confirm-prompt", "3")
	w.runOn(terminal{is: true, input: "no\n"}, append(update, "--quiet")...).want(t, 5).tells(t, "ask.cap.question")
	if n := len(w.requests()); n != before {
		t.Fatalf("%d requests without a yes", n-before)
	}
	w.run("status", "novembre").want(t, 0).says(t, "novembre").tells(t, "state.finished")
	w.run(append(update, "--first", "1", "--yes")...).want(t, 0).unsaid(t, "--daily-cap leaves")
	w.truth(3, "novembre.results.csv")
	w.run("resume", "novembre").want(t, 5).tells(t, "cap-exceeded-full")
	w.run("resume", "novembre", "--rate", "6000", "--yes").want(t, 0)
	w.truth(5, "novembre.results.csv")
	w.perPerson()
}

// The command that a changed file is answered with sends what was shown, and no more than the cap leaves.
func TestChangedFileProposesWhatTheCapLeaves(t *testing.T) {
	t.Parallel()
	w := newWorld(t, sandbox.Options{})
	path := w.write("novembre.csv", people(2))
	w.send(path, "--daily-cap", "3").want(t, 0)
	w.write("novembre.csv", people(4)+"06 12,Bob,C\n")
	got := w.send(path, "--skip-invalid").want(t, 5).says(t, "2 "+english.UpdateAdded()+" (rows 4 and 5)", "1 with errors: left out (row 6)",
		english.CapNow(1, "3")+" "+english.ChangedFileUpdate())
	words := proposedSend(got.err)
	w.run(append(words, "--yes", "--rate", "6000")...).want(t, 3) // the row with errors is left out
	w.acceptedFor("33612340002")
	w.truth(3, "novembre.results.csv")
}

// In virtual time it is Saturday, 1 January 2000, midnight in Greenwich: resume and retry say so as send does, by the
// holidays that send was given.
func TestHoursOfResumeAndRetry(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		v := newVirtual(t)
		path := v.write("novembre.csv", "phone,prenom,code\n+33600000003,Held,1\n+32470123456,Rest,2\n+32470123457,Rest,3\n+32470123458,Rest,4\n")
		list := v.write("jours.txt", "2000-01-01 Nouvel An\n")
		v.run("send", path, "--template", "welcome", "--yes", "--first", "2", "--holidays", list).want(t, 3).
			tells(t, "breach.holiday.start")
		said := []string{"Hours WARNING: Sat 1 Jan 2000 is a public holiday (Nouvel An)", english.HolidaysOfFile(list)}
		v.run("resume", "novembre", "--yes", "--first", "1").want(t, 3).says(t, said...)
		v.runOn(terminal{is: true, input: "no\n"}, "retry", "novembre").want(t, 5).says(t, said...)
		os.Remove(list)
		v.runOn(terminal{is: true, input: "no\n"}, "retry", "novembre").want(t, 5).says(t, english.HolidaysFileGone(list)).
			tells(t, "breach.holiday.start")
		v.runOn(terminal{is: true, input: "no\n"}, "retry", "novembre", "--holidays", "none").want(t, 5).says(t, english.HolidaysOfMost("France")).
			tells(t, "breach.holiday.start")
		v.run("retry", "novembre", "--holidays", filepath.Join(v.dir, "nowhere.txt"), "--yes").want(t, 1).tells(t, "nothing-sent")
		time.Sleep(58 * time.Hour) // Monday, 10:00
		v.runOn(terminal{is: true, input: "no\n"}, "resume", "novembre", "--holidays", "none").want(t, 5).
			says(t, "Hours "+english.HoursGood()+" "+english.HolidaysUnknown("Belgium"))
	})
}

// With the ledger its window is lost: at night --yes does not go on without one, a person may, and --send-window decides.
func TestRebuiltAtNight(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		v := newVirtual(t)
		path := v.write("novembre.csv", people(4))
		v.run("send", path, "--template", "welcome", "--country", "FR", "--yes", "--first", "1", "--send-window", "8-20").want(t, 0)
		v.loseLedger()
		time.Sleep(62 * time.Hour) // Monday, 21:00 and more
		rebuild := []string{"resume", "--from", filepath.Join(v.dir, "novembre.results.csv"), "--first", "1"}
		before := len(v.requests())
		v.run(append(rebuild, "--yes")...).want(t, 5).says(t, "Hours WARNING: Sending would start on Mon 3 Jan 2000", english.RebuiltAtNight(),
			"--send-window none", english.RebuiltMissing("--send-window, --suppress or --min-gap"))
		v.runOn(terminal{is: true, input: "no\n"}, rebuild...).want(t, 5).says(t, "Hours WARNING")
		if n := len(v.requests()); n != before {
			t.Fatalf("%d requests without a decision", n-before)
		}
		v.run(append(rebuild, "--yes", "--send-window", "none")...).want(t, 0)
		v.loseLedger()
		v.runOn(terminal{is: true, input: "1\n"}, rebuild...).want(t, 0)
		v.loseLedger()
		time.Sleep(12 * time.Hour)
		v.run(append(rebuild, "--yes")...).want(t, 0).says(t, "Hours "+english.HoursGood())
		v.truth(4, "novembre.results.csv")
	})
}

// --min-gap of a rebuilt campaign leaves out whom another campaign has messaged, of those that nothing was sent of yet:
// what is sent stays sent, and a row in doubt stays in doubt.
func TestRebuiltWithGap(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := newVirtual(t)
		rows := "phone,prenom,code\n0612340001,Zoé,A\n33600000012,always 500,B\n0612340002,Léa,C\n0612340003,Max,D\n0612340004,Ida,E\n"
		w.send(w.write("spring.csv", rows), "--first", "2", "--max-failures", "1").want(t, 6)
		w.loseLedger()
		w.send(w.write("other.csv", strings.ReplaceAll(rows, ",Max,", ",Tom,")[:strings.Index(rows, "0612340004")]), "--max-failures", "1", "--again",
			"--continue-earlier").want(t, 6)
		w.run("resume", "other", "--rate", "6000", "--doubt-delay", "1ms", "--request-timeout", "2s").want(t, 3)
		before := w.read("spring.results.csv")
		w.rebuild("spring.results.csv", "--min-gap", "7d", "--again").want(t, 3).says(t, "Left out 2 rows: messaged recently", "To send 2 people")
		got := w.results("spring.results.csv")
		for i, want := range []string{"sent", "unknown", "skipped", "skipped", "sent"} {
			if got[i]["status"] != want {
				t.Errorf("row %d reads %s, want %s\n%s", i+2, got[i]["status"], want, before)
			}
		}
		if e := got[3]["error"]; got[3]["cause"] != "messaged-recently" || !strings.Contains(e, `campaign "other"`) {
			t.Errorf("%v", got[3])
		}
		w.run("resume", "spring", "--min-gap", "7d").want(t, 2).tells(t, "resume-flag-from-only", "--min-gap")
		w.run("resume", "spring", "--again").want(t, 2).tells(t, "resume-flag-from-only", "--again")
	})
}

// A cap that was given with send and that going on would pass is asked about, and without a terminal it stops: every command
// that is proposed keeps to it.
func TestResumeBeyondTheDailyCap(t *testing.T) {
	t.Parallel()
	w := newWorld(t, sandbox.Options{})
	path := w.write("novembre.csv", people(6))
	w.kanal.RevokeAfter(2)
	w.send(path, "--daily-cap", "3").want(t, 1).says(t, "resume novembre --first 1")
	w.kanal.AddKey(sandbox.DefaultKey)
	before := len(w.requests())
	w.run("status", "novembre").want(t, 0).says(t, words.English().GoOnPortion(1, "3"),
		"kanal-campaign resume novembre --first 1")
	w.run("resume", "--from", path, "--campaign", "novembre").want(t, 5).says(t, "kanal-campaign resume novembre --first 1")
	w.run("check", path, "--template", "welcome", "--country", "FR").want(t, 0).says(t, english.CapNow(1, "3"), english.CheckResume(), "resume novembre --first 1")
	for _, args := range [][]string{{"resume", "novembre"}, {"send", path}} {
		w.run(args...).want(t, 5).says(t, "WARNING: 4 people. "+english.VolumeRecent(2)+" "+english.VolumeBeyond(3),
			english.CapExceeded(4), "kanal-campaign resume novembre --first 1 "+english.CapExceededAll())
		w.runOn(terminal{is: true, input: "no\n"}, args...).want(t, 5).says(t, english.Ask("cap", false, "")).
			tells(t, "confirm-prompt", "4")
	}
	if n := len(w.requests()); n != before {
		t.Fatalf("%d requests without a yes", n-before)
	}
	w.run("resume", "novembre", "--first", "1", "--rate", "6000").want(t, 0).unsaid(t, "WARNING: 1 person")
	w.run("resume", "novembre").want(t, 5).tells(t, "cap-exceeded-full").tells(t, "cap-exceeded-full")
	w.run("status", "novembre").want(t, 0).says(t, "then go on: kanal-campaign resume novembre").tells(t, "go-on-later", "3").
		unsaid(t, "resume novembre --first")
	w.runOn(terminal{is: true, input: "3\n"}, "resume", "novembre", "--rate", "6000").want(t, 0)
	w.truth(6, "novembre.results.csv")
}

// Who is in doubt has been written to already: trying again takes nothing of the cap, and asks nothing.
func TestDoubtsTakeNothingOfTheDailyCap(t *testing.T) {
	t.Parallel()
	w := newWorld(t, sandbox.Options{})
	path := w.write("novembre.csv", people(1)+"+33600000005,Answer lost,B\n")
	w.send(path, "--daily-cap", "2", "--max-failures", "1").want(t, 6)
	before := len(w.requests())
	w.run("resume", "novembre", "--rate", "6000", "--doubt-delay", "1ms",
		"--request-timeout", "2s").want(t, 0).unsaid(t, "Volume WARNING")
	if n := len(w.requests()); n == before {
		t.Error("the row in doubt was not tried again")
	}
	w.truth(2, "novembre.results.csv")
}

// A retry cannot send to a number of people: what it says of the cap names what it can do.
func TestRetryBeyondTheDailyCap(t *testing.T) {
	w := newWorld(t, sandbox.Options{})
	w.send(w.write("novembre.csv", people(1)+"+33600000003,Held,B\n+33600000002,None,C\n"), "--daily-cap", "2").want(t, 3)
	before := len(w.requests())
	w.run("retry", "novembre").want(t, 5).says(t, "WARNING: 2 people. "+english.VolumeRecent(1)+" "+english.VolumeBeyond(2), english.VolumeChooseFewer()).
		unsaid(t, "--first")
	if n := len(w.requests()); n != before {
		t.Errorf("%d requests without a yes", n-before)
	}
}

// A used-up cap leaves room for a run when as many people have left the 24 hours as the run writes to, and not with the first.
func TestDailyCapLeavesRoomForTheWholeRun(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		v := newVirtual(t)
		path := v.write("novembre.csv", people(9))
		v.send(path, "--daily-cap", "3", "--first", "2").want(t, 0)
		time.Sleep(5 * time.Hour)
		v.run("resume", "novembre", "--first", "1", "--yes").want(t, 0).says(t, english.GoOnLater(3, "Sun 2 Jan, 05:01"), "kanal-campaign resume novembre --first 3")
		v.run("resume", "novembre", "--first", "2").want(t, 5).says(t, english.CapExceededFull("Sun 2 Jan, 00:01"), "resume novembre --first 2")
		v.run("resume", "novembre").want(t, 5).says(t, english.CapExceededFull("Sun 2 Jan, 05:01"), "resume novembre --first 3")
		time.Sleep(19*time.Hour + time.Minute)
		v.run("resume", "novembre", "--first", "2", "--yes").want(t, 0)
		v.run("resume", "novembre").want(t, 5).tells(t, "cap-exceeded-full")
	})
}

// A campaign that begins beyond the cap is asked about as one that goes on.
func TestSendBeyondTheDailyCap(t *testing.T) {
	t.Parallel()
	w := newWorld(t, sandbox.Options{})
	send := []string{"send", w.write("novembre.csv", people(5)), "--template", "welcome", "--country", "FR", "--daily-cap", "3", "--rate", "6000"}
	w.run(send...).want(t, 5).says(t, english.CapExceeded(5), " --first 3 "+english.CapExceededAll())
	w.runOn(terminal{is: true, input: "no\n"}, send...).want(t, 5).says(t, english.Ask("cap", false, "")).
		tells(t, "confirm-prompt", "5")
	if n := len(w.requests()); n != 0 {
		t.Fatalf("%d requests without a yes", n)
	}
	w.run(append(send, "--sandbox", "--doubt-delay", "1ms", "--request-timeout", "2s")...).want(t, 0).
		says(t, "A rehearsal asks nothing. Live, you would be asked here: this is more people than --daily-cap allows for now.")
	w.run(append(send, "--first", "3", "--yes")...).want(t, 0).unsaid(t, "--daily-cap leaves")
	w.truth(3, "novembre.results.csv")
	w.run(append(send, "--campaign", "all", "--again", "--yes")...).want(t, 0)
	w.truth(8, "all.results.csv")
}
