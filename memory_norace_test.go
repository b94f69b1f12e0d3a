//go:build !race

package main

// memoryFactor is by how much the race detector makes memory grow.
const memoryFactor = 1
