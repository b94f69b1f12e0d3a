package cli

import (
	"context"
	"strings"

	"github.com/spf13/cobra"

	"kanal-campaign/campaign"
	"kanal-campaign/campaign/number"
	"kanal-campaign/campaign/plan"
	"kanal-campaign/campaign/problem"
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
	o.flags(c, "country,format"+ledgerFlags)
	return c
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
	s, err := a.openExisting(ctx, o, "")
	if none := refusedAs(err, campaign.RefusedNoLedger); none != nil && o.format != "json" {
		screen.Refused(a.Out, none, a.about)
		return nil
	} else if none != nil {
		return screen.HistoryJSON(a.Out, modeOf(o), campaign.History{Number: n.Digits, Region: n.Region})
	}
	if err != nil {
		return err
	}
	defer s.close()
	history, err := s.History(ctx, n)
	if err != nil {
		return err
	}
	if o.format == "json" {
		return screen.HistoryJSON(s.Out, s.mode, history)
	}
	screen.History(s.Out, s.mode, history)
	return nil
}
