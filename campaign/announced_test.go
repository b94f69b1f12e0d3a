package campaign_test

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"net/http"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
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
				for range 3 + h.random.IntN(10) {
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

// line is a row of a history's file.
type line struct{ phone, name, code string }

// history is what happens to a campaign.
type history struct {
	*campaign.Desk
	t       *testing.T
	random  *rand.Rand
	server  *sandbox.Server
	dir     string
	lines   []line
	codes   int
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

var pool = []string{"0612340001", "0612340002", "0612340003", "0612340004", "0612340005", "0612340006", "0612340007", "0612340008",
	"0612340009", "+32470123456", "+32470123457", "33600000001", "33600000002", "33600000003", "33600000004", "33600000005",
	"33600000006", "33600000007", "33600000008", "33600000009", "33600000010", "33600000012", "33600000013", "33600000018"}

// optedOut have opted out, which only a request tells.
var optedOut = []string{"33612340003", "33612340006", "33600000001"}

// newHistory must be called within synctest.
func newHistory(t *testing.T, random *rand.Rand) *history {
	h := &history{t: t, random: random, dir: t.TempDir(), tried: map[string]bool{}, pilot: -1}
	h.server = sandbox.New(sandbox.Options{Seed: random.Uint64(), OptedOut: optedOut, LookupKeyFirst: h.one(2)})
	book, err := sqlite.Open(t.Context(), filepath.Join(h.dir, "ledger.db"))
	if err != nil {
		t.Fatal(err)
	}
	h.Desk = &campaign.Desk{Ledger: book, Transport: &sendingtest.Wire{Server: http.HandlerFunc(h.serve)}, Sentences: mute{},
		Key: func(context.Context, bool) (string, error) { return sandbox.DefaultKey, nil }}
	t.Cleanup(func() { h.Close(); book.Close() })
	for range 4 + random.IntN(22) {
		h.lines = append(h.lines, h.newLine())
	}
	h.save()
	return h
}

func (h *history) one(in int) bool { return h.random.IntN(in) == 0 }

func (h *history) newLine() line {
	h.codes++
	row := line{phone: pool[h.random.IntN(len(pool))], name: "Zoé", code: fmt.Sprintf("P%05d", h.codes)}
	switch {
	case h.one(2): // mostly nobody else has the number
		row.phone = fmt.Sprintf("06990%05d", h.codes)
	case h.one(12):
		row.phone = "06 12"
	case h.one(6) && len(h.lines) > 0:
		row = h.lines[h.random.IntN(len(h.lines))]
	}
	return row
}

func (h *history) write(name, text string) string {
	path := filepath.Join(h.dir, name)
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		h.t.Fatal(err)
	}
	return path
}

func (h *history) save() {
	var text strings.Builder
	text.WriteString("phone,prenom,code\n")
	for _, r := range h.lines {
		fmt.Fprintf(&text, "%s,%s,%s\n", r.phone, r.name, r.code)
	}
	h.write("spring.csv", text.String())
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
	switch n := h.random.IntN(20); {
	case n < 7:
		h.carryOut(h.Send, h.sending())
	case n < 10:
		h.carryOut(h.Resume, h.request("resume"))
	case n < 12:
		req := h.request("retry")
		req.First, req.Retry.Unknown = 0, h.one(2)
		h.carryOut(h.Retry, req)
	default:
		h.happen()
	}
}

// happen lets something happen that sends nothing of the campaign.
func (h *history) happen() {
	switch n := h.random.IntN(8); {
	case n < 3:
		h.change()
	case n < 4:
		h.other()
	case n < 5:
		rates := map[sandbox.Fault]float64{}
		if h.one(2) {
			for _, f := range []sandbox.Fault{sandbox.DropAfter, sandbox.DropBefore, sandbox.Error500Before, sandbox.Error502After,
				sandbox.Throttle, sandbox.Garbage200, sandbox.Platform131000} {
				rates[f] = h.random.Float64() / 12
			}
		}
		h.server.SetFaults(sandbox.Faults{Rates: rates})
	default:
		time.Sleep([]time.Duration{time.Minute, 150 * time.Minute, 13 * time.Hour, 26 * time.Hour}[h.random.IntN(4)])
	}
}

// request is one with what every run takes.
func (h *history) request(command string) campaign.Request {
	req := campaign.Request{Command: command, Campaign: "spring", Rate: sending.DefaultRate, MaxFailures: sending.DefaultMaxFailures,
		DoubtDelay: sending.DefaultDoubtDelay, Timeout: time.Minute, Given: map[string]bool{}}
	if h.one(2) {
		req.First = 1 + h.random.IntN(len(h.lines)+2)
	}
	switch h.random.IntN(8) {
	case 0:
		req.Lists.Paths = []string{h.write("list.csv", "phone\n"+pool[h.random.IntN(9)]+"\n"+h.lines[h.random.IntN(len(h.lines))].phone+"\n")}
	case 1:
		req.Lists.Lift = true
	case 2:
		req.Settings.DailyCap, req.Given["daily-cap"] = 1+h.random.IntN(20), true
	}
	return req
}

func (h *history) sending() campaign.Request {
	req := h.request("send")
	req.File, req.Message, req.Again = filepath.Join(h.dir, "spring.csv"), campaign.MessageAsked{Template: "welcome"}, true
	req.Settings.Country, req.Settings.SkipInvalid, req.Settings.Duplicates = "FR", true, record.DuplicatesError
	req.Settings.NumberRules, req.Given["skip-invalid"], req.Update = 2, true, h.one(3)
	if h.one(3) {
		req.Settings.Duplicates = []string{record.DuplicatesSkip, record.DuplicatesAllow, record.DuplicatesAllow}[h.random.IntN(3)]
		req.Given["duplicates"] = true
	}
	if h.one(5) {
		req.Settings.MinGap, req.Given["min-gap"] = "1d", true
	}
	return req
}

// change edits the file.
func (h *history) change() {
	for range 1 + h.random.IntN(4) {
		i := h.random.IntN(len(h.lines))
		switch h.random.IntN(6) {
		case 0:
			h.lines = slices.Insert(h.lines, i, h.newLine())
		case 1:
			h.lines = append(h.lines, h.newLine())
		case 2:
			if len(h.lines) > 4 {
				h.lines = slices.Delete(h.lines, i, i+1)
			}
		case 3:
			h.codes++
			h.lines[i].code = fmt.Sprintf("Q%05d", h.codes)
		case 4:
			h.lines[i].phone = h.newLine().phone
		case 5:
			h.random.Shuffle(len(h.lines), func(a, b int) { h.lines[a], h.lines[b] = h.lines[b], h.lines[a] })
		}
	}
	h.save()
}

// other lets another campaign send to some of the people.
func (h *history) other() {
	h.codes++
	text := "phone,prenom,code\n"
	for range 1 + h.random.IntN(5) {
		text += h.lines[h.random.IntN(len(h.lines))].phone + ",Other,O\n"
	}
	req := h.sending()
	req.Campaign, req.First, req.Update, req.Lists, req.Settings.MinGap = fmt.Sprintf("other%d", h.codes), 0, false, campaign.ListsNamed{}, ""
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
	checked, err := h.Check(h.t.Context(), req, "")
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
	if h.one(4) {
		h.log = append(h.log, "  something happens")
		h.happen()
	}
	if h.one(8) {
		p.Close()
		return
	}
	if h.one(3) {
		h.stopAt, h.how = 1+h.random.IntN(len(h.lines)), h.random.IntN(4)
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
