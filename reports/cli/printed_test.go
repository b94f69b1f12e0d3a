package cli_test

import (
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"syscall"
	"testing"

	"kanal-campaign/kanal/sandbox"
	"kanal-campaign/reports/cli"
	"kanal-campaign/reports/help"
)

// document is a text that shows commands.
type document struct{ name, text string }

// documents are the README and the topics of the help.
func documents(t *testing.T) []document {
	t.Helper()
	readme, err := os.ReadFile(filepath.Join("..", "..", "README.md"))
	if err != nil {
		t.Fatal(err)
	}
	all := []document{{"README", string(readme)}}
	for _, topic := range help.Topics(help.English) {
		all = append(all, document{topic.Name, topic.Markdown})
	}
	return all
}

// shellBlock matches a block of commands, also within a list's item.
var shellBlock = regexp.MustCompile("(?ms)^ *```sh\n(.*?)\n *```$")

// notRun are the beginnings of what is no command of the program.
var notRun = []string{"go test ./...", "export KANAL_API_KEY=", "python3 -c "} // the key's test computes that one's

// commands are the program's that the document shows, as words.
func (d document) commands(t *testing.T) (found [][]string) {
	t.Helper()
	for _, block := range shellBlock.FindAllStringSubmatch(d.text, -1) {
		joined := regexp.MustCompile(` \\\n *`).ReplaceAllString(block[1], " ")
		if slices.ContainsFunc(notRun, func(start string) bool { return strings.HasPrefix(joined, start) }) {
			continue
		}
		for line := range strings.SplitSeq(joined, "\n") {
			line = strings.TrimSpace(line)
			command, installed := strings.CutPrefix(line, "kanal-campaign ")
			if !installed {
				command, installed = strings.CutPrefix(line, "go run . ")
			}
			args, closed := posixWords(command)
			if !installed || !closed {
				t.Errorf("%s shows %q, which is no command of the program", d.name, line)
				continue
			}
			found = append(found, args)
		}
	}
	return found
}

// stage is what comes before a command that is shown, and how it ends.
type stage struct {
	before func(w *world) terminal // nil for a terminal at which nobody types
	code   int
}

const (
	orders      = "phone,first_name,order_id\n06 12 34 56 78,Zoé,CF-1\n06 12 34 00 02,Léa,CF-2\n06 12 34 00 03,Luc,CF-3\n"
	sendsOrders = "send novembre.csv --template order_confirmation --country FR"
)

// typing is a stage at which somebody answers the question.
func typing(answer string) stage {
	return stage{before: func(*world) terminal { return terminal{is: true, input: answer + "\n"} }}
}

// sendOrders sends the campaign novembre to three people.
func (w *world) sendOrders() {
	w.write("novembre.csv", orders)
	w.run(append(strings.Fields(sendsOrders), "--yes", "--rate", "6000", "--send-window", "none")...).want(w.t, 0)
}

// stages are those of commands that do more than end with 0 in a folder with the examples, by document and command.
var stages = map[string]stage{
	"README: check examples/messy.csv --template welcome --country FR --sandbox": {code: 4},
	"README: check novembre.csv --template order_confirmation --country FR": {before: func(w *world) terminal {
		if got := w.run("check", "novembre.csv", "--template", "order_confirmation", "--country", "FR"); got.code != 4 {
			w.t.Errorf("with the example row: exit code %d\n%s", got.code, got.out)
		}
		w.write("novembre.csv", orders)
		return terminal{is: true}
	}},
	"README: " + sendsOrders + " --test-to 06 98 76 54 32": typing("1"),
	"README: " + sendsOrders: {code: 130, before: func(w *world) terminal {
		signals := make(chan os.Signal, 1)
		w.onSend = func(nth int) {
			if nth == 3 { // behind the test, the second message
				signals <- syscall.SIGINT
			}
		}
		return terminal{is: true, input: "3\n", signals: signals}
	}},
	"README: resume": typing("1"),

	"files: send novembre.csv --update": {before: func(w *world) terminal {
		w.sendOrders()
		w.write("novembre.csv", orders+"06 12 34 00 04,Tom,CF-4\n")
		return terminal{is: true, input: "1\n"}
	}},
	"free-form: send examples/answers.csv --country FR --type text --text-file examples/answer.txt --sandbox": {code: 3},
	"free-form: send examples/answers.csv --country FR --campaign photos --type image " +
		"--link https://example.com/{{photo}}.jpg --caption Pour vous, {{prenom}} --sandbox": {code: 3},
	"when: " + sendsOrders + " --first 50": {before: func(w *world) terminal {
		w.write("novembre.csv", orders)
		return terminal{is: true, input: "3\n"}
	}},
	"results: report novembre": {before: func(w *world) terminal {
		w.sendOrders()
		return terminal{is: true}
	}},
	"ledger: resume --from novembre.results.csv": {before: func(w *world) terminal {
		w.sendOrders()
		if err := os.RemoveAll(filepath.Join(w.dir, "state")); err != nil {
			w.t.Fatal(err)
		}
		return terminal{is: true}
	}},
	"ledger: forget +33612345678": typing("1"),
}

// notHere are those that do not end by themselves, or take half a minute: TestPictureOfTheEnd sends that file.
var notHere = []string{
	"README: sandbox --port 8080 --faults drop-after=0.1,500-before=0.05,latency=200ms",
	"README: send examples/novembre.csv --template welcome --country FR --sandbox",
}

// What the README and the topics show is run as it is printed, but faster, from the top, in a folder with the examples.
func TestPrintedCommands(t *testing.T) {
	examples, err := filepath.Abs(filepath.Join("..", "..", "examples"))
	if err != nil {
		t.Fatal(err)
	}
	met := map[string]bool{}
	for _, d := range documents(t) {
		commands := d.commands(t)
		if len(commands) == 0 {
			continue
		}
		w := newWorld(t, sandbox.Options{})
		if err := os.CopyFS(filepath.Join(w.dir, "examples"), os.DirFS(examples)); err != nil {
			t.Fatal(err)
		}
		t.Chdir(w.dir)
		for _, args := range commands {
			name := d.name + ": " + strings.Join(args, " ")
			met[name] = true
			if slices.Contains(notHere, name) {
				if err := cli.Parse(args); err != nil {
					t.Errorf("%s: %v", name, err)
				}
				continue
			}
			attached, s := terminal{is: true}, stages[name]
			if s.before != nil {
				attached = s.before(w)
			}
			if attached.signals == nil && (args[0] == "send" || args[0] == "resume") {
				args = append(args, "--rate", "6000")
			}
			if got := w.runOn(attached, args...); got.code != s.code {
				t.Errorf("%s: exit code %d, want %d\n%s%s", name, got.code, s.code, got.out, got.err)
			}
		}
	}
	for name := range stages {
		if !met[name] {
			t.Errorf("nothing shows %q any more", name)
		}
	}
	if len(met) < 20 {
		t.Errorf("only %d commands were found: %v", len(met), met)
	}
}

var (
	codeText  = regexp.MustCompile("(?s)```.*?```|`[^`]+`")
	namedFlag = regexp.MustCompile(`(?:^|[ (])--([a-z][a-z-]+)`)
)

// Every flag that the README and the topics name is one of the program's.
func TestNamedFlags(t *testing.T) {
	known := cli.FlagNames()
	found := 0
	for _, d := range documents(t) {
		for _, code := range codeText.FindAllString(d.text, -1) {
			for _, match := range namedFlag.FindAllStringSubmatch(strings.Trim(code, "`"), -1) {
				if found++; !slices.Contains(known, match[1]) {
					t.Errorf("%s names --%s, which is no flag: %s", d.name, match[1], code)
				}
			}
		}
	}
	if found < 80 {
		t.Errorf("only %d flags were found", found)
	}
}
