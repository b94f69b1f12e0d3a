package record

import (
	"fmt"
	"time"

	"github.com/google/uuid"

	"kanal-campaign/campaign/outcome"
)

// Run is one process at work on a campaign, kept for the auditor.
type Run struct {
	ID        int64
	Campaign  string
	Command   string // send, resume, retry, or TestCommand
	Flags     string // as given, without secrets
	StartedAt time.Time
	EndedAt   time.Time // zero while it runs, or when it died
	Stopped   string    // why it ended: a code of campaign.Stop
	PID       int
	Person    string // who at which computer
	Computer  string
	Version   string
	FileName  string // of a run that came to sending
	SHA256    string // of the file that it sent, or was given
	Confirmed int    // how many messages the person confirmed
	Updates   bool   // it was to take a changed file over
	// Tested is the person that a test went to, as canonical digits; empty where that is forgotten, and of other runs.
	Tested string
}

// EndedSuddenly is why a run ended that died: it has no time of its end.
const EndedSuddenly = "suddenly"

// TestCommand is the command of a run that sent, or was to send, a message to the user's own number. It had no lock of the
// campaign, and touched nothing of it.
const TestCommand = "test"

// Attempt is one request that was made for a row.
type Attempt struct {
	ID         int64
	Run        Run       // the one that made it: its id, command and start; zero when that is not known
	Key        uuid.UUID // uuid.Nil once the row was forgotten
	BeganAt    time.Time
	AnsweredAt time.Time // zero while there is no answer
	Kind       outcome.Kind
	Cause      string
	Code       string
	Text       string
}

// TestSent is a run that sent, or was to send, a message to the user's own number.
type TestSent struct {
	Run     Run
	Attempt Attempt // the zero Attempt when none was made
}

// Tells reports whether there is something to forget of a test.
func (t TestSent) Tells() bool {
	return t.Run.Tested != "" || t.Attempt.Key != uuid.Nil || t.Attempt.Text != ""
}

// OptOut is since when a person has opted out of an account's messages.
type OptOut struct {
	Account string
	Since   time.Time
}

// RunningError says that another process holds the campaign.
type RunningError struct{ Holder Run }

func (e *RunningError) Error() string {
	return fmt.Sprintf("campaign %q is being run by process %d on %s", e.Holder.Campaign, e.Holder.PID, e.Holder.Computer)
}
