package plan

import (
	"slices"

	"github.com/google/uuid"

	"kanal-campaign/campaign/record"
)

// sample draws rows at random, each with the same chance. What is drawn depends on the file alone: every message seen so
// far is the seed of the next draw, so that the same file gives the same rows.
type sample struct {
	state uint64
	seen  uint64
	rows  []*record.Row
}

// sampleRows is how many rows are drawn: one more than the others that are shown, from which it has to differ.
const sampleRows = 3

func (s *sample) add(row *record.Row) {
	s.state = mix(s.state ^ fold(row.ContentID))
	s.seen++
	if len(s.rows) < sampleRows {
		s.rows = append(s.rows, copyOf(*row))
		return
	}
	if at := s.state % s.seen; at < sampleRows {
		s.rows[at] = copyOf(*row)
	}
}

// besides returns a drawn row that is none of the others; nil if there is none.
func (s *sample) besides(others ...*record.Row) *record.Row {
	for i := range s.rows {
		row := s.rows[(i+int(s.state%sampleRows))%len(s.rows)]
		if !slices.ContainsFunc(others, func(other *record.Row) bool { return other != nil && other.Number == row.Number }) {
			return row
		}
	}
	return nil
}

// fold makes a number of the whole of an id.
func fold(id uuid.UUID) (n uint64) {
	for i, b := range id {
		n ^= uint64(b) << (i % 8 * 8)
	}
	return n
}

// mix spreads a number over all bits (the finish of SplitMix64).
func mix(n uint64) uint64 {
	n += 0x9e3779b97f4a7c15
	n = (n ^ n>>30) * 0xbf58476d1ce4e5b9
	n = (n ^ n>>27) * 0x94d049bb133111eb
	return n ^ n>>31
}
