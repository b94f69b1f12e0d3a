package cli

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"strconv"
	"strings"

	"kanal-campaign/campaign"
	"kanal-campaign/reports/screen"
)

// planWriter is where a screen goes that shows what is about to happen. --quiet leaves out what nobody is asked about, and
// never where messages go, nor a warning.
func (s *session) planWriter(asked bool) screen.Face {
	if s.quiet && (!asked || s.sandbox || s.yes) {
		return s.Err.Briefly()
	}
	return s.Err
}

// ask asks for a number to be typed. Where it is not, nobody has said yes: a *campaign.Refusal.
func (s *session) ask(ctx context.Context, n int, prompt string) error {
	s.dropTyped()
	fmt.Fprint(s.Err, prompt)
	typed, err := readLine(ctx, s.In)
	if errors.Is(err, errNothingTyped) {
		return &campaign.Refusal{Code: campaign.RefusedNothingTyped, Count: n}
	}
	if err != nil {
		return err
	}
	typed = strings.Map(func(c rune) rune { // as typed from the screen: 4,180 or 4 180
		if strings.ContainsRune(" ,.'\u00a0\u202f", c) {
			return -1
		}
		return c
	}, typed)
	if typed != strconv.Itoa(n) {
		return &campaign.Refusal{Code: campaign.RefusedNotTyped, Count: n}
	}
	return nil
}

// dropTyped forgets what was typed while no question stood there.
func (a *app) dropTyped() {
	if a.InTerminal && a.DropTyped != nil {
		a.DropTyped()
	}
}

// longestLine is how many bytes of an answer are read.
const longestLine = 4096

// errNothingTyped is the end of an input in which there is no answer.
var errNothingTyped = errors.New("nothing was typed")

// readLine reads a line, or ends with the context; errNothingTyped where there is none.
func readLine(ctx context.Context, in io.Reader) (string, error) {
	text, err := orEnd(ctx, func() (string, error) { return bufio.NewReader(io.LimitReader(in, longestLine)).ReadString('\n') })
	if text == "" && err != nil && ctx.Err() == nil {
		return "", errNothingTyped
	}
	if ctx.Err() != nil {
		return "", err
	}
	return strings.TrimSpace(text), nil
}

// readSecret reads a line without echo, or ends with the context.
func readSecret(ctx context.Context, read func() (string, error)) (string, error) {
	return orEnd(ctx, read)
}

// orEnd reads, but not beyond the context's end: a signal must not wait for the return key.
func orEnd(ctx context.Context, read func() (string, error)) (string, error) {
	type answer struct {
		text string
		err  error
	}
	answers := make(chan answer, 1)
	go func() {
		text, err := read()
		answers <- answer{text, err}
	}()
	select {
	case <-ctx.Done():
		return "", context.Cause(ctx)
	case a := <-answers:
		return a.text, a.err
	}
}
