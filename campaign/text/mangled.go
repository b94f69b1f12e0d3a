package text

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/encoding/charmap"
)

// Undecodable finds what a wrong encoding leaves behind: the replacement character, and the control characters that no
// keyboard types.
func Undecodable(r rune) bool {
	return r == unicode.ReplacementChar || unicode.IsControl(r) && !strings.ContainsRune("\n\r\t\v\f", r)
}

// Mangled reports whether a text looks as if it had been read in a wrong encoding.
func Mangled(s string) bool {
	if isASCII(s) {
		return false
	}
	if strings.ContainsFunc(s, Undecodable) || mayBeMisread(s) && misread().MatchString(s) {
		return true
	}
	_, mangled := Unmangled(s)
	return mangled
}

// misread matches what other encodings make of letters:
//   - UTF-8 read as Windows-1252, where a space has become an ordinary one or the rest was cut off;
//   - Mac and DOS text read as Windows-1252: capitals and signs within and behind small letters (PrŽnom, Ga‘l, H‚lŠne);
//   - Central European text read as Windows-1252 (£ukasz, Gra¿yna, Wa³êsa);
//   - letters of two scripts in one word (Zoй), and the lines of tables that DOS drew.
var misread = Pattern(`\p{Ll}Ã(?: |$)|â€|\p{L}Ž\p{Ll}|\p{Ll}[ŠŽŸÐÞ](?:\P{L}|$)|\p{Ll}[ŠŽŸƒ‚„†‡ˆ‰‹›“”¿¡£¥¤¦§¨©®™¬¹²³¼½¾]\p{Ll}|` +
	`\p{Ll}[ƒ‚†‡ˆ‰‹](?:\P{L}|$)|[ao]‘\p{Ll}|\p{L}“\p{Ll}|£\p{Ll}|\p{L}[\x{2500}-\x{259F}]|[\x{2500}-\x{259F}]\p{L}|` +
	`\p{Latin}[\p{Cyrillic}\p{Greek}\p{Hebrew}\p{Arabic}]|[\p{Cyrillic}\p{Greek}\p{Hebrew}\p{Arabic}]\p{Latin}`)

// mayBeMisread reports whether a text has one of the characters without which misread matches nothing: letters of two scripts,
// or a sign of those that other encodings make of letters.
func mayBeMisread(s string) bool {
	latin, other := false, false
	for _, r := range s {
		switch {
		case r < utf8.RuneSelf:
			latin = latin || 'a' <= r|0x20 && r|0x20 <= 'z'
		case strings.ContainsRune(misreadSigns, r), 0x2500 <= r && r < 0x25A0:
			return true
		case unicode.Is(unicode.Latin, r):
			latin = true
		default:
			other = other || unicode.In(r, unicode.Cyrillic, unicode.Greek, unicode.Hebrew, unicode.Arabic)
		}
	}
	return latin && other
}

const misreadSigns = "ÃŽŠŸÐÞ€ƒ‚„†‡ˆ‰‹›‘“”¿¡£¥¤¦§¨©®™¬¹²³¼½¾"

// misreadings are the encodings as which UTF-8 is read by mistake.
var misreadings = []*charmap.Charmap{
	charmap.Windows1252, charmap.Macintosh, charmap.CodePage850, charmap.CodePage437, charmap.Windows1250, charmap.Windows1251,
}

// mostMisreadings is how many times one text may have been read and saved in a wrong encoding.
const mostMisreadings = 3

// Unmangled turns UTF-8 that was read in another encoding, even several times, back to what it was. ok is false where the text
// is not that.
func Unmangled(s string) (text string, ok bool) {
	text, _ = unmangle(s)
	return text, text != s
}

// WhollyUnmangled is Unmangled for a text of which every letter beyond ASCII was misread; ok is false for any other.
func WhollyUnmangled(s string) (text string, ok bool) {
	text, whole := unmangle(s)
	return text, whole && text != s && !Mangled(text)
}

func unmangle(s string) (text string, whole bool) {
	text, whole = s, true
	for range mostMisreadings {
		again, all := once(text)
		if again == text {
			break
		}
		text, whole = again, whole && all
	}
	return text, whole
}

// once turns back one misreading; whole is false where some of the letters beyond ASCII are not that.
func once(s string) (text string, whole bool) {
	if !hasNeighbours(s) { // of one byte alone, no letter can be made
		return s, false
	}
	for _, codec := range misreadings {
		if text, whole := reread(s, codec); text != s {
			return text, whole
		}
	}
	return s, false
}

// reread turns back each run of characters beyond ASCII that is UTF-8 in the encoding; whole is false where another one is not.
func reread(s string, codec *charmap.Charmap) (text string, whole bool) {
	whole = true
	var out strings.Builder
	for s != "" {
		start := strings.IndexFunc(s, func(r rune) bool { return r >= utf8.RuneSelf })
		if start < 0 {
			break
		}
		end := strings.IndexFunc(s[start:], func(r rune) bool { return r < utf8.RuneSelf })
		if end < 0 {
			end = len(s) - start
		}
		out.WriteString(s[:start])
		run := s[start : start+end]
		if text, ok := rereadRun(run, codec, mostMisreadings); ok {
			run = text
		} else {
			whole = false
		}
		out.WriteString(run)
		s = s[start+end:]
	}
	return out.String() + s, whole
}

// rereadRun turns back so many misreadings at the most, until the characters are such as people write.
func rereadRun(run string, codec *charmap.Charmap, most int) (text string, ok bool) {
	var bytes []byte
	for _, r := range run {
		b, ok := codec.EncodeRune(r)
		if !ok && r < 0xA0 { // a byte that means nothing is shown as a control character
			b, ok = byte(r), true
		}
		if !ok {
			return "", false
		}
		bytes = append(bytes, b)
	}
	switch text = string(bytes); {
	case !utf8.Valid(bytes):
		return "", false
	case !writes(text) && most > 1:
		return rereadRun(text, codec, most-1)
	}
	return text, writes(text)
}

// writes reports whether people write such characters: letters and signs of the languages of names, emoji. One letter alone of
// an alphabet in which a name has several proves nothing: two signs beside one another may be meant.
func writes(text string) bool {
	short := 0
	for _, r := range text {
		switch {
		case r < 0x80, 0xA0 <= r && r < 0x180, 0x218 <= r && r <= 0x21B, 0x1E00 <= r && r < 0x1F00:
			short = -len(text)
		case unicode.In(r, unicode.Cyrillic, unicode.Greek, unicode.Hebrew, unicode.Arabic) && unicode.IsLetter(r) && r < 0x700:
			short++
		case 0x2010 <= r && r <= 0x205E, 0x20A0 <= r && r < 0x2200, r == 0xFE0F, r == 0x200D,
			unicode.In(r, unicode.Han, unicode.Hiragana, unicode.Katakana, unicode.Hangul, unicode.Thai, unicode.Devanagari),
			unicode.Is(unicode.So, r):
			short = -len(text)
		default:
			return false
		}
	}
	return short != 1
}

// hasNeighbours reports whether two characters beyond ASCII follow one another.
func hasNeighbours(s string) bool {
	before := false
	for _, r := range s {
		beyond := r >= utf8.RuneSelf
		if beyond && before {
			return true
		}
		before = beyond
	}
	return false
}

func isASCII(s string) bool {
	for i := range len(s) {
		if s[i] >= utf8.RuneSelf {
			return false
		}
	}
	return true
}
