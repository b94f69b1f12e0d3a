package sending_test

import (
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"kanal-campaign/campaign/ledger"
	"kanal-campaign/campaign/outcome"
	"kanal-campaign/campaign/sending"
	"kanal-campaign/campaign/sending/sendingtest"
	"kanal-campaign/kanal"
	"kanal-campaign/kanal/sandbox"
)

// worksLong is a server that works for so long on a request, although nobody waits for it, and knows its key only then.
var worksLong = sandbox.Options{Faults: sandbox.Faults{Work: 45 * time.Second}}

// impatient gives up every first request of a key in its own way, while the server works on it.
type impatient struct {
	server *sandbox.Server
	gives  func() (*http.Response, error) // after three seconds
	seen   sync.Map                       // keys
}

func (c *impatient) RoundTrip(request *http.Request) (*http.Response, error) {
	body, err := io.ReadAll(request.Body)
	if err != nil {
		return nil, err
	}
	arrived := httptest.NewRequest(request.Method, request.URL.String(), strings.NewReader(string(body)))
	arrived.Header = request.Header.Clone()
	key := request.Header.Get("Idempotency-Key")
	if _, again := c.seen.LoadOrStore(key, true); again {
		recorder := httptest.NewRecorder()
		c.server.ServeHTTP(recorder, arrived)
		return recorder.Result(), nil
	}
	go c.server.ServeHTTP(httptest.NewRecorder(), arrived)
	time.Sleep(3 * time.Second)
	return c.gives()
}

func answering(status int, body string) func() (*http.Response, error) {
	return func() (*http.Response, error) {
		recorder := httptest.NewRecorder()
		recorder.WriteHeader(status)
		_, err := io.WriteString(recorder, body)
		return recorder.Result(), err
	}
}

// A request whose end nobody has seen may still be running at the server, which need not serialise requests of one key: the
// key is not sent again before that request's deadline and the delay have passed. Others are not held up.
func TestAKeyRestsWhileItsRequestMayRun(t *testing.T) {
	for name, gives := range map[string]func() (*http.Response, error){
		"the connection breaks":      func() (*http.Response, error) { return nil, io.ErrUnexpectedEOF },
		"the answer is truncated":    answering(200, `{"success":true,"message_`),
		"a page in place of a 200":   answering(200, "<html>one moment, please</html>"),
		"it will be done":            answering(202, `{"message":"queued"}`),
		"a gateway gives up":         answering(502, "<html>Bad Gateway</html>"),
		"a gateway gives up in time": answering(504, `{"message":"Gateway Timeout"}`),
		"a web server is down":       answering(522, ""),
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				b := sendingtest.NewBench(t, 3, worksLong)
				defer b.Close()
				client, err := kanal.New(kanal.Config{BaseURL: "http://127.0.0.1:1", Key: sandbox.DefaultKey,
					Transport: &impatient{server: b.Server, gives: gives}})
				if err != nil {
					t.Fatal(err)
				}
				b.Sender.By = client
				begun := time.Now()
				b.Run(b.Sender)
				b.Agree(b.Sender)
				if got := b.Statuses(b.Sender); got[outcome.AlreadySent] != 3 {
					t.Errorf("the rows are %v, want 3 already_sent", got)
				}
				first := map[string]time.Time{}
				for _, r := range b.Server.Requests() {
					if at, again := first[r.Key]; again && r.Time.Sub(at) < kanal.DefaultTimeout+sending.DefaultDoubtDelay {
						t.Errorf("a key was sent again after %s", r.Time.Sub(at))
					} else if !again {
						first[r.Key] = r.Time
					}
				}
				for _, at := range first {
					if at.Sub(begun) > kanal.DefaultTimeout {
						t.Errorf("somebody was held up for %s by others' doubts", at.Sub(begun))
					}
				}
			})
		})
	}
}

// An answer is one, whatever it says: its request has ended, and the key may be sent again after the ordinary delay, or the
// wait that it tells.
func TestAKeyIsSentAgainSoonAfterAnAnswer(t *testing.T) {
	for name, test := range map[string]struct {
		gives       func() (*http.Response, error)
		least, most time.Duration
	}{
		"500":                {answering(500, `{"message":"Server Error"}`), time.Second, 10 * time.Second},
		"503":                {answering(503, "<html>Service Unavailable</html>"), time.Second, 10 * time.Second},
		"503 with a wait":    {answering(503, `{"message":"Down","retry_after":20}`), 20 * time.Second, 30 * time.Second},
		"408":                {answering(408, ""), time.Second, 10 * time.Second},
		"409":                {answering(409, `{"error":"Conflict"}`), time.Second, 10 * time.Second},
		"a platform's doubt": {answering(400, `{"message":"Error sending template message","error":"(#131000) No"}`), time.Second, 10 * time.Second},
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				b := sendingtest.NewBench(t, 1, sandbox.Options{Faults: sandbox.Faults{Rates: map[sandbox.Fault]float64{sandbox.Error500Before: 1}}})
				defer b.Close()
				client, err := kanal.New(kanal.Config{BaseURL: "http://127.0.0.1:1", Key: sandbox.DefaultKey,
					Transport: &impatient{server: b.Server, gives: test.gives}})
				if err != nil {
					t.Fatal(err)
				}
				b.Sender.By = client
				b.Run(b.Sender)
				requests := b.Server.Requests()
				if gap := requests[1].Time.Sub(requests[0].Time) - 3*time.Second; gap < test.least || gap > test.most {
					t.Errorf("the key was sent again %s after the answer, want %s to %s", gap, test.least, test.most)
				}
			})
		})
	}
}

// What a killed process has sent counts as running until its deadline, however soon its campaign is resumed, and however the
// computer's clock was set meanwhile.
func TestAKeyRestsAfterAKill(t *testing.T) {
	const killedAfter = 4 * time.Second
	for name, shift := range map[string]time.Duration{
		"resumed at once":                          0,
		"resumed by a clock that was set back":     -3 * time.Hour,
		"resumed by a clock set back for a moment": -2 * time.Second,
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				b := sendingtest.NewBench(t, 2, worksLong)
				defer b.Close()
				left := time.Now()
				killed(b, killedAfter)
				b.Ledger.Clock = func() time.Time { return time.Now().Add(shift) }
				b.Run(b.Sender)
				b.Agree(b.Sender)
				requests := b.Server.Requests()
				if len(requests) != 3 {
					t.Fatalf("%d requests, want 3", len(requests))
				}
				if other := requests[1].Time.Sub(left); other > killedAfter+2*time.Second {
					t.Errorf("the other person was held up for %s", other)
				}
				if again := requests[2].Time.Sub(left); again < kanal.DefaultTimeout+sending.DefaultDoubtDelay {
					t.Errorf("the key was sent again after %s", again)
				}
			})
		})
	}
}

// killed begins the campaign's first row as a process does that is killed so long afterwards: its request has reached the
// server.
func killed(b *sendingtest.Bench, after time.Duration) {
	b.T.Helper()
	s := b.Sender
	queue, err := b.Ledger.Queue(b.T.Context(), s.Campaign.ID, 0, 1)
	if err != nil || len(queue) != 1 {
		b.T.Fatalf("%d rows: %v", len(queue), err)
	}
	row := queue[0]
	_, err = b.Ledger.Begin(b.T.Context(), &row, ledger.Turn{RunID: s.RunID, PaceKey: s.PaceKey, Limit: s.Rate, Timeout: s.Timeout, Account: "56"})
	if err != nil {
		b.T.Fatal(err)
	}
	body := `{"template_id":77,"phone_number":"` + row.Phone + `","variables":{"prenom":"Zoé 0","code":"P00000"}}`
	request := httptest.NewRequest(http.MethodPost, "/api/v1/templates", strings.NewReader(body))
	request.Header.Set("Authorization", "Bearer "+sandbox.DefaultKey)
	request.Header.Set("Idempotency-Key", row.Key.String())
	go b.Server.ServeHTTP(httptest.NewRecorder(), request)
	time.Sleep(after)
}
