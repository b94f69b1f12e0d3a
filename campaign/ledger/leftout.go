package ledger

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"time"

	"github.com/google/uuid"

	"kanal-campaign/campaign/outcome"
)

// Detail is what there is to tell about a row that was left out, beyond its cause. A row keeps it in its Error.
type Detail struct {
	Since    time.Time `json:"since,omitzero"`     // of the opt-out, or of the other campaign's message
	Campaign string    `json:"campaign,omitempty"` // the other campaign
	List     string    `json:"list,omitempty"`     // the name of the list that the person is on
	Column   string    `json:"column,omitempty"`   // whose cell keeps the row from being sent
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

// RecentMessages returns a function that tells the newest message that another visible campaign of the account has, or
// may have, sent to a person (canonical digits) after a time; the zero Detail without one. campaign is the one to leave
// aside, by its name. A plan asks it for every row, so that what is the same for all is looked up once.
func (l *Ledger) RecentMessages(ctx context.Context, account, campaign string, after time.Time) (
	func(ctx context.Context, person string) (Detail, error), error) {
	var except int64
	err := l.db.QueryRowContext(ctx, "SELECT coalesce((SELECT id FROM campaigns WHERE visible AND name = ?), 0)", campaign).Scan(&except)
	return func(ctx context.Context, person string) (Detail, error) {
		return recentMessage(ctx, l.db, account, person, except, after)
	}, err
}

// recentMessage uses the index of people: nobody has many rows. A message of a rebuilt campaign whose time is not known
// counts from the rebuilding.
func recentMessage(ctx context.Context, db Queryer, account, person string, except int64, after time.Time) (Detail, error) {
	var at int64
	var name string
	err := db.QueryRowContext(ctx, `
		SELECT coalesce(nullif(o.sent_at, 0), nullif(o.tried_at, 0), c.created_at) AS at, c.name
		FROM rows o JOIN campaigns c ON c.id = o.campaign_id
		WHERE o.person`+isPerson+` AND o.person <> '' AND o.campaign_id <> ?2 AND c.account = ?3 AND c.visible`+has+`
		AND coalesce(nullif(o.sent_at, 0), nullif(o.tried_at, 0), c.created_at) > ?4
		ORDER BY at DESC LIMIT 1`, forms(person), except, account, millis(after)).Scan(&at, &name)
	if errors.Is(err, sql.ErrNoRows) {
		return Detail{}, nil
	}
	return Detail{Since: fromMillis(at), Campaign: name}, err
}

// Messaged reports whether a person (canonical digits) has, or may have, a message of the campaign.
func (l *Ledger) Messaged(ctx context.Context, campaignID int64, person string) (bool, error) {
	var messaged bool
	err := l.db.QueryRowContext(ctx, `SELECT EXISTS (SELECT 1 FROM rows o WHERE o.person`+isPerson+` AND o.person <> ''
		AND o.campaign_id = ?2`+has+`)`, forms(person), campaignID).Scan(&messaged)
	return messaged, err
}

// MessagedBeside reports whether a person (canonical digits) has, or may have, a message of the campaign by another row than this.
func (l *Ledger) MessagedBeside(ctx context.Context, campaignID, rowID int64, person string) (bool, error) {
	var messaged bool
	err := l.db.QueryRowContext(ctx, `SELECT EXISTS (SELECT 1 FROM rows o WHERE o.person = ? AND o.person <> ''
		AND o.campaign_id = ? AND o.id <> ?`+has+`)`, person, campaignID, rowID).Scan(&messaged)
	return messaged, err
}

// Accepted reports whether Kanal has accepted the message of that content id in the campaign.
func (l *Ledger) Accepted(ctx context.Context, campaignID int64, contentID uuid.UUID) (bool, error) {
	var accepted bool
	err := l.db.QueryRowContext(ctx, `SELECT EXISTS (SELECT 1 FROM rows WHERE content_id = ? AND campaign_id = ?
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
			_, err := tx.ExecContext(ctx, "UPDATE rows SET status = 'skipped', cause = ?, error = ? WHERE id = ? AND status = 'pending'",
				outcome.CauseSuppressed, Detail{List: m.list}.String(), m.id)
			if err != nil {
				return err
			}
		}
		return nil
	})
}
