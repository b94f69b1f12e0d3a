package kanal

import (
	"context"
	"crypto/tls"
	"fmt"
	"net"
	"net/http"
	"net/netip"
	"net/url"
	"syscall"
	"time"
)

const (
	// idleLife is shorter than the 60 s after which common servers close an
	// idle connection: a request that meets such a close is in doubt.
	idleLife = 30 * time.Second
	// maxHeader bounds the headers of an answer, and of all that precede it.
	maxHeader = 256 << 10
)

// newTransport clones the standard transport, with which it shares proxies
// and dial timeouts, but no connection. In clear it reaches this computer
// only, whatever a proxy or a name says.
func newTransport(inClear bool) *http.Transport {
	transport := &http.Transport{Proxy: http.ProxyFromEnvironment}
	if standard, ok := http.DefaultTransport.(*http.Transport); ok {
		transport = standard.Clone()
	}
	transport.MaxIdleConnsPerHost = 16
	transport.IdleConnTimeout = idleLife
	transport.MaxResponseHeaderBytes = maxHeader
	onlyHTTP1(transport)
	if inClear {
		transport.Proxy = nil
		transport.DialContext = (&net.Dialer{Timeout: 30 * time.Second, KeepAlive: 30 * time.Second, Control: onlyLoopback}).DialContext
		return transport
	}
	transport.OnProxyConnectResponse = proxyAnswered
	return transport
}

// onlyHTTP1 gives each request a connection of its own: what breaks one brings
// one row into doubt, and not all that share it.
func onlyHTTP1(transport *http.Transport) {
	transport.Protocols = new(http.Protocols)
	transport.Protocols.SetHTTP1(true)
	transport.ForceAttemptHTTP2 = false
	transport.TLSNextProto = map[string]func(string, *tls.Conn) http.RoundTripper{}
	if transport.TLSClientConfig != nil {
		transport.TLSClientConfig.NextProtos = nil
	}
}

// onlyLoopback refuses a connection to any other computer. It sees the address
// that a name was resolved to: a name server, too, may say that localhost is
// somewhere else.
func onlyLoopback(_, address string, _ syscall.RawConn) error {
	to, err := netip.ParseAddrPort(address)
	if err != nil || !to.Addr().IsLoopback() {
		return fmt.Errorf("kanal: %s is not on this computer, and http is for this computer only", address)
	}
	return nil
}

// proxyAnswered tells a proxy's refusal by its status, without the proxy's own
// words.
func proxyAnswered(_ context.Context, _ *url.URL, _ *http.Request, answer *http.Response) error {
	if answer.StatusCode == http.StatusOK {
		return nil
	}
	return fmt.Errorf("the proxy refused to connect: %d %s", answer.StatusCode, http.StatusText(answer.StatusCode))
}
