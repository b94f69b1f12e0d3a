package message

import (
	"maps"
	"slices"
	"strconv"
	"strings"

	"github.com/google/uuid"
	"golang.org/x/text/unicode/norm"
)

// keyNamespace is the namespace of recipe v1. It never changes: a key must be the same on any machine, for ever.
var keyNamespace = uuid.MustParse("c244b25d-4d6c-52ef-bc9c-a61711ec7c7f")

// Recipe holds all that an idempotency key is made of, and nothing else: no row number, no other column, no time. The
// same recipe gives the same key on any machine.
type Recipe struct {
	Kind       Kind   // KindTemplate or KindMessage
	Campaign   string // the campaign's name; see CleanName
	Of         string // the template's id in decimal, or the message's type
	Phone      string // digits as sent
	Fields     map[string]string
	Generation int // 0, and one more for every retry --new-key
}

// Key returns the idempotency key, version 1 of the recipe: a UUID version 5 (RFC 9562) in the recipe's namespace over
// the concatenated netstrings, UTF-8, of the version, the kind, the campaign's name, the template id or type, the
// number, and then each field's name and value, sorted by name as bytes.
func (r Recipe) Key() uuid.UUID {
	version := "v1"
	if r.Generation > 0 {
		version += "#" + strconv.Itoa(r.Generation)
	}
	var text strings.Builder
	netstring(&text, version, string(r.Kind), CleanName(r.Campaign), r.Of, r.Phone)
	for _, name := range slices.Sorted(maps.Keys(r.Fields)) {
		netstring(&text, name, r.Fields[name])
	}
	return uuid.NewSHA1(keyNamespace, []byte(text.String()))
}

// ContentID returns the key that the recipe gives without a campaign's name: the same for one message to one person,
// whatever the campaign is called. Repeats across campaigns are found by it.
func (r Recipe) ContentID() uuid.UUID {
	r.Campaign, r.Generation = "", 0
	return r.Key()
}

// CleanName returns a campaign's name as it stands in keys: trimmed, in Unicode NFC.
func CleanName(name string) string { return norm.NFC.String(strings.TrimSpace(name)) }

func netstring(to *strings.Builder, texts ...string) {
	for _, text := range texts {
		to.WriteString(strconv.Itoa(len(text)))
		to.WriteByte(':')
		to.WriteString(text)
		to.WriteByte(',')
	}
}
