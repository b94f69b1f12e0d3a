package record

import (
	"encoding/json"
	"time"
)

// Detail is what there is to tell about a row that was left out, or about an acceptance, beyond its cause. A row keeps it in its
// Error, an attempt in its Text.
type Detail struct {
	Since    time.Time `json:"since,omitzero"`     // of the opt-out, or of the other campaign's message
	Campaign string    `json:"campaign,omitempty"` // the other campaign
	List     string    `json:"list,omitempty"`     // the name of the list that the person is on
	Column   string    `json:"column,omitempty"`   // whose cell keeps the row from being sent
	Refuses  bool      `json:"refuses,omitempty"`  // it does so by a no, of this row or of another one of the person
	Messaged string    `json:"messaged,omitempty"` // the digits of the number that Kanal says it messaged instead
}

// String is the detail as a row keeps it; empty for the zero Detail.
func (d Detail) String() string {
	if d == (Detail{}) {
		return ""
	}
	text, err := json.Marshal(d)
	if err != nil {
		return "" // only a year past 9999 fails
	}
	return string(text)
}

// DetailOf reads a row's Error as a detail; false for any other text.
func DetailOf(text string) (Detail, bool) {
	var d Detail
	if json.Unmarshal([]byte(text), &d) != nil || d == (Detail{}) {
		return Detail{}, false
	}
	return d, true
}
