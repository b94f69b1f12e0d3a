//go:build !race

// The model has one goroutine and millions of steps: the race detector would find nothing in it, slowly.

package outcome_test

import (
	"testing"
	"time"

	"kanal-campaign/campaign/outcome"
	"kanal-campaign/kanal"
)

// The life of one row is explored in every order in which things can happen to it, against a server that with every request
// behaves anew in any of the ways that the API page leaves open: what one that always behaves in one way can do, it can. What is explored is the code that runs: the states and transitions of
// this package. The test adds only what lies outside of it: a server, a wire that loses things, a process that dies, a
// person who gives commands, and a clock.

// server is all the ways in which the API's unknowns may turn out: a request that was refused uses its key up, or not; the
// recipient is judged before the key is looked up, or after; keys are forgotten after a day, or never; while a request is
// worked on, its key is known to another one, or not yet.
type server struct{}

// generations is how many keys a row may have in the model: its own, and one of retry --new-key.
const generations = 2

// Time passes in steps of eight hours: a doubt is young after one and old after two, and a key that is forgotten after
// a day is forgotten after three.
const (
	step           = 8 * time.Hour
	forgottenAfter = 3
	lastStep       = 3
)

// mostWorlds is far more than there are.
const mostWorlds = 5_000_000

// wire is where the one outstanding request is.
type wire int8

const (
	idle     wire = iota
	leaving       // the attempt is committed, the request is on its way
	working       // the server has looked at the key, and will accept
	answered      // the server has acted, the answer is on its way
)

// reply is what the server did with a request.
type reply int8

const (
	accepts       reply = iota // 200
	replays                    // 201
	refuses                    // 400, documented
	throttles                  // 429, before anything is looked at
	throttlesLate              // 130429 by the platform: late enough to have used the key
	halts                      // 401
	haltsLate                  // 131048 by the platform
	fails                      // 5xx before anything happened
	failsLate                  // a send failure that names no known reason
)

func (r reply) String() string {
	return [...]string{"it accepts", "it replays", "it refuses", "it throttles", "the platform throttles", "it halts",
		"the platform halts", "it fails", "it fails to send"}[r]
}

// command is what the running process was started as.
type command int8

const (
	nobody command = iota
	resume         // send, or resume, or retry of refused rows, which are pending then
	insist         // retry --unknown
)

// serverKey is what the server knows of one key.
type serverKey struct {
	used   bool
	usedAt int8
	sent   bool // used by a message
	hidden bool // of which the ledger knows nothing: it was lost, or an older copy was put back
	unseen bool // used without a message, by an answer that the ledger never got
}

// kept is what would be left of the row without its ledger: its line in the results, or an older copy of the ledger.
type kept struct {
	there      bool
	copied     bool // a copy of the ledger
	current    bool // nothing has happened since it was written
	row        outcome.State
	generation int8
}

// world is all that matters about one row. Worlds are compared with ==.
type world struct {
	row        outcome.State // as the ledger has it
	generation int8
	attempts   int8 // 2 stands for more
	process    command
	wire       wire
	reply      reply
	stray      int8 // one more than the generation of a request that nobody awaits and that may still arrive
	foreign    bool // that one was sent with the ledger that is lost
	strayWorks bool // the server has looked at the key of that one, and will accept it
	resting    bool // the key may not be sent again before the last attempt's deadline and the delay have passed
	keys       [generations]serverKey
	messages   int8 // accepted, in all
	now        int8 // in steps
	kept       kept
	replaced   bool // the ledger was lost: once in a life is enough
	insisted   bool // a person had the request sent that is on its way, although its doubt was old
	renewed    bool // a person had a row sent again under a new key
}

func (w world) time() time.Time { return noon.Add(time.Duration(w.now) * step) }

// mayKnow and mayNotKnow report what the server may say of the key: it may have forgotten that it was used.
func (server) mayKnow(w world, generation int8) bool { return w.keys[generation].used }

func (server) mayNotKnow(w world, generation int8) bool {
	key := w.keys[generation]
	return !key.used || w.now-key.usedAt >= forgottenAfter
}

// serve tells do of everything that the server may do with a request under the key of a generation.
func (s server) serve(w world, generation int8, do func(reply, world)) {
	for _, r := range []reply{throttles, halts, fails} {
		do(r, w)
	}
	if s.mayKnow(w, generation) {
		do(replays, w)
		do(refuses, w)
	}
	if !s.mayNotKnow(w, generation) {
		return
	}
	used := w
	used.keys[generation].used, used.keys[generation].usedAt, used.keys[generation].unseen = true, w.now, true
	for _, r := range []reply{refuses, throttlesLate, haltsLate, failsLate} {
		do(r, used)
		do(r, w)
	}
	do(accepts, s.accept(w, generation))
}

func (s server) accept(w world, generation int8) world {
	w.keys[generation] = serverKey{used: true, usedAt: w.now, sent: true}
	w.messages++
	return w
}

// answer is what the client makes of a reply.
func (r reply) answer() outcome.Answer {
	failure := func(class kanal.Class, cause kanal.Cause, platform int) outcome.Answer {
		return outcome.AnswerOf(kanal.Receipt{}, &kanal.Error{Class: class, Cause: cause, Status: 400, PlatformCode: platform})
	}
	switch r {
	case accepts:
		return outcome.AnswerOf(kanal.Receipt{MessageID: "1"}, nil)
	case replays:
		return outcome.AnswerOf(kanal.Receipt{Replayed: true}, nil)
	case refuses:
		return failure(kanal.Rejected, kanal.CauseNotOnWhatsApp, 131026)
	case throttles:
		return failure(kanal.Throttled, kanal.CauseThrottled, 0)
	case throttlesLate:
		return failure(kanal.Throttled, kanal.CauseThroughput, 130429)
	case halts:
		return failure(kanal.Halt, kanal.CauseKeyInvalid, 0)
	case haltsLate:
		return failure(kanal.Halt, kanal.CauseSenderRestricted, 131048)
	}
	return failure(kanal.Doubt, kanal.CauseServerError, 0)
}

var (
	noAnswer       = outcome.AnswerOf(kanal.Receipt{}, &kanal.Error{Class: kanal.Doubt, Cause: kanal.CauseTimeout, MayStillRun: true})
	gatewayGivesUp = outcome.AnswerOf(kanal.Receipt{}, &kanal.Error{Class: kanal.Doubt, Cause: kanal.CauseServerError, Status: 502,
		MayStillRun: true})
	notDelivered = outcome.AnswerOf(kanal.Receipt{}, &kanal.Error{Class: kanal.NotDelivered, Cause: kanal.CauseConnect})
)

// event is one thing that may happen next.
type event struct {
	what  string
	reply reply // where a server is in it
}

// follow tells add of everything that may happen in a world, and of the world after it.
func (s server) follow(w world, add func(event, world)) {
	s.network(w, add)
	s.processes(w, add)
	s.people(w, add)
	if w.resting && w.wire == idle {
		rested := w.unless(w.stray > 0 && !w.foreign)
		rested.resting = false
		add(event{what: "the attempt's deadline and the delay pass"}, rested)
	}
	if w.now < lastStep && w.wire == idle {
		w = w.unless(true) // no request lives so long
		w.now++
		w.resting = false
		add(event{what: "eight hours pass"}, w)
	}
}

// unless drops the stray request if it has ended.
func (w world) unless(ended bool) world {
	if ended {
		w.stray, w.foreign, w.strayWorks = 0, false, false
	}
	return w
}

// A request may last for a minute, and its key outlasts it by half of one.
const timeout = time.Minute

var policy = outcome.Policy{DoubtDelay: 30 * time.Second}

// settle commits what the client has made of an attempt, and goes on by the policy: a run that is done with the row, or stops,
// is over.
func (w world) settle(a outcome.Answer) world {
	w.row, w.wire = w.row.Settle(a), idle
	try := outcome.Try{Answer: a, State: w.row, Tries: 1, Ended: w.time(), Deadline: w.time().Add(timeout)}
	next := policy.Next(try, outcome.Brakes{}.After(try, false, false))
	w.resting = next.Rest >= timeout+policy.DoubtDelay
	if !next.Again || next.Stop != "" {
		w.process = nobody
	}
	return w
}

// astray leaves the request of the last attempt behind: nobody awaits it.
func (w world) astray(works bool) world {
	w.stray, w.foreign, w.strayWorks = w.generation+1, false, works
	return w
}

// network is what befalls requests and answers.
func (s server) network(w world, add func(event, world)) {
	if w.stray > 0 { // one that nobody awaits arrives all the same, or never
		s.stray(w, add)
	}
	switch w.wire {
	case leaving:
		s.serve(w, w.generation, func(r reply, after world) {
			after.wire, after.reply = answered, r
			s.accepted(&after, w, w.generation)
			add(event{"the request reaches the server", r}, after)
		})
		if s.mayNotKnow(w, w.generation) {
			after := w
			after.wire = working
			add(event{what: "the server takes the request up"}, after)
		}
		add(event{what: "the request is not delivered"}, w.settle(notDelivered))
		add(event{what: "the request is lost on its way"}, w.settle(noAnswer))
		add(event{what: "the request is given up, and still on its way"}, w.settle(noAnswer).astray(false))
	case working:
		after := s.accept(w, w.generation)
		after.wire, after.reply = answered, accepts
		s.accepted(&after, w, w.generation)
		add(event{"the server is done", accepts}, after)
		add(event{what: "the connection breaks, and the server works on"}, w.settle(noAnswer).astray(true))
		add(event{what: "a gateway gives up, and the server works on"}, w.settle(gatewayGivesUp).astray(true))
	case answered:
		after := w.settle(w.reply.answer())
		if w.reply == refuses || w.reply == throttlesLate || w.reply == haltsLate {
			after.keys[w.generation].unseen = false
		}
		add(event{what: "the answer arrives and is committed"}, after)
		add(event{what: "the answer is lost"}, w.settle(noAnswer))
	}
}

// stray is what befalls a request that nobody awaits.
func (s server) stray(w world, add func(event, world)) {
	generation := w.stray - 1
	ends := func(what string, r reply, after world) {
		after = after.unless(true)
		if w.foreign && r == accepts {
			after.keys[generation].hidden = true
		}
		s.accepted(&after, w, generation)
		add(event{what, r}, after)
	}
	if w.strayWorks {
		ends("the server is done with a stray request", accepts, s.accept(w, generation))
		return
	}
	s.serve(w, generation, func(r reply, after world) { ends("a stray request arrives", r, after) })
	if s.mayNotKnow(w, generation) {
		w.strayWorks = true
		add(event{what: "the server takes a stray request up"}, w)
	}
}

// accepted takes back the count of a second message that is nobody's fault but the one's who asked for it: under a new
// key, or under one that the server has forgotten, on a person's word or without the ledger that knew of the first.
func (s server) accepted(after *world, before world, generation int8) {
	if after.messages == before.messages || before.messages == 0 {
		return
	}
	first := before.keys[generation]
	unknowable := before.foreign && before.strayWorks // which ledger could have told of that request?
	if first.sent && (first.hidden || before.insisted) || !first.sent && before.renewed || unknowable {
		after.messages = before.messages
	}
}

// processes is how the program lives and dies.
func (s server) processes(w world, add func(event, world)) {
	if w.process == nobody {
		return
	}
	killed := w
	killed.process, killed.wire = nobody, idle
	switch w.wire {
	case leaving:
		add(event{what: "kill -9 with the request on its way"}, killed.astray(false))
	case working:
		add(event{what: "kill -9 with the server at work"}, killed.astray(true))
	}
	if w.wire != working {
		add(event{what: "kill -9"}, killed)
	}
	if w.wire != idle {
		return
	}
	sends := w.row.Due(w.time())
	if w.process == insist {
		sends = w.row.Status == outcome.Unknown || w.row.Status == outcome.Pending
	}
	if sends && !w.row.Open && !w.resting {
		begun := w
		begun.row = w.row.Begin(w.time())
		begun.attempts = min(2, w.attempts+1)
		begun.wire = leaving
		begun.kept.current = false
		old := w.process == insist && !w.row.Due(w.time())
		begun.insisted = old || w.insisted && w.stray > 0 // a stray one may still arrive
		add(event{what: "the attempt is committed"}, begun)
	}
}

// people is what users do while nothing runs. Starting abandons what a dead process left open.
func (s server) people(w world, add func(event, world)) {
	if w.process != nobody {
		return
	}
	started := w
	started.row, started.process = w.row.Abandon(), resume
	if started.row != w.row {
		started.kept.current = false
		started.resting = !outcome.NoAnswer.KeyFreeAt(w.time(), 0).IsZero()
	}
	add(event{what: "resume"}, started)
	if started.row.Status == outcome.Rejected {
		again := started
		again.row = started.row.Requeue()
		again.kept.current = false
		add(event{what: "retry"}, again)
	}
	if started.row.Status == outcome.Unknown {
		again := started
		again.process = insist
		add(event{what: "retry --unknown"}, again)
	}
	if s := started.row.Status; (s == outcome.Unknown || s == outcome.Rejected) && w.generation+1 < generations {
		again := started
		again.row, again.process, again.renewed = started.row.Renew(), insist, true
		again.generation++
		again.resting, again.kept.current = false, false
		add(event{what: "retry --new-key"}, again)
	}
	if w.replaced {
		return
	}
	written := w
	written.kept = kept{true, false, true, outcome.Recovered(w.row.Status, w.row.Cause, int(w.attempts), w.row.DoubtSince), w.generation}
	add(event{what: "the results are written"}, written)
	written.kept = kept{true, true, true, w.row, w.generation}
	add(event{what: "the ledger is copied"}, written)

	gone := w
	gone.replaced, gone.kept, gone.resting = true, kept{}, false
	if w.kept.current {
		gone.row, gone.generation = w.kept.row, w.kept.generation
		gone.resting = w.resting && w.kept.copied || !w.kept.copied && w.kept.row.Status == outcome.Unknown // as a rebuild has it
		add(event{what: "the ledger is lost, and what was kept knows all"}, gone)
		return
	}
	gone.foreign = gone.stray > 0
	for i := range gone.keys { // nobody knows any more what became of them
		gone.keys[i].unseen = gone.keys[i].used && !gone.keys[i].sent
		gone.keys[i].hidden = gone.keys[i].sent
	}
	if w.kept.there {
		gone.row, gone.generation = w.kept.row, w.kept.generation
		add(event{what: "the ledger is lost, and older results or an older copy take its place"}, gone)
	}
	gone.row, gone.generation = outcome.New(), 0
	add(event{what: "the ledger is lost, and the file sent again"}, gone)
}

// violation returns which promise a world breaks, or "".
func (s server) violation(w world) string {
	known := w.keys[0].sent && !w.keys[0].hidden || w.keys[1].sent && !w.keys[1].hidden
	status := w.row.Status
	switch {
	case w.messages > 1:
		return "two messages"
	case status == outcome.Sent && w.messages == 0:
		return "sent without a message"
	case status == outcome.AlreadySent && w.messages == 0 && !w.keys[w.generation].unseen:
		return "already_sent without a message, though no unseen refusal can have used the key up"
	case (status == outcome.Pending || status == outcome.Rejected) && known:
		return string(status) + " although there is a message"
	case w.wire != idle && !w.row.Open:
		return "a request without a recorded attempt"
	case w.row.Open && status != outcome.Unknown:
		return "an attempt that a crash would not leave in doubt"
	}
	return s.forgotten(w)
}

// forgotten returns why a row would never get its message, or its doubt never told, although all goes well from here on:
// what runs dies, a person resumes, and the server takes whatever comes.
func (s server) forgotten(w world) string {
	w = w.unless(true)
	w.wire, w.process, w.resting = idle, resume, false
	w.row = w.row.Abandon()
	return s.endless(w, 3)
}

func (s server) endless(w world, tries int) string {
	switch {
	case !w.row.Due(w.time()) && w.row.Status == outcome.Pending:
		return "pending for ever"
	case !w.row.Due(w.time()):
		return ""
	case tries == 0:
		return "tried again for ever"
	}
	row := w.row.Begin(w.time())
	if s.mayKnow(w, w.generation) {
		replayed := w
		replayed.row = row.Settle(replays.answer())
		if broken := s.endless(replayed, tries-1); broken != "" {
			return broken
		}
	}
	if s.mayNotKnow(w, w.generation) {
		accepted := s.accept(w, w.generation)
		accepted.row = row.Settle(accepts.answer())
		return s.endless(accepted, tries-1)
	}
	return ""
}

// Every world that can be reached is reached, and holds every promise.
func TestEveryLifeOfARow(t *testing.T) {
	t.Parallel()
	worlds, story, broken := server{}.explore()
	if broken != "" {
		t.Fatalf("%s:\n%s", broken, story)
	}
	t.Logf("%d worlds", worlds)
}
