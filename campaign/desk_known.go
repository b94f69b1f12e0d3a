package campaign

import (
	"cmp"
	"context"
	"slices"
	"time"

	"kanal-campaign/campaign/message"
	"kanal-campaign/campaign/record"
	"kanal-campaign/kanal"
	"kanal-campaign/kanal/sandbox"
)

// atOnce bounds how long Kanal is waited for by who only wants to know what can be named.
const atOnce = 2 * time.Second

// Campaigns are those of the ledger.
func (d *Desk) Campaigns(ctx context.Context) ([]record.Campaign, error) {
	return d.Ledger.Campaigns(ctx)
}

// Runs are those of a campaign, the oldest first.
func (d *Desk) Runs(ctx context.Context, name string) ([]record.Run, error) {
	return d.Ledger.Runs(ctx, name)
}

// KnownCampaigns are those of the ledger, as far as they can be told at once; only those that are not finished, where that is
// asked for. The desk needs no ledger.
func (d *Desk) KnownCampaigns(ctx context.Context, unfinished bool) []record.Campaign {
	if d.Ledger == nil {
		return nil
	}
	all, _ := d.Ledger.Campaigns(ctx)
	return slices.DeleteFunc(all, func(c record.Campaign) bool { return unfinished && !c.FinishedAt.IsZero() })
}

// KnownTemplate is a template that a person may mean.
type KnownTemplate struct {
	Name     string
	Body     string // of one of the account
	Campaign string // that was sent with it, of one that the ledger tells
	Sandbox  bool   // the sandbox has it
}

// KnownTemplates are those of the account, where a key is at hand and Kanal answers at once; those of the ledger's campaigns
// otherwise, by name, and in a rehearsal those of the sandbox. The desk needs no ledger, and is not connected.
func (d *Desk) KnownTemplates(ctx context.Context) (known []KnownTemplate) {
	for _, t := range d.templatesAtOnce(ctx) {
		known = append(known, KnownTemplate{Name: t.Name, Body: t.Body})
	}
	if len(known) > 0 {
		return known
	}
	if d.Rehearsal {
		for _, t := range sandbox.BuiltIn(0) {
			known = append(known, KnownTemplate{Name: t.Name, Sandbox: true})
		}
	}
	for _, c := range d.KnownCampaigns(ctx, false) {
		if c.Kind == string(message.KindTemplate) {
			known = append(known, KnownTemplate{Name: c.Title, Campaign: c.Name})
		}
	}
	slices.SortStableFunc(known, func(a, b KnownTemplate) int { return cmp.Compare(a.Name, b.Name) })
	return slices.CompactFunc(known, func(a, b KnownTemplate) bool { return a.Name == b.Name })
}

// KnownFields are those of a template, by its id or name, from the same sources as KnownTemplates.
func (d *Desk) KnownFields(ctx context.Context, template string) []string {
	if t, err := FindTemplate(d.templatesAtOnce(ctx), template, nil); err == nil {
		return message.TemplateMessage(t).FieldNames()
	}
	for _, c := range d.KnownCampaigns(ctx, false) {
		if c.Kind == string(message.KindTemplate) && (c.Title == template || c.Of == template) {
			return c.Fields
		}
	}
	return nil
}

// KnownOutcomes are what has become of rows for a cause; where a choice is given, of those that a retry may take.
func (d *Desk) KnownOutcomes(ctx context.Context, name string, choice *RetryChoice) []record.Tally {
	for _, c := range d.KnownCampaigns(ctx, false) {
		if c.Name == name {
			tallies, _ := d.Ledger.Tallies(ctx, c.ID)
			return slices.DeleteFunc(tallies, func(t record.Tally) bool { return t.Cause == "" || choice != nil && !choice.takes(t) })
		}
	}
	return nil
}

// templatesAtOnce asks Kanal for the list, with a key that is at hand.
func (d *Desk) templatesAtOnce(ctx context.Context) []kanal.Template {
	client, err := d.clientAtHand(ctx, atOnce)
	if client == nil || err != nil {
		return nil
	}
	templates, _ := client.Templates(ctx)
	return templates
}

// clientAtHand is one for the account's key, where that can be had without asking a person; nil where it cannot.
func (d *Desk) clientAtHand(ctx context.Context, timeout time.Duration) (*kanal.Client, error) {
	key, err := d.Key(ctx, false)
	if err != nil || key == "" {
		return nil, err
	}
	client, err := kanal.New(kanal.Config{BaseURL: d.APIURL, Key: key, Timeout: timeout, UserAgent: d.UserAgent, Transport: d.Transport})
	if err != nil {
		return nil, &Refusal{Code: RefusedConfiguration, Err: err}
	}
	return client, nil
}
