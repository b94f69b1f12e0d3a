package record

import (
	"fmt"
	"hash/fnv"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"kanal-campaign/campaign/text"
)

// Place is where the files of a campaign are written, and by which names. One that is taken gets a number; whoever writes it
// says so.
type Place struct {
	Dir      string
	Campaign string
	// Rehearsed tells that nothing reached people: such files never take the place of real ones.
	Rehearsed bool
}

// Results is NAME.results.csv, or NAME.sandbox.results.csv for a rehearsal.
func (p Place) Results() string { return p.path("results.csv") }

// Problems is NAME.problems.csv, or NAME.sandbox.problems.csv.
func (p Place) Problems() string { return p.path("problems.csv") }

// Report is NAME.report.html, or NAME.sandbox.report.html.
func (p Place) Report() string { return p.path("report.html") }

func (p Place) path(ending string) string {
	return filepath.Join(p.Dir, FileName(p.Campaign)+middle(p.Rehearsed)+"."+ending)
}

// Files returns those of the named files that are there, and the campaign's results, problems and reports, under any number, in
// its folder and in theirs: each once.
func (p Place) Files(named []string) (found []string) {
	folders, candidates := []string{p.Dir}, slices.Clone(named)
	for _, path := range named {
		if folder := filepath.Dir(path); path != "" && !slices.Contains(folders, folder) {
			folders = append(folders, folder)
		}
	}
	for _, folder := range folders {
		entries, _ := os.ReadDir(folder) // a folder that is gone holds no files
		for _, entry := range entries {
			if p.isName(entry.Name()) {
				candidates = append(candidates, filepath.Join(folder, entry.Name()))
			}
		}
	}
	for _, path := range candidates {
		if info, err := os.Stat(path); path != "" && err == nil && !info.IsDir() && !slices.Contains(found, path) {
			found = append(found, path)
		}
	}
	return found
}

// isName reports whether the campaign's results, problems or reports are called so, under any number.
func (p Place) isName(name string) bool {
	rest, ours := strings.CutPrefix(name, filepath.Base(p.path("")))
	kind := strings.TrimRight(strings.TrimSuffix(rest, filepath.Ext(rest)), "-0123456789")
	return ours && slices.Contains([]string{"results", "problems", "report"}, kind)
}

func middle(rehearsed bool) string {
	if rehearsed {
		return ".sandbox"
	}
	return ""
}

// File says where a file of a campaign was written.
type File struct {
	Path string
	// Wanted is where it would be, were it not for Locked or Foreign.
	Wanted string
	// Locked tells that another program held the wanted file, Foreign that it is not of this campaign.
	Locked, Foreign bool
}

// longestName bounds the bytes that a campaign's name gives to a file's: with what follows it, it must stay under the
// 255 that file systems take.
const longestName = 150

// deviceName is a name that Windows keeps for devices, whatever its extension.
var deviceName = text.Pattern(`(?i)^(con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³]|conin\$|conout\$)(\.|$)`)

// FileName makes a name safe as the beginning of a file's name on any system. It can never leave its folder.
// A name that had to be changed gets a digest of itself, so that two names never share a file.
func FileName(name string) string {
	safe := strings.Map(func(r rune) rune {
		switch {
		case strings.ContainsRune(`/\:*?"<>|`, r), unicode.IsControl(r), text.IsInvisible(r),
			r == utf8.RuneError, r == '\u2028', r == '\u2029':
			return '_'
		}
		return r
	}, name)
	safe = strings.TrimLeft(safe, ". ")
	safe = strings.TrimRight(cutBytes(safe, longestName), ". ")
	if safe == "" || deviceName().MatchString(safe) {
		safe = "_" + safe
	}
	// A campaign called x.sandbox must not share a file with the rehearsal of x.
	if safe == name && !strings.HasSuffix(strings.ToLower(safe), middle(true)) {
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

// numbered puts a number before a file's extension: NAME.results-2.csv.
func numbered(path string, n int) string {
	if n < 2 {
		return path
	}
	extension := filepath.Ext(path)
	return fmt.Sprintf("%s-%d%s", strings.TrimSuffix(path, extension), n, extension)
}

// mostNumbers is how many numbers are tried for a file before giving up.
const mostNumbers = 99

// FreeName returns a name for a file that is not there yet: the path itself, or one with a number.
func FreeName(path string) string {
	for n := 1; n <= mostNumbers; n++ {
		if _, err := os.Lstat(numbered(path, n)); err != nil {
			return numbered(path, n)
		}
	}
	return path
}

// CampaignOfResults returns the name of the campaign whose results a file's name says that it holds: what stands before
// .results.csv, or .results-2.csv.
func CampaignOfResults(path string, rehearsed bool) (name string, ok bool) {
	name, ending, ok := cutLast(filepath.Base(path), middle(rehearsed)+".results")
	if !ok || name == "" || !strings.HasSuffix(ending, ".csv") {
		return "", false
	}
	number := strings.TrimSuffix(ending, ".csv")
	if digits, numbered := strings.CutPrefix(number, "-"); number != "" && (!numbered || strings.Trim(digits, "0123456789") != "") {
		return "", false
	}
	return name, true
}

func cutLast(s, separator string) (before, after string, found bool) {
	if i := strings.LastIndex(s, separator); i >= 0 {
		return s[:i], s[i+len(separator):], true
	}
	return s, "", false
}

// EndingLike is the ending of a new audience that is made of a file: a workbook of a workbook.
func EndingLike(file string) string {
	if IsWorkbook(file) {
		return ".xlsx"
	}
	return ".csv"
}

// IsWorkbook reports whether a file is called as workbooks are.
func IsWorkbook(path string) bool {
	switch strings.ToLower(filepath.Ext(path)) {
	case ".xlsx", ".xlsm":
		return true
	}
	return false
}
