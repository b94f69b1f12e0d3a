package kanal

import (
	"io"
	"net/http"
	"slices"
	"testing"
)

func TestSendMessageRequest(t *testing.T) {
	const link = "https://example.com/a.bin"
	var seen []string // types
	for _, test := range []struct {
		message FreeMessage
		body    string
	}{
		{FreeMessage{Type: TypeText, Text: "Bonjour Zoé,\nà demain"},
			`{"to":"33612345678","type":"text","text":{"body":"Bonjour Zoé,\nà demain"}}`},
		{FreeMessage{Type: TypeText}, `{"to":"33612345678","type":"text","text":{"body":""}}`},
		{FreeMessage{Type: TypeText, Text: "a", Link: link, Caption: "c"}, `{"to":"33612345678","type":"text","text":{"body":"a"}}`},
		{FreeMessage{Type: TypeImage, Link: link, Caption: "Zoé"},
			`{"to":"33612345678","type":"image","image":{"link":"` + link + `","caption":"Zoé"}}`},
		{FreeMessage{Type: TypeImage, Link: link, Text: "t"}, `{"to":"33612345678","type":"image","image":{"link":"` + link + `"}}`},
		{FreeMessage{Type: TypeVideo, Link: link, Caption: "Zoé"},
			`{"to":"33612345678","type":"video","video":{"link":"` + link + `","caption":"Zoé"}}`},
		{FreeMessage{Type: TypeAudio, Link: link}, `{"to":"33612345678","type":"audio","audio":{"link":"` + link + `"}}`},
		{FreeMessage{Type: TypeDocument, Link: link}, `{"to":"33612345678","type":"document","document":{"link":"` + link + `"}}`},
		{FreeMessage{Type: TypeDocument}, `{"to":"33612345678","type":"document","document":{"link":""}}`},
	} {
		var got *http.Request
		var body []byte
		client, _ := serve(t, func(w http.ResponseWriter, r *http.Request) {
			got = r
			body, _ = io.ReadAll(r.Body)
			io.WriteString(w, `{"success":true,"message":"Message sent successfully","message_id":987654,"contact_id":54321,`+
				`"phone_number":"33612345678"}`)
		})
		test.message.To = "33612345678"
		receipt, err := client.SendMessage(t.Context(), test.message, "key-1")
		if want := (Receipt{MessageID: "987654", ContactID: "54321", PhoneNumber: "33612345678",
			Message: "Message sent successfully"}); err != nil || receipt != want {
			t.Fatalf("%+v, %v", receipt, err)
		}
		if string(body) != test.body || got.ContentLength != int64(len(test.body)) {
			t.Errorf("body %s\nwant %s", body, test.body)
		}
		if got.Method != "POST" || got.URL.Path != "/api/v1/messages/send" || got.Header.Get("Idempotency-Key") != "key-1" ||
			got.Header.Get("Authorization") != "Bearer "+testKey || got.Header.Get("Content-Type") != "application/json" {
			t.Errorf("%s %s %v", got.Method, got.URL, got.Header)
		}
		seen = append(seen, test.message.Type)
	}
	if !slices.Equal(slices.Compact(seen), MessageTypes()) {
		t.Errorf("%v tested, of %v", seen, MessageTypes())
	}
}

func TestUnknownMessageTypeNeverLeaves(t *testing.T) {
	client, _ := serve(t, func(http.ResponseWriter, *http.Request) { t.Error("a request left") })
	for _, kind := range []string{"", "sticker", "Text", "text "} {
		_, err := client.SendMessage(t.Context(), FreeMessage{To: "33612345678", Type: kind, Text: "a"}, "k")
		if failure := failureOf(t, err); failure.Class != Halt || failure.Cause != CauseInvalidRequest || failure.Status != 0 {
			t.Errorf("%q: %+v", kind, failure)
		}
	}
}
