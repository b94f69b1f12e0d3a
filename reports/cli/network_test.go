package cli_test

import (
	"bufio"
	"crypto/tls"
	"io"
	"net"
	"net/http"
	"net/url"
	"os"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"kanal-campaign/campaign/sending"
	"kanal-campaign/kanal"
	"kanal-campaign/reports/words"
)

// spring sends a campaign of five over a virtual network, at the real pace.
func (v *virtual) spring(flags ...string) result {
	path := v.write("spring.csv", people(5))
	return v.run(append([]string{"send", path, "--template", "welcome", "--country", "FR", "--yes"}, flags...)...)
}

const springResults = "spring.results.csv"

// wantStatuses fails the test unless so many rows read sent, already_sent, pending and unknown.
func (v *virtual) wantStatuses(sent, already, pending, unknown int) {
	v.t.Helper()
	got := v.statuses(springResults)
	if got["sent"] != sent || got["already_sent"] != already || got["pending"] != pending || got["unknown"] != unknown {
		v.t.Errorf("statuses %v, want sent %d, already_sent %d, pending %d, unknown %d", got, sent, already, pending, unknown)
	}
}

// mend makes the network whole again, goes on with the command given, and holds everything against the sandbox's truth:
// everyone once.
func (v *virtual) mend(network dialer, command ...string) {
	v.t.Helper()
	v.dial, v.play = network, nil
	v.run(append(command, "spring", "--yes")...).want(v.t, 0)
	v.truth(5, springResults)
	if got := v.statuses(springResults); got["sent"]+got["already_sent"] != 5 {
		v.t.Errorf("after the network was mended: %v", got)
	}
}

// dialer stands for a network.
type dialer func(address string) (net.Conn, error)

// failing is a network on which nobody can be reached, for the reason given.
func failing(err error) func(*virtual) dialer {
	return func(*virtual) dialer { return func(string) (net.Conn, error) { return nil, err } }
}

// showing is a server with a certificate that is not Kanal's.
func showing(host string, until time.Duration, trusted bool) func(*virtual) dialer {
	return func(v *virtual) dialer {
		config := &tls.Config{Certificates: []tls.Certificate{v.certificate(host, time.Now().Add(until), trusted)}}
		return func(string) (net.Conn, error) {
			here, there := net.Pipe()
			go func() {
				defer there.Close()
				if tls.Server(there, config).Handshake() == nil {
					v.t.Error("the handshake succeeded")
				}
			}()
			return here, nil
		}
	}
}

// saying is a server that answers whatever it gets with the text.
func saying(text string) func(*virtual) dialer {
	return func(*virtual) dialer { return func(string) (net.Conn, error) { return answering(text), nil } }
}

const proxyPassword = "pr0xypr0xypr0xy"

// proxy puts a proxy between the program and the network, which answers every CONNECT with the text; with none it
// carries the connection.
func (v *virtual) proxy(refusal string) dialer {
	v.transport.Proxy = http.ProxyURL(&url.URL{Scheme: "http", Host: "proxy.test:3128", User: url.UserPassword("marketing", proxyPassword)})
	return func(address string) (net.Conn, error) {
		switch {
		case address != "proxy.test:3128":
			v.t.Errorf("it dialled %s without the proxy", address)
			return nil, refused()
		case refusal != "":
			return answering(refusal), nil
		}
		here, there := net.Pipe()
		go func() {
			request, err := http.ReadRequest(bufio.NewReader(there))
			if err != nil || request.Method != http.MethodConnect || request.Host != virtualHost+":443" ||
				request.Header.Get("Authorization") != "" {
				v.t.Errorf("the proxy was asked %+v (%v)", request, err)
			}
			io.WriteString(there, "HTTP/1.1 200 OK\r\n\r\n")
			v.listener.conns <- there
		}()
		return here, nil
	}
}

// A network that fails before anything can leave, when one of five people has the message: the run stops by itself
// with the reason, nobody is in doubt, and a resume sends the rest.
func TestNetworkThatDeliversNothing(t *testing.T) {
	lost := &net.OpError{Op: "dial", Net: "tcp", Err: &net.DNSError{Err: "no such host", Name: virtualHost, IsNotFound: true}}
	next := words.English().CauseAdvice(string(kanal.CauseConnect))
	for _, test := range []struct {
		name       string
		fails      func(*virtual) dialer
		proxy      bool
		says, next string
	}{
		{"no such name", failing(lost), false, "no such host", next},
		{"refused", failing(refused()), false, "connection refused", next},
		{"a firewall that swallows", func(*virtual) dialer {
			return func(string) (net.Conn, error) {
				time.Sleep(30 * time.Second) // as long as a connection may take
				return nil, &net.OpError{Op: "dial", Net: "tcp", Err: os.ErrDeadlineExceeded}
			}
		}, false, "i/o timeout", next},
		{"unknown authority", showing(virtualHost, time.Hour, false), false, "unknown authority", next},
		{"expired", showing(virtualHost, -time.Hour, true), false, "certificate has expired", next},
		{"wrong host", showing("other.test", time.Hour, true), false, "valid for other.test, not kanal.test", next},
		{"no TLS there", saying("HTTP/1.1 400 Bad Request\r\n\r\n"), false, "not look like a TLS handshake", next},
		{"hung up in the handshake", saying(""), false, "EOF", next},
		{"a proxy that wants a password", func(v *virtual) dialer { return v.proxy("HTTP/1.1 407 No\r\n\r\n") }, true,
			"407 Proxy Authentication Required", next},
		{"a proxy without a way", func(v *virtual) dialer { return v.proxy("HTTP/1.1 502 No\r\n\r\n") }, true, "502 Bad Gateway", next},
	} {
		t.Run(test.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				v := newVirtual(t)
				fails := test.fails(v)
				var works dialer
				if test.proxy {
					works = v.proxy("")
				}
				v.dial, v.begun = works, fails // it sends one, and then no connection comes about any more
				got := v.spring("--verbose").want(t, 6).says(t, test.says).tells(t, "stop.network.heading", "spring").
					tells(t, "stop.network.meaning", "10").tells(t, "summary-not-sent", "4")
				if n := v.dials.Load(); n < 3+10 || n > 3+10+sending.DefaultInFlight {
					t.Errorf("%d connections, want 3 that work, 10 in vain, and what was on its way then", n)
				}
				v.wantStatuses(1, 0, 4, 0)
				v.truth(1, springResults)
				if n := v.sends.Load(); n != 1 {
					t.Errorf("%d messages requested, want 1", n)
				}
				// Now it cannot even begin: the templates are not read.
				again := v.run("resume", "spring", "--yes").want(t, 1).says(t, test.says, "Next: "+test.next).
					tells(t, "nothing-sent")
				if strings.Contains(got.out+got.err+again.out+again.err, proxyPassword) {
					t.Error("the proxy's password is shown")
				}
				v.mend(works, "resume")
			})
		})
	}
}
