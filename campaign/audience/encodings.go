package audience

import (
	"slices"
	"strconv"
	"strings"
	"sync"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/htmlindex"
	"golang.org/x/text/encoding/ianaindex"
	"golang.org/x/text/encoding/japanese"
	"golang.org/x/text/encoding/korean"
	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/traditionalchinese"
	"golang.org/x/text/encoding/unicode"
	"golang.org/x/text/encoding/unicode/utf32"
)

// The encodings that are found without being named, as Dialect names them.
const (
	UTF8        = "utf-8"
	UTF16LE     = "utf-16le"
	UTF16BE     = "utf-16be"
	UTF32LE     = "utf-32le"
	UTF32BE     = "utf-32be"
	Windows1252 = "windows-1252"
	MacRoman    = "macroman"
)

// anyUTF16 and anyUTF32 stand for either byte order, which the file tells.
const (
	anyUTF16 = "utf-16"
	anyUTF32 = "utf-32"
)

// knownEncoding is an encoding by the name that a Dialect has.
type knownEncoding struct {
	name    string
	codec   encoding.Encoding
	table   func() *byteTable // of one byte a character; nil for others
	aliases []string          // that people type, beside those of IANA and of browsers; folded
}

// knownEncodings are all that the library has. Latin-1 is read as Windows-1252, as in every browser: the bytes that differ
// are control characters in the former.
var knownEncodings = slices.Concat([]knownEncoding{
	{name: UTF8, codec: unicode.UTF8, aliases: []string{"utf8sig", "utf8bom"}},
	{name: anyUTF16, aliases: []string{"unicode"}},
	{name: UTF16LE, codec: unicode.UTF16(unicode.LittleEndian, unicode.IgnoreBOM), aliases: []string{"ucs2"}},
	{name: UTF16BE, codec: unicode.UTF16(unicode.BigEndian, unicode.IgnoreBOM)},
	{name: anyUTF32, aliases: []string{"ucs4"}},
	{name: UTF32LE, codec: utf32.UTF32(utf32.LittleEndian, utf32.IgnoreBOM)},
	{name: UTF32BE, codec: utf32.UTF32(utf32.BigEndian, utf32.IgnoreBOM)},
	oneByte(Windows1252, charmap.Windows1252, "1252", "cp1252", "win1252", "latin1", "ansi", "iso88591", "ascii", "usascii"),
	oneByte(MacRoman, charmap.Macintosh, "mac", "macwestern", "applemac", "macosroman", "xmacroman"),
}, windows(1250, charmap.Windows1250), windows(1251, charmap.Windows1251),
	windows(1253, charmap.Windows1253), windows(1254, charmap.Windows1254), windows(1255, charmap.Windows1255),
	windows(1256, charmap.Windows1256), windows(1257, charmap.Windows1257), windows(1258, charmap.Windows1258),
	windows(874, charmap.Windows874), []knownEncoding{
		oneByte("cp850", charmap.CodePage850, "dos", "msdos", "oem", "oem850"), oneByte("cp437", charmap.CodePage437, "oemus", "dosus", "oem437"),
		oneByte("cp852", charmap.CodePage852, "doslatin2"), oneByte("cp855", charmap.CodePage855), oneByte("cp858", charmap.CodePage858),
		oneByte("cp860", charmap.CodePage860), oneByte("cp862", charmap.CodePage862), oneByte("cp863", charmap.CodePage863),
		oneByte("cp865", charmap.CodePage865), oneByte("cp866", charmap.CodePage866),
		oneByte("cp037", charmap.CodePage037, "ebcdic"), oneByte("cp1047", charmap.CodePage1047), oneByte("cp1140", charmap.CodePage1140),
		oneByte("iso-8859-2", charmap.ISO8859_2, "latin2"), oneByte("iso-8859-3", charmap.ISO8859_3, "latin3"),
		oneByte("iso-8859-4", charmap.ISO8859_4, "latin4"), oneByte("iso-8859-5", charmap.ISO8859_5),
		oneByte("iso-8859-6", charmap.ISO8859_6, "iso88596e", "iso88596i"),
		oneByte("iso-8859-7", charmap.ISO8859_7), oneByte("iso-8859-8", charmap.ISO8859_8, "iso88598e", "iso88598i"),
		oneByte("iso-8859-9", charmap.ISO8859_9, "latin5"),
		oneByte("iso-8859-10", charmap.ISO8859_10, "latin6"), oneByte("iso-8859-13", charmap.ISO8859_13, "latin7"),
		oneByte("iso-8859-14", charmap.ISO8859_14, "latin8"), oneByte("iso-8859-15", charmap.ISO8859_15, "latin9", "latin0"),
		oneByte("iso-8859-16", charmap.ISO8859_16, "latin10"), oneByte("koi8-r", charmap.KOI8R), oneByte("koi8-u", charmap.KOI8U),
		oneByte("mac-cyrillic", charmap.MacintoshCyrillic, "xmaccyrillic", "macukrainian"), oneByte("x-user-defined", charmap.XUserDefined),
		{name: "shift_jis", codec: japanese.ShiftJIS, aliases: []string{"cp932", "932", "windows31j"}},
		{name: "euc-jp", codec: japanese.EUCJP}, {name: "iso-2022-jp", codec: japanese.ISO2022JP},
		{name: "euc-kr", codec: korean.EUCKR, aliases: []string{"cp949", "949", "uhc"}},
		{name: "gb18030", codec: simplifiedchinese.GB18030, aliases: []string{"cp54936"}},
		{name: "gbk", codec: simplifiedchinese.GBK, aliases: []string{"cp936", "936", "gb2312"}},
		{name: "hz-gb-2312", codec: simplifiedchinese.HZGB2312},
		{name: "big5", codec: traditionalchinese.Big5, aliases: []string{"cp950", "950"}},
	})

func oneByte(name string, source *charmap.Charmap, aliases ...string) knownEncoding {
	table := sync.OnceValue(func() *byteTable { return newByteTable(source) })
	if number, is := strings.CutPrefix(name, "cp"); is {
		aliases = append(aliases, number, "ibm"+number, "dos"+number)
	}
	return knownEncoding{name: name, codec: source, table: table, aliases: aliases}
}

// windows is a code page that Windows calls by its number alone, or by cp and its number.
func windows(number int, source *charmap.Charmap, aliases ...string) []knownEncoding {
	digits := strconv.Itoa(number)
	return []knownEncoding{oneByte("windows-"+digits, source, append(aliases, digits, "cp"+digits, "win"+digits)...)}
}

// Encodings are the names of all encodings that can be asked for.
func Encodings() []string {
	names := make([]string, len(knownEncodings))
	for i, known := range knownEncodings {
		names[i] = known.name
	}
	return names
}

// encodingNamed finds an encoding by the name that a Dialect has.
func encodingNamed(name string) (known knownEncoding, ok bool) {
	i := slices.IndexFunc(knownEncodings, func(k knownEncoding) bool { return k.name == name })
	if i < 0 {
		return known, false
	}
	return knownEncodings[i], true
}

// parseEncoding gives the name of a Dialect for one as people type it, "" for "": the names of IANA, those of browsers, and
// what else is usual.
func parseEncoding(name string) (string, error) {
	folded := foldEncoding(name)
	if folded == "" {
		return "", nil
	}
	for _, known := range knownEncodings {
		if foldEncoding(known.name) == folded || slices.Contains(known.aliases, folded) {
			return known.name, nil
		}
	}
	for _, index := range []interface {
		Encoding(string) (encoding.Encoding, error)
	}{ianaindex.IANA, ianaindex.MIME, browsers{}} {
		codec, err := index.Encoding(strings.TrimSpace(name))
		if err != nil || codec == nil {
			continue
		}
		for _, known := range knownEncodings {
			if known.codec == codec {
				return known.name, nil
			}
		}
	}
	return "", &Fault{Code: FileEncodingUnknown, Names: []string{name}}
}

// browsers is the index of the WHATWG Encoding Standard.
type browsers struct{}

func (browsers) Encoding(name string) (encoding.Encoding, error) { return htmlindex.Get(name) }

func foldEncoding(name string) string {
	return strings.NewReplacer("-", "", "_", "", " ", "", ".", "").Replace(strings.ToLower(name))
}

// EncodingName is the encoding as people write it.
func (d Dialect) EncodingName() string { return encodingName(d.Encoding) }

func encodingName(name string) string {
	switch number, windows := strings.CutPrefix(name, "windows-"); {
	case windows:
		return "Windows-" + number
	case name == MacRoman:
		return "MacRoman"
	case strings.HasPrefix(name, "mac-"):
		return "MacCyrillic"
	case name == "shift_jis":
		return "Shift_JIS"
	}
	name = strings.ToUpper(name)
	for _, order := range []string{"LE", "BE"} {
		if wide, is := strings.CutSuffix(name, order); is {
			return wide + " " + order
		}
	}
	return name
}
