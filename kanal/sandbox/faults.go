package sandbox

import (
	"fmt"
	"maps"
	"math/rand/v2"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"time"
)

// Fault is one way to fail, named as ParseFaults takes it. Before and After
// tell whether the message is accepted first.
type Fault string

const (
	Error500Before  Fault = "500-before"
	Error502Before  Fault = "502-before"
	Error503Before  Fault = "503-before"
	Error500After   Fault = "500-after"
	Error502After   Fault = "502-after"
	Error503After   Fault = "503-after"
	DropBefore      Fault = "drop-before"
	DropAfter       Fault = "drop-after"
	Truncated200    Fault = "truncated-200"
	Garbage200      Fault = "garbage-200"
	HTML200         Fault = "html-200"
	NoMessageID     Fault = "no-message-id"
	HTML502         Fault = "html-502"
	Throttle        Fault = "429"
	ThrottleLaravel Fault = "429-laravel"
	ThrottleHTML    Fault = "429-html"
	Unauthorized    Fault = "401"
	NoSubscription  Fault = "403"
	Redirect        Fault = "302"
	Conflict        Fault = "409"
	Platform130429  Fault = "130429"
	Platform131000  Fault = "131000"
)

// faultKind is what a fault does: whether after acceptance, and which answer.
type faultKind struct {
	after bool
	reply reply
}

const htmlPage = "<!DOCTYPE html>\n<html><head><title>%s</title></head><body><h1>%s</h1><hr>nginx</body></html>\n"

func htmlReply(status int) reply {
	title := fmt.Sprintf("%d %s", status, http.StatusText(status))
	return reply{status: status, html: fmt.Sprintf(htmlPage, title, title)}
}

func errorReply(status int) reply {
	return reply{status: status, body: map[string]any{"message": "Server Error"}}
}

// faultKinds is the table of faults. The replies of throttling faults get
// their wait from Faults.RetryAfter.
var faultKinds = map[Fault]faultKind{
	Error500Before:  {false, errorReply(500)},
	Error502Before:  {false, errorReply(502)},
	Error503Before:  {false, errorReply(503)},
	Error500After:   {true, errorReply(500)},
	Error502After:   {true, errorReply(502)},
	Error503After:   {true, errorReply(503)},
	DropBefore:      {false, reply{}},
	DropAfter:       {true, reply{}},
	Truncated200:    {true, reply{}},
	Garbage200:      {true, reply{status: 200, html: "\x00\x1f\x8b garbage \x9b31m"}},
	HTML200:         {true, htmlReply(200)},
	NoMessageID:     {true, reply{}},
	HTML502:         {false, htmlReply(502)},
	Throttle:        {false, reply{}},
	ThrottleLaravel: {false, reply{}},
	ThrottleHTML:    {false, reply{}},
	Unauthorized:    {false, flatError(401, "Invalid API key")},
	NoSubscription:  {false, flatError(403, "Team has no active subscription")},
	Redirect:        {false, reply{status: 302, header: http.Header{"Location": {"https://login.invalid/"}}}},
	Conflict:        {false, flatError(409, "Conflict")},
	Platform130429:  {false, sendFailure("(#130429) Rate limit hit")},
	Platform131000:  {false, sendFailure("(#131000) Something went wrong")},
}

// KnownFaults lists all faults, in order of name.
func KnownFaults() []Fault { return slices.Sorted(maps.Keys(faultKinds)) }

// Faults say which sends go wrong. For one send the script decides first,
// then a magic recipient, then the rates.
type Faults struct {
	// Script gives the nth POST to a send endpoint, from 1, a fault.
	Script map[int]Fault
	// Rates are probabilities from 0 to 1; their sum is at most 1.
	Rates map[Fault]float64
	// Latency and Jitter delay a send by Latency plus a random part of
	// Jitter, of which some passes before the server counts the request, and
	// the rest before it answers.
	Latency, Jitter time.Duration
	// Work passes between the look at a send's key and its acceptance. Two
	// requests of one key are then not serialised, which Kanal's pages leave
	// open: both are accepted where the second comes before the first is.
	Work time.Duration
	// RetryAfter is the wait that throttling faults ask for; 0 is 2 s.
	RetryAfter time.Duration
}

// ParseFaults reads faults from a text of comma-separated settings: a fault
// with its probability (drop-after=0.1), the number of a request with its
// fault (3=429), or latency, jitter, work or retry-after with a duration
// (latency=200ms). The empty text is no faults.
func ParseFaults(text string) (Faults, error) {
	faults := Faults{Script: map[int]Fault{}, Rates: map[Fault]float64{}}
	for setting := range strings.SplitSeq(text, ",") {
		if setting = strings.TrimSpace(setting); setting == "" {
			continue
		}
		name, value, ok := strings.Cut(setting, "=")
		if !ok {
			return Faults{}, fmt.Errorf("fault %q: expected NAME=PROBABILITY or NUMBER=NAME", setting)
		}
		if err := faults.set(strings.TrimSpace(name), strings.TrimSpace(value)); err != nil {
			return Faults{}, err
		}
	}
	if err := faults.check(); err != nil {
		return Faults{}, err
	}
	return faults, nil
}

func (f *Faults) set(name, value string) error {
	durations := map[string]*time.Duration{"latency": &f.Latency, "jitter": &f.Jitter, "work": &f.Work, "retry-after": &f.RetryAfter}
	if duration, ok := durations[name]; ok {
		var err error
		if *duration, err = time.ParseDuration(value); err != nil || *duration < 0 {
			return fmt.Errorf("fault %s=%s: expected a duration such as 200ms", name, value)
		}
		return nil
	}
	if _, known := faultKinds[Fault(value)]; known {
		nth, err := strconv.Atoi(name)
		if err != nil || nth < 1 {
			return fmt.Errorf("fault %s=%s: expected the number of a request, from 1", name, value)
		}
		f.Script[nth] = Fault(value)
		return nil
	}
	if _, known := faultKinds[Fault(name)]; !known {
		return fmt.Errorf("fault %s=%s: there is no such fault", name, value)
	}
	rate, err := strconv.ParseFloat(value, 64)
	if err != nil {
		return fmt.Errorf("fault %s=%s: expected a probability from 0 to 1", name, value)
	}
	f.Rates[Fault(name)] = rate
	return nil
}

// check refuses what no set of faults can mean.
func (f *Faults) check() error {
	sum := 0.0
	for fault, rate := range f.Rates {
		if !(rate >= 0 && rate <= 1) { // NaN too
			return fmt.Errorf("fault %s=%v: expected a probability from 0 to 1", fault, rate)
		}
		sum += rate
	}
	if sum > 1+1e-9 {
		return fmt.Errorf("the probabilities of the faults add up to %v, more than 1", sum)
	}
	return nil
}

// pick draws a fault by the rates, or none.
func (f *Faults) pick(random *rand.Rand) Fault {
	draw := random.Float64()
	for _, fault := range slices.Sorted(maps.Keys(f.Rates)) {
		if draw -= f.Rates[fault]; draw < 0 {
			return fault
		}
	}
	return ""
}

// delays draws how long a send takes on its way in and on its way out.
func (f *Faults) delays(random *rand.Rand) (in, out time.Duration) {
	total := f.Latency
	if f.Jitter > 0 {
		total += time.Duration(random.Int64N(int64(f.Jitter) + 1))
	}
	in = time.Duration(random.Float64() * float64(total))
	return in, total - in
}

func (f *Faults) retryAfter() time.Duration {
	if f.RetryAfter > 0 {
		return f.RetryAfter
	}
	return 2 * time.Second
}
