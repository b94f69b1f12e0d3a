//go:build darwin || dragonfly || freebsd || netbsd || openbsd

package process

import (
	"os"

	"golang.org/x/sys/unix"
)

const getTermios, setTermios = unix.TIOCGETA, unix.TIOCSETA

// dropTyped forgets what was typed on a terminal and not read yet.
func dropTyped(terminal *os.File) { // what is no terminal has typed nothing
	const read = 1 // FREAD: the queue of what was typed
	_ = unix.IoctlSetPointerInt(int(terminal.Fd()), unix.TIOCFLUSH, read)
}
