package campaign

import (
	"context"
	"encoding/json"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"time"

	"kanal-campaign/campaign/ledger"
	"kanal-campaign/campaign/message"
	"kanal-campaign/campaign/record"
	"kanal-campaign/kanal"
	"kanal-campaign/kanal/sandbox"
)

// Desk is everything that one can do with the campaigns of a ledger. It neither prints nor asks: what would happen it gives as a
// Proposal, what happened as a Summary, and what cannot go on as an error, which is a *Refusal where people can do something
// about it. Its fields are set before it is used; it is used by one goroutine at a time.
type Desk struct {
	Ledger    *ledger.Ledger // stays the caller's to close
	Rehearsal bool           // with a sandbox of its own in place of Kanal, and with a ledger of rehearsals

	// LedgerFlag is how commands name the ledger, and LiveLedgerFlag how those name the real one that a rehearsal proposes; "" for
	// the one that is found without.
	LedgerFlag, LiveLedgerFlag string

	APIURL    string // of Kanal; "" for the usual one
	UserAgent string
	Transport http.RoundTripper // of requests to Kanal; nil for the usual one
	Sentences record.Sentences  // of results
	Runner    record.Run        // who works at the desk, where, and with which version of the program
	// KnownCauses are the causes that the program knows by name, beside those that rows have.
	KnownCauses []string
	// Key gives the API key. Where it may not ask a person, it may give none: "".
	Key func(ctx context.Context, mayAsk bool) (string, error)
	// NoteKey, if not nil, notes that a key is in use with this ledger now, and tells with which others of this computer it was in
	// use lately. It is a courtesy: what keeps it from being told keeps nothing from being sent.
	NoteKey func(ctx context.Context, key string) []KeyElsewhere
	// Elsewhere, if not nil, reports whether the other ledger has a campaign of that name: that of rehearsals, or the real one.
	Elsewhere func(ctx context.Context, name string) bool
	// Reading, if not nil, is told how far the file of a plan is read.
	Reading func(*Plan) Reading

	client    *kanal.Client
	key       string
	templates []kanal.Template
	sandbox   *rehearsalSandbox
	// TemplatesUnread is why a rehearsal, once connected, does not have the templates of the account; nil where it has, or where
	// there is no key.
	TemplatesUnread error
}

// KeyElsewhere is another ledger that an API key was in use with, and when.
type KeyElsewhere struct {
	Ledger string
	At     time.Time
}

// Close ends the connection.
func (d *Desk) Close() {
	if d.sandbox != nil {
		d.sandbox.close()
		d.sandbox = nil
	}
}

// Connect makes the client and reads the account's templates, which proves the key. In a rehearsal it starts the sandbox; name is
// the campaign's, whose rehearsal so far the sandbox remembers.
func (d *Desk) Connect(ctx context.Context, name string, timeout time.Duration) error {
	d.Close()
	url, transport := d.APIURL, d.Transport
	var err error
	if d.Rehearsal {
		if d.sandbox, err = d.startSandbox(ctx, name); err != nil {
			return err
		}
		d.key, url, transport = sandbox.DefaultKey, d.sandbox.url, nil
	} else if d.key, err = d.Key(ctx, true); err != nil {
		return err
	}
	d.client, err = kanal.New(kanal.Config{BaseURL: url, Key: d.key, Timeout: timeout, UserAgent: d.UserAgent,
		Transport: transport})
	if err != nil {
		return &Refusal{Code: RefusedConfiguration, Err: err}
	}
	d.templates, err = d.client.Templates(ctx)
	return err
}

// Templates are those of the account, once connected.
func (d *Desk) Templates() []kanal.Template { return d.templates }

// PaceKey is the keyed fingerprint by which the pace is shared; "" before Connect.
func (d *Desk) PaceKey() string {
	if d.client == nil {
		return ""
	}
	return d.Ledger.PaceKey(d.key)
}

// Account is the WhatsApp number that messages leave from, as the templates list tells; "" where it tells none.
func (d *Desk) Account() string {
	if len(d.templates) == 0 {
		return ""
	}
	return strconv.FormatInt(d.templates[0].PhoneNumberID, 10)
}

// AccountInfo is what Kanal says about the account; nil where it says nothing.
func (d *Desk) AccountInfo(ctx context.Context) json.RawMessage {
	info, err := d.client.Me(ctx)
	if err != nil {
		return nil
	}
	return info
}

// KeyElsewhere notes the use of the key, and returns where else it is in use. A rehearsal has no key.
func (d *Desk) KeyElsewhere(ctx context.Context) []KeyElsewhere {
	if d.Rehearsal || d.NoteKey == nil {
		return nil
	}
	return d.NoteKey(ctx, d.key)
}

// Command is a command in the desk's mode and with its ledger.
func (d *Desk) Command(words ...string) Command {
	words = slices.Clone(words)
	if d.LedgerFlag != "" {
		words = append(words, "--ledger", d.LedgerFlag)
	}
	if d.Rehearsal {
		words = append(words, "--sandbox")
	}
	return words
}

// LiveCommand is a command of a rehearsal as it is for real.
func (d *Desk) LiveCommand(words ...string) Command {
	if d.LiveLedgerFlag != "" {
		words = append(slices.Clone(words), "--ledger", d.LiveLedgerFlag)
	}
	return words
}

// MessageAsked is what is to be sent, as a person names it.
type MessageAsked struct {
	Template  string            // an id or a name
	Variables []string          // of the template, where they cannot be read for certain
	FreeForm  *message.FreeForm // in place of a template
	TextFile  string            // from which the text of the free-form message was read; "" for none
}

// Named reports whether a message is named at all.
func (m MessageAsked) Named() bool { return m.Template != "" || m.FreeForm != nil }

// Message finds the message that is asked for. The desk is connected where that is one of Kanal's templates. Where none is asked for
// it is a *Refusal.
func (d *Desk) Message(asked MessageAsked) (message.Message, error) {
	if !asked.Named() {
		return message.Message{}, &Refusal{Code: RefusedNoMessage, Next: []Command{d.Command("templates")}}
	}
	if asked.FreeForm != nil {
		msg, problems := message.FreeFormMessage(*asked.FreeForm)
		for i := range problems {
			if problems[i].Reason == "--text" && asked.TextFile != "" {
				problems[i].Reason = asked.TextFile
			}
		}
		if len(problems) > 0 {
			return msg, &Refusal{Code: RefusedMessageWrong, Problems: problems}
		}
		return msg, nil
	}
	template, err := FindTemplate(d.templates, asked.Template, asked.Variables)
	return message.TemplateMessage(template), err
}

// FindTemplate returns the template of an id or a name among those of an account, with the variables that the user named. One
// that is not there, or not the only one of its name, is a *Refusal.
func FindTemplate(all []kanal.Template, wanted string, variables []string) (kanal.Template, error) {
	i := -1
	for _, is := range []func(kanal.Template) bool{
		func(t kanal.Template) bool { return strconv.FormatInt(t.ID, 10) == wanted },
		func(t kanal.Template) bool { return t.Name == wanted },
		func(t kanal.Template) bool { return strings.EqualFold(t.Name, wanted) },
	} {
		if i = slices.IndexFunc(all, is); i >= 0 {
			break
		}
	}
	if i < 0 {
		return kanal.Template{}, &Refusal{Code: RefusedTemplateUnknown, Name: wanted, Templates: all}
	}
	t := all[i]
	if same := idsNamed(all, t.Name); len(same) > 1 && strconv.FormatInt(t.ID, 10) != wanted {
		return t, &Refusal{Code: RefusedTemplateAmbiguous, Name: t.Name, Values: same}
	}
	return withVariables(t, variables), nil
}

// templateByID returns the template that a campaign was planned with, as Kanal has it now.
func (d *Desk) templateByID(id string, variables []string) (kanal.Template, error) {
	for _, t := range d.templates {
		if strconv.FormatInt(t.ID, 10) == id {
			return withVariables(t, variables), nil
		}
	}
	return kanal.Template{}, &Refusal{Code: RefusedTemplateUnknown, Name: id, Templates: d.templates}
}

func withVariables(t kanal.Template, variables []string) kanal.Template {
	if len(variables) > 0 {
		return t.WithVariables(variables)
	}
	return t
}

func idsNamed(all []kanal.Template, name string) (ids []string) {
	for _, t := range all {
		if t.Name == name {
			ids = append(ids, strconv.FormatInt(t.ID, 10))
		}
	}
	return ids
}

// startsOver reports whether a campaign is a finished rehearsal: its file, sent without --update, is rehearsed anew.
func (d *Desk) startsOver(c record.Campaign) bool { return d.Rehearsal && !c.FinishedAt.IsZero() }

// reconnect connects for a campaign that the ledger has, and makes sure that it is the same account and message, whatever is
// asked for. It returns the message as it was planned and as it is now: a template's text may have changed in Kanal since.
func (d *Desk) reconnect(ctx context.Context, c record.Campaign, asked MessageAsked, timeout time.Duration,
) (planned, now message.Message, err error) {
	if planned, err = message.MessageOf(c); err != nil {
		return planned, now, err
	}
	if err = d.Connect(ctx, c.Name, timeout); err != nil {
		return planned, now, err
	}
	if len(d.templates) == 0 {
		return planned, now, &Refusal{Code: RefusedNoTemplates}
	}
	if account := d.Account(); account != c.Account {
		return planned, now, &Refusal{Code: RefusedOtherAccount, Campaign: c, Value: account}
	}
	if asked.Named() {
		message, err := d.Message(asked)
		if err != nil {
			return planned, now, err
		}
		if !sameMessage(planned, message) {
			return planned, now, &Refusal{Code: RefusedOtherMessage, Campaign: c, Message: message}
		}
	}
	now, err = d.asNow(c, planned)
	return planned, now, err
}

// sameMessage reports whether a message that is asked for is the campaign's. A template is the same whatever its text has become.
func sameMessage(planned, asked message.Message) bool {
	if _, template := asked.Template(); template {
		return asked.Kind == planned.Kind && asked.Of() == planned.Of()
	}
	return asked.Same(planned)
}

// asNow finds a campaign's message as it is now.
func (d *Desk) asNow(c record.Campaign, planned message.Message) (message.Message, error) {
	if _, template := planned.Template(); !template {
		return planned, nil
	}
	template, err := d.templateByID(c.Of, c.Settings.Variables)
	if err != nil {
		return planned, err
	}
	now := message.TemplateMessage(template)
	if !slices.Equal(now.FieldNames(), planned.FieldNames()) {
		return now, &Refusal{Code: RefusedOtherVariables, Campaign: c, Planned: planned, Message: now}
	}
	return now, nil
}
