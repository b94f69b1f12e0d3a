package plan

// seen is what an earlier row sends to a person. It is small because there is one for every recipient of the file.
type seen struct {
	content uint64
	row     uint32
	open    bool // whose number it is depends on a decision
}

// people are those to whom earlier rows send, by canonical digits.
type people struct {
	first map[uint64]seen
	more  map[uint64][]seen // further messages to the same person
}

func newPeople() people { return people{first: map[uint64]seen{}, more: map[uint64][]seen{}} }

// addFirst remembers a message if it is the first to a person, and returns the first.
func (p *people) addFirst(person uint64, this seen) (first seen, known bool) {
	if first, known = p.first[person]; known {
		return first, true
	}
	p.first[person] = this
	return this, false
}

func (p *people) addMore(person uint64, this seen) { p.more[person] = append(p.more[person], this) }

// messages are all that are remembered of a person.
func (p *people) messages(person uint64) []seen {
	if first, known := p.first[person]; known {
		return append([]seen{first}, p.more[person]...)
	}
	return nil
}

func (p *people) has(person uint64) bool {
	_, known := p.first[person]
	return known
}

func (p *people) count() int { return len(p.first) }
