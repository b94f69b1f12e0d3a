package cli

import (
	"fmt"
	"path/filepath"

	"kanal-campaign/campaign"
	"kanal-campaign/reports/screen"
)

// tellUnwritten says why a plan's problems are in no file.
func (s *session) tellUnwritten(p *campaign.Plan) {
	if p.Unwritten != nil { // the screen still tells the first of each kind
		s.Err.Tell(s.Err.ProblemsUnwritten(s.Err.Path(p.OutDir), screen.RootCause(s.Err.Words, p.Unwritten).Error()))
		fmt.Fprintln(s.Err)
	}
}

// reading shows how far a plan's file is read.
func (s *session) reading(p *campaign.Plan) campaign.Reading {
	return screen.NewReading(s.Err, filepath.Base(p.Path), screen.ProgressOptions{
		Terminal: s.ErrTerminal, Width: s.Width, Plain: s.plain, Quiet: s.quiet || s.format == "json",
	})
}

// verdict is the exit code with which a plan keeps itself from being sent; exitOK for one that may be.
func verdict(p *campaign.Plan, skipInvalid bool) int {
	if class, blocked := p.Blocked(skipInvalid); blocked {
		return exitForClass(class)
	}
	return exitOK
}

// sendable is how many messages a plan would send.
func sendable(p *campaign.Plan) int {
	if p.Report == nil {
		return 0
	}
	return p.Report.Sendable
}
