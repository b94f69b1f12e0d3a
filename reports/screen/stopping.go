package screen

import (
	"os"
	"strings"
	"syscall"

	"kanal-campaign/reports/words"
)

// Stopping says, in lines of a screen's width, that a signal has stopped a run and what happens until it ends.
func Stopping(w *words.Words, s os.Signal) []string {
	why := s.String()
	switch s {
	case os.Interrupt:
		why = w.SignalCtrlC()
	case syscall.SIGTERM:
		why = w.SignalTerminated()
	case syscall.SIGHUP:
		why = w.SignalTerminalClosed()
	}
	return strings.Split(Wrap(w.Stopping(why)), "\n")
}
