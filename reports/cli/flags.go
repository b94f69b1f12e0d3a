package cli

import (
	"errors"
	"slices"
	"strconv"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"kanal-campaign/campaign/record"
	"kanal-campaign/campaign/sending"
	"kanal-campaign/kanal"
)

// Flags that several commands take together.
const (
	messageFlags  = ",template,variables,type,text,text-file,link,caption"
	columnFlags   = ",country,map,phone-column,country-column,bare-numbers,name-column,email-column,delimiter,encoding"
	choiceFlags   = ",duplicates,where,consent-column,min-gap,skip-repeats"
	fileFlags     = columnFlags + choiceFlags + ",sheet,header-row,skip-invalid,accept-possible,suppress"
	whenFlags     = ",rate,send-window,timezone,daily-cap,holidays"
	sendingFlags  = ",yes,max-failures,doubt-delay,request-timeout,continue-earlier,plain,quiet,verbose"
	ledgerFlags   = ",ledger,sandbox"
	accessFlags   = ledgerFlags + "," + apiKeyFileFlag
	rebuildsFlags = "from,again,campaign" + messageFlags + columnFlags + choiceFlags // of resume, that only a rebuilt campaign takes
)

// flags gives a command those of the options' flags that are named. What people read about them is in the catalogue, and how
// the help groups them in flagGroups.
func (o *options) flags(c *cobra.Command, names string) {
	all := pflag.NewFlagSet("", pflag.ContinueOnError)
	o.defineSending(all)
	o.defineReading(all)
	for _, name := range listed(names) {
		c.Flags().AddFlag(all.Lookup(name))
	}
}

// listed are the names in a list with commas.
func listed(names string) []string {
	return strings.FieldsFunc(names, func(c rune) bool { return c == ',' })
}

// defineReading defines the flags about what is sent to whom.
func (o *options) defineReading(f *pflag.FlagSet) {
	f.StringVarP(&o.template, "template", "t", "", "")
	f.StringSliceVar(&o.variables, "variables", nil, "")
	f.StringVar(&o.kind, "type", "", "")
	f.StringVar(&o.text, "text", "", "")
	f.StringVar(&o.textFile, "text-file", "", "")
	f.StringVar(&o.link, "link", "", "")
	f.StringVar(&o.caption, "caption", "", "")
	f.StringVar(&o.country, "country", "", "")
	f.StringArrayVar(&o.mapping, "map", nil, "")
	f.StringVar(&o.phoneColumn, "phone-column", "", "")
	f.StringVar(&o.countryColumn, "country-column", "", "")
	f.StringVar(&o.bareNumbers, "bare-numbers", "", "")
	f.StringVar(&o.nameColumn, "name-column", "", "")
	f.StringVar(&o.emailColumn, "email-column", "", "")
	f.StringVar(&o.delimiter, "delimiter", "", "")
	f.StringVar(&o.encoding, "encoding", "", "")
	f.StringVar(&o.sheet, "sheet", "", "")
	f.Var((*atLeastOne)(&o.headerRow), "header-row", "")
	f.StringVar(&o.duplicates, "duplicates", record.DuplicatesError, "")
	f.StringArrayVar(&o.where, "where", nil, "")
	f.StringArrayVar(&o.consent, "consent-column", nil, "")
	f.StringVar(&o.minGap, "min-gap", "", "")
	f.BoolVar(&o.skipRepeats, "skip-repeats", false, "")
	f.BoolVar(&o.skipInvalid, "skip-invalid", false, "")
	f.BoolVar(&o.acceptPossible, "accept-possible", false, "")
	f.StringArrayVar(&o.suppress, "suppress", nil, "")
}

// defineSending defines the flags about how it is sent, and where everything is.
func (o *options) defineSending(f *pflag.FlagSet) {
	f.IntVar(&o.rate, "rate", sending.DefaultRate, "")
	f.StringVar(&o.sendWindow, "send-window", "", "")
	f.StringVar(&o.timezone, "timezone", "", "")
	f.Var(&o.dailyCap, "daily-cap", "")
	f.StringVar(&o.holidays, "holidays", "", "")
	f.BoolVar(&o.askNow, "ask-now", false, "")
	f.BoolVarP(&o.yes, "yes", "y", false, "")
	f.Var((*atLeastOne)(&o.first), "first", "") // whose zero stands for no pilot and cannot be written
	f.BoolVar(&o.again, "again", false, "")
	f.BoolVar(&o.update, "update", false, "")
	f.StringVar(&o.from, "from", "", "")
	f.StringVar(&o.testTo, "test-to", "", "")
	f.Var((*atLeastOne)(&o.maxFailures), "max-failures", "")
	f.DurationVar(&o.doubtDelay, "doubt-delay", sending.DefaultDoubtDelay, "")
	f.DurationVar(&o.requestTimeout, "request-timeout", kanal.DefaultTimeout, "")
	f.Lookup("request-timeout").DefValue = "1m"
	f.BoolVar(&o.continueEarlier, "continue-earlier", false, "")
	f.StringVar(&o.campaign, "campaign", "", "")
	f.StringVar(&o.out, "out", "", "")
	f.StringVar(&o.format, "format", "text", "")
	f.BoolVar(&o.plain, "plain", false, "")
	f.BoolVarP(&o.quiet, "quiet", "q", false, "")
	f.BoolVarP(&o.verbose, "verbose", "v", false, "")
	f.StringVar(&o.ledger, "ledger", "", "")
	f.BoolVar(&o.sandbox, "sandbox", false, "")
	f.StringVar(&o.apiKeyFile, apiKeyFileFlag, "", "")
}

// The groups of flags that a rule names.
const (
	groupRebuild = "rebuild"
	groupOther   = "other"
)

// flagGroups are the groups of the help, by what a person wants, in its order, with their flags. A flag of one command alone
// stands with its name, and goes before that of all.
var flagGroups = []struct{ name, flags string }{
	{"whom", "history.country,forget.country,older-than"},
	{"which", "cause,row,unknown,new-key,only,report.output"},
	{"message", messageFlags},
	{"file", columnFlags + ",sheet,header-row"},
	{"left-out", choiceFlags + ",skip-invalid,suppress"},
	{"when", whenFlags + ",ask-now"},
	{"safety", "accept-possible,yes,max-failures,doubt-delay,request-timeout,continue-earlier,first,again,update,test-to,from"},
	{"output", "init.delimiter,excel,campaign,out,format,plain,quiet,verbose,ledger,output,fix,accept-proposed,unmasked,truth,requests"},
	{"access", "sandbox,port,listen,allow-remote," + apiKeyFileFlag},
	{"behaviour", "faults,window,throttle-shape,limit,seed,opted-out,failures-use-key,lookup-key-first,key-life,windows,open-window,revoke-after"},
	{groupRebuild, ""},
	{groupOther, ""},
}

// groupOf is the group of a command's flag.
func groupOf(c *cobra.Command, flag string) string {
	if c.Name() == "resume" && slices.Contains(listed(rebuildsFlags), flag) {
		return groupRebuild
	}
	for _, name := range []string{c.Name() + "." + flag, flag} {
		for _, group := range flagGroups {
			if slices.Contains(listed(group.flags), name) {
				return group.name
			}
		}
	}
	return groupOther
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
