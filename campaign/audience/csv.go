package audience

import (
	"bufio"
	"bytes"
	"io"
)

// MaxRecord is the longest record that is read, in bytes of UTF-8: memory stays bounded whatever the file holds. A quotation
// mark that is never closed is the usual reason for a longer one.
const MaxRecord = 1 << 20

// csvSource reads records from text, with quotation marks as spreadsheets take them.
//
// A mark opens a cell only as its first character, behind spaces at most; inside an unquoted cell it is itself (Écran 24").
// A quoted cell keeps whatever is in it, line breaks of every kind too, and ends with a mark that is not doubled. Spaces
// behind that mark are dropped, other text belongs to the cell ("Dupont" SARL). Only where such text follows a cell that
// holds a delimiter or a line break is it an error, as is a mark that is never closed: the mark was hardly meant to take
// the cells or the people after it in.
//
// A record ends with LF, with CRs in front of it (CR CR LF is what a double translation leaves) or at the end of the text,
// and where CRs alone end the lines, with each CR and CR LF. Elsewhere a CR is text.
type csvSource struct {
	text      *bufio.Reader
	delimiter string
	loneCR    bool // CR on its own ends a line
	number    int  // the row number of the last record
	line      int  // physical, of the next byte
	column    int  // of the next byte in its line, from 1
	textCRs   int  // CRs that come next and are text

	cells  []byte // of the record at hand, one behind the other
	ends   []int  // of each of them in cells
	start  int    // the line where the record starts
	length int    // of the record so far, in bytes of the text
}

// newCSVSource reads text of which the first line is firstLine of the file.
func newCSVSource(text *bufio.Reader, d Dialect, firstLine int) *csvSource {
	return &csvSource{text: text, delimiter: string(d.Delimiter), loneCR: d.Ending == "\r", line: firstLine, column: 1}
}

// separator is what ends a cell.
type separator int

const (
	noSeparator separator = iota
	cellEnd
	recordEnd
	textEnd
)

// next implements recordSource. An empty line is a row without a record.
func (s *csvSource) next() (cells []string, number int, err error) {
	for {
		s.cells, s.ends, s.start, s.length = s.cells[:0], s.ends[:0], s.line, 0
		s.number++
		end := cellEnd
		for end == cellEnd {
			if end, err = s.cell(); err != nil {
				return nil, 0, err
			}
			s.ends = append(s.ends, len(s.cells))
		}
		switch {
		case s.length > 0:
			return s.record(), s.number, nil
		case end == textEnd:
			return nil, 0, io.EOF
		}
	}
}

// record gives the cells of the record, which share one text.
func (s *csvSource) record() []string {
	text, cells, from := string(s.cells), make([]string, len(s.ends)), 0
	for i, end := range s.ends {
		cells[i], from = text[from:end], end
	}
	return cells
}

// cell reads one cell into s.cells, with what ends it. What ends a record does not count as a part of it.
func (s *csvSource) cell() (separator, error) {
	from := len(s.cells)
	for {
		end, err := s.separator()
		if end != noSeparator || err != nil {
			return end, err
		}
		b, err := s.take()
		if err != nil {
			return noSeparator, err
		}
		if b == '"' && isBlanks(s.cells[from:]) {
			s.cells = s.cells[:from]
			return s.quoted()
		}
		s.cells = append(s.cells, b)
	}
}

// quoted reads a cell behind its opening mark.
func (s *csvSource) quoted() (separator, error) {
	from, line, column := len(s.cells), s.line, s.column-1
	broken := func(err error) error {
		if err != io.EOF {
			return err
		}
		return &Fault{Code: QuoteBroken, Line: line, Column: column}
	}
	for {
		b, err := s.take()
		if err != nil {
			return noSeparator, broken(err)
		}
		if b != '"' {
			s.cells = append(s.cells, b)
			continue
		}
		if next, err := s.text.Peek(1); err == nil && next[0] == '"' {
			if _, err := s.take(); err != nil {
				return noSeparator, err
			}
			s.cells = append(s.cells, '"')
			continue
		}
		closed := len(s.cells)
		end, err := s.tail()
		switch rest := s.cells[closed:]; {
		case err != nil:
			return noSeparator, err
		case isBlanks(rest):
			s.cells = s.cells[:closed]
		case bytes.Contains(s.cells[from:closed], []byte(s.delimiter)) || bytes.ContainsAny(s.cells[from:closed], "\r\n"):
			return noSeparator, broken(io.EOF)
		default:
			s.keepMarks(closed)
		}
		return end, nil
	}
}

// tail reads what stands behind a closing mark, up to the end of the cell.
func (s *csvSource) tail() (separator, error) {
	for {
		end, err := s.separator()
		if end != noSeparator || err != nil {
			return end, err
		}
		b, err := s.take()
		if err != nil {
			return noSeparator, err
		}
		s.cells = append(s.cells, b)
	}
}

// keepMarks settles a cell with text behind its closing mark: where the cell ends with another mark, both that one and the
// opening one are around all of it, and the mark between is text ("L"Oréal").
func (s *csvSource) keepMarks(closed int) {
	trimmed := bytes.TrimRight(s.cells, " \t")
	if trimmed[len(trimmed)-1] != '"' || len(trimmed)-1 == closed {
		return
	}
	rest := append([]byte{'"'}, bytes.ReplaceAll(trimmed[closed:len(trimmed)-1], []byte(`""`), []byte(`"`))...)
	s.cells = append(s.cells[:closed], rest...)
}

// separator takes what ends a cell, if that is next.
func (s *csvSource) separator() (separator, error) {
	next, err := s.text.Peek(1)
	switch {
	case err == io.EOF:
		return textEnd, nil
	case err != nil:
		return noSeparator, readFault(err, s.line)
	case next[0] == '\n':
		return recordEnd, s.dropLineBreak(1)
	case next[0] == '\r':
		return s.lineBreak()
	case next[0] != s.delimiter[0]:
		return noSeparator, nil
	}
	// An error comes again when the text is read up to it.
	if next, _ = s.text.Peek(len(s.delimiter)); string(next) != s.delimiter {
		return noSeparator, nil
	}
	for range len(s.delimiter) {
		if _, err := s.take(); err != nil {
			return noSeparator, err
		}
	}
	return cellEnd, nil
}

// mostCRs is how many CRs may belong to one line break.
const mostCRs = headSize / 2

// lineBreak takes the line break that a CR begins, if it does. CRs at the end of the text are one.
func (s *csvSource) lineBreak() (separator, error) {
	if s.textCRs > 0 {
		s.textCRs--
		return noSeparator, nil
	}
	crs, more := 1, true
	for ; more && crs < mostCRs; crs++ {
		next, err := s.text.Peek(crs + 1)
		switch last := next[len(next)-1]; {
		case len(next) <= crs && err == io.EOF:
			return textEnd, s.dropLineBreak(crs)
		case len(next) > crs && last == '\n' && (!s.loneCR || crs == 1):
			return recordEnd, s.dropLineBreak(crs + 1)
		case s.loneCR:
			return recordEnd, s.dropLineBreak(1)
		}
		more = len(next) > crs && next[crs] == '\r'
	}
	s.textCRs = crs - 2
	return noSeparator, nil
}

// dropLineBreak passes over a line break of n bytes.
func (s *csvSource) dropLineBreak(n int) error {
	s.line, s.column = s.line+1, 1
	_, err := s.text.Discard(n)
	return err
}

// take reads the next byte of the record. It returns io.EOF at the end of the text, and else a *Fault.
func (s *csvSource) take() (byte, error) {
	b, err := s.text.ReadByte()
	switch {
	case err == io.EOF:
		return 0, err
	case err != nil:
		return 0, readFault(err, s.line)
	case b == 0:
		return 0, &Fault{Code: FileNotText, Line: s.line}
	}
	if s.length++; s.length > MaxRecord {
		return 0, &Fault{Code: RecordTooLong, Line: s.start}
	}
	s.column++
	if b == '\n' || b == '\r' && s.loneCR {
		s.line, s.column = s.line+1, 1
	}
	return b, nil
}

func isBlanks(text []byte) bool { return len(bytes.Trim(text, " \t")) == 0 }
