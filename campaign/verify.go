package campaign

import (
	"context"

	"github.com/google/uuid"

	"kanal-campaign/campaign/ledger"
	"kanal-campaign/campaign/number"
	"kanal-campaign/campaign/outcome"
)

// The contradictions that Verify finds beside those of the ledger.
const (
	KeyDiffers      ledger.Contradiction = "key-differs"      // the key is not that of the row's number and values
	ContentDiffers  ledger.Contradiction = "content-differs"  // the content id is not
	PersonDiffers   ledger.Contradiction = "person-differs"   // the person is not that of the number
	FinishedPending ledger.Contradiction = "finished-pending" // not sent yet, in a campaign that is finished
)

// Verified is what an audit of a campaign's plan found.
type Verified struct {
	Rows      int // looked at
	Keys      int // computed anew
	Forgotten int // passed over
	Found     []ledger.Contradictory
}

// Verify computes every key and content id of a campaign from its frozen plan, and looks for contradictions in what became
// of its rows. running tells that a process is at work on it. Rows that were forgotten are passed over and counted.
func Verify(ctx context.Context, l *ledger.Ledger, c ledger.Campaign, running bool) (Verified, error) {
	var v Verified
	m, err := MessageOf(c)
	if err != nil {
		return v, err
	}
	for row, err := range l.Rows(ctx, c.ID) {
		if err != nil {
			return v, err
		}
		v.Rows++
		if !row.ForgottenAt.IsZero() {
			v.Forgotten++
			continue
		}
		report := func(code ledger.Contradiction) {
			v.Found = append(v.Found, ledger.Contradictory{Code: code, Number: row.Number, Gone: row.Gone})
		}
		if row.Phone != "" && row.Person != number.Canonical(row.Phone) {
			report(PersonDiffers)
		}
		if !c.FinishedAt.IsZero() && row.State.Status == outcome.Pending && !row.Gone {
			report(FinishedPending)
		}
		if row.Key == uuid.Nil {
			continue
		}
		v.Keys++
		recipe := m.Recipe(c.Name, row.Phone, row.Values, row.Generation)
		if recipe.Key() != row.Key {
			report(KeyDiffers)
		}
		if recipe.ContentID() != row.ContentID {
			report(ContentDiffers)
		}
	}
	found, err := l.Contradictions(ctx, c, running)
	v.Found = append(v.Found, found...)
	return v, err
}
