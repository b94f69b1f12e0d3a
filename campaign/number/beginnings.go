package number

import (
	"regexp/syntax"
	"slices"
)

// beginnings returns the digits, n of them, with which numbers of length digits begin that the pattern matches as a whole.
// It returns none for a pattern that is not one of digits.
func beginnings(pattern string, n, length int) []string {
	parsed, err := syntax.Parse(pattern, syntax.Perl)
	if err != nil || pattern == "" {
		return nil
	}
	program, err := syntax.Compile(parsed.Simplify())
	if err != nil {
		return nil
	}
	var found []string
	var follow func(states []uint32, begun string)
	follow = func(states []uint32, begun string) {
		if len(begun) == n {
			if ends(program, states, length-n) {
				found = append(found, begun)
			}
			return
		}
		for digit := '0'; digit <= '9' && len(states) > 0; digit++ {
			follow(after(program, nil, states, digit), begun+string(digit))
		}
	}
	follow(reached(program, nil, uint32(program.Start)), "")
	return found
}

// ends reports whether a program may match once it has read more digits.
func ends(program *syntax.Prog, states []uint32, more int) bool {
	for range more {
		var next []uint32
		for digit := '0'; digit <= '9'; digit++ {
			next = after(program, next, states, digit)
		}
		states = next
	}
	return slices.ContainsFunc(states, func(s uint32) bool { return program.Inst[s].Op == syntax.InstMatch })
}

// after adds to next where a program stands once it has read a digit.
func after(program *syntax.Prog, next, states []uint32, digit rune) []uint32 {
	for _, state := range states {
		if inst := &program.Inst[state]; inst.Op != syntax.InstMatch && inst.MatchRune(digit) {
			next = reached(program, next, inst.Out)
		}
	}
	return next
}

// reached adds to states those that a program reaches from one without reading: where it reads next, or has matched.
func reached(program *syntax.Prog, states []uint32, from uint32) []uint32 {
	switch inst := &program.Inst[from]; inst.Op {
	case syntax.InstAlt, syntax.InstAltMatch:
		return reached(program, reached(program, states, inst.Out), inst.Arg)
	case syntax.InstCapture, syntax.InstNop:
		return reached(program, states, inst.Out)
	case syntax.InstRune, syntax.InstRune1, syntax.InstRuneAny, syntax.InstRuneAnyNotNL, syntax.InstMatch:
		if !slices.Contains(states, from) {
			states = append(states, from)
		}
	}
	return states
}
