package cli

import (
	"errors"
	"strconv"
	"strings"
	"time"

	"github.com/spf13/pflag"

	"kanal-campaign/campaign"
	"kanal-campaign/campaign/ledger"
	"kanal-campaign/reports"
)

// noWindow is the value of --send-window that lifts a campaign's window.
const noWindow = "none"

// windowFlags define when messages may go out; a campaign remembers it.
func (o *options) windowFlags(flags *pflag.FlagSet) {
	inGroup(flags, groupWhen, func(f *pflag.FlagSet) {
		f.StringVar(&o.sendWindow, "send-window", "",
			"send only at these `TIMES` of the recipient's own clock, as \"Mon-Sat 09:00-20:00\"; several joined by ; (none lifts it)")
		f.StringVar(&o.timezone, "timezone", "",
			"the `ZONE` of numbers that do not tell theirs, as Europe/Paris (default: this computer's)")
	})
}

// gapFlag defines who is left out for having been messaged recently; a campaign remembers it.
func (o *options) gapFlag(flags *pflag.FlagSet) {
	inGroup(flags, groupLeftOut, func(f *pflag.FlagSet) {
		f.StringVar(&o.minGap, "min-gap", "", "leave out whom any campaign has messaged within this `TIME`: 7d, 12h or 2w")
	})
}

// validateWhen finds what is wrong with the flags about time, and gives the window its usual form.
func (o *options) validateWhen() error {
	if o.sendWindow != "" && !strings.EqualFold(strings.TrimSpace(o.sendWindow), noWindow) {
		w, err := campaign.ParseWindow(o.sendWindow)
		var wrong *campaign.WindowError
		if errors.As(err, &wrong) {
			return misuse("%s", reports.WindowSentence(wrong))
		}
		o.sendWindow = w.String()
	}
	if o.timezone != "" {
		if _, err := time.LoadLocation(o.timezone); err != nil || o.timezone == "Local" {
			return misuse("--timezone %s is no time zone: write one as Europe/Paris, America/New_York or UTC.", reports.Clean(o.timezone))
		}
	}
	if o.minGap != "" {
		if _, err := parseGap(o.minGap); err != nil {
			return err
		}
	}
	return nil
}

// longestGap is ten years.
const longestGap = 3650 * 24 * time.Hour

// parseGap reads a time in hours, days or weeks.
func parseGap(text string) (time.Duration, error) {
	wrong := misuse("--min-gap %s is not understood: write a number of hours, days or weeks, as 12h, 7d or 2w.", reports.Clean(text))
	text = strings.ToLower(strings.TrimSpace(text))
	if text == "" {
		return 0, wrong
	}
	unit, known := map[byte]time.Duration{'h': time.Hour, 'd': 24 * time.Hour, 'w': 7 * 24 * time.Hour}[text[len(text)-1]]
	n, err := strconv.Atoi(text[:len(text)-1])
	if !known || err != nil || n < 1 || n > int(longestGap/unit) {
		return 0, wrong
	}
	return time.Duration(n) * unit, nil
}

// windowOf returns the value that a campaign keeps of --send-window.
func (o *options) windowOf() string {
	if strings.EqualFold(strings.TrimSpace(o.sendWindow), noWindow) {
		return ""
	}
	return o.sendWindow
}

// takeWhen gives a known campaign the window, the time zone, the daily cap and the holidays that the flags name.
func (r *run) takeWhen() { r.takeTimes(&r.campaign.Settings) }

// takeTimes stores in settings what the flags say about time.
func (o *options) takeTimes(settings *ledger.Settings) {
	if o.sendWindow != "" {
		settings.SendWindow = o.windowOf()
	}
	if o.timezone != "" {
		settings.Timezone = o.timezone
	}
	o.takeHours(settings)
}

// hoursOf returns the hours in which a campaign's people may be messaged; nil for any.
func hoursOf(settings ledger.Settings) (*campaign.Hours, error) {
	if settings.SendWindow == "" {
		return nil, nil
	}
	w, err := campaign.ParseWindow(settings.SendWindow)
	if err != nil {
		return nil, err
	}
	elsewhere := time.Local
	if settings.Timezone != "" {
		if elsewhere, err = time.LoadLocation(settings.Timezone); err != nil {
			return nil, err
		}
	}
	return campaign.NewHours(w, elsewhere), nil
}

// crowd counts the people to be sent to by where they are.
type crowd struct {
	hours  *campaign.Hours
	people *campaign.Crowd
}

// add counts a person.
func (c *crowd) add(phone string) {
	if c != nil {
		c.people.Add(phone)
	}
}

// newCrowd returns a crowd without people; nil when a campaign has no window.
func newCrowd(settings ledger.Settings) (*crowd, error) {
	hours, err := hoursOf(settings)
	if hours == nil || err != nil {
		return nil, err
	}
	return &crowd{hours, campaign.NewCrowd(hours)}, nil
}

// screen is what a screen shows of the window before n messages are sent.
func (c *crowd) screen(n, rate int, now time.Time) *reports.WindowScreen {
	if c == nil {
		return nil
	}
	shut, opens := c.people.Shut(now)
	return &reports.WindowScreen{Window: c.hours.Window, People: c.people.Len(), Shut: shut, Opens: opens, End: c.people.End(now, n, rate),
		Elsewhere: c.hours.Elsewhere, Untold: c.people.Untold()}
}
