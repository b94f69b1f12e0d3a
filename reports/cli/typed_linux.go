package cli

import (
	"os"

	"golang.org/x/sys/unix"
)

// DropTyped forgets what was typed on a terminal and not read yet.
func DropTyped(terminal *os.File) { // what is no terminal has typed nothing
	_ = unix.IoctlSetInt(int(terminal.Fd()), unix.TCFLSH, unix.TCIFLUSH)
}
