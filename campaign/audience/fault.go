package audience

import (
	"fmt"
	"strings"
)

// Code names one way in which an audience cannot be read. Codes are stable:
// sentences, tests and other programs are keyed by them.
type Code string

// The codes. What Names holds is said where it holds something.
const (
	FileMissing         Code = "file-missing"
	FileIsFolder        Code = "file-is-folder"
	FileIsStream        Code = "file-is-stream"        // a pipe, a device, a socket, or "-"
	FileLinkBroken      Code = "file-link-broken"      // Names: what the symbolic link names, which is not there
	FileUnreadable      Code = "file-unreadable"       // the system refused; Err says why
	FileChanged         Code = "file-changed"          // it was written to, or replaced, while it was read
	FileEmpty           Code = "file-empty"            // no bytes, or nothing but blank lines
	FileSpreadsheet     Code = "file-spreadsheet"      // a workbook but no xlsx (xls, xlsb, ods, numbers), or a web page named as one
	WorkbookEncrypted   Code = "workbook-encrypted"    // it has a password
	WorkbookBroken      Code = "workbook-broken"       // it is damaged; Names: the part of it, where known
	WorkbookTooLarge    Code = "workbook-too-large"    // it unpacks to more than is read
	SheetUnknown        Code = "sheet-unknown"         // Names: the sheet asked for, then those that there are
	SheetNoWorkbook     Code = "sheet-no-workbook"     // a sheet is asked for, and the file is no workbook; Names: the sheet
	RowTooLong          Code = "row-too-long"          // a sheet's row over MaxRecord bytes; Names: the row
	FileNotText         Code = "file-not-text"         // NUL bytes, or a known binary format
	FileEncodingUnknown Code = "file-encoding-unknown" // Names: the encoding asked for
	FileEncodingWrong   Code = "file-encoding-wrong"   // Names: the encoding that does not fit; Line where known
	FileNoHeader        Code = "file-no-header"        // Names: the cells of the first row that look like data
	FileNoRows          Code = "file-no-rows"          // a header and nothing below it
	HeaderEmpty         Code = "header-empty"          // Names: the letters of columns with data but no name
	HeaderRowEmpty      Code = "header-row-empty"      // the row that was named as the header has nothing in it; Names: its number
	HeaderTooWide       Code = "header-too-wide"       // more than MaxColumns columns; Names: how many
	QuoteBroken         Code = "quote-broken"          // Line, and Column where known
	RecordTooLong       Code = "record-too-long"       // a record over MaxRecord bytes; Line is where it starts
	RowTooWide          Code = "row-too-wide"          // more than MaxColumns cells; Names: the row, and how many
	DelimiterUnknown    Code = "delimiter-unknown"     // Names: the delimiter asked for
)

// Fault is why an audience cannot be read. Every error of this package is a
// *Fault, except the Writer's, which are the destination's or ErrUnencodable.
type Fault struct {
	Code Code
	// Line and Column are physical and start at 1; 0 is unknown. Column counts
	// bytes of the line as UTF-8, as encoding/csv does. A quote that is opened
	// and never closed is reported at the line where its record starts, since
	// the line where reading gave up is of no use to the person looking for it.
	Line, Column int
	Path         string   // the file, empty for Read
	Names        []string // the code's arguments
	Err          error    // the cause, if there is one below this package
}

// Error is a short form for developers and logs. It leaves out the cells of
// FileNoHeader, which are somebody's data.
func (f *Fault) Error() string {
	var b strings.Builder
	b.WriteString("audience: " + string(f.Code))
	if f.Path != "" {
		b.WriteString(": " + f.Path)
	}
	if f.Line > 0 {
		fmt.Fprintf(&b, ":%d", f.Line)
	}
	if f.Column > 0 {
		fmt.Fprintf(&b, ":%d", f.Column)
	}
	if len(f.Names) > 0 && f.Code != FileNoHeader {
		fmt.Fprintf(&b, ": %q", f.Names)
	}
	if f.Err != nil {
		b.WriteString(": " + f.Err.Error())
	}
	return b.String()
}

// Unwrap gives the cause.
func (f *Fault) Unwrap() error { return f.Err }
