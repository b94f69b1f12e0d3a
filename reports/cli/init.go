package cli

import (
	"errors"
	"io/fs"

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
			return a.starter(c, o, path, excel)
		},
	}
	c.Flags().BoolVar(&excel, "excel", false, "")
	c.Flags().VarP((*newFile)(&path), "output", "o", "")
	o.flags(c, "delimiter"+messageFlags+accessFlags)
	return c
}

func (a *app) starter(c *cobra.Command, o *options, path string, excel bool) error {
	switch {
	case excel && o.delimiter != "":
		return misuse(a.Err.InitExcelAndDelimiter())
	case record.IsWorkbook(path) && (excel || o.delimiter != ""):
		return misuse(a.Err.InitWorkbookDelimiter(a.Err.Path(path)))
	case excel:
		o.delimiter = ";"
	}
	s, err := a.open(c.Context(), o)
	if err != nil {
		return err
	}
	defer s.close()
	req, err := s.request(c, asked{file: path})
	if err != nil {
		return err
	}
	path, err = s.Starter(c.Context(), req)
	s.tellUnread()
	if errors.Is(err, fs.ErrExist) {
		return failed(s.Err.FileIsThere(s.Err.Path(path)))
	}
	if err != nil {
		return err
	}
	next := campaign.Request{File: path, Message: req.Message, Settings: record.Settings{Country: starterCountry}}
	screen.StarterWritten(s.Out, path, s.Command(next.CheckWords()...))
	return nil
}
