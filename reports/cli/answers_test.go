package cli_test

import (
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"kanal-campaign/kanal/sandbox"
)

// rewriting puts a server before the sandbox that changes the bodies of its answers to requests to send.
func (w *world) rewriting(change func(body string) string) {
	w.t.Helper()
	server := httptest.NewServer(http.HandlerFunc(func(response http.ResponseWriter, request *http.Request) {
		recorded := httptest.NewRecorder()
		w.kanal.ServeHTTP(recorded, request)
		body := recorded.Body.String()
		if sends[request.URL.Path] {
			body = change(body)
		}
		response.Header().Set("Content-Type", "application/json")
		response.WriteHeader(recorded.Code)
		io.WriteString(response, body)
	}))
	w.t.Cleanup(server.Close)
	w.env["KANAL_API_URL"] = server.URL
}

// However Kanal spells whom it messaged, a campaign stops only where it names another person.
func TestNumberInTheAnswer(t *testing.T) {
	t.Parallel()
	const phone = "33612340000"
	for said, code := range map[string]int{
		`3.361234e10`: 0, `3.361234E+10`: 0, `33612340000.0`: 0, `33612340000`: 0, `336123400000e-1`: 0, `0.33612340000e11`: 0,
		`"3.361234e10"`: 0, `"+33 6 12 34 00 00"`: 0, `" 33612340000 "`: 0, `"33612340000@c.us"`: 0, `"0612340000"`: 0, `"Unknown"`: 0,
		`"whatsapp:+33612340000"`: 0, `-682586368`: 0, `null`: 0, `false`: 0, `0`: 0, `{}`: 0, `["33612399999"]`: 0, `1e400`: 0,
		`3.3612e10`: 0, `"3.36E+10"`: 0, `"120363025246125486@g.us"`: 0, `"+336******99"`: 0, `33612345679.5`: 0,
		`3.3612345679e10`: 1, `33612345679.0`: 1, `33612345679`: 1, `"3.3612345679e10"`: 1, `"33612345679@c.us"`: 1, `"0612345679"`: 1,
		`"+33 6 12 34 56 79"`: 1,
	} {
		w := newWorld(t, sandbox.Options{})
		w.rewriting(func(body string) string { return strings.Replace(body, `"`+phone+`"`, said, 1) })
		t.Run(said, func(t *testing.T) {
			path := w.write("spring.csv", people(1))
			test := w.run("send", path, "--template", "welcome", "--country", "FR", "--yes", "--test-to", "+"+phone).want(t, code)
			sent := w.send(path).want(t, code)
			if code == 0 {
				w.truth(2, "spring.results.csv")
				return
			}
			test.tells(t, "test-other-number", "+33612345679")
			sent.says(t, "+33612345679")
			if row := w.results("spring.results.csv")[0]; row["status"] != "sent" || row["cause"] != "other-number" {
				t.Errorf("the row reads %v", row)
			}
		})
	}
}

// A message's id is read for its value, whole, in every spelling.
func TestIDsInTheAnswer(t *testing.T) {
	t.Parallel()
	for said, id := range map[string]string{
		`9.87654e5`: "987654", `987654.0`: "987654", `98765400e-2`: "987654", `"9.87654e5"`: "987654", `"987654.0"`: "987654",
		`" +987654 "`: "987654", `9007199254740993`: "9007199254740993", `9.007199254740993e15`: "9007199254740993",
		`9007199254740993.0`: "9007199254740993", `123456789012345678901234567890`: "123456789012345678901234567890", `"12e4"`: "12e4",
		`"wamid.HBgLMzM="`: "wamid.HBgLMzM=", `18446744073709551615`: "18446744073709551615",
	} {
		t.Run(said, func(t *testing.T) {
			w := newWorld(t, sandbox.Options{})
			w.rewriting(func(body string) string {
				return strings.Replace(body, `"message_id":`, `"message_id":`+said+`,"contact_id":`+said+`,"was":`, 1)
			})
			w.send(w.write("spring.csv", people(1))).want(t, 0)
			if row := w.results("spring.results.csv")[0]; row["message_id"] != id || row["status"] != "sent" {
				t.Errorf("%v, want %s", row, id)
			}
		})
	}
}
