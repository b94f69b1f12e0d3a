package audience

import (
	"unicode/utf8"

	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/transform"
)

// byteTable is an encoding of one byte a character.
type byteTable struct {
	runes [256]rune
	bytes map[rune]byte
}

// tables are the encodings of one byte. The five bytes that mean nothing in
// Windows-1252 are C1 controls, as the WHATWG Encoding Standard has it, where
// charmap has U+FFFD for them all: so they come back as they were in a result.
var tables = map[string]*byteTable{
	Windows1252: newByteTable(charmap.Windows1252),
	MacRoman:    newByteTable(charmap.Macintosh),
}

func newByteTable(source *charmap.Charmap) *byteTable {
	t := &byteTable{bytes: make(map[rune]byte, 256)}
	for i := range t.runes {
		r := source.DecodeByte(byte(i))
		if r == utf8.RuneError {
			r = rune(i)
		}
		t.runes[i], t.bytes[r] = r, byte(i)
	}
	return t
}

// encode gives the byte of a character, if there is one.
func (t *byteTable) encode(r rune) (b byte, ok bool) {
	if r < utf8.RuneSelf {
		return byte(r), true
	}
	b, ok = t.bytes[r]
	return b, ok
}

// singleByte decodes by a table to UTF-8.
type singleByte struct {
	transform.NopResetter
	table *byteTable
}

// Transform implements transform.Transformer.
func (s *singleByte) Transform(dst, src []byte, atEOF bool) (nDst, nSrc int, err error) {
	for _, b := range src {
		r := s.table.runes[b]
		if nDst+utf8.RuneLen(r) > len(dst) {
			return nDst, nSrc, transform.ErrShortDst
		}
		nDst += utf8.EncodeRune(dst[nDst:], r)
		nSrc++
	}
	return nDst, nSrc, nil
}
