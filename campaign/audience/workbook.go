package audience

import (
	"archive/zip"
	"bytes"
	"encoding/binary"
	"encoding/xml"
	"errors"
	"io"
	"path"
	"strconv"
	"strings"
)

// What is read of a workbook at the most, so that a small file that unpacks to a huge one fills neither memory nor time.
const maxStyles = 1 << 16 // as many as Excel allows

// Tests lower these.
var (
	maxSheet   int64 = 2 << 30  // bytes of a sheet's XML, which is streamed
	maxStrings       = 96 << 20 // bytes of text in the table of shared strings, which is kept
	maxPart    int64 = 16 << 20 // bytes of any other part
)

// The relationships by which a workbook's parts are found, but for the part of the name that says which standard.
const (
	relDocument = "/officeDocument"
	relSheet    = "/worksheet"
	relStrings  = "/sharedStrings"
	relStyles   = "/styles"
)

// workbook is an .xlsx or .xlsm file whose parts have been found.
type workbook struct {
	parts   map[string]*zip.File // by name in lower case
	sheets  []sheetEntry
	rels    map[string]relationship
	date904 bool
}

type sheetEntry struct {
	Name  string `xml:"name,attr"`
	State string `xml:"state,attr"`
	Rel   string `xml:"id,attr"`
}

func (s sheetEntry) hidden() bool { return s.State == "hidden" || s.State == "veryHidden" }

type relationship struct {
	ID     string `xml:"Id,attr"`
	Type   string `xml:"Type,attr"`
	Target string `xml:"Target,attr"`
}

// randomAccess is what a zip archive is read from.
type randomAccess interface {
	io.ReadSeeker
	io.ReaderAt
}

// isZip reports whether a file starts as every .xlsx does.
func isZip(head []byte) bool {
	return bytes.HasPrefix(head, []byte("PK\x03\x04")) || bytes.HasPrefix(head, []byte("PK\x05\x06"))
}

// isOLE reports whether a file is in Microsoft's older container.
func isOLE(head []byte) bool { return bytes.HasPrefix(head, []byte("\xD0\xCF\x11\xE0")) }

// oleFault says what such a file is: a workbook with a password, or an old one (.xls). The container's list of streams
// names the encrypted one in UTF-16; it stands in the sector that the header tells.
func oleFault(source io.ReadSeeker, head []byte) error {
	name := []byte("E\x00n\x00c\x00r\x00y\x00p\x00t\x00e\x00d\x00P\x00a\x00c\x00k\x00a\x00g\x00e\x00")
	var listed [4096]byte
	if len(head) >= 52 {
		sector := int64(binary.LittleEndian.Uint32(head[48:])) + 1
		if _, err := source.Seek(sector<<(binary.LittleEndian.Uint16(head[30:])&0xF), io.SeekStart); err == nil {
			_, _ = io.ReadFull(source, listed[:]) // less than all of it tells as well
		}
	}
	if bytes.Contains(head, name) || bytes.Contains(listed[:], name) {
		return &Fault{Code: WorkbookEncrypted}
	}
	return &Fault{Code: FileSpreadsheet}
}

// openZip finds the parts of a workbook. Another archive is FileSpreadsheet when a spreadsheet program wrote it, and
// FileNotText otherwise.
func openZip(source randomAccess) (*workbook, error) {
	size, err := source.Seek(0, io.SeekEnd)
	if err != nil {
		return nil, &Fault{Code: FileUnreadable, Err: err}
	}
	archive, err := zip.NewReader(source, size)
	if err != nil {
		return nil, &Fault{Code: WorkbookBroken, Err: err}
	}
	w := &workbook{parts: map[string]*zip.File{}}
	for _, f := range archive.File {
		w.parts[partName(f.Name)] = f
	}
	for _, other := range []string{"mimetype", "xl/workbook.bin", "index/document.iwa", "index.zip"} { // ods, xlsb, numbers
		if w.parts[other] != nil {
			return nil, &Fault{Code: FileSpreadsheet}
		}
	}
	if w.parts["[content_types].xml"] == nil {
		return nil, &Fault{Code: FileNotText}
	}
	return w, w.readIndex()
}

func partName(name string) string {
	return strings.ToLower(strings.TrimPrefix(strings.ReplaceAll(name, `\`, "/"), "/"))
}

// readIndex reads which sheets there are, and where the parts are.
func (w *workbook) readIndex() error {
	document := "xl/workbook.xml"
	roots, err := w.relationships("_rels/.rels", "")
	if err != nil {
		return err
	}
	for _, rel := range roots {
		if strings.HasSuffix(rel.Type, relDocument) && w.parts[rel.Target] != nil {
			document = rel.Target
		}
	}
	if w.parts[document] == nil { // a text document, a presentation
		return &Fault{Code: FileNotText}
	}
	var index struct {
		XMLName  xml.Name
		Settings struct {
			Date1904 string `xml:"date1904,attr"`
		} `xml:"workbookPr"`
		Sheets []sheetEntry `xml:"sheets>sheet"`
	}
	if err := w.decode(document, &index); err != nil {
		return err
	}
	if index.XMLName.Local != "workbook" {
		return &Fault{Code: FileNotText}
	}
	w.sheets, w.date904 = index.Sheets, isTrue(index.Settings.Date1904)
	folder, file := path.Split(document)
	w.rels, err = w.relationships(folder+"_rels/"+file+".rels", folder)
	return err
}

// relationships reads a part that says where others are, by id; none where it is missing.
func (w *workbook) relationships(name, folder string) (map[string]relationship, error) {
	if w.parts[partName(name)] == nil {
		return nil, nil
	}
	var list struct {
		Rels []relationship `xml:"Relationship"`
	}
	if err := w.decode(name, &list); err != nil {
		return nil, err
	}
	all := map[string]relationship{}
	for _, rel := range list.Rels {
		if !strings.HasPrefix(rel.Target, "/") {
			rel.Target = path.Join(folder, rel.Target)
		}
		rel.Target = partName(rel.Target)
		all[rel.ID] = rel
	}
	return all, nil
}

// part opens a part of at most limit bytes. What lies past them is a fault, whatever the archive says of its size.
func (w *workbook) part(name string, limit int64) (io.ReadCloser, error) {
	file := w.parts[partName(name)]
	if file == nil {
		return nil, &Fault{Code: WorkbookBroken, Names: []string{name}, Err: BrokenNoPart}
	}
	opened, err := file.Open()
	if err != nil {
		return nil, &Fault{Code: WorkbookBroken, Names: []string{name}, Err: err}
	}
	return &boundedPart{ReadCloser: opened, left: limit}, nil
}

// boundedPart ends with WorkbookTooLarge.
type boundedPart struct {
	io.ReadCloser
	left int64
}

func (p *boundedPart) Read(b []byte) (int, error) {
	n, err := p.ReadCloser.Read(b)
	if p.left -= int64(n); p.left < 0 {
		return 0, &Fault{Code: WorkbookTooLarge}
	}
	return n, err
}

// decode reads a small part wholly.
func (w *workbook) decode(name string, into any) error {
	part, err := w.part(name, maxPart)
	if err != nil {
		return err
	}
	defer part.Close()
	return brokenPart(name, xml.NewDecoder(part).Decode(into))
}

// brokenPart is the fault of a part that cannot be read; nil for no error.
func brokenPart(name string, err error) error {
	var fault *Fault
	if err == nil || errors.As(err, &fault) {
		return err
	}
	return &Fault{Code: WorkbookBroken, Names: []string{name}, Err: err}
}

// choose finds the sheet that is asked for: by its name, else by its number from 1, as the tabs stand. Without a wish it
// is the first that is not hidden. A chart on a sheet of its own has no rows and is no sheet here.
func (w *workbook) choose(wanted string) (sheetEntry, error) {
	var tables []sheetEntry
	var names []string
	for _, s := range w.sheets {
		if rel, ok := w.rels[s.Rel]; ok && strings.HasSuffix(rel.Type, relSheet) {
			tables, names = append(tables, s), append(names, s.Name)
		}
	}
	if len(tables) == 0 {
		return sheetEntry{}, &Fault{Code: WorkbookBroken, Err: BrokenNoSheet}
	}
	if wanted == "" {
		for _, s := range tables {
			if !s.hidden() {
				return s, nil
			}
		}
		return tables[0], nil
	}
	for _, s := range tables {
		if s.Name == wanted {
			return s, nil
		}
	}
	for _, s := range tables {
		if fold(s.Name) == fold(wanted) {
			return s, nil
		}
	}
	if n, err := strconv.Atoi(wanted); err == nil && n >= 1 && n <= len(tables) {
		return tables[n-1], nil
	}
	return sheetEntry{}, &Fault{Code: SheetUnknown, Names: append([]string{wanted}, names...)}
}

// visible are the names of the sheets that people see.
func (w *workbook) visible() (names []string) {
	for _, s := range w.sheets {
		if !s.hidden() {
			names = append(names, s.Name)
		}
	}
	return names
}

// partOf returns the part of the first relationship of a kind; "" for none.
func (w *workbook) partOf(kind string) string {
	for _, rel := range w.rels {
		if strings.HasSuffix(rel.Type, kind) && w.parts[rel.Target] != nil {
			return rel.Target
		}
	}
	return ""
}

// isTrue reads a boolean attribute.
func isTrue(value string) bool { return value == "1" || value == "true" }
