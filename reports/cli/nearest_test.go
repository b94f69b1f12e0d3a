package cli_test

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"kanal-campaign/kanal/sandbox"
)

// Whoever mistypes a name is asked whether the nearest was meant.
func TestDidYouMean(t *testing.T) {
	w := newWorld(t, sandbox.Options{})
	path := w.write("novembre.csv", people(2))
	w.run("sned", path).want(t, 2).says(t, english.NoSuchCommand(`"sned"`)+" "+english.DidYouMean("send"))
	w.run("template").want(t, 2).tells(t, "did-you-mean", "templates")
	w.run("xyzzy").want(t, 2).says(t, english.NoSuchCommand(`"xyzzy"`)+" Usage")
	if got := proposed(t, "send", w.run(path).want(t, 2).err); !slices.Equal(got, []string{"send", path, "--template", "T"}) {
		t.Errorf("a file alone proposes %q", got)
	}
	w.run("send", path, "--contry", "FR").want(t, 2).says(t, english.FlagUnknown("--contry")+" "+english.DidYouMean("--country"))
	w.run("check", path, "--qqqq").want(t, 2).says(t, english.FlagUnknown("--qqqq")+" Usage")
	w.run("check", path, "--template", "welcom").want(t, 1).tells(t, "did-you-mean")
	w.run("templates", "order").want(t, 1).tells(t, "did-you-mean", "order_confirmation")
	w.run("check", path, "--template", "welcome", "--country", "FR", "--map", "code=cod").want(t, 4).
		tells(t, "did-you-mean", "\"code\"")
	w.send(path).want(t, 0)
	for _, command := range []string{"status", "report", "resume", "retry"} {
		w.run(command, "novembr").want(t, 1).tells(t, "campaign-missing", "\"novembr\"").tells(t, "did-you-mean")
	}
	w.run("status", "zzz").want(t, 1).says(t, "The campaigns: kanal-campaign status")
}

// Whatever is wrong with a flag is said in the catalogue's words, with the flag's name and what was given.
func TestFlagsThatAreWrong(t *testing.T) {
	w := newWorld(t, sandbox.Options{})
	path := w.write("novembre.csv", people(1))
	for _, test := range []struct{ says, args string }{
		{english.FlagUnknown("-z"), "send " + path + " -yz"},
		{english.FlagUnknown("--=x"), "send " + path + " --=x"},
		{english.FlagWithoutValue("--template"), "send " + path + " --template"},
		{english.FlagWithoutValue("--template"), "send " + path + " -t"},
		{english.FlagValue("int", "--rate", "x"), "send " + path + " --rate x"},
		{english.FlagValue("count", "--first", "0"), "send " + path + " --first 0"},
		{english.FlagValue("count", "--max-failures", "0"), "send " + path + " -t welcome --max-failures 0"},
		{english.FlagValue("cap", "--daily-cap", "0"), "send " + path + " --daily-cap 0"},
		{english.FlagValue("duration", "--doubt-delay", "5"), "send " + path + " --doubt-delay 5"},
		{english.FlagValue("bool", "--yes", "2"), "send " + path + " --yes=2"},
		{english.FlagValue("uint64", "--seed", "-1"), "sandbox --seed=-1"},
		{english.FlagValue("intSlice", "--row", "2-3"), "retry novembre --row 2-3"},
		{english.FlagValue("stringSlice", "--cause", `a"b`), `retry novembre --cause a"b`},
		{english.FlagChoice("--duplicates", `"skipp"`, "error, skip or allow"), "check " + path + " -t welcome --duplicates skipp"},
		{english.FlagChoice("--format", `"xml"`, "text or json"), "verify novembre --format xml"},
		{english.FlagChoice("--windows", `"shut"`, "open or closed"), "sandbox --windows shut"},
		{english.FlagRate("7000", "1", "6,000"), "check " + path + " -t welcome --rate 7000"},
		{english.FlagRequestTimeout("1ms", "1 s", "5 min"), "send " + path + " -t welcome --request-timeout 1ms"},
		{english.FlagCountry(`"FRA"`), "check " + path + " -t welcome --country FRA"},
		{english.FlagMap(`"code"`), "check " + path + " -t welcome --map code"},
		{english.FlagMinGap(`"7"`), "check " + path + " -t welcome --min-gap 7"},
		{english.FlagsQuietVerbose(), "send " + path + " -t welcome -q -v"},
	} {
		w.run(strings.Fields(test.args)...).want(t, 2).says(t, test.says)
	}
	if n := len(w.requests()); n != 0 {
		t.Errorf("%d requests", n)
	}
}

// A file that is not there is said to be missing, whatever is wrong with its folder, and the one that may be meant is named.
func TestMissingFile(t *testing.T) {
	w := newWorld(t, sandbox.Options{})
	w.write("welcome.csv", people(1))
	w.write("welcome.results.csv", people(1))
	if err := os.Mkdir(filepath.Join(w.dir, "lists"), 0o700); err != nil {
		t.Fatal(err)
	}
	w.write("lists/avent.csv", people(1))
	t.Chdir(w.dir)
	for _, command := range []string{"check", "send"} {
		for path, meant := range map[string]string{
			"missing/welcome.csv": " Did you mean welcome.csv?",
			"list/avent.csv":      " Did you mean " + filepath.Join("lists", "avent.csv") + "?",
			"welcom.csv":          " Did you mean welcome.csv?",
			"welcome.xlsx":        " Did you mean welcome.csv?",
			"a/b/zzz.csv":         "",
			"zzz.csv":             "",
		} {
			got := w.run(command, path, "--template", "welcome", "--country", "FR").want(t, 1)
			want := "There is no file \"" + path + "\". Check the spelling and the folder." + meant
			if said := strings.Join(strings.Fields(got.err), " "); said != want {
				t.Errorf("%s %s says %q, want %q", command, path, said, want)
			}
		}
	}
	w.run("check", "welcome.csv", "--template", "welcome", "--out", "there").want(t, 1).says(t, "The folder").
		tells(t, "refused-out-dir-missing")
	w.run("check", "welcom.csv", "--template", "welcome", "--out", "there").want(t, 1).tells(t, "did-you-mean", "welcome.csv")
}

// A cause that no row has is answered with those that rows have.
func TestCausesThatExist(t *testing.T) {
	w := newWorld(t, sandbox.Options{})
	w.send(w.write("novembre.csv", people(1)+"+33600000002,Zoé,B\n+33600000003,Zoé,C\n+33600000001,Zoé,D\n12,Zoé,E\n"),
		"--skip-invalid").want(t, 3)
	w.run("retry", "novembre", "--cause", "131027,131028", "--yes").want(t, 5).says(t, "held-back (131049): 1 row, not-on-whatsapp (131026): 1 row.").
		tells(t, "refused-cause-unknown", "novembre")
	w.run("retry", "novembre", "--cause", "131049", "--cause", "131062", "--yes").want(t, 5).says(t,
		"No row of campaign novembre has the cause 131062: nothing was sent. Did you mean 131026 or 131049?")
	w.run("report", "novembre", "--cause", "nothing", "-o", filepath.Join(w.dir, "again.csv")).want(t, 1).says(t, "opted-out: 1 row", "phone-too-short: 1 row", "not-on-whatsapp (131026): 1 row").
		tells(t, "report-no-cause")
	w.run("report", "novembre", "--only", "unknown", "-o", filepath.Join(w.dir, "again.csv")).want(t, 1).
		says(t, "kanal-campaign status novembre")
	if n := len(w.requests()); n != 4 {
		t.Errorf("%d requests, want the 4 of send", n)
	}
}

// What the summary proposes to write is a file that is not there yet, the second time, too.
func TestFreeNameForAnotherFile(t *testing.T) {
	w := newWorld(t, sandbox.Options{})
	path := w.write("answers.csv", "phone,prenom\n+33600000015,Zoé\n06 12 34 56 78,Léa\n")
	t.Chdir(w.dir)
	w.run("send", path, "--country", "FR", "--type", "text", "--text", "Bonjour {{prenom}}", "--yes", "--rate", "6000").want(t, 3).
		says(t, "-o "+filepath.Join(w.dir, "answers-again.csv"))
	write := []string{"report", "answers", "--only", "rejected", "--cause", "closed-window", "-o"}
	w.run(append(write, "answers-again.csv")...).want(t, 0)
	w.run(append(write, "answers-again.csv")...).want(t, 1).tells(t, "file-is-there-other", "answers-again-2.csv")
	w.run("send", path).want(t, 5).says(t, "-o "+filepath.Join(w.dir, "answers-again-2.csv"))
	w.run(append(write, "answers-again-2.csv")...).want(t, 0)
	first, _ := os.ReadFile("answers-again.csv")
	if second, _ := os.ReadFile("answers-again-2.csv"); string(first) != string(second) || len(first) == 0 {
		t.Errorf("%q, then %q", first, second)
	}
}

// A name that only the other ledger has is answered with the way there: a rehearsal's asked for without --sandbox, and a
// real campaign's with it.
func TestNameOfTheOtherLedger(t *testing.T) {
	t.Parallel()
	w := newWorld(t, sandbox.Options{})
	commands := map[string][]string{"status": nil, "resume": nil, "retry": nil, "report": nil, "verify": nil}
	all := func(name string, says string, flags ...string) {
		t.Helper()
		for command, more := range commands {
			w.run(append(append([]string{command, name}, more...), flags...)...).want(t, 1).says(t, says)
		}
	}
	own := []string{"--ledger", filepath.Join(w.dir, "own.db")}
	for _, flags := range [][]string{nil, own} {
		os.Remove(filepath.Join(w.dir, "real.results.csv"))
		w.send(w.write("rehearsed.csv", people(2)), append(flags, "--sandbox")...).want(t, 0)
		all("rehearsed", english.CampaignElsewhereRehearsal("LIVE", `"rehearsed"`), flags...)
		w.run(append([]string{"status", "nowhere"}, flags...)...).want(t, 1).tells(t, "no-ledger")
		w.send(w.write("real.csv", people(2)), append(flags, "--again")...).want(t, 0)
		all("rehearsed", english.CampaignElsewhereRehearsal("LIVE", `"rehearsed"`), flags...)
		all("real", english.CampaignElsewhereReal("SANDBOX", `"real"`), append(flags, "--sandbox")...)
		w.run(append([]string{"status", "nowhere"}, flags...)...).want(t, 1).says(t, "The campaigns: kanal-campaign status")
	}
	os.Remove(filepath.Join(w.dir, "own.sandbox.db"))
	w.run(append([]string{"status", "--sandbox"}, own...)...).want(t, 0).tells(t, "no-ledger-rehearsal")
}
