package message

import (
	"context"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

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
	return Message{Kind: KindTemplate, content: templateContent{t}}
}

// templateContent is an approved template, whose variables are its fields.
type templateContent struct{ kanal.Template }

func (t templateContent) of() string    { return strconv.FormatInt(t.ID, 10) }
func (t templateContent) title() string { return t.Name }

func (t templateContent) fields() []Field {
	fields := make([]Field, len(t.Variables))
	for i, v := range t.Variables {
		fields[i] = Field{Name: v.Name, Media: v.Media, URL: v.In == kanal.InButton}
	}
	return fields
}

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
	for i, field := range t.fields() {
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
	named := t.keyFields(values)
	for _, text := range []struct {
		template string
		code     problem.Code
		limit    int
	}{{t.Header.Text, HeaderTooLong, headerLimit}, {t.Body, BodyTooLong, bodyLimit}} {
		if n := utf8.RuneCountInString(kanal.Render(text.template, named)); n > text.limit {
			found = append(found, problem.Problem{Code: text.code, Severity: problem.Error, Length: n, Limit: text.limit})
		}
	}
	return found
}

func (t templateContent) preview(values []string) string {
	text := kanal.Render(t.Body, t.keyFields(values))
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

func (t templateContent) keyFields(values []string) map[string]string {
	if len(values) == 0 {
		return nil
	}
	named := make(map[string]string, len(values))
	for i, v := range t.Variables {
		if i < len(values) {
			named[v.Name] = values[i]
		}
	}
	return named
}

func (t templateContent) send(ctx context.Context, by Messenger, row record.Row) (kanal.Receipt, error) {
	return by.SendTemplate(ctx, kanal.TemplateMessage{
		TemplateID:      t.ID,
		PhoneNumber:     row.Phone,
		Variables:       t.keyFields(row.Values),
		CleanForCountry: cleanForCountry(row.Phone),
		Name:            row.Name,
		Email:           row.Email,
	}, row.Key.String())
}
