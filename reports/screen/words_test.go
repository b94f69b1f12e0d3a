package screen

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"strings"
	"syscall"
	"testing"

	"github.com/google/uuid"

	"kanal-campaign/campaign"
	"kanal-campaign/campaign/outcome"
	"kanal-campaign/campaign/record"
	"kanal-campaign/campaign/text"
	"kanal-campaign/campaign/trouble"
	"kanal-campaign/kanal"
	"kanal-campaign/reports/words"
)

func TestCauseWords(t *testing.T) {
	label, advice := CauseWords(words.English(), string(kanal.CauseNotOnWhatsApp), "131026")
	if label != "not on WhatsApp (131026)" || advice != "do not retry" {
		t.Errorf("%q, %q", label, advice)
	}
	if label, _ := CauseWords(words.English(), string(kanal.CauseOptedOut), "400"); label != "opted out" {
		t.Errorf("an HTTP status says nothing here: %q", label)
	}
	if label, _ := CauseWords(words.English(), "from-the-\x1b[31mfuture", ""); label != "from-the-future" {
		t.Errorf("%q", label)
	}
}

// The ledger keeps these ends with runs that came to no sending.
func TestEndsWithoutSending(t *testing.T) {
	for _, code := range []string{"not-started", "declined", "tested", "checked"} {
		if !sendsNothing(code) || words.English().RunEnd(code) == code {
			t.Error(code)
		}
	}
}

func TestErrorSentence(t *testing.T) {
	f, started := Plain(nil), at(20, 10, 42)
	for want, err := range map[string]error{
		f.ErrorLedgerNewer("/x/l.db"):                                 &trouble.NewerError{Path: "/x/l.db"},
		f.ErrorLedgerDamaged(`"/x y/l.db"`, "file is not a database"): &trouble.DamagedError{Path: "/x y/l.db", Err: errors.New("file is not a database")},
		f.ErrorCampaignRunningBy(`"novembre"`, "7", f.Dated(started), "zoe", "PORTABLE"): &record.RunningError{Holder: record.Run{
			Campaign: "novembre", PID: 7, StartedAt: started, Person: "zoe", Computer: "PORTABLE"}},
		f.ErrorLedgerFailed("/x/l.db", "its disk is full", "Make room there."): &trouble.DiskError{Path: "/x/l.db", Trouble: trouble.Full,
			Err: errors.New("database or disk is full (13)")},
		f.ErrorLedgerMoved("/x/l.db"):        fmt.Errorf("outer: %w", &trouble.MovedError{Path: "/x/l.db"}),
		f.ErrorCampaignRunning(`"novembre"`): &record.RunningError{Holder: record.Run{Campaign: "novembre"}},
		f.ErrorFile("/x/a.csv", "permission denied", "Check that it exists, that the disk has room, and that you may write there."): fmt.Errorf(
			"outer: %w", &fs.PathError{Op: "open", Path: "/x/a.csv", Err: errors.New("permission denied")}),
	} {
		if got, ok := ErrorSentence(f, err); !ok || got != want {
			t.Errorf("got  %s\nwant %s", got, want)
		}
	}
	if text, ok := ErrorSentence(f, os.ErrInvalid); ok || text != "" {
		t.Errorf("not every error has a sentence: %q", text)
	}
	if text, ok := ErrorSentence(f, &kanal.Error{Cause: kanal.CauseNoSubscription, Status: 403, Message: "No subscription"}); !ok ||
		!strings.Contains(text, "renew the team's subscription") {
		t.Errorf("%q", text)
	}
}

// What is said in the midst of a run fits the screen, and names what stopped it as people do.
func TestStoppingFitsTheScreen(t *testing.T) {
	w := words.English()
	for signal, name := range map[os.Signal]string{os.Interrupt: w.SignalCtrlC(), syscall.SIGHUP: w.SignalTerminalClosed(),
		syscall.SIGTERM: w.SignalTerminated()} {
		lines := Stopping(w, signal)
		if len(lines) != 2 || !strings.Contains(lines[0], name) {
			t.Errorf("%q", lines)
		}
		for _, line := range lines {
			if text.Columns(line) > screenWidth {
				t.Errorf("%d columns: %s", text.Columns(line), line)
			}
		}
	}
}

// Every reason for which a row is left out, or was settled, is told to whoever asks to try it again.
func TestEveryReasonAgainstARetry(t *testing.T) {
	f := Plain(nil)
	reason := func(state outcome.State) string {
		return NotRetried{}.reason(f, campaign.NotRetriedRow{Row: record.Row{ID: 1, Number: 3, State: state, ContentID: uuid.Max}}).text
	}
	for _, cause := range record.LeftOutCauses {
		told := reason(outcome.State{Status: outcome.Skipped, Cause: cause})
		if why, _ := CauseWords(f.Words, cause, ""); told == f.RetryRowSkipped("3", why) {
			t.Errorf("%s has no words", cause)
		}
	}
	told := map[string]outcome.Status{}
	for _, status := range outcome.Statuses {
		text := reason(outcome.State{Status: status})
		if other, twice := told[text]; twice {
			t.Errorf("%s and %s have the same words", status, other)
		}
		told[text] = status
	}
}
