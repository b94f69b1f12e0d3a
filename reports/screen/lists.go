package screen

import (
	"strings"

	"kanal-campaign/campaign/problem"
)

// ListUnreadable says which numbers of a list for --suppress cannot be read. problems are the first of all.
func ListUnreadable(f Face, path string, problems []problem.Problem, all int) string {
	lines := []string{f.ListUnreadable(f.Path(path))}
	for _, p := range problems {
		line := f.ProblemSentence(p)
		if p.Row > 0 {
			line = f.ListLine(f.RowNumber(p.Row), line)
		}
		lines = append(lines, "  "+line)
	}
	if more := all - len(problems); more > 0 {
		lines = append(lines, "  "+f.AndMore(more))
	}
	return strings.Join(lines, "\n")
}

// ListAsks says that people may be on a list, which stops a campaign that is known. open are campaign.ListQuestions'.
func ListAsks(f Face, open []problem.Problem) string {
	sentences := []string{f.NothingSent()}
	for _, p := range open {
		sentences = append(sentences, f.ProblemSentence(p))
	}
	return strings.Join(sentences, " ")
}

// ListGone says that a list that the campaign remembers cannot be read any more. others are the lists besides it.
func ListGone(f Face, path string, others []string, err error) string {
	why := failureText(f.Words, err) + "."
	if p, ok := FaultProblem(err); ok {
		why, _ = f.Problem(p)
	}
	flags := "--suppress none --suppress FILE"
	for _, other := range others {
		flags += " --suppress " + f.Shell.Word(other)
	}
	return f.ListGone(f.Path(path), why, flags)
}
