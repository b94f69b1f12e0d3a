package screen

import (
	"bytes"
	"regexp"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"kanal-campaign/campaign"
	"kanal-campaign/campaign/outcome"
	"kanal-campaign/campaign/sending"
	"kanal-campaign/campaign/text"
)

// terminal records what is written, and what a terminal of two or more lines would show of it.
type terminal struct {
	settle func() // waits until all that was told is drawn; nil outside of bubbles
	mu     sync.Mutex
	all    bytes.Buffer
}

func (t *terminal) Write(text []byte) (int, error) {
	t.mu.Lock()
	defer t.mu.Unlock()
	return t.all.Write(text)
}

func (t *terminal) String() string {
	if t.settle != nil {
		t.settle()
	}
	t.mu.Lock()
	defer t.mu.Unlock()
	return t.all.String()
}

// visible plays the three control sequences that Progress uses and returns the lines on the screen.
func (t *terminal) visible() []string {
	lines, y := []string{""}, 0
	text := t.String()
	for text != "" {
		switch {
		case strings.HasPrefix(text, eraseBelow):
			lines, text = append(lines[:y], ""), text[len(eraseBelow):]
		case strings.HasPrefix(text, lineUp):
			y, text = y-1, text[len(lineUp):]
		case text[0] == '\r':
			text = text[1:]
		case text[0] == '\n':
			if y++; y == len(lines) {
				lines = append(lines, "")
			}
			text = text[1:]
		default:
			end := strings.IndexAny(text, "\r\n\x1b")
			if end < 0 {
				end = len(text)
			}
			lines[y] += text[:end]
			text = text[end:]
		}
	}
	return lines
}

func halfDone() sending.Progress {
	return sending.Progress{
		Counts: map[outcome.Status]int{outcome.Sent: 1298, outcome.Rejected: 14, outcome.Pending: 2868, outcome.Skipped: 13},
		Total:  4180, Left: 2868,
	}
}

// onTerminal runs work with a display in a bubble whose clock starts at 11:04:12 UTC.
func onTerminal(t *testing.T, opts ProgressOptions, work func(*Progress, *terminal)) {
	t.Helper()
	synctest.Test(t, func(t *testing.T) {
		time.Sleep(11*time.Hour + 4*time.Minute + 12*time.Second) // a bubble begins at midnight UTC
		out := &terminal{settle: synctest.Wait}
		opts.Mode, opts.Campaign, opts.Rate = Live, "novembre", 60
		p := NewProgress(Plain(out), opts)
		defer p.Close()
		work(p, out)
	})
}

func TestProgressOnATerminal(t *testing.T) {
	onTerminal(t, ProgressOptions{Terminal: true, Width: 80}, func(p *Progress, out *terminal) {
		if out.String() != "" {
			t.Errorf("shown before anything is known: %q", out)
		}
		p.Update(halfDone())
		lines := out.visible()
		bar := regexp.MustCompile(`^novembre  LIVE  \[=+> +\] 1,312 of 4,180  31\.4%  48 min left, until \d\d:\d\d$`)
		if len(lines) != 2 || !bar.MatchString(lines[0]) {
			t.Errorf("%q", lines)
		}
		if lines[1] != "accepted 1,298   refused 14   in doubt 0           60 a minute, not waiting" {
			t.Errorf("%q", lines[1])
		}
		p.Line("\x1b[2Ja line of the log\nand more")
		p.Line("another line")
		lines = out.visible()
		if len(lines) != 4 || lines[0] != "a line of the log⏎and more" || lines[1] != "another line" || !bar.MatchString(lines[2]) {
			t.Errorf("%q", lines)
		}
		p.Close()
		p.Close()
		p.Update(halfDone())
		lines = out.visible()
		if len(lines) != 3 || lines[2] != "" {
			t.Errorf("the terminal is not clean: %q", lines)
		}
	})
}

func TestProgressCountsDownWhileItWaits(t *testing.T) {
	onTerminal(t, ProgressOptions{Terminal: true}, func(p *Progress, out *terminal) {
		state := halfDone()
		until := time.Now().Add(3 * time.Minute)
		state.Wait = sending.Wait{For: sending.WaitAsked, Until: until}
		p.Update(state)
		want := "waiting until " + until.Format(time.TimeOnly) + ": Kanal asked for a pause (429), "
		if lines := out.visible(); len(lines) != 3 || !strings.HasSuffix(lines[1], "in doubt 0") || !strings.HasPrefix(lines[2], want) {
			t.Errorf("%q", lines)
		}
		drawn := len(out.String())
		time.Sleep(10 * time.Second)
		synctest.Wait()
		if n := strings.Count(out.String()[drawn:], "waiting until"); n < 9 {
			t.Errorf("drawn %d times in ten seconds", n)
		}
		time.Sleep(3 * time.Minute)
		synctest.Wait()
		if second := out.visible()[1]; !strings.HasSuffix(second, "not waiting") {
			t.Errorf("the wait is over: %q", second)
		}
	})
}

// A campaign that shares the limit is named, while it is waited for and after, however long its name is.
func TestProgressOfASharedLimit(t *testing.T) {
	onTerminal(t, ProgressOptions{Terminal: true, Width: 80, Rate: 60}, func(p *Progress, out *terminal) {
		state := halfDone()
		until := time.Now().Add(12 * time.Second)
		state.Shares = "soldes d'été pour nos clients fidèles\x1b[2J"
		state.Wait = sending.Wait{For: sending.WaitLimit, Until: until}
		p.Update(state)
		want := "waiting until " + until.Format(time.TimeOnly) + ` (12 s): campaign "soldes d'ét…fidèles" shares the limit`
		if lines := out.visible(); len(lines) != 3 || lines[2] != want {
			t.Errorf("%q, want %q", lines, want)
		}
		state.Wait = sending.Wait{}
		p.Update(state)
		want = `60 a minute, shared with campaign "soldes d'ét…fidèles"`
		if lines := out.visible(); len(lines) != 3 || lines[2] != want {
			t.Errorf("%q, want %q", lines, want)
		}
	})
}

func TestProgressNarrow(t *testing.T) {
	for _, width := range []int{20, 40, 60, 80, 200} {
		onTerminal(t, ProgressOptions{Terminal: true, Width: width}, func(p *Progress, out *terminal) {
			p.opts.Campaign = "une campagne avec un nom vraiment très long\x1b[2J"
			state := halfDone()
			state.Wait = sending.Wait{For: sending.WaitAsked, Until: time.Now().Add(time.Hour)}
			p.Update(state)
			for _, line := range out.visible() {
				if text.Columns(line) >= width {
					t.Errorf("width %d: %q", width, line)
				}
			}
		})
	}
}

func TestProgressWithoutATerminal(t *testing.T) {
	for name, opts := range map[string]ProgressOptions{"pipe": {}, "plain": {Terminal: true, Plain: true}} {
		t.Run(name, func(t *testing.T) {
			onTerminal(t, opts, func(p *Progress, out *terminal) {
				p.Update(halfDone())
				p.Update(halfDone())
				time.Sleep(9 * time.Second)
				synctest.Wait()
				if out.String() != "" {
					t.Errorf("too soon: %q", out)
				}
				time.Sleep(26 * time.Second)
				synctest.Wait()
				lines := strings.Split(strings.TrimSpace(out.String()), "\n")
				if len(lines) != 3 {
					t.Fatalf("%q", lines)
				}
				want := regexp.MustCompile(`^\d\d:\d\d:\d\d  LIVE  novembre  1,312 of 4,180: accepted 1,298, refused 14, in doubt 0; ` +
					`60 a minute, not waiting; 48 min left, until \d\d:\d\d$`)
				if !want.MatchString(lines[2]) {
					t.Errorf("%q", lines[2])
				}
				if strings.ContainsAny(out.String(), "\r\x1b") {
					t.Errorf("control characters: %q", out)
				}
			})
		})
	}
}

func TestProgressQuiet(t *testing.T) {
	onTerminal(t, ProgressOptions{Terminal: true, Quiet: true}, func(p *Progress, out *terminal) {
		p.Update(halfDone())
		time.Sleep(time.Minute)
		p.Line("a line")
		if out.String() != "a line\n" {
			t.Errorf("%q", out)
		}
	})
}

func TestProgressAtTheEnds(t *testing.T) {
	onTerminal(t, ProgressOptions{Terminal: true}, func(p *Progress, out *terminal) {
		p.Update(sending.Progress{})
		if first := out.visible()[0]; !strings.Contains(first, "0 of 0") {
			t.Errorf("%q", first)
		}
		p.Update(sending.Progress{Counts: map[outcome.Status]int{outcome.Sent: 5, outcome.AlreadySent: 1}, Total: 6})
		if first := out.visible()[0]; !strings.HasSuffix(first, "[====================] 6 of 6  100%") {
			t.Errorf("%q", first)
		}
	})
}

// Rows in doubt that wait for another try are not done, and the time left is never shorter than the wait.
func TestProgressWhileRowsWaitForAnotherTry(t *testing.T) {
	counts := map[outcome.Status]int{outcome.Sent: 15, outcome.Rejected: 1, outcome.Unknown: 2}
	for name, state := range map[string]sending.Progress{
		"waiting":            {Left: 2, Wait: sending.Wait{For: sending.WaitRetry}},
		"on their way again": {Left: 2, InFlight: 2},
		"an old doubt, too":  {Left: 1, Wait: sending.Wait{For: sending.WaitRetry}},
		"more than planned":  {Left: 0, Wait: sending.Wait{For: sending.WaitRetry}},
		"the last answer":    {Left: 0, InFlight: 1},
	} {
		onTerminal(t, ProgressOptions{Terminal: true}, func(p *Progress, out *terminal) {
			state.Counts, state.Total = counts, 18
			if state.Wait.For != "" {
				state.Wait.Until = time.Now().Add(11 * time.Second)
			}
			p.Update(state)
			shown := strings.Join(out.visible(), "\n")
			if strings.Contains(shown, "18 of 18") || strings.Contains(shown, "100%") {
				t.Errorf("%s: %s", name, shown)
			}
			if state.Left == 2 && state.Wait.For != "" && !strings.Contains(shown, "16 of 18  88.9%  13 s left, until ") {
				t.Errorf("%s: %s", name, shown)
			}
			if plain := p.plainLine(time.Now()); strings.Contains(plain, "18 of 18") {
				t.Errorf("%s: %s", name, plain)
			}
		})
	}
}

// A pilot has less left than the campaign has pending.
func TestProgressOfAPilot(t *testing.T) {
	state := sending.Progress{Counts: map[outcome.Status]int{outcome.Sent: 4, outcome.Pending: 4176}, Total: 4180, Left: 6}
	if n := settledOf(state); n != 4 {
		t.Error(n)
	}
}

func TestProgressFromManyGoroutines(t *testing.T) {
	out := &terminal{}
	p := NewProgress(Plain(out), ProgressOptions{Terminal: true, Rate: 60, Mode: Sandbox, Campaign: "x"})
	var all sync.WaitGroup
	for range 8 {
		all.Go(func() {
			for range 50 {
				p.Update(halfDone())
				p.Line("a line")
				p.Line("another")
			}
		})
	}
	all.Wait()
	p.Close()
	if n := strings.Count(out.String(), "a line\n") + strings.Count(out.String(), "another\n"); n != 800 {
		t.Errorf("%d of 800 lines", n)
	}
}

// stoppedTerminal takes nothing until it goes on, as after Ctrl-S.
type stoppedTerminal struct {
	goOn chan struct{}
	terminal
}

func (t *stoppedTerminal) Write(text []byte) (int, error) {
	<-t.goOn
	return t.terminal.Write(text)
}

// A stopped terminal holds nobody up who tells of progress. Later it has every line, and the state as it is then.
func TestProgressOnAStoppedTerminal(t *testing.T) {
	for name, opts := range map[string]ProgressOptions{"terminal": {Terminal: true}, "pipe": {}} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				out := &stoppedTerminal{goOn: make(chan struct{})}
				opts.Mode, opts.Campaign, opts.Rate = Live, "novembre", 60
				p := NewProgress(Plain(out), opts)
				state := sending.Progress{Counts: map[outcome.Status]int{}, Total: 1000}
				for n := range 1000 {
					state.Counts = map[outcome.Status]int{outcome.Sent: n}
					state.Left = 1000 - n
					p.Update(state)
					p.Line("a line")
					time.Sleep(time.Second)
				}
				close(out.goOn)
				synctest.Wait()
				if n := strings.Count(out.String(), "a line\n"); n != 1000 {
					t.Errorf("%d of 1000 lines", n)
				}
				if n := strings.Count(out.String(), "novembre"); n > 5 {
					t.Errorf("what is long past was drawn: %d times", n)
				}
				if opts.Terminal && !strings.Contains(out.visible()[1000], "999 of 1,000") {
					t.Errorf("it shows %q", out.visible()[1000])
				}
				p.Close()
			})
		})
	}
}

// A run that is kept to a part counts within it: its share, its time left and its bar tell of the same messages.
func TestProgressOfAPart(t *testing.T) {
	for part, want := range map[campaign.RunPart]string{
		campaign.PartPilot: `^novembre  LIVE  \[=+> +\] 19 of 40 \(pilot of 135\)  47\.5%  21 s left, until 11:04$`,
		campaign.PartFirst: `^novembre  LIVE  \[=+> +\] 19 of 40 \(part of 135\)  47\.5%  21 s left, until 11:04$`,
		campaign.PartRetry: `^novembre  LIVE  \[=+> +\] 19 of 40 \(retry of 135\)  47\.5%  21 s left, until 11:04$`,
	} {
		state := sending.Progress{Counts: map[outcome.Status]int{outcome.Sent: 59, outcome.Pending: 76}, Total: 135, Left: 21}
		opts := ProgressOptions{Terminal: true, Width: 80, Part: part, Planned: 40}
		onTerminal(t, opts, func(p *Progress, out *terminal) {
			p.Update(state)
			if line := out.visible()[0]; !regexp.MustCompile(want).MatchString(line) || len(line) > 79 {
				t.Errorf("%q", line)
			}
		})
		opts.Terminal = false
		onTerminal(t, opts, func(p *Progress, out *terminal) {
			p.Update(state)
			time.Sleep(plainEvery)
			if text := out.String(); !strings.Contains(text, "novembre  19 of 40 ("+string(part)+" of 135): accepted 59,") {
				t.Errorf("%q", text)
			}
		})
	}
}

// A name is cut only where the bar could not be narrower.
func TestProgressOfALongName(t *testing.T) {
	onTerminal(t, ProgressOptions{}, func(_ *Progress, out *terminal) {
		p := NewProgress(Plain(out), ProgressOptions{Mode: Live, Campaign: "noel-clients-26", Rate: 60, Terminal: true, Width: 80})
		defer p.Close()
		p.Update(halfDone())
		if line := out.visible()[0]; !strings.HasPrefix(line, "noel-clients-26  LIVE  [") || len(line) > 79 {
			t.Errorf("%q", line)
		}
	})
}
