package reports

import "kanal-campaign/campaign/outcome"

// The sentences about a test message to a number that stands in the file, too.
const (
	testListed = "WARNING: {phone} stands in {rows} of the file: whoever has it gets this test now and the campaign's message, too. " +
		"Is it a customer's number, typed by mistake?"
	testListedLeftOut = "WARNING: {phone} stands in {rows} of the file, and the campaign leaves it out ({why}): is it a customer's " +
		"number, typed by mistake?"
)

// testRehearsed say what became of a test message in a rehearsal, by the status that a row would have. The command that
// sends it for real follows.
var testRehearsed = map[outcome.Status]string{
	outcome.Sent:     "The sandbox accepted the test to {phone}. It is a rehearsal: no telephone gets it. To see it on yours, for real:",
	outcome.Rejected: "The sandbox refused the test to {phone}: {why}. It is a rehearsal: nobody was asked. For real:",
	outcome.Pending:  "The test to {phone} was not sent in this rehearsal: {why}. For real:",
	outcome.Unknown: "The test to {phone} is in doubt in this rehearsal: {why}. For real, it may have been sent then: you would look at " +
		"the telephone before you send another. For real:",
}
