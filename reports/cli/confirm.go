package cli

import (
	"bufio"
	"context"
	"fmt"
	"strconv"
	"strings"

	"kanal-campaign/reports"
)

// confirm asks for the number of messages to be typed. A rehearsal asks nothing; without a terminal only --yes will do.
func (r *run) confirm(ctx context.Context, n int) error {
	r.record.Confirmed = n
	switch {
	case r.sandbox || r.yes:
		return nil
	case !r.InTerminal:
		return decide("Nothing was sent: there is no terminal to confirm on. Look at the above, then add --yes.")
	}
	fmt.Fprint(r.Err, reports.ConfirmPrompt(n))
	typed, err := readLine(ctx, r.In)
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
		return decide("Nothing was sent: %d was not typed.", n)
	}
	return nil
}

// readLine reads a line, or ends with the context: a signal must not wait for the return key.
func readLine(ctx context.Context, in interface{ Read([]byte) (int, error) }) (string, error) {
	type line struct {
		text string
		err  error
	}
	read := make(chan line, 1)
	go func() {
		text, err := bufio.NewReader(in).ReadString('\n')
		read <- line{text, err}
	}()
	select {
	case <-ctx.Done():
		return "", context.Cause(ctx)
	case l := <-read:
		if l.text != "" {
			l.err = nil
		}
		if l.err != nil {
			return "", decide("Nothing was sent: nothing was typed.")
		}
		return strings.TrimSpace(l.text), nil
	}
}
