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
	return list(ctx, l.db, func(scan scanner) (a record.Attempt, err error) {
		err = scan(&a.ID, &a.Run.ID, &a.Run.Command, when{&a.Run.StartedAt}, id{&a.Key}, when{&a.BeganAt}, when{&a.AnsweredAt}, &a.Kind, &a.Cause,
			&a.Code, &a.Text)
		return a, err
	}, `SELECT a.id, coalesce(r.id, 0), coalesce(r.command, ''), r.started_at, a.key, a.began_at, a.answered_at, a.kind, a.cause, a.code,
		a.text FROM attempts a LEFT JOIN runs r ON r.id = a.run_id WHERE a.row_id = $1 ORDER BY a.id`, rowID)
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
		known, err := list(ctx, l.db, func(scan scanner) (o record.OptOut, err error) {
			err = scan(&o.Account, when{&o.Since})
			return o, err
		}, "SELECT account, since FROM opt_outs WHERE person = $1", l.fingerprint("opt-out", form))
		if err != nil {
			return nil, err
		}
		found = append(found, known...)
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
