package ledger

import (
	"context"
	"fmt"
	"hash/fnv"
	"strings"

	"kanal-campaign/campaign/record"
)

// mostPaired is how much of either side is compared, in bytes of cells: beyond, a file is another list rather than a
// corrected one, and memory has its bounds.
const mostPaired = 2 << 20

// unpaired is a row of one version of the file for which the other has no such person.
type unpaired struct {
	number  int
	cells   []string
	invalid bool
}

// pair finds the rows of Added and Removed that are the same row, corrected: another number makes another person, and a row
// with errors is nobody's. Only what is certain is paired: the same row number, or cells that no other row has. It returns the
// numbers of those that are none of Removed and of Added any more.
func (c *comparison) pair(ctx context.Context, ch *record.Changes) (before, now []int, err error) {
	if ch.Added+ch.Invalid == 0 {
		return nil, nil, nil
	}
	olds, err := c.unpaired(ctx, `SELECT o.number, o.cells, o.status = 'invalid' FROM `+c.from("o")+c.removed+` AND o.status <> 'invalid'
		UNION ALL SELECT o.number, o.cells, TRUE FROM rows o WHERE o.campaign_id = $1 AND o.status = 'invalid'`)
	if err != nil || len(olds) == 0 {
		return nil, nil, err
	}
	news, err := c.unpaired(ctx, `SELECT n.number, n.cells, n.status = 'invalid' FROM `+c.from("n")+`(`+isNew+` AND NOT EXISTS (`+person+`)
		OR n.campaign_id = $2 AND n.status = 'invalid')`)
	if err != nil {
		return nil, nil, err
	}
	for _, pair := range pairs(olds, news) {
		if !pair.old.invalid {
			ch.Removed--
			before = append(before, pair.old.number)
		}
		switch {
		case !pair.now.invalid:
			ch.Added--
			ch.Corrected++
			now = append(now, pair.now.number)
		case !pair.old.invalid:
			ch.Excluded++
		}
	}
	return before, now, nil
}

// unpaired reads the rows that a query gives; none when there are too many.
func (c *comparison) unpaired(ctx context.Context, query string) ([]unpaired, error) {
	var found []unpaired
	size := 0
	for one, err := range stream(ctx, c.db, func(scan scanner) (u unpaired, err error) {
		err = scan(&u.number, decoded{&u.cells}, &u.invalid)
		return u, err
	}, query, c.ids...) {
		if err != nil {
			return nil, err
		}
		for _, cell := range one.cells {
			size += len(cell)
		}
		if size > mostPaired {
			return nil, nil
		}
		found = append(found, one)
	}
	return found, nil
}

type pairing struct{ old, now unpaired }

// pairs are the rows that certainly are the same one. Rows that stand in both versions as they were pair with themselves.
func pairs(old, now []unpaired) []pairing {
	var found []pairing
	for _, same := range []func(old, now []unpaired) map[int]int{sameCells, sameNumber, sameRest} {
		matches := same(old, now)
		gone, done := map[int]bool{}, map[int]bool{}
		for o, n := range matches {
			found = append(found, pairing{old[o], now[n]})
			gone[o], done[n] = true, true
		}
		old, now = without(old, gone), without(now, done)
	}
	return found
}

func without(rows []unpaired, taken map[int]bool) []unpaired {
	var rest []unpaired
	for i, row := range rows {
		if !taken[i] {
			rest = append(rest, row)
		}
	}
	return rest
}

// sameCells pairs rows with errors that stand in both versions as they were.
func sameCells(old, now []unpaired) map[int]int {
	places := map[string][]int{}
	for o, row := range old {
		if row.invalid {
			places[strings.Join(row.cells, "\x00")] = append(places[strings.Join(row.cells, "\x00")], o)
		}
	}
	matches := map[int]int{}
	for n, row := range now {
		cells := strings.Join(row.cells, "\x00")
		if row.invalid && len(places[cells]) > 0 {
			matches[places[cells][0]] = n
			places[cells] = places[cells][1:]
		}
	}
	return matches
}

// sameNumber pairs what stands in the same place: a row that had errors and keeps a cell, or has only one; any other that
// differs in one cell and keeps another.
func sameNumber(old, now []unpaired) map[int]int {
	places := map[int]int{}
	for o, row := range old {
		places[row.number] = o
	}
	matches := map[int]int{}
	for n, row := range now {
		o, there := places[row.number]
		if !there {
			continue
		}
		kept, differ := compared(old[o].cells, row.cells)
		if old[o].invalid && (kept > 0 || len(row.cells) == 1) || differ == 1 && kept > 0 {
			matches[o] = n
		}
	}
	return matches
}

// compared counts the cells that are the same and say something, and those that differ.
func compared(old, now []string) (kept, differ int) {
	for i := range max(len(old), len(now)) {
		switch {
		case i >= len(old) || i >= len(now) || old[i] != now[i]:
			differ++
		case strings.TrimSpace(old[i]) != "":
			kept++
		}
	}
	return kept, differ
}

// sameRest pairs rows that differ in one cell, wherever they stand, when no other row has the rest.
func sameRest(old, now []unpaired) map[int]int {
	before, after := restsOf(old), restsOf(now)
	matches, taken := map[int]int{}, map[int]bool{}
	for o, row := range old {
		for column := range row.cells {
			rest := restOf(row.cells, column)
			if n := after[rest]; len(before[rest]) == 1 && len(n) == 1 && !taken[n[0]] {
				matches[o], taken[n[0]] = n[0], true
				break
			}
		}
	}
	return matches
}

// restsOf lists the rows by what is left of their cells without one of them, for each.
func restsOf(rows []unpaired) map[uint64][]int {
	rests := map[uint64][]int{}
	for i, row := range rows {
		for column := range row.cells {
			if rest := restOf(row.cells, column); rest != 0 {
				rests[rest] = append(rests[rest], i)
			}
		}
	}
	return rests
}

// restOf is a hash of the cells without one of them; 0 when the others say nothing.
func restOf(cells []string, without int) uint64 {
	sum, says := fnv.New64a(), false
	for i, cell := range cells {
		if i == without {
			cell = ""
		}
		says = says || strings.TrimSpace(cell) != ""
		fmt.Fprintf(sum, "%q", cell)
	}
	if !says {
		return 0
	}
	fmt.Fprint(sum, without)
	return sum.Sum64()
}
