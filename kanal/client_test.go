package kanal

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync/atomic"
	"testing"
	"time"
)

const testKey = "k3yk3yk3yk3yk3yk3yk3yk3y"

var testMessage = TemplateMessage{TemplateID: 77, PhoneNumber: "33612345678", Variables: map[string]string{"prenom": "Zoé"}}

// sends are the calls that send, one for each endpoint.
var sends = map[string]func(*Client, string) (Receipt, error){
	"template": func(c *Client, key string) (Receipt, error) {
		return c.SendTemplate(context.Background(), testMessage, key)
	},
	"message": func(c *Client, key string) (Receipt, error) {
		return c.SendMessage(context.Background(), FreeMessage{To: "33612345678", Type: TypeText, Text: "Bonjour"}, key)
	},
}

func newTestClient(t *testing.T, config Config) *Client {
	t.Helper()
	config.Key = testKey
	client, err := New(config)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if transport, ok := client.transport.(*http.Transport); ok {
			transport.CloseIdleConnections()
		}
	})
	return client
}

func serve(t *testing.T, handler http.HandlerFunc) (*Client, *httptest.Server) {
	t.Helper()
	server := httptest.NewServer(handler)
	t.Cleanup(server.Close)
	return newTestClient(t, Config{BaseURL: server.URL}), server
}

// failureOf asserts that err is an *Error that does not show the key.
func failureOf(t *testing.T, err error) *Error {
	t.Helper()
	var failure *Error
	if !errors.As(err, &failure) {
		t.Fatalf("error %v (%T) is no *kanal.Error", err, err)
	}
	for text := range strings.Lines(fmt.Sprintf("%v\n%+v\n%#v\n%#v\n", err, err, err, failure.Err)) {
		if strings.Contains(text, testKey) {
			t.Fatalf("the key is shown by %s", text)
		}
	}
	return failure
}

func TestSendTemplateRequest(t *testing.T) {
	var got *http.Request
	var body []byte
	client, _ := serve(t, func(w http.ResponseWriter, r *http.Request) {
		got = r
		body, _ = io.ReadAll(r.Body)
		io.WriteString(w, `{"success":true,"message":"Template message sent successfully","message_id":987654,`+
			`"contact_id":"54321","phone_number":"33612345678"}`)
	})
	m := testMessage
	m.CleanForCountry, m.Email = "FR", "zoe@example.com"
	receipt, err := client.SendTemplate(t.Context(), m, "key-1")
	if err != nil {
		t.Fatal(err)
	}
	want := Receipt{MessageID: "987654", ContactID: "54321", PhoneNumber: "33612345678", Message: "Template message sent successfully"}
	if receipt != want {
		t.Errorf("receipt %+v, want %+v", receipt, want)
	}
	wantBody := `{"template_id":77,"phone_number":"33612345678","variables":{"prenom":"Zoé"},"cleanForCountry":"FR","email":"zoe@example.com"}`
	if string(body) != wantBody {
		t.Errorf("body %s, want %s", body, wantBody)
	}
	if got.Method != "POST" || got.URL.Path != "/api/v1/templates" || got.ContentLength != int64(len(wantBody)) {
		t.Errorf("%s %s, length %d", got.Method, got.URL, got.ContentLength)
	}
	for name, value := range map[string]string{
		"Authorization": "Bearer " + testKey, "Idempotency-Key": "key-1",
		"Content-Type": "application/json", "User-Agent": "kanal-campaign",
	} {
		if got.Header.Get(name) != value {
			t.Errorf("%s is %q, want %q", name, got.Header.Get(name), value)
		}
	}
}

func TestMe(t *testing.T) {
	client, _ := serve(t, func(w http.ResponseWriter, r *http.Request) {
		if r.Method != "POST" || r.URL.Path != "/api/v1/me" {
			t.Errorf("%s %s", r.Method, r.URL)
		}
		io.WriteString(w, ` {"team": "Zoé", "key": "`+testKey+`"} `)
	})
	account, err := client.Me(t.Context())
	if err != nil || string(account) != `{"team": "Zoé", "key": "[redacted]"}` {
		t.Errorf("%s, %v", account, err)
	}
	client, _ = serve(t, func(w http.ResponseWriter, _ *http.Request) { io.WriteString(w, "<html>") })
	if _, err := client.Me(t.Context()); failureOf(t, err).Cause != CauseUnreadableAnswer {
		t.Error(err)
	}
}

func TestNewRefuses(t *testing.T) {
	for _, base := range []string{
		"http://api.getkanal.com", "http://10.0.0.1:80", "http://localhost.example.com", "ftp://localhost",
		"https://user:" + testKey + "@host", "https://host?key=" + testKey, "https://", "://" + testKey, "localhost:80",
	} {
		client, err := New(Config{BaseURL: base, Key: testKey})
		if refused := (*ConfigError)(nil); !errors.As(err, &refused) || refused.Fault.OfKey() {
			t.Errorf("%s: %v, %v", base, client, err)
		} else if strings.Contains(err.Error(), testKey) {
			t.Errorf("the error shows a secret: %v", err)
		}
	}
	for _, key := range []string{"", " \n", "two words", "k\u00e9", "a\nb"} {
		_, err := New(Config{Key: key})
		if refused := (*ConfigError)(nil); !errors.As(err, &refused) || !refused.Fault.OfKey() {
			t.Errorf("key %q: %v", key, err)
		}
	}
	for base, want := range map[string]string{
		"": DefaultBaseURL, "http://localhost:8080/": "http://localhost:8080", "http://127.3.2.1": "http://127.3.2.1",
		"http://[::1]:9/": "http://[::1]:9", "https://gateway.example.com/kanal/": "https://gateway.example.com/kanal",
	} {
		client, err := New(Config{BaseURL: base, Key: testKey + "\n"})
		if err != nil {
			t.Errorf("%s: %v", base, err)
		} else if client.BaseURL() != want || client.Timeout() != time.Minute {
			t.Errorf("%s: %s, %s", base, client.BaseURL(), client.Timeout())
		}
	}
}

func TestKeyIsNeverPrinted(t *testing.T) {
	config := Config{Key: testKey, BaseURL: "http://127.0.0.1:1"}
	client, err := New(config)
	if err != nil {
		t.Fatal(err)
	}
	type holder struct {
		client *Client
		inside Client
	}
	asJSON, _ := json.Marshal(config)
	texts := []string{string(asJSON)}
	for _, value := range []any{config, &config, client, *client, client.key, holder{client: client, inside: *client}} {
		for _, verb := range []string{"%v", "%+v", "%#v", "%s", "%q", "%x"} {
			texts = append(texts, fmt.Sprintf(verb, value))
		}
	}
	for _, text := range texts {
		if strings.Contains(text, testKey) || strings.Contains(text, fmt.Sprintf("%x", testKey)) {
			t.Errorf("the key is shown by %s", text)
		}
	}
}

func TestKeyEchoedByOthersIsRedacted(t *testing.T) {
	client, _ := serve(t, func(w http.ResponseWriter, r *http.Request) {
		w.WriteHeader(401)
		fmt.Fprintf(w, `{"error":"Invalid API key","details":"%s"}`, r.Header.Get("Authorization"))
	})
	_, err := client.SendTemplate(t.Context(), testMessage, "1")
	if failure := failureOf(t, err); failure.Details != "Bearer [redacted]" || failure.Cause != CauseKeyInvalid {
		t.Errorf("%+v", failure)
	}
	leaky := newTestClient(t, Config{Transport: roundTrip(func(r *http.Request) (*http.Response, error) {
		return nil, fmt.Errorf("cannot send %s", r.Header)
	})})
	_, err = leaky.SendTemplate(t.Context(), testMessage, "1")
	if failure := failureOf(t, err); failure.Class != NotDelivered {
		t.Errorf("%+v", failure)
	}
}

type roundTrip func(*http.Request) (*http.Response, error)

func (f roundTrip) RoundTrip(r *http.Request) (*http.Response, error) { return f(r) }

// The transport of net/http resends a POST with an Idempotency-Key when a
// reused connection dies. Here the connection dies after the server has read
// the request (accepted it), or before it reads any of it.
func TestOneCallIsOneRequest(t *testing.T) {
	for endpoint, send := range sends {
		for _, readFirst := range []bool{true, false} {
			t.Run(fmt.Sprintf("%s, read first %t", endpoint, readFirst), func(t *testing.T) { sendTwice(t, send, readFirst) })
		}
	}
}

func sendTwice(t *testing.T, send func(*Client, string) (Receipt, error), readFirst bool) {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer listener.Close()
	var requests, connections atomic.Int32
	go func() {
		for {
			conn, err := listener.Accept()
			if err != nil {
				return
			}
			connections.Add(1)
			go answerThenDrop(conn, &requests, readFirst)
		}
	}()
	client := newTestClient(t, Config{BaseURL: "http://" + listener.Addr().String()})
	if _, err := send(client, "first"); err != nil {
		t.Fatal(err)
	}
	_, err = send(client, "second")
	failure := failureOf(t, err)
	if failure.Class != Doubt || failure.Cause != CauseConnectionLost || !failure.MayStillRun || failure.Status != 0 {
		t.Errorf("%+v", failure)
	}
	if requests.Load() != 2 || connections.Load() != 1 {
		t.Errorf("two calls made %d requests on %d connections, want 2 on 1", requests.Load(), connections.Load())
	}
}

// answerThenDrop answers the first request of a connection, and drops the
// connection at the second: after reading it whole, or at its first byte.
func answerThenDrop(conn net.Conn, requests *atomic.Int32, readFirst bool) {
	defer conn.Close()
	reader := bufio.NewReader(conn)
	request, err := http.ReadRequest(reader)
	if err != nil {
		return
	}
	io.Copy(io.Discard, request.Body)
	requests.Add(1)
	body := `{"success":true,"message_id":1}`
	fmt.Fprintf(conn, "HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n%s", len(body), body)
	if _, err := reader.Peek(1); err != nil {
		return
	}
	requests.Add(1)
	if readFirst {
		if request, err = http.ReadRequest(reader); err == nil {
			io.Copy(io.Discard, request.Body)
		}
	}
}

func TestRedirectIsNotFollowed(t *testing.T) {
	var strayed atomic.Int32
	other := httptest.NewServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { strayed.Add(1) }))
	defer other.Close()
	for status := 300; status <= 308; status++ {
		client, _ := serve(t, func(w http.ResponseWriter, r *http.Request) {
			w.Header().Set("Location", other.URL+r.URL.Path)
			w.WriteHeader(status)
		})
		_, err := client.SendTemplate(t.Context(), testMessage, "1")
		if failure := failureOf(t, err); failure.Class != Halt || failure.Cause != CauseRedirected || failure.Status != status {
			t.Errorf("%d: %+v", status, failure)
		}
		if _, err := client.Templates(t.Context()); failureOf(t, err).Class != Halt {
			t.Errorf("%d: %v", status, err)
		}
	}
	if strayed.Load() != 0 {
		t.Errorf("%d requests went to another host", strayed.Load())
	}
}

func TestUnsendableIdempotencyKey(t *testing.T) {
	client, _ := serve(t, func(http.ResponseWriter, *http.Request) { t.Error("a request left") })
	_, err := client.SendTemplate(context.Background(), testMessage, "a\r\nb: c")
	if failure := failureOf(t, err); failure.Class != Halt || failure.Cause != CauseInvalidRequest {
		t.Errorf("%+v", failure)
	}
}
