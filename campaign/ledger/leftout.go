package ledger

import (
	"context"
	"database/sql"
	"errors"
	"time"

	"github.com/google/uuid"

	"kanal-campaign/campaign/outcome"
	"kanal-campaign/campaign/record"
)

// RecentMessages returns a function that tells the newest message that another visible campaign of the account has, or
// may have, sent to a person (canonical digits) after a time; the zero record.Detail without one. campaign is the one to leave
// aside, by its name. A plan asks it for every row, so that what is the same for all is looked up once.
func (l *Ledger) RecentMessages(ctx context.Context, account, campaign string, after time.Time) (
	func(ctx context.Context, person string) (record.Detail, error), error) {
	except, err := l.visibleID(ctx, campaign)
	return func(ctx context.Context, person string) (record.Detail, error) {
		return recentMessage(ctx, l.db, account, person, except, after)
	}, err
}

// recentMessage uses the index of people: nobody has many rows.
func recentMessage(ctx context.Context, db Queryer, account, person string, except int64, after time.Time) (record.Detail, error) {
	return detailOf(db.QueryRowContext(ctx, newest+` AND o.person`+isPerson+` AND o.person <> '' AND o.campaign_id <> $4 AND c.account = $5
		AND coalesce(nullif(o.sent_at, 0), nullif(o.tried_at, 0), c.created_at) > $6
		ORDER BY at DESC LIMIT 1`, forms(person, except, account, millis(after))...))
}

// SameMessages returns a function that tells the newest of the messages with one of some content ids that another visible campaign
// has, or may have, sent; the zero record.Detail without one. campaign is the one to leave aside, by its name.
func (l *Ledger) SameMessages(ctx context.Context, campaign string) (
	func(ctx context.Context, contentIDs []uuid.UUID) (record.Detail, error), error) {
	except, err := l.visibleID(ctx, campaign)
	return func(ctx context.Context, contentIDs []uuid.UUID) (record.Detail, error) {
		return sameMessage(ctx, l.db, contentIDs, except)
	}, err
}

// visibleID is the id of the visible campaign of that name; 0 without one.
func (l *Ledger) visibleID(ctx context.Context, campaign string) (id int64, err error) {
	err = l.db.QueryRowContext(ctx, "SELECT coalesce((SELECT id FROM campaigns WHERE visible AND name = $1), 0)", campaign).Scan(&id)
	return id, err
}

// newest are the newest message among rows o of campaigns c that somebody has, or may have, and its campaign. One of a rebuilt
// campaign whose time is not known counts from the rebuilding.
const newest = `SELECT coalesce(nullif(o.sent_at, 0), nullif(o.tried_at, 0), c.created_at) AS at, c.name
	FROM rows o JOIN campaigns c ON c.id = o.campaign_id WHERE c.visible` + has

func sameMessage(ctx context.Context, db Queryer, contentIDs []uuid.UUID, except int64) (record.Detail, error) {
	args := []any{except}
	for _, id := range contentIDs {
		args = append(args, id[:])
	}
	return detailOf(db.QueryRowContext(ctx, newest+` AND o.campaign_id <> $1 AND o.content_id IN (`+placeholders(1, len(contentIDs))+`)
		ORDER BY at DESC LIMIT 1`, args...))
}

// detailOf is the message that a query for the newest one has found; the zero record.Detail without one.
func detailOf(found *sql.Row) (record.Detail, error) {
	var at int64
	var name string
	err := found.Scan(&at, &name)
	if errors.Is(err, sql.ErrNoRows) {
		return record.Detail{}, nil
	}
	return record.Detail{Since: fromMillis(at), Campaign: name}, err
}

// Messaged reports whether a person (canonical digits) has, or may have, a message of the campaign, by another row than the one
// given; 0 is none.
func (l *Ledger) Messaged(ctx context.Context, campaignID, besideRow int64, person string) (bool, error) {
	return messagedBeside(ctx, l.db, campaignID, besideRow, person)
}

func messagedBeside(ctx context.Context, db Queryer, campaignID, row int64, person string) (messaged bool, err error) {
	err = db.QueryRowContext(ctx, `SELECT EXISTS (SELECT 1 FROM rows o WHERE o.person`+isPerson+` AND o.person <> ''
		AND o.campaign_id = $4 AND o.id <> $5`+has+`)`, forms(person, campaignID, row)...).Scan(&messaged)
	return messaged, err
}

// Accepted reports whether Kanal has accepted the message of that content id in the campaign.
func (l *Ledger) Accepted(ctx context.Context, campaignID int64, contentID uuid.UUID) (bool, error) {
	var accepted bool
	err := l.db.QueryRowContext(ctx, `SELECT EXISTS (SELECT 1 FROM rows WHERE content_id = $1 AND campaign_id = $2
		AND status IN ('sent', 'already_sent'))`, contentID[:], campaignID).Scan(&accepted)
	return accepted, err
}

// Suppress leaves out the campaign's pending rows of which list gives the name of the list that the person is on, in one
// commit, and returns how many.
func (l *Ledger) Suppress(ctx context.Context, campaignID int64, list func(person string) string) (int, error) {
	type match struct {
		id   int64
		list string
	}
	var matches []match
	for row, err := range l.Sendable(ctx, campaignID) {
		if err != nil {
			return 0, err
		}
		if name := list(row.Person); name != "" && row.State.Status == outcome.Pending {
			matches = append(matches, match{row.ID, name})
		}
	}
	if len(matches) == 0 {
		return 0, nil
	}
	return len(matches), l.write(ctx, func(tx *sql.Tx) error {
		for _, m := range matches {
			_, err := tx.ExecContext(ctx, "UPDATE rows SET status = 'skipped', cause = $1, error = $2 WHERE id = $3 AND status = 'pending'",
				outcome.CauseSuppressed, record.Detail{List: m.list}.String(), m.id)
			if err != nil {
				return err
			}
		}
		return nil
	})
}
