package cli_test

import (
	"html"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"testing/synctest"

	"kanal-campaign/kanal/sandbox"
)

var (
	pictureText = regexp.MustCompile(`<text x="[^"]*" y="([^"]*)"[^>]*>([^<]*)</text>`)
	// The command, its flags on lines of their own, folders and times, and what of the screen is left out.
	pictureOwn = regexp.MustCompile(`^\$|^--|^…$|/home/marketing/|^\d+\.\d+\.log$|^\(started`)
	colours    = regexp.MustCompile("\x1b\\[[0-9;]*m")
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
		w.runOn(terminal{is: true}, args...).pictured(t, name, shown[name])
	}
}

// The picture of a campaign's end is a rehearsal of examples/novembre.csv, whose doubts take half a minute: what became of
// its rows is held against a campaign in virtual time, and how a rehearsal ends against one without doubts.
func TestPictureOfTheEnd(t *testing.T) {
	shown := pictureLines(t, "finished.svg")
	novembre, err := os.ReadFile(filepath.Join("..", "..", "examples", "novembre.csv"))
	if err != nil {
		t.Fatal(err)
	}
	w := newWorld(t, sandbox.Options{})
	ended := w.runOn(terminal{is: true}, "send", w.write("novembre.csv", people(10)), "--template", "welcome", "--country", "FR",
		"--sandbox", "--rate", "6000").want(t, 0)
	synctest.Test(t, func(t *testing.T) {
		v := newVirtual(t)
		doubted := v.runOn(terminal{is: true}, "send", v.write("novembre.csv", string(novembre)), "--template", "welcome",
			"--country", "FR", "--yes", "--send-window", "none").want(t, 3)
		ended.out += strings.ReplaceAll(doubted.out+doubted.err, " --unknown", " --unknown --sandbox")
		ended.out = strings.ReplaceAll(ended.out, "--cause 131049", "--cause 131049 --sandbox")
	})
	ended.pictured(t, "finished.svg", shown)
}

// pictured looks for every line of a picture but commands, folders and times, in what was printed.
func (r result) pictured(t *testing.T, name string, shown []string) {
	t.Helper()
	var printed []string
	for line := range strings.Lines(r.out + r.err) {
		printed = append(printed, bare(line))
	}
	if len(shown) < 15 {
		t.Errorf("%s shows %q", name, shown)
	}
	for _, line := range shown {
		if !pictureOwn.MatchString(line) && !slices.Contains(printed, line) {
			t.Errorf("%s shows %q, which the program does not print", name, line)
		}
	}
}
