package cli

import (
	"context"
	"errors"
	"fmt"
	"os"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"kanal-campaign/campaign"
	"kanal-campaign/campaign/ledger"
	"kanal-campaign/campaign/ledger/sqlite"
	"kanal-campaign/campaign/number"
	"kanal-campaign/campaign/record"
	"kanal-campaign/campaign/text"
	"kanal-campaign/reports/screen"
)

func (a *app) forgetCommand() *cobra.Command {
	o := newOptions()
	olderThan := ""
	c := &cobra.Command{
		Use:     "forget",
		GroupID: groupSee,
		Example: a.examples(
			campaign.Command{"forget", "+33612345678"},
			campaign.Command{"forget", "--older-than", "3y"}),
		Args: cobra.ArbitraryArgs,
		RunE: func(c *cobra.Command, args []string) error {
			return a.forget(c, o, strings.Join(args, " "), olderThan)
		},
	}
	o.numberFlags(c.Flags())
	inGroup(c.Flags(), groupWhom, func(f *flagSet) {
		f.StringVar(&olderThan, "older-than", "", "")
	})
	inGroup(c.Flags(), groupSafety, func(f *flagSet) {
		f.BoolVarP(&o.yes, "yes", "y", false, "")
	})
	o.ledgerFlag(c.Flags())
	o.sandboxFlag(c.Flags())
	return c
}

// forgetting is one forget at work.
type forgetting struct {
	*session
	words     []string // the command's own, to be spelled again
	screen    screen.ForgetScreen
	person    string // canonical digits; empty for campaigns by their age
	trace     number.Trace
	tests     []record.TestSent
	campaigns map[int64]record.Campaign
	held      map[string]func() error // the locks, by campaign
}

func (a *app) forget(c *cobra.Command, o *options, text, olderThan string) error {
	ctx := c.Context()
	if err := o.validate(); err != nil {
		return err
	}
	f := &forgetting{words: []string{"forget"}, held: map[string]func() error{}}
	switch {
	case (text == "") == (olderThan == ""):
		return &usageError{text: a.Err.ForgetNameOne(), command: c}
	case text != "":
		n, err := a.askedNumber(o, text)
		if err != nil {
			return err
		}
		f.screen.Number, f.person, f.trace = n.Digits, number.Canonical(n.Digits), number.TraceOf(n.Digits)
		f.words = append(f.words, "+"+n.Digits)
	default:
		before, known := before(time.Now(), olderThan)
		if !known {
			return &usageError{text: a.Err.ForgetAgeUnknown(a.Err.InQuotes(olderThan))}
		}
		f.screen.Before = before
		f.words = append(f.words, "--older-than", olderThan)
	}
	var err error
	f.session, err = a.openExisting(ctx, o)
	if missing := (*noLedgerError)(nil); errors.As(err, &missing) {
		missing.tell(a.Out)
		return nil
	}
	if err != nil {
		return err
	}
	defer f.close()
	defer f.unlock()
	f.screen.Mode = f.mode
	if err := f.ledger.Verify(ctx); err != nil {
		return err
	}
	return f.run(ctx)
}

var age = regexp.MustCompile(`^([0-9]{1,4}) ?(d|w|m|y)$`)

// before returns the time that lies an age such as 90d, 18m or 3y back; known is false for a text that is no age.
func before(now time.Time, text string) (then time.Time, known bool) {
	match := age.FindStringSubmatch(strings.ToLower(strings.TrimSpace(text)))
	if match == nil {
		return now, false
	}
	n, _ := strconv.Atoi(match[1]) // four digits
	switch match[2] {
	case "d":
		return now.AddDate(0, 0, -n), true
	case "w":
		return now.AddDate(0, 0, -7*n), true
	case "m":
		return now.AddDate(0, -n, 0), true
	}
	return now.AddDate(-n, 0, 0), true
}

func (f *forgetting) run(ctx context.Context) error {
	find := f.findOld
	if f.person != "" {
		find = f.findPerson
	}
	if err := find(ctx); err != nil {
		return err
	}
	if err := f.lock(ctx); err != nil {
		return err
	}
	if err := find(ctx); err != nil { // as it is now, with nobody at work on it
		return err
	}
	for _, part := range f.screen.Parts {
		if f.held[part.Campaign.Name] == nil {
			return failed(f.Err.ForgetLedgerChanged())
		}
	}
	if n := f.screen.Rows() + f.screen.Tests; n > 0 {
		screen.Forget(f.Err, f.screen)
		if err := f.ask(ctx, n); err != nil {
			return err
		}
	}
	done, err := f.erase(ctx)
	if err != nil {
		return err
	}
	if done.Rows+done.Tests == 0 && len(done.Running) == 0 {
		screen.NothingToForget(f.Out, f.screen)
		return nil
	}
	screen.Forgotten(f.Out, done)
	return nil
}

// findPerson finds the rows of the person, by campaign.
func (f *forgetting) findPerson(ctx context.Context) error {
	own, others, err := f.ledger.Find(ctx, f.person, f.trace.In)
	if err == nil {
		f.campaigns, err = f.ledger.CampaignsByID(ctx)
	}
	if err == nil {
		f.tests, err = f.testsTo(ctx, f.person)
	}
	f.screen.Parts, f.screen.Others, f.screen.Tests = f.parts(own), f.parts(others), len(f.tests)
	if err == nil {
		err = f.findKept(ctx)
	}
	return err
}

func (f *forgetting) parts(rows []record.Row) (parts []screen.ForgetPart) {
	for _, row := range rows {
		if n := len(parts); n == 0 || parts[n-1].Campaign.ID != row.CampaignID {
			parts = append(parts, screen.ForgetPart{Campaign: f.campaigns[row.CampaignID]})
		}
		last := &parts[len(parts)-1]
		last.Rows, last.Count = append(last.Rows, row), last.Count+1
	}
	return parts
}

// findOld finds the finished campaigns in which nothing has happened since.
func (f *forgetting) findOld(ctx context.Context) error {
	all, err := f.ledger.Campaigns(ctx)
	f.screen.Parts, f.screen.Unfinished = nil, nil
	tests, failed := f.ledger.Tests(ctx)
	f.tests = slices.DeleteFunc(tests, func(t record.TestSent) bool {
		return !t.Run.StartedAt.Before(f.screen.Before) || !t.Tells()
	})
	f.screen.Tests = len(f.tests)
	for _, c := range slices.Backward(all) {
		last, err := f.ledger.LastActivity(ctx, c)
		if err != nil {
			return err
		}
		if !last.Before(f.screen.Before) {
			continue
		}
		whole, err := f.ledger.Remembered(ctx, c.ID)
		if err != nil {
			return err
		}
		switch {
		case whole == 0:
		case c.FinishedAt.IsZero():
			f.screen.Unfinished = append(f.screen.Unfinished, c.Name)
		default:
			f.screen.Parts = append(f.screen.Parts, screen.ForgetPart{Campaign: c, Count: whole})
		}
	}
	return errors.Join(err, failed)
}

// lock holds every campaign concerned: nobody sends, or plans, while people are taken out. What dead processes left open
// is closed, and what they had only prepared is dropped.
func (f *forgetting) lock(ctx context.Context) error {
	for _, part := range f.screen.Parts {
		name := part.Campaign.Name
		if f.held[name] == nil {
			release, err := f.ledger.Lock(ctx, name)
			if running := (*record.RunningError)(nil); errors.As(err, &running) {
				return decide(f.Err.ForgetRunning(text.Clean(name)))
			}
			if err != nil {
				return err
			}
			f.held[name] = release
			if err := f.ledger.DropStaged(ctx, name); err != nil {
				return err
			}
		}
		if _, err := f.ledger.Abandon(ctx, part.Campaign.ID, f.doubtDelay); err != nil {
			return err
		}
	}
	return nil
}

func (f *forgetting) unlock() {
	for _, release := range f.held {
		_ = release() // as the end of the process does
	}
}

// ask asks for the number of rows to be typed. A rehearsal asks nothing; without a terminal only --yes will do.
func (f *forgetting) ask(ctx context.Context, n int) error {
	if f.sandbox || f.yes {
		return nil
	}
	if !f.InTerminal {
		return decide(f.Err.ForgetNoTerminal())
	}
	fmt.Fprint(f.Err, screen.ForgetPrompt(f.Err, n))
	typed, err := readLine(ctx, f.In)
	if errors.Is(err, errNothingTyped) || err == nil && strings.ReplaceAll(typed, ",", "") != strconv.Itoa(n) {
		return decide(f.Err.ForgetNotTyped(strconv.Itoa(n)))
	}
	return err
}

// erase forgets what was found, in the ledger, in what lies beside it, and in the bytes of its files.
func (f *forgetting) erase(ctx context.Context) (screen.ForgetDone, error) {
	done := screen.ForgetDone{Mode: f.mode, Rows: f.screen.Rows(), Tests: len(f.tests),
		Others: f.screen.Others, Kept: f.screen.Kept}
	e := ledger.Erasure{What: "a number", Person: userName(), Computer: hostName()}
	var changed bool
	var err error
	if f.person != "" {
		var rows []record.Row
		for _, part := range f.screen.Parts {
			rows = append(rows, part.Rows...)
		}
		changed, err = f.ledger.ForgetRows(ctx, rows, f.tests, f.trace.Redact, e)
	} else if len(f.screen.Parts)+len(f.tests) > 0 {
		e.What = "campaigns without activity since " + f.screen.Before.Format(time.DateOnly)
		var ids []int64
		for _, part := range f.screen.Parts {
			ids = append(ids, part.Campaign.ID)
		}
		changed, err = true, f.ledger.ForgetCampaigns(ctx, ids, f.tests, e)
	}
	if err != nil {
		return done, err
	}
	if done.Running, err = f.eraseBeside(ctx); err != nil {
		return done, failed(f.Err.ForgetLogsFailed(text.Clean(screen.RootCause(f.Err.Words, err).Error())), f.command(f.words...))
	}
	if err := f.sweep(ctx, changed); err != nil {
		return done, err
	}
	for _, part := range f.screen.Parts {
		files, err := f.exported(ctx, part.Campaign)
		if err != nil {
			return done, err
		}
		for _, path := range files {
			if !slices.Contains(done.Files, path) {
				done.Files = append(done.Files, path)
			}
		}
		done.Reports = append(done.Reports, f.command("report", part.Campaign.Name))
		// Drafts of results that dead processes left: nothing is lost where they stay.
		_ = record.Writable(ctx, f.ledger, part.Campaign.Name, part.Campaign.OutDir)
	}
	done.Rehearsed = f.rehearsed()
	return done, nil
}

// exported returns the files outside of the ledger that hold, or may hold, rows of the campaign, as far as it knows them: what
// was read and written for it, and in each of their folders its results, problems and reports.
func (f *forgetting) exported(ctx context.Context, c record.Campaign) ([]string, error) {
	noted, err := f.ledger.Files(ctx, c.Name)
	if err != nil {
		return nil, err
	}
	named := append([]string{c.File.Path, c.RebuiltFrom}, noted...)
	for _, list := range c.Settings.Suppress {
		named = append(named, list.Path)
	}
	return f.mode.Place(c.OutDir, c.Name).Files(named), nil
}

// sweep removes from the ledger's files what was erased now, or by a process that died before it could.
func (f *forgetting) sweep(ctx context.Context, changed bool) error {
	unswept, err := f.ledger.Unswept(ctx)
	if err != nil || !changed && !unswept {
		return err
	}
	if err := f.ledger.Sweep(ctx); err != nil {
		return failed(f.Err.ForgetUnswept(text.Clean(sqlite.Explain(f.ledgerFile, err).Error())), f.command(f.words...))
	}
	return nil
}

// rehearsed spells the same command for the rehearsals' ledger, where there is one.
func (f *forgetting) rehearsed() campaign.Command {
	if f.sandbox {
		return nil
	}
	rehearsal := &session{app: f.app, options: &options{sandbox: true, ledger: f.options.ledger}}
	path, err := rehearsal.ledgerPath()
	if err != nil {
		return nil
	}
	if _, err := os.Stat(path); err != nil {
		return nil
	}
	return rehearsal.command(f.words...)
}

// masks are the forms in which the logs know the person.
func (f *forgetting) masks() []string {
	masks := []string{number.Mask(f.screen.Number), number.Mask(f.person)}
	for _, part := range f.screen.Parts {
		for _, row := range part.Rows {
			if row.Phone != "" {
				masks = append(masks, number.Mask(row.Phone))
			}
		}
	}
	return masks
}

// concerned reports whether a campaign of that name is being forgotten by its age.
func (f *forgetting) concerned(name string) bool {
	return f.person == "" && slices.ContainsFunc(f.screen.Parts, func(p screen.ForgetPart) bool { return p.Campaign.Name == name })
}

func (f *forgetting) logFolder() string { return f.ledger.Path() + ".logs" }
