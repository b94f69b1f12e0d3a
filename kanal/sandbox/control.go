package sandbox

import (
	"context"
	"time"
)

// RevokeKey makes an API key invalid from now on.
func (s *Server) RevokeKey(key string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	delete(s.keys, key)
}

// RevokeAfter makes all present API keys invalid once n more messages have
// been accepted; n of 0 or less does so at once.
func (s *Server) RevokeAfter(n int) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.revokeAfter = max(n, 0); n <= 0 {
		clear(s.keys)
	}
}

// AddKey makes an API key valid from now on. It belongs to the same account:
// templates, contacts and idempotency keys stay.
func (s *Server) AddKey(key string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.keys[key] = true
}

// SetFaults replaces the faults. The numbers of a script go on counting from
// the first send.
func (s *Server) SetFaults(faults Faults) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.faults = faults
}

// OptOut makes the contact of a number refuse messages from now on.
func (s *Server) OptOut(number string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.optedOut[onlyDigits(number)] = true
}

// OpenWindow records that the contact of a number wrote now: its conversation
// window closes 24 hours later. It opens no window of a magic recipient that
// has none.
func (s *Server) OpenWindow(number string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.wrote[onlyDigits(number)] = time.Now()
}

// Restore takes over the truth of an earlier sandbox: its acceptances,
// idempotency keys, contacts and ids. They are not written to the truth file
// again. Whether a contact wrote is no part of the truth.
func (s *Server) Restore(acceptances []Acceptance) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.acceptances = append(s.acceptances, acceptances...)
	for _, a := range acceptances {
		if a.Key != "" {
			s.used[a.Key] = a.Time
		}
		// Its first time is over, whatever the magic made of it.
		s.cast[castID(a.Key, a.Number)] = true
		s.contacts[a.Number] = a.ContactID
		s.lastMessage = max(s.lastMessage, a.MessageID)
		s.lastContact = max(s.lastContact, a.ContactID)
	}
}

// pause waits, but not for longer than the client does.
func pause(ctx context.Context, d time.Duration) {
	if d <= 0 {
		return
	}
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-timer.C:
	case <-ctx.Done():
	}
}
