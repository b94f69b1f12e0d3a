package cli_test

import (
	"bufio"
	"context"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"io"
	"log"
	"math/big"
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"sync/atomic"
	"syscall"
	"testing"
	"time"

	"kanal-campaign/kanal/sandbox"
)

// virtualHost is where the API stands in a virtual network.
const virtualHost = "kanal.test"

// virtual is a world whose network lives in the process, so that its time may be virtual: inside synctest a campaign
// with its waits and timeouts takes no time. The program reaches it through the standard transport, over TLS.
type virtual struct {
	*world
	transport *http.Transport
	listener  *memoryListener
	dials     atomic.Int32
	strays    atomic.Int32 // connections to other hosts than the API's
	serving   sync.WaitGroup
	// dial, if not nil, stands for the network: an error, or a connection in place of the server's.
	dial func(address string) (net.Conn, error)
	// begun, if not nil, becomes dial with the next message that is requested. Until then every connection ends with its
	// answer.
	begun func(address string) (net.Conn, error)
	// play, if not nil, may answer a request to send in place of the sandbox: false leaves it to the sandbox.
	play func(nth int, w http.ResponseWriter, r *http.Request) bool
}

// newVirtual must be called within synctest.
func newVirtual(t *testing.T) *virtual {
	t.Helper()
	dir := t.TempDir()
	v := &virtual{
		world:    &world{t: t, dir: dir, kanal: sandbox.New(sandbox.Options{})},
		listener: &memoryListener{conns: make(chan net.Conn), closed: make(chan struct{})},
	}
	before := http.DefaultTransport
	v.transport = before.(*http.Transport).Clone()
	v.transport.TLSClientConfig = &tls.Config{RootCAs: x509.NewCertPool()}
	v.transport.Proxy = nil
	v.transport.DialContext = v.connect
	http.DefaultTransport = v.transport
	server := httptest.NewUnstartedServer(http.HandlerFunc(v.serve))
	server.Listener.Close()
	server.Listener = v.listener
	server.Config.ErrorLog = log.New(io.Discard, "", 0)
	server.TLS = &tls.Config{Certificates: []tls.Certificate{v.certificate(virtualHost, time.Now().Add(500*time.Hour), true)}}
	server.StartTLS()
	t.Cleanup(func() {
		http.DefaultTransport = before
		v.listener.drop()
		server.Close()
		v.serving.Wait()
	})
	v.env = map[string]string{
		"KANAL_API_URL": "https://" + virtualHost, "KANAL_API_KEY": sandbox.DefaultKey, "XDG_STATE_HOME": dir + "/state",
	}
	return v
}

// certificate makes a certificate for a host, which signs itself, and which the program trusts or not.
func (v *virtual) certificate(host string, until time.Time, trusted bool) tls.Certificate {
	v.t.Helper()
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		v.t.Fatal(err)
	}
	template := &x509.Certificate{
		SerialNumber: big.NewInt(1), DNSNames: []string{host}, NotBefore: until.Add(-1000 * time.Hour), NotAfter: until,
	}
	der, err := x509.CreateCertificate(rand.Reader, template, template, key.Public(), key)
	if err != nil {
		v.t.Fatal(err)
	}
	if trusted {
		signed, err := x509.ParseCertificate(der)
		if err != nil {
			v.t.Fatal(err)
		}
		v.transport.TLSClientConfig.RootCAs.AddCert(signed)
	}
	return tls.Certificate{Certificate: [][]byte{der}, PrivateKey: key}
}

func (v *virtual) connect(_ context.Context, _, address string) (net.Conn, error) {
	v.dials.Add(1)
	if address != virtualHost+":443" {
		v.strays.Add(1)
	}
	if v.dial != nil {
		return v.dial(address)
	}
	return v.listener.connect()
}

func (v *virtual) serve(w http.ResponseWriter, r *http.Request) {
	v.serving.Add(1)
	defer v.serving.Done()
	if v.begun != nil {
		w.Header().Set("Connection", "close")
	}
	if sends[r.URL.Path] {
		if v.begun != nil {
			v.dial, v.begun = v.begun, nil
		}
		if n := int(v.sends.Add(1)); v.play != nil && v.play(n, w, r) {
			return
		}
	}
	v.kanal.ServeHTTP(w, r)
}

// memoryListener is a listener whose connections are pipes.
type memoryListener struct {
	conns  chan net.Conn
	closed chan struct{}
	once   sync.Once
	mu     sync.Mutex
	open   []*line
}

func (l *memoryListener) connect() (net.Conn, error) {
	here, there := net.Pipe()
	broken := &atomic.Bool{}
	client, server := &line{here, broken}, &line{there, broken}
	l.mu.Lock()
	l.open = append(l.open, client)
	l.mu.Unlock()
	select {
	case l.conns <- server:
		return client, nil
	case <-l.closed:
		return nil, refused()
	}
}

// drop closes every connection from the client's side, as the end of a process does.
func (l *memoryListener) drop() {
	l.mu.Lock()
	defer l.mu.Unlock()
	for _, conn := range l.open {
		conn.Close()
	}
}

func (l *memoryListener) Accept() (net.Conn, error) {
	select {
	case conn := <-l.conns:
		return conn, nil
	case <-l.closed:
		return nil, net.ErrClosed
	}
}

func (l *memoryListener) Close() error {
	l.once.Do(func() { close(l.closed) })
	return nil
}

func (l *memoryListener) Addr() net.Addr { return &net.TCPAddr{IP: net.IPv4(127, 0, 0, 1), Port: 443} }

// line is an end of a pipe that can be reset as a TCP connection can.
type line struct {
	net.Conn
	broken *atomic.Bool // of both ends
}

func (l *line) Read(p []byte) (int, error) {
	n, err := l.Conn.Read(p)
	return n, l.tell("read", err)
}

func (l *line) Write(p []byte) (int, error) {
	n, err := l.Conn.Write(p)
	return n, l.tell("write", err)
}

func (l *line) tell(operation string, err error) error {
	if err != nil && l.broken.Load() {
		return &net.OpError{Op: operation, Net: "tcp", Err: syscall.ECONNRESET}
	}
	return err
}

func (l *line) reset() {
	l.broken.Store(true)
	l.Conn.Close()
}

func refused() error {
	return &net.OpError{Op: "dial", Net: "tcp", Err: syscall.ECONNREFUSED}
}

// hijack takes the connection from the server: what is written now is the answer, byte by byte.
func hijack(w http.ResponseWriter) (conn net.Conn, reset func()) {
	conn, _, err := w.(http.Hijacker).Hijack()
	if err != nil {
		panic(err)
	}
	return conn, conn.(*tls.Conn).NetConn().(*line).reset
}

// accepted lets the sandbox process a request, and returns its answer, which nobody has seen yet.
func (v *virtual) accepted(r *http.Request) *httptest.ResponseRecorder {
	recorder := httptest.NewRecorder()
	v.kanal.ServeHTTP(recorder, r)
	return recorder
}

// answering is a connection to something that answers one request with a text, whatever is asked, and closes.
func answering(text string) net.Conn {
	here, there := net.Pipe()
	go func() {
		defer there.Close()
		if _, err := bufio.NewReader(there).Peek(1); err == nil {
			io.WriteString(there, text)
		}
	}()
	return here
}

func contains(text, part string) bool {
	return strings.Contains(strings.Join(strings.Fields(text), " "), part)
}
