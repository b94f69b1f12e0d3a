package campaign

import (
	"context"
	"errors"
	"path/filepath"
	"strconv"
	"strings"

	"kanal-campaign/campaign/audience"
	"kanal-campaign/campaign/ledger"
	"kanal-campaign/campaign/message"
	"kanal-campaign/campaign/plan"
	"kanal-campaign/campaign/problem"
	"kanal-campaign/campaign/record"
)

// Checked is what a check of a file found.
type Checked struct {
	Plan  *Plan
	Known *KnownCampaign // nil where the ledger has none of the file's name, or where no row was read
	Fixes Fixes
	Next  []string // spell the command that sends the file, for as many people as the daily cap leaves
}

// SendDoes is what sending would do with a file whose campaign the ledger has.
type SendDoes string

// What sending would do.
const (
	SendResumes      SendDoes = "resume"        // it goes on
	SendUpdates      SendDoes = "update"        // it stops until --update: the file has changed
	SendFinished     SendDoes = "finished"      // it stops: nothing is left to send
	SendOtherMessage SendDoes = "other-message" // it stops: the campaign sends something else
	SendOtherAccount SendDoes = "other-account" // it stops: the campaign was sent from another WhatsApp number
	SendForgotten    SendDoes = "forgotten"     // it stops: nobody knows any more who of the campaign is in the file
)

// NeedsOtherName reports whether the file can be sent under another name only.
func (does SendDoes) NeedsOtherName() bool {
	return does == SendOtherMessage || does == SendOtherAccount
}

// KnownCampaign is a campaign of a file's name that the ledger has, and what sending the file would do.
type KnownCampaign struct {
	Campaign record.Campaign
	Running  bool // it is being sent
	Messaged int  // people of the file who have, or may have, exactly this message from it
	Does     SendDoes
	Send     *Selection   // whom it would send to now; of nobody while it is being sent, nil where it stops
	Changes  *FileChanges // that an update would make
	Other    Command      // where it stops: sends the people once more, or those of FilePlace, as another campaign
}

// NameOf is the campaign's name after a file's.
func NameOf(file string) string {
	if absolute, err := filepath.Abs(file); err == nil {
		file = absolute
	}
	base := filepath.Base(file)
	return message.CleanName(strings.TrimSuffix(base, filepath.Ext(base)))
}

// Check reads and judges a file, and tells what sending it would do. It stages nothing in the ledger. into is the file that is
// written with what can be fixed, and judged in place of it.
func (d *Desk) Check(ctx context.Context, req Request, into FixInto) (*Checked, error) {
	plan, err := d.connectedPlan(ctx, req)
	if err != nil {
		return nil, err
	}
	c := &Checked{Plan: plan}
	if into.Path != "" {
		if err := d.fix(ctx, c, into); err != nil {
			return nil, err
		}
	}
	defer func() { c.Plan.endComparison() }()
	known, err := d.readCompared(ctx, c.Plan)
	if err != nil {
		return nil, err
	}
	if c.Plan.Report != nil && c.Fixes.Path != "" {
		c.Plan.Report.Groups = append(c.Plan.Report.Groups, c.Fixes.Groups...)
		c.Plan.Report.File = append(c.Plan.Report.File, c.Fixes.Notes...)
	}
	if known != nil && c.Plan.Report != nil {
		if c.Known, err = d.foretell(ctx, c.Plan, *known); err != nil {
			return nil, err
		}
		if c.Plan.compared == nil && !c.Known.Does.NeedsOtherName() {
			c.Plan.dropDecisions()
		}
	}
	c.Next, err = d.nextOf(ctx, c)
	return c, err
}

// fix has the file of a plan written anew, and takes what was written in its place.
func (d *Desk) fix(ctx context.Context, c *Checked, into FixInto) (err error) {
	p := c.Plan
	if c.Fixes, err = d.fixInto(ctx, p, into); err != nil {
		return err
	}
	if err := d.Note(ctx, p.Name, p.Path, c.Fixes.Path); err != nil || c.Fixes.Path == "" {
		return err
	}
	req := p.Request
	req.File, req.Settings.Sheet, req.Settings.HeaderRow = into.Path, "", 0 // the new file has one sheet, and nothing above its header
	if !req.Given["campaign"] {
		req.Campaign = NameOf(into.Path)
	}
	c.Plan, err = newPlan(req, req.Campaign, into.Path, p.Message, req.Settings)
	return err
}

// compareWith finds the campaign that sending the plan would go on with; its rows are compared while the plan is read. A finished
// rehearsal is none, unless --update could take the file. What sending takes from the campaign, the plan takes from it, too.
func (d *Desk) compareWith(ctx context.Context, p *Plan) (*record.Campaign, error) {
	known, err := d.Ledger.Campaign(ctx, p.Name)
	switch {
	case errors.Is(err, ledger.ErrNoCampaign):
		return nil, nil
	case err != nil:
		return nil, err
	}
	before := &known
	if d.startsOver(known) {
		before = nil
	}
	if other, err := d.otherThan(known, p); err != nil || other != "" {
		return before, err
	}
	sum, err := audience.Digest(p.Path)
	if err != nil || sum == known.File.SHA256 && before == nil { // reading the file says what is wrong with it
		return before, nil
	}
	if sum != known.File.SHA256 {
		if forgotten, err := d.forgotten(ctx, known.ID); err != nil || forgotten > 0 {
			return before, err
		}
		if p.compared, err = d.Ledger.StageToCompare(ctx); err != nil {
			return nil, err
		}
	}
	if p.compared == nil { // what was left out of the plan stays left out
		p.Request.Settings.SkipInvalid = p.Request.Settings.SkipInvalid || known.Settings.SkipInvalid
	}
	p.Settings = p.Request.settingsFor(known)
	if p.compared != nil {
		p.compared.Several = p.Several()
	} else { // what was not asked about then is not asked about now
		p.Settings = plan.Decided(p.Settings)
	}
	return &known, nil
}

// settingsFor are the settings by which sending judges the file of a known campaign.
func (r Request) settingsFor(known record.Campaign) record.Settings {
	settings, asked := r.updated(known), r.Settings
	for flag, take := range map[string]func(){ // sending stops when one of these is not the campaign's
		"country":        func() { settings.Country = asked.Country },
		"country-column": func() { settings.CountryColumn = asked.CountryColumn },
		"bare-numbers":   func() { settings.BareNumbers = asked.BareNumbers },
		"phone-column":   func() { settings.PhoneColumn = asked.PhoneColumn },
		"name-column":    func() { settings.NameColumn = asked.NameColumn },
		"email-column":   func() { settings.EmailColumn = asked.EmailColumn },
		"variables":      func() { settings.Variables = asked.Variables },
		"map":            func() { settings.Map = asked.Map },
		"where":          func() { settings.Where = asked.Where },
		"consent-column": func() {
			settings.ConsentColumns, settings.NoConsentColumn = asked.ConsentColumns, asked.NoConsentColumn
		},
	} {
		if r.Given[flag] {
			take()
		}
	}
	r.takeTimes(&settings)
	return settings
}

// readCompared reads a plan and compares it with the campaign that sending it would go on with, which it returns.
func (d *Desk) readCompared(ctx context.Context, p *Plan) (*record.Campaign, error) {
	fresh := *p
	known, err := d.compareWith(ctx, p)
	if err != nil {
		return nil, err
	}
	if err := d.readPlan(ctx, p, func(row record.Row) error { return p.compare(ctx, row) }); err != nil {
		return nil, err
	}
	if known == nil || !d.startsOver(*known) || p.Report == nil {
		return known, nil
	}
	changes, _, err := p.compared.Compare(ctx, known.ID)
	if err != nil || changes.ToSend() > 0 {
		return known, err
	}
	p.endComparison() // there is nothing for --update to send: it starts over, as it is asked for
	*p = fresh
	return nil, d.readPlan(ctx, p, func(record.Row) error { return nil })
}

// foretell tells what sending would do with a plan that was read and compared with the campaign of its name.
func (d *Desk) foretell(ctx context.Context, p *Plan, c record.Campaign) (*KnownCampaign, error) {
	running, err := d.Ledger.Running(ctx, c.Name)
	if err != nil {
		return nil, err
	}
	k := &KnownCampaign{Campaign: c, Messaged: p.messaged, Running: running != (record.Run{})}
	var changes record.Changes
	var first record.FirstRows
	if p.compared != nil {
		if changes, first, err = p.compared.Compare(ctx, c.ID); err != nil {
			return nil, err
		}
	}
	if k.Does, err = d.sendDoes(ctx, p, c, p.compared != nil && changes.None()); err != nil {
		return nil, err
	}
	if k.Does.NeedsOtherName() && p.messaged > 0 { // under another name, these are repeats, too
		p.Repeats = append(p.Repeats, record.Repeats{Campaign: c.Name, Since: c.CreatedAt, Rows: p.messaged})
		p.Repeated += p.messaged
	}
	switch {
	case k.Does == SendFinished:
		k.Other, err = d.asOther(ctx, p.Request, k.Campaign, "--again")
		return k, err
	case k.Does == SendForgotten:
		k.Other, err = d.asOther(ctx, p.Request.of(FilePlace), k.Campaign)
		return k, err
	case k.Does.NeedsOtherName():
		return k, nil
	case k.Running: // what is left changes while it is counted
		k.Send = &Selection{}
		return k, nil
	}
	return k, d.foretellSelection(ctx, p, k, changes, first)
}

// foretellSelection finds whom sending would send to now. The plan's hours are judged by that.
func (d *Desk) foretellSelection(ctx context.Context, p *Plan, k *KnownCampaign, found record.Changes, first record.FirstRows) (err error) {
	if p.compared == nil {
		c := p.asPlanned(k.Campaign)
		k.Send, err = d.Select(ctx, selectFrom{Rows: d.Ledger.Sendable(ctx, c.ID), Campaign: c, OnLists: p.Lists.Has})
	} else {
		var changes FileChanges
		changes, k.Send, err = d.selectCompared(ctx, p, k.Campaign, p.compared, 0, found, first)
		if k.Does == SendUpdates {
			k.Changes = &changes
		}
	}
	if err != nil {
		return err
	}
	p.Hours, err = d.judgeHours(ctx, p.Settings, k.Send.Countries.Found, p.Request.Given["holidays"])
	return err
}

// otherThan tells why sending would not take a plan for that of the campaign, whatever is in its file; "" when it would.
func (d *Desk) otherThan(known record.Campaign, p *Plan) (SendDoes, error) {
	planned, err := message.MessageOf(known)
	switch {
	case err != nil:
		return "", err
	case known.Account != d.Account():
		return SendOtherAccount, nil
	case !sameMessage(planned, p.Message):
		return SendOtherMessage, nil
	}
	return "", nil
}

func (d *Desk) sendDoes(ctx context.Context, p *Plan, known record.Campaign, same bool) (SendDoes, error) {
	other, err := d.otherThan(known, p)
	if err != nil || other != "" {
		return other, err
	}
	forgotten, err := d.forgotten(ctx, known.ID)
	unchanged := p.File.SHA256() == known.File.SHA256
	switch {
	case err != nil:
		return "", err
	case !unchanged && forgotten > 0:
		return SendForgotten, nil
	case !unchanged && !same:
		return SendUpdates, nil
	case !known.FinishedAt.IsZero():
		return SendFinished, nil
	}
	return SendResumes, nil
}

// nextOf spells the command that sends a checked file, by what sending would do.
func (d *Desk) nextOf(ctx context.Context, c *Checked) (words []string, err error) {
	p, k, people := c.Plan, c.Known, 0
	if p.Report != nil {
		people = p.Report.People
	}
	words = p.Request.SendWords()
	if k != nil && k.Send != nil {
		people = k.Send.People
	}
	switch {
	case k == nil:
	case k.Does == SendFinished, k.Does == SendForgotten:
		return words, nil
	case k.Does == SendResumes && p.compared == nil:
		words = p.Request.ResumeWords()
	case k.Does == SendUpdates:
		words = append(words, "--update")
	case k.Does.NeedsOtherName():
		if words, err = d.renamed(ctx, p.Request, p.Name); err != nil {
			return nil, err
		}
	}
	if n := p.Hours.Part(people); n > 0 {
		words = append(words, "--first", strconv.Itoa(n))
	}
	return words, nil
}

// dropDecisions takes the decisions for made: sending the file goes on with a campaign as it was planned.
func (p *Plan) dropDecisions() {
	decided := func(of []problem.Problem) (rest []problem.Problem) {
		for _, one := range of {
			if one.Severity != problem.Decision {
				rest = append(rest, one)
			}
		}
		return rest
	}
	p.ColumnIssues, p.Report.File = decided(p.ColumnIssues), decided(p.Report.File)
}

// compare gives a row to the comparison with the plan's campaign.
func (p *Plan) compare(ctx context.Context, row record.Row) error {
	if p.compared == nil {
		return nil
	}
	return p.compared.Add(ctx, row)
}

// endComparison ends the comparison with the plan's campaign.
func (p *Plan) endComparison() {
	if p.compared != nil {
		_ = p.compared.Discard(context.Background()) // a temporary table's, which does not fail
		p.compared = nil
	}
}
