package campaign_test

import (
	"path/filepath"
	"slices"
	"testing"

	"github.com/google/uuid"

	"kanal-campaign/campaign"
	"kanal-campaign/campaign/number"
	"kanal-campaign/campaign/sending/sendingtest"
	"kanal-campaign/kanal/sandbox"
)

// What a campaign's files are written from knows its place and the keys that its rows had before they got new ones.
func TestSourceOfACampaign(t *testing.T) {
	b := sendingtest.NewBench(t, 3, sandbox.Options{})
	defer b.Close()
	s := b.Sender
	row := b.Rows(s)[2]
	keyOf := func(generation int) uuid.UUID {
		return s.Message.Recipe("spring", row.Phone, row.Values, generation).Key()
	}
	if keyOf(0) != row.Key {
		t.Fatal("the row has another key than its recipe gives")
	}
	source := (&campaign.Desk{Ledger: b.Ledger, Rehearsal: true}).Source(t.Context(), s.Campaign)
	if source.Results() != filepath.Join(s.Campaign.OutDir, "spring.sandbox.results.csv") || !slices.Equal(source.Header, s.Campaign.File.Header) {
		t.Errorf("%+v", source)
	}
	row.Generation = 2
	if keys := source.FormerKeys(row); !slices.Equal(keys, []uuid.UUID{keyOf(0), keyOf(1)}) {
		t.Errorf("%v", keys)
	}
	for range 2 { // its rows may be gone through again
		n := 0
		for _, err := range source.Rows {
			if n++; err != nil {
				t.Fatal(err)
			}
		}
		if n != 3 {
			t.Errorf("%d rows", n)
		}
	}
}

// The example of a starter file passes the check.
func TestStarterPassesTheCheck(t *testing.T) {
	header, example := sendingtest.Welcome(t).Starter()
	if !slices.Equal(header, []string{"phone", "prenom", "code"}) || len(example) != len(header) {
		t.Errorf("%q, %q", header, example)
	}
	if _, err := (number.Rules{}).Clean(example[0]); err != nil {
		t.Error(err)
	}
}
