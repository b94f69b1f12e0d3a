package ledger

import (
	"context"
	"database/sql"
)

// Contradiction is a code for what cannot be true of one row.
type Contradiction string

// The contradictions that Contradictions looks for.
const (
	StatusUnknown    Contradiction = "status-unknown"     // a status that there is not
	SentWithoutID    Contradiction = "sent-without-id"    // sent, and no message id
	SentWithoutDate  Contradiction = "sent-without-date"  // sent, and no date
	IDWithoutSent    Contradiction = "id-without-sent"    // a message id, and not sent
	SameMessageID    Contradiction = "same-message-id"    // another row of the campaign has this message id
	SameKey          Contradiction = "same-key"           // another row of the ledger has this key
	KeyMissing       Contradiction = "key-missing"        // to be sent, or tried, and no key
	AttemptsMiscount Contradiction = "attempts-miscount"  // the row counts other attempts than there are
	NeverTried       Contradiction = "never-tried"        // an outcome, and no attempt
	TriedInvalid     Contradiction = "tried-invalid"      // never to be sent, and an attempt
	OpenMismatch     Contradiction = "open-mismatch"      // an attempt without an answer, and the row does not know; or the other way round
	AcceptedNotSent  Contradiction = "accepted-not-sent"  // an attempt was accepted, and the row reads otherwise
	SentNotAccepted  Contradiction = "sent-not-accepted"  // sent, and no attempt was accepted
	AcceptedOtherKey Contradiction = "accepted-other-key" // the accepted attempt had another key than the row
	SentBeforeTried  Contradiction = "sent-before-tried"  // sent before the last attempt began
	OpenUnattended   Contradiction = "open-unattended"    // an attempt without an answer, and nobody at work on the campaign
)

// contradictions are the conditions, on a row r that was not forgotten. whole marks those that only a campaign which this
// ledger has seen from its beginning has to meet.
var contradictions = []struct {
	code  Contradiction
	where string
	whole bool
}{
	{StatusUnknown, "r.status NOT IN ('sent', 'already_sent', 'rejected', 'unknown', 'pending', 'invalid', 'skipped')", false},
	{SentWithoutID, "r.status = 'sent' AND r.message_id = ''", false},
	{SentWithoutDate, "r.status = 'sent' AND NOT r.sent_at", false},
	{IDWithoutSent, "r.status <> 'sent' AND r.message_id <> ''", false},
	{SameMessageID, `r.message_id IN (SELECT message_id FROM rows WHERE campaign_id = :id AND message_id <> ''
		GROUP BY message_id HAVING count(*) > 1)`, false},
	{SameKey, `r.key IN (SELECT key FROM rows WHERE key IS NOT NULL AND campaign_id IN (SELECT id FROM campaigns WHERE visible)
		GROUP BY key HAVING count(*) > 1)`, false},
	{KeyMissing, "r.key IS NULL AND r.status IN ('sent', 'already_sent', 'rejected', 'unknown', 'pending')", false},
	{AttemptsMiscount, "r.attempts <> (SELECT count(*) FROM attempts a WHERE a.row_id = r.id)", true},
	{AttemptsMiscount, "r.attempts < (SELECT count(*) FROM attempts a WHERE a.row_id = r.id)", false},
	{NeverTried, "r.attempts = 0 AND r.status IN ('sent', 'already_sent', 'rejected', 'unknown')", false},
	{TriedInvalid, "r.attempts > 0 AND r.status = 'invalid'", false},
	{OpenMismatch, "r.open <> EXISTS (SELECT 1 FROM attempts a WHERE a.row_id = r.id AND a.answered_at IS NULL)", false},
	{AcceptedNotSent, "r.status <> 'sent' AND EXISTS (SELECT 1 FROM attempts a WHERE a.row_id = r.id AND a.kind = 'accepted')", false},
	{SentNotAccepted, "r.status = 'sent' AND NOT EXISTS (SELECT 1 FROM attempts a WHERE a.row_id = r.id AND a.kind = 'accepted')", true},
	{AcceptedOtherKey, `EXISTS (SELECT 1 FROM attempts a WHERE a.row_id = r.id AND a.kind = 'accepted' AND a.key <> r.key)`, false},
	{SentBeforeTried, "r.sent_at > 0 AND r.sent_at < r.tried_at", false},
}

// Contradictory is a row of which two things cannot both be true.
type Contradictory struct {
	Code   Contradiction
	Number int
	Gone   bool
}

// Contradictions looks for what cannot be true of a campaign's rows; those that were forgotten are passed over. running
// tells that a process is at work on it. Each kind is looked for at one instant.
func (l *Ledger) Contradictions(ctx context.Context, c Campaign, running bool) ([]Contradictory, error) {
	all := contradictions
	if !running {
		all = append(all[:len(all):len(all)], struct {
			code  Contradiction
			where string
			whole bool
		}{OpenUnattended, "r.open", false})
	}
	var found []Contradictory
	for _, check := range all {
		if rebuilt := c.RebuiltFrom != ""; check.whole && rebuilt || check.code == AttemptsMiscount && !check.whole && !rebuilt {
			continue
		}
		rows, err := l.db.QueryContext(ctx, `SELECT r.number, r.gone FROM rows r WHERE r.campaign_id = :id AND NOT r.forgotten_at
			AND (`+check.where+`) ORDER BY r.gone, r.seq`, sql.Named("id", c.ID))
		if err != nil {
			return nil, err
		}
		for rows.Next() {
			one := Contradictory{Code: check.code}
			if err := rows.Scan(&one.Number, &one.Gone); err != nil {
				rows.Close()
				return nil, err
			}
			found = append(found, one)
		}
		if err := rows.Err(); err != nil {
			return nil, err
		}
	}
	return found, nil
}

// Places are the places of a campaign's rows in its file: from 1 to Rows, each once, when none is missing.
type Places struct{ Rows, Distinct, Last int }

// Places counts them.
func (l *Ledger) Places(ctx context.Context, campaignID int64) (p Places, err error) {
	err = l.db.QueryRowContext(ctx, `SELECT count(*), count(DISTINCT seq), coalesce(max(seq), 0) FROM rows
		WHERE campaign_id = ? AND NOT gone`, campaignID).Scan(&p.Rows, &p.Distinct, &p.Last)
	return p, err
}

// Integrity reads the whole ledger, with its indexes, and returns what does not fit together, in SQLite's words; nothing
// when all does.
func (l *Ledger) Integrity(ctx context.Context) ([]string, error) {
	rows, err := l.db.QueryContext(ctx, "PRAGMA integrity_check(20)")
	if err != nil {
		return nil, Explain(l.path, err)
	}
	defer rows.Close()
	var found []string
	for rows.Next() {
		var line string
		if err := rows.Scan(&line); err != nil {
			return nil, err
		}
		if line != "ok" {
			found = append(found, line)
		}
	}
	return found, rows.Err()
}
