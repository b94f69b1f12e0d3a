package campaign_test

import (
	"slices"
	"testing"

	"kanal-campaign/campaign"
	"kanal-campaign/campaign/message"
	"kanal-campaign/campaign/record"
	"kanal-campaign/campaign/sending"
)

// What lifts something is spelled although its value is empty, and what was given although it is the usual one.
func TestRequestIsSpelledAsItWasGiven(t *testing.T) {
	r := campaign.Request{
		Campaign: "list", File: "list.csv", Rate: sending.DefaultRate, First: 5,
		Message: campaign.MessageAsked{TextFile: "text.txt", FreeForm: &message.FreeForm{Type: "text", Text: "read from it"}},
		Settings: record.Settings{Country: "FR", Duplicates: record.DuplicatesError, Map: map[string]string{"b": "B", "a": "A"},
			Where: []record.Condition{{Text: "city=Lyon"}}, NoConsentColumn: true},
		Lists: campaign.ListsNamed{Lift: true, Paths: []string{"stop.csv"}},
		Given: map[string]bool{"send-window": true, "daily-cap": true, "duplicates": true, "country": true},
	}
	for _, one := range []struct {
		got, want []string
	}{
		{r.SendWords(), []string{"send", "list.csv", "--type", "text", "--text-file", "text.txt", "--country", "FR", "--map", "a=A", "--map",
			"b=B", "--duplicates", "error", "--where", "city=Lyon", "--consent-column", "none", "--send-window", "none", "--suppress", "none",
			"--suppress", "stop.csv", "--daily-cap", "none", "--first", "5"}},
		{r.UpdateWords(record.Campaign{}, "new.csv"), []string{"send", "new.csv", "--update", "--duplicates", "error", "--consent-column",
			"none", "--send-window", "none", "--suppress", "none", "--suppress", "stop.csv", "--daily-cap", "none"}},
		{r.As("other").ResumeWords(), []string{"resume", "other", "--send-window", "none", "--suppress", "none", "--suppress", "stop.csv",
			"--daily-cap", "none"}},
		{campaign.Request{File: "list.csv", Rate: sending.DefaultRate, Settings: record.Settings{Duplicates: record.DuplicatesError}}.
			CheckWords(), []string{"check", "list.csv"}},
	} {
		if !slices.Equal(one.got, one.want) {
			t.Errorf("%q, want %q", one.got, one.want)
		}
	}
}
