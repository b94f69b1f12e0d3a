package sending

import (
	"time"

	"kanal-campaign/campaign/outcome"
	"kanal-campaign/campaign/record"
)

// shutRows are attempts whose people's hours have passed meanwhile. They wait by the wall clock.
type shutRows struct {
	attempts []attempt
	until    time.Time // the earliest opening; the zero time has always come
}

func (s *shutRows) Len() int { return len(s.attempts) }

func (s *shutRows) add(a attempt, opens time.Time) {
	if len(s.attempts) == 0 || opens.Before(s.until) {
		s.until = opens
	}
	s.attempts = append(s.attempts, a)
}

// opening returns when a person may be messaged, and how long that is from now; zeros when it may be now.
func (r *run) opening(phone string, now time.Time) (opens time.Time, wait time.Duration) {
	if r.Hours == nil {
		return time.Time{}, 0
	}
	if opens = r.Hours.Opening(phone, now); opens.IsZero() {
		return opens, 0
	}
	return opens, opens.Sub(now)
}

// openingOf is opening for a row of the file. A doubt that will be too old by then is not worth the wait.
func (r *run) openingOf(row record.Row, now time.Time) (opens time.Time, worth bool) {
	opens, wait := r.opening(row.Phone, now)
	if wait > 0 && row.State.Status == outcome.Unknown && r.Only == nil && !row.State.Due(r.clocks.now().Add(wait)) {
		r.held[row.ID] = true
		r.progress.Left = max(0, r.progress.Left-1)
		return opens, false
	}
	return opens, true
}

// reopen lets the attempts go on whose hours may have come: next looks at each again.
func (r *run) reopen() {
	if r.shut.Len() == 0 || r.Ledger.Now().Before(r.shut.until) {
		return
	}
	for _, a := range r.shut.attempts {
		a.due = time.Now()
		r.delayed.add(a)
	}
	r.shut = shutRows{}
}

// forecastEvery is how often the end is told anew.
const forecastEvery = 15 * time.Second

// forecast tells when the last message will have left, in the hours of the people who are left in the run's crowd.
func (r *run) forecast(p Progress) time.Time {
	if r.Zones == nil || p.Left == 0 {
		return time.Time{}
	}
	if now := time.Now(); r.foretold.IsZero() || now.Sub(r.foretold) >= forecastEvery {
		r.foretold, r.foreseen = now, r.Zones.End(r.Ledger.Now(), p.Left, r.Rate)
	}
	return r.foreseen
}

// nothingNow returns when to look for a row again while none may be attempted, and what is waited for; the zero time
// when only answers are.
func (r *run) nothingNow() (time.Time, Wait) {
	if r.source.more {
		return time.Now(), r.progress.Wait
	}
	at, wait := r.delayed.first(), Wait{}
	if !at.IsZero() {
		wait = Wait{For: WaitRetry, Until: at}
		if until := r.pace.until; until.After(time.Now()) && !until.Before(at) { // nobody may send, for a reason of its own
			wait = Wait{For: r.pace.reason, Until: until}
		}
	}
	opens := r.shut.until
	if source := r.source.opens; !source.IsZero() && (r.shut.Len() == 0 || source.Before(opens)) {
		opens = source
	}
	if opens.IsZero() {
		return at, wait
	}
	if then := time.Now().Add(opens.Sub(r.Ledger.Now())); at.IsZero() || then.Before(at) {
		return then, Wait{For: WaitWindow, Until: opens}
	}
	return at, wait
}
