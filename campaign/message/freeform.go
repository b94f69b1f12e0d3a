package message

import (
	"context"
	"net/url"
	"slices"
	"strings"
	"unicode"

	"kanal-campaign/campaign/problem"
	"kanal-campaign/campaign/record"
	"kanal-campaign/kanal"

	"kanal-campaign/campaign/text"
)

// Codes of problems with a free-form message and with what a row makes of it.
const (
	TypeUnknown    problem.Code = "type-unknown"
	TextMissing    problem.Code = "text-missing"
	LinkMissing    problem.Code = "link-missing"
	PartNotForType problem.Code = "part-not-for-type" // --text of an image, --link of a text
	CaptionIgnored problem.Code = "caption-ignored"   // warning: audio and document show none
	TextTooLong    problem.Code = "text-too-long"
	CaptionTooLong problem.Code = "caption-too-long"
	LinkInvalid    problem.Code = "link-invalid"
	LinkExtension  problem.Code = "link-extension" // warning: not the ending of a file of that type
	LinkPage       problem.Code = "link-page"      // warning: a page about a file, or a place that nobody else reaches
	BraceStray     problem.Code = "brace-stray"    // warning: {prenom} or prenom}}, which people would read
)

// What WhatsApp takes at the most in free-form messages, in characters.
const (
	textLimit    = 4096
	captionLimit = 1024
)

// FreeForm is a free-form message as a person words it. Text, Link and Caption may name columns: {{prenom}}.
type FreeForm struct {
	Type    string `json:"type"` // of kanal.MessageTypes
	Text    string `json:"text,omitempty"`
	Link    string `json:"link,omitempty"`
	Caption string `json:"caption,omitempty"`
}

// FreeFormMessage returns the message, or the errors in its wording.
func FreeFormMessage(f FreeForm) (Message, []problem.Problem) {
	if strings.TrimSpace(f.Caption) == "" {
		f.Caption = ""
	}
	c := freeContent{FreeForm: f}
	found := f.unfit()
	for _, part := range []struct {
		flag, text string
		into       *placeholders
	}{{"--text", f.Text, &c.text}, {"--link", f.Link, &c.link}, {"--caption", f.Caption, &c.caption}} {
		parsed, problems := parsePlaceholders(part.flag, part.text)
		*part.into = parsed
		found = append(found, problems...)
	}
	if len(found) > 0 {
		return Message{}, found
	}
	c.named = c.findFields()
	c.textPieces, c.linkPieces, c.captionPieces = c.text.pieces(c.named), c.link.pieces(c.named), c.caption.pieces(c.named)
	return Message{Kind: KindMessage, content: c}, nil
}

// unfit finds what the type lacks, and what it cannot have.
func (f FreeForm) unfit() []problem.Problem {
	report := func(code problem.Code, flag string) []problem.Problem {
		return []problem.Problem{{Code: code, Severity: problem.Error, Value: f.Type, Reason: flag}}
	}
	isText := f.Type == kanal.TypeText
	switch {
	case !slices.Contains(kanal.MessageTypes(), f.Type):
		return []problem.Problem{{Code: TypeUnknown, Severity: problem.Error, Value: f.Type, Names: kanal.MessageTypes()}}
	case isText && strings.TrimSpace(f.Text) == "":
		return report(TextMissing, "--text")
	case isText && f.Link != "":
		return report(PartNotForType, "--link")
	case isText && f.Caption != "":
		return report(PartNotForType, "--caption")
	case !isText && strings.TrimSpace(f.Link) == "":
		return report(LinkMissing, "--link")
	case !isText && f.Text != "":
		return report(PartNotForType, "--text")
	}
	return nil
}

// freeContent is a free-form message with its placeholders read.
type freeContent struct {
	FreeForm
	text, link, caption                   placeholders
	named                                 []Field
	textPieces, linkPieces, captionPieces pieces
}

func (c freeContent) of() string      { return c.Type }
func (c freeContent) title() string   { return c.Type }
func (c freeContent) fields() []Field { return c.named }

// findFields are the columns that the placeholders name, each once.
func (c freeContent) findFields() []Field {
	var fields []Field
	parts := []placeholders{c.text, c.link}
	if c.showsCaption() { // another one is not sent
		parts = append(parts, c.caption)
	}
	for _, part := range parts {
		for _, field := range part.fields {
			if !slices.ContainsFunc(fields, func(f Field) bool { return f.Name == field.Name }) {
				fields = append(fields, field)
			}
		}
	}
	return fields
}

// strayBrace matches what looks like a placeholder and is none: {prenom}, prenom}}.
var strayBrace = text.Pattern(`\{[\p{L}_][\p{L}\p{N}_ ]*\}|[\p{L}\p{N}_]*\}\}`)

// showsCaption reports whether WhatsApp shows a caption with this type (the API page).
func (c freeContent) showsCaption() bool {
	return c.Type == kanal.TypeImage || c.Type == kanal.TypeVideo
}

func (c freeContent) problems() []problem.Problem {
	var found []problem.Problem
	if c.Caption != "" && c.Type != kanal.TypeText && !c.showsCaption() {
		found = append(found, problem.Problem{Code: CaptionIgnored, Severity: problem.Warning, Value: c.Type, Reason: "--caption"})
	}
	for _, part := range []struct {
		flag string
		text placeholders
	}{{"--text", c.text}, {"--link", c.link}, {"--caption", c.caption}} {
		for _, literal := range part.text.literals {
			if stray := strayBrace().FindString(literal); stray != "" {
				found = append(found, problem.Problem{Code: BraceStray, Severity: problem.Warning, Value: problem.Cut(stray), Reason: part.flag})
			}
		}
	}
	if len(c.named) == 0 { // the same for every row: said once
		found = append(found, c.judgeRendered(nil)...)
		return found
	}
	if len(c.link.fields) == 0 && c.Type != kanal.TypeText {
		found = append(found, c.judgeLink(c.linkPieces.render(nil))...)
	}
	return found
}

func (c freeContent) judge(values []string) []problem.Problem {
	var found []problem.Problem
	for i, field := range c.named {
		if p, ok := judgeValue(field.Name, values[i]); ok {
			found = append(found, p)
		}
	}
	if len(c.named) == 0 || problem.HasError(found) {
		return found
	}
	rendered := c.judgeRendered(values)
	if len(c.link.fields) == 0 { // judged once, with the message
		rendered = slices.DeleteFunc(rendered, func(p problem.Problem) bool {
			return p.Code == LinkInvalid || p.Code == LinkExtension || p.Code == LinkPage
		})
	}
	return append(found, rendered...)
}

// judgeRendered looks at the texts and the link as they will be sent.
func (c freeContent) judgeRendered(values []string) []problem.Problem {
	var found []problem.Problem
	check := func(n int, code problem.Code, limit int) {
		if n > limit {
			found = append(found, problem.Problem{Code: code, Severity: problem.Error, Length: n, Limit: limit})
		}
	}
	if c.Type == kanal.TypeText {
		check(c.textPieces.characters(values), TextTooLong, textLimit)
		return found
	}
	if c.showsCaption() {
		check(c.captionPieces.characters(values), CaptionTooLong, captionLimit)
	}
	return append(found, c.judgeLink(c.linkPieces.render(values))...)
}

func (c freeContent) judgeLink(link string) []problem.Problem {
	parsed, err := url.Parse(link)
	if err != nil || parsed.Scheme != "https" && parsed.Scheme != "http" || parsed.Host == "" ||
		strings.ContainsFunc(link, func(r rune) bool { return unicode.IsSpace(r) || unicode.IsControl(r) }) {
		return []problem.Problem{{Code: LinkInvalid, Severity: problem.Error, Value: problem.Cut(link), Reason: "--link"}}
	}
	if isPage(parsed) {
		return []problem.Problem{{Code: LinkPage, Severity: problem.Warning, Value: problem.Cut(link), Reason: "--link"}}
	}
	if !slices.Contains(endings[c.Type], fileEnding(parsed)) {
		return []problem.Problem{{Code: LinkExtension, Severity: problem.Warning, Value: problem.Cut(link), Reason: c.Type,
			Names: endings[c.Type]}}
	}
	return nil
}

// endings are the file endings of what WhatsApp shows as each type.
var endings = map[string][]string{
	kanal.TypeImage:    {"jpg", "jpeg", "png"},
	kanal.TypeVideo:    {"mp4", "3gp"},
	kanal.TypeAudio:    {"mp3", "m4a", "aac", "amr", "ogg", "opus"},
	kanal.TypeDocument: {"pdf", "doc", "docx", "xls", "xlsx", "ppt", "pptx", "txt", "csv", "odt", "ods", "zip"},
}

func (c freeContent) preview(values []string) string {
	parts := c.parts(values)
	if c.Type == kanal.TypeText {
		return parts.Text
	}
	text := "[" + c.Type + " " + parts.Link + "]"
	if parts.Caption != "" {
		text += "\n" + parts.Caption
	}
	return text
}

func (c freeContent) length(values []string) int {
	if c.Type == kanal.TypeText {
		return c.textPieces.length(values)
	}
	n := len("[ ]") + len(c.Type) + c.linkPieces.length(values)
	if c.showsCaption() {
		if caption := c.captionPieces.length(values); caption > 0 {
			n += len("\n") + caption
		}
	}
	return n
}

func (c freeContent) skeleton() string {
	if c.Type == kanal.TypeText {
		return c.Text
	}
	return strings.TrimSpace("[" + c.Type + " " + c.Link + "]\n" + c.Caption)
}

// parts are what is sent to a row's person. A caption that the type does not show is not sent. A row that was forgotten has no
// values.
func (c freeContent) parts(values []string) (sent FreeForm) {
	if missing := len(c.named) - len(values); missing > 0 {
		values = append(slices.Clone(values), make([]string, missing)...)
	}
	if sent.Type = c.Type; c.Type == kanal.TypeText {
		sent.Text = c.textPieces.render(values)
		return sent
	}
	if sent.Link = c.linkPieces.render(values); c.Caption != "" && c.showsCaption() {
		sent.Caption = c.captionPieces.render(values)
	}
	return sent
}

func (c freeContent) keyFields(values []string) []Named {
	parts := c.parts(values)
	switch {
	case c.Type == kanal.TypeText:
		return []Named{{"text", parts.Text}}
	case c.Caption != "" && c.showsCaption():
		return []Named{{"caption", parts.Caption}, {"link", parts.Link}}
	}
	return []Named{{"link", parts.Link}}
}

func (c freeContent) send(ctx context.Context, by Messenger, row record.Row) (kanal.Receipt, error) {
	parts := c.parts(row.Values)
	return by.SendMessage(ctx, kanal.FreeMessage{
		To: row.Phone, Type: c.Type, Text: parts.Text, Link: parts.Link, Caption: parts.Caption,
	}, row.Key.String())
}
