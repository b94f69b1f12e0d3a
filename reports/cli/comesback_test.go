package cli_test

import (
	"encoding/binary"
	"fmt"
	"slices"
	"strings"
	"testing"
	"unicode/utf16"

	"kanal-campaign/kanal/sandbox"
)

// list is a file of five people, before it is written in one way or another.
type list struct {
	header []string
	rows   [][]string
}

func fivePeople() list {
	l := list{header: []string{"phone", "prenom", "code"}}
	for i, name := range []string{"Zoé", "Léa", "Noël", "Ann", "Bob"} {
		l.rows = append(l.rows, []string{fmt.Sprintf("06123400%02d", i), name, fmt.Sprint("C", i)})
	}
	return l
}

func (l list) written(delimiter, ending string) string {
	var text strings.Builder
	for _, record := range append([][]string{l.header}, l.rows...) {
		text.WriteString(strings.Join(record, delimiter) + ending)
	}
	return text.String()
}

func (l list) csv() string { return l.written(",", "\n") }

// columns returns the list with the cells of every record made anew.
func (l list) columns(change func(record []string) []string) list {
	made := list{header: change(l.header)}
	for _, row := range l.rows {
		made.rows = append(made.rows, change(row))
	}
	return made
}

func (l list) reversed() list {
	l.rows = slices.Clone(l.rows)
	slices.Reverse(l.rows)
	return l
}

func inUTF16(text string) string {
	encoded := []byte{0xFF, 0xFE}
	for _, unit := range utf16.Encode([]rune(text)) {
		encoded = binary.LittleEndian.AppendUint16(encoded, unit)
	}
	return string(encoded)
}

var inWindows1252 = strings.NewReplacer("é", "\xe9", "ë", "\xeb")

// otherWays are the same people and messages, written in other ways than fivePeople().csv().
func otherWays() map[string]string {
	five := fivePeople()
	turned := five.columns(func(r []string) []string { return []string{r[2], r[0], r[1]} })
	wider := five.columns(func(r []string) []string { return []string{r[0], "note of " + r[1], r[1], r[2], "x"} })
	spelt := five.columns(func(r []string) []string { return []string{strings.Replace(r[0], "06", "+33 6 ", 1), r[1], r[2]} })
	spelt.header = five.header
	return map[string]string{
		"same":                five.csv(),
		"rows reordered":      five.reversed().csv(),
		"columns reordered":   turned.csv(),
		"more columns":        wider.csv(),
		"numbers spelt anew":  spelt.csv(),
		"semicolons, CRLF":    five.written(";", "\r\n"),
		"tabs":                five.written("\t", "\n"),
		"with a mark":         "\ufeff" + five.csv(),
		"UTF-16":              inUTF16(five.written("\t", "\r\n")),
		"Windows-1252":        inWindows1252.Replace(five.written(";", "\r\n")),
		"blank rows":          strings.ReplaceAll(five.csv(), "\n", "\n\n"),
		"everything at once":  "\ufeff" + wider.reversed().written(";", "\r\n"),
		"other names of them": strings.Replace(five.csv(), "phone,prenom,code", "Téléphone,PRÉNOM,Code", 1),
	}
}

// interrupted sends to the first two of five people, by a plan for all five: the key is refused for the others.
func interrupted(t *testing.T, w *world) (path string) {
	path = w.write("spring.csv", fivePeople().csv())
	others := func(number string) bool { return number > "33612340001" }
	w.refused.Store(&others)
	w.send(path).want(t, 1)
	w.refused.Store(nil)
	w.truth(2, "spring.results.csv")
	return path
}

// An unfinished campaign goes on with its file, without a question, however its rows and columns are written now.
func TestUnfinishedAndTheSameFile(t *testing.T) {
	t.Parallel()
	for name, content := range otherWays() {
		t.Run(name, func(t *testing.T) {
			w := newWorld(t, sandbox.Options{})
			path := interrupted(t, w)
			w.write("spring.csv", content)
			w.run("send", path, "--rate", "6000").want(t, 0)
			w.truth(5, "spring.results.csv")
			w.perPerson()
			if got := w.statuses("spring.results.csv"); got["sent"] != 5 || len(got) != 1 {
				t.Errorf("statuses: %v", got)
			}
		})
	}
}

// A finished campaign is told as finished, whatever way its file is written now; nothing is asked of Kanal's sending.
func TestFinishedAndTheSameFile(t *testing.T) {
	t.Parallel()
	w := newWorld(t, sandbox.Options{})
	path := w.write("spring.csv", fivePeople().csv())
	w.send(path).want(t, 0)
	for name, content := range otherWays() {
		w.write("spring.csv", content)
		for _, flags := range [][]string{nil, {"--yes", "--update"}} {
			got := w.run(append([]string{"send", path, "--rate", "6000"}, flags...)...)
			if got.code != 5 || !strings.Contains(got.err, "finished") {
				t.Errorf("%s, %v: exit code %d\n%s", name, flags, got.code, got.err)
			}
		}
	}
	if n := len(w.requests()); n != 5 {
		t.Errorf("%d requests, want 5", n)
	}
}

// changes are what people do to a list after two of its five rows were sent, or all: what the screen says of it, and whom
// an update then messages.
var changes = map[string]struct {
	change                   func(list) list
	unfinished, finished     string
	toUnfinished, toFinished []string
}{
	"a row added": {func(l list) list { return l.with(append(l.rows, []string{"0612340009", "Eve", "C9"})) },
		"1 new: sent", "1 new: sent",
		[]string{"33612340002", "33612340003", "33612340004", "33612340009"}, []string{"33612340009"}},
	"a messaged person's row corrected": {func(l list) list { return l.corrected("Zoé", "Zoë") },
		"1 changed, but messaged already: never messaged again", "1 changed, but messaged already: never messaged again",
		[]string{"33612340002", "33612340003", "33612340004"}, nil},
	"a waiting person's row corrected": {func(l list) list { return l.corrected("Bob", "Rob") },
		"1 corrected, not messaged yet: sent", "1 changed, but messaged already: never messaged again",
		[]string{"33612340002", "33612340003", "33612340004"}, nil},
	"a row removed": {func(l list) list { return l.with(l.rows[:4]) },
		"No longer in the file: 1 not messaged: left out", "No longer in the file: 1 messaged already: nothing changes",
		[]string{"33612340002", "33612340003"}, nil},
	"another number": {func(l list) list { return l.corrected("0612340004", "0612340014") },
		"1 corrected, not messaged yet: sent", "1 new: sent (row 6) No longer in the file: 1 messaged already: nothing changes",
		[]string{"33612340002", "33612340003", "33612340014"}, []string{"33612340014"}},
}

func (l list) with(rows [][]string) list { return list{l.header, rows} }

func (l list) corrected(from, to string) list {
	return l.columns(func(record []string) []string {
		record = slices.Clone(record)
		if i := slices.Index(record, from); i >= 0 {
			record[i] = to
		}
		return record
	})
}

// Where a file could be sent as another campaign, the command that does so is shown whole, whatever the one before left to the campaign.
func TestSendAsAnotherCampaign(t *testing.T) {
	t.Parallel()
	w := newWorld(t, sandbox.Options{})
	path, list := w.write("spring.csv", people(4)), w.write("list.txt", "0612340001\n")
	w.send(path, "--suppress", list, "--map", "prenom=code").want(t, 0)
	for n, args := range [][]string{{"resume", "spring"}, {"send", path, "--update"}, {"send", path, "--template", "welcome"}} {
		got := w.run(args...).want(t, 5).tells(t, "finished-again")
		words := proposed(t, "send", got.err)
		w.run(append(words, "--yes", "--rate", "6000")...).want(t, 0)
		w.truth(3*(n+2), fmt.Sprintf("spring-%d.results.csv", n+2))
	}
	got := w.run("send", path, "--template", "hello", "--country", "FR").want(t, 5).tells(t, "as-other")
	before, other, _ := strings.Cut(got.err, english.AsOther())
	w.run(append(proposed(t, "send", before), "--yes")...).want(t, 5).tells(t, "finished-again")
	w.run(append(proposed(t, "send", other), "--yes", "--rate", "6000")...).want(t, 0)
	w.truth(15, "spring-5.results.csv")
	w.write("spring.csv", people(5))
	got = w.run("send", path).want(t, 5).tells(t, "changed-file-update")
	_, other, _ = strings.Cut(got.err, english.AsOther())
	w.run(append(proposed(t, "send", other), "--yes")...).want(t, 5).tells(t, "repeats-again") // most of them have the message
	w.truth(15, "spring-5.results.csv")
}

// A changed file stops, with what has changed, until --update; then new people, and corrected ones not yet messaged, get
// a message.
func TestChangedFile(t *testing.T) {
	t.Parallel()
	for name, test := range changes {
		t.Run(name+", unfinished", func(t *testing.T) {
			w := newWorld(t, sandbox.Options{})
			w.comesBackChanged(interrupted(t, w), test.change(fivePeople()).csv(), test.unfinished, test.toUnfinished)
		})
		t.Run(name+", finished", func(t *testing.T) {
			w := newWorld(t, sandbox.Options{})
			path := w.write("spring.csv", fivePeople().csv())
			w.send(path).want(t, 0)
			w.comesBackChanged(path, test.change(fivePeople()).csv(), test.finished, test.toFinished)
		})
	}
}

func (w *world) comesBackChanged(path, content, says string, update []string) {
	t := w.t
	before := len(w.kanal.Accepted())
	w.write("spring.csv", content)
	w.again(path).want(t, 5).says(t, "--update", says)
	if update != nil {
		w.run("send", path, "--update", "--rate", "6000").want(t, 5).says(t, "--yes")
	}
	if n := len(w.kanal.Accepted()); n != before {
		t.Errorf("%d messages without a yes", n-before)
	}
	w.again(path, "--update").want(t, 0)
	var numbers []string
	for _, a := range w.kanal.Accepted()[before:] {
		numbers = append(numbers, a.Number)
	}
	if slices.Sort(numbers); !slices.Equal(numbers, update) {
		t.Errorf("the update messaged %v, want %v", numbers, update)
	}
	w.truth(before+len(update), "spring.results.csv")
	w.perPerson()
}

// With another message, any file stops: that is another campaign.
func TestFileComesBackWithAnotherMessage(t *testing.T) {
	t.Parallel()
	for state, start := range map[string]func(*world) string{
		"unfinished": func(w *world) string { return interrupted(t, w) },
		"finished": func(w *world) string {
			path := w.write("spring.csv", fivePeople().csv())
			w.send(path).want(t, 0)
			return path
		},
	} {
		t.Run(state, func(t *testing.T) {
			w := newWorld(t, sandbox.Options{})
			path := start(w)
			before := len(w.requests())
			ways := otherWays()
			for _, name := range []string{"same", "rows reordered", "everything at once"} {
				w.write("spring.csv", ways[name])
				for _, message := range [][]string{{"--template", "hello"}, {"--type", "text", "--text", "Bonjour {{prenom}}"}} {
					got := w.run(append([]string{"send", path, "--yes", "--update", "--rate", "6000"}, message...)...)
					if got.code != 5 || !strings.Contains(got.err, "--campaign") {
						t.Errorf("%s, %v: exit code %d\n%s", name, message, got.code, got.err)
					}
				}
			}
			if n := len(w.requests()); n != before {
				t.Errorf("%d requests with another message", n-before)
			}
		})
	}
}

// The same file asks again once the template's text has changed.
func TestUnfinishedAndTheTemplateHasChanged(t *testing.T) {
	w := newWorld(t, sandbox.Options{})
	path := interrupted(t, w)
	now := newWorld(t, sandbox.Options{Templates: []sandbox.Template{{ID: 77, PhoneNumberID: 56, Name: "welcome", Status: "APPROVED",
		Structure: `{"body":{"text":"Salut {{prenom}}, {{code}}","variables":[{"name":"prenom"},{"name":"code"}]}}`}}})
	w.env["KANAL_API_URL"] = now.server.URL
	w.run("send", path, "--rate", "6000").want(t, 5).says(t, "Salut", "--yes")
	if n := len(now.requests()); n != 0 {
		t.Errorf("%d requests without a yes", n)
	}
	w.run("send", path, "--rate", "6000", "--yes").want(t, 0)
	if n := len(now.kanal.Accepted()); n != 3 {
		t.Errorf("%d accepted, want 3", n)
	}
}
