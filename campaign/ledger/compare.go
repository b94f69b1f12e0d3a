package ledger

import (
	"cmp"
	"context"
	"database/sql"
	"iter"
	"slices"
	"strconv"

	"kanal-campaign/campaign/outcome"
	"kanal-campaign/campaign/record"
)

// In the statements below, $1 is the campaign, $2 the plan, and $3 whether one person may get several messages. o are rows of the
// campaign, n those of the plan.
const (
	matched = `SELECT 1 FROM rows o WHERE o.content_id = n.content_id AND o.campaign_id = $1`
	isNew   = `n.campaign_id = $2 AND n.content_id IS NOT NULL AND NOT EXISTS (` + matched + `)`
	isKnown = `n.campaign_id = $2 AND n.content_id IS NOT NULL AND EXISTS (` + matched
	person  = `SELECT 1 FROM rows o WHERE o.person = n.person AND o.person <> '' AND o.campaign_id = $1`
	has     = ` AND (o.status IN ('sent', 'already_sent', 'unknown') OR o.earlier)`
	// revived rows had been left out, or had left the campaign, without a message, and are to be sent now.
	revived = isKnown + ` AND o.status = 'skipped')`
	// leftOut are the person's rows with the same message that were left out; their cause says why.
	leftOut = person + ` AND o.status = 'skipped' AND NOT o.gone AND (o.content_id = n.content_id
		OR o.content_id IS NULL AND o.phone = n.phone AND o.field_values = n.field_values)`
	onList  = leftOut + ` AND o.cause = '` + outcome.CauseSuppressed + `'`
	allowed = `(` + isNew + ` OR ` + revived + `) AND NOT EXISTS (` + person + has + `)`
	// added are people who were not in the campaign, before rows are paired.
	added = allowed + ` AND NOT EXISTS (` + leftOut + `) AND (NOT EXISTS (` + person + `) OR ` + revived + `)`
)

// planned are the conditions on a campaign's rows that look into a plan.
type planned struct {
	rows string // the table of the plan's rows
	key  string // by which one of them is found
	left string // rows that the plan does not have
	// newer is who has a row in the plan that takes the place of one that has left it, corrected one that can be sent. A row that
	// was there already (--duplicates allow) takes no other's place.
	newer, corrected string
	removed          string // people who are no longer in the file, before rows are paired
}

var onStaged, onCompared = plannedIn("rows", "id"), plannedIn("compared", "rowid")

func plannedIn(table, key string) planned {
	newRow := `SELECT 1 FROM ` + table + ` n WHERE n.person = o.person AND n.person <> '' AND n.campaign_id = $2 AND NOT EXISTS (
		SELECT 1 FROM rows was WHERE was.content_id = n.content_id AND was.campaign_id = $1 AND was.status <> 'skipped')`
	p := planned{rows: table, key: key, newer: `EXISTS (` + newRow + `)`, corrected: `EXISTS (` + newRow + ` AND n.content_id IS NOT NULL)`}
	p.left = `o.campaign_id = $1 AND NOT o.gone AND o.content_id IS NOT NULL
		AND NOT EXISTS (SELECT 1 FROM ` + table + ` n WHERE n.content_id = o.content_id AND n.campaign_id = $2)`
	p.removed = p.left + ` AND NOT ` + p.newer + ` AND NOT (TRUE` + has + `)`
	return p
}

// fresh are the rows of which Update makes messages to be sent, and doubts those in doubt that the file has.
const (
	fresh = `n.campaign_id = $2 AND n.status = 'pending' AND n.content_id IS NOT NULL AND
	(EXISTS (` + matched + ` AND o.status = 'pending' AND NOT ` + surplus + `) OR ` + allowed + `)`
	doubts = `n.campaign_id = $2 AND o.campaign_id = $1 AND o.content_id = n.content_id AND o.status = 'unknown'
	AND o.forgotten_at = 0`
)

// surplus is a row that is not sent yet whose person has, or may have, another message of the campaign, where everybody gets
// one: it was planned with --duplicates allow.
const surplus = `(NOT $3 AND EXISTS (SELECT 1 FROM rows e WHERE e.person = o.person AND e.person <> '' AND e.campaign_id = $1
	AND e.id <> o.id AND (e.status IN ('sent', 'already_sent', 'unknown') OR e.earlier)))`

func (s *Staging) ids(campaignID int64) []any { return []any{campaignID, s.id, s.Several} }

// Compare tells what Update would do with this plan to the campaign, and to which rows.
func (s *Staging) Compare(ctx context.Context, campaignID int64) (ch record.Changes, first record.FirstRows, err error) {
	if err := s.flush(ctx); err != nil {
		return ch, first, err
	}
	conn := s.conn
	if conn == nil {
		if conn, err = s.ledger.db.Conn(ctx); err != nil {
			return ch, first, err
		}
		defer conn.Close()
	}
	c := &comparison{Staging: s, db: conn, ids: s.ids(campaignID)}
	defer c.drop(context.WithoutCancel(ctx))
	if err := c.sort(ctx, &ch, &first); err != nil {
		return ch, first, err
	}
	return ch, first, c.compare(ctx, &ch, &first)
}

// comparison is one of a plan with its campaign. Nearly all rows of a file that comes back stand in it as they were: those are
// counted in one pass, and only the others are asked about in more than one way.
type comparison struct {
	*Staging
	db  *sql.Conn
	ids []any
}

// asItWas tells of a row n, with the row o of the same message, whether it is waiting (1), in doubt (2) or dealt with (3), is
// nobody's other row, and nothing else can be said of it; else 0.
const asItWas = `CASE WHEN o.id IS NULL OR n.status <> 'pending' OR o.gone OR o.status = 'skipped' OR o.person <> n.person
	OR EXISTS (SELECT 1 FROM rows e WHERE e.person = o.person AND e.person <> '' AND e.campaign_id = $1 AND e.id <> o.id) THEN 0
	WHEN o.status = 'pending' THEN 1 WHEN o.status = 'unknown' THEN 2 ELSE 3 END`

// sort counts the rows that are unchanged, and puts the others where the questions about them look: those of the plan, and those
// that the plan does not have.
func (c *comparison) sort(ctx context.Context, ch *record.Changes, first *record.FirstRows) error {
	if _, err := c.db.ExecContext(ctx, `DROP TABLE IF EXISTS odd; DROP TABLE IF EXISTS missing;
		CREATE TEMP TABLE odd (id INTEGER PRIMARY KEY); CREATE TEMP TABLE missing (id INTEGER PRIMARY KEY)`); err != nil {
		return err
	}
	type row struct {
		id, seq, number, is int64
	}
	var odd []int64
	var waiting []row
	for one, err := range streamValues(ctx, c.db, func(v *values) row {
		return row{v.integer(), v.integer(), v.integer(), v.integer()}
	}, "SELECT n."+c.key+", n.seq, n.number, "+asItWas+" FROM "+c.rows+` n LEFT JOIN rows o ON o.content_id = n.content_id AND o.campaign_id = $1
		WHERE n.campaign_id = $2`, c.ids[:2]...) {
		switch {
		case err != nil:
			return err
		case one.is == 0:
			odd = append(odd, one.id)
			continue
		case one.is == 2:
			ch.Doubts++
		case one.is == 1:
			ch.Waiting++
			if waiting = append(waiting, one); len(waiting) > record.MostFirstRows {
				slices.SortFunc(waiting, func(a, b row) int { return cmp.Compare(a.seq, b.seq) })
				waiting = waiting[:record.MostFirstRows]
			}
		}
		ch.Rows, ch.Same = ch.Rows+1, ch.Same+1
	}
	slices.SortFunc(waiting, func(a, b row) int { return cmp.Compare(a.seq, b.seq) })
	for _, one := range waiting {
		first.Waiting = append(first.Waiting, int(one.number))
	}
	return transact(ctx, c.db, &sql.TxOptions{ReadOnly: true}, func(tx *sql.Tx) error { // but for what is temporary
		insert, err := tx.PrepareContext(ctx, "INSERT INTO odd (id) VALUES ($1)")
		if err != nil {
			return err
		}
		defer insert.Close()
		for _, id := range odd {
			if _, err := insert.ExecContext(ctx, id); err != nil {
				return err
			}
		}
		_, err = tx.ExecContext(ctx, "INSERT INTO missing (id) SELECT o.id FROM rows o WHERE "+c.left, c.ids...)
		return err
	})
}

func (c *comparison) drop(ctx context.Context) {
	_, _ = c.db.ExecContext(ctx, "DROP TABLE IF EXISTS odd; DROP TABLE IF EXISTS missing") // the next one does, or the end
}

// from is where questions about rows of the name n or o look, up to their own conditions.
func (c *comparison) from(name string) string {
	if name == "n" {
		return "odd CROSS JOIN " + c.rows + " n WHERE n." + c.key + " = odd.id AND "
	}
	return "missing CROSS JOIN rows o WHERE o.id = missing.id AND "
}

// compare asks about the rows that are not unchanged.
func (c *comparison) compare(ctx context.Context, ch *record.Changes, first *record.FirstRows) (err error) {
	const messaged = `(` + isNew + ` OR ` + revived + `) AND EXISTS (` + person + has + `)`
	const waiting = isKnown + ` AND NOT o.gone AND o.status = 'pending' AND `
	const doubted = `EXISTS (` + person + ` AND o.status = 'unknown') AND NOT EXISTS (` + person + ` AND o.status IN ('sent', 'already_sent'))`
	for _, part := range []struct {
		from, where string
		into        *int
		first       *[]int
	}{
		{"n", `n.campaign_id = $2 AND $1`, &ch.Rows, nil},
		{"n", isKnown + ` AND NOT o.gone AND o.status <> 'skipped' AND NOT (o.status = 'pending' AND ` + surplus + `))`, &ch.Same, nil},
		{"n", isKnown + ` AND o.gone AND o.status NOT IN ('skipped', 'unknown'))`, &ch.Restored, &first.Restored},
		{"n", waiting + `NOT ` + surplus + `)`, &ch.Waiting, &first.Waiting},
		{"n", isKnown + ` AND NOT o.gone AND o.status = 'unknown')`, &ch.Doubts, nil},
		{"n", isKnown + ` AND o.gone AND o.status = 'unknown')`, &ch.DoubtsBack, nil},
		{"n", allowed + ` AND EXISTS (` + onList + `)`, &ch.Lifted, &first.Lifted},
		{"n", allowed + ` AND EXISTS (` + leftOut + `) AND NOT EXISTS (` + onList + `)`, &ch.Allowed, &first.Allowed},
		{"n", added, &ch.Added, nil},
		{"n", allowed + ` AND NOT EXISTS (` + leftOut + `) AND EXISTS (` + person + `) AND ` + isNew, &ch.Corrected, &first.Corrected},
		{"n", `(` + messaged + ` OR ` + waiting + surplus + `)) AND NOT (` + doubted + `)`, &ch.Messaged, &first.Messaged},
		{"n", `(` + messaged + ` OR ` + waiting + surplus + `)) AND ` + doubted, &ch.Doubted, &first.Doubted},
		{"n", `n.campaign_id = $2 AND $1 AND n.status = 'invalid'`, &ch.Invalid, &first.Invalid},
		{"n", `n.campaign_id = $2 AND $1 AND n.status = 'skipped'`, &ch.Skipped, &first.Skipped},
		{"o", c.removed, &ch.Removed, nil},
		{"o", c.left + ` AND NOT ` + c.newer + has + ` AND o.status <> 'unknown'`, &ch.Departed, &first.Departed},
		{"o", c.left + ` AND NOT ` + c.newer + ` AND o.status = 'unknown'`, &ch.DepartedDoubted, &first.DepartedDoubted},
		{"o", c.left + ` AND NOT ` + c.corrected + ` AND ` + c.newer + ` AND o.status <> 'skipped'`, &ch.Excluded, nil},
	} {
		var found int
		count := "SELECT count(*) FROM " + c.from(part.from) + "(" + part.where + ")"
		if err := c.db.QueryRowContext(ctx, count, c.ids...).Scan(&found); err != nil {
			return err
		}
		*part.into += found
		if part.first != nil && found > 0 {
			some, err := c.numbers(ctx, part.from, part.where, record.MostFirstRows)
			if err != nil {
				return err
			}
			*part.first = append(*part.first, some...)
		}
	}
	slices.Sort(first.Waiting)
	first.Waiting = first.Waiting[:min(len(first.Waiting), record.MostFirstRows)]
	ch.Messaged, ch.Departed = ch.Messaged+ch.Doubted, ch.Departed+ch.DepartedDoubted
	return c.paired(ctx, ch, first)
}

// paired takes into account which of the rows are the same one, corrected.
func (c *comparison) paired(ctx context.Context, ch *record.Changes, first *record.FirstRows) error {
	before, now, err := c.pair(ctx, ch)
	if err != nil {
		return err
	}
	if first.Added, err = c.others(ctx, "n", added, now); err != nil {
		return err
	}
	if first.Removed, err = c.others(ctx, "o", c.removed, before); err != nil {
		return err
	}
	first.Corrected = append(first.Corrected, now...)
	slices.Sort(first.Corrected)
	first.Corrected = first.Corrected[:min(len(first.Corrected), record.MostFirstRows)]
	return nil
}

// others are the first rows beside those that are known not to count.
func (c *comparison) others(ctx context.Context, from, where string, not []int) ([]int, error) {
	found, err := c.numbers(ctx, from, where, record.MostFirstRows+len(not))
	found = slices.DeleteFunc(found, func(n int) bool { return slices.Contains(not, n) })
	return found[:min(len(found), record.MostFirstRows)], err
}

func (c *comparison) numbers(ctx context.Context, from, where string, limit int) ([]int, error) {
	return list(ctx, c.db, single[int], "SELECT "+from+".number FROM "+c.from(from)+"("+where+") ORDER BY "+from+".seq LIMIT $4",
		append(slices.Clone(c.ids), limit)...)
}

// Sendable streams the rows that are pending or in doubt once Update has taken the plan over, in the plan's order and under
// the ids that they have then. Nothing else may be asked of a plan that is only compared in the meantime.
func (s *Staging) Sendable(ctx context.Context, campaignID int64) iter.Seq2[Recipient, error] {
	return recipients(ctx, s.db(), `SELECT coalesce((SELECT o.id FROM rows o WHERE o.content_id = n.content_id AND o.campaign_id = $1),
			n.id, n.seq), n.seq, n.number, `+plannedColumns+`
			FROM `+s.rows+` n WHERE `+fresh+`
		UNION ALL SELECT o.id, n.seq, n.number, `+recipientColumns+` FROM `+s.rows+` n, rows o WHERE `+doubts+` ORDER BY 2`,
		s.ids(campaignID)...)
}

// Planned streams the rows of a plan that are to be sent, in the order of the file.
func (s *Staging) Planned(ctx context.Context) iter.Seq2[Recipient, error] {
	return func(yield func(Recipient, error) bool) {
		if err := s.flush(ctx); err != nil {
			yield(Recipient{}, err)
			return
		}
		s.ledger.Sendable(ctx, s.id)(yield)
	}
}

// Moved is a campaign in the order of a plan that changes nothing else of it.
type Moved struct{ staging *Staging }

// Moved is the campaign in the order of the plan: Compare tells that it changes nothing else.
func (s *Staging) Moved() Moved { return Moved{s} }

const inPlanOrder = ` FROM rows n, rows o WHERE n.content_id = o.content_id`

// Sendable streams the rows of the campaign that are pending or in doubt, in the order of the plan.
func (m Moved) Sendable(ctx context.Context, campaignID int64) iter.Seq2[Recipient, error] {
	return recipients(ctx, m.staging.ledger.db, `SELECT o.id, n.seq, n.number, `+recipientColumns+inPlanOrder+` AND n.campaign_id = $2
		AND o.campaign_id = $1 AND o.status IN ('pending', 'unknown') AND NOT o.gone AND o.forgotten_at = 0 ORDER BY n.seq`,
		campaignID, m.staging.id)
}

// FirstPlanned is that of the ledger, in the order of the plan.
func (m Moved) FirstPlanned(ctx context.Context, c record.Campaign, n int) (through int64, more int, err error) {
	return firstPlanned(ctx, m.staging.ledger.db,
		"n.seq"+inPlanOrder+" AND n.campaign_id = "+strconv.FormatInt(m.staging.id, 10)+" AND "+dealtWith, c, n)
}
