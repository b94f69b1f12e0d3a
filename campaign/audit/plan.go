package audit

import (
	"slices"
	"strings"
	"time"

	"github.com/google/uuid"

	"kanal-campaign/campaign/ledger"
	"kanal-campaign/campaign/outcome"
	"kanal-campaign/campaign/plan"
	"kanal-campaign/campaign/problem"
	"kanal-campaign/campaign/record"
	"kanal-campaign/kanal"
)

// The contradictions of a row with its plan.
const (
	PlaceDiffers     Code = "place-differs"     // its number does not rise with its place in the file
	KeyMissing       Code = "key-missing"       // to be sent, or tried, and no key
	KeyDiffers       Code = "key-differs"       // the key is not that of the row's number and values
	ContentDiffers   Code = "content-differs"   // the content id is not
	PersonDiffers    Code = "person-differs"    // the person is not that of the number
	NumberDiffers    Code = "number-differs"    // the number is not that of the row's cell
	ValuesDiffer     Code = "values-differ"     // the values are not those of the row's cells
	ContactDiffers   Code = "contact-differs"   // the name or e-mail is not that of the row's cells
	ChoiceDiffers    Code = "choice-differs"    // left out by the filter or without consent, or not, against its cells
	FinishedPending  Code = "finished-pending"  // not sent yet, in a campaign that is finished
	ProblemsMismatch Code = "problems-mismatch" // errors, and not left out for them; or the other way round
	OptOutMissing    Code = "opt-out-missing"   // opted out, and not remembered
	ForgottenHolds   Code = "forgotten-holds"   // forgotten, and something that tells the person is still there
	ForgottenUnacted Code = "forgotten-unacted" // forgotten at a time when nobody was
)

const causeOptedOut = string(kanal.CauseOptedOut)

// lookAtPlace makes sure that a file's rows follow one another. Results from which a campaign was rebuilt may have been
// sorted.
func (a *auditor) lookAtPlace(row record.Row) {
	if row.Gone {
		return
	}
	a.Places.Rows++
	if row.Seq != a.Places.Last {
		a.Places.Distinct++
	}
	a.Places.Last = row.Seq
	if a.rebuilt {
		return
	}
	if row.Number <= a.number {
		a.report(row, PlaceDiffers)
	}
	a.number = row.Number
}

// lookAtProblems makes sure that who has errors, and nobody else, is left out for them.
func (a *auditor) lookAtProblems(row record.Row) {
	invalid := row.State.Status == outcome.Invalid
	a.reportAll(row, []check{{ProblemsMismatch, !a.rebuilt && problem.HasError(row.Problems) != invalid || invalid && row.Key != uuid.Nil}})
}

// lookAtPlan makes the frozen row again from its cells, and its key from that.
func (a *auditor) lookAtPlan(row record.Row) {
	status := row.State.Status
	a.reportAll(row, []check{
		{PersonDiffers, row.Phone != "" && row.Person != plan.NumberRules(a.campaign.Settings).Canonical(row.Phone)},
		{FinishedPending, !a.campaign.FinishedAt.IsZero() && !a.running && status == outcome.Pending && !row.Gone},
		{KeyMissing, row.Key == uuid.Nil && status != outcome.Invalid && (status != outcome.Skipped || row.Attempts > 0)},
	})
	a.lookAtCells(row)
	if row.Key == uuid.Nil || a.onlyRemembered(row) {
		return
	}
	a.Keys++
	recipe := a.message.Recipe(a.campaign.Name, row.Phone, row.Values, row.Generation)
	a.keyed = recipe.Key() == row.Key
	a.reportAll(row, []check{{KeyDiffers, !a.keyed}, {ContentDiffers, recipe.ContentID() != row.ContentID}})
}

// onlyRemembered reports whether a row had left the file before its campaign was rebuilt: its cells may stand under
// another header.
func (a *auditor) onlyRemembered(row record.Row) bool {
	return a.rebuilt && row.Gone && row.ContentID == uuid.Nil && row.Values == nil
}

// lookAtCells reads the row's cells as its plan did. Those of a row that has left the file stand under another header.
func (a *auditor) lookAtCells(row record.Row) {
	ragged := slices.ContainsFunc(row.Problems, func(p problem.Problem) bool { return p.Code == plan.RowRagged })
	if !a.readable || row.Gone || ragged || row.Values == nil {
		return
	}
	again := record.Row{Cells: make([]string, max(len(a.campaign.File.Header), len(row.Cells)))}
	copy(again.Cells, row.Cells)
	a.columns.Read(&again)
	a.reportAll(row, []check{
		{ChoiceDiffers, !a.chosenAs(row, again.Cells)},
		{NumberDiffers, row.Phone != "" && !a.numbers.In(again.Cells, row.Phone)},
		{ValuesDiffer, !slices.Equal(again.Values, row.Values)},
		// Once tried, an update does not change them any more.
		{ContactDiffers, row.Attempts == 0 && (again.Name != row.Name || again.Email != row.Email)},
	})
}

// chosenAs reports whether the filter and the columns of consent choose a row with these cells as they did. What was sent
// before an update is kept, whatever the cells hold now; a campaign that was rebuilt may not know its filter.
func (a *auditor) chosenAs(row record.Row, cells []string) bool {
	cause, _ := a.columns.LeavesOut(cells)
	switch row.State.Cause {
	case outcome.CauseFiltered, outcome.CauseNoConsent:
		refusesElsewhere := row.State.Cause == outcome.CauseNoConsent && row.RelatedRow > 0
		return cause == row.State.Cause || refusesElsewhere && cause != outcome.CauseFiltered || a.rebuilt
	}
	switch row.State.Status {
	case outcome.Sent, outcome.AlreadySent, outcome.Skipped:
		return true
	}
	return cause == "" || a.rebuilt
}

// longestErasing is far longer than it takes to forget many rows.
const longestErasing = time.Hour

// lookAtForgotten makes sure that a forgotten row was, and that nothing is left of its person. A campaign that was rebuilt
// from results knows from their text that a row was, and the day.
func (a *auditor) lookAtForgotten(h ledger.History) {
	texts := slices.Concat(h.Cells, h.Values, []string{h.Phone, h.Person, h.Name, h.Email, h.MessageID, h.ContactID})
	if !a.rebuilt {
		texts = append(texts, h.Error)
	}
	for _, p := range h.Problems {
		texts = append(append(texts, p.Value, p.Fix, p.Column, p.Header, p.Variable, p.Reason), p.Names...)
	}
	keyed := h.Key != uuid.Nil || h.ContentID != uuid.Nil
	for _, try := range h.Tries {
		texts = append(texts, try.Text)
		keyed = keyed || try.Key != uuid.Nil
	}
	acted := slices.ContainsFunc(a.erasedAt, func(at time.Time) bool {
		return !at.Before(h.ForgottenAt) && at.Before(h.ForgottenAt.Add(longestErasing))
	})
	a.reportAll(h.Row, []check{
		{ForgottenHolds, keyed || strings.Join(texts, "") != ""},
		{ForgottenUnacted, !acted && !a.rebuilt && !a.SetBack},
	})
}
