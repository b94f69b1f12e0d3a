package cli_test

import (
	osexec "os/exec"
	"strings"
	"testing"

	"kanal-campaign/kanal/sandbox"
)

// typedInBash are command lines up to the cursor, as bash breaks them into words, and what the program is asked then.
var typedInBash = []struct {
	line  string
	words []string
	asked string
}{
	{"kanal-campaign sta", []string{"kanal-campaign", "sta"}, "<__complete><sta>"},
	{"kanal-campaign status ", []string{"kanal-campaign", "status", ""}, "<__complete><status><>"},
	{"kanal-campaign  report  novembre --only ", []string{"kanal-campaign", "report", "novembre", "--only", ""},
		"<__complete><report><novembre><--only><>"},
	{"kanal-campaign send --map=prenom=B", []string{"kanal-campaign", "send", "--map", "=", "prenom", "=", "B"},
		"<__complete><send><--map=prenom=B>"},
	{"kanal-campaign send --template=", []string{"kanal-campaign", "send", "--template", "="}, "<__complete><send><--template=>"},
	{"kanal-campaign send = x", []string{"kanal-campaign", "send", "=", "x"}, "<__complete><send><=><x>"},
	{"kanal-campaign send --link https://ex", []string{"kanal-campaign", "send", "--link", "https", ":", "//ex"},
		"<__complete><send><--link><https://ex>"},
}

// The script for bash needs no package: it asks the program what a person typed, and lists folders.
func TestBashWithoutPackage(t *testing.T) {
	w := newWorld(t, sandbox.Options{})
	script := w.run("completion", "bash").want(t, 0).out
	if strings.Contains(script, "_get_comp_words_by_ref") || strings.Count(script, " _filedir") != 2 {
		t.Error("the script calls what only the package bash-completion has")
	}
	bash, err := osexec.LookPath("bash")
	if err != nil { // a system without bash has nobody to use the script
		return
	}
	program := script + `
kanal-campaign() { printf '<%s>' "$@" >&3; echo :4; }
compopt() { :; }
exec 3>&1
`
	for _, typed := range typedInBash {
		program += "COMP_WORDS=("
		for _, word := range typed.words {
			program += " '" + word + "'"
		}
		program += ") COMP_CWORD=$((${#COMP_WORDS[@]}-1)) COMP_LINE='" + typed.line + "' COMP_POINT=${#COMP_LINE}\n" +
			"__start_kanal-campaign; echo\n"
	}
	program += "cur=st; COMPREPLY=(); __kanal-campaign_filedir -d; echo \"${COMPREPLY[*]}\"\n"
	command := osexec.Command(bash, "--norc", "--noprofile", "-c", program)
	w.write("story.csv", "")
	w.send(w.write("novembre.csv", people(1))).want(t, 0) // which makes the folder state
	command.Dir = w.dir
	out, err := command.CombinedOutput()
	if err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	lines := strings.Split(string(out), "\n")
	for i, typed := range typedInBash {
		if lines[i] != typed.asked {
			t.Errorf("%q: the program is asked %s, want %s", typed.line, lines[i], typed.asked)
		}
	}
	if got := lines[len(typedInBash)]; got != "state" {
		t.Errorf("folders: %q", got)
	}
}
