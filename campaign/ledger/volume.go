package ledger

import (
	"context"
	"slices"
	"time"

	"kanal-campaign/campaign/number"
	"kanal-campaign/campaign/outcome"
)

// WrittenTo tells whom any campaign with this key has, or may have, written to after a time: for each person, when the last
// such message was tried, in the order of time. Each forgotten row counts as a person.
func (l *Ledger) WrittenTo(ctx context.Context, paceKey string, after time.Time) (last []time.Time, err error) {
	people := map[string]bool{} // several campaigns may keep one person under several forms
	for one, err := range stream(ctx, l.db, both[int64, string], `
		SELECT max(a.began_at), max(r.person) FROM attempts a JOIN rows r ON r.id = a.row_id
		WHERE a.pace_key = $1 AND (a.answered_at > $2 OR a.answered_at IS NULL) AND a.began_at > $2 AND r.status IN ($3, $4, $5)
		GROUP BY CASE r.person WHEN '' THEN 'row ' || r.id ELSE r.person END ORDER BY 1 DESC`,
		paceKey, millis(after), outcome.Sent, outcome.AlreadySent, outcome.Unknown) {
		if err != nil {
			return nil, err
		}
		if person := number.Canonical(one.b); !people[person] || person == "" {
			people[person] = true
			last = append(last, fromMillis(one.a))
		}
	}
	slices.Reverse(last)
	return last, nil
}

// LastPaceKey returns the key with which the account's campaigns were sent last; "" when nothing was.
func (l *Ledger) LastPaceKey(ctx context.Context, account string) (key string, err error) {
	err = l.db.QueryRowContext(ctx, `SELECT coalesce((SELECT a.pace_key FROM attempts a JOIN rows r ON r.id = a.row_id
		JOIN campaigns c ON c.id = r.campaign_id WHERE c.account = $1 ORDER BY a.id DESC LIMIT 1), '')`, account).Scan(&key)
	return key, err
}
