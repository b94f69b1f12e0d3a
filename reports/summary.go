package reports

import (
	"fmt"
	"io"
	"strings"
	"time"

	"kanal-campaign/campaign"
	"kanal-campaign/campaign/ledger"
	"kanal-campaign/campaign/outcome"
	"kanal-campaign/kanal"
)

// SummaryScreen is the end of a run.
type SummaryScreen struct {
	Mode           Mode
	Campaign       ledger.Campaign
	Started, Ended time.Time
	Tallies        []ledger.Tally
	Stop           campaign.Stop
	Results        ResultsFile
	LogPath        string
	Command        string // the program's name in the commands shown; kanal-campaign when empty
	KeyFromEnv     bool   // the API key came from KANAL_API_KEY
	InputFile      string // as it was given, for the commands; the campaign's file name when empty
	SandboxFlag    bool   // the commands carry --sandbox; they do in SANDBOX in any case
	// LastRows are rows of this run to look at in Kanal, shown after a pilot.
	LastRows []ledger.Row
}

// notDelivered stands in every summary.
const notDelivered = "Accepted is not delivered: look in Kanal for deliveries and reads."

// Summary shows how a run ended: what became of every row, where the results are, and what to do next.
func Summary(w io.Writer, s SummaryScreen) {
	p := &page{}
	switch s.Stop.Code {
	case campaign.StopDone, campaign.StopPilot, campaign.StopInterrupted:
		s.showEnd(p)
	default:
		s.showStop(p)
	}
	p.show(w)
}

// showEnd is the screen of a run that ended as it was asked to.
func (s SummaryScreen) showEnd(p *page) {
	s.showHeading(p)
	showTallies(p, s.Tallies)
	p.line(notDelivered)
	s.showLastRows(p)
	p.gap()
	s.showFiles(p, "", 13)
	s.showNext(p)
}

// shortRun is a run of which the minutes of its start and end say too little.
const shortRun = 10 * time.Minute

// showHeading shows how the run ended and, in brackets that stay together, from when to when it went.
func (s SummaryScreen) showHeading(p *page) {
	text := stopWords[s.Stop.Code].heading
	if s.Stop.Code == campaign.StopDone && countsOf(s.Tallies)[outcome.Pending] > 0 {
		text = stillPending
	}
	times := fmt.Sprintf("(%s to %s)", s.timeOf(s.Started), s.timeOf(s.Ended))
	if took := s.Ended.Sub(s.Started); took < shortRun {
		times = fmt.Sprintf("(%s, %s)", s.timeOf(s.Started), duration(took))
	}
	p.words("", 0, append(strings.Fields(fill(text, s.stopArguments())), times))
}

// mostLastRows is how many rows of a pilot are shown.
const mostLastRows = 10

func (s SummaryScreen) showLastRows(p *page) {
	if s.Stop.Code != campaign.StopPilot {
		return
	}
	for i, row := range s.LastRows {
		if i == mostLastRows {
			p.line("  and ", figure(len(s.LastRows)-mostLastRows), " more")
			return
		}
		p.line("  row ", pad(figure(row.Number), 7), " ", pad(campaign.MaskPhone(row.Phone), 8), " ",
			pad(statusWords[row.State.Status], 18), " message ", Clean(row.MessageID))
	}
}

// showFiles says where the results and the log are.
func (s SummaryScreen) showFiles(p *page, margin string, at int) {
	p.field(margin+"Row by row", at, Clean(s.Results.Path))
	if s.Results.Locked {
		again := "run this command again"
		if s.Campaign.Name != "" {
			again = s.command("report", s.name())
		}
		p.text(at, fmt.Sprintf("%s is open in another program. Close it, then %s.", Clean(s.Results.Wanted), again))
	}
	if s.Results.Foreign {
		p.text(at, fmt.Sprintf("%s holds something else and was left as it is.", Clean(s.Results.Wanted)))
	}
	p.field(margin+"Log", at, Clean(s.LogPath))
}

func (s SummaryScreen) name() string { return argument(s.Campaign.Name) }

// command writes one of the program's commands, with --sandbox in a rehearsal.
func (s SummaryScreen) command(words ...string) string {
	return programOf(s.Command) + " " + strings.Join(words, " ") + s.sandboxFlag()
}

func (s SummaryScreen) sandboxFlag() string {
	if s.SandboxFlag {
		return flagOf(Sandbox)
	}
	return flagOf(s.Mode)
}

func (s SummaryScreen) input() string {
	if s.InputFile != "" {
		return argument(s.InputFile)
	}
	return argument(s.Campaign.File.Name)
}

// showNext says what can be done now, each with its command.
func (s SummaryScreen) showNext(p *page) {
	label := "Next"
	next := func(text, command string) {
		p.field(label, 13, text)
		label = ""
		if command != "" {
			p.command(15, command)
		}
	}
	counts := countsOf(s.Tallies)
	resume := s.command("resume", s.name())
	switch {
	case s.Stop.Code == campaign.StopPilot:
		next("look at these messages in Kanal and on a telephone, then send the rest:", resume)
		return
	case counts[outcome.Pending] > 0:
		next("go on, from where it stopped:", resume)
		return
	case s.Stop.Code == campaign.StopInterrupted && counts[outcome.Unknown] > 0:
		next("settle the rows in doubt, under the same keys:", resume)
		return
	}
	if n := counts[outcome.Invalid]; n > 0 {
		next(fmt.Sprintf("correct the %s in %s, then only they are sent by:", count(n, "row"), Clean(s.Campaign.File.Name)), s.updateCommand())
	}
	for _, r := range reasonsOf(s.Tallies, outcome.Rejected) {
		if r.Cause == string(kanal.CauseClosedWindow) {
			next(fmt.Sprintf("the %s outside the 24-hour window, as a file for a template campaign:", figure(r.Rows)),
				s.command("report", s.name(), "--only", string(outcome.Rejected), "--cause", r.Cause, "-o",
					argument(FileName(s.Campaign.Name+"-again")+".csv")))
		}
		if words := causeWords[r.Cause]; words.later != "" {
			label, _ := CauseWords(r.Cause, "")
			next(fmt.Sprintf("the %s %s, %s:", figure(r.Rows), label, words.later),
				s.command("retry", s.name(), "--cause", argument(r.causeFlag())))
		}
	}
	if n := counts[outcome.Unknown]; n > 0 {
		next(fmt.Sprintf("the %s in doubt: look in Kanal whether they got the message, or try again under the same keys:", figure(n)),
			s.command("retry", s.name(), "--unknown"))
	}
}

// updateCommand sends a corrected file. The campaign's name is in it where the file's would give another.
func (s SummaryScreen) updateCommand() string {
	words := []string{"send", s.input(), "--update"}
	if base := s.Campaign.File.Name; campaign.CleanName(strings.TrimSuffix(base, extension(base))) != s.Campaign.Name {
		words = append(words, "--campaign", s.name())
	}
	return s.command(words...)
}

func extension(name string) string {
	if i := strings.LastIndexByte(name, '.'); i > 0 {
		return name[i:]
	}
	return ""
}

// causeFlag is how retry --cause names the reason: by WhatsApp's code where there is one.
func (r reason) causeFlag() string {
	if r.Code != "" {
		return r.Code
	}
	return r.Cause
}
