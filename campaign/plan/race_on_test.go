//go:build race

package plan_test

// raced is how many times less is tried where the race detector makes it slow.
const raced = 4
