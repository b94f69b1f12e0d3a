package number

import (
	"math/rand/v2"
	"regexp"
	"strings"
	"testing"
)

// The shapes of cells as regular expressions: what the loops have to find.
var (
	scientific    = regexp.MustCompile(`^[+-]?\d+([.,]\d*)?[eE]\+?\d+$`)
	excelDecimals = regexp.MustCompile(`^([+-]?\d{6,})[.,]0+$`)
	fraction      = regexp.MustCompile(`^[+-]?(?:0[.,]\d+|\d{7,}[.,]\d{1,2})$`)
	computed      = regexp.MustCompile(`^-[1-9]\d+(?:[.,]0+)?$`)
	date          = regexp.MustCompile(`^(?:(?:0?[1-9]|[12]\d|3[01])[./-](?:0?[1-9]|[12]\d|3[01])[./-](?:19|20)\d\d|` +
		`(?:19|20)\d\d-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01]))(?:[ T]\d\d?:\d\d.*)?$`)
	extension = regexp.MustCompile(`(?i)^(.*\d.*?)[\s,;]*(?:;?ext(?:ension)?[.:=]?|poste|x|#|,,)\s*\d{1,7}$`)
	between   = regexp.MustCompile(`(?i)[;,|&/]|\s(?:ou|or|et|and|y)\s`)
	runs      = regexp.MustCompile(`\d+`)
	account   = regexp.MustCompile(`(?i)^([^@]*?)(?::[0-9]+)?@(?:c\.us|s\.whatsapp\.net)$`)
)

// pieces are what cells are made of, and what nearly is.
var pieces = []string{"0", "1", "6", "12", "34", "2026", "1999", "00", "000000", "1234567", "12345678", " ", " ", ".", ",", ";",
	"-", "/", "+", ":", "@", "#", "=", "e", "E", "x", "X", "ext", "EXT.", "extension", "poste", "poſte", ",,", "tel", "Tel", "phone",
	"whatsapp", "whatſapp:", " ou ", " OR ", " y ", " and ", "|", "&", "T", "09:30", "31.12.2026", "1/9/1999", "2026-12-", "31-",
	"612345678.0", "-153", "é", "\u00a0", "\u0660", "\ufffd", "c.us", "s.whatsapp.net", "@S.whatſapp.net", "'", `="`}

func drawn(random *rand.Rand) string {
	var cell strings.Builder
	for range 1 + random.IntN(8) {
		cell.WriteString(pieces[random.IntN(len(pieces))])
	}
	return cell.String()
}

func TestShapesAreTheRegularExpressions(t *testing.T) {
	random := rand.New(rand.NewPCG(12, 1))
	found := map[string]int{}
	for range 150_000 / raced {
		compareShapes(t, found, drawn(random))
	}
	for _, shape := range []string{"scientific", "decimals", "fraction", "computed", "date", "extension", "label", "two", "account"} {
		if found[shape] < 20/raced {
			t.Errorf("only %d cells were a %s", found[shape], shape)
		}
	}
}

func FuzzShapes(f *testing.F) {
	for _, seed := range []string{"31.12.2026 9:30", "2026-12-31T09:30:00Z", "06 12 34 56 78 ext. 12", "-612345678,0", "3.36E+10",
		"33612345678:1@c.us", "tel: 06 or 07"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, cell string) {
		if len(cell) <= longestCell {
			compareShapes(t, map[string]int{}, cell)
		}
	})
}

func compareShapes(t *testing.T, found map[string]int, cell string) {
	t.Helper()
	if got, want := accountOf(cell), account.FindStringSubmatch(cell); want != nil && got != want[1] || want == nil && got != cell {
		t.Fatalf("%q is the account %q, not %q", cell, got, want)
	} else if want != nil {
		found["account"]++
	}
	if got, want := tidy(cell), tidyByExpressions(cell); got != want {
		t.Fatalf("%q is tidied to %q, not %q", cell, got, want)
	}
	text := strings.TrimSpace(strings.Map(plain, cell))
	if label().MatchString(text) {
		found["label"]++
	}
	if excelDecimals.MatchString(text) {
		found["decimals"]++
	}
	before := ""
	if m := extension.FindStringSubmatch(text); m != nil {
		before = m[1]
		found["extension"]++
	}
	if got := beforeExtension(text); got != before {
		t.Fatalf("%q has %q before an extension, not %q", text, got, before)
	}
	for shape, is := range map[string][2]bool{
		"scientific": {isScientific(text), scientific.MatchString(strings.ReplaceAll(text, " ", ""))},
		"fraction":   {isFraction(text), fraction.MatchString(text)},
		"computed":   {isComputed(text), computed.MatchString(text)},
		"date":       {isDate(text), date.MatchString(text)},
		"two":        {Rules{}.holdsTwo(text), holdsTwoByExpressions(text)},
	} {
		if is[0] != is[1] {
			t.Fatalf("%q is a %s: %v, want %v", text, shape, is[0], is[1])
		}
		if is[1] {
			found[shape]++
		}
	}
}

func tidyByExpressions(raw string) string {
	text := strings.TrimSpace(strings.Map(plain, raw))
	if inner, ok := strings.CutPrefix(text, `="`); ok {
		text = strings.TrimSuffix(inner, `"`)
	}
	text = strings.TrimSpace(strings.TrimLeft(text, "'\" "))
	if international, ok := linked(text); ok {
		return international
	}
	text = withoutLabels(text)
	return excelDecimals.ReplaceAllString(strings.TrimRight(text, " ,;'\""), "$1")
}

func holdsTwoByExpressions(text string) bool {
	long := 0
	for _, part := range between.Split(text, -1) {
		if countDigits(part) >= 7 {
			long++
		}
	}
	if long >= 2 {
		return true
	}
	long = 0
	for _, run := range runs.FindAllString(text, -1) {
		if len(run) >= 8 {
			long++
		}
	}
	if long >= 2 {
		return true
	}
	if first := strings.IndexByte(text, '+'); first >= 0 {
		second := strings.LastIndexByte(text, '+')
		if countDigits(text[first:second]) >= 7 && countDigits(text[second:]) >= 7 {
			return true
		}
	}
	return Rules{}.fallsApart(text)
}
