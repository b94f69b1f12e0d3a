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
	"kanal-campaign/campaign/ledger/sqlite"
	"kanal-campaign/campaign/outcome"
	"kanal-campaign/campaign/record"
	"kanal-campaign/campaign/text"
	"kanal-campaign/reports/htmlreport"
	"kanal-campaign/reports/screen"
	"kanal-campaign/reports/words"
)

// reportOptions say which rows a report picks, and where it writes them.
type reportOptions struct {
	only   []string
	causes []string
	output string
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
	inGroup(c.Flags(), groupOutput, func(f *flagSet) {
		f.StringVar(&o.out, "out", "", "")
	})
	inGroup(c.Flags(), groupWhich, func(f *flagSet) {
		f.StringSliceVar(&ro.only, "only", nil, "")
		f.StringSliceVar(&ro.causes, "cause", nil, "")
		f.VarP((*newFile)(&ro.output), "output", "o", "")
	})
	inGroup(c.Flags(), groupOutput, func(f *flagSet) {
		f.BoolVar(&ro.unmasked, "unmasked", false, "")
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

func (ro *reportOptions) validate(f screen.Face) error {
	for _, typed := range [][]string{ro.only, ro.causes} {
		for i, word := range typed {
			typed[i] = strings.TrimSpace(word)
		}
	}
	for i, word := range ro.only {
		if status, known := screenWords[word]; known {
			ro.only[i] = string(status)
		} else if !slices.Contains(outcome.Statuses, outcome.Status(word)) {
			return misuse(f.FlagsOnlyStatus(f.InQuotes(word)) + screen.DidYouMean(f, word, statusWords()))
		}
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

// selection is what the flags pick. A cause that is a word of nothing is refused: it would leave people out of the file.
func (s *session) selection(ctx context.Context, c record.Campaign, ro *reportOptions) (record.Selection, error) {
	picked := record.Selection{Causes: ro.causes}
	for _, status := range ro.only {
		picked.Statuses = append(picked.Statuses, outcome.Status(status))
	}
	names, err := campaign.CauseNames(s.ledger.Rows(ctx, c.ID))
	if err != nil {
		return picked, err
	}
	unknown := slices.IndexFunc(ro.causes, func(cause string) bool {
		return !slices.Contains(names, cause) && !slices.Contains(s.KnownCauses, cause)
	})
	if unknown < 0 {
		return picked, nil
	}
	strange, meant := ro.causes[unknown], screen.CauseMeant(s.Err, ro.causes[unknown], names)
	picked.Causes = nil
	there, err := s.causesThere(ctx, c, picked)
	if err != nil {
		return picked, err
	}
	text := s.Err.ReportNoCause(text.Clean(c.Name), text.Clean(strange)) + meant
	if there != "" {
		text += " " + s.Err.ReportCausesThere(there)
	}
	return picked, failed(text)
}

// causesThere says which causes the rows have that are picked.
func (s *session) causesThere(ctx context.Context, c record.Campaign, picked record.Selection) (string, error) {
	there, err := campaign.CausesOf(s.ledger.Rows(ctx, c.ID), picked.Takes)
	return screen.CausesThere(s.Err.Words, there), err
}

// noRowFits says that no row is of the statuses and the causes asked for, and which causes there are.
func (s *session) noRowFits(ctx context.Context, c record.Campaign, asked record.Selection, passed int) error {
	sentences := []string{s.Err.ReportNoRow(text.Clean(c.Name))}
	if passed > 0 {
		sentences = append(sentences, s.Err.SelectionPassedOnly(passed))
	}
	if len(asked.Causes) > 0 {
		asked.Causes = nil
		there, err := s.causesThere(ctx, c, asked)
		if err != nil {
			return err
		}
		if there != "" {
			return failed(strings.Join(append(sentences, s.Err.ReportCausesThere(there)), " "))
		}
	}
	return failed(strings.Join(append(sentences, s.Err.ReportLook()), " "), s.command("status", c.Name))
}

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
	results, err := s.writeResults(ctx, known)
	if err != nil {
		return failed(screen.ResultsUnwritten(s.Err, sqlite.Explain(s.ledgerFile, err), known.OutDir), s.command("report", name))
	}
	page, err := s.writeReport(ctx, known, false, screen.OverviewOptions{Unmasked: ro.unmasked})
	if err != nil {
		screen.Written(s.Out, results, record.File{})
		return failed(screen.ReportUnwritten(s.Err, sqlite.Explain(s.ledgerFile, err), known.OutDir), s.command("report", name))
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
	selection, err := s.selection(ctx, known, ro)
	if err != nil {
		return err
	}
	done, err := s.source(ctx, known).WriteSelection(ctx, selection, ro.output)
	switch {
	case errors.Is(err, fs.ErrExist):
		return failed(s.Err.FileIsThereOther(s.Err.Path(ro.output), s.Err.Shell.Word(record.FreeName(ro.output))))
	case err != nil:
		return err
	case done.Rows == 0:
		return s.noRowFits(ctx, known, selection, done.Passed)
	}
	if err := s.Note(ctx, known.Name, ro.output); err != nil {
		return err
	}
	screen.SelectionWritten(s.Out, done, ro.output, s.command("templates"))
	return nil
}

// source is what the files of a campaign are written from.
func (s *session) source(ctx context.Context, c record.Campaign) record.Source {
	return campaign.SourceOf(ctx, s.ledger, c, s.mode == screen.Sandbox)
}

// writeResults writes the campaign's results.
func (s *session) writeResults(ctx context.Context, c record.Campaign) (record.File, error) {
	return s.source(ctx, c).WriteResults(ctx, s.Out.Words)
}

// writeReport writes the campaign's HTML report beside its results. atEnd is set at the end of a run, whose lock the campaign's is.
func (s *session) writeReport(ctx context.Context, c record.Campaign, atEnd bool, o screen.OverviewOptions) (record.File, error) {
	o.Mode, o.Ledger = s.mode, s.options.ledger
	o.Volume, _ = s.VolumeLeft(ctx, c) // without it the report proposes no day's part
	o.Rest, _ = s.PartLeft(ctx, c)     // nor, without this one, what is left of a pilot
	return s.source(ctx, c).WriteReport(ctx, func(w io.Writer) error {
		facts, err := campaign.ReportFactsOf(ctx, s.ledger, c, atEnd)
		if err != nil {
			return err
		}
		overview, err := screen.NewOverview(s.Out, facts, o)
		if err != nil {
			return err
		}
		return htmlreport.Render(w, overview)
	})
}
