package cli

import (
	"slices"
	"strconv"
	"strings"
	"time"

	"kanal-campaign/campaign"
	"kanal-campaign/campaign/audience"
	"kanal-campaign/campaign/message"
	"kanal-campaign/campaign/number"
	"kanal-campaign/campaign/plan"
	"kanal-campaign/campaign/record"
	"kanal-campaign/campaign/sending"
	"kanal-campaign/campaign/text"
	"kanal-campaign/kanal"
	"kanal-campaign/kanal/sandbox"
	"kanal-campaign/reports/words"
)

const (
	// shortestTimeout is the shortest --request-timeout: an answer takes longer than less.
	shortestTimeout = time.Second
	highestRate     = 6000 // messages a minute
	longestName     = 100  // characters of a campaign's name
)

// newOptions returns options as they are when no flag is given.
func newOptions() *options {
	return &options{rate: sending.DefaultRate, maxFailures: sending.DefaultMaxFailures, requestTimeout: kanal.DefaultTimeout}
}

// options are the flags of all commands; each command defines those that it obeys.
type options struct {
	messageOptions
	hoursOptions

	country, phoneColumn, nameColumn, emailColumn string
	countryColumn, bareNumbers                    string
	delimiter, encoding, sheet                    string
	headerRow                                     int
	mapping                                       []string

	skipInvalid    bool
	duplicates     string
	acceptPossible bool
	skipRepeats    bool

	rate            int
	yes             bool
	first           int
	again           bool
	from            string
	update          bool
	continueEarlier bool
	maxFailures     int
	doubtDelay      time.Duration
	requestTimeout  time.Duration
	askNow          bool
	retried         campaign.RetryChoice

	sendWindow, timezone, minGap string
	suppress, where, consent     []string
	testTo                       string

	campaign   string
	out        string
	ledger     string
	format     string
	verbose    bool
	plain      bool
	quiet      bool
	sandbox    bool
	apiKeyFile string
}

// validate finds what is wrong with the flags before anything is read.
func (o *options) validate() error {
	asked := strings.TrimSpace(o.country)
	o.country = strings.ToUpper(asked)
	switch {
	case o.country != "" && !number.ValidCountry(o.country):
		return misuseOf(func(w *words.Words) string { return w.FlagCountry(w.InQuotes(asked)) })
	case o.rate < 1 || o.rate > highestRate:
		return misuseOf(func(w *words.Words) string { return w.FlagRate(strconv.Itoa(o.rate), "1", w.Number(highestRate)) })
	case o.again && o.skipRepeats:
		return misuseOf((*words.Words).FlagsAgainSkipRepeats)
	case o.quiet && o.verbose:
		return misuseOf((*words.Words).FlagsQuietVerbose)
	case o.doubtDelay < 0:
		return misuseOf(func(w *words.Words) string { return w.FlagValue("duration", "--doubt-delay", o.doubtDelay.String()) })
	case o.requestTimeout < shortestTimeout || o.requestTimeout > kanal.LongestTimeout:
		return misuseOf(func(w *words.Words) string {
			return w.FlagRequestTimeout(o.requestTimeout.String(), w.Duration(shortestTimeout), w.Duration(kanal.LongestTimeout))
		})
	}
	for flag, value := range map[string]string{"duplicates": o.duplicates, "bare-numbers": o.bareNumbers, "format": o.format} {
		if err := known(flag, value); err != nil {
			return err
		}
	}
	for _, pair := range o.mapping {
		if name, column, ok := strings.Cut(pair, "="); !ok || strings.TrimSpace(name) == "" || strings.TrimSpace(column) == "" {
			return misuseOf(func(w *words.Words) string { return w.FlagMap(w.InQuotes(pair)) })
		}
	}
	if err := o.validateChoice(); err != nil {
		return err
	}
	if err := o.validateWhen(); err != nil {
		return err
	}
	_, err := o.audience()
	return err
}

// choices are the values of flags that take no others.
var choices = map[string][]string{
	"duplicates":     {record.DuplicatesError, record.DuplicatesSkip, record.DuplicatesAllow},
	"bare-numbers":   {plan.BareNational, plan.BareInternational},
	"format":         {"text", "json"},
	"window":         {string(sandbox.FixedWindow), string(sandbox.SlidingWindow)},
	"throttle-shape": {string(sandbox.KanalThrottle), string(sandbox.LaravelThrottle)},
	"windows":        {string(sandbox.WindowsOpen), string(sandbox.WindowsClosed)},
}

// known refuses a value that is none of a flag's choices; an empty one is none.
func known(flag, value string) error {
	if value == "" || slices.Contains(choices[flag], value) {
		return nil
	}
	return unknownValue(flag, value, choices[flag]...)
}

// unknownValue says that a flag has a value that is none of those it takes.
func unknownValue(flag, value string, known ...string) error {
	return misuseOf(func(w *words.Words) string { return w.FlagChoice("--"+flag, w.InQuotes(value), w.Either(known)) })
}

// settings are the flags that a campaign keeps.
func (o *options) settings() record.Settings {
	s := record.Settings{
		Country: o.country, PhoneColumn: o.phoneColumn, NameColumn: o.nameColumn, EmailColumn: o.emailColumn,
		Delimiter: o.delimiter, Encoding: o.encoding, Sheet: o.sheet, HeaderRow: o.headerRow, Duplicates: o.duplicates, SkipInvalid: o.skipInvalid,
		AcceptPossible: o.acceptPossible, Variables: o.variables, CountryColumn: o.countryColumn, BareNumbers: o.bareNumbers,
		SendWindow: o.windowOf(), Timezone: o.timezone, MinGap: o.minGap, SkipRepeats: o.skipRepeats, NumberRules: number.CurrentVersion,
	}
	for _, pair := range o.mapping {
		if s.Map == nil {
			s.Map = map[string]string{}
		}
		name, column, _ := strings.Cut(pair, "=")
		s.Map[strings.TrimSpace(name)] = strings.TrimSpace(column)
	}
	o.takeChoice(&s)
	o.takeHours(&s)
	return s
}

func (o *options) audience() (audience.Options, error) {
	opts, ok := campaign.AudienceOptions(o.delimiter, o.encoding)
	if !ok {
		return opts, unknownValue("delimiter", o.delimiter, `","`, `";"`, `"|"`, "tab")
	}
	return opts, nil
}

// campaignName returns the name of the campaign of a file.
func (o *options) campaignName(file string) (string, error) {
	name := o.campaign
	if name == "" {
		name = campaign.NameOf(file)
	}
	name = message.CleanName(name)
	// Two names that look the same must not be two campaigns, and a command that was shown must work when it is copied.
	if name == "" || len([]rune(name)) > longestName || text.Clean(name) != name {
		return "", misuseOf(func(w *words.Words) string { return w.CampaignNameUnfit(w.InQuotes(name), strconv.Itoa(longestName)) })
	}
	return name, nil
}
