package cli

import (
	"context"
	"errors"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"kanal-campaign/campaign"
	"kanal-campaign/campaign/number"
	"kanal-campaign/campaign/plan"
	"kanal-campaign/campaign/problem"
	"kanal-campaign/campaign/record"
	"kanal-campaign/reports/screen"
	"kanal-campaign/reports/words"
)

func (a *app) historyCommand() *cobra.Command {
	o := newOptions()
	c := &cobra.Command{
		Use:     "history",
		GroupID: groupSee,
		Example: a.examples(
			campaign.Command{"history", "+33612345678"},
			campaign.Command{"history", "06 12 34 56 78", "--country", "FR"}),
		Args: cobra.MinimumNArgs(1),
		RunE: func(c *cobra.Command, args []string) error {
			return a.history(c.Context(), o, strings.Join(args, " "))
		},
	}
	o.numberFlags(c.Flags())
	o.formatFlag(c.Flags())
	o.ledgerFlag(c.Flags())
	o.sandboxFlag(c.Flags())
	return c
}

// numberFlags are those by which a number on the command line is read.
func (o *options) numberFlags(flags *flagSet) {
	inGroup(flags, groupWhom, func(f *flagSet) {
		f.StringVar(&o.country, "country", "", "")
	})
}

// askedNumber reads the number on the command line: whatever a campaign may have sent to. One that is written internationally
// may be one that only earlier rules accepted.
func (a *app) askedNumber(o *options, text string) (number.Number, error) {
	rules := number.Rules{Country: o.country, AcceptPossible: true}
	n, err := rules.Clean(text)
	if err != nil && strings.HasPrefix(strings.TrimSpace(text), "+") {
		rules.Version = 1
		if before, refused := rules.Clean(text); refused == nil {
			return before, nil
		}
	}
	if err == nil {
		return n, nil
	}
	p := plan.NumberProblem(text, err)
	if p.Code == problem.Code(number.Missing) {
		return n, misuseOf((*words.Words).NoNumberGiven)
	}
	return n, misuse(a.Err.ProblemSentence(p))
}

func (a *app) history(ctx context.Context, o *options, text string) error {
	if err := o.validate(); err != nil {
		return err
	}
	n, err := a.askedNumber(o, text)
	if err != nil {
		return err
	}
	s, err := a.openExisting(ctx, o)
	if missing := (*noLedgerError)(nil); errors.As(err, &missing) && o.format != "json" {
		missing.tell(a.Out)
		return nil
	} else if missing != nil {
		return screen.HistoryJSON(a.Out, screen.HistoryScreen{Mode: modeOf(o), Number: n.Digits, Region: n.Region})
	}
	if err != nil {
		return err
	}
	defer s.close()
	shown, err := s.historyOf(ctx, n)
	if err != nil {
		return err
	}
	if o.format == "json" {
		return screen.HistoryJSON(s.Out, shown)
	}
	screen.History(s.Out, shown)
	return nil
}

// testsTo returns the tests that went to a person, given as canonical digits.
func (s *session) testsTo(ctx context.Context, person string) ([]record.TestSent, error) {
	tests, err := s.ledger.Tests(ctx)
	return slices.DeleteFunc(tests, func(t record.TestSent) bool { return t.Run.Tested != person }), err
}

func (s *session) historyOf(ctx context.Context, n number.Number) (screen.HistoryScreen, error) {
	shown := screen.HistoryScreen{Mode: s.mode, Number: n.Digits, Region: n.Region}
	person := number.Canonical(n.Digits)
	var err error
	if shown.OptOuts, err = s.ledger.OptOuts(ctx, person); err != nil {
		return shown, err
	}
	if shown.Erased, err = s.ledger.HasErased(ctx); err != nil {
		return shown, err
	}
	rows, err := s.ledger.RowsOf(ctx, person)
	if err != nil {
		return shown, err
	}
	tests, err := s.testsTo(ctx, person)
	if err != nil {
		return shown, err
	}
	for _, t := range tests {
		if t.Attempt.ID != 0 {
			shown.Tests = append(shown.Tests, t)
		}
	}
	campaigns, err := s.ledger.CampaignsByID(ctx)
	if err != nil {
		return shown, err
	}
	for _, row := range rows {
		entry := screen.HistoryEntry{Campaign: campaigns[row.CampaignID], Row: row}
		if entry.Attempts, err = s.ledger.Attempts(ctx, row.ID); err != nil {
			return shown, err
		}
		shown.Entries = append(shown.Entries, entry)
	}
	return shown, nil
}
