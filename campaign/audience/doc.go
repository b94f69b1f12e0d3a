// Package audience reads the file that names a campaign's recipients, and
// writes rows back as that file writes them.
//
// A file is text (CSV) or a workbook (.xlsx, .xlsm), whatever its name says. A
// workbook's rows come as those of text do; see sheetReader and cellFormats for
// what a cell says.
//
// It turns bytes into a header and numbered rows: it finds the encoding, the
// delimiter and the line ending, checks the header, and streams the rows
// in constant memory. What the cells mean (a phone number, a
// template's variable) is judged elsewhere; only the finding of columns by
// name (PhoneColumns, Match, Nearest) is here, beside the header.
//
// Rows are numbered as a spreadsheet numbers them: the header is row 1 (or
// further down, below blank rows), a blank row counts, a cell of several lines
// is one row. A line (Fault.Line) is
// a physical line of the file instead, as a text editor numbers it. Excel's
// "sep=;" line is honoured and, as in Excel, is no row; it is a line.
//
// Every failure is a *Fault with a code and arguments. The sentences that
// users read are kept elsewhere, keyed by the code.
package audience
