package screen

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"kanal-campaign/campaign/outcome"
	"kanal-campaign/campaign/record"
	"kanal-campaign/campaign/sending"
	"kanal-campaign/reports/words"
)

func TestMasks(t *testing.T) {
	m := masker{}
	for in, want := range map[string]string{
		"(#131026) Message undeliverable":                                       "(#131026) Message undeliverable",
		"no route to +33 6 12 34 56 78.":                                        "no route to 33…78.",
		"33612345678 and 0032470123456":                                         "33…78 and 00…56",
		"--test-to=06 - 17 - 99 - 88 - 77":                                      "--test-to=06…77",
		"06_17_99_88_77, 06·17·99·88·77, 06–17–99–88–77":                        "06…77, 06…77, 06…77",
		"06\u201117\u201199\u201188\u201177 06\u300017\u300099\u300088\u300077": "06…77",
		"０６１７９９８８７７":                                                            "０…",
		"Mon-Sat 09:00-12:00,14:00-18:00; 12 of 1,312":                          "Mon-Sat 09:00-12:00,14:00-18:00; 12 of 1,312",
		"write to zoe@example.com":                                              "write to …",
		"sent with this key: 016f2ff2-6476-5cad-adef-9be481559df2.":             "sent with this key: ….",
		"Variable prenom (Zoé) not found, 500":                                  "Variable prenom (Z…) not found, 500",
	} {
		if got := m.text(in, "Zoé", "500"[:2]); got != want {
			t.Errorf("%q reads %q, want %q", in, got, want)
		}
	}
	for in, want := range map[string]string{"Zoé Martin": "Z. M.", "élodie": "É.", "": "", " a b c d ": "A. B. C.", "李小龙": "李."} {
		if got := m.name(in); got != want {
			t.Errorf("%q reads %q, want %q", in, got, want)
		}
	}
	for in, want := range map[string]string{"06 12 34 56 7": "06…67", "Zoé": "Z…", "#N/A": "#…", "": "", "?": "?", "123": "1…"} {
		if got := m.cell(in); got != want {
			t.Errorf("the cell %q reads %q, want %q", in, got, want)
		}
	}
	if whole := (masker{whole: true}); whole.text("+33612345678", "x")+whole.name("Zoé M")+whole.cell("06")+whole.phone("336") != "+33612345678Zoé M06336" {
		t.Error("something is masked that is to be whole")
	}
}

// What a pause is called depends on the runs around it, and on the last answers before it.
func TestPauses(t *testing.T) {
	minute := func(hour, minute int, kind outcome.Kind, n int) record.Minute {
		start := at(20, hour, minute)
		return record.Minute{Start: start, Kind: kind, Attempts: n,
			First: start.Add(time.Second), Last: start.Add(time.Duration(n) * time.Second)}
	}
	b := overviewBuilder{Face: Plain(nil), options: OverviewOptions{Location: paris}, runs: []record.Run{
		{ID: 1, StartedAt: at(20, 9, 50), EndedAt: at(20, 9, 51), Stopped: "declined"},
		{ID: 2, StartedAt: at(20, 10, 0), EndedAt: at(20, 10, 2), Stopped: string(sending.StopInterrupted)},
		{ID: 3, StartedAt: at(20, 10, 30)},
		{ID: 4, StartedAt: at(20, 11, 0)},
	}}
	timeline := b.timeline([]record.Minute{
		minute(10, 0, outcome.Accepted, 60), minute(10, 1, outcome.Accepted, 20), minute(10, 1, outcome.Refusal, 4),
		minute(10, 30, outcome.Accepted, 10), minute(10, 32, outcome.Replayed, 10), // a minute without is the pace's own
		minute(11, 0, outcome.Throttled, 1), minute(11, 10, outcome.NotDelivered, 2), minute(11, 10, outcome.Doubt, 1),
		minute(11, 20, outcome.Doubt, 1), minute(11, 30, "", 1), minute(11, 40, outcome.Accepted, 1),
	})
	var got []string
	for _, s := range timeline.Stretches {
		text := fmt.Sprintf("%s-%s %s ", s.First.Format(time.TimeOnly), s.Last.Format(time.TimeOnly), s.Lasted)
		if s.Pause != "" {
			text += s.Pause
		} else {
			text += fmt.Sprintf("%d of %d, %s a minute", s.Accepted, s.Requests, s.PerMinute)
		}
		got = append(got, text)
	}
	w := words.English()
	want := []string{ // from the first request to the last one, and not to the end of its minute
		"10:00:01-10:01:20 1 min 80 of 84, 63 a minute", "10:01:20-10:30:01 29 min paused: Ctrl-C or a closed window",
		"10:30:01-10:32:10 2 min 20 of 20, 8.8 a minute", "10:32:10-11:00:01 28 min " + w.PauseSuddenly(),
		"11:00:01-11:00:01 1 s 0 of 1, 1.0 a minute", "11:00:01-11:10:01 10 min " + w.PauseAsked(),
		"11:10:01-11:10:02 1 s 0 of 3, 3.0 a minute", "11:10:02-11:20:01 10 min " + w.PauseNetwork(),
		"11:20:01-11:20:01 1 s 0 of 1, 1.0 a minute", "11:20:01-11:30:01 10 min " + w.PauseDoubts(),
		"11:30:01-11:30:01 1 s 0 of 1, 1.0 a minute", "11:30:01-11:40:01 10 min " + w.PauseWithin(),
		"11:40:01-11:40:01 1 s 1 of 1, 1.0 a minute",
	}
	if strings.Join(got, "\n") != strings.Join(want, "\n") {
		t.Errorf("got\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
	if timeline.Requests != 111 || timeline.Fastest != 60 || timeline.Busy != 10*time.Minute || len(timeline.Starts) != 2 {
		t.Errorf("%+v", timeline)
	}
}

// However often it paused, only the longest pauses are told.
func TestMostPauses(t *testing.T) {
	var minutes []record.Minute
	from := at(20, 0, 0)
	for i := range 100 {
		from = from.Add(time.Duration(5+i) * time.Minute)
		minutes = append(minutes, record.Minute{Start: from, Kind: outcome.Accepted, Attempts: 1})
	}
	b := overviewBuilder{Face: Plain(nil), options: OverviewOptions{Location: paris}}
	if n := len(b.timeline(minutes).Stretches); n != 2*mostPauses+1 {
		t.Errorf("%d stretches", n)
	}
}

func TestCountries(t *testing.T) {
	b := overviewBuilder{Face: Plain(nil)}
	b.facts.Phones = []record.PhoneGroup{
		{Example: "33612345678", Status: outcome.Sent, Rows: 3}, {Example: "33700000000", Status: outcome.Rejected, Rows: 2},
		{Example: "447781123456", Status: outcome.AlreadySent, Rows: 1}, {Example: "262692123456", Status: outcome.Pending, Rows: 1}, {Example: "000", Rows: 1},
	}
	got := b.countries()
	if want := "[{France 5 3 5} {Guernsey 1 1 5} {No country 1 0 5} {Réunion 1 0 5}]"; fmt.Sprint(got) != want {
		t.Errorf("got  %v\nwant %s", got, want)
	}
}

// What was confirmed is told as it was typed, run by run.
func TestConfirmedRunByRun(t *testing.T) {
	run := func(hour, confirmed int, stopped sending.StopCode) record.Run {
		return record.Run{StartedAt: at(20, hour, 0), EndedAt: at(20, hour, 5), Confirmed: confirmed, Stopped: string(stopped)}
	}
	const done = sending.StopDone
	for want, runs := range map[string][]record.Run{
		"Fri 20 Nov 2026, 10:42, 11 messages":                                                          nil, // rebuilt: nobody knows what was typed
		"Fri 20 Nov 2026, 10:42, 1,312 messages":                                                       {run(10, 1312, done), run(11, 0, done)},
		"5 messages, then 7, the last on Fri 20 Nov 2026, 11:00":                                       {run(9, 9, "declined"), run(10, 5, done), run(11, 7, done)},
		"1 message, then 4,180, then 2, the last on Fri 20 Nov 2026, 10:42":                            {run(8, 1, done), run(9, 4180, ""), run(10, 2, done)},
		"in 6 runs, each listed below with its number of messages, the last on Fri 20 Nov 2026, 12:00": slices.Repeat([]record.Run{run(12, 7, done)}, 6),
	} {
		c := novembre()
		c.ConfirmedAt, c.Confirmed = at(20, 10, 42), 11
		b := overviewBuilder{Face: Plain(nil), options: OverviewOptions{Location: paris}, campaign: c, runs: runs}
		if got := b.confirmed(); got != want {
			t.Errorf("got  %s\nwant %s", got, want)
		}
	}
}
