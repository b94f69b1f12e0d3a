package screen

import (
	"strings"

	"kanal-campaign/campaign/message"
	"kanal-campaign/campaign/plan"
	"kanal-campaign/campaign/record"
	"kanal-campaign/campaign/text"
)

// mostPreviewLines bounds a message that is shown in full.
const mostPreviewLines = 12

// showMessage shows one row's message as its recipient reads it. heading says which row it is.
func showMessage(p *page, at int, m message.Message, row *record.Row, heading func(row string) string) {
	if row == nil {
		return
	}
	p.text(at, heading(p.RowNumber(row.Number)))
	var lines []string
	for _, paragraph := range strings.Split(m.Preview(row.Values), "\n") {
		lines = append(lines, wrap(text.Clean(paragraph), screenWidth-at-2)...)
	}
	for i, line := range lines {
		if i == mostPreviewLines {
			p.line(strings.Repeat(" ", at), "| …")
			return
		}
		p.line(strings.Repeat(" ", at), "| ", line)
	}
}

// firstPreviews is on how many lines the first message is shown.
const firstPreviews = 3

// previewWidth is how wide the messages on lines with a row's label are, for labels up to that of a row.
func previewWidth(p *page, longest func(row string) string) int {
	return p.width - confirmAt - len("| ") - text.Columns(" "+longest("0123456789"))
}

// showPreviews shows the first message of a file whole where three lines hold it, and of the longest and one more what a
// line holds.
func showPreviews(p *page, m message.Message, r *plan.Report) {
	if r == nil || r.First == nil {
		return
	}
	if m.Kind == message.KindMessage { // nobody has approved its words: they are read whole
		showMessage(p, confirmAt, m, r.First, p.PreviewFirst)
		return
	}
	width := previewWidth(p, p.PreviewRowLongest)
	if media := m.Media(r.First.Values); media != "" {
		for _, line := range pieces(text.Clean(media), p.width-confirmAt-2) {
			p.line(strings.Repeat(" ", confirmAt), "| ", line)
		}
	}
	showPreview(p, m, *r.First, p.PreviewRowFirst, width, firstPreviews)
	if r.Longest != nil && r.Longest.Number != r.First.Number {
		showPreview(p, m, *r.Longest, p.PreviewRowLongest, width, 1)
	}
	if r.Random != nil {
		showPreview(p, m, *r.Random, p.PreviewRowRandom, width, 1)
	}
}

// showPreview shows one row's message without its image, on so many lines at the most, and beside it which row it is.
func showPreview(p *page, m message.Message, row record.Row, label func(row string) string, width, most int) {
	text := strings.TrimPrefix(m.Preview(row.Values), m.Media(row.Values)+"\n")
	beside := " " + label(p.RowNumber(row.Number))
	for _, line := range firstLines(oneLine(text), width, most) {
		p.line(strings.Repeat(" ", confirmAt), "| ", pad(line, width), beside)
		beside = ""
	}
}

// firstLines breaks a clean text into lines, of which the last ends in an ellipsis where there would be more.
func firstLines(shown string, width, most int) (lines []string) {
	for most > 1 && text.Columns(shown) > width {
		line := wrap(shown, width)[0]
		line = pieces(line, width)[0] // a word, such as an address, may be longer than a line
		lines, most = append(lines, line), most-1
		shown = strings.TrimSpace(strings.TrimPrefix(strings.Join(strings.Fields(shown), " "), line))
	}
	return append(lines, text.Shorten(shown, width))
}
