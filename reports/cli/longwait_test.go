package cli_test

import (
	"fmt"
	"io"
	"net/http"
	"testing"
	"testing/synctest"
	"time"
)

// throttling answers a request to send with a wait.
func throttling(status int, body string) spoiler {
	return func(_ *virtual, w http.ResponseWriter, _ *http.Request) {
		w.WriteHeader(status)
		io.WriteString(w, body)
	}
}

// However absurd a wait is that Kanal tells, no campaign of its key stands still for more than an hour. A wait of over a quarter
// of an hour ends the run, and is kept for the next one.
func TestAbsurdWaitsEnd(t *testing.T) {
	for _, test := range []struct {
		told string // as JSON
		code int    // of the send that is told so
	}{
		{"1796112000", 6}, // days ahead of the test's time
		{"1796112000000", 6},
		{"99999999999999999999", 6},
		{`"Infinity"`, 6},
		{"1e300", 6},
		{"999999", 6},
		{`"Thu, 01 Jan 2099 00:00:00 GMT"`, 6},
		{"946684790", 6},  // neither a wait nor a time that Kanal can mean
		{"1009843200", 0}, // 2002: it has passed
		{`"Fri, 01 Jan 1999 00:00:00 GMT"`, 0},
		{"-5", 0},
		{`"soon"`, 0},
		{"0", 0},
	} {
		t.Run(test.told, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				time.Sleep(time.Until(time.Date(2026, 11, 20, 12, 0, 0, 0, time.UTC)))
				v := newVirtual(t)
				v.spoil(throttling(429, fmt.Sprintf(`{"error":"Too many requests.","retry_after":%s}`, test.told)), 2, 2)
				v.spring().want(t, test.code)
				if test.code == 0 {
					v.wantStatuses(5, 0, 0, 0)
					return
				}
				v.wantStatuses(1, 0, 4, 0)
				v.run("resume", "spring").want(t, 6).says(t, "kanal-campaign resume spring --ask-now")
				v.wantRequests(2)
				time.Sleep(time.Hour)
				v.run("resume", "spring").want(t, 0)
				v.truth(5, springResults)
			})
		})
	}
}

// Whoever resumes may have Kanal asked again with one request: an answer that has passed the limit lifts the wait, also for
// other campaigns, and anything else leaves it.
func TestAskNow(t *testing.T) {
	longWait := throttling(429, `{"retry_after":3000}`)
	for name, test := range map[string]struct {
		then     spoiler
		code     int
		requests int // of resume --ask-now
	}{
		"the wait is over":                  {nil, 0, 4},
		"the first person has opted out":    {throttling(400, `{"error":"Contact has opted out from receiving messages"}`), 3, 4},
		"Kanal asks for it again":           {longWait, 6, 1},
		"Kanal fails":                       {throttling(500, `{}`), 6, 1},
		"another wait, which is worth it":   {throttling(429, `{"retry_after":30}`), 6, 1},
		"a page in place of an answer":      {throttling(200, "<html></html>"), 6, 1},
		"nothing but an API key is refused": {throttling(401, `{"error":"Invalid API key"}`), 1, 1},
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				v := newVirtual(t)
				v.spoil(longWait, 2, 2)
				v.spring().want(t, 6).says(t, "kanal-campaign resume spring --ask-now")
				v.play = nil
				if test.then != nil {
					v.spoil(test.then, 3, 3)
				}
				begun := time.Now()
				v.run("resume", "spring", "--ask-now").want(t, test.code)
				if took := time.Since(begun); took > 2*time.Minute {
					t.Errorf("it took %s: somebody still had to wait", took)
				}
				if n := int(v.sends.Load()) - 2; n != test.requests {
					t.Errorf("%d requests, want %d", n, test.requests)
				}
				v.play = nil
				other := v.run("send", v.write("summer.csv", people(1)), "--template", "welcome", "--country", "FR", "--yes", "--again")
				if held := other.code == 6; held != (test.code == 6 || test.code == 1) {
					t.Errorf("another campaign of the key ends with %d", other.code)
				}
				time.Sleep(time.Hour)
				v.run("resume", "spring").want(t, map[bool]int{true: 5, false: 0}[test.code == 0 || test.code == 3])
				if n := len(v.kanal.Accepted()); n < 5 {
					t.Errorf("%d accepted", n)
				}
			})
		})
	}
}

// The wait is the key's, and not the person's who was to have the message then: the last one is asked with, too.
func TestAskNowForTheLastPerson(t *testing.T) {
	for status, told := range map[int]string{429: `{"retry_after":3600}`, 503: `{"retry_after":3600}`} {
		synctest.Test(t, func(t *testing.T) {
			v := newVirtual(t)
			path := v.write("one.csv", people(1))
			v.spoil(throttling(status, told), 1, 1)
			v.run("send", path, "--template", "welcome", "--country", "FR", "--yes").want(t, 6)
			v.play = nil
			begun := time.Now()
			v.run("resume", "one", "--ask-now").want(t, 0)
			if took := time.Since(begun); took > 2*time.Minute || len(v.kanal.Accepted()) != 1 {
				t.Errorf("%d: it took %s, and %d are accepted", status, took, len(v.kanal.Accepted()))
			}
		})
	}
}

// A 503 that says for how long is waited for by everyone; a long one ends the run as any long wait does.
func TestUnavailableForAWhile(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		v := newVirtual(t)
		v.spoil(throttling(503, `{"message":"Maintenance","retry_after":600}`), 2, 2)
		begun := time.Now()
		v.spring().want(t, 0)
		if took := time.Since(begun); took < 10*time.Minute || took > 12*time.Minute {
			t.Errorf("it took %s", took)
		}
		v.truth(5, springResults)
		v.wantRequests(6)
	})
	synctest.Test(t, func(t *testing.T) {
		v := newVirtual(t)
		v.spoil(throttling(503, `{"message":"Maintenance","retry_after":999999}`), 2, 2)
		v.spring().want(t, 6).says(t, "kanal-campaign resume spring --ask-now")
		v.wantStatuses(1, 0, 3, 1)
		v.play = nil
		v.run("resume", "spring", "--ask-now").want(t, 0)
		v.truth(5, springResults)
	})
}

// --request-timeout bounds the time of an answer, and what cannot be one is refused.
func TestRequestTimeout(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		v := newVirtual(t)
		v.spoil(func(_ *virtual, _ http.ResponseWriter, _ *http.Request) { time.Sleep(time.Minute) }, 2, 2)
		begun := time.Now()
		v.spring("--request-timeout", "5s", "--doubt-delay", "1s").want(t, 0)
		if took := time.Since(begun); took > 15*time.Second {
			t.Errorf("it took %s", took)
		}
		for _, wrong := range []string{"0", "999ms", "5m1s", "-1s"} {
			v.run("resume", "spring", "--request-timeout", wrong).want(t, 2).says(t, "--request-timeout "+wrong)
		}
	})
}
