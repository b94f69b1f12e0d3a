package kanal

import (
	"bytes"
	"context"
	"crypto/tls"
	"errors"
	"io"
	"net/http/httptrace"
	"sync"
	"sync/atomic"
)

// flight follows one request on its way, to prove afterwards whether any of
// it can have reached the server.
//
// The proof of a request with a body is the body: what nobody has read,
// nobody has sent, and a request without its body is none. The proof holds
// for every transport. A request without a body changes nothing at the
// server, so the coarser fact that a connection was got is enough.
type flight struct {
	body    *onceBody // nil for a request without a body
	handed  bool      // to the transport
	started atomic.Bool
	gotConn atomic.Bool
	inTLS   atomic.Bool
	began   atomic.Bool
}

// watch returns the context to hand to the transport, under which it tells the
// flight of its connections.
func (f *flight) watch(ctx context.Context) context.Context {
	f.handed = true
	return httptrace.WithClientTrace(ctx, &httptrace.ClientTrace{
		GetConn:              func(string) { f.started.Store(true) },
		GotConn:              func(httptrace.GotConnInfo) { f.gotConn.Store(true) },
		GotFirstResponseByte: func() { f.began.Store(true) },
		TLSHandshakeStart:    func() { f.inTLS.Store(true) },
		TLSHandshakeDone:     func(_ tls.ConnectionState, err error) { f.inTLS.Store(err != nil) },
	})
}

// mayHaveLeft ends the flight: nothing more can leave after the call. It
// reports whether something may have left before.
func (f *flight) mayHaveLeft() bool {
	if f.body != nil {
		return f.body.revoke()
	}
	return f.handed && (f.connected() || !f.traced())
}

// traced reports whether the transport tells of its connections at all; those
// that are not net/http's need not.
func (f *flight) traced() bool { return f.started.Load() }

func (f *flight) connected() bool { return f.gotConn.Load() }

// handshaking reports a TLS handshake that began and did not succeed.
func (f *flight) handshaking() bool { return f.inTLS.Load() && !f.connected() }

// answered reports whether an answer began.
func (f *flight) answered() bool { return f.began.Load() }

// onceBody is a request body that is read through at most once.
//
// It is deliberately no type that net/http knows how to rewind: the transport
// resends a POST that carries an Idempotency-Key when a reused connection
// dies, but only if it can rewind the body. Such a resend would be an attempt
// that no pace and no ledger has seen. A goroutine of the transport may read
// it while the request's own goroutine revokes it.
type onceBody struct {
	mu      sync.Mutex
	rest    *bytes.Reader
	touched bool
	revoked bool
}

var errRevoked = errors.New("kanal: the request was given up before its body was sent")

func newOnceBody(content []byte) *onceBody {
	return &onceBody{rest: bytes.NewReader(content)}
}

func (b *onceBody) Read(p []byte) (int, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.revoked {
		return 0, errRevoked
	}
	b.touched = true
	return b.rest.Read(p)
}

// revoke lets no further byte out, and reports whether any may be out already.
func (b *onceBody) revoke() bool {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.revoked = true
	return b.touched
}

func (b *onceBody) Close() error { return nil }

var _ io.ReadCloser = (*onceBody)(nil)
