package words

import (
	"kanal-campaign/campaign/text"
	"kanal-campaign/kanal"
)

// ConfigFault says what is wrong with the API's address or the key. keyFrom is the variable or flag that the key came from;
// empty where it was typed.
func (w *Words) ConfigFault(err *kanal.ConfigError, keyFrom string) string {
	return w.say("config-fault."+string(err.Fault), nil, values{"Host": text.Clean(err.Host), "From": keyFrom})
}
