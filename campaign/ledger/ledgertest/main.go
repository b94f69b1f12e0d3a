package ledgertest

import (
	"flag"
	"fmt"
	"os"
	"strconv"
	"testing"
)

// Main runs tests that mostly wait. Their temporary folders are in memory, where the computer has a folder for that: a disk that syncs
// is slow, and a process that is killed loses no more there than on a disk. Of those that may, so many run side by side, unless
// -parallel says otherwise: more than there are processors, and not so many that one would miss its deadlines.
func Main(m *testing.M, sideBySide int) int {
	flag.Parse()
	if parallel := flag.Lookup("test.parallel"); parallel.Value.String() == parallel.DefValue {
		_ = parallel.Value.Set(strconv.Itoa(sideBySide)) // a number that it takes
	}
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
