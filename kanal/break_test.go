package kanal

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log"
	"net"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"
)

// hangingUp serves connections that are closed without an answer, once the
// request was read as far as its headers.
func hangingUp(t *testing.T) *Client {
	client, _ := serve(t, func(http.ResponseWriter, *http.Request) { panic(http.ErrAbortHandler) })
	return client
}

// closedAddress is one at which nobody listens. It stays taken, as that of a connection's other end, so that nobody else
// comes to listen there.
func closedAddress(t *testing.T) string {
	server := serveRaw(t, func(c *rawConn) { c.reader.Peek(1) })
	conn, err := net.Dial("tcp", server.address)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { conn.Close() })
	return conn.LocalAddr().String()
}

func TestBrokenConnections(t *testing.T) {
	untrusted := httptest.NewUnstartedServer(http.NotFoundHandler())
	untrusted.Config.ErrorLog = log.New(io.Discard, "", 0) // it complains of the handshake
	untrusted.StartTLS()
	defer untrusted.Close()
	plain := httptest.NewServer(http.NotFoundHandler())
	defer plain.Close()
	refusing := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(407) }))
	defer refusing.Close()
	proxy, _ := url.Parse(refusing.URL)

	tests := []struct {
		name   string
		client *Client
		class  Class
		cause  Cause
	}{
		{"refused", newTestClient(t, Config{BaseURL: "http://" + closedAddress(t)}), NotDelivered, CauseConnect},
		{"no such name", newTestClient(t, Config{BaseURL: "https://kanal.invalid", Transport: &http.Transport{
			DialContext: func(context.Context, string, string) (net.Conn, error) {
				return nil, &net.OpError{Op: "dial", Err: &net.DNSError{Err: "no such host", Name: "kanal.invalid", IsNotFound: true}}
			},
		}}), NotDelivered, CauseNameLookup},
		{"untrusted certificate", newTestClient(t, Config{BaseURL: untrusted.URL}), NotDelivered, CauseTLS},
		{"no TLS there", newTestClient(t, Config{BaseURL: strings.Replace(plain.URL, "http:", "https:", 1)}), NotDelivered, CauseTLS},
		{"proxy refuses", newTestClient(t, Config{Transport: &http.Transport{Proxy: http.ProxyURL(proxy)}}), NotDelivered, CauseConnect},
		{"hung up", hangingUp(t), Doubt, CauseConnectionLost},
		{"transport without an answer", newTestClient(t, Config{Transport: roundTrip(func(r *http.Request) (*http.Response, error) {
			if r.Body != nil {
				io.ReadAll(r.Body)
			}
			return nil, nil
		})}), Doubt, CauseConnectionLost},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			_, sendErr := test.client.SendTemplate(t.Context(), testMessage, "k")
			_, listErr := test.client.Templates(t.Context())
			for _, err := range []error{sendErr, listErr} {
				got := failureOf(t, err)
				if got.Class != test.class || got.Cause != test.cause || got.Status != 0 || got.Err == nil {
					t.Errorf("%s %s (%v), want %s %s", got.Class, got.Cause, got.Err, test.class, test.cause)
				}
				if got.MayStillRun != (test.class == Doubt) {
					t.Errorf("may still run: %t", got.MayStillRun)
				}
				if !strings.HasPrefix(got.Error(), "no answer from Kanal ("+string(test.cause)+"): ") {
					t.Errorf("text %q", got.Error())
				}
			}
		})
	}
}

// A connection that dies before the body was asked for carried no request.
func TestUnreadBodyIsNotDelivered(t *testing.T) {
	client := newTestClient(t, Config{Transport: roundTrip(func(*http.Request) (*http.Response, error) {
		return nil, io.ErrUnexpectedEOF
	})})
	_, err := client.SendTemplate(t.Context(), testMessage, "k")
	if got := failureOf(t, err); got.Class != NotDelivered || got.MayStillRun || !errors.Is(err, io.ErrUnexpectedEOF) {
		t.Errorf("%+v", got)
	}
}

func TestRevokedBodyLetsNothingOut(t *testing.T) {
	var kept io.Reader
	client := newTestClient(t, Config{Transport: roundTrip(func(r *http.Request) (*http.Response, error) {
		kept = r.Body
		return nil, io.ErrUnexpectedEOF
	})})
	_, err := client.SendTemplate(t.Context(), testMessage, "k")
	failureOf(t, err)
	if content, err := io.ReadAll(kept); len(content) > 0 || err == nil {
		t.Errorf("%q left after the request was called undelivered (%v)", content, err)
	}
}

func TestCutAnswers(t *testing.T) {
	const whole = `{"success":true,"message_id":987654}`
	for _, test := range []struct {
		status int
		class  Class
		cause  Cause
	}{
		{200, Doubt, CauseUnreadableAnswer}, {201, Doubt, CauseUnreadableAnswer}, {400, Doubt, CauseUnreadableAnswer},
		{500, Doubt, CauseServerError}, {401, Halt, CauseKeyRefused}, {429, Throttled, CauseThrottled},
	} {
		client, _ := serve(t, func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Length", fmt.Sprint(len(whole)+1)) // whole JSON, but not the whole answer
			w.WriteHeader(test.status)
			io.WriteString(w, whole)
		})
		_, err := client.SendTemplate(t.Context(), testMessage, "k")
		got := failureOf(t, err)
		if got.Class != test.class || got.Cause != test.cause || got.Status != test.status {
			t.Errorf("%d: %s %s", test.status, got.Class, got.Cause)
		}
		if got.MayStillRun != (test.class == Doubt) || !errors.Is(err, io.ErrUnexpectedEOF) {
			t.Errorf("%d: may still run %t, %v", test.status, got.MayStillRun, got.Err)
		}
	}
}

func TestHugeAnswer(t *testing.T) {
	client, _ := serve(t, func(w http.ResponseWriter, _ *http.Request) {
		io.WriteString(w, `{"success":true,"message_id":1,"x":"`+strings.Repeat("x", maxAnswer)+`"}`)
	})
	_, err := client.SendTemplate(t.Context(), testMessage, "k")
	if got := failureOf(t, err); got.Class != Doubt || got.Cause != CauseUnreadableAnswer || got.MayStillRun {
		t.Errorf("%+v", got)
	}
}

// A bodyless, timeless network: what the transport returns is up to the test.
func TestTimeoutsAndCancelling(t *testing.T) {
	waiting := func(r *http.Request) (*http.Response, error) {
		<-r.Context().Done()
		return nil, context.Cause(r.Context())
	}
	sent := func(r *http.Request) (*http.Response, error) {
		if r.Body != nil {
			io.ReadAll(r.Body)
		}
		return waiting(r)
	}
	slowBody := func(r *http.Request) (*http.Response, error) {
		io.ReadAll(r.Body)
		return &http.Response{StatusCode: 200, Header: http.Header{}, Body: io.NopCloser(untilDone{r.Context()})}, nil
	}
	for _, test := range []struct {
		name      string
		transport roundTrip
		cancel    time.Duration // by the caller; 0 for never
		class     Class
		cause     Cause
		status    int
	}{
		{"timeout before it left", waiting, 0, NotDelivered, CauseTimeout, 0},
		{"timeout after it left", sent, 0, Doubt, CauseTimeout, 0},
		{"slow body", slowBody, 0, Doubt, CauseTimeout, 200},
		{"cancelled before it left", waiting, time.Second, NotDelivered, CauseCancelled, 0},
		{"cancelled after it left", sent, time.Second, Doubt, CauseCancelled, 0},
		{"cancelled while reading", slowBody, time.Second, Doubt, CauseCancelled, 200},
	} {
		t.Run(test.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				ctx, cancel := context.WithCancelCause(t.Context())
				if test.cancel > 0 {
					time.AfterFunc(test.cancel, func() { cancel(errors.New("first signal")) })
				}
				start := time.Now()
				_, err := newTestClient(t, Config{Transport: test.transport}).SendTemplate(ctx, testMessage, "k")
				got := failureOf(t, err)
				if got.Class != test.class || got.Cause != test.cause || got.Status != test.status || got.MayStillRun != (test.class == Doubt) {
					t.Errorf("%+v", got)
				}
				want, is := DefaultTimeout, context.DeadlineExceeded
				if test.cancel > 0 {
					want, is = test.cancel, context.Canceled
				}
				if time.Since(start) != want || !errors.Is(err, is) {
					t.Errorf("after %s: %v", time.Since(start), err)
				}
				cancel(nil)
			})
		})
	}
}

func TestCancelledBeforeTheCall(t *testing.T) {
	client, _ := serve(t, func(http.ResponseWriter, *http.Request) { t.Error("a request left") })
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	_, sendErr := client.SendTemplate(ctx, testMessage, "k")
	_, listErr := client.Templates(ctx)
	for _, err := range []error{sendErr, listErr} {
		if got := failureOf(t, err); got.Class != NotDelivered || got.Cause != CauseCancelled {
			t.Errorf("%+v", got)
		}
	}
}

// The same over a real connection: the server holds the request when the time
// is up. A slow machine is given more of it until the request is there.
func TestTimeoutAtTheServer(t *testing.T) {
	release := make(chan struct{})
	var held sync.Map // by idempotency key
	server := httptest.NewServer(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) {
		if _, err := io.ReadAll(r.Body); err == nil {
			held.Store(r.Header.Get("Idempotency-Key"), true)
		}
		<-release
	}))
	defer server.Close()
	defer close(release)
	var err error
	isHeld := false
	for patience := 50 * time.Millisecond; !isHeld && patience < time.Minute; patience *= 2 {
		client := newTestClient(t, Config{BaseURL: server.URL, Timeout: patience})
		_, err = client.SendTemplate(t.Context(), testMessage, patience.String())
		_, isHeld = held.Load(patience.String())
	}
	if got := failureOf(t, err); got.Class != Doubt || got.Cause != CauseTimeout || !got.MayStillRun {
		t.Errorf("%+v", got)
	}
}

// untilDone is a body that brings nothing until its request ends.
type untilDone struct{ ctx context.Context }

func (b untilDone) Read([]byte) (int, error) {
	<-b.ctx.Done()
	return 0, b.ctx.Err()
}
