// Package screen shows what a campaign knows on a terminal or as JSON: proposals, summaries, progress, tables.
//
// It holds no sentence: those stand in [words], by key. The screens are plain: words before colour, ASCII marks, at most 80 columns.
//
// Nothing here prints by itself: a screen takes a [Face], which knows where to write and in which language. Whatever comes
// from outside (cells, headers, names, Kanal's own words) passes through [text.Clean] before it reaches a terminal.
package screen
