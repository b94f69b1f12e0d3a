package audience

import (
	"strings"
	"unicode/utf8"

	"kanal-campaign/campaign/text"
)

// candidates are the delimiters that are detected. Where two of them fit as
// well, the first is taken: the one that text and decimals hold less often.
const candidates = "\t;|,"

// sampleRecords is how many records below the header are compared with it.
const sampleRecords = 20

// sepLine is the line by which Excel is told the delimiter.
var sepLine = text.Pattern(`^(?i)"?sep=([^\r\n])"?(\r\n|\n|\r)`)

// cutSep finds Excel's "sep=;" line at the start of the text: the delimiter it
// names and the line's length in bytes, or 0.
func cutSep(head string) (delimiter rune, length int) {
	m := sepLine().FindStringSubmatch(head)
	if m == nil {
		return 0, 0
	}
	r, _ := utf8.DecodeRuneInString(m[1])
	if checkDelimiter(r) != nil {
		return 0, 0
	}
	return r, len(m[0])
}

// shape is what a record looks like before its delimiter is known.
type shape struct {
	counts [len(candidates)]int // candidates outside quotes
	filled bool                 // it holds more than delimiters and spaces
}

// sniff finds the delimiter and the line ending in the decoded head of a file,
// of which the delimiter may be known. A file without any delimiter, of one
// column, is said to have commas.
func sniff(head string, known rune) (delimiter rune, ending string) {
	head = maskQuoted(head, known)
	shapes, ending := shapesOf(head)
	if ending == "" {
		ending = "\n"
	}
	if len(shapes) == 0 {
		// Nothing but blank rows, which are blank by any delimiter in them.
		if i := strings.IndexAny(head, candidates); i >= 0 {
			return rune(head[i]), ending
		}
		return ',', ending
	}
	header, rest := shapes[0], shapes[1:]
	if at := belowTitle(shapes); at > 0 {
		header, rest = shapes[at], shapes[at+1:]
	}
	best, bestScore := len(candidates)-1, 0
	for c := range len(candidates) {
		agreeing := 0
		for _, s := range rest {
			if s.counts[c] == header.counts[c] {
				agreeing++
			}
		}
		// "phone;first, last, nick" holds more commas than semicolons: the rows
		// below decide, and the header's own count where they say nothing.
		score := header.counts[c] * (10*agreeing + max(len(rest), 1))
		if score > bestScore {
			best, bestScore = c, score
		}
	}
	return rune(candidates[best]), ending
}

// maskQuoted gives the text with every quoted cell as letters. A mark opens a
// cell behind whatever may be a delimiter, and spaces.
func maskQuoted(head string, known rune) string {
	masked := []byte(head)
	separators := candidates + "\r\n"
	if known != 0 {
		separators += string(known)
	}
	opens := true
	for i := 0; i < len(head); {
		if head[i] != '"' || !opens {
			opens = strings.IndexByte(separators, head[i]) >= 0 || opens && head[i] == ' '
			i++
			continue
		}
		end := i + 1
		for end < len(head) && (head[end] != '"' || strings.HasPrefix(head[end+1:], `"`)) {
			if head[end] == '"' {
				end++
			}
			end++
		}
		for end = min(end+1, len(head)); i < end; i++ {
			masked[i] = 'x'
		}
		opens = false
	}
	return string(masked)
}

// belowTitle finds the first record behind titles, which hold no delimiter: it and the next one hold as many of one. It is 0
// where there are no titles.
func belowTitle(shapes []shape) int {
	for i, s := range shapes {
		if s.counts == [len(candidates)]int{} {
			continue
		}
		for c := range len(candidates) {
			if n := s.counts[c]; n > 0 && i > 0 && i+1 < len(shapes) && shapes[i+1].counts[c] == n {
				return i
			}
		}
		return 0
	}
	return 0
}

// shapesOf gives the shapes of the first records that are not blank, and the
// line ending that closes the first line, "" if none does. A CR on its own ends
// a record only if no LF does (an old Excel for Mac).
func shapesOf(head string) (shapes []shape, ending string) {
	ending = endingOf(head)
	end := byte('\n')
	if ending == "\r" {
		end = '\r'
	}
	var current shape
	for i := 0; i < len(head) && len(shapes) <= sampleRecords; i++ {
		b := head[i]
		switch {
		case b == end:
			if current.filled {
				shapes = append(shapes, current)
			}
			current = shape{}
		case strings.IndexByte(candidates, b) >= 0:
			current.counts[strings.IndexByte(candidates, b)]++
		case b != ' ' && b != '\r':
			current.filled = true
		}
	}
	// The head may end in the middle of a record, which says nothing then,
	// unless it is all there is to see.
	if current.filled && (len(shapes) == 0 || len(head) < headSize) && len(shapes) <= sampleRecords {
		shapes = append(shapes, current)
	}
	return shapes, ending
}

// endingOf gives the first line ending; "\r" only where no LF follows anywhere
// in the head.
func endingOf(head string) string {
	switch i := strings.IndexByte(head, '\n'); {
	case i > 0 && head[i-1] == '\r':
		return "\r\n"
	case i >= 0:
		return "\n"
	case strings.Contains(head, "\r"):
		return "\r"
	}
	return ""
}
