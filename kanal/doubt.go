package kanal

import (
	"reflect"
	"slices"
)

// DoubtCode names one reason for which the variables of a template cannot be
// read for certain. Codes are stable.
type DoubtCode string

// The doubts. Which facts each brings stands behind it.
const (
	DoubtStructureTooLong   DoubtCode = "structure-too-long"
	DoubtStructureTooDeep   DoubtCode = "structure-too-deep"
	DoubtStructureNotJSON   DoubtCode = "structure-not-json"
	DoubtStructureEmpty     DoubtCode = "structure-empty"
	DoubtStructureOdd       DoubtCode = "structure-odd"        // neither an object nor a list
	DoubtNoParts            DoubtCode = "no-parts"             // no header, body, footer or buttons
	DoubtPartUnknown        DoubtCode = "part-unknown"         // Name: of the part, which may hold variables
	DoubtFieldUnknown       DoubtCode = "field-unknown"        // Part; Name: of the field, which may hold variables
	DoubtNoID               DoubtCode = "no-id"                // nothing can be sent with it
	DoubtListedBeside       DoubtCode = "listed-beside"        // Name: a variable that no part has
	DoubtVariableUnnamed    DoubtCode = "variable-unnamed"     // Part; empty: of the template
	DoubtBodyRepeated       DoubtCode = "body-repeated"        //
	DoubtHeaderRepeated     DoubtCode = "header-repeated"      //
	DoubtFooterVariables    DoubtCode = "footer-variables"     // which it cannot have
	DoubtHeaderLocation     DoubtCode = "header-location"      // whose values are not declared
	DoubtHeaderFormat       DoubtCode = "header-format"        // Name: a format that is not known
	DoubtLinkUndeclared     DoubtCode = "link-undeclared"      // Name: the header's format
	DoubtLinkRepeated       DoubtCode = "link-repeated"        // Name: the header's format; more than one variable
	DoubtNumbered           DoubtCode = "numbered"             // Part, Shown: numbers in place of names
	DoubtNoneDeclared       DoubtCode = "none-declared"        // Part, Shown
	DoubtNoneShown          DoubtCode = "none-shown"           // Part, Declared
	DoubtOthersShown        DoubtCode = "others-shown"         // Part, Declared, Shown
	DoubtButtonKind         DoubtCode = "button-kind"          // Name: of the button; Kind: what value it takes is not documented
	DoubtButtonVariable     DoubtCode = "button-variable"      // Name: of the button, of which a variable has no name
	DoubtButtonVariables    DoubtCode = "button-variables"     // Name: of the button, which has more than one
	DoubtButtonUnnamed      DoubtCode = "button-unnamed"       // a dynamic URL, whose variable is named after the button
	DoubtButtonDeclaresElse DoubtCode = "button-declares-else" // Name: of the button; Declared: a variable not named after it
	DoubtButtonShowsElse    DoubtCode = "button-shows-else"    // Name: of the button; Shown: a variable not named after it
)

// TemplateDoubt is one thing in a template's structure that may hide a variable. All
// its texts are Kanal's.
type TemplateDoubt struct {
	Code            DoubtCode
	Part            string   // header, body, footer; empty for the template as a whole
	Name            string   // of a part, field, format, variable or button
	Kind            string   // of a button
	Declared, Shown []string // variables
}

// mostDoubts is how many doubts are kept: one is enough not to be certain.
const mostDoubts = 20

// doubt keeps a doubt, once.
func (r *reader) doubt(d TemplateDoubt) {
	known := slices.ContainsFunc(r.t.Doubts, func(other TemplateDoubt) bool { return reflect.DeepEqual(d, other) })
	if len(r.t.Doubts) < mostDoubts && !known {
		r.t.Doubts = append(r.t.Doubts, d)
	}
}

// structureError is why no structure could be decoded.
type structureError DoubtCode

func (e structureError) Error() string { return "kanal: " + string(e) }
