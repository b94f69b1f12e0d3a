package ledgertest

import (
	"errors"
	"slices"
	"testing"
	"time"

	"github.com/google/uuid"

	"kanal-campaign/campaign/outcome"
	"kanal-campaign/campaign/record"
)

func importIsInvisibleUntilPublished(t *testing.T, place Place) {
	book := place(t)()
	Stage(t, book, "a", Row(2, "33612345678", "x"))
	seen := func() int {
		found, err := book.Campaigns(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		return len(found)
	}
	if seen() != 0 {
		t.Error("a staged plan is seen")
	}
	// A process that dies here leaves the plan staged; the next import of that name starts from nothing.
	again := Stage(t, book, "a", Row(2, "33612345678", "y"), Row(3, "33612345679", "y"))
	c, err := again.Publish(t.Context(), record.Campaign{Name: "a"}, nil)
	if err != nil {
		t.Fatal(err)
	}
	if n := len(All(t, book, c)); n != 2 || seen() != 1 {
		t.Errorf("%d rows in %d campaigns", n, seen())
	}
	if err := Stage(t, book, "b", Row(2, "33612345678", "x")).Discard(t.Context()); err != nil || seen() != 1 {
		t.Errorf("discarded plan is seen, or %v", err)
	}
}

func onlyOneRunner(t *testing.T, place Place) {
	open := place(t)
	first, second := open(), open()
	release, err := first.Lock(t.Context(), "a")
	if err != nil {
		t.Fatal(err)
	}
	if _, err := first.StartRun(t.Context(), record.Run{Campaign: "a", PID: 17, EndedAt: time.Now()}); err != nil {
		t.Fatal(err)
	}
	var running *record.RunningError
	if _, err := second.Lock(t.Context(), "a"); !errors.As(err, &running) || running.Holder != (record.Run{Campaign: "a"}) {
		t.Errorf("got %v, want no run that is over", err)
	}
	if _, err := first.StartRun(t.Context(), record.Run{Campaign: "a", PID: 4711, Computer: "PORTABLE-12"}); err != nil {
		t.Fatal(err)
	}
	if _, err := second.Lock(t.Context(), "a"); !errors.As(err, &running) || running.Holder.PID != 4711 {
		t.Errorf("got %v, want the holder's process", err)
	}
	other, err := second.Lock(t.Context(), "b")
	if err != nil {
		t.Fatalf("another campaign is locked, too: %v", err)
	}
	other()
	if err := release(); err != nil {
		t.Fatal(err)
	}
	if again, err := second.Lock(t.Context(), "a"); err != nil {
		t.Errorf("still locked: %v", err)
	} else {
		defer again()
	}
	if _, err := first.Lock(t.Context(), "a"); !errors.As(err, &running) || running.Holder != (record.Run{Campaign: "a"}) {
		t.Errorf("got %v, want no run that died before the holder came", err)
	}
}

func repeatsAreFoundAcrossCampaigns(t *testing.T, place Place) {
	book := place(t)()
	c := Publish(t, book, "export", Row(2, "331", "x"), Row(3, "332", "x"), Row(4, "333", "x"))
	Settle(t, book, c, "331", outcome.Answer{Kind: outcome.Accepted, MessageID: "1"})
	Settle(t, book, c, "332", outcome.Answer{Kind: outcome.Doubt})
	Settle(t, book, c, "333", outcome.Answer{Kind: outcome.Refusal})
	find := func(name string) ([]record.Repeats, int) {
		finder, err := book.RepeatFinder(t.Context(), name)
		if err != nil {
			t.Fatal(err)
		}
		for _, person := range []string{"331", "332", "333", "334"} {
			if err := finder.Add(t.Context(), []uuid.UUID{Row(1, person, "x").ContentID, Row(1, person+"0", "x").ContentID}); err != nil {
				t.Fatal(err)
			}
		}
		found, err := finder.Found(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		repeats := 0
		for _, r := range found.Campaigns {
			repeats += r.Rows
		}
		if found.Messages != repeats {
			t.Errorf("%d messages are repeated of %+v", found.Messages, found.Campaigns)
		}
		return found.Campaigns, found.Own
	}
	if got, own := find("renamed"); own != 0 || len(got) != 1 || got[0].Campaign != "export" || got[0].Rows != 2 {
		t.Errorf("found %+v, want the two of export that have or may have it", got)
	}
	if got, own := find("export"); len(got) != 0 || own != 2 {
		t.Errorf("a campaign repeats itself: %+v, and has %d of its own messages", got, own)
	}
}

func whereACampaignWasRebuiltFromIsKept(t *testing.T, place Place) {
	open := place(t)
	book := open()
	c := Publish(t, book, "a", Row(2, "33612345678", "x"))
	c.RebuiltFrom = "/campaigns/a.results.csv"
	if err := book.Save(t.Context(), c); err != nil {
		t.Fatal(err)
	}
	book.Close()
	if c, err := open().Campaign(t.Context(), "a"); err != nil || c.RebuiltFrom != "/campaigns/a.results.csv" {
		t.Errorf("%q, %v", c.RebuiltFrom, err)
	}
}

// While several processes write files of a campaign, only the first one of them sweeps; the marks tell campaigns apart.
func draftsAreSweptByOne(t *testing.T, place Place) {
	open := place(t)
	swept := map[string]int{}
	begin := func(campaign string) (string, func() error) {
		mark, release, err := open().Drafting(t.Context(), campaign, func(mark string) { swept[mark]++ })
		if err != nil {
			t.Fatal(err)
		}
		return mark, release
	}
	mark, first := begin("a")
	again, second := begin("a")
	other, third := begin("b")
	if again != mark || other == mark || swept[mark] != 1 || swept[other] != 1 {
		t.Errorf("marks %q, %q, %q; swept %v", mark, again, other, swept)
	}
	for _, release := range []func() error{first, second, third} {
		if err := release(); err != nil {
			t.Fatal(err)
		}
	}
	if _, release := begin("a"); swept[mark] != 2 {
		t.Errorf("once all are done it is swept %d times", swept[mark])
	} else if err := release(); err != nil {
		t.Fatal(err)
	}
}

func filesAreNoted(t *testing.T, place Place) {
	book := place(t)()
	for _, name := range []string{"a", "b", "a"} {
		if err := book.NoteFiles(t.Context(), name, "/list.csv", "", "/list.csv"); err != nil {
			t.Fatal(err)
		}
	}
	for name, want := range map[string][]string{"a": {"/list.csv"}, "b": {"/list.csv"}, "c": nil} {
		if got, err := book.Files(t.Context(), name); err != nil || !slices.Equal(got, want) {
			t.Errorf("%s: %q, %v, want %q", name, got, err, want)
		}
	}
}
