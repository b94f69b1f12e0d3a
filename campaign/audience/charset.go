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

// newByteTable makes the table of an encoding. Bytes below 0xA0 that mean nothing
// in it are C1 controls, as the WHATWG Encoding Standard has it for those of
// Windows-1252, where charmap has U+FFFD for them all: so they come back as they
// were in a result. Others would be letters, and are U+FFFD.
func newByteTable(source *charmap.Charmap) *byteTable {
	t := &byteTable{bytes: make(map[rune]byte, 256)}
	for i := range t.runes {
		r := source.DecodeByte(byte(i))
		if r == utf8.RuneError && i < 0xA0 {
			r = rune(i)
		}
		if t.runes[i] = r; r != utf8.RuneError {
			t.bytes[r] = byte(i)
		}
	}
	return t
}

// encode gives the byte of a character, if there is one.
func (t *byteTable) encode(r rune) (b byte, ok bool) {
	if r < utf8.RuneSelf && t.runes[r] == r {
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
