package cli

import (
	"context"
	"errors"
	"os"
	"sync"
	"syscall"

	"kanal-campaign/reports/screen"
	"kanal-campaign/reports/words"
)

// errInterrupted is the cause of a context that ended by the user's wish.
var errInterrupted = errors.New("interrupted")

// interrupt turns signals into what they mean: while messages are being sent, the first one asks to stop and the second
// means at once; before and after, the first one already means at once.
type interrupt struct {
	cancel context.CancelCauseFunc
	words  *words.Words

	mu       sync.Mutex
	stop     chan struct{} // see stopSignal
	sending  chan struct{} // that channel while messages are being sent; else nil
	stopping bool          // the first signal has come, and answers are awaited
	notice   func(string)  // told a line at a time
}

func newInterrupt(w *words.Words, cancel context.CancelCauseFunc) *interrupt {
	return &interrupt{cancel: cancel, words: w}
}

// stopSignal returns the channel that the first signal closes while messages are being sent.
func (i *interrupt) stopSignal() <-chan struct{} {
	i.mu.Lock()
	defer i.mu.Unlock()
	i.stop = make(chan struct{})
	return i.stop
}

// duringSending says that messages are being sent from now on. notice is told how to go on.
func (i *interrupt) duringSending(notice func(string)) {
	i.mu.Lock()
	defer i.mu.Unlock()
	i.sending, i.notice = i.stop, notice
}

// sent says that sending is over.
func (i *interrupt) sent() {
	i.mu.Lock()
	defer i.mu.Unlock()
	i.sending, i.stopping = nil, false
}

func (i *interrupt) watch(ctx context.Context, env Env) {
	for {
		select {
		case <-ctx.Done():
			return
		case signal, open := <-env.Signals:
			if !open {
				return
			}
			i.signal(signal)
		}
	}
}

func (i *interrupt) signal(s os.Signal) {
	i.mu.Lock()
	defer i.mu.Unlock()
	if i.stopping && s == syscall.SIGHUP {
		return // a closed terminal tells several times over, and nobody has asked to be out at once
	}
	if i.sending == nil {
		i.cancel(errInterrupted)
		return
	}
	close(i.sending)
	i.sending, i.stopping = nil, true // the next signal means at once
	for _, line := range screen.Stopping(i.words, s) {
		i.notice(line)
	}
}
