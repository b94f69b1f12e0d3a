package cli

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/google/uuid"
	"github.com/spf13/cobra"

	"kanal-campaign/campaign"
	"kanal-campaign/campaign/ledger"
	"kanal-campaign/campaign/outcome"
	"kanal-campaign/kanal"
	"kanal-campaign/reports"
)

// retryChoice is which rows are to be tried again.
type retryChoice struct {
	causes  []string
	rows    []int
	unknown bool
	newKey  bool
}

// among returns the ids of the campaign's rows that are chosen, and the first few of the rows.
func (choice retryChoice) among(ctx context.Context, r *run) (chosen map[int64]bool, first []ledger.Row, err error) {
	const shown = 3
	leftOut, err := r.LeftOutSince(ctx, r.campaign)
	if err != nil {
		return nil, nil, err
	}
	chosen = map[int64]bool{}
	for row, err := range r.ledger.Rows(ctx, r.campaign.ID) {
		if err != nil {
			return nil, nil, err
		}
		if !choice.takes(row) || r.lists.Has(row.Person) {
			continue
		}
		again := ledger.Recipient{ID: row.ID, Person: row.Person, State: row.State.Requeue(), Tried: true}
		if choice.newKey {
			again.State = row.State.Renew()
		}
		if out, err := leftOut(again); err != nil {
			return nil, nil, err
		} else if out {
			continue
		}
		r.lists.Ask(row.Number, row.Person)
		chosen[row.ID] = true
		if len(first) < shown {
			first = append(first, row)
		}
	}
	return chosen, first, r.lists.Answer()
}

// causesThere says which causes the rows have that could be tried again, where those asked for are not among them.
func (choice retryChoice) causesThere(ctx context.Context, r *run) (string, error) {
	if len(choice.causes) == 0 {
		return "", nil
	}
	choice.causes = nil
	return reports.CausesThere(ctx, r.Err.Words, r.ledger, r.campaign, choice.takes)
}

func (choice retryChoice) takes(row ledger.Row) bool {
	status := outcome.Rejected
	if choice.unknown {
		status = outcome.Unknown
	}
	switch {
	case row.ContentID == uuid.Nil: // only remembered, or forgotten: what it was sent is not known any more
		return false
	case row.Gone && !choice.unknown || row.State.Status != status || row.State.Cause == string(kanal.CauseOptedOut):
		return false
	case len(choice.causes) > 0 && !slices.Contains(choice.causes, row.State.Cause) && !slices.Contains(choice.causes, row.ErrorCode):
		return false
	}
	return len(choice.rows) == 0 || slices.Contains(choice.rows, row.Number)
}

func (a *app) retryCommand() *cobra.Command {
	o := newOptions()
	var choice retryChoice
	c := &cobra.Command{
		Use:     "retry",
		GroupID: groupRun,
		Example: a.examples(
			campaign.Command{"retry", "novembre", "--cause", "131049"},
			campaign.Command{"retry", "novembre", "--unknown"}),
		Args: cobra.ExactArgs(1),
		RunE: func(c *cobra.Command, args []string) error {
			return a.retry(c, o, choice, campaignArgument(args))
		},
	}
	inGroup(c.Flags(), groupWhich, func(f *flagSet) {
		f.StringSliceVar(&choice.causes, "cause", nil, "")
		f.IntSliceVar(&choice.rows, "row", nil, "")
		f.BoolVar(&choice.unknown, "unknown", false, "")
		f.BoolVar(&choice.newKey, "new-key", false, "")
	})
	o.suppressFlag(c.Flags())
	o.windowFlags(c.Flags())
	o.hoursFlags(c.Flags())
	o.rateFlag(c.Flags())
	o.sendingFlags(c.Flags())
	o.outFlag(c.Flags())
	o.formatFlag(c.Flags())
	o.progressFlags(c.Flags())
	o.accessFlags(c.Flags())
	return c
}

// takeUp has the run's chosen rows sent again, under their keys or under new ones.
func (choice retryChoice) takeUp(ctx context.Context, r *run) (err error) {
	if choice.newKey {
		_, err = r.ledger.Renew(ctx, r.campaign.ID, r.isChosen, r.nextKey)
	} else {
		_, err = r.ledger.Requeue(ctx, r.campaign.ID, r.isChosen)
	}
	return err
}

// isChosen reports whether a retry is about the row.
func (r *run) isChosen(row ledger.Row) bool { return r.chosen[row.ID] }

func (a *app) retry(c *cobra.Command, o *options, choice retryChoice, name string) error {
	ctx := c.Context()
	r, err := a.openKnown(c, o, name)
	if err != nil {
		return err
	}
	defer r.close()
	if err := r.reconnect(ctx); err != nil {
		return err
	}
	if err := r.place(ctx); err != nil {
		return err
	}
	if _, err := r.ledger.Abandon(ctx, r.campaign.ID, r.doubtDelay); err != nil {
		return err
	}
	r.takeWhen()
	if err := r.suppressKnown(ctx); err != nil {
		return err
	}
	chosen, first, err := choice.among(ctx, r)
	if err != nil {
		return err
	}
	if len(chosen) == 0 {
		return choice.nothingFits(ctx, r)
	}
	if strange, meant, err := reports.StrangeCause(ctx, r.Err, r.ledger, r.campaign, choice.causes); err != nil {
		return err
	} else if strange != "" { // beside another: those it stands for would be passed over
		return decide("No row of campaign %s has the cause %s: nothing was sent.%s", reports.Clean(r.name), reports.Clean(strange), meant)
	}
	sel, hours, err := r.showRetry(ctx, choice, chosen, first)
	if err != nil {
		return err
	}
	if err := r.agreed(ctx, asking(sel, hours)); err != nil {
		return err
	}
	r.chosen = chosen
	if err := choice.takeUp(ctx, r); err != nil {
		return err
	}
	if err := r.suppressPending(ctx); err != nil {
		return err
	}
	if r.untriedDoubts, err = r.dueDoubtsBeyond(ctx, chosen); err != nil {
		return err
	}
	r.campaign.FinishedAt = time.Time{} // until the results tell how this went
	if err := r.confirmed(ctx, 0); err != nil {
		return err
	}
	return r.carryOut(ctx, r.fresh, sel, r.isChosen)
}

// retried counts what has become of the chosen rows; nil without any.
func (r *run) retried(ctx context.Context) (map[outcome.Status]int, error) {
	if r.chosen == nil {
		return nil, nil
	}
	counts := map[outcome.Status]int{}
	for row, err := range r.ledger.Rows(ctx, r.campaign.ID) {
		if err != nil {
			return nil, err
		}
		if r.chosen[row.ID] {
			counts[row.State.Status]++
		}
	}
	return counts, nil
}

// dueDoubtsBeyond counts the rows in doubt that are not chosen and that resume would try. In a finished campaign there are none:
// each had its tries.
func (r *run) dueDoubtsBeyond(ctx context.Context, chosen map[int64]bool) (int, error) {
	if !r.campaign.FinishedAt.IsZero() {
		return 0, nil
	}
	all, err := r.dueDoubts(ctx)
	if err != nil {
		return 0, err
	}
	among, err := r.dueDoubtsAmong(ctx, chosen)
	return all - among, err
}

// showRetry shows what is about to be tried again.
func (r *run) showRetry(ctx context.Context, choice retryChoice, chosen map[int64]bool, first []ledger.Row) (*campaign.Selection, campaign.HoursVerdict, error) {
	sel, err := r.retriedOf(ctx, chosen)
	if err != nil {
		return nil, campaign.HoursVerdict{}, err
	}
	hours, err := r.judgedBy(ctx, r.campaign.Settings, sel.Countries.Found)
	if err != nil {
		return nil, hours, err
	}
	hours.Whole = true
	refused, err := choice.notTaken(ctx, r, chosen)
	if err != nil {
		return nil, hours, err
	}
	reports.Retry(r.planWriter(true), reports.RetryScreen{
		Mode: r.mode, APIURL: r.Client().BaseURL(), From: r.Account(), Campaign: r.campaign, Message: r.fresh, Rows: first, Count: sel.Messages(),
		Unknown: choice.unknown, NewKey: choice.newKey, Start: time.Now(), Rate: r.rate,
		Window:      windowScreen(sel.Window.Forecast(sel.Messages(), r.rate, time.Now())),
		TextChanged: !r.fresh.Same(r.message), OldText: r.message.Skeleton(), NewText: r.fresh.Skeleton(),
		Hours: hours, NotTried: refused,
	})
	return sel, hours, nil
}

// retriedOf is the selection of a retry: rows as they are once they wait to be sent again.
func (r *run) retriedOf(ctx context.Context, chosen map[int64]bool) (*campaign.Selection, error) {
	sel := &campaign.Selection{Countries: campaign.NewCountryCount()}
	var err error
	if sel.Window, err = campaign.NewWindowPeople(r.campaign.Settings); err != nil {
		return nil, err
	}
	for row, err := range r.ledger.Rows(ctx, r.campaign.ID) {
		if err != nil {
			return nil, err
		}
		if chosen[row.ID] {
			sel.Window.Add(row.Phone)
			sel.Countries.Add(row.Phone)
			sel.Fresh++
		}
	}
	return sel, nil
}

// nothingFits says that no row is chosen, and what there is to choose from.
func (choice retryChoice) nothingFits(ctx context.Context, r *run) error {
	there, err := choice.causesThere(ctx, r)
	if err != nil {
		return err
	}
	refused, err := choice.notTaken(ctx, r, nil)
	if err != nil {
		return err
	}
	if len(refused.Rows) > 0 {
		reports.NoneRetried(r.Err, refused)
		return &exit{code: exitDecision}
	}
	if listed, err := choice.onLists(ctx, r); err != nil {
		return err
	} else if listed > 0 {
		return decideBy(reports.RetryOnLists(listed), r.command(choice.withoutLists(r.name)...))
	}
	if there != "" {
		return decide("No row of campaign %s has the cause %s: nothing was sent. Those that could be tried again have %s.",
			reports.Clean(r.name), reports.Clean(strings.Join(choice.causes, " or ")), there)
	}
	return decideBy(fmt.Sprintf("No row of campaign %s fits: nothing was sent. Refused rows are tried again, or with --unknown those in "+
		"doubt; never people who opted out. What there is:", reports.Clean(r.name)), r.command("status", r.name))
}

// onLists counts the rows that only a list keeps from being chosen.
func (choice retryChoice) onLists(ctx context.Context, r *run) (n int, err error) {
	for row, err := range r.ledger.Rows(ctx, r.campaign.ID) {
		if err != nil {
			return 0, err
		}
		if choice.takes(row) && r.lists.Has(row.Person) {
			n++
		}
	}
	return n, nil
}

// withoutLists are the words that choose the same rows and lift the lists.
func (choice retryChoice) withoutLists(name string) []string {
	words := []string{"retry", name}
	for _, cause := range choice.causes {
		words = append(words, "--cause", cause)
	}
	if choice.unknown {
		words = append(words, "--unknown")
	}
	if choice.newKey {
		words = append(words, "--new-key")
	}
	return append(words, "--suppress", noList)
}

// notTaken are the rows asked for by number that are not chosen.
func (choice retryChoice) notTaken(ctx context.Context, r *run, chosen map[int64]bool) (reports.NotRetried, error) {
	refused := reports.NotRetried{Mode: r.mode, Ledger: r.options.ledger, Campaign: r.campaign, Causes: choice.causes, Unknown: choice.unknown}
	if len(choice.rows) == 0 {
		return refused, nil
	}
	found := map[int]reports.NotRetriedRow{}
	for row, err := range r.ledger.Rows(ctx, r.campaign.ID) { // those that left the file come last
		if err != nil {
			return refused, err
		}
		refused.Forgotten = refused.Forgotten || !row.ForgottenAt.IsZero()
		if _, known := found[row.Number]; known || !slices.Contains(choice.rows, row.Number) {
			continue
		}
		one := reports.NotRetriedRow{Row: row}
		if r.lists.Has(row.Person) {
			one.List = r.lists.Name(row.Person)
		}
		if one.OptedOut, err = r.ledger.OptedOut(ctx, r.campaign.Account, row.Person); err != nil {
			return refused, err
		}
		found[row.Number] = one
	}
	for _, number := range slices.Compact(slices.Sorted(slices.Values(choice.rows))) {
		one, known := found[number]
		if !known {
			one.Row.Number = number
		}
		if !chosen[one.Row.ID] {
			refused.Rows = append(refused.Rows, one)
		}
	}
	return refused, nil
}

// nextKey returns the key of a row's generation.
func (r *run) nextKey(row ledger.Row) uuid.UUID {
	return r.message.Recipe(r.name, row.Phone, row.Values, row.Generation).Key()
}
