package sandbox

import (
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"kanal-campaign/kanal"
)

const (
	// conversationLife is how long a window stays open after the contact wrote.
	conversationLife = 24 * time.Hour

	maxBody    = 4096 // characters of a text
	maxCaption = 1024 // characters of a caption
)

// sendMessage is POST /api/v1/messages/send.
func (s *Server) sendMessage(in *incoming) reply {
	if refusal := in.message.checkContent(); refusal.status != 0 {
		return refusal
	}
	return s.send(in, "Message sent successfully", steps{
		recipient: []step{(*Server).checkNumber, (*Server).checkOptOut, (*Server).checkWindow},
		delivery:  []step{(*Server).checkMessage, (*Server).checkPlatform},
	})
}

// readFreeMessage reads what it can of a body: the content of its own type
// alone. This endpoint knows no 422, so a field of a wrong type is a missing
// one.
func readFreeMessage(content []byte) message {
	fields := jsonFields(content)
	var m message
	to, _ := scalarText(fields["to"])
	m.hasNumber = strings.TrimSpace(to) != ""
	m.number = onlyDigits(to)
	kind, _ := fields["type"].(string)
	if !slices.Contains(kanal.MessageTypes(), kind) {
		return m
	}
	m.kind = kind
	part, _ := fields[kind].(map[string]any)
	if kind == kanal.TypeText {
		m.body, _ = scalarText(part["body"])
		return m
	}
	m.link, _ = scalarText(part["link"])
	if kind == kanal.TypeImage || kind == kanal.TypeVideo {
		m.caption, _ = scalarText(part["caption"])
	}
	return m
}

// checkContent returns the refusal of a message that lacks a field, in the
// order of the API page, or a reply without a status.
func (m *message) checkContent() reply {
	text := ""
	switch {
	case m.kind == "":
		text = "type is required and must be one of: text, image, video, audio, document"
	case m.kind == kanal.TypeText && strings.TrimSpace(m.body) == "":
		text = "text.body is required for type text"
	case m.kind != kanal.TypeText && strings.TrimSpace(m.link) == "":
		text = fmt.Sprintf("%s.link is required for type %s", m.kind, m.kind)
	case !m.hasNumber:
		text = "to is required"
	default:
		return reply{}
	}
	return flatError(http.StatusBadRequest, text)
}

// checkWindow refuses a contact whose conversation window is closed. The API
// page gives the refusal up to "window".
func (s *Server) checkWindow(in *incoming) reply {
	number := in.message.number
	wrote, ever := s.wrote[number]
	open := s.options.Windows != WindowsClosed || ever && in.time.Sub(wrote) < conversationLife
	if open && !spellFor(number).closed {
		return reply{}
	}
	return s.contactError(number, "Cannot send free-form message: no active conversation window. "+
		"The contact must have written in the last 24 hours; send a template instead.")
}

// checkMessage refuses what WhatsApp takes in no message: a text or a caption
// that is too long, and a link that is none.
func (s *Server) checkMessage(in *incoming) reply {
	m := in.message
	link, err := url.Parse(m.link)
	switch {
	case utf8.RuneCountInString(m.body) > maxBody:
		return sendFailure(fmt.Sprintf("(#100) Param text['body'] must be at most %d characters long.", maxBody))
	case utf8.RuneCountInString(m.caption) > maxCaption:
		return sendFailure(fmt.Sprintf("(#100) Param %s['caption'] must be at most %d characters long.", m.kind, maxCaption))
	case m.kind == kanal.TypeText:
		return reply{}
	case err != nil, link.Scheme != "http" && link.Scheme != "https", link.Host == "":
		return sendFailure(fmt.Sprintf("(#100) Param %s['link'] is not a valid URI.", m.kind))
	}
	return reply{}
}
