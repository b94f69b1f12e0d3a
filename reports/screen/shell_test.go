package screen

import (
	"bytes"
	"slices"
	"strings"
	"testing"

	"kanal-campaign/campaign"
	"kanal-campaign/reports/words"
)

// A word comes out of a POSIX shell as it went in, and PowerShell gets it in its own quotes.
func TestShells(t *testing.T) {
	for word, want := range map[string][2]string{
		"novembre.csv":       {"novembre.csv", "novembre.csv"},
		"131049":             {"131049", "131049"},
		"first_name=Prénom":  {"first_name=Prénom", "first_name=Prénom"},
		"soldes d'été":       {`"soldes d'été"`, `"soldes d'été"`},
		"--":                 {"--", "--"},
		"a b":                {`"a b"`, `"a b"`},
		`C:\Users\zoé\x.csv`: {`'C:\Users\zoé\x.csv'`, `C:\Users\zoé\x.csv`},
		`C:\Users\zoé m\x y`: {`'C:\Users\zoé m\x y'`, `"C:\Users\zoé m\x y"`},
		"5 $":                {"'5 $'", "'5 $'"},
		"l'été à 5 $":        {`'l'\''été à 5 $'`, "'l''été à 5 $'"},
		"a`b":                {"'a`b'", "'a`b'"},
		"A,B":                {"A,B", `"A,B"`},
		"@amis":              {"@amis", `"@amis"`},
		"“ça”":               {"'“ça”'", "'“ça”'"},
		"l’été “5” $":        {"'l’été “5” $'", "'l’’été “5” $'"},
		"a;b|c&d>(e)":        {`"a;b|c&d>(e)"`, `"a;b|c&d>(e)"`},
		"Bonjour,\nà $ `x`":  {"$'Bonjour,\\nà $ `x`'", "\"Bonjour,`nà `$ ``x``\""},
		`l'a\b` + "\n":       {`$'l\'a\\b\n'`, "\"l'a\\b`n\""},
	} {
		if got := POSIX.Word(word); got != want[0] {
			t.Errorf("POSIX: %q is %s, want %s", word, got, want[0])
		}
		if got := PowerShell.Word(word); got != want[1] {
			t.Errorf("PowerShell: %q is %s, want %s", word, got, want[1])
		}
		for i, shell := range []Shell{POSIX, PowerShell} {
			if got := faceOf(shell).Command(campaign.Command{"send", word, "--yes"}); got != "kanal-campaign send "+want[i]+" --yes" {
				t.Errorf("%v: %s", shell, got)
			}
		}
	}
}

// What is written on a terminal of Windows is what PowerShell reads: screens, sentences with commands, and settings.
func TestScreensForPowerShell(t *testing.T) {
	s := checkScreen()
	s.SendCommand = and(s.SendCommand, "--out", `C:\Campagnes de novembre`, "--campaign", "l'été")
	s.SkipCommand = and(s.SendCommand, "--skip-invalid")
	var screen bytes.Buffer
	Check(Face{Words: words.English(), Writer: &screen, Shell: PowerShell}, s)
	_, command, _ := strings.Cut(screen.String(), "without those 19 people:\n")
	want := "  kanal-campaign send novembre.csv --template order_confirmation --country FR `\n" +
		"    --map first_name=Prénom --out \"C:\\Campagnes de novembre\" `\n    --campaign \"l'été\" --skip-invalid\n"
	if command != want {
		t.Errorf("got\n%swant\n%s", command, want)
	}
	if before, _, _ := strings.Cut(screen.String(), "  kanal-campaign"); strings.Contains(before, "`") {
		t.Errorf("a backtick where there is no command:\n%s", before)
	}
	var told bytes.Buffer
	Face{Words: words.English(), Writer: &told, Shell: PowerShell}.Tell("To go on:", and(checkScreen().SendCommand, "--out", `C:\a b`))
	if !strings.HasSuffix(told.String(), "--country FR `\n    --map first_name=Prénom --out \"C:\\a b\"\n") {
		t.Error(told.String())
	}
	var sandbox bytes.Buffer
	SandboxStarted(Face{Words: words.English(), Writer: &sandbox, Shell: PowerShell}, "http://127.0.0.1:8091", "sandbox-key", "", 0)
	if !strings.Contains(sandbox.String(), `  $env:KANAL_API_URL = "http://127.0.0.1:8091"`) {
		t.Error(sandbox.String())
	}
}

// What Windows PowerShell 5.1 would hand on otherwise than PowerShell 7.3 stands behind --%, which both hand on as it is,
// and the program gets every word as it was meant. A text for which that cannot be is put into a file.
func TestQuotationMarksForPowerShell(t *testing.T) {
	const program = "kanal-campaign send x.csv --type text --text "
	for text, want := range map[string]string{
		"bonjour":                   "bonjour",
		"à demain":                  `"à demain"`,
		`dit "oui"`:                 `--% "dit \"oui\""`,
		`"oui"`:                     `--% "\"oui\""`,
		`un \"x\" et \\"y\\`:        `--% "un \\\"x\\\" et \\\\\"y\\\\"`,
		"":                          `--% ""`,
		`C:\Campagnes de novembre\`: `--% "C:\Campagnes de novembre\\"`,
		`C:\Campagnes\`:             `C:\Campagnes\`,
		`l'été "5 $" {{prénom}}`:    `--% "l'été \"5 $\" {{prénom}}"`,
		`“ça” "x"`:                  `--% "“ça” \"x\""`,
		"Bonjour,\nZoé":             "\"Bonjour,`nZoé\"",
		"dit\n\"oui\"":              "file",
		`dit "a|b"`:                 "file",
		`R & D "x"`:                 "file",
	} {
		got := faceOf(PowerShell).Command(campaign.Command{"send", "x.csv", "--type", "text", "--text", text, "--yes"})
		switch {
		case want == "file":
			want = "kanal-campaign send x.csv --type text --text-file message.txt --yes # save the text as message.txt first"
		case strings.HasPrefix(want, "--% "):
			if words := windowsWords(got); !slices.Equal(words,
				[]string{"kanal-campaign", "--%", "send", "x.csv", "--type", "text", "--text", text, "--yes"}) {
				t.Errorf("%q: the program gets %q", text, words)
			}
			want = strings.Replace(program, " ", " --% ", 1) + strings.TrimPrefix(want, "--% ") + " --yes"
		default:
			want = program + want + " --yes"
		}
		if got != want {
			t.Errorf("%q: %s, want %s", text, got, want)
		}
	}
	if got := faceOf(PowerShell).Command(campaign.Command{"send", "x.csv", "--text", "a\n\"b\"", "--campaign", `le "x"`}); got != `kanal-campaign --% `+
		`send x.csv --text-file message.txt --campaign "le \"x\""` {
		t.Error(got)
	}
	long := campaign.Command{"send", "novembre.csv", "--campaign", `le "grand" soir`, "--type", "text", "--text",
		"un texte très long qui ne tient pas", "--yes"}
	if got := faceOf(PowerShell).Lines("  ", long); len(got) != 1 {
		t.Errorf("what is handed on ends with the line:\n%q", got)
	}
	for _, line := range faceOf(PowerShell).Lines("  ", campaign.Command{"send", "x.csv", "--type", "text", "--text", "dit:\n'a --b' `--c` --d",
		"--country", "FR", "--yes", "--campaign", "novembre"}) {
		if strings.Count(line, `"`)%2 != 0 {
			t.Errorf("a line breaks within quotes: %s", line)
		}
	}
}

// windowsWords takes a command line apart as programs of Windows do (Go's as well as C's).
func windowsWords(line string) (words []string) {
	word, open, quoted, backslashes := "", false, false, 0
	for _, c := range line + " " {
		if c == '\\' {
			backslashes++
			continue
		}
		if c == '"' {
			word, open = word+strings.Repeat(`\`, backslashes/2), true
			if backslashes%2 != 0 {
				word += `"`
			} else {
				quoted = !quoted
			}
			backslashes = 0
			continue
		}
		word, open = word+strings.Repeat(`\`, backslashes), open || backslashes > 0
		backslashes = 0
		if c == ' ' && !quoted {
			if open {
				words = append(words, word)
			}
			word, open = "", false
			continue
		}
		word, open = word+string(c), true
	}
	return words
}

// faceOf is that of somebody with that shell.
func faceOf(s Shell) Face { return Face{Words: words.English(), Shell: s} }
