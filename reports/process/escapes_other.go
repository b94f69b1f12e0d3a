//go:build !windows

package process

import "os"

// enableEscapes has nothing to do where terminals understand escape sequences.
func enableEscapes(...*os.File) {}
