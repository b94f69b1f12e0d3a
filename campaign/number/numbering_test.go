package number

import (
	"fmt"
	"os"
	"regexp"
	"strings"
	"sync"
	"testing"

	"github.com/nyaruka/phonenumbers"

	"kanal-campaign/campaign/number/automaton"
)

// walker is what an automaton shows of itself.
type walker interface {
	Start() automaton.State
	After(from automaton.State, digits string) automaton.State
	States() int
}

const tenDigits = "0123456789"

// words leads into every state of an automaton by one word, and from there over every digit.
func words(w walker, each func(word string)) {
	access := map[automaton.State]string{w.Start(): ""}
	queue := []automaton.State{w.Start()}
	for len(queue) > 0 {
		state := queue[0]
		queue = queue[1:]
		for i := range tenDigits {
			digit := tenDigits[i : i+1]
			each(access[state] + digit)
			next := w.After(state, digit)
			if _, known := access[next]; !known {
				access[next] = access[state] + digit
				queue = append(queue, next)
			}
		}
	}
	each("")
}

// completions gives, for every state of an automaton, the shortest digits after which each of the patterns matches that still
// can, by its bit.
func completions(s *automaton.Set) map[automaton.State]map[uint16]string {
	from := map[automaton.State][]string{} // what leads into a state: the states before it, and the digit
	before := map[automaton.State][]automaton.State{}
	found := map[automaton.State]map[uint16]string{}
	type step struct {
		state automaton.State
		bit   uint16
		rest  string
	}
	var queue []step
	for state := range automaton.State(s.States()) {
		found[state] = map[uint16]string{}
		for i := range tenDigits {
			next := s.After(state, tenDigits[i:i+1])
			before[next], from[next] = append(before[next], state), append(from[next], tenDigits[i:i+1])
		}
		for bit := uint16(1); bit != 0; bit <<= 1 {
			if s.Matched(state)&bit != 0 {
				queue = append(queue, step{state, bit, ""})
			}
		}
	}
	for len(queue) > 0 {
		now := queue[0]
		queue = queue[1:]
		if _, known := found[now.state][now.bit]; known {
			continue
		}
		found[now.state][now.bit] = now.rest
		for i, state := range before[now.state] {
			queue = append(queue, step{state, now.bit, from[now.state][i] + now.rest})
		}
	}
	return found
}

// everyRegion runs a test for each plan of the world, of some under the race detector.
func everyRegion(t *testing.T, test func(t *testing.T, n *numbering)) {
	t.Helper()
	for i, n := range world().all() {
		if i%raced != 0 {
			continue
		}
		t.Run(n.region+" "+n.code, func(t *testing.T) {
			t.Parallel()
			if !n.usable() {
				t.Fatal(n.fault, n.prefixesFault)
			}
			test(t, n)
		})
	}
}

// Every pattern of every region, by its automaton and by the package regexp: over one word into each state and each digit
// after it, and on from there by the shortest way to a match of each pattern.
func TestAutomataAreThePatterns(t *testing.T) {
	everyRegion(t, func(t *testing.T, n *numbering) {
		var patterns []*regexp.Regexp
		for _, description := range descriptions(n.metadata) {
			patterns = append(patterns, regexp.MustCompile("^(?:"+description.GetNationalNumberPattern()+")$"))
		}
		ways := completions(n.lines)
		compare := func(word string) {
			var want uint16
			for bit, pattern := range patterns {
				if pattern.MatchString(word) {
					want |= 1 << bit
				}
			}
			if got := n.lines.Match(word); got != want {
				t.Fatalf("%q is matched by %b, and %b by the automaton", word, want, got)
			}
		}
		words(n.lines, func(word string) {
			compare(word)
			tried := map[string]bool{"": true}
			for _, rest := range ways[n.lines.After(n.lines.Start(), word)] {
				if !tried[rest] {
					tried[rest] = true
					compare(word + rest)
				}
			}
		})
	})
}

// The prefixes of every region, likewise, and two digits further.
func TestAutomataAreThePrefixes(t *testing.T) {
	everyRegion(t, func(t *testing.T, n *numbering) {
		for pattern, prefix := range map[string]*automaton.Prefix{
			n.metadata.GetInternationalPrefix(): n.exit, n.metadata.GetNationalPrefixForParsing(): n.trunk,
			n.metadata.GetLeadingDigits(): n.leading,
		} {
			if (pattern == "") != (prefix == nil) {
				t.Fatalf("%q has the automaton %v", pattern, prefix)
			}
			if prefix == nil {
				continue
			}
			compiled := regexp.MustCompile("^(?:" + pattern + ")")
			words(prefix, func(word string) {
				for further := range 100 {
					comparePrefix(t, compiled, prefix, word+fmt.Sprintf("%02d", further))
				}
				comparePrefix(t, compiled, prefix, word)
			})
		}
	})
}

func comparePrefix(t *testing.T, pattern *regexp.Regexp, prefix *automaton.Prefix, word string) {
	t.Helper()
	length, grouped := -1, false
	if found := pattern.FindStringSubmatchIndex(word); found != nil {
		length, grouped = found[1], len(found) > 2 && found[len(found)-1] >= 0
	}
	if gotLength, gotGrouped := prefix.Match(word); gotLength != length || gotGrouped != grouped {
		t.Fatalf("%s in %q: %d, %v, and by the automaton %d, %v", pattern, word, length, grouped, gotLength, gotGrouped)
	}
}

// same fails where digits are not read as the library reads them, and reports whether they are valid.
func same(t *testing.T, digits, country string) bool {
	t.Helper()
	got, want := read(digits, country), readByLibrary(digits, country)
	valid := want.valid
	if got.code != want.code || got.national != want.national || got.valid != want.valid ||
		want.valid && (got.home != want.home || got.kind != want.kind) {
		t.Fatalf("%s in %q: %s, and by the library %s", digits, country, shown(got), shown(want))
	}
	return valid
}

func shown(r reading) string {
	if r.code == nil {
		return "nothing"
	}
	region := ""
	if r.home != nil {
		region = r.home.region
	}
	return fmt.Sprintf("+%s %s, %s, kind %d, %v", r.code.code, r.national, region, r.kind, r.valid)
}

// Whole numbers over every state and digit of every region's automaton, read by it and by the library: of all in one of 20,
// or of every one with KANAL_CAMPAIGN_AUTOMATA=all.
func TestReadingsAreTheLibrarys(t *testing.T) {
	every := 20
	if os.Getenv("KANAL_CAMPAIGN_AUTOMATA") == "all" {
		every = 1
	}
	everyRegion(t, func(t *testing.T, n *numbering) {
		ways := completions(n.lines)
		seen, valid := 0, 0
		words(n.lines, func(word string) {
			for _, rest := range ways[n.lines.After(n.lines.Start(), word)] {
				if seen++; seen%every != 0 {
					continue
				}
				national := word + rest
				if same(t, n.code+national, "") {
					valid++
				}
				if n.region != phonenumbers.REGION_CODE_FOR_NON_GEO_ENTITY {
					same(t, national, n.region)
					same(t, n.metadata.GetNationalPrefix()+national, n.region)
					same(t, n.code+national, n.region)
				}
			}
		})
		if valid == 0 && seen > 10*every {
			t.Errorf("of %d numbers none is valid", seen)
		}
	})
}

// The example numbers of every region and kind, in every spelling of their digits.
func TestExamplesAreReadAsByTheLibrary(t *testing.T) {
	everyRegion(t, func(t *testing.T, n *numbering) {
		valid := 0
		for bit, description := range descriptions(n.metadata) {
			example := description.GetExampleNumber()
			if example == "" {
				continue
			}
			if same(t, n.code+example, "") {
				valid++
			} else if bit > 0 {
				t.Errorf("%s is not valid", example)
			}
			for _, country := range []string{n.region, "FR", "US", "IT", "BR", "JP"} {
				if len(country) == 2 {
					same(t, example, country)
					same(t, n.code+example, country)
					same(t, n.metadata.GetNationalPrefix()+example, country)
					same(t, n.metadata.GetNationalPrefix()+example+"0", country)
				}
			}
		}
		if valid == 0 {
			t.Error("no example is valid")
		}
	})
}

// The automata of the whole world together, and their memory.
func TestAutomataAreSmall(t *testing.T) {
	states, most := 0, 0
	for _, n := range world().all() {
		if !n.usable() {
			t.Fatal(n.region, n.fault, n.prefixesFault)
		}
		states, most = states+n.lines.States(), max(most, n.lines.States())
		for _, prefix := range []*automaton.Prefix{n.exit, n.trunk, n.leading} {
			if prefix != nil {
				states += prefix.States()
			}
		}
	}
	const bytesOfState = 22
	t.Logf("%d states, %d bytes, the largest of %d states", states, states*bytesOfState, most)
	if states*bytesOfState > 1<<20 {
		t.Errorf("the automata take %d bytes", states*bytesOfState)
	}
}

// A region's automata are built once, by whoever comes first.
func TestAutomataAreBuiltByManyAtOnce(t *testing.T) {
	w := readWorld()
	var wait sync.WaitGroup
	for range 8 {
		wait.Go(func() {
			for _, region := range []string{"FR", "BE", "US", "CA", "RE"} {
				n := w.of(region)
				example := n.metadata.GetMobile().GetExampleNumber()
				if found, certain := n.read(example); !certain || !found.valid || found.home != n {
					t.Errorf("%s in %s: %s", example, region, shown(found))
				}
			}
		})
	}
	wait.Wait()
}

// What people write most costs nothing but the digits that are handed on.
func TestOrdinaryNumbersAllocateTheirDigits(t *testing.T) {
	rules := Rules{Country: "FR"}
	for _, cell := range []string{"06 12 34 56 78", "0612345678", "612345678", "+33 6 12 34 56 78", "+32470123456", "0032470123456"} {
		if n := testing.AllocsPerRun(100, func() { _, _ = rules.Clean(cell) }); n > 1 {
			t.Errorf("%s: %v allocations", cell, n)
		}
	}
	national := strings.Clone("612345678")
	if n := testing.AllocsPerRun(100, func() { International(national) }); n > 0 {
		t.Errorf("to find that %s is no international number takes %v allocations", national, n)
	}
}

// BenchmarkFirstUse builds the automata of a country: what its first number costs.
func BenchmarkFirstUse(b *testing.B) {
	for _, region := range []string{"FR", "US", "CN"} {
		metadata := world().of(region).metadata
		b.Run(region, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				n := &numbering{metadata: metadata}
				if !n.usable() {
					b.Fatal(n.fault, n.prefixesFault)
				}
			}
		})
	}
}
