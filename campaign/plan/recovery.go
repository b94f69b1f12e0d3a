package plan

import (
	"errors"
	"slices"
	"strings"

	"github.com/google/uuid"

	"kanal-campaign/campaign/audience"
	"kanal-campaign/campaign/message"
	"kanal-campaign/campaign/number"
	"kanal-campaign/campaign/record"
	"kanal-campaign/campaign/text"
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
	Message  message.Message
	Campaign string // the name, as it stands in keys
	Columns  Columns
	// Settings are those that say in which country and by which rules a number is read, as far as they are known. Results do
	// not tell the rules: an earlier version reads what a later one does, and more.
	Settings record.Settings
}

// Complete fills in what a results file does not tell: the values, the person, the generation and the content id. The
// row's own key proves them right, or Complete returns ErrKeyMismatch; the phone cell has to read as the number still, or
// it returns ErrNumberMismatch: whoever corrects it there would message the old one unawares. A row without a key was
// never to be sent, and is complete.
func (r Recovery) Complete(row *record.Row) error {
	row.Person = NumberRules(r.Settings).Canonical(row.Phone)
	if row.Key == uuid.Nil {
		return nil
	}
	r.Columns.Read(row)
	for generation := range mostGenerations {
		recipe := r.Message.Recipe(r.Campaign, row.Phone, row.Values, generation)
		if recipe.Key() == row.Key {
			row.Generation, row.ContentID = generation, recipe.ContentID()
			if !r.reads(row.Cells, row.Phone) {
				return ErrNumberMismatch
			}
			return nil
		}
	}
	return ErrKeyMismatch
}

// reads reports whether a row's cells hold the number: as written in the country of the row or the campaign, or in the
// number's own, or bare with its country's code in front.
func (r Recovery) reads(cells []string, digits string) bool {
	cell := cells[r.Columns.Phone]
	phones := frozenPhones(r.Settings, r.Columns)
	if phones.digits(cells) == digits || number.Bare(cell) == digits {
		return true
	}
	rules := phones.rules
	own, _ := rules.Clean("+" + digits)
	for _, country := range []string{r.Settings.Country, own.Region} {
		if rules.Country = country; readingOf(cell, rules) == digits {
			return true
		}
	}
	return false
}

// BareNumbers is what --bare-numbers said of a completed row: BareNational or BareInternational where its cell could be read
// both ways, "" where it could not.
func (r Recovery) BareNumbers(row record.Row) string {
	if row.Key == uuid.Nil || row.Gone {
		return ""
	}
	digits := number.Bare(row.Cells[r.Columns.Phone])
	abroad, is := number.International(digits)
	if digits == "" || !is {
		return ""
	}
	phones := frozenPhones(r.Settings, r.Columns)
	if phones.rules.Canonical(row.Phone) != phones.rules.Canonical(abroad.Digits) {
		return BareNational
	}
	if national := readingOf(digits, phones.rulesFor(row.Cells)); national != "" && national != row.Phone {
		return BareInternational
	}
	return ""
}

// PhoneOfResults is the name of the column in which rows of results have their numbers, whatever it is called; "" where none
// is, or several are. Rows without a number tell nothing.
func PhoneOfResults(header []string, rows []record.Row) string {
	found := -1
	for i := range header {
		holds := func(row record.Row) bool {
			if row.Phone == "" || i >= len(row.Cells) {
				return true
			}
			digits := strings.TrimLeft(digitsOf(row.Cells[i]), "0")
			return len(digits) >= fewestOfNumber && strings.HasSuffix(row.Phone, digits)
		}
		if slices.ContainsFunc(rows, func(row record.Row) bool { return !holds(row) }) {
			continue
		}
		if found >= 0 {
			return ""
		}
		found = i
	}
	if found < 0 || len(rows) == 0 {
		return ""
	}
	return storedName(found, header)
}

// Read takes the row's values, and the contact's name and e-mail when they are asked for, from its cells.
func (c Columns) Read(row *record.Row) {
	row.Values = make([]string, len(c.Fields))
	for i, feed := range c.Fields {
		row.Values[i] = strings.Trim(text.Lines(audience.Text(row.Cells[feed.Column])), " \u00a0\u202f")
	}
	if c.Name >= 0 {
		row.Name = contactText(row.Cells[c.Name])
	}
	if c.Email >= 0 {
		row.Email = contactText(row.Cells[c.Email])
	}
}

// contactText is what Kanal gets of a cell; "" of one that shows nothing.
func contactText(cell string) string {
	if message.SeemsEmpty(cell) {
		return ""
	}
	return strings.TrimSpace(audience.Text(cell))
}
