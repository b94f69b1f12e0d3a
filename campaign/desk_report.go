package campaign

import (
	"context"
	"io"
	"iter"
	"slices"
	"time"

	"github.com/google/uuid"

	"kanal-campaign/campaign/message"
	"kanal-campaign/campaign/record"
)

// Source is what the files of a campaign are written from.
func (d *Desk) Source(ctx context.Context, c record.Campaign) record.Source {
	msg, err := message.MessageOf(c)
	return record.Source{
		Place: d.place(c.OutDir, c.Name), Drafts: d.Ledger,
		Account: c.Account, Stamp: d.Ledger.Stamp(c), Rebuilt: c.RebuiltFrom != "",
		Header: c.File.Header, Dialect: c.File.Dialect, Workbook: record.IsWorkbook(c.File.Name),
		Rows: d.Ledger.Rows(ctx, c.ID), Outcomes: d.Ledger.Outcomes(ctx, c.ID), MessageIDs: d.Ledger.MessageIDs(ctx, c.ID),
		FormerKeys: func(row record.Row) (keys []uuid.UUID) {
			if err != nil { // of a version that knows the message
				return nil
			}
			for generation := range row.Generation {
				keys = append(keys, msg.Recipe(c.Name, row.Phone, row.Values, generation).Key())
			}
			return keys
		},
	}
}

// WriteResults writes a campaign's results.
func (d *Desk) WriteResults(ctx context.Context, c record.Campaign) (record.File, error) {
	return d.Source(ctx, c).WriteResults(ctx, d.Sentences)
}

// MostListed is how many recipients a report lists: of a campaign with more rows, only those that somebody has to look at.
const MostListed = 10_000

// ReportFacts are what a ledger tells about a campaign for its report.
type ReportFacts struct {
	Status
	Runs     []record.Run // the oldest first
	Minutes  []record.Minute
	Phones   []record.PhoneGroup
	Problems []record.ProblemGroup
	Limited  bool // Recipients are only those that somebody has to look at, MostListed at the most
	AsOf     time.Time
	// Recipients are read while they are ranged over. An error ends them.
	Recipients iter.Seq2[record.Row, error]
}

// WriteReport writes a campaign's report beside its results, as render writes the facts. The ledger may be written meanwhile.
// atEnd is set where a run asks at its end, whose lock the campaign's is: nothing else is at work on it.
func (d *Desk) WriteReport(ctx context.Context, c record.Campaign, atEnd bool, render func(io.Writer, ReportFacts) error,
) (record.File, error) {
	return d.Source(ctx, c).WriteReport(ctx, func(w io.Writer) error {
		facts, err := d.ReportFacts(ctx, c)
		if err != nil {
			return err
		}
		if !atEnd {
			if facts.Running, err = d.Ledger.Running(ctx, c.Name); err != nil {
				return err
			}
		}
		return render(w, facts)
	})
}

// ReportFacts reads what there is to tell of a campaign that nobody is at work on.
func (d *Desk) ReportFacts(ctx context.Context, c record.Campaign) (facts ReportFacts, err error) {
	l := d.Ledger
	facts.AsOf = l.Now()
	if facts.Status, err = d.status(ctx, c); err != nil {
		return facts, err
	}
	if facts.Runs, err = l.Runs(ctx, c.Name); err != nil {
		return facts, err
	}
	if facts.Minutes, err = l.Minutes(ctx, c.Name); err != nil {
		return facts, err
	}
	if facts.Phones, err = l.PhoneGroups(ctx, c.ID); err != nil {
		return facts, err
	}
	if facts.Problems, err = l.ProblemGroups(ctx, c.ID); err != nil {
		return facts, err
	}
	facts.Limited = facts.Tallies.Rows() > MostListed
	facts.Recipients = l.Recipients(ctx, c.ID, facts.Limited, MostListed)
	return facts, nil
}

// WriteSelection writes the rows of a campaign that are picked as a new audience. A cause that is a word of nothing, and a
// selection of no row, is a *Refusal: no file is written. A file that is there already is an error that is fs.ErrExist.
func (d *Desk) WriteSelection(ctx context.Context, c record.Campaign, picked record.Selection, path string) (record.Selected, error) {
	any := picked
	any.Causes = nil
	strange, names, err := d.causeUnknown(ctx, c, picked.Causes)
	if err != nil {
		return record.Selected{}, err
	}
	if strange != "" {
		there, err := CausesOf(d.Ledger.Rows(ctx, c.ID), any.Takes)
		if err != nil {
			return record.Selected{}, err
		}
		return record.Selected{}, &Refusal{Code: RefusedPickedCause, Campaign: c, Name: strange, Values: names, Causes: there}
	}
	done, err := d.Source(ctx, c).WriteSelection(ctx, picked, path)
	if err != nil || done.Rows > 0 {
		if err == nil {
			err = d.Note(ctx, c.Name, path)
		}
		return done, err
	}
	refused := &Refusal{Code: RefusedNonePicked, Campaign: c, Count: done.Passed}
	if len(picked.Causes) > 0 {
		if refused.Causes, err = CausesOf(d.Ledger.Rows(ctx, c.ID), any.Takes); err != nil {
			return done, err
		}
	}
	if len(refused.Causes) == 0 {
		refused.Next = []Command{d.Command("status", c.Name)}
	}
	return done, refused
}

// causeUnknown returns the first of some causes that is none: no row of the campaign has it as a cause or a code, and the program
// knows none of that name. there are those that rows have.
func (d *Desk) causeUnknown(ctx context.Context, c record.Campaign, causes []string) (strange string, there []string, err error) {
	if len(causes) == 0 {
		return "", nil, nil
	}
	there, err = CauseNames(d.Ledger.Rows(ctx, c.ID))
	for _, cause := range causes {
		if !slices.Contains(there, cause) && !slices.Contains(d.KnownCauses, cause) {
			return cause, there, err
		}
	}
	return "", there, err
}
