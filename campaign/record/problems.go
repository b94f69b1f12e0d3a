package record

import (
	"bufio"
	"cmp"
	"context"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strconv"

	"github.com/gocarina/gocsv"

	"kanal-campaign/campaign/audience"
	"kanal-campaign/campaign/problem"
	"kanal-campaign/campaign/text"
)

// problemRow is one problem as the problems file shows it.
type problemRow struct {
	Row      string `csv:"row"`
	Column   string `csv:"column"`
	Code     string `csv:"code"`
	Value    string `csv:"value"`
	Problem  string `csv:"problem"`
	Fix      string `csv:"proposed_fix"`
	Severity string `csv:"severity"`
}

var problemColumns = []string{"row", "column", "code", "value", "problem", "proposed_fix", "severity"}

// problemsBatch is how many problems go through gocsv at a time.
const problemsBatch = 500

// Problems collects problems while an audience is read, in constant memory, and becomes a file when all of them are
// known. It belongs to one goroutine.
type Problems struct {
	path   string
	say    Sentences
	draft  func() (*draft, error)
	staged *draft // UTF-8; nil until there is a problem
	out    *csv.Writer
	rows   []problemRow
}

// NewProblems returns a file meant for place.Problems(). Nothing is written before there is a problem.
func NewProblems(ctx context.Context, drafts Drafts, place Place, say Sentences) (*Problems, error) {
	dir := filepath.Dir(place.Problems())
	info, err := os.Stat(dir)
	if err == nil && !info.IsDir() {
		err = errors.New("not a folder")
	}
	if err != nil {
		return nil, fmt.Errorf("the problems cannot be written: %w", err)
	}
	return &Problems{path: place.Problems(), say: say, draft: func() (*draft, error) {
		return newDraft(ctx, drafts, place.Campaign, dir)
	}}, nil
}

// Path returns where the file is once Commit has written it; before, where it is meant to be.
func (f *Problems) Path() string { return f.path }

// Add appends problems in the order in which they are to be read, but that the file has all errors before all warnings.
func (f *Problems) Add(problems []problem.Problem) error {
	if len(problems) == 0 {
		return nil
	}
	if f.staged == nil {
		staged, err := f.draft()
		if err != nil {
			return fmt.Errorf("the problems cannot be written: %w", err)
		}
		f.staged, f.out = staged, csv.NewWriter(staged.file)
	}
	for _, p := range problems {
		f.rows = append(f.rows, f.rowOf(p))
	}
	if len(f.rows) < problemsBatch {
		return nil
	}
	return f.flush()
}

func (f *Problems) flush() error {
	if len(f.rows) == 0 {
		return nil
	}
	err := gocsv.MarshalCSVWithoutHeaders(f.rows, f.out)
	f.rows = f.rows[:0]
	return err
}

func (f *Problems) rowOf(p problem.Problem) problemRow {
	p.Fix = pastable(p.Fix)
	wrong, fix := f.say.Problem(p)
	row := problemRow{
		Column:   unformula(p.Column),
		Code:     string(p.Code),
		Value:    unformula(text.Visible(text.WithTabs(p.Value))),
		Problem:  unformula(wrong),
		Fix:      unformula(cmp.Or(p.Fix, fix)),
		Severity: string(p.Severity),
	}
	if p.Row > 0 {
		row.Row = strconv.Itoa(p.Row)
	}
	return row
}

// pastable is a fix that does its work when it is copied out of the file: what stands there before a formula's sign would be copied,
// too, which numbers are read with, and nothing else is. "" for one that does not.
func pastable(fix string) string {
	if unformula(fix) == fix || internationally().MatchString(fix) {
		return fix
	}
	return ""
}

var internationally = text.Pattern(`^\+\d+$`)

// Commit writes the file in the dialect d, or in UTF-8 with a BOM where its encoding cannot hold the text, and reports
// whether there was anything to write. Without a problem it removes an earlier problems file at the path, since that
// would tell of problems that are solved. A file that is no problems file is never replaced, and one that another
// program holds is left: the next free number is taken then, and Path tells it.
func (f *Problems) Commit(d audience.Dialect) (written bool, err error) {
	defer f.Discard()
	if f.staged == nil {
		return false, f.removeStale()
	}
	if err := f.flush(); err != nil {
		return false, fmt.Errorf("the problems cannot be written: %w", err)
	}
	if d == (audience.Dialect{}) { // the audience itself could not be read
		d = d.UTF8()
	}
	final, err := f.draft()
	if err != nil {
		return false, fmt.Errorf("the problems cannot be written: %w", err)
	}
	defer final.drop()
	err = f.encode(final, d)
	if errors.Is(err, audience.ErrUnencodable) {
		if err = final.restart(); err == nil {
			err = f.encode(final, d.UTF8())
		}
	}
	if err == nil {
		err = final.seal()
	}
	var file File
	if err == nil {
		file, err = final.place(f.path, func(path string) (bool, error) { return isFree(path) || isProblemsFile(path), nil })
	}
	if err != nil {
		return false, fmt.Errorf("the problems cannot be written: %w", err)
	}
	f.path = file.Path
	return true, nil
}

// encode copies what was staged into the draft, in the dialect.
func (f *Problems) encode(to *draft, d audience.Dialect) error {
	out := audience.NewWriter(to.file, d)
	if err := out.Write(problemColumns); err != nil {
		return err
	}
	for _, severe := range []bool{true, false} {
		if err := f.encodeOnly(severe, out); err != nil {
			return err
		}
	}
	out.Flush()
	return out.Error()
}

// encodeOnly copies the errors, or all others.
func (f *Problems) encodeOnly(severe bool, out *audience.Writer) error {
	if _, err := f.staged.file.Seek(0, io.SeekStart); err != nil {
		return err
	}
	in := csv.NewReader(bufio.NewReader(f.staged.file))
	in.ReuseRecord = true
	for {
		record, err := in.Read()
		if err == io.EOF {
			return nil
		}
		if err != nil {
			return err
		}
		if isError := record[len(record)-1] == string(problem.Error); isError != severe {
			continue
		}
		if err := out.Write(record); err != nil {
			return err
		}
	}
}

func isFree(path string) bool {
	_, err := os.Stat(path)
	return errors.Is(err, os.ErrNotExist)
}

// isProblemsFile recognises a problems file by its columns, which no other file has.
func isProblemsFile(path string) bool {
	file, err := audience.Open(path, audience.Options{})
	if err != nil {
		return false
	}
	defer file.Close()
	return slices.Equal(file.Header(), problemColumns)
}

func (f *Problems) removeStale() error {
	if isFree(f.path) || !isProblemsFile(f.path) {
		return nil
	}
	if err := os.Remove(f.path); err != nil && !isLocked(err) {
		return fmt.Errorf("the old problems file cannot be removed: %w", err)
	}
	return nil
}

// Discard drops what was collected. It is harmless after Commit.
func (f *Problems) Discard() {
	if f.staged != nil {
		f.staged.drop()
	}
	f.staged, f.out, f.rows = nil, nil, nil
}
