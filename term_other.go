//go:build !windows

package main

import "os"

// enableEscapes has nothing to do where terminals understand escape sequences.
func enableEscapes(...*os.File) {}
