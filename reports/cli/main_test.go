package cli_test

import (
	"os"
	"runtime/debug"
	"testing"

	"kanal-campaign/campaign/ledger/ledgertest"
)

func TestMain(m *testing.M) {
	debug.SetGCPercent(400) // what every test holds on to, the rules of numbers above all, is marked less often
	os.Exit(ledgertest.InMemory(m))
}
