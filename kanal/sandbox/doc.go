// Package sandbox is the Kanal messaging API seen from the server's side: an
// http.Handler that behaves as the API page documents, and on demand as badly
// as a network can. It sends nothing to anyone.
//
// It remembers what it accepted (its truth), which a test compares with what
// a client believes, and it can be told to fail: by script, by probability,
// or by magic recipients whose numbers each do one thing.
//
// Where the API page says "undocumented", an option plays either way.
package sandbox
