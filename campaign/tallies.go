package campaign

import (
	"cmp"
	"context"
	"slices"

	"kanal-campaign/campaign/outcome"
	"kanal-campaign/campaign/record"
)

// Tallies count a campaign's rows by what became of them. Its rows are those of the file; its messages are, beside these, the
// rows that an update has taken out of the file or corrected, as far as they were tried: their messages stay messages.
type Tallies []record.Tally

// Rows is how many rows there are, those that have left the file included.
func (t Tallies) Rows() (n int) {
	for _, tally := range t {
		n += tally.Rows
	}
	return n
}

// Counts sums the rows of the file by status.
func (t Tallies) Counts() Counts {
	return t.sum(func(tally record.Tally) bool { return !tally.Gone })
}

// Messages sums messages by status.
func (t Tallies) Messages() Counts { return t.asMessages().Counts() }

// Old sums the rows that are no longer in the file by status.
func (t Tallies) Old() Counts {
	return t.sum(func(tally record.Tally) bool { return tally.Gone })
}

// Looked sums the rows of the file, and those in doubt that have left it: somebody has to look at them.
func (t Tallies) Looked() Counts { return t.sum(isLooked) }

func isLooked(t record.Tally) bool { return !t.Gone || t.Status == outcome.Unknown }

// asMessages takes rows that have left the file for rows of it, as far as they were tried.
func (t Tallies) asMessages() Tallies {
	all := slices.Clone(t)
	for i, tally := range all {
		all[i].Gone = tally.Gone && tally.Status != outcome.Rejected && !tally.Status.Messaged()
	}
	return all
}

func (t Tallies) sum(counts func(record.Tally) bool) Counts {
	sums := Counts{}
	for _, tally := range t {
		if counts(tally) {
			sums[tally.Status] += tally.Rows
		}
	}
	return sums
}

// NeedAttention reports whether somebody has to look at a row: one that was refused, is in doubt or has errors. Rows that are
// no longer in the file count only when they are in doubt.
func (t Tallies) NeedAttention() bool {
	counts := t.Counts()
	return counts[outcome.Rejected]+counts[outcome.Invalid]+t.Messages()[outcome.Unknown] > 0
}

// LeftOutFor counts the rows of the file that are left out for a cause.
func (t Tallies) LeftOutFor(cause string) (rows int) {
	for _, tally := range t {
		if !tally.Gone && tally.Status == outcome.Skipped && tally.Cause == cause {
			rows += tally.Rows
		}
	}
	return rows
}

// Forgotten sums the rows of people who were forgotten.
func (t Tallies) Forgotten() (rows int) {
	for _, tally := range t {
		rows += tally.Forgotten
	}
	return rows
}

// Attempts is how often the rows were tried, in all: a number that only grows.
func (t Tallies) Attempts() (n int) {
	for _, tally := range t {
		n += tally.Attempts
	}
	return n
}

// forgotten is how many rows of a campaign are of people who were forgotten.
func (d *Desk) forgotten(ctx context.Context, campaignID int64) (int, error) {
	tallies, err := d.Ledger.Tallies(ctx, campaignID)
	return Tallies(tallies).Forgotten(), err
}

// ForgottenMessages sums those of them that Messages counts.
func (t Tallies) ForgottenMessages() int {
	return slices.DeleteFunc(t.asMessages(), func(tally record.Tally) bool { return tally.Gone }).Forgotten()
}

// Counts are rows by status.
type Counts map[outcome.Status]int

// Accepted is what Kanal accepted, now or earlier.
func (c Counts) Accepted() int { return c[outcome.Sent] + c[outcome.AlreadySent] }

// Total is all of them.
func (c Counts) Total() (n int) {
	for _, rows := range c {
		n += rows
	}
	return n
}

// CauseTally is how many rows of one status share a cause.
type CauseTally struct {
	Cause string
	Code  string // WhatsApp's; empty where it says no more than the cause
	Rows  int
	Tries int // of all of them
}

// TriedAgain reports whether the rows were tried more than once.
func (r CauseTally) TriedAgain() bool { return r.Tries >= 2*r.Rows }

// Name is how --cause names the cause: by WhatsApp's code where there is one.
func (r CauseTally) Name() string { return cmp.Or(r.Code, r.Cause) }

// Reasons groups the rows of a status, of which Looked counts, by cause, and by WhatsApp's code, the largest group first.
func (t Tallies) Reasons(status outcome.Status) []CauseTally {
	var reasons []CauseTally
	for _, tally := range t {
		if tally.Status != status || !isLooked(tally) {
			continue
		}
		code := tally.Code
		if !IsPlatformCode(code) {
			code = ""
		}
		i := slices.IndexFunc(reasons, func(r CauseTally) bool { return r.Cause == tally.Cause && r.Code == code })
		if i < 0 {
			i = len(reasons)
			reasons = append(reasons, CauseTally{Cause: tally.Cause, Code: code})
		}
		reasons[i].Rows += tally.Rows
		reasons[i].Tries += tally.Attempts
	}
	slices.SortStableFunc(reasons, func(a, b CauseTally) int {
		return cmp.Or(cmp.Compare(b.Rows, a.Rows), cmp.Compare(a.Cause, b.Cause), cmp.Compare(a.Code, b.Code))
	})
	return reasons
}

// MessageReasons is Reasons for messages.
func (t Tallies) MessageReasons(status outcome.Status) []CauseTally {
	return t.asMessages().Reasons(status)
}

// IsPlatformCode tells WhatsApp's codes from HTTP statuses. Its code 100 is no status that ends a request.
func IsPlatformCode(code string) bool { return len(code) > 3 || code == "100" }
