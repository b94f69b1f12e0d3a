// Package kanal is a client of the Kanal messaging API, and knows nothing
// else: no campaign, no file, no retry.
//
// One call of a method is one request at the server, at most. Attempts belong
// to the caller, who paces and records them, so neither this package nor the
// transport beneath it ever sends a message's request again.
//
// Every failure is an [*Error]. Its Class says what a sender may do next, its
// Cause is a stable word to group by, and its Message and Details are the
// API's own words:
//
//	receipt, err := client.SendTemplate(ctx, message, key)
//	var failure *kanal.Error
//	if errors.As(err, &failure) && failure.Class == kanal.Halt {
//		// Every other row would fail in the same way.
//	}
//
// The API key appears in no error and in no formatting of any value of this
// package.
package kanal
