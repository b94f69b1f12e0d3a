package cli_test

import (
	"encoding/csv"
	"encoding/json"
	"fmt"
	"net"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"sync/atomic"
	"syscall"
	"testing"
	"unicode/utf8"

	"kanal-campaign/campaign/text"
	"kanal-campaign/kanal/sandbox"
)

// steering does to a terminal what no text from outside may do: clear it, name it, fill its clipboard, ring, erase, go
// back over what stands there, turn the direction round, hide, break the line, pile up.
var steering = "\x1b[2J\x1b]0;owned\x07\x1b]52;c;cm0gLXJm\x1b\\\u009b31m\u009d0;x\u009c\x1bP1;x\x1b\\\x07\b\b\x7f\u202e\u2066" +
	"\u200b\ufeff\u2060\u2028\u2029\u0085Z" + strings.Repeat("\u0301", 300) + "\U000e0041\x1b"

// oddName is hostile as far as the name of a campaign can be.
const oddName = "=nov;@embre|$(rm -rf ~)`'\"../../\\x\u0301\u0301\u0301 :*?<>"

// control matches what must not reach a terminal. A new line may.
var control = regexp.MustCompile(`[\x00-\x09\x0b-\x1f\x7f-\x{9f}\x{ad}\x{61c}\x{180e}\x{200b}\x{200e}\x{200f}` +
	`\x{2028}-\x{202e}\x{2060}-\x{206f}\x{feff}\x{fff9}-\x{fffb}\x{e0001}-\x{e007f}]|[\pM\x{200c}\x{200d}]{12}`)

// ownSequences are what the bar on a terminal is drawn with.
var ownSequences = strings.NewReplacer("\r\x1b[J", "", "\x1b[1A", "", "\r", "")

// harmless fails the test where a command let something through.
func (r result) harmless(t *testing.T, onTerminal bool) {
	t.Helper()
	for _, text := range []string{r.out, r.err} {
		if onTerminal {
			text = ownSequences.Replace(text)
		}
		if found := control.FindString(text); found != "" || !utf8.ValidString(text) {
			t.Errorf("%q reached the terminal:\n%q", found, text)
		}
	}
}

// hostileTemplate takes its values from columns of strange names.
func hostileTemplate(t *testing.T) sandbox.Template {
	t.Helper()
	structure, err := json.Marshal(map[string]any{
		"header":  nil,
		"body":    map[string]any{"text": "Bonjour {{=prenom}}" + steering + " {{@code\u202e}}", "variables": []string{"=prenom", "@code\u202e"}},
		"footer":  steering,
		"buttons": []any{map[string]any{"type": "QUICK_REPLY", "text": steering}},
	})
	if err != nil {
		t.Fatal(err)
	}
	return sandbox.Template{ID: 1300, PhoneNumberID: 56, Name: "=" + steering, Status: "APPROVED", Structure: string(structure)}
}

// hostileAnswers are bodies by status, as a broken or an evil server might give them.
func hostileAnswers(t *testing.T) []struct {
	status int
	body   string
} {
	t.Helper()
	quoted, err := json.Marshal(steering)
	if err != nil {
		t.Fatal(err)
	}
	s := string(quoted)
	return []struct {
		status int
		body   string
	}{
		{200, `{"success":true,"message_id":"7","contact_id":` + s + `,"message":` + s + `}`},
		{400, `{"message":"Error sending template message","error":"=HYPERLINK(1);=2 | @3 Variable x not found in row"}`},
		{422, `{"message":` + s + `,"errors":{` + s + `:[` + s + `,"-1"]}}`},
		{201, `{"message":` + s + `}`},
		{400, `{"message":"Error sending template message","error":` + string(s[:len(s)-1]) + `: Variable x not found in row"}`},
		{500, "<html><title>" + steering + "</title></html>"},
		{422, `{"message":"+1","errors":{"=a":["@b"]}}`},
		{502, steering},
		{400, "\x9b31m\xff" + steering},
		{503, `{"error":` + s + `}`},
		{200, `{"success":true,"message_id":"=1+1","contact_id":"@x","phone_number":` + s + `}`},
		{500, ""},
	}
}

// hostileWorld is a world in which everything that can be said by others is hostile.
type hostileWorld struct {
	*world
	signals chan os.Signal
	armed   atomic.Bool
}

// interrupted runs a command and interrupts it once, after an answer that leaves a row in doubt: it would wait before it
// tries again.
func (w *hostileWorld) interrupted(term terminal, args ...string) result {
	w.t.Helper()
	select {
	case <-w.signals: // of the run before, which had ended
	default:
	}
	w.armed.Store(true)
	term.signals = w.signals
	return w.runOn(term, args...)
}

func newHostileWorld(t *testing.T) *hostileWorld {
	t.Helper()
	w := &hostileWorld{signals: make(chan os.Signal, 1)}
	w.world = newWorld(t, sandbox.Options{Team: steering, Templates: append(sandbox.BuiltIn(56), hostileTemplate(t))})
	behind := w.server.Config.Handler
	answers := hostileAnswers(t)
	var n atomic.Int32
	server := httptest.NewServer(http.HandlerFunc(func(response http.ResponseWriter, request *http.Request) {
		if !sends[request.URL.Path] {
			behind.ServeHTTP(response, request)
			return
		}
		answer := answers[int(n.Add(1)-1)%len(answers)]
		response.Header().Set("Content-Type", "application/json")
		response.WriteHeader(answer.status)
		_, _ = response.Write([]byte(answer.body))
		if answer.status >= 500 && w.armed.CompareAndSwap(true, false) {
			select {
			case w.signals <- os.Interrupt:
			default: // one that came too late for the run before is there still
			}
		}
	}))
	t.Cleanup(server.Close)
	w.env["KANAL_API_URL"] = server.URL
	return w
}

// hostileAudience has a hostile name, header and cells.
func hostileAudience(t *testing.T, w *hostileWorld, valid bool) string {
	t.Helper()
	var content strings.Builder
	out := csv.NewWriter(&content)
	header := []string{"phone", "'=prenom", "@code\u202e", steering, "=1+1", "note"}
	readable := strings.Map(func(r rune) rune { // a contact's name with other characters is an error
		if text.Undecodable(r) {
			return -1
		}
		return r
	}, steering)
	records := [][]string{header}
	for i := range 20 {
		values := []string{fmt.Sprintf("06 12 34 56 %02d", i), "=1+1\u202e\u200b", "P\u2066;@x", readable, "=cmd|' /C calc'!A0", steering}
		if !valid {
			values = append([]string{"0612" + steering, "+33 6 " + steering, "", "06 12 34 56 78;" + steering}[i%4:i%4+1],
				steering, "#N/A", "x", "y", "z")
		}
		records = append(records, values)
	}
	if err := out.WriteAll(records); err != nil {
		t.Fatal(err)
	}
	return w.write("a"+strings.NewReplacer("/", "", "\x00", "").Replace(steering)[:120]+"\u202e.csv", content.String())
}

// Whatever the file, its name, the campaign's, the template and Kanal's answers hold, no command lets it act on the
// terminal, on stdout or on stderr, as text or as JSON.
func TestNothingSteersTheTerminal(t *testing.T) {
	t.Parallel()
	w := newHostileWorld(t)
	good := hostileAudience(t, w, true)
	t.Run("check", func(t *testing.T) {
		bad := newHostileWorld(t)
		path := hostileAudience(t, bad, false)
		flags := []string{path, "--template", "1300", "--country", "FR", "--campaign", oddName}
		bad.run(append([]string{"check"}, flags...)...).want(t, 4).harmless(t, false)
		bad.run(append([]string{"check", "--format", "json"}, flags...)...).want(t, 4).harmless(t, false)
		bad.run("check", path, "--template", "welcome").want(t, 2).harmless(t, false) // the name cannot be a campaign's
		bad.run("check", path, "--template", "welcome", "--campaign", "x", "--map", steering+"="+steering).harmless(t, false)
		bad.run("check", path, "--type", "text", "--text", steering+"{{"+steering+"}}", "--campaign", "x").harmless(t, false)
		bad.run("check", path, "--type", "text", "--text", steering+"{{", "--campaign", "x").want(t, 2).harmless(t, false)
	})
	send := []string{"send", good, "--template", "1300", "--country", "FR", "--campaign", oddName, "--rate", "6000",
		"--doubt-delay", "1ms", "--request-timeout", "2s", "--verbose", "--name-column", steering, "--max-failures", "4"}
	t.Run("send", func(t *testing.T) {
		run := func(onTerminal bool, args ...string) result {
			t.Helper()
			r := w.interrupted(terminal{is: onTerminal, input: "3\n"}, args...)
			r.harmless(t, onTerminal)
			if !slices.Contains([]int{3, 6, 130}, r.code) { // finished, paused or interrupted: which, the load decides
				t.Errorf("%s ended with %d\n%s%s", args[0], r.code, r.out, r.err)
			}
			return r
		}
		run(true, append(send, "--first", "3")...).want(t, 3).tells(t, "status.sent").tells(t, "confirm-prompt", "3")
		run(false, append(send, "--yes", "--plain")...).says(t, "accepted")
		run(false, append(send, "--yes", "--format", "json")...).says(t, `"kind": "summary"`)
		run(true, "resume", oddName, "--yes", "--rate", "6000", "--doubt-delay", "1ms",
			"--request-timeout", "2s", "--verbose").says(t, "accepted")
		run(false, "retry", oddName, "--yes", "--rate", "6000", "--verbose").says(t, "in doubt")
	})
	for _, args := range [][]string{
		{"templates"}, {"templates", "1300"}, {"templates", steering},
		{"init", "--template", "1300", "-o", filepath.Join(w.dir, "o\x1b[2J\u202e.csv")},
		{"status"}, {"status", oddName}, {"status", steering}, {"status", "--format", "json"}, {"report", oddName}, {"report", steering},
		{"report", oddName, "--only", "sent", "-o", filepath.Join(w.dir, "r\x1b[2J.csv")},
		{"report", oddName, "--only", steering, "-o", steering},
		{"send", filepath.Join(w.dir, steering[:40]), "--template", "1300", "--campaign", "x"}, {"send", w.dir, "--template", steering},
		{steering}, {"--" + steering}, {"send", "--rate", steering}, {"help", steering}, {"send", good, "--campaign", steering},
		{"status", "--ledger", filepath.Join(w.dir, steering[:30])}, {"check", good, "--delimiter", steering},
		{"check", good, "--encoding", steering},
		{"check", good, "--country", steering, "--campaign", "x"}, {"templates", "--api-key-file", filepath.Join(w.dir, steering[:30])},
		{"check", good, "--template", "1300", "--campaign", "x", "--out", filepath.Join(w.dir, steering[:30])},
		{"sandbox", "--faults", steering}, {"sandbox", "--window", steering}, {"retry", steering}, {"resume", steering},
		{"check", good, "--type", "text", "--text-file", filepath.Join(w.dir, steering[:30]), "--campaign", "x"},
		{"__complete", "send", "--template", steering},
	} {
		t.Run(strings.Join(strings.Fields(strings.ToValidUTF8(control.ReplaceAllString(args[0], ""), "")), "_"), func(t *testing.T) {
			if r := w.run(args...); r.out+r.err == "" {
				t.Errorf("%q says nothing", args)
			} else {
				r.harmless(t, false)
			}
		})
	}
}

// A server that speaks no HTTP, and one that refuses the key in its own words.
func TestHostileServersAreQuotedHarmlessly(t *testing.T) {
	w := newWorld(t, sandbox.Options{})
	for name, answer := range map[string]string{
		"no http":   steering + "\r\n\r\n",
		"status":    "HTTP/1.1 200" + steering + "\r\n\r\n",
		"header":    "HTTP/1.1 401 No\r\nX-" + steering + ": x\r\n\r\n",
		"redirect":  "HTTP/1.1 302 Found\r\nLocation: http://" + steering + "\r\nContent-Length: 0\r\n\r\n",
		"refusal":   "HTTP/1.1 401 No\r\nContent-Length: 100\r\n\r\n{\"error\":\"\\u001b[2J" + steering,
		"templates": "HTTP/1.1 200 OK\r\n\r\n[" + steering + "]",
	} {
		t.Run(name, func(t *testing.T) {
			listener, err := net.Listen("tcp", "127.0.0.1:0")
			if err != nil {
				t.Fatal(err)
			}
			t.Cleanup(func() { listener.Close() })
			go func() {
				for {
					connection, err := listener.Accept()
					if err != nil {
						return
					}
					_, _ = connection.Read(make([]byte, 4096))
					_, _ = connection.Write([]byte(answer))
					connection.Close()
				}
			}()
			w.env["KANAL_API_URL"] = "http://" + listener.Addr().String()
			w.run("templates").want(t, 1).harmless(t, false)
			w.run("templates", "--sandbox").harmless(t, false)
		})
	}
	w.env["KANAL_API_URL"] = "http://127.0.0.1/" + steering
	w.run("templates").harmless(t, false)
}

// The sandbox command tells where its truth goes, and what the account's templates are called.
func TestSandboxOutputIsHarmless(t *testing.T) {
	w := newWorld(t, sandbox.Options{})
	signals := make(chan os.Signal, 1)
	signals <- syscall.SIGTERM
	truth := filepath.Join(w.dir, "t\x1b[2J\u202e\u009b.jsonl")
	w.runOn(terminal{signals: signals}, "sandbox", "--truth", truth).harmless(t, false)
	if _, err := os.Stat(truth); err != nil {
		t.Error(err)
	}
	w.write("broken.jsonl", steering)
	w.run("sandbox", "--truth", filepath.Join(w.dir, "broken.jsonl")).harmless(t, false)
}
