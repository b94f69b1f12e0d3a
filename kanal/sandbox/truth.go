package sandbox

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
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

// Request is one request that reached the sandbox.
type Request struct {
	Time     time.Time // when the server counted it
	Path     string
	Key      string // idempotency key
	Number   string // digits, after the server's own rules
	Status   int    // answered; 0 where the connection was dropped
	Accepted bool   // this request made the acceptance
}

// ReadTruth reads the acceptances of a truth file. A last line that was torn
// by a crash is ignored: its answer never left. Any other line that cannot be
// read is an error with its number.
func ReadTruth(r io.Reader) ([]Acceptance, error) {
	content, err := io.ReadAll(r)
	if err != nil {
		return nil, err
	}
	acceptances, _, err := parseTruth(content)
	return acceptances, err
}

// parseTruth also returns how many bytes the whole lines take.
func parseTruth(content []byte) (acceptances []Acceptance, whole int64, err error) {
	number := 0
	for line := range bytes.Lines(content) {
		number++
		if !bytes.HasSuffix(line, []byte("\n")) {
			break
		}
		whole += int64(len(line))
		if len(bytes.TrimSpace(line)) == 0 {
			continue
		}
		var a Acceptance
		if err := json.Unmarshal(line, &a); err != nil {
			return nil, 0, fmt.Errorf("truth file, line %d: %w", number, err)
		}
		acceptances = append(acceptances, a)
	}
	return acceptances, whole, nil
}

// OpenTruth opens a truth file, creating it if need be, to be continued: it
// returns what the file holds, for Restore, with a torn last line cut off,
// and the file at its end, for Options.TruthFile. The caller closes the file.
func OpenTruth(path string) (*os.File, []Acceptance, error) {
	file, err := os.OpenFile(path, os.O_RDWR|os.O_CREATE, 0o600)
	if err != nil {
		return nil, nil, err
	}
	acceptances, err := resumeTruth(file)
	if err != nil {
		return nil, nil, errors.Join(err, file.Close())
	}
	return file, acceptances, nil
}

func resumeTruth(file *os.File) ([]Acceptance, error) {
	content, err := io.ReadAll(file)
	if err != nil {
		return nil, err
	}
	acceptances, whole, err := parseTruth(content)
	if err != nil {
		return nil, err
	}
	if tail := content[whole:]; len(tail) > 0 && !bytes.HasPrefix(tail, []byte(`{"key":`)) {
		return nil, fmt.Errorf("%s is no truth file: it is left as it was", file.Name())
	}
	if err := file.Truncate(whole); err != nil {
		return nil, err
	}
	_, err = file.Seek(whole, io.SeekStart)
	return acceptances, err
}

// appendTruth writes one acceptance and makes sure that it is on its way to
// the disk.
func appendTruth(w io.Writer, a Acceptance) error {
	line, err := json.Marshal(a)
	if err != nil {
		return err
	}
	if _, err := w.Write(append(line, '\n')); err != nil {
		return err
	}
	switch w := w.(type) {
	case interface{ Sync() error }:
		return w.Sync()
	case interface{ Flush() error }:
		return w.Flush()
	}
	return nil
}
