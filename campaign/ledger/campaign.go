package ledger

import (
	"context"
	"database/sql"
	"encoding/json"

	"github.com/google/uuid"

	"kanal-campaign/campaign/record"
	"kanal-campaign/campaign/trouble"
)

// Campaign returns the campaign of that name, or ErrNoCampaign.
func (l *Ledger) Campaign(ctx context.Context, name string) (record.Campaign, error) {
	found, err := l.campaigns(ctx, "visible AND name = $1", name)
	if err != nil {
		return record.Campaign{}, err
	}
	if len(found) == 0 {
		return record.Campaign{}, ErrNoCampaign
	}
	return found[0], nil
}

// Campaigns returns all campaigns, the newest first.
func (l *Ledger) Campaigns(ctx context.Context) ([]record.Campaign, error) {
	return l.campaigns(ctx, "visible")
}

func (l *Ledger) campaigns(ctx context.Context, where string, args ...any) ([]record.Campaign, error) {
	return list(ctx, l.db, func(scan scanner) (c record.Campaign, err error) {
		var definition string
		if err := scan(&c.ID, &c.Name, &c.Account, when{&c.CreatedAt}, when{&c.ConfirmedAt}, when{&c.FinishedAt}, &c.RebuiltFrom,
			&definition); err != nil {
			return c, err
		}
		if err := json.Unmarshal([]byte(definition), &c.Definition); err != nil {
			return c, &trouble.DamagedError{Path: l.Path(), Err: err}
		}
		return c, nil
	}, `SELECT id, name, account, created_at, confirmed_at, finished_at, rebuilt_from, definition FROM campaigns WHERE `+where+
		` ORDER BY created_at DESC, id DESC`, args...)
}

// Save stores a campaign's account, confirmation, finish, origin and definition. Its name and id do not change.
func (l *Ledger) Save(ctx context.Context, c record.Campaign) error {
	return l.write(ctx, func(tx *sql.Tx) error { return save(ctx, tx, c) })
}

func save(ctx context.Context, tx *sql.Tx, c record.Campaign) error {
	definition, err := json.Marshal(c.Definition)
	if err != nil {
		return err
	}
	_, err = tx.ExecContext(ctx, `UPDATE campaigns SET account = $1, confirmed_at = $2, finished_at = $3, rebuilt_from = $4,
		definition = $5 WHERE id = $6`, c.Account, millis(c.ConfirmedAt), millis(c.FinishedAt), c.RebuiltFrom, string(definition), c.ID)
	return err
}

// erase removes a campaign with all its rows and attempts. Only rehearsals are ever erased.
func erase(ctx context.Context, tx *sql.Tx, campaignID int64) error {
	for _, statement := range []string{
		"DELETE FROM attempts WHERE row_id IN (SELECT id FROM rows WHERE campaign_id = $1)",
		"DELETE FROM rows WHERE campaign_id = $1",
		"DELETE FROM campaigns WHERE id = $1",
	} {
		if _, err := tx.ExecContext(ctx, statement, campaignID); err != nil {
			return err
		}
	}
	return nil
}

// HasKey reports whether the campaign has a row with one of the keys.
func (l *Ledger) HasKey(ctx context.Context, campaignID int64, keys []uuid.UUID) (bool, error) {
	if len(keys) == 0 {
		return false, nil
	}
	args := []any{campaignID}
	for _, key := range keys {
		args = append(args, key[:])
	}
	var has bool
	err := l.db.QueryRowContext(ctx, `SELECT EXISTS (SELECT 1 FROM rows WHERE campaign_id = $1 AND key IN (`+
		placeholders(1, len(keys))+`))`, args...).Scan(&has)
	return has, err
}
