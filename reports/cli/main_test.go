package cli_test

import (
	"fmt"
	"os"
	"runtime/debug"
	"testing"
)

func TestMain(m *testing.M) {
	debug.SetGCPercent(400) // what every test holds on to, the rules of numbers above all, is marked less often
	os.Exit(inMemory(m))
}

// inMemory keeps the tests' files in memory where the computer has a folder for that: nearly all that they wait for is a disk
// that syncs. What a crash leaves on a disk is tested elsewhere.
func inMemory(m *testing.M) int {
	dir, err := os.MkdirTemp("/dev/shm", "")
	if err != nil {
		return m.Run()
	}
	defer os.RemoveAll(dir)
	if err := os.Setenv("TMPDIR", dir); err != nil {
		fmt.Fprintln(os.Stderr, err)
		return 1
	}
	return m.Run()
}
