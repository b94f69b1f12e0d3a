package process

import (
	"os"

	"golang.org/x/sys/windows"
)

// dropTyped forgets what was typed on a console and not read yet.
func dropTyped(console *os.File) { // what is no console has typed nothing
	_ = windows.FlushConsoleInputBuffer(windows.Handle(console.Fd()))
}
