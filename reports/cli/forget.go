package cli

import (
	"context"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"kanal-campaign/campaign"
	"kanal-campaign/reports/screen"
)

func (a *app) forgetCommand() *cobra.Command {
	o := newOptions()
	olderThan := ""
	c := &cobra.Command{
		Use:     "forget",
		GroupID: groupSee,
		Example: a.examples(
			campaign.Command{"forget", "+33612345678"},
			campaign.Command{"forget", "--older-than", "3y"}),
		Args: cobra.ArbitraryArgs,
		RunE: func(c *cobra.Command, args []string) error {
			return a.forget(c.Context(), o, c, strings.Join(args, " "), olderThan)
		},
	}
	c.Flags().StringVar(&olderThan, "older-than", "", "")
	o.flags(c, "country,yes"+ledgerFlags)
	return c
}

func (a *app) forget(ctx context.Context, o *options, c *cobra.Command, number, olderThan string) error {
	if err := o.validate(); err != nil {
		return err
	}
	req := campaign.ForgetRequest{OlderThan: olderThan, DoubtDelay: o.doubtDelay}
	switch {
	case (number == "") == (olderThan == ""):
		return &usageError{text: a.Err.ForgetNameOne(), command: c}
	case number != "":
		n, err := a.askedNumber(o, number)
		if err != nil {
			return err
		}
		req.Number = n.Digits
	default:
		known := false
		if req.Before, known = campaign.ParseAge(time.Now(), olderThan); !known {
			return &usageError{text: a.Err.ForgetAgeUnknown(a.Err.InQuotes(olderThan))}
		}
	}
	s, err := a.openExisting(ctx, o, "")
	if none := refusedAs(err, campaign.RefusedNoLedger); none != nil {
		screen.Refused(a.Out, none, a.about)
		return nil
	}
	if err != nil {
		return err
	}
	defer s.close()
	s.about.Erases = true
	f, err := s.Forget(ctx, req)
	if err != nil {
		return err
	}
	return s.steadily(func(stale *campaign.StaleError) error {
		if stale != nil {
			f = stale.Forgetting
		}
		return s.carryOutForgetting(ctx, f)
	})
}

// carryOutForgetting shows what would be forgotten, asks, and carries it out.
func (s *session) carryOutForgetting(ctx context.Context, f *campaign.Forgetting) error {
	if f.Consent().Messages > 0 {
		screen.Forget(s.Err, s.mode, f)
	}
	if err := s.consented(ctx, f.Asking(), screen.ForgetPrompt, func() {}); err != nil {
		return err
	}
	done, err := f.CarryOut(ctx, f.Consent())
	if err != nil {
		return err
	}
	screen.Forgotten(s.Out, s.mode, done, s.rehearsed(f.Request))
	return nil
}

// rehearsed spells the same command for the rehearsals' ledger, where there is one.
func (s *session) rehearsed(req campaign.ForgetRequest) campaign.Command {
	if s.sandbox || s.place.Other() == "" {
		return nil
	}
	rehearsal := &options{sandbox: true, ledger: s.ledger}
	return rehearsal.desk().Command(req.Words()...)
}
