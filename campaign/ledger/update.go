package ledger

import (
	"context"
	"database/sql"
	"encoding/json"
	"slices"
	"time"

	"kanal-campaign/campaign/outcome"
)

// Changes says how a changed file differs from the campaign that it belongs to. Every row of the file counts once: in
// Same, Restored, DoubtsBack, Added, Corrected, Lifted, Allowed, Messaged, Invalid or Skipped.
type Changes struct {
	Rows      int // of the file
	Same      int // the same message to the same person, whatever its place in the file
	Waiting   int // of those, not sent yet
	Doubts    int // of those, in doubt
	Added     int // people who were not in the campaign, or had left it
	Corrected int // people of the campaign, not messaged yet, with other values, another number or without their errors
	Lifted    int // people on a list until now who are on none any more
	Allowed   int // people left out for another reason until now, who are not any more
	Messaged  int // people of the campaign with other values who have, or may have, the message: never sent again
	Doubted   int // of those, in doubt
	Restored  int // people back in the file as they were, with what became of their message
	Invalid   int // rows with errors
	Skipped   int // rows that are left out on purpose
	// DoubtsBack are people back in the file as they were whose message is in doubt.
	DoubtsBack int

	Removed         int // people no longer in the file who have not been messaged
	Departed        int // people no longer in the file who have, or may have, the message
	DepartedDoubted int // of those, in doubt
	Excluded        int // people of the campaign whose row has errors now or is left out on purpose: it counts there
}

// None reports whether an update would change nobody's message.
func (c Changes) None() bool {
	return c.Added+c.Corrected+c.Lifted+c.Allowed+c.Messaged+c.Removed+c.Restored+c.DoubtsBack+c.Departed+c.Excluded == 0
}

// ToSend is how many messages the changes send, doubts aside.
func (c Changes) ToSend() int { return c.Waiting + c.Added + c.Corrected + c.Lifted + c.Allowed }

// In the statements below, :old is the campaign and :new the staged plan.
const (
	matched = `SELECT 1 FROM rows o WHERE o.content_id = n.content_id AND o.campaign_id = :old`
	isNew   = `n.campaign_id = :new AND n.content_id IS NOT NULL AND NOT EXISTS (` + matched + `)`
	isKnown = `n.campaign_id = :new AND n.content_id IS NOT NULL AND EXISTS (` + matched
	person  = `SELECT 1 FROM rows o WHERE o.person = n.person AND o.person <> '' AND o.campaign_id = :old`
	has     = ` AND (o.status IN ('sent', 'already_sent', 'unknown') OR o.earlier)`
	// revived rows had been left out, or had left the campaign, without a message, and are to be sent now.
	revived = isKnown + ` AND o.status = 'skipped')`
	// leftOut are the person's rows with the same message that were left out; their cause says why.
	leftOut = person + ` AND o.status = 'skipped' AND NOT o.gone AND (o.content_id = n.content_id
		OR o.content_id IS NULL AND o.phone = n.phone AND o.field_values = n.field_values)`
	onList  = leftOut + ` AND o.cause = '` + outcome.CauseSuppressed + `'`
	allowed = `(` + isNew + ` OR ` + revived + `) AND NOT EXISTS (` + person + has + `)`
	left    = `o.campaign_id = :old AND NOT o.gone AND o.content_id IS NOT NULL
		AND NOT EXISTS (SELECT 1 FROM rows n WHERE n.content_id = o.content_id AND n.campaign_id = :new)`
	// stays is who has a row in the new file, replaced who has one that can be sent.
	stays    = `EXISTS (SELECT 1 FROM rows n WHERE n.person = o.person AND n.person <> '' AND n.campaign_id = :new)`
	replaced = `EXISTS (SELECT 1 FROM rows n WHERE n.person = o.person AND n.person <> '' AND n.campaign_id = :new
		AND n.content_id IS NOT NULL)`
)

// Compare tells what Update would do with this plan to the campaign.
func (s *Staging) Compare(ctx context.Context, campaignID int64) (Changes, error) {
	if err := s.flush(ctx); err != nil {
		return Changes{}, err
	}
	var c Changes
	ids := []any{sql.Named("old", campaignID), sql.Named("new", s.id)}
	const newRows = `SELECT count(*) FROM rows n WHERE `
	const oldRows = `SELECT count(*) FROM rows o WHERE `
	const changed = newRows + `(` + isNew + ` OR ` + revived + `) AND EXISTS (` + person
	for _, part := range []struct {
		query string
		into  *int
	}{
		{newRows + `n.campaign_id = :new AND :old`, &c.Rows},
		{newRows + isKnown + ` AND NOT o.gone AND o.status <> 'skipped')`, &c.Same},
		{newRows + isKnown + ` AND o.gone AND o.status NOT IN ('skipped', 'unknown'))`, &c.Restored},
		{newRows + isKnown + ` AND NOT o.gone AND o.status = 'pending')`, &c.Waiting},
		{newRows + isKnown + ` AND NOT o.gone AND o.status = 'unknown')`, &c.Doubts},
		{newRows + isKnown + ` AND o.gone AND o.status = 'unknown')`, &c.DoubtsBack},
		{newRows + allowed + ` AND EXISTS (` + onList + `)`, &c.Lifted},
		{newRows + allowed + ` AND EXISTS (` + leftOut + `) AND NOT EXISTS (` + onList + `)`, &c.Allowed},
		{newRows + allowed + ` AND NOT EXISTS (` + leftOut + `) AND (NOT EXISTS (` + person + `) OR ` + revived + `)`, &c.Added},
		{newRows + allowed + ` AND NOT EXISTS (` + leftOut + `) AND EXISTS (` + person + `) AND ` + isNew, &c.Corrected},
		{changed + has + `)`, &c.Messaged},
		{changed + ` AND o.status = 'unknown') AND NOT EXISTS (` + person + ` AND o.status IN ('sent', 'already_sent'))`, &c.Doubted},
		{newRows + `n.campaign_id = :new AND :old AND n.status = 'invalid'`, &c.Invalid},
		{newRows + `n.campaign_id = :new AND :old AND n.status = 'skipped'`, &c.Skipped},
		{oldRows + left + ` AND NOT ` + stays + ` AND NOT (1` + has + `)`, &c.Removed},
		{oldRows + left + ` AND NOT ` + stays + has, &c.Departed},
		{oldRows + left + ` AND NOT ` + stays + ` AND o.status = 'unknown'`, &c.DepartedDoubted},
		{oldRows + left + ` AND NOT ` + replaced + ` AND ` + stays + ` AND o.status <> 'skipped'`, &c.Excluded},
	} {
		if err := s.ledger.db.QueryRowContext(ctx, part.query, ids...).Scan(part.into); err != nil {
			return Changes{}, err
		}
	}
	return c, s.pair(ctx, ids, &c)
}

// Doubts returns the ids of the campaign's rows in doubt that are in the file once Update has taken it over.
func (s *Staging) Doubts(ctx context.Context, campaignID int64) (map[int64]bool, error) {
	rows, err := s.ledger.db.QueryContext(ctx, `SELECT o.id FROM rows n JOIN rows o ON o.content_id = n.content_id
		WHERE n.campaign_id = :new AND o.campaign_id = :old AND o.status = 'unknown'`,
		sql.Named("old", campaignID), sql.Named("new", s.id))
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	ids := map[int64]bool{}
	for rows.Next() {
		var id int64
		if err := rows.Scan(&id); err != nil {
			return nil, err
		}
		ids[id] = true
	}
	return ids, rows.Err()
}

// Fresh returns the first rows, up to limit, of which Update would make messages to be sent.
func (s *Staging) Fresh(ctx context.Context, campaignID int64, limit int) ([]Row, error) {
	return s.ledger.collect(ctx, `id IN (SELECT n.id FROM rows n WHERE n.status = 'pending' AND n.content_id IS NOT NULL AND
		((`+isNew+` OR `+revived+`) AND NOT EXISTS (`+person+has+`)
		OR n.campaign_id = :new AND EXISTS (`+matched+` AND o.status = 'pending'))) ORDER BY seq LIMIT :limit`,
		sql.Named("old", campaignID), sql.Named("new", s.id), sql.Named("limit", limit))
}

// Update merges the plan into the campaign, in one commit. The same message to the same person keeps its history and
// takes its new place; people who have or may have a message of this campaign are never sent another; people no longer
// in the file are left out from now on.
func (s *Staging) Update(ctx context.Context, c Campaign) error {
	if err := s.flush(ctx); err != nil {
		return err
	}
	c.FinishedAt = time.Time{}
	ids := []any{sql.Named("old", c.ID), sql.Named("new", s.id)}
	return s.ledger.write(ctx, func(tx *sql.Tx) error {
		for _, statement := range updateStatements {
			if _, err := tx.ExecContext(ctx, statement, ids...); err != nil {
				return err
			}
		}
		if err := rearrange(ctx, tx, c); err != nil {
			return err
		}
		return save(ctx, tx, c)
	})
}

// rearrange puts the cells of the rows that have left the file below the names of its new header, as far as they are
// still there: the results have one header for all rows.
func rearrange(ctx context.Context, tx *sql.Tx, c Campaign) error {
	var definition string
	if err := tx.QueryRowContext(ctx, "SELECT definition FROM campaigns WHERE id = ?", c.ID).Scan(&definition); err != nil {
		return err
	}
	var before Definition
	if err := json.Unmarshal([]byte(definition), &before); err != nil || slices.Equal(before.File.Header, c.File.Header) {
		return err
	}
	gone, err := goneCells(ctx, tx, c.ID)
	if err != nil {
		return err
	}
	for id, cells := range gone {
		moved := make([]string, len(c.File.Header))
		for i, name := range c.File.Header {
			if at := slices.Index(before.File.Header, name); at >= 0 && at < len(cells) {
				moved[i] = cells[at]
			}
		}
		text, err := json.Marshal(moved)
		if err != nil {
			return err
		}
		if _, err := tx.ExecContext(ctx, "UPDATE rows SET cells = ? WHERE id = ?", string(text), id); err != nil {
			return err
		}
	}
	return nil
}

func goneCells(ctx context.Context, tx *sql.Tx, campaignID int64) (map[int64][]string, error) {
	rows, err := tx.QueryContext(ctx, "SELECT id, cells FROM rows WHERE campaign_id = ? AND gone = 1", campaignID)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	found := map[int64][]string{}
	for rows.Next() {
		var id int64
		var text string
		if err := rows.Scan(&id, &text); err != nil {
			return nil, err
		}
		var cells []string
		if err := json.Unmarshal([]byte(text), &cells); err != nil {
			return nil, err
		}
		found[id] = cells
	}
	return found, rows.Err()
}

// departs takes the rows out that the new file does not have.
const departs = `UPDATE rows SET gone = 1,
	cause = CASE status WHEN 'pending' THEN 'removed' ELSE cause END,
	status = CASE status WHEN 'pending' THEN 'skipped' ELSE status END
	WHERE id IN (SELECT o.id FROM rows o WHERE ` + left + `)`

var updateStatements = []string{
	// Rows that were never to be sent are judged anew.
	`DELETE FROM rows WHERE campaign_id = :old AND content_id IS NULL AND attempts = 0`,

	// A row that is not in the new file goes: without a trace when nothing was tried and the person has another row,
	// as left out when nothing was tried, and with its outcome otherwise.
	`DELETE FROM rows WHERE id IN (SELECT o.id FROM rows o WHERE ` + left + ` AND o.attempts = 0 AND ` + stays + `)`,
	departs,

	// One message per person and campaign: never another after one that was, or may have been, accepted.
	`UPDATE rows AS n SET status = 'skipped', cause = 'messaged-before', key = NULL, content_id = NULL
		WHERE (` + isNew + ` OR ` + revived + `) AND EXISTS (` + person + has + `)`,
	departs, // the rows whose revival this has ended

	// The same message keeps its history. Once tried, its body must not change any more.
	`UPDATE rows AS o SET seq = n.seq, number = n.number, cells = n.cells, gone = 0,
		contact_name = CASE o.attempts WHEN 0 THEN n.contact_name ELSE o.contact_name END,
		contact_email = CASE o.attempts WHEN 0 THEN n.contact_email ELSE o.contact_email END,
		cause = CASE WHEN o.status = 'skipped' THEN '' ELSE o.cause END,
		error = CASE WHEN o.status = 'skipped' THEN '' ELSE o.error END,
		status = CASE WHEN o.status = 'skipped' THEN 'pending' ELSE o.status END
		FROM rows AS n WHERE o.campaign_id = :old AND n.campaign_id = :new AND n.content_id = o.content_id`,
	`DELETE FROM rows WHERE id IN (SELECT n.id FROM rows n WHERE n.campaign_id = :new AND EXISTS (` + matched + `))`,

	`UPDATE rows SET campaign_id = :old WHERE campaign_id = :new`,
	`DELETE FROM campaigns WHERE id = :new`,
}
