// Package number turns what a cell says into the digits of a phone number that
// the API expects, or into the reason why it cannot, with a proposed value.
//
// It takes over what the API calls cleanForCountry, which the API documents for
// France only and applies blindly (FrenchRule). Here the number has to be valid
// by libphonenumber's metadata, a number written internationally keeps its own
// country, and what libphonenumber would swallow in silence (a second number, a
// letter, an extension) is a fault. A value is never repaired where a person
// would hesitate: the repair is proposed in Fault.Fix.
//
// The library matches regular expressions. Digits that it finds valid are found so here by automata of the same patterns, each
// country's built when its first number is read; what is not valid, the library itself explains.
//
// Everything here is safe for concurrent use.
package number
