package cli

import (
	"errors"
	"path/filepath"
	"strconv"
	"strings"
	"time"

	"github.com/spf13/pflag"

	"kanal-campaign/campaign"
	"kanal-campaign/campaign/audience"
	"kanal-campaign/campaign/number"
	"kanal-campaign/campaign/record"
	"kanal-campaign/kanal"
	"kanal-campaign/reports"
)

// shortestTimeout is the shortest --request-timeout: an answer takes longer than less.
const shortestTimeout = time.Second

// newOptions returns options as they are when no flag is given.
func newOptions() *options {
	return &options{rate: campaign.DefaultRate, maxFailures: campaign.DefaultMaxFailures, requestTimeout: kanal.DefaultTimeout}
}

// options are the flags of all commands; each command defines those that it obeys.
type options struct {
	messageOptions
	hoursOptions

	country, phoneColumn, nameColumn, emailColumn string
	countryColumn, bareNumbers                    string
	delimiter, encoding, sheet                    string
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
		f.BoolVar(&o.skipInvalid, "skip-invalid", false, "leave out the rows with errors and send the others")
	})
	inGroup(flags, groupSafety, func(f *pflag.FlagSet) {
		f.BoolVar(&o.acceptPossible, "accept-possible", false,
			"accept numbers of a possible length that the numbering plan does not know")
	})
}

// columnFlags are those by which a file is read.
func (o *options) columnFlags(flags *pflag.FlagSet) {
	inGroup(flags, groupFile, func(f *pflag.FlagSet) {
		f.StringVar(&o.country, "country", "", "the `COUNTRY` of numbers written without one: FR, BE, CH…")
		f.StringArrayVar(&o.mapping, "map", nil, "`VARIABLE=COLUMN`: take a variable from a column of another name")
		f.StringVar(&o.phoneColumn, "phone-column", "", "the `COLUMN` of the phone numbers")
		f.StringVar(&o.countryColumn, "country-column", "",
			"the `COLUMN` of the country in which each row's number is read: codes, names or calling codes (none: no column is)")
		f.StringVar(&o.bareNumbers, "bare-numbers", "",
			"`HOW` to read digits that are a number with and without a country code in front: national or international")
		f.StringVar(&o.nameColumn, "name-column", "", "pass this `COLUMN` to Kanal as the contact's name")
		f.StringVar(&o.emailColumn, "email-column", "", "pass this `COLUMN` to Kanal as the contact's e-mail")
		f.StringVar(&o.delimiter, "delimiter", "", "the `CHARACTER` between columns: , ; | or tab (default: found in the header)")
		f.StringVar(&o.encoding, "encoding", "", "the file's `ENCODING`: utf-8, utf-16le, utf-16be, windows-1252, "+
			"macroman (default: found in the file)")
	})
}

func (o *options) duplicatesFlag(flags *pflag.FlagSet) {
	inGroup(flags, groupLeftOut, func(f *pflag.FlagSet) {
		f.StringVar(&o.duplicates, "duplicates", campaign.DuplicatesError,
			"a number that comes again with other values: `error|skip|allow`; skip: the first row counts, allow: all are sent")
	})
}

func (o *options) sendingFlags(flags *pflag.FlagSet) {
	inGroup(flags, groupSafety, func(f *pflag.FlagSet) {
		f.BoolVarP(&o.yes, "yes", "y", false, "do not ask to confirm (needed without a terminal)")
		f.IntVar(&o.maxFailures, "max-failures", campaign.DefaultMaxFailures, "pause after `N` failures in a row")
		f.DurationVar(&o.doubtDelay, "doubt-delay", campaign.DefaultDoubtDelay,
			"after a broken connection, wait this `TIME` beyond --request-timeout before another try")
		f.DurationVar(&o.requestTimeout, "request-timeout", kanal.DefaultTimeout,
			"the `TIME` that Kanal has for an answer: 1s to 5m")
		f.Lookup("request-timeout").DefValue = "1m"
		f.BoolVar(&o.continueEarlier, "continue-earlier", false,
			"the ledger is lost: take what Kanal says was sent already as this campaign's")
	})
}

// firstFlag defines --first, whose zero stands for no pilot and cannot be written.
func (o *options) firstFlag(flags *pflag.FlagSet, usage string) {
	inGroup(flags, groupSafety, func(f *pflag.FlagSet) { f.Var((*atLeastOne)(&o.first), "first", usage) })
}

// firstWords spells --first again: a command in place of one that was given with it sends to nobody else.
func (o *options) firstWords() []string {
	if o.first == 0 {
		return nil
	}
	return []string{"--first", strconv.Itoa(o.first)}
}

// atLeastOne is a flag's whole number from 1 up.
type atLeastOne int

func (n *atLeastOne) Set(text string) error {
	parsed, err := strconv.Atoi(text)
	if err != nil || parsed < 1 {
		return errors.New("write a whole number from 1 up")
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

func (*atLeastOne) Type() string { return "N" }

// newFile is the name of a file that a command is to write. A dash means no stream, as it does elsewhere: what is written
// is put in its place when it is whole.
type newFile string

func (f *newFile) Set(name string) error {
	if strings.TrimSpace(name) == "" || name == "-" {
		return errors.New("a file's name is needed, such as again.csv")
	}
	*f = newFile(name)
	return nil
}

func (f *newFile) String() string { return string(*f) }

func (*newFile) Type() string { return "FILE" }

// outFlag defines --out where the place of a known campaign may be changed.
func (o *options) outFlag(flags *pflag.FlagSet) {
	inGroup(flags, groupOutput, func(f *pflag.FlagSet) {
		f.StringVar(&o.out, "out", "", "write the results into this `DIR` from now on")
	})
}

func (o *options) againFlag(flags *pflag.FlagSet) {
	inGroup(flags, groupSafety, func(f *pflag.FlagSet) {
		f.BoolVar(&o.again, "again", false, "send although the same people got this very message in another campaign")
	})
}

func (o *options) rateFlag(flags *pflag.FlagSet) {
	inGroup(flags, groupWhen, func(f *pflag.FlagSet) {
		f.IntVar(&o.rate, "rate", campaign.DefaultRate, "send `N` messages a minute; more than 60 only if Kanal raised your limit")
	})
}

func (o *options) nameFlag(flags *pflag.FlagSet) {
	inGroup(flags, groupOutput, func(f *pflag.FlagSet) {
		f.StringVar(&o.campaign, "campaign", "", "the campaign's `NAME` (default: the file's name without its ending)")
	})
}

func (o *options) placeFlags(flags *pflag.FlagSet) {
	o.nameFlag(flags)
	inGroup(flags, groupOutput, func(f *pflag.FlagSet) {
		f.StringVar(&o.out, "out", "", "write results and problems into this `DIR` (default: beside the file)")
	})
}

func (o *options) formatFlag(flags *pflag.FlagSet) {
	inGroup(flags, groupOutput, func(f *pflag.FlagSet) {
		f.StringVar(&o.format, "format", "text", "text, or JSON for programs: `text|json`")
	})
}

func (o *options) progressFlags(flags *pflag.FlagSet) {
	inGroup(flags, groupOutput, func(f *pflag.FlagSet) {
		f.BoolVar(&o.plain, "plain", false, "one plain line every ten seconds in place of the moving bar")
		f.BoolVarP(&o.quiet, "quiet", "q", false, "print only warnings, questions, errors and how it ended")
		f.BoolVarP(&o.verbose, "verbose", "v", false, "print every attempt and answer as it is logged")
	})
}

func (o *options) accessFlags(flags *pflag.FlagSet) {
	o.sandboxFlag(flags)
	inGroup(flags, groupAccess, func(f *pflag.FlagSet) {
		f.StringVar(&o.apiKeyFile, apiKeyFileFlag, "", "read the API key from this `FILE` (default: KANAL_API_KEY, or asked for)")
	})
	o.ledgerFlag(flags)
}

func (o *options) sandboxFlag(flags *pflag.FlagSet) {
	inGroup(flags, groupAccess, func(f *pflag.FlagSet) {
		f.BoolVar(&o.sandbox, "sandbox", false, "rehearse: a sandbox inside the program in place of Kanal")
	})
}

func (o *options) ledgerFlag(flags *pflag.FlagSet) {
	inGroup(flags, groupOutput, func(f *pflag.FlagSet) {
		f.StringVar(&o.ledger, "ledger", "", "the ledger's `PATH` (default: in your state folder)")
	})
}

// validate finds what is wrong with the flags before anything is read.
func (o *options) validate() error {
	asked := strings.TrimSpace(o.country)
	o.country = strings.ToUpper(asked)
	switch {
	case o.country != "" && !number.ValidCountry(o.country):
		return misuse("--country %s is no country code: write two letters, as FR for France, BE or CH.", asked)
	case o.duplicates != "" && o.duplicates != campaign.DuplicatesError && o.duplicates != campaign.DuplicatesSkip &&
		o.duplicates != campaign.DuplicatesAllow:
		return misuse("--duplicates %s is not known: write error, skip or allow.", o.duplicates)
	case o.bareNumbers != "" && o.bareNumbers != campaign.BareNational && o.bareNumbers != campaign.BareInternational:
		return misuse("--bare-numbers %s is not known: write national or international.", o.bareNumbers)
	case o.format != "" && o.format != "text" && o.format != "json":
		return misuse("--format %s is not known: write text or json.", o.format)
	case o.rate < 1 || o.rate > 6000:
		return misuse("--rate %d cannot be: write a number of messages a minute from 1 to 6000.", o.rate)
	case o.quiet && o.verbose:
		return misuse("--quiet and --verbose ask for opposite things: leave one of them out.")
	case o.maxFailures < 1:
		return misuse("--max-failures %d cannot be: write a number from 1 up.", o.maxFailures)
	case o.doubtDelay < 0:
		return misuse("--doubt-delay %s cannot be: write a time such as 30s.", o.doubtDelay)
	case o.requestTimeout < shortestTimeout || o.requestTimeout > kanal.LongestTimeout:
		return misuse("--request-timeout %s cannot be: write a time from 1s to 5m.", o.requestTimeout)
	}
	for _, pair := range o.mapping {
		if name, column, ok := strings.Cut(pair, "="); !ok || strings.TrimSpace(name) == "" || strings.TrimSpace(column) == "" {
			return misuse("--map %q is not understood: write --map variable=Column.", pair)
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

// settings are the flags that a campaign keeps.
func (o *options) settings() record.Settings {
	s := record.Settings{
		Country: o.country, PhoneColumn: o.phoneColumn, NameColumn: o.nameColumn, EmailColumn: o.emailColumn,
		Delimiter: o.delimiter, Encoding: o.encoding, Sheet: o.sheet, Duplicates: o.duplicates, SkipInvalid: o.skipInvalid,
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
	return audienceOptions(o.delimiter, o.encoding)
}

func audienceOptions(delimiter, encoding string) (audience.Options, error) {
	opts := audience.Options{Encoding: encoding}
	switch delimiter {
	case "":
	case "tab", `\t`, "\t":
		opts.Delimiter = '\t'
	case ",", ";", "|":
		opts.Delimiter = rune(delimiter[0])
	default:
		return opts, misuse("--delimiter %q is not known: write , ; | or tab.", delimiter)
	}
	return opts, nil
}

// campaignName returns the name of the campaign of a file.
func (o *options) campaignName(file string) (string, error) {
	name := o.campaign
	if name == "" {
		if absolute, err := filepath.Abs(file); err == nil {
			file = absolute
		}
		base := filepath.Base(file)
		name = strings.TrimSuffix(base, filepath.Ext(base))
	}
	name = campaign.CleanName(name)
	// Two names that look the same must not be two campaigns, and a command that was shown must work when it is copied.
	if name == "" || len([]rune(name)) > 100 || reports.Clean(name) != name {
		return "", misuse("%q cannot be the name of a campaign: give it one of 1 to 100 characters, all visible, with --campaign.", name)
	}
	return name, nil
}
