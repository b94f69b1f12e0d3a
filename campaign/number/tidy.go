package number

import (
	"regexp"
	"strings"
	"unicode"
)

// fewestDigits is how many digits a text has to have before it is looked at as
// a number with something wrong; below, it is no number at all ("n/a", "#REF!").
const fewestDigits = 6

var (
	scientific = regexp.MustCompile(`^[+-]?\d+([.,]\d*)?[eE]\+?\d+$`)
	// excelDecimals is what a spreadsheet adds to a number that it took for a
	// quantity. Only digits may precede: 06.12.34.56.00 is a phone number.
	excelDecimals = regexp.MustCompile(`^([+-]?\d{6,})[.,]0+$`)
	// fraction matches a quantity between whole ones; 06.12345678 is a phone number.
	fraction = regexp.MustCompile(`^[+-]?(?:0[.,]\d+|\d{7,}[.,]\d{1,2})$`)
	// date matches a day with its year, as a spreadsheet shows one: libphonenumber finds numbers in some.
	date = regexp.MustCompile(`^(?:(?:0?[1-9]|[12]\d|3[01])[./-](?:0?[1-9]|[12]\d|3[01])[./-](?:19|20)\d\d|` +
		`(?:19|20)\d\d-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01]))(?:[ T]\d\d?:\d\d.*)?$`)
	extension = regexp.MustCompile(`(?i)^(.*\d.*?)[\s,;]*(?:;?ext(?:ension)?[.:=]?|poste|x|#|,,)\s*\d{1,7}$`)
	// prefix is what stands in front of a number to say that it is one: "p:" in exports of lead ads, "Tél. :" where people type.
	prefix = regexp.MustCompile(`(?i)^(?:[ptmw]\s*:|(?:tel|tél|tlf|tfno|t[ée]l[ée]phone|tel[eé]fono?|telefone|telefoon|mobile?|m[oó]vil|mobiel|` +
		`handy|cell?|cellulare|celular|cellphone|telem[oó]vel|gsm|portable|port|phone|number|num[ée]ro|whats\s?app|wa|sms|callto)\b)` +
		`[\s.:=]*(?:n[°º][\s.:]*)?(?://)?([+(\d].*)$`)
	// chatLink is how WhatsApp links to a number: international, without the "+". See account, too.
	chatLink = regexp.MustCompile(`(?i)^(?:https?://)?(?:www\.)?(?:wa\.me/|(?:(?:api|web)\.whatsapp\.com/|whatsapp://)send/?\?(?:[^#]*&)?phone=)` +
		`(?:\+|%2B)?(\d{7,15})(?:[/?&#].*)?$`)
	// between are the separators that set two numbers apart; the slash and the
	// comma also stand between the pairs of digits of one.
	between = regexp.MustCompile(`(?i)[;,|&/]|\s(?:ou|or|et|and|y)\s`)
	runs    = regexp.MustCompile(`\d+`)
)

// separators may stand inside of a number.
const separators = " .-/()[],;:'_\""

// tidy writes a cell in ASCII where it means ASCII: digits of any script, plus
// and dashes of any kind, spaces of any kind as a blank, nothing invisible. It
// takes off what spreadsheets and address books put around a number.
func tidy(raw string) string {
	text := strings.TrimSpace(strings.Map(plain, raw))
	if inner, ok := strings.CutPrefix(text, `="`); ok {
		text = strings.TrimSuffix(inner, `"`)
	}
	text = strings.TrimSpace(strings.TrimLeft(text, "'\" "))
	if strings.ContainsAny(text, "/@") {
		for _, written := range []*regexp.Regexp{chatLink, account} {
			if m := written.FindStringSubmatch(text); m != nil && len(m[1]) > 0 && onlyDialling(m[1]) {
				return "+" + strings.TrimPrefix(m[1], "+")
			}
		}
	}
	for len(text) > 0 && !isDigit(text[0]) && text[0] != '+' {
		m := prefix.FindStringSubmatch(text)
		if m == nil {
			break
		}
		text = m[1]
	}
	text = strings.TrimRight(text, " ,;'\"")
	return excelDecimals.ReplaceAllString(text, "$1")
}

// plain maps one character; -1 drops it.
func plain(r rune) rune {
	switch {
	case r < 0x80 && r > 0x20 && r != 0x7f:
		return r
	case unicode.IsSpace(r):
		return ' '
	case unicode.Is(unicode.Nd, r):
		return '0' + digitValue(r)
	case unicode.Is(unicode.Pd, r), r == '\u2212', r == '\u2043':
		return '-'
	case r == '\uff0b', r == '\ufe62':
		return '+'
	case r == '\uff08':
		return '('
	case r == '\uff09':
		return ')'
	case r == '\u2018', r == '\u2019', r == '\u02bc', r == '\uff07':
		return '\''
	case r == '\uff0e', r == '\u00b7', r == '\u2022', r == '\u2024':
		return '.'
	case unicode.In(r, unicode.Cf, unicode.Cc, unicode.Mn, unicode.Me):
		return -1
	}
	return r
}

// digitValue gives what a decimal digit of any script is worth. Unicode keeps
// the ten digits of a script together and in order, and each range of Nd starts
// with a zero.
func digitValue(r rune) rune {
	for _, span := range unicode.Nd.R16 {
		if rune(span.Lo) <= r && r <= rune(span.Hi) {
			return (r - rune(span.Lo)) % 10
		}
	}
	for _, span := range unicode.Nd.R32 {
		if rune(span.Lo) <= r && r <= rune(span.Hi) {
			return (r - rune(span.Lo)) % 10
		}
	}
	return 0
}

func countDigits(s string) int {
	n := 0
	for i := range len(s) {
		if isDigit(s[i]) {
			n++
		}
	}
	return n
}

func isDigit(b byte) bool { return '0' <= b && b <= '9' }

// holdsTwo says that a cell holds more than one number. libphonenumber would
// take the first and say nothing of the second.
func (r Rules) holdsTwo(text string) bool {
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
	return r.fallsApart(text)
}

// fallsApart says that a text has too many digits for one number, and is two
// valid ones when it is cut at some gap: "06 12 34 56 78 06 98 76 54 32".
func (r Rules) fallsApart(text string) bool {
	total := countDigits(text)
	if total < 16 || total > 32 || strings.ContainsFunc(text, unicode.IsLetter) {
		return false
	}
	for i := range len(text) {
		left, right := text[:i], text[i:]
		if isDigit(text[i]) || countDigits(left) < 7 || countDigits(right) < 7 ||
			countDigits(left) > 15 || countDigits(right) > 15 {
			continue
		}
		if r.fix(left) != "" && r.fix(right) != "" {
			return true
		}
	}
	return false
}

// beforeExtension gives what precedes an extension, "" if there is none.
// libphonenumber would keep the number and drop the extension in silence.
func beforeExtension(text string) string {
	if m := extension.FindStringSubmatch(text); m != nil {
		return m[1]
	}
	return ""
}

// onlyDialling says that a text is made of digits and separators, with at most
// one "+" before the first digit.
func onlyDialling(text string) bool {
	digits, plus := 0, 0
	for _, r := range text {
		switch {
		case '0' <= r && r <= '9':
			digits++
		case r == '+':
			plus++
			if digits > 0 || plus > 1 {
				return false
			}
		case !strings.ContainsRune(separators, r):
			return false
		}
	}
	return true
}

// dialled gives the digits to dial, and whether they start with a country code:
// after a "+" or after 00, which no country's national numbers start with.
func dialled(text string) (digits string, international bool) {
	var b strings.Builder
	for i := range len(text) {
		if isDigit(text[i]) {
			b.WriteByte(text[i])
		}
	}
	digits = b.String()
	if strings.Contains(text, "+") {
		return digits, true
	}
	return strings.CutPrefix(digits, "00")
}
