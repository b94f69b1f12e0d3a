//go:build !race

package outcome_test

import (
	"fmt"
	"math/bits"
	"slices"
	"strings"
	"time"

	"kanal-campaign/campaign/outcome"
)

// explore visits all worlds, the nearest first. It returns how many there are, or how the first broken promise came about.
func (s server) explore() (worlds int, story, broken string) {
	seen := map[packed]struct{}{}
	var origins []origin // of every world, in the order in which they were found
	var found []world
	from := int32(-1)
	visit := func(_ event, w world) {
		w = s.plain(w)
		key := w.pack()
		if seen[key] = struct{}{}; len(seen) > len(origins) {
			found, origins = append(found, w), append(origins, origin{key, from})
		}
	}
	visit(event{}, world{row: outcome.New()})
	for len(found) > 0 && len(origins) < mostWorlds {
		frontier := found
		found = nil
		for _, w := range frontier {
			from++
			if broken = s.violation(w); broken != "" {
				return len(origins), fmt.Sprintf("%s\n%+v", s.story(origins, from), w), broken
			}
			s.follow(w, visit)
		}
	}
	if len(found) > 0 {
		return len(origins), "", "the model has grown too large to be explored"
	}
	return len(origins), "", ""
}

// origin tells which world was found, and from which one.
type origin struct {
	world packed
	from  int32
}

// story returns the events that led to a world: it lives them again.
func (s server) story(origins []origin, to int32) string {
	var path []packed
	for at := to; at > 0; at = origins[at].from {
		path = append(path, origins[at].world)
	}
	slices.Reverse(path)
	var events []string
	w := world{row: outcome.New()}
	for _, key := range path {
		var by event
		var next world
		s.follow(w, func(e event, after world) {
			if after = s.plain(after); by.what == "" && after.pack() == key {
				by, next = e, after
			}
		})
		events, w = append(events, fmt.Sprintf("%s (%s)", by.what, by.reply)), next
	}
	return strings.Join(events, "\n")
}

// plain drops what decides nothing from here on, so that worlds that are alike are one.
func (s server) plain(w world) world {
	if w.row.Cause != outcome.CauseKeyUsed { // the only cause that Due looks at
		w.row.Cause = ""
	}
	if w.wire != answered {
		w.reply = 0
	}
	if w.replaced { // the results are not written again
		w.attempts = 0
	}
	if w.wire == idle && w.stray == 0 {
		w.insisted = false
	}
	if !w.kept.current { // then both kinds of what is left give the same row, and one that tells nothing is none
		w.kept.copied = false
		w.kept.there = w.kept.there && (w.kept.row != outcome.New() || w.kept.generation > 0)
	}
	if !w.kept.there {
		w.kept = kept{}
	}
	w.row.DoubtSince, w.kept.row.DoubtSince = w.alike(w.row.DoubtSince), w.alike(w.kept.row.DoubtSince)
	return w
}

// alike makes all doubts one that are old now.
func (w world) alike(doubtSince time.Time) time.Time {
	old := (outcome.DoubtLife/step + 1) * step
	if doubtSince.IsZero() || w.time().Sub(doubtSince) <= old {
		return doubtSince
	}
	return w.time().Add(-old)
}

// packed is a world in the bits that tell it from every other.
type packed uint64

// add puts a number behind those that are there. It panics for one that is more than it may be: two worlds would be one.
func (p *packed) add(n, most int) {
	if n < 0 || n > most {
		panic(fmt.Sprintf("%d is not within 0 and %d", n, most))
	}
	*p = *p<<bits.Len(uint(most)) | packed(n)
}

func (p *packed) flags(flags ...bool) {
	for _, flag := range flags {
		*p <<= 1
		if flag {
			*p |= 1
		}
	}
}

func (p *packed) row(row outcome.State) {
	p.add(1+slices.Index(outcome.Statuses, row.Status), len(outcome.Statuses))
	p.flags(row.Open, row.Doubted, row.Refused, row.Earlier, row.Cause == outcome.CauseKeyUsed)
	if row.DoubtSince.IsZero() {
		p.add(0, lastStep+1)
	} else {
		p.add(1+int(row.DoubtSince.Sub(noon)/step), lastStep+1)
	}
}

func (w world) pack() packed {
	var p packed // 61 bits of 64
	p.row(w.row)
	p.add(int(w.generation), generations-1)
	p.add(int(w.attempts), 2)
	p.add(int(w.process), int(insist))
	p.add(int(w.wire), int(answered))
	p.add(int(w.reply), int(failsLate))
	p.add(int(w.stray), generations)
	p.flags(w.foreign, w.strayWorks, w.resting)
	for _, key := range w.keys {
		p.flags(key.used, key.sent, key.hidden, key.unseen)
		p.add(int(key.usedAt), lastStep)
	}
	p.add(int(w.messages), 2)
	p.add(int(w.now), lastStep)
	p.flags(w.kept.there, w.kept.copied, w.kept.current, w.replaced, w.insisted, w.renewed)
	p.row(w.kept.row)
	p.add(int(w.kept.generation), generations-1)
	return p
}
