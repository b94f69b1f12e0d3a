package number_test

import (
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"reflect"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/nyaruka/phonenumbers"

	"kanal-campaign/campaign/number"
)

// asked returns a number from the environment, or what is usual.
func asked(t *testing.T, name string, usual int) int {
	t.Helper()
	text := os.Getenv(name)
	if text == "" {
		return usual
	}
	n, err := strconv.Atoi(text)
	if err != nil {
		t.Fatal(name, err)
	}
	return n
}

// TestNeverAnotherCountry: however a number of any country is written or mangled, under any country or none, what is
// accepted or proposed lies in the country that is written or, without one, in the one that is given. The overseas regions
// of France's plan are the one exception, and are named. KANAL_CAMPAIGN_NUMBERS=1000000 tries so many spellings.
func TestNeverAnotherCountry(t *testing.T) {
	spellings := asked(t, "KANAL_CAMPAIGN_NUMBERS", 3_000)
	seed := uint64(asked(t, "KANAL_CAMPAIGN_SEED", int(time.Now().UnixNano())))
	t.Logf("KANAL_CAMPAIGN_SEED=%d", seed)
	w := newWriter(rand.New(rand.NewPCG(seed, 9)))
	found := map[string]int{}
	for n := 0; n < spellings && !t.Failed(); n++ {
		example := w.examples[n%len(w.examples)]
		cell := w.mangle(w.write(w.vary(example)))
		country := example.region
		switch w.IntN(6) {
		case 0:
			country = ""
		case 1, 2:
			country = w.examples[w.IntN(len(w.examples))].region
		}
		for _, possible := range []bool{false, true} {
			found[w.judge(t, cell, number.Rules{Country: country, AcceptPossible: possible})]++
		}
	}
	t.Logf("%d spellings of %d examples: %v", spellings, len(w.examples), found)
	if spellings >= 1_000 && (found["accepted"] == 0 || found["fix"] == 0) || spellings >= 100_000 && found["overseas"] == 0 {
		t.Errorf("too little was seen: %v", found)
	}
}

// TestCleanIsTheLibrarys: however a number of any country is written or mangled, its digits, region, kind and fault are those
// that come out where libphonenumber alone reads it. KANAL_CAMPAIGN_NUMBERS=1000000 tries so many spellings.
func TestCleanIsTheLibrarys(t *testing.T) {
	spellings := asked(t, "KANAL_CAMPAIGN_NUMBERS", 3_000)
	seed := uint64(asked(t, "KANAL_CAMPAIGN_SEED", int(time.Now().UnixNano())))
	t.Logf("KANAL_CAMPAIGN_SEED=%d", seed)
	w := newWriter(rand.New(rand.NewPCG(seed, 12)))
	accepted := 0
	for n := 0; n < spellings && !t.Failed(); n++ {
		example := w.examples[w.IntN(len(w.examples))]
		cell := w.write(w.vary(example))
		if n%3 == 0 {
			cell = w.mangle(cell)
		}
		rules := number.Rules{Country: example.region, AcceptPossible: n%2 == 0, Version: n % 3}
		switch w.IntN(5) {
		case 0:
			rules.Country = ""
		case 1:
			rules.Country = w.examples[w.IntN(len(w.examples))].region
		}
		if isTheLibrarys(t, rules, cell) {
			accepted++
		}
	}
	if accepted < spellings/4 {
		t.Errorf("only %d of %d cells were accepted", accepted, spellings)
	}
}

// isTheLibrarys fails where a cell is not read as by the library alone, and reports whether it is accepted.
func isTheLibrarys(t *testing.T, rules number.Rules, cell string) bool {
	t.Helper()
	got, err := rules.Clean(cell)
	abroad, is := number.International(number.Bare(cell))
	region := number.Region(got.Digits)
	number.ByLibraryAlone(func() {
		if want, wantErr := rules.Clean(cell); got != want || !reflect.DeepEqual(err, wantErr) {
			t.Fatalf("%q under %+v: %+v, %+v, and by the library %+v, %+v", cell, rules, got, err, want, wantErr)
		}
		if want, wantIs := number.International(number.Bare(cell)); abroad != want || is != wantIs {
			t.Fatalf("%q as bare digits: %+v, %v, and by the library %+v, %v", cell, abroad, is, want, wantIs)
		}
		if want := number.Region(got.Digits); region != want {
			t.Fatalf("%s lies in %s, and by the library in %s", got.Digits, region, want)
		}
	})
	return err == nil
}

// Every country's own examples, nationally and internationally, are read as they are meant.
func TestEveryCountrysExamples(t *testing.T) {
	w := newWriter(rand.New(rand.NewPCG(1, 2)))
	for _, e := range w.examples {
		digits := e.code + e.national
		if len(digits) < 8 || strings.HasPrefix(e.national, "0") && len(e.national) < 6 {
			continue
		}
		for _, country := range []string{"", "FR", "US", e.region} {
			got, err := number.Rules{Country: country}.Clean("+" + digits)
			if err != nil || got.Digits != digits {
				t.Errorf("+%s under %q: %+v, %v", digits, country, got, err)
			}
		}
		if got, err := (number.Rules{Country: e.region}).Clean(e.national); err == nil && got.Digits != digits {
			t.Errorf("%s in %s: %s", e.national, e.region, got.Digits)
		}
	}
}

// example is a number that libphonenumber gives for a country and a kind of line.
type example struct{ region, code, national string }

// writer writes numbers as people and their programs do.
type writer struct {
	*rand.Rand
	examples []example
	abroad   map[string]*regexp.Regexp // by region: what is dialled there for another country
	trunks   map[string]string         // and what before a national number
}

func newWriter(random *rand.Rand) *writer {
	w := &writer{Rand: random, abroad: map[string]*regexp.Regexp{}, trunks: map[string]string{}}
	all, err := phonenumbers.MetadataCollection()
	if err != nil {
		panic(err)
	}
	for _, m := range all.GetMetadata() {
		if len(m.GetId()) != 2 {
			continue
		}
		w.abroad[m.GetId()] = regexp.MustCompile(`^(?:` + m.GetInternationalPrefix() + `)`)
		w.trunks[m.GetId()] = m.GetNationalPrefix()
		for _, line := range []*phonenumbers.PhoneNumberDesc{m.GetMobile(), m.GetMobile(), m.GetFixedLine(), m.GetVoip(), m.GetTollFree()} {
			if n := line.GetExampleNumber(); n != "" {
				w.examples = append(w.examples, example{m.GetId(), fmt.Sprint(m.GetCountryCode()), n})
			}
		}
	}
	slices.SortFunc(w.examples, func(a, b example) int { return strings.Compare(a.region+a.national, b.region+b.national) })
	return w
}

func (w *writer) digit() string { return strconv.Itoa(w.IntN(10)) }

// vary draws the last digits anew, and now and then all but the first.
func (w *writer) vary(e example) example {
	keep := min(len(e.national), 3+w.IntN(4))
	if w.IntN(8) == 0 {
		keep = 1
	}
	national := e.national[:keep]
	for len(national) < len(e.national) {
		national += w.digit()
	}
	e.national = national
	return e
}

func (w *writer) write(e example) string {
	switch w.IntN(7) {
	case 0:
		return "+" + e.code + e.national
	case 1:
		return "00" + e.code + e.national
	case 2:
		return e.code + e.national
	case 3:
		return e.national
	case 4:
		return "+" + e.code + " (" + w.trunks[e.region] + ")" + e.national
	case 5:
		return "0" + e.national
	}
	return w.trunks[e.region] + e.national
}

var prefixes = []string{"0", "00", "+", "+0", "1", "8", "06", "01", "044", "015", "9", "011", "-", "+00", "0 ", "(0)"}

var words = []string{"tel: ", "portable ", "☎ ", "wa.me/"}

// mangle spoils a cell in up to three ways.
func (w *writer) mangle(cell string) string {
	for range w.IntN(4) {
		at := w.IntN(len(cell))
		switch w.IntN(9) {
		case 0: // typed twice
			cell = cell[:at] + cell[at:at+1] + cell[at:]
		case 1: // left out
			if len(cell) > 4 {
				cell = cell[:at] + cell[at+1:]
			}
		case 2: // another one
			cell = cell[:at] + w.digit() + cell[at+1:]
		case 3, 4:
			cell = prefixes[w.IntN(len(prefixes))] + cell
		case 5:
			cell = strings.NewReplacer("0", "O", "1", "l").Replace(cell[:at]) + cell[at:]
		case 6:
			cell = cell[:at] + []string{" ", ".", "-", "/", " (", "'"}[w.IntN(6)] + cell[at:]
		case 7:
			cell += []string{" ext 12", "x5", " (Zoé)", "*", ";", ".0"}[w.IntN(6)]
		default:
			cell += w.digit()
		}
	}
	if w.IntN(8) == 0 {
		cell = words[w.IntN(len(words))] + cell
	}
	return cell
}

// judge fails the test where a cell leads to another country, and says what became of it.
func (w *writer) judge(t *testing.T, cell string, rules number.Rules) string {
	t.Helper()
	got, err := rules.Clean(cell)
	if err == nil {
		if !w.may(cell, rules.Country, got.Digits) {
			t.Errorf("%q under %q is accepted as %+v", cell, rules.Country, got)
		}
		rules.Version = 1
		if before, err := rules.Clean(cell); err != nil || before != got {
			t.Errorf("%q under %q: accepted as %+v, by version 1 as %+v, %v", cell, rules.Country, got, before, err)
		}
		return "accepted"
	}
	var fault *number.Fault
	if !errors.As(err, &fault) {
		t.Fatal(err)
	}
	for _, reading := range fault.Readings {
		if reading != "" && !w.may(cell, rules.Country, reading[1:]) {
			t.Errorf("%q under %q: the reading %s", cell, rules.Country, reading)
		}
	}
	if fault.Fix == "" {
		return "refused"
	}
	if fixed, err := rules.Clean(fault.Fix); err != nil || "+"+fixed.Digits != fault.Fix {
		t.Errorf("%q under %q: its fix %s is read as %+v, %v", cell, rules.Country, fault.Fix, fixed, err)
	}
	if w.may(cell, rules.Country, fault.Fix[1:]) {
		return "fix"
	}
	if !samePlan(rules.Country, fault) && !samePlan("FR", fault) || fault.Country != number.Region(fault.Fix[1:]) {
		t.Errorf("%q under %q: %+v", cell, rules.Country, *fault)
	}
	return "overseas"
}

// samePlan reports whether a fault names a country with which another one shares the French plan.
func samePlan(country string, fault *number.Fault) bool {
	regions := []string{"FR", "RE", "YT", "GP", "BL", "MF", "GF", "MQ", "PM"}
	return slices.Contains(regions, country) && slices.Contains(regions, fault.Country)
}

var noDigits = regexp.MustCompile(`[^0-9]`)

// may reports whether digits lie where the cell, or else the country, says.
func (w *writer) may(cell, country, digits string) bool {
	parsed, err := phonenumbers.Parse("+"+digits, "")
	if err != nil {
		return false
	}
	code := fmt.Sprint(parsed.GetCountryCode())
	if country != "" && code == number.DiallingCode(country) {
		return true
	}
	abroad := strings.HasPrefix(cell, "wa.me/") // WhatsApp's own links have the country's code
	for _, word := range words {
		cell = strings.ReplaceAll(cell, word, "")
	}
	written := noDigits.ReplaceAllString(strings.NewReplacer("O", "0", "l", "1").Replace(cell), "")
	switch prefix := w.dialledAbroad(country, written); {
	case abroad, strings.Contains(cell, "+"), strings.HasPrefix(written, "00"):
		return strings.HasPrefix(strings.TrimLeft(written, "0"), code)
	case country == "":
		return strings.HasPrefix(written, code)
	default:
		return len(prefix) >= 3 && strings.HasPrefix(written, prefix+code)
	}
}

func (w *writer) dialledAbroad(country, written string) string {
	if country == "" {
		return ""
	}
	return w.abroad[country].FindString(written)
}
