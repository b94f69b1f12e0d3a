// Package record holds the rows of a campaign, as whoever keeps, reads or shows them knows them, and the files that they are
// written to and read back from: results, problems, new audiences.
//
// What the program reads back from a file stands in columns of codes, numbers and times. The sentences beside them are for
// people, in the language of whoever wrote the file; Sentences says them, and nothing reads them back. The package asks no
// ledger: callers hand it the rows. It may use the packages beside it, but neither campaign nor a ledger.
package record
