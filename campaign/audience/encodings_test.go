package audience_test

import (
	"reflect"
	"slices"
	"strings"
	"testing"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/japanese"
	"golang.org/x/text/encoding/korean"
	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/traditionalchinese"
	"golang.org/x/text/encoding/unicode"
	"golang.org/x/text/encoding/unicode/utf32"

	"kanal-campaign/campaign/audience"
)

// Every encoding of the library is one of those that can be asked for, or has the same bytes as one.
func TestEveryEncodingOfTheLibraryHasAName(t *testing.T) {
	named := map[encoding.Encoding]bool{
		charmap.ISO8859_1: true, // which is read as Windows-1252
		// The direction of writing is not the bytes'.
		charmap.ISO8859_6E: true, charmap.ISO8859_6I: true, charmap.ISO8859_8E: true, charmap.ISO8859_8I: true,
	}
	for _, name := range audience.Encodings() {
		if name != "utf-16" && name != "utf-32" {
			named[codecOf(name)] = true
		}
	}
	for _, codec := range slices.Concat(charmap.All, japanese.All, korean.All, simplifiedchinese.All, traditionalchinese.All) {
		if !named[codec] {
			t.Errorf("%v has no name", codec)
		}
	}
	if len(unicode.All) != 4 || len(utf32.All) != 3 { // UTF-8, UTF-16 and UTF-32 in each byte order and in that of the mark
		t.Errorf("%v, %v", unicode.All, utf32.All)
	}
}

func TestNamesOfEncodings(t *testing.T) {
	for name, want := range map[string]string{
		"mac": audience.MacRoman, "MacRoman": audience.MacRoman, "macintosh": audience.MacRoman, "x-mac-roman": audience.MacRoman,
		"Mac OS Roman": audience.MacRoman, "cp850": "cp850", "850": "cp850", "IBM850": "cp850", "dos": "cp850", "OEM": "cp850", "ibm-850": "cp850",
		"ansi": audience.Windows1252, "latin1": audience.Windows1252, "Latin-1": audience.Windows1252, "iso_8859-1": audience.Windows1252,
		"l1": audience.Windows1252, "1252": audience.Windows1252, "win1250": "windows-1250", "CP-1250": "windows-1250", "latin9": "iso-8859-15",
		"ISO 8859-15": "iso-8859-15", "csISOLatin2": "iso-8859-2", "latin2": "iso-8859-2", "koi8r": "koi8-r", "cskoi8r": "koi8-r",
		"sjis": "shift_jis", "ms932": "shift_jis", "Shift-JIS": "shift_jis", "gb2312": "gbk", "big5": "big5", "ks_c_5601-1987": "euc-kr",
		"x-mac-cyrillic": "mac-cyrillic", "cp437": "cp437", "us-ascii": audience.Windows1252, "utf8": audience.UTF8, "UTF_16LE": audience.UTF16LE,
		"cp037": "cp037", "windows-874": "windows-874", "iso-8859-8-i": "iso-8859-8", "hebrew": "iso-8859-8", "cp866": "cp866", "utf-32be": audience.UTF32BE,
	} {
		header := "phone\n06\n"
		if codec := codecOf(want); strings.HasPrefix(want, "utf-") || want == "cp037" {
			header, _ = codec.NewEncoder().String(header)
		}
		f, _, err := readAll(t, header, audience.Options{Encoding: name})
		if err != nil || f.Dialect().Encoding != want {
			t.Errorf("%s: %v, want %s", name, err, want)
		}
	}
	for _, name := range []string{"klingon", "utf-7", "cp1", "replacement"} {
		if _, _, err := readAll(t, "phone\n06\n", audience.Options{Encoding: name}); faultOf(t, err).Code != audience.FileEncodingUnknown {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// In every encoding that can be asked for, results read back as they were written.
func TestEveryEncodingComesBack(t *testing.T) {
	for _, name := range audience.Encodings() {
		for _, bom := range []bool{false, strings.HasPrefix(name, "utf")} {
			d := audience.Dialect{Delimiter: ';', Encoding: name, BOM: bom, Ending: "\r\n"}
			if name == "utf-16" || name == "utf-32" {
				d.Encoding += "le"
			}
			own := "Zoe"
			for _, letters := range []string{"é", "Ж", "α", "א", "م", "ก", "日本", "한국"} {
				if _, err := codecOf(d.Encoding).NewEncoder().String(letters); err == nil {
					own += letters
				}
			}
			records := [][]string{{"phone", "name"}, {"0612345678", own}, {"0698765432", "a\r\nb\nc;\""}}
			text := write(t, d, records...)
			f, rows, err := readAll(t, text, audience.Options{Encoding: name})
			if err != nil {
				t.Errorf("%+v: %v", d, err)
				continue
			}
			if got := [][]string{f.Header(), rows[0].Cells, rows[1].Cells}; !reflect.DeepEqual(got, records) || f.Dialect() != d {
				t.Errorf("%q in %+v, not %+v", got, f.Dialect(), d)
			}
			if (own == "Zoe") != (name == "x-user-defined") {
				t.Errorf("%s was tried with %s", name, own)
			}
		}
	}
}

// inOtherEncodings are names in what people export them in, and what is found.
var inOtherEncodings = []struct {
	encoding string
	names    []string
	want     string // "" for Windows-1252 without a doubt
}{
	{"cp850", []string{"Zoé", "Hélène"}, "cp850"},
	{"cp850", []string{"François"}, "cp850"},
	{"cp850", []string{"HÉLÈNE", "FRANÇOIS", "ANDRÉ"}, "cp850"},
	{"cp850", []string{"Noël", "Chloé", "Benoît", "Jérôme", "Anaïs", "Gaëlle", "François-Xavier", "Thérèse"}, "cp850"},
	{"cp850", []string{"Muñoz", "Jiménez", "Peña", "Íñigo"}, "cp850"},
	{"cp850", []string{"Müller", "Schröder", "Groß", "Jäger"}, "cp850"},
	{"macroman", []string{"Zoé", "Hélène"}, "macroman"},
	{"macroman", []string{"Prénom", "Gaël"}, "macroman"},
	{"macroman", []string{"Gaël"}, "macroman"},
	{"macroman", []string{"HÉLÈNE", "FRANÇOIS"}, "macroman"},
	{"macroman", []string{"Muñoz", "Jiménez", "Peña", "Ángel"}, "macroman"},
	{"macroman", []string{"João", "Conceição", "Simões"}, "macroman"},
	{"macroman", []string{"Müller", "Schröder", "Jäger", "Groß"}, "macroman"},
	{"windows-1250", []string{"Łukasz", "Grażyna"}, "windows-1250"},
	{"windows-1250", []string{"Wałęsa", "Michał", "Małgorzata", "Jabłoński", "Świątek"}, "windows-1250"},
	{"windows-1250", []string{"Jiří", "Dvořák", "Černý", "Věra", "Tomáš", "Novák"}, "windows-1250"},
	{"windows-1250", []string{"Győző", "Erdős", "Szűcs", "Kovács"}, "windows-1250"},
	{"iso-8859-2", []string{"Świątek", "Jabłoński", "Źrebiec", "Małgorzata"}, "iso-8859-2"},
	{"cp852", []string{"Łukasz", "Grażyna", "Świątek", "Małgorzata", "Jabłoński"}, "cp852"},
	{"windows-1254", []string{"Ayşe", "Tuğba", "Işıl", "Şükrü", "Çağlar", "Gökçe"}, "windows-1254"},
	{"iso-8859-15", []string{"Cœur", "Sœur Zoé", "Œuvrard"}, "iso-8859-15"},
	{"windows-1251", []string{"Иван", "Мария", "Екатерина", "Алексей"}, "windows-1251"},
	{"koi8-r", []string{"Иван", "Мария", "Екатерина", "Алексей"}, "koi8-r"},
	{"cp866", []string{"Иван", "Мария", "Екатерина", "Алексей"}, "cp866"},
	{"windows-1253", []string{"Γιώργος", "Μαρία", "Ελένη", "Κώστας"}, "windows-1253"},
	{"windows-1255", []string{"משה", "שרה", "דוד כהן", "יעל לוי"}, "windows-1255"},
	{"windows-1256", []string{"محمد", "أحمد", "فاطمة", "خالد"}, "windows-1256"},

	{"windows-1252", []string{"Zoé", "Hélène", "Noël", "François", "Benoît", "Anaïs", "Œuvrard", "Lætitia", "Loÿs"}, ""},
	{"windows-1252", []string{"Muñoz", "Jiménez", "Íñigo", "Mª José", "Nº 3", "¿Quién?"}, ""},
	{"windows-1252", []string{"João", "Conceição", "Müller", "Groß", "Bjørn", "Åsa", "Jürgen", "Þórður", "Guðrún", "Šárka"}, ""},
	{"windows-1252", []string{"L’Oréal", "d’Été", "«Zoé»", "“Léa”", "Saint–Étienne", "M‘hamed", "3 m²", "n°12", "20€", "5 £", "À bientôt…"}, ""},
	{"windows-1252", []string{"HÉLÈNE", "ÉLÉONORE", "NOËL", "McGéwan"}, ""},
	{"windows-1252", []string{"été", "créée", "ô", "À", "Aÿ"}, ""},
}

func TestEncodingThatTheBytesSpeakFor(t *testing.T) {
	for _, tc := range inOtherEncodings {
		for _, times := range []int{1, 50} { // one of each, or a longer list
			var text strings.Builder
			text.WriteString("phone,name\n")
			for range times {
				for _, name := range tc.names {
					encoded, err := codecOf(tc.encoding).NewEncoder().String(name)
					if err != nil {
						t.Fatalf("%s has no %s", tc.encoding, name)
					}
					text.WriteString("0612345678," + encoded + "\n")
				}
			}
			f, rows, err := readAll(t, text.String(), audience.Options{})
			if err != nil {
				t.Fatal(err)
			}
			doubt, open := f.EncodingDoubt()
			switch {
			case !f.EncodingGuessed():
				t.Errorf("%s %q: not guessed", tc.encoding, tc.names)
			case open != (tc.want != "") || doubt.Likely != tc.want:
				t.Errorf("%s %q: %v %+v, want %q", tc.encoding, tc.names, open, doubt, tc.want)
			case open && (rows[0].Cells[1] != tc.names[0] || !strings.Contains(strings.Join(tc.names, " "), doubt.As[0]) || doubt.As[0] == doubt.Instead[0]):
				t.Errorf("%s: read as %q; %+v", tc.encoding, rows[0].Cells, doubt)
			}
			if asked, _, err := readAll(t, text.String(), audience.Options{Encoding: audience.Windows1252}); err != nil {
				t.Error(err)
			} else if _, open := asked.EncodingDoubt(); open || asked.Dialect().Encoding != audience.Windows1252 {
				t.Errorf("%s: a doubt about what the user said", tc.encoding)
			}
		}
	}
}

// A few words of another encoding in a long file of the usual one are no reason to read all of it otherwise.
func TestFewStrangeWordsAreNoOtherEncoding(t *testing.T) {
	for _, strange := range []string{"\xa3ukasz", "H\x82l\x8ane", "Gra\xbfyna", "Zo\x8e", "Ji\xf8\xed", "\xcf\xf0\xe8\xe2\xe5\xf2"} {
		text := "phone,name\n" + strings.Repeat("0612345678,H\xe9l\xe8ne\n0612345678,Fran\xe7ois\n", 50) + strings.Repeat("0612345678,"+strange+"\n", 3)
		f, _, err := readAll(t, text, audience.Options{})
		if err != nil {
			t.Fatal(err)
		}
		if doubt, open := f.EncodingDoubt(); open {
			t.Errorf("%q: %+v", strange, doubt)
		}
	}
}

// The words are collected in bounded memory, and a cut between two reads cuts no word.
func TestWordsOfALongFile(t *testing.T) {
	for _, ahead := range []int{64<<10 - 14, 64<<10 - 13, 64<<10 - 12, 64<<10 - 11, 64<<10 - 10} {
		text := "phone,name\n"
		text += strings.Repeat("x", ahead-len(text)) + "\n06,H\x82l\x8ane\n"
		f, _, err := readAll(t, text, audience.Options{})
		if err != nil {
			t.Fatal(err)
		}
		if doubt, open := f.EncodingDoubt(); !open || doubt.Likely != "cp850" || doubt.As[0] != "Hélène" {
			t.Errorf("%d: %+v", ahead, doubt)
		}
	}
}

func TestUTF16AndUTF32ByTheMark(t *testing.T) {
	for _, name := range []string{audience.UTF16LE, audience.UTF16BE, audience.UTF32LE, audience.UTF32BE} {
		text := write(t, audience.Dialect{Encoding: name, BOM: true}, []string{"phone", "name"}, []string{"06", "Zoé"})
		for _, asked := range []string{"", name, name[:6]} {
			f, rows, err := readAll(t, text, audience.Options{Encoding: asked})
			if err != nil || f.Dialect().Encoding != name || rows[0].Cells[1] != "Zoé" || f.Header()[0] != "phone" {
				t.Errorf("%s asked for as %q: %v", name, asked, err)
			}
		}
	}
}
