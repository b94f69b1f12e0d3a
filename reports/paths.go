package reports

import (
	"fmt"
	"hash/fnv"
	"path/filepath"
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"
)

// ResultsPath returns where a campaign's results are written: NAME.results.csv in dir, or NAME.sandbox.results.csv for a
// rehearsal. WriteResults may have to take another number; it says so.
func ResultsPath(dir, campaign string, mode Mode) string {
	return filepath.Join(dir, FileName(campaign)+middle(mode)+".results.csv")
}

// ProblemsPath returns where a campaign's problems are written: NAME.problems.csv in dir, or NAME.sandbox.problems.csv.
func ProblemsPath(dir, campaign string, mode Mode) string {
	return filepath.Join(dir, FileName(campaign)+middle(mode)+".problems.csv")
}

func middle(mode Mode) string {
	if mode == Sandbox {
		return ".sandbox"
	}
	return ""
}

// longestName bounds the bytes that a campaign's name gives to a file's: with what follows it, it must stay under the
// 255 that file systems take.
const longestName = 150

// deviceName is a name that Windows keeps for devices, whatever its extension.
var deviceName = regexp.MustCompile(`(?i)^(con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³]|conin\$|conout\$)(\.|$)`)

// FileName makes a name safe as the beginning of a file's name on any system. It can never leave its folder.
// A name that had to be changed gets a digest of itself, so that two names never share a file.
func FileName(name string) string {
	safe := strings.Map(func(r rune) rune {
		switch {
		case strings.ContainsRune(`/\:*?"<>|`, r), unicode.IsControl(r), isInvisible(r),
			r == utf8.RuneError, r == '\u2028', r == '\u2029':
			return '_'
		}
		return r
	}, name)
	safe = strings.TrimLeft(safe, ". ")
	safe = strings.TrimRight(cutBytes(safe, longestName), ". ")
	if safe == "" || deviceName.MatchString(safe) {
		safe = "_" + safe
	}
	// A campaign called x.sandbox must not share a file with the rehearsal of x.
	if safe == name && !strings.HasSuffix(strings.ToLower(safe), middle(Sandbox)) {
		return safe
	}
	digest := fnv.New32a()
	digest.Write([]byte(name))
	return fmt.Sprintf("%s-%08x", safe, digest.Sum32())
}

// cutBytes cuts a text to so many bytes without cutting a character.
func cutBytes(s string, limit int) string {
	if len(s) <= limit {
		return s
	}
	for limit > 0 && !utf8.RuneStart(s[limit]) {
		limit--
	}
	return s[:limit]
}

// numbered puts a number before the extension of a results or problems file: NAME.results-2.csv.
func numbered(path string, n int) string {
	if n < 2 {
		return path
	}
	extension := filepath.Ext(path)
	return fmt.Sprintf("%s-%d%s", strings.TrimSuffix(path, extension), n, extension)
}

// mostNumbers is how many numbers are tried for a file before giving up.
const mostNumbers = 99
