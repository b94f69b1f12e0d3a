package sandbox

import "time"

// MagicRecipient is a number that makes the sandbox do one thing, as the test
// cards of payment providers do.
type MagicRecipient struct {
	Number string // digits, as the server stores them
	spell
}

// spell is what a magic recipient does.
type spell struct {
	fault    Fault
	always   bool          // or only at the first request of an idempotency key
	refusal  string        // the reason of a send failure
	optedOut bool          // as a contact
	invalid  bool          // "Phone number is not valid"
	closed   bool          // its conversation window, always
	delay    time.Duration // before the answer, after acceptance
}

// Magic lists the magic recipients. "The first time" is the first request of
// an idempotency key, or of the number for requests without a key.
var Magic = []MagicRecipient{
	{"33600000001", spell{optedOut: true}},
	{"33600000002", spell{refusal: "(#131026) Message undeliverable"}},
	{"33600000003", spell{refusal: "(#131049) This message was not delivered to maintain healthy ecosystem engagement."}},
	{"33600000004", spell{fault: Error500Before}},
	{"33600000005", spell{fault: DropAfter}},
	{"33600000006", spell{fault: DropBefore}},
	{"33600000007", spell{fault: Error500After}},
	{"33600000008", spell{fault: Truncated200}},
	{"33600000009", spell{fault: Garbage200}},
	{"33600000010", spell{fault: Throttle}},
	{"33600000011", spell{fault: ThrottleLaravel}},
	{"33600000012", spell{fault: Error500Before, always: true}},
	{"33600000013", spell{invalid: true}},
	{"33600000014", spell{delay: 3 * time.Second}},
	{"33600000015", spell{closed: true}},
	{"33600000016", spell{refusal: "Variable prenom not found in row"}},
	{"33600000017", spell{refusal: "(#131048) Spam rate limit hit"}},
	{"33600000018", spell{fault: NoMessageID}},
}

// spellFor finds what a stored number does; nothing, for most.
func spellFor(number string) spell {
	for _, m := range Magic {
		if m.Number == number {
			return m.spell
		}
	}
	return spell{}
}
