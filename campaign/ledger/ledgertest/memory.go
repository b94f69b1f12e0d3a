package ledgertest

import (
	"fmt"
	"os"
	"testing"
)

// InMemory runs the tests with their temporary folders in memory, where the computer has a folder for that: nearly all that they
// wait for is a disk that syncs. A process that is killed loses no more there than on a disk.
func InMemory(m *testing.M) int {
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
