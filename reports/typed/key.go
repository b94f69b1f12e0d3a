package typed

import "strings"

// keyLength is how many characters an API key of Kanal has.
const keyLength = 24

// fewestOfKey are as many of its characters as tell a key from other words.
const fewestOfKey = 12

// HoldsKey reports whether a word of a command line is, or holds, the API key given, or looks like one: such a word is never shown
// or kept. Of a name of a file that there is, only the key given counts.
func HoldsKey(args []string, key string, isFile func(name string) bool) bool {
	for _, word := range args {
		if len(key) >= fewestOfKey && strings.Contains(word, key) {
			return true
		}
		_, value, joined := strings.Cut(word, "=")
		if !joined && len(word) == keyLength+len("-t") && word[0] == '-' {
			value = word[len("-t"):]
		}
		if (looksLikeKey(word) || looksLikeKey(value)) && !isFile(word) && !isFile(value) {
			return true
		}
	}
	return false
}

// looksLikeKey reports whether a word looks like a key: letters and digits alone, as many as one has, that change from one sort to
// another as often as people's own names do not.
func looksLikeKey(word string) bool {
	word = strings.TrimSpace(trimQuotes(strings.TrimPrefix(strings.TrimSpace(word), "Bearer ")))
	if len(word) != keyLength {
		return false
	}
	const fewestChanges = 5
	changes, was := 0, sort(word[0])
	for i := 1; i < len(word); i++ {
		is := sort(word[i])
		if is == other || was == other {
			return false
		}
		titled := was == upper && is == lower && (i == 1 || sort(word[i-2]) != upper) // a word's first letter
		if is != was && !titled {
			changes++
		}
		was = is
	}
	return changes >= fewestChanges
}

// The sorts of characters.
const (
	other = iota
	lower
	upper
	digit
)

func sort(c byte) int {
	switch {
	case c >= 'a' && c <= 'z':
		return lower
	case c >= 'A' && c <= 'Z':
		return upper
	case c >= '0' && c <= '9':
		return digit
	}
	return other
}
