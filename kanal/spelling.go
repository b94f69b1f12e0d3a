package kanal

import (
	"html"
	"strconv"
	"strings"
	"unicode/utf8"
)

// view is a text as some decoder reads it. Its byte i is written in the bytes
// of the text itself from from[i] up to to[i].
type view struct {
	bytes    []byte
	from, to []int32
}

func viewOf(text string) view {
	v := newView(len(text))
	for i := range len(text) {
		v.bytes, v.from, v.to = append(v.bytes, text[i]), append(v.from, int32(i)), append(v.to, int32(i+1))
	}
	return v
}

func newView(size int) view {
	places := make([]int32, 2*size)
	return view{make([]byte, 0, size), places[:0:size], places[size:size]}
}

// add appends a byte that is written in the bytes of source from i up to j.
func (v *view) add(b byte, source view, i, j int) {
	v.bytes, v.from, v.to = append(v.bytes, b), append(v.from, source.from[i]), append(v.to, source.to[j-1])
}

// addLetter is add for ASCII letters, in lower case, and digits: what is left of
// a text without what it may be broken up, quoted or dressed up with.
func (v *view) addLetter(b byte, source view, i, j int) {
	switch {
	case 'A' <= b && b <= 'Z':
		v.add(b+'a'-'A', source, i, j)
	case 'a' <= b && b <= 'z', '0' <= b && b <= '9':
		v.add(b, source, i, j)
	}
}

// unescapings is how often escapes are taken off, one of the other.
const unescapings = 3

// readings are v as it stands, without its escapes, without those that these
// stood for, and each as quoted-printable mail reads it.
func (v view) readings() []view {
	list := []view{v}
	for last := v; len(list) <= unescapings; list = append(list, last) {
		next := last.without(escape)
		if len(next.bytes) == len(last.bytes) { // every escape is longer than what it stands for
			break
		}
		last = next
	}
	for _, level := range list {
		if mail := level.without(quotedPrintable); len(mail.bytes) < len(level.bytes) {
			list = append(list, mail)
		}
	}
	return list
}

// decoded are the letters that v holds in base64, in hexadecimal and as lists of
// bytes, wherever among the digits they begin.
func (v view) decoded() []view {
	list := []view{v.byteLists()}
	for skip := range 4 {
		list = append(list, v.digits(6, skip, base64Digit))
	}
	for skip := range 2 {
		list = append(list, v.digits(4, skip, hexDigit))
	}
	return list
}

// letters are the letters and digits of v, as addLetter leaves them.
func (v view) letters() view {
	kept := newView(len(v.bytes))
	for i, b := range v.bytes {
		kept.addLetter(b, v, i, i+1)
	}
	return kept
}

// without reads v by a decoder of escapes: it tells what the beginning of a
// text stands for, and in how many bytes; 0 where that is no escape.
func (v view) without(decode func(text []byte) (stands []byte, length int)) view {
	plain := newView(len(v.bytes))
	for i := 0; i < len(v.bytes); {
		stands, length := decode(v.bytes[i:])
		if length == 0 {
			plain.add(v.bytes[i], v, i, i+1)
			i++
			continue
		}
		for _, b := range stands {
			plain.add(b, v, i, i+length)
		}
		i += length
	}
	return plain
}

// escape reads the escapes of URLs, of HTML, of JSON and programming languages,
// bytes such as 0x41, and letters of full width.
func escape(text []byte) ([]byte, int) {
	switch b := text[0]; {
	case b == '%':
		return hexByte(text, 1)
	case b == '&':
		return entity(text)
	case b == '\\' && len(text) > 1:
		return backslash(text)
	case b == '0' && len(text) > 1 && text[1]|0x20 == 'x':
		return hexByte(text, 2)
	case b == 0xEF: // U+FF01 to U+FF5E begin with it
		if r, size := utf8.DecodeRune(text); 0xFF01 <= r && r <= 0xFF5E {
			return []byte{byte(r - 0xFF01 + '!')}, size
		}
	}
	return nil, 0
}

// quotedPrintable reads =41, and the soft break at the end of a line.
func quotedPrintable(text []byte) ([]byte, int) {
	if text[0] != '=' {
		return nil, 0
	}
	for _, end := range []string{"=\n", "=\r\n"} {
		if strings.HasPrefix(string(text[:min(len(text), len(end))]), end) {
			return nil, len(end)
		}
	}
	return hexByte(text, 1)
}

// hexByte reads two hexadecimal digits that stand behind so many bytes.
func hexByte(text []byte, behind int) ([]byte, int) {
	return codePoint(text, behind, behind+2, 16, 0)
}

// codePoint reads a number, text[from:to], as the character that it is; closed
// is how many bytes close the escape.
func codePoint(text []byte, from, to, base, closed int) ([]byte, int) {
	if to+closed > len(text) || from >= to {
		return nil, 0
	}
	n, err := strconv.ParseUint(string(text[from:to]), base, 21)
	if err != nil {
		return nil, 0
	}
	return utf8.AppendRune(nil, rune(n)), to + closed
}

func backslash(text []byte) ([]byte, int) {
	stands, length := []byte(nil), 0
	switch text[1] {
	case 'x':
		stands, length = hexByte(text, 2)
	case 'u':
		stands, length = codePoint(text, 2, 6, 16, 0)
		if end := strings.IndexByte(string(text[:min(len(text), 12)]), '}'); len(text) > 2 && text[2] == '{' && end > 0 {
			stands, length = codePoint(text, 3, end, 16, 1)
		}
	case 'U':
		stands, length = codePoint(text, 2, 10, 16, 0)
	case '0', '1', '2', '3':
		stands, length = codePoint(text, 1, 4, 8, 0)
	case 'a', 'b', 'f', 'n', 'r', 't', 'v':
		return []byte{' '}, 2
	}
	if length == 0 {
		return text[1:2], 2
	}
	return stands, length
}

// entity reads a character reference of HTML, with its semicolon or without.
func entity(text []byte) ([]byte, int) {
	const longest = 34 // the longest name has 32 letters
	end := 1
	for end < min(len(text), longest) && (text[end] == '#' || base64Digit(text[end]) >= 0) {
		end++
	}
	if end < len(text) && text[end] == ';' {
		end++
	}
	written := string(text[:end])
	number, isNumber := strings.CutPrefix(strings.TrimSuffix(written, ";"), "&#")
	if isNumber {
		base := 10
		if cut := strings.TrimLeft(number, "xX"); cut != number {
			number, base = cut, 16
		}
		n, err := strconv.ParseUint(number, base, 21)
		if err != nil {
			return nil, 0
		}
		return utf8.AppendRune(nil, rune(n)), end
	}
	if stands := html.UnescapeString(written); strings.HasSuffix(written, ";") && len(stands) < len(written) {
		return []byte(stands), end
	}
	return nil, 0
}

// What a byte is among digits.
const (
	between  = -1 // it may stand between two of them
	noDigits = -2 // they end
)

// digits reads the runs of digits of so many bits each as bytes, from the digit
// skip of each run on.
func (v view) digits(bits, skip int, digit func(byte) int) view {
	var found view
	sum, held, seen, first := 0, 0, 0, 0 // first is the digit that the held bits begin in
	for i, b := range v.bytes {
		value := digit(b)
		switch {
		case value == between:
			continue
		case value == noDigits:
			sum, held, seen = 0, 0, 0
			continue
		}
		if seen++; seen <= skip {
			continue
		}
		if held == 0 {
			first = i
		}
		sum, held = sum<<bits|value, held+bits
		if held >= 8 {
			held -= 8
			found.addLetter(byte(sum>>held), v, first, i+1)
			sum, first = sum&(1<<held-1), i
		}
	}
	return found
}

// base64Digit is the value of a digit of base64, of either alphabet.
func base64Digit(b byte) int {
	switch {
	case 'A' <= b && b <= 'Z':
		return int(b - 'A')
	case 'a' <= b && b <= 'z':
		return int(b-'a') + 26
	case '0' <= b && b <= '9':
		return int(b-'0') + 52
	case b == '+', b == '-':
		return 62
	case b == '/', b == '_':
		return 63
	case b == ' ', b == '\n', b == '\r', b == '\t':
		return between
	}
	return noDigits
}

func hexDigit(b byte) int {
	switch {
	case '0' <= b && b <= '9':
		return int(b - '0')
	case 'a' <= b && b <= 'f':
		return int(b-'a') + 10
	case 'A' <= b && b <= 'F':
		return int(b-'A') + 10
	case strings.IndexByte(" \n\r\t:,-", b) >= 0:
		return between
	}
	return noDigits
}

// byteLists reads the numbers in v as ASCII: [107, 51, 121].
func (v view) byteLists() view {
	var found view
	for i := 0; i < len(v.bytes); {
		end := i
		for end < len(v.bytes) && '0' <= v.bytes[end] && v.bytes[end] <= '9' {
			end++
		}
		if end-i == 2 || end-i == 3 {
			if n, err := strconv.ParseUint(string(v.bytes[i:end]), 10, 7); err == nil {
				found.addLetter(byte(n), v, i, end)
			}
		}
		i = max(end, i+1)
	}
	return found
}
