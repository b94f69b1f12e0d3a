//go:build !(linux || darwin)

package cli

// Cramped returns "": systems like this one set no such limits.
func Cramped() string { return "" }
