package cli

import (
	"slices"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"kanal-campaign/campaign"
	"kanal-campaign/campaign/audience"
	"kanal-campaign/campaign/outcome"
	"kanal-campaign/campaign/text"
)

// proposals are what may stand at a place of the command line, each with what explains it behind a tab.
type proposals func(c *cobra.Command, args []string) []string

// completeCommands gives every command the proposals for its arguments and flags that a shell shows. They come from the
// ledger, from files, and from Kanal where a key is at hand: nothing is asked, created or told on the way.
func (a *app) completeCommands(commands []*cobra.Command) {
	arguments := map[string]cobra.CompletionFunc{
		"send": oneThen(nil, audiences), "check": oneThen(nil, audiences), "templates": complete(a.proposeTemplates, 1),
		"verify": oneThen(complete(a.proposeCampaigns, 1), resultsFiles),
	}
	for _, name := range []string{"resume", "retry", "status", "report"} {
		arguments[name] = complete(a.proposeCampaigns, 1)
	}
	flags := a.flagCompletions()
	for _, c := range commands {
		c.ValidArgsFunction = arguments[c.Name()]
		if !a.completes() { // else cobra would hold on to every flag for as long as the process lives
			continue
		}
		c.Flags().VisitAll(func(f *pflag.Flag) {
			_, f.Usage = pflag.UnquoteUsage(f) // a shell shows it as it is
			if propose := flags[f.Name]; propose != nil {
				_ = c.RegisterFlagCompletionFunc(f.Name, propose) // fails for an unknown flag only
			}
		})
	}
}

// files leaves it to the shell to propose files.
func files(*cobra.Command, []string, string) ([]cobra.Completion, cobra.ShellCompDirective) {
	return nil, cobra.ShellCompDirectiveDefault
}

// flagCompletions are the proposals for the values of flags. What others take, nobody can propose.
func (a *app) flagCompletions() map[string]cobra.CompletionFunc {
	flags := map[string]cobra.CompletionFunc{
		"map": openEnded(a.proposeVariables), "from": resultsFiles,
		"out": func(*cobra.Command, []string, string) ([]cobra.Completion, cobra.ShellCompDirective) {
			return nil, cobra.ShellCompDirectiveFilterDirs
		},
	}
	for name, propose := range map[string]proposals{
		"template": a.proposeTemplates, "cause": a.proposeCauses, "country": a.proposeCountries,
		"only": fixed(statusNames()...), "type": fixed("text", "image", "video", "audio", "document"),
		"delimiter": fixed(",", ";", "|", "tab"),
		"encoding":  fixed(audience.Encodings()...),
	} {
		flags[name] = complete(propose, 0)
	}
	for name, values := range choices {
		flags[name] = complete(fixed(values...), 0)
	}
	for _, name := range []string{"text-file", "suppress", "holidays", "api-key-file", "ledger", "output", "truth", "requests"} {
		flags[name] = files
	}
	return flags
}

// completes reports whether a shell asks for proposals.
func (a *app) completes() bool {
	return len(a.Args) > 0 && strings.HasPrefix(a.Args[0], cobra.ShellCompRequestCmd)
}

// proposeCountries are those that most campaigns go to.
func (a *app) proposeCountries(*cobra.Command, []string) (names []string) {
	for _, country := range []string{"FR", "BE", "CH", "LU", "DE", "ES", "GB", "IT"} {
		names = append(names, explained(country, a.Out.Country(country)))
	}
	return names
}

// complete makes a shell's function of proposals, for so many arguments at the most; for any number with 0.
func complete(propose proposals, most int) cobra.CompletionFunc {
	return func(c *cobra.Command, args []string, typed string) ([]cobra.Completion, cobra.ShellCompDirective) {
		if most > 0 && len(args) >= most {
			return nil, cobra.ShellCompDirectiveNoFileComp
		}
		var fitting []string
		for _, p := range propose(c, args) {
			if strings.HasPrefix(strings.ToLower(p), strings.ToLower(typed)) {
				fitting = append(fitting, p)
			}
		}
		return fitting, cobra.ShellCompDirectiveNoFileComp
	}
}

// openEnded is complete for values to which a person adds the rest.
func openEnded(propose proposals) cobra.CompletionFunc {
	fitting := complete(propose, 0)
	return func(c *cobra.Command, args []string, typed string) ([]cobra.Completion, cobra.ShellCompDirective) {
		found, directive := fitting(c, args, typed)
		return found, directive | cobra.ShellCompDirectiveNoSpace
	}
}

// oneThen proposes files for one argument: the one behind those that before proposes, if any.
func oneThen(before, files cobra.CompletionFunc) cobra.CompletionFunc {
	return func(c *cobra.Command, args []string, typed string) ([]cobra.Completion, cobra.ShellCompDirective) {
		switch {
		case before != nil && len(args) == 0:
			return before(c, args, typed)
		case before != nil && len(args) == 1, before == nil && len(args) == 0:
			return files(c, args, typed)
		}
		return nil, cobra.ShellCompDirectiveNoFileComp
	}
}

func fixed(all ...string) proposals { return func(*cobra.Command, []string) []string { return all } }

func statusNames() (names []string) {
	for _, s := range outcome.Statuses {
		names = append(names, string(s))
	}
	return names
}

// completing opens the ledger that a command line names, if it is there. The caller closes the session.
func (a *app) completing(c *cobra.Command) *session {
	o := newOptions()
	o.ledger, o.sandbox, o.apiKeyFile = flagText(c, "ledger"), flagText(c, "sandbox") == "true", flagText(c, apiKeyFileFlag)
	s, err := a.openExisting(c.Context(), o, "")
	if err != nil {
		return a.session(o)
	}
	return s
}

func flagText(c *cobra.Command, name string) string {
	if f := c.Flags().Lookup(name); f != nil {
		return f.Value.String()
	}
	return ""
}

// proposeCampaigns are the ledger's, those to be resumed where that is asked for.
func (a *app) proposeCampaigns(c *cobra.Command, _ []string) (names []string) {
	s := a.completing(c)
	defer s.close()
	for _, known := range s.KnownCampaigns(c.Context(), c.Name() == "resume") {
		names = append(names, explained(known.Name, a.Out.ProposedCampaign(known.Title, a.Out.Date(known.CreatedAt))))
	}
	return names
}

func (a *app) proposeTemplates(c *cobra.Command, _ []string) (names []string) {
	s := a.completing(c)
	defer s.close()
	for _, t := range s.KnownTemplates(c.Context()) {
		gist := t.Body
		switch {
		case t.Campaign != "":
			gist = a.Out.ProposedTemplateUsed(t.Campaign)
		case t.Sandbox:
			gist = a.Out.ProposedTemplateOfSandbox()
		}
		names = append(names, explained(t.Name, gist))
	}
	return names
}

// proposeCauses are those that rows of the campaign have.
func (a *app) proposeCauses(c *cobra.Command, args []string) (names []string) {
	s := a.completing(c)
	defer s.close()
	choice := &campaign.RetryChoice{Unknown: flagText(c, "unknown") == "true"}
	if c.Name() == "report" {
		choice = nil
	}
	for _, t := range s.KnownOutcomes(c.Context(), campaignArgument(args), choice) {
		names = append(names, explained(t.Cause, a.Out.Status(t.Status)))
	}
	slices.Sort(names)
	return slices.Compact(names)
}

// proposeVariables are those of the template that the line names, ready for the column's name behind them.
func (a *app) proposeVariables(c *cobra.Command, _ []string) (names []string) {
	wanted := flagText(c, "template")
	if wanted == "" {
		return nil
	}
	s := a.completing(c)
	defer s.close()
	for _, field := range s.KnownFields(c.Context(), wanted) {
		names = append(names, explained(field+"=", a.Out.ProposedVariable(field)))
	}
	return names
}

// longestProposal is how much of an explanation a shell shows beside a name.
const longestProposal = 40

// explained is a proposal with its explanation. Neither may hold what a shell takes for the end of one.
func explained(name, gist string) string {
	name, gist = text.Clean(strings.ReplaceAll(name, "\t", " ")), text.Clean(strings.ReplaceAll(gist, "\n", " "))
	if runes := []rune(gist); len(runes) > longestProposal {
		gist = string(runes[:longestProposal-1]) + "…"
	}
	return name + "\t" + gist
}
