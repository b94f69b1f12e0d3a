// Package automaton turns regular expressions over digits into deterministic automata: tables that read one digit a step, and
// answer what the package regexp would.
//
// Automata are built once and never change. Everything here is safe for concurrent use.
package automaton

import "errors"

// State is where an automaton stands. None leaves dead, whatever is read.
type State uint16

const (
	dead  State = iota
	start       // before the first digit
)

// ErrUnsupported is the error for a pattern that cannot be followed digit by digit, and for one of more states than a State
// can tell apart.
var ErrUnsupported = errors.New("automaton: the pattern is not one of digits alone")

// Set is the automaton of several patterns at once.
type Set struct{ table }

// table is an automaton's states: where each leads, and what has been matched there.
type table struct {
	next    [][10]State
	matched []uint16
}

// States is how many states there are; all below it are the automaton's.
func (t *table) States() int { return len(t.next) }

// Start is the state before the first digit.
func (t *table) Start() State { return start }

// After is the state once digits are read.
func (t *table) After(from State, digits string) State {
	for i := range len(digits) {
		digit := digits[i] - '0'
		if digit > 9 {
			return dead
		}
		from = t.next[from][digit]
	}
	return from
}

// Compile makes the automaton of at most 16 patterns, each to match digits as a whole.
func Compile(patterns ...string) (*Set, error) {
	if len(patterns) > 16 {
		return nil, ErrUnsupported
	}
	b, err := newBuilder(patterns)
	if err != nil {
		return nil, err
	}
	b.lastGroup = 0
	made, err := b.construct(b.judgeWhole)
	return &Set{made}, err
}

// Match tells which patterns match the whole text: bit n is the one that was given as the nth. A text that holds anything but
// digits is matched by none.
func (s *Set) Match(digits string) uint16 { return s.Matched(s.After(s.Start(), digits)) }

// Matched tells, like Match, which patterns match what was read on the way to a state.
func (s *Set) Matched(state State) uint16 { return s.matched[state] }

// Beginnings are the digits, n of them, with which texts of length digits begin that any of the patterns matches, in order.
func (s *Set) Beginnings(patterns uint16, n, length int) []string {
	var found []string
	var follow func(states []State, begun string)
	follow = func(states []State, begun string) {
		if len(begun) == n {
			if s.ends(states, patterns, length-n) {
				found = append(found, begun)
			}
			return
		}
		for digit := byte('0'); digit <= '9'; digit++ {
			follow([]State{s.next[states[0]][digit-'0']}, begun+string(digit))
		}
	}
	follow([]State{start}, "")
	return found
}

// ends reports whether one of the patterns may match after more digits.
func (s *Set) ends(states []State, patterns uint16, more int) bool {
	for range more {
		reached := map[State]bool{}
		for _, state := range states {
			for _, next := range s.next[state] {
				reached[next] = true
			}
		}
		states = states[:0]
		for state := range reached {
			states = append(states, state)
		}
	}
	for _, state := range states {
		if s.matched[state]&patterns != 0 {
			return true
		}
	}
	return false
}

// Prefix is the automaton of a pattern that matches the beginning of a text.
type Prefix struct{ table }

// What has been matched in a state of a Prefix.
const (
	here         = 1 << iota // whatever follows
	hereGrouped              // the pattern's last group took part
	atEnd                    // if nothing follows
	atEndGrouped             // and so on
)

// CompilePrefix makes the automaton of a pattern that is to match from the first digit.
func CompilePrefix(pattern string) (*Prefix, error) {
	b, err := newBuilder([]string{pattern})
	if err != nil {
		return nil, err
	}
	made, err := b.construct(b.judgeFront)
	return &Prefix{made}, err
}

// Match returns how many digits the pattern matches, -1 if it does not, and whether the last of its groups took part. Of
// several matches it is the one that the package regexp prefers.
func (p *Prefix) Match(digits string) (length int, grouped bool) {
	length = -1
	state := start
	for i := 0; state != dead; i++ {
		matched := p.matched[state]
		if matched&here != 0 {
			length, grouped = i, matched&hereGrouped != 0
		}
		if i == len(digits) {
			if matched&atEnd != 0 {
				length, grouped = i, matched&atEndGrouped != 0
			}
			break
		}
		digit := digits[i] - '0'
		if digit > 9 {
			break
		}
		state = p.next[state][digit]
	}
	return length, grouped
}
