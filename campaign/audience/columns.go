package audience

import (
	"cmp"
	"slices"
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"

	"kanal-campaign/campaign/text"
)

// phoneNames are the usual names of a phone column in English and French, as
// fold writes them.
var phoneNames = setOf(
	"phone", "phonenumber", "phoneno", "phonenum", "telephone", "telephonenumber",
	"tel", "telnumber", "telno", "teln", "mobile", "mobilephone", "mobilenumber", "mobilephonenumber", "phonemobile",
	"cell", "cellphone", "cellnumber", "cellphonenumber", "cellular", "msisdn", "gsm", "gsmnumber",
	"whatsapp", "whatsappnumber", "whatsappphone", "whatsappphonenumber", "wanumber", "waid",
	"contactphone", "contactphonenumber", "customerphone", "clientphone", "userphone", "recipientphone",
	"numerodetelephone", "numerotelephone", "numerodetel", "numerotel", "notel", "notelephone", "ntel",
	"ntelephone", "ndetelephone", "ndetel", "numtel", "numtelephone", "numerodemobile", "numeromobile",
	"numerodeportable", "numeroportable", "numerogsm", "numerowhatsapp", "portable", "telportable",
	"telmobile", "telephoneportable", "telephonemobile", "telgsm", "cellulaire", "mobileportable",
	"telephoneclient", "telclient", "telephoneduclient", "telephoneducontact", "telephonewhatsapp",
)

// weakNames may be a phone column where nothing better is there: they are also
// what an order or a membership is numbered by.
var weakNames = setOf("numero", "number", "num", "contact", "contactnumber", "recipient", "destinataire", "to")

func setOf(names ...string) map[string]bool {
	set := make(map[string]bool, len(names))
	for _, name := range names {
		set[name] = true
	}
	return set
}

// PhoneColumns gives the indexes of the columns that are called as a phone
// column usually is, whatever the case, accents, punctuation and a number at
// the end ("Téléphone 1"). Several are a question for the user, none too.
func PhoneColumns(header []string) []int {
	var strong, weak []int
	for i, name := range header {
		folded := strings.TrimRight(fold(lettersOnly(name)), "0123456789")
		switch {
		case phoneNames[folded]:
			strong = append(strong, i)
		case weakNames[folded]:
			weak = append(weak, i)
		}
	}
	if len(strong) > 0 {
		return strong
	}
	return weak
}

// ColumnName is a column's name as it is meant: where it was saved in a wrong
// encoding, as it was before.
func ColumnName(cell string) string {
	if meant, mangled := text.WhollyUnmangled(cell); mangled {
		return meant
	}
	return cell
}

// Match finds the column that a name means: the one of exactly this name, else
// the one that differs in case, accents, a wrong encoding, spaces, "_" and "-"
// only (exact is false then, for the caller to say so), else the one whose long
// name begins as one does that was cut, with "…" or "..." at its end. ok is
// false if there is none, and if there are several.
func Match(name string, header []string) (index int, exact, ok bool) {
	wanted := strings.TrimSpace(name)
	if Repeated(wanted, header) != "" {
		return 0, false, false
	}
	for i, cell := range header {
		if strings.TrimSpace(cell) == wanted && wanted != "" {
			return i, true, true
		}
	}
	folded := fold(wanted)
	if folded == "" {
		return 0, false, false
	}
	i, ok := only(header, func(cell string) bool { return fold(cell) == folded })
	if beginning := cutName(wanted); !ok && beginning != "" {
		i, ok = only(header, func(cell string) bool { return strings.HasPrefix(fold(cell), beginning) })
	}
	return i, false, ok
}

// only is the one column whose name is as wanted; ok is false for none and several.
func only(header []string, wanted func(name string) bool) (index int, ok bool) {
	index = slices.IndexFunc(header, wanted)
	if index < 0 || slices.ContainsFunc(header[index+1:], wanted) {
		return 0, false
	}
	return index, true
}

// cutName is the beginning, folded, of a name that was cut, as screens show long ones; "" for any other.
func cutName(name string) string {
	for _, end := range []string{"…", "..."} {
		if beginning, cut := strings.CutSuffix(name, end); cut {
			return fold(beginning)
		}
	}
	return ""
}

// Nearest gives up to n names of the header that may be meant by a name that is
// not in it, the likeliest first; none if none is likely. A name that was read in
// a wrong encoding is none: what stands below it would be sent like that, too.
func Nearest(name string, header []string, n int) []string {
	type candidate struct {
		name  string
		score float64
	}
	var likely []candidate
	wanted := fold(name)
	for _, cell := range header {
		if score := distance(wanted, fold(cell)); score < 0.5 && !text.Mangled(ColumnName(cell)) {
			likely = append(likely, candidate{strings.TrimSpace(ColumnName(cell)), score})
		}
	}
	slices.SortStableFunc(likely, func(a, b candidate) int { return cmp.Compare(a.score, b.score) })
	var names []string
	for _, c := range likely[:min(max(n, 0), len(likely))] {
		names = append(names, c.name)
	}
	return names
}

// distance is how far two folded names are apart, from 0, the same, to 1.
func distance(a, b string) float64 {
	if a == "" || b == "" {
		return 1
	}
	best := float64(edits([]rune(a), []rune(b))) / float64(max(len([]rune(a)), len([]rune(b))))
	if min(len(a), len(b)) >= 3 && (strings.Contains(a, b) || strings.Contains(b, a)) {
		best = min(best, 0.3)
	}
	if synonyms(a, b) {
		best = min(best, 0.2)
	}
	return best
}

// edits is the Levenshtein distance, in which two neighbours that changed places count once. Names are cut at 64
// characters, since a header may hold a page of text in a cell.
func edits(a, b []rune) int {
	a, b = a[:min(len(a), 64)], b[:min(len(b), 64)]
	before, last, row := make([]int, len(b)+1), make([]int, len(b)+1), make([]int, len(b)+1)
	for j := range row {
		row[j] = j
	}
	for i := range a {
		before, last, row = last, row, before
		row[0] = i + 1
		for j := range b {
			change := last[j]
			if a[i] != b[j] {
				change++
			}
			row[j+1] = min(change, last[j+1]+1, row[j]+1)
			if i > 0 && j > 0 && a[i] == b[j-1] && a[i-1] == b[j] {
				row[j+1] = min(row[j+1], before[j-1]+1)
			}
		}
	}
	return row[len(b)]
}

// fold writes a name without case, accents, spaces, "_", "-" and characters
// that cannot be seen, so that spellings of one name become equal. An apostrophe
// in front is how a cell is kept from being a formula, and no part of the name.
func fold(name string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case r == '_', unicode.IsSpace(r), unicode.In(r, unicode.Mn, unicode.Cf, unicode.Pd):
			return -1
		}
		return r
	}, norm.NFKD.String(strings.TrimPrefix(strings.ToLower(ColumnName(Text(name))), "'")))
}

// lettersOnly drops punctuation and symbols ("N° de tél.", "Phone (mobile)").
func lettersOnly(name string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsPunct(r) || unicode.IsSymbol(r) {
			return -1
		}
		return r
	}, ColumnName(name))
}
