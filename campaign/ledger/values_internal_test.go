package ledger

import (
	"encoding/json"
	"slices"
	"testing"
)

// What is written by hand is what encoding/json writes, and is read as it reads.
func FuzzTexts(f *testing.F) {
	for _, text := range []string{"", "Zoé", `a"b`, "<&>", "\\", "a\nb", "\u2028", "\xff", "\x7f", "‘x’", "é\x00", "日本", "a,b", `","`} {
		f.Add(text, "06 12 34 56 78")
	}
	f.Fuzz(func(t *testing.T, a, b string) {
		for _, texts := range [][]string{nil, {}, {a}, {a, b}, {b, "", a}} {
			want, err := json.Marshal(texts)
			if err != nil {
				t.Fatal(err)
			}
			got, err := textsJSON(texts)
			if err != nil || got != string(want) {
				t.Fatalf("%q is written as %s, want %s (%v)", texts, got, want, err)
			}
			var read []string
			if err := json.Unmarshal(want, &read); err != nil {
				t.Fatal(err)
			}
			if again, plain := plainTexts(got); plain && !slices.Equal(again, read) {
				t.Fatalf("%s is read as %q, want %q", got, again, read)
			}
		}
		var read []string
		if texts, plain := plainTexts(a); plain && (json.Unmarshal([]byte(a), &read) != nil || !slices.Equal(texts, read)) {
			t.Fatalf("%q is read as %q, want %q", a, texts, read)
		}
	})
}
