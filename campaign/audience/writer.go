package audience

import (
	"bufio"
	"bytes"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"unicode/utf16"
	"unicode/utf8"

	"github.com/gocarina/gocsv"
)

// ErrUnencodable is returned by Writer.Write for a record with a character that
// the dialect's encoding does not have. Nothing of that record is written; the
// caller starts over with Dialect.UTF8.
var ErrUnencodable = errors.New("audience: the encoding does not have this character")

var _ gocsv.CSVWriter = (*Writer)(nil)

// Writer writes records in a dialect, so that what opened the input opens the
// output in the same way. Line breaks inside a cell stay as they are. It is for
// one goroutine.
type Writer struct {
	dialect Dialect
	out     *bufio.Writer
	record  bytes.Buffer // one record as encoding/csv quotes it
	quoting *csv.Writer  // writes to record
	encoded []byte
	started bool
	err     error
}

// NewWriter writes to w in the dialect d. What d does not say is as in UTF-8
// with commas and LF.
func NewWriter(w io.Writer, d Dialect) *Writer {
	if d.Delimiter == 0 {
		d.Delimiter = ','
	}
	if d.Ending == "" {
		d.Ending = "\n"
	}
	writer := &Writer{dialect: d, out: bufio.NewWriterSize(w, 1<<16)}
	writer.dialect.Encoding, writer.err = parseEncoding(d.Encoding)
	if writer.err == nil && writer.dialect.Encoding == "" {
		writer.dialect.Encoding = UTF8
	}
	writer.quoting = csv.NewWriter(&writer.record)
	writer.quoting.Comma = d.Delimiter
	return writer
}

// Write writes one record. Like encoding/csv's it buffers; Flush must follow.
// It returns ErrUnencodable (errors.Is), or the destination's error, which
// every later call returns too.
func (w *Writer) Write(cells []string) error {
	if w.err != nil {
		return w.err
	}
	w.record.Reset()
	if w.err = w.quoting.Write(cells); w.err != nil {
		return w.err
	}
	w.quoting.Flush()
	if plain := bytes.TrimSuffix(w.record.Bytes(), []byte("\n")); w.started && w.dialect.Encoding == UTF8 && utf8.Valid(plain) {
		_, _ = w.out.Write(plain) // whose error the next one returns, too
		_, w.err = w.out.WriteString(w.dialect.Ending)
		return w.err
	}
	text := strings.TrimSuffix(w.record.String(), "\n")
	mark := ""
	if w.dialect.BOM && !w.started {
		mark = "\ufeff"
	}
	if err := w.encode(mark + text + w.dialect.Ending); err != nil {
		return err
	}
	if !w.started && mark == "" && startsWithMark(w.encoded) {
		return fmt.Errorf("%w: the first characters would be taken for a byte order mark", ErrUnencodable)
	}
	w.started = true
	_, w.err = w.out.Write(w.encoded)
	return w.err
}

// startsWithMark reports whether the beginning of a file says that it is in a Unicode encoding.
func startsWithMark(beginning []byte) bool {
	return slices.ContainsFunc([]string{"\xef\xbb\xbf", "\xff\xfe", "\xfe\xff"}, func(mark string) bool {
		return bytes.HasPrefix(beginning, []byte(mark))
	})
}

// Flush writes what is buffered to the destination; Error tells how it went.
func (w *Writer) Flush() {
	if w.err == nil {
		w.err = w.out.Flush()
	}
}

// Error gives the first error of the destination. A record that could not be
// encoded is no such error.
func (w *Writer) Error() error { return w.err }

// encode sets w.encoded to text in the dialect's encoding.
func (w *Writer) encode(text string) error {
	w.encoded = w.encoded[:0]
	switch w.dialect.Encoding {
	case UTF16LE:
		for _, unit := range utf16.Encode([]rune(text)) {
			w.encoded = append(w.encoded, byte(unit), byte(unit>>8))
		}
		return nil
	case UTF16BE:
		for _, unit := range utf16.Encode([]rune(text)) {
			w.encoded = append(w.encoded, byte(unit>>8), byte(unit))
		}
		return nil
	case UTF8:
		w.encoded = append(w.encoded, strings.ToValidUTF8(text, string(utf8.RuneError))...)
		return nil
	}
	known, _ := encodingNamed(w.dialect.Encoding)
	if known.table != nil {
		return w.encodeWith(known.table(), text)
	}
	if strings.ContainsRune(text, utf8.RuneError) { // which some of the library's encoders write as another character
		return fmt.Errorf("%w: %q in %s", ErrUnencodable, utf8.RuneError, w.dialect.EncodingName())
	}
	encoded, err := known.codec.NewEncoder().String(text)
	if err != nil {
		return fmt.Errorf("%w in %s: %w", ErrUnencodable, w.dialect.EncodingName(), err)
	}
	w.encoded = append(w.encoded, encoded...)
	return nil
}

// encodeWith encodes to one byte a character.
func (w *Writer) encodeWith(table *byteTable, text string) error {
	text = strings.TrimPrefix(text, "\ufeff") // these encodings have no mark
	for _, r := range text {
		b, ok := table.encode(r)
		if !ok {
			return fmt.Errorf("%w: %q in %s", ErrUnencodable, r, w.dialect.EncodingName())
		}
		w.encoded = append(w.encoded, b)
	}
	return nil
}
