package campaign

import (
	"errors"
	"strings"

	"github.com/google/uuid"

	"kanal-campaign/campaign/ledger"
	"kanal-campaign/campaign/number"
)

// Why a line of a results file is not the row that the campaign had.
var (
	ErrKeyMismatch    = errors.New("the number and the cells do not give the key")
	ErrNumberMismatch = errors.New("the phone cell is not the number that the row was planned with")
)

// mostGenerations is far more new keys than anybody gives a row.
const mostGenerations = 100

// Recovery turns what a results file tells of a row back into the row of its campaign, when the ledger is lost. A
// Recovery may be used concurrently.
type Recovery struct {
	Message  Message
	Campaign string // the name, as it stands in keys
	Columns  Columns
	Country  string // of numbers written without one, as far as it is known; else empty
	// NumberRules is the version of the rules by which numbers are read, 0 for today's. Results do not tell it: an earlier
	// version reads what a later one does, and more.
	NumberRules int
}

// Complete fills in what a results file does not tell: the values, the person, the generation and the content id. The
// row's own key proves them right, or Complete returns ErrKeyMismatch; the phone cell has to read as the number still, or
// it returns ErrNumberMismatch: whoever corrects it there would message the old one unawares. A row without a key was
// never to be sent, and is complete.
func (r Recovery) Complete(row *ledger.Row) error {
	row.Person = number.Rules{Version: r.NumberRules}.Canonical(row.Phone)
	if row.Key == uuid.Nil {
		return nil
	}
	r.Columns.read(row)
	for generation := range mostGenerations {
		recipe := r.Message.Recipe(r.Campaign, row.Phone, row.Values, generation)
		if recipe.Key() == row.Key {
			row.Generation, row.ContentID = generation, recipe.ContentID()
			if !r.reads(row.Cells[r.Columns.Phone], row.Phone) {
				return ErrNumberMismatch
			}
			return nil
		}
	}
	return ErrKeyMismatch
}

// reads reports whether a cell holds the number: as written in the campaign's country, or in the number's own.
func (r Recovery) reads(cell, digits string) bool {
	rules := number.Rules{AcceptPossible: true, Version: r.NumberRules}
	own, _ := rules.Clean("+" + digits)
	for _, country := range []string{r.Country, own.Region} {
		rules.Country = country
		read, err := rules.Clean(cell)
		if err == nil && read.Digits == digits {
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
