package calendar

import (
	"errors"
	"slices"
	"strings"
	"testing"
	"time"
)

// The movable holidays of France, as they were and will be published.
func TestFrenchHolidays(t *testing.T) {
	for year, movable := range map[int][4]string{ // Easter Sunday, Easter Monday, Ascension, Whit Monday
		2024: {"2024-03-31", "2024-04-01", "2024-05-09", "2024-05-20"},
		2025: {"2025-04-20", "2025-04-21", "2025-05-29", "2025-06-09"},
		2026: {"2026-04-05", "2026-04-06", "2026-05-14", "2026-05-25"},
		2027: {"2027-03-28", "2027-03-29", "2027-05-06", "2027-05-17"},
		2028: {"2028-04-16", "2028-04-17", "2028-05-25", "2028-06-05"},
	} {
		want := slices.Clone(movable[1:])
		for _, fixed := range []string{"01-01", "05-01", "05-08", "07-14", "08-15", "11-01", "11-11", "12-25"} {
			want = append(want, time.Date(year, 1, 1, 0, 0, 0, 0, time.UTC).Format("2006-")+fixed)
		}
		if got := easterOf(year).Format(time.DateOnly); got != movable[0] {
			t.Errorf("Easter %d is %s, want %s", year, got, movable[0])
		}
		calendar, known := Of("FR")
		var got []string
		for day := time.Date(year, 1, 1, 12, 0, 0, 0, time.UTC); day.Year() == year; day = day.AddDate(0, 0, 1) {
			if holiday, is := calendar.Holiday(day); is {
				got = append(got, day.Format(time.DateOnly))
				if holiday.Code == "" {
					t.Errorf("%s has no code", day)
				}
			}
		}
		slices.Sort(want)
		if !known || !slices.Equal(got, want) {
			t.Errorf("%d: %v, want %v", year, got, want)
		}
	}
	if _, known := Of("BE"); known {
		t.Error("Belgium's holidays are not known")
	}
}

func TestList(t *testing.T) {
	calendar, err := ReadList(strings.NewReader("\ufeff# Belgium\n\n2026-07-21, Belgian National Day\r\n2026-11-15\n2027-01-01\tNew Year\n"))
	if err != nil {
		t.Fatal(err)
	}
	for date, want := range map[string]string{"2026-07-21": "Belgian National Day", "2026-11-15": "", "2027-01-01": "New Year",
		"2026-07-22": "none"} {
		day, _ := time.Parse(time.DateOnly, date)
		holiday, is := calendar.Holiday(day)
		if is == (want == "none") || is && holiday.Name != want {
			t.Errorf("%s: %q, %v", date, holiday, is)
		}
	}
	for text, line := range map[string]int{"2026-07-21\n21/07/2026\n": 2, "2026-02-30": 1, "": 0, "# only\n": 0} {
		var wrong *ListError
		if _, err := ReadList(strings.NewReader(text)); !errors.As(err, &wrong) || wrong.Line != line {
			t.Errorf("%q: %v", text, err)
		}
	}
	if _, err := ReadList(strings.NewReader(strings.Repeat("x", 2*longestLine))); err == nil {
		t.Error("a line without an end is taken")
	}
}

func TestBetween(t *testing.T) {
	france, _ := Of("FR")
	for name, test := range map[string]struct {
		from, to string
		want     []Reason
	}{
		"a working day":                      {"2026-11-20 08:00:00", "2026-11-20 20:00:00", nil},
		"a Saturday":                         {"2026-11-21 10:00:00", "2026-11-21 19:59:00", nil},
		"before eight":                       {"2026-11-20 07:59:59", "2026-11-20 09:00:00", []Reason{TooEarly}},
		"after eight":                        {"2026-11-20 19:00:00", "2026-11-20 20:00:01", []Reason{TooLate}},
		"begun and ended late":               {"2026-11-20 20:30:00", "2026-11-20 21:00:00", []Reason{TooLate}},
		"past midnight":                      {"2026-11-19 21:00:00", "2026-11-20 07:00:00", []Reason{TooLate, TooEarly}},
		"a Sunday":                           {"2026-11-22 10:00:00", "2026-11-22 11:00:00", []Reason{Sunday}},
		"into a Sunday":                      {"2026-11-21 19:00:00", "2026-11-22 03:00:00", []Reason{Sunday}},
		"Armistice Day":                      {"2026-11-11 10:00:00", "2026-11-11 11:00:00", []Reason{Holiday}},
		"into a holiday":                     {"2026-11-10 19:00:00", "2026-11-11 03:00:00", []Reason{Holiday}},
		"through a night":                    {"2026-11-19 10:00:00", "2026-11-20 10:00:00", []Reason{Night}},
		"through a night and a holiday":      {"2026-11-10 10:00:00", "2026-11-12 10:00:00", []Reason{Night, Holiday}},
		"a holiday on a Sunday is a holiday": {"2026-11-01 10:00:00", "2026-11-01 11:00:00", []Reason{Holiday}},
	} {
		from, err := time.Parse(time.DateTime, test.from)
		if err != nil {
			t.Fatal(err)
		}
		to, err := time.Parse(time.DateTime, test.to)
		if err != nil {
			t.Fatal(err)
		}
		var got []Reason
		for _, b := range france.Between(from, to) {
			got = append(got, b.Reason)
		}
		if !slices.Equal(got, test.want) {
			t.Errorf("%s: %v, want %v", name, got, test.want)
		}
	}
	sunday := time.Date(2026, 11, 22, 10, 0, 0, 0, time.UTC)
	if found := (Calendar{}).Between(sunday, sunday); len(found) != 1 {
		t.Errorf("without holidays: %v", found)
	}
}
