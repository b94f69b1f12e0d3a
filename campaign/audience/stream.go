package audience

import (
	"io"

	"golang.org/x/text/transform"
)

// MaxRecord is the longest record that is read, in bytes of UTF-8: memory stays
// bounded whatever the file holds. A quote that is never closed is the usual
// reason for a longer one.
const MaxRecord = 1 << 20

// newlines makes LF the only line ending. A run of CRs before an LF or before
// the end of the text is part of that line ending (CR CR LF is what a double
// translation leaves), so that no cell ends in a CR by accident. Where CRs
// alone end the lines, each of them is one, and a CR LF is one too.
type newlines struct {
	lone    bool // CR on its own ends a line
	pending int  // CRs seen whose meaning the next byte decides
	afterCR bool // with lone: the last byte was a CR
}

func (t *newlines) Reset() { t.pending, t.afterCR = 0, false }

// Transform implements transform.Transformer.
func (t *newlines) Transform(dst, src []byte, atEOF bool) (nDst, nSrc int, err error) {
	for nSrc < len(src) {
		b := src[nSrc]
		switch {
		case t.lone && b == '\n' && t.afterCR:
			t.afterCR = false
			nSrc++
			continue
		case t.lone:
			t.afterCR = b == '\r'
			if t.afterCR {
				b = '\n'
			}
		case b == '\r':
			t.pending++
			nSrc++
			continue
		case b == '\n':
			t.pending = 0
		default:
			for ; t.pending > 0; t.pending-- {
				if nDst == len(dst) {
					return nDst, nSrc, transform.ErrShortDst
				}
				dst[nDst] = '\r'
				nDst++
			}
		}
		if nDst == len(dst) {
			// The byte is met again, so nothing may have been decided on it.
			t.afterCR = false
			return nDst, nSrc, transform.ErrShortDst
		}
		dst[nDst] = b
		nDst++
		nSrc++
	}
	if atEOF {
		t.pending = 0
	}
	return nDst, nSrc, nil
}

// guard passes text on while it is text in records of bounded length. It ends
// with a *Fault (or io.EOF), which it keeps: encoding/csv may see half a record
// and make an error of its own of it, and the guard's is the true one.
//
// It follows records by the parity of quotes. encoding/csv is strict about
// quotes here, so parity is exact up to the first record that it refuses.
type guard struct {
	r      io.Reader
	quoted bool
	length int // of the current record so far
	line   int // physical, of the next byte
	start  int // the line where the current record starts
	fault  *Fault
}

// Read implements io.Reader.
func (g *guard) Read(p []byte) (int, error) {
	if g.fault != nil {
		return 0, g.fault
	}
	n, err := g.r.Read(p)
	for i, b := range p[:n] {
		g.length++
		switch b {
		case 0:
			g.fault = &Fault{Code: FileNotText, Line: g.line}
		case '"':
			g.quoted = !g.quoted
		case '\n':
			g.line++
			if !g.quoted {
				g.length, g.start = 0, g.line
			}
		}
		if g.length > MaxRecord {
			g.fault = &Fault{Code: RecordTooLong, Line: g.start}
		}
		if g.fault != nil {
			return i, g.fault
		}
	}
	if err != nil && err != io.EOF {
		g.fault = readFault(err, g.line)
		return n, g.fault
	}
	return n, err
}
