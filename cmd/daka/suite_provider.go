package main

import (
	"context"
	"slices"

	"github.com/dakahq/daka/internal/app"
	"github.com/dakahq/daka/internal/attendance"
	"github.com/dakahq/daka/internal/qyapi"
	"github.com/spf13/cobra"
)

func newSuiteVerifyCommand() *cobra.Command {
	var o suiteOptions
	var receiver string
	cmd := &cobra.Command{
		Use:   "verify SUITE",
		Short: "Try the callback URL of a suite out",
		Long: `Calls the callback URL as WeCom does when one is set: a GET with msg_signature,
timestamp, nonce and echostr, to be answered within a second with the text of
the echostr and nothing else. WeCom's documents name the suite's id as the
receiveid; it was seen to send the provider's corpid, for which there is
--receiver.

` + keyHelp + `

` + exitHelp,
		Example: "  daka suite verify ww0123456789abcdef --key-file daka.key",
		Args:    oneArg("SUITE"),
		RunE: func(cmd *cobra.Command, args []string) error {
			return o.with(cmd.Context(), toRead, func(a *app.App) error {
				if err := qyapi.NewPusher(a).Verify(cmd.Context(), app.SuiteID(args[0]), receiver); err != nil {
					return err
				}
				return writeObject(cmd, o.output, struct {
					SuiteID  string `json:"suite_id"`
					Verified bool   `json:"verified"`
				}{args[0], true}, say(cmd, "the callback of suite %s answers as it should", args[0]))
			})
		},
	}
	o.bind(cmd)
	bind(cmd, "receiver", &receiver)
	return cmd
}

func newSuiteTicketCommand() *cobra.Command {
	var o suiteOptions
	cmd := &cobra.Command{
		Use:   "ticket SUITE",
		Short: "Make a new suite_ticket",
		Long: `Makes a suite_ticket, prints it, and pushes it to the callback where there is one.
It counts for half an hour; those of before go on. "daka serve" pushes one every
ten minutes by itself.

` + keyHelp + `

` + exitHelp,
		Example: "  daka suite ticket ww0123456789abcdef --key-file daka.key",
		Args:    oneArg("SUITE"),
		RunE: func(cmd *cobra.Command, args []string) error {
			return o.with(cmd.Context(), o.write.access(), func(a *app.App) error {
				return o.tell(cmd, a, app.SuiteID(args[0]), func() error {
					return planned(cmd, &o.write, say(cmd, "make a ticket of the suite %s", args[0]))
				}, func(ctx context.Context) (app.SuiteEvent, error) {
					return a.NewTicket(ctx, app.SuiteID(args[0]))
				})
			})
		},
	}
	o.bind(cmd)
	o.write.bindDryRun(cmd)
	return cmd
}

func newSuiteRotateCommand() *cobra.Command {
	var o suiteOptions
	cmd := &cobra.Command{
		Use:   "rotate SUITE",
		Short: "Give a suite a new suite_secret",
		Long: `Gives a suite a new suite_secret and prints it once. The old secret and the
suite_access_tokens made with it end at once; permanent codes go on.

` + exitHelp,
		Example: "  daka suite rotate ww0123456789abcdef",
		Args:    oneArg("SUITE"),
		RunE: func(cmd *cobra.Command, args []string) error {
			return withApp(cmd.Context(), o.db, o.write.access(), func(a *app.App) error {
				all, err := a.Suites(cmd.Context())
				if err != nil {
					return err
				}
				if !slices.ContainsFunc(all, func(s app.Suite) bool { return string(s.ID) == args[0] }) {
					return failf("suite %q: %w", args[0], app.ErrSuite)
				}
				if err := confirm(cmd, &o.write, say(cmd, "replace the suite_secret of %s", args[0])); err != nil {
					return err
				}
				secret, err := a.RotateSuiteSecret(cmd.Context(), app.SuiteID(args[0]))
				if err != nil {
					return failf("rotate the suite_secret: %w", err)
				}
				return writeObject(cmd, o.output, struct {
					SuiteID string `json:"suite_id"`
					Secret  string `json:"suite_secret"`
				}{args[0], secret.Reveal()}, say(cmd, "suite %s, suite_secret %s", args[0], secret.Reveal()))
			})
		},
	}
	o.db, o.output = defaultDB, asTable
	bind(cmd, "db", &o.db)
	bind(cmd, "output", &o.output)
	o.write.bind(cmd)
	return cmd
}

func newSuiteProviderCommand() *cobra.Command {
	var o databaseOptions
	var w writeOptions
	output := asTable
	cmd := &cobra.Command{
		Use:   "provider",
		Short: "Make a corporation a provider",
		Long: `Lets a corporation fetch provider_access_tokens, and prints its provider_secret
once. Done again, it replaces the secret; the old one and its tokens end at once.
The check-in interface needs none of it.

` + exitHelp,
		Example: "  daka suite provider --corp wwa",
		Args:    noArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			return o.withCorp(cmd.Context(), w.access(), func(a *app.App, corp *app.Corp) error {
				if err := confirm(cmd, &w, say(cmd, "make %s a provider, with a new provider_secret", corp.ID)); err != nil {
					return err
				}
				secret, err := a.MakeProvider(cmd.Context(), corp.ID)
				if err != nil {
					return failf("make the provider: %w", err)
				}
				return writeObject(cmd, output, struct {
					CorpID attendance.CorpID `json:"corp_id"`
					Secret string            `json:"provider_secret"`
				}{corp.ID, secret.Reveal()}, say(cmd, "provider %s, provider_secret %s", corp.ID, secret.Reveal()))
			})
		},
	}
	o.bind(cmd)
	bind(cmd, "output", &output)
	w.bind(cmd)
	return cmd
}
