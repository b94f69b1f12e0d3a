//go:build !windows

package cli

import "os"

// EnableEscapes has nothing to do where terminals understand escape sequences.
func EnableEscapes(...*os.File) {}
