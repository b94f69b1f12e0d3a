package record

import (
	"time"

	"github.com/google/uuid"

	"kanal-campaign/campaign/outcome"
	"kanal-campaign/campaign/problem"
	"kanal-campaign/kanal"
)

// Row is one recipient of a campaign.
type Row struct {
	ID         int64
	CampaignID int64
	Seq        int64    // the place in the file, from 1, counting recipients only
	Gone       bool     // no longer in the file since an update
	Number     int      // as a spreadsheet numbers it
	Cells      []string // of the input; only Rows and InDoubt read them back, a row at a time: a row may be large
	Phone      string   // digits as sent; empty when the cell holds no usable number
	Person     string   // the canonical digits: one spelling for one WhatsApp account
	Values     []string // in the order of the campaign's Fields
	Name       string   // the contact's, only when asked for
	Email      string
	Key        uuid.UUID // uuid.Nil for a row that is never to be sent
	ContentID  uuid.UUID
	Generation int
	Problems   []problem.Problem
	State      outcome.State
	NotBefore  time.Time // no attempt before: an earlier request may still be running
	Attempts   int
	Error      string
	ErrorCode  string
	MessageID  string
	ContactID  string
	SentAt     time.Time // when Kanal's acceptance was read
	TriedAt    time.Time // when the last attempt began
	RelatedRow int       // the other row concerned: of a duplicate, the first one
	// ForgottenAt is when everything that tells the person was erased from the row; zero for a row that is whole.
	ForgottenAt time.Time
}

// longestBackoff is the longest that a row waits which was not accepted for certain.
const longestBackoff = 2 * time.Minute

// Rests returns for how long the row is not to be tried, at the time given; doubtDelay is by how much its key outlasts the
// deadline of a request without an answer. Where the time is before the row's last try, the clock was set back, and the wait
// begins anew. Earlier versions have stored what Kanal told, however absurd: no wait is longer than it can be.
func (r Row) Rests(now time.Time, doubtDelay time.Duration) time.Duration {
	switch {
	case r.NotBefore.IsZero():
		return 0
	case r.TriedAt.IsZero(): // rebuilt
		return r.NotBefore.Sub(now)
	}
	if r.TriedAt.After(now) {
		now = r.TriedAt
	}
	longest := kanal.LongestTimeout + max(doubtDelay, longestBackoff)
	if r.State.Status == outcome.Pending {
		longest = longestBackoff
	}
	return min(r.NotBefore.Sub(r.TriedAt), longest) - now.Sub(r.TriedAt)
}
