package screen

import (
	"bytes"
	"slices"
	"strings"
	"testing"
	"time"

	"kanal-campaign/campaign"
	"kanal-campaign/campaign/text"
	"kanal-campaign/reports/words"
)

// hostile does to a terminal what a cell must never do.
const hostile = "\x1b[2J\x1b]0;owned\x07Zo\u202eé\r\nline\x9b31m\u0085two\t\x00\u2066x\u009b5n\x1bP1;x\x1b\\end"

func TestFormats(t *testing.T) {
	named := func(_ int, rows string) string { return rows }
	for want, got := range map[string]string{
		"1512 and 1513":     rowsOf(Plain(nil), 2, []int{1512, 1513}, named),
		"3, 4 and 7 more":   rowsOf(Plain(nil), 9, []int{3, 4}, named),
		"'a\"b'":            POSIX.Word(`a"b`),
		`"soldes d'été"`:    POSIX.Word("soldes d'été"),
		"first_name=Prénom": POSIX.Word("first_name=Prénom"),
		`""`:                POSIX.Word(""),
		"Bonjour #N/A,":     wouldRead("Bonjour {{ first_name }}, votre {{order_id}}", "first_name", "#N/A"),
		"(#N/A)":            wouldRead("{{a}} votre ({{order_id}})", "order_id", "#N/A"),
	} {
		if got != want {
			t.Errorf("got %q, want %q", got, want)
		}
	}
	for stamp, want := range map[string]string{"2026-11-03 10:00:00": "2026-11-03", "2026-11-03T09:00:00.000000Z": "2026-11-03", "yesterday": ""} {
		if got, known := stampOf(stamp); known != (want != "") || known && got.Format(time.DateOnly) != want {
			t.Errorf("%s: %v %v", stamp, got, known)
		}
	}
	if n := text.Columns("日本é\u0301"); n != 5 {
		t.Errorf("%d columns", n)
	}
	if got := text.Shorten("日本日本日本", 6); got != "日本…" {
		t.Errorf("%q", got)
	}
}

func TestCommandsBreakBeforeFlags(t *testing.T) {
	p := Plain(nil).page()
	p.next(2, campaign.Command{"send", "a file --with dashes.csv", "--template", "order_confirmation", "--map", "first_name=Nom du client",
		"--country", "FR"})
	want := []string{`  kanal-campaign send "a file --with dashes.csv" --template order_confirmation \`, `    --map "first_name=Nom du client" --country FR`}
	if !slices.Equal(p.lines, want) {
		t.Errorf("%q", p.lines)
	}
}

// Where a path has both kinds of quotes, the flags behind it are still found.
func TestCommandsBreakOutsideOfQuotesOnly(t *testing.T) {
	p := Plain(nil).page()
	p.nextAfter("  1. ", Session{Mode: Sandbox, Ledger: "/home/zoé/l'été --d'ici \"à\" là/ledger.db"}.command("resume", "novembre"))
	want := []string{`  1. kanal-campaign resume novembre \`, `       --ledger '/home/zoé/l'\''été --d'\''ici "à" là/ledger.db' --sandbox`}
	if !slices.Equal(p.lines, want) {
		t.Errorf("%q", p.lines)
	}
}

func TestWrap(t *testing.T) {
	long := "/home/zoe/" + strings.Repeat("campagnes/", 9) + "novembre.csv"
	for text, want := range map[string]string{
		"":                     "",
		"short,  as it is  ":   "short,  as it is",
		"\nkept\n\n  as it is": "\nkept\n\n  as it is",
		"Kanal's words are longer than a line of a terminal, and so they are broken at the last space.":               "Kanal's words are longer than a line of a terminal, and so they are broken at\nthe last space.",
		"first\n  an indented paragraph that is longer than a line keeps its indent on the lines that follow":         "first\n  an indented paragraph that is longer than a line keeps its indent on the lines\n  that follow",
		"The file " + long + " cannot be opened: permission denied.":                                                  "The file\n" + long + "\ncannot be opened: permission denied.",
		`What stands in quotes stays together, whatever there is room for, as --map "first_name=Nom du client" does.`: "What stands in quotes stays together, whatever there is room for, as\n--map \"first_name=Nom du client\" does.",
		`The shell's other quotes stay together, too, and an apostrophe isn't one: --map='a "b" c d'`:                 "The shell's other quotes stay together, too, and an apostrophe isn't one:\n--map='a \"b\" c d'",
		`A quotation mark that nothing closes does no harm to a text, be it as long as this "one is, or longer`:       "A quotation mark that nothing closes does no harm to a text, be it as long as\nthis \"one is, or longer",
		"To send it to these people once more, give it another name, in full: --campaign NAME --again":                "To send it to these people once more, give it another name, in full:\n--campaign NAME --again",
		"That is more than one day takes, so send a part of it now, and go on tomorrow (--first 10), or all.":         "That is more than one day takes, so send a part of it now, and go on tomorrow\n(--first 10), or all.",
		"\x1b[2Jclean": "clean",
	} {
		got := Wrap(text)
		if got != want {
			t.Errorf("got  %q\nwant %q", got, want)
		}
		if Wrap(got) != got {
			t.Errorf("wrapped twice: %q", Wrap(got))
		}
	}
}

func FuzzWrap(f *testing.F) {
	f.Add(hostile + ` "quoted`)
	f.Add(strings.Repeat(`"a b' `, 40))
	f.Fuzz(func(t *testing.T, sentence string) {
		squeeze := func(s string) string { return strings.Join(strings.Fields(s), "") }
		got := Wrap(sentence)
		for line := range strings.SplitSeq(got, "\n") {
			if line != text.Clean(line) {
				t.Fatalf("not clean: %q", line)
			}
		}
		if a, b := strings.ReplaceAll(squeeze(got), `\`, ""), strings.ReplaceAll(squeeze(Wrap(squeezeLines(sentence))), `\`, ""); a != b {
			t.Fatalf("%q: %q, %q", sentence, a, b)
		}
	})
}

// squeezeLines cleans each line, as Wrap does first.
func squeezeLines(sentence string) string {
	lines := strings.Split(sentence, "\n")
	for i := range lines {
		lines[i] = text.Clean(lines[i])
	}
	return strings.Join(lines, "\n")
}

func TestLoopback(t *testing.T) {
	for address, want := range map[string]string{
		"http://127.0.0.1:8091": "http://127.0.0.1:8091", "http://localhost/v1": "http://localhost", "https://[::1]:9": "https://[::1]:9",
		"http://zoe:secret@127.0.0.2": "http://127.0.0.2",
		"https://app.kanal.example":   "", "https://localhost.example": "", "": "", "\x1b": "", "127.0.0.1": "",
	} {
		if got := loopback(address); got != want {
			t.Errorf("%q: %q, want %q", address, got, want)
		}
	}
}

func TestTeamName(t *testing.T) {
	for info, want := range map[string]string{
		`{"team":{"name":"Maison Exemple"}}`:             "Maison Exemple",
		`{"data":{"team":{"name":"Maison"}},"name":"x"}`: "Maison",
		`{"team":"Maison"}`:                              "Maison",
		`{"name":"Zoé"}`:                                 "Zoé",
		`[1]`:                                            "",
		`{}`:                                             "",
		`<html>`:                                         "",
	} {
		if got := TeamName([]byte(info)); got != want {
			t.Errorf("%s: %q, want %q", info, got, want)
		}
	}
}

// What stands out is the mode, and not a campaign that is called like one.
func TestTheModeStandsOutWhateverTheCampaignIsCalled(t *testing.T) {
	var out bytes.Buffer
	p := Face{Words: words.English(), Writer: &out, Colour: true}.page()
	p.title(Sandbox, func(mode string) string { return "LIVE SANDBOX (" + mode + ") is finished" })
	p.show()
	if got, want := out.String(), "LIVE SANDBOX (\x1b[1;36mSANDBOX\x1b[0m) is finished\n"; got != want {
		t.Errorf("%q, want %q", got, want)
	}
}

// Sentences are put together without a change to the names that they quote.
func TestSentencesKeepNames(t *testing.T) {
	if got := sentences("", `Campaign "a  b".`, "", "It runs."); got != `Campaign "a  b". It runs.` {
		t.Errorf("%q", got)
	}
}

// A comma or a full stop behind a path that fills a line is not left alone on the next one.
func TestNoLoneComma(t *testing.T) {
	for _, columns := range []int{79, 80, 81} {
		path := "/" + strings.Repeat("x", columns-1)
		for _, end := range []string{",", ".", ";", ":"} {
			lines := strings.Split(Wrap("See "+path+end+" or run check."), "\n")
			if want := path + end; columns == screenWidth {
				if lines[1] != path {
					t.Errorf("%d columns: %q", columns, lines)
				}
			} else if lines[1] != want {
				t.Errorf("%d columns: %q", columns, lines)
			}
			var b strings.Builder
			p := Face{Writer: &b, Words: words.English()}.page()
			p.text(10, "See "+path[:len(path)-10]+end+" or run check.")
			p.show()
			if lone := text.Columns(strings.Split(b.String(), "\n")[1]) == screenWidth+1; lone && columns == screenWidth {
				t.Errorf("%q", b.String())
			}
		}
	}
}
