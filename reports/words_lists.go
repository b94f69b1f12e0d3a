package reports

import (
	"errors"
	"fmt"
	"strconv"
	"strings"

	"kanal-campaign/campaign"
	"kanal-campaign/campaign/audience"
	"kanal-campaign/campaign/problem"
)

// ListUnreadable says which numbers of a list for --suppress cannot be read. problems are the first of all.
func ListUnreadable(path string, problems []problem.Problem, all int) string {
	var lines []string
	for _, p := range problems {
		where := ""
		if p.Row > 0 {
			where = "row " + figure(p.Row) + ": "
		}
		lines = append(lines, "  "+where+Sentence(p))
	}
	if more := all - len(problems); more > 0 {
		lines = append(lines, "  and "+figure(more)+" more")
	}
	return fmt.Sprintf("The list %s (--suppress) cannot be read whole, so that someone on it might be messaged. Nothing was sent. "+
		"Correct it, and run the same command again:\n%s", pathWord(path), strings.Join(lines, "\n"))
}

// ListAsks says that people may be on a list, which stops a campaign that is known. open are campaign.ListQuestions'.
func ListAsks(open []problem.Problem) string {
	lines := []string{"Nothing was sent."}
	for _, p := range open {
		lines = append(lines, Sentence(p))
	}
	return strings.Join(lines, " ")
}

// listWords are about lists for --suppress. The first name is the list's.
var listWords = map[problem.Code]wording{
	campaign.ListNumberOpen: {
		place: placeCountry, heading: "Find out whether {length:person is|people are} on the list {name}",
		wrong: "Numbers of {name} (--suppress) stand there without their country, and {length:person|people} of this campaign " +
			"{length?has|have} one of them in another country than that of --country[: {pairs}].",
		fix: "Write these numbers of the list with + and their country code, or give the list a column of countries and name it " +
			"with --country-column.",
	},
	campaign.ListBlank: {
		place: placeWarnings, heading: "{length:row|rows} of the list {name} {length?has|have} no number",
		wrong: "{length:row|rows} of the list {name} {length?has|have} no number.", fix: "Look whether {length?it is|they are} meant to.",
	},
	campaign.ListUnread: {
		place: placeWarnings, heading: "{length:number|numbers} of the list {name} {length?has|have} no country that is known, and " +
			"{length?is|are} nobody's in this campaign",
		wrong: "{length:number|numbers} of the list {name} {length?has|have} no country that is known, and nobody in this campaign " +
			"has {length?it|one of them} in any.",
		fix: "Write them with + and their country code.",
	},
}

// listPairs tells of the first people who may be on a list: row 2 (+41791234567) and its row 3 ("0791234567").
func listPairs(names []string) string {
	var pairs []string
	for at := 1; at+3 < len(names); at += 4 {
		row, _ := strconv.Atoi(names[at])
		other, _ := strconv.Atoi(names[at+2])
		pairs = append(pairs, fmt.Sprintf("row %s (%s) may be row %s of the list (%s)", rowNumber(row), Clean(names[at+1]), rowNumber(other),
			quoted(names[at+3])))
	}
	return list(pairs)
}

// ListGone says that a list that the campaign remembers cannot be read any more. others are the lists besides it.
func ListGone(path string, others []string, err error) string {
	why := err.Error()
	var fault *audience.Fault
	if p, ok := FaultProblem(err); ok && errors.As(err, &fault) {
		why = wrongOf(p)
	}
	anew := "--suppress none --suppress FILE"
	for _, other := range others {
		anew += " --suppress " + Argument(other)
	}
	return fmt.Sprintf("This campaign leaves out the people in %s, and that list cannot be read: %s Nothing was sent. Put it back; "+
		"or, where it is somewhere else now, name the campaign's lists anew with %s. (--suppress none alone goes on without any.)",
		pathWord(path), why, anew)
}
