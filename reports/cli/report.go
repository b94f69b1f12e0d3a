package cli

import (
	"context"
	"errors"
	"io"
	"io/fs"
	"maps"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"kanal-campaign/campaign"
	"kanal-campaign/campaign/outcome"
	"kanal-campaign/campaign/record"
	"kanal-campaign/reports/htmlreport"
	"kanal-campaign/reports/screen"
	"kanal-campaign/reports/words"
)

// reportOptions say which rows a report picks, and where it writes them.
type reportOptions struct {
	only     []string
	statuses []outcome.Status // that only names
	causes   []string
	output   string
	// unmasked shows whole numbers, names and keys in the HTML report.
	unmasked bool
}

func (a *app) reportCommand() *cobra.Command {
	o := newOptions()
	ro := &reportOptions{}
	c := &cobra.Command{
		Use:     "report",
		GroupID: groupSee,
		Example: a.examples(
			campaign.Command{"report", "novembre"},
			campaign.Command{"report", "answers", "--only", "rejected", "--cause", "closed-window", "-o", "again.csv"}),
		Args: cobra.ExactArgs(1),
		RunE: func(c *cobra.Command, args []string) error {
			return a.report(c.Context(), o, ro, campaignArgument(args))
		},
	}
	f := c.Flags()
	f.StringSliceVar(&ro.only, "only", nil, "")
	f.StringSliceVar(&ro.causes, "cause", nil, "")
	f.VarP((*newFile)(&ro.output), "output", "o", "")
	f.BoolVar(&ro.unmasked, "unmasked", false, "")
	o.flags(c, "out"+ledgerFlags)
	return c
}

// screenWords are the words of the screens for statuses.
var screenWords = map[string]outcome.Status{
	"accepted": outcome.Sent, "refused": outcome.Rejected, "in-doubt": outcome.Unknown, "not-sent": outcome.Pending,
	"left-out": outcome.Skipped,
}

func (ro *reportOptions) validate(f screen.Face) error {
	for _, typed := range [][]string{ro.only, ro.causes} {
		for i, word := range typed {
			typed[i] = strings.TrimSpace(word)
		}
	}
	for _, word := range ro.only {
		status, known := screenWords[word]
		if !known {
			status = outcome.Status(word)
		}
		if !slices.Contains(outcome.Statuses, status) {
			return misuse(f.FlagsOnlyStatus(f.InQuotes(word)) + screen.DidYouMean(f, word, statusWords()))
		}
		ro.statuses = append(ro.statuses, status)
	}
	picks := len(ro.only)+len(ro.causes) > 0
	switch {
	case picks && ro.output == "":
		return misuseOf((*words.Words).FlagsPickWithoutFile)
	case ro.output != "" && ro.unmasked:
		return misuseOf((*words.Words).FlagsUnmaskedOutput)
	case ro.output != "" && !picks:
		return misuse(f.FlagsFileWithoutPick(f.Path(ro.output)))
	}
	return nil
}

// statusWords are all words that --only takes.
func statusWords() []string { return append(statusNames(), slices.Sorted(maps.Keys(screenWords))...) }

func (a *app) report(ctx context.Context, o *options, ro *reportOptions, name string) error {
	if err := ro.validate(a.Err); err != nil {
		return err
	}
	s, known, err := a.openKnown(ctx, o, name)
	if err != nil {
		return err
	}
	defer s.close()
	if ro.output != "" {
		return s.writeSelection(ctx, known, ro)
	}
	if o.out != "" {
		if known.OutDir, err = o.outDir(""); err != nil {
			return err
		}
	}
	results, err := s.WriteResults(ctx, known)
	if err != nil {
		return failed(screen.ResultsUnwritten(s.Err, s.explain(err), known.OutDir), s.Command("report", name))
	}
	page, err := s.writeReport(ctx, known, false, ro.unmasked)
	if err != nil {
		screen.Written(s.Out, results, record.File{})
		return failed(screen.ReportUnwritten(s.Err, s.explain(err), known.OutDir), s.Command("report", name))
	}
	if o.out != "" {
		if err := s.Note(ctx, name, results.Path, page.Path); err != nil {
			return err
		}
	}
	screen.Written(s.Out, results, page)
	return nil
}

// writeSelection writes the rows that the flags pick as a new audience.
func (s *session) writeSelection(ctx context.Context, known record.Campaign, ro *reportOptions) error {
	if record.IsWorkbook(ro.output) && !isNewWorkbook(ro.output, known.File.Name) {
		return misuse(s.Err.WorkbookFromWorkbook(s.Err.Path(ro.output)))
	}
	done, err := s.WriteSelection(ctx, known, record.Selection{Statuses: ro.statuses, Causes: ro.causes}, ro.output)
	if errors.Is(err, fs.ErrExist) {
		return failed(s.Err.FileIsThereOther(s.Err.Path(ro.output), s.Err.Shell.Word(record.FreeName(ro.output))))
	}
	if err == nil {
		screen.SelectionWritten(s.Out, done, ro.output, s.Command("templates"))
	}
	return err
}

// writeReport writes the campaign's HTML report beside its results. atEnd is set at the end of a run, whose lock the campaign's is.
func (s *session) writeReport(ctx context.Context, c record.Campaign, atEnd, unmasked bool) (record.File, error) {
	return s.WriteReport(ctx, c, atEnd, func(w io.Writer, facts campaign.ReportFacts) error {
		overview, err := screen.NewOverview(s.Out, facts, screen.OverviewOptions{Session: s.screenSession(), Unmasked: unmasked})
		if err != nil {
			return err
		}
		return htmlreport.Render(w, overview)
	})
}
