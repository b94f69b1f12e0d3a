package kanal

import (
	"context"
	"fmt"
)

// Types of a free-form message.
const (
	TypeText     = "text"
	TypeImage    = "image"
	TypeVideo    = "video"
	TypeAudio    = "audio"
	TypeDocument = "document"
)

// MessageTypes lists the types of a free-form message, in the API page's order.
func MessageTypes() []string {
	return []string{TypeText, TypeImage, TypeVideo, TypeAudio, TypeDocument}
}

// FreeMessage is one message without a template. Kanal takes it only while
// the contact's window is open: for 24 hours after the contact last wrote.
type FreeMessage struct {
	// To is the recipient in digits, country code included: this endpoint
	// cleans no number for a country.
	To   string
	Type string // one of MessageTypes
	// Text is the message of type text, at least one character; the other
	// types leave it out.
	Text string
	// Link is the URL of the media, which the other types need. Caption
	// stands below it, unless it is empty; Kanal ignores that of an audio or
	// a document.
	Link, Caption string
}

// wireMessage is a FreeMessage as the API page has it: what it says stands
// under the name of its type.
type wireMessage struct {
	To       string     `json:"to"`
	Type     string     `json:"type"`
	Text     *wireText  `json:"text,omitempty"`
	Image    *wireMedia `json:"image,omitempty"`
	Video    *wireMedia `json:"video,omitempty"`
	Audio    *wireMedia `json:"audio,omitempty"`
	Document *wireMedia `json:"document,omitempty"`
}

type wireText struct {
	Body string `json:"body"`
}

type wireMedia struct {
	Link    string `json:"link"`
	Caption string `json:"caption,omitempty"`
}

// wire fails on a type that the API does not have. What else may be wrong is
// the API's to say.
func (m FreeMessage) wire() (wireMessage, error) {
	wire := wireMessage{To: m.To, Type: m.Type}
	media := &wireMedia{Link: m.Link, Caption: m.Caption}
	switch m.Type {
	case TypeText:
		wire.Text = &wireText{Body: m.Text}
	case TypeImage:
		wire.Image = media
	case TypeVideo:
		wire.Video = media
	case TypeAudio:
		wire.Audio = media
	case TypeDocument:
		wire.Document = media
	default:
		return wireMessage{}, fmt.Errorf("kanal: there is no message type %q", m.Type)
	}
	return wire, nil
}

// SendMessage sends one free-form message, in one request. The idempotency
// key, the receipt and the errors are as SendTemplate has them; a closed
// window is class Rejected, cause closed-window. A type that is none of
// MessageTypes is class Halt, cause invalid-request: nothing leaves then.
func (c *Client) SendMessage(ctx context.Context, m FreeMessage, idempotencyKey string) (Receipt, error) {
	wire, err := m.wire()
	if err != nil {
		return Receipt{}, &Error{Class: Halt, Cause: CauseInvalidRequest, Err: err}
	}
	return c.send(ctx, pathSendMessage, wire, idempotencyKey)
}
