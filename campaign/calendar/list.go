package calendar

import (
	"bufio"
	"fmt"
	"io"
	"strings"
	"time"
)

// ListError says which line of a list of holidays is no day. Line is 0 when the list has no day at all.
type ListError struct {
	Line int
	Text string
}

func (e *ListError) Error() string { return fmt.Sprintf("line %d is no date: %q", e.Line, e.Text) }

// longestLine bounds the bytes of a line.
const longestLine = 4096

// ReadList reads holidays, one a line: an ISO date, and the name if it has one. Empty lines and those that begin with #
// are passed over. Its error is a *ListError or the reader's.
func ReadList(r io.Reader) (Calendar, error) {
	days := map[string]Named{}
	scanner := bufio.NewScanner(r)
	scanner.Buffer(nil, longestLine)
	for n := 1; scanner.Scan(); n++ {
		line := strings.TrimSpace(strings.TrimPrefix(scanner.Text(), "\ufeff"))
		if line == "" || strings.HasPrefix(line, "#") {
			continue
		}
		end := strings.IndexAny(line, " \t,;")
		if end < 0 {
			end = len(line)
		}
		date, name := line[:end], strings.Trim(line[end:], " \t,;\"")
		if _, err := time.Parse(time.DateOnly, date); err != nil {
			return Calendar{}, &ListError{Line: n, Text: line}
		}
		days[date] = Named{Name: name}
	}
	if err := scanner.Err(); err != nil {
		return Calendar{}, err
	}
	if len(days) == 0 {
		return Calendar{}, &ListError{}
	}
	return Calendar{days: func(int) map[string]Named { return days }}, nil
}
