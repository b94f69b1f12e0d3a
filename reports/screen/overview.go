package screen

import (
	"cmp"
	"iter"
	"maps"
	"path/filepath"
	"slices"
	"time"

	"kanal-campaign/campaign"
	"kanal-campaign/campaign/message"
	"kanal-campaign/campaign/number"
	"kanal-campaign/campaign/outcome"
	"kanal-campaign/campaign/record"
	"kanal-campaign/campaign/text"
	"kanal-campaign/reports/words"
)

// Overview is all that a report says about a campaign, in clean words that are ready to be read. Whoever renders it only
// decides how it looks.
type Overview struct {
	Words    *words.Words // in which it is said
	Mode     Mode
	Local    string // a sentence, for live messages that went to an address of this computer; else empty
	Name     string
	State    string // a sentence: how far the campaign is
	Accepted string // a sentence: how many have the message
	Counted  string // a sentence: what Outcomes count, where that is more than the rows of the file; else empty
	Attempts int    // requests made
	Unmasked bool   // numbers, names and keys are shown whole
	Rebuilt  string // a sentence, for a campaign that was rebuilt from its results; else empty
	Doubts   string // a sentence about the rows in doubt; empty when there are none
	Written  time.Time
	Zone     string // of all times

	Facts     []Fact
	Message   []MessagePart
	Outcomes  []Outcome
	Total     int // of the outcomes' rows, of which each is a share
	Reasons   []Reason
	Next      []NextStep
	Countries []Country
	Forgotten string // a sentence, where rows of people who were forgotten stand in no country; else empty
	Timeline  Timeline
	Runs      []RunLine
	Problems  []ProblemLine

	Scope      string // a sentence: which recipients are listed
	HasNames   bool   // contacts' names were passed to Kanal
	Recipients iter.Seq2[Recipient, error]
}

// Fact is a label and what there is to say.
type Fact struct{ Label, Text string }

// Outcome is how many rows have a status.
type Outcome struct {
	Status outcome.Status
	Label  string
	Rows   int
	Of     int    // Overview.Total
	Share  string // "98.3%"
}

// Reason is how many rows share a status and a cause.
type Reason struct {
	Status, Label, Code, Advice string
	Rows                        int
}

// NextStep is something to be done, and the command that does it, in the pieces between which a line may break; none where there
// is no command.
type NextStep struct {
	Text    string
	Command []string
}

// Country counts the rows of a country's numbers.
type Country struct {
	Name                 string
	Rows, Accepted, Most int // Most is the largest country's Rows
}

// OverviewOptions say how an overview is told.
type OverviewOptions struct {
	Session
	Unmasked bool
	Location *time.Location // nil for the computer's own
}

// NewOverview says what there is to say about a campaign.
func NewOverview(f Face, facts campaign.ReportFacts, o OverviewOptions) (*Overview, error) {
	b := &overviewBuilder{Face: f, options: o, facts: facts, campaign: facts.Campaign, tallies: facts.Tallies, counts: facts.Tallies.Counts(),
		mask: masker{whole: o.Unmasked}}
	if o.Location == nil {
		b.options.Location = time.Local
	}
	var err error
	if b.message, err = message.MessageOf(b.campaign); err != nil {
		return nil, err
	}
	b.runs = b.runsOfThis()
	v := b.overview()
	v.Countries = b.countries()
	if n := b.tallies.ForgottenMessages(); n > 0 {
		v.Forgotten = b.ReportForgottenCountries(n)
	}
	v.Timeline = b.timeline(facts.Minutes)
	v.Problems = b.problems()
	v.Scope = b.scope()
	v.Recipients = b.recipients
	return v, nil
}

type overviewBuilder struct {
	Face
	options  OverviewOptions
	facts    campaign.ReportFacts
	campaign record.Campaign
	message  message.Message
	tallies  campaign.Tallies
	counts   campaign.Counts
	runs     []record.Run
	mask     masker
}

func (b *overviewBuilder) isRunning() bool { return b.facts.Running != (record.Run{}) }

// runsOfThis leaves out the runs of rehearsals that this one took the place of.
func (b *overviewBuilder) runsOfThis() []record.Run {
	if b.options.Mode != Sandbox {
		return b.facts.Runs
	}
	return slices.DeleteFunc(slices.Clone(b.facts.Runs), func(r record.Run) bool {
		return !r.EndedAt.IsZero() && r.EndedAt.Before(b.campaign.CreatedAt)
	})
}

func (b *overviewBuilder) in(t time.Time) time.Time { return t.In(b.options.Location) }

func (b *overviewBuilder) overview() *Overview {
	v := &Overview{
		Words: b.Words,
		Mode:  b.options.Mode, Name: text.Clean(b.campaign.Name), State: b.state(), Accepted: b.accepted(), Counted: b.counted(), Doubts: b.doubts(),
		Unmasked: b.options.Unmasked, Written: b.in(b.facts.AsOf), Zone: b.zones(), HasNames: b.campaign.Settings.NameColumn != "",
		Total: b.tallies.Messages().Total(),
		Facts: b.about(), Message: b.messageParts(), Outcomes: b.outcomes(), Reasons: b.reasons(), Next: b.next(), Runs: b.runLines(),
	}
	if local := loopback(b.campaign.APIURL); local != "" && b.options.Mode == Live {
		v.Local = b.ReportLocal(text.Clean(local))
	}
	if from := b.campaign.RebuiltFrom; from != "" {
		v.Rebuilt = b.ReportRebuilt(b.InQuotes(filepath.Base(from)))
	}
	return v
}

// outcomes lists every status that a reader asks for, and the others when there are rows.
func (b *overviewBuilder) outcomes() []Outcome {
	counts := b.tallies.Messages()
	total := counts.Total()
	var all []Outcome
	for _, status := range outcome.Statuses {
		rows := counts[status]
		always := status == outcome.Sent || status == outcome.Rejected || status == outcome.Unknown
		if rows > 0 || always {
			all = append(all, Outcome{Status: status, Label: b.Status(status), Rows: rows, Of: total, Share: b.share(rows, total)})
		}
	}
	return all
}

// reasons are those that the counts do not tell: the largest first within each status.
func (b *overviewBuilder) reasons() []Reason {
	var all []Reason
	for _, status := range outcome.Statuses {
		for _, r := range b.tallies.MessageReasons(status) {
			if r.Cause == "" || status == outcome.Pending {
				continue
			}
			label, advice := CauseWords(b.Words, r.Cause, "")
			all = append(all, Reason{Status: b.Status(status), Label: label, Code: text.Clean(r.Code), Advice: advice, Rows: r.Rows})
		}
	}
	return all
}

// next is what a person can do now: nothing, while somebody is at it.
func (b *overviewBuilder) next() []NextStep {
	if b.isRunning() {
		return nil
	}
	screen := SummaryScreen{Session: b.options.Session,
		Summary: campaign.Summary{Campaign: b.campaign, Tallies: b.tallies, Hours: b.facts.Hours, Rest: b.facts.Rest}}
	var steps []NextStep
	for _, next := range screen.nextSteps(b.Face) {
		steps = append(steps, NextStep{Text: text.Clean(next.text), Command: POSIX.units(b.Words, next.command)})
	}
	return steps
}

// countries sums numbers by country, the largest first.
func (b *overviewBuilder) countries() []Country {
	byRegion := map[string]*Country{}
	rules := number.Rules{AcceptPossible: true, Version: 1} // whatever a campaign may have sent to
	for _, g := range b.facts.Phones {
		n, _ := rules.Clean("+" + g.Example) // without a region where it fails
		country := byRegion[n.Region]
		if country == nil {
			country = &Country{Name: b.NoCountry()}
			if n.Region != "" {
				country.Name = b.Country(n.Region)
			}
			byRegion[n.Region] = country
		}
		country.Rows += g.Rows
		if g.Status == outcome.Sent || g.Status == outcome.AlreadySent {
			country.Accepted += g.Rows
		}
	}
	var all []Country
	for _, region := range slices.Sorted(maps.Keys(byRegion)) {
		all = append(all, *byRegion[region])
	}
	slices.SortStableFunc(all, func(a, b Country) int { return cmp.Or(cmp.Compare(b.Rows, a.Rows), cmp.Compare(a.Name, b.Name)) })
	for i := range all {
		all[i].Most = all[0].Rows
	}
	return all
}
