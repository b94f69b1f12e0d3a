//go:build !linux && !darwin && !dragonfly && !freebsd && !netbsd && !openbsd

package process

import "os"

// hush has nothing to hide: a console shows what is typed only where a program reads it. What was typed until the function that
// it returns is called is forgotten.
func hush(*os.File) (again func()) { return func() { dropTyped(os.Stdin) } }
