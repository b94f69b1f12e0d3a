package cli

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"slices"

	"github.com/spf13/cobra"

	"kanal-campaign/campaign/ledger"
	"kanal-campaign/campaign/outcome"
	"kanal-campaign/reports"
)

// reportOptions say which rows a report picks, and where it writes them.
type reportOptions struct {
	only   string
	cause  string
	output string
}

func (a *app) reportCommand() *cobra.Command {
	o := newOptions()
	ro := &reportOptions{}
	c := &cobra.Command{
		Use:     "report CAMPAIGN [flags]",
		GroupID: "see",
		Short:   "Write the results file again, at any time",
		Long: `Write NAME.results.csv again from the ledger: every row of the file, in its order,
with a message id or the reason. It may be used at any time, also while the
campaign runs; a row whose request is on its way reads unknown.

With --only or --cause, and -o, it writes those rows as a new file with your own
columns, ready for another campaign: everyone outside the 24-hour window, say, for
a template.`,
		Example: `  kanal-campaign report novembre
  kanal-campaign report answers --only rejected --cause closed-window -o again.csv`,
		Args: arguments(cobra.ExactArgs(1), "Name the campaign: kanal-campaign report CAMPAIGN."),
		RunE: func(c *cobra.Command, args []string) error {
			return a.report(c.Context(), o, ro, campaignArgument(args))
		},
	}
	inGroup(c.Flags(), groupOutput, func(f *flagSet) {
		f.StringVar(&o.out, "out", "", "write the results into this `DIR` (default: where the campaign's results are)")
		f.StringVar(&ro.only, "only", "", "only rows with this `STATUS`: sent, already_sent, rejected, unknown, pending, invalid, skipped")
		f.StringVar(&ro.cause, "cause", "", "only rows with this `CAUSE` or code, as the results name it")
		f.StringVarP(&ro.output, "output", "o", "", "write those rows as a new audience into this `FILE`")
	})
	o.ledgerFlag(c.Flags())
	o.sandboxFlag(c.Flags())
	return c
}

// screenWords are the words of the screens for statuses.
var screenWords = map[string]outcome.Status{
	"accepted": outcome.Sent, "refused": outcome.Rejected, "in-doubt": outcome.Unknown, "not-sent": outcome.Pending,
	"left-out": outcome.Skipped,
}

func (ro *reportOptions) validate() error {
	if status, known := screenWords[ro.only]; known {
		ro.only = string(status)
	}
	switch {
	case ro.only != "" && !slices.Contains(outcome.Statuses, outcome.Status(ro.only)):
		return misuse("--only %s is no status: write sent, already_sent, rejected (or refused), unknown (in-doubt), pending (not-sent), invalid or skipped (left-out).", ro.only)
	case (ro.only != "" || ro.cause != "") && ro.output == "":
		return misuse("Name the file for those rows with -o FILE.")
	case ro.output != "" && ro.only == "" && ro.cause == "":
		return misuse("Say which rows go into %s: --only STATUS, --cause CAUSE, or both.", ro.output)
	}
	return nil
}

// noRowFits says that no row is of the status and the cause asked for, and which causes there are.
func (s *session) noRowFits(ctx context.Context, c ledger.Campaign, asked reports.Selection) error {
	text := fmt.Sprintf("No row of campaign %s fits, and no file was written.", reports.Clean(c.Name))
	if asked.Cause != "" {
		asked.Cause = ""
		there, err := reports.CausesThere(ctx, s.ledger, c, asked.Takes)
		if err != nil {
			return err
		}
		if there != "" {
			return failed("%s The causes of these rows: %s.", text, there)
		}
	}
	return failed("%s %s shows what there is.", text, s.command("status", c.Name))
}

func (a *app) report(ctx context.Context, o *options, ro *reportOptions, name string) error {
	if err := ro.validate(); err != nil {
		return err
	}
	if err := a.mustKnow(ctx, o, name); err != nil {
		return err
	}
	s, err := a.open(ctx, o)
	if err != nil {
		return err
	}
	defer s.close()
	known, err := s.ledger.Campaign(ctx, name)
	if err != nil {
		return err
	}
	if ro.output != "" {
		selection := reports.Selection{Status: outcome.Status(ro.only), Cause: ro.cause}
		n, err := reports.WriteSelection(ctx, s.ledger, known, selection, ro.output)
		switch {
		case errors.Is(err, fs.ErrExist):
			return failed("%s is there already and was left alone. Name another file: -o %s", ro.output,
				reports.Argument(reports.FreeName(ro.output)))
		case err != nil:
			return err
		case n == 0:
			return s.noRowFits(ctx, known, selection)
		}
		reports.SelectionWritten(s.Out, n, ro.output)
		return nil
	}
	if o.out != "" {
		if known.OutDir, err = o.outDir(""); err != nil {
			return err
		}
	}
	results, err := reports.WriteResults(ctx, s.ledger, known, s.mode)
	if err != nil {
		return failed("%s", reports.ResultsUnwritten(ledger.Explain(s.ledgerFile, err), known.OutDir, s.command("report", name)))
	}
	reports.Written(s.Out, results)
	return nil
}
