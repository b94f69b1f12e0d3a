package campaign

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"io"
	"net/http"
	"os"
	"sync/atomic"
	"time"

	"kanal-campaign/campaign/regular"
	"kanal-campaign/kanal/sandbox"
)

// rehearsalSandbox is a sandbox inside the process, on a loopback port of its own. What it has accepted for a campaign
// is kept beside the ledger, so that a rehearsal that was interrupted, or killed, can be resumed like the real thing.
type rehearsalSandbox struct {
	url     string
	options sandbox.Options
	kanal   atomic.Pointer[sandbox.Server]
	server  *http.Server
	truth   *os.File
}

func (d *Desk) startSandbox(ctx context.Context, campaign string) (*rehearsalSandbox, error) {
	templates, err := d.rehearsalTemplates(ctx)
	if err != nil {
		return nil, err
	}
	path := d.RehearsalTruth(campaign)
	if err := regular.Check(path); err != nil {
		return nil, err
	}
	truth, earlier, err := sandbox.OpenTruth(path)
	if err != nil {
		return nil, err
	}
	s := &rehearsalSandbox{options: sandbox.Options{Templates: templates, TruthFile: truth}, truth: truth}
	s.kanal.Store(sandbox.New(s.options))
	s.kanal.Load().Restore(earlier)
	listener, err := sandbox.Listen("127.0.0.1:0")
	if err != nil {
		truth.Close()
		return nil, err
	}
	s.url = "http://" + listener.Addr().String()
	s.server = &http.Server{ReadHeaderTimeout: 10 * time.Second,
		Handler: http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { s.kanal.Load().ServeHTTP(w, r) })}
	go s.server.Serve(listener) // ends with close
	return s, nil
}

func (s *rehearsalSandbox) close() {
	s.server.Close()
	s.truth.Close()
}

// startOver makes the sandbox forget what it has accepted for its campaign. No request is under way.
func (s *rehearsalSandbox) startOver() error {
	if err := s.truth.Truncate(0); err != nil {
		return err
	}
	if _, err := s.truth.Seek(0, io.SeekStart); err != nil {
		return err
	}
	s.kanal.Store(sandbox.New(s.options))
	return nil
}

// RehearsalTruth is where the sandbox keeps what it has accepted for a campaign.
func (d *Desk) RehearsalTruth(campaign string) string {
	hash := sha256.Sum256([]byte(campaign))
	return d.Ledger.Path() + "." + hex.EncodeToString(hash[:6]) + ".accepted.jsonl"
}

// rehearsalTemplates returns the account's real templates, before the sandbox's own, when there is a key: people
// rehearse what they will send. Nothing but that list is ever asked of the real API by a rehearsal.
func (d *Desk) rehearsalTemplates(ctx context.Context) ([]sandbox.Template, error) {
	client, err := d.clientAtHand(ctx, 15*time.Second)
	if client == nil || err != nil {
		return nil, err
	}
	real, err := client.Templates(ctx)
	if d.TemplatesUnread = err; err != nil {
		return nil, nil
	}
	templates := sandbox.Raw(real)
	var account int64
	taken := map[string]bool{}
	for _, t := range real {
		account = t.PhoneNumberID
		taken[t.Name] = true
	}
	for _, t := range sandbox.BuiltIn(account) {
		if !taken[t.Name] {
			templates = append(templates, t)
		}
	}
	return templates, nil
}
