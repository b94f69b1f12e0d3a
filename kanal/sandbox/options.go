package sandbox

import (
	"io"
	"time"
)

// DefaultKey is the API key of a sandbox that was given none. It has the form
// of a real one and opens nothing.
const DefaultKey = "sandbox0key0for0rehearse"

const (
	defaultPhoneNumberID  = 56
	defaultLimit          = 60
	defaultFirstMessageID = 987654
	firstContactID        = 54321
)

// WindowForm is how the requests of a minute are counted, which is
// undocumented.
type WindowForm string

const (
	// FixedWindow counts in a minute that the first request opens, as
	// Laravel's stock limiter does. The zero WindowForm is this one.
	FixedWindow WindowForm = "fixed"
	// SlidingWindow counts the minute before each request.
	SlidingWindow WindowForm = "sliding"
)

// ThrottleShape is the form of a 429, of which two are documented.
type ThrottleShape string

const (
	// KanalThrottle has the wait in its body. The zero ThrottleShape is this
	// one.
	KanalThrottle ThrottleShape = "kanal"
	// LaravelThrottle has the wait in its Retry-After header.
	LaravelThrottle ThrottleShape = "laravel"
)

// ConversationWindows says whose 24-hour window is open, in which alone a
// free-form message may be sent.
type ConversationWindows string

const (
	// WindowsOpen keeps every contact's window open, the magic recipient's
	// without one apart. The zero ConversationWindows is this one.
	WindowsOpen ConversationWindows = "open"
	// WindowsClosed opens a window only where a contact wrote: OpenWindows
	// and OpenWindow.
	WindowsClosed ConversationWindows = "closed"
)

// Options shape a sandbox. The zero Options are a well-behaved one.
type Options struct {
	// Keys are the accepted API keys; nil is DefaultKey alone. Each has a
	// limit of its own; idempotency keys and contacts are the account's.
	Keys []string
	// PhoneNumberID is that of the account's templates; 0 is 56.
	PhoneNumberID int64
	// Team is the name that /me shows; empty is "Sandbox".
	Team string
	// Templates are the account's; nil is BuiltIn.
	Templates []Template
	// Limit is the number of sends accepted in a minute; 0 is 60.
	Limit         int
	Window        WindowForm
	ThrottleShape ThrottleShape
	// FailuresUseKey makes a refused request (400) use its idempotency key
	// up: the key replays afterwards though nothing was ever sent.
	FailuresUseKey bool
	// LookupKeyFirst looks the idempotency key up before the recipient is
	// validated: a replay then hides a refusal. Otherwise a refusal hides a
	// replay.
	LookupKeyFirst bool
	// KeyLife is how long an idempotency key is remembered; 0 is for ever.
	KeyLife time.Duration
	// OptedOut are the numbers of contacts that opted out, in digits.
	OptedOut []string
	// Windows says whose conversation window is open.
	Windows ConversationWindows
	// OpenWindows are the numbers of contacts, in digits, that wrote as the
	// sandbox started: their windows close 24 hours later.
	OpenWindows []string
	Faults      Faults
	// TruthFile receives each acceptance as a line of JSON before its answer
	// leaves. A Sync or Flush method, if it has one, is called after each.
	// Where writing fails nothing is accepted, and the answer is a 500.
	TruthFile io.Writer
	// RequestFile receives each request as a line of JSON, in the order in
	// which they are decided on, before its answer leaves. Where writing fails
	// the answer is lost, as if the connection had died.
	RequestFile io.Writer
	// Seed makes the probabilities repeatable.
	Seed uint64
	// FirstMessageID is the first id given; 0 is 987654.
	FirstMessageID int64
}

func (o Options) withDefaults() Options {
	if o.Keys == nil {
		o.Keys = []string{DefaultKey}
	}
	if o.PhoneNumberID == 0 {
		o.PhoneNumberID = defaultPhoneNumberID
	}
	if o.Team == "" {
		o.Team = "Sandbox"
	}
	if o.Templates == nil {
		o.Templates = BuiltIn(o.PhoneNumberID)
	}
	if o.Limit <= 0 {
		o.Limit = defaultLimit
	}
	if o.FirstMessageID == 0 {
		o.FirstMessageID = defaultFirstMessageID
	}
	return o
}
