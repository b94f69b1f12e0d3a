package sandbox

import (
	"os"
	"time"
)

// Acceptance is one message that the sandbox accepted: its truth, of which a
// client may have learnt less.
type Acceptance struct {
	Key        string            `json:"key"`    // idempotency key; empty for none
	Number     string            `json:"number"` // digits, after the server's own rules
	TemplateID int64             `json:"template_id,omitempty"`
	Variables  map[string]string `json:"variables,omitempty"`
	Name       string            `json:"name,omitempty"`
	Email      string            `json:"email,omitempty"`
	// Type is that of a free-form message, and empty for a template. Text,
	// Link and Caption are what the contact gets of it: an audio or a
	// document has no caption.
	Type      string    `json:"type,omitempty"`
	Text      string    `json:"text,omitempty"`
	Link      string    `json:"link,omitempty"`
	Caption   string    `json:"caption,omitempty"`
	MessageID int64     `json:"message_id"`
	ContactID int64     `json:"contact_id"`
	Time      time.Time `json:"time"`
}

// OpenTruth opens a truth file, creating it if need be, to be continued: it
// returns what the file holds, for Restore, with a torn last line cut off,
// and the file at its end, for Options.TruthFile. The caller closes the file.
func OpenTruth(path string) (*os.File, []Acceptance, error) {
	return openLines[Acceptance](path, "truth file", `{"key":`)
}
