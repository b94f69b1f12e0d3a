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
	"kanal-campaign/kanal/sandbox"
	"kanal-campaign/reports"
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
	var faults strings.Builder
	for _, kind := range sandbox.KnownFaults() {
		fmt.Fprintf(&faults, "  %-13s %s\n", kind.Fault, kind.Does)
	}
	var magic strings.Builder
	for _, recipient := range sandbox.Magic {
		fmt.Fprintf(&magic, "  %s  %s\n", recipient.Number, recipient.Does)
	}
	c := &cobra.Command{
		Use:     "sandbox [flags]",
		GroupID: "prepare",
		Short:   "Serve a local Kanal for rehearsals and tests",
		Long: `Serve a local Kanal on a loopback port, until Ctrl-C. It behaves as the API is
documented, sends nothing to anyone, and fails on demand. Point any program at it
with KANAL_API_URL and KANAL_API_KEY, which it prints when it starts. It listens on
127.0.0.1 only: --listen ADDRESS --allow-remote opens it to other computers, over
plain HTTP and with a key that everyone knows.

Some recipients behave in a special way, here and in a rehearsal (--sandbox):
` + magic.String() + `
Faults, for --faults FAULT=PROBABILITY,… or --faults NUMBER_OF_REQUEST=FAULT,…;
latency=TIME, jitter=TIME, retry-after=TIME and work=TIME (between the look at a
key and the acceptance: keys are not serialised) go into the same list:
` + strings.TrimRight(faults.String(), "\n"),
		Example: a.examples(
			campaign.Command{"sandbox", "--port", "8080"},
			campaign.Command{"sandbox", "--faults", "drop-after=0.1,500-before=0.05,latency=200ms"}),
		Args: arguments(cobra.NoArgs, a.Err.SandboxTakesNothing()),
		RunE: func(c *cobra.Command, args []string) error {
			return a.serveSandbox(c.Context(), so, c.Flags().Changed("revoke-after"))
		},
	}
	inGroup(c.Flags(), groupAccess, func(f *flagSet) {
		f.IntVar(&so.port, "port", 0, "the port `N` (default: a free one)")
		f.StringVar(&so.listen, "listen", "127.0.0.1", "the `ADDRESS` to listen on, of this computer's own")
		f.BoolVar(&so.allowRemote, "allow-remote", false, "let other computers use it, where --listen names an address that they reach")
	})
	inGroup(c.Flags(), groupOutput, func(f *flagSet) {
		f.StringVar(&so.truth, "truth", "", "append what was accepted to this `FILE`, one JSON line each, and remember what is in it")
		f.StringVar(&so.requests, "requests", "", "append every request to this `FILE`, one JSON line each")
	})
	inGroup(c.Flags(), groupBehaviour, func(f *flagSet) {
		f.StringVar(&so.faults, "faults", "", "what is to go wrong: `LIST`")
		f.StringVar(&so.window, "window", string(sandbox.FixedWindow), "how the limit counts a minute: `fixed|sliding`")
		f.StringVar(&so.throttle, "throttle-shape", string(sandbox.KanalThrottle), "the form of a 429: `kanal|laravel`")
		f.IntVar(&so.limit, "limit", 60, "requests a minute: `N`")
		f.Uint64Var(&so.seed, "seed", 1, "of the probabilities: `N`")
		f.StringSliceVar(&so.optedOut, "opted-out", nil, "`NUMBERS` that have opted out")
		f.BoolVar(&so.failuresUse, "failures-use-key", false, "a refused request uses its idempotency key up")
		f.BoolVar(&so.lookupFirst, "lookup-key-first", false, "look the idempotency key up before the recipient is checked")
		f.DurationVar(&so.keyLife, "key-life", 0, "forget idempotency keys after this `TIME` (default: never)")
		f.StringVar(&so.windows, "windows", string(sandbox.WindowsOpen), "the conversation windows of free-form messages: `open|closed`")
		f.StringSliceVar(&so.openWindows, "open-window", nil, "`NUMBERS` that have just written, with --windows closed")
		f.IntVar(&so.revokeAfter, "revoke-after", 0, "revoke the API key after `N` acceptances")
	})
	return c
}

func (so *sandboxOptions) options(f reports.Face) (sandbox.Options, error) {
	faults, err := sandbox.ParseFaults(so.faults)
	if err != nil {
		return sandbox.Options{}, misuse("%s", f.SandboxFaultsWrong(reports.Clean(err.Error())))
	}
	window, shape := sandbox.WindowForm(so.window), sandbox.ThrottleShape(so.throttle)
	switch {
	case window != sandbox.FixedWindow && window != sandbox.SlidingWindow:
		return sandbox.Options{}, misuse("%s", unknownOf(f, "--window", so.window, string(sandbox.FixedWindow), string(sandbox.SlidingWindow)))
	case shape != sandbox.KanalThrottle && shape != sandbox.LaravelThrottle:
		return sandbox.Options{}, misuse("%s", unknownOf(f, "--throttle-shape", so.throttle, string(sandbox.KanalThrottle), string(sandbox.LaravelThrottle)))
	case so.windows != string(sandbox.WindowsOpen) && so.windows != string(sandbox.WindowsClosed):
		return sandbox.Options{}, misuse("%s", unknownOf(f, "--windows", so.windows, string(sandbox.WindowsOpen), string(sandbox.WindowsClosed)))
	case so.limit < 1:
		return sandbox.Options{}, misuse("%s", f.SandboxLimitWrong(strconv.Itoa(so.limit)))
	case so.port < 0 || so.port > 65535:
		return sandbox.Options{}, misuse("%s", f.SandboxPortWrong(strconv.Itoa(so.port)))
	}
	return sandbox.Options{
		Limit: so.limit, Window: window, ThrottleShape: shape, FailuresUseKey: so.failuresUse,
		LookupKeyFirst: so.lookupFirst, KeyLife: so.keyLife, OptedOut: so.optedOut, Faults: faults, Seed: so.seed,
		Windows: sandbox.ConversationWindows(so.windows), OpenWindows: so.openWindows,
	}, nil
}

// unknownOf says that a flag has a value that is none of those it takes.
func unknownOf(f reports.Face, flag, value string, known ...string) string {
	return f.SandboxValueUnknown(flag, reports.Clean(value), f.Either(known))
}

// open listens where the flags say: on this computer alone, unless they say otherwise.
func (so *sandboxOptions) open(f reports.Face) (net.Listener, error) {
	listen := sandbox.Listen
	if so.allowRemote {
		listen = sandbox.ListenRemote
	}
	address := net.JoinHostPort(strings.Trim(so.listen, "[]"), strconv.Itoa(so.port))
	listener, err := listen(address)
	switch {
	case errors.Is(err, sandbox.ErrNotLoopback) && !so.allowRemote:
		return nil, misuse("%s", f.SandboxListenRemote(reports.Clean(so.listen)))
	case errors.Is(err, sandbox.ErrNotLoopback):
		return nil, misuse("%s", f.SandboxListenNoAddress(reports.Clean(so.listen)))
	case err != nil:
		return nil, failed("%s", f.SandboxCannotListen(reports.Clean(address), reports.Clean(reports.RootCause(f.Words, err).Error())))
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
		reports.SandboxIsRemote(a.Err, at.String())
	}
	reports.SandboxStarted(a.Out, "http://"+listener.Addr().String(), sandbox.DefaultKey, so.truth, len(earlier))
	server := &http.Server{Handler: handler, ReadHeaderTimeout: 10 * time.Second}
	stopped := make(chan error, 1)
	go func() { stopped <- server.Serve(listener) }()
	select {
	case err := <-stopped:
		return err
	case <-ctx.Done():
		server.Close()
		if errors.Is(context.Cause(ctx), errInterrupted) {
			a.Err.Tell(a.Err.SandboxStopped())
			return nil
		}
		return context.Cause(ctx)
	}
}
