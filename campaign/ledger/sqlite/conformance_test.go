package sqlite_test

import (
	"path/filepath"
	"testing"

	"kanal-campaign/campaign/ledger"
	"kanal-campaign/campaign/ledger/ledgertest"
)

func TestConformance(t *testing.T) {
	ledgertest.Run(t, func(t testing.TB) func() *ledger.Ledger {
		path := filepath.Join(t.TempDir(), "state", "ledger.db")
		return func() *ledger.Ledger { return openAt(t, path) }
	})
}
