package sandbox

import (
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"kanal-campaign/kanal"
)

const freePath = "/api/v1/messages/send"

// sendText posts a text to a number.
func sendText(t *testing.T, s *Server, number, key string) (int, string, http.Header) {
	t.Helper()
	return exchange(t, s, "POST", freePath, DefaultKey, key, text(number, "Bonjour"))
}

func TestEveryTypeOverHTTP(t *testing.T) {
	const link = "https://example.com/a"
	s := New(Options{})
	client := overHTTP(t, s)
	for _, kind := range kanal.MessageTypes() {
		m := kanal.FreeMessage{To: "+33 6 12 34 56 78", Type: kind, Link: link, Caption: "Zoé"}
		want := Acceptance{Key: "k-" + kind, Number: "33612345678", Type: kind, Link: link, ContactID: 54321}
		switch kind {
		case kanal.TypeText:
			m.Text, want.Text, want.Link = "Bonjour,\nà demain", "Bonjour,\nà demain", ""
		case kanal.TypeImage, kanal.TypeVideo:
			want.Caption = "Zoé"
		}
		for _, replayed := range []bool{false, true} {
			receipt, err := client.SendMessage(t.Context(), m, want.Key)
			if err != nil || receipt.Replayed != replayed || receipt.PhoneNumber == "" != replayed {
				t.Errorf("%s: %+v, %v", kind, receipt, err)
			}
		}
		truth := s.Accepted()
		got := truth[len(truth)-1]
		got.MessageID, got.Time = 0, time.Time{}
		if !reflect.DeepEqual(got, want) {
			t.Errorf("%s: %+v, want %+v", kind, got, want)
		}
	}
	if got := len(s.Accepted()); got != 5 {
		t.Errorf("%d accepted", got)
	}
	_, body, _ := sendText(t, s, "33612345679", "")
	expect(t, "the body of a 200", 200, 200, body,
		`{"success":true,"message":"Message sent successfully","message_id":987659,"contact_id":54322,"phone_number":"33612345679"}`)
	_, body, _ = sendText(t, s, "33612345679", "k-text")
	expect(t, "the body of a 201", 201, 201, body, `{"message":"Message already sent with this idempotency key: k-text"}`)
}

func text(to, body string) string {
	return fmt.Sprintf(`{"to":%q,"type":"text","text":{"body":%q}}`, to, body)
}

func image(link, caption string) string {
	return fmt.Sprintf(`{"to":"33612345678","type":"image","image":{"link":%q,"caption":%q}}`, link, caption)
}

func TestFreeFormErrorBodies(t *testing.T) {
	s := New(Options{Limit: 1000, OptedOut: []string{"33611111111"}})
	server := httptest.NewServer(s)
	defer server.Close()
	const noType = `{"error":"type is required and must be one of: text, image, video, audio, document"}`
	const noText = `{"error":"text.body is required for type text"}`
	failed := func(details string) string {
		return fmt.Sprintf(`{"details":%q,"error":"Error sending message"}`, details)
	}
	for _, test := range []struct{ body, want string }{
		{``, noType},
		{`[]`, noType},
		{`{"to":"33612345678"}`, noType},
		{`{"to":"33612345678","type":"sticker"}`, noType},
		{`{"to":"33612345678","type":["text"]}`, noType},
		{`{"to":"33612345678","type":"text"}`, noText},
		{`{"to":"33612345678","type":"text","text":"Bonjour"}`, noText},
		{`{"to":"33612345678","type":"text","text":{"body":["a"]}}`, noText},
		{text("33612345678", " "), noText},
		{`{"type":"image","text":{"body":"a"}}`, `{"error":"image.link is required for type image"}`},
		{`{"type":"video","image":{"link":"https://a.example/b"}}`, `{"error":"video.link is required for type video"}`},
		{`{"type":"audio","audio":{"link":""}}`, `{"error":"audio.link is required for type audio"}`},
		{`{"type":"document","document":{"caption":"c"}}`, `{"error":"document.link is required for type document"}`},
		{`{"type":"text","text":{"body":"a"}}`, `{"error":"to is required"}`},
		{`{"to":{"a":1},"type":"text","text":{"body":"a"}}`, `{"error":"to is required"}`},
		{text(" ", "a"), `{"error":"to is required"}`},
		{text("n/a", "a"), `{"error":"Phone number is not valid"}`},
		{text("1234567", "a"), `{"error":"Phone number is not valid"}`},
		{text("1234567890123456", "a"), `{"error":"Phone number is not valid"}`},
		{text("33600000013", "a"), `{"error":"Phone number is not valid"}`},
		{text("33611111111", "a"), `{"contact_id":54321,"error":"Contact has opted out from receiving messages","phone_number":"33611111111"}`},
		{text("33600000015", "a"), `{"contact_id":54322,"error":"Cannot send free-form message: no active conversation window. ` +
			`The contact must have written in the last 24 hours; send a template instead.","phone_number":"33600000015"}`},
		{text("33600000002", "a"), failed("(#131026) Message undeliverable")},
		{text("33600000003", "a"), failed("(#131049) This message was not delivered to maintain healthy ecosystem engagement.")},
		{text("33600000017", "a"), failed("(#131048) Spam rate limit hit")},
		{text("33612345678", strings.Repeat("é", 4097)), failed("(#100) Param text['body'] must be at most 4096 characters long.")},
		{image("https://a.example/b", strings.Repeat("é", 1025)), failed("(#100) Param image['caption'] must be at most 1024 characters long.")},
		{image("a.jpg", ""), failed("(#100) Param image['link'] is not a valid URI.")},
		{image("ftp://a.example/b", ""), failed("(#100) Param image['link'] is not a valid URI.")},
		{image("https:///b", ""), failed("(#100) Param image['link'] is not a valid URI.")},
	} {
		status, body := postHTTP(t, server.URL+freePath, test.body)
		expect(t, test.body[:min(len(test.body), 100)], status, 400, body, test.want)
	}
	if len(s.Accepted()) != 0 {
		t.Errorf("%+v", s.Accepted())
	}
}

func TestLooseFreeMessages(t *testing.T) {
	s := New(Options{})
	server := httptest.NewServer(s)
	defer server.Close()
	for _, body := range []string{
		`{"to":33612345678,"type":"text","text":{"body":7},"cleanForCountry":["FR"]}`, text("33612345678", strings.Repeat("é", 4096)),
		image("https://a.example/b", strings.Repeat("é", 1024)),
	} {
		if status, answer := postHTTP(t, server.URL+freePath, body); status != 200 {
			t.Errorf("%d %s", status, answer)
		}
	}
	// No cleanForCountry here: the number stays as it is.
	postHTTP(t, server.URL+freePath, `{"to":"06 12 34 56 78","type":"text","text":{"body":"a"},"cleanForCountry":"FR"}`)
	if truth := s.Accepted(); truth[0].Text != "7" || truth[3].Number != "0612345678" {
		t.Errorf("%+v", truth)
	}
}

// postHTTP posts over a real connection.
func postHTTP(t *testing.T, url, body string) (int, string) {
	t.Helper()
	r, err := http.NewRequestWithContext(t.Context(), "POST", url, strings.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	r.Header.Set("Authorization", "Bearer "+DefaultKey)
	response, err := http.DefaultClient.Do(r)
	if err != nil {
		t.Fatal(err)
	}
	defer response.Body.Close()
	content, err := io.ReadAll(response.Body)
	if err != nil {
		t.Fatal(err)
	}
	return response.StatusCode, string(content)
}

func TestFreeFormFaultsHaveTheirOwnShape(t *testing.T) {
	s := New(Options{Faults: Faults{Script: map[int]Fault{1: Platform131000, 2: Platform131000}}})
	_, body, _ := sendText(t, s, "33612345678", "k")
	expect(t, "message", 400, 400, body, `{"details":"(#131000) Something went wrong","error":"Error sending message"}`)
	_, body, _ = send(t, s, "33612345678", "k")
	expect(t, "template", 400, 400, body, `{"error":"(#131000) Something went wrong","message":"Error sending template message"}`)
}

func TestConversationWindows(t *testing.T) {
	const early, late, never = "33611111111", "33622222222", "33633333333"
	for _, test := range []struct {
		windows ConversationWindows
		at      time.Duration
		want    map[string]int
	}{
		{"", 100 * time.Hour, map[string]int{early: 200, late: 200, never: 200, "33600000015": 400}},
		{WindowsOpen, 0, map[string]int{early: 200, late: 200, never: 200, "33600000015": 400}},
		{WindowsClosed, 0, map[string]int{early: 200, late: 400, never: 400, "33600000015": 400}},
		{WindowsClosed, 10 * time.Hour, map[string]int{early: 200, late: 200, never: 400, "33600000015": 400}},
		{WindowsClosed, 24*time.Hour - 1, map[string]int{early: 200, late: 200}},
		{WindowsClosed, 24 * time.Hour, map[string]int{early: 400, late: 200}},
		{WindowsClosed, 34*time.Hour - 1, map[string]int{early: 400, late: 200}},
		{WindowsClosed, 34 * time.Hour, map[string]int{early: 400, late: 400}},
	} {
		synctest.Test(t, func(t *testing.T) {
			s := New(Options{Windows: test.windows, OpenWindows: []string{"+33 611111111", "33600000015"}})
			time.Sleep(min(test.at, 10*time.Hour))
			if test.at >= 10*time.Hour {
				s.OpenWindow("+33 6 22 22 22 22")
			}
			time.Sleep(test.at - min(test.at, 10*time.Hour))
			for number, want := range test.want {
				status, body, _ := sendText(t, s, number, "")
				if status != want || want == 400 && !strings.Contains(body, "no active conversation window") {
					t.Errorf("%q, %s after %s: %d %s", test.windows, number, test.at, status, body)
				}
			}
		})
	}
}

// Neither a message of the business's nor a refusal opens a window; the
// contact writing again does.
func TestOnlyTheContactOpensAWindow(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := New(Options{Windows: WindowsClosed})
		var got []int
		text := func() {
			status, _, _ := sendText(t, s, "33612345678", "k")
			got = append(got, status)
		}
		send(t, s, "33612345678", "template")
		text()
		s.OpenWindow("33612345678")
		time.Sleep(23 * time.Hour)
		s.OpenWindow("33612345678")
		time.Sleep(23 * time.Hour)
		text()
		text()
		time.Sleep(time.Hour)
		text()
		if !slices.Equal(got, []int{400, 200, 201, 400}) {
			t.Errorf("%v", got)
		}
	})
}

func TestLimitIsSharedByTheEndpoints(t *testing.T) {
	s := New(Options{Limit: 2})
	var got []int
	for i := range 4 {
		post := send
		if i%2 == 1 {
			post = sendText
		}
		status, body, header := post(t, s, "33612345678", "")
		got = append(got, status)
		if header.Get("X-RateLimit-Limit") != "2" || status == 429 && !strings.Contains(body, "retry_after") {
			t.Errorf("%s %v", body, header)
		}
	}
	if !slices.Equal(got, []int{200, 200, 429, 429}) {
		t.Errorf("%v", got)
	}
}

func TestKeysAreSharedByTheEndpoints(t *testing.T) {
	s := New(Options{})
	for _, test := range []struct {
		post func(*testing.T, *Server, string, string) (int, string, http.Header)
		key  string
		want int
	}{{send, "a", 200}, {sendText, "a", 201}, {sendText, "b", 200}, {send, "b", 201}} {
		if status, body, _ := test.post(t, s, "33612345678", test.key); status != test.want {
			t.Errorf("%s: %d %s, want %d", test.key, status, body, test.want)
		}
	}
	if len(s.Accepted()) != 2 {
		t.Errorf("%+v", s.Accepted())
	}
}

func TestWhatTheKeyOfAFreeMessageRemembers(t *testing.T) {
	for _, test := range []struct {
		name    string
		options Options
		want    []int
	}{
		{"refusals leave the key", Options{}, []int{400, 200, 400}},
		{"refusals use the key", Options{FailuresUseKey: true}, []int{400, 201, 400}},
		{"key looked up first", Options{LookupKeyFirst: true}, []int{400, 200, 201}},
		{"both", Options{LookupKeyFirst: true, FailuresUseKey: true}, []int{400, 201, 201}},
	} {
		synctest.Test(t, func(t *testing.T) {
			test.options.Windows = WindowsClosed
			s := New(test.options)
			var got []int
			for _, before := range []func(){
				func() {}, func() { s.OpenWindow("33612345678") }, func() { time.Sleep(24 * time.Hour) },
			} {
				before()
				status, _, _ := sendText(t, s, "33612345678", "k")
				got = append(got, status)
			}
			if !slices.Equal(got, test.want) {
				t.Errorf("%s: %v, want %v", test.name, got, test.want)
			}
		})
	}
}

func TestTruthFileOfFreeMessages(t *testing.T) {
	path := filepath.Join(t.TempDir(), "truth.jsonl")
	file, _, err := OpenTruth(path)
	if err != nil {
		t.Fatal(err)
	}
	s := New(Options{TruthFile: file})
	sendText(t, s, "33612345678", "k1")
	send(t, s, "33612345678", "k2")
	exchange(t, s, "POST", freePath, DefaultKey, "k3",
		`{"to":"33612345679","type":"video","video":{"link":"https://a.example/b.mp4","caption":"Zoé"}}`)
	file.Close()

	file, earlier, err := OpenTruth(path)
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	file.Seek(0, io.SeekStart)
	content, _ := io.ReadAll(file)
	lines := strings.Split(string(content), "\n")
	for i, want := range []string{
		`{"key":"k1","number":"33612345678","type":"text","text":"Bonjour","message_id":987654,`,
		`{"key":"k2","number":"33612345678","template_id":77,"variables":{"code":"P1","prenom":"Zoé"},"message_id":987655,`,
		`{"key":"k3","number":"33612345679","type":"video","link":"https://a.example/b.mp4","caption":"Zoé","message_id":987656,`,
	} {
		if !strings.HasPrefix(lines[i], want) {
			t.Errorf("line %d: %s", i+1, lines[i])
		}
	}
	restarted := New(Options{TruthFile: file})
	restarted.Restore(earlier)
	for i, a := range restarted.Accepted() {
		want := s.Accepted()[i]
		if !a.Time.Equal(want.Time) {
			t.Errorf("%s: %s", a.Key, a.Time)
		}
		if a.Time = want.Time; !reflect.DeepEqual(a, want) {
			t.Errorf("%+v, want %+v", a, want)
		}
		if status, _, _ := sendText(t, restarted, a.Number, a.Key); status != 201 {
			t.Errorf("%s: %d after a restart", a.Key, status)
		}
	}
	_, body, _ := sendText(t, restarted, "33612345679", "k4")
	expect(t, "after a restart", 200, 200, body,
		`{"success":true,"message":"Message sent successfully","message_id":987657,"contact_id":54322,"phone_number":"33612345679"}`)
}
