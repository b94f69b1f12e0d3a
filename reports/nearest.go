package reports

import (
	"context"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"kanal-campaign/campaign"
	"kanal-campaign/campaign/audience"
	"kanal-campaign/campaign/ledger"
	"kanal-campaign/campaign/outcome"
	"kanal-campaign/campaign/record"
	"kanal-campaign/reports/words"
)

// mostMeant is how many names are offered in place of one that is not there.
const mostMeant = 3

// DidYouMean asks, behind a sentence, whether one of the names was meant that come nearest to one that is not there; ""
// when none comes near.
func DidYouMean(f Face, wanted string, all []string) string {
	nearest := audience.Nearest(wanted, all, mostMeant)
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

// MeantFile asks whether an audience was meant that lies where a path says that one is not: in its folder under a name like
// that, or, where there is no such folder, under that name in the folder above or in one beside. "" when there is none.
func MeantFile(f Face, path string) string {
	folder, name := filepath.Split(path)
	if entries, err := os.ReadDir(filepath.Clean(folder)); err == nil {
		return meantPaths(f, folder, nearestFiles(name, entries))
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
	return meantPaths(f, above, places[:min(len(places), mostMeant)])
}

// nearestFiles are the audiences among a folder's files whose names, but for their endings, come nearest to one.
func nearestFiles(name string, entries []os.DirEntry) (nearest []string) {
	byStem := map[string][]string{}
	for _, entry := range entries[:min(len(entries), mostNeighbours)] {
		if !entry.IsDir() && isAudienceName(entry.Name()) {
			byStem[stemOf(entry.Name())] = append(byStem[stemOf(entry.Name())], entry.Name())
		}
	}
	for _, stem := range audience.Nearest(stemOf(name), slices.Sorted(maps.Keys(byStem)), mostMeant) {
		nearest = append(nearest, byStem[stem]...)
	}
	return nearest[:min(len(nearest), mostMeant)]
}

func stemOf(name string) string { return strings.TrimSuffix(name, filepath.Ext(name)) }

// meantPaths asks for one of several files in a folder.
func meantPaths(f Face, folder string, names []string) string {
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

// either joins parts as a choice: "a, b or c".
func either(parts []string) string {
	if len(parts) < 2 {
		return strings.Join(parts, "")
	}
	return strings.Join(parts[:len(parts)-1], ", ") + " or " + parts[len(parts)-1]
}

// causeRows is how many rows have a cause, or a code that --cause takes in its place.
type causeRows struct {
	names string
	rows  int
}

// mostCauses is how many causes a sentence lists.
const mostCauses = 12

// CausesThere says which causes the rows have that are taken, the most frequent first, as --cause names them: "not-on-whatsapp
// (131026) 27 rows"; "" when no row is taken that has one.
func CausesThere(ctx context.Context, w *words.Words, l *ledger.Ledger, c ledger.Campaign, takes func(ledger.Row) bool) (string, error) {
	rows := map[string]int{}
	for row, err := range l.Rows(ctx, c.ID) {
		if err != nil {
			return "", err
		}
		if !takes(row) {
			continue
		}
		if row.State.Status == outcome.Invalid {
			for _, p := range row.Problems {
				rows[string(p.Code)]++
			}
			continue
		}
		name := row.State.Cause
		if campaign.IsPlatformCode(row.ErrorCode) {
			name += " (" + row.ErrorCode + ")"
		}
		if name != "" {
			rows[name]++
		}
	}
	var all []causeRows
	for _, name := range slices.Sorted(maps.Keys(rows)) {
		all = append(all, causeRows{name, rows[name]})
	}
	slices.SortStableFunc(all, func(a, b causeRows) int { return b.rows - a.rows })
	var parts []string
	for i, cause := range all {
		if i == mostCauses {
			parts = append(parts, w.ListMore(len(all)-mostCauses))
			break
		}
		parts = append(parts, w.CausesThere(cause.rows, Clean(cause.names)))
	}
	return strings.Join(parts, ", "), nil
}

// StrangeCause returns the first of the causes that is none: no row of the campaign has it as a cause or a code, and it is
// no word of this program for one; with it a question for what may be meant. "" when all are causes.
func StrangeCause(ctx context.Context, f Face, l *ledger.Ledger, c ledger.Campaign, asked []string) (strange, meant string, err error) {
	if len(asked) == 0 {
		return "", "", nil
	}
	names := map[string]bool{}
	for row, err := range l.Rows(ctx, c.ID) {
		if err != nil {
			return "", "", err
		}
		names[row.State.Cause], names[row.ErrorCode] = true, true
		for _, p := range row.Problems {
			names[string(p.Code)] = true
		}
	}
	delete(names, "")
	there := slices.Sorted(maps.Keys(names))
	for _, cause := range words.Causes() {
		names[cause] = true
	}
	for _, code := range f.ProblemCodes() {
		names[code] = true
	}
	for _, cause := range asked {
		if !names[cause] {
			if meant = DidYouMean(f, cause, there); meant == "" {
				meant = DidYouMean(f, cause, slices.Sorted(maps.Keys(names)))
			}
			return cause, meant, nil
		}
	}
	return "", "", nil
}
