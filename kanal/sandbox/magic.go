package sandbox

import "time"

// MagicRecipient is a number that makes the sandbox do one thing, as the test
// cards of payment providers do.
type MagicRecipient struct {
	Number string // digits, as the server stores them
	Does   string // for people
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
	{"33600000001", "has opted out", spell{optedOut: true}},
	{"33600000002", "is not on WhatsApp (131026)", spell{refusal: "(#131026) Message undeliverable"}},
	{"33600000003", "is held back by the platform (131049)",
		spell{refusal: "(#131049) This message was not delivered to maintain healthy ecosystem engagement."}},
	{"33600000004", "answers 500 the first time, before acceptance", spell{fault: Error500Before}},
	{"33600000005", "is accepted the first time, then the connection dies", spell{fault: DropAfter}},
	{"33600000006", "drops the connection the first time, before acceptance", spell{fault: DropBefore}},
	{"33600000007", "is accepted the first time, then answers 500", spell{fault: Error500After}},
	{"33600000008", "is accepted the first time, with a truncated 200", spell{fault: Truncated200}},
	{"33600000009", "is accepted the first time, with a garbage 200", spell{fault: Garbage200}},
	{"33600000010", "is throttled the first time: 429 with retry_after 2", spell{fault: Throttle}},
	{"33600000011", "is throttled the first time: Laravel's 429 with Retry-After 2", spell{fault: ThrottleLaravel}},
	{"33600000012", "always answers 500, before acceptance", spell{fault: Error500Before, always: true}},
	{"33600000013", `is refused with "Phone number is not valid"`, spell{invalid: true}},
	{"33600000014", "is accepted, and answers after 3 s", spell{delay: 3 * time.Second}},
	{"33600000015", "has no open 24-hour window: only templates are accepted", spell{closed: true}},
	{"33600000016", "is refused: a variable is not found", spell{refusal: "Variable prenom not found in row"}},
	{"33600000017", "is refused as spam of the sender (131048): this stops a campaign", spell{refusal: "(#131048) Spam rate limit hit"}},
	{"33600000018", "is accepted the first time, with a 200 without message_id", spell{fault: NoMessageID}},
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
