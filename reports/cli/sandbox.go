package cli

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"
	"os"
	"strconv"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"kanal-campaign/campaign"
	"kanal-campaign/campaign/regular"
	"kanal-campaign/campaign/text"
	"kanal-campaign/kanal/sandbox"
	"kanal-campaign/reports/screen"
	"kanal-campaign/reports/words"
)

// sandboxOptions are the flags of the sandbox command.
type sandboxOptions struct {
	port        int
	listen      string
	allowRemote bool
	truth       string
	requests    string
	faults      string
	window      string
	throttle    string
	limit       int
	seed        uint64
	optedOut    []string
	failuresUse bool
	lookupFirst bool
	keyLife     time.Duration
	revokeAfter int
	windows     string
	openWindows []string
}

func (a *app) sandboxCommand() *cobra.Command {
	so := &sandboxOptions{}
	c := &cobra.Command{
		Use:     "sandbox",
		GroupID: groupPrepare,
		Long:    a.Err.SandboxLong(behaviours(a.Err.Words)),
		Example: a.examples(
			campaign.Command{"sandbox", "--port", "8080"},
			campaign.Command{"sandbox", "--faults", "drop-after=0.1,500-before=0.05,latency=200ms"}),
		Args: cobra.NoArgs,
		RunE: func(c *cobra.Command, args []string) error {
			return a.serveSandbox(c.Context(), so, c.Flags().Changed("revoke-after"))
		},
	}
	f := c.Flags()
	f.IntVar(&so.port, "port", 0, "")
	f.StringVar(&so.listen, "listen", "127.0.0.1", "")
	f.BoolVar(&so.allowRemote, "allow-remote", false, "")
	f.StringVar(&so.truth, "truth", "", "")
	f.StringVar(&so.requests, "requests", "", "")
	f.StringVar(&so.faults, "faults", "", "")
	f.StringVar(&so.window, "window", string(sandbox.FixedWindow), "")
	f.StringVar(&so.throttle, "throttle-shape", string(sandbox.KanalThrottle), "")
	f.IntVar(&so.limit, "limit", 60, "")
	f.Uint64Var(&so.seed, "seed", 1, "")
	f.StringSliceVar(&so.optedOut, "opted-out", nil, "")
	f.BoolVar(&so.failuresUse, "failures-use-key", false, "")
	f.BoolVar(&so.lookupFirst, "lookup-key-first", false, "")
	f.DurationVar(&so.keyLife, "key-life", 0, "")
	f.StringVar(&so.windows, "windows", string(sandbox.WindowsOpen), "")
	f.StringSliceVar(&so.openWindows, "open-window", nil, "")
	f.IntVar(&so.revokeAfter, "revoke-after", 0, "")
	return c
}

// behaviours lists the recipients that behave in a special way, and the faults, for the help.
func behaviours(w *words.Words) (recipients, faults string) {
	var all, kinds []string
	for _, recipient := range sandbox.Magic {
		all = append(all, "  "+recipient.Number+"  "+w.Recipient(recipient.Number))
	}
	for _, fault := range sandbox.KnownFaults() {
		kinds = append(kinds, fmt.Sprintf("  %-13s %s", fault, w.Fault(string(fault))))
	}
	return strings.Join(all, "\n"), strings.Join(kinds, "\n")
}

func (so *sandboxOptions) options(f screen.Face) (sandbox.Options, error) {
	faults, err := sandbox.ParseFaults(so.faults)
	if err != nil {
		return sandbox.Options{}, misuse(f.SandboxFaultsWrong(text.Clean(err.Error())))
	}
	window, shape := sandbox.WindowForm(so.window), sandbox.ThrottleShape(so.throttle)
	switch {
	case window != sandbox.FixedWindow && window != sandbox.SlidingWindow:
		return sandbox.Options{}, unknownValue("window", so.window, string(sandbox.FixedWindow), string(sandbox.SlidingWindow))
	case shape != sandbox.KanalThrottle && shape != sandbox.LaravelThrottle:
		return sandbox.Options{}, unknownValue("throttle-shape", so.throttle, string(sandbox.KanalThrottle), string(sandbox.LaravelThrottle))
	case so.windows != string(sandbox.WindowsOpen) && so.windows != string(sandbox.WindowsClosed):
		return sandbox.Options{}, unknownValue("windows", so.windows, string(sandbox.WindowsOpen), string(sandbox.WindowsClosed))
	case so.limit < 1:
		return sandbox.Options{}, misuse(f.FlagValue("count", "--limit", strconv.Itoa(so.limit)))
	case so.port < 0 || so.port > 65535:
		return sandbox.Options{}, misuse(f.SandboxPortWrong(strconv.Itoa(so.port)))
	}
	return sandbox.Options{
		Limit: so.limit, Window: window, ThrottleShape: shape, FailuresUseKey: so.failuresUse,
		LookupKeyFirst: so.lookupFirst, KeyLife: so.keyLife, OptedOut: so.optedOut, Faults: faults, Seed: so.seed,
		Windows: sandbox.ConversationWindows(so.windows), OpenWindows: so.openWindows,
	}, nil
}

// open listens where the flags say: on this computer alone, unless they say otherwise.
func (so *sandboxOptions) open(f screen.Face) (net.Listener, error) {
	listen := sandbox.Listen
	if so.allowRemote {
		listen = sandbox.ListenRemote
	}
	address := net.JoinHostPort(strings.Trim(so.listen, "[]"), strconv.Itoa(so.port))
	listener, err := listen(address)
	switch {
	case errors.Is(err, sandbox.ErrNotLoopback) && !so.allowRemote:
		return nil, misuse(f.SandboxListenRemote(text.Clean(so.listen)))
	case errors.Is(err, sandbox.ErrNotLoopback):
		return nil, misuse(f.SandboxListenNoAddress(text.Clean(so.listen)))
	case err != nil:
		return nil, failed(f.SandboxCannotListen(text.Clean(address), text.Clean(screen.RootCause(f.Words, err).Error())))
	}
	return listener, nil
}

// openTruth is sandbox.OpenTruth for a path that a person names.
func openTruth(path string) (*os.File, []sandbox.Acceptance, error) {
	if err := regular.Check(path); err != nil {
		return nil, nil, err
	}
	return sandbox.OpenTruth(path)
}

func (a *app) serveSandbox(ctx context.Context, so *sandboxOptions, revoke bool) error {
	opts, err := so.options(a.Err)
	if err != nil {
		return err
	}
	var earlier []sandbox.Acceptance
	if so.truth != "" {
		var file *os.File
		if file, earlier, err = openTruth(so.truth); err != nil {
			return err
		}
		defer file.Close()
		opts.TruthFile = file
	}
	if so.requests != "" {
		if err := regular.Check(so.requests); err != nil {
			return err
		}
		file, err := sandbox.OpenRequests(so.requests)
		if err != nil {
			return err
		}
		defer file.Close()
		opts.RequestFile = file
	}
	handler := sandbox.New(opts)
	handler.Restore(earlier)
	if revoke {
		handler.RevokeAfter(so.revokeAfter)
	}
	listener, err := so.open(a.Err)
	if err != nil {
		return err
	}
	if at, ok := listener.Addr().(*net.TCPAddr); ok && !at.IP.IsLoopback() {
		screen.SandboxIsRemote(a.Err, at.String())
	}
	screen.SandboxStarted(a.Out, "http://"+listener.Addr().String(), sandbox.DefaultKey, so.truth, len(earlier))
	server := &http.Server{Handler: handler, ReadHeaderTimeout: 10 * time.Second}
	stopped := make(chan error, 1)
	go func() { stopped <- server.Serve(listener) }()
	select {
	case err := <-stopped:
		return err
	case <-ctx.Done():
		server.Close()
		if errors.Is(context.Cause(ctx), errInterrupted) {
			a.leaveLine()
			a.Err.Tell(a.Err.SandboxStopped())
			return nil
		}
		return context.Cause(ctx)
	}
}
