package ledger

import (
	"context"
	"iter"
	"strings"
	"time"

	"kanal-campaign/campaign/outcome"
	"kanal-campaign/campaign/record"
)

// Contradiction is a code for what cannot be true of one row, or of a campaign.
type Contradiction string

// The contradictions that Shared looks for. Package audit looks for the others.
const (
	SameMessageID Contradiction = "same-message-id" // another row of the campaign has this message id
	SameKey       Contradiction = "same-key"        // another row of the ledger has this key
	RepeatDiffers Contradiction = "repeat-differs"  // left out as a repetition of the same values, and they are others; or the other way round
)

// Contradictory is a row, or a campaign, of which two things cannot both be true.
type Contradictory struct {
	Code   Contradiction
	Number int // 0 for the campaign as a whole
	Gone   bool
}

// History is a row with all its attempts, the first one first.
type History struct {
	record.Row
	Tries []record.Attempt
}

// historyColumns are the columns of a row in a query that joins rows as r.
var historyColumns = "r." + strings.Join(strings.Fields(strings.ReplaceAll(rowColumns, ",", " ")), ", r.")

// Histories streams a campaign's rows with their attempts, in the order of Rows, as they were at one instant.
func (l *Ledger) Histories(ctx context.Context, campaignID int64) iter.Seq2[History, error] {
	return func(yield func(History, error) bool) {
		var whole History
		for history, err := range streamValues(ctx, l.db, readHistory, "SELECT "+historyColumns+`, coalesce(a.id, 0), coalesce(a.run_id, 0),
			coalesce(u.campaign, ''), coalesce(u.command, ''), u.started_at, u.ended_at, a.key, a.began_at, a.answered_at,
			coalesce(a.kind, ''), coalesce(a.cause, ''), coalesce(a.code, ''), coalesce(a.text, '')
			FROM rows r LEFT JOIN attempts a ON a.row_id = r.id LEFT JOIN runs u ON u.id = a.run_id
			WHERE r.campaign_id = $1 ORDER BY r.gone, r.seq, r.id, a.id`, campaignID) {
			if err == nil && history.ID == whole.ID {
				whole.Tries = append(whole.Tries, history.Tries...)
				continue
			}
			if whole.ID != 0 && !yield(whole, nil) {
				return
			}
			if whole = history; err != nil {
				yield(whole, err)
				return
			}
		}
		if whole.ID != 0 {
			yield(whole, nil)
		}
	}
}

// readHistory reads a row with one of its attempts, or with none.
func readHistory(v *values) History {
	h := History{Row: readRow(v)}
	var a record.Attempt
	if a.ID = v.integer(); a.ID == 0 {
		return h
	}
	a.Run.ID, a.Run.Campaign, a.Run.Command, a.Run.StartedAt, a.Run.EndedAt = v.integer(), v.text(), v.text(), v.time(), v.time()
	a.Key, a.BeganAt, a.AnsweredAt = v.id(), v.time(), v.time()
	a.Kind, a.Cause, a.Code, a.Text = outcome.Kind(v.text()), v.text(), v.text(), v.text()
	h.Tries = []record.Attempt{a}
	return h
}

// Shared looks for what only one row may have and several have.
func (l *Ledger) Shared(ctx context.Context, c record.Campaign) ([]Contradictory, error) {
	var found []Contradictory
	for _, check := range []struct {
		code  Contradiction
		where string
	}{
		{SameMessageID, `r.message_id IN (SELECT message_id FROM rows WHERE campaign_id = $1 AND message_id <> ''
			GROUP BY message_id HAVING count(*) > 1)`},
		{SameKey, `r.key IN (SELECT key FROM rows WHERE key IS NOT NULL AND campaign_id IN (SELECT id FROM campaigns WHERE visible)
			GROUP BY key HAVING count(*) > 1)`},
		{RepeatDiffers, `r.status = 'skipped' AND r.cause IN ('duplicate', 'same-number') AND r.person <> '' AND EXISTS (SELECT 1 FROM rows f
			WHERE f.person = r.person AND f.campaign_id = $1 AND f.number = r.related_row AND NOT f.gone
			AND (f.field_values = r.field_values) <> (r.cause = 'duplicate'))`},
	} {
		rows, err := list(ctx, l.db, func(scan scanner) (Contradictory, error) {
			one := Contradictory{Code: check.code}
			err := scan(&one.Number, &one.Gone)
			return one, err
		}, "SELECT r.number, r.gone FROM rows r WHERE r.campaign_id = $1 AND "+check.where+" ORDER BY r.gone, r.seq", c.ID)
		if err != nil {
			return nil, err
		}
		found = append(found, rows...)
	}
	return found, nil
}

// Trails is what an audit needs of the ledger as a whole.
type Trails struct {
	// SetBack tells that the computer's clock was set back at some time, by more than the moments by which clocks are
	// corrected: times of the ledger are not in order.
	SetBack bool
	// Strays is how many attempts of the campaign's runs belong to rows that are not there.
	Strays int
	// Forgotten is how many rows of all campaigns were forgotten in this ledger, and Erased how many its records of that tell.
	Forgotten, Erased int
	// ErasedAt is when people were forgotten.
	ErasedAt []time.Time
}

// Trails reads them. It reads every attempt once.
func (l *Ledger) Trails(ctx context.Context, campaign string) (t Trails, err error) {
	err = l.db.QueryRowContext(ctx, `SELECT
		EXISTS (SELECT 1 FROM (SELECT began_at AS at, lag(began_at) OVER (ORDER BY id) AS before FROM attempts) a
			WHERE at < before - 1000)
		OR EXISTS (SELECT 1 FROM (SELECT started_at AS at, lag(started_at) OVER (ORDER BY id) AS before FROM runs) r
			WHERE at < before - 1000)
		OR EXISTS (SELECT 1 FROM runs WHERE ended_at > 0 AND ended_at < started_at - 1000),
		(SELECT count(*) FROM attempts a WHERE row_id <> 0 AND run_id IN (SELECT id FROM runs WHERE campaign = $1)
			AND NOT EXISTS (SELECT 1 FROM rows r WHERE r.id = a.row_id)),
		(SELECT count(*) FROM rows r JOIN campaigns c ON c.id = r.campaign_id WHERE r.forgotten_at > 0 AND c.rebuilt_from = ''),
		(SELECT coalesce(sum(rows), 0) FROM erasures)`, campaign).Scan(&t.SetBack, &t.Strays, &t.Forgotten, &t.Erased)
	if err != nil {
		return t, err
	}
	t.ErasedAt, err = list(ctx, l.db, func(scan scanner) (at time.Time, err error) {
		err = scan(when{&at})
		return at, err
	}, "SELECT at FROM erasures ORDER BY id")
	return t, err
}
