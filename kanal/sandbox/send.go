package sandbox

import (
	"fmt"
	"net/http"
	"slices"
	"strings"
	"time"
)

// accepted is the body of a 200, in the order of the API page.
type accepted struct {
	Success     bool   `json:"success"`
	Message     string `json:"message"`
	MessageID   int64  `json:"message_id,omitempty"`
	ContactID   int64  `json:"contact_id"`
	PhoneNumber string `json:"phone_number"`
}

// sendTemplate is POST /api/v1/templates.
func (s *Server) sendTemplate(in *incoming) reply {
	if refusal := in.message.checkFields(); refusal.status != 0 {
		return refusal
	}
	return s.send(in, "Template message sent successfully", steps{
		recipient: []step{(*Server).checkNumber, (*Server).checkTemplate, (*Server).checkOptOut},
		delivery:  []step{(*Server).checkVariables, (*Server).checkPlatform},
	})
}

// step is a check on the way of a message: a refusal, or a reply without a
// status.
type step func(*Server, *incoming) reply

// steps are those in which the endpoints differ.
type steps struct {
	recipient []step // may the contact be sent this?
	delivery  []step // what stands for the sending itself
}

// send takes a message whose fields are whole through its steps, and accepts
// it.
func (s *Server) send(in *incoming, sentence string, of steps) reply {
	// Whether the recipient or the key comes first is undocumented.
	key := []step{(*Server).lookUp}
	way := slices.Concat(of.recipient, key, of.delivery)
	if s.options.LookupKeyFirst {
		way = slices.Concat(key, of.recipient, of.delivery)
	}
	for _, check := range way {
		if out := check(s, in); out.status != 0 {
			return out
		}
	}
	s.work(in)
	return s.accept(in, sentence)
}

// work lets others in while a send that will be accepted is worked on, whether
// or not its client still waits.
func (s *Server) work(in *incoming) {
	if s.faults.Work <= 0 {
		return
	}
	working := s.faults.Work
	s.mu.Unlock()
	time.Sleep(working)
	s.mu.Lock()
	in.time = time.Now()
}

func (s *Server) checkNumber(in *incoming) reply {
	if !isPossible(in.message.number) || spellFor(in.message.number).invalid {
		return flatError(http.StatusBadRequest, "Phone number is not valid")
	}
	return reply{}
}

func (s *Server) checkTemplate(in *incoming) reply {
	if _, ok := s.templates[in.message.templateID]; !ok {
		return flatError(http.StatusNotFound, "Template not found for this phone number")
	}
	return reply{}
}

func (s *Server) checkOptOut(in *incoming) reply {
	number := in.message.number
	if s.optedOut[number] || spellFor(number).optedOut {
		return s.contactError(number, "Contact has opted out from receiving messages")
	}
	return reply{}
}

// contactError is a refusal that names the contact, which it creates if need
// be.
func (s *Server) contactError(number, text string) reply {
	return reply{status: http.StatusBadRequest, body: map[string]any{
		"error": text, "contact_id": s.contact(number), "phone_number": number,
	}}
}

// lookUp replays an idempotency key that was used and is remembered.
func (s *Server) lookUp(in *incoming) reply {
	since, ok := s.used[in.key]
	if !ok || s.options.KeyLife > 0 && in.time.Sub(since) >= s.options.KeyLife {
		return reply{}
	}
	return reply{status: http.StatusCreated, body: map[string]any{
		"message": "Message already sent with this idempotency key: " + in.key,
	}}
}

// checkVariables refuses a variable without a value, and one with what
// WhatsApp takes in none.
func (s *Server) checkVariables(in *incoming) reply {
	for _, name := range s.templates[in.message.templateID].required {
		value := in.message.variables[name]
		if strings.TrimSpace(value) == "" {
			return sendFailure(fmt.Sprintf("Variable %s not found in row", name))
		}
		if strings.ContainsAny(value, "\n\r\t") || strings.Contains(value, "     ") {
			return sendFailure("(#100) Invalid parameter: Param text cannot have new-line/tab characters or more than 4 consecutive spaces")
		}
	}
	return reply{}
}

// checkPlatform stands for whatever else WhatsApp refuses.
func (s *Server) checkPlatform(in *incoming) reply {
	if refusal := spellFor(in.message.number).refusal; refusal != "" {
		return sendFailure(refusal)
	}
	return reply{}
}

// accept makes the message part of the truth.
func (s *Server) accept(in *incoming, sentence string) reply {
	m := in.message
	a := Acceptance{
		Key: in.key, Number: m.number, TemplateID: m.templateID, Variables: m.variables, Name: m.name, Email: m.email,
		Type: m.kind, Text: m.body, Link: m.link, Caption: m.caption,
		MessageID: s.lastMessage + 1, ContactID: s.contact(m.number), Time: in.time,
	}
	if s.options.TruthFile != nil {
		if err := appendDurably(s.options.TruthFile, a); err != nil {
			return errorReply(http.StatusInternalServerError)
		}
	}
	s.lastMessage = a.MessageID
	s.acceptances = append(s.acceptances, a)
	in.accepted = true
	if in.key != "" {
		s.used[in.key] = in.time
	}
	if s.revokeAfter > 0 {
		if s.revokeAfter--; s.revokeAfter == 0 {
			clear(s.keys)
		}
	}
	return reply{status: http.StatusOK, body: accepted{
		Success: true, Message: sentence, MessageID: a.MessageID, ContactID: a.ContactID, PhoneNumber: a.Number,
	}}
}

// contact finds the contact of a number, or creates it.
func (s *Server) contact(number string) int64 {
	id, ok := s.contacts[number]
	if !ok {
		s.lastContact++
		id = s.lastContact
		s.contacts[number] = id
	}
	return id
}

// faulty answers a send that the limit let pass, with the fault that falls to
// it, if one does.
func (s *Server) faulty(in *incoming, target endpoint) reply {
	fault, wait := s.faultFor(in)
	in.fault = fault
	kind := faultKinds[fault]
	var out reply
	if fault != "" && !kind.after {
		out = kind.reply
		switch fault {
		case Throttle, ThrottleLaravel, ThrottleHTML:
			out = throttled(fault, wait)
		}
	} else {
		out = target.answer(s, in)
		out.delay = spellFor(in.message.number).delay
		if kind.after {
			out = spoil(out, fault)
		}
	}
	if _, remembered := s.used[in.key]; out.status == http.StatusBadRequest && s.options.FailuresUseKey && in.key != "" && !remembered {
		s.used[in.key] = in.time
	}
	return out
}

// faultFor decides on the fault of a send: the script, then magic, then the
// rates. wait is what a throttling fault asks for.
func (s *Server) faultFor(in *incoming) (fault Fault, wait time.Duration) {
	wait = s.faults.retryAfter()
	if fault, ok := s.faults.Script[in.nth]; ok {
		return fault, wait
	}
	if magic := spellFor(in.message.number); magic.fault != "" {
		id := castID(in.key, in.message.number)
		first := !s.cast[id]
		s.cast[id] = true
		if first || magic.always {
			return magic.fault, 2 * time.Second
		}
	}
	return s.faults.pick(s.random), wait
}

// castID is what a magic recipient's first time is counted by.
func castID(key, number string) string {
	if key == "" {
		return "number " + number
	}
	return "key " + key
}

// spoil plays a fault after acceptance. It leaves refusals alone, and spoils
// of a replay what a broken line can.
func spoil(out reply, fault Fault) reply {
	switch {
	case out.status != http.StatusOK && out.status != http.StatusCreated:
		return out
	case fault == NoMessageID:
		if body, ok := out.body.(accepted); ok {
			body.MessageID = 0
			out.body = body
		}
		return out
	case fault == Truncated200:
		out.truncate = true
		return out
	case out.status == http.StatusCreated && (fault == Garbage200 || fault == HTML200):
		return out
	}
	spoilt := faultKinds[fault].reply
	spoilt.delay = out.delay
	return spoilt
}
