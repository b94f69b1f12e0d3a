package screen

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// What refuses, or waits for a decision, ends with the command that goes on.
func TestRefusalsEndWithACommand(t *testing.T) {
	without := map[string]string{
		"configuration":       "the key is set outside the program",
		"no-templates":        "a template is approved in Kanal",
		"template-ambiguous":  "one of the flags named is added to the command",
		"message-wrong":       "the flags are corrected",
		"out-dir-missing":     "the folder is made, or another one named",
		"unwritable":          "the folder is mended, or another one named",
		"too-many-lists":      "the lists are joined",
		"list-gone":           "the list is put back, or all are named again",
		"list-unreadable":     "the list is corrected, and the same command run again",
		"holidays-unreadable": "the list is corrected, and the same command run again",
		"unsteady":            "the same command is run again later",
		"test-with":           "the flag named is left out",
		"nothing-typed":       "the same command asks again",
		"not-typed":           "the same command asks again",
	}
	screens := map[string]string{}
	for _, family := range []string{"check-*", "standing-*", "changed", "repeats", "finished*", "first-done*", "summary-*"} {
		files, err := filepath.Glob(filepath.Join("testdata", family+".txt"))
		if err != nil || len(files) == 0 {
			t.Fatalf("%s: %d files, %v", family, len(files), err)
		}
		for _, file := range files {
			screens[filepath.Base(file)] = read(t, file)
		}
	}
	for _, refused := range strings.Split(read(t, filepath.Join("testdata", "refused.txt")), "# ")[1:] {
		code, screen, _ := strings.Cut(refused, "\n")
		screens[code] = screen
	}
	for name, screen := range screens {
		lines := strings.Split(strings.TrimSpace(screen), "\n")
		last := len(lines) - 1
		for last > 0 && strings.HasSuffix(lines[last-1], POSIX.continued()) {
			last--
		}
		command := slices.Contains(strings.Fields(lines[last])[:1], Program)
		if reason := without[name]; command == (reason != "") {
			t.Errorf("%s ends with %q; a reason for no command: %q", name, lines[last], reason)
		}
	}
}

func read(t *testing.T, file string) string {
	t.Helper()
	text, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}
