package ledger

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"slices"
	"time"

	"kanal-campaign/campaign/number"
	"kanal-campaign/campaign/problem"
	"kanal-campaign/campaign/record"
)

// Erasure is one act of forgetting, kept for the auditor. It never names who was forgotten.
type Erasure struct {
	What     string // a number, or how old campaigns were
	Rows     int
	Person   string // who did it at which computer
	Computer string
}

// Find returns the rows of a person, given as canonical digits, and those of other people that mention the number. Rows
// without a usable number that mention it are taken for the person's own. Rows of plans that nobody sees yet count, too;
// none has its cells. It reads every row.
func (l *Ledger) Find(ctx context.Context, person string, mentions func(text string) bool) (own, others []record.Row, err error) {
	forms := number.Forms(person)
	for row, err := range l.rows(ctx, "forgotten_at = 0 ORDER BY campaign_id, gone, seq") {
		if err != nil {
			return nil, nil, err
		}
		mentioned := slices.ContainsFunc(row.Cells, mentions)
		row.Cells = nil
		switch {
		case slices.Contains(forms, row.Person) || row.Person == "" && mentioned:
			own = append(own, row)
		case mentioned:
			others = append(others, row)
		}
	}
	return own, others, nil
}

// CampaignsByID returns every campaign by its id, with plans that nobody sees yet.
func (l *Ledger) CampaignsByID(ctx context.Context) (all map[int64]record.Campaign, err error) {
	found, err := l.campaigns(ctx, "1")
	all = map[int64]record.Campaign{}
	for _, c := range found {
		all[c.ID] = c
	}
	return all, err
}

// forgotten is what remains of a row: its place, its status and cause, its dates and counts. The key and the content id
// go, too: a number is found from them by trying all there are. A row that was to be sent is left out, and one in doubt
// can never be settled any more.
const forgotten = `UPDATE rows SET cells = '[]', phone = '', person = '', field_values = '', contact_name = '', contact_email = '',
	key = NULL, content_id = NULL, error = '', message_id = '', contact_id = '', open = 0, doubt_since = 0, not_before = 0,
	cause = CASE WHEN status IN ('pending', 'unknown') THEN 'forgotten' ELSE cause END,
	status = CASE status WHEN 'pending' THEN 'skipped' ELSE status END,
	forgotten_at = $1 WHERE forgotten_at = 0 AND `

// ForgetRows erases the rows, and the number from every text that the ledger keeps about others: redact takes it out of
// one. Nobody is at work on the rows' campaigns, and none of their attempts is open: the caller holds the locks, and has
// called Abandon. With them go the tests. What was erased is gone from the
// files after Sweep. It reports whether there was anything to erase.
func (l *Ledger) ForgetRows(ctx context.Context, rows []record.Row, tests []record.TestSent, redact func(text string) string,
	e Erasure) (changed bool, err error) {
	e.Rows, changed = len(rows), len(rows)+len(tests) > 0
	err = l.erasing(ctx, &e, func(tx *sql.Tx) error {
		now := millis(l.Now())
		for _, row := range rows {
			if err := forgetProblems(ctx, tx, "id = $1", row.ID); err != nil {
				return err
			}
			if _, err := tx.ExecContext(ctx, forgotten+"id = $2", now, row.ID); err != nil {
				return err
			}
			if _, err := tx.ExecContext(ctx, "UPDATE attempts SET key = $1, text = '' WHERE row_id = $2", noKey, row.ID); err != nil {
				return err
			}
		}
		if err := forgetTests(ctx, tx, tests); err != nil {
			return err
		}
		for table, column := range map[string]string{"rows": "error", "attempts": "text", "runs": "flags"} {
			n, err := redactColumn(ctx, tx, table, column, redact)
			if err != nil {
				return err
			}
			changed = changed || n > 0
		}
		if !changed {
			return errNothing
		}
		return nil
	})
	if err == errNothing {
		err = nil
	}
	return changed, err
}

// noKey is that of an attempt of somebody who was forgotten.
var noKey = []byte{}

// forgetProblems leaves of the problems of rows what tells nothing of the person: their codes.
func forgetProblems(ctx context.Context, tx *sql.Tx, where string, id int64) error {
	texts, err := table[int64, string](ctx, tx, "SELECT id, problems FROM rows WHERE forgotten_at = 0 AND problems <> '' AND "+where, id)
	if err != nil {
		return err
	}
	for id, text := range texts {
		var problems []problem.Problem
		if err := json.Unmarshal([]byte(text), &problems); err != nil {
			return err
		}
		for i, p := range problems {
			problems[i] = problem.Problem{Code: p.Code, Severity: p.Severity}
		}
		codes, err := json.Marshal(problems)
		if err != nil {
			return err
		}
		texts[id] = string(codes)
	}
	return setTexts(ctx, tx, "rows", "problems", texts)
}

func setTexts(ctx context.Context, tx *sql.Tx, table, column string, texts map[int64]string) error {
	for id, text := range texts {
		if _, err := tx.ExecContext(ctx, "UPDATE "+table+" SET "+column+" = $1 WHERE id = $2", text, id); err != nil {
			return err
		}
	}
	return nil
}

var errNothing = errors.New("nothing was erased")

// redactColumn returns how many texts it has changed.
func redactColumn(ctx context.Context, tx *sql.Tx, of, column string, redact func(string) string) (int, error) {
	changed := map[int64]string{}
	for text, err := range stream(ctx, tx, both[int64, string], "SELECT id, "+column+" FROM "+of+" WHERE "+column+" <> ''") {
		if err != nil {
			return 0, err
		}
		if clean := redact(text.b); clean != text.b {
			changed[text.a] = clean
		}
	}
	return len(changed), setTexts(ctx, tx, of, column, changed)
}

// ForgetCampaigns erases every row of the campaigns, and the tests. What holds for ForgetRows holds for it.
func (l *Ledger) ForgetCampaigns(ctx context.Context, ids []int64, tests []record.TestSent, e Erasure) error {
	return l.erasing(ctx, &e, func(tx *sql.Tx) error {
		if err := forgetTests(ctx, tx, tests); err != nil {
			return err
		}
		for _, id := range ids {
			if _, err := tx.ExecContext(ctx, `UPDATE attempts SET key = $1, text = '' WHERE row_id IN
				(SELECT id FROM rows WHERE campaign_id = $2 AND forgotten_at = 0)`, noKey, id); err != nil {
				return err
			}
			if err := forgetProblems(ctx, tx, "campaign_id = $1", id); err != nil {
				return err
			}
			result, err := tx.ExecContext(ctx, forgotten+"campaign_id = $2", millis(l.Now()), id)
			if err != nil {
				return err
			}
			n, err := result.RowsAffected()
			if err != nil {
				return err
			}
			e.Rows += int(n)
		}
		return nil
	})
}

// erasing runs work in one transaction whose erased bytes are overwritten, and records it.
func (l *Ledger) erasing(ctx context.Context, e *Erasure, work func(*sql.Tx) error) error {
	conn, err := l.store.Erasing(ctx)
	if err != nil {
		return err
	}
	defer conn.Close()
	tx, err := conn.BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	defer tx.Rollback()
	if err := work(tx); err != nil {
		return err
	}
	_, err = tx.ExecContext(ctx, "INSERT INTO erasures (at, what, rows, person, computer) VALUES ($1, $2, $3, $4, $5)",
		millis(l.Now()), e.What, e.Rows, e.Person, e.Computer)
	if err != nil {
		return err
	}
	return tx.Commit()
}

// Erased reports whether anybody was ever forgotten in this ledger, and whether that was not yet swept: the program died in
// between, or could not.
func (l *Ledger) Erased(ctx context.Context) (any, unswept bool, err error) {
	err = l.db.QueryRowContext(ctx, "SELECT EXISTS (SELECT 1 FROM erasures), EXISTS (SELECT 1 FROM erasures WHERE swept_at = 0)").
		Scan(&any, &unswept)
	return any, unswept, err
}

// Sweep removes from the ledger's files what was erased, now or at any time before. It takes as much room again as the ledger
// for a while. It returns ErrSweepBusy when another process is in the way; Sweep may be called again after any error.
func (l *Ledger) Sweep(ctx context.Context) error {
	if err := l.store.Sweep(ctx); err != nil {
		return err
	}
	_, err := l.db.ExecContext(ctx, "UPDATE erasures SET swept_at = $1 WHERE swept_at = 0", millis(l.Now()))
	return err
}

// LastActivity returns when anything last happened in a campaign.
func (l *Ledger) LastActivity(ctx context.Context, c record.Campaign) (time.Time, error) {
	var started, ended, tried, sent int64
	err := l.db.QueryRowContext(ctx, "SELECT coalesce(max(started_at), 0), coalesce(max(ended_at), 0) FROM runs WHERE campaign = $1", c.Name).
		Scan(&started, &ended)
	if err != nil {
		return time.Time{}, err
	}
	err = l.db.QueryRowContext(ctx, "SELECT coalesce(max(tried_at), 0), coalesce(max(sent_at), 0) FROM rows WHERE campaign_id = $1", c.ID).
		Scan(&tried, &sent)
	latest := c.CreatedAt
	for _, t := range []time.Time{c.ConfirmedAt, c.FinishedAt, fromMillis(max(started, ended, tried, sent))} {
		if t.After(latest) {
			latest = t
		}
	}
	return latest, err
}
