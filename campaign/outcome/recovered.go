package outcome

import "time"

// Recovered returns the state of a row of which only its line in a results file is left: the ledger is lost. since is
// when its doubt began. What the line does not tell is taken for its worse reading: a key that was sent more often than
// the line's status explains may be used up.
func Recovered(status Status, cause string, attempts int, since time.Time) State {
	s := State{Status: status, Cause: cause}
	switch status {
	case Rejected:
		s.Refused = true
	case Unknown:
		s.Doubted, s.DoubtSince = true, since
		s.Refused = attempts > 1 || cause == CauseKeyUsed
	case Pending:
		s.Refused = attempts > 0
	}
	return s
}
