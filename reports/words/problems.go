package words

import (
	"cmp"
	"strconv"
	"strings"
	"time"
	"unicode"

	"golang.org/x/text/language"

	"kanal-campaign/campaign/number"
	"kanal-campaign/campaign/problem"
	"kanal-campaign/campaign/text"
)

// The sentences about a problem stand in the catalogue as problem.<code>.<what>: heading tells what to do about it, remark
// stands beside one row as an example, wrong says what is wrong and fix what to do next, choice names the flags that settle
// it, and answer-1, answer-2, … say what a decision's answers mean. A heading that several codes share stands under the name
// of their group. What is said of a code of a newer version stands under "unknown".

// ProblemGroup names the codes that stand under one heading; a code with a heading of its own is its own group.
func ProblemGroup(code problem.Code) string {
	switch code {
	case "value-empty", "value-sheet-error":
		return "fill-in"
	case "phone-missing", "phone-two", "phone-letters", "phone-extension", "phone-foreign-digits", "phone-overseas",
		"phone-renumbered", "phone-former-prefix", "phone-too-short", "phone-too-long", "phone-invalid", "phone-negative",
		"phone-possible", "phone-not-a-number", "phone-country-unknown", "phone-placeholder":
		return "numbers"
	}
	return string(code)
}

// ProblemCodes are the codes of which the catalogue tells what is wrong, in no order.
func (w *Words) ProblemCodes() (codes []string) {
	for key := range w.keys {
		code, of := strings.CutPrefix(key, "problem.")
		if code, wrong := strings.CutSuffix(code, ".wrong"); of && wrong && code != "unknown" {
			codes = append(codes, code)
		}
	}
	return codes
}

func (w *Words) isProblem(code problem.Code) bool { return w.has(problemKey(code, "wrong")) }

// Problem says what is wrong, and what to do next; the latter is empty where nothing can be said. Both are clean: one line,
// and safe for a terminal.
func (w *Words) Problem(p problem.Problem) (wrong, fix string) {
	sentences := []string{w.problem(p, "wrong", p.Length, "")}
	for _, more := range []struct {
		what string
		n    int
	}{{"wrong-length", p.Length}, {"wrong-limit", p.Limit}} {
		if key := problemKey(p.Code, more.what); more.n > 0 && w.has(key) {
			sentences = append(sentences, w.problem(p, more.what, more.n, ""))
		}
	}
	return strings.Join(sentences, " "), w.problem(p, "fix", p.Length, "")
}

// ProblemSentence says what is wrong and what to do next, on one line.
func (w *Words) ProblemSentence(p problem.Problem) string {
	wrong, fix := w.Problem(p)
	return strings.TrimSpace(wrong + " " + fix)
}

// ProblemHeading tells what to do about a problem of the file, of its columns or of the message itself.
func (w *Words) ProblemHeading(p problem.Problem) string {
	if w.has(problemKey(p.Code, "heading-message")) {
		return w.problem(p, "heading-message", p.Length, "")
	}
	return w.heading(p, "heading", p.Length)
}

// ProblemRowsHeading tells what to do about a problem that rows of a CSV file, or of a workbook, have.
func (w *Words) ProblemRowsHeading(p problem.Problem, rows int, workbook bool) string {
	if workbook && w.has(problemKey(p.Code, "heading-workbook")) {
		return w.problem(p, "heading-workbook", rows, "")
	}
	return w.heading(p, "heading", rows)
}

func (w *Words) heading(p problem.Problem, what string, n int) string {
	if group := ProblemGroup(p.Code); group != string(p.Code) {
		return w.sayProblem("problem."+group+"."+what, p, n, "")
	}
	return w.problem(p, what, n, "")
}

// ProblemRemark is what stands beside a row as an example; it may be empty.
func (w *Words) ProblemRemark(p problem.Problem) string { return w.problem(p, "remark", p.Length, "") }

// ProblemChoice names the flags that settle a problem; empty for most.
func (w *Words) ProblemChoice(code problem.Code) string {
	return w.problem(problem.Problem{Code: code}, "choice", 0, "")
}

// ProblemAnswer says what the answer at that place of a decision means; empty where the catalogue has none. no tells that it
// says no to all the others. skipInvalid tells that rows which it gives an error are left out.
func (w *Words) ProblemAnswer(p problem.Problem, at int, no, skipInvalid bool) string {
	all := 0
	for w.has(problemKey(p.Code, "answer-"+strconv.Itoa(all+1))) {
		all++
	}
	if all == 0 {
		return ""
	}
	place := all
	if !no { // of the last but one there may be several, each of another column
		place = min(at+1, max(1, all-1))
	}
	what, n := "answer-"+strconv.Itoa(place), p.Answers[at].Invalid
	if n > 0 {
		spoilt := what + "-invalid"
		if skipInvalid {
			spoilt = what + "-left-out"
		}
		if w.has(problemKey(p.Code, spoilt)) {
			what = spoilt
		}
	}
	answer := strings.Join(append([]string{p.Answers[at].Value}, p.Answers[at].More...), betweenValues)
	return w.problem(p, what, n, answer)
}

// problem says one of the sentences about a problem; "" for one that the catalogue does not have of that code.
func (w *Words) problem(p problem.Problem, what string, n int, answer string) string {
	key := problemKey(p.Code, what)
	switch {
	case w.has(key):
	case !w.isProblem(p.Code) && w.has(problemKey("unknown", what)):
		key = problemKey("unknown", what)
	default:
		return ""
	}
	return w.sayProblem(key, p, n, answer)
}

func (w *Words) sayProblem(key string, p problem.Problem, n int, answer string) string {
	return strings.TrimSpace(w.say(key, n, problemFacts{w: w, p: p, n: n, answer: answer}))
}

func problemKey(code problem.Code, what string) string { return "problem." + string(code) + "." + what }

// problemFacts are what the sentences about a problem may name: its methods. They are clean, and empty where there is none.
type problemFacts struct {
	w      *Words
	p      problem.Problem
	n      int
	answer string
}

// N is what the sentence counts: of a heading of rows the rows, else what the problem counts.
func (f problemFacts) N() string { return f.w.Number(f.n) }

// Code is the code itself, for one that this version does not know.
func (f problemFacts) Code() string { return text.Clean(string(f.p.Code)) }

// Value is the cell, in quotes. Of a problem of a file it is the path, whole: its end is the file's name.
func (f problemFacts) Value() string {
	if strings.HasPrefix(string(f.p.Code), "file-") && f.p.Value != "" {
		return f.w.Quoted(text.Clean(f.p.Value))
	}
	return f.w.quotedOrNone(text.Visible(f.p.Value))
}

// Fix is what to write instead.
func (f problemFacts) Fix() string { return text.Shorten(text.Clean(f.p.Fix), longestQuote) }

// Header is the column's name, in quotes.
func (f problemFacts) Header() string { return f.w.quotedOrNone(f.p.Header) }

// Column is the column's letter.
func (f problemFacts) Column() string { return text.Clean(f.p.Column) }

// Place is the column, the variable or the message, as a sentence begins.
func (f problemFacts) Place() string {
	switch {
	case f.p.Column != "" && f.p.Header != "":
		return f.w.PlaceColumnNamed(f.Column(), f.w.InQuotes(f.p.Header))
	case f.p.Column != "":
		return f.w.PlaceColumn(f.Column())
	case f.p.Variable != "":
		return text.Clean(f.p.Variable)
	}
	return f.w.PlaceMessage()
}

// Variable is the message's variable.
func (f problemFacts) Variable() string { return text.Clean(f.p.Variable) }

// Row and First are rows' numbers.
func (f problemFacts) Row() string   { return f.w.RowNumber(f.p.Row) }
func (f problemFacts) First() string { return f.w.RowNumber(f.p.First) }

// Line and Character are a place in a text.
func (f problemFacts) Line() string      { return f.w.positive(f.p.Line) }
func (f problemFacts) Character() string { return f.w.positive(f.p.LineColumn) }

// Length and Limit are counts.
func (f problemFacts) Length() string { return f.w.positive(f.p.Length) }
func (f problemFacts) Limit() string  { return f.w.positive(f.p.Limit) }

// Refusals tells that a decision is about who refuses; else it is empty.
func (f problemFacts) Refusals() string {
	if f.p.Reason != "refusals" {
		return ""
	}
	return f.p.Reason
}

// Names are all names, each in quotes; Others are those behind the first; Nearest offers them as a choice.
func (f problemFacts) Names() string   { return f.w.Names(f.p.Names) }
func (f problemFacts) Others() string  { return f.w.Names(f.p.Names[min(1, len(f.p.Names)):]) }
func (f problemFacts) Nearest() string { return f.w.Either(f.w.eachInQuotes(f.p.Names)) }

// Title is the only name, in quotes.
func (f problemFacts) Title() string {
	if len(f.p.Names) != 1 {
		return ""
	}
	return f.w.InQuotes(f.p.Names[0])
}

// Name is the first name as it stands.
func (f problemFacts) Name() string {
	if len(f.p.Names) == 0 {
		return ""
	}
	return text.Shorten(text.Clean(f.p.Names[0]), longestQuote)
}

// Size is the number that the last name is.
func (f problemFacts) Size() string {
	if len(f.p.Names) == 0 {
		return ""
	}
	n, _ := strconv.Atoi(f.p.Names[len(f.p.Names)-1]) // what is no number is told as none
	return f.w.positive(n)
}

// Country is that of the first name, a region.
func (f problemFacts) Country() string { return f.w.Country(f.Name()) }

// renumberedOn is when countries renumbered, by region.
var renumberedOn = map[string]time.Time{
	"BJ": time.Date(2024, time.November, 30, 0, 0, 0, 0, time.UTC),
	"CI": time.Date(2021, time.January, 31, 0, 0, 0, 0, time.UTC),
	"CM": time.Date(2014, time.November, 21, 0, 0, 0, 0, time.UTC),
	"VN": time.Date(2018, time.September, 15, 0, 0, 0, 0, time.UTC),
}

// Renumbered is when that country renumbered.
func (f problemFacts) Renumbered() string {
	day, known := renumberedOn[f.Name()]
	if !known {
		return ""
	}
	return f.w.Date(day)
}

// Readings are the numbers that a cell may be.
func (f problemFacts) Readings() string { return text.Clean(f.w.Either(f.p.Names)) }

// With and Without are a number with its country, read in two ways.
func (f problemFacts) With() string    { return f.reading(0) }
func (f problemFacts) Without() string { return f.reading(1) }

func (f problemFacts) reading(at int) string {
	if at >= len(f.p.Names) || f.p.Names[at] == "" {
		return f.w.NoNumber()
	}
	clean := text.Clean(f.p.Names[at])
	if region := number.Region(strings.TrimPrefix(f.p.Names[at], "+")); region != "" {
		return f.w.NumberOfCountry(clean, f.w.Country(region))
	}
	return clean
}

// Text is the formula by which a spreadsheet writes the column's numbers as they are shown, and FrenchText the same in French.
func (f problemFacts) Text() string { return f.formula("TEXT", ",", f.format()) }
func (f problemFacts) FrenchText() string {
	return f.formula("TEXTE", ";", frenchFormat.Replace(f.format()))
}

// frenchFormat writes a number's format with the separators of a French spreadsheet.
var frenchFormat = strings.NewReplacer(".", ",", ",", " ")

func (f problemFacts) format() string {
	return cmp.Or(strings.Join(f.p.Names[min(1, len(f.p.Names)):], ""), "0%")
}

func (f problemFacts) formula(function, separator, format string) string {
	return text.Clean("=" + function + "(" + f.p.Column + "2" + separator + `"` + strings.ReplaceAll(format, `"`, `""`) + `")`)
}

// Encoding and OtherEncoding are the two that a file may be in; Words and OtherWords are how its words read in each.
func (f problemFacts) Encoding() string { return f.Name() }
func (f problemFacts) OtherEncoding() string {
	return text.Clean(strings.Join(f.p.Names[min(1, len(f.p.Names)):min(2, len(f.p.Names))], ""))
}
func (f problemFacts) Words() string      { return f.everyOther(2) }
func (f problemFacts) OtherWords() string { return f.everyOther(3) }

func (f problemFacts) everyOther(from int) string {
	var names []string
	for at := from; at < len(f.p.Names); at += 2 {
		names = append(names, f.w.InQuotes(text.Visible(f.p.Names[at])))
	}
	return f.w.List(names)
}

// Map is the flag that feeds the variable from the nearest column.
func (f problemFacts) Map() string {
	column := f.Name()
	if column == "" {
		column = "COLUMN"
	}
	return "--map " + flagValue(text.Clean(f.p.Variable+"="+column))
}

// flagValue writes a value in a form that every shell reads, where there is one.
func flagValue(value string) string {
	switch {
	case !strings.ContainsFunc(value, func(r rune) bool {
		return !unicode.IsLetter(r) && !unicode.IsDigit(r) && !strings.ContainsRune("-_./:@%+,=", r)
	}):
		return value
	case strings.ContainsAny(value, "\"$`\\!"):
		return "'" + value + "'"
	}
	return `"` + value + `"`
}

// Pairs tell of the first people who may be on a list: row 2 (+41791234567) and its row 3 ("0791234567").
func (f problemFacts) Pairs() string {
	var pairs []string
	for at := 1; at+3 < len(f.p.Names); at += 4 {
		row, _ := strconv.Atoi(f.p.Names[at])
		other, _ := strconv.Atoi(f.p.Names[at+2])
		pairs = append(pairs, f.w.ListPair(f.w.RowNumber(row), text.Clean(f.p.Names[at+1]), f.w.RowNumber(other), f.w.InQuotes(f.p.Names[at+3])))
	}
	return f.w.List(pairs)
}

// Doubt is why the variables of a template are uncertain, as a sentence.
func (f problemFacts) Doubt() string {
	if f.p.Doubt == nil {
		return ""
	}
	return f.w.TemplateDoubt(*f.p.Doubt)
}

// Reason is how a workbook is broken, a library's own words, or a flag.
func (f problemFacts) Reason() string {
	reason := text.Clean(strings.TrimRight(f.p.Reason, ". "))
	return f.w.coded("workbook-breakage."+reason, reason)
}

// betweenValues stands between the values of an answer that has several.
const betweenValues = "\x00"

// Answer are the values of the answer that is spoken of, each in quotes.
func (f problemFacts) Answer() string { return f.w.Names(strings.Split(f.answer, betweenValues)) }

// longestQuote is how much of a text from outside stands in a sentence.
const longestQuote = 60

// InQuotes is a text from outside as a part of a sentence: clean, in quotes, and not longer than a line.
func (w *Words) InQuotes(s string) string { return w.Quoted(text.Shorten(text.Clean(s), longestQuote)) }

func (w *Words) quotedOrNone(s string) string {
	if s == "" {
		return ""
	}
	return w.InQuotes(s)
}

func (w *Words) eachInQuotes(all []string) []string {
	each := make([]string, len(all))
	for i, name := range all {
		each[i] = w.InQuotes(name)
	}
	return each
}

// mostNames is how many names a sentence holds before it says how many more there are.
const mostNames = 8

// Names lists names from outside, each in quotes, and says how many more there are.
func (w *Words) Names(all []string) string {
	parts := w.eachInQuotes(all[:min(len(all), mostNames)])
	if more := len(all) - mostNames; more > 0 {
		parts = append(parts, w.ListMore(more))
	}
	return w.List(parts)
}

// RowNumber writes a row's number as a spreadsheet does, without separators; nothing for none.
func (w *Words) RowNumber(n int) string {
	if n <= 0 {
		return ""
	}
	return strconv.Itoa(n)
}

func (w *Words) positive(n int) string {
	if n <= 0 {
		return ""
	}
	return w.Number(n)
}

// Country is the country of an ISO region: Réunion for RE; what is no region stays as it is.
func (w *Words) Country(region string) string {
	parsed, err := language.ParseRegion(region)
	if err != nil {
		return region
	}
	if name := w.regions.Name(parsed); name != "" {
		return name
	}
	return region
}
