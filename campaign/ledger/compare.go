package ledger

import (
	"context"
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
	left string // rows that the plan does not have
	// newer is who has a row in the plan that takes the place of one that has left it, corrected one that can be sent. A row that
	// was there already (--duplicates allow) takes no other's place.
	newer, corrected string
	removed          string // people who are no longer in the file, before rows are paired
}

var onStaged, onCompared = plannedIn("rows"), plannedIn("compared")

func plannedIn(table string) planned {
	newRow := `SELECT 1 FROM ` + table + ` n WHERE n.person = o.person AND n.person <> '' AND n.campaign_id = $2 AND NOT EXISTS (
		SELECT 1 FROM rows was WHERE was.content_id = n.content_id AND was.campaign_id = $1 AND was.status <> 'skipped')`
	p := planned{rows: table, newer: `EXISTS (` + newRow + `)`, corrected: `EXISTS (` + newRow + ` AND n.content_id IS NOT NULL)`}
	p.left = `o.campaign_id = $1 AND NOT o.gone AND o.content_id IS NOT NULL
		AND NOT EXISTS (SELECT 1 FROM ` + table + ` n WHERE n.content_id = o.content_id AND n.campaign_id = $2)`
	p.removed = p.left + ` AND NOT ` + p.newer + ` AND NOT (TRUE` + has + `)`
	return p
}

// fresh are the rows of which Update makes messages to be sent, and doubts those in doubt that the file has.
const (
	fresh = `n.campaign_id = $2 AND n.status = 'pending' AND n.content_id IS NOT NULL AND
	(` + allowed + ` OR EXISTS (` + matched + ` AND o.status = 'pending' AND NOT ` + surplus + `))`
	doubts = `n.campaign_id = $2 AND o.campaign_id = $1 AND o.content_id = n.content_id AND o.status = 'unknown'
	AND o.forgotten_at = 0`
)

// surplus is a row that is not sent yet whose person has, or may have, another message of the campaign, where everybody gets
// one: it was planned with --duplicates allow.
const surplus = `(NOT $3 AND EXISTS (SELECT 1 FROM rows e WHERE e.person = o.person AND e.person <> '' AND e.campaign_id = $1
	AND e.id <> o.id AND (e.status IN ('sent', 'already_sent', 'unknown') OR e.earlier)))`

func (s *Staging) ids(campaignID int64) []any { return []any{campaignID, s.id, s.Several} }

// table is where rows of the name n or o stand.
func (s *Staging) table(name string) string {
	if name == "n" {
		return s.rows
	}
	return "rows"
}

// Compare tells what Update would do with this plan to the campaign, and to which rows.
func (s *Staging) Compare(ctx context.Context, campaignID int64) (ch record.Changes, first record.FirstRows, err error) {
	if err := s.flush(ctx); err != nil {
		return ch, first, err
	}
	const messaged = `(` + isNew + ` OR ` + revived + `) AND EXISTS (` + person + has + `)`
	const waiting = isKnown + ` AND NOT o.gone AND o.status = 'pending' AND `
	const doubted = `EXISTS (` + person + ` AND o.status = 'unknown') AND NOT EXISTS (` + person + ` AND o.status IN ('sent', 'already_sent'))`
	ids := s.ids(campaignID)
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
		{"o", s.removed, &ch.Removed, nil},
		{"o", s.left + ` AND NOT ` + s.newer + has + ` AND o.status <> 'unknown'`, &ch.Departed, &first.Departed},
		{"o", s.left + ` AND NOT ` + s.newer + ` AND o.status = 'unknown'`, &ch.DepartedDoubted, &first.DepartedDoubted},
		{"o", s.left + ` AND NOT ` + s.corrected + ` AND ` + s.newer + ` AND o.status <> 'skipped'`, &ch.Excluded, nil},
	} {
		count := "SELECT count(*) FROM " + s.table(part.from) + " " + part.from + " WHERE " + part.where
		if err := s.db().QueryRowContext(ctx, count, ids...).Scan(part.into); err != nil {
			return ch, first, err
		}
		if part.first != nil && *part.into > 0 {
			if *part.first, err = s.numbers(ctx, part.from, part.where, ids, record.MostFirstRows); err != nil {
				return ch, first, err
			}
		}
	}
	ch.Messaged, ch.Departed = ch.Messaged+ch.Doubted, ch.Departed+ch.DepartedDoubted
	return ch, first, s.paired(ctx, ids, &ch, &first)
}

// paired takes into account which of the rows are the same one, corrected.
func (s *Staging) paired(ctx context.Context, ids []any, ch *record.Changes, first *record.FirstRows) error {
	before, now, err := s.pair(ctx, ids, ch)
	if err != nil {
		return err
	}
	if first.Added, err = s.others(ctx, "n", added, ids, now); err != nil {
		return err
	}
	if first.Removed, err = s.others(ctx, "o", s.removed, ids, before); err != nil {
		return err
	}
	first.Corrected = append(first.Corrected, now...)
	slices.Sort(first.Corrected)
	first.Corrected = first.Corrected[:min(len(first.Corrected), record.MostFirstRows)]
	return nil
}

// others are the first rows beside those that are known not to count.
func (s *Staging) others(ctx context.Context, from, where string, ids []any, not []int) ([]int, error) {
	found, err := s.numbers(ctx, from, where, ids, record.MostFirstRows+len(not))
	found = slices.DeleteFunc(found, func(n int) bool { return slices.Contains(not, n) })
	return found[:min(len(found), record.MostFirstRows)], err
}

func (s *Staging) numbers(ctx context.Context, from, where string, ids []any, limit int) ([]int, error) {
	return list(ctx, s.db(), single[int], "SELECT "+from+".number FROM "+s.table(from)+" "+from+" WHERE "+where+" ORDER BY "+from+".seq LIMIT $4",
		append(slices.Clone(ids), limit)...)
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
