package kanal

import (
	"fmt"
	"io"
	"net/http"
	"strconv"
	"strings"
	"testing"
	"time"
)

const proxyPage = "<!DOCTYPE html><html><head><title>Some \x1b[31mproxy</title></head><body>sorry</body></html>"

func sendFailed400(reason string) string {
	return fmt.Sprintf(`{"message":"Error sending template message","error":%q}`, reason)
}

func freeFailed400(reason string) string {
	return fmt.Sprintf(`{"error":"Error sending message","details":%q}`, reason)
}

var answers = []struct {
	name   string
	status int
	header string // Retry-After
	body   string
	class  Class // empty: accepted, or replayed for a 201
	cause  Cause
	after  time.Duration
	code   int
	still  bool
}{
	{name: "accepted", status: 200, body: `{"success":true,"message_id":1}`},
	{name: "accepted with a text id", status: 200, body: `{"success":true,"message_id":"1"}`},
	{name: "accepted without success", status: 200, body: "\uFEFF" + ` {"message_id":1.0e3}`},
	{name: "accepted without an error", status: 200, body: `{"success":1,"error":false,"message_id":1}`},
	{name: "accepted with no errors", status: 200, body: `{"error":[ ],"message_id":"+1"}`},
	{name: "replayed", status: 201, body: `{"message":"Message already sent with this idempotency key: k"}`},

	{name: "no id", status: 200, body: `{"success":true}`, class: Doubt, cause: CauseNoMessageID},
	{name: "null id", status: 200, body: `{"success":true,"message_id":null}`, class: Doubt, cause: CauseNoMessageID},
	{name: "zero id", status: 200, body: `{"success":true,"message_id":0}`, class: Doubt, cause: CauseNoMessageID},
	{name: "id of another type", status: 200, body: `{"message_id":{"a":1}}`, class: Doubt, cause: CauseNoMessageID},
	{name: "id between two numbers", status: 200, body: `{"message_id":1.5}`, class: Doubt, cause: CauseNoMessageID},
	{name: "id rounded", status: 200, body: `{"message_id":1.2345678901e+19}`, class: Doubt, cause: CauseNoMessageID},
	{name: "id beyond all bounds", status: 200, body: `{"message_id":1e400}`, class: Doubt, cause: CauseNoMessageID},
	{name: "negative id", status: 200, body: `{"message_id":-7.0}`, class: Doubt, cause: CauseNoMessageID},
	{name: "zero with decimals", status: 200, body: `{"message_id":"0.0"}`, class: Doubt, cause: CauseNoMessageID},
	{name: "success 0", status: 200, body: `{"success":0,"message_id":1}`, class: Doubt, cause: CauseUndocumented},
	{name: "success false", status: 200, body: `{"success":false,"message_id":1}`, class: Doubt, cause: CauseUndocumented},
	{name: "error in a 200", status: 200, body: `{"error":"no","message_id":1}`, class: Doubt, cause: CauseUndocumented},
	{name: "empty 200", status: 200, class: Doubt, cause: CauseUnreadableAnswer, still: true},
	{name: "html 200", status: 200, body: proxyPage, class: Doubt, cause: CauseUnreadableAnswer, still: true},
	{name: "cut 200", status: 200, body: `{"success":true,"message_id":98`, class: Doubt, cause: CauseUnreadableAnswer, still: true},
	{name: "array 200", status: 200, body: `[{"message_id":1}]`, class: Doubt, cause: CauseUnreadableAnswer, still: true},
	{name: "null 200", status: 200, body: `null`, class: Doubt, cause: CauseUnreadableAnswer, still: true},
	{name: "html 201", status: 201, body: proxyPage, class: Doubt, cause: CauseUnreadableAnswer, still: true},
	{name: "202", status: 202, body: `{"message_id":1}`, class: Doubt, cause: CauseUndocumented, still: true},
	{name: "204", status: 204, class: Doubt, cause: CauseUndocumented, still: true},

	{name: "429", status: 429, body: `{"error":"Too many requests. Please slow down.","retry_after":60}`, class: Throttled,
		cause: CauseThrottled, after: time.Minute},
	{name: "429 body first", status: 429, header: "9", body: `{"retry_after":"7"}`, class: Throttled, cause: CauseThrottled,
		after: 7 * time.Second},
	{name: "429 laravel", status: 429, header: "12", body: `{"message":"Too Many Attempts."}`, class: Throttled,
		cause: CauseThrottled, after: 12 * time.Second},
	{name: "429 html", status: 429, header: "5", body: proxyPage, class: Throttled, cause: CauseThrottled, after: 5 * time.Second},
	{name: "429 silent", status: 429, class: Throttled, cause: CauseThrottled, after: time.Minute},
	{name: "429 nonsense", status: 429, header: "soon", body: `{"retry_after":-3}`, class: Throttled, cause: CauseThrottled,
		after: time.Minute},
	{name: "429 absurd", status: 429, body: `{"retry_after":1e300}`, class: Throttled, cause: CauseThrottled, after: LongestWait},

	{name: "no template id", status: 400, body: `{"error":"template_id is required"}`, class: Rejected, cause: CauseMissingField},
	{name: "no number", status: 400, body: `{"error":"phone_number is required"}`, class: Rejected, cause: CauseMissingField},
	{name: "no to", status: 400, body: `{"error":"to is required"}`, class: Rejected, cause: CauseMissingField},
	{name: "no type", status: 400, body: `{"error":"type is required and must be one of: text, image, video, audio, document"}`,
		class: Rejected, cause: CauseMissingField},
	{name: "no type, loose", status: 400, body: `{"error":"Type is required and must be one of: text, image."}`, class: Rejected,
		cause: CauseMissingField},
	{name: "no text", status: 400, body: `{"error":"text.body is required for type text"}`, class: Rejected, cause: CauseMissingField},
	{name: "no link", status: 400, body: `{"error":"image.link is required for type image"}`, class: Rejected, cause: CauseMissingField},
	{name: "no video link", status: 400, body: `{"error":"video.link is required for type video"}`, class: Rejected, cause: CauseMissingField},
	{name: "no audio link", status: 400, body: `{"error":"audio.link is required for type audio"}`, class: Rejected, cause: CauseMissingField},
	{name: "no document link", status: 400, body: `{"error":"document.link is required for type document"}`, class: Rejected,
		cause: CauseMissingField},
	{name: "bad number", status: 400, body: `{"error":"Phone number is not valid"}`, class: Rejected, cause: CauseInvalidNumber},
	{name: "loose spelling", status: 400, body: `{"error":" phone  Number IS NOT valid.\n"}`, class: Rejected, cause: CauseInvalidNumber},
	{name: "opted out", status: 400, body: `{"error":"Contact has opted out from receiving messages","contact_id":5,` +
		`"phone_number":"33"}`, class: Rejected, cause: CauseOptedOut},
	{name: "closed window", status: 400, body: `{"error":"Cannot send free-form message: no active conversation window. ` +
		`Use a template.","contact_id":5,"phone_number":"33"}`, class: Rejected, cause: CauseClosedWindow},
	{name: "closed window, cut short", status: 400,
		body: `{"error":"Cannot send free-form message: no active conversation window"}`, class: Rejected, cause: CauseClosedWindow},
	{name: "another window", status: 400, body: `{"error":"Cannot send free-form message: no balance"}`, class: Doubt,
		cause: CauseUndocumented},
	{name: "variable", status: 400, body: sendFailed400("Variable prénom (2) not found in row"), class: Rejected, cause: CauseMissingVariable},
	{name: "variable, free form shape", status: 400, body: freeFailed400("Variable x not found in row"), class: Rejected,
		cause: CauseMissingVariable},
	{name: "validation", status: 422, body: `{"message":"Invalid","errors":{"variables.code":["must be a string"]}}`,
		class: Rejected, cause: CauseRefused},

	{name: "131026", status: 400, body: sendFailed400("(#131026) Message undeliverable"), class: Rejected,
		cause: CauseNotOnWhatsApp, code: 131026},
	{name: "131047", status: 400, body: freeFailed400("(#131047) Re-engagement"), class: Rejected, cause: CauseClosedWindow, code: 131047},
	{name: "131049", status: 400, body: sendFailed400("( #131049 ) Held"), class: Rejected, cause: CauseHeldBack, code: 131049},
	{name: "131056", status: 400, body: sendFailed400("(#131056)"), class: Rejected, cause: CauseTooManyToOne, code: 131056},
	{name: "131008", status: 400, body: sendFailed400("(#131008)"), class: Rejected, cause: CauseBadParameter, code: 131008},
	{name: "132000", status: 400, body: sendFailed400("(#132000)"), class: Rejected, cause: CauseBadParameter, code: 132000},
	{name: "132012", status: 400, body: sendFailed400("(#132012)"), class: Rejected, cause: CauseBadParameter, code: 132012},
	{name: "100", status: 400, body: sendFailed400("(#100) Invalid parameter"), class: Rejected, cause: CauseBadParameter, code: 100},
	{name: "131048", status: 400, body: sendFailed400("(#131048) Spam"), class: Halt, cause: CauseSenderRestricted, code: 131048},
	{name: "132015", status: 400, body: sendFailed400("(#132015)"), class: Halt, cause: CauseTemplatePaused, code: 132015},
	{name: "132016", status: 400, body: sendFailed400("(#132016)"), class: Halt, cause: CauseTemplateDisabled, code: 132016},
	{name: "130429", status: 400, header: "4", body: sendFailed400("(#130429) Rate limit hit"), class: Throttled,
		cause: CauseThroughput, code: 130429, after: 4 * time.Second},
	{name: "130429 silent", status: 400, body: sendFailed400("(#130429)"), class: Throttled, cause: CauseThroughput, code: 130429},
	{name: "131000", status: 400, body: sendFailed400("(#131000) Something went wrong"), class: Doubt,
		cause: CausePlatformUnknown, code: 131000},
	{name: "131053", status: 400, body: sendFailed400("(#131053) Media upload"), class: Doubt, cause: CauseMedia, code: 131053},
	{name: "unknown code", status: 400, body: sendFailed400("(#139999) New"), class: Doubt, cause: CauseSendFailed, code: 139999},
	{name: "code before words", status: 400, body: sendFailed400("(#131000) Variable x not found in row"), class: Doubt,
		cause: CausePlatformUnknown, code: 131000},
	{name: "code as JSON", status: 400, body: `{"error":"Error sending message","details":{"error":{"code":131026}}}`,
		class: Rejected, cause: CauseNotOnWhatsApp, code: 131026},
	{name: "code with decimals", status: 400, body: `{"error":"Error sending message","details":{"error":{"code": 131026.0}}}`,
		class: Rejected, cause: CauseNotOnWhatsApp, code: 131026},
	{name: "code with an exponent", status: 400, body: `{"error":"Error sending message","details":{"error":{"code": 1.31026e5}}}`,
		class: Rejected, cause: CauseNotOnWhatsApp, code: 131026},
	{name: "code in a text", status: 400, body: `{"error":"Error sending message","details":{"error":{"code": "131026"}}}`,
		class: Rejected, cause: CauseNotOnWhatsApp, code: 131026},
	{name: "131026, free form", status: 400, body: freeFailed400("(#131026) Message undeliverable"), class: Rejected,
		cause: CauseNotOnWhatsApp, code: 131026},
	{name: "131048, free form", status: 400, body: freeFailed400("(#131048) Spam rate limit hit"), class: Halt,
		cause: CauseSenderRestricted, code: 131048},
	{name: "131049, free form", status: 400, body: freeFailed400("(#131049) Held"), class: Rejected, cause: CauseHeldBack, code: 131049},
	{name: "130429, free form", status: 400, body: freeFailed400("(#130429) Rate limit hit"), class: Throttled,
		cause: CauseThroughput, code: 130429},
	{name: "131000, free form", status: 400, body: freeFailed400("(#131000) Something went wrong"), class: Doubt,
		cause: CausePlatformUnknown, code: 131000},
	{name: "131053, free form", status: 400, body: freeFailed400("(#131053) Media upload error"), class: Doubt, cause: CauseMedia,
		code: 131053},
	{name: "unknown code, free form", status: 400, body: freeFailed400("(#139999) New"), class: Doubt, cause: CauseSendFailed, code: 139999},
	{name: "unspoken, free form", status: 400, body: freeFailed400("cURL error 28: timed out"), class: Doubt, cause: CauseSendFailed},
	{name: "silent, free form", status: 400, body: `{"error":"Error sending message"}`, class: Doubt, cause: CauseSendFailed},
	{name: "unspoken failure", status: 400, body: sendFailed400("cURL error 28: timed out"), class: Doubt, cause: CauseSendFailed},

	{name: "no key", status: 401, body: `{"error":"API key is missing"}`, class: Halt, cause: CauseKeyMissing},
	{name: "bad key", status: 401, body: `{"error":"Invalid API key"}`, class: Halt, cause: CauseKeyInvalid},
	{name: "401 html", status: 401, body: proxyPage, class: Halt, cause: CauseKeyRefused},
	{name: "subscription", status: 403, body: `{"error":"Team has no active subscription"}`, class: Halt, cause: CauseNoSubscription},
	{name: "403 html", status: 403, body: proxyPage, class: Halt, cause: CauseKeyRefused},
	{name: "no template", status: 404, body: `{"error":"Template not found for this phone number"}`, class: Halt,
		cause: CauseTemplateNotFound},
	{name: "404", status: 404, body: `{"message":"The route could not be found."}`, class: Halt, cause: CauseNotFound},
	{name: "405", status: 405, body: proxyPage, class: Halt, cause: CauseMethodNotAllowed},
	{name: "302", status: 302, class: Halt, cause: CauseRedirected},

	{name: "400 undocumented", status: 400, body: `{"error":"Daily quota reached"}`, class: Doubt, cause: CauseUndocumented},
	{name: "400 html", status: 400, body: proxyPage, class: Doubt, cause: CauseUndocumented},
	{name: "400 empty", status: 400, class: Doubt, cause: CauseUndocumented},
	{name: "402", status: 402, class: Doubt, cause: CauseUndocumented},
	{name: "407", status: 407, body: proxyPage, class: Doubt, cause: CauseUndocumented},
	{name: "408", status: 408, class: Doubt, cause: CauseConflict},
	{name: "409", status: 409, class: Doubt, cause: CauseConflict},
	{name: "413", status: 413, body: proxyPage, class: Doubt, cause: CauseUndocumented},
	{name: "422 without reasons", status: 422, body: `{"message":"no"}`, class: Doubt, cause: CauseUndocumented},
	{name: "422 html", status: 422, body: proxyPage, class: Doubt, cause: CauseUndocumented},
	{name: "451", status: 451, body: proxyPage, class: Doubt, cause: CauseUndocumented},
	{name: "500", status: 500, body: `{"message":"Server Error"}`, class: Doubt, cause: CauseServerError},
	{name: "502", status: 502, body: proxyPage, class: Doubt, cause: CauseServerError, still: true},
	{name: "503", status: 503, class: Doubt, cause: CauseServerError},
	{name: "504", status: 504, body: proxyPage, class: Doubt, cause: CauseServerError, still: true},
	{name: "refusal in a 500", status: 500, body: `{"error":"Phone number is not valid"}`, class: Doubt, cause: CauseServerError},
	{name: "999", status: 999, class: Doubt, cause: CauseUndocumented},
}

func TestEveryAnswer(t *testing.T) {
	for _, test := range answers {
		t.Run(test.name, func(t *testing.T) {
			client, _ := serve(t, func(w http.ResponseWriter, _ *http.Request) {
				if test.header != "" {
					w.Header().Set("Retry-After", test.header)
				}
				w.WriteHeader(test.status)
				io.WriteString(w, test.body)
			})
			for endpoint, send := range sends {
				receipt, err := send(client, "k")
				if test.class == "" {
					if err != nil || receipt.Replayed != (test.status == 201) || receipt.Replayed == (receipt.MessageID != "") {
						t.Errorf("%s: %+v, %v", endpoint, receipt, err)
					}
					continue
				}
				got := failureOf(t, err)
				if got.Class != test.class || got.Cause != test.cause || got.Status != test.status {
					t.Errorf("%s: %d %s %s, want %s %s", endpoint, got.Status, got.Class, got.Cause, test.class, test.cause)
				}
				if got.RetryAfter != test.after || got.PlatformCode != test.code || got.MayStillRun != test.still {
					t.Errorf("%s: after %s, code %d, may still run %t", endpoint, got.RetryAfter, got.PlatformCode, got.MayStillRun)
				}
			}
		})
	}
}

// A wait is told in seconds or as a point in time, in the body or in the header, of a 429 or of a 503; what cannot be meant is
// at most an hour, and what has passed is no wait told.
func TestWaitsThatAnAnswerTells(t *testing.T) {
	serverTime := time.Now().Add(-time.Hour).UTC().Truncate(time.Second) // a clock unlike ours
	unix := func(after time.Duration, unit int64) string {
		return strconv.FormatInt(serverTime.Add(after).Unix()*unit, 10)
	}
	for _, test := range []struct {
		told string
		want time.Duration // 0 for none told
	}{
		{"60", time.Minute},
		{"0.2", time.Second},
		{" 7 ", 7 * time.Second},
		{"3600", LongestWait},
		{"3601", LongestWait},
		{"86400", LongestWait},
		{"999999999", LongestWait},
		{"99999999999999999999", LongestWait},
		{"1e400", LongestWait},
		{"Infinity", LongestWait},
		{"-Infinity", 0},
		{"NaN", 0},
		{"0", 0},
		{"-3", 0},
		{"soon", 0},
		{"", 0},
		{unix(90*time.Second, 1), 90 * time.Second},
		{unix(90*time.Second, 1e3), 90 * time.Second},
		{unix(90*time.Second, 1e6), 90 * time.Second},
		{unix(90*time.Second, 1e9), 90 * time.Second},
		{unix(30*24*time.Hour, 1), LongestWait},
		{unix(0, 1), 0},
		{unix(-time.Minute, 1e3), 0},
		{unix(-10*365*24*time.Hour, 1), 0},
		{serverTime.Add(30 * time.Second).Format(http.TimeFormat), 30 * time.Second},
		{serverTime.Add(-30 * time.Second).Format(http.TimeFormat), 0},
		{serverTime.Add(30 * time.Second).Format(time.RFC850), 30 * time.Second},
		{serverTime.Add(40 * time.Second).In(time.FixedZone("", 7200)).Format(time.RFC3339), 40 * time.Second},
		{serverTime.Add(365 * 24 * time.Hour).Format(time.RFC3339), LongestWait},
	} {
		for _, status := range []int{http.StatusTooManyRequests, http.StatusServiceUnavailable} {
			for _, inBody := range []bool{true, false} {
				want := test.want
				if status == http.StatusTooManyRequests && want == 0 {
					want = time.Minute // the API page's own figure
				}
				if got := waitTold(t, status, test.told, inBody, serverTime); got != want {
					t.Errorf("%d %q, in the body %t: wait %s, want %s", status, test.told, inBody, got, want)
				}
			}
		}
	}
}

// waitTold is how long a client is to wait after an answer that tells so in its body or its header.
func waitTold(t *testing.T, status int, told string, inBody bool, at time.Time) time.Duration {
	t.Helper()
	client, _ := serve(t, func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Date", at.Format(http.TimeFormat))
		body := "{}"
		if inBody {
			body = `{"retry_after":` + strconv.Quote(told) + `}`
		} else {
			w.Header().Set("Retry-After", told)
		}
		w.WriteHeader(status)
		io.WriteString(w, body)
	})
	_, err := client.SendTemplate(t.Context(), testMessage, "k")
	return failureOf(t, err).RetryAfter
}

func TestWordsOfTheAPI(t *testing.T) {
	tests := []struct{ body, message, details, text string }{
		{
			`{"error":"Contact has opted out from receiving messages","contact_id":54321}`,
			"Contact has opted out from receiving messages", "",
			"Kanal answered 400: Contact has opted out from receiving messages",
		},
		{
			sendFailed400("(#131026) Message undeliverable"),
			"Error sending template message", "(#131026) Message undeliverable",
			"Kanal answered 400: Error sending template message: (#131026) Message undeliverable",
		},
		{
			freeFailed400("(#131026) Message undeliverable"),
			"Error sending message", "(#131026) Message undeliverable",
			"Kanal answered 400: Error sending message: (#131026) Message undeliverable",
		},
		{
			`{"message":"Invalid","errors":{"b":["two","three"],"a":"one"}}`, "Invalid", "a: one; b: three; b: two",
			"Kanal answered 400: Invalid: a: one; b: three; b: two",
		},
		{proxyPage, "Some proxy", "", "Kanal answered 400: Some proxy"},
		{"", "", "", "Kanal answered 400: undocumented"},
		{`{"error":"a\u0000b\u001b]0;title\u0007c\u202ed\n\te\u009b31m"}`, "abcd e31m", "", "Kanal answered 400: abcd e31m"},
	}
	for _, test := range tests {
		_, failure := judgeSend(answer{status: 400, body: []byte(test.body)})
		if failure.Message != test.message || failure.Details != test.details || failure.Error() != test.text {
			t.Errorf("%q, %q, %q", failure.Message, failure.Details, failure.Error())
		}
	}
	_, failure := judgeSend(answer{status: 400, body: []byte(`{"error":"` + strings.Repeat("é", 9000) + `"}`)})
	if got := len([]rune(failure.Message)); got != 500 || !strings.HasSuffix(failure.Message, "é…") {
		t.Errorf("%d characters", got)
	}
	for _, text := range []string{
		"Contact has opted out from receiving messages", "Cannot send free-form message: no active conversation window.",
	} {
		_, failure = judgeSend(answer{status: 400, body: fmt.Appendf(nil, `{"error":%q,"contact_id":54321,"phone_number":"33"}`, text)})
		if failure.ContactID != "54321" || failure.Message != text || failure.Details != "" {
			t.Errorf("%+v", failure)
		}
	}
}
