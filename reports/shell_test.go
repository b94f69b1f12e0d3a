package reports

import (
	"bytes"
	"slices"
	"strings"
	"testing"
)

// A word comes out of a POSIX shell as it went in, and PowerShell gets it in its own quotes.
func TestShells(t *testing.T) {
	for word, want := range map[string][2]string{
		"novembre.csv":       {"novembre.csv", "novembre.csv"},
		"131049":             {"131049", "131049"},
		"first_name=Prénom":  {"first_name=Prénom", "first_name=Prénom"},
		"soldes d'été":       {`"soldes d'été"`, `"soldes d'été"`},
		"":                   {`""`, `""`},
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
		if got := Argument(word); got != want[0] {
			t.Errorf("POSIX: %q is %s, want %s", word, got, want[0])
		}
		if got := PowerShell.argument(word); got != want[1] {
			t.Errorf("PowerShell: %q is %s, want %s", word, got, want[1])
		}
		command := "kanal-campaign send " + Argument(word) + " --yes"
		if words := shellWords(command); !slices.Equal(words, []string{"kanal-campaign", "send", word, "--yes"}) {
			t.Errorf("%s is read as %q", command, words)
		}
		if got := PowerShell.command(command); got != "kanal-campaign send "+want[1]+" --yes" {
			t.Errorf("PowerShell: %s", got)
		}
	}
}

// What is written on a terminal of Windows is what PowerShell reads: screens, sentences with commands, and settings.
func TestScreensForPowerShell(t *testing.T) {
	s := checkScreen()
	s.SendCommand += ` --out 'C:\Campagnes de novembre' --campaign "l'été"`
	s.SkipCommand = s.SendCommand + " --skip-invalid"
	var screen bytes.Buffer
	Check(Terminal{Writer: &screen, Shell: PowerShell}, s)
	_, command, _ := strings.Cut(screen.String(), "without those 19 people:\n")
	want := "  kanal-campaign send novembre.csv --template order_confirmation --country FR `\n" +
		"    --map first_name=Prénom --out \"C:\\Campagnes de novembre\" `\n    --campaign \"l'été\" --skip-invalid\n"
	if command != want {
		t.Errorf("got\n%swant\n%s", command, want)
	}
	if before, _, _ := strings.Cut(screen.String(), "  kanal-campaign"); strings.Contains(before, "`") {
		t.Errorf("a backtick where there is no command:\n%s", before)
	}
	sentence := "To go on:\n  kanal-campaign send novembre.csv --template order_confirmation --country FR --out 'C:\\a b'"
	if got := WrapFor(PowerShell, sentence); !strings.HasSuffix(got, "--country FR `\n    --out \"C:\\a b\"") {
		t.Error(got)
	}
	var sandbox bytes.Buffer
	SandboxStarted(Terminal{Writer: &sandbox, Shell: PowerShell}, "http://127.0.0.1:8091", "sandbox-key", "", 0)
	if !strings.Contains(sandbox.String(), `  $env:KANAL_API_URL = "http://127.0.0.1:8091"`) {
		t.Error(sandbox.String())
	}
}
