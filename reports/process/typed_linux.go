package process

import (
	"os"

	"golang.org/x/sys/unix"
)

const getTermios, setTermios = unix.TCGETS, unix.TCSETS

// dropTyped forgets what was typed on a terminal and not read yet.
func dropTyped(terminal *os.File) { // what is no terminal has typed nothing
	_ = unix.IoctlSetInt(int(terminal.Fd()), unix.TCFLSH, unix.TCIFLUSH)
}
