package record

import (
	"time"

	"kanal-campaign/campaign/problem"
)

// Sentences are what the files tell people, in one language. Nothing reads them back.
type Sentences interface {
	// Problem says what is wrong, and what to do about it.
	Problem(p problem.Problem) (wrong, fix string)
	// LeftOut says why a row was left out, for one of LeftOutCauses. first is the number of the other row, of duplicates alone.
	LeftOut(cause string, first int, detail Detail) string
	// Cause names what a row met, where Kanal has said nothing itself.
	Cause(cause string) string
	// MessagedOther says that Kanal messaged another number, given as digits, than the row's.
	MessagedOther(digits string) string
	// ForgottenAt says when everything that tells the person was erased.
	ForgottenAt(at time.Time) string
}
