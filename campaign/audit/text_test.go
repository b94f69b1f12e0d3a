package audit

import (
	"testing"

	"kanal-campaign/campaign/message"
	"kanal-campaign/kanal"
)

// However a structure is laid out, the text that was read of it is found in it again, and an edited one is not.
func TestTextOfATemplateIsThatOfItsStructure(t *testing.T) {
	for _, structure := range []string{
		`{"header":{"type":"TEXT","text":"For {{1}}","variables":["name"]},"body":{"text":"Hi {{1}} and\r\n{{2}} é \"x\"",` +
			`"variables":["a","b"]},"footer":{"text":"STOP"}}`,
		`{"body":[{"type":"text","text":"Hi {{x}}"},{"type":"text","text":" more\u00a0{{y}} "}],"header":[],"buttons":[]}`,
		`[{"type":"HEADER","format":"TEXT","text":"T {{t}}"},{"type":"BODY","text":"B {{b}}"},{"type":"FOOTER","text":"F"}]`,
		`"{\"body\":\"B {{b}}\\nC\"}"`,
		`{"body":"{\"text\":\"Hi {{x}}\"}"}`,
		`{"header":{"type":"IMAGE","link":"{{photo}}"},"body":"Hi"}`,
		`{"body":{"variables":["x","y"]}}`, `{"body":5,"header":true}`, ``, `null`, `{"body":"cut`,
	} {
		read := kanal.ParseStructure(structure)
		a := auditor{message: message.TemplateMessage(read.WithVariables([]string{"v1", "v2"}))}
		if a.textDiffers() {
			t.Errorf("%s: read as %q, which is not found in it", structure, read.Body)
		}
		if a.message = message.TemplateMessage(read); a.textDiffers() {
			t.Errorf("%s: read as %q, which is not found in it", structure, read.Body)
		}
		if read.Body == "" {
			continue
		}
		read.Body += "!"
		if a.message = message.TemplateMessage(read); !a.textDiffers() {
			t.Errorf("%s: %q was taken for its text", structure, read.Body)
		}
	}
}
