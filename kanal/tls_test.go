package kanal

import (
	"context"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"crypto/x509/pkix"
	"io"
	"log"
	"math/big"
	"net"
	"net/http"
	"net/http/httptest"
	"sync/atomic"
	"testing"
	"time"
)

// authority signs certificates for tests.
type authority struct {
	t           *testing.T
	certificate *x509.Certificate
	key         *ecdsa.PrivateKey
}

func newAuthority(t *testing.T) *authority {
	t.Helper()
	a := &authority{t: t}
	a.certificate, a.key = a.sign(&x509.Certificate{
		Subject: pkix.Name{CommonName: "an authority of this test"}, IsCA: true, BasicConstraintsValid: true,
		KeyUsage: x509.KeyUsageCertSign, NotAfter: time.Now().Add(time.Hour),
	})
	return a
}

func (a *authority) sign(template *x509.Certificate) (*x509.Certificate, *ecdsa.PrivateKey) {
	a.t.Helper()
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		a.t.Fatal(err)
	}
	parent, parentKey := a.certificate, a.key
	if parent == nil {
		parent, parentKey = template, key
	}
	template.SerialNumber = big.NewInt(1)
	if template.NotBefore.IsZero() {
		template.NotBefore = time.Now().Add(-time.Hour)
	}
	der, err := x509.CreateCertificate(rand.Reader, template, parent, key.Public(), parentKey)
	if err != nil {
		a.t.Fatal(err)
	}
	certificate, err := x509.ParseCertificate(der)
	if err != nil {
		a.t.Fatal(err)
	}
	return certificate, key
}

// serve is a TLS server with a certificate for the host, which ends at the
// time given.
func (a *authority) serve(host string, until time.Time, handler http.HandlerFunc) *httptest.Server {
	certificate, key := a.sign(&x509.Certificate{
		DNSNames: []string{host}, NotBefore: until.Add(-2 * time.Hour), NotAfter: until,
		ExtKeyUsage: []x509.ExtKeyUsage{x509.ExtKeyUsageServerAuth},
	})
	server := httptest.NewUnstartedServer(handler)
	server.EnableHTTP2 = true
	server.Config.ErrorLog = log.New(io.Discard, "", 0) // it complains of the handshakes
	server.TLS = &tls.Config{Certificates: []tls.Certificate{{Certificate: [][]byte{certificate.Raw}, PrivateKey: key}}}
	server.StartTLS()
	a.t.Cleanup(server.Close)
	return server
}

// standard makes the standard transport, which the client's own one is cloned
// from, trust the authority and take every name for the address, until the
// test ends.
func (a *authority) standard(address string) *http.Transport {
	before := http.DefaultTransport
	transport := before.(*http.Transport).Clone()
	roots := x509.NewCertPool()
	roots.AddCert(a.certificate)
	transport.TLSClientConfig = &tls.Config{RootCAs: roots}
	if address != "" {
		transport.DialContext = func(ctx context.Context, network, _ string) (net.Conn, error) {
			return new(net.Dialer).DialContext(ctx, network, address)
		}
	}
	http.DefaultTransport = transport
	a.t.Cleanup(func() { http.DefaultTransport = before })
	return transport
}

// What cannot be a secure connection to Kanal gets no byte of a request, in
// the handshake's every way to fail; the same server with the right
// certificate does.
func TestTLSFailures(t *testing.T) {
	known, unknown := newAuthority(t), newAuthority(t)
	later := time.Now().Add(time.Hour)
	var requests atomic.Int32
	accept := func(w http.ResponseWriter, _ *http.Request) { requests.Add(1); io.WriteString(w, acceptedBody) }
	hangUp := serveRaw(t, func(c *rawConn) { c.reader.Peek(1) })
	reset := serveRaw(t, func(c *rawConn) { c.reader.Peek(1); c.reset() })
	plain := httptest.NewServer(http.HandlerFunc(accept))
	defer plain.Close()
	old := known.serve("kanal.test", later, accept)
	old.TLS.MaxVersion = tls.VersionTLS11

	for _, test := range []struct {
		name, address string
		right         bool
	}{
		{"right", known.serve("kanal.test", later, accept).Listener.Addr().String(), true},
		{"unknown authority", unknown.serve("kanal.test", later, accept).Listener.Addr().String(), false},
		{"wrong host", known.serve("other.test", later, accept).Listener.Addr().String(), false},
		{"expired", known.serve("kanal.test", time.Now().Add(-time.Minute), accept).Listener.Addr().String(), false},
		{"not yet valid", known.serve("kanal.test", time.Now().Add(4*time.Hour), accept).Listener.Addr().String(), false},
		{"old TLS only", old.Listener.Addr().String(), false},
		{"no TLS there", plain.Listener.Addr().String(), false},
		{"hung up in the handshake", hangUp.address, false},
		{"reset in the handshake", reset.address, false},
	} {
		t.Run(test.name, func(t *testing.T) {
			requests.Store(0)
			(&authority{t: t, certificate: known.certificate}).standard(test.address)
			client := newTestClient(t, Config{BaseURL: "https://kanal.test"})
			_, sendErr := client.SendTemplate(t.Context(), testMessage, "k")
			_, listErr := client.Templates(t.Context())
			if test.right {
				if sendErr != nil || requests.Load() != 2 {
					t.Errorf("%d requests, %v", requests.Load(), sendErr)
				}
				return
			}
			for _, err := range []error{sendErr, listErr} {
				if got := failureOf(t, err); got.Class != NotDelivered || got.Cause != CauseTLS || got.MayStillRun {
					t.Errorf("%+v", got)
				}
			}
			if n := requests.Load(); n != 0 {
				t.Errorf("%d requests arrived", n)
			}
		})
	}
}

// The client speaks HTTP/1.1 with servers that offer HTTP/2, too: when one
// connection dies, one request is in doubt, and not all that shared it.
func TestOneRequestPerConnection(t *testing.T) {
	const calls = 6
	all := make(chan struct{})
	var arrived atomic.Int32
	trusted := newAuthority(t)
	server := trusted.serve("kanal.test", time.Now().Add(time.Hour), func(w http.ResponseWriter, r *http.Request) {
		io.Copy(io.Discard, r.Body)
		if r.ProtoMajor != 1 {
			t.Errorf("asked over %s", r.Proto)
		}
		if arrived.Add(1) == calls {
			close(all)
		}
		<-all
		if r.Header.Get("Idempotency-Key") == "dies" {
			panic(http.ErrAbortHandler)
		}
		io.WriteString(w, acceptedBody)
	})
	transport := trusted.standard(server.Listener.Addr().String())
	transport.ForceAttemptHTTP2 = true
	transport.Clone() // as its first request would, this sets it up for HTTP/2
	client := newTestClient(t, Config{BaseURL: "https://kanal.test"})
	failed := make(chan error, calls)
	for i := range calls {
		key := "lives"
		if i == 0 {
			key = "dies"
		}
		go func() {
			_, err := client.SendTemplate(t.Context(), testMessage, key)
			failed <- err
		}()
	}
	doubts := 0
	for range calls {
		if err := <-failed; err != nil {
			doubts++
			if got := failureOf(t, err); got.Class != Doubt || got.Cause != CauseConnectionLost {
				t.Errorf("%+v", got)
			}
		}
	}
	if doubts != 1 || arrived.Load() != calls {
		t.Errorf("%d of %d requests in doubt, want 1; %d arrived", doubts, calls, arrived.Load())
	}
}
