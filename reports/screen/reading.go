package screen

import (
	"io"
	"sync"
	"sync/atomic"
	"time"

	"kanal-campaign/campaign/text"
	"kanal-campaign/reports/words"
)

// Reading shows on a terminal how far a file has been read: one line, once it takes longer than a moment, drawn again
// every second. Row may be called while it is drawn; the other methods belong to one goroutine.
type Reading struct {
	rows    atomic.Int64
	closing sync.Once
	stop    chan struct{}
	done    chan struct{}
}

// NewReading returns the display of a file on w, which shows nothing where o asks for a quiet or a plain one, or w is no
// terminal. It must be closed.
func NewReading(f Face, file string, o ProgressOptions) *Reading {
	r := &Reading{stop: make(chan struct{}), done: make(chan struct{})}
	if !o.Terminal || o.Plain || o.Quiet {
		close(r.done)
		return r
	}
	if o.Width <= 0 {
		o.Width = screenWidth
	}
	go r.draw(f, file, o.Width)
	return r
}

// Row counts one row.
func (r *Reading) Row() { r.rows.Add(1) }

// Close clears the line. It may be called more than once.
func (r *Reading) Close() {
	r.closing.Do(func() { close(r.stop) })
	<-r.done
}

func (r *Reading) draw(f Face, file string, width int) {
	defer close(r.done)
	ticker := time.NewTicker(drawEvery)
	defer ticker.Stop()
	clear := ""
	for {
		select {
		case <-r.stop:
			io.WriteString(f, clear) // a terminal that is gone stops no check
			return
		case <-ticker.C:
			clear = eraseBelow
			io.WriteString(f, clear+readingLine(f.Words, file, int(r.rows.Load()), width-1)+"\r")
		}
	}
}

// readingLine is what the line says, in so many columns; the file's name gives way.
func readingLine(w *words.Words, file string, rows, columns int) string {
	say := func(file string) string {
		if rows == 0 {
			return w.Reading(file)
		}
		return w.ReadingRows(rows, file)
	}
	file = text.Clean(file)
	if over := text.Columns(say(file)) - columns; over > 0 {
		file = text.Shorten(file, max(1, text.Columns(file)-over))
	}
	return text.Shorten(say(file), columns)
}
