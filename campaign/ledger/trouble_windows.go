package ledger

import "syscall"

// troubles are by https://learn.microsoft.com/windows/win32/debug/system-error-codes, named there without the number.
var troubles = map[syscall.Errno]Trouble{
	112: TroubleFull, 39: TroubleFull, 1295: TroubleQuota, 223: TroubleTooLarge, 23: TroubleBroken, 1117: TroubleBroken,
	19: TroubleWriteOnce, 5: TroubleDenied, 2: TroubleMissing, 3: TroubleMissing, 267: TroubleNoFolder, 183: TroubleNoFolder, 206: TroubleBadPath,
	123: TroubleBadPath, 4: TroubleOpenFiles, 8: TroubleMemory, 14: TroubleMemory, 1455: TroubleMemory, 21: TroubleAway,
	15: TroubleAway, 53: TroubleAway, 55: TroubleAway, 59: TroubleAway, 64: TroubleAway, 67: TroubleAway, 32: TroubleBusy,
	33: TroubleBusy,
}
