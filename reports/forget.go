package reports

import (
	"context"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"kanal-campaign/campaign"
	"kanal-campaign/campaign/ledger"
	"kanal-campaign/campaign/outcome"
	"kanal-campaign/campaign/regular"
)

// ForgetScreen is what a person sees before anything is forgotten.
type ForgetScreen struct {
	Mode   Mode
	Number string    // digits; empty when campaigns are forgotten by their age
	Before time.Time // of campaigns: the last activity of those that are forgotten lies before
	Parts  []ForgetPart
	Tests  int // messages to the user's own number
	// Others are rows of other people that mention the number; they stay.
	Others []ForgetPart
	Kept   []ForgetKept // where the number stands in campaigns as a whole; that stays
	// Unfinished are the names of campaigns that are as old, and stay because they are not finished.
	Unfinished []string
}

// ForgetPart is what one campaign loses.
type ForgetPart struct {
	Campaign ledger.Campaign
	Rows     []ledger.Row // of one person; nil when all go
	Count    int
}

// ForgetKept is where the number stands in what tells a campaign as a whole.
type ForgetKept struct {
	Campaign string           // its name
	Where    []string         // KeptInName and the like
	Look     campaign.Command // shows it; empty when there is none
}

// Rows is how many rows are forgotten.
func (s ForgetScreen) Rows() int {
	n := 0
	for _, part := range s.Parts {
		n += part.Count
	}
	return n
}

func (s ForgetScreen) whom() string {
	if s.Number == "" {
		return "everybody in campaigns whose last activity was before " + s.Before.Format("2 Jan 2006")
	}
	return "+" + s.Number
}

// Forget shows what will be forgotten, and what stays.
func Forget(f Face, s ForgetScreen) {
	const at = 14
	p := f.page()
	p.text(0, string(s.Mode)+": to be forgotten: "+s.whom())
	p.gap()
	for i, part := range s.Parts {
		label := ""
		if i == 0 {
			label = "Found"
		}
		if i == mostListed && len(s.Parts) > mostListed+1 {
			p.field(label, at, "and "+count(len(s.Parts)-i, "more campaign"))
			break
		}
		p.field(label, at, fmt.Sprintf("%s in %s (planned %s)%s", count(part.Count, "row"), Clean(part.Campaign.Name),
			part.Campaign.CreatedAt.Format("2 Jan 2006"), part.loose()))
	}
	if s.Tests > 0 {
		label := ""
		if len(s.Parts) == 0 {
			label = "Found"
		}
		p.field(label, at, count(s.Tests, "test message")+" (--test-to)")
	}
	p.field("To be erased", at, "numbers, cells, values, names, e-mails, keys, Kanal's ids, answers' texts, and the numbers in the logs")
	p.field("Kept", at, "what became of each message and when; campaigns' names, messages and files' names; "+
		"opt-outs, as a keyed hash that still leaves people out")
	if s.Number != "" {
		p.field("Later", at, "A later campaign may message this person again, unless the person has opted out: take the row out of your files, too.")
	}
	showStays(p, at, s.Others, s.Kept)
	if len(s.Unfinished) > 0 {
		p.field("Stays", at, count(len(s.Unfinished), "campaign")+" as old, because not finished: "+known(s.Unfinished))
	}
	p.gap()
	p.text(0, "What is forgotten cannot be brought back.")
	p.show()
}

// showStays names every other place in the ledger where the number stands, and how to see it.
func showStays(p *page, at int, others []ForgetPart, kept []ForgetKept) {
	label := "Stays"
	for _, other := range others {
		p.field(label, at, fmt.Sprintf(staysInRows, count(other.Count, "row"), Clean(other.Campaign.Name), numberedRows(other.Rows)))
		label = ""
	}
	for _, k := range kept {
		p.field(label, at, fmt.Sprintf(staysInCampaign, list(k.Where), Clean(k.Campaign), noun(len(k.Where), "stays|stay")))
		p.next(at, k.Look)
		label = ""
	}
}

// loose says what is lost with rows whose message has not come to its end.
func (part ForgetPart) loose() string {
	var pending, doubt int
	for _, row := range part.Rows {
		switch row.State.Status {
		case outcome.Pending:
			pending++
		case outcome.Unknown:
			doubt++
		}
	}
	text := ""
	if pending > 0 {
		text += ", not sent yet: will not be sent"
	}
	if doubt > 0 {
		text += ", in doubt: will stay in doubt for ever"
	}
	return text
}

func numberedRows(rows []ledger.Row) string {
	var parts []string
	for i, row := range rows {
		if i == mostListed {
			parts = append(parts, figure(len(rows)-i)+" more")
			break
		}
		parts = append(parts, figure(row.Number))
	}
	return noun(len(rows), "row") + " " + list(parts)
}

// ForgetPrompt asks for the number of rows.
func ForgetPrompt(n int) string {
	return fmt.Sprintf("Type %d to forget %s, anything else to stop: ", n, noun(n, "it|them"))
}

// NothingToForget says that there is nothing, which is no failure.
func NothingToForget(f Face, s ForgetScreen) {
	p := f.page()
	if s.Number != "" {
		p.text(0, fmt.Sprintf("%s: nothing about +%s is in this ledger%s.", s.Mode, s.Number, butFor(len(s.Others)+len(s.Kept))))
	} else {
		p.text(0, fmt.Sprintf("%s: no finished campaign is that old: the last activity of each was after %s, or all of it is forgotten.",
			s.Mode, s.Before.Format("2 Jan 2006")))
	}
	showStays(p, len("Stays  "), s.Others, s.Kept)
	if len(s.Unfinished) > 0 {
		p.text(0, count(len(s.Unfinished), "campaign")+" as old stays because not finished: "+known(s.Unfinished))
	}
	p.show()
}

// ForgetDone is what a person sees afterwards.
type ForgetDone struct {
	Mode      Mode
	Rows      int
	Campaigns int
	Tests     int
	Others    []ForgetPart       // rows of other people in which the number stands still
	Kept      []ForgetKept       // campaigns in whose name, message or files' names it does
	Files     []string           // exported files that are still there
	Running   []string           // logs of campaigns that are running
	Reports   []campaign.Command // that write results anew
	Rehearsed campaign.Command   // the command that forgets in the rehearsals' ledger; empty when there is none
}

// Forgotten says what was forgotten, and what is out of reach.
func Forgotten(f Face, s ForgetDone) {
	p := f.page()
	gone := "the ledger and its logs"
	if len(s.Running) > 0 {
		gone = "the ledger"
	}
	what := []string{fmt.Sprintf("%s in %s", count(s.Rows, "row"), count(s.Campaigns, "campaign"))}
	if s.Tests > 0 {
		if s.Rows == 0 {
			what = nil
		}
		what = append(what, count(s.Tests, "test message"))
	}
	p.text(0, fmt.Sprintf("%s: forgotten: %s. Their bytes are gone from %s%s.", s.Mode, list(what), gone, butFor(len(s.Others)+len(s.Kept))))
	if len(s.Others)+len(s.Kept) > 0 {
		p.gap()
		showStays(p, len("Stays  "), s.Others, s.Kept)
	}
	if len(s.Files) > 0 {
		p.gap()
		p.text(0, "Files that the program has read or written may hold them still. Look at each, correct it or delete it, and think of "+
			"backups and of copies that were mailed:")
		for _, path := range s.Files {
			p.line("  ", Clean(path), maskedFile(path))
		}
	}
	if len(s.Running) > 0 {
		p.gap()
		p.text(0, "These logs are in use. Run the same command again when nothing is running:")
		for _, path := range s.Running {
			p.line("  ", Clean(path))
		}
	}
	if len(s.Reports) > 0 {
		p.gap()
		p.text(0, "To write the results without them:")
		for i, command := range s.Reports {
			if i == mostListed {
				p.line("  … and ", figure(len(s.Reports)-i), " more")
				break
			}
			p.next(2, command)
		}
	}
	if len(s.Rehearsed) > 0 {
		p.gap()
		p.text(0, "Rehearsals have a ledger of their own. There, too:")
		p.next(2, s.Rehearsed)
	}
	p.show()
}

// pageMasked stands near the top of a report, unless it shows people unmasked.
const pageMasked = "Phone numbers and names are masked."

// maskedFile says of a report that people are masked in it.
func maskedFile(path string) string {
	const top = 1 << 17
	if filepath.Ext(path) != ".html" {
		return ""
	}
	file, err := regular.Open(path)
	if err != nil {
		return ""
	}
	defer file.Close()
	head, err := io.ReadAll(io.LimitReader(file, top))
	if err != nil || !strings.Contains(string(head), pageMasked) {
		return ""
	}
	return "  (people masked)"
}

// ForgetUnswept says that what was forgotten is still in the ledger's files as bytes.
func ForgetUnswept(reason string) string {
	return fmt.Sprintf("It is forgotten, but the bytes could not be removed from the ledger's files yet: %s. Wait until nothing else uses "+
		"the ledger, make room on the disk, as much as the ledger takes, and run the same command again:", Clean(reason))
}

// ForgetRunning says that a campaign concerned is at work.
func ForgetRunning(campaign string) string {
	return fmt.Sprintf("Campaign %s is being run or prepared at the moment. Nothing was forgotten. Wait for it, or stop it with Ctrl-C in its "+
		"window; then run the same command again.", Clean(campaign))
}

// ExportedFiles returns the files outside of the ledger that hold, or may hold, rows of the campaign, as far as it knows
// them: what was read and written for it, and in each of their folders its results, problems and reports.
func ExportedFiles(ctx context.Context, l *ledger.Ledger, c ledger.Campaign, mode Mode) ([]string, error) {
	noted, err := l.Files(ctx, c.Name)
	if err != nil {
		return nil, err
	}
	candidates := append([]string{c.File.Path, c.RebuiltFrom}, noted...)
	for _, list := range c.Settings.Suppress {
		candidates = append(candidates, list.Path)
	}
	folders := []string{c.OutDir}
	for _, path := range candidates {
		if folder := filepath.Dir(path); path != "" && !slices.Contains(folders, folder) {
			folders = append(folders, folder)
		}
	}
	base := FileName(c.Name) + middle(mode) + "."
	for _, folder := range folders {
		entries, _ := os.ReadDir(folder) // a folder that is gone holds no files
		for _, entry := range entries {
			if kind := kindOfFile(entry.Name(), base); slices.Contains([]string{"results", "problems", "report"}, kind) {
				candidates = append(candidates, filepath.Join(folder, entry.Name()))
			}
		}
	}
	var found []string
	for _, path := range candidates {
		if info, err := os.Stat(path); path != "" && err == nil && !info.IsDir() && !slices.Contains(found, path) {
			found = append(found, path)
		}
	}
	return found, nil
}

// kindOfFile tells what a campaign's file is from its name, which begins with base: results, problems or report, under
// any number.
func kindOfFile(name, base string) string {
	rest, ours := strings.CutPrefix(name, base)
	if !ours {
		return ""
	}
	return strings.TrimRight(strings.TrimSuffix(rest, filepath.Ext(rest)), "-0123456789")
}
