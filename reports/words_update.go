package reports

// The sentences about rows that an update corrected or removed, as they were before: their messages stay messages.
const (
	oldAsItWas = "a row as it was|rows as they were"
)

// barredSince says whom a plan holds and the sender leaves out.
const barredSince = "%s who %s opted out since, or had another campaign's message within --min-gap"

// liftedLists says what --suppress none does to a plan.
const liftedLists = "lifted from now on. %s left out of this plan; to send to %s, too, once it is through:"

// The lines of an update, each about rows of its file, or about people who are no longer in it.
const (
	updateSame     = "unchanged: nothing to be sent"
	updateWaiting  = "unchanged, not messaged yet: %s sent"
	updateDoubts   = "in doubt: to be tried again, under the same key"
	updateAsked    = "in doubt: not tried again by itself"
	updateAdded    = "new: %s sent"
	updateCorrect  = "corrected and not messaged yet: %s sent"
	updateLifted   = "no longer on your lists: %s sent"
	updateAllowed  = "left out before, and no longer: %s sent"
	updateRestored = "back in the file as they were: what became of them stands"
	updateMessaged = "changed and messaged already: never messaged again"
	updateDoubted  = "changed, and in doubt from before: not messaged again, nor tried again by itself"
	updateInvalid  = "with errors: left out"
	updateSkipped  = "left out for other reasons: see check"

	updateGone         = "No longer in the file:"
	updateRemoved      = "not messaged: %s left out"
	updateDeparted     = "messaged already: nothing changes"
	updateDepartedOpen = "in doubt: not tried again by itself"
	updateOld          = " of the old file"
)
