package hours_test

import (
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"kanal-campaign/campaign/hours"
	"kanal-campaign/campaign/number"
)

func TestParseWindow(t *testing.T) {
	for text, want := range map[string]string{
		"Mon-Sat 09:00-20:00":          "Mon-Sat 09:00-20:00",
		"  monday – SATURDAY 9 - 20 ":  "Mon-Sat 09:00-20:00",
		"9-20":                         "09:00-20:00",
		"Mon,Wed,Fri 09:30-12":         "Mon,Wed,Fri 09:30-12:00",
		"Mon-Fri 9-12,14-18; Sat 9-12": "Mon-Fri 09:00-12:00; Mon-Fri 14:00-18:00; Sat 09:00-12:00",
		"Fri-Mon 22:00-06:00":          "Mon,Fri-Sun 22:00-06:00",
		"Sun 0-24":                     "Sun 00:00-24:00",
		"20-00:00":                     "20:00-24:00",
	} {
		w, err := hours.ParseWindow(text)
		if err != nil || w.String() != want {
			t.Errorf("%q is %q, %v; want %q", text, w, err, want)
		}
	}
	for text, want := range map[string]string{
		"": "window-empty ", "Mon-Fri": "window-no-times Mon-Fri", "9-20;": "window-empty ", "Lun-Ven 9-20": "window-day lun-ven",
		"Mon- 9-20": "window-day mon-", "9-25": "window-time 9-25", "09:60-12": "window-time 09:60-12", "9": "window-no-span 9",
		"9h-20h": "window-time 9h-20h", "9-9": "window-nothing 9-9", "24:00-09:00": "window-time 24:00-09:00", "9-12,": "window-no-span ",
		"-9-20": "window-day -", "9:0-10": "window-time 9:0-10",
		"Mon1 9-20": "window-time 1 9-20", "Mon-Sat 1 9-20": "window-time 1 9-20", "9-1 2": "window-time 9-1 2",
		"9-12 14-18": "window-time 9-12 14-18", strings.Repeat("9-20;", 200): "window-empty ",
	} {
		_, err := hours.ParseWindow(text)
		var wrong *hours.WindowError
		if !errors.As(err, &wrong) || fmt.Sprint(wrong.Why, " ", wrong.Part) != want {
			t.Errorf("%q: %v; want %q", text, err, want)
		}
	}
}

// What is read is written so that it reads the same, and means the same at any minute.
func FuzzParseWindow(f *testing.F) {
	for _, seed := range []string{"Mon-Sat 09:00-20:00", "Mon,Wed,Fri 9-12,14-18;Sat 22-6", "9-20", "sun-mon 0-24", "-", ";",
		"9-9", "Mon 24-1"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		w, err := hours.ParseWindow(text)
		if err != nil {
			if w.String() != "" {
				t.Errorf("%q fails with %q", text, w)
			}
			return
		}
		again, err := hours.ParseWindow(w.String())
		if err != nil || again.String() != w.String() {
			t.Fatalf("%q is written %q, which reads %q, %v", text, w, again, err)
		}
		one, two := hours.NewHours(w, time.UTC), hours.NewHours(again, time.UTC)
		at := time.Date(2026, 3, 2, 0, 0, 0, 0, time.UTC)
		for range 24 {
			a, b := one.Opening("999", at), two.Opening("999", at)
			if !a.Equal(b) || !a.IsZero() && a.Sub(at) > 8*24*time.Hour {
				t.Fatalf("%q at %s: %s and %s", text, at, a, b)
			}
			at = at.Add(7*time.Hour + 53*time.Minute)
		}
	})
}

const (
	inParis   = "33612345678"
	inReunion = "262692123456"
	inNewYork = "12125550123"
	nowhere   = "870123456"   // satellites
	tollFree  = "18005550123" // anywhere from Guam to Puerto Rico
	inMoscow  = "79161234567"
)

func TestOpening(t *testing.T) {
	for _, test := range []struct{ window, phone, now, want string }{
		{"Mon-Sat 09:00-20:00", inParis, "2026-11-20T08:59:59+01:00", "2026-11-20T09:00:00+01:00"},
		{"Mon-Sat 09:00-20:00", inParis, "2026-11-20T09:00:00+01:00", ""},
		{"Mon-Sat 09:00-20:00", inParis, "2026-11-20T19:59:59+01:00", ""},
		{"Mon-Sat 09:00-20:00", inParis, "2026-11-20T20:00:00+01:00", "2026-11-21T09:00:00+01:00"},
		{"Mon-Sat 09:00-20:00", inParis, "2026-11-21T20:00:00+01:00", "2026-11-23T09:00:00+01:00"}, // over Sunday
		{"Mon-Sat 09:00-20:00", inReunion, "2026-11-20T18:00:00+01:00", "2026-11-21T09:00:00+04:00"},
		{"Mon-Sat 09:00-20:00", inNewYork, "2026-11-20T09:00:00+01:00", "2026-11-20T09:00:00-05:00"},
		{"Mon-Sat 09:00-20:00", nowhere, "2026-11-20T08:00:00+03:00", "2026-11-20T09:00:00+03:00"},
		{"Mon-Sat 09:00-20:00", tollFree, "2026-11-20T08:00:00+03:00", "2026-11-21T02:00:00+03:00"}, // Saturday in Guam
		{"09:00-11:00", tollFree, "2026-11-20T08:00:00+03:00", "2026-11-20T09:00:00+03:00"},         // never everywhere
		{"0-24", tollFree, "2026-11-20T03:00:00+03:00", ""},
		{"Fri 22:00-06:00", inParis, "2026-11-21T05:59:00+01:00", ""},
		{"Fri 22:00-06:00", inParis, "2026-11-20T05:59:00+01:00", "2026-11-20T22:00:00+01:00"},
		{"Fri 22:00-06:00", inParis, "2026-11-21T06:00:00+01:00", "2026-11-27T22:00:00+01:00"},
		// The clocks go forward on 29 March, from 2 to 3, and back on 25 October, from 3 to 2.
		{"Sun 02:10-02:50", inParis, "2026-03-28T12:00:00+01:00", "2026-04-05T02:10:00+02:00"},
		{"09:00-20:00", inParis, "2026-03-28T20:00:00+01:00", "2026-03-29T09:00:00+02:00"},
		{"09:00-20:00", inParis, "2026-10-24T20:00:00+02:00", "2026-10-25T09:00:00+01:00"},
		{"02:00-02:30", inParis, "2026-10-25T02:30:00+02:00", "2026-10-25T02:00:00+01:00"}, // the hour that comes twice
	} {
		w, err := hours.ParseWindow(test.window)
		if err != nil {
			t.Fatal(err)
		}
		judged := hours.NewHours(w, time.FixedZone("+03", 3*3600))
		want := time.Time{}
		if test.want != "" {
			want = moment(t, test.want)
		}
		for range 2 { // the second answer is remembered
			if got := judged.Opening(test.phone, moment(t, test.now)); !got.Equal(want) {
				t.Errorf("%s for %s at %s: %s, want %q", test.window, test.phone, test.now, got, test.want)
			}
		}
	}
}

func moment(t *testing.T, text string) time.Time {
	t.Helper()
	at, err := time.Parse(time.RFC3339, text)
	if err != nil {
		t.Fatal(err)
	}
	return at
}

// A clock that is set does not leave an old answer standing, and no answer is ever wrong.
func TestOpeningIsTrueWhateverTheClockDoes(t *testing.T) {
	w, err := hours.ParseWindow("Mon-Fri 9-12,14-18; Sat 22-2")
	if err != nil {
		t.Fatal(err)
	}
	judged := hours.NewHours(w, time.UTC)
	at := moment(t, "2026-03-25T00:00:00Z")
	for i := range 3000 {
		at = at.Add([]time.Duration{7 * time.Minute, 13 * time.Hour, -5 * time.Hour, time.Second, -40 * time.Minute}[i%5])
		for _, phone := range []string{inParis, inMoscow, inNewYork} {
			fresh := hours.NewHours(w, time.UTC).Opening(phone, at)
			if got := judged.Opening(phone, at); !got.Equal(fresh) {
				t.Fatalf("%s at %s: %s, and anew %s", phone, at, got, fresh)
			}
			if !fresh.IsZero() && !judged.Opening(phone, fresh).IsZero() {
				t.Fatalf("%s at %s opens at %s, and is shut then", phone, at, fresh)
			}
		}
	}
}

func TestZonesAreKnown(t *testing.T) {
	names := map[string]bool{}
	for prefix := 1; prefix < 100_000; prefix++ {
		for _, digits := range []string{fmt.Sprint(prefix), fmt.Sprintf("%d000000000", prefix)} {
			for _, name := range number.Zones(digits) {
				names[name] = true
			}
		}
	}
	if len(names) < 200 {
		t.Errorf("only %d zones", len(names))
	}
	for name := range names {
		if _, err := time.LoadLocation(name); err != nil {
			t.Error(err)
		}
	}
	w, err := hours.ParseWindow("9-11")
	if err != nil {
		t.Fatal(err)
	}
	judged := hours.NewHours(w, time.UTC)
	for phone, want := range map[string]string{
		inParis: "Europe/Paris true", inMoscow: "Europe/Moscow true", nowhere: "UTC false", tollFree: "UTC false",
		"447700900123": "Europe/Guernsey, Europe/Isle_of_Man, Europe/London true",
	} {
		if zones, told := judged.Zones(phone); fmt.Sprint(zones, " ", told) != want {
			t.Errorf("%s: %s %v, want %s", phone, zones, told, want)
		}
	}
}
