package sandbox

import (
	"os"
	"time"
)

// Request is one request that reached the sandbox.
type Request struct {
	Time     time.Time `json:"time"` // when the server counted it
	Path     string    `json:"path"`
	Key      string    `json:"key,omitempty"`      // idempotency key
	Number   string    `json:"number,omitempty"`   // digits, after the server's own rules
	Status   int       `json:"status"`             // answered; 0 where the connection was dropped
	Fault    Fault     `json:"fault,omitempty"`    // that fell to it
	Accepted bool      `json:"accepted,omitempty"` // this request made the acceptance
}

// Sends reports whether the request was one to send a message: one that the
// limit counts.
func (r Request) Sends() bool { return endpoints[r.Path].sends != nil }

// OpenRequests opens a request file, creating it if need be, to be continued
// behind its last whole line, for Options.RequestFile. The caller closes the
// file.
func OpenRequests(path string) (*os.File, error) {
	file, _, err := openLines[Request](path, "request file", `{"time":`)
	return file, err
}
