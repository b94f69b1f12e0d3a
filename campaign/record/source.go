package record

import (
	"context"
	"iter"

	"github.com/google/uuid"

	"kanal-campaign/campaign/audience"
)

// Source is what a campaign's files are written from. Whoever keeps its rows gives it; see campaign.Desk.Source.
type Source struct {
	Place
	Drafts  Drafts
	Account string // that the messages leave from
	// Stamp tells the campaign from every other, those of other ledgers included.
	Stamp string
	// Rebuilt tells that the campaign was rebuilt from its results: its files may be those of a ledger that is lost.
	Rebuilt bool

	Header   []string         // of the audience
	Dialect  audience.Dialect // of the audience
	Workbook bool             // the audience is one

	// Rows are in the order of the audience; those that an update took out come last. They may be gone through again.
	Rows iter.Seq2[Row, error]
	// Outcomes are Rows with no more than results tell. They may be gone through again, from another goroutine.
	Outcomes iter.Seq2[Row, error]
	// MessageIDs are Kanal's ids of what was accepted. They may be gone through again.
	MessageIDs iter.Seq2[string, error]
	// FormerKeys are those that a row had before retry --new-key gave it another.
	FormerKeys func(Row) []uuid.UUID
}

// Drafts knows who is writing files of a campaign.
type Drafts interface {
	// Drafting makes this process one that writes files of the campaign, until release is called or the process ends in any
	// way. mark is for the names of unfinished files: no other campaign has it. If nobody else is writing files of the
	// campaign, sweep is called first: those that bear the mark are then all of dead processes.
	Drafting(ctx context.Context, campaign string, sweep func(mark string)) (mark string, release func() error, err error)
}
