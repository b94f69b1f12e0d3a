package audience

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// maxAccents is how many words are enough to see how accents were read.
const maxAccents = 3

// longestAccent leaves out what is no word: an address, a sentence without
// spaces, garbage.
const longestAccent = 24

// accents collects the first distinct words with accents.
type accents struct{ words []string }

// look collects from cells, until there are enough words.
func (a *accents) look(cells []string) {
	for _, cell := range cells {
		if len(a.words) == maxAccents {
			return
		}
		if isASCII(cell) {
			continue
		}
		for _, word := range strings.FieldsFunc(cell, betweenWords) {
			if len(a.words) < maxAccents && telling(word) && !slices.Contains(a.words, word) {
				a.words = append(a.words, word)
			}
		}
	}
}

// samples gives the words, filled up from the header.
func (a *accents) samples(header []string) []string {
	all := accents{words: slices.Clone(a.words)}
	all.look(header)
	return all.words
}

// betweenWords splits at spaces and ASCII punctuation, but keeps what is inside
// of names. Symbols past ASCII stay: they are what a wrong encoding makes of
// accents ("ZoÃ©").
func betweenWords(r rune) bool {
	if r >= utf8.RuneSelf {
		return unicode.IsSpace(r)
	}
	return r != '\'' && r != '-' && !unicode.IsLetter(r)
}

// telling says that a word shows how accents were read.
func telling(word string) bool {
	if utf8.RuneCountInString(word) > longestAccent {
		return false
	}
	return strings.ContainsFunc(word, func(r rune) bool {
		return r >= utf8.RuneSelf && (unicode.IsLetter(r) || r == utf8.RuneError)
	})
}

func isASCII(s string) bool {
	for i := range len(s) {
		if s[i] >= utf8.RuneSelf {
			return false
		}
	}
	return true
}
