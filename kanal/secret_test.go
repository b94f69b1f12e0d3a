package kanal

import (
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"html"
	"io"
	"net/http"
	"net/url"
	"strings"
	"testing"
)

const awkwardKey = `k3y+/="k3y<k3y>&k3y\k3y%`

// formsOf are the forms in which a hostile server gives the key back.
func formsOf(key string) map[string]string {
	asJSON, _ := json.Marshal(key)
	return map[string]string{
		"plain":              key,
		"JSON":               strings.Trim(string(asJSON), `"`),
		"URL query":          url.QueryEscape(key),
		"URL path":           url.PathEscape(key),
		"HTML":               html.EscapeString(key),
		"hexadecimal":        hex.EncodeToString([]byte(key)),
		"HEXADECIMAL":        strings.ToUpper(hex.EncodeToString([]byte(key))),
		"base64":             base64.StdEncoding.EncodeToString([]byte(key)),
		"base64 for URLs":    base64.URLEncoding.EncodeToString([]byte(key)),
		"base64 of a header": base64.StdEncoding.EncodeToString([]byte("Authorization: Bearer " + key)),
		"base64 of a bearer": base64.StdEncoding.EncodeToString([]byte("Bearer " + key + "\n")),
		"base64 of a user":   base64.StdEncoding.EncodeToString([]byte(key + ":")),
	}
}

// wantNoKey fails the test when a text holds the key in any form. Of base64
// the outer characters are also made of what stands around the key.
func wantNoKey(t *testing.T, key, text string) {
	t.Helper()
	for name, form := range formsOf(key) {
		if strings.Contains(text, form) || strings.HasPrefix(name, "base64") && strings.Contains(text, form[4:len(form)-4]) {
			t.Errorf("the key is shown (%s) by %s", name, text)
		}
	}
}

func escapeAll(text string) string {
	var out strings.Builder
	for _, r := range text {
		fmt.Fprintf(&out, `\u%04x`, r)
	}
	return out.String()
}

// Whatever a server echoes of the key, in whatever field, form and place:
// nothing that the client returns holds it.
func TestEchoedKeyIsRedacted(t *testing.T) {
	for _, key := range []string{testKey, awkwardKey} {
		for name, form := range formsOf(key) {
			quoted, _ := json.Marshal(form)
			text := strings.Trim(string(quoted), `"`)
			for _, body := range []string{
				`{"error":"no ` + text + `"}`, `{"message":"Error sending template message","error":"` + text + `: no"}`,
				`{"message":"x","errors":{"` + text + `":["` + text + `"]}}`, `{"error":{"a":["` + text + `"]}}`,
				`<html><title>Key ` + form + ` refused</title>`, form, strings.Repeat("x ", 245) + form,
				`{"error":"` + strings.Repeat("é", 490) + text + `"}`,
				`{"success":true,"message_id":"` + text + `","contact_id":"` + text + `","phone_number":"` + text + `","message":"` + text + `"}`,
				`{"success":true,"message_id":7,"contact_id":"` + text + `","phone_number":"` + text + `","message":"` + text + `"}`,
				`{"error":"` + escapeAll(form) + `"}`, `{"message_id":"` + escapeAll(form) + `"}`,
				`{"error":"` + strings.Join(strings.Split(text[:4], ""), `\u0000`) + text[4:] + `"}`,
			} {
				for _, status := range []int{200, 201, 400, 401, 404, 422, 429, 500, 302} {
					echo(t, key, name, status, body)
				}
			}
		}
	}
}

func echo(t *testing.T, key, name string, status int, body string) {
	t.Helper()
	client, err := New(Config{Key: key, Transport: roundTrip(func(r *http.Request) (*http.Response, error) {
		if r.Body != nil {
			io.ReadAll(r.Body)
		}
		header := http.Header{"Location": {"https://evil.invalid/?key=" + key}, "Retry-After": {key}, "Date": {key}, "X-Key": {key}}
		return &http.Response{StatusCode: status, Header: header, Body: io.NopCloser(strings.NewReader(body))}, nil
	})})
	if err != nil {
		t.Fatal(err)
	}
	receipt, sendErr := client.SendTemplate(t.Context(), testMessage, "k")
	account, meErr := client.Me(t.Context())
	list, listErr := client.Templates(t.Context())
	text := fmt.Sprintf("%+v %+v %#v %+v %s %+v %+v %+v", receipt, sendErr, sendErr, meErr, account, list, listErr, client)
	if failure, ok := sendErr.(*Error); ok {
		text += fmt.Sprintf("%+v %s", *failure, failure.Err)
	}
	wantNoKey(t, key, text)
	if t.Failed() {
		t.Fatalf("%s, %d: %s", name, status, body)
	}
}

func TestEchoedKeyInTheAccount(t *testing.T) {
	for name, form := range formsOf(testKey) {
		structure, _ := json.Marshal(`{"body":{"text":"Use ` + form + ` and ` + escapeAll(form) + `","variables":[]}}`)
		bodies := map[string]string{
			pathTemplates: `[{"id":1,"phone_number_id":2,"name":"` + form + `","wa_status":"` + escapeAll(form) +
				`","structure":` + string(structure) + `}]`,
			pathMe: `{"team":{"name":"` + escapeAll(form) + `"},"key":"` + form + `"}`,
		}
		client, _ := serve(t, func(w http.ResponseWriter, r *http.Request) { io.WriteString(w, bodies[r.URL.Path]) })
		templates, err := client.Templates(t.Context())
		if err != nil || len(templates) != 1 || !strings.Contains(templates[0].Body, redacted) {
			t.Fatalf("%s: %+v, %v", name, templates, err)
		}
		account, err := client.Me(t.Context())
		var decoded any
		if err != nil || json.Unmarshal(account, &decoded) != nil {
			t.Fatalf("%s: %s, %v", name, account, err)
		}
		wantNoKey(t, testKey, fmt.Sprintf("%+v %s %v", templates, account, decoded))
	}
}

// An answer that breaks off in the middle of the key shows no part of it that
// is worth anything.
func TestKeyCutShort(t *testing.T) {
	for cut := 8; cut < len(testKey); cut++ {
		client, _ := serve(t, func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Length", "1000")
			w.WriteHeader(401)
			io.WriteString(w, `{"error":"Invalid API key `+testKey[:cut])
		})
		_, err := client.SendTemplate(t.Context(), testMessage, "k")
		if failure := failureOf(t, err); strings.Contains(failure.Message, testKey[:cut]) || !strings.Contains(failure.Message, redacted) {
			t.Errorf("%d characters: %+v", cut, failure)
		}
	}
}

// An id that looks like the key is no id; the message was accepted perhaps.
func TestKeyAsAnID(t *testing.T) {
	client, _ := serve(t, func(w http.ResponseWriter, _ *http.Request) {
		io.WriteString(w, `{"success":true,"message_id":"`+testKey+`"}`)
	})
	_, err := client.SendTemplate(t.Context(), testMessage, "k")
	if got := failureOf(t, err); got.Class != Doubt || got.Cause != CauseNoMessageID {
		t.Errorf("%+v", got)
	}
}

// Texts that have nothing to do with the key stay as they are.
func TestRedactionLeavesOthersAlone(t *testing.T) {
	key := newSecret(testKey)
	for _, text := range []string{
		"", "Phone number is not valid", testKey[:5], "k3y", "a3k3yk3", `{"a": "b" , "n":1.50}`, "Bearer token",
		base64.StdEncoding.EncodeToString([]byte("another key altogether..")),
	} {
		if got := key.redact(text); got != text {
			t.Errorf("%q became %q", text, got)
		}
		if got := key.redactJSON(text); got != text {
			t.Errorf("%q became %q", text, got)
		}
	}
}

// Where a key may be sent in clear, and what is said of an address that is
// none: never the secrets that people paste into it.
func TestBaseURLs(t *testing.T) {
	for _, base := range []string{
		"http://localhost.evil.com", "http://127.0.0.1.evil.com", "http://127.0.0.1@evil.com", "http://localhost@evil.com",
		"http://[::ffff:127.0.0.1]", "http://[::ffff:7f00:1]", "http://0177.0.0.1", "http://017700000001", "http://2130706433",
		"http://0x7f000001", "http://0x7f.1", "http://127.1", "http://127.0.0.01", "http://0", "http://0.0.0.0", "http://[::]",
		"http://[::1%25lo]", "http://localhost.", "http://127.0.0.1%2eevil.com", "http://127.0.0.1\\@evil.com", "http://evil.com#@127.0.0.1",
		"http://evil.com?@127.0.0.1", "http://①②⑦.⓪.⓪.①", "http://ｌocalhost", "http://api.getkanal.com", "http:localhost", "http:///x",
		"https://host?", "https://host/a#b", "https:host", "//localhost", "file:///etc/passwd", "javascript:alert(1)",
		testKey, "https://" + testKey + "@host", "https://user:" + testKey + "@host", "https://host/?key=" + testKey,
		"https://host/#" + testKey, "http://" + testKey, testKey + "://host", "https://host:" + testKey, "https://[" + testKey,
	} {
		client, err := New(Config{BaseURL: base, Key: testKey})
		if err == nil {
			t.Errorf("%s: accepted as %v", base, client)
			continue
		}
		wantNoKey(t, testKey, err.Error()+fmt.Sprintf("%#v %v", err, Config{BaseURL: base, Key: testKey}))
		if strings.Contains(base, "user:") && strings.Contains(err.Error(), "user:") {
			t.Errorf("%s: %v", base, err)
		}
	}
	for _, base := range []string{"http://LOCALHOST:1", "http://127.255.255.254", "http://[::1]", "HTTP://localhost",
		"https://evil.com:8443/kanal"} {
		if _, err := New(Config{BaseURL: base, Key: testKey}); err != nil {
			t.Errorf("%s: %v", base, err)
		}
	}
}
