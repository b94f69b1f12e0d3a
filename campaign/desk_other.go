package campaign

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"slices"

	"kanal-campaign/campaign/ledger"
	"kanal-campaign/campaign/message"
	"kanal-campaign/campaign/record"
)

// FilePlace stands in a command for a file that the person has to name.
const FilePlace = "FILE"

// asOther spells the command that sends the file of a campaign as another one.
func (d *Desk) asOther(ctx context.Context, req Request, c record.Campaign, flags ...string) (Command, error) {
	req, err := req.whole(c)
	if err != nil {
		return nil, err
	}
	words, err := d.renamed(ctx, req, c.Name)
	return d.Command(append(words, flags...)...), err
}

// renamed spells the send command of a request under a name that the ledger does not have yet.
func (d *Desk) renamed(ctx context.Context, req Request, name string) ([]string, error) {
	free, err := d.freeName(ctx, name)
	return req.As(free).SendWords(), err
}

// overAgain spells the command that rehearses a finished rehearsal anew.
func (d *Desk) overAgain(req Request, c record.Campaign) (Command, error) {
	req, err := req.whole(c)
	if err != nil {
		return nil, err
	}
	if NameOf(req.File) != c.Name {
		req = req.As(c.Name)
	}
	return d.Command(req.SendWords()...), nil
}

// whole is the request with all that sending its file as a new campaign takes: what it leaves to the campaign that is there, it takes
// from that.
func (r Request) whole(c record.Campaign) (Request, error) {
	if r.File == "" {
		r.File = c.FilePath()
	}
	settings := r.updated(c)
	r.takeTimes(&settings)
	r.Settings = settings
	if len(r.Lists.Paths) == 0 && !r.Lists.Lift {
		for _, list := range c.Settings.Suppress {
			r.Lists.Paths = append(slices.Clip(r.Lists.Paths), list.Path)
		}
	}
	switch {
	case r.Message.Named():
		return r, nil
	case c.Kind == string(message.KindTemplate):
		r.Message.Template, r.Message.Variables = c.Of, c.Settings.Variables
		return r, nil
	}
	planned, err := message.MessageOf(c)
	if form, free := planned.FreeForm(); free {
		r.Message.FreeForm = &form
	}
	return r, err
}

// orOther adds to a refusal of what a campaign cannot send the command that goes on with the campaign as it is, and the one that
// sends the file as another campaign. A new text is for the people only who do not have the old one.
func (d *Desk) orOther(ctx context.Context, req Request, refused error) error {
	var r *Refusal
	if !errors.As(refused, &r) {
		return refused
	}
	c, own, err := r.Campaign, req, error(nil)
	switch {
	case r.Code == RefusedOtherAccount:
		r.Other, err = d.asOther(ctx, req, c)
	case r.Code == RefusedOtherMessage && r.Message.Of() != c.Of:
		if !req.Given["map"] { // the columns of another message's variables
			c.Settings.Map = nil
		}
		own.Message = MessageAsked{}
		r.Next = []Command{d.Command(own.without("")...)}
		r.Other, err = d.asOther(ctx, req, c)
	case r.Code == RefusedOtherSetting:
		r.Next = []Command{d.Command(own.without(r.Name)...)}
		if req.Message.Named() {
			var words []string
			words, err = d.renamed(ctx, req, c.Name)
			r.Other = d.Command(words...)
		}
	}
	return cmp.Or(err, refused)
}

// without spells the send command of a request for a campaign that there is, without a flag.
func (r Request) without(flag string) []string {
	words := append([]string{"send", r.File}, r.spell(func(name string) bool { return name != flag })...)
	if r.Update {
		words = append(words, "--update")
	}
	return words
}

// freeName returns a campaign's name that the ledger does not have, after one that it has.
func (d *Desk) freeName(ctx context.Context, name string) (string, error) {
	const longest = 90
	if runes := []rune(name); len(runes) > longest {
		name = string(runes[:longest])
	}
	for n := 2; ; n++ {
		free := fmt.Sprintf("%s-%d", name, n)
		if _, err := d.Ledger.Campaign(ctx, free); errors.Is(err, ledger.ErrNoCampaign) {
			return free, nil
		} else if err != nil {
			return "", err
		}
	}
}
