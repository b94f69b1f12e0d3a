// Package htmlreport draws a campaign's report: one HTML file that opens offline, can be mailed and printed, and loads
// nothing. What it says comes from reports.Overview; its fixed words stand in page.html.
package htmlreport

import (
	"bufio"
	"context"
	"crypto/sha256"
	_ "embed"
	"encoding/base64"
	"html/template"
	"io"
	"iter"
	"strings"

	"kanal-campaign/campaign"
	"kanal-campaign/campaign/ledger"
	"kanal-campaign/campaign/record"
	"kanal-campaign/reports"
)

//go:embed page.html
var pageText string

//go:embed page.css
var style string

//go:embed page.js
var script string

var page = template.Must(template.New("page").Funcs(template.FuncMap{
	"figure": reports.Figure, "rows": reports.Rows, "stamp": reports.Stamp, "day": reports.Day,
	"units": units, "words": strings.Fields, "flag": func(word string) bool { return strings.HasPrefix(word, "--") },
	"share": func(part, whole int) float64 { return 100 * float64(part) / float64(max(1, whole)) },
}).Parse(pageText))

// view is what the page shows beside the overview.
type view struct {
	*reports.Overview
	Policy string        // the Content-Security-Policy: nothing is loaded, and only what stands here runs
	Style  template.HTML // with its element, so that the bytes are those of the policy
	Script template.HTML
	Chart  chart
	Rows   iter.Seq[reports.Recipient]
}

// Write writes the campaign's report into its OutDir, in place of an earlier one. See record.Source.
func Write(ctx context.Context, f reports.Face, l *ledger.Ledger, c record.Campaign, o reports.OverviewOptions) (record.File, error) {
	return campaign.SourceOf(ctx, l, c, o.Mode == reports.Sandbox).WriteReport(ctx, func(w io.Writer) error {
		overview, err := reports.NewOverview(ctx, f, l, c, o)
		if err != nil {
			return err
		}
		return Render(w, overview)
	})
}

// Render writes the report's HTML but for its doctype, in one pass over the recipients and in constant memory.
func Render(w io.Writer, overview *reports.Overview) error {
	var failed error
	v := view{
		Overview: overview,
		Policy: "default-src 'none'; style-src " + hashOf(style) + "; script-src " + hashOf(script) +
			"; base-uri 'none'; form-action 'none'",
		Style:  template.HTML("<style>" + style + "</style>"),
		Script: template.HTML("<script>" + script + "</script>"),
		Chart:  chartOf(overview.Timeline),
		Rows: func(yield func(reports.Recipient) bool) {
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

// units are the parts of a command that stay together in a line as far as they fit into one: it is broken before its flags.
func units(command string) []string {
	parts := strings.Split(command, " --")
	for i := 1; i < len(parts); i++ {
		parts[i] = "--" + parts[i]
	}
	return parts
}
