// Package reports turns what a campaign knows into what people read: terminal screens, progress, JSON, and the results
// and problems files.
//
// All sentences stand in the words*.go and sentences*.go files, keyed by the codes of the packages that decide things; no other package
// holds any. The texts are plain: words before colour, ASCII marks, at most 80 columns.
//
// Nothing here prints by itself: screens take an io.Writer, and files name their path. Whatever comes from outside
// (cells, headers, names, the API's words) passes through Clean before it reaches a terminal, and never becomes a
// formula in the columns that files gain.
package reports
