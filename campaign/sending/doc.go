// Package sending carries a plan out: one attempt after another in the pace of the key, what follows from each answer, the
// brakes, and the waits. What it needs of a ledger stands in Record.
package sending
