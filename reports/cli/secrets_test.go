package cli_test

import (
	"encoding/base64"
	"fmt"
	"html"
	"io"
	"io/fs"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/synctest"

	"kanal-campaign/kanal/sandbox"
	"kanal-campaign/reports/words"
)

// hostileKey has characters that URLs, JSON and HTML escape, so that its forms differ.
const hostileKey = `h0st1le+key/for=the"tests`

// keyForms are forms in which a server may give the key back.
func keyForms(key string) []string {
	percent, entities := "", ""
	for i := range len(key) {
		percent += fmt.Sprintf("%%%02x", key[i])
		entities += fmt.Sprintf("&#%d;", key[i])
	}
	return []string{
		strings.ToUpper(key), strings.ToLower(key), percent, entities, fmt.Sprintf("%X", strings.ToUpper(key)), strings.Join(strings.Split(key, ""), " "),
		key, url.QueryEscape(key), url.PathEscape(key), strings.Trim(fmt.Sprintf("%q", key), `"`), html.EscapeString(key), fmt.Sprintf("%x", key),
		base64.StdEncoding.EncodeToString([]byte(key)), base64.URLEncoding.EncodeToString([]byte(key)),
		base64.StdEncoding.EncodeToString([]byte("Bearer " + key)),
	}
}

// traces are the parts of those forms that nothing may hold: of base64 the ends are also made of what stands around.
func traces(key string) []string {
	list := keyForms(key)
	for i, form := range list[len(list)-3:] {
		start := 4
		if i == 2 {
			start = 12
		}
		list[len(list)-3+i] = form[start : len(form)-4]
	}
	return list
}

// wantNowhere fails the test when the key is in a text, or in any file below the folder that is not to hold it.
func wantNowhere(t *testing.T, key, dir, text string) {
	t.Helper()
	found := func(where, content string) {
		for _, form := range traces(key) {
			if i := strings.Index(content, form); i >= 0 {
				t.Errorf("%s holds the key: %q", where, content[max(0, i-60):min(len(content), i+60)])
			}
		}
	}
	found("the screen", text)
	files := 0
	err := filepath.WalkDir(dir, func(path string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() || entry.Name() == "the.key" {
			return err
		}
		content, err := os.ReadFile(path)
		files++
		found(path, string(content))
		return err
	})
	if err != nil || files == 0 {
		t.Errorf("%d files looked into: %v", files, err)
	}
}

// echoes are what a hostile server gives back of a request that it was sent: the key in every form and place.
func echoes(key string) []func(w http.ResponseWriter) {
	forms := keyForms(key)
	json := strings.NewReplacer(`\`, `\\`, `"`, `\"`)
	answer := func(status int, format string) []func(w http.ResponseWriter) {
		var list []func(w http.ResponseWriter)
		for _, form := range append(forms, "Bearer "+key) {
			if strings.HasPrefix(format, "{") {
				form = json.Replace(form)
			}
			list = append(list, func(w http.ResponseWriter) {
				w.Header().Set("Location", "https://evil.test/?key="+url.QueryEscape(key))
				w.Header().Set("X-Request-Id", key)
				w.Header().Set("Retry-After", "1")
				w.WriteHeader(status)
				io.WriteString(w, strings.ReplaceAll(format, "KEY", form))
			})
		}
		return list
	}
	var all []func(w http.ResponseWriter)
	for _, kind := range [][]func(w http.ResponseWriter){
		answer(400, `{"message":"Error sending template message","error":"(#131026) KEY"}`),
		answer(400, `{"error":"Contact has opted out from receiving messages","contact_id":"KEY","phone_number":"KEY"}`),
		answer(422, `{"message":"KEY","errors":{"KEY":["KEY"]}}`),
		answer(200, `{"success":true,"message_id":"KEY","contact_id":"KEY","message":"KEY"}`),
		answer(201, `{"message":"Message already sent with this idempotency key: KEY"}`),
		answer(500, `<html><title>KEY</title><body>KEY</body></html>`),
		answer(503, `KEY`),
		answer(200, `KEY`),
	} {
		all = append(all, kind...)
	}
	return all
}

// A server that gives the key back in every answer, to runs that tell everything: the key is in nothing that they leave.
func TestEchoedKeyIsLeftNowhere(t *testing.T) {
	for _, from := range []string{"environment", "file", "prompt"} {
		t.Run(from, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				v := newVirtual(t)
				v.kanal.AddKey(hostileKey)
				answers := echoes(hostileKey)
				if from != "environment" { // once is enough for every answer
					answers = answers[:10]
				}
				v.play = func(n int, w http.ResponseWriter, r *http.Request) bool {
					io.Copy(io.Discard, r.Body)
					answers[n%len(answers)](w)
					return true
				}
				args := []string{"send", v.write("spring.csv", people(len(answers))), "--template", "welcome", "--country", "FR", "--yes", "--verbose",
					"--continue-earlier", "--max-failures", "1000"}
				term := terminal{}
				delete(v.env, "KANAL_API_KEY")
				switch from {
				case "environment":
					v.env["KANAL_API_KEY"] = hostileKey
				case "file":
					args = append(args, "--api-key-file", v.write("the.key", hostileKey+"\n"))
				default:
					term = terminal{is: true, secret: hostileKey}
				}
				got := v.runOn(term, args...).want(t, 3)
				text := got.out + got.err
				for _, command := range [][]string{{"status", "spring"}, {"status", "--format", "json"}, {"report", "spring"}} {
					got := v.run(command...).want(t, 0)
					text += got.out + got.err
				}
				wantNowhere(t, hostileKey, v.dir, text)
				if n := strings.Count(v.read(springResults), "[redacted]"); n < len(answers)/2 {
					t.Errorf("the key was hidden in %d rows of %d", n, len(answers))
				}
			})
		})
	}
}

// Answers that stop a run are shown and kept, too.
func TestEchoedKeyInAStop(t *testing.T) {
	t.Parallel()
	for _, status := range []int{302, 401, 405, 429} {
		w := newWorld(t, sandbox.Options{Keys: []string{hostileKey}})
		stage := "get_templates"
		hostile := httptest.NewServer(http.HandlerFunc(func(response http.ResponseWriter, r *http.Request) {
			if strings.HasSuffix(r.URL.Path, stage) {
				response.Header().Set("Location", "https://evil.test/"+r.Header.Get("Authorization"))
				response.Header().Set("Retry-After", "3600")
				response.WriteHeader(status)
				fmt.Fprintf(response, "<title>%s</title>", r.Header.Get("Authorization"))
				return
			}
			w.kanal.ServeHTTP(response, r)
		}))
		w.env["KANAL_API_URL"], w.env["KANAL_API_KEY"] = hostile.URL, hostileKey
		path := w.write("spring.csv", people(3))
		first := w.send(path, "--verbose").want(t, 1).says(t, "Bearer [redacted]").tells(t, "nothing-sent")
		stage = "api/v1/templates"
		second := w.send(path, "--verbose")
		if second.code != 1 && second.code != 6 {
			t.Errorf("%d: exit code %d\n%s", status, second.code, second.out+second.err)
		}
		second.says(t, "Bearer [redacted]")
		wantNowhere(t, hostileKey, w.dir, first.out+first.err+second.out+second.err)
		hostile.Close()
	}
}

// A key that cannot be one is refused in one sentence that says where it came from, and does not show it.
func TestKeysThatCannotBe(t *testing.T) {
	const part = "s3cr3ts3cr3ts3cr3t"
	for name, key := range map[string]string{
		"a space inside": part + " " + part, "a line break": part + "\n" + part, "not ASCII": part + "é",
		"a control character": part + "\x00" + part,
		"a no-break space":    part + "\u00a0" + part,
	} {
		ways := []string{"KANAL_API_KEY"}
		if name == "a line break" { // where it came from is told apart once
			ways = append(ways, "--api-key-file", "prompt")
		}
		for _, from := range ways {
			t.Run(name+", "+from, func(t *testing.T) {
				w := newWorld(t, sandbox.Options{})
				delete(w.env, "KANAL_API_KEY")
				args := []string{"send", w.write("spring.csv", people(1)), "--template", "welcome", "--country", "FR", "--yes"}
				term, origin := terminal{}, "The API key from KANAL_API_KEY "
				switch from {
				case "KANAL_API_KEY":
					w.env["KANAL_API_KEY"] = key
				case "prompt":
					term, origin = terminal{is: true, secret: key}, "The API key cannot "
				default:
					args = append(args, "--api-key-file", w.write("the.key", key))
					origin = "The API key from --api-key-file "
				}
				got := w.runOn(term, args...).want(t, 2).says(t, origin, words.English().ConfigKeyAdvice())
				wantNowhere(t, part, w.dir, got.out+got.err)
				if n := len(w.kanal.Requests()); n != 0 {
					t.Errorf("%d requests left", n)
				}
			})
		}
	}
	// White space around a key is nothing.
	w := newWorld(t, sandbox.Options{})
	w.env["KANAL_API_KEY"] = " \t" + sandbox.DefaultKey + "\r\n"
	w.send(w.write("spring.csv", people(1))).want(t, 0)
}

// Secrets where they do not belong: none is repeated on the screen or in the ledger.
func TestMisplacedSecrets(t *testing.T) {
	const secret = "s3cr3ts3cr3ts3cr3t"
	w := newWorld(t, sandbox.Options{})
	send := []string{"send", w.write("spring.csv", people(1)), "--template", "welcome", "--country", "FR", "--yes"}
	text := ""
	for _, base := range []string{
		"https://user:" + secret + "@kanal.test", "https://" + secret + "@kanal.test", "https://kanal.test/?key=" + secret,
		"https://kanal.test#" + secret,
		secret, "https://kanal.test:" + secret, secret + "://kanal.test", "http://user:" + secret + "@127.0.0.1",
	} {
		w.env["KANAL_API_URL"] = base
		got := w.run(send...).want(t, 2).says(t, words.English().ConfigUrlAdvice())
		rehearsed := w.run(append(send, "--sandbox")...).want(t, 2).says(t, words.English().ConfigUrlAdvice())
		text += got.out + got.err + rehearsed.out + rehearsed.err
	}
	w.env["KANAL_API_URL"] = "http://127.0.0.1.evil.test"
	w.run(send...).want(t, 2).says(t, "127.0.0.1.evil.test unencrypted")
	w.env["KANAL_API_URL"] = w.server.URL
	got := w.run(append(send, "--api-key-file", secret)...).want(t, 1).says(t, "no such file").tells(t, "key-file-unread")
	text += got.out + got.err
	for _, flag := range []string{"--api-key=" + secret, "--key=" + secret} {
		got := w.run(append(send, flag)...).want(t, 2)
		text += got.out + got.err
	}
	wantNowhere(t, secret, w.dir, text)
}
