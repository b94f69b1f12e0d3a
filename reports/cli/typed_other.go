//go:build !linux && !darwin && !dragonfly && !freebsd && !netbsd && !openbsd && !windows

package cli

import "os"

// DropTyped has nothing to do where terminals cannot be asked to forget.
func DropTyped(*os.File) {}
