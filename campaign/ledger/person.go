package ledger

import (
	"fmt"
	"strings"

	"kanal-campaign/campaign/number"
)

// A person is given as canonical digits, in the form of any version of the rules (number.Forms): each campaign compares its
// own people by one version, while what several campaigns keep is looked for under all of them.

// isPerson continues "person" in a query whose first arguments are the forms of the person.
const isPerson = ` IN ($1, $2, $3)`

// forms are a person's canonical forms as isPerson takes them, the last one as often as it takes, and then the other arguments.
func forms(person string, others ...any) []any {
	known := number.Forms(person)
	args := make([]any, 0, 3+len(others))
	for i := range 3 {
		args = append(args, known[min(i, len(known)-1)])
	}
	return append(args, others...)
}

// placeholders are those of n arguments after the first ones, with commas between them.
func placeholders(after, n int) string {
	var list strings.Builder
	for i := range n {
		fmt.Fprintf(&list, ",$%d", after+i+1)
	}
	return list.String()[1:]
}
