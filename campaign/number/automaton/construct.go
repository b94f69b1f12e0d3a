package automaton

import (
	"encoding/binary"
	"math"
	"regexp/syntax"
	"slices"
)

// thread is one way in which a pattern may have read what was read: where its program stands, and, in the lowest bit, whether
// the pattern's last group has begun.
type thread uint32

const grouped thread = 1

// builder makes a table by subset construction: its states are the threads that there may be at a time.
type builder struct {
	code      []instruction // the programs of all patterns, one after the other
	starts    []thread
	seen      []uint32 // by thread: the round in which it was followed last
	round     uint32
	lastGroup uint32 // the capture with which the last group begins, 0 where that does not matter
}

// instruction is one of a program's, with where it leads among all.
type instruction struct {
	syntax.Inst
	out, arg thread
	pattern  int
}

func newBuilder(patterns []string) (*builder, error) {
	b := &builder{}
	for n, pattern := range patterns {
		parsed, err := syntax.Parse(pattern, syntax.Perl)
		if err != nil {
			return nil, err
		}
		program, err := syntax.Compile(parsed.Simplify())
		if err != nil {
			return nil, err
		}
		first := uint32(len(b.code))
		at := func(inst uint32) thread { return thread(2 * (first + inst)) }
		for _, inst := range program.Inst {
			if inst.Op == syntax.InstEmptyWidth && syntax.EmptyOp(inst.Arg)&^(syntax.EmptyBeginText|syntax.EmptyEndText) != 0 {
				return nil, ErrUnsupported
			}
			joined := instruction{Inst: inst, out: at(inst.Out), pattern: n}
			if inst.Op == syntax.InstAlt || inst.Op == syntax.InstAltMatch {
				joined.arg = at(inst.Arg)
			}
			b.code = append(b.code, joined)
		}
		b.starts = append(b.starts, at(uint32(program.Start)))
		b.lastGroup = uint32(2 * parsed.MaxCap())
	}
	b.seen = make([]uint32, 2*len(b.code))
	return b, nil
}

func (b *builder) at(t thread) *instruction { return &b.code[t>>1] }

func (b *builder) isMatch(t thread) bool { return b.at(t).Op == syntax.InstMatch }

// where is the place in a text at which threads are followed.
type where struct{ first, last bool }

// follow adds to threads, in the order in which a pattern prefers them, what a thread becomes without reading: those that
// read next, have matched, or wait for the end of the text.
func (b *builder) follow(threads []thread, t thread, place where) []thread {
	if b.seen[t] == b.round {
		return threads
	}
	b.seen[t] = b.round
	inst := b.at(t)
	switch inst.Op {
	case syntax.InstAlt, syntax.InstAltMatch:
		threads = b.follow(threads, inst.out|t&grouped, place)
		return b.follow(threads, inst.arg|t&grouped, place)
	case syntax.InstCapture:
		if b.lastGroup > 0 && inst.Inst.Arg == b.lastGroup {
			t |= grouped
		}
		return b.follow(threads, inst.out|t&grouped, place)
	case syntax.InstNop:
		return b.follow(threads, inst.out|t&grouped, place)
	case syntax.InstEmptyWidth:
		op := syntax.EmptyOp(inst.Inst.Arg)
		switch {
		case op&syntax.EmptyBeginText != 0 && !place.first:
			return threads
		case op&syntax.EmptyEndText == 0 || place.last:
			return b.follow(threads, inst.out|t&grouped, place)
		}
	case syntax.InstFail:
		return threads
	}
	return append(threads, t)
}

// read gives the threads after a digit.
func (b *builder) read(threads []thread, digit rune) []thread {
	b.round++
	var next []thread
	for _, t := range threads {
		switch inst := b.at(t); inst.Op {
		case syntax.InstRune, syntax.InstRune1, syntax.InstRuneAny, syntax.InstRuneAnyNotNL:
			if inst.MatchRune(digit) {
				next = b.follow(next, inst.out|t&grouped, where{})
			}
		}
	}
	return next
}

// ended gives the threads where the text ends.
func (b *builder) ended(threads []thread) []thread {
	b.round++
	var last []thread
	for _, t := range threads {
		last = b.follow(last, t, where{last: true})
	}
	return last
}

// judgeWhole tells which patterns have matched where the text ends. It sorts the threads, which are all alike to it.
func (b *builder) judgeWhole(threads []thread) (matched uint16, left []thread) {
	for _, t := range b.ended(threads) {
		if b.isMatch(t) {
			matched |= 1 << b.at(t).pattern
		}
	}
	slices.Sort(threads)
	return matched, threads
}

// judgeFront tells what the one pattern has matched, and leaves out the threads that it likes less than a match.
func (b *builder) judgeFront(threads []thread) (matched uint16, left []thread) {
	if i := slices.IndexFunc(threads, b.isMatch); i >= 0 {
		matched |= here
		if threads[i]&grouped != 0 {
			matched |= hereGrouped
		}
		threads = threads[:i+1]
	}
	last := b.ended(threads)
	if i := slices.IndexFunc(last, b.isMatch); i >= 0 {
		matched |= atEnd
		if last[i]&grouped != 0 {
			matched |= atEndGrouped
		}
	}
	return matched, threads
}

// construct makes the table. judge tells what has been matched with some threads, and which of them go on.
func (b *builder) construct(judge func([]thread) (uint16, []thread)) (table, error) {
	made := table{next: make([][10]State, 2), matched: make([]uint16, 2)}
	states := map[string]State{"": dead}
	threads := [][]thread{dead: nil, start: nil}
	b.round++
	for _, t := range b.starts {
		threads[start] = b.follow(threads[start], t, where{first: true})
	}
	made.matched[start], threads[start] = judge(threads[start])
	states[keyOf(threads[start])] = start
	for state := int(start); state < len(threads); state++ {
		for digit := range 10 {
			matched, now := judge(b.read(threads[state], rune('0'+digit)))
			key := keyOf(now)
			next, known := states[key]
			if !known {
				if len(threads) > math.MaxUint16 {
					return table{}, ErrUnsupported
				}
				next = State(len(threads))
				states[key] = next
				threads, made.next, made.matched = append(threads, now), append(made.next, [10]State{}), append(made.matched, matched)
			}
			made.next[state][digit] = next
		}
	}
	made.next, made.matched = slices.Clip(made.next), slices.Clip(made.matched)
	return made, nil
}

// keyOf writes threads, whose order counts.
func keyOf(threads []thread) string {
	key := make([]byte, 0, 3*len(threads))
	for _, t := range threads {
		key = binary.AppendUvarint(key, uint64(t))
	}
	return string(key)
}
