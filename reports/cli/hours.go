package cli

import (
	"cmp"
	"context"
	"errors"
	"path/filepath"
	"strconv"
	"strings"
	"time"

	"github.com/spf13/pflag"

	"kanal-campaign/campaign"
	"kanal-campaign/campaign/calendar"
	"kanal-campaign/campaign/ledger"
	"kanal-campaign/campaign/number"
	"kanal-campaign/campaign/regular"
	"kanal-campaign/reports"
)

// hoursOptions are the flags by which a campaign's hours and its volume are judged; a campaign remembers them. They warn,
// and stop nothing.
type hoursOptions struct {
	dailyCap dailyCap
	holidays string
}

func (o *hoursOptions) hoursFlags(flags *pflag.FlagSet) {
	inGroup(flags, groupWhen, func(f *pflag.FlagSet) {
		f.Var(&o.dailyCap, "daily-cap", "the `N` people that WhatsApp lets you write to in 24 hours, with all campaigns: "+
			"warn beyond, and ask before going on (none lifts it)")
		f.StringVar(&o.holidays, "holidays", "",
			"warn on the dates in this `FILE`, one ISO date a line (default: France's public holidays, for France; none lifts it)")
	})
}

// none is the value that lifts what a campaign remembers.
const none = "none"

// dailyCap is a flag's number of people; 0 when it was not given.
type dailyCap int

// noCap lifts a campaign's cap.
const noCap dailyCap = -1

func (n *dailyCap) Set(text string) error {
	if text = strings.TrimSpace(text); strings.EqualFold(text, none) {
		*n = noCap
		return nil
	}
	parsed, err := strconv.Atoi(text)
	if err != nil || parsed < 1 {
		return errors.New("write a whole number from 1 up, or none")
	}
	*n = dailyCap(parsed)
	return nil
}

func (n *dailyCap) String() string {
	switch *n {
	case 0:
		return ""
	case noCap:
		return none
	}
	return strconv.Itoa(int(*n))
}

func (*dailyCap) Type() string { return "N" }

// hoursWords spells the flags again.
func (o *hoursOptions) hoursWords() (words []string) {
	if o.dailyCap != 0 {
		words = append(words, "--daily-cap", o.dailyCap.String())
	}
	if o.holidays != "" {
		words = append(words, "--holidays", o.holidays)
	}
	return words
}

// takeHours stores in settings what the flags say.
func (o *hoursOptions) takeHours(settings *ledger.Settings) {
	if o.dailyCap != 0 {
		settings.DailyCap = max(0, int(o.dailyCap))
	}
	if o.holidays == none {
		settings.Holidays = ""
	} else if o.holidays != "" {
		settings.Holidays = o.holidays
		if absolute, err := filepath.Abs(o.holidays); err == nil {
			settings.Holidays = absolute
		}
	}
}

// holidayList reads the list that settings name; nil when they name none. One that is only remembered may have gone: it
// only warns.
func (o *hoursOptions) holidayList(settings ledger.Settings) (*calendar.Calendar, error) {
	if settings.Holidays == "" {
		return nil, nil
	}
	list, err := readHolidays(settings.Holidays)
	switch {
	case err == nil:
		return &list, nil
	case o.holidays == "":
		return nil, nil
	}
	return nil, failed("%s", reports.HolidaysUnread(o.holidays, rootCause(err)))
}

func readHolidays(path string) (calendar.Calendar, error) {
	file, err := regular.Open(path)
	if err != nil {
		return calendar.Calendar{}, err
	}
	defer file.Close()
	return calendar.ReadList(file)
}

// day is in what time WhatsApp counts the people whom a business writes to.
const day = 24 * time.Hour

// judgedBy are the calendar and the volume by which messages to people of these countries are judged, by how many each
// has.
func (s *session) judgedBy(ctx context.Context, settings ledger.Settings, countries map[string]int) (campaign.HoursVerdict, error) {
	list, err := s.holidayList(settings)
	if err != nil {
		return campaign.HoursVerdict{}, err
	}
	hours := campaign.HoursIn(countries, settings.Country)
	switch {
	case list != nil:
		hours = hours.WithList(*list, settings.Holidays)
	case settings.Holidays != "":
		hours.Gone = settings.Holidays
	}
	hours.DailyCap = settings.DailyCap
	return hours, s.countRecent(ctx, &hours, s.paceKey)
}

// countRecent counts what of the daily cap is used up.
func (s *session) countRecent(ctx context.Context, hours *campaign.HoursVerdict, paceKey string) error {
	if hours.DailyCap == 0 || paceKey == "" {
		return nil
	}
	written, err := s.ledger.WrittenTo(ctx, paceKey, s.ledger.Now().Add(-day))
	hours.Recent, hours.Ends = len(written), make([]time.Time, len(written))
	for i, last := range written {
		hours.Ends[i] = last.Add(day)
	}
	return err
}

// volumeOf is what a daily cap leaves of a campaign, as far as the ledger tells without a key: by the one that was used last.
func (s *session) volumeOf(ctx context.Context, c ledger.Campaign) (campaign.HoursVerdict, error) {
	hours := campaign.HoursVerdict{DailyCap: c.Settings.DailyCap}
	if hours.DailyCap == 0 {
		return hours, nil
	}
	key, err := s.ledger.LastPaceKey(ctx, c.Account)
	if err != nil {
		return hours, err
	}
	return hours, s.countRecent(ctx, &hours, key)
}

// capAnswered stops a run that would write to more people than the daily cap leaves where nobody can be asked and nobody has
// said yes.
func (r *run) capAnswered(hours campaign.HoursVerdict, people int) error {
	if hours.Exceeds(people) && !r.InTerminal && !r.sandbox && !r.yes {
		return decide("%s", reports.BeyondCap(hours, people))
	}
	return nil
}

// resumeCommandOf spells the command that goes on with a campaign, with as many people as the daily cap leaves, and with no more
// than rest where that is not 0.
func (s *session) resumeCommandOf(ctx context.Context, c ledger.Campaign, rest int) (campaign.Command, error) {
	part, err := s.partOf(ctx, c, rest)
	return s.command(append([]string{"resume", c.Name}, part...)...), err
}

// partOf spells the flag that keeps a run of a campaign to these; nothing when that is all.
func (s *session) partOf(ctx context.Context, c ledger.Campaign, rest int) ([]string, error) {
	s.takeHours(&c.Settings)
	hours, err := s.volumeOf(ctx, c)
	if err != nil {
		return nil, err
	}
	people, err := s.pendingOf(ctx, c.ID)
	if rest > 0 {
		people = min(people, rest)
	}
	if n := cmp.Or(hours.Part(people), rest); n > 0 {
		return []string{"--first", strconv.Itoa(n)}, err
	}
	return nil, err
}

// Beyond so many numbers, only one in so many is looked at to find the country of most.
const (
	mostJudged = 5000
	oneIn      = 100
)

// countries counts, about, the countries of numbers.
type countries struct {
	seen  int
	found map[string]int
}

func newCountries() *countries { return &countries{found: map[string]int{}} }

func (c *countries) add(phone string) {
	n := 1
	if c.seen++; c.seen > mostJudged {
		n = oneIn
	}
	if c.seen%n == 0 {
		c.found[number.Region(phone)] += n
	}
}
