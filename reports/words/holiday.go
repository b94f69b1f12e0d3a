package words

import (
	"kanal-campaign/campaign/calendar"
	"kanal-campaign/campaign/text"
)

// Holiday names a public holiday; "" for one of a list without names.
func (w *Words) Holiday(day calendar.Named) string {
	if day.Code == "" {
		return text.Clean(day.Name)
	}
	return w.say("holiday."+string(day.Code), nil, nil)
}
