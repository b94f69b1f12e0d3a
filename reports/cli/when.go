package cli

import (
	"errors"
	"strings"
	"time"

	"kanal-campaign/campaign"
	"kanal-campaign/campaign/hours"
	"kanal-campaign/reports/words"
)

// noWindow is the value of --send-window that lifts a campaign's window.
const noWindow = "none"

// validateWhen finds what is wrong with the flags about time, and gives the window its usual form.
func (o *options) validateWhen() error {
	if o.sendWindow != "" && !strings.EqualFold(strings.TrimSpace(o.sendWindow), noWindow) {
		w, err := hours.ParseWindow(o.sendWindow)
		var wrong *hours.WindowError
		if errors.As(err, &wrong) {
			return wrong
		}
		o.sendWindow = w.String()
	}
	if o.timezone != "" {
		if _, err := time.LoadLocation(o.timezone); err != nil || o.timezone == "Local" {
			return misuseOf(func(w *words.Words) string { return w.FlagTimezone(w.InQuotes(o.timezone)) })
		}
	}
	if o.minGap != "" {
		if campaign.ParseGap(o.minGap) == 0 {
			return misuseOf(func(w *words.Words) string { return w.FlagMinGap(w.InQuotes(o.minGap)) })
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
