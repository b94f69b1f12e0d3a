package cli

import (
	"slices"
	"strings"

	"github.com/spf13/pflag"

	"kanal-campaign/campaign"
)

// noList is the value of --suppress that lifts a campaign's lists.
const noList = "none"

func (o *options) suppressFlag(flags *pflag.FlagSet) {
	inGroup(flags, groupLeftOut, func(f *pflag.FlagSet) {
		f.StringArrayVar(&o.suppress, "suppress", nil, "")
	})
}

// listsNamed are the lists that the flags name.
func (o *options) listsNamed() campaign.ListsNamed {
	named := campaign.ListsNamed{Lift: slices.Contains(o.suppress, noList)}
	for _, path := range o.suppress {
		if path != noList {
			named.Paths = append(named.Paths, path)
		}
	}
	return named
}

// suppressWords spells the flag again.
func (o *options) suppressWords() (words []string) {
	for _, path := range o.suppress {
		words = append(words, "--suppress", path)
	}
	return words
}

// whenWords spells the flags about time again.
func (o *options) whenWords() (words []string) {
	for _, flag := range []struct{ name, value string }{
		{"--send-window", o.sendWindow}, {"--timezone", o.timezone}, {"--min-gap", o.minGap},
	} {
		if strings.TrimSpace(flag.value) != "" {
			words = append(words, flag.name, flag.value)
		}
	}
	return append(words, o.suppressWords()...)
}
