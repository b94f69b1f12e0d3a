package plan

import (
	"kanal-campaign/campaign/audience"
	"kanal-campaign/campaign/problem"
)

// EncodingOpen is a decision: the file does not say its encoding, and its bytes speak for another one than the usual. Names are
// that encoding and the usual one, and then words of the file in pairs, as each of the two reads them.
const EncodingOpen problem.Code = "encoding-open"

// EncodingQuestion asks in which encoding a file is, where that is to be decided. The file is read in the likely one.
func EncodingQuestion(f *audience.File) []problem.Problem {
	doubt, open := f.EncodingDoubt()
	if !open {
		return nil
	}
	names := []string{doubt.LikelyName(), doubt.UsualName()}
	for i := range doubt.As {
		names = append(names, problem.Cut(doubt.As[i]), problem.Cut(doubt.Instead[i]))
	}
	return []problem.Problem{{Code: EncodingOpen, Severity: problem.Decision, Names: names, Answers: []problem.Answer{
		{Flag: "--encoding", Value: doubt.Likely}, {Flag: "--encoding", Value: doubt.Usual},
	}}}
}
