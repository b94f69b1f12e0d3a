package cli_test

import (
	"fmt"
	"net/http"
	"os"
	"slices"
	"strings"
	"testing"
	"testing/synctest"

	"kanal-campaign/kanal/sandbox"
)

// stopsAt has a first Ctrl-C stop the next command at its nth request to send.
func (v *virtual) stopsAt(n int) terminal {
	signals := make(chan os.Signal, 1)
	before := int(v.sends.Load())
	v.play = func(nth int, _ http.ResponseWriter, _ *http.Request) bool {
		if nth == before+n {
			signals <- os.Interrupt
		}
		return false
	}
	return terminal{signals: signals}
}

// acceptedNumbers are the numbers that Kanal has accepted messages for.
func (w *world) acceptedNumbers() (numbers []string) {
	for _, a := range w.kanal.Accepted() {
		numbers = append(numbers, a.Number)
	}
	slices.Sort(numbers)
	return numbers
}

// peopleFrom are the numbers of people(n), from one to another.
func peopleFrom(from, to int) (numbers []string) {
	for i := from; i < to; i++ {
		numbers = append(numbers, fmt.Sprintf("336123400%02d", i))
	}
	return numbers
}

// A pilot is about the plan's first people: interrupted, the same command or the one that status proposes finishes it, and then
// it sends nothing and proposes the rest, which is asked about. A larger one adds the next people.
func TestInterruptedPilotIsFinished(t *testing.T) {
	for name, next := range map[string]func(v *virtual, send []string) []string{
		"by the same command":     func(_ *virtual, send []string) []string { return send },
		"as status proposes":      func(v *virtual, _ []string) []string { return proposed(v.t, "resume", v.run("status", "pil").out) },
		"by a file sorted anew":   sortedAnew,
		"by a resume of too many": func(*virtual, []string) []string { return []string{"resume", "pil", "--first", "20"} },
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				v := newVirtual(t)
				send := []string{"send", v.write("pil.csv", people(49)), "--template", "welcome", "--country", "FR", "--yes", "--first", "20"}
				v.runOn(v.stopsAt(11), send...).want(t, 130)
				v.run("status", "pil").says(t, fmt.Sprintf("resume pil --first %d", 20-len(v.kanal.Accepted())))
				if left := fmt.Sprintf(`"first_left": %d`, 20-len(v.kanal.Accepted())); !strings.Contains(v.run("status", "--format", "json").out, left) {
					t.Errorf("status as JSON does not say %s", left)
				}
				if page := v.read("pil.report.html"); !strings.Contains(page, fmt.Sprintf("<span>--first %d</span>", 20-len(v.kanal.Accepted()))) {
					t.Error("the report does not propose what is left of the pilot")
				}
				words := next(v, send)
				if words[0] == "resume" && words[3] == "20" { // killed by its own interruption as well
					v.runOn(v.stopsAt(2), words...).want(t, 130)
				}
				v.play = nil
				v.run(words...).want(t, 0)
				if got := v.acceptedNumbers(); !slices.Equal(got, peopleFrom(0, 20)) {
					t.Fatalf("the pilot of 20 sent to %v", got)
				}
				again := v.run(send...).want(t, 5).says(t, english.FirstDoneRest(29)).tells(t, "first-done", "20")
				v.run(slices.Replace(slices.Clone(send), len(send)-1, len(send), "3")...).want(t, 5)
				rest := proposed(t, "resume", again.err)
				v.run(rest...).want(t, 5).says(t, "To send 29 people")
				if n := len(v.kanal.Accepted()); n != 20 {
					t.Fatalf("after the pilot of 20 %d are accepted", n)
				}
				v.run(slices.Replace(slices.Clone(send), len(send)-1, len(send), "30")...).want(t, 0).says(t, "To send 10 people")
				v.run("resume", "pil").want(t, 5)
				v.run(append(rest, "--yes")...).want(t, 0)
				v.truth(49, "pil.results.csv")
			})
		})
	}
}

func sortedAnew(v *virtual, send []string) []string {
	lines := strings.Split(strings.TrimSpace(people(49)), "\n")
	slices.Reverse(lines[1:])
	v.write("pil.csv", strings.Join(lines, "\n")+"\n")
	return send
}

// Whatever has come of the first people, nobody takes their places: refused, in doubt, opted out or on a list since.
func TestNobodyTakesAPilotsPlaces(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		v := newVirtual(t)
		rows := "phone,prenom,code\n33600000002,Nora,A\n33600000012,Doubt,B\n0612340001,Otto,C\n0612340002,List,D\n0612340003,Zoé,E\n0612340004,Ann,F\n"
		v.kanal = sandbox.New(sandbox.Options{OptedOut: []string{"33612340001"}})
		path := v.write("pil.csv", rows)
		send := []string{"send", path, "--template", "welcome", "--country", "FR", "--yes", "--first", "5"}
		v.runOn(v.stopsAt(1), send...).want(t, 130)
		v.play = nil
		v.run("send", v.write("other.csv", "phone,prenom,code\n0612340001,Otto,C\n"), "--template", "welcome", "--country", "FR", "--yes",
			"--again").want(t, 3)
		v.run(append(send, "--suppress", v.write("list.csv", "0612340002\n"))...).want(t, 3).says(t, "To send 2 people")
		if got := v.acceptedNumbers(); !slices.Equal(got, []string{"33612340003"}) {
			t.Errorf("the pilot of 5 was accepted for %v", got)
		}
		v.run(send...).says(t, "To send 1 person") // the doubt is young
		v.run("resume", "pil").want(t, 5)
	})
}

// A run that --first has kept to a part is followed by a question, however much was confirmed before it.
func TestAPartIsFollowedByAQuestion(t *testing.T) {
	for name, part := range map[string]func(path string) []string{
		"send, of people who are done":  func(path string) []string { return []string{"send", path, "--first", "3"} },
		"send, of people who are not":   func(path string) []string { return []string{"send", path, "--first", "14"} },
		"resume":                        func(string) []string { return []string{"resume", "spring", "--first", "3"} },
		"a part of a part":              func(string) []string { return []string{"resume", "spring", "--first", "2"} },
		"a part that is itself stopped": func(string) []string { return []string{"resume", "spring", "--first", "9"} },
	} {
		for after, next := range map[string]func(v *virtual, path string) []string{
			"send":   func(_ *virtual, path string) []string { return []string{"send", path} },
			"resume": func(*virtual, string) []string { return []string{"resume", "spring"} },
			"moved": func(v *virtual, path string) []string {
				v.write("spring.csv", strings.ReplaceAll(people(30), "\n", ",\n"))
				return []string{"send", path}
			},
			"another part": func(*virtual, string) []string { return []string{"resume", "spring", "--first", "12"} },
		} {
			t.Run(name+", then "+after, func(t *testing.T) {
				synctest.Test(t, func(t *testing.T) {
					v := newVirtual(t)
					path := v.write("spring.csv", people(30))
					v.runOn(v.stopsAt(6), "send", path, "--template", "welcome", "--country", "FR", "--yes").want(t, 130)
					v.play = nil
					if name == "a part of a part" {
						v.runOn(v.stopsAt(1), "resume", "spring", "--first", "15").want(t, 130)
						v.play = nil
					}
					term := terminal{}
					if strings.Contains(name, "stopped") {
						term = v.stopsAt(3)
					}
					v.runOn(term, append(part(path), "--yes")...)
					v.play = nil
					before := len(v.kanal.Accepted())
					if words := next(v, path); after != "another part" || !strings.Contains(name, "stopped") {
						v.run(words...).want(t, 5)
						if n := len(v.kanal.Accepted()); n != before {
							t.Fatalf("unasked it sent to %d people more", n-before)
						}
					} else { // it finishes the part
						v.run(words...).want(t, 0)
					}
					v.run("resume", "spring", "--yes").want(t, 0)
					if n := len(v.kanal.Accepted()); n != 30 {
						t.Errorf("%d are accepted, want 30", n)
					}
				})
			})
		}
	}
}

// What goes on with what was said yes to asks nothing.
func TestWhatWasConfirmedGoesOnUnasked(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		v := newVirtual(t)
		path := v.write("spring.csv", people(20))
		v.runOn(v.stopsAt(4), "send", path, "--template", "welcome", "--country", "FR", "--yes").want(t, 130)
		v.play = nil
		v.run("resume", "spring", "--first", "5").want(t, 0)
		v.run("resume", "spring", "--yes", "--first", "15").want(t, 0)
		v.truth(20, "spring.results.csv")
	})
}

// A part of an update is of what the update sends: given again, it is finished, and then sends nothing.
func TestPilotOfAnUpdate(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		v := newVirtual(t)
		path := v.write("spring.csv", people(10))
		v.run("send", path, "--template", "welcome", "--country", "FR", "--yes").want(t, 0)
		v.write("spring.csv", people(22))
		update := []string{"send", path, "--update", "--first", "8", "--yes"}
		v.runOn(v.stopsAt(3), update...).want(t, 130).says(t, "To 8 people").tells(t, "pilot-part", "8", "12")
		v.play = nil
		v.run(update...).want(t, 0)
		if got := v.acceptedNumbers(); !slices.Equal(got, peopleFrom(0, 18)) {
			t.Fatalf("the first 8 of the update went to %v", got)
		}
		again := v.run(update...).want(t, 5)
		v.run(proposed(t, "resume", again.err)...).want(t, 5).says(t, "To send 4 people")
	})
}

// From --duplicates allow to skip, nobody who has a message is announced another one.
func TestUpdateToOneMessageAPerson(t *testing.T) {
	t.Parallel()
	w := newWorld(t, sandbox.Options{})
	path := w.write("spring.csv", "phone,prenom,code\n0612340001,Zoé,A\n0612340002,Léa,B\n0612340001,Zoé,C\n0612340003,Ann,D\n")
	w.send(path, "--duplicates", "allow", "--first", "1").want(t, 0)
	w.write("spring.csv", "phone,prenom,code\n0612340001,Zoé,C\n0612340002,Léa,B\n0612340003,Ann,D\n0612340004,Eve,E\n")
	w.run("check", path, "--template", "welcome", "--country", "FR", "--duplicates", "skip").says(t, "To send 3 people")
	w.again(path, "--update", "--duplicates", "skip").want(t, 0).says(t, "To 3 people")
	if n := len(w.kanal.Accepted()); n != 4 {
		t.Errorf("%d are accepted, want 4", n)
	}
}

// Where the cap leaves fewer people than a campaign has left, send tells of the next ones, whom its own --first does not mean.
func TestSendBeyondTheCapGoesOnWithResume(t *testing.T) {
	w := newWorld(t, sandbox.Options{})
	path := w.write("spring.csv", people(9))
	w.send(path, "--first", "2", "--daily-cap", "5").want(t, 0)
	w.run("send", path).want(t, 5).says(t, "resume --first 3 today").tells(t, "cap-exceeded")
	w.run("resume", "spring", "--first", "3", "--yes", "--rate", "6000").want(t, 0)
	w.truth(5, "spring.results.csv")
}

// A doubt of somebody who may have another message of the campaign is not announced where everybody gets one.
func TestDoubtBesideAnotherMessage(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		v := newVirtual(t)
		path := v.write("spring.csv", "phone,prenom,code\n33600000012,Zoé,A\n33600000012,Zoé,B\n0612340003,Ann,D\n")
		v.run("send", path, "--template", "welcome", "--country", "FR", "--yes", "--duplicates", "allow").want(t, 3)
		v.write("spring.csv", "phone,prenom,code\n33600000012,Zoé,B\n0612340003,Ann,D\n0612340004,Eve,E\n")
		before := len(v.requests())
		v.run("send", path, "--update", "--duplicates", "skip", "--yes").want(t, 3).says(t, "To 1 person")
		if n := len(v.requests()) - before; n != 1 {
			t.Errorf("%d requests, and one person was announced", n)
		}
	})
}
