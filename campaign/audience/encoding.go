package audience

import (
	"bytes"
	"crypto/sha256"
	"errors"
	"io"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/encoding"
	"golang.org/x/text/transform"
)

// headSize is how much of the file's beginning is looked at to find what it
// is, its delimiter and its line ending.
const headSize = 64 << 10

var (
	bomUTF8    = []byte{0xEF, 0xBB, 0xBF}
	bomUTF16LE = []byte{0xFF, 0xFE}
	bomUTF16BE = []byte{0xFE, 0xFF}
	bomUTF32LE = []byte{0xFF, 0xFE, 0, 0} // UTF-16 with a NUL is no text
	bomUTF32BE = []byte{0, 0, 0xFE, 0xFF}
)

// checkFormat recognises what is no text by the first bytes of its format.
func checkFormat(head []byte) error {
	hasPrefix := func(prefixes ...string) bool {
		for _, p := range prefixes {
			if bytes.HasPrefix(head, []byte(p)) {
				return true
			}
		}
		return false
	}
	// Many web applications export a page or an XML document under the name
	// .xls or even .csv: a spreadsheet opens it, and then saves it as CSV.
	start := strings.ToLower(string(bytes.TrimLeft(head[:min(len(head), 512)], "\xEF\xBB\xBF \t\r\n")))
	for _, p := range []string{"<html", "<!doctype", "<?xml", "<table", "<meta"} {
		if strings.HasPrefix(start, p) {
			return &Fault{Code: FileSpreadsheet}
		}
	}
	if hasPrefix("%PDF-", "{\\rtf", "\x89PNG", "GIF8", "\xFF\xD8\xFF", "\x1F\x8B", "7z\xBC\xAF", "Rar!") {
		return &Fault{Code: FileNotText}
	}
	return nil
}

// bomOf gives the encoding that a byte order mark announces, and its length.
func bomOf(head []byte) (enc string, length int) {
	switch {
	case bytes.HasPrefix(head, bomUTF8):
		return UTF8, len(bomUTF8)
	case bytes.HasPrefix(head, bomUTF32LE):
		return UTF32LE, len(bomUTF32LE)
	case bytes.HasPrefix(head, bomUTF32BE):
		return UTF32BE, len(bomUTF32BE)
	case bytes.HasPrefix(head, bomUTF16LE):
		return UTF16LE, len(bomUTF16LE)
	case bytes.HasPrefix(head, bomUTF16BE):
		return UTF16BE, len(bomUTF16BE)
	}
	return "", 0
}

// utf16ByNULs recognises UTF-16 without a mark: delimiters, line ends and most
// letters are ASCII there, so every other byte of much of the text is NUL, and
// always on the same side. It gives "" for anything else.
func utf16ByNULs(head []byte) string {
	var even, odd int
	for i, b := range head {
		if b == 0 {
			if i%2 == 0 {
				even++
			} else {
				odd++
			}
		}
	}
	quarter := len(head) / 2 / 4
	switch {
	case even == 0 && odd > quarter:
		return UTF16LE
	case odd == 0 && even > quarter:
		return UTF16BE
	}
	return ""
}

// scan is what a first pass over the whole file finds out. Bytes that are
// UTF-8 for 64 KiB may turn out to be something else later, so that no less
// than all of them decides.
type scan struct {
	sum         [sha256.Size]byte
	multibyte   int // sequences of two bytes or more that are valid UTF-8
	invalid     int // bytes that are part of no valid sequence
	invalidLine int // the physical line of the first of these
	words       wordSample
}

// scanAll reads r to its end in constant memory.
func scanAll(r io.Reader) (scan, error) {
	var s scan
	digest := sha256.New()
	line := 1
	buf := make([]byte, headSize)
	kept := 0 // bytes of an unfinished sequence, moved to the front
	for {
		n, err := r.Read(buf[kept:])
		digest.Write(buf[kept : kept+n])
		if err != nil && err != io.EOF {
			return s, err
		}
		used := s.count(buf[:kept+n], err == io.EOF, &line)
		kept = copy(buf, buf[used:kept+n])
		if err == io.EOF {
			digest.Sum(s.sum[:0])
			return s, nil
		}
	}
}

// count looks at one chunk and gives how many of its bytes it is done with.
func (s *scan) count(chunk []byte, last bool, line *int) (used int) {
	for used < len(chunk) {
		if b := chunk[used]; b < utf8.RuneSelf {
			if b == '\n' {
				*line++
			}
			s.words.ascii(b)
			used++
			continue
		}
		if !last && !utf8.FullRune(chunk[used:]) {
			return used
		}
		r, size := utf8.DecodeRune(chunk[used:])
		if r == utf8.RuneError && size == 1 {
			if s.invalid == 0 {
				s.invalidLine = *line
			}
			s.invalid++
		} else {
			s.multibyte++
		}
		s.words.beyond(chunk[used : used+size])
		used += size
	}
	return used
}

// encoding decides by the whole file. Anything is valid Windows-1252, but
// Windows-1252 text is hardly ever valid UTF-8 by accident: where most accents
// are, the file is a damaged or mixed UTF-8 one, and reading all of it as
// Windows-1252 would turn the good accents into garbage.
func (s scan) encoding() (enc string, guessed bool, err error) {
	switch {
	case s.invalid == 0:
		return UTF8, false, nil
	case s.multibyte > s.invalid:
		return "", false, &Fault{Code: FileEncodingWrong, Line: s.invalidLine, Names: []string{UTF8}}
	}
	return Windows1252, true, nil
}

// decode gives r as UTF-8. Invalid UTF-8 ends it with encoding.ErrInvalidUTF8;
// what means nothing in another encoding becomes U+FFFD, or a C1 control (see
// newByteTable): both are found row by row by the check.
func decode(r io.Reader, enc string) io.Reader {
	if enc == UTF8 {
		return transform.NewReader(r, encoding.UTF8Validator)
	}
	known, _ := encodingNamed(enc)
	if known.table != nil {
		return transform.NewReader(r, &singleByte{table: known.table()})
	}
	return known.codec.NewDecoder().Reader(r)
}

// readFault is the fault for an error met while reading and decoding.
func readFault(err error, line int) *Fault {
	var fault *Fault
	switch {
	case errors.As(err, &fault):
		return fault
	case errors.Is(err, encoding.ErrInvalidUTF8):
		return &Fault{Code: FileEncodingWrong, Line: line, Names: []string{UTF8}, Err: err}
	}
	return &Fault{Code: FileUnreadable, Err: err}
}
