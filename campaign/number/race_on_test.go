//go:build race

package number

// raced is how many times less is tried of what no goroutines share, where the race detector makes it slow.
const raced = 16
