package cli

import (
	"cmp"
	"context"
	"fmt"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/spf13/pflag"

	"kanal-campaign/campaign"
	"kanal-campaign/campaign/audience"
	"kanal-campaign/campaign/ledger"
	"kanal-campaign/campaign/outcome"
	"kanal-campaign/campaign/record"
	"kanal-campaign/reports"
)

// sendAgain is send with a file whose campaign the ledger has: it goes on, updates, or says what is to be decided.
func (r *run) sendAgain(ctx context.Context, path string) error {
	if err := r.sameSettings(); err != nil {
		return err
	}
	if err := r.reconnect(ctx); err != nil {
		return err
	}
	if err := r.Place(ctx, &r.campaign, r.request); err != nil {
		return err
	}
	r.request.TakeTimes(&r.campaign.Settings)
	sum, err := audience.Digest(path)
	if err != nil {
		return err
	}
	lifts, err := r.mayLift(ctx)
	if err != nil {
		return err
	}
	if sum != r.campaign.File.SHA256 || lifts || r.settlesConsent() {
		return r.sendChanged(ctx, path)
	}
	if err := r.samePlan(); err != nil {
		return err
	}
	if !r.campaign.FinishedAt.IsZero() {
		return r.finished(ctx)
	}
	return r.resume(ctx)
}

// resume goes on with the campaign, as it was planned.
func (r *run) resume(ctx context.Context) error {
	req := r.request
	req.File = r.inputFile
	p, err := r.ProposeResume(ctx, req, r.campaign, r.message, r.fresh, r.held)
	if err != nil {
		return r.refusedBy(ctx, err)
	}
	return r.carryThrough(ctx, p, func(s *session, p *campaign.Proposal) {
		reports.Resume(s.planWriter(len(p.Asking.Reasons()) > 0), s.resumeScreen(p))
	})
}

// finished tells that the campaign is over, and what one can do.
func (r *run) finished(ctx context.Context) error {
	return r.refusedBy(ctx, r.Finished(ctx, r.campaign, r.request))
}

// mayLift reports whether an update may take people in whom a list has left out: then the same file makes another plan.
func (r *run) mayLift(ctx context.Context) (bool, error) {
	if !r.update {
		return false, nil
	}
	tallies, err := r.ledger.Tallies(ctx, r.campaign.ID)
	return campaign.Tallies(tallies).LeftOutFor(outcome.CauseSuppressed) > 0, err
}

// sendChanged compares a changed file with its campaign. A file in which no message has changed, only the order or
// other columns, is the same campaign in a new place.
func (r *run) sendChanged(ctx context.Context, path string) error {
	if forgotten, err := r.ledger.Forgotten(ctx, r.campaign.ID); err != nil {
		return err
	} else if forgotten > 0 { // nobody knows any more whether they are in this file
		return decideBy(r.Err.ForgottenUpdate(forgotten, reports.Clean(r.campaign.Name)) + " " + r.Err.ForgottenWay())
	}
	if _, err := r.ledger.Abandon(ctx, r.campaign.ID, r.doubtDelay); err != nil {
		return err
	}
	p, err := r.newPlan(r.name, path, r.fresh, r.updatedSettings(r.campaign, path, r.flags))
	if err != nil {
		return err
	}
	if err := r.filterLost(ctx, p); err != nil {
		return err
	}
	p.OutDir = r.campaign.OutDir
	staging, err := r.stage(ctx, p)
	if err != nil {
		return err
	}
	defer staging.Discard(ctx)
	again := r.updateWords(r.campaign, path)
	if err := r.judge(p, append(slices.Clone(again), r.firstWords()...)); err != nil {
		return err
	}
	changes, first, err := staging.Compare(ctx, r.campaign.ID)
	if err != nil {
		return err
	}
	switch {
	case changes.None() && !r.campaign.FinishedAt.IsZero():
		return r.finished(ctx)
	case changes.None():
		return r.moveAndResume(ctx, p, staging)
	}
	r.lists = p.Lists
	told, next, err := r.changesOf(ctx, p, r.campaign, staging, changes, first)
	if err != nil {
		return err
	}
	if !r.update {
		part := r.firstWords()
		told.Part = r.first
		if n := p.Hours.Part(next.People); n > 0 {
			part = []string{"--first", strconv.Itoa(n)}
		}
		reports.ChangedFile(r.Err, r.fromFile(path), told, p.Hours, r.mode, r.command(append(again, part...)...))
		return &exit{code: exitDecision}
	}
	return r.applyUpdate(ctx, p, staging, told, next)
}

// updateWords spells the send command that takes a changed file, with the flags that its campaign does not remember.
func (s *session) updateWords(c record.Campaign, path string) []string {
	words := []string{"send", path, "--update"}
	if s.options.campaign != "" {
		words = append(words, "--campaign", s.options.campaign)
	}
	words = append(words, s.hoursWords()...)
	s.flags.Visit(func(f *pflag.Flag) {
		switch f.Name {
		case "duplicates", "encoding", "delimiter", "sheet", "min-gap", "send-window", "timezone", "country-column", "bare-numbers":
			words = append(words, "--"+f.Name, f.Value.String())
		case "accept-possible", "skip-invalid":
			words = append(words, "--"+f.Name)
		}
	})
	if c.RebuiltFrom != "" { // of which results told what they know
		if s.country != "" && c.Settings.Country == "" {
			words = append(words, "--country", s.country)
		}
		words = append(words, s.choiceWords()...)
	} else if !c.Settings.SettlesConsent() {
		words = append(words, s.consentWords()...)
	}
	return append(words, s.suppressWords()...)
}

// moveAndResume takes a file's new order over, and goes on as planned: what was confirmed stays confirmed, and no later.
func (r *run) moveAndResume(ctx context.Context, p *campaign.Plan, staging *ledger.Staging) error {
	definition, err := p.Definition(r.Client().BaseURL())
	if err != nil {
		return err
	}
	r.campaign.File, r.campaign.Settings = definition.File, definition.Settings
	if err := staging.Update(ctx, r.campaign); err != nil {
		return err
	}
	return r.resume(ctx)
}

func (r *run) applyUpdate(ctx context.Context, p *campaign.Plan, staging *ledger.Staging, changes reports.FileChanges, sel *campaign.Selection) error {
	shown, err := r.shownOf(ctx, p, sel)
	if err != nil {
		return err
	}
	reports.Updating(r.planWriter(true), reports.UpdateScreen{
		Mode: r.mode, From: r.Account(), Team: r.team(ctx), APIURL: r.Client().BaseURL(), Campaign: r.fromFile(p.Path),
		Changes: changes, Message: r.fresh, Report: shown, Warnings: p.ColumnIssues, ProblemsPath: p.ProblemsPath,
		ToSend: sel.Messages(), Beyond: sel.Beyond, People: sel.People, First: r.first, Rate: r.rate,
		Hours: p.Hours, Window: windowScreen(sel.Window.Forecast(sel.Messages(), r.rate, time.Now())),
		Start: time.Now(), TextChanged: !r.fresh.Same(r.message), OldText: r.message.Skeleton(), NewText: r.fresh.Skeleton(),
	})
	if err := r.agreed(ctx, asking(sel, p.Hours)); err != nil {
		return err
	}
	definition, err := p.Definition(r.Client().BaseURL())
	if err != nil {
		return err
	}
	r.campaign.Definition = definition
	r.campaign.ConfirmedAt, r.campaign.FinishedAt = time.Now(), time.Time{}
	if err := staging.Update(ctx, r.campaign); err != nil {
		return err
	}
	r.takenOver = r.command(append([]string{"resume", r.name}, r.firstWords()...)...)
	e := r.execution(r.fresh, sel)
	if err := e.ConfirmedUpTo(ctx, sel.Messages()); err != nil {
		return err
	}
	return r.carryOut(ctx, e)
}

// fromFile is the campaign under the name of the file that it is compared with.
func (r *run) fromFile(path string) record.Campaign {
	c := r.campaign
	c.File.Name = filepath.Base(path)
	return c
}

// updatedSettings are the campaign's, but for what a changed file may need anew.
func (s *session) updatedSettings(c record.Campaign, path string, flags *pflag.FlagSet) record.Settings {
	settings, asked := c.Settings, s.settings()
	settings.SkipInvalid = asked.SkipInvalid // new errors are never left out on an old word
	if record.IsWorkbook(c.File.Name) && !record.IsWorkbook(path) {
		settings.Sheet = "" // the same list as CSV
	}
	if c.RebuiltFrom != "" && settings.Country == "" {
		settings.Country = asked.Country
	}
	if settings.CountryColumn == "" { // it was not decided
		settings.CountryColumn = asked.CountryColumn
	}
	if settings.BareNumbers == "" {
		settings.BareNumbers = asked.BareNumbers
	}
	takeConsent(&settings, asked)
	if c.RebuiltFrom != "" && len(settings.Where) == 0 {
		settings.Where = asked.Where
	}
	for name, take := range map[string]func(){
		"duplicates":      func() { settings.Duplicates = asked.Duplicates },
		"encoding":        func() { settings.Encoding = asked.Encoding },
		"delimiter":       func() { settings.Delimiter = asked.Delimiter },
		"sheet":           func() { settings.Sheet = asked.Sheet },
		"accept-possible": func() { settings.AcceptPossible = asked.AcceptPossible },
		"min-gap":         func() { settings.MinGap = asked.MinGap },
	} {
		if flags.Changed(name) {
			take()
		}
	}
	return settings
}

// settingFlag is a flag beside the value that the campaign was planned with.
type settingFlag struct{ name, asked, planned string }

// sameSettings stops a command whose flags ask for another campaign than the one in the ledger: they would be ignored.
func (r *run) sameSettings() error {
	asked, planned := r.settings(), r.campaign.Settings
	return r.stopOnOther(append(r.choiceSettings(), []settingFlag{
		{"country-column", asked.CountryColumn, cmp.Or(planned.CountryColumn, asked.CountryColumn)}, // an update takes one
		{"bare-numbers", asked.BareNumbers, cmp.Or(planned.BareNumbers, asked.BareNumbers)},
		{"country", asked.Country, planned.Country},
		{"phone-column", asked.PhoneColumn, planned.PhoneColumn},
		{"name-column", asked.NameColumn, planned.NameColumn},
		{"email-column", asked.EmailColumn, planned.EmailColumn},
		{"variables", strings.Join(asked.Variables, ","), strings.Join(planned.Variables, ",")},
		{"map", fmt.Sprint(asked.Map), fmt.Sprint(planned.Map)},
	}...))
}

// samePlan stops a command with the same file whose flags would have made another plan of it.
func (r *run) samePlan() error {
	asked, planned := r.settings(), r.campaign.Settings
	return r.stopOnOther([]settingFlag{
		{"country-column", asked.CountryColumn, planned.CountryColumn},
		{"bare-numbers", asked.BareNumbers, planned.BareNumbers},
		{"duplicates", asked.Duplicates, planned.Duplicates},
		{"encoding", asked.Encoding, planned.Encoding},
		{"delimiter", asked.Delimiter, planned.Delimiter},
		{"sheet", asked.Sheet, planned.Sheet},
		{"skip-invalid", fmt.Sprint(asked.SkipInvalid), fmt.Sprint(planned.SkipInvalid)},
		{"accept-possible", fmt.Sprint(asked.AcceptPossible), fmt.Sprint(planned.AcceptPossible)},
		{"min-gap", asked.MinGap, planned.MinGap},
		{"consent-column", consentText(asked, r.campaign.File.Header), consentText(planned, r.campaign.File.Header)},
	})
}

func (r *run) stopOnOther(flags []settingFlag) error {
	for _, flag := range flags {
		if r.campaign.RebuiltFrom != "" && orNone(flag.planned) == orNone("") { // its results did not tell
			continue
		}
		if r.flags.Changed(flag.name) && flag.asked != flag.planned {
			return decide("Campaign %s was planned with --%s %s, and now %s is asked for. Leave the flag out to go on with it, "+
				"or start another campaign with --campaign NAME. Nothing was sent.",
				reports.Clean(r.campaign.Name), flag.name, orNone(flag.planned), orNone(flag.asked))
		}
	}
	return nil
}

func orNone(value string) string {
	if value == "" || value == "map[]" {
		return "(none)"
	}
	return value
}
