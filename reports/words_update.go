package reports

// The sentences about rows that an update corrected or removed, as they were before: their messages stay messages.
const (
	oldAsItWas = "a row as it was|rows as they were"
)
