// Package htmlreport draws a campaign's report: one HTML file that opens offline, can be mailed and printed, and loads
// nothing. What it says comes from screen.Overview; its words, like all others, in the catalogue: page.html names them.
package htmlreport

import (
	"bufio"
	"crypto/sha256"
	_ "embed"
	"encoding/base64"
	"html/template"
	"io"
	"iter"
	"strings"

	"kanal-campaign/campaign/outcome"
	"kanal-campaign/reports/screen"
	"kanal-campaign/reports/words"
)

//go:embed page.html
var pageText string

//go:embed page.css
var style string

//go:embed page.js
var script string

var page = template.Must(template.New("page").Funcs(template.FuncMap{
	"flags": flags, "statuses": func() []outcome.Status { return outcome.Statuses },
	"share": func(part, whole int) float64 { return 100 * float64(part) / float64(max(1, whole)) },
}).Parse(pageText))

// view is what the page shows beside the overview.
type view struct {
	*screen.Overview
	W        *words.Words  // the overview's
	Policy   string        // the Content-Security-Policy: nothing is loaded, and only what stands here runs
	Style    template.HTML // with its element, so that the bytes are those of the policy
	Script   template.HTML
	Chart    chart
	Rehearse bool
	Rows     iter.Seq[screen.Recipient]
}

// Render writes the report's HTML but for its doctype, in one pass over the recipients and in constant memory.
func Render(w io.Writer, overview *screen.Overview) error {
	var failed error
	v := view{
		Overview: overview,
		W:        overview.Words,
		Rehearse: overview.Mode == screen.Sandbox,
		Policy: "default-src 'none'; style-src " + hashOf(style) + "; script-src " + hashOf(script) +
			"; base-uri 'none'; form-action 'none'",
		Style:  template.HTML("<style>" + style + "</style>"),
		Script: template.HTML("<script>" + script + "</script>"),
		Chart:  chartOf(overview.Words, overview.Timeline),
		Rows: func(yield func(screen.Recipient) bool) {
			for recipient, err := range overview.Recipients {
				if err != nil {
					failed = err
					return
				}
				if !yield(recipient) {
					return
				}
			}
		},
	}
	buffered := bufio.NewWriterSize(w, 1<<16)
	if err := page.Execute(buffered, v); err != nil {
		return err
	}
	if failed != nil {
		return failed
	}
	return buffered.Flush()
}

// hashOf is how a policy names an inline style or script.
func hashOf(content string) string {
	sum := sha256.Sum256([]byte(content))
	return "'sha256-" + base64.StdEncoding.EncodeToString(sum[:]) + "'"
}

// flags are the parts of a run's flags, as they were noted, that stay together in a line as far as they fit into one.
func flags(noted string) []string {
	parts := strings.Split(noted, " --")
	for i := 1; i < len(parts); i++ {
		parts[i] = "--" + parts[i]
	}
	return parts
}
