package audience_test

import (
	"archive/zip"
	"bytes"
	"errors"
	"fmt"
	"io"
	"maps"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/xuri/excelize/v2"

	"kanal-campaign/campaign/audience"
)

// book makes a workbook with the library, of one sheet unless make adds others.
func book(t testing.TB, make func(f *excelize.File)) string {
	t.Helper()
	f := excelize.NewFile()
	defer f.Close()
	make(f)
	var out bytes.Buffer
	if err := f.Write(&out); err != nil {
		t.Fatal(err)
	}
	return out.String()
}

// rawBook makes a workbook of the given XML of its rows, as programs other than Excel may write it.
func rawBook(t testing.TB, sheet string, parts map[string]string) string {
	t.Helper()
	all := map[string]string{
		"[Content_Types].xml": `<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">` +
			`<Default Extension="xml" ContentType="application/xml"/><Default Extension="rels" ` +
			`ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Override PartName="/xl/workbook.xml" ` +
			`ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/></Types>`,
		"_rels/.rels": `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">` +
			`<Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" ` +
			`Target="xl/workbook.xml"/></Relationships>`,
		"xl/workbook.xml": `<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" ` +
			`xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets>` +
			`<sheet name="A" sheetId="1" r:id="rId1"/></sheets></workbook>`,
		"xl/_rels/workbook.xml.rels": `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">` +
			`<Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" ` +
			`Target="worksheets/sheet1.xml"/>` +
			`<Relationship Id="rId2" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/sharedStrings" ` +
			`Target="/xl/sharedStrings.xml"/></Relationships>`,
		"xl/sharedStrings.xml": `<sst><si><t>phone</t></si><si><t xml:space="preserve"> a </t></si><si><r><t>Zo</t></r><r>` +
			`<rPr><b/></rPr><t>é</t></r><rPh><t>ZOE</t></rPh></si><si><t>a_x000D_&#10;b</t></si></sst>`,
		"xl/worksheets/sheet1.xml": `<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>` +
			sheet + `</sheetData></worksheet>`,
	}
	for name, content := range parts {
		all[name] = content
	}
	var out bytes.Buffer
	w := zip.NewWriter(&out)
	for _, name := range slices.Sorted(maps.Keys(all)) {
		part, err := w.Create(name)
		if err == nil {
			_, err = io.WriteString(part, all[name])
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return out.String()
}

func cellsOf(rows []audience.Row) (all [][]string) {
	for _, row := range rows {
		all = append(all, row.Cells)
	}
	return all
}

// shownAs is a cell's style with a number format of one's own.
func shownAs(code string) excelize.Style { return excelize.Style{CustomNumFmt: &code} }

var someDay = time.Date(2026, 11, 20, 14, 30, 0, 0, time.UTC)

// cellsAsRead are the values that a workbook's cell may hold, and how each is read.
var cellsAsRead = map[string]struct {
	value any
	style excelize.Style
	want  string
}{
	"a phone number":           {value: 33612345678, want: "33612345678"},
	"shown in scientific":      {value: 33612345678, style: shownAs("0.00E+00"), want: "33612345678"},
	"shown as a phone number":  {value: 612345678, style: shownAs(`0# ## ## ## ##`), want: "612345678"},
	"shown with thousands":     {value: 33612345678, style: excelize.Style{NumFmt: 3}, want: "33612345678"},
	"15 digits":                {value: 999999999999999, want: "999999999999999"},
	"16 digits":                {value: int64(1234567890123456), want: "1.23456789012346E+15"},
	"a decimal":                {value: 19.9, style: shownAs("0 €"), want: "19.9"},
	"a sum of decimals":        {value: 0.1 + 0.2, want: "0.3"},
	"zero":                     {value: 0, want: "0"},
	"negative":                 {value: -12.5, want: "-12.5"},
	"small":                    {value: 0.000001, want: "0.000001"},
	"a percentage":             {value: 0.15, style: excelize.Style{NumFmt: 9}, want: "0.15"},
	"text":                     {value: "0612345678", want: "0612345678"},
	"text of a power":          {value: "3,36E+10", want: "3,36E+10"},
	"text in a number format":  {value: "0612345678", style: excelize.Style{NumFmt: 3}, want: "0612345678"},
	"lines":                    {value: "a\nb", want: "a\nb"},
	"true":                     {value: true, want: "TRUE"},
	"false":                    {value: false, want: "FALSE"},
	"a date":                   {value: someDay, style: shownAs("dd/mm/yyyy"), want: "20/11/2026"},
	"a date in words":          {value: someDay, style: shownAs(`[$-40C]d mmmm yyyy`), want: "20 novembre 2026"},
	"a date of the computer's": {value: someDay, style: excelize.Style{NumFmt: 14}, want: "20/11/2026"},
	"date and time":            {value: someDay, style: excelize.Style{NumFmt: 22}, want: "20/11/2026 14:30"},
	"a long date":              {value: someDay, style: shownAs(`[$-F800]dddd\,\ mmmm\ dd\,\ yyyy`), want: "20/11/2026"},
	"a long time":              {value: 0.75, style: shownAs(`[$-F400]h:mm:ss\ AM/PM`), want: "18:00:00"},
	"a number as a date":       {value: 33612345678, style: shownAs("[$-40C]dd/mm/yyyy"), want: "33612345678"},
	"below zero as a date":     {value: -612345678, style: shownAs("dd/mm/yyyy"), want: "-612345678"},
	"hours of a year":          {value: 365.5, style: shownAs("[h]:mm"), want: "8772:00"},
	"a time":                   {value: 0.75, style: excelize.Style{NumFmt: 20}, want: "18:00"},
	"no date: quoted letters":  {value: 5, style: shownAs(`0" jours"`), want: "5"},
	"no date: a colour":        {value: 5, style: shownAs(`[Red]0`), want: "5"},
}

// What a cell says: numbers in full, dates and formulas as shown, texts of every kind.
func TestCellsOfAWorkbook(t *testing.T) {
	for name, cell := range cellsAsRead {
		t.Run(name, func(t *testing.T) {
			_, rows, err := readAll(t, bookWithCell(t, cell.value, cell.style), audience.Options{})
			if err != nil {
				t.Fatal(err)
			}
			if got := rows[0].Cells[1]; got != cell.want {
				t.Errorf("%q, want %q", got, cell.want)
			}
		})
	}
}

// bookWithCell makes a workbook with one row, whose second cell holds the value.
func bookWithCell(t *testing.T, value any, style excelize.Style) string {
	t.Helper()
	return book(t, func(f *excelize.File) {
		id, err := f.NewStyle(&style)
		err = errors.Join(err,
			f.SetSheetRow("Sheet1", "A1", &[]string{"phone", "value"}),
			f.SetCellValue("Sheet1", "A2", "x"),
			f.SetCellValue("Sheet1", "B2", value),
			f.SetCellStyle("Sheet1", "B2", "B2", id))
		if err != nil {
			t.Fatal(err)
		}
	})
}

// A formula's result is read as its cell shows it, and never in scientific notation.
func TestFormulasOfAWorkbook(t *testing.T) {
	styles := `<styleSheet><numFmts count="2"><numFmt numFmtId="164" formatCode="0.00&quot; €&quot;"/>` +
		`<numFmt numFmtId="165" formatCode="0.0E+00"/></numFmts>` +
		`<cellXfs><xf numFmtId="0"/><xf numFmtId="164"/><xf numFmtId="9"/><xf numFmtId="165"/>` +
		`<xf numFmtId="11"/><xf numFmtId="14"/></cellXfs></styleSheet>`
	for name, tc := range map[string]struct{ cell, want string }{
		"a text":            {`t="str"><f>x</f><v>0612</v>`, "0612"},
		"a number":          {`><f>x</f><v>33612345678</v>`, "33612345678"},
		"a price":           {`s="1"><f>x</f><v>17.991</v>`, "17.99 €"},
		"no formula":        {`s="1"><v>17.991</v>`, "17.991"},
		"a percentage":      {`s="2"><f>x</f><v>0.15</v>`, "15%"},
		"never shortened":   {`s="3"><f>x</f><v>33612345678</v>`, "33612345678"},
		"never by built-in": {`s="4"><f>x</f><v>33612345678</v>`, "33612345678"},
		"a date":            {`s="5"><f>x</f><v>46346</v>`, "20/11/2026"},
		"no result":         {`s="5"><f>x</f>`, ""},
		"an empty result":   {`t="str"><f>x</f><v></v>`, ""},
		"an error":          {`t="e"><f>x</f><v>#DIV/0!</v>`, "#DIV/0!"},
		"an unknown style":  {`s="77"><f>x</f><v>1.5</v>`, "1.5"},
	} {
		text := rawBook(t, `<row><c t="s"><v>0</v></c><c t="str"><v>b</v></c></row><row><c><v>1</v></c><c `+tc.cell+`</c></row>`,
			map[string]string{
				"xl/styles.xml": styles,
				"xl/_rels/workbook.xml.rels": `<Relationships><Relationship Id="rId1" Type="x/worksheet" Target="worksheets/sheet1.xml"/>` +
					`<Relationship Id="rId2" Type="x/sharedStrings" Target="sharedStrings.xml"/>` +
					`<Relationship Id="rId3" Type="x/styles" Target="styles.xml"/></Relationships>`})
		_, rows, err := readAll(t, text, audience.Options{})
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		if got := rows[0].Cells[1]; got != tc.want {
			t.Errorf("%s: %q, want %q", name, got, tc.want)
		}
	}
}

// Rows as other programs write them: without places, with inline, rich and escaped texts, errors, gaps and hidden rows.
func TestRowsOfAWorkbook(t *testing.T) {
	text := rawBook(t, `<row r="2"><c r="A2" t="s"><v>0</v></c><c r="B2" t="inlineStr"><is><t>nom</t></is></c></row>`+
		`<row hidden="1"><c t="str"><f>x</f><v>06</v></c><c t="s"><v>2</v></c></row>`+
		`<row r="5"><c r="B5" t="e"><v>#N/A</v></c></row>`+
		`<row r="6"><c r="A6" s="9"/><c r="C6"/></row>`+
		`<row r="9"><c r="A9"><v>3.3612345678E10</v></c><c r="B9" t="s"><v>1</v></c><c r="XFD9" t="s"/></row>`+
		`<row r="10" hidden="true"><c r="A10" t="d"><v>2026-11-20T00:00:00</v></c><c r="B10" t="s"><v>3</v></c></row>`,
		map[string]string{})
	f, rows, err := readAll(t, text, audience.Options{})
	if err != nil {
		t.Fatal(err)
	}
	want := [][]string{{"06", "Zoé"}, {"", "#N/A"}, {"33612345678", " a "}, {"2026-11-20", "a\nb"}}
	if got := cellsOf(rows); !reflect.DeepEqual(got, want) {
		t.Errorf("%q", got)
	}
	if got := numbers(rows); !slices.Equal(got, []int{3, 5, 9, 10}) || f.BlankRows() != 5 || f.HiddenRows() != 2 {
		t.Errorf("rows %v, %d blank, %d hidden", got, f.BlankRows(), f.HiddenRows())
	}
	if f.SHA256() == "" || slices.ContainsFunc(rows, func(r audience.Row) bool { return r.Ragged || r.Surplus != nil }) {
		t.Errorf("%q, %+v", f.SHA256(), rows)
	}
}

func TestSheetOfAWorkbook(t *testing.T) {
	text := book(t, func(f *excelize.File) {
		for i, name := range []string{"Sheet1", "Été", "2", "Clients"} {
			_, err := f.NewSheet(name)
			if err == nil {
				err = f.SetSheetCol(name, "A1", &[]any{"phone", 33600000000 + i})
			}
			if err == nil {
				err = f.MergeCell(name, "A5", "B6")
			}
			if err != nil {
				t.Fatal(err)
			}
		}
		if err := f.SetSheetVisible("Sheet1", false); err == nil {
			f.SetActiveSheet(3)
			err = f.SetSheetVisible("Sheet1", false)
			if err != nil {
				t.Fatal(err)
			}
		}
	})
	for wanted, want := range map[string]string{
		"": "33600000001", "Été": "33600000001", "ete": "33600000001", "2": "33600000002", "1": "33600000000",
		"Clients": "33600000003", "4": "33600000003", "Sheet1": "33600000000",
	} {
		f, rows, err := readAll(t, text, audience.Options{Sheet: wanted})
		if err != nil {
			t.Fatalf("%q: %v", wanted, err)
		}
		if _, sheets := f.Sheet(); rows[0].Cells[0] != want || sheets != 3 || f.MergedCells() != 1 {
			t.Errorf("%q: %q, %d sheets, %d merged", wanted, rows[0].Cells, sheets, f.MergedCells())
		}
	}
	for _, wanted := range []string{"5", "0", "-1", "Client"} {
		_, _, err := readAll(t, text, audience.Options{Sheet: wanted})
		fault := faultOf(t, err)
		if !reflect.DeepEqual(fault, &audience.Fault{Code: audience.SheetUnknown, Names: []string{wanted, "Sheet1", "Été", "2", "Clients"}}) {
			t.Errorf("%q: %v", wanted, fault)
		}
	}
	_, _, err := readAll(t, "phone\n06\n", audience.Options{Sheet: "1"})
	if faultOf(t, err).Code != audience.SheetNoWorkbook {
		t.Error(err)
	}
}

// encryptedBook is a workbook with a password.
func encryptedBook(t *testing.T) string {
	t.Helper()
	var out bytes.Buffer
	if err := excelize.NewFile().Write(&out, excelize.Options{Password: "secret"}); err != nil {
		t.Fatal(err)
	}
	return out.String()
}

// Whatever is wrong with a workbook ends it with a fault: no row is passed over, and nothing is read without bounds.
func TestFaultyWorkbooks(t *testing.T) {
	row := `<row r="1"><c r="A1" t="s"><v>0</v></c></row><row r="2"><c r="A2"><v>33612345678</v></c></row>`
	whole := rawBook(t, row+strings.Repeat(`<row><c><v>33612345678</v></c></row>`, 2000), nil)
	bomb := `<row r="3"><c r="A3" t="inlineStr"><is><t>` + strings.Repeat("a", 2<<20) + `</t></is></c></row>`
	many := strings.Repeat(`<c t="inlineStr"><is><t>`+strings.Repeat("a", 100_000)+`</t></is></c>`, 11)
	for name, tc := range map[string]struct {
		text string
		want audience.Code
	}{
		"sound":                     {whole, ""},
		"no rows":                   {rawBook(t, `<row r="1"><c r="A1" t="s"><v>0</v></c></row>`, nil), audience.FileNoRows},
		"nothing":                   {rawBook(t, "", nil), audience.FileEmpty},
		"cut":                       {whole[:len(whole)-100], audience.WorkbookBroken},
		"cut after its first bytes": {whole[:200], audience.WorkbookBroken},
		"cut inside the XML": {rawBook(t, "",
			map[string]string{"xl/worksheets/sheet1.xml": `<worksheet><sheetData>` + row}), audience.WorkbookBroken},
		"XML that ends early":      {rawBook(t, row+`</sheetData></worksheet><row`, nil), audience.WorkbookBroken},
		"rows out of order":        {rawBook(t, row+`<row r="2"/>`, nil), audience.WorkbookBroken},
		"cells out of order":       {rawBook(t, row+`<row r="3"><c r="B3"/><c r="A3"/></row>`, nil), audience.WorkbookBroken},
		"a cell nowhere":           {rawBook(t, row+`<row r="3"><c r="3"/></row>`, nil), audience.WorkbookBroken},
		"a cell too far":           {rawBook(t, row+`<row r="3"><c r="XFE3"/></row>`, nil), audience.WorkbookBroken},
		"a text that is not there": {rawBook(t, row+`<row r="3"><c t="s"><v>99</v></c></row>`, nil), audience.WorkbookBroken},
		"no number":                {rawBook(t, row+`<row r="3"><c><v>x</v></c></row>`, nil), audience.WorkbookBroken},
		"an infinite number":       {rawBook(t, row+`<row r="3"><c><v>1E999</v></c></row>`, nil), audience.WorkbookBroken},
		"a missing sheet": {rawBook(t, row, map[string]string{"xl/_rels/workbook.xml.rels": `<Relationships/>`}),
			audience.WorkbookBroken},
		"a huge cell": {rawBook(t, row+bomb, nil), audience.WorkbookTooLarge},
		"a huge row":  {rawBook(t, row+`<row>`+many+`</row>`, nil), audience.RowTooLong},
		"a huge shared text": {rawBook(t, row,
			map[string]string{"xl/sharedStrings.xml": `<sst><si><t>` + strings.Repeat("a", 2<<20) + `</t></si></sst>`}), audience.WorkbookTooLarge},
		"data beside the header": {rawBook(t, row+`<row r="3"><c r="C3" t="b"><v>1</v></c></row>`, nil), audience.HeaderEmpty},
		"a row too wide":         {rawBook(t, row+`<row r="3"><c r="XFD3" t="b"><v>1</v></c></row>`, nil), audience.HeaderEmpty},
		"data for a header":      {rawBook(t, `<row><c><v>33612345678</v></c></row>`, nil), audience.FileNoHeader},
		"a password":             {encryptedBook(t), audience.WorkbookEncrypted},
		"an old workbook":        {"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1" + strings.Repeat("\x00", 4096), audience.FileSpreadsheet},
		"an old workbook, cut":   {"\xD0\xCF\x11\xE0", audience.FileSpreadsheet},
		"OpenDocument": {rawBook(t, row,
			map[string]string{"mimetype": "application/vnd.oasis.opendocument.spreadsheet"}), audience.FileSpreadsheet},
		"a binary workbook": {rawBook(t, row, map[string]string{"xl/workbook.bin": "x"}), audience.FileSpreadsheet},
		"a text document":   {rawBook(t, row, map[string]string{"xl/workbook.xml": `<document/>`}), audience.FileNotText},
	} {
		t.Run(name, func(t *testing.T) {
			_, rows, err := readAll(t, tc.text, audience.Options{})
			if tc.want == "" {
				if err != nil || len(rows) != 2001 {
					t.Errorf("%d rows, %v", len(rows), err)
				}
				return
			}
			if fault := faultOf(t, err); fault.Code != tc.want {
				t.Errorf("%v, want %s", fault, tc.want)
			}
		})
	}
}

// A workbook that unpacks to more than its limits is refused, whichever part it is and whatever the archive says of it.
func TestWorkbooksThatUnpackToTooMuch(t *testing.T) {
	row := `<row><c t="s"><v>0</v></c></row>` + strings.Repeat(`<row><c><v>33612345678</v></c></row>`, 100)
	texts := `<sst>` + strings.Repeat(`<si><t>phone</t></si>`, 100) + `</sst>`
	for name, tc := range map[string]struct {
		sheet, strings, part int
		want                 audience.Code
	}{
		"within":     {5000, 3000, 1000, ""},
		"the sheet":  {3000, 3000, 1000, audience.WorkbookTooLarge},
		"its texts":  {5000, 2000, 1000, audience.WorkbookTooLarge},
		"other part": {5000, 3000, 300, audience.WorkbookTooLarge},
	} {
		t.Run(name, func(t *testing.T) {
			whole := rawBook(t, row, map[string]string{"xl/sharedStrings.xml": texts})
			audience.LowerLimits(t, tc.sheet, tc.strings, tc.part)
			_, rows, err := readAll(t, whole, audience.Options{})
			if tc.want == "" {
				if err != nil || len(rows) != 100 {
					t.Errorf("%d rows, %v", len(rows), err)
				}
			} else if fault := faultOf(t, err); fault.Code != tc.want {
				t.Errorf("%v", fault)
			}
		})
	}
}

// A bit that has changed on the way is seen, wherever in the sheet it is.
func TestDamagedSheetIsNotReadShort(t *testing.T) {
	var parts strings.Builder
	for i := range 3000 {
		fmt.Fprintf(&parts, `<row><c t="inlineStr"><is><t>%d</t></is></c></row>`, i*i*7919)
	}
	whole := rawBook(t, `<row><c t="s"><v>0</v></c></row>`+parts.String(), nil)
	start := strings.Index(whole, "xl/worksheets/sheet1.xml")
	for at := start + 100; at < start+10_000; at += 499 {
		damaged := []byte(whole)
		damaged[at] ^= 0x10
		_, _, err := readAll(t, string(damaged), audience.Options{})
		var fault *audience.Fault
		if !errors.As(err, &fault) || fault.Code != audience.WorkbookBroken && fault.Code != audience.WorkbookTooLarge {
			t.Errorf("byte %d: %v", at, err)
		}
	}
}

// What a sheet shows otherwise than it is read is told of the columns that are watched, and of no others.
func TestShownOtherwise(t *testing.T) {
	codes := []string{"0%", `0.00\ "€"`, "00000", "0", "General", "@", "d mmmm yyyy", "[$-40C]d mmmm yyyy", "dd/mm/yyyy", `dd"mmm"`, ";;;"}
	want := []string{"1550%", "15.50 €", "00016", "16", "-", "-", "", "-", "-", "-", "-"}
	text := book(t, func(f *excelize.File) {
		if err := f.SetSheetRow("Sheet1", "A1", &[]string{"phone", "watched", "other"}); err != nil {
			t.Fatal(err)
		}
		for i, code := range codes {
			id, err := f.NewStyle(&excelize.Style{CustomNumFmt: &code})
			row := fmt.Sprint(i + 2)
			if err == nil {
				err = f.SetSheetRow("Sheet1", "A"+row, &[]any{15.5, 15.5, 15.5})
			}
			if err == nil {
				err = f.SetCellStyle("Sheet1", "A"+row, "C"+row, id)
			}
			if err != nil {
				t.Fatal(err)
			}
		}
	})
	f, err := audience.Read(strings.NewReader(text), audience.Options{})
	if err != nil {
		t.Fatal(err)
	}
	f.Watch([]int{1})
	n := 0
	for row, err := range f.Rows() {
		if err != nil {
			t.Fatal(err)
		}
		number, differs := row.Shown[1]
		shown := number.Text
		if !differs {
			shown = "-"
		}
		if shown != want[n] || len(row.Shown) > 1 {
			t.Errorf("%s: %v, want %q", codes[n], row.Shown, want[n])
		}
		n++
	}
	if n != len(codes) {
		t.Errorf("%d rows", n)
	}
}

// A typed number that a spreadsheet took for a calculation is told of the column of numbers, and of no other.
func TestTypedNumbersOfAWorkbook(t *testing.T) {
	cells := map[string]string{ // formula → what is told
		"+33-612345678": "+33-612345678", "06+12+34": "06+12+34", "33612-345678": "33612-345678", "+32/470123456": "+32/470123456",
		"A1+3": "", "SUM(1,2)": "", "-3-2": "", "(3)+2": "", "3*2": "", "": "",
	}
	for formula, want := range cells {
		cell := `<c r="%s2"><f>` + formula + `</f><v>-612345645</v></c>`
		if formula == "" {
			cell = `<c r="%s2"><v>-612345645</v></c>`
		}
		text := rawBook(t, `<row r="1"><c r="A1" t="inlineStr"><is><t>phone</t></is></c><c r="B1" t="inlineStr"><is><t>n</t></is></c></row>`+
			`<row r="2">`+fmt.Sprintf(cell, "A")+fmt.Sprintf(cell, "B")+`</row>`, nil)
		f, err := audience.Read(strings.NewReader(text), audience.Options{})
		if err != nil {
			t.Fatal(err)
		}
		f.WatchTyped(0)
		for row, err := range f.Rows() {
			if err != nil {
				t.Fatal(err)
			}
			if row.Shown[0].Formula != want || len(row.Shown) > 1 || row.Cells[0] != "-612345645" {
				t.Errorf("%s: %v %v, want %q", formula, row.Cells, row.Shown, want)
			}
		}
	}
}

// A workbook that another program saves while it is read ends with FileChanged.
func TestWorkbookThatChangesWhileItIsRead(t *testing.T) {
	text := rawBook(t, `<row><c t="s"><v>0</v></c></row>`+strings.Repeat(`<row><c><v>33612345678</v></c></row>`, 5000), nil)
	for name, edit := range edits {
		if strings.Contains(name, "truncated in the middle") || name == "truncated" {
			continue // of a longer file
		}
		for _, after := range []int{0, 500} {
			t.Run(fmt.Sprint(name, after), func(t *testing.T) {
				path := filepath.Join(t.TempDir(), "a.xlsx")
				if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
					t.Fatal(err)
				}
				old := time.Now().Add(-time.Hour)
				if err := os.Chtimes(path, old, old); err != nil {
					t.Fatal(err)
				}
				f, err := audience.Open(path, audience.Options{})
				if err != nil {
					t.Fatal(err)
				}
				defer f.Close()
				if after == 0 {
					edit(t, path)
				}
				var last error
				n := 0
				for _, err := range f.Rows() {
					last = err
					if n++; n == after {
						edit(t, path)
					}
				}
				if fault := faultOf(t, last); fault.Code != audience.FileChanged || f.SHA256() != "" {
					t.Errorf("%v, %s", last, f.SHA256())
				}
			})
		}
	}
}
