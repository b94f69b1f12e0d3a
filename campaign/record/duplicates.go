package record

// What --duplicates may say about a number that appears again with other values. The same number with the same values
// is always left out.
const (
	DuplicatesError = "error"
	DuplicatesSkip  = "skip"
	DuplicatesAllow = "allow"
)
