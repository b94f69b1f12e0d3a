package audience

import (
	"slices"
	"strconv"
	"strings"

	"kanal-campaign/campaign/text"
)

// placeholders stand where databases, spreadsheets and people write that there is nothing.
var placeholders = wordSet("null", "(null)", "[null]", "<null>", "{null}", `\n`, "none", "(none)", "nil", "undefined", "nan", "n/a",
	"#n/a", "#na", "#null!", "n.a.", "n.a", "na", "n/d", "n.d.", "nd", "s/o", "so", "sans objet", "not applicable", "non applicable",
	"k.a.", "k. a.", "k/a", "vide", "(vide)", "empty", "(empty)", "blank", "(blank)", "(blanks)", "leer", "(leer)", "vacio",
	"(vacio)", "vuoto", "vazio", "leeg", "aucun", "aucune", "nichts", "ninguno", "nessuno", "nenhum", ".", "''", `""`)

// strokes stand for nothing.
const strokes = "-_—–‒―−‐‑ "

var (
	fourDigits = text.Pattern(`\b\d{4}\b`)
	dateParts  = text.Pattern(`^(\d{1,4})[-/.](\d{1,2})[-/.](\d{1,4})(?:[ t,][\d:.,+tz -]*)?$`)
	// besideZeroDates are the months and days in which the dates of programs begin, and what stands beside them.
	besideZeroDates = wordSet("jan", "janv", "janvier", "january", "januar", "januari", "ene", "enero", "gen", "gennaio", "janeiro",
		"dec", "december", "decembre", "dezember", "dez", "diciembre", "dic", "dicembre", "dezembro", "thu", "thursday", "jeudi",
		"wed", "wednesday", "mercredi", "sat", "saturday", "samedi", "sun", "sunday", "dimanche", "mon", "monday", "lundi",
		"am", "pm", "at", "a", "utc", "gmt", "t", "z", "de")
)

// firstYear is the first in which anybody can have answered: the dates before it are what programs write for none.
const firstYear = 1971

// IsEmpty reports whether a cell of the column holds nothing: no character that can be seen, a placeholder for nothing
// (NULL, n/a, -), or a date that is none (0000-00-00, 1970-01-01, 30/12/1899; 0 in a column of dates).
func (c ConsentColumn) IsEmpty(cell string) bool {
	folded := FoldCell(cell)
	if c.Dated && strings.Trim(folded, "0.,") == "" {
		return true
	}
	return strings.Trim(folded, strokes) == "" || placeholders[folded] || isZeroDate(folded)
}

func isZeroDate(folded string) bool {
	parts := dateParts().FindStringSubmatch(folded)
	if parts == nil {
		year := fourDigits().FindString(folded)
		return year != "" && IsDate(folded) && number(year) < firstYear && isDateOnly(folded)
	}
	zeros, year := 0, ""
	for _, part := range parts[1:] {
		if len(part) == 4 {
			year = part
		}
		if number(part) == 0 {
			zeros++
		}
	}
	if year == "" { // 01/02/00 is of 2000
		return zeros > 1
	}
	return zeros > 0 || number(year) < firstYear
}

// isDateOnly reports whether there is nothing beside the numbers that is no part of a date.
func isDateOnly(folded string) bool {
	return !slices.ContainsFunc(strings.Fields(wordsOf(folded)), func(word string) bool {
		return strings.Trim(word, "0123456789tz") != "" && !besideZeroDates[word]
	})
}

// number is that of a few digits.
func number(digits string) int {
	n, _ := strconv.Atoi(digits)
	return n
}
