package screen

import (
	"testing"

	"kanal-campaign/campaign"
	"kanal-campaign/campaign/record"
)

// A check says what sending the file would do where its campaign is there already.
func TestKnownCampaign(t *testing.T) {
	for name, change := range map[string]func(*CheckScreen, *campaign.KnownCampaign){
		"standing-unfinished.txt": func(s *CheckScreen, k *campaign.KnownCampaign) {
			k.Does, k.Send = campaign.SendResumes, &campaign.Selection{Fresh: 2698, Doubts: 2, People: 2698, Rows: []int{1512, 1513, 1514}}
			s.Hours.DailyCap, s.Hours.Recent, s.Hours.Ends = 2000, 1466, endingAt(at(21, 10, 42), 1466)
			s.SendCommand = and(s.SendCommand, "--first", "534")
		},
		"standing-changed.txt": func(s *CheckScreen, k *campaign.KnownCampaign) {
			k.Does = campaign.SendUpdates
			changedFile(s, k)
		},
		"standing-running.txt": func(_ *CheckScreen, k *campaign.KnownCampaign) { k.Does, k.Running = campaign.SendUpdates, true },
		"standing-changed-problems.txt": func(s *CheckScreen, k *campaign.KnownCampaign) {
			broken := checkScreen()
			k.Does, s.Report, s.ProblemsPath = campaign.SendUpdates, broken.Report, broken.ProblemsPath
			changedFile(s, k)
			s.SkipCommand = and(s.SendCommand, "--skip-invalid")
		},
		"standing-finished.txt": func(_ *CheckScreen, k *campaign.KnownCampaign) {
			k.Does, k.Campaign.FinishedAt, k.Other = campaign.SendFinished, at(20, 11, 53), and(otherCampaign, "--again")
		},
		"standing-other.txt": func(s *CheckScreen, k *campaign.KnownCampaign) {
			k.Does, k.Campaign.FinishedAt, k.Campaign.Title = campaign.SendOtherMessage, at(20, 11, 53), "soldes"
			s.Repeats = []record.Repeats{{Campaign: "export", Since: at(3, 9, 0), Rows: 3980}}
			s.RepeatCommands = []campaign.Command{and(s.SendCommand, "--campaign", "novembre-2", "--again")}
		},
		"standing-account.txt": func(_ *CheckScreen, k *campaign.KnownCampaign) { k.Does = campaign.SendOtherAccount },
		"standing-forgotten.txt": func(_ *CheckScreen, k *campaign.KnownCampaign) {
			k.Does, k.Other = campaign.SendForgotten, and(commandOf("send FILE --template order_confirmation"), "--campaign", "novembre-2")
		},
	} {
		s := checkScreen()
		s.ProblemsPath, s.Report.Groups, s.Report.Invalid = "", nil, 0
		s.Known, s.StatusCommand = &campaign.KnownCampaign{Campaign: novembre(), Messaged: 1480}, commandOf("status novembre")
		change(&s, s.Known)
		golden(t, name, screen(func(b Face) { Check(b, s) }))
	}
}

// changedFile is a changed file of a campaign for which the day leaves nobody any more.
func changedFile(s *CheckScreen, k *campaign.KnownCampaign) {
	k.Send = &campaign.Selection{Fresh: 2700, Doubts: 2, People: 2700, Rows: []int{3, 7, 12}}
	k.Changes = &campaign.FileChanges{DueDoubts: 2, Due: []int{3, 7}, First: record.FirstRows{Waiting: []int{12, 13, 14}, Corrected: []int{15, 203},
		Messaged: []int{77}, Departed: []int{4000}},
		Changes: record.Changes{Rows: 4180, Same: 4177, Waiting: 2698, Doubts: 2, Corrected: 2, Messaged: 1, Departed: 1}}
	s.Hours.DailyCap, s.Hours.Recent, s.Hours.Ends = 1400, 1477, endingAt(at(21, 10, 42), 1477)
	s.SendCommand = and(s.SendCommand, "--update", "--first", "1400")
}
