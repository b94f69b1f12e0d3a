package cli_test

import (
	"html"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"kanal-campaign/kanal/sandbox"
)

var (
	pictureText = regexp.MustCompile(`<text x="[^"]*" y="([^"]*)"[^>]*>([^<]*)</text>`)
	colours     = regexp.MustCompile("\x1b\\[[0-9;]*m")
)

// pictureLines are the lines of a picture of the terminal, without their spaces: a picture places words by measure.
func pictureLines(t *testing.T, name string) (lines []string) {
	t.Helper()
	picture, err := os.ReadFile(filepath.Join("..", "..", "examples", "screens", name))
	if err != nil {
		t.Fatal(err)
	}
	at := ""
	for _, match := range pictureText.FindAllStringSubmatch(string(picture), -1) {
		if text := bare(html.UnescapeString(match[2])); match[1] == at {
			lines[len(lines)-1] += text
		} else {
			lines, at = append(lines, text), match[1]
		}
	}
	return lines
}

func bare(line string) string {
	return strings.Join(strings.Fields(colours.ReplaceAllString(line, "")), "")
}

// The README's pictures in which there is no clock show what the program prints, but for the command and where files are.
func TestPictures(t *testing.T) {
	w := newWorld(t, sandbox.Options{})
	messy, err := os.ReadFile(filepath.Join("..", "..", "examples", "messy.csv"))
	if err != nil {
		t.Fatal(err)
	}
	shown := map[string][]string{"check.svg": pictureLines(t, "check.svg"), "template.svg": pictureLines(t, "template.svg")}
	w.write("messy.csv", string(messy))
	t.Chdir(w.dir)
	for name, args := range map[string][]string{
		"check.svg":    {"check", "messy.csv", "--template", "welcome", "--country", "FR", "--sandbox"},
		"template.svg": {"templates", "promo_image", "--sandbox"},
	} {
		result := w.runOn(terminal{is: true}, args...)
		var printed []string
		for line := range strings.Lines(result.out + result.err) {
			printed = append(printed, bare(line))
		}
		if len(shown[name]) < 15 {
			t.Errorf("%s shows %q", name, shown[name])
		}
		for _, line := range shown[name] {
			if !strings.HasPrefix(line, "$") && !strings.Contains(line, "/home/marketing/") && !slices.Contains(printed, line) {
				t.Errorf("%s shows %q, which the program does not print", name, line)
			}
		}
	}
}
