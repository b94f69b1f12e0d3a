package text

import (
	"math/rand/v2"
	"regexp"
	"strings"
	"testing"

	"golang.org/x/text/encoding/charmap"
)

var scientificReference = regexp.MustCompile(`^[+-]?\d+(?:[.,]\d+)?[eE][+-]?\d+$`)

// What is told without the patterns is what they tell, of any text of characters that they look at.
func TestTextsAreJudgedAsByPatterns(t *testing.T) {
	random := rand.New(rand.NewPCG(12, 1))
	alphabet := []rune("aeEzZÃ â€ŽŠé0123+-.,' ьйαשعΩ£‘“½├█\u00a0\u2028\ufffd" + misreadSigns)
	for range 300_000 {
		one := make([]rune, random.IntN(7))
		for i := range one {
			one[i] = alphabet[random.IntN(len(alphabet))]
		}
		s := string(one)
		if !mayBeMisread(s) && misread().MatchString(s) {
			t.Fatalf("%q is misread, and not looked at", s)
		}
		if got, want := IsScientific(s), scientificReference.MatchString(strings.TrimSpace(s)); got != want {
			t.Fatalf("%q: scientific %v, want %v", s, got, want)
		}
		if !hasNeighbours(s) {
			for _, codec := range misreadings {
				if again, _ := reread(s, codec); again != s {
					t.Fatalf("%q is turned back to %q, and not looked at", s, again)
				}
			}
		}
	}
}

// Every character beyond ASCII that is a byte of an encoding is one beyond ASCII: alone, it is no UTF-8.
func TestOneCharacterAloneIsNeverTurnedBack(t *testing.T) {
	for r := rune(0x80); r < 0x10000; r++ {
		for _, codec := range append([]*charmap.Charmap{charmap.Windows1252}, misreadings...) {
			if b, ok := codec.EncodeRune(r); ok && b < 0x80 {
				t.Fatalf("%v: %q is %#x", codec, r, b)
			}
		}
	}
}
