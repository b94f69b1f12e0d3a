package screen

import (
	"strings"

	"kanal-campaign/campaign/text"
	"kanal-campaign/kanal"
	"kanal-campaign/reports/words"
)

// bubbleColumns is the width of a message's inside: about what stands on a line of a telephone.
const bubbleColumns = 44

// showBubble draws a template as it reads on the telephone, its variables in their places. What a button does stands
// below, since nobody sees it before a touch.
func showBubble(p *page, t kanal.Template) {
	b := bubble{p}
	b.edge()
	if name := headerName(p.Words, t.Header.Format); name != "" {
		b.header(name, t.Header)
	} else if t.Header.Text != "" {
		b.text(t.Header.Text)
		b.text("")
	}
	b.text(t.Body)
	if t.Footer != "" {
		b.text("")
		b.text(t.Footer)
	}
	for _, button := range t.Buttons {
		b.edge()
		b.centred(text.Clean(button.Text))
	}
	b.edge()
	showButtons(p, t.Buttons)
}

// headerName names what a message begins with in place of a text; "" for a text or nothing.
func headerName(w *words.Words, format string) string {
	switch format {
	case "", kanal.FormatText:
		return ""
	}
	return w.Media(text.Clean(format))
}

type bubble struct{ p *page }

func (b bubble) edge() { b.p.line("  +", strings.Repeat("-", bubbleColumns+2), "+") }

func (b bubble) line(text string) {
	b.p.line("  | ", pad(text, bubbleColumns), " |")
	b.p.paintPlaceholders()
}

// text writes a text with its own line breaks. A word that is longer than a line, such as an address, goes on in the next.
func (b bubble) text(shown string) {
	for _, paragraph := range strings.Split(shown, "\n") {
		for _, line := range wrapWords(placeholderWords(text.Clean(paragraph)), bubbleColumns) {
			for _, part := range pieces(line, bubbleColumns) {
				b.line(part)
			}
		}
	}
}

func (b bubble) centred(shown string) {
	shown = text.Shorten(shown, bubbleColumns)
	b.line(strings.Repeat(" ", (bubbleColumns-text.Columns(shown))/2) + shown)
}

// header draws the place of an image, a video, a document or a map.
func (b bubble) header(name string, h kanal.Header) {
	b.line("")
	b.centred("[ " + name + " ]")
	for _, variable := range h.Variables {
		b.centred("{{" + text.Clean(variable) + "}}")
	}
	if h.Text != "" {
		b.centred(oneLine(h.Text))
	}
	b.line("")
	b.edge()
}

// placeholderWords splits a text at the spaces outside of {{placeholders}}, which stay whole.
func placeholderWords(text string) []string {
	var words []string
	for _, word := range strings.Fields(text) {
		if n := len(words); n > 0 && strings.Count(words[n-1], "{{") > strings.Count(words[n-1], "}}") {
			words[n-1] += " " + word
			continue
		}
		words = append(words, word)
	}
	return words
}

// pieces cuts a clean text into parts of so many columns.
func pieces(shown string, columns int) []string {
	var parts []string
	used, start := 0, 0
	for i, r := range shown {
		if n := text.RuneColumns(r); used+n > columns {
			parts = append(parts, shown[start:i])
			start, used = i, n
		} else {
			used += n
		}
	}
	return append(parts, shown[start:])
}

// showButtons says what each button does when it is touched.
func showButtons(p *page, buttons []kanal.Button) {
	if len(buttons) == 0 {
		return
	}
	p.gap()
	label, at := p.Buttons(), templateAt(p.Words)
	for _, button := range buttons {
		for _, line := range wrap(buttonText(p.Words, button), screenWidth-at) {
			for _, piece := range pieces(line, screenWidth-at) {
				p.line(pad(label, at), piece)
				p.paintPlaceholders()
				label = ""
			}
		}
	}
}

// buttonText says what a button does. The end of a dynamic address is the row's.
func buttonText(w *words.Words, b kanal.Button) string {
	name := w.InQuotes(b.Text)
	switch {
	case b.Type == "QUICK_REPLY":
		return w.ButtonAnswers(name)
	case b.Phone != "":
		return w.ButtonCalls(name, text.Clean(b.Phone))
	case b.Type == "PHONE_NUMBER":
		return w.ButtonCallsANumber(name)
	case buttonURL(b) != "":
		return w.ButtonOpens(name, buttonURL(b))
	case b.Variable != "":
		return w.ButtonOpensOwn(name, "{{"+text.Clean(b.Variable)+"}}")
	case b.Type == "COPY_CODE", b.Type == "OTP":
		return w.ButtonCopies(name)
	case b.Type == "":
		return w.ButtonUnclear(name)
	}
	return name + " (" + strings.ToLower(strings.ReplaceAll(text.Clean(b.Type), "_", " ")) + ")"
}

// buttonURL is the address with the variable in its place; "" where there is no address.
func buttonURL(b kanal.Button) string {
	url := text.Clean(b.URL)
	if url == "" || b.Variable == "" {
		return url
	}
	variable := "{{" + text.Clean(b.Variable) + "}}"
	shown := kanal.Placeholders(b.URL)
	if len(shown) == 0 {
		return url + variable
	}
	return kanal.Render(url, map[string]string{shown[0]: variable})
}
