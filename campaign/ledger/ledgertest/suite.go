// Package ledgertest says what every ledger must do, whatever database it stands on: each kind runs the suite in its own tests.
// It also gives those tests plans to work with.
package ledgertest

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"

	"kanal-campaign/campaign/ledger"
	"kanal-campaign/campaign/outcome"
	"kanal-campaign/campaign/record"
)

// Place is room for one ledger of its own. Each call of open opens that ledger once more, as another process would; the ledgers
// are closed when the test ends.
type Place func(t testing.TB) (open func() *ledger.Ledger)

// Run holds a kind of ledger against all that it must do.
func Run(t *testing.T, place Place) {
	for _, promise := range promises {
		t.Run(promise.says, func(t *testing.T) { promise.holds(t, place) })
	}
}

var promises = []struct {
	says  string
	holds func(t *testing.T, place Place)
}{
	{"a plan is seen whole or not at all", importIsInvisibleUntilPublished},
	{"a campaign has one runner", onlyOneRunner},
	{"files of a campaign are written by many and swept by one", draftsAreSweptByOne},
	{"what a campaign was rebuilt from is kept", whereACampaignWasRebuiltFromIsKept},
	{"files are noted for each campaign", filesAreNoted},
	{"messages of other campaigns to the same people are found", repeatsAreFoundAcrossCampaigns},

	{"an attempt that never ended is a doubt", attemptThatNeverEndedIsADoubt},
	{"a row is begun once", rowIsBegunOnce},
	{"one message per person", oneMessagePerPerson},
	{"nobody is messaged again within the gap", gapBetweenCampaigns},
	{"a cancelled context leaves nothing half done", cancelledContextLeavesNothingHalfDone},
	{"a test takes its turn and stands in no campaign", aTestTakesItsTurn},
	{"what was recorded of a run is found again", whatWasRecordedIsHeld},

	{"no window holds more than the limit", window},
	{"no window of many processes holds more than the limit", windowOfManyProcesses},
	{"who shares the window is told", windowTellsWhoSharesIt},
	{"of several waits the longest holds", holdTakesTheLongest},
	{"an answer past a wait ends it", answerPastAWaitEndsIt},
	{"a clock that was set back blocks nobody", clockSetBack},
	{"the dead take their place until their deadline", theDeadTakeTheirPlaceUntilTheirDeadline},

	{"an answer counts once", anAnswerCountsOnce},
	{"brakes count in the order of settling, over all processes", brakesCountInTheOrderOfSettling},
	{"brakes are those of one run", brakesAreThoseOfOneRun},
	{"a row rests as the policy says", aRowRestsAsThePolicySays},

	{"an update sends to nobody twice", update},
	{"an update pairs rows that were corrected", updatePairsCorrectedRows},
	{"an update does not pair rows that were messaged", updateDoesNotPairMessagedRows},
	{"a plan that is only compared leaves no trace", comparisonLeavesNoTrace},
	{"nobody is messaged twice by a chain of updates", nobodyIsMessagedTwiceByUpdates},
	{"a part is kept to, and grows", partOfACampaign},
	{"a campaign is told in the order of a moved file", movedFile},
	{"a plan that another import cleared away is not there", clearedPlan},
	{"a mark tells a state from a later one", marks},

	{"opt-outs are remembered per account", optOutsAreRememberedPerAccount},
	{"a rehearsal takes the opt-outs along that it alone has learned", optOutsOfAReplacedRehearsal},
	{"who is forgotten leaves nothing but an outcome", whoIsForgottenLeavesAnOutcome},

	{"attempts are counted by minute", minutes},
	{"numbers are grouped by their beginning", phoneGroups},
	{"errors are counted in rows", problemGroups},
	{"stamps tell campaigns apart", stampsTellCampaignsApart},
}

// Row is a recipient with a message of its own: content stands for all that the key's recipe holds.
func Row(number int, person, content string) record.Row {
	id := uuid.NewSHA1(uuid.NameSpaceOID, []byte(person+content))
	return record.Row{Number: number, Cells: []string{person, content}, Phone: person, Person: person,
		Values: []string{content}, Key: id, ContentID: id, State: outcome.New()}
}

// Invalid is a row that is never to be sent.
func Invalid(number int) record.Row {
	return record.Row{Number: number, Cells: []string{"?", ""}, State: outcome.State{Status: outcome.Invalid}}
}

// Stage begins a plan of these rows.
func Stage(t testing.TB, book *ledger.Ledger, name string, rows ...record.Row) *ledger.Staging {
	t.Helper()
	staging, err := book.Stage(t.Context(), name)
	if err != nil {
		t.Fatal(err)
	}
	for _, r := range rows {
		if err := staging.Add(t.Context(), r); err != nil {
			t.Fatal(err)
		}
	}
	return staging
}

// Publish makes these rows a campaign.
func Publish(t testing.TB, book *ledger.Ledger, name string, rows ...record.Row) record.Campaign {
	t.Helper()
	c, err := Stage(t, book, name, rows...).Publish(t.Context(), record.Campaign{Name: name, Account: "56"}, nil)
	if err != nil {
		t.Fatal(err)
	}
	return c
}

// All returns the rows of a campaign.
func All(t testing.TB, book *ledger.Ledger, c record.Campaign) []record.Row {
	t.Helper()
	var rows []record.Row
	for r, err := range book.Rows(t.Context(), c.ID) {
		if err != nil {
			t.Fatal(err)
		}
		rows = append(rows, r)
	}
	return rows
}

// Turn is one of no run that is recorded.
var Turn = ledger.Turn{RunID: 1, PaceKey: "k", Limit: 60, Timeout: time.Minute}

// Settle makes one attempt of the row with this person, and answers it.
func Settle(t testing.TB, book *ledger.Ledger, c record.Campaign, person string, answer outcome.Answer) {
	t.Helper()
	for _, r := range All(t, book, c) {
		if r.Person != person || r.State.Status != outcome.Pending {
			continue
		}
		id, err := book.Begin(t.Context(), &r, Turn)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := book.Settle(t.Context(), &r, ledger.Settlement{Attempt: id, Try: outcome.Try{Answer: answer}}); err != nil {
			t.Fatal(err)
		}
		return
	}
	t.Fatalf("no row for %s", person)
}

// Describe tells rows, a line each.
func Describe(rows []record.Row) string {
	var text strings.Builder
	for _, r := range rows {
		fmt.Fprintf(&text, "%d %s %v %s %s gone=%v\n", r.Number, r.Person, r.Values, r.State.Status, r.State.Cause, r.Gone)
	}
	return text.String()
}
