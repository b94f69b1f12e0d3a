package audit

import (
	"encoding/json"
	"strings"

	"kanal-campaign/campaign/text"
)

// textDiffers holds a template's frozen text against its structure as Kanal gave it. What stands between placeholders is
// compared, which no version of this program has ever read otherwise.
func (a *auditor) textDiffers() bool {
	t, is := a.message.Template()
	var document any
	if !is || json.Unmarshal([]byte(t.Structure), &document) != nil {
		return false
	}
	given := strings.Join(stringsIn(document), "\n")
	for _, text := range []string{t.Header.Text, t.Body, t.Footer} {
		for _, part := range betweenPlaceholders().Split(text, -1) {
			if part = strings.TrimSpace(part); !strings.Contains(given, part) {
				return true
			}
		}
	}
	return false
}

// betweenPlaceholders matches what parts a text, and the line breaks that may have joined its parts.
var betweenPlaceholders = text.Pattern(`\{\{[^{}]*\}\}|[\r\n]+`)

// stringsIn are all texts of a document; a document may stand in a text.
func stringsIn(document any) (found []string) {
	switch part := document.(type) {
	case string:
		var inner any
		if json.Unmarshal([]byte(part), &inner) == nil {
			found = stringsIn(inner)
		}
		return append(found, part)
	case []any:
		for _, one := range part {
			found = append(found, stringsIn(one)...)
		}
	case map[string]any:
		for _, one := range part {
			found = append(found, stringsIn(one)...)
		}
	}
	return found
}
