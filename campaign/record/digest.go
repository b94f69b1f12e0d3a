package record

import (
	"time"

	"kanal-campaign/campaign/outcome"
	"kanal-campaign/campaign/problem"
)

// Minute counts the attempts of a campaign that began within one minute and got one kind of answer.
type Minute struct {
	Start       time.Time    // a full minute
	Kind        outcome.Kind // empty while no answer is known
	Attempts    int
	First, Last time.Time // when the first and the last of them began
}

// PhoneGroup counts a campaign's rows whose numbers begin alike, and that share a status.
type PhoneGroup struct {
	Example string // one of the numbers
	Status  outcome.Status
	Rows    int
}

// ProblemGroup counts the rows that have one error in one column.
type ProblemGroup struct {
	Example problem.Problem // that of the first such row
	Rows    int
}

// Places are the places of a campaign's rows in its file: from 1 to Rows, each once, when none is missing.
type Places struct {
	Rows, Distinct int
	Last           int64
}

// Hold reports whether none is missing.
func (p Places) Hold() bool { return p.Rows == p.Distinct && int64(p.Rows) == p.Last }
