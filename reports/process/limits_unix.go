//go:build linux || darwin

package process

import (
	"os"
	"syscall"

	"kanal-campaign/reports/words"
)

// What a campaign needs of the system, measured: open files with all connections at work, and the room that Go reserves
// before it uses any of it, with its threads.
const (
	neededFiles   = 32
	neededAddress = 2_000_000_000 // bytes
	megabyte      = 1_000_000
)

// cramped returns the sentence about limits of the system within which the program would end in the middle of something,
// without a word; "" where there are none. Nothing else may have opened a file before: Go's runtime ends the program where
// it cannot open its own.
func cramped(words *words.Words) string {
	if limit := addressLimit(); limit < neededAddress {
		return words.LimitMemory(words.Number(int(limit/megabyte)), words.Number(neededAddress/megabyte))
	}
	var opened []int
	defer func() {
		for _, file := range opened {
			_ = syscall.Close(file) // it was only to be opened
		}
	}()
	for len(opened) < neededFiles {
		file, err := syscall.Open(os.DevNull, syscall.O_RDONLY|syscall.O_CLOEXEC, 0)
		if err == syscall.EMFILE || err == syscall.ENFILE {
			return words.LimitFiles(words.Number(len(opened)), words.Number(neededFiles))
		}
		if err != nil {
			return "" // that tells nothing of limits
		}
		opened = append(opened, file)
	}
	return ""
}

// addressLimit is how many bytes of address space the process may use.
func addressLimit() uint64 {
	var limit syscall.Rlimit
	if err := syscall.Getrlimit(syscall.RLIMIT_AS, &limit); err != nil || limit.Cur == 0 {
		return neededAddress
	}
	return uint64(limit.Cur)
}
