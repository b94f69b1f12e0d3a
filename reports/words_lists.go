package reports

import (
	"errors"
	"fmt"
	"strings"

	"kanal-campaign/campaign/audience"
	"kanal-campaign/campaign/problem"
)

// ListUnreadable says which numbers of a list for --suppress cannot be read. problems are the first of all.
func ListUnreadable(f Face, path string, problems []problem.Problem, all int) string {
	var lines []string
	for _, p := range problems {
		where := ""
		if p.Row > 0 {
			where = "row " + figure(p.Row) + ": "
		}
		lines = append(lines, "  "+where+f.ProblemSentence(p))
	}
	if more := all - len(problems); more > 0 {
		lines = append(lines, "  and "+figure(more)+" more")
	}
	return fmt.Sprintf("The list %s (--suppress) cannot be read whole, so that someone on it might be messaged. Nothing was sent. "+
		"Correct it, and run the same command again:\n%s", pathWord(path), strings.Join(lines, "\n"))
}

// ListAsks says that people may be on a list, which stops a campaign that is known. open are campaign.ListQuestions'.
func ListAsks(f Face, open []problem.Problem) string {
	lines := []string{"Nothing was sent."}
	for _, p := range open {
		lines = append(lines, f.ProblemSentence(p))
	}
	return strings.Join(lines, " ")
}

// ListGone says that a list that the campaign remembers cannot be read any more. others are the lists besides it.
func ListGone(f Face, path string, others []string, err error) string {
	why := err.Error()
	var fault *audience.Fault
	if p, ok := FaultProblem(err); ok && errors.As(err, &fault) {
		why, _ = f.Problem(p)
	}
	anew := "--suppress none --suppress FILE"
	for _, other := range others {
		anew += " --suppress " + POSIX.Word(other)
	}
	return fmt.Sprintf("This campaign leaves out the people in %s, and that list cannot be read: %s Nothing was sent. Put it back; "+
		"or, where it is somewhere else now, name the campaign's lists anew with %s. (--suppress none alone goes on without any.)",
		pathWord(path), why, anew)
}
