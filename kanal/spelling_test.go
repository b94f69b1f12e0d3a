package kanal

import (
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"mime/quotedprintable"
	"slices"
	"strings"
	"testing"
)

const letterKey = "aB3dE6gH9jK2mN5pQ8sT1vW4"

// each writes every byte of a text by a format.
func each(text, format, between string) string {
	var parts []string
	for i := range len(text) {
		parts = append(parts, fmt.Sprintf(format, text[i]))
	}
	return strings.Join(parts, between)
}

func lines(text string, long int) string {
	var parts []string
	for part := range slices.Chunk([]byte(text), long) {
		parts = append(parts, string(part))
	}
	return strings.Join(parts, "\r\n")
}

func mail(text string) string {
	var out strings.Builder
	writer := quotedprintable.NewWriter(&out)
	writer.Write([]byte(strings.Repeat("x", 64) + text))
	writer.Close()
	return strings.TrimPrefix(out.String(), strings.Repeat("x", 64))
}

func wide(text string) string {
	return strings.Map(func(r rune) rune { return r - '!' + 0xFF01 }, text)
}

func base64Of(text string) string { return base64.StdEncoding.EncodeToString([]byte(text)) }

// spellingsOf are ways in which a text may be written into another.
func spellingsOf(text string) map[string]string {
	hexed := hex.EncodeToString([]byte(text))
	forms := map[string]string{
		"spaced": each(text, "%c", " "), "a letter a line": each(text, "%c", "\n"), "hyphened": each(text, "%c", "-"),
		"in lines": lines(text, 7), "as literals": `"` + text[:9] + `" + "` + text[9:] + `"`, "unseen": each(text, "%c", "\u200b"),
		"soft hyphen": text[:5] + "\u00ad" + text[5:], "backwards": reversed(text), "wide": wide(text),
		"percent": each(text, "%%%02X", ""), "percent, lower case": each(text, "%%%02x", ""), "percent in part": "%" + hexed[:2] + text[1:],
		"percent twice": each(text, "%%25%02X", ""), "HTML": each(text, "&#%d;", ""), "HTML, hexadecimal": each(text, "&#x%X;", ""),
		"HTML, open": each(text, "&#%d", " "), "HTML twice": each(text, "&amp;#%d;", ""), "JSON": each(text, `\u%04x`, ""),
		"JSON, capitals": each(text, `\u%04X`, ""), "JSON twice": each(text, `\\u%04x`, ""), "C": each(text, `\x%02x`, ""),
		"octal": each(text, `\%03o`, ""), "braced": each(text, `\u{%x}`, ""), "long": each(text, `\U%08X`, ""),
		"quoted-printable": each(text, "=%02X", ""), "mail": mail(text), "soft break": text[:10] + "=\r\n" + text[10:],
		"hexadecimal": hexed, "HEXADECIMAL": strings.ToUpper(hexed), "bytes": each(text, "%02x", " "), "with colons": each(text, "%02X", ":"),
		"literals": each(text, "0x%02x", ", "), "a list": each(text, "%d", ","), "%v": fmt.Sprint([]byte(text)),
		"%#v":          fmt.Sprintf("%#v", []byte(text)),
		"base64, URLs": base64.RawURLEncoding.EncodeToString([]byte(text)), "base64 in lines": lines(base64Of("Bearer "+text), 20),
		"base64 spaced": each(base64Of(text), "%c", " "), "base64, percent": strings.ReplaceAll(base64Of(text+"??>"), "=", "%3D"),
		"base64 of UTF-16": base64Of(each(text, "%c\x00", "")), "base64 of percent": base64Of(text),
		"base64, HTML": each(base64Of(text), "&#%d;", ""),
	}
	for i := range 4 {
		forms[fmt.Sprint("base64 behind ", i)] = base64Of(strings.Repeat("~", i) + text + strings.Repeat("~", i))
	}
	return forms
}

// cases are a key in other cases of its letters.
func cases(key string) []string {
	return []string{key, strings.ToUpper(key), strings.ToLower(key), strings.ToUpper(key[:11]) + strings.ToLower(key[11:])}
}

// In whatever spelling, the key goes, and what stands around it stays.
func TestEverySpellingIsRedacted(t *testing.T) {
	const before, after = "The server said: ", ", and no more of it."
	for _, key := range []string{letterKey, awkwardKey, testKey} {
		secret := newSecret(key)
		for _, spelled := range cases(key) {
			for name, form := range spellingsOf(spelled) {
				for _, text := range []string{before + form + after, form, before + form + after + form, before + form} {
					got := secret.redact(text)
					left := strings.NewReplacer(redacted, "", before, "", after, "").Replace(got)
					lost := strings.HasSuffix(text, after) && !strings.HasSuffix(got, after)
					if !strings.Contains(got, redacted) || len(left) > 40 || lost {
						t.Errorf("%s: %q became %q", name, text, got)
					}
				}
				document, _ := json.Marshal(map[string]any{"error": before + form, form: []any{1.5, form}})
				hidden := secret.redactJSON(string(document))
				if again := secret.redactJSON(hidden); !json.Valid([]byte(hidden)) || again != hidden || !strings.Contains(hidden, redacted) {
					t.Errorf("%s: %s became %s, then %s", name, document, hidden, again)
				}
			}
		}
	}
}

// Another key is none, in any spelling, and however close to it.
func TestNearlyTheKeyStays(t *testing.T) {
	secret := newSecret(letterKey)
	for i := 1; i < len(letterKey); i++ {
		other := letterKey[:i] + "z" + letterKey[i+1:]
		for name, form := range spellingsOf(other) {
			text := form + ". That is another one."
			if got := secret.redact(text); got != text {
				t.Errorf("%s: %q became %q", name, text, got)
			}
		}
	}
	for text, key := range map[string]string{"Hello from the sandbox.": "sandbox0key0for0rehearse", "The AB3DE6 is gone": letterKey,
		"aB3dE6gH9jK.": letterKey} {
		if got := newSecret(key).redact(text); got != text {
			t.Errorf("%q became %q", text, got)
		}
	}
	random := rand.New(rand.NewPCG(1, 2))
	for range 2000 {
		noise := make([]byte, 64)
		for i := range noise {
			noise[i] = byte(random.Uint32())
		}
		for _, text := range []string{string(noise), base64Of(string(noise)), hex.EncodeToString(noise)} {
			if got := secret.redact(text); got != text {
				t.Errorf("%q became %q", text, got)
			}
		}
	}
}

// A text of any length is looked through, in bounded memory.
func TestKeyInALongText(t *testing.T) {
	secret := newSecret(letterKey)
	for _, at := range []int{0, 14<<10 - 5, 14 << 10, 16<<10 - 12, 16 << 10, 1 << 20} {
		for _, form := range []string{strings.ToUpper(letterKey), each(letterKey, `\\u%04x`, ""), base64Of("~" + letterKey)} {
			text := strings.Repeat(". ", at/2) + form + strings.Repeat(" .", 20<<10)
			if got := secret.redact(text); strings.Count(got, redacted) != 1 || len(text)-len(got) < 10 {
				t.Errorf("at %d of %d bytes, %q is not redacted", at, len(text), form)
			}
		}
	}
}

// FuzzRedact: whatever stands around it, the key is not left in a text, and a text without a letter of it is left alone.
func FuzzRedact(f *testing.F) {
	for _, form := range spellingsOf(letterKey) {
		f.Add("Key ", form, byte(0))
	}
	f.Add("=", "%61", byte(3))
	secret := newSecret(letterKey)
	f.Fuzz(func(t *testing.T, before, after string, way byte) {
		forms := append(cases(letterKey), each(letterKey, "%%%02x", ""), each(letterKey, `\x%02x`, ""))
		form := forms[int(way)%len(forms)]
		got := secret.redact(before + form + after)
		if strings.Contains(strings.ToLower(got), strings.ToLower(letterKey)) || strings.Contains(got, form) {
			t.Fatalf("%q in %q", form, got)
		}
		if again := secret.redact(got); strings.Contains(strings.ToLower(again), strings.ToLower(letterKey)) {
			t.Fatalf("%q", again)
		}
		secret.redactJSON(before + form + after)
	})
}
