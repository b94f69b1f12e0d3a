package cli

import (
	"slices"

	"kanal-campaign/campaign"
)

// noList is the value of --suppress that lifts a campaign's lists.
const noList = "none"

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
