package sandbox

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"kanal-campaign/kanal"
)

// overHTTP serves a sandbox on loopback, and returns a client of it.
func overHTTP(t *testing.T, s *Server) *kanal.Client {
	t.Helper()
	server := httptest.NewUnstartedServer(s)
	server.Config.ErrorLog = log.New(io.Discard, "", 0)
	server.Start()
	t.Cleanup(server.Close)
	client, err := kanal.New(kanal.Config{BaseURL: server.URL, Key: DefaultKey})
	if err != nil {
		t.Fatal(err)
	}
	return client
}

// outcome sends a welcome message and tells in a word how the client took it.
func outcome(client *kanal.Client, number, key string) string {
	message := kanal.TemplateMessage{TemplateID: 77, PhoneNumber: number, Variables: map[string]string{"prenom": "Zoé", "code": "1"}}
	return inAWord(client.SendTemplate(context.Background(), message, key))
}

// freeOutcome does the same with a text.
func freeOutcome(client *kanal.Client, number, key string) string {
	return inAWord(client.SendMessage(context.Background(), kanal.FreeMessage{To: number, Type: kanal.TypeText, Text: "Bonjour"}, key))
}

type sendFunc func(client *kanal.Client, number, key string) string

// sendFuncs send to one endpoint each.
var sendFuncs = map[string]sendFunc{"template": outcome, "message": freeOutcome}

func inAWord(receipt kanal.Receipt, err error) string {
	var failure *kanal.Error
	switch {
	case errors.As(err, &failure):
		return string(failure.Class) + "/" + string(failure.Cause)
	case receipt.Replayed:
		return "replayed"
	}
	return "accepted"
}

func TestEveryFaultOverHTTP(t *testing.T) {
	want := map[Fault]string{
		Error500Before: "doubt/server-error", Error502Before: "doubt/server-error", Error503Before: "doubt/server-error",
		Error500After: "doubt/server-error", Error502After: "doubt/server-error", Error503After: "doubt/server-error",
		DropBefore: "doubt/connection-lost", DropAfter: "doubt/connection-lost",
		Truncated200: "doubt/unreadable-answer", Garbage200: "doubt/unreadable-answer", HTML200: "doubt/unreadable-answer",
		NoMessageID: "doubt/no-message-id", HTML502: "doubt/server-error",
		Throttle: "throttled/throttled", ThrottleLaravel: "throttled/throttled", ThrottleHTML: "throttled/throttled",
		Unauthorized: "halt/key-invalid", NoSubscription: "halt/no-subscription", Redirect: "halt/redirected",
		Conflict: "doubt/conflict", Platform130429: "throttled/throughput", Platform131000: "doubt/platform-unknown",
	}
	for _, fault := range KnownFaults() {
		onEveryEndpoint(t, string(fault), func(t *testing.T, _ string, outcome sendFunc) {
			s := New(Options{Faults: Faults{Script: map[int]Fault{2: fault}}})
			client := overHTTP(t, s)
			if got := outcome(client, "33612345678", "other"); got != "accepted" {
				t.Error(got)
			}
			if got := outcome(client, "33612345679", "k"); got != want[fault] {
				t.Errorf("%s, want %s", got, want[fault])
			}
			after := faultKinds[fault].after
			if got := len(s.Accepted()); got != 1 && !after || got != 2 && after {
				t.Errorf("%d accepted", got)
			}
			again := "accepted"
			if after {
				again = "replayed"
			}
			if got := outcome(client, "33612345679", "k"); got != again {
				t.Errorf("again: %s, want %s", got, again)
			}
			if requests := s.Requests(); len(requests) != 3 || requests[1].Accepted != after || len(s.Accepted()) != 2 {
				t.Errorf("%+v", requests)
			}
		})
	}
}

// onEveryEndpoint runs a test once for each endpoint that sends.
func onEveryEndpoint(t *testing.T, name string, test func(t *testing.T, endpoint string, outcome sendFunc)) {
	for endpoint, outcome := range sendFuncs {
		t.Run(strings.TrimSpace(name+" "+endpoint), func(t *testing.T) { test(t, endpoint, outcome) })
	}
}

func TestEveryMagicRecipient(t *testing.T) { onEveryEndpoint(t, "", testMagic) }

func testMagic(t *testing.T, endpoint string, outcome sendFunc) {
	want := map[string][]string{
		"33600000001": {"rejected/opted-out", "rejected/opted-out"},
		"33600000002": {"rejected/not-on-whatsapp", "rejected/not-on-whatsapp"},
		"33600000003": {"rejected/held-back", "rejected/held-back"},
		"33600000004": {"doubt/server-error", "accepted"},
		"33600000005": {"doubt/connection-lost", "replayed"},
		"33600000006": {"doubt/connection-lost", "accepted"},
		"33600000007": {"doubt/server-error", "replayed"},
		"33600000008": {"doubt/unreadable-answer", "replayed"},
		"33600000009": {"doubt/unreadable-answer", "replayed"},
		"33600000010": {"throttled/throttled", "accepted"},
		"33600000011": {"throttled/throttled", "accepted"},
		"33600000012": {"doubt/server-error", "doubt/server-error"},
		"33600000013": {"rejected/invalid-number", "rejected/invalid-number"},
		"33600000015": {"accepted", "replayed"},
		"33600000016": {"rejected/missing-variable", "rejected/missing-variable"},
		"33600000017": {"halt/sender-restricted", "halt/sender-restricted"},
		"33600000018": {"doubt/no-message-id", "replayed"},
	}
	if endpoint == "message" {
		want["33600000015"] = []string{"rejected/closed-window", "rejected/closed-window"}
	}
	s := New(Options{Limit: 1000})
	client := overHTTP(t, s)
	for _, magic := range Magic {
		outcomes, ok := want[magic.Number]
		if !ok {
			if magic.delay != 3*time.Second { // TestSlowMagicRecipient
				t.Errorf("%s is not tested", magic.Number)
			}
			continue
		}
		for i, outcomeWanted := range outcomes {
			if got := outcome(client, magic.Number, "key-of-"+magic.Number); got != outcomeWanted {
				t.Errorf("%s, request %d: %s, want %s", magic.Number, i+1, got, outcomeWanted)
			}
		}
	}
	seen := map[string]bool{}
	for _, a := range s.Accepted() {
		if seen[a.Key] {
			t.Errorf("%s accepted twice", a.Key)
		}
		seen[a.Key] = true
	}
}

func TestSlowMagicRecipient(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		start := time.Now()
		status, _, _ := send(t, New(Options{}), "33600000014", "k")
		if status != 200 || time.Since(start) != 3*time.Second {
			t.Errorf("%d after %s", status, time.Since(start))
		}
	})
}

func TestMagicWithoutKeyGoesByNumber(t *testing.T) {
	s := New(Options{})
	for _, want := range []int{500, 200, 200} {
		if status, _, _ := send(t, s, "33600000004", ""); status != want {
			t.Errorf("%d, want %d", status, want)
		}
	}
	if status, _, _ := send(t, s, "33600000004", "a key has its own first time"); status != 500 {
		t.Error(status)
	}
}

func TestMagicThrottleAsksForTwoSeconds(t *testing.T) {
	s := New(Options{Faults: Faults{RetryAfter: time.Minute}})
	_, body, _ := send(t, s, "33600000010", "a")
	_, _, header := send(t, s, "33600000011", "b")
	if !strings.Contains(body, `"retry_after":2}`) || header.Get("Retry-After") != "2" {
		t.Errorf("%s, %v", body, header)
	}
}

func TestRatesAreRepeatable(t *testing.T) {
	run := func(seed uint64) (statuses []int) {
		s := New(Options{Limit: 1000, Seed: seed, Faults: Faults{Rates: map[Fault]float64{Error500Before: 0.2, DropAfter: 0.3}}})
		for i := range 500 {
			status, _, _ := send(t, s, "33612345678", fmt.Sprint(i))
			statuses = append(statuses, status)
		}
		return statuses
	}
	first := run(7)
	if !reflect.DeepEqual(first, run(7)) || reflect.DeepEqual(first, run(8)) {
		t.Error("a seed does not repeat, or does not matter")
	}
	count := map[int]int{}
	for _, status := range first {
		count[status]++
	}
	if count[500] < 60 || count[500] > 140 || count[0] < 110 || count[0] > 190 {
		t.Errorf("%v", count)
	}
}

func TestLatencyAndJitter(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := New(Options{})
		s.SetFaults(Faults{Latency: time.Second, Jitter: 2 * time.Second})
		for range 20 {
			start := time.Now()
			send(t, s, "33612345678", "")
			took := time.Since(start)
			requests := s.Requests()
			counted := requests[len(requests)-1].Time.Sub(start)
			if took < time.Second || took > 3*time.Second || counted < 0 || counted > took {
				t.Errorf("took %s, counted after %s", took, counted)
			}
		}
		// A client that gives up does not undo what it sent.
		ctx, cancel := context.WithTimeout(t.Context(), time.Millisecond)
		defer cancel()
		r := httptest.NewRequestWithContext(ctx, "POST", "/api/v1/templates", strings.NewReader(welcome("33612345678")))
		r.Header.Set("Authorization", "Bearer "+DefaultKey)
		before := len(s.Accepted())
		s.ServeHTTP(httptest.NewRecorder(), r)
		if len(s.Accepted()) != before+1 {
			t.Error("the request was undone")
		}
	})
}

func TestParseFaults(t *testing.T) {
	got, err := ParseFaults(" drop-after=0.1, 500-before=0.05,3=429,429=0.2,latency=200ms,jitter=1s,retry-after=5s,")
	want := Faults{
		Script:  map[int]Fault{3: Throttle},
		Rates:   map[Fault]float64{DropAfter: 0.1, Error500Before: 0.05, Throttle: 0.2},
		Latency: 200 * time.Millisecond, Jitter: time.Second, RetryAfter: 5 * time.Second,
	}
	if err != nil || !reflect.DeepEqual(got, want) {
		t.Errorf("%+v, %v", got, err)
	}
	if _, err := ParseFaults(""); err != nil {
		t.Error(err)
	}
	for _, text := range []string{
		"drop-after", "nothing=0.5", "0=429", "-1=429", "x=429", "429=2", "429=-1", "429=NaN", "429=often",
		"latency=fast", "jitter=-1s", "429=0.6,401=0.6",
	} {
		if faults, err := ParseFaults(text); err == nil {
			t.Errorf("%s gave %+v", text, faults)
		}
	}
}

func TestTruthFile(t *testing.T) {
	path := filepath.Join(t.TempDir(), "truth.jsonl")
	file, earlier, err := OpenTruth(path)
	if err != nil || earlier != nil {
		t.Fatal(earlier, err)
	}
	s := New(Options{TruthFile: file})
	send(t, s, "33612345678", "k1")
	send(t, s, "33600000005", "k2") // accepted, then dropped: the line stands
	io.WriteString(file, `{"key":"torn`)
	file.Close()

	content, _ := os.ReadFile(path)
	if read, _, err := parseLines[Acceptance](content, "truth file"); err != nil || len(read) != 2 || read[1].Key != "k2" {
		t.Errorf("%+v, %v", read, err)
	}
	file, earlier, err = OpenTruth(path)
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	restarted := New(Options{TruthFile: file})
	restarted.Restore(earlier)
	for _, key := range []string{"k1", "k2"} {
		if status, _, _ := send(t, restarted, "33600000005", key); status != 201 {
			t.Errorf("%s: %d after a restart", key, status)
		}
	}
	_, body, _ := send(t, restarted, "33612345678", "k3")
	expect(t, "after a restart", 200, 200, body,
		`{"success":true,"message":"Template message sent successfully","message_id":987656,"contact_id":54321,"phone_number":"33612345678"}`)
	content, _ = os.ReadFile(path)
	read, _, err := parseLines[Acceptance](content, "truth file")
	if err != nil || len(read) != 3 || len(restarted.Accepted()) != 3 {
		t.Fatalf("%+v, %v", read, err)
	}
	for i, a := range restarted.Accepted() {
		if !a.Time.Equal(read[i].Time) || a.Key != read[i].Key || !reflect.DeepEqual(a.Variables, read[i].Variables) {
			t.Errorf("%+v differs from %+v", a, read[i])
		}
	}
	if _, _, err := parseLines[Acceptance]([]byte("{}\nnonsense\n{}\n"), "truth file"); err == nil || !strings.Contains(err.Error(), "line 2") {
		t.Error(err)
	}
}

type brokenWriter struct{}

func (brokenWriter) Write([]byte) (int, error) { return 0, errors.New("disk full") }

func TestNothingIsAcceptedWithoutItsTruth(t *testing.T) {
	s := New(Options{TruthFile: brokenWriter{}})
	if status, _, _ := send(t, s, "33612345678", "k"); status != 500 || len(s.Accepted()) != 0 {
		t.Errorf("%d, %+v", status, s.Accepted())
	}
}

func TestOneKeyAtOnceIsAcceptedOnce(t *testing.T) {
	s := New(Options{})
	client := overHTTP(t, s)
	var wait sync.WaitGroup
	for range 20 {
		wait.Go(func() { outcome(client, "33612345678", "k") })
	}
	wait.Wait()
	if len(s.Accepted()) != 1 || len(s.Requests()) != 20 {
		t.Errorf("%d accepted of %d", len(s.Accepted()), len(s.Requests()))
	}
}

var _ http.Handler = (*Server)(nil)
