package plan

import (
	"cmp"
	"errors"
	"slices"
	"strings"
	"unicode"

	"kanal-campaign/campaign/audience"
	"kanal-campaign/campaign/number"
	"kanal-campaign/campaign/problem"
	"kanal-campaign/campaign/record"
)

// Codes of numbers that can be read in several ways.
const (
	PhoneCountryUnknown problem.Code = "phone-country-unknown" // national, its row names no country, and no other is given
	PhoneCountryUnread  problem.Code = "phone-country-unread"  // its row's country cannot be read, another is given
	PhoneBothWays       problem.Code = "phone-both-ways"       // bare digits, valid with and without a country's code in front
	PhoneShown          problem.Code = "phone-shown"           // the sheet shows another number than it holds
	PhoneTyped          problem.Code = "phone-typed"           // a formula that several numbers may have become
)

// What --bare-numbers may say of digits that are a number with and without a country's code in front.
const (
	BareNational      = "national"
	BareInternational = "international"
)

// phoneReader reads the numbers of one file's rows, an audience's or a list's: each in the country that its row or the
// settings name.
//
// It reads the file a second time only when a row's number depends on what the others hold: whether a column holds
// countries, and whether most bare numbers carry a country's code. That is found out in prepare, in file order; read may then
// be called concurrently, also while prepare is called for further rows.
type phoneReader struct {
	rules     number.Rules
	bare      string // of --bare-numbers
	phone     int    // the column of the numbers
	countries countryColumns
	again     func() (*audience.File, error) // opens the file anew; nil where that cannot be

	mostlyInternational *bool             // nil before it was looked at
	codes               map[string]string // calling codes by country
}

// phoneReading is what the rows before one, and the file as a whole, tell of how its number is to be read. With it the
// number is read from the row alone.
type phoneReading struct {
	unclear   *problem.Problem // the sheet shows another number than it holds
	rules     number.Rules
	mending   number.Rules // by which a proposal is judged: without a country while that is to be decided
	unread    string       // the row's country, where that cannot be read
	byColumn  bool         // a column tells the countries
	undecided bool         // in which country the number is, is to be decided
	open      bool         // so that it may be another one
	mostly    bool         // the file's bare numbers carry a country's code for the most part
	read      *readNumber
}

// readNumber is a cell that was read by its rules.
type readNumber struct {
	number.Number
	problems []problem.Problem
}

func newPhoneReader(s record.Settings, header []string, phone, country int, again func() (*audience.File, error)) *phoneReader {
	r := &phoneReader{
		rules: NumberRules(s),
		bare:  s.BareNumbers, phone: phone, again: again,
		countries: countryColumns{header: header, column: country, phone: phone, asked: s.CountryColumn != "",
			given: s.Country},
	}
	if s.CountryColumn == "" {
		r.countries.seek()
	}
	return r
}

// Decided are the settings by which the rows of a campaign were read: what was not asked about when it was planned, made no
// difference, or was not known to make one.
func Decided(s record.Settings) record.Settings {
	s.CountryColumn = cmp.Or(s.CountryColumn, NoCountryColumn)
	s.BareNumbers = cmp.Or(s.BareNumbers, BareNational)
	return s
}

// rulesFor are the rules for a row's number.
func (r *phoneReader) rulesFor(cells []string) number.Rules {
	rules, _ := r.rulesOf(cells)
	return rules
}

// prepare finds out how a row's number is to be read. It is called for the rows in file order. It puts into the cell what the
// sheet shows, or what was typed, where that counts.
func (r *phoneReader) prepare(row audience.Row) (as phoneReading, err error) {
	as.rules, as.unread = r.rulesOf(row.Cells)
	if p, clear := asShown(row, r.phone, as.rules); !clear {
		as.unclear = &p
		return as, nil
	}
	if r.countries.settled() {
		as.byColumn = r.countries.inUse() >= 0
	} else if err := r.prepareCountry(row, &as); err != nil {
		return as, err
	}
	if err := r.prepareBare(row.Cells[r.phone], &as); err != nil {
		return as, err
	}
	as.mostly = r.mostlyInternational != nil && *r.mostlyInternational
	as.mending = as.rules
	if !r.countries.settled() { // the look at the bare numbers may have found columns of countries
		as.byColumn, as.undecided = r.countries.inUse() >= 0, r.countries.undecided(row.Cells)
		if as.mending = r.rulesFor(row.Cells); as.undecided {
			as.mending.Country = ""
		}
	}
	return as, nil
}

// prepareCountry looks at the columns that may hold the row's country.
func (r *phoneReader) prepareCountry(row audience.Row, as *phoneReading) error {
	only, open, err := r.askCountries(row)
	if err != nil {
		return err
	}
	as.rules, as.unread = r.rulesOf(row.Cells)
	if only != "" {
		as.rules.Country = only
	}
	as.open = open
	return nil
}

// prepareBare looks at the whole file at its first bare number that can be read both ways.
func (r *phoneReader) prepareBare(cell string, as *phoneReading) error {
	if r.bare != "" || r.mostlyInternational != nil {
		return nil
	}
	if _, is := number.International(number.Bare(cell)); !is {
		return nil
	}
	as.read = &readNumber{}
	as.read.Number, as.read.problems = r.judge(cell, as.rules)
	if _, both := readsBothWays(cell, as.read.Number); !both {
		return nil
	}
	mostly, err := r.countBare()
	r.mostlyInternational = &mostly
	return err
}

// read reads a row's number; the zero Number where an error is among the problems. It looks at nothing but the row.
func (r *phoneReader) read(row audience.Row, as phoneReading) (number.Number, []problem.Problem) {
	if as.unclear != nil {
		return number.Number{}, []problem.Problem{*as.unclear}
	}
	cell := row.Cells[r.phone]
	if as.read == nil {
		as.read = &readNumber{}
		as.read.Number, as.read.problems = r.judge(cell, as.rules)
	}
	n, problems := as.read.Number, as.read.problems
	if as.mostly {
		if abroad, both := readsBothWays(cell, n); both {
			return number.Number{}, []problem.Problem{{Code: PhoneBothWays, Severity: problem.Error, Value: problem.Cut(cell),
				Names: []string{written(n.Digits), written(abroad.Digits)}}}
		}
	}
	for i := range problems {
		if problems[i].Code == problem.Code(number.NoCountry) && as.byColumn {
			problems[i].Code, problems[i].Names = PhoneCountryUnknown, namesOf(as.unread)
		}
		if as.undecided {
			problems[i].Fix = "" // it would be another person's by another answer
		}
	}
	if as.unread != "" && n.Digits != "" && !r.internationally(cell, n) {
		return number.Number{}, []problem.Problem{{Code: PhoneCountryUnread, Severity: problem.Error, Value: problem.Cut(cell),
			Names: namesOf(as.unread), Reason: number.NearestCountry(as.unread)}}
	}
	return n, problems
}

func namesOf(name string) []string {
	if name == "" {
		return nil
	}
	return []string{problem.Cut(name)}
}

// judge reads a cell by rules and by what is said of bare numbers.
func (r *phoneReader) judge(cell string, rules number.Rules) (number.Number, []problem.Problem) {
	if r.bare != BareInternational {
		return JudgeNumber(cell, rules)
	}
	digits := number.Bare(cell)
	if _, is := number.International(digits); !is {
		return JudgeNumber(cell, rules)
	}
	n, problems := JudgeNumber("+"+digits, rules)
	for i := range problems {
		problems[i].Value = problem.Cut(cell)
	}
	return n, problems
}

// internationally reports whether a cell is the number without any country being known.
func (r *phoneReader) internationally(cell string, n number.Number) bool {
	rules := r.rules
	rules.Country, rules.AcceptPossible = "", true
	return readingOf(cell, rules) == n.Digits
}

// rulesOf are the rules for a row's number, and what its country is written as where that cannot be read.
func (r *phoneReader) rulesOf(cells []string) (rules number.Rules, unread string) {
	rules = r.rules
	column := r.countries.inUse()
	if column < 0 {
		return rules, ""
	}
	if country := r.countries.of(cells, column); country != "" {
		rules.Country = country
		return rules, ""
	}
	if column >= len(cells) || (audience.ConsentColumn{}).IsEmpty(cells[column]) || !strings.ContainsFunc(cells[column], isLetterOrDigit) {
		return rules, ""
	}
	return rules, strings.TrimSpace(cells[column])
}

func isLetterOrDigit(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) }

// readsBothWays reports whether a cell that was read as a national number would be an international one as well: which.
func readsBothWays(cell string, n number.Number) (abroad number.Number, both bool) {
	digits := number.Bare(cell)
	if n.Digits == "" || digits == "" || digits == n.Digits {
		return abroad, false
	}
	abroad, is := number.International(digits)
	return abroad, is && abroad.Digits != n.Digits
}

// countBare reports whether of the file's bare numbers that can be read in one way only, at least half carry a country's
// code.
func (r *phoneReader) countBare() (bool, error) {
	if err := r.surveyCountries(); err != nil {
		return false, err
	}
	var sample bareSample
	err := r.reread(func(row audience.Row) {
		rules, _ := r.rulesOf(row.Cells)
		if _, clear := asShown(row, r.phone, rules); clear {
			sample.add(number.Bare(row.Cells[r.phone]), rules.Country)
		}
	})
	international, national := 0, 0
	for _, one := range sample.taken() {
		rules := r.rules
		rules.Country = one.country
		n, err := rules.Clean(one.digits)
		_, abroad := number.International(one.digits)
		switch {
		case err == nil && n.Digits == one.digits, err != nil && abroad:
			international++
		case err == nil && !abroad:
			national++
		}
	}
	return international > 0 && international >= national, err
}

// reread hands on the file's rows once more.
func (r *phoneReader) reread(look func(audience.Row)) error {
	if r.again == nil {
		return nil
	}
	file, err := r.again()
	if err != nil {
		return err
	}
	defer file.Close()
	watchPhones(file, r.phone)
	var fault *audience.Fault
	for row, err := range file.Rows() {
		if errors.As(err, &fault) && fault.Code == audience.FileNoRows {
			break
		}
		if err != nil {
			return err
		}
		if row.Width <= len(row.Cells) {
			look(row)
		}
	}
	return nil
}

// watchPhones has a file tell what its sheet shows, and what was typed, in the column of numbers and others.
func watchPhones(file *audience.File, phone int, others ...int) {
	file.Watch(append(slices.Clone(others), phone))
	file.WatchTyped(phone)
}

// bareSample keeps some of the bare numbers of a file, the same ones in whatever order they come.
type bareSample struct{ all []bareNumber }

type bareNumber struct {
	hash            uint64
	digits, country string
}

// sampleSize is how many bare numbers tell what most are.
const sampleSize = 5000

func (s *bareSample) add(digits, country string) {
	if digits == "" {
		return
	}
	s.all = append(s.all, bareNumber{hashText(digits + country), digits, country})
	if len(s.all) == 4*sampleSize {
		s.all = slices.Clone(s.taken())
	}
}

// taken are the numbers with the smallest hashes, each once.
func (s *bareSample) taken() []bareNumber {
	slices.SortFunc(s.all, func(a, b bareNumber) int {
		switch {
		case a.hash != b.hash && a.hash < b.hash:
			return -1
		case a.hash != b.hash:
			return 1
		}
		return strings.Compare(a.digits+a.country, b.digits+b.country)
	})
	s.all = slices.Compact(s.all)
	return s.all[:min(len(s.all), sampleSize)]
}

// hashText is FNV-1a, which is the same in every process.
func hashText(text string) uint64 {
	hash := uint64(14695981039346656037)
	for i := range len(text) {
		hash = (hash ^ uint64(text[i])) * 1099511628211
	}
	return hash
}
