package kanal

import (
	"fmt"
	"strings"
	"time"
)

// Class says what a failed request allows its sender to do next.
type Class string

const (
	// Rejected is a documented, definite refusal of this message.
	Rejected Class = "rejected"
	// Throttled asks to wait (Error.RetryAfter), then to send the same again.
	Throttled Class = "throttled"
	// NotDelivered is proven never to have reached the server.
	NotDelivered Class = "not-delivered"
	// Doubt may have been accepted: only the same idempotency key is safe.
	Doubt Class = "doubt"
	// Halt would meet every other message too: stop.
	Halt Class = "halt"
)

// Cause is a stable word by which failures are grouped. Other programs read
// it: a cause may be added, none may change.
type Cause string

// Causes of class Rejected.
const (
	CauseOptedOut        Cause = "opted-out"
	CauseNotOnWhatsApp   Cause = "not-on-whatsapp"
	CauseClosedWindow    Cause = "closed-window"
	CauseHeldBack        Cause = "held-back"
	CauseTooManyToOne    Cause = "too-many-to-one"
	CauseInvalidNumber   Cause = "invalid-number"
	CauseMissingField    Cause = "missing-field"
	CauseMissingVariable Cause = "missing-variable"
	CauseBadParameter    Cause = "bad-parameter"
	CauseRefused         Cause = "refused" // another documented final refusal
)

// Causes of class Throttled.
const (
	CauseThrottled  Cause = "throttled"
	CauseThroughput Cause = "throughput"
)

// Causes without an answer: class NotDelivered, or Doubt once the request may
// have left.
const (
	CauseNameLookup     Cause = "name-lookup"
	CauseConnect        Cause = "connect"
	CauseTLS            Cause = "tls"
	CauseTimeout        Cause = "timeout"
	CauseConnectionLost Cause = "connection-lost"
	CauseCancelled      Cause = "cancelled"
)

// Causes of class Doubt with an answer.
const (
	CauseServerError      Cause = "server-error"
	CauseUnreadableAnswer Cause = "unreadable-answer"
	CauseNoMessageID      Cause = "no-message-id"
	CauseConflict         Cause = "conflict"
	CauseUndocumented     Cause = "undocumented"
	CausePlatformUnknown  Cause = "platform-unknown"
	CauseMedia            Cause = "media"
	CauseSendFailed       Cause = "send-failed"
)

// Causes of class Halt.
const (
	CauseKeyMissing       Cause = "key-missing"
	CauseKeyInvalid       Cause = "key-invalid"
	CauseKeyRefused       Cause = "key-refused"
	CauseNoSubscription   Cause = "no-subscription"
	CauseTemplateNotFound Cause = "template-not-found"
	CauseRedirected       Cause = "redirected"
	CauseMethodNotAllowed Cause = "method-not-allowed"
	CauseNotFound         Cause = "not-found"
	CauseSenderRestricted Cause = "sender-restricted"
	CauseTemplatePaused   Cause = "template-paused"
	CauseTemplateDisabled Cause = "template-disabled"
	CauseInvalidRequest   Cause = "invalid-request" // could not be built; nothing left
)

// Error is the failure of one request.
type Error struct {
	Class Class
	Cause Cause
	// Status is the HTTP status; 0 when there was no answer.
	Status int
	// Message and Details are the API's own words: at most 500 characters
	// each, on one line, without control characters or terminal escapes.
	Message, Details string
	// PlatformCode is WhatsApp's code when the API's words name one, as in
	// "(#131026) Message undeliverable"; else 0.
	PlatformCode int
	// RetryAfter is the wait that a Throttled answer, or one in Doubt, asks
	// for, at most LongestWait. It is 60 s for a 429 that names none, and 0
	// for any other answer that names none.
	RetryAfter time.Duration
	// ContactID is the contact that a refusal names; else empty.
	ContactID string
	// MayStillRun tells that no end of the request was seen, so that the
	// server may be working on it still: a broken connection, a truncated
	// answer, a timeout (a gateway's too). The same key must not be sent
	// again before that request has surely ended.
	MayStillRun bool
	// Err is what the transport reported, if it did. It never holds the key.
	Err error
}

// Error tells what Kanal answered in Kanal's words, or why there is no answer.
func (e *Error) Error() string {
	var words []string
	for _, text := range []string{e.Message, e.Details} {
		if text != "" {
			words = append(words, text)
		}
	}
	if len(words) == 0 && e.Err != nil {
		words = append(words, cleanText(e.Err.Error()))
	}
	if len(words) == 0 {
		words = append(words, string(e.Cause))
	}
	text := strings.Join(words, ": ")
	if e.Status == 0 {
		return fmt.Sprintf("no answer from Kanal (%s): %s", e.Cause, text)
	}
	return fmt.Sprintf("Kanal answered %d: %s", e.Status, text)
}

// Unwrap returns the transport's error, or nil.
func (e *Error) Unwrap() error { return e.Err }
