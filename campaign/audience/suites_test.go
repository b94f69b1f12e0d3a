package audience_test

import (
	"reflect"
	"strings"
	"testing"

	"kanal-campaign/campaign/audience"
)

// suiteCase is a case of a public test suite of CSV parsers. want are its records, as the suite has them; nil where it has an
// error, as this package has. otherwise says why this package reads something else, namely ours.
type suiteCase struct {
	name, text string
	want       [][]string
	otherwise  string
	ours       [][]string
}

// csvSpectrum are the cases of maxogden/csv-spectrum.
var csvSpectrum = []suiteCase{
	{name: "comma_in_quotes", text: "first,last,address,city,zip\nJohn,Doe,120 any st.,\"Anytown, WW\",08123",
		want: [][]string{{"first", "last", "address", "city", "zip"}, {"John", "Doe", "120 any st.", "Anytown, WW", "08123"}}},
	{name: "empty", text: "a,b,c\n1,\"\",\"\"\n2,3,4", want: [][]string{{"a", "b", "c"}, {"1", "", ""}, {"2", "3", "4"}}},
	{name: "empty_crlf", text: "a,b,c\r\n1,\"\",\"\"\r\n2,3,4", want: [][]string{{"a", "b", "c"}, {"1", "", ""}, {"2", "3", "4"}}},
	{name: "escaped_quotes", text: "a,b\n1,\"ha \"\"ha\"\" ha\"\n3,4\n", want: [][]string{{"a", "b"}, {"1", `ha "ha" ha`}, {"3", "4"}}},
	{name: "json", text: "key,val\n1,\"{\"\"type\"\": \"\"Point\"\", \"\"coordinates\"\": [102.0, 0.5]}\"\n",
		want: [][]string{{"key", "val"}, {"1", `{"type": "Point", "coordinates": [102.0, 0.5]}`}}},
	{name: "newlines", text: "a,b,c\n1,2,3\n\"Once upon \na time\",5,6\n7,8,9\n",
		want: [][]string{{"a", "b", "c"}, {"1", "2", "3"}, {"Once upon \na time", "5", "6"}, {"7", "8", "9"}}},
	{name: "newlines_crlf", text: "a,b,c\r\n1,2,3\r\n\"Once upon \r\na time\",5,6\r\n7,8,9\r\n",
		want: [][]string{{"a", "b", "c"}, {"1", "2", "3"}, {"Once upon \r\na time", "5", "6"}, {"7", "8", "9"}}},
	{name: "quotes_and_newlines", text: "a,b\n1,\"ha \n\"\"ha\"\" \nha\"\n3,4\n",
		want: [][]string{{"a", "b"}, {"1", "ha \n\"ha\" \nha"}, {"3", "4"}}},
	{name: "simple", text: "a,b,c\n1,2,3\n", want: [][]string{{"a", "b", "c"}, {"1", "2", "3"}}},
	{name: "simple_crlf", text: "a,b,c\r\n1,2,3\r\n", want: [][]string{{"a", "b", "c"}, {"1", "2", "3"}}},
	{name: "utf8", text: "a,b,c\n1,2,3\n4,5,ʤ", want: [][]string{{"a", "b", "c"}, {"1", "2", "3"}, {"4", "5", "ʤ"}}},
}

const (
	emptyLine    = "an empty line is a row, numbered as such, and no recipient"
	spacesAround = "spaces may stand around the marks of a cell, as people type them"
)

// papaParse are the core parser tests of mholt/PapaParse but for those of its options: comments, previews, fast mode,
// headers. Where that suite reports broken marks beside its data, it is an error here.
var papaParse = []suiteCase{
	{name: "One row", text: "A,b,c", want: [][]string{{"A", "b", "c"}}},
	{name: "Two rows", text: "A,b,c\nd,E,f", want: [][]string{{"A", "b", "c"}, {"d", "E", "f"}}},
	{name: "Three rows", text: "A,b,c\nd,E,f\nG,h,i", want: [][]string{{"A", "b", "c"}, {"d", "E", "f"}, {"G", "h", "i"}}},
	{name: "Whitespace at edges of unquoted field", text: "a,\tb ,c", want: [][]string{{"a", "\tb ", "c"}}},
	{name: "Quoted field", text: `A,"B",C`, want: [][]string{{"A", "B", "C"}}},
	{name: "Quoted field with extra whitespace on edges", text: `A," B  ",C`, want: [][]string{{"A", " B  ", "C"}}},
	{name: "Quoted field with delimiter", text: `A,"B,B",C`, want: [][]string{{"A", "B,B", "C"}}},
	{name: "Quoted field with line break", text: "A,\"B\nB\",C", want: [][]string{{"A", "B\nB", "C"}}},
	{name: "Quoted fields with line breaks", text: "A,\"B\nB\",\"C\nC\nC\"", want: [][]string{{"A", "B\nB", "C\nC\nC"}}},
	{name: "Quoted fields at end of row with delimiter and line break", text: "a,b,\"c,c\nc\"\nd,e,f",
		want: [][]string{{"a", "b", "c,c\nc"}, {"d", "e", "f"}}},
	{name: "Quoted field with escaped quotes", text: `A,"B""B""B",C`, want: [][]string{{"A", `B"B"B`, "C"}}},
	{name: "Quoted field with escaped quotes at boundaries", text: `A,"""B""",C`, want: [][]string{{"A", `"B"`, "C"}}},
	{name: "Unquoted field with quotes at end of field", text: `A,B",C`, want: [][]string{{"A", `B"`, "C"}}},
	{name: "Quoted field with quotes around delimiter", text: `A,""",""",C`, want: [][]string{{"A", `","`, "C"}}},
	{name: "Quoted field with quotes on right side of delimiter", text: `A,",""",C`, want: [][]string{{"A", `,"`, "C"}}},
	{name: "Quoted field with quotes on left side of delimiter", text: `A,""",",C`, want: [][]string{{"A", `",`, "C"}}},
	{name: "Quoted field with 5 quotes in a row and a delimiter in there, too", text: `"1","cnonce="""",nc=""""","2"`,
		want: [][]string{{"1", `cnonce="",nc=""`, "2"}}},
	{name: "Quoted field with whitespace around quotes", text: `A, "B" ,C`, want: [][]string{{"A", ` "B" `, "C"}},
		otherwise: spacesAround, ours: [][]string{{"A", "B", "C"}}},
	{name: "Misplaced quotes in data, not as opening quotes", text: `A,B "B",C`, want: [][]string{{"A", `B "B"`, "C"}}},
	{name: "Quoted field has no closing quote", text: "a,\"b,c\nd,e,f"},
	{name: "Quoted field has invalid trailing quote after delimiter with a valid closer", text: "\"a,\"b,c\"\nd,e,f"},
	{name: "Quoted field has invalid trailing quote after delimiter", text: "a,\"b,\"c\nd,e,f"},
	{name: "Quoted field has invalid trailing quote before delimiter", text: "a,\"b\"c,d\ne,f,g",
		otherwise: "spreadsheets add what stands behind a closing mark to the cell", ours: [][]string{{"a", "bc", "d"}, {"e", "f", "g"}}},
	{name: "Quoted field has invalid trailing quote after new line", text: "a,\"b,c\nd\"e,f,g"},
	{name: "Quoted field has valid trailing quote via delimiter", text: "a,\"b\",c\nd,e,f", want: [][]string{{"a", "b", "c"}, {"d", "e", "f"}}},
	{name: "Quoted field has valid trailing quote via \\n", text: "a,b,\"c\"\nd,e,f", want: [][]string{{"a", "b", "c"}, {"d", "e", "f"}}},
	{name: "Quoted field has valid trailing quote via EOF", text: "a,b,c\nd,e,\"f\"", want: [][]string{{"a", "b", "c"}, {"d", "e", "f"}}},
	{name: "Quoted field contains delimiters and \\n with valid trailing quote", text: "a,\"b,c\nd,e,f\"", want: [][]string{{"a", "b,c\nd,e,f"}}},
	{name: "Line starts with quoted field", text: "a,b,c\n\"d\",e,f", want: [][]string{{"a", "b", "c"}, {"d", "e", "f"}}},
	{name: "Line starts with unquoted empty field", text: ",b,c\n\"d\",e,f", want: [][]string{{"", "b", "c"}, {"d", "e", "f"}}},
	{name: "Line ends with quoted field", text: "a,b,c\nd,e,f\n\"g\",\"h\",\"i\"\n\"j\",\"k\",\"l\"",
		want: [][]string{{"a", "b", "c"}, {"d", "e", "f"}, {"g", "h", "i"}, {"j", "k", "l"}}},
	{name: "Line ends with quoted field, first field of next line is empty, \\n", text: "a,b,c\n,e,f\n,\"h\",\"i\"\n,\"k\",\"l\"",
		want: [][]string{{"a", "b", "c"}, {"", "e", "f"}, {"", "h", "i"}, {"", "k", "l"}}},
	{name: "Quoted field at end of row (but not at EOF) has quotes", text: "a,b,\"c\"\"c\"\"\"\nd,e,f",
		want: [][]string{{"a", "b", `c"c"`}, {"d", "e", "f"}}},
	{name: "Empty quoted field at EOF is empty", text: "a,b,\"\"\na,b,\"\"", want: [][]string{{"a", "b", ""}, {"a", "b", ""}}},
	{name: "Multiple consecutive empty fields", text: "a,b,,,c,d\n,,e,,,f", want: [][]string{{"a", "b", "", "", "c", "d"}, {"", "", "e", "", "", "f"}}},
	{name: "Input is just the delimiter (2 empty fields)", text: ",", want: [][]string{{"", ""}}},
	{name: "Input is just empty fields", text: ",,\n,,,", want: [][]string{{"", "", ""}, {"", "", "", ""}}},
	{name: "Input is just a string (a single field)", text: "Abc def", want: [][]string{{"Abc def"}}},
	{name: "Bad comments value specified", text: "a,b,c\n5comment\nd,e,f", want: [][]string{{"a", "b", "c"}, {"5comment"}, {"d", "e", "f"}}},
	{name: "Input with only a commented line, without comments enabled", text: "#commented line", want: [][]string{{"#commented line"}}},
	{name: "Input without comments with line starting with whitespace", text: "a\n b\nc", want: [][]string{{"a"}, {" b"}, {"c"}}},
	{name: "Multiple rows, one column (no delimiter found)", text: "a\nb\nc\nd\ne", want: [][]string{{"a"}, {"b"}, {"c"}, {"d"}, {"e"}}},
	{name: "One column input with empty fields", text: "a\nb\n\n\nc\nd\ne\n",
		want:      [][]string{{"a"}, {"b"}, {""}, {""}, {"c"}, {"d"}, {"e"}, {""}},
		otherwise: emptyLine, ours: [][]string{{"a"}, {"b"}, {"c"}, {"d"}, {"e"}}},
	{name: "Fast mode, basic", text: "a,b,c\nd,e,f", want: [][]string{{"a", "b", "c"}, {"d", "e", "f"}}},
	{name: "Fast mode with blank line at end", text: "a,b,c\n", want: [][]string{{"a", "b", "c"}, {""}},
		otherwise: emptyLine, ours: [][]string{{"a", "b", "c"}}},
}

// marksOfSpreadsheets are cells as people have them, with what a spreadsheet shows.
var marksOfSpreadsheets = []suiteCase{
	{name: "inches", text: "06;Écran 24\";A1\n07;24\";A2\n", want: [][]string{{"06", `Écran 24"`, "A1"}, {"07", `24"`, "A2"}}},
	{name: "degrees", text: "36°13'09\"N;5°24'\"\n", want: [][]string{{`36°13'09"N`, `5°24'"`}}},
	{name: "spaces behind and before", text: "\"Zoé\" ;\"A1\" \n  \"Luc\"  ; \"A2\"\t\r\n", want: [][]string{{"Zoé", "A1"}, {"Luc", "A2"}}},
	{name: "spaces and several lines", text: " \"a\r\n;b\" ;c\r\n", want: [][]string{{"a\r\n;b", "c"}}},
	{name: "an empty cell with spaces around", text: " \"\" ;x\n", want: [][]string{{"", "x"}}},
	{name: "text behind", text: "\"Dupont\" SARL;x\n", want: [][]string{{"Dupont SARL", "x"}}},
	{name: "marks that are not doubled", text: "\"L\"Oréal\";\"a \"b\" c\" ;x\n", want: [][]string{{`L"Oréal`, `a "b" c`, "x"}}},
	{name: "some doubled, some not", text: "\"L\"Or \"\"x\"\"\";y\n", want: [][]string{{`L"Or "x"`, "y"}}},
	{name: "nothing but marks", text: "\"\"\"\";\"\"\"\"\"\"\n", want: [][]string{{`"`, `""`}}},
	{name: "CRs that are text", text: "a\rb;c\r\n\"d\re\r\";f\r\r\n", want: [][]string{{"a\rb", "c"}, {"d\re\r", "f"}}},
	{name: "a mark behind text and spaces", text: "a  \"b\";c\n", want: [][]string{{`a  "b"`, "c"}}},
	{name: "a formula of text", text: "=\"0612345678\";=\"Zoé\"\n", want: [][]string{{`="0612345678"`, `="Zoé"`}}},
	{name: "an opening mark alone", text: "06;\"Écran 24;A1\n07;Luc;A2\n"},
	{name: "an opening mark alone, and the next line quoted", text: "\"06;Zoé\n\"07\";Luc\n"},
	{name: "an opening mark alone in the last cell", text: "06;Zoé;\""},
	{name: "an opening mark behind a space", text: "06; \"Zoé\n07;Luc\n"},
}

func TestPublicSuites(t *testing.T) {
	for suite, cases := range map[string][]suiteCase{"csv-spectrum": csvSpectrum, "PapaParse": papaParse, "spreadsheets": marksOfSpreadsheets} {
		for _, tc := range cases {
			t.Run(suite+"/"+tc.name, func(t *testing.T) {
				d := audience.Dialect{Delimiter: ','}
				if strings.Contains(tc.text, ";") {
					d.Delimiter = ';'
				}
				got, err := audience.Records(tc.text, d)
				want := tc.want
				if tc.otherwise != "" {
					if want = tc.ours; reflect.DeepEqual(got, tc.want) {
						t.Error("it is read as the suite has it")
					}
				}
				if want == nil {
					if fault := faultOf(t, err); fault.Code != audience.QuoteBroken {
						t.Errorf("%q, %v", got, err)
					}
					return
				}
				if err != nil || !reflect.DeepEqual(got, want) {
					t.Errorf("got %q, %v, want %q", got, err, want)
				}
			})
		}
	}
}
