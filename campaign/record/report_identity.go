package record

import (
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"strings"
)

// reportIdentity tells a campaign that was rebuilt from its results from every other, when the ledger whose stamp its earlier report
// bears is lost: by Kanal's ids of its messages, which no other campaign has. They stand in reports anyway; a mark made
// from keys or numbers would give small campaigns' people away.
type reportIdentity struct {
	source      Source
	first, last string // the lowest and the highest id; empty when nothing was accepted
}

func (s Source) reportIdentity() (reportIdentity, error) {
	k := reportIdentity{source: s}
	for id, err := range s.MessageIDs {
		if err != nil {
			return k, err
		}
		if k.first == "" || lowerID(id, k.first) {
			k.first = id
		}
		if k.last == "" || lowerID(k.last, id) {
			k.last = id
		}
	}
	return k, nil
}

// mark is what the campaign's reports bear of it.
func (k reportIdentity) mark() string { return k.of(k.first) + k.of(k.last) + " -->\n" }

// knows reports whether the report that begins so was written about this campaign, and tells of no message that the
// campaign does not know: the results that it was rebuilt from may be older.
func (k reportIdentity) knows(head string) (bool, error) {
	line, _, _ := strings.Cut(strings.TrimPrefix(head, reportMark(false)), "\n")
	words, none := strings.Fields(line), k.of("")
	if len(words) != 3 || len(words[1]) != 2*len(none) {
		return false, nil
	}
	first, last := words[1][:len(none)], words[1][len(none):]
	if first == none && last == none {
		return true, nil
	}
	knowsFirst, knowsLast := false, false
	for id, err := range k.source.MessageIDs {
		if err != nil {
			return false, err
		}
		mark := k.of(id)
		knowsFirst, knowsLast = knowsFirst || mark == first, knowsLast || mark == last
	}
	return knowsFirst && knowsLast, nil
}

func (k reportIdentity) of(messageID string) string {
	sum := sha256.Sum256(fmt.Appendf(nil, "%q %q %q", k.source.Campaign, k.source.Account, messageID))
	return hex.EncodeToString(sum[:12])
}

// lowerID compares ids as the numbers that they are.
func lowerID(a, b string) bool {
	return cmp.Or(cmp.Compare(len(a), len(b)), strings.Compare(a, b)) < 0
}
