package sandbox

import (
	"encoding/json"
	"fmt"
	"maps"
	"math"
	"net/http"
	"strconv"
	"time"
)

// reply is one answer, before it is written.
type reply struct {
	status   int // 0 drops the connection
	header   http.Header
	body     any           // as JSON
	reason   string        // of a send failure; the endpoint gives it its body
	html     string        // instead of JSON
	truncate bool          // write half of the body
	delay    time.Duration // before it is written
}

func flatError(status int, text string) reply {
	return reply{status: status, body: map[string]any{"error": text}}
}

// sendFailure is a refusal that comes up while sending, whose body is the
// endpoint's to give: see templateFailure and messageFailure.
func sendFailure(reason string) reply {
	return reply{status: http.StatusBadRequest, reason: reason}
}

func templateFailure(reason string) any {
	return map[string]any{"message": "Error sending template message", "error": reason}
}

func messageFailure(reason string) any {
	return map[string]any{"error": "Error sending message", "details": reason}
}

// throttled is a 429 in one of its shapes. Waits are whole seconds, rounded up.
func throttled(shape Fault, wait time.Duration) reply {
	seconds := max(int(math.Ceil(wait.Seconds())), 1)
	header := http.Header{"Retry-After": {strconv.Itoa(seconds)}}
	switch shape {
	case ThrottleLaravel:
		return reply{status: http.StatusTooManyRequests, header: header, body: map[string]any{"message": "Too Many Attempts."}}
	case ThrottleHTML:
		page := htmlReply(http.StatusTooManyRequests)
		page.header = header
		return page
	}
	return reply{status: http.StatusTooManyRequests, body: map[string]any{
		"error": "Too many requests. Please slow down.", "retry_after": seconds,
	}}
}

// write sends the reply. Status 0 aborts the handler, so that the client sees
// a connection that dies without an answer; a caller without a server gets
// http.ErrAbortHandler as a panic.
func (r reply) write(w http.ResponseWriter) {
	if r.status == 0 {
		panic(http.ErrAbortHandler)
	}
	content := []byte(r.html)
	contentType := "text/html; charset=UTF-8"
	if r.html == "" && r.body != nil {
		var err error
		if content, err = json.Marshal(r.body); err != nil {
			panic(fmt.Sprintf("sandbox: a reply that is no JSON: %v", err)) // all bodies are ours
		}
		contentType = "application/json"
	}
	maps.Copy(w.Header(), r.header)
	w.Header().Set("Content-Type", contentType)
	w.Header().Set("Content-Length", strconv.Itoa(len(content)))
	w.WriteHeader(r.status)
	if r.truncate {
		// Less than announced: the server closes the connection.
		content = content[:len(content)/2]
	}
	_, _ = w.Write(content) // a client that went away is its own business
}
