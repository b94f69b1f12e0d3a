package screen

import (
	"cmp"
	"slices"
	"time"

	"kanal-campaign/campaign/outcome"
	"kanal-campaign/campaign/record"
	"kanal-campaign/campaign/text"
)

// Timeline is a campaign's pace: when requests were made, and when there were none for a while.
type Timeline struct {
	Stretches []Stretch
	Requests  int
	Busy      time.Duration // of the stretches in which it sent
	Fastest   int           // requests of the busiest minute
	Starts    []time.Time   // of the runs that sent, but for the first
}

// Stretch is a time in which requests were made, or a pause between two of them.
type Stretch struct {
	From, To time.Time // the whole minutes that the chart draws
	// First and Last are its first and last request; of a pause, the one before it and the one after.
	First, Last time.Time
	Lasted      string
	Pause       string // why there were no requests; empty while there were
	Requests    int
	Accepted    int
	PerMinute   string // requests a minute on average
	Minutes     []MinuteCount
}

// MinuteCount is the requests that began within one minute.
type MinuteCount struct {
	Start           time.Time
	First, Last     time.Time
	Accepted, Other int
}

const (
	// shortestPause is how long there must be no request for a pause: to wait for the next minute is part of the pace.
	shortestPause = 3 * time.Minute
	// mostPauses is how many pauses are told, the longest ones.
	mostPauses = 20
)

func (b *overviewBuilder) timeline(minutes []record.Minute) Timeline {
	counts, last := b.minuteCounts(minutes)
	if len(counts) == 0 {
		return Timeline{}
	}
	var t Timeline
	sending := b.sendingRuns()
	for i, r := range sending {
		if i > 0 {
			t.Starts = append(t.Starts, b.in(r.StartedAt))
		}
	}
	from := 0
	for _, at := range append(pausesIn(counts), len(counts)) {
		stretch := b.stretchOf(counts[from:at])
		t.Stretches = append(t.Stretches, stretch)
		t.Requests += stretch.Requests
		t.Busy += stretch.To.Sub(stretch.From)
		if at < len(counts) {
			next := counts[at]
			t.Stretches = append(t.Stretches, Stretch{From: stretch.To, To: next.Start, First: stretch.Last, Last: next.First,
				Lasted: b.Roughly(next.First.Sub(stretch.Last)),
				Pause:  b.pauseWords(sending, stretch.To, next.Start, last[counts[at-1].Start.Unix()])})
		}
		from = at
	}
	for _, c := range counts {
		t.Fastest = max(t.Fastest, c.Accepted+c.Other)
	}
	return t
}

// minuteCounts sums the kinds of answers by minute. last tells the kind of each minute that says most about what came
// after it.
func (b *overviewBuilder) minuteCounts(minutes []record.Minute) (counts []MinuteCount, last map[int64]outcome.Kind) {
	last = map[int64]outcome.Kind{}
	for _, m := range minutes {
		if n := len(counts); n == 0 || !counts[n-1].Start.Equal(m.Start) {
			counts = append(counts, MinuteCount{Start: b.in(m.Start), First: b.in(m.First), Last: b.in(m.Last)})
		}
		c := &counts[len(counts)-1]
		if m.First.Before(c.First) {
			c.First = b.in(m.First)
		}
		if m.Last.After(c.Last) {
			c.Last = b.in(m.Last)
		}
		if m.Kind == outcome.Accepted || m.Kind == outcome.Replayed {
			c.Accepted += m.Attempts
			continue
		}
		c.Other += m.Attempts
		if at := m.Start.Unix(); pauseRank[m.Kind] > pauseRank[last[at]] {
			last[at] = m.Kind
		}
	}
	return counts, last
}

// pauseRank is how much a kind of answer tells about a pause after it.
var pauseRank = map[outcome.Kind]int{outcome.Doubt: 1, outcome.NotDelivered: 2, outcome.Throttled: 3}

// pausesIn returns where pauses end: the places of the first minutes after them.
func pausesIn(counts []MinuteCount) []int {
	var at []int
	for i := 1; i < len(counts); i++ {
		if gapBefore(counts, i) >= shortestPause {
			at = append(at, i)
		}
	}
	if len(at) > mostPauses {
		slices.SortStableFunc(at, func(i, j int) int { return cmp.Compare(gapBefore(counts, j), gapBefore(counts, i)) })
		at = at[:mostPauses]
		slices.Sort(at)
	}
	return at
}

func gapBefore(counts []MinuteCount, i int) time.Duration {
	return counts[i].Start.Sub(counts[i-1].Start) - time.Minute
}

func (b *overviewBuilder) stretchOf(minutes []MinuteCount) Stretch {
	first, last := minutes[0], minutes[len(minutes)-1]
	s := Stretch{From: first.Start, To: last.Start.Add(time.Minute), First: first.First, Last: last.Last, Minutes: minutes}
	for _, m := range minutes {
		s.Requests += m.Accepted + m.Other
		s.Accepted += m.Accepted
	}
	lasted := s.Last.Sub(s.First)
	s.Lasted = b.Roughly(max(lasted, time.Second))
	rate := float64(s.Requests)
	if lasted > time.Minute { // the first request is at its beginning
		rate = (rate - 1) / lasted.Minutes()
	}
	s.PerMinute = b.Decimal(rate)
	return s
}

// sendingRuns are the runs that came to sending.
func (b *overviewBuilder) sendingRuns() []record.Run {
	return slices.DeleteFunc(slices.Clone(b.runs), func(r record.Run) bool {
		return sendsNothing(r.Stopped)
	})
}

// pauseWords says why nothing was sent from one time to another.
func (b *overviewBuilder) pauseWords(runs []record.Run, from, to time.Time, last outcome.Kind) string {
	for i := len(runs) - 1; i > 0; i-- {
		before := runs[i-1]
		if started := runs[i].StartedAt; !before.StartedAt.Before(from) || started.Before(from) || started.After(to.Add(time.Minute)) {
			continue
		}
		if before.EndedAt.IsZero() {
			return b.PauseSuddenly()
		}
		return b.PauseBetween(text.Clean(b.RunEnd(before.Stopped)))
	}
	switch last {
	case outcome.Throttled:
		return b.PauseAsked()
	case outcome.NotDelivered:
		return b.PauseNetwork()
	case outcome.Doubt:
		return b.PauseDoubts()
	}
	return b.PauseWithin()
}
