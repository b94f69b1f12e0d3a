package screen

import (
	"io"
	"strings"
	"sync"
	"time"

	"github.com/schollz/progressbar/v3"

	"kanal-campaign/campaign"
	"kanal-campaign/campaign/sending"
	"kanal-campaign/campaign/text"
)

// How often a line is written where there is no terminal, and how often the terminal's is drawn again.
const (
	plainEvery = 10 * time.Second
	drawEvery  = time.Second
)

// ProgressOptions says where and how progress is shown.
type ProgressOptions struct {
	Mode     Mode
	Campaign string
	Rate     int // messages a minute
	// Terminal is true when the writer is a terminal that understands the usual control sequences.
	Terminal bool
	Width    int  // of the terminal; 80 when it is not known
	Plain    bool // plain lines on a terminal too, for screen readers
	Quiet    bool // no progress; log lines still appear
	// Part is set where the run leaves others of the campaign to a later one: how far it is then counts within the Planned
	// messages of the run.
	Part    campaign.RunPart
	Planned int
}

// Progress shows how far a run is: two lines that are drawn again every second on a terminal (three where the reason of a
// wait needs its own), and one plain line every ten seconds elsewhere. Its methods may be called concurrently. Only Close
// waits for the writer: a terminal that is stopped, or a pipe that nobody reads, holds no campaign up.
type Progress struct {
	opts ProgressOptions
	f    Face // its writer is of the goroutine that draws, until it has ended

	mu      sync.Mutex
	bar     *progressbar.ProgressBar
	barSize [2]int // the bar's total and width
	last    sending.Progress
	known   bool         // an Update has come
	told    sending.Wait // of the last plain line
	toldAt  time.Time
	lines   []byte // that Line gave and that are not printed yet
	drawn   bool   // the display's lines are on the terminal
	ended   bool   // nothing is drawn any more

	changed chan struct{} // there is something to draw; holds one
	stop    chan struct{} // closed by Close
	done    chan struct{} // closed by the goroutine that draws when it has ended
	closing sync.Once
}

// NewProgress returns a progress display on a face, which starts with the first Update. It must be closed.
func NewProgress(f Face, opts ProgressOptions) *Progress {
	if opts.Width <= 0 {
		opts.Width = screenWidth
	}
	opts.Terminal = opts.Terminal && !opts.Plain
	p := &Progress{opts: opts, f: f, changed: make(chan struct{}, 1), stop: make(chan struct{}), done: make(chan struct{})}
	go p.draw()
	return p
}

// draw writes what there is to show until the display is closed, and keeps it moving while nothing happens: a wait
// counts down. What changes during a write is drawn by the next one.
func (p *Progress) draw() {
	defer close(p.done)
	every := plainEvery
	if p.opts.Terminal {
		every = drawEvery
	}
	ticker := time.NewTicker(every)
	defer ticker.Stop()
	for {
		due := p.opts.Terminal
		select {
		case <-p.stop:
			p.mu.Lock()
			defer p.mu.Unlock()
			p.ended = true
			io.WriteString(p.f, p.text(false)) // a terminal that is gone stops no campaign
			return
		case <-p.changed:
		case <-ticker.C:
			due = true
		}
		p.mu.Lock()
		text := p.text(due)
		p.mu.Unlock()
		io.WriteString(p.f, text)
	}
}

// Update takes the state of the run. On a terminal it is shown at once, elsewhere at the next line.
func (p *Progress) Update(now sending.Progress) {
	p.mu.Lock()
	p.last, p.known = now, true
	p.mu.Unlock()
	if p.opts.Terminal {
		p.change()
	}
}

// Line prints a line above the bar. After Close it is an ordinary line.
func (p *Progress) Line(sentence string) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if line := text.Clean(sentence) + "\n"; p.ended {
		io.WriteString(p.f, line)
	} else {
		p.lines = append(p.lines, line...)
		p.change()
	}
}

func (p *Progress) change() {
	select {
	case p.changed <- struct{}{}:
	default: // it is known already
	}
}

// Close prints the lines that are left, ends the display and leaves the terminal clean: its lines go away, the cursor
// stands where they began. It may be called more than once.
func (p *Progress) Close() {
	p.closing.Do(func() { close(p.stop) })
	<-p.done
}

// The control sequences that several lines need: to the line's beginning, erase from there to the screen's end, one line up.
const (
	eraseBelow = "\r\x1b[J"
	lineUp     = "\x1b[1A"
)

// text is what is to be written now: the lines that wait, above the display, and the display where it is due. The caller
// holds the mutex. One write takes it, so that no half of the display is ever seen.
func (p *Progress) text(due bool) string {
	text := ""
	if p.drawn && (p.ended || len(p.lines) > 0) {
		text, p.drawn = eraseBelow, false
	}
	text += string(p.lines)
	p.lines = nil
	if !due || !p.known || p.ended || p.opts.Quiet {
		return text
	}
	now := time.Now()
	if !p.opts.Terminal {
		if p.asleep(now) {
			return text
		}
		return text + p.plainLine(now) + "\n"
	}
	p.drawn = true
	lines := append([]string{p.barLine(now)}, p.countsLines(now)...)
	// The cursor stays on the first line.
	return text + eraseBelow + strings.Join(lines, "\n") + "\r" + strings.Repeat(lineUp, len(lines)-1)
}

// asleepEvery is how often a plain line is written while nothing goes on for hours.
const asleepEvery = 10 * time.Minute

// asleep reports whether a plain line would only repeat that the run waits for people's hours. It notes the line otherwise.
func (p *Progress) asleep(now time.Time) bool {
	wait := p.last.Wait
	if wait.For == sending.WaitWindow && wait == p.told && wait.Until.After(now) && now.Sub(p.toldAt) < asleepEvery {
		return true
	}
	p.told, p.toldAt = wait, now
	return false
}

// barColumns is the width of the bar's inside, narrowBar that for which a name is cut, and leastBar the least that is worth
// showing.
const (
	barColumns = 20
	narrowBar  = 6
	leastBar   = 5
)

// drawBar returns the bar in its brackets, as the library draws it. Its counts and its time left are not used: after a
// resume they are wrong.
func (p *Progress) drawBar(settled, total, columns int) string {
	total = max(total, 1)
	if size := [2]int{total, columns}; p.bar == nil || p.barSize != size {
		p.barSize = size
		p.bar = progressbar.NewOptions(total,
			progressbar.OptionSetWriter(io.Discard),
			progressbar.OptionSetWidth(columns),
			progressbar.OptionSetPredictTime(false),
			progressbar.OptionSetRenderBlankState(true),
			progressbar.OptionSetTheme(progressbar.Theme{
				Saucer: "=", SaucerHead: ">", SaucerPadding: " ", BarStart: "[", BarEnd: "]"}))
	}
	_ = p.bar.Set(min(settled, total)) // its only error is a value past the end
	text := p.bar.String()
	start, end := strings.IndexByte(text, '['), strings.LastIndexByte(text, ']')
	if start < 0 || end < start {
		return ""
	}
	return text[start : end+1]
}
