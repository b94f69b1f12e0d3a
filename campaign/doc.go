// Package campaign is a campaign from its file to its outcomes: the message and its placeholders, which column holds what,
// the check of every row, who is left out, the idempotency key, hours and pace, and the sender that carries a plan out.
//
// What it finds are codes and facts; package reports says them. It may use the packages below it and kanal, and nothing of
// reports.
package campaign
