package number

import (
	"math/bits"
	"slices"
	"strconv"
	"strings"
	"sync"

	"github.com/nyaruka/phonenumbers"

	"kanal-campaign/campaign/number/automaton"
)

// numbering is the numbering plan of a region, as libphonenumber's metadata has it. What the library asks regular expressions,
// it asks automata, which are built when the region is first met.
//
// It answers for digits alone, and gives way to the library (certain is false) wherever more is meant than to take a prefix
// off: digits dialled for abroad, and prefixes that stand for other digits.
type numbering struct {
	region string       // ISO 3166 alpha-2; 001 where the code is no country's
	code   string       // the calling code
	main   *numbering   // that of the code's main region
	shared []*numbering // those of all its regions, in the library's order
	follow uint64       // bit n: n digits may follow the code, of any of them

	metadata *phonenumbers.PhoneMetadata
	possible uint64 // bit n: the library takes a prefix off where n digits are left
	longest  int    // how many digits a number has at the most

	prefixes      sync.Once
	exit          *automaton.Prefix // what is dialled for abroad
	trunk         *automaton.Prefix // what is dialled before a national number; nil if nothing
	leading       *automaton.Prefix // with what the region's numbers begin, among those of its code; nil where that is not told
	prefixesFault error

	patterns sync.Once
	lines    *automaton.Set // bit n: descriptions[n]
	lengths  [longestNational + 1]uint16
	fault    error
}

// The bounds of a national number for the library.
const (
	shortestNational = phonenumbers.MIN_LENGTH_FOR_NSN
	longestNational  = phonenumbers.MAX_LENGTH_FOR_NSN
)

// general is the bit of what every number of a region matches.
const general = 1

// kinds are the kinds of numbers by the bit of their patterns, in the order in which the library asks for them.
var kinds = [...]phonenumbers.PhoneNumberType{
	phonenumbers.UNKNOWN, phonenumbers.PREMIUM_RATE, phonenumbers.TOLL_FREE, phonenumbers.SHARED_COST, phonenumbers.VOIP,
	phonenumbers.PERSONAL_NUMBER, phonenumbers.PAGER, phonenumbers.UAN, phonenumbers.VOICEMAIL,
	phonenumbers.FIXED_LINE, phonenumbers.MOBILE,
}

// fixedBit and mobileBit stand for the last of the kinds.
const fixedBit, mobileBit = 9, 10

// bitsOf are those of kinds.
func bitsOf(of ...phonenumbers.PhoneNumberType) (set uint16) {
	for _, kind := range of {
		set |= 1 << slices.Index(kinds[:], kind)
	}
	return set
}

// descriptions are the patterns of a region: the general one, and those of kinds.
func descriptions(m *phonenumbers.PhoneMetadata) []*phonenumbers.PhoneNumberDesc {
	return []*phonenumbers.PhoneNumberDesc{m.GetGeneralDesc(), m.GetPremiumRate(), m.GetTollFree(), m.GetSharedCost(), m.GetVoip(),
		m.GetPersonalNumber(), m.GetPager(), m.GetUan(), m.GetVoicemail(), m.GetFixedLine(), m.GetMobile()}
}

// numberings are the plans of the world.
type numberings struct {
	byRegion [26 * 26]*numbering // by the two letters of ISO 3166
	byCode   [1000]*numbering    // the main region's
}

// of gives the plan of a region, nil for an unknown one.
func (w *numberings) of(region string) *numbering {
	if at := place(region); at >= 0 {
		return w.byRegion[at]
	}
	return nil
}

// place is where in byRegion a region stands, -1 for what is no two letters.
func place(region string) int {
	if len(region) != 2 || region[0]-'A' > 25 || region[1]-'A' > 25 {
		return -1
	}
	return 26*int(region[0]-'A') + int(region[1]-'A')
}

var world = sync.OnceValue(readWorld)

// readWorld makes the plans of the library's metadata, without automata.
func readWorld() *numberings {
	w := &numberings{}
	all, err := phonenumbers.MetadataCollection()
	if err != nil { // it is embedded, and was read when the program began
		return w
	}
	for _, metadata := range all.GetMetadata() {
		n := &numbering{region: metadata.GetId(), code: strconv.Itoa(int(metadata.GetCountryCode())), metadata: metadata}
		n.possible, n.longest = possibleLengths(metadata.GetGeneralDesc())
		if n.region == phonenumbers.REGION_CODE_FOR_NON_GEO_ENTITY {
			w.share(n)
		} else {
			w.byRegion[place(n.region)] = n
		}
	}
	for code := range phonenumbers.GetSupportedCallingCodes() {
		var shared []*numbering
		for _, region := range phonenumbers.GetRegionCodesForCountryCode(code) {
			if n := w.of(region); n != nil {
				shared = append(shared, n)
			}
		}
		w.share(shared...)
	}
	for _, code := range []int{52, 55} { // which have numbers in two spellings
		w.byCode[code].follow = ^uint64(0)
	}
	return w
}

// share makes plans those of a calling code. The first is the main region's.
func (w *numberings) share(shared ...*numbering) {
	for _, n := range shared {
		n.main, n.shared = shared[0], shared
		w.byCode[n.metadata.GetCountryCode()] = n.main
		for _, length := range n.metadata.GetGeneralDesc().GetPossibleLength() {
			n.main.follow |= (1<<(longestTrunk+1) - 1) << length
		}
	}
}

// longestTrunk is how many digits of a national form may stand after a country's code and count for nothing: +33 (0)6, a
// carrier's code.
const longestTrunk = 5

// possibleLengths are those of a prefix's rest with which the library takes the prefix off: a number's, and any that is
// longer than all.
func possibleLengths(general *phonenumbers.PhoneNumberDesc) (possible uint64, longest int) {
	lengths := general.GetPossibleLength()
	if len(lengths) == 0 || lengths[0] < 0 {
		return 0, 0
	}
	longest = int(slices.Max(lengths))
	for _, length := range lengths {
		possible |= 1 << length
	}
	possible |= ^uint64(0) << (longest + 1)
	for _, length := range general.GetPossibleLengthLocalOnly() {
		possible &^= 1 << length
	}
	return possible, longest
}

// callingCode is how many of the digits are a calling code, with the plan of its main region; nil where none is.
func callingCode(digits string) (*numbering, int) {
	code, w := 0, world()
	for i := 0; i < len(digits) && i < phonenumbers.MAX_LENGTH_COUNTRY_CODE && digits[0] != '0'; i++ {
		code = 10*code + int(digits[i]-'0')
		if n := w.byCode[code]; n != nil {
			return n, i + 1
		}
	}
	return nil, 0
}

func (n *numbering) buildPrefixes() {
	n.prefixes.Do(func() {
		compiled := func(pattern string) *automaton.Prefix {
			if pattern == "" || n.prefixesFault != nil {
				return nil
			}
			var made *automaton.Prefix
			made, n.prefixesFault = automaton.CompilePrefix(pattern)
			return made
		}
		n.exit = compiled(n.metadata.GetInternationalPrefix())
		n.trunk = compiled(n.metadata.GetNationalPrefixForParsing())
		n.leading = compiled(n.metadata.GetLeadingDigits())
	})
}

func (n *numbering) build() {
	n.patterns.Do(func() {
		var patterns []string
		for bit, description := range descriptions(n.metadata) {
			patterns = append(patterns, description.GetNationalNumberPattern())
			for length := range n.lengths {
				if lengths := description.GetPossibleLength(); len(lengths) == 0 || slices.Contains(lengths, int32(length)) {
					n.lengths[length] |= 1 << bit
				}
			}
		}
		n.lines, n.fault = automaton.Compile(patterns...)
	})
}

// usable builds the automata and reports whether the metadata could be followed: a test holds that it can, everywhere.
func (n *numbering) usable() bool {
	n.buildPrefixes()
	n.build()
	return n.fault == nil && n.prefixesFault == nil
}

// kindOf is the kind of a national number in the region, UNKNOWN where it is not valid there.
func (n *numbering) kindOf(national string) phonenumbers.PhoneNumberType {
	n.build()
	matched := n.lines.Match(national) & n.lengths[len(national)]
	if matched&general == 0 || matched == general {
		return phonenumbers.UNKNOWN
	}
	bit := bits.TrailingZeros16(matched &^ general)
	same := n.metadata.GetSameMobileAndFixedLinePattern()
	switch {
	case bit == fixedBit && (same || matched&(1<<mobileBit) != 0):
		return phonenumbers.FIXED_LINE_OR_MOBILE
	case bit == mobileBit && same:
		return phonenumbers.UNKNOWN
	}
	return kinds[bit]
}

// isGeneral reports whether digits have the shape of the region's numbers.
func (n *numbering) isGeneral(national string) bool { return n.lines.Match(national)&general != 0 }

// withoutTrunk takes off what is dialled before a national number. It is not certain where the library writes other digits
// instead.
func (n *numbering) withoutTrunk(national string) (rest string, certain bool) {
	if n.trunk == nil {
		return national, true
	}
	length, grouped := n.trunk.Match(national)
	if length < 0 {
		return national, true
	}
	if grouped && n.metadata.GetNationalPrefixTransformRule() != "" {
		return "", false
	}
	rest = national[length:]
	if length > 0 && n.isGeneral(national) && !n.isGeneral(rest) {
		return national, true
	}
	return rest, true
}

// mostRead is how many digits may be read without the library.
const mostRead = 30

// readWithCode reads digits with a calling code in front, as the library reads them behind a "+".
func readWithCode(digits string) (found reading, certain bool) {
	main, length := callingCode(digits)
	if main == nil || !main.usable() {
		return reading{}, false
	}
	return main.complete(digits[length:])
}

// read reads digits by the habits of the region, of which calling codes in front of them may be one.
func (n *numbering) read(digits string) (found reading, certain bool) {
	if n == nil || !n.usable() || n.exit == nil {
		return reading{}, false
	}
	if length, _ := n.exit.Match(digits); length >= 0 {
		return reading{}, false
	}
	rest, ok := strings.CutPrefix(digits, n.code)
	if !ok {
		return n.complete(digits)
	}
	rest, certain = n.withoutTrunk(rest)
	if !certain {
		return reading{}, false
	}
	if !n.isGeneral(digits) && n.isGeneral(rest) || n.isTooLong(len(digits)) {
		if n.main != n && !n.main.usable() {
			return reading{}, false
		}
		return n.main.complete(rest)
	}
	return n.complete(digits)
}

// isTooLong reports whether the library finds so many digits too many for the region.
func (n *numbering) isTooLong(length int) bool {
	return length > n.longest && n.possible&(1<<length) != 0
}

// complete reads a national number that may have its prefix in front, and seeks its region among those of the calling code.
func (n *numbering) complete(national string) (found reading, certain bool) {
	rest, certain := n.withoutTrunk(national)
	if !certain {
		return reading{}, false
	}
	if n.possible&(1<<len(rest)) != 0 {
		national = rest
	}
	if len(national) < shortestNational || len(national) > longestNational {
		return reading{}, false
	}
	found = reading{code: n.main, national: national}
	for _, region := range n.main.shared {
		leads := len(n.main.shared) == 1
		if region.buildPrefixes(); region.leading != nil && !leads {
			length, _ := region.leading.Match(national)
			if leads = length >= 0; !leads {
				continue
			}
		}
		if !region.usable() {
			return reading{}, false
		}
		if kind := region.kindOf(national); leads || kind != phonenumbers.UNKNOWN {
			found.home, found.kind, found.valid = region, kind, kind != phonenumbers.UNKNOWN
			break
		}
	}
	return found, true
}
