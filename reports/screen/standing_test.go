package screen

import (
	"testing"

	"kanal-campaign/campaign"
	"kanal-campaign/campaign/record"
)

// A check says what sending the file would do where its campaign is there already.
func TestStanding(t *testing.T) {
	for name, change := range map[string]func(*CheckScreen, *Standing){
		"standing-unfinished.txt": func(s *CheckScreen, k *Standing) {
			k.Send, k.ToSend, k.People, k.Doubts, k.Rows = campaign.SendResumes, 2700, 2698, 2, []int{1512, 1513, 1514}
			s.Hours.DailyCap, s.Hours.Recent, s.Hours.Ends = 2000, 1466, endingAt(at(21, 10, 42), 1466)
			s.SendCommand = and(s.SendCommand, "--first", "534")
		},
		"standing-changed.txt": func(s *CheckScreen, k *Standing) {
			k.Send = campaign.SendUpdates
			changedStanding(s, k)
		},
		"standing-running.txt": func(_ *CheckScreen, k *Standing) { k.Send, k.Running = campaign.SendUpdates, true },
		"standing-changed-problems.txt": func(s *CheckScreen, k *Standing) {
			broken := checkScreen()
			k.Send, s.Report, s.ProblemsPath = campaign.SendUpdates, broken.Report, broken.ProblemsPath
			changedStanding(s, k)
			s.SkipCommand = and(s.SendCommand, "--skip-invalid")
		},
		"standing-finished.txt": func(_ *CheckScreen, k *Standing) {
			k.Send, k.Campaign.FinishedAt = campaign.SendFinished, at(20, 11, 53)
		},
		"standing-other.txt": func(s *CheckScreen, k *Standing) {
			k.Send, k.Campaign.FinishedAt, k.Campaign.Title = campaign.SendOtherMessage, at(20, 11, 53), "soldes"
			s.Repeats = []record.Repeats{{Campaign: "export", Since: at(3, 9, 0), Rows: 3980}}
			s.SendCommand = and(s.SendCommand, "--campaign", "novembre-2")
		},
		"standing-account.txt":   func(_ *CheckScreen, k *Standing) { k.Send = campaign.SendOtherAccount },
		"standing-forgotten.txt": func(_ *CheckScreen, k *Standing) { k.Send = campaign.SendForgotten },
	} {
		s := checkScreen()
		s.ProblemsPath, s.Report.Groups, s.Report.Invalid = "", nil, 0
		s.Standing = &Standing{Campaign: novembre(), Messaged: 1480, Status: commandOf("status novembre")}
		change(&s, s.Standing)
		golden(t, name, screen(func(b Face) { Check(b, s) }))
	}
}

// changedStanding is a changed file of a campaign for which the day leaves nobody any more.
func changedStanding(s *CheckScreen, k *Standing) {
	k.ToSend, k.People, k.Doubts, k.Rows = 2702, 2700, 2, []int{3, 7, 12}
	k.Changes = &campaign.FileChanges{DueDoubts: 2, Due: []int{3, 7}, First: record.FirstRows{Waiting: []int{12, 13, 14}, Corrected: []int{15, 203},
		Messaged: []int{77}, Departed: []int{4000}},
		Changes: record.Changes{Rows: 4180, Same: 4177, Waiting: 2698, Doubts: 2, Corrected: 2, Messaged: 1, Departed: 1}}
	s.Hours.DailyCap, s.Hours.Recent, s.Hours.Ends = 1400, 1477, endingAt(at(21, 10, 42), 1477)
	s.SendCommand = and(s.SendCommand, "--update", "--first", "1400")
}
