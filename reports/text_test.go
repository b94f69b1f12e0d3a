package reports

import (
	"slices"
	"strings"
	"testing"
	"time"

	"kanal-campaign/campaign/ledger"
	"kanal-campaign/campaign/outcome"
)

// hostile does to a terminal what a cell must never do.
const hostile = "\x1b[2J\x1b]0;owned\x07Zo\u202eé\r\nline\x9b31m\u0085two\t\x00\u2066x\u009b5n\x1bP1;x\x1b\\end"

func TestClean(t *testing.T) {
	for in, want := range map[string]string{
		"Zoé, à bientôt ☕":                       "Zoé, à bientôt ☕",
		"a\r\nb\nc\rd":                           "a⏎b⏎c⏎d",
		"a\u2028b\u0085c":                        "a⏎b⏎c",
		"\x1b[31mred\x1b[0":                      "red0",
		"a\tb":                                   "a b",
		"\x1b]8;;http://x\x1b\\link\x1b]8;;\x07": "link",
		"bad\xff":                                "bad\uFFFD",
		"\u202egnp.exe":                          "gnp.exe",
		"del\x7f\x00end":                         "delend",
		"\x1b":                                   "",
		"👩‍👩‍👧 مرحبا":                            "👩‍👩‍👧 مرحبا",
	} {
		if got := Clean(in); got != want {
			t.Errorf("Clean(%q) = %q, want %q", in, got, want)
		}
	}
	if got := Clean(hostile); strings.ContainsAny(got, "\x1b\x07\x00\r\n\t\u202e\u2066\u009b") {
		t.Errorf("%q", got)
	}
}

// FuzzClean: nothing that comes out can steer a terminal, whatever goes in, and cleaning twice changes nothing.
func FuzzClean(f *testing.F) {
	f.Add(hostile)
	f.Add("\x1b\x1b[[AA")
	f.Fuzz(func(t *testing.T, s string) {
		got := Clean(s)
		for _, r := range got {
			if r < ' ' || r >= 0x7f && r < 0xa0 {
				t.Fatalf("Clean(%q) = %q", s, got)
			}
		}
		if Clean(got) != got {
			t.Fatalf("Clean is not stable on %q", s)
		}
	})
}

func TestFormats(t *testing.T) {
	for want, got := range map[string]string{
		"0": figure(0), "999": figure(999), "4,212": figure(4212), "1,000,000": figure(1000000), "-1,234": figure(-1234),
		"1 row": count(1, "row"), "2 people": count(2, "person|people"), "0 rows": count(0, "row"),
		"12 s": duration(12 * time.Second), "69 min 40 s": duration(4180 * time.Second), "45 min": duration(45 * time.Minute),
		"16 h 40 min": duration(1000 * time.Minute), "11 days 14 h": duration(278 * time.Hour),
		"22 hours": roughly(22 * time.Hour), "3 days": roughly(80 * time.Hour), "48 min": roughly(48*time.Minute + 10*time.Second),
		"Fri 20 Nov, 10:42 to 11:52 (CET)":             span(at(20, 10, 42), at(20, 10, 42).Add(4180*time.Second)),
		"Fri 20 Nov, 23:30 to Sat 21 Nov, 00:40 (CET)": span(at(20, 23, 30), at(21, 0, 40)),
		"Europe":            zone(time.Date(2026, 1, 1, 0, 0, 0, 0, time.FixedZone("World/Europe", 0))),
		"UTC+03":            zone(time.Date(2026, 1, 1, 0, 0, 0, 0, time.FixedZone("+03", 3*3600))),
		"a, b and c":        list([]string{"a", "b", "c"}),
		"3 Nov 2026":        stampDay("2026-11-03 10:00:00"),
		"":                  stampDay("yesterday"),
		"1,512 and 1,513":   rowNumbers([]ledger.Row{{Number: 1512}, {Number: 1513}}, 2),
		"3, 4 and 7 more":   rowNumbers([]ledger.Row{{Number: 3}, {Number: 4}}, 9),
		"'a\"b'":            argument(`a"b`),
		`"soldes d'été"`:    argument("soldes d'été"),
		"first_name=Prénom": argument("first_name=Prénom"),
		`""`:                argument(""),
		"Bonjour #N/A,":     wouldRead("Bonjour {{ first_name }}, votre {{order_id}}", "first_name", "#N/A"),
		"(#N/A)":            wouldRead("{{a}} votre ({{order_id}})", "order_id", "#N/A"),
	} {
		if got != want {
			t.Errorf("got %q, want %q", got, want)
		}
	}
	if n := columnsOf("日本é\u0301"); n != 5 {
		t.Errorf("%d columns", n)
	}
	if got := shorten("日本日本日本", 6); got != "日本…" {
		t.Errorf("%q", got)
	}
}

func TestCommandsBreakBeforeFlags(t *testing.T) {
	p := &page{}
	p.command(2, `kanal-campaign send "a file --with dashes.csv" --template order_confirmation --map "first_name=Nom du client" --country FR`)
	want := []string{`  kanal-campaign send "a file --with dashes.csv" --template order_confirmation \`, `    --map "first_name=Nom du client" --country FR`}
	if !slices.Equal(p.lines, want) {
		t.Errorf("%q", p.lines)
	}
}

func TestAttention(t *testing.T) {
	tallies := append(atTheEnd(), ledger.Tally{Status: outcome.Unknown, Gone: true, Rows: 7}, tally(outcome.Pending, "", "", 3))
	refused, doubt, invalid, pending := Attention(tallies)
	if refused != 41 || doubt != 0 || invalid != 19 || pending != 3 {
		t.Error(refused, doubt, invalid, pending)
	}
}

func TestTeamName(t *testing.T) {
	for info, want := range map[string]string{
		`{"team":{"name":"Maison Exemple"}}`:             "Maison Exemple",
		`{"data":{"team":{"name":"Maison"}},"name":"x"}`: "Maison",
		`{"team":"Maison"}`:                              "Maison",
		`{"name":"Zoé"}`:                                 "Zoé",
		`[1]`:                                            "",
		`{}`:                                             "",
		`<html>`:                                         "",
	} {
		if got := TeamName([]byte(info)); got != want {
			t.Errorf("%s: %q, want %q", info, got, want)
		}
	}
}
