package cli_test

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"kanal-campaign/kanal/sandbox"
)

// answer sends a free-form message with what tests want.
func (w *world) answer(path string, flags ...string) result {
	return w.run(append([]string{"send", path, "--country", "FR", "--yes", "--rate", "6000", "--doubt-delay", "1ms",
		"--request-timeout", "2s"}, flags...)...)
}

func TestEveryTypeOfFreeFormMessage(t *testing.T) {
	t.Parallel()
	for kind, test := range map[string]struct {
		flags []string
		want  sandbox.Acceptance
	}{
		"text": {[]string{"--text", `Bonjour {{prenom}}, \{{code}} : {{code}}`},
			sandbox.Acceptance{Type: "text", Text: "Bonjour Zoé 0, {{code}} : P00000"}},
		"image": {[]string{"--link", "https://example.com/{{code}}.jpg", "--caption", "Pour {{prenom}}"},
			sandbox.Acceptance{Type: "image", Link: "https://example.com/P00000.jpg", Caption: "Pour Zoé 0"}},
		"video": {[]string{"--link", "https://example.com/a.mp4"}, sandbox.Acceptance{Type: "video", Link: "https://example.com/a.mp4"}},
		"audio": {[]string{"--link", "https://example.com/a.mp3"}, sandbox.Acceptance{Type: "audio", Link: "https://example.com/a.mp3"}},
		"document": {[]string{"--link", "https://example.com/a.pdf", "--caption", "ignored"},
			sandbox.Acceptance{Type: "document", Link: "https://example.com/a.pdf"}},
	} {
		t.Run(kind, func(t *testing.T) {
			w := newWorld(t, sandbox.Options{})
			w.answer(w.write("answers.csv", people(2)+"+32 470 12 34 56,Marieke,X\n"), append([]string{"--type", kind}, test.flags...)...).want(t, 0)
			w.truth(3, "answers.results.csv")
			if got := w.acceptedFor("33612340000"); got.Type != test.want.Type || got.Text != test.want.Text ||
				got.Link != test.want.Link || got.Caption != test.want.Caption {
				t.Errorf("accepted %+v, want %+v", got, test.want)
			}
			w.acceptedFor("32470123456")
		})
	}
}

func TestMixedWindows(t *testing.T) {
	w := newWorld(t, sandbox.Options{Windows: sandbox.WindowsClosed, OpenWindows: []string{"33612340000", "33612340002"}})
	path := w.write("answers.csv", people(4))
	w.answer(path, "--type", "text", "--text", "Bonjour {{prenom}}").want(t, 3).says(t, english.AdviceClosedWindow(2))
	w.truth(2, "answers.results.csv")
	if got := w.results("answers.results.csv")[1]; got["status"] != "rejected" || got["cause"] != "closed-window" {
		t.Errorf("row 3 reads %v", got)
	}

	again := filepath.Join(w.dir, "again.csv")
	w.run("report", "answers", "--only", "rejected", "--cause", "closed-window", "-o", again).want(t, 0).says(t, "2 rows")
	lines := strings.Split(people(4), "\n")
	if got, want := w.read("again.csv"), strings.Join([]string{lines[0], lines[2], lines[4], ""}, "\n"); got != want {
		t.Errorf("again.csv holds %q, want %q", got, want)
	}
	w.run("report", "answers", "--only", "rejected", "-o", again).want(t, 1).tells(t, "file-is-there-other")
	w.run("report", "answers", "--only", "unknown", "-o", filepath.Join(w.dir, "none.csv")).want(t, 1).says(t, "No row")
	w.send(again).want(t, 0)
	w.truth(4, "again.results.csv")
}

func TestFreeFormKilledAndResumed(t *testing.T) {
	t.Parallel()
	w := newWorld(t, sandbox.Options{Faults: sandbox.Faults{Latency: 100 * time.Millisecond}})
	signals := make(chan os.Signal, 2)
	w.onSend = func(n int) {
		if n == 5 {
			signals <- syscall.SIGTERM
			signals <- syscall.SIGTERM
		}
	}
	path := w.write("answers.csv", people(20))
	w.runOn(terminal{signals: signals}, "send", path, "--country", "FR", "--yes", "--rate", "3000", "--doubt-delay", "1ms",
		"--request-timeout", "2s",
		"--type", "text", "--text", "Bonjour {{prenom}}").want(t, 130)
	w.run("resume", "answers", "--rate", "6000", "--doubt-delay", "1ms", "--request-timeout", "2s").want(t, 0)
	w.truth(20, "answers.results.csv")
}

func TestFreeFormFlags(t *testing.T) {
	w := newWorld(t, sandbox.Options{})
	path := w.write("answers.csv", people(1))
	w.write("text.txt", "\ufeffBonjour {{prenom}},\r\nà demain\r\n")
	w.write("latin.txt", "Zo\xe9")
	for _, test := range []struct {
		flags string
		code  int
		says  string
	}{
		{"--type text", 2, "needs its text"},
		{"--text Salut", 2, "--type"},
		{"--type text --text Salut --template welcome", 2, "not both"},
		{"--type text --text a --text-file b", 2, "not both"},
		{"--type image", 2, "link"},
		{"--type sticker --link https://x", 2, "sticker"},
		{"--type text --text {{prenom", 2, "character 1"},
		{"--type text --text {{nom}}", 4, "--text, line 1, character 1"},
		{"--type text --text {{nom}} --map nom=prenom", 0, ""},
		{"--type text --text-file DIR/nowhere.txt", 1, "nowhere.txt"},
		{"--type text --text-file DIR/latin.txt", 1, "UTF-8"},
		{"--type image --link a.jpg", 4, "link"},
		{"--type audio --link https://example.com/a.mp3 --caption x", 0, "no caption"},
		{"--type text --text-file DIR/text.txt", 0, ""},
	} {
		flags := strings.Fields(strings.ReplaceAll(test.flags, "DIR", w.dir))
		got := w.run(append([]string{"check", path, "--country", "FR"}, flags...)...).want(t, test.code)
		if test.says != "" {
			got.says(t, test.says)
		}
	}
	w.answer(path, "--type", "text", "--text-file", filepath.Join(w.dir, "text.txt")).want(t, 0)
	if got := w.kanal.Accepted()[0].Text; got != "Bonjour Zoé 0,\nà demain" {
		t.Errorf("accepted %q", got)
	}
}

func TestOtherWordsAreAnotherCampaign(t *testing.T) {
	w := newWorld(t, sandbox.Options{})
	path := w.write("answers.csv", people(3))
	w.answer(path, "--type", "text", "--text", "Salut {{prenom}}", "--first", "1").want(t, 0)
	w.answer(path, "--type", "text", "--text", "Bonjour {{prenom}}").want(t, 5).says(t, "--only pending").tells(t, "other-text")
	w.send(path).want(t, 5)
	w.answer(path, "--type", "text", "--text", "Salut {{prenom}}").want(t, 0)
	w.truth(3, "answers.results.csv")
}

func TestFreeFormRefusals(t *testing.T) {
	w := newWorld(t, sandbox.Options{})
	var file strings.Builder
	file.WriteString("phone\n")
	for _, magic := range []int{1, 2, 3, 13, 15} {
		fmt.Fprintf(&file, "336000000%02d\n", magic)
	}
	w.answer(w.write("answers.csv", file.String()), "--type", "text", "--text", "Salut").want(t, 3)
	want := []string{"opted-out", "not-on-whatsapp", "held-back", "invalid-number", "closed-window"}
	for i, row := range w.results("answers.results.csv") {
		if row["status"] != "rejected" || row["cause"] != want[i] || row["error"] == "" {
			t.Errorf("row %s reads %s, %s, %q; want rejected, %s", row["row"], row["status"], row["cause"], row["error"], want[i])
		}
	}
}

// A doubt stays everybody's business, also when its row has been corrected or taken out since.
func TestDoubtOfACorrectedRowIsNotForgotten(t *testing.T) {
	t.Parallel()
	w := newWorld(t, sandbox.Options{Faults: sandbox.Faults{Script: map[int]sandbox.Fault{2: sandbox.DropBefore}}})
	path := w.write("answers.csv", lines(ann, bob1))
	w.answer(path, "--type", "text", "--text", "Salut {{prenom}} {{code}}", "--max-failures", "1").want(t, 6)
	w.write("answers.csv", lines(ann, bob2))
	w.again(path, "--update").want(t, 3).says(t, "1 "+english.UpdateDoubted()).tells(t, "stop.done.heading", "2").
		tells(t, "tally-old-more")
	if n := len(w.kanal.Accepted()); n != 1 {
		t.Fatalf("%d accepted, want 1", n)
	}
	w.run("report", "answers", "--only", "in-doubt", "-o", filepath.Join(w.dir, "doubt.csv")).want(t, 0)
	w.write("answers.csv", lines(ann, bob1))
	w.again(path, "--update").says(t, "1 "+english.UpdateDoubts(), "To 1 person")
	w.write("answers.csv", lines(ann, bob2))
	w.again(path, "--update")
	w.run("retry", "answers", "--unknown", "--yes", "--rate", "6000")
	w.perPerson()
	if n := len(w.kanal.Accepted()); n != 2 {
		t.Errorf("%d accepted, want 2: the doubt was tried again", n)
	}
}

func TestProposedCommandsKeepTheMessage(t *testing.T) {
	w := newWorld(t, sandbox.Options{})
	path := w.write("answers.csv", lines(ann))
	got := w.run("check", path, "--type", "text", "--text", "Salut {{prenom}},\nc'est\tdemain !").want(t, 0)
	if want := `$'Salut {{prenom}},\nc\'est\tdemain !'`; !strings.Contains(got.out, want) {
		t.Errorf("it does not propose %s:\n%s", want, got.out)
	}
}

// Cells too many or too few stay as they are in a file of rows to be repaired.
func TestRaggedRowsStayRagged(t *testing.T) {
	w := newWorld(t, sandbox.Options{})
	const long, short = "0612345602,Martin, Jean,b\n", "0612345603,Short\n"
	path := w.write("answers.csv", lines(ann, bob1, carl, dora)+long+short)
	w.answer(path, "--type", "text", "--text", "Salut", "--skip-invalid").want(t, 3)
	w.run("report", "answers", "--only", "invalid", "-o", filepath.Join(w.dir, "repair.csv")).want(t, 0)
	if got := w.read("repair.csv"); !strings.Contains(got, "Jean\",b\n") && !strings.Contains(got, " Jean,b\n") ||
		strings.Contains(got, short) { // which lacks nothing that the message needs
		t.Errorf("repair.csv holds %q", got)
	}
}
