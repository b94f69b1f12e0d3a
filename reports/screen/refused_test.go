package screen

import (
	"errors"
	"fmt"
	"io/fs"
	"strings"
	"testing"

	"kanal-campaign/campaign"
	"kanal-campaign/campaign/hours"
	"kanal-campaign/campaign/message"
	"kanal-campaign/campaign/plan"
	"kanal-campaign/campaign/problem"
	"kanal-campaign/campaign/record"
	"kanal-campaign/kanal"
	"kanal-campaign/reports/words"
)

// Every refusal has a sentence of its own.
func TestRefusedScreens(t *testing.T) {
	gone := &fs.PathError{Op: "open", Path: "/lists/stop.csv", Err: fs.ErrNotExist}
	c := record.Campaign{Name: "novembre", Account: "1001"}
	c.Kind, c.Of, c.Title = string(message.KindTemplate), "77", "order_confirmation"
	msg := message.TemplateMessage(kanal.Template{ID: 78, Name: "welcome"})
	all := []campaign.Refusal{
		{Code: campaign.RefusedConfiguration, Err: &kanal.ConfigError{Fault: kanal.FaultKeyMissing}},
		{Code: campaign.RefusedNoTemplates},
		{Code: campaign.RefusedTemplateUnknown, Name: "welcom", Templates: []kanal.Template{{ID: 1, Name: "welcome"}}},
		{Code: campaign.RefusedTemplateAmbiguous, Name: "welcome", Values: []string{"77", "78"}},
		{Code: campaign.RefusedMessageWrong, Problems: []problem.Problem{{Code: message.TextMissing, Reason: "--text"}}},
		{Code: campaign.RefusedOtherAccount, Campaign: c, Value: "1002", Other: otherCampaign},
		{Code: campaign.RefusedOtherMessage, Campaign: c, Message: msg, Next: []campaign.Command{commandOf("send novembre.csv")}, Other: otherCampaign},
		{Code: campaign.RefusedLostLedger, Path: "/out/novembre.results.csv",
			Next: []campaign.Command{commandOf("resume --from /out/novembre.results.csv")}, Other: otherCampaign},
		{Code: campaign.RefusedForgotten, Campaign: c, Count: 2, Next: []campaign.Command{commandOf("send FILE --template 77 --campaign novembre-2")}},
		{Code: campaign.RefusedOtherSetting, Campaign: c, Name: "country", Values: []string{"FR", "BE"},
			Next: []campaign.Command{commandOf("send novembre.csv")}, Other: commandOf("send novembre.csv --template order_confirmation --country BE --campaign novembre-2")},
		{Code: campaign.RefusedOtherVariables, Campaign: c, Planned: msg, Message: msg},
		{Code: campaign.RefusedOutDirMissing, Path: "/out dir"},
		{Code: campaign.RefusedUnwritable, Path: "/out", Err: &fs.PathError{Op: "open", Path: "/out/x", Err: fs.ErrPermission}},
		{Code: campaign.RefusedOldLedger, Path: "/out/novembre.results.csv", Count: 12},
		{Code: campaign.RefusedTooManyLists, Count: 101},
		{Code: campaign.RefusedListGone, Path: "/lists/stop.csv", Err: gone},
		{Code: campaign.RefusedListUnreadable, Path: "/lists/stop.csv", Count: 1, Problems: []problem.Problem{{Code: plan.ListBlank, Length: 3, Names: []string{"stop.csv"}}}},
		{Code: campaign.RefusedHolidaysUnread, Path: "/lists/fêtes.txt", Err: gone},
		{Code: campaign.RefusedNobodyToAsk},
		{Code: campaign.RefusedBeyondCap, Count: 2000, Hours: hours.HoursVerdict{DailyCap: 1000, Recent: 200}},
		{Code: campaign.RefusedBeyondCap, Campaign: c, Count: 2000, Hours: hours.HoursVerdict{DailyCap: 1000, Recent: 200, GoesOn: true}},
		{Code: campaign.RefusedBeyondCap, Count: 900, Hours: hours.HoursVerdict{DailyCap: 1000, Recent: 1000, Ends: endingAt(at(21, 10, 42), 1000)}},
		{Code: campaign.RefusedHoursUntold},
		{Code: campaign.RefusedUnsteady},
		{Code: campaign.RefusedTestWith, Name: "first"},
		{Code: campaign.RefusedNothingTyped, Count: 12},
		{Code: campaign.RefusedNotTyped, Count: 12},
	}
	erasing := []campaign.Refusal{
		{Code: campaign.RefusedNobodyToAsk},
		{Code: campaign.RefusedUnsteady},
		{Code: campaign.RefusedNothingTyped, Count: 12},
		{Code: campaign.RefusedNotTyped, Count: 12},
	}
	about := RefusedScreen{Session: Session{Mode: Live}, Typed: commandOf("send novembre.csv --template order_confirmation --first 3000"), LedgerFile: "/state/ledger.db", KeyFrom: func() string { return "KANAL_API_KEY" }}
	golden(t, "refused.txt", screen(func(f Face) {
		for i, r := range append(all, erasing...) {
			about := about
			if about.Erases = i >= len(all); about.Erases {
				about.Typed = commandOf("forget +33612345678")
			}
			if refusalText(f, &r, about) == string(r.Code) {
				t.Errorf("%s has no sentence", r.Code)
			}
			fmt.Fprintln(f, "# "+string(r.Code))
			Refused(f, &r, about)
		}
	}))
}

// The place of a file is left out of its error: the sentence names it.
func TestRootCause(t *testing.T) {
	if err := RootCause(words.English(), &fs.PathError{Op: "open", Path: "x", Err: fs.ErrNotExist}); !errors.Is(err, fs.ErrNotExist) ||
		strings.Contains(err.Error(), "x:") {
		t.Errorf("got %v", err)
	}
}
