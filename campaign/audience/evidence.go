package audience

import (
	"slices"
	"strings"
	"unicode"
)

// EncodingDoubt is that the bytes of a file speak for another encoding than the usual one.
type EncodingDoubt struct {
	Likely, Usual string // by the names of Encodings
	// As are words by the likely encoding, and Instead the same words by the usual one.
	As, Instead []string
}

// LikelyName and UsualName are the encodings as people write them.
func (d EncodingDoubt) LikelyName() string { return encodingName(d.Likely) }

// UsualName is the usual encoding as people write it.
func (d EncodingDoubt) UsualName() string { return encodingName(d.Usual) }

const (
	mostWords   = 4000 // that are looked at
	longestWord = 40   // bytes
)

// wordSample collects distinct words with bytes past ASCII, in order of appearance, in bounded memory.
type wordSample struct {
	words []sampledWord
	known map[string]int // place in words
	word  []byte         // at hand
	high  bool           // it has bytes past ASCII
	not   bool           // it has digits, or is too long: an address, garbage
}

type sampledWord struct {
	bytes string
	times int
}

// ascii goes on with a byte.
func (s *wordSample) ascii(b byte) {
	switch {
	case 'a' <= b && b <= 'z' || 'A' <= b && b <= 'Z':
		s.add(b)
	case '0' <= b && b <= '9':
		s.not = true
	default:
		s.end()
	}
}

// beyond goes on with bytes past ASCII.
func (s *wordSample) beyond(text []byte) {
	s.high = true
	s.add(text...)
}

func (s *wordSample) add(text ...byte) {
	if len(s.word)+len(text) > longestWord {
		s.not = true
		return
	}
	s.word = append(s.word, text...)
}

func (s *wordSample) end() {
	if s.high && !s.not {
		if at, known := s.known[string(s.word)]; known {
			s.words[at].times++
		} else if len(s.words) < mostWords {
			if s.known == nil {
				s.known = map[string]int{}
			}
			s.known[string(s.word)] = len(s.words)
			s.words = append(s.words, sampledWord{string(s.word), 1})
		}
	}
	s.word, s.high, s.not = s.word[:0], false, false
}

// suspects are the encodings that a file may be in, the likelier first. Where several read all words as well, the first is
// meant.
var suspects = []string{
	Windows1252, MacRoman, "cp850", "windows-1250", "iso-8859-15", "iso-8859-2", "windows-1254", "cp852", "cp437", "windows-1257",
	"windows-1251", "cp866", "koi8-r", "mac-cyrillic", "iso-8859-5", "windows-1253", "iso-8859-7", "windows-1255", "iso-8859-8", "cp862",
	"windows-1256", "iso-8859-6",
}

const (
	misread = -10 // the score of a word that nobody writes
	doubted = 0.3 // by how much a word's score must be better on average
)

// doubt tells whether another encoding reads the words as names and words of a language, where Windows-1252 does not.
func (s *wordSample) doubt() (doubt EncodingDoubt, doubtful bool) {
	s.end()
	usual, best, total := 0.0, 0.0, 0
	for _, word := range s.words {
		total += word.times
	}
	for i, name := range suspects {
		known, _ := encodingNamed(name)
		table, sum := known.table(), 0.0
		for _, word := range s.words {
			sum += float64(word.times) * score(table.decoded(word.bytes))
		}
		if i == 0 {
			usual, best = sum, sum+doubted*float64(total)
		} else if sum > best {
			best, doubt.Likely = sum, name
		}
	}
	if doubt.Likely == "" || best <= usual {
		return EncodingDoubt{}, false
	}
	doubt.Usual = Windows1252
	s.show(&doubt)
	return doubt, len(doubt.As) > 0
}

// show gives the doubt a few words, those first that are misread in the usual encoding.
func (s *wordSample) show(doubt *EncodingDoubt) {
	likely, _ := encodingNamed(doubt.Likely)
	usual, _ := encodingNamed(doubt.Usual)
	for _, wanted := range []bool{true, false} {
		for _, word := range s.words {
			as, instead := likely.table().decoded(word.bytes), usual.table().decoded(word.bytes)
			if len(doubt.As) < maxAccents && as != instead && wanted == (score(instead) == misread) && score(as) > 0 {
				doubt.As, doubt.Instead = append(doubt.As, as), append(doubt.Instead, instead)
			}
		}
	}
}

// decoded reads bytes by the table.
func (t *byteTable) decoded(text string) string {
	runes := make([]rune, len(text))
	for i := range len(text) {
		runes[i] = t.runes[text[i]]
	}
	return string(runes)
}

// score is how usual a word is: misread where no language writes it so, 0 where it has nothing that tells, and the more the
// more common its letters are.
func score(word string) float64 {
	word = strings.TrimLeft(word, "«“‘„‚¿¡(•–—\u00a0")
	for {
		trimmed := strings.TrimRight(word, "»”’“…–—™®°\u00a0")
		for _, unit := range []string{"m²", "m³", "M²", "M³", "ª", "º"} {
			if cut, is := strings.CutSuffix(trimmed, unit); is && (len([]rune(cut)) < 2 || !strings.HasPrefix(unit, "m")) {
				trimmed = cut
			}
		}
		if trimmed == word {
			break
		}
		word = trimmed
	}
	sum, telling := 0.0, 0
	for i, part := range strings.FieldsFunc(word, func(r rune) bool { return strings.ContainsRune("’–—\u00a0\u00ad·", r) }) {
		if before, after, quoted := strings.Cut(part, "‘"); quoted && i == 0 && len([]rune(before)) == 1 { // M‘hamed
			part = before + after
		}
		if isASCII(part) {
			continue
		}
		one := scorePart(part)
		if one == misread {
			return misread
		}
		sum, telling = sum+one, telling+1
	}
	if telling == 0 {
		return 0
	}
	return sum / float64(telling)
}

// scorePart scores letters that stand together, some of them beyond ASCII.
func scorePart(part string) float64 {
	runes := []rune(part)
	if strayCase(runes) {
		return misread
	}
	if strings.ContainsFunc(part, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.Is(unicode.Mn, r) || r == 'ª' || r == 'º' }) {
		return misread
	}
	for _, script := range otherScripts {
		if unicode.Is(script.table, runes[0]) || unicode.Is(script.table, runes[len(runes)-1]) {
			return script.score(runes)
		}
	}
	return scoreLatin(runes)
}

// strayCase reports whether letters are large and small as nobody writes them: PrŽnom, HéLèNE with the accents alone small.
func strayCase(runes []rune) bool {
	for i, r := range runes {
		if i == 0 || r < 0x80 {
			continue
		}
		if unicode.IsUpper(r) && unicode.IsLower(runes[i-1]) {
			return true
		}
		if unicode.IsLower(r) && unicode.IsUpper(runes[i-1]) && i+1 < len(runes) && unicode.IsUpper(runes[i+1]) {
			return true
		}
	}
	return false
}

// alphabets are the letters beyond ASCII of the languages in which names are written with Latin letters.
var alphabets = []string{
	"àâæçéèêëîïôœùûüÿ",           // French
	"áéíñóúü",                    // Spanish
	"äöüßéèà",                    // German, with French names
	"àèéìíîòóùú",                 // Italian
	"áâãàçéêíóôõúü",              // Portuguese
	"áàäéèêëíïóöúü",              // Dutch
	"àçéèíïóòúü",                 // Catalan
	"åäöéèüáæøàôêâó",             // Swedish, Danish, Norwegian
	"áðéíóúýþæö",                 // Icelandic
	"ąćęłńóśźżéüö",               // Polish
	"áčďéěíňóřšťúůýžôľĺŕäöü",     // Czech, Slovak
	"áéíóöőúüűä",                 // Hungarian
	"ăâîșțşţéöüá",                // Romanian
	"čćđšžé",                     // Croatian, Slovene, Bosnian, Serbian
	"çğıöşüâîûi\u0307",           // Turkish
	"ąčęėįšųūž",                  // Lithuanian
	"āčēģīķļņšūž",                // Latvian
	"äõöüšž",                     // Estonian
	"áàâäéèêëíìîïóòôöúùûüŵŷẃýÿẁ", // Welsh, Irish, Gaelic
	"āīūṣṭḥḍẓġḫšž",               // Arabic in Latin letters
}

// common are the letters of many names; others weigh less.
var common = map[rune]float64{
	'é': 10, 'è': 9, 'ç': 8, 'ë': 7, 'ê': 7, 'ï': 7, 'î': 6, 'ô': 6, 'â': 6, 'à': 6, 'û': 5, 'ù': 4, 'œ': 4, 'á': 6, 'í': 6, 'ó': 6, 'ú': 5,
	'ñ': 6, 'ö': 6, 'ü': 6, 'ä': 5, 'ß': 4, 'ã': 7, 'ł': 5, 'ż': 4, 'ń': 4, 'ś': 4, 'ą': 4, 'ę': 4, 'ć': 4, 'š': 5, 'č': 5, 'ž': 5, 'ř': 4,
	'ě': 4, 'ş': 4, 'ğ': 4, 'ı': 4, 'å': 4, 'ø': 4, 'ő': 4, 'ű': 4, 'ș': 4, 'ț': 4, 'ă': 4, 'ý': 3, 'ů': 3, 'ź': 3, 'æ': 2, 'õ': 5, 'ì': 2, 'ò': 2,
}

// scoreLatin scores a word of Latin letters by its rarest one.
func scoreLatin(runes []rune) float64 {
	accents, least := "", 10.0
	small := append([]rune(strings.ToLower(string(runes))), 0)
	for i, next := range small[1:] {
		r := small[i]
		if r < 0x80 {
			continue
		}
		accents += string(r)
		weight, is := common[r]
		// João, Conceição, Guimarães, Simões: elsewhere these two are rare.
		if !is || r == 'ã' && !strings.ContainsRune("oens\x00", next) || r == 'õ' && next != 'e' {
			weight = 1
		}
		least = min(least, weight)
	}
	if n := len([]rune(accents)); n > 2 && n == len(runes) { // nothing but accents
		return misread
	}
	if !slices.ContainsFunc(alphabets, func(letters string) bool { return strings.Trim(accents, letters) == "" }) {
		return misread
	}
	return least
}

// otherScript is an alphabet beside the Latin one, with its most common letters: about two of three.
type otherScript struct {
	table  *unicode.RangeTable
	common string
}

var otherScripts = []otherScript{
	{unicode.Cyrillic, "оеаинтсрвлкмд"}, {unicode.Greek, "αιοτεσνηυρςάόί"}, {unicode.Hebrew, "יוהלארתמבשנדכ"},
	{unicode.Arabic, "اليمونرتبدةعحسف"},
}

// score is better the more of a word's letters are common ones; of fewer than two in five, it is hardly a word.
func (s otherScript) score(runes []rune) float64 {
	found := 0
	for _, r := range runes {
		if !unicode.Is(s.table, r) && !unicode.Is(unicode.Mn, r) {
			return misread
		}
		if strings.ContainsRune(s.common, unicode.ToLower(r)) {
			found++
		}
	}
	if 5*found < 2*len(runes) {
		return misread
	}
	score := 10*float64(found)/float64(len(runes)) - 3
	if word := string(runes); len(runes) > 2 && word == strings.ToUpper(word) && word != strings.ToLower(word) {
		score /= 2 // names in nothing but capitals are rarer
	}
	return score
}
