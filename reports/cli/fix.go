package cli

import (
	"context"
	"errors"
	"io/fs"
	"iter"
	"kanal-campaign/campaign/message"
	"kanal-campaign/campaign/plan"
	"maps"
	"os"
	"path/filepath"
	"strings"

	"github.com/spf13/pflag"

	"kanal-campaign/campaign"
	"kanal-campaign/campaign/audience"
	"kanal-campaign/campaign/problem"
	"kanal-campaign/campaign/record"
	"kanal-campaign/reports"
)

// fixOptions are the flags by which check writes a file anew.
type fixOptions struct {
	fix    bool
	output string
}

func (o *fixOptions) flags(flags *pflag.FlagSet) {
	inGroup(flags, groupOutput, func(f *pflag.FlagSet) {
		f.BoolVar(&o.fix, "fix", false, "")
		f.VarP((*newFile)(&o.output), "output", "o", "")
	})
}

// target is the file that the fixes go into: a new one, and a workbook only if they are a workbook's.
func (o *fixOptions) target(f reports.Face, path string) (string, error) {
	target := o.output
	if target == "" {
		target = strings.TrimSuffix(path, filepath.Ext(path)) + ".fixed" + record.EndingLike(path)
	}
	if record.IsWorkbook(target) && !isNewWorkbook(target, path) {
		return "", misuse("%s", f.FixWorkbookOnly())
	}
	if _, err := os.Lstat(target); !errors.Is(err, fs.ErrNotExist) {
		if err != nil {
			return "", err
		}
		return "", failed("%s", f.FileIsThere(f.Path(target)))
	}
	return target, nil
}

// fixInto writes the audience of a plan with every safe mend into a new file; none where nothing is mended, or the file
// cannot be understood. The rows keep their numbers.
func (s *session) fixInto(ctx context.Context, p *campaign.Plan, target string) (reports.Fixes, error) {
	fixes := reports.Fixes{Asked: true, From: filepath.Base(p.Path)}
	reading := s.reading(p)
	defer reading.Close()
	file, err := p.Open()
	if err != nil {
		return fixes, err
	}
	defer file.Close()
	p.Columns, p.ColumnIssues = plan.MapColumns(file.Header(), p.Message, p.Settings)
	if !p.Readable() {
		return fixes, nil
	}
	p.Columns.Where, p.Columns.Consent = nil, nil // a fixed file is one of all people
	check := &plan.Check{Message: p.Message, Campaign: p.Name, Settings: p.Settings, Columns: p.Columns, Header: file.Header(),
		Open: p.Open}
	file.Watch(allColumns(file.Header())) // another command may take its values from other columns
	file.WatchTyped(p.Columns.Phone)
	mender := plan.Mender{Dialect: file.Dialect()}
	written, err := record.WriteFixed(ctx, s.ledger, p.Name, target, file, func(add addRow) error {
		var shown map[int]audience.ShownNumber // of the row that is judged
		report, err := check.Run(ctx, shownOf(file.Rows(), &shown), func(row record.Row) error {
			reading.Row()
			mender.Rules = check.NumberRules(row.Cells)
			cells, mends := mender.Mend(row, file.Header())
			fixes.Count += len(mends)
			fixes.First = append(fixes.First, mends[:min(len(mends), reports.MostFixes-len(fixes.First))]...)
			maps.DeleteFunc(shown, func(i int, n audience.ShownNumber) bool { return cells[i] != row.Cells[i] || n.Formula != "" })
			return add(row, cells, shown)
		})
		if err == nil {
			keepWarnings(&fixes, report.Groups, plan.SheetNotes(file), record.IsWorkbook(target))
		}
		return err
	}, func() bool { return fixes.Count > 0 })
	if written {
		fixes.Path = target
	}
	return fixes, err
}

// addRow takes a row with its cells, and those that are numbers and shown otherwise.
type addRow = func(record.Row, []string, map[int]audience.ShownNumber) error

func allColumns(header []string) []int {
	columns := make([]int, len(header))
	for i := range header {
		columns[i] = i
	}
	return columns
}

// shownOf hands on rows, and keeps what the sheet shows in the one at hand.
func shownOf(rows iter.Seq2[audience.Row, error], shown *map[int]audience.ShownNumber) iter.Seq2[audience.Row, error] {
	return func(yield func(audience.Row, error) bool) {
		for row, err := range rows {
			if *shown = row.Shown; !yield(row, err) {
				return
			}
		}
	}
}

// keepWarnings keeps what only the former file tells; another workbook tells itself what it shows.
func keepWarnings(fixes *reports.Fixes, groups []plan.Group, notes []problem.Problem, intoWorkbook bool) {
	for _, g := range groups {
		if !intoWorkbook && (g.Code == message.ValueShown || g.Code == message.ValueDateNames) {
			fixes.Groups = append(fixes.Groups, g)
		}
	}
	for _, note := range notes {
		if note.Code != plan.CellsComputed { // which the new one has, too
			fixes.Notes = append(fixes.Notes, note)
		}
	}
}
