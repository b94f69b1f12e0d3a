package sending_test

import (
	"os"
	"testing"

	"kanal-campaign/campaign/ledger/ledgertest"
)

func TestMain(m *testing.M) {
	os.Exit(ledgertest.Main(m, 4))
}
