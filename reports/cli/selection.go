package cli

import "kanal-campaign/campaign"

// nextOnly is the reach of --first in a plan that is new, or newly compared.
func (o *options) nextOnly() *campaign.Reach {
	if o.first == 0 {
		return nil
	}
	return &campaign.Reach{Next: o.first}
}
