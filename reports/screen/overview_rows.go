package screen

import (
	"strings"
	"time"

	"github.com/google/uuid"

	"kanal-campaign/campaign"
	"kanal-campaign/campaign/outcome"
	"kanal-campaign/campaign/problem"
	"kanal-campaign/campaign/record"
	"kanal-campaign/campaign/text"
)

// Recipient is one row of the file as a report lists it.
type Recipient struct {
	Row       int // 0 for a row that is no longer in the file
	Phone     string
	Name      string
	Status    outcome.Status
	Label     string // of the status
	Reason    string // the cause in words
	Said      string // Kanal's own words, or what the check found
	Code      string
	Attempts  int
	MessageID string
	ContactID string
	At        time.Time // when it was accepted, or else tried; zero for never
	Key       string    // only where nothing is masked: a number can be found from its key by trying all numbers
}

// scope says which recipients are listed: all, or those that somebody has to look at.
func (b *overviewBuilder) scope() string {
	inFile, attention := b.counts.Total(), b.counts[outcome.Rejected]+b.tallies.Messages()[outcome.Unknown]
	if b.facts.Limited && attention > campaign.MostListed {
		return b.ReportTooMany(inFile) + " " + b.ReportCut(attention, b.Number(campaign.MostListed))
	}
	if b.facts.Limited {
		return b.ReportTooMany(inFile) + " " + b.ReportAttention(attention)
	}
	sentences := []string{b.ReportAll(inFile)}
	if b.tallies.Rows() > inFile {
		sentences = append(sentences, b.ReportOldRows())
	}
	if n := b.tallies.Forgotten(); n > 0 {
		sentences = append(sentences, b.ReportForgottenRows(n))
	}
	return strings.Join(sentences, " ")
}

func (b *overviewBuilder) recipients(yield func(Recipient, error) bool) {
	for row, err := range b.facts.Recipients {
		if !yield(b.recipient(row), err) || err != nil {
			return
		}
	}
}

func (b *overviewBuilder) recipient(row record.Row) Recipient {
	status := row.Status()
	r := Recipient{
		Phone: b.mask.phone(row.Phone), Name: b.mask.name(row.Name), Status: status, Label: b.Status(status),
		Code: text.Clean(row.ErrorCode), Attempts: row.Attempts, MessageID: messageID(text.Clean(row.MessageID), b.options.Mode),
		ContactID: text.Clean(row.ContactID),
	}
	if !row.Gone {
		r.Row = row.Number
	}
	if at := row.TriedAt; !row.SentAt.IsZero() {
		r.At = b.in(row.SentAt)
	} else if !at.IsZero() {
		r.At = b.in(at)
	}
	if row.State.Cause != "" {
		r.Reason, _ = CauseWords(b.Words, row.State.Cause, "")
	}
	r.Said = b.said(row, status)
	if status == outcome.Sent || status == outcome.AlreadySent {
		r.Code = ""
	}
	if b.mask.whole && row.Key != uuid.Nil {
		r.Key = row.Key.String()
	}
	return r
}

// said is what there is to read about a row beside its reason.
func (b *overviewBuilder) said(row record.Row, status outcome.Status) string {
	if !row.ForgottenAt.IsZero() {
		return b.ForgottenAt(row.ForgottenAt)
	}
	switch status {
	case outcome.Invalid:
		var sentences []string
		for _, p := range row.Problems {
			if p.Severity == problem.Error {
				p.Value, p.Fix = b.mask.cell(p.Value), b.mask.cell(p.Fix)
				sentences = append(sentences, b.ProblemSentence(p))
			}
		}
		return strings.Join(sentences, " ")
	case outcome.Skipped:
		said, _ := row.Said(b.Words)
		return text.Clean(said)
	case outcome.Sent, outcome.AlreadySent:
		if row.State.Cause != outcome.CauseOtherNumber {
			return ""
		}
	}
	said, _ := record.TextOf(row.State.Cause, row.Error, b.Words)
	said = b.mask.text(text.Clean(said), append([]string{row.Name, row.Email, row.Phone}, row.Values...)...)
	if status == outcome.Unknown && !row.State.DoubtSince.IsZero() {
		said = b.SaidInDoubtSince(said, b.Stamp(b.in(row.State.DoubtSince)))
	}
	return said
}
