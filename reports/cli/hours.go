package cli

import (
	"os"
	"strconv"

	"github.com/spf13/pflag"

	"kanal-campaign/campaign"
	"kanal-campaign/campaign/calendar"
	"kanal-campaign/reports"
)

// hoursOptions are the flags by which a campaign's hours and its volume are judged. They warn, and stop nothing.
type hoursOptions struct {
	dailyCap int
	holidays string
}

func (o *hoursOptions) hoursFlags(flags *pflag.FlagSet) {
	inGroup(flags, groupWhen, func(f *pflag.FlagSet) {
		f.Var((*atLeastOne)(&o.dailyCap), "daily-cap", "warn beyond the `N` people that WhatsApp lets you write to in 24 hours")
		f.StringVar(&o.holidays, "holidays", "",
			"warn on the dates in this `FILE`, one ISO date a line (default: France's public holidays, for France)")
	})
}

// hoursWords spells the flags again.
func (o *hoursOptions) hoursWords() (words []string) {
	if o.dailyCap > 0 {
		words = append(words, "--daily-cap", strconv.Itoa(o.dailyCap))
	}
	if o.holidays != "" {
		words = append(words, "--holidays", o.holidays)
	}
	return words
}

// holidayList reads the list that --holidays names; nil when it names none.
func (o *hoursOptions) holidayList() (*calendar.Calendar, error) {
	if o.holidays == "" {
		return nil, nil
	}
	file, err := os.Open(o.holidays)
	if err != nil {
		return nil, failed("%s", reports.HolidaysUnread(o.holidays, rootCause(err)))
	}
	defer file.Close()
	list, err := calendar.ReadList(file)
	if err != nil {
		return nil, failed("%s", reports.HolidaysUnread(o.holidays, rootCause(err)))
	}
	return &list, nil
}

// hoursOf are the calendar and the volume by which a plan is judged.
func (o *hoursOptions) hoursOf(r *campaign.Report, country string, list *calendar.Calendar) reports.Hours {
	hours := reports.HoursOf(r, country)
	if list != nil {
		hours = hours.WithList(*list, o.holidays)
	}
	hours.DailyCap = o.dailyCap
	return hours
}
