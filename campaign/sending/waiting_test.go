package sending_test

import (
	"fmt"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"kanal-campaign/campaign/hours"
	"kanal-campaign/campaign/outcome"
	"kanal-campaign/campaign/record"
	"kanal-campaign/campaign/sending"
	"kanal-campaign/campaign/sending/sendingtest"
	"kanal-campaign/kanal/sandbox"
)

// within gives a sender the hours of a window, and a zone for numbers that tell none.
func within(t *testing.T, s *sending.Sender, window string) {
	t.Helper()
	w, err := hours.ParseWindow(window)
	if err != nil {
		t.Fatal(err)
	}
	s.Hours = hours.NewHours(w, time.UTC)
}

// onTime fails the test unless the server saw every message at an hour of its recipient that the window allows.
func onTime(b *sendingtest.Bench, s *sending.Sender) {
	b.T.Helper()
	judged := hours.NewHours(s.Hours.Window, time.UTC)
	for _, r := range b.Server.Requests() {
		if opens := judged.Opening(r.Number, r.Time); !opens.IsZero() {
			b.T.Errorf("a message to %s at %s, and the window opens at %s", r.Number, r.Time.UTC(), opens.UTC())
		}
	}
}

// mixed is an audience of rows that go to the numbers' countries in turn: +33 6 1234 …
func mixed(rows int, prefixes ...string) string {
	var text strings.Builder
	text.WriteString("phone,prenom,code\n")
	for i := range rows {
		prefix := prefixes[i%len(prefixes)]
		fmt.Fprintf(&text, "+%s%0*d,Zoé %d,P%05d\n", prefix, widths[prefix[:2]]-len(prefix), i, i, i)
	}
	return text.String()
}

// widths are the lengths of numbers by the beginning of their country's code.
var widths = map[string]int{"33": 11, "26": 12, "12": 11, "79": 11, "81": 12}

// In the bubble it is Saturday, 1 January 2000, midnight in Greenwich.
func TestWindowHoldsUpNobodyElse(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		const rows = 60
		b := sendingtest.NewBench(t, 1, sandbox.Options{})
		defer b.Close()
		b.Wire.Jitter = time.Second / 2
		// New York is first in the file, and opens last; Réunion opens at 5, Paris at 8, New York at 14.
		s := b.NewSender("world", mixed(rows, "1212555", "336123", "262692"))
		within(t, s, "9-18")
		var waits []sending.Wait
		s.Watch = func(p sending.Progress) {
			if p.Wait.For == sending.WaitWindow && (len(waits) == 0 || waits[len(waits)-1] != p.Wait) {
				waits = append(waits, p.Wait)
			}
		}
		if stop := b.Run(s); stop.Code != sending.StopDone {
			t.Fatalf("stopped: %+v", stop)
		}
		b.Agree(s)
		onTime(b, s)
		if counts := b.Statuses(s); counts[outcome.Sent] != rows {
			t.Errorf("%v", counts)
		}
		var order []string
		for _, r := range b.Server.Requests() {
			order = append(order, r.Number)
		}
		for i := range rows / 3 { // each country in the file's order
			for part, prefix := range []string{"262", "33", "1"} {
				if got := order[part*rows/3+i]; !strings.HasPrefix(got, prefix) || i > 0 &&
					len(got) == len(order[part*rows/3+i-1]) && got < order[part*rows/3+i-1] {
					t.Errorf("message %d went to %s", part*rows/3+i, got)
				}
			}
		}
		day := time.Date(2000, 1, 1, 0, 0, 0, 0, time.UTC)
		for i, hour := range []time.Duration{5, 8, 14} {
			if i >= len(waits) || !waits[i].Until.Equal(day.Add(hour*time.Hour)) {
				t.Errorf("waits: %v", waits)
				break
			}
		}
	})
}

// A campaign longer than a day's window goes on the next day, where it was; the rows of a country that is open all the
// while are not kept waiting by the many before them.
func TestWindowSplitsACampaign(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		b := sendingtest.NewBench(t, 1, sandbox.Options{})
		defer b.Close()
		s := b.NewSender("long", mixed(300, "336123")+strings.TrimPrefix(mixed(5, "819012"), "phone,prenom,code\n"))
		s.Rate = 30
		within(t, s, "Sat-Mon 9:00-9:04")
		began := time.Now()
		if stop := b.Run(s); stop.Code != sending.StopDone {
			t.Fatalf("stopped: %+v", stop)
		}
		b.Agree(s)
		onTime(b, s)
		if counts := b.Statuses(s); counts[outcome.Sent] != 305 {
			t.Errorf("%v", counts)
		}
		// 120 a day at most; the third day, Monday, brings the last.
		if took := time.Since(began); took < 48*time.Hour || took > 57*time.Hour {
			t.Errorf("it took %s", took)
		}
	})
}

// A throttled row is tried again when the window is open; a doubt that would be too old by then is left to the user at
// once, and holds up no run overnight; one that will be young enough waits.
func TestRetriesObeyTheWindow(t *testing.T) {
	for _, test := range []struct {
		name, window string
		fault        sandbox.Fault
		status       outcome.Status
		least, most  time.Duration
	}{
		{"throttled", "8:00-8:01", sandbox.Throttle, outcome.Sent, 31 * time.Hour, 32 * time.Hour},
		{"doubt overnight", "8:00-8:01", sandbox.DropAfter, outcome.Unknown, 7 * time.Hour, 9 * time.Hour},
		{"doubt over lunch", "8:00-8:01,14-15", sandbox.DropAfter, outcome.AlreadySent, 13 * time.Hour, 14 * time.Hour},
	} {
		t.Run(test.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				b := sendingtest.NewBench(t, 1, sandbox.Options{Faults: sandbox.Faults{
					Script: map[int]sandbox.Fault{60: test.fault}}})
				defer b.Close()
				s := b.NewSender("late", mixed(60, "336123"))
				within(t, s, test.window)
				s.DoubtDelay = 5 * time.Minute
				began := time.Now() // 60 messages at 60 a minute: the last leaves as the window closes
				if stop := b.Run(s); stop.Code != sending.StopDone {
					t.Fatalf("stopped: %+v", stop)
				}
				onTime(b, s)
				b.Agree(s)
				if row := b.Rows(s)[61]; row.State.Status != test.status {
					t.Errorf("%+v", row.State)
				}
				if took := time.Since(began); took < test.least || took > test.most {
					t.Errorf("it took %s", took)
				}
			})
		})
	}
}

// The wall clock is set, or the computer sleeps, while everybody's window is shut: it is the wall clock that counts.
func TestWindowFollowsTheWallClock(t *testing.T) {
	for name, test := range map[string]struct {
		jump        time.Duration
		least, most time.Duration // by the steady clock
	}{
		"slept past the opening": {9 * time.Hour, time.Hour, time.Hour + 2*time.Minute},
		"slept a day and a half": {38 * time.Hour, time.Hour, time.Hour + 2*time.Minute},
		"set back three hours":   {-3 * time.Hour, 11 * time.Hour, 11*time.Hour + 2*time.Minute},
		"set back a day":         {-aDay, 8 * time.Hour, 8*time.Hour + 2*time.Minute},
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				b := sendingtest.NewBench(t, 1, sandbox.Options{})
				defer b.Close()
				jumpIn(b, time.Hour, test.jump)
				s := b.NewSender("jumps", mixed(3, "336123"))
				within(t, s, "9-20")
				began := time.Now()
				if stop := b.Run(s); stop.Code != sending.StopDone {
					t.Fatalf("stopped: %+v", stop)
				}
				b.Agree(s)
				if counts := b.Statuses(s); counts[outcome.Sent] != 3 {
					t.Errorf("%v", counts)
				}
				if took := time.Since(began); took < test.least || took > test.most {
					t.Errorf("it took %s", took)
				}
			})
		})
	}
}

// A pilot is about the first people of the plan: it waits for their hours, and takes nobody else in their place.
func TestPilotWithinAWindow(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		b := sendingtest.NewBench(t, 1, sandbox.Options{})
		defer b.Close()
		s := b.NewSender("pilot", mixed(9, "336123", "1212555", "819012"))
		within(t, s, "9-20") // it is 9 o'clock in Tokyo
		b.KeepToFirst(s, 2)  // it is night for the first of them
		began := time.Now()
		if stop := b.Run(s); stop.Code != sending.StopPilot {
			t.Fatalf("stopped: %+v", stop)
		}
		onTime(b, s)
		if counts := b.Statuses(s); counts[outcome.Sent] != 2 || counts[outcome.Pending] != 7 || time.Since(began) < time.Hour {
			t.Errorf("%v after %s", counts, time.Since(began))
		}
	})
}

// Ctrl-C ends a night's wait at once, and the next run goes on.
func TestInterruptedWhileTheWindowIsShut(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		b := sendingtest.NewBench(t, 1, sandbox.Options{})
		defer b.Close()
		s := b.NewSender("night", mixed(3, "336123"))
		within(t, s, "9-20")
		stopped := make(chan struct{})
		time.AfterFunc(time.Hour, func() { close(stopped) })
		began := time.Now()
		stop, err := s.Run(t.Context(), stopped)
		if err != nil || stop.Code != sending.StopInterrupted || time.Since(began) != time.Hour || len(b.Server.Requests()) > 0 {
			t.Fatalf("%+v, %v after %s, %d requests", stop, err, time.Since(began), len(b.Server.Requests()))
		}
		s.RunID++
		if stop := b.Run(s); stop.Code != sending.StopDone {
			t.Fatalf("stopped: %+v", stop)
		}
		onTime(b, s)
		b.Agree(s)
	})
}

// Two campaigns to the same people at once, with a gap between messages: each person gets one message, whichever comes
// first, and the other row says of which campaign.
func TestMinGapBetweenTwoCampaignsAtOnce(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		const rows = 40
		b := sendingtest.NewBench(t, rows, sandbox.Options{})
		defer b.Close()
		b.Wire.Jitter = 2 * time.Second
		other := b.NewSender("autumn", strings.ReplaceAll(sendingtest.Audience(rows), "Zoé", "Léa"))
		ends := make(chan error)
		for _, s := range []*sending.Sender{b.Sender, other} {
			s.MinGap = 7 * aDay
			go func() { _, err := s.Run(t.Context(), nil); ends <- err }()
		}
		for range 2 {
			if err := <-ends; err != nil {
				t.Fatal(err)
			}
		}
		people := map[string]int{}
		for _, a := range b.Server.Accepted() {
			people[a.Number]++
		}
		if len(people) != rows || len(b.Server.Accepted()) != rows {
			t.Errorf("%d people got %d messages", len(people), len(b.Server.Accepted()))
		}
		for _, s := range []*sending.Sender{b.Sender, other} {
			b.Agree(s)
			for _, row := range b.Rows(s) {
				detail, told := record.DetailOf(row.Error)
				if left := row.State.Status == outcome.Skipped; left != told ||
					left && (row.State.Cause != outcome.CauseMessagedRecently || detail.Campaign == s.Campaign.Name || detail.Since.IsZero()) {
					t.Fatalf("%+v", row)
				}
			}
		}
	})
}

// What the progress foretells while a run waits for the next day is what happens.
func TestForecastHolds(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		b := sendingtest.NewBench(t, 1, sandbox.Options{})
		defer b.Close()
		s := b.NewSender("long", mixed(100, "336123"))
		within(t, s, "9-9:01")
		s.Zones = hours.NewZoneCounts(hours.NewHours(s.Hours.Window, time.UTC))
		for _, row := range b.Rows(s) {
			s.Zones.Add(row.Phone)
		}
		var foretold time.Time
		s.Watch = func(p sending.Progress) {
			if foretold.IsZero() {
				foretold = p.End
			}
		}
		b.Run(s)
		if off := time.Since(foretold); off.Abs() > 10*time.Second || foretold.IsZero() {
			t.Errorf("it ended at %s, foretold was %s", time.Now(), foretold)
		}
	})
}
