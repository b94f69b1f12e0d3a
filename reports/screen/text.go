package screen

import (
	"strings"

	"kanal-campaign/campaign/record"
	"kanal-campaign/campaign/text"
	"kanal-campaign/reports/words"
)

// Mode says whether messages reach people. Every screen says it.
type Mode string

// The modes.
const (
	Live    Mode = "LIVE"
	Sandbox Mode = "SANDBOX"
)

// Name is how people read the mode. Programs read its value.
func (m Mode) Name(w *words.Words) string {
	if m == Sandbox {
		return w.ModeSandbox()
	}
	return w.ModeLive()
}

// style is that of the mode's name.
func (m Mode) style() style {
	if m == Sandbox {
		return styleSandbox
	}
	return styleLive
}

// Place is where a campaign's files of that mode are.
func (m Mode) Place(dir, campaign string) record.Place {
	return record.Place{Dir: dir, Campaign: campaign, Rehearsed: m == Sandbox}
}

// messageID is how a message's id reads wherever one is shown.
func messageID(id string, mode Mode) string { return record.MessageID(id, mode == Sandbox) }

// screenWidth is how many columns a screen uses. Only paths and commands that cannot be broken are longer.
const screenWidth = 80

// pad fills a clean text up with spaces to so many columns.
func pad(s string, columns int) string {
	return s + strings.Repeat(" ", max(0, columns-text.Columns(s)))
}

// padLeft is pad with the spaces in front.
func padLeft(s string, columns int) string {
	return strings.Repeat(" ", max(0, columns-text.Columns(s))) + s
}

// wrap breaks a clean text into lines of at most so many columns, at spaces; a longer word has a line of its own.
func wrap(text string, columns int) []string { return wrapWords(strings.Fields(text), columns) }

// wrapWords is wrap for words that may have spaces in them, where no line is to break.
func wrapWords(words []string, columns int) []string {
	var lines []string
	line, used := "", 0
	for _, word := range words {
		n := text.Columns(word)
		if line != "" && used+1+n > columns {
			lines = append(lines, line)
			line, used = "", 0
		}
		if line != "" {
			line += " "
			used++
		}
		line += word
		used += n
	}
	return append(lines, line)
}
