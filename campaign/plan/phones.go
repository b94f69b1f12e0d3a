package plan

import (
	"cmp"
	"errors"
	"slices"
	"strings"

	"kanal-campaign/campaign/audience"
	"kanal-campaign/campaign/number"
	"kanal-campaign/campaign/problem"
	"kanal-campaign/campaign/record"
)

// Codes of numbers that can be read in several ways.
const (
	PhoneCountryUnknown problem.Code = "phone-country-unknown" // national, its row names no country, and no other is given
	PhoneCountryUnread  problem.Code = "phone-country-unread"  // warning: its row's country cannot be read, another is given
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
// countries, and whether most bare numbers carry a country's code.
type phoneReader struct {
	rules     number.Rules
	bare      string // of --bare-numbers
	phone     int    // the column of the numbers
	countries countryColumns
	again     func() (*audience.File, error) // opens the file anew; nil where that cannot be

	open                bool              // the number of the row read last depends on what is to be decided
	mostlyInternational *bool             // nil before it was looked at
	codes               map[string]string // calling codes by country
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

// read reads a row's number; the zero Number where an error is among the problems. It puts into the cell what the sheet
// shows, or what was typed, where that counts.
func (r *phoneReader) read(row audience.Row) (number.Number, []problem.Problem, error) {
	rules, _ := r.rulesOf(row.Cells)
	if p, clear := asShown(row, r.phone, rules); !clear {
		return number.Number{}, []problem.Problem{p}, nil
	}
	only, err := r.askCountries(row)
	if err != nil {
		return number.Number{}, nil, err
	}
	rules, unread := r.rulesOf(row.Cells)
	if only != "" {
		rules.Country = only
	}
	cell := row.Cells[r.phone]
	n, problems := r.judge(cell, rules)
	if both, err := r.readsBothWays(cell, n); err != nil || both {
		abroad, _ := number.International(number.Bare(cell))
		return number.Number{}, []problem.Problem{{Code: PhoneBothWays, Severity: problem.Error, Value: problem.Cut(cell),
			Names: []string{written(n.Digits), written(abroad.Digits)}}}, err
	}
	for i := range problems {
		if problems[i].Code == problem.Code(number.NoCountry) && r.countries.inUse() >= 0 {
			problems[i].Code, problems[i].Names = PhoneCountryUnknown, namesOf(unread)
		}
		if r.countries.undecided(row.Cells) {
			problems[i].Fix = "" // it would be another person's by another answer
		}
	}
	if unread != "" && n.Digits != "" && !r.internationally(cell, n) {
		problems = append(problems, problem.Problem{Code: PhoneCountryUnread, Severity: problem.Warning, Value: problem.Cut(cell),
			Names: namesOf(unread)})
	}
	return n, problems, nil
}

func namesOf(name string) []string {
	if name == "" {
		return nil
	}
	return []string{problem.Cut(name)}
}

// judge reads a cell by rules and by what is said of bare numbers.
func (r *phoneReader) judge(cell string, rules number.Rules) (number.Number, []problem.Problem) {
	if digits := number.Bare(cell); r.bare == BareInternational && digits != "" {
		if _, is := number.International(digits); is {
			n, problems := JudgeNumber("+"+digits, rules)
			for i := range problems {
				problems[i].Value = problem.Cut(cell)
			}
			return n, problems
		}
	}
	return JudgeNumber(cell, rules)
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
	if column >= len(cells) {
		return rules, ""
	}
	return rules, strings.TrimSpace(cells[column])
}

// readsBothWays reports whether a cell that was read as a national number would be an international one as well, among
// bare numbers that mostly are.
func (r *phoneReader) readsBothWays(cell string, n number.Number) (bool, error) {
	if r.bare != "" || n.Digits == "" {
		return false, nil
	}
	digits := number.Bare(cell)
	if digits == "" || digits == n.Digits {
		return false, nil
	}
	if abroad, is := number.International(digits); !is || abroad.Digits == n.Digits {
		return false, nil
	}
	if r.mostlyInternational == nil {
		mostly, err := r.countBare()
		if err != nil {
			return false, err
		}
		r.mostlyInternational = &mostly
	}
	return *r.mostlyInternational, nil
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
