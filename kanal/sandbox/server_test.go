package sandbox

import (
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"kanal-campaign/kanal"
)

// exchange calls the handler as a server would. Status 0 is a dropped
// connection.
func exchange(t *testing.T, s *Server, method, path, apiKey, key, body string) (int, string, http.Header) {
	t.Helper()
	r := httptest.NewRequestWithContext(t.Context(), method, path, strings.NewReader(body))
	if apiKey != "" {
		r.Header.Set("Authorization", "Bearer "+apiKey)
	}
	if key != "" {
		r.Header.Set("Idempotency-Key", key)
	}
	w := httptest.NewRecorder()
	if dropped := func() (dropped bool) {
		defer func() {
			if reason := recover(); reason != nil {
				if reason != http.ErrAbortHandler {
					panic(reason)
				}
				dropped = true
			}
		}()
		s.ServeHTTP(w, r)
		return false
	}(); dropped {
		return 0, "", nil
	}
	return w.Code, w.Body.String(), w.Header()
}

// send posts a welcome message to a number.
func send(t *testing.T, s *Server, number, key string) (int, string, http.Header) {
	t.Helper()
	return exchange(t, s, "POST", "/api/v1/templates", DefaultKey, key, welcome(number))
}

func welcome(number string) string {
	return fmt.Sprintf(`{"template_id":77,"phone_number":%q,"variables":{"prenom":"Zoé","code":"P1"}}`, number)
}

func expect(t *testing.T, what string, status, wantStatus int, body, wantBody string) {
	t.Helper()
	if status != wantStatus || body != wantBody {
		t.Errorf("%s: %d %s\nwant %d %s", what, status, body, wantStatus, wantBody)
	}
}

func TestAcceptedThenReplayed(t *testing.T) {
	s := New(Options{})
	status, body, _ := send(t, s, "+33 6 12 34 56 78", "k1")
	expect(t, "first", status, 200, body,
		`{"success":true,"message":"Template message sent successfully","message_id":987654,"contact_id":54321,"phone_number":"33612345678"}`)
	status, body, _ = send(t, s, "33612345678", "k1")
	expect(t, "again", status, 201, body, `{"message":"Message already sent with this idempotency key: k1"}`)
	send(t, s, "33612345678", "k2")
	send(t, s, "33612345679", "")
	truth := s.Accepted()
	if len(truth) != 3 || truth[1].MessageID != 987655 || truth[1].ContactID != 54321 || truth[2].ContactID != 54322 {
		t.Errorf("%+v", truth)
	}
	if a := truth[0]; a.Key != "k1" || a.Number != "33612345678" || a.TemplateID != 77 || a.Variables["prenom"] != "Zoé" || a.Time.IsZero() {
		t.Errorf("%+v", a)
	}
	var seen []string
	for _, r := range s.Requests() {
		seen = append(seen, fmt.Sprint(r.Path, " ", r.Key, " ", r.Number, " ", r.Status, " ", r.Accepted))
	}
	want := []string{
		"/api/v1/templates k1 33612345678 200 true", "/api/v1/templates k1 33612345678 201 false",
		"/api/v1/templates k2 33612345678 200 true", "/api/v1/templates  33612345679 200 true",
	}
	if !slices.Equal(seen, want) {
		t.Errorf("%q", seen)
	}
}

func TestErrorBodies(t *testing.T) {
	s := New(Options{OptedOut: []string{"+33 611111111"}})
	post := func(body string) (int, string) {
		status, got, _ := exchange(t, s, "POST", "/api/v1/templates", DefaultKey, "", body)
		return status, got
	}
	for _, test := range []struct {
		body   string
		status int
		want   string
	}{
		{``, 400, `{"error":"template_id is required"}`},
		{`[]`, 400, `{"error":"template_id is required"}`},
		{`{"phone_number":"33612345678"}`, 400, `{"error":"template_id is required"}`},
		{`{"template_id":77,"phone_number":" "}`, 400, `{"error":"phone_number is required"}`},
		{`{"template_id":77,"phone_number":"n/a"}`, 400, `{"error":"Phone number is not valid"}`},
		{`{"template_id":77,"phone_number":"n/a","cleanForCountry":"FR"}`, 400, `{"error":"Phone number is not valid"}`},
		{`{"template_id":77,"phone_number":"1234567890123456"}`, 400, `{"error":"Phone number is not valid"}`},
		{`{"template_id":9,"phone_number":"33612345678"}`, 404, `{"error":"Template not found for this phone number"}`},
		{`{"template_id":77,"phone_number":"33611111111"}`, 400,
			`{"contact_id":54321,"error":"Contact has opted out from receiving messages","phone_number":"33611111111"}`},
		{`{"template_id":77,"phone_number":"33612345678"}`, 400,
			`{"error":"Variable prenom not found in row","message":"Error sending template message"}`},
		{`{"template_id":77,"phone_number":"33612345678","variables":{"prenom":"Z","code":" "}}`, 400,
			`{"error":"Variable code not found in row","message":"Error sending template message"}`},
		{`{"template_id":"x","phone_number":"33612345678"}`, 422,
			`{"errors":{"template_id":["The template_id field must be an integer."]},"message":"The template_id field must be an integer."}`},
		{`{"template_id":77,"phone_number":"33612345678","variables":{"code":[1]}}`, 422,
			`{"errors":{"variables.code":["The variables.code field must be a string."]},"message":"The variables.code field must be a string."}`},
		{`{"template_id":77,"phone_number":"33612345678","variables":["a"]}`, 422,
			`{"errors":{"variables":["The variables field must be an object."]},"message":"The variables field must be an object."}`},
	} {
		status, got := post(test.body)
		expect(t, test.body, status, test.status, got, test.want)
	}
	status, got := post(`{"template_id":77,"phone_number":"33612345678","variables":{"prenom":"a\nb","code":"c"}}`)
	if status != 400 || !strings.Contains(got, "(#100)") {
		t.Errorf("%d %s", status, got)
	}
	if status, _ := post(strings.Repeat("x", maxRequest+1)); status != 413 {
		t.Errorf("%d for a huge request", status)
	}
	if len(s.Accepted()) != 0 {
		t.Errorf("%+v", s.Accepted())
	}
	if status, _ := post(`{"template_id":"77","phone_number":33612345678,"variables":{"prenom":1,"code":true},"name":"Z",` +
		`"email":"z@example.com"}`); status != 200 {
		t.Errorf("%d for loose types", status)
	}
	if a := s.Accepted()[0]; a.Name != "Z" || a.Email != "z@example.com" || a.Variables["prenom"] != "1" {
		t.Errorf("%+v", a)
	}
}

func TestKeysRoutesAndAccount(t *testing.T) {
	s := New(Options{Team: "Zoé & Co"})
	for _, test := range []struct {
		method, path, apiKey string
		status               int
		want                 string
	}{
		{"POST", "/api/v1/templates", "", 401, `{"error":"API key is missing"}`},
		{"GET", "/api/v1/get_templates", "wrong", 401, `{"error":"Invalid API key"}`},
		{"POST", "/api/v1/me", "wrong", 401, `{"error":"Invalid API key"}`},
		{"GET", "/api/v2/me", DefaultKey, 404, `{"message":"The route api/v2/me could not be found."}`},
		{"GET", "/api/v1/templates", DefaultKey, 405,
			`{"message":"The GET method is not supported for route api/v1/templates. Supported methods: POST."}`},
		{"POST", "/api/v1/me", DefaultKey, 200, `{"phone_number_id":56,"sandbox":true,"subscription":"active","team":"Zoé \u0026 Co"}`},
	} {
		status, body, _ := exchange(t, s, test.method, test.path, test.apiKey, "", "")
		expect(t, test.method+test.path, status, test.status, body, test.want)
	}
	s.RevokeAfter(2)
	var got []int
	for i := range 3 {
		status, _, _ := send(t, s, "33612345678", fmt.Sprint(i))
		got = append(got, status)
	}
	s.AddKey("renewed")
	status, _, _ := exchange(t, s, "POST", "/api/v1/templates", "renewed", "0", welcome("33612345678"))
	if got = append(got, status); !slices.Equal(got, []int{200, 200, 401, 201}) {
		t.Errorf("%v", got)
	}
	s.RevokeKey("renewed")
	if status, _, _ := exchange(t, s, "POST", "/api/v1/me", "renewed", "", ""); status != 401 {
		t.Error(status)
	}
	s.AddKey("b")
	s.RevokeAfter(0)
	if status, _, _ := exchange(t, s, "POST", "/api/v1/me", "b", "", ""); status != 401 {
		t.Error(status)
	}
}

func TestTemplatesThroughTheClient(t *testing.T) {
	server := httptest.NewServer(New(Options{PhoneNumberID: 7}))
	defer server.Close()
	client, err := kanal.New(kanal.Config{BaseURL: server.URL, Key: DefaultKey})
	if err != nil {
		t.Fatal(err)
	}
	list, err := client.Templates(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	got := map[string]string{}
	for _, template := range list {
		var names []string
		for _, v := range template.Variables {
			names = append(names, fmt.Sprint(v.In, ":", v.Name, v.Media))
		}
		got[template.Name] = strings.Join(names, " ")
		if !template.Certain || template.PhoneNumberID != 7 || template.Status != "APPROVED" || template.Body == "" {
			t.Errorf("%+v", template)
		}
	}
	want := map[string]string{
		"welcome":            "body:prenomfalse body:codefalse",
		"order_confirmation": "body:first_namefalse body:order_idfalse",
		"promo_image":        "header:imagetrue body:first_namefalse body:discountfalse",
		"track_order":        "body:first_namefalse button:trackingfalse",
		"hello":              "",
	}
	if fmt.Sprint(got) != fmt.Sprint(want) {
		t.Errorf("%v", got)
	}
	again := New(Options{Templates: append(Raw(list), Template{ID: 9, Status: "PENDING"})})
	_, body, _ := exchange(t, again, "GET", "/api/v1/get_templates", DefaultKey, "", "")
	var raw []Template
	if json.Unmarshal([]byte(body), &raw) != nil || !slices.Equal(raw, BuiltIn(7)) {
		t.Errorf("%s", body)
	}
}

func TestLiteralCleanForCountry(t *testing.T) {
	for _, test := range []struct{ number, country, want string }{
		{"06 12 34 56 78", "FR", "33612345678"}, {"612345678", "FR", "33612345678"}, {"+33612345678", "FR", "33612345678"},
		{"+32470123456", "FR", "3332470123456"}, {"0033612345678", "FR", "33033612345678"},
		{"+33 (0)612345678", "FR", "330612345678"}, {"n/a", "FR", "33"},
		{"0612345678", "", "0612345678"}, {"0470123456", "BE", "0470123456"}, {"٠٦12", "", "12"},
	} {
		if got := storedNumber(test.number, test.country); got != test.want {
			t.Errorf("%s for %q is %s, want %s", test.number, test.country, got, test.want)
		}
	}
}

func TestLimit(t *testing.T) {
	at := func(s *Server, start time.Time, second int) (int, string, http.Header) {
		time.Sleep(time.Until(start.Add(time.Duration(second) * time.Second)))
		return send(t, s, "33612345678", "")
	}
	for _, form := range []WindowForm{FixedWindow, SlidingWindow} {
		t.Run(string(form), func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				s := New(Options{Window: form, Limit: 2})
				start := time.Now()
				for _, second := range []int{0, 40} {
					if status, _, header := at(s, start, second); status != 200 || header.Get("X-RateLimit-Limit") != "2" {
						t.Errorf("at %d s: %d %v", second, status, header)
					}
				}
				status, body, header := at(s, start, 50)
				expect(t, "over the limit", status, 429, body, `{"error":"Too many requests. Please slow down.","retry_after":10}`)
				if header.Get("X-RateLimit-Remaining") != "0" {
					t.Errorf("%v", header)
				}
				// At 60 s the fixed window starts afresh; the sliding one
				// still holds the request of second 40.
				want := map[WindowForm][]int{FixedWindow: {200, 200, 429}, SlidingWindow: {200, 429, 429}}[form]
				var got []int
				for _, second := range []int{60, 61, 62} {
					status, _, _ := at(s, start, second)
					got = append(got, status)
				}
				if !slices.Equal(got, want) {
					t.Errorf("from 60 s: %v, want %v", got, want)
				}
			})
		})
	}
}

func TestLimitIsPerKeyAndLaravelShaped(t *testing.T) {
	synctest.Test(t, limitsPerKey) // where no second passes between the requests
}

func limitsPerKey(t *testing.T) {
	s := New(Options{Limit: 1, ThrottleShape: LaravelThrottle, Keys: []string{"a", "b"}})
	var got []int
	for _, key := range []string{"a", "b", "a"} {
		status, body, header := exchange(t, s, "POST", "/api/v1/templates", key, "", welcome("33612345678"))
		got = append(got, status)
		if status == 429 && (body != `{"message":"Too Many Attempts."}` || header.Get("Retry-After") != "60") {
			t.Errorf("%s %v", body, header)
		}
	}
	if !slices.Equal(got, []int{200, 200, 429}) {
		t.Errorf("%v", got)
	}
}

func TestWhatTheKeyRemembers(t *testing.T) {
	refused := `{"template_id":77,"phone_number":"33612345678"}`
	for _, test := range []struct {
		name    string
		options Options
		want    []int
	}{
		{"refusals leave the key", Options{}, []int{400, 200, 400, 201}},
		{"refusals use the key", Options{FailuresUseKey: true}, []int{400, 201, 400, 201}},
		{"key looked up first", Options{LookupKeyFirst: true}, []int{400, 200, 201, 201}},
	} {
		s := New(test.options)
		var got []int
		post := func(body string) {
			status, _, _ := exchange(t, s, "POST", "/api/v1/templates", DefaultKey, "k", body)
			got = append(got, status)
		}
		post(refused)
		post(welcome("33612345678"))
		s.OptOut("33612345678")
		post(welcome("33612345678"))
		delete(s.optedOut, "33612345678")
		post(welcome("33612345678"))
		if !slices.Equal(got, test.want) {
			t.Errorf("%s: %v, want %v", test.name, got, test.want)
		}
	}
}

func TestKeyLife(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := New(Options{KeyLife: time.Hour})
		var got []int
		for _, wait := range []time.Duration{0, time.Hour - 1, 1} {
			time.Sleep(wait)
			status, _, _ := send(t, s, "33612345678", "k")
			got = append(got, status)
		}
		if !slices.Equal(got, []int{200, 201, 200}) {
			t.Errorf("%v", got)
		}
	})
}
