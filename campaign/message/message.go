package message

import (
	"context"
	"encoding/json"
	"fmt"
	"reflect"

	"github.com/google/uuid"

	"kanal-campaign/campaign/number"
	"kanal-campaign/campaign/problem"
	"kanal-campaign/campaign/record"
	"kanal-campaign/kanal"
)

// Kind is the family of a message, as it stands in keys.
type Kind string

// The kinds of messages.
const (
	KindTemplate Kind = "template"
	KindMessage  Kind = "message" // free-form: text, image, video, audio, document
)

// Message is what a campaign sends to every recipient. The check, the key, the ledger and the sender know messages only
// through it. The zero Message is not valid.
type Message struct {
	Kind    Kind
	content content
}

// content is what the two kinds of messages differ in. Values come in the order of fields.
type content interface {
	// of is what the key's recipe calls the template id or the type; title is the name that people know it by.
	of() string
	title() string
	// fields are the values that a row must bring.
	fields() []Field
	// problems is what is wrong with the message before any row is read.
	problems() []problem.Problem
	// judge tells what is wrong with a row's values.
	judge(values []string) []problem.Problem
	// preview is the text, with the file above it, as a recipient will read it; skeleton is the same before any value is filled in.
	preview(values []string) string
	skeleton() string
	// length is that of the preview, in bytes, of a row that has all values.
	length(values []string) int
	// keyFields are the named texts that stand in the row's key.
	keyFields(values []string) []Named
	// send makes one request. It depends on the row's frozen phone, values, name and e-mail alone.
	send(ctx context.Context, by Messenger, row record.Row) (kanal.Receipt, error)
}

// Field is a value that a message takes from every row.
type Field struct {
	Name  string
	Media bool // the link of a media header
	URL   bool // the end of a button's URL
	// Flag, Line and Column tell where a free-form message names it: in which flag, and at which line and character.
	Flag         string
	Line, Column int
}

// Messenger sends one message in one request, without retries. *kanal.Client is one.
type Messenger interface {
	SendTemplate(ctx context.Context, m kanal.TemplateMessage, idempotencyKey string) (kanal.Receipt, error)
	SendMessage(ctx context.Context, m kanal.FreeMessage, idempotencyKey string) (kanal.Receipt, error)
}

// Of returns what the key's recipe calls the template id or the type.
func (m Message) Of() string { return m.content.of() }

// Title returns the name that people know the message by.
func (m Message) Title() string { return m.content.title() }

// Template returns the template that the message is, or false for a free-form one.
func (m Message) Template() (kanal.Template, bool) {
	t, ok := m.content.(templateContent)
	return t.Template, ok
}

// FreeForm returns the free-form message that it is, or false for a template.
func (m Message) FreeForm() (FreeForm, bool) {
	c, ok := m.content.(freeContent)
	return c.FreeForm, ok
}

// Fields returns the values that a row must bring, in order of appearance.
func (m Message) Fields() []Field { return m.content.fields() }

// FieldNames returns the names of Fields.
func (m Message) FieldNames() []string {
	names := make([]string, len(m.Fields()))
	for i, field := range m.Fields() {
		names[i] = field.Name
	}
	return names
}

// Problems tells what is wrong with the message itself.
func (m Message) Problems() []problem.Problem { return m.content.problems() }

// Judge tells what is wrong with a row's values, given in the order of Fields. Problems name the variable and carry the
// value; the caller knows row and column.
func (m Message) Judge(values []string) []problem.Problem { return m.content.judge(values) }

// Send makes one request for the row, and returns what came of it.
func (m Message) Send(ctx context.Context, by Messenger, row record.Row) (kanal.Receipt, error) {
	return m.content.send(ctx, by, row)
}

// Preview returns the message's text, with the file above it, as a recipient with these values will read it.
func (m Message) Preview(values []string) string { return m.content.preview(values) }

// Length returns the length of the Preview of a row that has a value for each field, in bytes, at less cost.
func (m Message) Length(values []string) int { return m.content.length(values) }

// Media returns what a recipient with these values sees above a template's text, [image https://…]: the first line of the
// preview; "" for nothing.
func (m Message) Media(values []string) string {
	if t, ok := m.content.(templateContent); ok {
		return t.media(values)
	}
	return ""
}

// Skeleton returns the message's text with its placeholders.
func (m Message) Skeleton() string { return m.content.skeleton() }

// Recipe returns what the row's idempotency key is made of.
func (m Message) Recipe(campaign, phone string, values []string, generation int) Recipe {
	return Recipe{
		Kind: m.Kind, Campaign: campaign, Of: m.Of(), Phone: phone,
		Fields: m.content.keyFields(values), Generation: generation,
	}
}

// ContentIDs returns the content ids under which any campaign may have sent the row's message to its person: the row's own,
// and one for each other spelling of the number.
func (m Message) ContentIDs(row record.Row) []uuid.UUID {
	ids := []uuid.UUID{row.ContentID}
	for _, spelling := range number.Spellings(row.Phone)[1:] {
		ids = append(ids, m.Recipe("", spelling, row.Values, 0).ContentID())
	}
	return ids
}

// Same reports whether two messages read the same to a customer and ask for the same values.
func (m Message) Same(other Message) bool {
	a, isTemplate := m.Template()
	b, areTemplates := other.Template()
	if isTemplate && areTemplates {
		return a.ID == b.ID && a.Structure == b.Structure
	}
	return m.Kind == other.Kind && reflect.DeepEqual(m.content, other.content)
}

// frozenMessage is a message as the ledger keeps it.
type frozenMessage struct {
	Kind     Kind            `json:"kind"`
	Template *kanal.Template `json:"template,omitempty"`
	FreeForm *FreeForm       `json:"free_form,omitempty"`
}

// MarshalJSON gives the form in which a campaign keeps its message.
func (m Message) MarshalJSON() ([]byte, error) {
	frozen := frozenMessage{Kind: m.Kind}
	switch c := m.content.(type) {
	case templateContent:
		frozen.Template = &c.Template
	case freeContent:
		frozen.FreeForm = &c.FreeForm
	}
	return json.Marshal(frozen)
}

// MessageOf returns the message that a campaign was planned with.
func MessageOf(c record.Campaign) (Message, error) {
	var frozen frozenMessage
	if err := json.Unmarshal(c.Message, &frozen); err != nil {
		return Message{}, err
	}
	switch {
	case frozen.Template != nil:
		return TemplateMessage(*frozen.Template), nil
	case frozen.FreeForm != nil:
		message, problems := FreeFormMessage(*frozen.FreeForm)
		if len(problems) > 0 {
			return Message{}, fmt.Errorf("the message of campaign %q cannot be read: %s", c.Name, problems[0].Code)
		}
		return message, nil
	}
	return Message{}, fmt.Errorf("the message of campaign %q is of an unknown kind %q", c.Name, frozen.Kind)
}
