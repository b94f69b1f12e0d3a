package audience

import (
	"regexp"
	"strings"
)

// formulaStart matches where a text begins with what spreadsheets compute, also behind spaces and quotes that some take
// away, and behind what separates cells in another country.
var formulaStart = regexp.MustCompile(`(?:^|[,;|])[\p{Zs}"]*[=+\-@＝＋－＠﹢﹣﹦﹫]`)

// signed matches numbers with a sign, phone numbers most often: what is computed of them is themselves.
var signed = regexp.MustCompile(`^[+-][\d\p{Zs}().,;|/+-]*$`)

// Computes reports whether a spreadsheet that opens a CSV file would take a cell for a formula. In a workbook such a text
// is harmless.
func Computes(cell string) bool {
	if !strings.ContainsAny(cell, "=+-@＝＋－＠﹢﹣﹦﹫") {
		return false
	}
	cell = strings.TrimLeft(cell, "\t\r\n")
	return formulaStart.MatchString(cell) && !signed.MatchString(cell)
}
