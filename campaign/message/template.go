package message

import (
	"context"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"kanal-campaign/campaign/problem"
	"kanal-campaign/campaign/record"
	"kanal-campaign/kanal"
)

// Codes of problems with a template itself.
const (
	VariablesUncertain problem.Code = "variables-uncertain"  // its variables cannot be read for certain
	MediaHeaderNoLink  problem.Code = "media-header-no-link" // a media header for which no variable is declared
)

// TemplateMessage returns the message that an approved template is.
func TemplateMessage(t kanal.Template) Message {
	content := templateContent{Template: t, id: strconv.FormatInt(t.ID, 10)}
	names := make([]string, len(t.Variables))
	for i, v := range t.Variables {
		names[i] = v.Name
		content.named = append(content.named, Field{Name: v.Name, Media: v.Media, URL: v.In == kanal.InButton})
	}
	content.keyOrder = inOrderOfNames(names)
	content.header, content.body = piecesOf(t.Header.Text, names), piecesOf(t.Body, names)
	return Message{Kind: KindTemplate, content: content}
}

// templateContent is an approved template, whose variables are its fields.
type templateContent struct {
	kanal.Template
	id           string
	named        []Field
	keyOrder     []int // of named
	header, body pieces
}

func (t templateContent) of() string      { return t.id }
func (t templateContent) title() string   { return t.Name }
func (t templateContent) fields() []Field { return t.named }

func (t templateContent) problems() []problem.Problem {
	var found []problem.Problem
	if !t.Certain {
		var names []string
		for _, v := range t.Variables {
			names = append(names, v.Name)
		}
		uncertain := problem.Problem{Code: VariablesUncertain, Severity: problem.Error, Value: t.Name, Names: names}
		if len(t.Doubts) > 0 {
			uncertain.Doubt = &t.Doubts[0]
		}
		found = append(found, uncertain)
	}
	switch t.Header.Format {
	case kanal.FormatImage, kanal.FormatVideo, kanal.FormatDocument:
		if !slices.ContainsFunc(t.Variables, func(v kanal.Variable) bool { return v.Media }) {
			found = append(found, problem.Problem{Code: MediaHeaderNoLink, Severity: problem.Error, Value: t.Name,
				Reason: t.Header.Format})
		}
	}
	return found
}

func (t templateContent) judge(values []string) []problem.Problem {
	var found []problem.Problem
	for i, field := range t.named {
		if p, ok := t.judgeValue(field, values[i]); ok {
			found = append(found, p)
		}
	}
	if len(found) > 0 {
		return found
	}
	return t.judgeLengths(values)
}

func (t templateContent) judgeValue(field Field, value string) (problem.Problem, bool) {
	embarrassing, found := judgeValue(field.Name, value)
	if found && embarrassing.Severity == problem.Error {
		return embarrassing, true
	}
	report := func(code problem.Code, fix string) (problem.Problem, bool) {
		return problem.Problem{Code: code, Severity: problem.Error, Variable: field.Name, Value: problem.Cut(value), Fix: fix}, true
	}
	switch {
	case field.Media && !isHTTPS(value):
		return report(ValueMediaLink, "")
	case field.URL && !t.makesURL(field.Name, value):
		return report(ValueURL, "")
	case brokenWhitespace(value):
		return report(ValueWhitespace, OneLine(value))
	case field.Media && !found:
		return t.judgeFile(field, value)
	}
	return embarrassing, found
}

// judgeFile warns of a link in the header that does not look like a file of its type. Many links of files have no ending.
func (t templateContent) judgeFile(field Field, link string) (problem.Problem, bool) {
	parsed, err := url.Parse(link)
	if err != nil {
		return problem.Problem{}, false
	}
	warning := problem.Problem{Code: LinkPage, Severity: problem.Warning, Variable: field.Name, Value: problem.Cut(link)}
	if isPage(parsed) {
		return warning, true
	}
	kind := strings.ToLower(t.Header.Format)
	ending := fileEnding(parsed)
	if wanted := endings[kind]; wanted != nil && foreignEnding(ending) && !slices.Contains(wanted, ending) {
		warning.Code, warning.Reason, warning.Names = LinkExtension, kind, wanted
		return warning, true
	}
	return problem.Problem{}, false
}

// judgeLengths looks at the rendered texts, as far as the template tells them.
func (t templateContent) judgeLengths(values []string) []problem.Problem {
	var found []problem.Problem
	for _, text := range [...]struct {
		pieces
		code  problem.Code
		limit int
	}{{t.header, HeaderTooLong, headerLimit}, {t.body, BodyTooLong, bodyLimit}} {
		if n := text.characters(values); n > text.limit {
			found = append(found, problem.Problem{Code: text.code, Severity: problem.Error, Length: n, Limit: text.limit})
		}
	}
	return found
}

func (t templateContent) preview(values []string) string {
	text := kanal.Render(t.Body, t.byName(values))
	if media := t.media(values); media != "" {
		text = media + "\n" + text
	}
	return text
}

// media is the row's image, video or document in the header; "" for none.
func (t templateContent) media(values []string) string {
	for i, v := range t.Variables {
		if v.Media && i < len(values) {
			return "[" + strings.ToLower(t.Header.Format) + " " + values[i] + "]"
		}
	}
	return ""
}
func (t templateContent) skeleton() string { return t.Body }

func (t templateContent) length(values []string) int {
	n := t.body.length(values)
	if media := t.media(values); media != "" {
		n += len(media) + len("\n")
	}
	return n
}

func (t templateContent) keyFields(values []string) []Named {
	fields := make([]Named, 0, len(t.keyOrder))
	for _, i := range t.keyOrder {
		if i < len(values) {
			fields = append(fields, Named{t.named[i].Name, values[i]})
		}
	}
	return fields
}

// byName are the values as Kanal takes them.
func (t templateContent) byName(values []string) map[string]string {
	if len(values) == 0 {
		return nil
	}
	named := make(map[string]string, len(values))
	for _, field := range t.keyFields(values) {
		named[field.Name] = field.Value
	}
	return named
}

func (t templateContent) send(ctx context.Context, by Messenger, row record.Row) (kanal.Receipt, error) {
	return by.SendTemplate(ctx, kanal.TemplateMessage{
		TemplateID:      t.ID,
		PhoneNumber:     row.Phone,
		Variables:       t.byName(row.Values),
		CleanForCountry: cleanForCountry(row.Phone),
		Name:            row.Name,
		Email:           row.Email,
	}, row.Key.String())
}
