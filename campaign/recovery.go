package campaign

import (
	"strings"

	"github.com/google/uuid"

	"kanal-campaign/campaign/ledger"
	"kanal-campaign/campaign/number"
)

// Recovery turns what a results file tells of a row back into the row of its campaign, when the ledger is lost. A
// Recovery may be used concurrently.
type Recovery struct {
	Message  Message
	Campaign string // the name, as it stands in keys
	Columns  Columns
}

// Complete fills in what a results file does not tell: the values, the person, the generation and the content id. It
// reports whether the row's own key proves them right; a row without a key was never to be sent, and is complete.
func (r Recovery) Complete(row *ledger.Row) bool {
	if row.Key == uuid.Nil {
		return true
	}
	r.Columns.read(row)
	row.Person = number.Canonical(row.Phone)
	for generation := range row.Attempts + 1 { // a row gets a new key only after an attempt
		recipe := r.Message.Recipe(r.Campaign, row.Phone, row.Values, generation)
		if recipe.Key() == row.Key {
			row.Generation, row.ContentID = generation, recipe.ContentID()
			return true
		}
	}
	return false
}

// read takes the row's values, and the contact's name and e-mail when they are asked for, from its cells.
func (c Columns) read(row *ledger.Row) {
	row.Values = make([]string, len(c.Fields))
	for i, feed := range c.Fields {
		row.Values[i] = strings.Trim(row.Cells[feed.Column], " \u00a0\u202f")
	}
	if c.Name >= 0 {
		row.Name = strings.TrimSpace(row.Cells[c.Name])
	}
	if c.Email >= 0 {
		row.Email = strings.TrimSpace(row.Cells[c.Email])
	}
}
