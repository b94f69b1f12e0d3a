package cli

import (
	"context"
	"errors"
	"fmt"
	"net"
	"strconv"
	"strings"

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
	sandbox.Options
	sandbox.Place
	listen, faults string
	port           int
	revokeAfter    int
}

func (a *app) sandboxCommand() *cobra.Command {
	so := &sandboxOptions{Options: sandbox.Options{
		Window: sandbox.FixedWindow, ThrottleShape: sandbox.KanalThrottle, Windows: sandbox.WindowsOpen, Limit: 60,
	}}
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
	f.BoolVar(&so.Remote, "allow-remote", false, "")
	f.StringVar(&so.Truth, "truth", "", "")
	f.StringVar(&so.Requests, "requests", "", "")
	f.StringVar(&so.faults, "faults", "", "")
	f.StringVar((*string)(&so.Window), "window", string(so.Window), "")
	f.StringVar((*string)(&so.ThrottleShape), "throttle-shape", string(so.ThrottleShape), "")
	f.Var((*atLeastOne)(&so.Limit), "limit", "")
	f.Uint64Var(&so.Seed, "seed", 1, "")
	f.StringSliceVar(&so.OptedOut, "opted-out", nil, "")
	f.BoolVar(&so.FailuresUseKey, "failures-use-key", false, "")
	f.BoolVar(&so.LookupKeyFirst, "lookup-key-first", false, "")
	f.DurationVar(&so.KeyLife, "key-life", 0, "")
	f.StringVar((*string)(&so.Windows), "windows", string(so.Windows), "")
	f.StringSliceVar(&so.OpenWindows, "open-window", nil, "")
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

// validate finds what is wrong with the flags, and completes the options with them.
func (so *sandboxOptions) validate(f screen.Face) (err error) {
	if so.Faults, err = sandbox.ParseFaults(so.faults); err != nil {
		return misuse(f.SandboxFaultsWrong(text.Clean(err.Error())))
	}
	for flag, value := range map[string]string{
		"window": string(so.Window), "throttle-shape": string(so.ThrottleShape), "windows": string(so.Windows),
	} {
		if err := known(flag, value); err != nil {
			return err
		}
	}
	if so.port < 0 || so.port > 65535 {
		return misuse(f.SandboxPortWrong(strconv.Itoa(so.port)))
	}
	so.Address = net.JoinHostPort(strings.Trim(so.listen, "[]"), strconv.Itoa(so.port))
	for _, path := range []string{so.Truth, so.Requests} {
		if err := regular.Check(path); path != "" && err != nil {
			return err
		}
	}
	return nil
}

// start starts the sandbox where the flags say: on this computer alone, unless they say otherwise.
func (so *sandboxOptions) start(f screen.Face) (*sandbox.Service, error) {
	service, err := sandbox.Start(so.Options, so.Place)
	switch cannot := (*sandbox.ListenError)(nil); {
	case errors.Is(err, sandbox.ErrNotLoopback) && !so.Remote:
		return nil, misuse(f.SandboxListenRemote(text.Clean(so.listen)))
	case errors.Is(err, sandbox.ErrNotLoopback):
		return nil, misuse(f.SandboxListenNoAddress(text.Clean(so.listen)))
	case errors.As(err, &cannot):
		return nil, failed(f.SandboxCannotListen(text.Clean(so.Address), text.Clean(screen.RootCause(f.Words, cannot.Err).Error())))
	}
	return service, err
}

func (a *app) serveSandbox(ctx context.Context, so *sandboxOptions, revoke bool) error {
	if err := so.validate(a.Err); err != nil {
		return err
	}
	service, err := so.start(a.Err)
	if err != nil {
		return err
	}
	if revoke {
		service.RevokeAfter(so.revokeAfter)
	}
	if service.IsRemote() {
		screen.SandboxIsRemote(a.Err, service.Address())
	}
	screen.SandboxStarted(a.Out, "http://"+service.Address(), sandbox.DefaultKey, so.Truth, service.Earlier)
	if err := service.Serve(ctx); !errors.Is(err, errInterrupted) {
		return err
	}
	a.leaveLine()
	a.Err.Tell(a.Err.SandboxStopped())
	return nil
}
