package campaign_test

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"net/http"
	"os"
	"path/filepath"
	"strconv"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"kanal-campaign/campaign"
	"kanal-campaign/campaign/ledger"
	"kanal-campaign/campaign/ledger/sqlite"
	"kanal-campaign/campaign/record"
	"kanal-campaign/campaign/sending"
	"kanal-campaign/campaign/sending/sendingtest"
	"kanal-campaign/kanal/sandbox"
)

// Whatever a campaign has been through, and whatever happens while a proposal waits for its yes, the people whom the check and the
// proposal announce are those whom the run sends to, those whom it shows are among them, and nobody is sent to whom no yes was
// meant for. KANAL_CAMPAIGN_HISTORIES=5000 makes so many random histories, and KANAL_CAMPAIGN_SEED repeats the first of a run
// that failed.
func TestWhatIsProposedIsSent(t *testing.T) {
	histories, seed := 30, uint64(time.Now().UnixNano())
	for name, read := range map[string]func(text string) (err error){
		"KANAL_CAMPAIGN_HISTORIES": func(text string) (err error) { histories, err = strconv.Atoi(text); return err },
		"KANAL_CAMPAIGN_SEED":      func(text string) (err error) { seed, err = strconv.ParseUint(text, 10, 64); return err },
	} {
		if text := os.Getenv(name); text != "" {
			if err := read(text); err != nil {
				t.Fatal(err)
			}
		}
	}
	runs, stale := 0, 0
	for i := range uint64(histories) {
		ok := t.Run(fmt.Sprintf("KANAL_CAMPAIGN_SEED=%d", seed+i), func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				h := newHistory(t, rand.New(rand.NewPCG(seed+i, 0)))
				for range 3 + h.file.Random.IntN(10) {
					h.step()
				}
				runs, stale = runs+h.runs, stale+h.stale
			})
		})
		if !ok {
			break
		}
	}
	t.Logf("%d histories with %d runs that sent, and %d proposals that had changed before the yes", histories, runs, stale)
}

// history is what happens to a campaign.
type history struct {
	*campaign.Desk
	t       *testing.T
	file    *sendingtest.Changing
	server  *sandbox.Server
	dir     string
	mu      sync.Mutex
	calls   []string // the keys of the run at work
	tried   map[string]bool
	stopAt  int // the call at which something stops the run; 0 for none
	how     int
	stop    func() // no new request begins
	abort   func() // those in flight are given up
	allowed int    // messages that somebody has said yes to and that were not tried yet
	pilot   int    // the largest --first, while send with it is all that has happened
	several bool
	log     []string
	runs    int
	stale   int
}

// newHistory must be called within synctest.
func newHistory(t *testing.T, random *rand.Rand) *history {
	h := &history{t: t, file: sendingtest.NewChanging(random), dir: t.TempDir(), tried: map[string]bool{}, pilot: -1}
	h.server = sandbox.New(sandbox.Options{Seed: random.Uint64(), OptedOut: sendingtest.OptedOut, LookupKeyFirst: h.file.One(2)})
	book, err := sqlite.Open(t.Context(), filepath.Join(h.dir, "ledger.db"))
	if err != nil {
		t.Fatal(err)
	}
	h.Desk = &campaign.Desk{Ledger: book, Transport: &sendingtest.Wire{Server: http.HandlerFunc(h.serve)}, Sentences: mute{},
		Key: func(context.Context, bool) (string, error) { return sandbox.DefaultKey, nil }}
	t.Cleanup(func() { h.Close(); book.Close() })
	h.save()
	return h
}

func (h *history) write(name, text string) string {
	path := filepath.Join(h.dir, name)
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		h.t.Fatal(err)
	}
	return path
}

func (h *history) save() {
	h.write("spring.csv", h.file.Text())
}

// serve notes every request to send, and stops the run at one of them.
func (h *history) serve(w http.ResponseWriter, r *http.Request) {
	key := r.Header.Get("Idempotency-Key")
	if key == "" {
		h.server.ServeHTTP(w, r)
		return
	}
	h.mu.Lock()
	h.calls = append(h.calls, key)
	stops := len(h.calls) == h.stopAt
	h.mu.Unlock()
	switch {
	case stops && h.how == 0:
		h.stop()
	case stops && h.how == 1:
		h.abort()
	case stops && h.how == 2:
		r.Header.Set("Authorization", "Bearer revoked")
	case stops: // accepted, and then the connection dies for good
		h.server.ServeHTTP(discarded{http.Header{}}, r)
		h.abort()
		panic(http.ErrAbortHandler)
	}
	h.server.ServeHTTP(w, r)
}

// discarded is an answer that nobody reads.
type discarded struct{ header http.Header }

func (d discarded) Header() http.Header         { return d.header }
func (d discarded) Write(p []byte) (int, error) { return len(p), nil }
func (d discarded) WriteHeader(int)             {}

// step lets something happen.
func (h *history) step() {
	switch n := h.file.Random.IntN(20); {
	case n < 7:
		h.carryOut(h.Send, h.sending())
	case n < 10:
		h.carryOut(h.Resume, h.request("resume"))
	case n < 12:
		req := h.request("retry")
		req.First, req.Retry.Unknown = 0, h.file.One(2)
		h.carryOut(h.Retry, req)
	default:
		h.happen()
	}
}

// happen lets something happen that sends nothing of the campaign.
func (h *history) happen() {
	switch n := h.file.Random.IntN(8); {
	case n < 3:
		h.file.Change()
		h.save()
	case n < 4:
		h.other()
	case n < 5:
		rates := map[sandbox.Fault]float64{}
		if h.file.One(2) {
			for _, f := range []sandbox.Fault{sandbox.DropAfter, sandbox.DropBefore, sandbox.Error500Before, sandbox.Error502After,
				sandbox.Throttle, sandbox.Garbage200, sandbox.Platform131000} {
				rates[f] = h.file.Random.Float64() / 12
			}
		}
		h.server.SetFaults(sandbox.Faults{Rates: rates})
	default:
		time.Sleep([]time.Duration{time.Minute, 150 * time.Minute, 13 * time.Hour, 26 * time.Hour}[h.file.Random.IntN(4)])
	}
}

// request is one with what every run takes.
func (h *history) request(command string) campaign.Request {
	req := campaign.Request{Command: command, Campaign: "spring", Rate: sending.DefaultRate, MaxFailures: sending.DefaultMaxFailures,
		DoubtDelay: sending.DefaultDoubtDelay, Timeout: time.Minute, Given: map[string]bool{}}
	if h.file.One(2) {
		req.First = 1 + h.file.Random.IntN(h.file.Len()+2)
	}
	switch h.file.Random.IntN(8) {
	case 0:
		req.Lists.Paths = []string{h.write("list.csv", h.file.List())}
	case 1:
		req.Lists.Lift = true
	case 2:
		req.Settings.DailyCap, req.Given["daily-cap"] = 1+h.file.Random.IntN(20), true
	}
	return req
}

func (h *history) sending() campaign.Request {
	req := h.request("send")
	req.File, req.Message, req.Again = filepath.Join(h.dir, "spring.csv"), campaign.MessageAsked{Template: "welcome"}, true
	req.Settings.Country, req.Settings.SkipInvalid, req.Settings.Duplicates = "FR", true, record.DuplicatesError
	req.Settings.NumberRules, req.Given["skip-invalid"], req.Update = 2, true, h.file.One(3)
	if h.file.One(3) {
		req.Settings.Duplicates = []string{record.DuplicatesSkip, record.DuplicatesAllow, record.DuplicatesAllow}[h.file.Random.IntN(3)]
		req.Given["duplicates"] = true
	}
	if h.file.One(5) {
		req.Settings.MinGap, req.Given["min-gap"] = "1d", true
	}
	if h.file.One(3) {
		req.Settings.SkipRepeats, req.Given["skip-repeats"] = true, true
	}
	return req
}

// other lets another campaign send to some of the people.
func (h *history) other() {
	name, text := h.file.Other()
	req := h.sending()
	req.Campaign, req.First, req.Update, req.Lists, req.Settings.MinGap, req.Settings.SkipRepeats = name, 0, false, campaign.ListsNamed{}, "", false
	req.File, req.Settings.Duplicates = h.write(req.Campaign+".csv", text), record.DuplicatesSkip
	h.stopAt = 0
	p, err := h.Send(h.t.Context(), req)
	if err == nil {
		_, err = p.CarryOut(h.t.Context(), p.Consent(), nil, campaign.Watch{})
	}
	h.calls = nil
	h.refusedOnly(err)
}

// refusedOnly fails where something else than a refusal has come between.
func (h *history) refusedOnly(err error) {
	h.t.Helper()
	if refused := (*campaign.Refusal)(nil); err != nil && !errors.As(err, &refused) {
		h.fail("%v", err)
	}
}

// foretold is how many messages a check says that send would send now; -1 where it does not say so of this request.
func (h *history) foretold(req campaign.Request) int {
	if req.Command != "send" || req.First > 0 {
		return -1
	}
	update := req.Update
	req.Update, req.Again = false, false
	checked, err := h.Check(h.t.Context(), req, campaign.FixInto{})
	if h.refusedOnly(err); err != nil {
		return -1
	}
	_, blocked := checked.Plan.Blocked(true)
	switch known := checked.Known; {
	case blocked:
		return -1
	case known == nil:
		return checked.Plan.Report.Sendable
	case known.Does == campaign.SendResumes && !update, known.Does == campaign.SendUpdates && update:
		return known.Send.Messages() // an update of the same file takes in whom lists have left out, of which a check knows nothing
	}
	return -1
}

// carryOut checks, has something proposed, and says yes to it, before which more may happen; something may stop the run in its midst.
func (h *history) carryOut(propose func(context.Context, campaign.Request) (*campaign.Proposal, error), req campaign.Request) {
	h.t.Helper()
	h.log = append(h.log, fmt.Sprintf("%s --first %d --update=%v %s %+v %+v",
		req.Command, req.First, req.Update, req.Settings.Duplicates, req.Lists, req.Given))
	foretold := h.foretold(req)
	h.calls, h.stopAt = nil, 0
	p, err := propose(h.t.Context(), req)
	if len(h.calls) > 0 {
		h.fail("it went on without a yes")
	}
	if h.refusedOnly(err); err != nil {
		return
	}
	if h.file.One(4) {
		h.log = append(h.log, "  something happens")
		h.happen()
	}
	if h.file.One(8) {
		p.Close()
		return
	}
	if h.file.One(3) {
		h.stopAt, h.how = 1+h.file.Random.IntN(h.file.Len()), h.file.Random.IntN(4)
	}
	for {
		s, err := h.run(p)
		stale := (*campaign.StaleError)(nil)
		if !errors.As(err, &stale) {
			if h.refusedOnly(err); err == nil {
				h.judge(p, s, foretold)
			}
			return
		}
		if len(h.calls) > 0 {
			h.fail("it went on with another yes")
		}
		p, foretold = stale.Proposal, -1
		h.stale++
	}
}

func (h *history) run(p *campaign.Proposal) (campaign.Summary, error) {
	ctx, abort := context.WithCancel(h.t.Context())
	defer abort()
	stop := make(chan struct{})
	h.abort, h.stop = abort, sync.OnceFunc(func() { close(stop) })
	return p.CarryOut(ctx, p.Consent(), stop, campaign.Watch{})
}

func (h *history) rows() (rows []record.Row) {
	h.t.Helper()
	c, err := h.Ledger.Campaign(h.t.Context(), "spring")
	if errors.Is(err, ledger.ErrNoCampaign) {
		return nil
	}
	if err != nil {
		h.fail("%v", err)
	}
	for row, err := range h.Ledger.Rows(h.t.Context(), c.ID) {
		if err != nil {
			h.fail("%v", err)
		}
		rows = append(rows, row)
	}
	return rows
}
