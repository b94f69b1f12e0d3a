package cli_test

import (
	"encoding/json"
	"net/http"
	"os"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"kanal-campaign/campaign/outcome"
	"kanal-campaign/campaign/record"
	"kanal-campaign/kanal/sandbox"
	"kanal-campaign/reports/words"
)

// test sends a test message from a file of two people, the first of whom has an error.
func (w *world) test(flags ...string) result {
	path := w.write("novembre.csv", "phone,prenom,code,nom,mail\n06 12,Nobody,X,N,n@example.com\n06 12 34 00 01,Zoé,P1,Zoé "+
		"B,zoe@example.com\n"+
		"06 12 34 00 02,Léa,P2,Léa C,lea@example.com\n")
	return w.run(append([]string{"send", path, "--template", "welcome", "--country", "FR", "--name-column", "nom", "--email-column", "mail",
		"--yes", "--test-to", "06 99 88 77 66"}, flags...)...)
}

func TestTestSend(t *testing.T) {
	w := newWorld(t, sandbox.Options{})
	first := w.test().want(t, 0).says(t, "Bonjour Zoé", "P1").tells(t, "test-plan", "+33699887766", "3").
		tells(t, "test-contacts").tells(t, "test-problems", "1").tells(t, "test-accepted", "+33699887766")
	w.test().want(t, 0)
	accepted := w.kanal.Accepted()
	if len(accepted) != 2 || accepted[0].Key == accepted[1].Key {
		t.Fatalf("%+v", accepted)
	}
	for _, a := range accepted {
		if a.Number != "33699887766" || a.Name != "" || a.Email != "" || a.Variables["prenom"] != "Zoé" {
			t.Errorf("%+v", a)
		}
	}
	if strings.Contains(first.out+first.err, "P2") {
		t.Error("it shows another row")
	}
	w.run("status").want(t, 0).tells(t, "status-none")
	if _, err := os.Stat(w.dir + "/novembre.results.csv"); err == nil {
		t.Error("it wrote results")
	}
	// The campaign starts afterwards as if there had been no test: its first row is messaged, under its own key.
	w.send(w.dir+"/novembre.csv", "--skip-invalid").want(t, 3)
	if a := w.kanal.Accepted(); len(a) != 4 || a[2].Key == a[0].Key || a[2].Number == a[0].Number {
		t.Errorf("%+v", a)
	}
	w.test("--skip-invalid", "--format", "json").want(t, 0)
	w.run("status", "novembre").want(t, 0).tells(t, "run-end.tested")
}

func TestTestSendEnds(t *testing.T) {
	for name, test := range map[string]struct {
		fault sandbox.Fault
		flags []string
		code  int
		says  string
		seen  int
	}{
		"doubt, never tried again": {sandbox.DropAfter, nil, 3, "is in doubt: connection broken. It may have been sent", 1},
		"server error":             {sandbox.Error500Before, nil, 3, "is in doubt", 1},
		"throttled":                {sandbox.Throttle, nil, 6, "was not sent: Kanal asks to wait 2 s", 1},
		"key refused":              {sandbox.Unauthorized, nil, 1, `Kanal refused the test to +33699887766: 401 "Invalid API key"`, 1},
		"opted out":                {"", []string{"--test-to", "+33600000001"}, 3, "It means: opted out", 1},
		"no number":                {"", []string{"--test-to", "06 12"}, 2, "--test-to", 0},
		"no country":               {"", []string{"--test-to", "0612345678", "--country", ""}, 2, "--country", 0},
		"with --first":             {"", []string{"--first", "3"}, 2, "leave --first out", 0},
		"nobody to take":           {"", []string{"--country", "BE", "--test-to", "+33699887766"}, 4, "There are problems", 0},
	} {
		t.Run(name, func(t *testing.T) {
			options := sandbox.Options{}
			if test.fault != "" {
				options.Faults.Script = map[int]sandbox.Fault{1: test.fault}
			}
			w := newWorld(t, options)
			w.test(test.flags...).want(t, test.code).says(t, test.says)
			if n := len(w.requests()); n != test.seen {
				t.Errorf("%d requests", n)
			}
		})
	}
}

// A test that is refused since the person has opted out is remembered as every such refusal is.
func TestTestToWhoHasOptedOut(t *testing.T) {
	w := newWorld(t, sandbox.Options{})
	w.test("--test-to", "+33600000001").want(t, 3).tells(t, "cause-advice.left-out")
	path := w.write("spring.csv", people(1)+"+33600000001,Léa,P2\n")
	w.send(path).want(t, 0).tells(t, "cause.opted-out.label")
	if n := len(w.requests()); n != 2 {
		t.Errorf("%d requests", n)
	}
}

func TestTestSendJSONAndQuestion(t *testing.T) {
	w := newWorld(t, sandbox.Options{})
	var object struct {
		Kind, Phone, Status string
		MessageID           string `json:"message_id"`
		Row                 int
	}
	if err := json.Unmarshal([]byte(w.test("--format", "json").want(t, 0).out), &object); err != nil {
		t.Fatal(err)
	}
	if object.Kind != "test" || object.Phone != "33699887766" || object.Status != "sent" || object.MessageID == "" || object.Row != 3 {
		t.Errorf("%+v", object)
	}
	path := w.write("one.csv", people(1))
	args := []string{"send", path, "--template", "welcome", "--country", "FR", "--test-to", "+33699887766"}
	w.runOn(terminal{is: true, input: "0\n"}, args...).want(t, 5).tells(t, "test-prompt", "+33699887766").tells(t, "not-typed")
	w.runOn(terminal{is: true, input: "1\n"}, args...).want(t, 0).tells(t, "test-accepted")
	if n := len(w.kanal.Accepted()); n != 2 {
		t.Errorf("%d accepted", n)
	}
}

// The test takes its turn in the pace that a campaign has used up, obeys a pause that Kanal asked for, and its own
// request counts for the next one.
func TestTestSendTakesItsTurn(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		v := newVirtual(t)
		path := v.write("long.csv", people(60))
		v.run("send", path, "--template", "welcome", "--country", "FR", "--yes").want(t, 0)
		began := time.Now()
		v.test().want(t, 0).tells(t, "test-waiting-limit")
		if waited := time.Since(began); waited > time.Minute {
			t.Errorf("it waited %s", waited)
		}
		v.play = func(_ int, w http.ResponseWriter, _ *http.Request) bool {
			v.play = nil
			w.Header().Set("Retry-After", "120")
			w.WriteHeader(http.StatusTooManyRequests)
			w.Write([]byte(`{"message":"Too Many Attempts."}`))
			return true
		}
		v.test().want(t, 6).tells(t, "test-throttled")
		began = time.Now()
		v.test().want(t, 0).tells(t, "test-waiting-asked")
		if waited := time.Since(began); waited < 119*time.Second {
			t.Errorf("it waited %s", waited)
		}
	})
}

func TestFreeFormTestSend(t *testing.T) {
	w := newWorld(t, sandbox.Options{})
	path := w.write("answers.csv", people(2))
	w.run("send", path, "--country", "FR", "--type", "text", "--text", "Bonjour {{prenom}}", "--yes", "--test-to", "+32 470 12 34 56").
		want(t, 0).says(t, "| Bonjour Zoé 0")
	if a := w.kanal.Accepted(); len(a) != 1 || a[0].Number != "32470123456" || a[0].Text != "Bonjour Zoé 0" {
		t.Errorf("%+v", a)
	}
}

func TestSuppressLists(t *testing.T) {
	t.Parallel()
	w := newWorld(t, sandbox.Options{})
	path := w.write("novembre.csv", people(6))
	one := w.write("unsubscribed.txt", "06 12 34 00 01\n+33 6 12 34 00 02\n")
	two := w.write("staff.csv", "Nom;Téléphone\nLéa;0612340003\nZoé;\"06 98 76 54 32\"\n")
	w.run("check", path, "--template", "welcome", "--country", "FR", "--suppress", one, "--suppress", two).want(t, 0).
		says(t, "3 rows: on your lists", "3 people", "--suppress "+one, "--suppress "+two)
	w.send(path, "--suppress", one, "--suppress", two).want(t, 0)
	w.truth(3, "novembre.results.csv")
	for i, list := range map[int]string{1: "unsubscribed.txt", 2: "unsubscribed.txt", 3: "staff.csv"} {
		if row := w.results("novembre.results.csv")[i]; row["status"] != "skipped" || row["cause"] != "suppressed" ||
			row["error"] != words.English().LeftOut(outcome.CauseSuppressed, 0, record.Detail{List: list}) {
			t.Errorf("%v", row)
		}
	}
	// The lists stay with the campaign: an update leaves out whom they hold by now, and needs no reminder.
	w.write("staff.csv", "Nom;Téléphone\nLéa;0612340003\nZoé;0612340006\n")
	w.write("novembre.csv", people(8))
	w.run("send", path, "--update", "--yes", "--rate", "6000").want(t, 0)
	w.truth(4, "novembre.results.csv")
	if row := w.results("novembre.results.csv")[6]; row["cause"] != "suppressed" {
		t.Errorf("%v", row)
	}
	os.Remove(two)
	w.write("novembre.csv", people(9))
	w.run("send", path, "--update", "--yes").want(t, 5).says(t, "--suppress none").tells(t, "list-gone")
	w.run("send", path, "--update", "--yes", "--suppress", "none", "--rate", "6000").want(t, 0)
	w.truth(9, "novembre.results.csv")
}

func TestSuppressFaults(t *testing.T) {
	w := newWorld(t, sandbox.Options{})
	path := w.write("novembre.csv", people(3))
	for content, says := range map[string]string{
		"phone\n0612340001\nn/a\n06 12\n\"\"\n3,36E+10\nabc\n0612\n": "and 2 more",
		"0612340001\n+33 6 1234\n":                                   "row 2",
		"nom,code\nA,B\n":                                            "column",
		"0612340001,0612340002\n":                                    "column",
		"":                                                           "empty",
	} {
		list := w.write("list.csv", content)
		r := w.send(path, "--suppress", list).says(t, says)
		if r.code != 4 && r.code != 1 || len(w.requests()) > 0 {
			t.Errorf("%q: exit code %d, %d requests\n%s", content, r.code, len(w.requests()), r.err)
		}
	}
	t.Chdir(w.dir) // a long path would be cut short
	w.send(path, "--suppress", "nowhere.csv").want(t, 1).says(t, "nowhere.csv")
	w.send(path, "--suppress", w.write("none.csv", "phone\n")).want(t, 0) // nobody has unsubscribed yet
	w.truth(3, "novembre.results.csv")
}

// Whoever is put on a list while a campaign is interrupted gets nothing when it goes on, whether not sent yet, refused or
// in doubt; and stays left out without the flag.
func TestSuppressLater(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := newVirtual(t)
		w.play = func(nth int, w http.ResponseWriter, _ *http.Request) bool {
			if nth >= 2 && nth <= 6 {
				w.WriteHeader(http.StatusInternalServerError)
			}
			return nth >= 2 && nth <= 6
		}
		path := w.write("novembre.csv", "phone,prenom,code\n+33600000003,Held,1\n0612340000,Doubt,2\n0612340001,Rest,3\n0612340002,Rest,4\n")
		w.send(path, "--first", "2").want(t, 3)
		list := w.write("list.txt", "+33600000003\n0612340000\n0612340001\n")
		before := len(w.requests())
		w.run("resume", "novembre", "--yes", "--suppress", list).want(t, 3).says(t, "Left out "+english.LeftOutListsNow(1), "To send 1 person")
		w.run("retry", "novembre", "--yes").want(t, 5)
		w.run("retry", "novembre", "--unknown", "--yes").want(t, 5)
		if n := len(w.requests()) - before; n != 1 {
			t.Errorf("%d requests to people on the list", n-1)
		}
		got := w.statuses("novembre.results.csv")
		if got["rejected"] != 1 || got["unknown"] != 1 || got["skipped"] != 1 || got["sent"] != 1 {
			t.Errorf("%v", got)
		}
	})
}

func TestMinGap(t *testing.T) {
	synctest.Test(t, minGap) // where it is not midnight between a message and what is said of it
}

func minGap(t *testing.T) {
	w := newVirtual(t)
	first := w.write("export.csv", people(4))
	w.send(first).want(t, 0)
	second := w.write("novembre.csv", strings.ReplaceAll(people(6), "Zoé", "Léa"))
	w.run("check", second, "--template", "welcome", "--country", "FR", "--min-gap", "7d").want(t, 0).
		says(t, "4 rows: messaged recently (on "+time.Now().Format("2 Jan 2006")+")", "--min-gap 7d")
	w.send(second, "--min-gap", "7d").want(t, 0)
	rows := w.results("novembre.results.csv")
	for i, want := range []string{"skipped", "skipped", "skipped", "skipped", "sent", "sent"} {
		if rows[i]["status"] != want {
			t.Errorf("%v", rows[i])
		}
	}
	if e := rows[0]["error"]; rows[0]["cause"] != "messaged-recently" || !strings.Contains(e, `"export"`) {
		t.Errorf("%v", rows[0])
	}
	if n := len(w.kanal.Accepted()); n != 6 {
		t.Errorf("%d accepted", n)
	}
	// An update with the same gap does not take the campaign's own messages for another's.
	w.write("novembre.csv", strings.ReplaceAll(people(7), "Zoé", "Léa"))
	w.run("send", second, "--update", "--yes", "--rate", "6000").want(t, 0)
	if got := w.statuses("novembre.results.csv"); got["sent"] != 3 || got["skipped"] != 4 {
		t.Errorf("%v", got)
	}
	for _, wrong := range []string{"7", "d", "0d", "-1d", "7 nights", "99999999999999999999d", "9999w"} {
		w.send(second, "--min-gap", wrong).want(t, 2).says(t, "12h, 7d or 2w")
	}
}

// People who opted out in an earlier campaign are left out of later ones, with the date.
func TestOptedOutSince(t *testing.T) {
	synctest.Test(t, optedOutSince)
}

func optedOutSince(t *testing.T) {
	w := newVirtual(t)
	w.kanal.OptOut("33612340001")
	w.send(w.write("one.csv", people(3))).want(t, 3)
	second := w.write("two.csv", strings.ReplaceAll(people(3), "Zoé", "Léa"))
	today := time.Now().Format("2 Jan 2006")
	w.run("check", second, "--template", "welcome", "--country", "FR").want(t, 0).
		says(t, "1 row: opted out (on "+time.Now().Format("2 Jan 2006")+")")
	w.send(second).want(t, 0)
	if row := w.results("two.results.csv")[1]; row["cause"] != "opted-out-earlier" ||
		!strings.Contains(row["error"], today) {
		t.Errorf("%v", row)
	}
}

// In virtual time it is Saturday, 1 January 2000, midnight in Greenwich and 1 o'clock in Paris.
func TestSendWindow(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		v := newVirtual(t)
		path := v.write("novembre.csv", people(3)+"+870 773 111 632,Sat,1\n")
		began := time.Now()
		v.run("send", path, "--template", "welcome", "--country", "FR", "--accept-possible", "--yes", "--send-window", "mon-sat 9-20",
			"--timezone", "Asia/Tokyo").want(t, 0).says(t, english.WindowNoZone(1, "Asia/Tokyo")).tells(t, "window-holds").
			tells(t, "window-shut-for", "3").tells(t, "wait.window", "08:00")
		v.truth(4, "novembre.results.csv")
		if took := time.Since(began); took < 8*time.Hour || took > 8*time.Hour+time.Minute {
			t.Errorf("it took %s", took)
		}
	})
}

// The window is remembered, may be changed by resume, and lifted.
func TestSendWindowIsRemembered(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		v := newVirtual(t)
		path := v.write("novembre.csv", people(4))
		args := []string{"send", path, "--template", "welcome", "--country", "FR", "--yes", "--first", "1"}
		v.run(append(args, "--send-window", "9-20")...).want(t, 0) // 8:00 in Greenwich
		time.Sleep(12 * time.Hour)                                 // 20:00
		began := time.Now()
		v.run("resume", "novembre", "--yes", "--first", "1").want(t, 0).says(t, "Window 09:00-20:00")
		if took := time.Since(began); took < 11*time.Hour {
			t.Errorf("it took %s", took)
		}
		began = time.Now()
		v.run("resume", "novembre", "--yes", "--first", "1", "--send-window", "12:00-12:30").want(t, 0).says(t, "Window 12:00-12:30")
		v.run("resume", "novembre", "--yes", "--first", "1", "--send-window", "none").want(t, 0)
		if took := time.Since(began); took < 3*time.Hour || took > 4*time.Hour {
			t.Errorf("it took %s", took)
		}
		v.truth(4, "novembre.results.csv")
	})
}

func TestWindowFlagsAreUnderstood(t *testing.T) {
	w := newWorld(t, sandbox.Options{})
	path := w.write("novembre.csv", people(1))
	for _, wrong := range []string{"Lun-Sam 9-20", "9", "always", "9-9", "Mon 25-26"} {
		w.send(path, "--send-window", wrong).want(t, 2).says(t, `"Mon-Sat 09:00-20:00"`).tells(t, "window-not-understood")
	}
	for _, wrong := range []string{"Paris", "Local", "../etc/passwd"} {
		w.send(path, "--timezone", wrong).want(t, 2).says(t, words.English().FlagTimezone(`"`+wrong+`"`))
	}
	w.run("check", path, "--template", "welcome", "--country", "FR", "--send-window", " Mon - Sun  0-24 ").want(t, 0).
		says(t, "--send-window 00:00-24:00")
}
