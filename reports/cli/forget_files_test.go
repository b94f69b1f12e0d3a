package cli_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"kanal-campaign/kanal/sandbox"
	"kanal-campaign/reports/words"
	"kanal-campaign/reports/words/wordstest"
)

// folder makes a folder below the world's.
func (w *world) folder(name string) string {
	w.t.Helper()
	path := filepath.Join(w.dir, name)
	if err := os.MkdirAll(path, 0o700); err != nil {
		w.t.Fatal(err)
	}
	return path
}

// listedFiles are the files that forget names, with what it says of them.
func listedFiles(dir, out string) map[string]string {
	found := map[string]string{}
	for _, line := range strings.Split(out, "\n") {
		if path, ours := strings.CutPrefix(strings.TrimSpace(line), dir+string(filepath.Separator)); ours {
			name, remark, _ := strings.Cut(path, "  ")
			found[filepath.ToSlash(name)] = remark
		}
	}
	return found
}

// Every file is named that a run has read or written, wherever the campaign has moved since.
func TestForgetNamesEveryFile(t *testing.T) {
	t.Parallel()
	w := newWorld(t, sandbox.Options{})
	for _, name := range []string{"a", "b", "o1", "o2"} {
		w.folder(name)
	}
	in := func(name string) string { return filepath.Join(w.dir, filepath.FromSlash(name)) }
	const person, bad = "0698765432,Zeb\n", "0698765432 / 0611223344,Zeb\n"
	text, list := w.write("text.txt", "Bonjour {{prenom}}"), w.write("sup.txt", "0698765432\n")
	message := []string{"--type", "text", "--text-file", text}
	run := func(code int, args ...string) result {
		t.Helper()
		return w.run(append(args, "--yes", "--rate", "6000")...).want(t, code)
	}
	send := func(code int, path string, args ...string) {
		t.Helper()
		run(code, append(append([]string{"send", path, "--country", "FR"}, message...), args...)...)
	}
	send(3, w.write("a/n.csv", "phone,prenom\n"+person+bad+"0612345600,Anna\n0612345601,Bob\n"), "--skip-invalid", "--first", "1",
		"--out", in("o1"))
	run(3, "resume", "n", "--out", in("o2"), "--suppress", list)
	send(0, w.write("b/n.csv", "phone,prenom\n0612345600,Anna\n0612345601,Bob\n0612345602,New\n"), "--update", "--suppress", "none")
	w.run(append([]string{"check", in("a/n.csv"), "--country", "FR", "--out", in("b")}, message...)...).want(t, 4)
	w.run("report", "n", "--unmasked", "--out", w.folder("mailed")).want(t, 0)
	// Another campaign with the same list does not take it from this one.
	send(0, w.write("m.csv", "phone,prenom\n0612345605,Eve\n"), "--suppress", list)

	got := listedFiles(w.dir, w.run("forget", "+33698765432", "--yes").want(t, 0).out)
	want := []string{"a/n.csv", "b/n.csv", "sup.txt", "text.txt", "o1/n.results.csv", "o1/n.problems.csv", "o1/n.report.html",
		"o2/n.results.csv", "o2/n.report.html", "b/n.problems.csv", "mailed/n.results.csv", "mailed/n.report.html"}
	for _, name := range want {
		remark, named := got[name]
		if _, err := os.Stat(in(name)); err != nil {
			t.Fatal(err)
		}
		if masked := strings.HasSuffix(name, ".report.html") && name != "mailed/n.report.html"; !named ||
			masked != (remark == "(people masked)") {
			t.Errorf("%s: named %v, %q", name, named, remark)
		}
	}
	for name := range got {
		if content, err := os.ReadFile(in(name)); err != nil || strings.HasPrefix(name, "m.") {
			t.Errorf("%s is named: %d bytes, %v", name, len(content), err)
		}
	}
}

// What tells a campaign as a whole is not changed, and said to hold the number still.
func TestForgetTellsWhatStays(t *testing.T) {
	t.Parallel()
	w := newWorld(t, sandbox.Options{})
	const mail = "phone,prenom,code\n0613370002,Zeb,A\n0612345600,Anna,B\n"
	text := []string{"--type", "text", "--text", "appelle 06.13.37.00.02", "--country", "FR", "--yes", "--rate", "6000"}
	w.run(append([]string{"send", w.write("calls.csv", mail)}, text...)...).want(t, 0)
	w.send(w.write("plain.csv", mail), "--campaign", "pour 06 13 37 00 02").want(t, 0)
	w.send(w.write("0613370002.csv", "phone,prenom,code\n0612345601,Bob,C\n"), "--test-to", "0698765432").want(t, 0)
	w.send(w.write("other.csv", mail), "--again").want(t, 0)
	say := words.English()
	stays := []string{say.ForgetStaysInCampaign("the message", "calls"), "kanal-campaign status calls",
		say.ForgetStaysInCampaign("the name and the file names", "pour 06 13 37 00 02"),
		`kanal-campaign status "pour 06 13 37 00 02"`,
		say.ForgetStaysInCampaign("the name and the file names", "0613370002")}
	asked := unwrapped(w.run("forget", "0613370002", "--country", "FR").want(t, 5).err)
	done := unwrapped(w.run("forget", "0613370002", "--country", "FR", "--yes").want(t, 0).out)
	again := unwrapped(w.run("forget", "0613370002", "--country", "FR", "--yes").want(t, 0).out)
	for _, told := range stays {
		for when, said := range map[string]string{"before": asked, "afterwards": done, "when nothing else is left": again} {
			if !strings.Contains(said, told) {
				t.Errorf("%s it does not say %q:\n%s", when, told, said)
			}
		}
	}
	if wordstest.Says(t, asked+done, "forget-stays-in-campaign", "other") || strings.Contains(asked+done, "campaign other,") || !strings.Contains(done, say.ForgottenBut()) {
		t.Errorf("it says\n%s\n%s", asked, done)
	}
	// Whatever holds the number still is named: nothing else in the ledger does.
	for _, trace := range tracesIn(t, w.state(), []string{"0613370002", "33613370002", "06.13.37.00.02", "06 13 37 00 02"}) {
		if !strings.HasPrefix(trace, "ledger.db") {
			t.Errorf("left in %s", trace)
		}
	}
	w.run("forget", "0612345600", "--country", "FR", "--yes").want(t, 0).says(t, say.ForgottenBytes())
}

// unwrapped takes the lines of a screen together.
func unwrapped(screen string) string { return strings.Join(strings.Fields(screen), " ") }
