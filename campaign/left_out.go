package campaign

import (
	"context"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"kanal-campaign/campaign/audience"
	"kanal-campaign/campaign/ledger"
	"kanal-campaign/campaign/message"
	"kanal-campaign/campaign/outcome"
	"kanal-campaign/campaign/plan"
	"kanal-campaign/campaign/problem"
	"kanal-campaign/campaign/record"
)

// LeftOutSince tells whom the sender would leave out of a campaign now, although its plan does not: who has opted out since; but for
// rows in doubt, whom another campaign has messaged too recently; and of rows that were tried before, which --duplicates allow may
// have planned, people with another message where everybody gets one.
func (d *Desk) LeftOutSince(ctx context.Context, c record.Campaign) (func(ledger.Recipient) (bool, error), error) {
	optOuts, err := d.Ledger.HasOptOuts(ctx, c.Account)
	if err != nil {
		return nil, err
	}
	recent := func(context.Context, string) (record.Detail, error) { return record.Detail{}, nil }
	if gap := ParseGap(c.Settings.MinGap); gap > 0 {
		if recent, err = d.Ledger.RecentMessages(ctx, c.Account, c.Name, d.Ledger.Now().Add(-gap)); err != nil {
			return nil, err
		}
	}
	same := func(context.Context, ledger.Recipient) (bool, error) { return false, nil }
	if c.Settings.SkipRepeats {
		if same, err = d.sameSince(ctx, c); err != nil {
			return nil, err
		}
	}
	return func(r ledger.Recipient) (bool, error) {
		if optOuts {
			if since, err := d.Ledger.OptedOut(ctx, c.Account, r.Person); err != nil || !since.IsZero() {
				return err == nil, err
			}
		}
		if r.Tried && c.Settings.Duplicates != record.DuplicatesAllow {
			if has, err := d.Ledger.Messaged(ctx, c.ID, r.ID, r.Person); err != nil || has {
				return has, err
			}
		}
		if r.State.Status == outcome.Unknown {
			return false, nil
		}
		if has, err := same(ctx, r); err != nil || has {
			return has, err
		}
		message, err := recent(ctx, r.Person)
		return err == nil && !message.Since.IsZero(), err
	}, nil
}

// sameSince tells of a row of the campaign whether another one has, or may have, sent its very message.
func (d *Desk) sameSince(ctx context.Context, c record.Campaign) (func(context.Context, ledger.Recipient) (bool, error), error) {
	m, err := message.MessageOf(c)
	if err != nil {
		return nil, err
	}
	same, err := d.Ledger.SameMessages(ctx, c.Name)
	return func(ctx context.Context, r ledger.Recipient) (bool, error) {
		row, err := d.Ledger.Row(ctx, r.ID)
		if err != nil {
			return false, err
		}
		row.Phone = r.Phone // of the file that is sent
		found, err := same(ctx, m.ContentIDs(row))
		return err == nil && !found.Since.IsZero(), err
	}, err
}

// Lists are the lists of people to whom nothing is sent, as they were read. A nil one has nobody.
type Lists struct {
	People    *plan.Suppressed
	Questions *plan.ListQuestions // who may be on one
	names     []string
}

// areAsRead reports whether the lists' files still hold what was read of them.
func (l *Lists) areAsRead() bool {
	if l == nil {
		return true
	}
	return !slices.ContainsFunc(l.People.Lists(), func(list record.Suppression) bool {
		digest, err := audience.Digest(list.Path)
		return err != nil || digest != list.SHA256
	})
}

// Name names the list that a person is on; "" for none.
func (l *Lists) Name(person string) string {
	if l == nil {
		return ""
	}
	if list, on := l.People.List(person); on {
		return l.names[list]
	}
	return ""
}

// Has reports whether a person is on one of the lists.
func (l *Lists) Has(person string) bool { return l.Name(person) != "" }

// Ask keeps in mind that a person may be on a list.
func (l *Lists) Ask(row int, person string) {
	if l != nil {
		l.Questions.Ask(row, person)
	}
}

// Answer is a *Refusal where it cannot be told of somebody who was asked about whether they are on a list.
func (l *Lists) Answer() error {
	if l == nil {
		return nil
	}
	if open := l.Questions.Problems(); len(open) > 0 {
		return &Refusal{Code: RefusedListUncertain, Problems: open}
	}
	return nil
}

// Problems are what is to be said about the lists of a file, once all its rows were asked about: who may be on one, and what
// of the lists is nobody's.
func (l *Lists) Problems(lists []record.Suppression) []problem.Problem {
	if l == nil {
		return nil
	}
	return append(l.Questions.Problems(), plan.ListNotes(lists, l.Questions)...)
}

// AskAbout asks about whoever may be on a list and has no message of the campaign yet; nil without lists.
func (l *Lists) AskAbout(messaged func(ctx context.Context, person string) (bool, error),
) func(ctx context.Context, row int, person string) error {
	if l == nil {
		return nil
	}
	return func(ctx context.Context, row int, person string) error {
		if !l.People.MayList(person) {
			return nil
		}
		has, err := messaged(ctx, person)
		if err == nil && !has {
			l.Questions.Ask(row, person)
		}
		return err
	}
}

// ListsNamed are lists that a command names.
type ListsNamed struct {
	Paths []string // each a file, or FILE:COLUMN: see listNamed
	Lift  bool     // those that the campaign remembers count no longer
}

// listNamed is a list, with the column of its numbers where that is named.
type listNamed struct{ path, column string }

// listOf reads FILE or FILE:COLUMN. The longest beginning that is a file's name is the file, so that C:\list.csv stays one;
// where none is, the text as a whole.
func listOf(text string) listNamed {
	for end := len(text); end > 0; end = strings.LastIndexByte(text[:end], ':') {
		if info, err := os.Stat(text[:end]); err != nil || info.IsDir() && end < len(text) {
			continue
		}
		if end == len(text) || strings.TrimSpace(text[end+1:]) == "" {
			return listNamed{path: text[:end]}
		}
		return listNamed{text[:end], strings.TrimSpace(text[end+1:])}
	}
	return listNamed{path: text}
}

// spelled spells lists as a command names them.
func spelled(lists []listNamed) (texts []string) {
	for _, list := range lists {
		if list.column != "" {
			list.path += ":" + list.column
		}
		texts = append(texts, list.path)
	}
	return texts
}

// ReadLists reads the lists that settings remember and those that are named, and stores in settings what was read: a list is only
// ever added, until those before are lifted. A list that cannot be read to its last number is a *Refusal. Without any list it
// returns nil.
func ReadLists(settings *record.Settings, named ListsNamed) (*Lists, error) {
	var all []listNamed
	if !named.Lift {
		for _, list := range settings.Suppress {
			all = append(all, listNamed{list.Path, list.Column})
		}
	}
	kept := len(all)
	for _, text := range named.Paths {
		list := listOf(text)
		absolute, err := filepath.Abs(list.path)
		if err != nil {
			return nil, err
		}
		if !slices.Contains(all[:kept], listNamed{absolute, list.column}) {
			all = append(all, list)
		}
	}
	if len(all) > plan.MostLists {
		return nil, &Refusal{Code: RefusedTooManyLists, Count: len(all)}
	}
	people := &plan.Suppressed{}
	lists := &Lists{People: people, Questions: &plan.ListQuestions{Lists: people}}
	var read []record.Suppression
	for i, one := range all {
		problems, wrong, err := people.Add(one.path, one.column, *settings, audience.Options{})
		switch {
		case err != nil && i < kept:
			return nil, &Refusal{Code: RefusedListGone, Path: one.path, Values: spelled(slices.Delete(slices.Clone(all[:kept]), i, i+1)), Err: err}
		case err != nil:
			return nil, err
		case wrong > 0:
			return nil, &Refusal{Code: RefusedListUnreadable, Path: one.path, Problems: problems, Count: wrong}
		}
		list := people.Lists()[i]
		list.Name = filepath.Base(one.path)
		if list.Path, err = filepath.Abs(one.path); err != nil {
			return nil, err
		}
		read = append(read, list)
		lists.names = append(lists.names, list.Name)
	}
	settings.Suppress = read
	if len(read) == 0 {
		return nil, nil
	}
	lists.Questions.Names = lists.names
	return lists, nil
}
