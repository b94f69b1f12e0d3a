package campaign

import (
	"context"
	"encoding/json"
	"strconv"

	"kanal-campaign/campaign/ledger"
	"kanal-campaign/kanal"
)

// Kind is the family of a message, as it stands in keys.
type Kind string

// The kinds of messages.
const (
	KindTemplate Kind = "template"
	KindMessage  Kind = "message"
)

// Message is what a campaign sends to every recipient. The check, the key, the ledger and the sender know messages only
// through it.
type Message struct {
	Kind     Kind           `json:"kind"`
	Template kanal.Template `json:"template"`
}

// TemplateMessage returns the message that an approved template is.
func TemplateMessage(t kanal.Template) Message { return Message{Kind: KindTemplate, Template: t} }

// MessageOf returns the message that a campaign was planned with.
func MessageOf(c ledger.Campaign) (Message, error) {
	var m Message
	err := json.Unmarshal(c.Message, &m)
	return m, err
}

// Of returns what the key's recipe calls the template id or the type.
func (m Message) Of() string { return strconv.FormatInt(m.Template.ID, 10) }

// Title returns the name that people know the message by.
func (m Message) Title() string { return m.Template.Name }

// Fields returns the values that a row must bring, in order of appearance.
func (m Message) Fields() []kanal.Variable { return m.Template.Variables }

// FieldNames returns the names of Fields.
func (m Message) FieldNames() []string {
	names := make([]string, len(m.Fields()))
	for i, field := range m.Fields() {
		names[i] = field.Name
	}
	return names
}

// SameText reports whether two versions of a message read the same to a customer and ask for the same values.
func (m Message) SameText(other Message) bool {
	return m.Kind == other.Kind && m.Template.ID == other.Template.ID && m.Template.Structure == other.Template.Structure
}

// SameFields reports whether two versions of a message ask for the same values in the same order.
func (m Message) SameFields(other Message) bool {
	a, b := m.FieldNames(), other.FieldNames()
	if len(a) != len(b) {
		return false
	}
	for i := range a {
		if a[i] != b[i] {
			return false
		}
	}
	return true
}

// Preview returns the message's text as a recipient with these values will read it.
func (m Message) Preview(values []string) string {
	return kanal.Render(m.Template.Body, m.byName(values))
}

// byName names values given in the order of Fields.
func (m Message) byName(values []string) map[string]string {
	if len(values) == 0 {
		return nil
	}
	named := make(map[string]string, len(values))
	for i, field := range m.Fields() {
		if i < len(values) {
			named[field.Name] = values[i]
		}
	}
	return named
}

// Recipe returns what the row's idempotency key is made of.
func (m Message) Recipe(campaign, phone string, values []string, generation int) Recipe {
	return Recipe{
		Kind: m.Kind, Campaign: campaign, Of: m.Of(), Phone: phone,
		Fields: m.byName(values), Generation: generation,
	}
}

// Messenger sends one message in one request, without retries. *kanal.Client is one.
type Messenger interface {
	SendTemplate(ctx context.Context, m kanal.TemplateMessage, idempotencyKey string) (kanal.Receipt, error)
}

// send makes one attempt of the row. The body is a function of the frozen row alone, so that it never changes under a
// key.
func (m Message) send(ctx context.Context, by Messenger, row ledger.Row) (kanal.Receipt, error) {
	return by.SendTemplate(ctx, kanal.TemplateMessage{
		TemplateID:      m.Template.ID,
		PhoneNumber:     row.Phone,
		Variables:       m.byName(row.Values),
		CleanForCountry: cleanForCountry(row.Phone),
		Name:            row.Name,
		Email:           row.Email,
	}, row.Key.String())
}
