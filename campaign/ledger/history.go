package ledger

import (
	"cmp"
	"context"
	"slices"

	"kanal-campaign/campaign/number"
	"kanal-campaign/campaign/record"
)

// Attempts returns the attempts of a row, the first one first.
func (l *Ledger) Attempts(ctx context.Context, rowID int64) ([]record.Attempt, error) {
	rows, err := l.db.QueryContext(ctx, `SELECT a.id, coalesce(r.id, 0), coalesce(r.command, ''), coalesce(r.started_at, 0), a.key,
		a.began_at, coalesce(a.answered_at, 0), a.kind, a.cause, a.code, a.text
		FROM attempts a LEFT JOIN runs r ON r.id = a.run_id WHERE a.row_id = $1 ORDER BY a.id`, rowID)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var found []record.Attempt
	for rows.Next() {
		var a record.Attempt
		var key []byte
		var started, began, answered int64
		err := rows.Scan(&a.ID, &a.Run.ID, &a.Run.Command, &started, &key, &began, &answered, &a.Kind, &a.Cause, &a.Code, &a.Text)
		if err != nil {
			return nil, err
		}
		copy(a.Key[:], key)
		a.Run.StartedAt, a.BeganAt, a.AnsweredAt = fromMillis(started), fromMillis(began), fromMillis(answered)
		found = append(found, a)
	}
	return found, rows.Err()
}

// RowsOf returns the rows of a person, given as canonical digits, in all campaigns, those planned first first. They are
// without cells.
func (l *Ledger) RowsOf(ctx context.Context, person string) ([]record.Row, error) {
	if person == "" {
		return nil, nil
	}
	return l.collect(ctx, `person`+isPerson+` AND person <> '' AND campaign_id IN (SELECT id FROM campaigns WHERE visible)
		ORDER BY (SELECT created_at FROM campaigns WHERE campaigns.id = campaign_id), campaign_id, gone DESC, seq`, forms(person)...)
}

// OptOuts returns the accounts that a person, given as canonical digits, has opted out of, the earliest first.
func (l *Ledger) OptOuts(ctx context.Context, person string) ([]record.OptOut, error) {
	var found []record.OptOut
	for _, form := range number.Forms(person) {
		rows, err := l.db.QueryContext(ctx, "SELECT account, since FROM opt_outs WHERE person = $1", l.fingerprint("opt-out", form))
		if err != nil {
			return nil, err
		}
		defer rows.Close()
		for rows.Next() {
			var o record.OptOut
			var since int64
			if err := rows.Scan(&o.Account, &since); err != nil {
				return nil, err
			}
			o.Since = fromMillis(since)
			found = append(found, o)
		}
		if err := rows.Err(); err != nil {
			return nil, err
		}
	}
	slices.SortFunc(found, func(a, b record.OptOut) int {
		return cmp.Or(a.Since.Compare(b.Since), cmp.Compare(a.Account, b.Account))
	})
	seen := map[string]bool{}
	return slices.DeleteFunc(found, func(o record.OptOut) bool {
		known := seen[o.Account]
		seen[o.Account] = true
		return known
	}), nil
}
