package plan

import (
	"cmp"
	"context"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"github.com/google/uuid"

	"kanal-campaign/campaign/audience"
	"kanal-campaign/campaign/message"
	"kanal-campaign/campaign/number"
	"kanal-campaign/campaign/outcome"
	"kanal-campaign/campaign/problem"
	"kanal-campaign/campaign/record"
)

// Codes of problems with a row as a whole, and with the file once all rows are known.
const (
	RowRagged       problem.Code = "row-ragged"
	RowNote         problem.Code = "row-note"               // a text in the first column alone: a title, a total, a note
	RowExample      problem.Code = "row-example"            // the starter file's example, which nobody has put a person into
	DuplicateValues problem.Code = "duplicate-other-values" // a number again, with other values
	MostRowsInvalid problem.Code = "most-rows-invalid"
)

// Check judges every row of an audience against a message. A Check is used once, by one goroutine.
type Check struct {
	Message  message.Message
	Campaign string // the name, as it stands in keys
	Settings record.Settings
	Columns  Columns
	Header   []string
	LeftOut  LeftOut
	// Open opens the audience once more, where a row can only be judged when others are known; nil where that cannot be.
	Open func() (*audience.File, error)

	report Report
	phones *phoneReader
	chosen chooser
	drawn  sample
	people map[uint64]seen   // by canonical digits: the first message to each person
	more   map[uint64][]seen // with --duplicates allow: further messages to the same person
}

// seen is what an earlier row sends to a person. It is small because there is one for every recipient of the file.
type seen struct {
	content uint64
	row     uint32
	open    bool // whose number it is depends on a decision
}

// Report is what a check found, in bounded memory whatever the size of the file.
type Report struct {
	Rows      int // recipients read, in any state
	Sendable  int
	Invalid   int             // rows with errors
	Warned    int             // sendable rows with warnings
	Skipped   map[string]int  // rows left out, by cause
	Since     map[string]Span // of rows left out, by cause: when they opted out, or were messaged
	Countries map[string]int  // sendable rows by ISO region
	Groups    []Group
	File      []problem.Problem // what is wrong with the file as a whole
	Filter    []FilterReport
	Consent   []ConsentReport // columns of consent, those of --consent-column first
	First     *record.Row     // the first sendable row
	Longest   *record.Row     // the sendable row with the longest message
	Random    *record.Row     // a sendable row drawn at random, neither of the two; the same for the same file
	People    int             // whom the sendable rows go to, everybody once
	// CountryColumn is the column by which numbers without a country's code were read; -1 for none. While that is to be
	// decided, they are read in the country that was given.
	CountryColumn int
	longest       int
}

// Group is all rows with one problem in one column.
type Group struct {
	Code     problem.Code
	Severity problem.Severity
	Column   string // the spreadsheet's letter
	Header   string
	Variable string
	Rows     int
	Examples []problem.Problem // the first few
}

// groupExamples is how many rows of a group are kept as examples.
const groupExamples = 3

// Errors returns how many problems stop the campaign, those of the file included.
func (r *Report) Errors() int {
	n := r.Invalid
	for _, p := range r.File {
		if p.Severity == problem.Error {
			n++
		}
	}
	return n
}

// asked are the rows whose numbers are only to be decided about: nothing is wrong with the file as a whole.
func (r *Report) asked() int {
	n := 0
	for _, g := range r.Groups {
		if g.Code == PhoneBothWays {
			n += g.Rows
		}
	}
	return n
}

// Run reads all rows, hands each one judged to sink in file order, and returns the report. It stops at the first error
// of the rows, of the sink or of the context.
func (c *Check) Run(ctx context.Context, rows func(func(audience.Row, error) bool), sink func(record.Row) error) (*Report, error) {
	c.people, c.more = map[uint64]seen{}, map[uint64][]seen{}
	c.phones = newPhoneReader(c.Settings, c.Header, c.Columns.Phone, c.Columns.Country, c.Open)
	c.chosen = newChooser(c.Columns)
	c.report = Report{Skipped: map[string]int{}, Since: map[string]Span{}, Countries: map[string]int{}}
	for read, err := range rows {
		if err != nil {
			return nil, err
		}
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		row, region, err := c.judge(ctx, read)
		if err != nil {
			return nil, err
		}
		c.count(row, region)
		if err := sink(row); err != nil {
			return nil, err
		}
	}
	chosen := c.report.Rows - c.report.Skipped[outcome.CauseFiltered] - c.report.Skipped[outcome.CauseNoConsent]
	if chosen >= 2 && (c.report.Invalid-c.report.asked())*2 > chosen {
		c.report.File = append(c.report.File, problem.Problem{Code: MostRowsInvalid, Severity: problem.Error,
			Length: c.report.Invalid, Limit: chosen})
	}
	if open, is := c.phones.countries.decision(); is {
		c.report.File = append(c.report.File, open)
	}
	c.report.CountryColumn = c.phones.countries.inUse()
	c.conclude()
	c.report.Random, c.report.People = c.drawn.besides(c.report.First, c.report.Longest), len(c.people)
	for person := range c.chosen.keptPeople {
		if _, known := c.people[person]; !known {
			c.report.People++
		}
	}
	slices.SortStableFunc(c.report.Groups, func(a, b Group) int { return cmp.Compare(a.Severity, b.Severity) })
	return &c.report, nil
}

// NumberRules are the rules by which Run reads the number of a row with these cells. They have no country where the row's
// depends on a decision that nobody has made.
func (c *Check) NumberRules(cells []string) number.Rules {
	rules := c.phones.rulesFor(cells)
	if c.phones.countries.undecided(cells) {
		rules.Country = ""
	}
	return rules
}

func (c *Check) judge(ctx context.Context, read audience.Row) (record.Row, string, error) {
	row := record.Row{Number: read.Number, Cells: read.Cells, State: outcome.New()}
	if p, broken := c.misshapen(read); broken {
		row.Problems = []problem.Problem{p}
		row.State.Status = outcome.Invalid
		row.Cells = read.Raw()
		return row, "", nil
	}
	n, problems, err := c.phones.read(read)
	if err != nil {
		return row, "", err
	}
	if code := nobodysNumber(n, read.Cells[c.Columns.Phone]); code != "" {
		problems = append(problems, problem.Problem{Code: code, Severity: problem.Error,
			Value: problem.Cut(read.Cells[c.Columns.Phone])})
	}
	for i := range problems {
		c.locate(&problems[i], row.Number, c.Columns.Phone)
	}
	row.Problems = problems
	row.Phone, row.Person = n.Digits, c.phones.rules.Canonical(n.Digits)
	if problem.HasError(problems) {
		row.Phone, row.Person = "", ""
	}
	c.readValues(&row)
	if cause, column := c.chosen.leavesOut(row.Cells); cause != "" {
		return row, n.Region, c.passOver(ctx, &row, cause, column)
	}
	c.compareShown(&row, read.Shown)
	if problem.HasError(row.Problems) {
		row.State.Status = outcome.Invalid
		row.Phone, row.Person = "", ""
		return row, "", nil
	}
	if err := c.place(ctx, &row); err != nil {
		return row, "", err
	}
	return row, n.Region, nil
}

// misshapen tells why a row is none of a person: it has cells beyond the header's, lacks one that the message needs, or has
// a text in its first column alone. Cells that are missing at its end are empty ones: spreadsheets leave them out.
func (c *Check) misshapen(read audience.Row) (p problem.Problem, broken bool) {
	p = problem.Problem{Code: RowRagged, Severity: problem.Error, Row: read.Number, Length: read.Width, Limit: len(c.Header)}
	if text, is := noteOf(read, c.Columns.Phone); is {
		return problem.Problem{Code: RowNote, Severity: problem.Error, Row: read.Number, Column: audience.ColumnLetter(0),
			Header: c.Header[0], Value: problem.Cut(text)}, true
	}
	return p, read.Width > len(c.Header) || read.Width <= slices.Max(append(c.Columns.Fed(), c.Columns.Phone))
}

// noteOf returns the text of a row in whose first column alone one stands, and no number.
func noteOf(read audience.Row, phone int) (text string, is bool) {
	if len(read.Cells) < 3 || read.Surplus != nil {
		return "", false
	}
	for i, cell := range read.Cells {
		if text = strings.TrimSpace(cell); (text != "") != (i == 0) {
			return "", false
		}
	}
	text = strings.TrimSpace(read.Cells[0])
	return text, phone != 0 || len(digitsOf(text)) < fewestOfNumber
}

// contactName and contactEmail are what a problem calls the name and the e-mail address that Kanal gets of a contact.
const (
	contactName  = "name"
	contactEmail = "email"
)

// readValues takes the row's values from its cells, without the spaces around them, and judges them, with what Kanal gets of the contact.
func (c *Check) readValues(row *record.Row) {
	c.Columns.Read(row)
	for _, contact := range []struct {
		column      int
		what, value string
	}{{c.Columns.Name, contactName, row.Name}, {c.Columns.Email, contactEmail, row.Email}} {
		if p, found := message.Embarrassing(contact.what, contact.value); found && contact.value != "" {
			c.locate(&p, row.Number, contact.column)
			row.Problems = append(row.Problems, p)
		}
	}
	for _, p := range c.Message.Judge(row.Values) {
		column := -1
		for _, feed := range c.Columns.Fields {
			if feed.Variable == p.Variable {
				column = feed.Column
			}
		}
		c.locate(&p, row.Number, column)
		row.Problems = append(row.Problems, p)
	}
}

var (
	formatSection = regexp.MustCompile(`^(?:"[^"]*"|\\.|[^;"\\])*`)
	formatPart    = regexp.MustCompile(`"[^"]*"|\\.|_.|\*.|\[\$([^\]-]*)(?:-[^\]]*)?\]|\[[^\]]*\]`)
)

// textFormat is a number's format as the function TEXT takes it: of positive numbers, without colours, fillings and languages.
func textFormat(format string) string {
	format = formatPart.ReplaceAllStringFunc(formatSection.FindString(format), func(part string) string {
		switch currency := formatPart.FindStringSubmatch(part)[1]; {
		case part[0] == '"', part[0] == '\\':
			return part
		case currency != "":
			return `"` + currency + `"`
		}
		return ""
	})
	return cmp.Or(strings.TrimSpace(format), "0")
}

// compareShown warns of values that people would read otherwise than the workbook shows them.
func (c *Check) compareShown(row *record.Row, shown map[int]audience.ShownNumber) {
	for i, feed := range c.Columns.Fields {
		number, differs := shown[feed.Column]
		if !differs || number.Formula != "" {
			continue
		}
		p := problem.Problem{Code: message.ValueShown, Severity: problem.Warning, Variable: feed.Variable,
			Value: problem.Cut(row.Values[i]), Names: []string{problem.Cut(number.Text), textFormat(number.Format)}}
		if number.Text == "" {
			p.Code, p.Names = message.ValueDateNames, nil
		}
		c.locate(&p, row.Number, feed.Column)
		row.Problems = append(row.Problems, p)
	}
}

func (c *Check) locate(p *problem.Problem, row, column int) {
	p.Row = row
	if column >= 0 {
		p.Column, p.Header = audience.ColumnLetter(column), c.Header[column]
	}
}

// place gives a valid row its key, unless it is left out: its person is, or it is a repetition of an earlier row.
func (c *Check) place(ctx context.Context, row *record.Row) error {
	recipe := c.Message.Recipe(c.Campaign, row.Phone, row.Values, 0)
	content, judged := recipe.ContentID(), *row
	judged.ContentID = content
	cause, detail, err := c.LeftOut.of(ctx, judged)
	if err != nil {
		return err
	}
	if cause != "" {
		skip(row, cause, 0)
		row.Error = detail.String()
		if !detail.Since.IsZero() {
			c.report.Since[cause] = c.report.Since[cause].include(detail.Since)
		}
		return nil
	}
	if c.LeftOut.Asked != nil {
		if err := c.LeftOut.Asked(ctx, row.Number, row.Person); err != nil {
			return err
		}
	}
	// The same person in another spelling is the same recipient: what repeats is judged on the canonical digits.
	canonical := content
	if row.Person != row.Phone {
		recipe.Phone = row.Person
		canonical = recipe.ContentID()
		recipe.Phone = row.Phone
	}
	if c.repeats(row, canonical) {
		return nil
	}
	row.Key, row.ContentID = recipe.Key(), content
	return nil
}

// repeats looks for an earlier row to the same person, and marks the row if there is one. It remembers the row
// otherwise.
func (c *Check) repeats(row *record.Row, id uuid.UUID) bool {
	person, err := strconv.ParseUint(row.Person, 10, 64)
	if err != nil {
		return false // cannot be: a cleaned number is 8 to 15 digits
	}
	this := seen{row: uint32(row.Number), content: hash(id), open: c.phones.open}
	if first, sent := c.chosen.kept[this.content]; sent {
		skip(row, outcome.CauseDuplicate, int(first))
		return true
	}
	first, known := c.people[person]
	if !known {
		c.people[person] = this
		return false
	}
	open := this.open
	for _, earlier := range append([]seen{first}, c.more[person]...) {
		if earlier.content == this.content {
			skip(row, outcome.CauseDuplicate, int(earlier.row))
			return true
		}
		open = open || earlier.open
	}
	switch {
	case c.Settings.Duplicates == record.DuplicatesAllow:
		c.more[person] = append(c.more[person], this)
		return false
	case c.Settings.Duplicates == record.DuplicatesSkip:
		skip(row, outcome.CauseSameNumber, int(first.row))
	case open: // it may be somebody else's number once that is decided
		c.more[person] = append(c.more[person], this)
		c.phones.countries.only++
		return false
	default:
		p := problem.Problem{Code: DuplicateValues, Severity: problem.Error, First: int(first.row),
			Value: problem.Cut(row.Cells[c.Columns.Phone])}
		c.locate(&p, row.Number, c.Columns.Phone)
		row.Problems = append(row.Problems, p)
		row.State.Status = outcome.Invalid
	}
	return true
}

func skip(row *record.Row, cause string, related int) {
	row.State.Status, row.State.Cause, row.RelatedRow = outcome.Skipped, cause, related
}

// hash shortens a content id for the table of people. Two messages to one person collide with a chance of 2^-64.
func hash(id uuid.UUID) (h uint64) {
	for _, b := range id[:8] {
		h = h<<8 | uint64(b)
	}
	return h
}

func (c *Check) count(row record.Row, region string) {
	r := &c.report
	r.Rows++
	switch row.State.Status {
	case outcome.Invalid:
		r.Invalid++
	case outcome.Skipped:
		r.Skipped[row.State.Cause]++
		return // its warnings concern nobody
	default:
		r.Sendable++
		c.chosen.send()
		r.Countries[region]++
		c.drawn.add(&row)
		if len(row.Problems) > 0 {
			r.Warned++
		}
		if r.First == nil {
			r.First = &row
		}
		if n := len(c.Message.Preview(row.Values)); n > r.longest {
			r.longest, r.Longest = n, &row
		}
	}
	for _, p := range row.Problems {
		c.group(p)
	}
}

func (c *Check) group(p problem.Problem) {
	groups := c.report.Groups
	i := slices.IndexFunc(groups, func(g Group) bool {
		return g.Code == p.Code && g.Column == p.Column && g.Variable == p.Variable
	})
	if i < 0 {
		i = len(groups)
		groups = append(groups, Group{Code: p.Code, Severity: p.Severity, Column: p.Column, Header: p.Header, Variable: p.Variable})
	}
	groups[i].Rows++
	if len(groups[i].Examples) < groupExamples {
		groups[i].Examples = append(groups[i].Examples, p)
	}
	c.report.Groups = groups
}
