package kanal

import (
	"bytes"
	"encoding/json"
	"errors"
	"math"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"time"
)

// answer is what came back: the status line and headers, and the body as far
// as it could be read.
type answer struct {
	status int
	header http.Header
	body   []byte
	// readErr is why the body ended early; its bytes are then not trusted.
	readErr error
	// cause is why the reading stopped: timeout, cancelled, or empty.
	cause Cause
	// redact takes the key out of what is kept of the answer, which may echo
	// it; nil keeps all.
	redact func(string) string
}

// clean makes one of the answer's texts safe to show and to keep. The key is
// looked for in the text as it will be read, and before a part of it is cut.
func (a answer) clean(text string) string {
	return cutText(a.hide(oneLine(text)))
}

func (a answer) hide(text string) string {
	if a.redact == nil {
		return text
	}
	return a.redact(text)
}

// id is an identifier of the answer's; one that holds the key is none.
func (a answer) id(id identifier) string {
	if a.hide(string(id)) != string(id) {
		return ""
	}
	return string(id)
}

// envelope is the union of all bodies that the API page documents. Its fields
// take any JSON type, so that one odd field never hides the others.
type envelope struct {
	Success     anyText         `json:"success"`
	Message     anyText         `json:"message"`
	Error       anyText         `json:"error"`
	Details     anyText         `json:"details"`
	Errors      json.RawMessage `json:"errors"`
	RetryAfter  anyText         `json:"retry_after"`
	MessageID   identifier      `json:"message_id"`
	ContactID   identifier      `json:"contact_id"`
	PhoneNumber saidNumber      `json:"phone_number"`
}

// envelope decodes the body; false when it is not a whole JSON object.
func (a answer) envelope() (envelope, bool) {
	var env envelope
	body := trimBody(a.body)
	if a.readErr != nil || !bytes.HasPrefix(body, []byte("{")) {
		return env, false
	}
	if err := json.Unmarshal(body, &env); err != nil {
		return envelope{}, false
	}
	return env, true
}

// words gives the envelope's headline and reason. A template's send failure
// has its headline in "message" and its reason in "error"; a free-form one
// has them in "error" and "details"; a 422 has its reasons by field.
func (env envelope) words() (message, details string) {
	texts := []string{string(env.Message), string(env.Error), string(env.Details), env.fieldErrors()}
	texts = slices.DeleteFunc(texts, func(text string) bool { return strings.TrimSpace(text) == "" })
	if len(texts) == 0 {
		return "", ""
	}
	return texts[0], strings.Join(texts[1:], "; ")
}

// fieldErrors lists the reasons of a validation envelope,
// {"errors":{"field.path":["reason"]}}, in the order of the fields' names.
// It is empty when the body has none.
func (env envelope) fieldErrors() string {
	var fields map[string]json.RawMessage
	if json.Unmarshal(env.Errors, &fields) != nil {
		return ""
	}
	var lines []string
	for field, raw := range fields {
		var reasons []anyText
		if json.Unmarshal(raw, &reasons) != nil {
			var reason anyText
			_ = json.Unmarshal(raw, &reason) // anyText takes every type
			reasons = []anyText{reason}
		}
		for _, reason := range reasons {
			lines = append(lines, field+": "+string(reason))
		}
	}
	slices.Sort(lines)
	return strings.Join(lines, "; ")
}

// LongestWait is the longest wait that an answer is taken to ask for: a limit
// of 60 requests a minute explains none that is longer.
const LongestWait = time.Hour

// retryAfter is the wait that the answer names: "retry_after" in the body,
// else the Retry-After header; 0 when it names none. It is at most LongestWait.
func (a answer) retryAfter(env envelope) time.Duration {
	// The server's own clock, where it shows it, makes ours irrelevant.
	now, err := http.ParseTime(a.header.Get("Date"))
	if err != nil {
		now = time.Now()
	}
	for _, text := range []string{string(env.RetryAfter), a.header.Get("Retry-After")} {
		if wait := waitOf(strings.TrimSpace(text), now); wait > 0 {
			return min(wait, LongestWait)
		}
	}
	return 0
}

// waitOf reads a wait in seconds, or until a point in time: of HTTP, RFC 3339
// or Unix. What is over, or not understood, is none.
func waitOf(text string, now time.Time) time.Duration {
	seconds, err := strconv.ParseFloat(text, 64)
	if err == nil || errors.Is(err, strconv.ErrRange) {
		if unix, ok := unixSeconds(seconds); ok {
			seconds = unix - float64(now.UnixMilli())/1000
		}
		if !(seconds > 0) { // NaN too
			return 0
		}
		return time.Duration(math.Ceil(min(seconds, LongestWait.Seconds()))) * time.Second
	}
	for _, parse := range []func(string) (time.Time, error){http.ParseTime, parseRFC3339} {
		if at, err := parse(text); err == nil {
			return max(0, min(at.Sub(now), LongestWait))
		}
	}
	return 0
}

func parseRFC3339(text string) (time.Time, error) { return time.Parse(time.RFC3339, text) }

// unixSeconds reads a number that is too large for a wait as a point in time,
// counted in seconds, or in milliseconds, microseconds or nanoseconds; false
// for a number that is neither.
func unixSeconds(n float64) (float64, bool) {
	const earliest, latest = 1e9, 1e10 // 2001 to 2286
	for unit := 1.0; unit <= 1e9; unit *= 1000 {
		if n >= earliest*unit && n < latest*unit {
			return n / unit, true
		}
	}
	return 0, false
}

// trimBody drops white space and the byte order mark that some PHP sends.
func trimBody(body []byte) []byte {
	return bytes.TrimSpace(bytes.TrimPrefix(bytes.TrimSpace(body), []byte("\uFEFF")))
}

// anyText is a JSON value of any type as text: a string as it is, null as
// nothing, everything else as it is written in JSON.
type anyText string

// UnmarshalJSON never fails.
func (t *anyText) UnmarshalJSON(raw []byte) error {
	var text string
	if json.Unmarshal(raw, &text) != nil {
		text = string(raw)
	}
	*t = anyText(text)
	return nil
}

// isHollow reports whether nothing is said: an error of false or [] is none.
func (t anyText) isHollow() bool {
	switch strings.Join(strings.Fields(string(t)), "") {
	case "", "false", "0", "[]", "{}":
		return true
	}
	return false
}

// identifier is an id of the API's as text. The API page shows numbers; a
// number in a string and an opaque id are taken too. Zero, null and anything
// else leave it empty.
type identifier string

var opaqueID = pattern(`^[A-Za-z0-9][A-Za-z0-9._:=+/-]{0,199}$`)

// writtenAsFloat tells a number in a string, 9.87654e5 or 987654.0, from an
// opaque id; 12e4 may be one.
var writtenAsFloat = pattern(`^\+?[0-9]+\.[0-9]+([eE][+-]?[0-9]{1,3})?$`)

// UnmarshalJSON never fails.
func (id *identifier) UnmarshalJSON(raw []byte) error {
	*id = ""
	var text string
	if json.Unmarshal(raw, &text) == nil {
		text = strings.TrimSpace(text)
		if plain := plainID(text); plain != "" && writtenAsFloat().MatchString(text) {
			*id = plain
			return nil
		}
		text = strings.TrimPrefix(text, "+")
		if opaqueID().MatchString(text) && strings.Trim(text, "0.") != "" {
			*id = identifier(text)
		}
		return nil
	}
	*id = plainID(string(raw))
	return nil
}

// plainID is the identifier that a number's spelling gives. Of one too long for
// floating point the exponent's zeros are no digits of it: it has none then.
func plainID(text string) identifier {
	digits, told := wholeNumber(text)
	if told < len(digits) && len(digits) > exactDigits {
		return ""
	}
	return identifier(digits)
}
