package outcome

import (
	"context"
	"errors"
	"strconv"
	"time"

	"kanal-campaign/kanal"
)

// Kind is what one answer proves about one attempt.
type Kind string

// The kinds of answers, as the design's table "Answers" names them.
const (
	Accepted     Kind = "accepted"
	Replayed     Kind = "replayed"
	Refusal      Kind = "rejected"
	Throttled    Kind = "throttled"
	NotDelivered Kind = "not-delivered"
	Doubt        Kind = "doubt"
	Halt         Kind = "halt"
)

// Answer is one settled attempt: what it proves, and what users may read about it.
type Answer struct {
	Kind  Kind
	Cause string
	Text  string // the API's own words, or the transport's error; never the API key
	Code  string // WhatsApp's code if the text carries one, else the HTTP status; empty without an answer
	// MayStillRun is true when no end of the request was seen: the server may be at work on it.
	MayStillRun bool
	// MayUseKey is true of an answer after which the idempotency key may be used up although nothing was accepted. It is
	// undocumented which refusals do that; those that come before a request is looked at cannot.
	MayUseKey bool
	// RetryAfter is the wait that an answer asks for: a throttled one, or one in doubt.
	RetryAfter time.Duration
	MessageID  string
	ContactID  string
	Phone      string // the number that Kanal says it messaged, as it says it
}

// NoAnswer is what is known of an attempt whose process died: nobody will ever read its answer.
var NoAnswer = Answer{Kind: Doubt, Cause: CauseInFlight, MayStillRun: true}

// KeyFreeAt returns from when on another request under the same key cannot meet the one that was answered so: the zero time
// once it has ended. Whether Kanal serialises two requests of one key is undocumented (the API page), so one without an answer
// counts as running until its deadline, and delay is for what that leaves in doubt.
func (a Answer) KeyFreeAt(deadline time.Time, delay time.Duration) time.Time {
	if !a.MayStillRun {
		return time.Time{}
	}
	return deadline.Add(delay)
}

// PassedLimit reports whether the request has passed Kanal's limit: a wait that was asked for before is over.
func (a Answer) PassedLimit() bool {
	return a.Kind == Accepted || a.Kind == Replayed || a.Kind == Refusal
}

// AnswerOf turns what the client returned for one attempt into an Answer. An error that is no *kanal.Error proves
// nothing, and is a doubt.
func AnswerOf(r kanal.Receipt, err error) Answer {
	if err == nil {
		return receipt(r)
	}
	var refusal *kanal.Error
	if !errors.As(err, &refusal) {
		return Answer{Kind: Doubt, Cause: string(kanal.CauseUndocumented), Text: err.Error(), MayStillRun: true}
	}
	return Answer{
		Kind:        kindOf(refusal.Class),
		Cause:       string(refusal.Cause),
		Text:        textOf(refusal),
		Code:        codeOf(refusal),
		MayStillRun: refusal.MayStillRun,
		MayUseKey:   mayUseKey(refusal),
		RetryAfter:  refusal.RetryAfter,
		ContactID:   refusal.ContactID,
	}
}

func receipt(r kanal.Receipt) Answer {
	if r.Replayed {
		return Answer{Kind: Replayed, Text: r.Message, Code: "201"}
	}
	return Answer{Kind: Accepted, MessageID: r.MessageID, ContactID: r.ContactID, Phone: r.PhoneNumber}
}

// mayUseKey leaves out the answers of what stands before the endpoint: authentication, the limiter, a proxy.
func mayUseKey(e *kanal.Error) bool {
	switch e.Class {
	case kanal.Rejected:
		return true
	case kanal.Throttled, kanal.Halt:
		return e.PlatformCode != 0 || e.Cause == kanal.CauseTemplateNotFound || e.Cause == kanal.CauseNotFound
	}
	return false
}

func kindOf(c kanal.Class) Kind {
	switch c {
	case kanal.Rejected:
		return Refusal
	case kanal.Throttled:
		return Throttled
	case kanal.NotDelivered:
		return NotDelivered
	case kanal.Halt:
		return Halt
	}
	return Doubt
}

// textOf prefers the API's own words. A send failure's reason stands in its details, and its message only says that
// there was one.
func textOf(e *kanal.Error) string {
	switch {
	case e.Details != "":
		return e.Details
	case e.Message != "":
		return e.Message
	case e.Err != nil && !errors.Is(e.Err, context.Canceled):
		return e.Err.Error()
	}
	return string(e.Cause)
}

func codeOf(e *kanal.Error) string {
	switch {
	case e.PlatformCode != 0:
		return strconv.Itoa(e.PlatformCode)
	case e.Status != 0:
		return strconv.Itoa(e.Status)
	}
	return ""
}
