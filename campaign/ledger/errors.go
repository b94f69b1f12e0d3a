package ledger

import (
	"errors"
)

// ErrNoCampaign says that the ledger has no campaign of that name.
var ErrNoCampaign = errors.New("no such campaign")

// ErrSweepBusy says that what was erased could not be removed from the ledger's files yet: another process is using them.
var ErrSweepBusy = errors.New("another program is using the ledger")

// ErrNotHeld says that a ledger does not hold what was recorded in it.
var ErrNotHeld = errors.New("it does not hold what was recorded in it")
