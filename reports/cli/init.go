package cli

import (
	"context"
	"errors"
	"io/fs"
	"os"

	"github.com/spf13/cobra"

	"kanal-campaign/campaign"
	"kanal-campaign/campaign/record"
	"kanal-campaign/reports"
)

// starterCountry is that of the example row's number.
const starterCountry = "FR"

func (a *app) initCommand() *cobra.Command {
	o := newOptions()
	var path string
	var excel bool
	c := &cobra.Command{
		Use:     "init --template T [-o FILE] [flags]",
		GroupID: "prepare",
		Short:   "Write a starter file with the right columns for a template",
		Long: `Write a starter file for a template: the right header and one example row, ready to
be filled in with a spreadsheet. An existing file is never overwritten.

A name that ends in .xlsx makes a workbook, whose columns are text, so that Excel
damages no number; any other makes a CSV file. --excel writes the CSV that Excel opens
by a double click where lists are separated by semicolons, as in French.`,
		Example: a.examples(
			campaign.Command{"init", "--template", "order_confirmation", "-o", "novembre.xlsx"},
			campaign.Command{"init", "--template", "order_confirmation", "--excel", "-o", "novembre.csv"}),
		Args: arguments(cobra.NoArgs, a.Err.InitTakesNoFile()),
		RunE: func(c *cobra.Command, args []string) error {
			return a.starter(c.Context(), o, path, excel)
		},
	}
	o.messageFlags(c.Flags())
	inGroup(c.Flags(), groupOutput, func(f *flagSet) {
		f.StringVar(&o.delimiter, "delimiter", "", "the `CHARACTER` between columns: , ; | or tab (default: a comma)")
		f.BoolVar(&excel, "excel", false, "semicolons between columns, as Excel in French wants them")
		f.VarP((*newFile)(&path), "output", "o", "the `FILE` to write; .xlsx makes a workbook (default: the template's name with .csv)")
	})
	o.accessFlags(c.Flags())
	return c
}

func (a *app) starter(ctx context.Context, o *options, path string, excel bool) error {
	switch {
	case !o.namesMessage():
		return o.noMessage()
	case excel && o.delimiter != "":
		return misuse("%s", a.Err.InitExcelAndDelimiter())
	case record.IsWorkbook(path) && (excel || o.delimiter != ""):
		return misuse("%s", a.Err.InitWorkbookDelimiter(a.Err.Path(path)))
	case excel:
		o.delimiter = ";"
	}
	s, err := a.open(ctx, o)
	if err != nil {
		return err
	}
	defer s.close()
	if !o.freeForm() { // a free-form message asks Kanal for nothing
		if err := s.connect(ctx, ""); err != nil {
			return err
		}
	}
	message, err := s.askedMessage(ctx)
	if err != nil {
		return err
	}
	layout, err := o.audience()
	if err != nil {
		return err
	}
	if path == "" {
		path = record.FileName(message.Title()) + ".csv"
	}
	file, err := os.OpenFile(path, os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o644)
	if errors.Is(err, fs.ErrExist) {
		return failed("%s", s.Err.FileIsThere(s.Err.Path(path)))
	}
	if err != nil {
		return err
	}
	defer file.Close()
	header, example := message.Starter()
	if record.IsWorkbook(path) {
		err = record.WriteStarterWorkbook(file, header, example)
	} else {
		err = record.WriteStarter(file, header, example, layout.Delimiter)
	}
	if err != nil {
		return err
	}
	if err := file.Close(); err != nil {
		return err
	}
	words := append([]string{"check", path}, o.messageWords()...)
	reports.StarterWritten(s.Out, path, s.command(append(words, "--country", starterCountry)...))
	return nil
}
