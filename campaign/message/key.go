package message

import (
	"cmp"
	"crypto/sha1"
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
	Kind       Kind    // KindTemplate or KindMessage
	Campaign   string  // the campaign's name; see CleanName
	Of         string  // the template's id in decimal, or the message's type
	Phone      string  // digits as sent
	Fields     []Named // each name once, in any order
	Generation int     // 0, and one more for every retry --new-key
}

// Named is a value with its name, as both stand in a key.
type Named struct{ Name, Value string }

func byName(a, b Named) int { return cmp.Compare(a.Name, b.Name) }

// usualRecipe is the size of a recipe for which no memory is asked.
const usualRecipe = 512

// Key returns the idempotency key, version 1 of the recipe: a UUID version 5 (RFC 9562) in the recipe's namespace over
// the concatenated netstrings, UTF-8, of the version, the kind, the campaign's name, the template id or type, the
// number, and then each field's name and value, sorted by name as bytes.
func (r Recipe) Key() uuid.UUID {
	version := "v1"
	if r.Generation > 0 {
		version += "#" + strconv.Itoa(r.Generation)
	}
	fields := r.Fields
	if !slices.IsSortedFunc(fields, byName) {
		fields = slices.SortedFunc(slices.Values(fields), byName)
	}
	var room [usualRecipe]byte
	text := append(room[:0], keyNamespace[:]...)
	for _, part := range [...]string{version, string(r.Kind), CleanName(r.Campaign), r.Of, r.Phone} {
		text = netstring(text, part)
	}
	for _, field := range fields {
		text = netstring(netstring(text, field.Name), field.Value)
	}
	sum := sha1.Sum(text)
	key := uuid.UUID(sum[:16])
	key[6] = key[6]&0x0f | 0x50 // version 5
	key[8] = key[8]&0x3f | 0x80 // the variant of RFC 9562
	return key
}

// ContentID returns the key that the recipe gives without a campaign's name: the same for one message to one person,
// whatever the campaign is called. Repeats across campaigns are found by it.
func (r Recipe) ContentID() uuid.UUID {
	r.Campaign, r.Generation = "", 0
	return r.Key()
}

// CleanName returns a campaign's name as it stands in keys: trimmed, in Unicode NFC.
func CleanName(name string) string { return norm.NFC.String(strings.TrimSpace(name)) }

// netstring appends a text with its length.
func netstring(to []byte, text string) []byte {
	to = append(strconv.AppendInt(to, int64(len(text)), 10), ':')
	return append(append(to, text...), ',')
}
