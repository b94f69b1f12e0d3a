package audience

import (
	"bufio"
	"bytes"
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"hash"
	"io"
	"os"
	"slices"
	"strings"
)

// File is an audience opened for reading: its dialect and header are known, its
// rows are yet to be streamed, once. It is for one goroutine at a time.
type File struct {
	file    *steadyFile // nil after Read
	dialect Dialect
	guessed bool
	// doubt tells for which encoding the bytes speak, where doubtful.
	doubt    EncodingDoubt
	doubtful bool
	header   []string
	// headerRow is the header's row, as a spreadsheet numbers it.
	headerRow int
	records   *recordReader
	accents   accents
	raw       io.Reader // the file's bytes, each passing through digest
	digest    hash.Hash
	expected  []byte // the digest of the first pass, nil if there was none
	sum       string // the digest in hex, once everything has been read
	started   bool
	sheet     *sheetReader // nil for text
	name      string       // of the sheet
	sheets    []string     // that people see in the workbook
}

// Open opens the file at path, finds its dialect and checks its header.
//
// Without Options.Encoding and without a byte order mark, it reads the whole
// file once to find the encoding; Rows reads it a second time. Either way Rows
// ends with FileChanged if the file was written to, or replaced, since it was
// opened. The caller closes the File.
func Open(path string, opts Options) (*File, error) {
	file, err := openSteady(path)
	if err != nil {
		return nil, err
	}
	f, err := read(file, opts)
	if err != nil {
		defer file.Close()
		return nil, locate(err, file)
	}
	f.file = file
	return f, nil
}

func read(source io.ReadSeeker, opts Options) (*File, error) {
	if err := checkDelimiter(opts.Delimiter); err != nil {
		return nil, err
	}
	asked, err := parseEncoding(opts.Encoding)
	if err != nil {
		return nil, err
	}
	head, err := readHead(source)
	if err != nil {
		return nil, err
	}
	f := &File{}
	if isZip(head) {
		if err := f.openWorkbook(source, opts.Sheet); err != nil {
			return nil, err
		}
		return f, f.readHeader(opts)
	}
	if opts.Sheet != "" {
		return nil, &Fault{Code: SheetNoWorkbook, Names: []string{opts.Sheet}}
	}
	bom, err := f.findEncoding(source, head, asked)
	if err != nil {
		return nil, err
	}
	if _, err := source.Seek(0, io.SeekStart); err != nil {
		return nil, &Fault{Code: FileUnreadable, Err: err}
	}
	f.digest = sha256.New()
	f.raw = io.TeeReader(source, f.digest)
	if _, err := io.CopyN(io.Discard, f.raw, int64(bom)); err != nil {
		return nil, &Fault{Code: FileUnreadable, Err: err}
	}
	if err := f.openText(opts, asked != ""); err != nil {
		return nil, err
	}
	return f, f.readHeader(opts)
}

// readHead gives the file's first bytes, refusing what is no text.
func readHead(source io.ReadSeeker) ([]byte, error) {
	if _, err := source.Seek(0, io.SeekStart); err != nil {
		return nil, &Fault{Code: FileUnreadable, Err: err}
	}
	head := make([]byte, headSize)
	n, err := io.ReadFull(source, head)
	if err != nil && err != io.EOF && err != io.ErrUnexpectedEOF {
		return nil, &Fault{Code: FileUnreadable, Err: err}
	}
	head = head[:n]
	if n == 0 {
		return nil, &Fault{Code: FileEmpty}
	}
	switch {
	case isZip(head):
		return head, nil
	case isOLE(head):
		return nil, oleFault(source, head)
	}
	return head, checkFormat(head)
}

// openWorkbook finds the sheet and sets f.records. What is written of its rows is a CSV file with semicolons and a byte
// order mark, which Excel opens in French by a double click.
func (f *File) openWorkbook(source io.ReadSeeker, wanted string) error {
	archive, ok := source.(randomAccess)
	if !ok {
		all, err := io.ReadAll(source)
		if err != nil {
			return &Fault{Code: FileUnreadable, Err: err}
		}
		archive = bytes.NewReader(all)
	}
	first := sha256.New()
	if _, err := archive.Seek(0, io.SeekStart); err != nil {
		return &Fault{Code: FileUnreadable, Err: err}
	}
	if _, err := io.Copy(first, archive); err != nil {
		return &Fault{Code: FileUnreadable, Err: err}
	}
	f.expected = first.Sum(nil)
	book, err := openZip(archive)
	if err != nil {
		return err
	}
	entry, err := book.choose(wanted)
	if err != nil {
		return err
	}
	if f.sheet, err = book.openSheet(entry); err != nil {
		return err
	}
	if _, err := archive.Seek(0, io.SeekStart); err != nil {
		return &Fault{Code: FileUnreadable, Err: err}
	}
	f.digest = sha256.New()
	f.raw = io.TeeReader(archive, f.digest)
	f.name, f.sheets = entry.Name, book.visible()
	f.records = &recordReader{source: f.sheet, sheet: true}
	f.dialect = Dialect{Delimiter: ';', Encoding: UTF8, BOM: true, Ending: "\r\n"}
	return nil
}

// findEncoding settles the dialect's encoding and BOM: by the mark, by what the
// user says, by the pattern of NULs, and else by reading the whole source,
// which stands at len(head). It gives the length of the mark.
func (f *File) findEncoding(source io.Reader, head []byte, asked string) (bom int, err error) {
	marked, length := bomOf(head)
	byNULs := utf16ByNULs(head)
	switch {
	case asked == anyUTF16 && strings.HasPrefix(marked, anyUTF16), asked == anyUTF32 && strings.HasPrefix(marked, anyUTF32):
		asked = marked
	case asked == anyUTF16:
		asked = cmp.Or(byNULs, UTF16LE)
	case asked == anyUTF32:
		asked = UTF32LE
	}
	switch {
	case marked != "" && asked != "" && marked != asked:
		return 0, &Fault{Code: FileEncodingWrong, Names: []string{asked}}
	case marked != "":
		f.dialect.Encoding, f.dialect.BOM = marked, true
	case asked != "":
		f.dialect.Encoding = asked
	case byNULs != "":
		f.dialect.Encoding = byNULs
	case bytes.IndexByte(head, 0) >= 0:
		return 0, &Fault{Code: FileNotText}
	default:
		found, err := scanAll(io.MultiReader(bytes.NewReader(head), source))
		if err != nil {
			return 0, &Fault{Code: FileUnreadable, Err: err}
		}
		f.expected = found.sum[:]
		f.dialect.Encoding, f.guessed, err = found.encoding()
		if f.guessed {
			f.doubt, f.doubtful = found.words.doubt()
			if f.doubtful {
				f.dialect.Encoding = f.doubt.Likely
			}
		}
		return 0, err
	}
	return length, nil
}

// openText decodes f.raw, finds delimiter and line ending, and sets f.records.
func (f *File) openText(opts Options, asked bool) error {
	text := bufio.NewReaderSize(decode(f.raw, f.dialect.Encoding), headSize)
	// An error of Peek comes back when the text is read up to it.
	peeked, _ := text.Peek(headSize)
	head := string(peeked)
	wide := strings.HasPrefix(f.dialect.Encoding, anyUTF16) || strings.HasPrefix(f.dialect.Encoding, anyUTF32)
	if wide && asked && !hasASCII(head) {
		// Read with the wrong byte order, or as two bytes a letter when it is
		// one, no delimiter and no line end is left.
		return &Fault{Code: FileEncodingWrong, Names: []string{f.dialect.Encoding}}
	}
	named, length := cutSep(head)
	if length > 0 {
		// Cannot fail: these bytes have been peeked.
		_, _ = text.Discard(length)
	}
	if opts.Delimiter != 0 {
		named = opts.Delimiter
	}
	f.dialect.Delimiter, f.dialect.Ending = sniff(head[length:], named)
	if named != 0 {
		f.dialect.Delimiter = named
	}
	firstLine := 1
	if length > 0 {
		firstLine = 2
	}
	f.records = &recordReader{source: newCSVSource(text, f.dialect, firstLine)}
	return nil
}

func hasASCII(s string) bool {
	return slices.ContainsFunc([]byte(s), func(b byte) bool { return 0 < b && b < 0x80 })
}

// Sheet gives the name of the workbook's sheet that is read, and how many sheets people see in it; "" for a text file.
func (f *File) Sheet() (name string, sheets int) { return f.name, len(f.sheets) }

// Sheets are the names of the sheets that people see in the workbook; none of a text file.
func (f *File) Sheets() []string { return slices.Clone(f.sheets) }

// HiddenRows is how many rows are hidden in the spreadsheet, most often by a filter, once Rows has ended. They are rows
// like any other.
func (f *File) HiddenRows() int {
	if f.sheet == nil {
		return 0
	}
	return f.sheet.hidden
}

// MergedCells is how many areas of merged cells the sheet has, once Rows has ended. The first cell of an area has its
// value, the others are empty.
func (f *File) MergedCells() int {
	if f.sheet == nil {
		return 0
	}
	return f.sheet.merged
}

// UnresolvedFormulas is how many formulas of the sheet have no result saved with them, once Rows has ended. They read as
// empty: a program that cannot compute has written the file.
func (f *File) UnresolvedFormulas() int {
	if f.sheet == nil {
		return 0
	}
	return f.sheet.unresolved
}

// Watch names the columns, from 0, of which Row.Shown tells: it is called before Rows. Of a text file there is nothing to
// tell.
func (f *File) Watch(columns []int) {
	if f.sheet != nil {
		f.sheet.watched = map[int]bool{}
		for _, column := range columns {
			f.sheet.watched[column] = true
		}
	}
}

// WatchTyped names the column of phone numbers, of whose formulas Row.Shown tells those that a typed number became. It is
// called before Rows.
func (f *File) WatchTyped(column int) {
	if f.sheet != nil {
		f.sheet.typed = column
	}
}

// SheetCell is a cell of a workbook.
type SheetCell struct {
	Row    int
	Column int // from 0
	Value  string
}

// Computed is how many texts of the sheet a spreadsheet would compute if they stood in a CSV file (see Computes), and the
// first of them, once Rows has ended.
func (f *File) Computed() (n int, first SheetCell) {
	if f.sheet == nil {
		return 0, first
	}
	return f.sheet.computed, f.sheet.firstComputed
}

// Dialect says how the file is written; of a workbook, how a CSV file with its rows is.
func (f *File) Dialect() Dialect { return f.dialect }

// EncodingGuessed says that an encoding was assumed, since the bytes are not
// valid UTF-8: the user should look at how accents were read (see Accents).
func (f *File) EncodingGuessed() bool { return f.guessed }

// EncodingDoubt tells for which encoding the bytes speak rather than for
// Windows-1252; the file is read in it. ok is false where there is no doubt, or
// the user named the encoding.
func (f *File) EncodingDoubt() (doubt EncodingDoubt, ok bool) { return f.doubt, f.doubtful }

// Header gives the header's cells as written, without a BOM and without empty
// columns at its end. A cell is empty where a column in the middle has no name;
// such a column has no data either, or Rows ends with HeaderEmpty.
func (f *File) Header() []string { return slices.Clone(f.header) }

// HeaderRow is the header's row, as a spreadsheet numbers it.
func (f *File) HeaderRow() int { return f.headerRow }

// Accents gives up to three distinct words with accents among those that Rows
// has read so far, and in the header where the rows have fewer, as they were
// read: "Zoé" shows that the encoding is right, "ZoÃ©" that it is not.
func (f *File) Accents() []string { return f.accents.samples(f.header) }

// SHA256 is the digest of the file's bytes in hex, "" until Rows has been read
// to its end without an error.
func (f *File) SHA256() string { return f.sum }

// Close closes the file. It is for the caller of Open, and harmless after Read.
func (f *File) Close() error {
	if f.file == nil {
		return nil
	}
	if err := f.file.Close(); err != nil && !errors.Is(err, os.ErrClosed) {
		return &Fault{Code: FileUnreadable, Path: f.file.path, Err: systemError(err)}
	}
	return nil
}

// finish reads what is left of the file and settles its digest.
func (f *File) finish() error {
	if _, err := io.Copy(io.Discard, f.raw); err != nil {
		return &Fault{Code: FileUnreadable, Err: err}
	}
	sum := f.digest.Sum(nil)
	if f.expected != nil && !bytes.Equal(sum, f.expected) || f.file != nil && f.file.changed() {
		return &Fault{Code: FileChanged}
	}
	f.sum = hex.EncodeToString(sum)
	return nil
}

// locate says in which file a fault is. A file that changed may look broken in
// any way.
func locate(err error, file *steadyFile) error {
	var fault *Fault
	if !errors.As(err, &fault) {
		fault = &Fault{Code: FileUnreadable, Err: err}
	}
	if file == nil {
		return fault
	}
	if file.changed() {
		fault = &Fault{Code: FileChanged}
	}
	fault.Path = file.path
	return fault
}
