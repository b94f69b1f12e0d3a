package audience

import (
	"strings"

	"kanal-campaign/campaign/text"
)

// formulaStart matches where a text begins with what spreadsheets compute, also behind spaces and quotes that some take
// away, and behind what separates cells in another country.
var formulaStart = text.Pattern(`(?:^|[,;|])[\p{Zs}"]*[=+\-@＝＋－＠﹢﹣﹦﹫]`)

// signed matches numbers with a sign, phone numbers most often: what is computed of them is themselves.
var signed = text.Pattern(`^[+-][\d\p{Zs}().,;|/+-]*$`)

// Text is what people see of a cell: for ="06 12", by which exports keep a spreadsheet from taking a text for a number, what
// stands in the quotation marks; for any other cell, the cell.
func Text(cell string) string {
	if !strings.Contains(cell, `="`) {
		return cell
	}
	inner, quoted := strings.CutPrefix(strings.TrimSpace(cell), `="`)
	inner, closed := strings.CutSuffix(inner, `"`)
	if !quoted || !closed || strings.Contains(strings.ReplaceAll(inner, `""`, ""), `"`) {
		return cell
	}
	return strings.ReplaceAll(inner, `""`, `"`)
}

// Computes reports whether a spreadsheet that opens a CSV file would take a cell for a formula. In a workbook such a text
// is harmless.
func Computes(cell string) bool {
	if !strings.ContainsAny(cell, "=+-@＝＋－＠﹢﹣﹦﹫") {
		return false
	}
	cell = strings.TrimLeft(cell, "\t\r\n")
	return formulaStart().MatchString(cell) && !signed().MatchString(cell)
}
