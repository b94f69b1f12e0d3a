package cli

import (
	"errors"
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
		if campaign.ParseGap(o.minGap) == 0 {
			return misuse("--min-gap %s is not understood: write a number of hours, days or weeks, as 12h, 7d or 2w.", reports.Clean(o.minGap))
		}
	}
	return nil
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

// windowScreen is a window's forecast as screens show it; nil without a window.
func windowScreen(w *campaign.WindowForecast) *reports.WindowScreen {
	return (*reports.WindowScreen)(w)
}
