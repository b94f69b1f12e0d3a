package cli

import (
	"context"
	"fmt"

	"go.uber.org/zap/zapcore"

	"kanal-campaign/campaign"
	"kanal-campaign/campaign/sending"
	"kanal-campaign/reports/screen"
)

// follow shows how a run goes, and how it ended.
func (s *session) follow(name string, carryOut func(stop <-chan struct{}, watch campaign.Watch) (campaign.Summary, error)) error {
	var progress *screen.Progress
	stop := s.interrupt.stopSignal()
	defer s.interrupt.sent()
	showTyped := func() {}
	defer func() { showTyped() }()
	summary, err := carryOut(stop, campaign.Watch{
		Begin: func(start campaign.Start) zapcore.Core {
			progress = screen.NewProgress(s.Err, screen.ProgressOptions{
				Mode: s.mode, Campaign: name, Terminal: s.ErrTerminal, Width: s.Width, Plain: s.plain, Quiet: s.quiet, Rate: s.rate,
				Part: start.Part, Planned: start.Planned,
			})
			s.interrupt.duringSending(progress.Line)
			if s.Hush != nil && s.ErrTerminal {
				showTyped = s.Hush() // it would stand in the middle of the bar
			}
			s.begun = true
			if !s.verbose {
				return nil
			}
			return verboseLog(progress.Line)
		},
		LogFailed: func(err error) { progress.Line(screen.LogFailed(s.Err, err)) },
		Progress:  func(p sending.Progress) { progress.Update(p) },
		Sent:      s.interrupt.sent,
		TakenOver: func(goOn campaign.Command) { s.takenOver = goOn },
	})
	if progress != nil {
		defer progress.Close()
	}
	if err != nil {
		return err
	}
	return s.summarize(summary, progress)
}

// summarize tells how a run ended.
func (s *session) summarize(end campaign.Summary, progress *screen.Progress) error {
	if end.Stop.Code == sending.StopAborted {
		progress.Close()
		return &exit{code: exitInterrupted, text: "\n" + s.Err.Aborted(),
			next: []campaign.Command{end.GoOn}}
	}
	shown := screen.SummaryScreen{Session: s.screenSession(), Summary: end, KeyFromEnv: s.keyFrom == envKey}
	if end.Err != nil {
		shown.Err = s.explain(end.Err)
	}
	if end.Unwritten == nil { // what keeps the results from being written keeps the report, too
		shown.Report, shown.ReportErr = s.writeReport(context.Background(), end.Campaign, true, false)
	}
	progress.Close()
	if !s.quiet {
		fmt.Fprintln(s.Err) // between the progress and the summary
	}
	if err := s.showSummary(shown); err != nil {
		return err
	}
	code := exitForStop(end.Stop, end.Tallies)
	if end.Unwritten != nil {
		if code == exitOK || code == exitAttention { // a run to be resumed writes them then
			code = exitFailed
		}
		return &exit{code: code, text: "\n" + screen.ResultsUnwritten(s.Err, s.explain(end.Unwritten), end.Campaign.OutDir),
			next: []campaign.Command{s.Command("report", end.Campaign.Name)}}
	}
	if code != exitOK {
		return &exit{code: code}
	}
	return nil
}

func (s *session) showSummary(shown screen.SummaryScreen) error {
	if s.format == "json" {
		return screen.SummaryJSON(s.Out, shown)
	}
	screen.Summary(s.Out, shown)
	return nil
}
