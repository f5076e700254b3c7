package main

import (
	"context"
	"io"
	"os"
	"strings"

	"github.com/dakahq/daka/internal/app"
	"github.com/dakahq/daka/internal/attendance"
	"github.com/dakahq/daka/internal/qyapi"
	"github.com/spf13/cobra"
)

// withCorp is with for one corporation.
func (o *suiteOptions) withCorp(ctx context.Context, want access, do func(*app.App, *app.Corp) error) error {
	return o.with(ctx, want, func(a *app.App) error {
		corp, err := o.find(ctx, a)
		if err != nil {
			return err
		}
		return do(a, corp)
	})
}

// told is what came of an event: whom it is about, and whether the provider
// was told.
type told struct {
	SuiteID  app.SuiteID       `json:"suite_id"`
	CorpID   attendance.CorpID `json:"corp_id,omitzero"`
	Event    app.EventType     `json:"event"`
	AuthCode string            `json:"auth_code,omitzero"`
	Ticket   string            `json:"suite_ticket,omitzero"`
	Expires  int64             `json:"expires_in,omitzero"` // seconds that the code or ticket counts
	Pushed   bool              `json:"pushed"`
}

// tell does what makes an event and pushes the event to the suite's callback.
// The code of an event is printed whether the push succeeds or not: what
// happened is not undone by that. A suite that cannot be told, for want of the
// key, is left as it is.
// agree is asked before anything is done.
func (o *suiteOptions) tell(cmd *cobra.Command, a *app.App, id app.SuiteID, agree func() error, do func(context.Context) (app.SuiteEvent, error)) error {
	ctx := cmd.Context()
	callback, err := a.Callback(ctx, id)
	if err != nil {
		return err
	}
	if err := agree(); err != nil {
		return err
	}
	event, err := do(ctx)
	if err != nil {
		return err
	}
	var failed error
	if callback.URL != "" {
		failed = qyapi.NewPusher(a).Push(ctx, event)
	}
	out := told{
		SuiteID: id, CorpID: event.Corp, Event: event.Type, AuthCode: event.AuthCode.Reveal(), Ticket: event.Ticket.Reveal(),
		Pushed: callback.URL != "" && failed == nil,
	}
	switch {
	case out.AuthCode != "":
		out.Expires = app.AuthCodeLife
	case out.Ticket != "":
		out.Expires = app.TicketLife
	}
	if err := out.write(cmd, o.output); err != nil {
		return err
	}
	if failed != nil {
		return failf("it is done, but the provider was not told: %w", failed)
	}
	return nil
}

func (t *told) write(cmd *cobra.Command, output format) error {
	text := say(cmd, "%s of suite %s", t.Event, t.SuiteID)
	if t.CorpID != "" {
		text += say(cmd, ", corporation %s", t.CorpID)
	}
	if t.AuthCode != "" {
		text += say(cmd, ": auth_code %s, for %d s", t.AuthCode, t.Expires)
	}
	if t.Ticket != "" {
		text += say(cmd, ": suite_ticket %s, for %d s", t.Ticket, t.Expires)
	}
	if t.Pushed {
		text += say(cmd, "; pushed")
	}
	return writeObject(cmd, output, t, text)
}

func newSuiteAuthorizeCommand() *cobra.Command {
	var o suiteOptions
	var visible rangeFlags
	var user, state, preAuthFile string
	cmd := &cobra.Command{
		Use:   "authorize SUITE",
		Short: "Let a corporation authorise a suite",
		Long: `Makes a suite an app of a corporation, which sees everybody or the --visible
departments, members and tags, and prints the auth_code that its provider
exchanges for a permanent code within ten minutes. The provider is pushed a
create_auth event. Done again, it renews the authorisation.

` + keyHelp + `

` + exitHelp,
		Example: "  daka suite authorize ww0123456789abcdef --corp wwa --visible-depts 2,3 --key-file daka.key",
		Args:    oneArg("SUITE"),
		RunE: func(cmd *cobra.Command, args []string) error {
			auth := app.Authorization{User: attendance.UserID(user), State: state}
			if err := visible.apply(&auth.Range); err != nil {
				return err
			}
			code, err := readCode(cmd.InOrStdin(), preAuthFile)
			if err != nil {
				return err
			}
			auth.PreAuthCode = code
			return o.withCorp(cmd.Context(), o.write.access(), func(a *app.App, corp *app.Corp) error {
				return o.tell(cmd, a, app.SuiteID(args[0]), func() error {
					return planned(cmd, &o.write, say(cmd, "have %s authorise the suite %s", corp.ID, args[0]))
				}, func(ctx context.Context) (app.SuiteEvent, error) {
					event, err := a.AuthorizeSuite(ctx, corp.ID, app.SuiteID(args[0]), auth)
					return event, wrapped(err, "authorise the suite")
				})
			})
		},
	}
	o.bind(cmd)
	bind(cmd, "corp", &o.corp)
	visible.bind(cmd)
	bind(cmd, "auth-user", &user)
	bind(cmd, "state", &state)
	bind(cmd, "pre-auth-file", &preAuthFile)
	o.write.bindDryRun(cmd)
	return cmd
}

// readCode reads a code of a few hundred bytes from a file, or from stdin for -.
func readCode(stdin io.Reader, path string) (app.Secret, error) {
	if path == "" {
		return "", nil
	}
	in := stdin
	if path != "-" {
		f, err := os.Open(path)
		if err != nil {
			return "", failf("--pre-auth-file: %w", err)
		}
		defer f.Close()
		in = f
	}
	text, err := io.ReadAll(io.LimitReader(in, 4096))
	if err != nil {
		return "", failf("--pre-auth-file: %w", err)
	}
	code := strings.TrimSpace(string(text))
	if code == "" {
		return "", failf("--pre-auth-file: there is no code in it")
	}
	return app.Secret(code), nil
}

func wrapped(err error, doing string) error {
	if err != nil {
		err = failf("%s: %w", doing, err)
	}
	return err
}

func newSuiteResetCommand() *cobra.Command {
	return newSuiteEventCommand("reset SUITE", "Have a provider fetch a new permanent code", `Prints an auth_code and pushes it to the provider in a reset_permanent_code event.
Within ten minutes the provider exchanges it for a new permanent code; with that
the old one and its tokens end.`,
		"  daka suite reset dk0123456789abcdef --corp wwa --key-file daka.key", "reset the permanent code", "have the permanent code of %s for the suite %s replaced", (*app.App).ResetPermanentCode)
}

func newSuiteCancelCommand() *cobra.Command {
	return newSuiteEventCommand("cancel SUITE", "End a corporation's authorisation of a suite", `Ends the authorisation with its permanent code and tokens, at once, and pushes a
cancel_auth event to the provider.`,
		"  daka suite cancel ww0123456789abcdef --corp wwa --key-file daka.key", "cancel the suite", "end the authorisation that %s gave the suite %s", (*app.App).CancelSuite)
}

// newSuiteEventCommand is a command about a corporation's suite that tells the
// provider.
func newSuiteEventCommand(use, short, long, example, doing, plan string,
	do func(*app.App, context.Context, attendance.CorpID, app.SuiteID) (app.SuiteEvent, error)) *cobra.Command {
	var o suiteOptions
	cmd := &cobra.Command{
		Use: use, Short: short, Long: long + "\n\n" + keyHelp + "\n\n" + exitHelp, Example: example, Args: oneArg("SUITE"),
		RunE: func(cmd *cobra.Command, args []string) error {
			return o.withCorp(cmd.Context(), o.write.access(), func(a *app.App, corp *app.Corp) error {
				return o.tell(cmd, a, app.SuiteID(args[0]), func() error {
					return confirm(cmd, &o.write, say(cmd, plan, corp.ID, args[0]))
				}, func(ctx context.Context) (app.SuiteEvent, error) {
					event, err := do(a, ctx, corp.ID, app.SuiteID(args[0]))
					return event, wrapped(err, doing)
				})
			})
		},
	}
	o.bind(cmd)
	bind(cmd, "corp", &o.corp)
	o.write.bind(cmd)
	return cmd
}
