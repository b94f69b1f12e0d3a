package ledger

import (
	"cmp"
	"context"
	"encoding/hex"
	"fmt"
	"iter"
	"maps"
	"slices"
	"strings"
	"time"

	"kanal-campaign/campaign/outcome"
	"kanal-campaign/campaign/problem"
	"kanal-campaign/campaign/record"
)

// Stamp returns a mark for files that are written about the campaign: no other campaign and no other ledger has it, and
// the campaign's name cannot be found from it.
func (l *Ledger) Stamp(c record.Campaign) string {
	return hex.EncodeToString(l.fingerprint("stamp", fmt.Sprintf("%d:%s", c.ID, c.Name))[:12])
}

// MessageIDs are Kanal's ids of the campaign's messages that it accepted, in no order.
func (l *Ledger) MessageIDs(ctx context.Context, campaignID int64) iter.Seq2[string, error] {
	return stream(ctx, l.db, single[string], `SELECT message_id FROM rows WHERE campaign_id = $1 AND message_id <> ''`, campaignID)
}

// Minutes counts a campaign's attempts by the minute in which they began, in the order of time. It reads every attempt
// of the ledger once.
func (l *Ledger) Minutes(ctx context.Context, campaign string) ([]record.Minute, error) {
	const minute = int64(time.Minute / time.Millisecond)
	return list(ctx, l.db, func(scan scanner) (m record.Minute, err error) {
		var start int64
		err = scan(&start, &m.Kind, &m.Attempts, when{&m.First}, when{&m.Last})
		m.Start = time.UnixMilli(start * minute)
		return m, err
	}, `SELECT began_at / $1, kind, count(*), min(began_at), max(began_at) FROM attempts
		WHERE run_id IN (SELECT id FROM runs WHERE campaign = $2) GROUP BY 1, 2 ORDER BY 1, 2`, minute, campaign)
}

// phonePrefix is how many digits tell a number's country: up to seven, for the islands that share one with a mainland.
const phonePrefix = 7

// PhoneGroups counts the rows of the campaign's file that have a number, and those that have left it as far as they were
// tried, by its first digits. It reads every row once.
func (l *Ledger) PhoneGroups(ctx context.Context, campaignID int64) ([]record.PhoneGroup, error) {
	type group struct {
		digits string
		status outcome.Status
	}
	groups := map[group]*record.PhoneGroup{}
	for one, err := range streamValues(ctx, l.db, func(v *values) record.PhoneGroup {
		return record.PhoneGroup{Example: v.text(), Status: outcome.Status(cmp.Or(v.text(), string(outcome.Pending)))}
	}, `SELECT phone, nullif(status, 'pending') FROM rows
		WHERE campaign_id = $1 AND phone <> '' AND (NOT gone OR status IN ('sent', 'already_sent', 'rejected', 'unknown'))`, campaignID) {
		if err != nil {
			return nil, err
		}
		of := group{one.Example[:min(len(one.Example), phonePrefix)], one.Status}
		g, known := groups[of]
		if !known {
			g = &record.PhoneGroup{Example: one.Example, Status: one.Status}
			groups[of] = g
		}
		g.Example, g.Rows = min(g.Example, one.Example), g.Rows+1
	}
	inOrder := slices.SortedFunc(maps.Keys(groups), func(a, b group) int {
		return cmp.Or(cmp.Compare(a.digits, b.digits), cmp.Compare(a.status, b.status))
	})
	var found []record.PhoneGroup
	for _, of := range inOrder {
		found = append(found, *groups[of])
	}
	return found, nil
}

// ProblemGroups counts the errors of the rows that were never to be sent for them, the most frequent first.
func (l *Ledger) ProblemGroups(ctx context.Context, campaignID int64) ([]record.ProblemGroup, error) {
	type group struct{ code, column, variable string }
	type judged struct {
		row      int
		problems []problem.Problem
	}
	places := map[group]int{}
	var found []record.ProblemGroup
	for one, err := range stream(ctx, l.db, func(scan scanner) (j judged, err error) {
		err = scan(&j.row, decoded{&j.problems})
		return j, err
	}, `SELECT number, problems FROM rows
		WHERE campaign_id = $1 AND status = 'invalid' AND NOT gone AND problems <> '' ORDER BY number`, campaignID) {
		if err != nil {
			return nil, err
		}
		counted := map[group]bool{}
		for _, p := range one.problems {
			of := group{string(p.Code), p.Column, p.Variable}
			if p.Severity != problem.Error || counted[of] {
				continue
			}
			counted[of] = true
			place, known := places[of]
			if !known {
				place, places[of] = len(found), len(found)
				p.Row = one.row
				found = append(found, record.ProblemGroup{Example: p})
			}
			found[place].Rows++
		}
	}
	slices.SortFunc(found, func(a, b record.ProblemGroup) int {
		x, y := a.Example, b.Example
		return cmp.Or(b.Rows-a.Rows, x.Row-y.Row, cmp.Compare(x.Code, y.Code), cmp.Compare(x.Column, y.Column), cmp.Compare(x.Variable, y.Variable))
	})
	return found, nil
}

// withoutCells are the columns of a row but for its input, which may be large.
var withoutCells = strings.Replace(rowColumns, "cells", "''", 1)

// Recipients streams up to limit rows of a campaign without their Cells, in the order of its file; those that an update
// took out come last. With attention, only those refused or in doubt.
func (l *Ledger) Recipients(ctx context.Context, campaignID int64, attention bool, limit int) iter.Seq2[record.Row, error] {
	where := "campaign_id = $1"
	if attention {
		where += " AND (status = 'unknown' OR status = 'rejected' AND NOT gone)"
	}
	return streamValues(ctx, l.db, readRow, "SELECT "+withoutCells+" FROM rows WHERE "+where+" ORDER BY gone, seq LIMIT $2", campaignID, limit)
}
