package screen

import (
	"strings"
	"testing"

	"kanal-campaign/campaign/outcome"
	"kanal-campaign/campaign/record"
	"kanal-campaign/kanal"
)

// What a refusal advises is nothing for a row in doubt: the message may have gone out.
func TestDoubtsHaveNoRefusalsAdvice(t *testing.T) {
	for _, cause := range []kanal.Cause{kanal.CauseNotOnWhatsApp, kanal.CauseOptedOut, kanal.CauseHeldBack, kanal.CauseClosedWindow,
		kanal.CauseBadParameter} {
		p := Plain(nil).page()
		_, advice := CauseWords(p.Words, string(cause), "")
		showTallies(p, []record.Tally{{Status: outcome.Unknown, Cause: string(cause), Rows: 2}})
		if text := strings.Join(p.lines, " "); strings.Contains(text, advice) {
			t.Errorf("%s: %q", cause, text)
		}
	}
}
