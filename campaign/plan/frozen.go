package plan

import (
	"strings"

	"kanal-campaign/campaign/record"
)

// FrozenNumbers reads the numbers of a planned campaign again, as its plan read them. It must not be used concurrently.
type FrozenNumbers struct {
	phones   *phoneReader
	recovery *Recovery // of a campaign that was rebuilt, of which the country may not be known; else nil
}

// FrozenNumbersOf returns those of a campaign with these settings and columns.
func FrozenNumbersOf(c record.Campaign, columns Columns) FrozenNumbers {
	f := FrozenNumbers{phones: frozenPhones(c.Settings, columns)}
	if c.RebuiltFrom != "" {
		f.recovery = &Recovery{Settings: c.Settings, Columns: columns}
	}
	return f
}

// In reports whether a row's cells hold the number. To read a number costs much, so that what is plain is told first: all
// digits of the number, or all but its country's.
func (f FrozenNumbers) In(cells []string, digits string) bool {
	bare := strings.TrimLeft(digitsOf(cells[f.phones.phone]), "0")
	country := f.phones.rulesFor(cells).Country
	if code, ends := strings.CutSuffix(digits, bare); ends && bare != "" && (code == "" || code == f.phones.dialling(country)) {
		return true
	}
	if f.recovery != nil {
		return f.recovery.reads(cells, digits)
	}
	return f.phones.digits(cells) == digits
}

// frozenPhones reads rows as those of a campaign were read that is decided about. A number need only be possible.
func frozenPhones(s record.Settings, c Columns) *phoneReader {
	s = Decided(s)
	s.AcceptPossible = true
	return newPhoneReader(s, nil, c.Phone, c.Country, nil)
}

// digits are those of the number in a row's cells, read on its own; "" for none.
func (r *phoneReader) digits(cells []string) string {
	n, _ := r.judge(cells[r.phone], r.rulesFor(cells))
	return n.Digits
}
