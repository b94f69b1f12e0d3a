package ledger

import (
	"context"
	"time"

	"kanal-campaign/campaign/outcome"
)

// WrittenTo counts the people who have, or may have, got a message of any campaign with this key after a time, and tells
// when the first of those messages was tried; the zero time without any. Each forgotten row counts as a person.
func (l *Ledger) WrittenTo(ctx context.Context, paceKey string, after time.Time) (people int, first time.Time, err error) {
	var began int64
	err = l.db.QueryRowContext(ctx, `
		SELECT count(DISTINCT CASE r.person WHEN '' THEN 'row ' || r.id ELSE r.person END), coalesce(min(a.began_at), 0)
		FROM attempts a JOIN rows r ON r.id = a.row_id WHERE a.pace_key = ?1 AND (a.answered_at > ?2 OR a.answered_at IS NULL)
		AND a.began_at > ?2 AND r.status IN (?3, ?4, ?5)`,
		paceKey, millis(after), outcome.Sent, outcome.AlreadySent, outcome.Unknown).Scan(&people, &began)
	return people, fromMillis(began), err
}

// LastPaceKey returns the key with which the account's campaigns were sent last; "" when nothing was.
func (l *Ledger) LastPaceKey(ctx context.Context, account string) (key string, err error) {
	err = l.db.QueryRowContext(ctx, `SELECT coalesce((SELECT a.pace_key FROM attempts a JOIN rows r ON r.id = a.row_id
		JOIN campaigns c ON c.id = r.campaign_id WHERE c.account = ? ORDER BY a.id DESC LIMIT 1), '')`, account).Scan(&key)
	return key, err
}
