package plan

import (
	"cmp"
	"context"
	"iter"
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

	"kanal-campaign/campaign/text"
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
	widest int // the last column that the message needs
	phones *phoneReader
	chosen chooser
	drawn  sample
	refuse refusals // who refuses in any row of the file
	people people
	spared int // rows with an error unless a column of countries counts, for what others hold
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

// Judged is a row that was judged, and how it was read.
type Judged struct {
	record.Row
	Rules number.Rules // of its number; without a country where that depends on a decision that nobody has made
	Shown map[int]audience.ShownNumber
}

// Run reads all rows, hands each one judged to sink in file order, and returns the report. It stops at the first error
// of the rows, of the sink or of the context. The rows are read in another goroutine, which has ended when Run returns.
func (c *Check) Run(ctx context.Context, rows iter.Seq2[audience.Row, error], sink func(Judged) error) (*Report, error) {
	c.people = newPeople()
	c.phones = newPhoneReader(c.Settings, c.Header, c.Columns.Phone, c.Columns.Country, c.Open)
	c.chosen = newChooser(c.Columns)
	c.widest = slices.Max(append(c.Columns.Fed(), c.Columns.Phone))
	c.report = Report{Skipped: map[string]int{}, Since: map[string]Span{}, Countries: map[string]int{}}
	refuse, err := c.findRefusals(ctx)
	if err != nil {
		return nil, err
	}
	c.refuse = refuse
	err = inOrder(ctx, rows, c.prepare, c.judge, func(j *judgement) error {
		if err := c.settle(ctx, j); err != nil {
			return err
		}
		c.count(j)
		return sink(Judged{Row: j.row, Rules: j.phone.mending, Shown: j.read.Shown})
	})
	if err != nil {
		return nil, err
	}
	chosen := c.report.Rows - c.report.Skipped[outcome.CauseFiltered] - c.report.Skipped[outcome.CauseNoConsent]
	if chosen >= 2 && (c.report.Invalid-c.report.asked())*2 > chosen {
		c.report.File = append(c.report.File, problem.Problem{Code: MostRowsInvalid, Severity: problem.Error,
			Length: c.report.Invalid, Limit: chosen})
	}
	if open, is := c.phones.countries.decision(c.spared); is {
		c.report.File = append(c.report.File, open)
	}
	c.report.CountryColumn = c.phones.countries.inUse()
	c.conclude()
	c.report.Random, c.report.People = c.drawn.besides(c.report.First, c.report.Longest), c.people.count()
	for person := range c.chosen.keptPeople {
		if !c.people.has(person) {
			c.report.People++
		}
	}
	slices.SortStableFunc(c.report.Groups, func(a, b Group) int { return cmp.Compare(a.Severity, b.Severity) })
	return &c.report, nil
}

// judgement is what is found out about a row, in three steps: prepare looks at the rows before it, judge at the row alone, and
// settle, which the rows go through in file order again, at what the rows before it have sent.
type judgement struct {
	read   audience.Row
	broken bool // it is none of a person
	phone  phoneReading

	row       record.Row // with key and content id where nothing is wrong with the row
	region    string
	canonical uint64 // the message and its person, whatever spelling the number has
	length    int    // of the message
}

// prepare begins the judgement of a row. It is called in file order.
func (c *Check) prepare(j *judgement) (err error) {
	j.row = record.Row{Number: j.read.Number, Cells: j.read.Cells, State: outcome.New()}
	var p problem.Problem
	if p, j.broken = c.misshapen(j.read); j.broken {
		j.row.Problems = []problem.Problem{p}
		return nil
	}
	j.phone, err = c.phones.prepare(j.read)
	return err
}

// judge finds out what the row alone tells. It is called concurrently.
func (c *Check) judge(j *judgement) {
	if j.broken {
		return
	}
	row := &j.row
	n, problems := c.phones.read(j.read, j.phone)
	if code := nobodysNumber(n, row.Cells[c.Columns.Phone]); code != "" {
		problems = append(problems, problem.Problem{Code: code, Severity: problem.Error,
			Value: problem.Cut(row.Cells[c.Columns.Phone])})
	}
	for i := range problems {
		c.locate(&problems[i], row.Number, c.Columns.Phone)
	}
	row.Problems, j.region = problems, n.Region
	if !problem.HasError(problems) {
		row.Phone, row.Person = n.Digits, c.phones.rules.Canonical(n.Digits)
	}
	c.readValues(row)
	if problem.HasError(row.Problems) {
		return
	}
	recipe := c.Message.Recipe(c.Campaign, row.Phone, row.Values, 0)
	row.Key, row.ContentID = recipe.Key(), recipe.ContentID()
	// The same person in another spelling is the same recipient: what repeats is judged on the canonical digits.
	j.canonical = hash(row.ContentID)
	if row.Person != row.Phone {
		recipe.Phone = row.Person
		j.canonical = hash(recipe.ContentID())
	}
	j.length = c.Message.Length(row.Values)
}

// settle decides whether a row is to be sent.
func (c *Check) settle(ctx context.Context, j *judgement) error {
	row := &j.row
	if j.broken {
		row.State.Status, row.Cells = outcome.Invalid, j.read.Raw()
		return nil
	}
	if out := c.choose(row); out.cause != "" {
		return c.passOver(ctx, j, out)
	}
	c.compareShown(row, j.read.Shown)
	if problem.HasError(row.Problems) {
		row.State.Status = outcome.Invalid
		row.Phone, row.Person = "", ""
		return nil
	}
	return c.place(ctx, j)
}

// misshapen tells why a row is none of a person: it has cells beyond the header's, lacks one that the message needs, or has
// a text in its first column alone. Cells that are missing at its end are empty ones: spreadsheets leave them out.
func (c *Check) misshapen(read audience.Row) (p problem.Problem, broken bool) {
	p = problem.Problem{Code: RowRagged, Severity: problem.Error, Row: read.Number, Length: read.Width, Limit: len(c.Header)}
	if text, is := noteOf(read, c.Columns.Phone); is {
		return problem.Problem{Code: RowNote, Severity: problem.Error, Row: read.Number, Column: audience.ColumnLetter(0),
			Header: c.Header[0], Value: problem.Cut(text)}, true
	}
	return p, read.Width > len(c.Header) || read.Width <= c.widest
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
		if contact.value == "" {
			continue
		}
		if p, found := message.Embarrassing(contact.what, contact.value); found {
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
	formatSection = text.Pattern(`^(?:"[^"]*"|\\.|[^;"\\])*`)
	formatPart    = text.Pattern(`"[^"]*"|\\.|_.|\*.|\[\$([^\]-]*)(?:-[^\]]*)?\]|\[[^\]]*\]`)
)

// textFormat is a number's format as the function TEXT takes it: of positive numbers, without colours, fillings and languages.
func textFormat(format string) string {
	format = formatPart().ReplaceAllStringFunc(formatSection().FindString(format), func(part string) string {
		switch currency := formatPart().FindStringSubmatch(part)[1]; {
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

// place leaves a valid row out, or takes it in unless it is a repetition of an earlier one.
func (c *Check) place(ctx context.Context, j *judgement) error {
	row := &j.row
	cause, detail, err := c.LeftOut.of(ctx, *row)
	if err != nil {
		return err
	}
	if cause != "" {
		j.leaveOut(cause, 0)
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
	c.refuseRepeated(j)
	return nil
}

// refuseRepeated looks for an earlier row to the same person, and marks the row if there is one that keeps it from being sent.
// It remembers the row otherwise.
func (c *Check) refuseRepeated(j *judgement) {
	row := &j.row
	person, err := strconv.ParseUint(row.Person, 10, 64)
	if err != nil {
		return // cannot be: a cleaned number is 8 to 15 digits
	}
	this := seen{row: uint32(row.Number), content: j.canonical, open: j.phone.open}
	if first, sent := c.chosen.kept[this.content]; sent {
		j.leaveOut(outcome.CauseDuplicate, int(first))
		return
	}
	first, known := c.people.addFirst(person, this)
	if !known {
		return
	}
	open := this.open
	for _, earlier := range append([]seen{first}, c.people.more[person]...) {
		if earlier.content == this.content {
			j.leaveOut(outcome.CauseDuplicate, int(earlier.row))
			return
		}
		open = open || earlier.open
	}
	switch {
	case c.Settings.Duplicates == record.DuplicatesAllow:
		c.people.addMore(person, this)
	case c.Settings.Duplicates == record.DuplicatesSkip:
		j.leaveOut(outcome.CauseSameNumber, int(first.row))
	case open: // it may be somebody else's number once that is decided
		c.people.addMore(person, this)
		c.spared++
	default:
		p := problem.Problem{Code: DuplicateValues, Severity: problem.Error, First: int(first.row),
			Value: problem.Cut(row.Cells[c.Columns.Phone])}
		c.locate(&p, row.Number, c.Columns.Phone)
		row.Problems = append(row.Problems, p)
		row.State.Status = outcome.Invalid
		row.Key, row.ContentID = uuid.Nil, uuid.Nil
	}
}

// leaveOut marks a row as one that is not to be sent.
func (j *judgement) leaveOut(cause string, related int) {
	j.row.State.Status, j.row.State.Cause, j.row.RelatedRow = outcome.Skipped, cause, related
	j.row.Key, j.row.ContentID = uuid.Nil, uuid.Nil
}

// hash shortens a content id for the table of people. Two messages to one person collide with a chance of 2^-64.
func hash(id uuid.UUID) (h uint64) {
	for _, b := range id[:8] {
		h = h<<8 | uint64(b)
	}
	return h
}

func (c *Check) count(j *judgement) {
	r := &c.report
	r.Rows++
	switch j.row.State.Status {
	case outcome.Invalid:
		r.Invalid++
		c.chosen.keepRefusal()
	case outcome.Skipped:
		r.Skipped[j.row.State.Cause]++
		c.chosen.keepRefusal()
		return // its warnings concern nobody
	default:
		r.Sendable++
		c.chosen.send(&c.people)
		r.Countries[j.region]++
		c.drawn.add(&j.row)
		if len(j.row.Problems) > 0 {
			r.Warned++
		}
		if r.First == nil {
			r.First = copyOf(j.row)
		}
		if j.length > r.longest {
			r.longest, r.Longest = j.length, copyOf(j.row)
		}
	}
	for _, p := range j.row.Problems {
		c.group(p)
	}
}

// copyOf is a copy of a row, whose place is used again.
func copyOf(row record.Row) *record.Row { return &row }

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
