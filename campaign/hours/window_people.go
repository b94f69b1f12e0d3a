package hours

import (
	"time"

	"kanal-campaign/campaign/number"
	"kanal-campaign/campaign/record"
)

// HoursOf returns the hours in which a campaign's people may be messaged; nil for any.
func HoursOf(settings record.Settings) (*Hours, error) {
	if settings.SendWindow == "" {
		return nil, nil
	}
	w, err := ParseWindow(settings.SendWindow)
	if err != nil {
		return nil, err
	}
	elsewhere := time.Local
	if settings.Timezone != "" {
		if elsewhere, err = time.LoadLocation(settings.Timezone); err != nil {
			return nil, err
		}
	}
	return NewHours(w, elsewhere), nil
}

// WindowPeople counts the people to be sent to by their clocks. A nil one, of a campaign without a window, counts nobody.
type WindowPeople struct {
	hours  *Hours
	people *ZoneCounts
}

// NewWindowPeople returns a count without people; nil when a campaign has no window.
func NewWindowPeople(settings record.Settings) (*WindowPeople, error) {
	hours, err := HoursOf(settings)
	if hours == nil || err != nil {
		return nil, err
	}
	return &WindowPeople{hours, NewZoneCounts(hours)}, nil
}

// Add counts a person.
func (w *WindowPeople) Add(phone string) {
	if w != nil {
		w.people.Add(phone)
	}
}

// Zones are what a Sender takes; nil without a window.
func (w *WindowPeople) Zones() *ZoneCounts {
	if w == nil {
		return nil
	}
	return w.people
}

// WindowForecast is what a window means for so many messages.
type WindowForecast struct {
	Window    Window
	People    int       // to be sent to
	Shut      int       // of them, those for whom the window is shut now
	Opens     time.Time // for the first of those
	End       time.Time // when the last message will have left; zero when that is not known
	Elsewhere *time.Location
	Untold    int // people whose numbers do not tell their time zone
}

// Forecast is what the window means before n messages are sent, so many a minute; nil without a window.
func (w *WindowPeople) Forecast(n, rate int, now time.Time) *WindowForecast {
	if w == nil {
		return nil
	}
	shut, opens := w.people.Shut(now)
	return &WindowForecast{Window: w.hours.Window, People: w.people.Len(), Shut: shut, Opens: opens, End: w.people.End(now, n, rate),
		Elsewhere: w.hours.Elsewhere, Untold: w.people.WithoutZone()}
}

// Beyond so many numbers, only one in so many is looked at to find the country of most.
const (
	MostCountriesCounted = 5000
	oneIn                = 100
)

// CountryCount counts, about, the countries of numbers: exactly up to MostCountriesCounted of them.
type CountryCount struct {
	seen  int
	Found map[string]int
}

// NewCountryCount returns a count without numbers.
func NewCountryCount() *CountryCount { return &CountryCount{Found: map[string]int{}} }

// Add counts a number's country.
func (c *CountryCount) Add(phone string) {
	n := 1
	if c.seen++; c.seen > MostCountriesCounted {
		n = oneIn
	}
	if c.seen%n == 0 {
		c.Found[number.Region(phone)] += n
	}
}
