package cli_test

import (
	"bytes"
	"os"
	"regexp"
	"strings"
	"testing"

	"kanal-campaign/kanal/sandbox"
	"kanal-campaign/reports/cli"
)

// interrupting is a terminal whose user interrupts as soon as a text appears.
type interrupting struct {
	on      string
	signals chan os.Signal
	text    bytes.Buffer
	once    bool
}

func (w *interrupting) Write(p []byte) (int, error) {
	if strings.Contains(string(p), w.on) && !w.once {
		w.once = true
		w.signals <- os.Interrupt
	}
	return w.text.Write(p)
}

// Whoever waits for a large file sees how far it is, and a terminal that is clean afterwards.
func TestReadingShowsOnATerminal(t *testing.T) {
	t.Parallel()
	w := newWorld(t, sandbox.Options{})
	path := w.write("big.csv", "phone,prenom,code\n"+strings.Repeat("0612345678,Zoé,A\n", 400_000))
	screen := &interrupting{on: "Reading big.csv: ", signals: make(chan os.Signal, 1)}
	code := cli.Run(t.Context(), cli.Env{Args: []string{"check", path, "--template", "welcome", "--country", "FR"}, In: strings.NewReader(""),
		Out: &sharedBuffer{}, Err: screen, Getenv: func(name string) string { return w.env[name] }, Home: w.dir, GOOS: "linux",
		Signals: screen.signals, InTerminal: true, OutTerminal: true, ErrTerminal: true, Width: 80})
	shown := regexp.MustCompile(`^(\r\x1b\[JReading big\.csv(?:…|: [\d,]+ rows so far)\r)+\r\x1b\[J\nInterrupted\. Nothing was sent\.\n$`)
	if code != 130 || !shown.Match(screen.text.Bytes()) {
		t.Errorf("exit code %d, %q", code, screen.text.String())
	}
}
