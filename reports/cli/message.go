package cli

import (
	"context"
	"strings"
	"unicode/utf8"

	"kanal-campaign/campaign"
	"kanal-campaign/campaign/message"
	"kanal-campaign/campaign/regular"
	"kanal-campaign/campaign/text"
	"kanal-campaign/reports/screen"
)

// messageOptions are the flags that say what is sent: a template, or a free-form message.
type messageOptions struct {
	template  string
	variables []string

	kind     string
	text     string
	textFile string
	fileText string // of textFile, which may be a pipe: it is read once
	link     string
	caption  string
}

func (o *messageOptions) freeForm() bool {
	return o.kind != "" || o.text != "" || o.textFile != "" || o.link != "" || o.caption != ""
}

// linkAlone is the link, where nothing else speaks of a free-form message.
func (o *messageOptions) linkAlone() string {
	if other := (messageOptions{kind: o.kind, text: o.text, textFile: o.textFile, caption: o.caption}); other.freeForm() {
		return ""
	}
	return o.link
}

// messageAsked is the message that the flags name.
func (o *messageOptions) messageAsked(ctx context.Context, f screen.Face) (campaign.MessageAsked, error) {
	switch {
	case o.template != "" && o.freeForm():
		return campaign.MessageAsked{}, misuse(f.MessageTwo(o.linkAlone()))
	case !o.freeForm():
		return campaign.MessageAsked{Template: o.template, Variables: o.variables}, nil
	case o.kind == "":
		return campaign.MessageAsked{}, misuse(f.MessageTypeMissing())
	case o.textFile != "" && o.text != "":
		return campaign.MessageAsked{}, misuse(f.MessageTextTwice())
	}
	asked := campaign.MessageAsked{FreeForm: &message.FreeForm{Type: o.kind, Text: o.text, Link: o.link, Caption: o.caption},
		TextFile: o.textFile}
	if o.textFile == "" {
		return asked, nil
	}
	if o.fileText == "" {
		var err error
		if o.fileText, err = readText(ctx, f, o.textFile); err != nil {
			return asked, err
		}
	}
	asked.FreeForm.Text = o.fileText
	return asked, nil
}

// textFileLimit is far more than any message may hold.
const textFileLimit = 1 << 20

// readText reads a text as people save one: without the byte order mark in front, with LF at the ends of lines, and
// without the line end that editors put last.
func readText(ctx context.Context, f screen.Face, path string) (string, error) {
	content, err := regular.ReadSmall(ctx, path, textFileLimit)
	if ctx.Err() != nil {
		return "", err
	}
	if err != nil {
		return "", failed(f.MessageTextUnreadable(f.Path(path), text.Clean(screen.RootCause(f.Words, err).Error())))
	}
	if !utf8.Valid(content) {
		return "", failed(f.MessageTextNotUtf8(f.Path(path)))
	}
	text := strings.ReplaceAll(strings.TrimPrefix(string(content), "\ufeff"), "\r\n", "\n")
	if text = strings.TrimSuffix(text, "\n"); text == "" {
		return "", misuse(f.MessageTextEmpty(f.Path(path)))
	}
	return text, nil
}
