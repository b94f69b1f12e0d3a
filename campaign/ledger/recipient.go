package ledger

import (
	"context"
	"database/sql"
	"iter"

	"kanal-campaign/campaign/outcome"
	"kanal-campaign/campaign/record"
)

// Recipient is the little that is read of a row to tell whether a run sends it.
type Recipient struct {
	ID     int64
	Seq    int64
	Number int // of the row
	Phone  string
	Person string
	State  outcome.State // pending or in doubt
	Tried  bool          // at least once
	Part   Part
}

// Part tells whether a row belongs to the part to which --first keeps a campaign: see KeepToFirst.
type Part int

// What a row may be of.
const (
	NoPart      Part = iota
	PartBefore       // of the part, and not of the last run that --first kept to some of it
	PartLastRun      // of the part, and of that run
)

// recipientColumns are as few as they can be: a million rows of them are read before a run begins.
const recipientColumns = `o.phone, nullif(o.person, o.phone), (o.status = 'unknown') + 2 * o.open + 4 * o.doubted + 8 * o.refused
	+ 16 * o.earlier + 32 * (o.attempts > 0) + 64 * o.within_first, nullif(o.cause, ''), nullif(o.doubt_since, 0)`

// plannedColumns are recipientColumns of a row n of a plan that nobody has tried.
const plannedColumns = `n.phone, nullif(n.person, n.phone), 0, NULL, NULL`

// Sendable streams the rows of a campaign's file that are pending or in doubt, in file order.
func (l *Ledger) Sendable(ctx context.Context, campaignID int64) iter.Seq2[Recipient, error] {
	return recipients(ctx, l.db, `SELECT o.id, o.seq, o.number, `+recipientColumns+` FROM rows o
		WHERE o.campaign_id = $1 AND o.status IN ('pending', 'unknown') AND NOT o.gone AND o.forgotten_at = 0 ORDER BY o.seq`, campaignID)
}

// Doubts streams those of them that are in doubt.
func (l *Ledger) Doubts(ctx context.Context, campaignID int64) iter.Seq2[Recipient, error] {
	return recipients(ctx, l.db, `SELECT o.id, o.seq, o.number, `+recipientColumns+` FROM rows o WHERE o.campaign_id = $1
		AND o.status IN ('pending', 'unknown') AND o.status = 'unknown' AND NOT o.gone AND o.forgotten_at = 0 ORDER BY o.seq`, campaignID)
}

func recipients(ctx context.Context, db Queryer, query string, args ...any) iter.Seq2[Recipient, error] {
	return streamValues(ctx, db, func(v *values) (r Recipient) {
		r.ID, r.Seq, r.Number, r.Phone = v.integer(), v.integer(), int(v.integer()), v.text()
		if r.Person = r.Phone; v.columns[v.next] != nil {
			r.Person = v.text()
		} else {
			v.take()
		}
		facts := v.integer()
		is := func(bit int64) bool { return facts&bit != 0 }
		if r.State.Status = outcome.Pending; is(1) {
			r.State.Status = outcome.Unknown
		}
		r.State.Open, r.State.Doubted, r.State.Refused, r.State.Earlier = is(2), is(4), is(8), is(16)
		r.Tried, r.Part = is(32), Part(facts>>6)
		r.State.Cause, r.State.DoubtSince = v.text(), v.time()
		return r
	}, query, args...)
}

// toSend are the rows of a campaign's file that were to be sent when they were planned, whatever has become of them. Of one
// that was forgotten, only what became of it tells.
const toSend = `o.campaign_id = $1 AND NOT o.gone AND (o.content_id IS NOT NULL OR o.attempts > 0 OR o.cause = 'forgotten')`

// dealtWith are those of toSend of which something has come, or that belong to a part that --first has begun.
const dealtWith = toSend + ` AND (o.status <> 'pending' OR o.within_first > 0 AND $2)`

// FirstPlanned tells how far the first n people of a campaign's plan reach. Those come first who have been dealt with: who were
// sent to, refused, left out since, are in doubt, or belong to the part that --first keeps the campaign to. Are they n or more,
// through is the place in the file of the nth; else it is 0, and more is how many of those that are pending come after them.
func (l *Ledger) FirstPlanned(ctx context.Context, c record.Campaign, n int) (through int64, more int, err error) {
	return firstPlanned(ctx, l.db, "o.seq FROM rows o WHERE "+dealtWith, c, n)
}

// firstPlanned is FirstPlanned for the places of rows that were dealt with.
func firstPlanned(ctx context.Context, db Queryer, places string, c record.Campaign, n int) (through int64, more int, err error) {
	var count int
	err = db.QueryRowContext(ctx, "SELECT count(*) FROM (SELECT "+places+") dealt", c.ID, c.Limited).Scan(&count)
	if err != nil || count < n {
		return 0, n - count, err
	}
	err = db.QueryRowContext(ctx, "SELECT "+places+" ORDER BY 1 LIMIT 1 OFFSET $3", c.ID, c.Limited, n-1).Scan(&through)
	return through, 0, err
}

// KeepToFirst stores, with the campaign, that a run is kept by --first to these rows: until a person says yes to more, whoever
// goes on beyond them is to be asked. anew forgets a part of before; else they join it, and it stays one.
func (l *Ledger) KeepToFirst(ctx context.Context, c record.Campaign, rows []int64, anew bool) (record.Campaign, error) {
	c.Limited = true
	return c, l.write(ctx, func(tx *sql.Tx) error {
		before := PartBefore
		if anew {
			before = NoPart
		}
		_, err := tx.ExecContext(ctx, "UPDATE rows SET within_first = $1 WHERE campaign_id = $2 AND within_first > 0", before, c.ID)
		if err != nil {
			return err
		}
		mark, err := tx.PrepareContext(ctx, "UPDATE rows SET within_first = $1 WHERE id = $2")
		if err != nil {
			return err
		}
		defer mark.Close()
		for _, id := range rows {
			if _, err := mark.ExecContext(ctx, PartLastRun, id); err != nil {
				return err
			}
		}
		return save(ctx, tx, c)
	})
}

// TriedBeyondFirst reports whether a message was tried to somebody beyond the part to which --first keeps the campaign.
func (l *Ledger) TriedBeyondFirst(ctx context.Context, campaignID int64) (tried bool, err error) {
	err = l.db.QueryRowContext(ctx, `SELECT EXISTS (SELECT 1 FROM rows WHERE campaign_id = $1 AND attempts > 0 AND within_first = 0)`,
		campaignID).Scan(&tried)
	return tried, err
}

// Row returns a row, without its cells.
func (l *Ledger) Row(ctx context.Context, id int64) (record.Row, error) {
	rows, err := l.collect(ctx, "id = $1", id)
	if err != nil {
		return record.Row{}, err
	}
	if len(rows) == 0 {
		return record.Row{}, sql.ErrNoRows
	}
	return rows[0], nil
}
