package plan

// seen is what an earlier row sends to a person.
type seen struct {
	content uint64
	row     uint32
	open    bool // whose number it is depends on a decision
}

// people are those to whom earlier rows send, by canonical digits. There is one for every recipient of the file, so that they
// take 20 bytes each, and 5 to 11 of the table, and nothing that the garbage collector looks into: a table of places in a list that grows by pieces.
type people struct {
	pieces []*peoplePiece
	known  int
	places []uint32          // by hash, the next free one where that is taken: 1 for the first of the list; 0 for none
	more   map[uint64][]seen // further messages to the same person
}

// peoplePiece is a part of the list.
type peoplePiece struct {
	persons, contents [pieceSize]uint64
	rows              [pieceSize]uint32 // with openRow
}

// openRow marks the row of a message that is open. No file has as many rows.
const openRow = 1 << 31

const pieceSize = 4096

func newPeople() people { return people{places: make([]uint32, 1024), more: map[uint64][]seen{}} }

// find returns where a person is in the list, -1 if nowhere, and the place in the table.
func (p *people) find(person uint64) (at int, place uint64) {
	mask := uint64(len(p.places) - 1)
	for place = mix(person) & mask; p.places[place] != 0; place = (place + 1) & mask {
		if at = int(p.places[place]) - 1; p.person(at) == person {
			return at, place
		}
	}
	return -1, place
}

func (p *people) person(at int) uint64 { return p.pieces[at/pieceSize].persons[at%pieceSize] }

// addFirst remembers a message if it is the first to a person, and returns the first.
func (p *people) addFirst(person uint64, this seen) (first seen, known bool) {
	at, place := p.find(person)
	if at >= 0 {
		return p.first(at), true
	}
	if p.known%pieceSize == 0 {
		p.pieces = append(p.pieces, new(peoplePiece))
	}
	piece, i := p.pieces[p.known/pieceSize], p.known%pieceSize
	piece.persons[i], piece.contents[i], piece.rows[i] = person, this.content, this.row
	if this.open {
		piece.rows[i] |= openRow
	}
	p.known++
	p.places[place] = uint32(p.known)
	if p.known*4 > len(p.places)*3 {
		p.grow()
	}
	return this, false
}

func (p *people) first(at int) seen {
	piece, i := p.pieces[at/pieceSize], at%pieceSize
	return seen{content: piece.contents[i], row: piece.rows[i] &^ openRow, open: piece.rows[i]&openRow != 0}
}

// grow makes the table twice as large.
func (p *people) grow() {
	p.places = make([]uint32, 2*len(p.places))
	for at := range p.known {
		_, place := p.find(p.person(at))
		p.places[place] = uint32(at + 1)
	}
}

func (p *people) addMore(person uint64, this seen) { p.more[person] = append(p.more[person], this) }

// messages are all that are remembered of a person.
func (p *people) messages(person uint64) []seen {
	at, _ := p.find(person)
	if at < 0 {
		return nil
	}
	return append([]seen{p.first(at)}, p.more[person]...)
}

func (p *people) has(person uint64) bool {
	at, _ := p.find(person)
	return at >= 0
}

func (p *people) count() int { return p.known }

// marks are people that are marked, by where they are in the list.
type marks []uint64

func (m *marks) set(at int) {
	for len(*m) <= at/64 {
		*m = append(*m, 0)
	}
	(*m)[at/64] |= 1 << (at % 64)
}

func (m marks) has(at int) bool { return at/64 < len(m) && m[at/64]&(1<<(at%64)) != 0 }
