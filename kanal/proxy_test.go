package kanal

import (
	"context"
	"encoding/base64"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/url"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"
)

const (
	proxyPassword = "pr0xypr0xypr0xy"
	proxyUser     = "marketing"
)

// tunnel is a proxy on a loopback port. It takes every host for the address
// to, and notes what it was asked.
type tunnel struct {
	*rawServer
	mu    sync.Mutex
	asked []*http.Request
}

// proxyTo serves a proxy which answers CONNECT as refusal says, and carries
// what follows when that is empty.
func proxyTo(t *testing.T, to, refusal string) *tunnel {
	p := &tunnel{}
	p.rawServer = serveRaw(t, func(c *rawConn) {
		request, err := http.ReadRequest(c.reader)
		if err != nil {
			return
		}
		p.mu.Lock()
		p.asked = append(p.asked, request)
		p.mu.Unlock()
		if refusal != "" {
			io.WriteString(c, strings.ReplaceAll(refusal, "{credentials}", request.Header.Get("Proxy-Authorization")))
			return
		}
		server, err := net.Dial("tcp", to)
		if err != nil {
			return
		}
		defer server.Close()
		io.WriteString(c, "HTTP/1.1 200 Connection established\r\n\r\n")
		go func() { io.Copy(server, c.reader); server.Close() }()
		io.Copy(c, server)
	})
	return p
}

// through makes the standard transport, until the test ends, go through a
// proxy with a user and a password.
func through(t *testing.T, a *authority, address string) {
	proxy := &url.URL{Scheme: "http", Host: address, User: url.UserPassword(proxyUser, proxyPassword)}
	transport := (&authority{t: t, certificate: a.certificate}).standard("")
	transport.Proxy = http.ProxyURL(proxy)
}

// wantNoCredentials fails the test when an error shows the proxy's password.
func wantNoCredentials(t *testing.T, err error) {
	t.Helper()
	text := fmt.Sprintf("%v\n%+v\n%#v", err, err, err)
	for _, secret := range []string{proxyPassword, base64.StdEncoding.EncodeToString([]byte(proxyUser + ":" + proxyPassword))} {
		if strings.Contains(text, secret) {
			t.Errorf("the proxy's password is shown by %s", text)
		}
	}
}

func TestThroughAProxy(t *testing.T) {
	trusted := newAuthority(t)
	var requests atomic.Int32
	server := trusted.serve("kanal.test", time.Now().Add(time.Hour), func(w http.ResponseWriter, r *http.Request) {
		requests.Add(1)
		if r.Header.Get("Proxy-Authorization") != "" {
			t.Error("the proxy's password reached Kanal")
		}
		io.Copy(io.Discard, r.Body)
		if r.Header.Get("Idempotency-Key") == "dies" {
			panic(http.ErrAbortHandler)
		}
		io.WriteString(w, acceptedBody)
	})
	proxy := proxyTo(t, server.Listener.Addr().String(), "")
	through(t, trusted, proxy.address)
	client := newTestClient(t, Config{BaseURL: "https://kanal.test"})
	for range 2 {
		if _, err := client.SendTemplate(t.Context(), testMessage, "k"); err != nil {
			t.Fatal(err)
		}
	}
	_, err := client.SendTemplate(t.Context(), testMessage, "dies")
	if got := failureOf(t, err); got.Class != Doubt || got.Cause != CauseConnectionLost || !got.MayStillRun {
		t.Errorf("%+v", got)
	}
	if requests.Load() != 3 || proxy.connections.Load() != 1 {
		t.Errorf("%d requests through %d tunnels, want 3 through 1", requests.Load(), proxy.connections.Load())
	}
	for _, asked := range proxy.asked {
		credentials, _, _ := strings.Cut(asked.Header.Get("Proxy-Authorization"), " ")
		if asked.Method != http.MethodConnect || asked.Host != "kanal.test:443" || credentials != "Basic" ||
			asked.Header.Get("Authorization") != "" {
			t.Errorf("the proxy was asked %s %s with %v", asked.Method, asked.Host, asked.Header)
		}
	}
}

// A tunnel that is not opened carries no request: nothing was delivered,
// whatever the proxy says, and its password stands in no error.
func TestProxyRefusals(t *testing.T) {
	trusted := newAuthority(t)
	for _, test := range []struct {
		name, refusal string
		cause         Cause
		text          string
	}{
		{"407", "HTTP/1.1 407 Bad {credentials}\r\nProxy-Authenticate: Basic\r\n\r\n", CauseConnect,
			"the proxy refused to connect: 407 Proxy Authentication Required"},
		{"502", "HTTP/1.1 502 Bad Gateway\r\nContent-Length: 4\r\n\r\nsorry", CauseConnect, "the proxy refused to connect: 502 Bad Gateway"},
		{"403", "HTTP/1.0 403 {credentials}\r\n\r\n", CauseConnect, "the proxy refused to connect: 403 Forbidden"},
		{"302", "HTTP/1.1 302 Found\r\nLocation: https://login.invalid/\r\n\r\n", CauseConnect, "302 Found"},
		{"hangs up", " ", CauseConnect, "malformed"},
		{"no HTTP", "SSH-2.0 {credentials}\r\n", CauseConnect, ""},
		{"endless headers", "HTTP/1.1 200 OK\r\n" + strings.Repeat("X-A: b\r\n", 1<<17), CauseConnect, ""},
		{"no tunnel behind a 200", "HTTP/1.1 200 OK\r\n\r\nHTTP/1.1 200 OK\r\n\r\n", CauseTLS, ""},
	} {
		t.Run(test.name, func(t *testing.T) {
			proxy := proxyTo(t, "", test.refusal)
			through(t, trusted, proxy.address)
			client := newTestClient(t, Config{BaseURL: "https://kanal.test"})
			_, err := client.SendTemplate(t.Context(), testMessage, "k")
			got := failureOf(t, err)
			if got.Class != NotDelivered || got.Cause != test.cause || got.MayStillRun || !strings.Contains(got.Error(), test.text) {
				t.Errorf("%+v", got)
			}
			if n := proxy.connections.Load(); n != 1 {
				t.Errorf("%d connections to the proxy, want 1", n)
			}
			wantNoCredentials(t, err)
		})
	}
	t.Run("down", func(t *testing.T) {
		through(t, trusted, closedAddress(t))
		_, err := newTestClient(t, Config{BaseURL: "https://kanal.test"}).SendTemplate(t.Context(), testMessage, "k")
		if got := failureOf(t, err); got.Class != NotDelivered || got.Cause != CauseConnect {
			t.Errorf("%+v", got)
		}
		wantNoCredentials(t, err)
	})
}

// A request in clear goes to this computer without a proxy, however the host is
// spelled.
func TestNoProxyInClear(t *testing.T) {
	var requests atomic.Int32
	_, server := serve(t, func(w http.ResponseWriter, r *http.Request) { requests.Add(1); io.WriteString(w, acceptedBody) })
	proxy := proxyTo(t, server.Listener.Addr().String(), "")
	through(t, newAuthority(t), proxy.address)
	_, port, _ := net.SplitHostPort(server.Listener.Addr().String())
	for _, host := range []string{"127.0.0.1", "LocalHost"} {
		if _, err := newTestClient(t, Config{BaseURL: "http://" + host + ":" + port}).SendTemplate(t.Context(), testMessage, "k"); err != nil {
			t.Errorf("%s: %v", host, err)
		}
	}
	if requests.Load() != 2 || proxy.connections.Load() != 0 {
		t.Errorf("%d requests, and %d connections to the proxy", requests.Load(), proxy.connections.Load())
	}
}

// nameServer answers every question on a loopback port: with the address, or
// that there is no such name.
func nameServer(t *testing.T, address net.IP) *net.Resolver {
	t.Helper()
	listener, err := net.ListenPacket("udp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { listener.Close() })
	go func() {
		question := make([]byte, 512)
		for {
			_, from, err := listener.ReadFrom(question)
			if err != nil {
				return
			}
			end := 12 // of the name, behind the header
			for question[end] != 0 {
				end += int(question[end]) + 1
			}
			answer := append([]byte{}, question[:end+5]...) // with its type and class; no additional records
			answer[2], answer[3] = 0x81, 0x83               // an answer: no such name
			copy(answer[4:12], []byte{0, 1, 0, 0, 0, 0, 0, 0})
			isA := question[end+2] == 1
			if address != nil {
				answer[3] = 0x80
			}
			if address != nil && isA {
				answer[7] = 1
				answer = append(answer, 0xc0, 12, 0, 1, 0, 1, 0, 0, 0, 60, 0, 4)
				answer = append(answer, address.To4()...)
			}
			listener.WriteTo(answer, from)
		}
	}()
	return &net.Resolver{PreferGo: true, Dial: func(ctx context.Context, _, _ string) (net.Conn, error) {
		return new(net.Dialer).DialContext(ctx, "udp", listener.LocalAddr().String())
	}}
}

func TestNoSuchName(t *testing.T) {
	transport := newTransport(false)
	transport.Proxy = nil
	transport.DialContext = (&net.Dialer{Resolver: nameServer(t, nil)}).DialContext
	client := newTestClient(t, Config{BaseURL: "https://kanal.test", Transport: transport})
	_, err := client.SendTemplate(t.Context(), testMessage, "k")
	var lookup *net.DNSError
	if got := failureOf(t, err); got.Class != NotDelivered || got.Cause != CauseNameLookup || !errors.As(err, &lookup) || !lookup.IsNotFound {
		t.Errorf("%+v", got)
	}
}

// A name server that says that a name of this computer is elsewhere gets no
// connection made, and so no key sent in clear.
func TestReboundNames(t *testing.T) {
	for _, elsewhere := range []string{"192.0.2.1", "10.0.0.1", "0.0.0.0"} {
		dialer := &net.Dialer{Resolver: nameServer(t, net.ParseIP(elsewhere)), Control: onlyLoopback}
		conn, err := dialer.DialContext(t.Context(), "tcp4", "rebound.test:80")
		if err == nil {
			conn.Close()
			t.Fatalf("connected to %s", elsewhere)
		}
		if !strings.Contains(err.Error(), "is not on this computer") {
			t.Errorf("%s: %v", elsewhere, err)
		}
	}
	server := serveRaw(t, func(*rawConn) {})
	_, port, _ := net.SplitHostPort(server.address)
	dialer := &net.Dialer{Resolver: nameServer(t, net.IPv4(127, 0, 0, 1)), Control: onlyLoopback}
	conn, err := dialer.DialContext(t.Context(), "tcp4", "rebound.test:"+port)
	if err != nil {
		t.Fatal(err)
	}
	conn.Close()
	// The client's own transport for http has this control.
	if err := onlyLoopbackOf(newTransport(true)); err == nil {
		t.Error("the transport for http reaches other computers")
	}
}

// onlyLoopbackOf tries an address that no network routes.
func onlyLoopbackOf(transport *http.Transport) error {
	ctx, cancel := context.WithTimeout(context.Background(), time.Minute)
	defer cancel()
	conn, err := transport.DialContext(ctx, "tcp", "192.0.2.1:80")
	if err == nil {
		conn.Close()
		return nil
	}
	if strings.Contains(err.Error(), "is not on this computer") {
		return err
	}
	return nil
}
