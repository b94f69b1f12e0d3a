package cli_test

import (
	"bytes"
	"compress/gzip"
	"fmt"
	"io"
	"net/http"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"
)

// spoiler answers a request to send in a way that proves nothing.
type spoiler func(v *virtual, w http.ResponseWriter, r *http.Request)

// head is how an answer begins.
const head = "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n"

// written is the answer of the sandbox as it would cross the wire.
func (v *virtual) written(r *http.Request) string {
	body := v.accepted(r).Body.String()
	return head + fmt.Sprintf("Content-Length: %d\r\n\r\n%s", len(body), body)
}

// endless writes an answer that begins so and never ends, after acceptance.
func endless(start, again string) spoiler {
	return func(v *virtual, w http.ResponseWriter, r *http.Request) {
		v.accepted(r)
		conn, _ := hijack(w)
		defer conn.Close()
		const tenGigabytes = 10 << 30
		block := strings.Repeat(again, 1+(16<<10)/len(again))
		_, err := io.WriteString(conn, start)
		for written := 0; err == nil && written < tenGigabytes; written += len(block) {
			_, err = io.WriteString(conn, block)
		}
	}
}

// trickle writes the sandbox's answer at a byte a second from so far on.
func trickle(from func(answer string) int) spoiler {
	return func(v *virtual, w http.ResponseWriter, r *http.Request) {
		answer := strings.Replace(v.written(r), "\r\n", "\r\nX-A: "+strings.Repeat("b", 100)+"\r\n", 1)
		conn, _ := hijack(w)
		defer conn.Close()
		fast := from(answer)
		_, err := io.WriteString(conn, answer[:fast])
		for i := fast; err == nil && i < len(answer); i++ {
			time.Sleep(time.Second)
			_, err = conn.Write([]byte{answer[i]})
		}
	}
}

func page(status int, accept bool) spoiler {
	return func(v *virtual, w http.ResponseWriter, r *http.Request) {
		if accept {
			v.accepted(r)
		}
		w.Header().Set("Content-Type", "text/html")
		w.WriteHeader(status)
		fmt.Fprintf(w, "<html><head><title>%d Some proxy</title></head><body>sorry</body></html>", status)
	}
}

func closed(v *virtual, _ http.ResponseWriter, r *http.Request) {
	v.accepted(r)
	panic(http.ErrAbortHandler)
}

// packed is a bomb of 4 MB, made once.
var packed = sync.OnceValue(func() []byte {
	var packed bytes.Buffer
	packer := gzip.NewWriter(&packed)
	packer.Write(make([]byte, 4<<20))
	packer.Close()
	return packed.Bytes()
})

func bomb(v *virtual, w http.ResponseWriter, r *http.Request) {
	v.accepted(r)
	w.Header().Set("Content-Encoding", "gzip")
	w.Write(packed())
}

// Answers that prove nothing, whatever the server did: every request is an attempt of the ledger's, what cannot be known
// reads so, and once the network is whole everyone has the message once.
func TestNetworkThatAnswersNothing(t *testing.T) {
	for _, test := range []struct {
		name    string
		spoil   spoiler
		accepts bool
	}{
		{"reset before it was read", func(v *virtual, w http.ResponseWriter, _ *http.Request) {
			_, reset := hijack(w)
			reset()
		}, false},
		{"reset after it was accepted", func(v *virtual, w http.ResponseWriter, r *http.Request) {
			v.accepted(r)
			_, reset := hijack(w)
			reset()
		}, true},
		{"closed after it was accepted", closed, true},
		{"reset in the middle of the answer", func(v *virtual, w http.ResponseWriter, r *http.Request) {
			answer := v.written(r)
			conn, reset := hijack(w)
			io.WriteString(conn, answer[:len(answer)-20])
			reset()
		}, true},
		{"one byte of the headers a second", trickle(func(string) int { return 0 }), true},
		{"one byte of the body a second", trickle(func(answer string) int { return strings.Index(answer, "{") }), true},
		{"ten gigabytes", endless(head+"Content-Length: 10737418240\r\n\r\n", " "), true},
		{"endless headers", endless(head, "X-A: b\r\n"), true},
		{"endless interim answers", endless("", "HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n"), true},
		{"a proxy's 502", page(502, false), false},
		{"a proxy's 502 before an acceptance", page(502, true), true},
		{"a proxy's 504 before an acceptance", page(504, true), true},
		{"a captive portal", page(200, false), false},
		{"a bomb", bomb, true},
	} {
		t.Run(test.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				v := newVirtual(t)
				v.spoil(test.spoil, 3, 1000)
				v.spring("--max-failures", "3").want(t, 6).says(t, "kanal-campaign resume spring").
					tells(t, "stop.failures.heading", "3")
				v.wantStatuses(2, 0, 0, 3)
				before := int(v.sends.Load())
				v.wantRequests(before)
				if n := len(v.kanal.Accepted()); test.accepts && n != 5 || !test.accepts && n != 2 {
					t.Errorf("%d accepted before the resume", n)
				}
				v.spoil(test.spoil, before+1, before+1) // once more
				v.run("resume", "spring").want(t, 0)
				v.wantRequests(before + 4)
				v.truth(5, springResults)
				v.wantCertainty(3, test.accepts)
			})
		})
	}
}

// What stays so is tried five times in a run; the row is in doubt then, with the reason, until the user says otherwise.
func TestNetworkThatStaysDoubtful(t *testing.T) {
	for name, test := range map[string]struct {
		spoil   spoiler
		accepts bool
		says    string
	}{
		"closed":        {closed, true, "3 connection broken"},
		"slow":          {trickle(func(string) int { return 0 }), true, "3 no answer in time"},
		"a proxy's 502": {page(502, false), false, "3 an error at Kanal"},
		"endless":       {endless(head, "X-A: b\r\n"), true, "3 an unreadable answer"},
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				v := newVirtual(t)
				v.spoil(test.spoil, 3, 1000)
				v.spring().want(t, 3).says(t, test.says, "kanal-campaign retry spring --unknown").
					tells(t, "progress-in-doubt", "3")
				v.wantStatuses(2, 0, 0, 3)
				v.wantRequests(2 + 3*5)
				v.mend(nil, "retry", "--unknown")
				v.wantCertainty(3, test.accepts)
			})
		})
	}
}

// spoil spoils the answers to requests to send, from one to another.
func (v *virtual) spoil(how spoiler, from, to int) {
	v.play = func(nth int, w http.ResponseWriter, r *http.Request) bool {
		if nth < from || nth > to {
			return false
		}
		how(v, w, r)
		return true
	}
}

// wantCertainty fails the test unless the rows that were in doubt read as what happened to them.
func (v *virtual) wantCertainty(doubtful int, accepted bool) {
	v.t.Helper()
	if !accepted {
		doubtful = 0
	}
	v.wantStatuses(5-doubtful, doubtful, 0, 0)
}

// wantRequests fails the test unless the server saw so many requests to send, and the results own up to each of them.
func (v *virtual) wantRequests(want int) {
	v.t.Helper()
	attempts := 0
	for _, row := range v.results(springResults) {
		var n int
		fmt.Sscan(row["attempts"], &n)
		attempts += n
	}
	if n := int(v.sends.Load()); n != want || attempts != want {
		v.t.Errorf("%d requests at the server and %d attempts in the results, want %d", n, attempts, want)
	}
}

// Connections that the server closes after each answer, without a word, bring nobody into doubt.
func TestNetworkThatClosesIdleConnections(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		v := newVirtual(t)
		v.play = func(_ int, w http.ResponseWriter, r *http.Request) bool {
			answer := v.written(r)
			conn, _ := hijack(w)
			defer conn.Close()
			io.WriteString(conn, answer)
			return true
		}
		v.spring().want(t, 0)
		v.wantStatuses(5, 0, 0, 0)
		v.wantRequests(5)
		v.truth(5, springResults)
		if n := v.dials.Load(); n != 5 {
			t.Errorf("%d connections, want one for each message", n)
		}
	})
}

// A redirect is followed nowhere: the other host gets no connection and so no key, and the run stops at that row.
func TestNetworkThatRedirects(t *testing.T) {
	for _, status := range []int{301, 302, 303, 307, 308} {
		t.Run(fmt.Sprint(status), func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				v := newVirtual(t)
				v.play = func(nth int, w http.ResponseWriter, r *http.Request) bool {
					if nth < 3 {
						return false
					}
					w.Header().Set("Location", "https://evil.test"+r.URL.Path)
					w.WriteHeader(status)
					return true
				}
				v.spring().want(t, 1).says(t, fmt.Sprint(status), "resume spring").
					tells(t, "stop.wrong-address.heading", "spring", "4")
				v.wantStatuses(2, 0, 3, 0)
				v.wantRequests(3)
				v.mend(nil, "resume")
				v.wantRequests(6)
				if n := v.strays.Load(); n != 0 {
					t.Errorf("%d connections to another host", n)
				}
			})
		})
	}
}
