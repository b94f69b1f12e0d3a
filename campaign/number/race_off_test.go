//go:build !race

package number

const raced = 1
