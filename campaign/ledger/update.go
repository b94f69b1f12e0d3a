package ledger

import (
	"context"
	"database/sql"
	"encoding/json"
	"slices"
	"time"

	"kanal-campaign/campaign/record"
)

// Update merges the plan into the campaign, in one commit. The same message to the same person keeps its history and
// takes its new place; people who have or may have a message of this campaign are never sent another; people no longer
// in the file are left out from now on.
func (s *Staging) Update(ctx context.Context, c record.Campaign) error {
	if err := s.flush(ctx); err != nil {
		return err
	}
	c.FinishedAt = time.Time{}
	ids := s.ids(c.ID)
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
func rearrange(ctx context.Context, tx *sql.Tx, c record.Campaign) error {
	var definition string
	if err := tx.QueryRowContext(ctx, "SELECT definition FROM campaigns WHERE id = $1", c.ID).Scan(&definition); err != nil {
		return err
	}
	var before record.Definition
	if err := json.Unmarshal([]byte(definition), &before); err != nil || slices.Equal(before.File.Header, c.File.Header) {
		return err
	}
	gone, err := table[int64, string](ctx, tx, "SELECT id, cells FROM rows WHERE campaign_id = $1 AND gone = TRUE", c.ID)
	if err != nil {
		return err
	}
	for id, text := range gone {
		var cells []string
		if err := json.Unmarshal([]byte(text), &cells); err != nil {
			return err
		}
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
		gone[id] = string(text)
	}
	return setTexts(ctx, tx, "rows", "cells", gone)
}

// departs takes the rows out that the new file does not have.
var departs = `UPDATE rows SET gone = TRUE,
	cause = CASE status WHEN 'pending' THEN 'removed' ELSE cause END,
	status = CASE status WHEN 'pending' THEN 'skipped' ELSE status END
	WHERE id IN (SELECT o.id FROM rows o WHERE ` + onStaged.left + `)`

var updateStatements = []string{
	// Rows that were never to be sent are judged anew.
	`DELETE FROM rows WHERE campaign_id = $1 AND content_id IS NULL AND attempts = 0`,

	// A row that is not in the new file goes: without a trace when nothing was tried and another row takes its place, as
	// left out when nothing was tried, and with its outcome otherwise.
	`DELETE FROM rows WHERE id IN (SELECT o.id FROM rows o WHERE ` + onStaged.left + ` AND o.attempts = 0 AND ` + onStaged.newer + `)`,
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
		FROM rows AS n WHERE o.campaign_id = $1 AND n.campaign_id = $2 AND n.content_id = o.content_id`,
	`DELETE FROM rows WHERE id IN (SELECT n.id FROM rows n WHERE n.campaign_id = $2 AND EXISTS (` + matched + `))`,

	`UPDATE rows SET campaign_id = $1 WHERE campaign_id = $2`,
	`UPDATE rows AS o SET status = 'skipped', cause = 'messaged-before'
		WHERE o.campaign_id = $1 AND NOT o.gone AND o.status = 'pending' AND ` + surplus,
	`DELETE FROM campaigns WHERE id = $2`,
}
