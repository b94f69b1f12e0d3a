package cli

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"net/http"
	"os"
	"time"

	"kanal-campaign/kanal"
	"kanal-campaign/kanal/sandbox"
	"kanal-campaign/reports"
)

// embeddedSandbox is a sandbox inside the process, on a loopback port of its own. What it has accepted for a campaign
// is kept beside the ledger, so that a rehearsal that was interrupted, or killed, can be resumed like the real thing.
type embeddedSandbox struct {
	url    string
	server *http.Server
	truth  *os.File
}

func (s *session) startSandbox(ctx context.Context, campaign string) (*embeddedSandbox, error) {
	templates, err := s.rehearsalTemplates(ctx)
	if err != nil {
		return nil, err
	}
	truth, earlier, err := openTruth(s.truthPath(campaign))
	if err != nil {
		return nil, err
	}
	server := sandbox.New(sandbox.Options{Templates: templates, TruthFile: truth})
	server.Restore(earlier)
	listener, err := sandbox.Listen("127.0.0.1:0")
	if err != nil {
		truth.Close()
		return nil, err
	}
	e := &embeddedSandbox{
		url:    "http://" + listener.Addr().String(),
		server: &http.Server{Handler: server, ReadHeaderTimeout: 10 * time.Second},
		truth:  truth,
	}
	go e.server.Serve(listener) // ends with close
	return e, nil
}

func (e *embeddedSandbox) close() {
	e.server.Close()
	e.truth.Close()
}

// forgetRehearsal makes the sandbox of a campaign start anew.
func (s *session) forgetRehearsal(campaign string) error {
	err := os.Remove(s.truthPath(campaign))
	if os.IsNotExist(err) {
		return nil
	}
	return err
}

func (s *session) truthPath(campaign string) string {
	hash := sha256.Sum256([]byte(campaign))
	return s.ledger.Path() + "." + hex.EncodeToString(hash[:6]) + ".accepted.jsonl"
}

// rehearsalTemplates returns the account's real templates, before the sandbox's own, when there is a key: people
// rehearse what they will send. Nothing but that list is ever asked of the real API by a rehearsal.
func (s *session) rehearsalTemplates(ctx context.Context) ([]sandbox.Template, error) {
	key, err := s.apiKey(ctx, false)
	if err != nil || key == "" {
		return nil, err
	}
	client, err := kanal.New(kanal.Config{BaseURL: s.Getenv(envURL), Key: key, Timeout: 15 * time.Second})
	if err != nil {
		return nil, s.misconfigured(err)
	}
	real, err := client.Templates(ctx)
	if err != nil {
		fmt.Fprintf(s.Err, "The templates of your account could not be read (%s).\nRehearsing with the sandbox's own.\n\n",
			reports.Clean(err.Error()))
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
