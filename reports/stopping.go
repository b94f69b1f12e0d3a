package reports

import (
	"os"
	"strings"
	"syscall"
)

// Stopping says, in lines of a screen's width, that a signal has stopped a run and what happens until it ends.
func Stopping(s os.Signal) []string {
	why, known := signalWords[s]
	if !known {
		why = s.String()
	}
	return strings.Split(Wrap(fill(stopping, func(string) string { return why })), "\n")
}

// signalWords name what stops a run.
var signalWords = map[os.Signal]string{
	os.Interrupt: "Ctrl-C", syscall.SIGTERM: "asked to end", syscall.SIGHUP: "the terminal was closed",
}
