package cli_test

import (
	"bytes"
	"io"
	"net/http"
	"path/filepath"
	"strings"
	"testing"
	"testing/synctest"
)

// everyKindOfRow is a world with a campaign novembre in which a row of every kind is.
func everyKindOfRow(t *testing.T) *virtual {
	v := newVirtual(t)
	v.send(v.write("export.csv", "phone,prenom,code\n+33600000001,Out,1\n0612340010,Recent,2\n")).want(t, 3)
	v.play = func(_ int, w http.ResponseWriter, r *http.Request) bool {
		body, _ := io.ReadAll(r.Body)
		r.Body = io.NopCloser(bytes.NewReader(body))
		switch {
		case bytes.Contains(body, []byte("33612340005")):
			w.WriteHeader(http.StatusInternalServerError)
		case bytes.Contains(body, []byte("33612340003")):
			w.WriteHeader(http.StatusBadRequest)
			io.WriteString(w, `{"error":"Contact has opted out from receiving messages","contact_id":1,"phone_number":"33612340003"}`)
		default:
			return false
		}
		return true
	}
	path := v.write("novembre.csv", strings.Join([]string{"phone,prenom,code",
		"0612340002,Sent,A", "0612340003,Out,B", "+33600000002,No,C", "0612340005,Doubt,D", "0612340002,Sent,A", "0612340002,Sent,Z",
		"12,Error,E", "0612340009,Listed,F", "0612340010,Recent,G", "+33600000001,Out,H", "+33600000003,Held,I", "0612340013,Forgotten,J",
		"0612340014,Later,K", "0612340015,Later,L", ""}, "\n"))
	list := v.write("list.txt", "0612340009\n")
	v.send(path, "--duplicates", "skip", "--skip-invalid", "--min-gap", "7d", "--suppress", list, "--first", "6").want(t, 3)
	v.run("forget", "+33612340013", "--yes").want(t, 0)
	return v
}

// Whoever asks for a row that is not tried again is told why that very row is not, and what to do in place of it.
func TestRetryRowSaysWhyNot(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		v := everyKindOfRow(t)
		more := v.write("more.txt", "+33600000003\n")
		before := len(v.requests())
		for _, test := range []struct {
			row   string
			flags []string
			says  []string
		}{
			{"2", nil, []string{"Row 2 has its message: Kanal accepted it on Sat 1 Jan 2000 (message ", "--campaign NAME --again"}},
			{"3", nil, []string{"Row 3 is not tried again: this person has opted out on Sat 1 Jan 2000, and is never messaged."}},
			{"4", []string{"--unknown"}, []string{english.RetryRowRejected("4", "not on WhatsApp (131026)"),
				"kanal-campaign retry novembre --row 4"}},
			{"4", []string{"--cause", "131049"}, []string{"Row 4 was refused for another reason than 131049: not on WhatsApp (131026)."}},
			{"5", nil, []string{"Row 5 is in doubt (an error at Kanal): this person may have the message.",
				"kanal-campaign retry novembre --row 5 --unknown"}},
			{"5", []string{"--unknown", "--cause", "timeout"}, []string{"Row 5 is in doubt for another reason than timeout: an error at Kanal."}},
			{"6", nil, []string{english.RetryRowDuplicate("6", "2"),
				"kanal-campaign retry novembre --row 2"}},
			{"7", nil, []string{english.RetryRowSameNumber("7", "2")}},
			{"8", nil, []string{`Row 8 has errors and was never sent. The phone number "12" is too short.`, way}},
			{"9", nil, []string{english.RetryRowSuppressed("9", "list.txt"),
				"--cause suppressed -o "}},
			{"10", nil, []string{`Row 10 was left out: this person has, or may have, a message of campaign "export" since ` +
				`Sat 1 Jan 2000`, "--cause messaged-recently"}},
			{"11", nil, []string{"Row 11 is not tried again: this person has opted out on Sat 1 Jan 2000"}},
			{"12", []string{"--suppress", more}, []string{english.RetryRowListed("12", "more.txt"),
				"retry novembre --row 12 --suppress none"}},
			{"13", nil, []string{"Row 13 has its message"}},
			{"14", nil, []string{"Row 14 was not sent yet", "kanal-campaign resume novembre"}},
			{"15", []string{"--unknown"}, []string{"Row 15 was not sent yet"}},
			{"99", nil, []string{english.RetryRowMissing("99", "novembre.csv")}},
			{"1,2", nil, []string{english.RetryRowMissing("1", "novembre.csv"), "Row 2 has its message"}},
		} {
			r := v.run(append([]string{"retry", "novembre", "--row", test.row, "--yes"}, test.flags...)...).want(t, 5).
				tells(t, "nothing-sent").says(t, test.says...)
			for _, line := range strings.Split(r.err, "\n") {
				if len(line) > 80 && strings.Contains(line, "Row") {
					t.Errorf("too long: %s", line)
				}
			}
		}
		if n := len(v.requests()); n != before {
			t.Errorf("%d requests", n-before)
		}
		// With another row that is tried, the screen tells of those that are not.
		v.runOn(terminal{is: true, input: "no\n"}, "retry", "novembre", "--row", "4,5,9").want(t, 5).tells(t, "retry-refused").
			tells(t, "retry-row-unknown").tells(t, "retry-row-suppressed", "9")
	})
}

// Rows that an update took out, or left out, say so.
func TestRetryRowOfAnUpdate(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		v := newVirtual(t)
		path := v.write("novembre.csv", "phone,prenom,code\n0612340002,Zoé,A\n+33600000003,Held,B\n0612340004,Max,C\n0612340005,Ida,D\n")
		v.send(path, "--first", "2").want(t, 3)
		v.write("novembre.csv", "phone,prenom,code\n0612340002,Zoé,corrected\n+33600000003,Held,B\n")
		v.run("send", path, "--update", "--yes").want(t, 3)
		v.run("retry", "novembre", "--row", "2", "--yes").want(t, 5).tells(t, "retry-row-messaged-before", "2")
		v.run("retry", "novembre", "--row", "4", "--yes").want(t, 5).says(t, "kanal-campaign send "+filepath.Join(v.dir, "novembre.csv")+" --update").
			tells(t, "retry-row-gone", "4", "novembre.csv")
		v.run("forget", "+33600000003", "--yes").want(t, 0)
		v.run("retry", "novembre", "--row", "3", "--yes").want(t, 5).tells(t, "retry-row-forgotten", "3")
	})
}
