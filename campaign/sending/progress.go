package sending

import (
	"maps"
	"time"

	"kanal-campaign/campaign/outcome"
)

// Progress is how far a campaign is.
type Progress struct {
	Counts   map[outcome.Status]int
	Total    int // rows that are, were or will be sent
	Left     int // rows that this run may still send
	InFlight int
	Wait     Wait // zero while sending is not held up
	// Shares is another campaign that has used the limit of this key as well, within the last minute in which this one had
	// to wait for it; empty without one.
	Shares string
	// End is when the last message will have left, as far as can be told, where people's hours decide it; else zero.
	End time.Time
}

// Wait tells what a run waits for, and until when.
type Wait struct {
	For   WaitReason
	Until time.Time // zero when it is not known
}

// WaitReason is a code for what holds a run up.
type WaitReason string

// What a run can wait for, beyond the ordinary second between two messages.
const (
	WaitLimit   WaitReason = "limit"   // the window of 60 seconds is full
	WaitAsked   WaitReason = "asked"   // Kanal asked for a wait (429)
	WaitNetwork WaitReason = "network" // the server is not reached
	WaitRetry   WaitReason = "retry"   // only rows are left that must wait before another try
	WaitWindow  WaitReason = "window"  // only people are left whose hours have not come
	WaitAnswers WaitReason = "answers" // every slot is waiting for an answer
	WaitClock   WaitReason = "clock"   // the clock was set, or the computer slept
)

// tell tells whoever watches how far the run is.
func (r *run) tell() {
	if r.Watch == nil {
		return
	}
	p := r.progress
	p.Counts = maps.Clone(p.Counts)
	p.InFlight = r.inFlight
	p.End = r.forecast(p)
	p.Shares = r.pace.shares(time.Now())
	r.Watch(p)
}
