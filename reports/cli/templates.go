package cli

import (
	"context"

	"github.com/spf13/cobra"

	"kanal-campaign/campaign"
	"kanal-campaign/reports/screen"
)

func (a *app) templatesCommand() *cobra.Command {
	o := newOptions()
	c := &cobra.Command{
		Use:     "templates",
		GroupID: groupPrepare,
		Example: a.examples(
			campaign.Command{"templates"},
			campaign.Command{"templates", "order_confirmation"}),
		Args: cobra.MaximumNArgs(1),
		RunE: func(c *cobra.Command, args []string) error {
			return a.templates(c.Context(), o, args)
		},
	}
	o.flags(c, accessFlags)
	return c
}

func (a *app) templates(ctx context.Context, o *options, args []string) error {
	s, err := a.open(ctx, o)
	if err != nil {
		return err
	}
	defer s.close()
	if err := s.connect(ctx, ""); err != nil {
		return err
	}
	if len(args) == 0 {
		screen.TemplateList(s.Out, s.Templates())
		return nil
	}
	t, err := campaign.FindTemplate(s.Templates(), args[0], nil)
	if err != nil {
		return err
	}
	screen.TemplateFull(s.Out, t)
	return nil
}
