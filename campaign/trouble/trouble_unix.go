//go:build unix

package trouble

import "syscall"

var troubles = map[syscall.Errno]Code{
	syscall.ENOSPC: Full, syscall.EDQUOT: Quota, syscall.EFBIG: TooLarge, syscall.EIO: Broken,
	syscall.EROFS: WriteOnce, syscall.EACCES: Denied, syscall.EPERM: Denied, syscall.ENOENT: Missing,
	syscall.ENOTDIR: NoFolder, syscall.EEXIST: NoFolder, syscall.ENAMETOOLONG: BadPath, syscall.ELOOP: BadPath,
	syscall.EMFILE: OpenFiles, syscall.ENFILE: AllFiles, syscall.ENOMEM: Memory,
	syscall.ESTALE: Away, syscall.ENXIO: Away, syscall.ENODEV: Away, syscall.ENOTCONN: Away,
	syscall.EHOSTDOWN: Away, syscall.ETIMEDOUT: Away, syscall.ENOLCK: NoLocks, syscall.EBUSY: Busy,
	syscall.ETXTBSY: Busy, syscall.EAGAIN: Busy,
}
