// Package cli is the program as people type it: commands, flags, questions and exit codes. It reads and wires; what a
// campaign is, campaign knows, and how it reads, reports knows.
package cli

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"syscall"

	"github.com/spf13/cobra"

	"kanal-campaign/campaign"
	"kanal-campaign/campaign/text"
	"kanal-campaign/reports/screen"
)

// Env is everything that the program takes from the world around it, so that tests can be that world.
type Env struct {
	Args    []string // without the program's name
	In      io.Reader
	Out     io.Writer // data
	Err     io.Writer // for people
	Getenv  func(string) string
	Home    string
	GOOS    string
	Signals <-chan os.Signal // the first asks to stop, the second means at once (a further hangup means nothing)

	InTerminal  bool
	OutTerminal bool
	ErrTerminal bool
	Width       int // of the terminal, in columns; 0 when it is not known
	// DropTyped forgets what was typed on the terminal before a question was asked: it is no answer. It may be nil.
	DropTyped func()
	// Hush keeps what is typed off the terminal's screen until again is called, which forgets it. It may be nil.
	Hush func() (again func())
	// ReadSecret reads a line from the terminal without echo.
	ReadSecret func() (string, error)
}

// Run runs one command and returns the exit code. Everything that goes wrong has been told on Err, a fault of the program's
// own, too.
func Run(ctx context.Context, env Env) (code int) {
	defer func() {
		if fault := recover(); fault != nil {
			face := env.face(env.Err, env.ErrTerminal)
			what := face.CrashOfType(fmt.Sprintf("%T", fault)) // its text may hold anything
			if known, ok := fault.(runtime.Error); ok {
				what = known.Error()
			}
			fmt.Fprintln(env.Err, screen.Wrap(screen.Crashed(face, what)))
			code = exitFailed
		}
	}()
	ctx, cancel := context.WithCancelCause(ctx)
	defer cancel(nil)
	app := &app{
		Env: env,
		Out: env.face(&forgivingWriter{env.Out, env.OutTerminal}, env.OutTerminal),
		Err: env.face(env.Err, env.ErrTerminal), explain: func(err error) error { return err }, interrupt: newInterrupt(env.face(env.Err, env.ErrTerminal).Words, cancel),
	}
	app.about.Typed = env.Args
	go app.interrupt.watch(ctx, env)

	root := app.root()
	root.SetArgs(env.Args)
	root.SetIn(env.In)
	root.SetOut(app.Out)
	root.SetErr(app.Err)
	err := app.mistyped(root)
	if err == nil {
		err = root.ExecuteContext(ctx)
	}
	end, refused := (*exit)(nil), (*campaign.Refusal)(nil)
	told := errors.As(err, &end) || errors.As(err, &refused)
	if err != nil && !app.begun && errors.Is(context.Cause(ctx), errInterrupted) && !told {
		err = errInterrupted // whatever it broke off
	}
	return app.conclude(err)
}

// forgivingWriter takes a reader that has gone away (| head -1) or a terminal that was closed for no failure: whoever
// left does not want the rest, and what was to be done is done.
type forgivingWriter struct {
	io.Writer
	terminal bool
}

func (w *forgivingWriter) Write(p []byte) (int, error) {
	n, err := w.Writer.Write(p)
	if errors.Is(err, syscall.EPIPE) || w.terminal && errors.Is(err, syscall.EIO) {
		return len(p), nil
	}
	return n, err
}

type app struct {
	Env
	Out       screen.Face // for data
	Err       screen.Face // for people
	interrupt *interrupt
	about     screen.RefusedScreen // what a refusal is about
	explain   func(error) error    // what an error of the ledger that was opened means
	takenOver campaign.Command     // goes on with a campaign which has taken a changed file over
	begun     bool                 // messages may have been sent
}

// conclude tells an error and turns it into an exit code: the one place where that happens.
func (a *app) conclude(err error) int {
	if err == nil {
		return exitOK
	}
	var end *exit
	if errors.As(err, &end) {
		if end.text != "" {
			a.Err.Tell(end.text, end.next...)
		}
		return end.code
	}
	var refused *campaign.Refusal
	if errors.As(err, &refused) {
		screen.Refused(a.Err, refused, a.about)
		return exitForRefusal(refused)
	}
	var misuse *usageError
	if errors.As(err, &misuse) {
		a.Err.Tell(misuse.sentence(a.Err.Words), misuse.next)
		if misuse.command != nil {
			fmt.Fprintf(a.Err, "%s\n%s\n", a.Err.UsageLine(misuse.command.UseLine()), a.Err.UsageMore(misuse.command.CommandPath()+" --help"))
		}
		return exitUsage
	}
	if errors.Is(err, context.Canceled) || errors.Is(err, errInterrupted) {
		a.leaveLine()
		if len(a.takenOver) > 0 {
			a.Err.Tell(a.Err.InterruptedUpdate(), a.takenOver)
			return exitInterrupted
		}
		fmt.Fprintln(a.Err, a.Err.Interrupted())
		return exitInterrupted
	}
	sentence, code := told(a.Err, a.explain(err))
	if unread := (*campaign.UnreadError)(nil); errors.As(err, &unread) {
		a.Err.Tell(text.Clean(sentence)+" "+a.Err.FileMeantElsewhere(), unread.Next...)
		return code
	}
	a.Err.Tell(text.Clean(sentence))
	return code
}

// leaveLine goes on below the line on which a terminal shows what stopped the program: ^C.
func (a *app) leaveLine() {
	if a.InTerminal && a.ErrTerminal {
		fmt.Fprintln(a.Err)
	}
}

// The groups of commands, in the order of the help.
const (
	groupRun     = "run"
	groupSee     = "see"
	groupPrepare = "prepare"
)

// tryIt begins a rehearsal in any folder; each of its steps tells the next.
var tryIt = campaign.Command{"init", "--template", "welcome", "-o", "welcome.csv", "--sandbox"}

func (a *app) root() *cobra.Command {
	w := a.Err.Words
	root := &cobra.Command{
		Use:               screen.Program,
		Version:           version(),
		Long:              w.ProgramLong(screen.Program, a.examples(tryIt)),
		SilenceErrors:     true,
		SilenceUsage:      true,
		CompletionOptions: cobra.CompletionOptions{DisableDefaultCmd: true, DefaultShellCompDirective: new(cobra.ShellCompDirectiveNoFileComp)},
		PersistentPreRunE: func(c *cobra.Command, _ []string) error { return noneEmpty(w, c) },
		RunE:              func(c *cobra.Command, _ []string) error { return c.Help() },
		Args:              a.noCommand,
	}
	for _, group := range []string{groupRun, groupSee, groupPrepare} {
		root.AddGroup(&cobra.Group{ID: group, Title: w.CommandGroup(group)})
	}
	root.SetVersionTemplate(w.VersionLine(screen.Program, version()) + "\n")
	root.SetFlagErrorFunc(a.flagFault)
	commands := []*cobra.Command{
		a.sendCommand(), a.resumeCommand(), a.retryCommand(),
		a.statusCommand(), a.reportCommand(), a.historyCommand(), a.verifyCommand(), a.forgetCommand(),
		a.templatesCommand(), a.initCommand(), a.checkCommand(), a.sandboxCommand(), a.completionCommand(), a.versionCommand(),
	}
	root.AddCommand(commands...)
	help := a.helpCommand()
	root.SetHelpCommand(help)
	root.InitDefaultHelpCmd()
	describe(w, root, help)
	describe(w, commands...)
	a.completeCommands(commands)
	setUsage(w, root, commands)
	return root
}

// noCommand refuses a first word that is no command.
func (a *app) noCommand(c *cobra.Command, args []string) error {
	if len(args) == 0 {
		return nil
	}
	if ending := strings.ToLower(filepath.Ext(args[0])); ending == ".csv" || ending == ".xlsx" {
		return &usageError{text: a.Err.NoSuchCommandFile(a.Err.InQuotes(args[0])), command: c,
			next: campaign.Command{"send", args[0], "--template", "T"}}
	}
	return &usageError{text: a.Err.NoSuchCommand(a.Err.InQuotes(args[0])) + screen.DidYouMean(a.Err, args[0], commandNames(c)), command: c}
}
