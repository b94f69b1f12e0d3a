package sandbox

import (
	"fmt"
	"io"
	"maps"
	"math/rand/v2"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"sync"
	"time"
)

// maxRequest bounds a request's body, as any web server does.
const maxRequest = 1 << 20

// Server is a sandbox. It is an http.Handler, and safe for concurrent use.
//
// A request is decided on in one step, so that two of one idempotency key
// never both pass, unless Faults.Work says otherwise. A client that gives up does not undo its request: what
// arrived whole is processed, as by the real server.
type Server struct {
	options   Options
	templates map[int64]template

	mu           sync.Mutex
	keys         map[string]bool // API keys
	revokeAfter  int             // acceptances until the keys are revoked; 0 for never
	faults       Faults
	random       *rand.Rand
	sends        int // POSTs to a send endpoint so far
	limiters     map[string]*limiter
	used         map[string]time.Time // idempotency keys, since when
	cast         map[string]bool      // magic that has had its first time
	contacts     map[string]int64     // by number
	optedOut     map[string]bool
	wrote        map[string]time.Time // when a contact last wrote, by number
	lastMessage  int64
	lastContact  int64
	acceptances  []Acceptance
	requestsSeen []Request
}

// New returns a sandbox with the options.
func New(options Options) *Server {
	options = options.withDefaults()
	s := &Server{
		options:     options,
		templates:   indexTemplates(options.Templates),
		keys:        map[string]bool{},
		faults:      options.Faults,
		random:      rand.New(rand.NewPCG(options.Seed, 0x6b616e616c)),
		limiters:    map[string]*limiter{},
		used:        map[string]time.Time{},
		cast:        map[string]bool{},
		contacts:    map[string]int64{},
		optedOut:    map[string]bool{},
		wrote:       map[string]time.Time{},
		lastMessage: options.FirstMessageID - 1,
		lastContact: firstContactID - 1,
	}
	for _, key := range options.Keys {
		s.keys[key] = true
	}
	for _, number := range options.OptedOut {
		s.optedOut[onlyDigits(number)] = true
	}
	for _, number := range options.OpenWindows {
		s.OpenWindow(number)
	}
	return s
}

// endpoint is one row of the API page.
type endpoint struct {
	method string
	answer func(*Server, *incoming) reply
	// sends is set where messages are sent, which is what the limit and the
	// faults are for.
	sends *sending
}

// sending is how an endpoint that sends reads its requests and words its send
// failures.
type sending struct {
	read    func(content []byte) message
	failure func(reason string) any
}

var endpoints = map[string]endpoint{
	"/api/v1/templates":     {http.MethodPost, (*Server).sendTemplate, &sending{readTemplateMessage, templateFailure}},
	"/api/v1/messages/send": {http.MethodPost, (*Server).sendMessage, &sending{readFreeMessage, messageFailure}},
	"/api/v1/get_templates": {http.MethodGet, (*Server).getTemplates, nil},
	"/api/v1/me":            {http.MethodPost, (*Server).me, nil},
}

// incoming is one request that arrived whole.
type incoming struct {
	path     string
	apiKey   string
	key      string // idempotency key
	message  message
	nth      int // among the sends, from 1
	time     time.Time
	fault    Fault
	accepted bool
}

// ServeHTTP answers one request. Where a fault drops the connection it panics
// with http.ErrAbortHandler, which an http.Server turns into just that.
func (s *Server) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	in := &incoming{path: r.URL.Path, key: r.Header.Get("Idempotency-Key")}
	if scheme, key, ok := strings.Cut(r.Header.Get("Authorization"), " "); ok && strings.EqualFold(scheme, "Bearer") {
		in.apiKey = strings.TrimSpace(key)
	}
	target, found := endpoints[in.path]
	if r.Body != nil {
		content, err := io.ReadAll(io.LimitReader(r.Body, maxRequest+1))
		if err != nil {
			panic(http.ErrAbortHandler) // it did not arrive whole, so it is none
		}
		if len(content) > maxRequest {
			htmlReply(http.StatusRequestEntityTooLarge).write(w)
			return
		}
		if target.sends != nil {
			in.message = target.sends.read(content)
		}
	}
	switch {
	case !found:
		s.refuse(w, in, reply{status: http.StatusNotFound, body: map[string]any{
			"message": fmt.Sprintf("The route %s could not be found.", strings.TrimPrefix(in.path, "/")),
		}})
	case r.Method != target.method:
		s.refuse(w, in, reply{status: http.StatusMethodNotAllowed, header: http.Header{"Allow": {target.method}}, body: map[string]any{
			"message": fmt.Sprintf("The %s method is not supported for route %s. Supported methods: %s.",
				r.Method, strings.TrimPrefix(in.path, "/"), target.method),
		}})
	default:
		var before, after time.Duration
		if target.sends != nil {
			before, after = s.arrive(in)
		}
		pause(r.Context(), before)
		out := s.process(in, target)
		pause(r.Context(), after+out.delay)
		out.write(w)
	}
}

// refuse answers what is no endpoint.
func (s *Server) refuse(w http.ResponseWriter, in *incoming, out reply) {
	s.mu.Lock()
	out = s.record(in, out, time.Now())
	s.mu.Unlock()
	out.write(w)
}

// arrive numbers a send, and draws its delays.
func (s *Server) arrive(in *incoming) (before, after time.Duration) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.sends++
	in.nth = s.sends
	return s.faults.delays(s.random)
}

// process decides on a request and records it.
func (s *Server) process(in *incoming, target endpoint) reply {
	s.mu.Lock()
	defer s.mu.Unlock()
	in.time = time.Now()
	arrived := in.time
	out := s.authorize(in)
	switch {
	case out.status != 0: // refused
	case target.sends != nil:
		out = s.limited(in, target)
	default:
		out = target.answer(s, in)
	}
	return s.record(in, out, arrived)
}

// authorize returns the refusal of an API key, or a reply without a status.
func (s *Server) authorize(in *incoming) reply {
	switch {
	case in.apiKey == "":
		return flatError(http.StatusUnauthorized, "API key is missing")
	case !s.keys[in.apiKey]:
		return flatError(http.StatusUnauthorized, "Invalid API key")
	}
	return reply{}
}

// limited holds a send to the limit of its API key, which all send endpoints
// share.
func (s *Server) limited(in *incoming, target endpoint) reply {
	l := s.limiters[in.apiKey]
	if l == nil {
		l = &limiter{form: s.options.Window, limit: s.options.Limit}
		s.limiters[in.apiKey] = l
	}
	remaining, wait := l.hit(in.time)
	var out reply
	if wait > 0 {
		shape := Throttle
		if s.options.ThrottleShape == LaravelThrottle {
			shape = ThrottleLaravel
		}
		out = throttled(shape, wait)
	} else {
		out = s.faulty(in, target)
	}
	if out.reason != "" {
		out.body = target.sends.failure(out.reason)
	}
	header := http.Header{
		"X-Ratelimit-Limit":     {strconv.Itoa(s.options.Limit)},
		"X-Ratelimit-Remaining": {strconv.Itoa(remaining)},
	}
	maps.Copy(header, out.header)
	out.header = header
	return out
}

// record keeps a request, and returns its answer: none, where it cannot be
// kept.
func (s *Server) record(in *incoming, out reply, at time.Time) reply {
	seen := Request{
		Time: at, Path: in.path, Key: in.key, Number: in.message.number, Status: out.status, Fault: in.fault, Accepted: in.accepted,
	}
	if s.options.RequestFile != nil {
		if err := appendLine(s.options.RequestFile, seen); err != nil {
			seen.Status, out = 0, reply{}
		}
	}
	s.requestsSeen = append(s.requestsSeen, seen)
	return out
}

// Accepted returns what the sandbox accepted, in order: its truth.
func (s *Server) Accepted() []Acceptance {
	s.mu.Lock()
	defer s.mu.Unlock()
	list := slices.Clone(s.acceptances)
	for i := range list {
		list[i].Variables = maps.Clone(list[i].Variables)
	}
	return list
}

// Requests returns every request that reached the sandbox, in the order in
// which it was counted.
func (s *Server) Requests() []Request {
	s.mu.Lock()
	defer s.mu.Unlock()
	return slices.Clone(s.requestsSeen)
}
