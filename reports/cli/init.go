package cli

import (
	"context"
	"errors"
	"io/fs"
	"os"

	"github.com/spf13/cobra"

	"kanal-campaign/campaign"
	"kanal-campaign/campaign/record"
	"kanal-campaign/reports/screen"
)

// starterCountry is that of the example row's number.
const starterCountry = "FR"

func (a *app) initCommand() *cobra.Command {
	o := newOptions()
	var path string
	var excel bool
	c := &cobra.Command{
		Use:     "init",
		GroupID: groupPrepare,
		Example: a.examples(
			campaign.Command{"init", "--template", "order_confirmation", "-o", "novembre.xlsx"},
			campaign.Command{"init", "--template", "order_confirmation", "--excel", "-o", "novembre.csv"}),
		Args: cobra.NoArgs,
		RunE: func(c *cobra.Command, args []string) error {
			return a.starter(c.Context(), o, path, excel)
		},
	}
	c.Flags().BoolVar(&excel, "excel", false, "")
	c.Flags().VarP((*newFile)(&path), "output", "o", "")
	o.flags(c, "delimiter"+messageFlags+accessFlags)
	return c
}

func (a *app) starter(ctx context.Context, o *options, path string, excel bool) error {
	switch {
	case !o.namesMessage():
		return o.noMessage()
	case excel && o.delimiter != "":
		return misuse(a.Err.InitExcelAndDelimiter())
	case record.IsWorkbook(path) && (excel || o.delimiter != ""):
		return misuse(a.Err.InitWorkbookDelimiter(a.Err.Path(path)))
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
	asked, err := s.messageAsked(ctx, s.Err)
	if err != nil {
		return err
	}
	message, err := s.Message(asked)
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
		return failed(s.Err.FileIsThere(s.Err.Path(path)))
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
	next := campaign.Request{File: path, Message: asked, Settings: record.Settings{Country: starterCountry}}
	screen.StarterWritten(s.Out, path, s.Command(next.CheckWords()...))
	return nil
}
