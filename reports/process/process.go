// Package process is the program as a process of the operating system: its arguments, streams, terminal and signals, handed to
// package cli. Its tests start real processes, and kill them.
package process

import (
	"context"
	"fmt"
	"io"
	"log"
	"os"
	"os/signal"
	"runtime"
	"runtime/debug"
	"sync/atomic"
	"syscall"

	"golang.org/x/term"

	"kanal-campaign/reports/cli"
)

// Main runs the program with the process's own arguments, streams, terminal and signals, and returns its exit code.
func Main() int {
	if sentence := cramped(cli.Language()); sentence != "" { // before anything else opens a file
		fmt.Fprintln(os.Stderr, sentence)
		return 1
	}
	if os.Getenv("GOTRACEBACK") == "" {
		debug.SetTraceback("none") // what nothing can catch ends in a line, not in a dump that may show what was in memory
	}
	log.SetOutput(io.Discard) // net/http puts there what strange servers say, past the bar and unclean
	signals := make(chan os.Signal, 4)
	for _, s := range []os.Signal{os.Interrupt, syscall.SIGTERM, syscall.SIGHUP} {
		if !signal.Ignored(s) { // nohup has asked to go on without a terminal
			signal.Notify(signals, s)
		}
	}
	signal.Ignore(syscall.SIGPIPE) // a reader that goes away must not kill a campaign
	home, _ := os.UserHomeDir()    // without one, the ledger's place must be named
	enableEscapes(os.Stdout, os.Stderr)
	width, _, _ := term.GetSize(int(os.Stderr.Fd()))
	stdin := int(os.Stdin.Fd())
	var echo atomic.Pointer[term.State] // from before a question without echo; only then is the terminal touched
	code := cli.Run(context.Background(), cli.Env{
		Args:        os.Args[1:],
		In:          os.Stdin,
		Out:         os.Stdout,
		Err:         os.Stderr,
		Getenv:      os.Getenv,
		Home:        home,
		GOOS:        runtime.GOOS,
		Signals:     signals,
		InTerminal:  term.IsTerminal(stdin),
		OutTerminal: term.IsTerminal(int(os.Stdout.Fd())),
		ErrTerminal: term.IsTerminal(int(os.Stderr.Fd())),
		Width:       width,
		DropTyped:   func() { dropTyped(os.Stdin) },
		Hush:        func() (again func()) { return hush(os.Stderr) },
		ReadSecret: func() (string, error) {
			if state, err := term.GetState(stdin); err == nil {
				echo.Store(state)
			}
			secret, err := term.ReadPassword(stdin)
			return string(secret), err
		},
	})
	if state := echo.Load(); state != nil {
		_ = term.Restore(stdin, state) // an interrupted question leaves it without echo
	}
	return code
}
