package htmlreport

import (
	"bytes"
	"flag"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"kanal-campaign/campaign/message"
	"kanal-campaign/campaign/outcome"
	"kanal-campaign/campaign/record"
	"kanal-campaign/kanal"
	"kanal-campaign/reports/screen"
)

var update = flag.Bool("update", false, "rewrite the golden files")

// hostile is text that would become markup, a script, a template's action or a style wherever it is not taken as text.
const hostile = `"'><img src=x onerror=alert(1)><script>alert(2)</script></td></table>{{.Name}}</style>` +
	`<!-- & javascript:alert(3) http://evil.example/x` + "\x1b[2J\u202e"

// free is a rehearsal of a free-form message in which every text is hostile.
func hostileBook(t *testing.T) *book {
	t.Helper()
	msg, problems := message.FreeFormMessage(message.FreeForm{Type: kanal.TypeText,
		Text: "Bonjour {{prenom}}, \\{{ " + strings.NewReplacer("{{", "", "}}", "").Replace(hostile)})
	if len(problems) > 0 {
		t.Fatal(problems)
	}
	b := newBook(t)
	bad := planned(3, "33612345679", hostile)
	bad.Values = []string{hostile}
	b.publish(hostile, msg, record.Settings{NameColumn: hostile}, slices.Values([]record.Row{
		planned(2, "33612345678", hostile), bad, planned(4, "33612345680", "x"),
		invalid(5, wrong(message.ValueSheetError, hostile), wrong("phone-two", hostile))}))
	b.campaign.RebuiltFrom, b.campaign.Account, b.campaign.Title, b.campaign.File.Name = hostile, hostile, hostile, hostile
	b.must(b.l.Save(t.Context(), b.campaign))
	b.begin("send", "--text="+hostile, hostile, hostile)
	b.attempt(2, outcome.Answer{Kind: outcome.Accepted, MessageID: hostile, ContactID: hostile})
	b.attempt(3, refused(hostile, hostile, hostile))
	b.attempt(4, outcome.Answer{Kind: outcome.Doubt, Cause: "timeout", Text: hostile, Code: hostile})
	b.end(hostile)
	return b
}

// pages are those of the golden files, each drawn once.
var pages = map[string]func(t *testing.T) []byte{
	"finished.html": func(t *testing.T) []byte { masked, _ := finishedPages(t); return masked },
	"unmasked.html": func(t *testing.T) []byte { _, whole := finishedPages(t); return whole },
	"hostile.html": once(func(t *testing.T) []byte {
		return hostileBook(t).render(screen.OverviewOptions{Session: screen.Session{Mode: screen.Sandbox, Ledger: hostile}, Unmasked: true})
	}),
	"planned.html": once(func(t *testing.T) []byte {
		b := newBook(t)
		b.publish("planned", order(), record.Settings{}, slices.Values([]record.Row{planned(2, "33612345678", "")}))
		return b.render(screen.OverviewOptions{})
	}),
}

var masked, whole []byte

// finishedPages draws one campaign twice.
func finishedPages(t *testing.T) ([]byte, []byte) {
	if masked == nil {
		b := finished(t)
		masked, whole = b.render(screen.OverviewOptions{}), b.render(screen.OverviewOptions{Unmasked: true})
	}
	return masked, whole
}

func once(draw func(t *testing.T) []byte) func(t *testing.T) []byte {
	var page []byte
	return func(t *testing.T) []byte {
		if page == nil {
			page = draw(t)
		}
		return page
	}
}

var styleAndScript = regexp.MustCompile(`(?s)(<style>|<script>).*?(</style>|</script>)`)
var hash = regexp.MustCompile(`sha256-(?:[A-Za-z0-9+/=]|&#43;)+`)

func TestPages(t *testing.T) {
	for name, draw := range pages {
		t.Run(name, func(t *testing.T) {
			page := draw(t)
			checkStructure(t, page)
			got := hash.ReplaceAll(styleAndScript.ReplaceAll(page, []byte("$1…$2")), []byte("sha256-…"))
			path := filepath.Join("testdata", name)
			if *update {
				if err := os.WriteFile(path, got, 0o644); err != nil {
					t.Fatal(err)
				}
			}
			want, err := os.ReadFile(path)
			if err != nil {
				t.Fatal(err)
			}
			if !bytes.Equal(got, want) {
				t.Errorf("%s differs (go test -update rewrites it):\n%s", name, got)
			}
		})
	}
}
