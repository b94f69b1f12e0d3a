package cli

import (
	"context"
	"encoding/json"
	"slices"

	"kanal-campaign/campaign/ledger"
	"kanal-campaign/campaign/record"
	"kanal-campaign/reports/screen"
)

// findKept finds the person's number in what tells a campaign as a whole, which no forgetting changes: its name is part of
// every key, and its message is what everybody else was sent.
func (f *forgetting) findKept(ctx context.Context) error {
	campaigns, err := f.ledger.Campaigns(ctx)
	if err != nil {
		return err
	}
	named, err := f.ledger.NamedFiles(ctx)
	if err != nil {
		return err
	}
	f.screen.Kept = nil
	for _, c := range campaigns {
		if err := f.keptOf(c); err != nil {
			return err
		}
		named = append(named, ledger.NamedFile{Campaign: c.Name, Path: c.RebuiltFrom}, ledger.NamedFile{Campaign: c.Name, Path: c.OutDir},
			ledger.NamedFile{Campaign: c.Name, Path: c.File.Path}, ledger.NamedFile{Campaign: c.Name, Path: c.Settings.Holidays})
		for _, list := range c.Settings.Suppress {
			named = append(named, ledger.NamedFile{Campaign: c.Name, Path: list.Path})
		}
	}
	for _, one := range named {
		if f.trace.In(one.Campaign) {
			f.keep(one.Campaign, screen.KeptInName)
		}
		if f.trace.In(one.Path) {
			f.keep(one.Campaign, screen.KeptInFiles)
		}
	}
	for i, kept := range f.screen.Kept {
		if slices.ContainsFunc(campaigns, func(c record.Campaign) bool { return c.Name == kept.Campaign }) {
			f.screen.Kept[i].Look = f.command("status", kept.Campaign)
		}
	}
	return nil
}

// keptOf looks into a campaign's message, and into how its file was read.
func (f *forgetting) keptOf(c record.Campaign) error {
	if f.trace.In(c.Title) || f.trace.In(string(c.Message)) {
		f.keep(c.Name, screen.KeptInMessage)
	}
	settings := c.Settings
	settings.Suppress, settings.Holidays = nil, ""
	columns, err := json.Marshal([]any{c.File.Header, c.Fields, settings})
	if err == nil && f.trace.In(string(columns)) {
		f.keep(c.Name, screen.KeptInColumns)
	}
	return err
}

// keep adds a place to those of the campaign of that name.
func (f *forgetting) keep(campaign string, where screen.KeptIn) {
	i := slices.IndexFunc(f.screen.Kept, func(k screen.ForgetKept) bool { return k.Campaign == campaign })
	if i < 0 {
		i = len(f.screen.Kept)
		f.screen.Kept = append(f.screen.Kept, screen.ForgetKept{Campaign: campaign})
	}
	if k := &f.screen.Kept[i]; !slices.Contains(k.Where, where) {
		k.Where = append(k.Where, where)
	}
}
