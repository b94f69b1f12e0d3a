package reports

import (
	"io"
	"testing"

	"kanal-campaign/campaign/ledger"
)

// A check says what sending the file would do where its campaign is there already.
func TestStanding(t *testing.T) {
	for name, change := range map[string]func(*CheckScreen, *Standing){
		"standing-unfinished.txt": func(_ *CheckScreen, k *Standing) { k.Send = SendResumes },
		"standing-changed.txt": func(s *CheckScreen, k *Standing) {
			k.Send, k.Running = SendUpdates, true
			s.SendCommand += " --update"
		},
		"standing-changed-problems.txt": func(s *CheckScreen, k *Standing) {
			broken := checkScreen()
			k.Send, s.Report, s.ProblemsPath = SendUpdates, broken.Report, broken.ProblemsPath
			s.SkipCommand = s.SendCommand + " --update --skip-invalid"
		},
		"standing-finished.txt": func(_ *CheckScreen, k *Standing) {
			k.Send, k.Campaign.FinishedAt = SendFinished, at(20, 11, 53)
		},
		"standing-other.txt": func(s *CheckScreen, k *Standing) {
			k.Send, k.Campaign.FinishedAt, k.Campaign.Title = SendOtherMessage, at(20, 11, 53), "soldes"
			s.Repeats = []ledger.Repeats{{Campaign: "export", Since: at(3, 9, 0), Rows: 3980}}
			s.SendCommand += " --campaign novembre-2"
		},
		"standing-account.txt":   func(_ *CheckScreen, k *Standing) { k.Send = SendOtherAccount },
		"standing-forgotten.txt": func(_ *CheckScreen, k *Standing) { k.Send = SendForgotten },
	} {
		s := checkScreen()
		s.ProblemsPath, s.Report.Groups, s.Report.Invalid = "", nil, 0
		s.Standing = &Standing{Campaign: novembre(), Messaged: 1480, Status: "kanal-campaign status novembre"}
		change(&s, s.Standing)
		golden(t, name, screen(func(b io.Writer) { Check(b, s) }))
	}
}
