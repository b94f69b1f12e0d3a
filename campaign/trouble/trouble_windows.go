package trouble

import "syscall"

// troubles are by https://learn.microsoft.com/windows/win32/debug/system-error-codes, named there without the number.
var troubles = map[syscall.Errno]Code{
	112: Full, 39: Full, 1295: Quota, 223: TooLarge, 23: Broken, 1117: Broken,
	19: WriteOnce, 5: Denied, 2: Missing, 3: Missing, 267: NoFolder, 183: NoFolder, 206: BadPath,
	123: BadPath, 4: OpenFiles, 8: Memory, 14: Memory, 1455: Memory, 21: Away,
	15: Away, 53: Away, 55: Away, 59: Away, 64: Away, 67: Away, 32: Busy,
	33: Busy,
}
