package cli

import (
	"context"
	"regexp"

	"github.com/google/uuid"

	"kanal-campaign/campaign/ledger"
	"kanal-campaign/campaign/number"
)

// testedTo matches the number in the flags of a test's run, as changedFlags writes them.
var testedTo = regexp.MustCompile(`(^| )--test-to=(.*?)( --|$)`)

// testedIn matches the country in flags, as changedFlags writes them now and wrote them once.
var testedIn = regexp.MustCompile(`(?:^| )--country[ =]"?([A-Za-z]+)`)

// testedPerson returns the canonical digits of the number that a test went to; "" where it is forgotten.
func testedPerson(t ledger.TestSent) string {
	match := testedTo.FindStringSubmatch(t.Run.Flags)
	if match == nil {
		return ""
	}
	rules := number.Rules{AcceptPossible: true, Version: 1}
	if country := testedIn.FindStringSubmatch(t.Run.Flags); country != nil {
		rules.Country = country[1]
	}
	n, err := rules.Clean(match[2])
	if err != nil {
		return ""
	}
	return number.Canonical(n.Digits)
}

// testsTo returns the tests that went to a person, given as canonical digits.
func testsTo(ctx context.Context, l *ledger.Ledger, person string) (found []ledger.TestSent, err error) {
	all, err := l.Tests(ctx)
	for _, t := range all {
		if testedPerson(t) == person && person != "" {
			found = append(found, t)
		}
	}
	return found, err
}

// withoutNumber takes the number out of a test's flags.
func withoutNumber(t ledger.TestSent) ledger.TestSent {
	t.Run.Flags = testedTo.ReplaceAllString(t.Run.Flags, "$1--test-to=…$3")
	return t
}

// tellsNumber reports whether there is something to forget of a test.
func tellsNumber(t ledger.TestSent) bool {
	return t.Attempt.Key != uuid.Nil || t.Attempt.Text != "" || withoutNumber(t).Run.Flags != t.Run.Flags
}
