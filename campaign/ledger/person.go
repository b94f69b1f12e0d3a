package ledger

import (
	"encoding/json"

	"kanal-campaign/campaign/number"
)

// A person is given as canonical digits, in the form of any version of the rules (number.Forms): each campaign compares its
// own people by one version, while what several campaigns keep is looked for under all of them.

// isPerson continues "person" in a query in which forms of the person is the first argument.
const isPerson = ` IN (SELECT value FROM json_each(?1))`

// forms are a person's canonical forms as isPerson takes them.
func forms(person string) string {
	list, err := json.Marshal(number.Forms(person))
	if err != nil {
		return "[]" // strings always have a JSON form
	}
	return string(list)
}
