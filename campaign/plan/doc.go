// Package plan judges an audience against a message: which column holds what, every row's number and values, repetitions, who is
// left out, what can be mended, and a campaign read back from its results.
//
// It knows no ledger: what was sent before, its callers tell. It may use the packages of campaign that hold no state.
package plan
