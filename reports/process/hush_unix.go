//go:build linux || darwin || dragonfly || freebsd || netbsd || openbsd

package process

import (
	"os"

	"golang.org/x/sys/unix"
)

// hush keeps what is typed on a terminal, Ctrl-C's mark too, off its screen, until the function that it returns is called: that
// forgets what was typed, and has the terminal show it again. A terminal of which another program is in the foreground is left
// alone: to touch it would stop this one. A shell puts the terminal right after a program that was killed or suspended.
func hush(terminal *os.File) (again func()) {
	fd := int(terminal.Fd())
	was, err := unix.IoctlGetTermios(fd, getTermios)
	if err != nil || !inForeground(fd) { // what is no terminal shows nothing
		return func() {}
	}
	quiet := *was
	quiet.Lflag &^= unix.ECHO | unix.ECHONL
	_ = unix.IoctlSetTermios(fd, setTermios, &quiet)
	return func() {
		if inForeground(fd) {
			dropTyped(terminal)
			_ = unix.IoctlSetTermios(fd, setTermios, was)
		}
	}
}

func inForeground(terminal int) bool {
	group, err := unix.IoctlGetInt(terminal, unix.TIOCGPGRP)
	return err == nil && group == unix.Getpgrp()
}
