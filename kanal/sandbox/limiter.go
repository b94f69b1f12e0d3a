package sandbox

import (
	"slices"
	"time"
)

const limitWindow = time.Minute

// limiter counts the sends of one API key. Refused ones do not count.
type limiter struct {
	form  WindowForm
	limit int
	hits  []time.Time // those of the current window, oldest first
}

// hit counts a send at a time. It returns how many more the window would
// take, or, when there is no room, how long until there is.
func (l *limiter) hit(now time.Time) (remaining int, wait time.Duration) {
	l.expire(now)
	if len(l.hits) >= l.limit {
		return 0, l.hits[0].Add(limitWindow).Sub(now)
	}
	l.hits = append(l.hits, now)
	return l.limit - len(l.hits), 0
}

// expire forgets what is a whole window old: the hit itself in the sliding
// form, every hit since the one that opened the window in the fixed form.
func (l *limiter) expire(now time.Time) {
	if l.form == SlidingWindow {
		l.hits = slices.DeleteFunc(l.hits, func(hit time.Time) bool { return now.Sub(hit) >= limitWindow })
	} else if len(l.hits) > 0 && now.Sub(l.hits[0]) >= limitWindow {
		l.hits = l.hits[:0]
	}
}
