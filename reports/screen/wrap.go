package screen

import (
	"slices"
	"strings"
	"unicode/utf8"

	"kanal-campaign/campaign/text"
)

// Wrap breaks a message into lines of at most 80 columns. Its own line breaks stay, and so does every line that fits.
// What stands in quotes is not broken, and no word is, such as a path; what is longer than a line has one of its own.
//
// Each line passes through Clean: a text from outside that may hold line breaks is cleaned by whoever puts it in.
func Wrap(sentence string) string {
	var lines []string
	for _, line := range strings.Split(sentence, "\n") {
		lines = append(lines, wrapLine(strings.TrimRight(text.Clean(line), " "))...)
	}
	return strings.Join(lines, "\n")
}

func wrapLine(line string) []string {
	if text.Columns(line) <= screenWidth {
		return []string{line}
	}
	sentence := strings.TrimLeft(line, " ")
	margin := line[:len(line)-len(sentence)]
	lines := wrapWords(withinLines(unbreakable(sentence), screenWidth-len(margin)), screenWidth-len(margin))
	for i := range lines {
		lines[i] = margin + lines[i]
	}
	return lines
}

// unbreakable splits a clean text at the spaces outside of quotes. A quotation mark that nothing closes, or that is an
// apostrophe, quotes nothing.
func unbreakable(text string) []string {
	var words []string
	start, end := -1, 0 // of the word at hand, and of the last quotation in it
	for i, r := range text {
		switch {
		case i < end:
		case r == ' ':
			if start >= 0 {
				words, start = append(words, text[start:i]), -1
			}
		default:
			if start < 0 {
				start = i
			}
			if length := quotation(text[i:]); length > 0 && (r == '"' || i == start || text[i-1] == '=') {
				end = i + length
			}
		}
	}
	if start >= 0 {
		words = append(words, text[start:])
	}
	return tied(words)
}

// withinLines leaves out the comma or full stop behind a word that has a line of its own, such as a path, where it would be the
// first sign beyond so many columns: a terminal shows it alone on the next line.
func withinLines(words []string, columns int) []string {
	within := slices.Clone(words)
	for i, word := range words {
		if end := word[max(0, len(word)-1):]; text.Columns(word) == columns+1 && strings.ContainsAny(end, ",.;:") {
			within[i] = word[:len(word)-1]
		}
	}
	return within
}

var (
	bareFlag = text.Pattern(`^\(?--[a-z][a-z-]*$`)
	flagWord = text.Pattern(`^--[a-z]`)
	// A value in a sentence is a word in capitals that stands for one, a number, one of the words that flags take, or in quotes.
	flagValue = text.Pattern(`^(?:[A-Z]+|[0-9].*|none|skip|allow|".*"|'.*')[).,:;]*$`)
)

// longestTied bounds what stays together, so that it fits into a line of every screen.
const longestTied = 60

// tied joins flags in a sentence to their values and to the flags that follow them: no line breaks there.
func tied(words []string) []string {
	var units []string
	for i, word := range words {
		if i > 0 && (bareFlag().MatchString(words[i-1]) && (flagValue().MatchString(word) || flagWord().MatchString(word)) ||
			i > 1 && bareFlag().MatchString(words[i-2]) && flagValue().MatchString(words[i-1]) && flagWord().MatchString(word)) {
			if unit := units[len(units)-1] + " " + word; text.Columns(unit) <= longestTied {
				units[len(units)-1] = unit
				continue
			}
		}
		units = append(units, word)
	}
	return units
}

// longestQuotation bounds the bytes of a quotation, and the work for one that nothing closes. No path is longer.
const longestQuotation = 4096

// quotation returns the length of the quotation that a text begins with; 0 when it begins with none. A single quotation
// mark closes only where a word ends.
func quotation(text string) int {
	mark := text[0]
	if mark != '"' && mark != '\'' {
		return 0
	}
	for i := 1; i < min(len(text), longestQuotation); i++ {
		if text[i] != mark {
			continue
		}
		if next, _ := utf8.DecodeRuneInString(text[i+1:]); mark == '"' || !isWordRune(next) {
			return i + 1
		}
	}
	return 0
}
