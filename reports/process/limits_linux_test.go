package process

import (
	"fmt"
	"kanal-campaign/reports/words/wordstest"
	"os"
	"path/filepath"
	"strconv"
	"syscall"
	"testing"
)

// What the test binary, as the program, may not exceed: open files, and bytes of address space. They are set here, since a
// shell's would meet Go's runtime before the program begins.
var narrowed = map[string]int{
	"KANAL_CAMPAIGN_TEST_OPEN_FILES": syscall.RLIMIT_NOFILE, "KANAL_CAMPAIGN_TEST_ADDRESS_SPACE": syscall.RLIMIT_AS,
}

func init() {
	for variable, resource := range narrowed {
		if amount, err := strconv.ParseUint(os.Getenv(variable), 10, 64); err == nil {
			if err := syscall.Setrlimit(resource, &syscall.Rlimit{Cur: amount, Max: amount}); err != nil {
				panic(err)
			}
		}
	}
}

// Within limits that are too narrow for it the program ends with a sentence and exit code 1 before it does anything, and
// within the next wider ones it works: there is no crash dump in between.
func TestNarrowLimits(t *testing.T) {
	t.Parallel()
	limits := map[string][]int{
		"KANAL_CAMPAIGN_TEST_OPEN_FILES": {3, 4, 5, 6, 7, 8, 9, 10, 12, 14, 16, 18, 20, 22, 24, 28, 32, 36, 40, 48, 64},
	}
	if lighter(4) == 4 { // the race detector needs far more
		limits["KANAL_CAMPAIGN_TEST_ADDRESS_SPACE"] = []int{1_900_000_000, 1_999_999_999, 3_000_000_000}
	}
	for variable, amounts := range limits {
		refused, done := 0, 0
		for _, amount := range amounts {
			home, path := t.TempDir(), audience(t, 12)
			command, output := program(t, home, []string{fmt.Sprint(variable, "=", amount)}, "send", path, "--template", "welcome",
				"--country", "FR", "--yes", "--sandbox", "--rate", "6000")
			command.Run()
			said := output.String()
			switch code := command.ProcessState.ExitCode(); {
			case code == 1 && (wordstest.Says(t, said, "limit-files") || wordstest.Says(t, said, "limit-memory")):
				refused++
				if entries, _ := filepath.Glob(filepath.Join(home, ".local/state/*/*")); len(entries) > 0 {
					t.Errorf("%v were written", entries)
				}
			case code == 0 && wordstest.Says(t, said, "stop.done.heading", "12"):
				done++
			default:
				t.Errorf("%s %d, exit code %d:\n%s", variable, amount, code, output)
			}
		}
		if refused == 0 || done == 0 {
			t.Errorf("%s: %d refused, %d done", variable, refused, done)
		}
	}
}
