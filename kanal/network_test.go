package kanal

import (
	"bufio"
	"bytes"
	"compress/gzip"
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"runtime"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"
)

// rawServer is a server that a test plays byte by byte on a loopback port. It
// counts what it is asked.
type rawServer struct {
	address               string
	connections, requests atomic.Int32
}

// rawConn is one connection to a rawServer.
type rawConn struct {
	*net.TCPConn
	reader *bufio.Reader
	server *rawServer
	nth    int32
}

// serveRaw serves every connection with play, and closes it afterwards.
func serveRaw(t *testing.T, play func(c *rawConn)) *rawServer {
	t.Helper()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	server := &rawServer{address: listener.Addr().String()}
	var playing sync.WaitGroup
	playing.Go(func() {
		for {
			conn, err := listener.Accept()
			if err != nil {
				return
			}
			nth := server.connections.Add(1)
			playing.Go(func() {
				defer conn.Close()
				play(&rawConn{conn.(*net.TCPConn), bufio.NewReader(conn), server, nth})
			})
		}
	})
	t.Cleanup(func() { listener.Close(); playing.Wait() })
	return server
}

// readRequest reads one whole request; false when none came.
func (c *rawConn) readRequest() bool {
	request, err := http.ReadRequest(c.reader)
	if err != nil {
		return false
	}
	c.server.requests.Add(1)
	_, err = io.Copy(io.Discard, request.Body)
	return err == nil
}

// reset closes the connection with an RST.
func (c *rawConn) reset() {
	c.SetLinger(0)
	c.Close()
}

// writeUntilRefused writes the text again and again, until the client has gone
// or the limit is reached.
func (c *rawConn) writeUntilRefused(text string, limit int64) {
	block := []byte(strings.Repeat(text, 1+(64<<10)/len(text)))
	for written := int64(0); written < limit; {
		n, err := c.Write(block)
		if written += int64(n); err != nil {
			return
		}
	}
}

// meter counts what a client's connections read, and tells when they begin to
// and when they are closed.
type meter struct {
	read  atomic.Int64
	heard chan struct{} // closed at the first byte
	once  sync.Once
	ended chan struct{} // one for each closed connection
}

type meteredConn struct {
	net.Conn
	meter *meter
	close sync.Once
}

func (c *meteredConn) Read(p []byte) (int, error) {
	n, err := c.Conn.Read(p)
	if c.meter.read.Add(int64(n)) > 0 {
		c.meter.once.Do(func() { close(c.meter.heard) })
	}
	return n, err
}

func (c *meteredConn) Close() error {
	err := c.Conn.Close()
	c.close.Do(func() { c.meter.ended <- struct{}{} })
	return err
}

// metered returns a client of the program's own transport over connections
// that are counted.
func metered(t *testing.T, address string) (*Client, *meter) {
	m := &meter{heard: make(chan struct{}), ended: make(chan struct{}, 100)}
	transport := newTransport(true)
	dial := transport.DialContext
	transport.DialContext = func(ctx context.Context, network, addr string) (net.Conn, error) {
		conn, err := dial(ctx, network, addr)
		if err != nil {
			return nil, err
		}
		return &meteredConn{Conn: conn, meter: m}, nil
	}
	return newTestClient(t, Config{BaseURL: "http://" + address, Transport: transport}), m
}

// wantClosed fails the test unless a connection is closed soon.
func (m *meter) wantClosed(t *testing.T) {
	t.Helper()
	select {
	case <-m.ended:
	case <-time.After(time.Minute):
		t.Error("the connection stays open")
	}
}

const (
	acceptedBody = `{"success":true,"message_id":1}`
	tenGigabytes = 10 << 30
)

const (
	head  = "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n"
	slack = 128 << 10 // the transport's buffers, and what one read takes
)

func answering(text string) func(*rawConn) {
	return func(c *rawConn) {
		if c.readRequest() {
			io.WriteString(c, text)
		}
	}
}

func endless(start, again string) func(*rawConn) {
	return func(c *rawConn) {
		if c.readRequest() {
			io.WriteString(c, start)
			c.writeUntilRefused(again, tenGigabytes)
		}
	}
}

// doubtfulEnds are what servers and networks can do to a request whose bytes
// have left.
var doubtfulEnds = []struct {
	name   string
	play   func(c *rawConn)
	cause  Cause
	status int
	most   int64 // bytes that the client may read
	over   bool  // the server was seen to go on past every limit: nothing runs there any more
}{
	{"reset before it was read", func(c *rawConn) { c.reader.Peek(1); c.server.requests.Add(1); c.reset() }, CauseConnectionLost, 0, 0, false},
	{"reset after it was read", func(c *rawConn) { c.readRequest(); c.reset() }, CauseConnectionLost, 0, 0, false},
	{"closed after it was read", answering(""), CauseConnectionLost, 0, 0, false},
	{"closed in the headers", answering(head + "X-A: "), CauseConnectionLost, 0, slack, false},
	{"closed after an interim answer", answering("HTTP/1.1 100 Continue\r\n\r\n"), CauseConnectionLost, 0, slack, false},
	{"closed in the body", answering(head + "Content-Length: 99\r\n\r\n" + acceptedBody), CauseUnreadableAnswer, 200, slack, false},
	{"closed in a chunk", answering(head + "Transfer-Encoding: chunked\r\n\r\n1f\r\n" + acceptedBody), CauseUnreadableAnswer, 200,
		slack, false},
	{"not HTTP", answering("SSH-2.0-OpenSSH_9.6\r\n"), CauseUnreadableAnswer, 0, slack, false},
	{"HTTP/2 unasked", answering("\x00\x00\x08\x07\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\r\n"),
		CauseUnreadableAnswer, 0, slack, false},
	{"two lengths", answering(head + "Content-Length: 1\r\nContent-Length: 2\r\n\r\n{}"), CauseUnreadableAnswer, 0, slack, false},
	{"ten gigabytes", endless(head+fmt.Sprintf("Content-Length: %d\r\n\r\n", int64(tenGigabytes)), "x"), CauseUnreadableAnswer,
		200, maxAnswer + slack, true},
	{"ten gigabytes of no length", endless(head+"\r\n", " "), CauseUnreadableAnswer, 200, maxAnswer + slack, true},
	{"endless chunks", endless(head+"Transfer-Encoding: chunked\r\n\r\n", "1\r\n{\r\n"), CauseUnreadableAnswer, 200,
		8*maxAnswer + slack, true},
	{"endless headers", endless(head, "X-A: b\r\n"), CauseUnreadableAnswer, 0, maxHeader + slack, false},
	{"an endless header", endless(head+"X-A: ", "b"), CauseUnreadableAnswer, 0, maxHeader + slack, false},
	{"an endless status line", endless("HTTP/1.1 200 ", "OK"), CauseUnreadableAnswer, 0, maxHeader + slack, false},
	{"endless interim answers", endless("", "HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n"), CauseUnreadableAnswer, 0,
		maxHeader + slack, false},
	{"endless continues", endless("", "HTTP/1.1 100 Continue\r\n\r\n"), CauseUnreadableAnswer, 0, maxHeader + slack, false},
	{"endless trailers", endless(head+"Transfer-Encoding: chunked\r\n\r\n1f\r\n"+acceptedBody+"\r\n0\r\n", "X-A: b\r\n"),
		CauseUnreadableAnswer, 200, slack, false},
}

// Every one of them is one request at the server, a doubt, and the end of its
// connection.
func TestDoubtfulEnds(t *testing.T) {
	for _, test := range doubtfulEnds {
		t.Run(test.name, func(t *testing.T) {
			server := serveRaw(t, test.play)
			client, meter := metered(t, server.address)
			var before, after runtime.MemStats
			runtime.ReadMemStats(&before)
			_, err := client.SendTemplate(t.Context(), testMessage, "k")
			runtime.ReadMemStats(&after)
			got := failureOf(t, err)
			if got.Class != Doubt || got.Cause != test.cause || got.Status != test.status || got.MayStillRun == test.over {
				t.Errorf("%s %s, status %d, may still run %t: %v", got.Class, got.Cause, got.Status, got.MayStillRun, got.Err)
			}
			if n := server.requests.Load(); n != 1 || server.connections.Load() != 1 {
				t.Errorf("%d requests on %d connections, want one", n, server.connections.Load())
			}
			if n := meter.read.Load(); n > test.most {
				t.Errorf("the client read %d bytes, want at most %d", n, test.most)
			}
			if n := after.TotalAlloc - before.TotalAlloc; n > 32<<20 {
				t.Errorf("%d bytes were allocated", n)
			}
			meter.wantClosed(t)
		})
	}
}

// A reset while the answer is being read: the status is known, and proves
// nothing.
func TestResetInTheAnswer(t *testing.T) {
	heard := make(chan (<-chan struct{}), 1)
	server := serveRaw(t, func(c *rawConn) {
		if c.readRequest() {
			io.WriteString(c, "HTTP/1.1 200 OK\r\nContent-Length: 99\r\n\r\n"+acceptedBody)
			<-<-heard
			c.reset()
		}
	})
	client, meter := metered(t, server.address)
	heard <- meter.heard
	_, err := client.SendTemplate(t.Context(), testMessage, "k")
	if got := failureOf(t, err); got.Class != Doubt || got.Cause != CauseUnreadableAnswer || got.Status != 200 || !got.MayStillRun {
		t.Errorf("%+v", got)
	}
	if server.requests.Load() != 1 {
		t.Errorf("%d requests", server.requests.Load())
	}
	meter.wantClosed(t)
}

func TestHugeListIsBounded(t *testing.T) {
	server := serveRaw(t, func(c *rawConn) {
		if c.readRequest() {
			io.WriteString(c, "HTTP/1.1 200 OK\r\n\r\n[")
			c.writeUntilRefused(" ", tenGigabytes)
		}
	})
	client, meter := metered(t, server.address)
	_, err := client.Templates(t.Context())
	if got := failureOf(t, err); got.Class != Doubt || got.Cause != CauseUnreadableAnswer {
		t.Errorf("%+v", got)
	}
	if n := meter.read.Load(); n > maxList+128<<10 {
		t.Errorf("the client read %d bytes", n)
	}
	meter.wantClosed(t)
}

// A bomb of 8 MB in some kilobytes is not what was asked for, and is not
// unpacked.
func TestCompressedAnswersAreNotUnpacked(t *testing.T) {
	var bomb bytes.Buffer
	packer := gzip.NewWriter(&bomb)
	for range 8 {
		packer.Write(make([]byte, 1<<20))
	}
	packer.Close()
	asked := make(chan string, 1)
	client, _ := serve(t, func(w http.ResponseWriter, r *http.Request) {
		asked <- r.Header.Get("Accept-Encoding")
		w.Header().Set("Content-Encoding", "gzip")
		w.Write(bomb.Bytes())
	})
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	_, err := client.SendTemplate(t.Context(), testMessage, "k")
	runtime.ReadMemStats(&after)
	if got := failureOf(t, err); got.Class != Doubt || got.Cause != CauseUnreadableAnswer {
		t.Errorf("%+v", got)
	}
	if n := after.TotalAlloc - before.TotalAlloc; n > 2<<20 {
		t.Errorf("%d bytes were allocated", n)
	}
	if got := <-asked; got != "identity" {
		t.Errorf("it asked for %q", got)
	}
}

// pipeNetwork is a transport whose connections end at play, inside the
// process, so that time may be virtual.
func pipeNetwork(play func(conn net.Conn)) *http.Transport {
	transport := newTransport(true)
	transport.DialContext = func(context.Context, string, string) (net.Conn, error) {
		here, there := net.Pipe()
		go func() {
			defer there.Close()
			play(there)
		}()
		return here, nil
	}
	return transport
}

// One byte a second, in the headers or in the body, lasts as long as a try
// may, and no longer.
func TestOneByteASecond(t *testing.T) {
	answer := "HTTP/1.1 200 OK\r\nX-A: " + strings.Repeat("b", 100) + "\r\nContent-Length: 1000\r\n\r\n" + acceptedBody
	for name, test := range map[string]struct{ fast, status int }{
		"headers": {0, 0},
		"body":    {strings.Index(answer, "{"), 200},
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				gone := make(chan time.Time, 1)
				client := newTestClient(t, Config{BaseURL: "http://127.0.0.1:1", Transport: pipeNetwork(func(conn net.Conn) {
					request, err := http.ReadRequest(bufio.NewReader(conn))
					if err != nil {
						return
					}
					io.Copy(io.Discard, request.Body)
					io.WriteString(conn, answer[:test.fast])
					for i := test.fast; err == nil; i++ {
						time.Sleep(time.Second)
						_, err = conn.Write([]byte{(answer + strings.Repeat(" ", 1000))[i]})
					}
					gone <- time.Now()
				})})
				began := time.Now()
				_, err := client.SendTemplate(t.Context(), testMessage, "k")
				got := failureOf(t, err)
				if got.Class != Doubt || got.Cause != CauseTimeout || got.Status != test.status || !errors.Is(err, context.DeadlineExceeded) {
					t.Errorf("%+v", got)
				}
				if took := time.Since(began); took != DefaultTimeout {
					t.Errorf("given up after %s, want %s", took, DefaultTimeout)
				}
				if end := (<-gone).Sub(began); end > DefaultTimeout+2*time.Second {
					t.Errorf("the connection was closed after %s", end)
				}
			})
		})
	}
}

// A server that closes idle connections between requests brings nothing into
// doubt, and nothing is sent again unseen.
func TestConnectionsClosedBetweenRequests(t *testing.T) {
	const calls = 20
	server := serveRaw(t, func(c *rawConn) {
		if c.readRequest() {
			fmt.Fprintf(c, "HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n%s", len(acceptedBody), acceptedBody)
		}
	})
	client, meter := metered(t, server.address)
	for range calls {
		if _, err := client.SendTemplate(t.Context(), testMessage, "k"); err != nil {
			t.Fatal(err)
		}
		meter.wantClosed(t) // the client has seen it
	}
	if server.requests.Load() != calls || server.connections.Load() != calls {
		t.Errorf("%d requests on %d connections for %d calls", server.requests.Load(), server.connections.Load(), calls)
	}
}
