//go:build !linux && !darwin && !dragonfly && !freebsd && !netbsd && !openbsd && !windows

package process

import "os"

// dropTyped has nothing to do where terminals cannot be asked to forget.
func dropTyped(*os.File) {}
