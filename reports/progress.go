package reports

import (
	"io"
	"strings"
	"sync"
	"time"

	"github.com/schollz/progressbar/v3"

	"kanal-campaign/campaign"
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
}

// Progress shows how far a run is: two lines that are drawn again every second on a terminal (three where the reason of a
// wait needs its own), and one plain line every ten seconds elsewhere. Its methods may be called concurrently: one mutex keeps the bar and the log lines apart.
type Progress struct {
	opts ProgressOptions

	mu      sync.Mutex
	w       io.Writer
	bar     *progressbar.ProgressBar
	barSize [2]int // the bar's total and width
	last    campaign.Progress
	known   bool // an Update has come
	drawn   bool // its lines are on the terminal
	ended   bool

	stop chan struct{} // closed by Close
	done chan struct{} // closed by the ticker when it has ended
}

// NewProgress returns a progress display on w, which starts with the first Update. It must be closed.
func NewProgress(w io.Writer, opts ProgressOptions) *Progress {
	if opts.Width <= 0 {
		opts.Width = screenWidth
	}
	opts.Terminal = opts.Terminal && !opts.Plain
	p := &Progress{opts: opts, w: w, stop: make(chan struct{}), done: make(chan struct{})}
	go p.tick()
	return p
}

// tick keeps the display moving while nothing happens: a wait counts down.
func (p *Progress) tick() {
	defer close(p.done)
	every := plainEvery
	if p.opts.Terminal {
		every = drawEvery
	}
	ticker := time.NewTicker(every)
	defer ticker.Stop()
	for {
		select {
		case <-p.stop:
			return
		case <-ticker.C:
			p.mu.Lock()
			p.show()
			p.mu.Unlock()
		}
	}
}

// Update takes the state of the run. On a terminal it is shown at once, elsewhere at the next line.
func (p *Progress) Update(now campaign.Progress) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.last, p.known = now, true
	if p.opts.Terminal {
		p.show()
	}
}

// Line prints a line above the bar. After Close it is an ordinary line.
func (p *Progress) Line(text string) {
	p.mu.Lock()
	defer p.mu.Unlock()
	_ = p.above([]byte(Clean(text) + "\n")) // a terminal that is gone stops no campaign
}

// Close ends the display and leaves the terminal clean: its lines go away, the cursor stands where they began. It
// may be called more than once.
func (p *Progress) Close() {
	p.mu.Lock()
	if p.ended {
		p.mu.Unlock()
		return
	}
	p.ended = true
	p.mu.Unlock()
	close(p.stop)
	<-p.done
	p.mu.Lock()
	defer p.mu.Unlock()
	p.erase()
}

// above writes text where the bar is and draws the bar anew below. The caller holds the mutex.
func (p *Progress) above(text []byte) error {
	redraw := p.drawn
	p.erase()
	_, err := p.w.Write(text)
	if redraw {
		p.show()
	}
	return err
}

// The control sequences that several lines need: to the line's beginning, erase from there to the screen's end, one line up.
const (
	eraseBelow = "\r\x1b[J"
	lineUp     = "\x1b[1A"
)

// erase takes the lines away. The caller holds the mutex.
func (p *Progress) erase() {
	if p.drawn {
		io.WriteString(p.w, eraseBelow)
		p.drawn = false
	}
}

// show writes the state as it is now. The caller holds the mutex.
func (p *Progress) show() {
	if !p.known || p.ended || p.opts.Quiet {
		return
	}
	now := time.Now()
	if !p.opts.Terminal {
		io.WriteString(p.w, p.plainLine(now)+"\n")
		return
	}
	lines := append([]string{p.barLine(now)}, p.countsLines(now)...)
	// One write, so that no half of it is ever seen; the cursor stays on the first line.
	io.WriteString(p.w, eraseBelow+strings.Join(lines, "\n")+"\r"+strings.Repeat(lineUp, len(lines)-1))
	p.drawn = true
}

// barColumns is the width of the bar's inside, and the least that is worth showing.
const (
	barColumns = 20
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
