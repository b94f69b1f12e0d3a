package screen

import (
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"kanal-campaign/campaign"
	"kanal-campaign/campaign/audience"
	"kanal-campaign/campaign/record"
	"kanal-campaign/campaign/text"
	"kanal-campaign/reports/words"
)

// mostNearest is how many names are offered in place of one that is not there.
const mostNearest = 3

// DidYouMean asks, behind a sentence, whether one of the names was meant that come nearest to one that is not there; ""
// when none comes near.
func DidYouMean(f Face, wanted string, all []string) string {
	nearest := audience.Nearest(wanted, all, mostNearest)
	if len(nearest) == 0 {
		return ""
	}
	for i, name := range nearest {
		nearest[i] = f.Shell.Word(name)
	}
	return " " + f.DidYouMean(f.Either(nearest))
}

// mostNeighbours is how many files of a folder are looked at for the one that was meant.
const mostNeighbours = 5000

// NearestFile asks whether an audience was meant that lies where a path says that one is not: in its folder under a name like
// that, or, where there is no such folder, under that name in the folder above or in one beside. "" when there is none.
func NearestFile(f Face, path string) string {
	folder, name := filepath.Split(path)
	if entries, err := os.ReadDir(filepath.Clean(folder)); err == nil {
		return nearestPaths(f, folder, nearestFiles(name, entries))
	}
	above := filepath.Dir(filepath.Clean(folder))
	places := []string{name}
	entries, _ := os.ReadDir(above) // without the folder above there is nothing to propose
	for _, entry := range entries[:min(len(entries), mostNeighbours)] {
		if entry.IsDir() {
			places = append(places, filepath.Join(entry.Name(), name))
		}
	}
	places = slices.DeleteFunc(places, func(place string) bool {
		info, err := os.Stat(filepath.Join(above, place))
		return err != nil || !info.Mode().IsRegular()
	})
	return nearestPaths(f, above, places[:min(len(places), mostNearest)])
}

// nearestFiles are the audiences among a folder's files whose names, but for their endings, come nearest to one.
func nearestFiles(name string, entries []os.DirEntry) (nearest []string) {
	byStem := map[string][]string{}
	for _, entry := range entries[:min(len(entries), mostNeighbours)] {
		if !entry.IsDir() && isAudienceName(entry.Name()) {
			byStem[stemOf(entry.Name())] = append(byStem[stemOf(entry.Name())], entry.Name())
		}
	}
	for _, stem := range audience.Nearest(stemOf(name), slices.Sorted(maps.Keys(byStem)), mostNearest) {
		nearest = append(nearest, byStem[stem]...)
	}
	return nearest[:min(len(nearest), mostNearest)]
}

func stemOf(name string) string { return strings.TrimSuffix(name, filepath.Ext(name)) }

// nearestPaths asks for one of several files in a folder.
func nearestPaths(f Face, folder string, names []string) string {
	if len(names) == 0 {
		return ""
	}
	paths := make([]string, len(names))
	for i, name := range names {
		paths[i] = f.Shell.Word(filepath.Join(folder, name))
	}
	return " " + f.DidYouMean(f.Either(paths))
}

// isAudienceName reports whether a file is called as audiences are, and not as this program's own files.
func isAudienceName(name string) bool {
	switch filepath.Ext(stemOf(name)) {
	case ".results", ".problems":
		return false
	}
	switch strings.ToLower(filepath.Ext(name)) {
	case ".csv", ".tsv", ".txt":
		return true
	}
	return record.IsWorkbook(name)
}

// mostCauses is how many causes a sentence lists.
const mostCauses = 12

// CausesThere says which causes rows have, as --cause names them: "not-on-whatsapp (131026) 27 rows"; "" without any.
func CausesThere(w *words.Words, there []campaign.CauseRows) string {
	var parts []string
	for i, cause := range there {
		if i == mostCauses {
			parts = append(parts, w.ListMore(len(there)-mostCauses))
			break
		}
		name := cause.Cause
		if cause.Code != "" {
			name += " (" + cause.Code + ")"
		}
		parts = append(parts, w.CausesThere(cause.Rows, text.Clean(name)))
	}
	return strings.Join(parts, ", ")
}

// KnownCauses are the causes that this program has words for.
func KnownCauses(w *words.Words) []string { return append(words.Causes(), w.ProblemCodes()...) }

// CauseMeant asks what may be meant by a cause that is none: one that rows have, or else one that this program knows; "" for
// nothing that comes near.
func CauseMeant(f Face, cause string, there []string) string {
	if meant := DidYouMean(f, cause, there); meant != "" {
		return meant
	}
	return DidYouMean(f, cause, KnownCauses(f.Words))
}
