package cli

import (
	"os"

	"golang.org/x/sys/windows"
)

// DropTyped forgets what was typed on a console and not read yet.
func DropTyped(console *os.File) { // what is no console has typed nothing
	_ = windows.FlushConsoleInputBuffer(windows.Handle(console.Fd()))
}
