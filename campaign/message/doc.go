// Package message is what is sent: a template with its variables, or a free-form message with its placeholders; which values a
// row gives it, what is wrong with them, how it reads, and the idempotency key of its row.
//
// It may use kanal, and of campaign what a number, a problem, a row and an audience are.
package message
