package campaign

import (
	"context"
	"errors"
	"os"

	"kanal-campaign/campaign/audit"
	"kanal-campaign/campaign/hours"
	"kanal-campaign/campaign/number"
	"kanal-campaign/campaign/record"
)

// Status is how far a campaign is.
type Status struct {
	Campaign record.Campaign
	Tallies  Tallies
	Running  record.Run         // that of the process at work on it; zero when there is none
	Hours    hours.HoursVerdict // of which the volume counts: how many people may still be written to
	Rest     int                // how many messages are left of a part that --first has begun; 0 without one
}

// Status tells how far campaigns are. The ledger may be written meanwhile.
func (d *Desk) Status(ctx context.Context, campaigns ...record.Campaign) ([]Status, error) {
	all := make([]Status, len(campaigns))
	for i, c := range campaigns {
		var err error
		if all[i], err = d.status(ctx, c); err != nil {
			return nil, err
		}
		if all[i].Running, err = d.Ledger.Running(ctx, c.Name); err != nil {
			return nil, err
		}
	}
	return all, nil
}

// status is Status without who is at work on the campaign.
func (d *Desk) status(ctx context.Context, c record.Campaign) (s Status, err error) {
	s.Campaign = c
	if s.Tallies, err = d.Ledger.Tallies(ctx, c.ID); err != nil {
		return s, err
	}
	if s.Hours, err = d.VolumeLeft(ctx, c); err != nil {
		return s, err
	}
	s.Rest, err = d.PartLeft(ctx, c)
	return s, err
}

// History is all that a ledger knows about one person.
type History struct {
	Number  string // digits
	Region  string // ISO 3166 alpha-2; empty where the number belongs to no country
	OptOuts []record.OptOut
	Entries []HistoryEntry // the oldest first
	Tests   []record.TestSent
	// Erased tells that people were forgotten in this ledger: whoever they were, nothing is found of them.
	Erased bool
}

// HistoryEntry is one row of the person.
type HistoryEntry struct {
	Campaign record.Campaign
	Row      record.Row
	Attempts []record.Attempt
}

// History finds what the ledger knows about the person of a number.
func (d *Desk) History(ctx context.Context, n number.Number) (h History, err error) {
	h.Number, h.Region = n.Digits, n.Region
	person := number.Canonical(n.Digits)
	if h.OptOuts, err = d.Ledger.OptOuts(ctx, person); err != nil {
		return h, err
	}
	if h.Erased, _, err = d.Ledger.Erased(ctx); err != nil {
		return h, err
	}
	tests, err := d.testsTo(ctx, person)
	if err != nil {
		return h, err
	}
	for _, t := range tests {
		if t.Attempt.ID != 0 {
			h.Tests = append(h.Tests, t)
		}
	}
	campaigns, err := d.Ledger.CampaignsByID(ctx)
	if err != nil {
		return h, err
	}
	rows, err := d.Ledger.RowsOf(ctx, person)
	if err != nil {
		return h, err
	}
	for _, row := range rows {
		attempts, err := d.Ledger.Attempts(ctx, row.ID)
		if err != nil {
			return h, err
		}
		h.Entries = append(h.Entries, HistoryEntry{Campaign: campaigns[row.CampaignID], Row: row, Attempts: attempts})
	}
	return h, nil
}

// Verification is the audit of one campaign.
type Verification struct {
	Campaign  record.Campaign
	Running   bool     // then less is certain
	Integrity []string // what does not fit together in the ledger's file
	Audit     audit.Report
	File      string // the results file that was held against the ledger; empty for none
	Compared  record.Comparison
	Stale     bool   // the campaign went on after the file was written
	Beside    string // without a File: the results file that the campaign has, and that was not asked about; empty for none
}

// Holds reports whether nothing was found.
func (v Verification) Holds() bool {
	return len(v.Integrity)+len(v.Audit.Findings)+len(v.Compared.Found) == 0 && v.Audit.Places.Hold()
}

// Verify looks whether what the ledger holds of a campaign can be true, and holds a results file against it; "" for none.
func (d *Desk) Verify(ctx context.Context, c record.Campaign, file string) (v Verification, err error) {
	v.Campaign, v.File = c, file
	whole := make(chan error, 1)
	var integrity []string
	go func() { // beside the audit: each reads everything once
		var err error
		integrity, err = d.Ledger.Integrity(ctx)
		whole <- err
	}()
	audited := d.audit(ctx, &v)
	err = <-whole
	if v.Integrity = integrity; err != nil {
		return v, err
	}
	if audited != nil {
		return v, audited
	}
	if file == "" {
		path := d.place(c.OutDir, c.Name).Results()
		if _, err := os.Stat(path); err == nil {
			v.Beside = path
		}
		return v, nil
	}
	v.Compared, err = d.Source(ctx, v.Campaign).CompareResults(file)
	if errors.As(err, new(*record.NoResultsError)) {
		return v, &Refusal{Code: RefusedNotItsResults, Campaign: c, Path: file}
	}
	if err != nil {
		return v, err
	}
	last, err := d.Ledger.LastActivity(ctx, v.Campaign)
	v.Stale = last.After(v.Compared.WrittenAt)
	return v, err
}

// audit looks at the campaign. It looks again when the campaign was set going meanwhile, for then less is certain.
func (d *Desk) audit(ctx context.Context, v *Verification) error {
	before, err := d.Ledger.Running(ctx, v.Campaign.Name)
	for err == nil {
		v.Running = before != (record.Run{})
		if v.Campaign, err = d.Ledger.Campaign(ctx, v.Campaign.Name); err != nil {
			break
		}
		v.Audit, err = audit.Campaign(ctx, d.Ledger, v.Campaign, audit.Options{Running: v.Running, Rehearsal: d.Rehearsal})
		if err != nil {
			break
		}
		was := before
		if before, err = d.Ledger.Running(ctx, v.Campaign.Name); v.Running || before == was {
			break
		}
	}
	return err
}
