//go:build unix

package ledger

import "syscall"

var troubles = map[syscall.Errno]Trouble{
	syscall.ENOSPC: TroubleFull, syscall.EDQUOT: TroubleQuota, syscall.EFBIG: TroubleTooLarge, syscall.EIO: TroubleBroken,
	syscall.EROFS: TroubleWriteOnce, syscall.EACCES: TroubleDenied, syscall.EPERM: TroubleDenied, syscall.ENOENT: TroubleMissing,
	syscall.ENOTDIR: TroubleNoFolder, syscall.EEXIST: TroubleNoFolder, syscall.ENAMETOOLONG: TroubleBadPath, syscall.ELOOP: TroubleBadPath,
	syscall.EMFILE: TroubleOpenFiles, syscall.ENFILE: TroubleAllFiles, syscall.ENOMEM: TroubleMemory,
	syscall.ESTALE: TroubleAway, syscall.ENXIO: TroubleAway, syscall.ENODEV: TroubleAway, syscall.ENOTCONN: TroubleAway,
	syscall.EHOSTDOWN: TroubleAway, syscall.ETIMEDOUT: TroubleAway, syscall.ENOLCK: TroubleNoLocks, syscall.EBUSY: TroubleBusy,
	syscall.ETXTBSY: TroubleBusy, syscall.EAGAIN: TroubleBusy,
}
