package process

import (
	"os"
	"syscall"
)

// enableEscapes makes a Windows console understand escape sequences, for colours and the bar, as its newer versions do
// when they are asked to. What is no console stays as it is.
func enableEscapes(files ...*os.File) {
	const enableVirtualTerminalProcessing = 0x4
	set := syscall.NewLazyDLL("kernel32.dll").NewProc("SetConsoleMode")
	for _, file := range files {
		var mode uint32
		console := syscall.Handle(file.Fd())
		if syscall.GetConsoleMode(console, &mode) == nil {
			set.Call(uintptr(console), uintptr(mode|enableVirtualTerminalProcessing))
		}
	}
}
