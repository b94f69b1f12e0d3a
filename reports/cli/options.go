package cli

import (
	"errors"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/spf13/pflag"

	"kanal-campaign/campaign"
	"kanal-campaign/campaign/audience"
	"kanal-campaign/campaign/message"
	"kanal-campaign/campaign/number"
	"kanal-campaign/campaign/plan"
	"kanal-campaign/campaign/record"
	"kanal-campaign/campaign/sending"
	"kanal-campaign/campaign/text"
	"kanal-campaign/kanal"
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

func (o *options) fileFlags(flags *pflag.FlagSet) {
	o.columnFlags(flags)
	o.sheetFlag(flags)
	o.duplicatesFlag(flags)
	o.choiceFlags(flags)
	inGroup(flags, groupLeftOut, func(f *pflag.FlagSet) {
		f.BoolVar(&o.skipInvalid, "skip-invalid", false, "")
	})
	inGroup(flags, groupSafety, func(f *pflag.FlagSet) {
		f.BoolVar(&o.acceptPossible, "accept-possible", false, "")
	})
}

// columnFlags are those by which a file is read.
func (o *options) columnFlags(flags *pflag.FlagSet) {
	inGroup(flags, groupFile, func(f *pflag.FlagSet) {
		f.StringVar(&o.country, "country", "", "")
		f.StringArrayVar(&o.mapping, "map", nil, "")
		f.StringVar(&o.phoneColumn, "phone-column", "", "")
		f.StringVar(&o.countryColumn, "country-column", "", "")
		f.StringVar(&o.bareNumbers, "bare-numbers", "", "")
		f.StringVar(&o.nameColumn, "name-column", "", "")
		f.StringVar(&o.emailColumn, "email-column", "", "")
		f.StringVar(&o.delimiter, "delimiter", "", "")
		f.StringVar(&o.encoding, "encoding", "", "")
	})
}

func (o *options) duplicatesFlag(flags *pflag.FlagSet) {
	inGroup(flags, groupLeftOut, func(f *pflag.FlagSet) {
		f.StringVar(&o.duplicates, "duplicates", record.DuplicatesError, "")
	})
}

func (o *options) sendingFlags(flags *pflag.FlagSet) {
	inGroup(flags, groupSafety, func(f *pflag.FlagSet) {
		f.BoolVarP(&o.yes, "yes", "y", false, "")
		f.IntVar(&o.maxFailures, "max-failures", sending.DefaultMaxFailures, "")
		f.DurationVar(&o.doubtDelay, "doubt-delay", sending.DefaultDoubtDelay, "")
		f.DurationVar(&o.requestTimeout, "request-timeout", kanal.DefaultTimeout, "")
		f.Lookup("request-timeout").DefValue = "1m"
		f.BoolVar(&o.continueEarlier, "continue-earlier", false, "")
	})
}

// firstFlag defines --first, whose zero stands for no pilot and cannot be written.
func (o *options) firstFlag(flags *pflag.FlagSet) {
	inGroup(flags, groupSafety, func(f *pflag.FlagSet) { f.Var((*atLeastOne)(&o.first), "first", "") })
}

// atLeastOne is a flag's whole number from 1 up.
type atLeastOne int

func (n *atLeastOne) Set(text string) error {
	parsed, err := strconv.Atoi(text)
	if err != nil || parsed < 1 {
		return errors.New("not a whole number from 1 up")
	}
	*n = atLeastOne(parsed)
	return nil
}

func (n *atLeastOne) String() string {
	if *n == 0 {
		return ""
	}
	return strconv.Itoa(int(*n))
}

func (*atLeastOne) Type() string { return "count" }

// newFile is the name of a file that a command is to write. A dash means no stream, as it does elsewhere: what is written
// is put in its place when it is whole.
type newFile string

func (f *newFile) Set(name string) error {
	if strings.TrimSpace(name) == "" || name == "-" {
		return errors.New("no name of a file")
	}
	*f = newFile(name)
	return nil
}

func (f *newFile) String() string { return string(*f) }

func (*newFile) Type() string { return "file" }

// outFlag defines --out where the place of a known campaign may be changed.
func (o *options) outFlag(flags *pflag.FlagSet) {
	inGroup(flags, groupOutput, func(f *pflag.FlagSet) {
		f.StringVar(&o.out, "out", "", "")
	})
}

func (o *options) againFlag(flags *pflag.FlagSet) {
	inGroup(flags, groupSafety, func(f *pflag.FlagSet) {
		f.BoolVar(&o.again, "again", false, "")
	})
}

func (o *options) rateFlag(flags *pflag.FlagSet) {
	inGroup(flags, groupWhen, func(f *pflag.FlagSet) {
		f.IntVar(&o.rate, "rate", sending.DefaultRate, "")
	})
}

func (o *options) nameFlag(flags *pflag.FlagSet) {
	inGroup(flags, groupOutput, func(f *pflag.FlagSet) {
		f.StringVar(&o.campaign, "campaign", "", "")
	})
}

func (o *options) placeFlags(flags *pflag.FlagSet) {
	o.nameFlag(flags)
	inGroup(flags, groupOutput, func(f *pflag.FlagSet) {
		f.StringVar(&o.out, "out", "", "")
	})
}

func (o *options) formatFlag(flags *pflag.FlagSet) {
	inGroup(flags, groupOutput, func(f *pflag.FlagSet) {
		f.StringVar(&o.format, "format", "text", "")
	})
}

func (o *options) progressFlags(flags *pflag.FlagSet) {
	inGroup(flags, groupOutput, func(f *pflag.FlagSet) {
		f.BoolVar(&o.plain, "plain", false, "")
		f.BoolVarP(&o.quiet, "quiet", "q", false, "")
		f.BoolVarP(&o.verbose, "verbose", "v", false, "")
	})
}

func (o *options) accessFlags(flags *pflag.FlagSet) {
	o.sandboxFlag(flags)
	inGroup(flags, groupAccess, func(f *pflag.FlagSet) {
		f.StringVar(&o.apiKeyFile, apiKeyFileFlag, "", "")
	})
	o.ledgerFlag(flags)
}

func (o *options) sandboxFlag(flags *pflag.FlagSet) {
	inGroup(flags, groupAccess, func(f *pflag.FlagSet) {
		f.BoolVar(&o.sandbox, "sandbox", false, "")
	})
}

func (o *options) ledgerFlag(flags *pflag.FlagSet) {
	inGroup(flags, groupOutput, func(f *pflag.FlagSet) {
		f.StringVar(&o.ledger, "ledger", "", "")
	})
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
	case o.quiet && o.verbose:
		return misuseOf((*words.Words).FlagsQuietVerbose)
	case o.maxFailures < 1:
		return misuseOf(func(w *words.Words) string {
			return w.FlagValue("count", "--max-failures", strconv.Itoa(o.maxFailures))
		})
	case o.doubtDelay < 0:
		return misuseOf(func(w *words.Words) string { return w.FlagValue("duration", "--doubt-delay", o.doubtDelay.String()) })
	case o.requestTimeout < shortestTimeout || o.requestTimeout > kanal.LongestTimeout:
		return misuseOf(func(w *words.Words) string {
			return w.FlagRequestTimeout(o.requestTimeout.String(), w.Duration(shortestTimeout), w.Duration(kanal.LongestTimeout))
		})
	}
	for _, choice := range []struct {
		flag, value string
		known       []string
	}{
		{"duplicates", o.duplicates, []string{record.DuplicatesError, record.DuplicatesSkip, record.DuplicatesAllow}},
		{"bare-numbers", o.bareNumbers, []string{plan.BareNational, plan.BareInternational}},
		{"format", o.format, []string{"text", "json"}},
	} {
		if choice.value != "" && !slices.Contains(choice.known, choice.value) {
			return unknownValue(choice.flag, choice.value, choice.known...)
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
		SendWindow: o.windowOf(), Timezone: o.timezone, MinGap: o.minGap, NumberRules: number.CurrentVersion,
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
