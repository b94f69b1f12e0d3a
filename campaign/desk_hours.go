package campaign

import (
	"context"
	"strconv"
	"strings"
	"time"

	"kanal-campaign/campaign/calendar"
	"kanal-campaign/campaign/hours"
	"kanal-campaign/campaign/record"
	"kanal-campaign/campaign/regular"
)

// longestGap is ten years.
const longestGap = 3650 * 24 * time.Hour

// ParseGap reads a time in whole hours, days or weeks, as 12h, 7d or 2w; 0 for anything else.
func ParseGap(text string) time.Duration {
	text = strings.ToLower(strings.TrimSpace(text))
	if text == "" {
		return 0
	}
	unit := map[byte]time.Duration{'h': time.Hour, 'd': 24 * time.Hour, 'w': 7 * 24 * time.Hour}[text[len(text)-1]]
	n, err := strconv.Atoi(text[:len(text)-1])
	if unit == 0 || err != nil || n < 1 || n > int(longestGap/unit) {
		return 0
	}
	return time.Duration(n) * unit
}

// HolidayList reads the list that settings name; nil when they name none. One that is only remembered, and not named anew, may
// have gone: it only warns. One that is named has to be read: a *Refusal.
func HolidayList(settings record.Settings, named bool) (*calendar.Calendar, error) {
	if settings.Holidays == "" {
		return nil, nil
	}
	list, err := readHolidays(settings.Holidays)
	switch {
	case err == nil:
		return &list, nil
	case !named:
		return nil, nil
	}
	return nil, &Refusal{Code: RefusedHolidaysUnread, Path: settings.Holidays, Err: err}
}

func readHolidays(path string) (calendar.Calendar, error) {
	file, err := regular.Open(path)
	if err != nil {
		return calendar.Calendar{}, err
	}
	defer file.Close()
	return calendar.ReadList(file)
}

// capPeriod is in what time WhatsApp counts the people whom a business writes to.
const capPeriod = 24 * time.Hour

// judgeHours gives the calendar and the volume by which messages to people of these countries are judged, by how many each has.
// holidaysNamed tells that the list of holidays is named anew: see HolidayList.
func (d *Desk) judgeHours(ctx context.Context, settings record.Settings, countries map[string]int, holidaysNamed bool,
) (hours.HoursVerdict, error) {
	list, err := HolidayList(settings, holidaysNamed)
	if err != nil {
		return hours.HoursVerdict{}, err
	}
	judged := hours.HoursIn(countries, settings.Country)
	switch {
	case list != nil:
		judged = judged.WithList(*list, settings.Holidays)
	case settings.Holidays != "":
		judged.Gone = settings.Holidays
	}
	judged.DailyCap = settings.DailyCap
	return judged, d.countRecent(ctx, &judged, d.PaceKey())
}

// countRecent counts what of the daily cap is used up.
func (d *Desk) countRecent(ctx context.Context, judged *hours.HoursVerdict, paceKey string) error {
	if judged.DailyCap == 0 || paceKey == "" {
		return nil
	}
	written, err := d.Ledger.WrittenTo(ctx, paceKey, d.Ledger.Now().Add(-capPeriod))
	judged.Recent, judged.Ends = len(written), make([]time.Time, len(written))
	for i, last := range written {
		judged.Ends[i] = last.Add(capPeriod)
	}
	return err
}

// VolumeLeft is what a daily cap leaves of a campaign, as far as the ledger tells without a key: by the one that was used last.
func (d *Desk) VolumeLeft(ctx context.Context, c record.Campaign) (hours.HoursVerdict, error) {
	judged := hours.HoursVerdict{DailyCap: c.Settings.DailyCap}
	if judged.DailyCap == 0 {
		return judged, nil
	}
	key, err := d.Ledger.LastPaceKey(ctx, c.Account)
	if err != nil {
		return judged, err
	}
	return judged, d.countRecent(ctx, &judged, key)
}
