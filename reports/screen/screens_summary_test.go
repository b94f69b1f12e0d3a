package screen

import (
	"errors"
	"slices"
	"testing"
	"time"

	"kanal-campaign/campaign"
	"kanal-campaign/campaign/hours"
	"kanal-campaign/campaign/outcome"
	"kanal-campaign/campaign/record"
	"kanal-campaign/campaign/sending"
	"kanal-campaign/campaign/trouble"
	"kanal-campaign/kanal"
)

// endingAt is when so many people who have been written to at 60 a minute count no longer, from the first one on.
func endingAt(first time.Time, people int) (ends []time.Time) {
	for i := range people {
		ends = append(ends, first.Add(time.Duration(i)*time.Second))
	}
	return ends
}

// finishedRun is the end of screens.md's campaign, and stoppedRun a run that stopped half-way.
func finishedRun() SummaryScreen {
	return SummaryScreen{Session: Session{Mode: Live}, Summary: campaign.Summary{
		Campaign: novembre(), Started: at(20, 10, 42), Ended: at(20, 11, 53), Tallies: atTheEnd(),
		Stop: sending.Stop{Code: sending.StopDone}, Results: record.File{Path: "novembre.results.csv", Wanted: "novembre.results.csv"},
		LogPath: "/home/zoe/.local/state/kanal-campaign/runs/20261120-104200.log"}}
}

func stoppedRun() SummaryScreen {
	s := finishedRun()
	s.Tallies, s.KeyFromEnv = halfWay(), true
	s.Stop = sending.Stop{Row: record.Row{Number: 1512, Phone: "33612345678"}, Count: 20,
		Answer: outcome.Answer{Cause: string(kanal.CauseKeyInvalid), Code: "401", Text: "Invalid API key"}}
	return s
}

// with is a summary after another stop, changed further.
func (s SummaryScreen) with(code sending.StopCode, change func(*SummaryScreen)) SummaryScreen {
	s.Stop.Code = code
	if change != nil {
		change(&s)
	}
	return s
}

// TestSummary is about runs that did what they were to do.
func TestSummary(t *testing.T) {
	finished, stopped := finishedRun(), stoppedRun()
	for name, s := range map[string]SummaryScreen{
		"summary.txt": finished,
		"summary-honest.txt": finished.with(sending.StopDone, func(s *SummaryScreen) {
			s.Mode = Sandbox
			s.Tallies = append(s.Tallies, tally(outcome.AlreadySent, "", "", 3),
				tally(outcome.Unknown, string(kanal.CauseTimeout), "", 2), tally(outcome.Unknown, outcome.CauseKeyUsed, "201", 1),
				record.Tally{Status: outcome.Sent, Gone: true, Rows: 2}, record.Tally{Status: outcome.Skipped, Cause: outcome.CauseRemoved, Gone: true, Rows: 1})
			s.Results = record.File{Path: "novembre.sandbox.results-3.csv", Wanted: "novembre.sandbox.results.csv", Locked: true, Foreign: true}
		}),
		"summary-retried.txt": finished.with(sending.StopDone, func(s *SummaryScreen) {
			s.Retried = map[outcome.Status]int{outcome.Sent: 9, outcome.AlreadySent: 1, outcome.Rejected: 31, outcome.Unknown: 2}
		}),
		// What was tried again and refused again is nothing to do next.
		"summary-retried-in-vain.txt": finished.with(sending.StopDone, func(s *SummaryScreen) {
			s.Retried = map[outcome.Status]int{outcome.Rejected: 5}
			s.Tallies = slices.Clone(s.Tallies)
			for i, t := range s.Tallies {
				if t.Status == outcome.Rejected {
					s.Tallies[i].Attempts = 2 * t.Rows
				}
			}
		}),
		"summary-rehearsed.txt": stopped.with(sending.StopPilot, func(s *SummaryScreen) { s.Part, s.Mode = campaign.PartPilot, Sandbox }),
		"summary-part.txt":      stopped.with(sending.StopPilot, func(s *SummaryScreen) { s.Hours = hours.HoursVerdict{DailyCap: 2000, Recent: 1466} }),
		"summary-day.txt": stopped.with(sending.StopPilot, func(s *SummaryScreen) {
			s.Hours = hours.HoursVerdict{DailyCap: 1500, Recent: 1500, Ends: endingAt(at(21, 10, 42), 1500)}
		}),
		"summary-pilot.txt": stopped.with(sending.StopPilot, func(s *SummaryScreen) {
			s.Part = campaign.PartPilot
			s.Tried, s.MoreTried = []record.Row{{Number: 2, Phone: "33612345678", MessageID: "987654", State: outcome.State{Status: outcome.Sent}},
				{Number: 3, Phone: "33600000002", State: outcome.State{Status: outcome.Rejected}}}, 48
		}),
		"summary-short.txt": finished.with(sending.StopDone, func(s *SummaryScreen) {
			s.Mode, s.Started, s.Ended = Sandbox, at(20, 23, 28), at(20, 23, 28).Add(53*time.Second)
			s.Ledger = "essai.db"
			s.LogPath = "/home/zoe/.local/state/kanal-campaign/runs/une campagne avec un nom vraiment très long-20261120.log"
			s.Tallies = []record.Tally{tally(outcome.Sent, "", "", 15), tally(outcome.Sent, outcome.CauseOtherNumber, "", 1),
				tally(outcome.Invalid, "", "", 1), tally(outcome.Rejected, string(kanal.CauseHeldBack), "131049", 1),
				tally(outcome.Unknown, string(kanal.CauseServerError), "500", 1)}
		}),
	} {
		t.Run(name, func(t *testing.T) { golden(t, name, screen(func(b Face) { Summary(b, s) })) })
	}
	golden(t, "summary.json", screen(func(b Face) {
		if err := SummaryJSON(b, finished); err != nil {
			t.Error(err)
		}
	}))
}

// TestSummaryOfAStop is about runs that something stopped.
func TestSummaryOfAStop(t *testing.T) {
	stopped := stoppedRun()
	for name, s := range map[string]SummaryScreen{
		"summary-interrupted.txt": stopped.with(sending.StopInterrupted, nil),
		"summary-halted.txt":      stopped.with(sending.StopHalted, nil),
		"summary-failures.txt": stopped.with(sending.StopFailures, func(s *SummaryScreen) {
			s.Stop.Answer = outcome.Answer{Cause: string(kanal.CauseServerError), Code: "500", Text: "Server Error"}
		}),
		"summary-long-wait.txt": stopped.with(sending.StopLongWait, func(s *SummaryScreen) { s.Stop.Until = at(20, 12, 30) }),
		"summary-network.txt":   stopped.with(sending.StopNetwork, nil),
		"summary-never.txt":     stopped.with(sending.StopNetwork, func(s *SummaryScreen) { s.Stop.Never = true }),
		"summary-earlier.txt":   stopped.with(sending.StopEarlierRun, func(s *SummaryScreen) { s.Mode, s.Other = Sandbox, and(otherCampaign, "--sandbox") }),
		"summary-other-number.txt": stopped.with(sending.StopOtherNumber, func(s *SummaryScreen) {
			s.Stop.Answer = outcome.Answer{Phone: "33698765432", Text: "Kanal says that it messaged +33698765432"}
			s.Tallies = append(s.Tallies, tally(outcome.Sent, outcome.CauseOtherNumber, "", 1))
		}),
		"summary-ledger.txt": stopped.with(sending.StopLedger, func(s *SummaryScreen) {
			s.Ledger, s.Results = "/home/zoe/mes campagnes/essai.db", record.File{}
			s.Err = &trouble.DiskError{Path: s.Ledger, Trouble: trouble.Full, Err: errors.New("database or disk is full (13)")}
		}),
		"summary-ledger-moved.txt": stopped.with(sending.StopLedger, func(s *SummaryScreen) {
			s.Err = &trouble.MovedError{Path: "/home/zoe/.local/state/kanal-campaign/ledger.db"}
		}),
		"summary-ledger-damaged.txt": stopped.with(sending.StopLedger, func(s *SummaryScreen) {
			s.Err = &trouble.DamagedError{Path: "/home/zoe/.local/state/kanal-campaign/ledger.db", Err: errors.New("database disk image is malformed (11)")}
		}),
		"summary-aborted.txt": stopped.with(sending.StopAborted, func(s *SummaryScreen) { s.Stop = sending.Stop{Code: sending.StopAborted} }),
	} {
		t.Run(name, func(t *testing.T) { golden(t, name, screen(func(b Face) { Summary(b, s) })) })
	}
}
