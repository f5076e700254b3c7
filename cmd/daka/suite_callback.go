package main

import (
	"github.com/dakahq/daka/internal/app"
	"github.com/spf13/cobra"
)

// suiteCallbackOptions say what is to change of a suite's callback.
type suiteCallbackOptions struct {
	suiteOptions
	url   string
	file  string
	renew bool
}

func newSuiteCallbackCommand() *cobra.Command {
	var o suiteCallbackOptions
	cmd := &cobra.Command{
		Use:   "callback SUITE",
		Short: "Change the callback of a suite",
		Long: `Changes where the tickets and events of a suite are pushed, and what they are
encrypted with: --callback-url names another URL, or none with --callback-url "";
--callback-file holds a token and an EncodingAESKey that the provider has chosen;
--renew makes random ones, which are printed once. What is not said stays. The
suite_secret, tokens and permanent codes go on.

It counts from the next push on: what has the old token and key cannot read that.
Try it out with "daka suite verify" before, on the provider's side, and after.

` + keyHelp + `

` + exitHelp,
		Example: "  daka suite callback ww0123456789abcdef --callback-url https://app.example.com/new --key-file daka.key --yes\n" +
			"  daka suite callback ww0123456789abcdef --renew --key-file daka.key --dry-run",
		Args: oneArg("SUITE"),
		RunE: func(cmd *cobra.Command, args []string) error {
			edit, err := o.edit(cmd)
			if err != nil {
				return err
			}
			return runSuiteCallback(cmd, &o, app.SuiteID(args[0]), edit)
		},
	}
	o.bind(cmd)
	bind(cmd, "callback-url", &o.url)
	bind(cmd, "callback-file", &o.file)
	bind(cmd, "renew", &o.renew)
	o.write.bind(cmd)
	return cmd
}

// edit reads what is to change.
func (o *suiteCallbackOptions) edit(cmd *cobra.Command) (edit app.CallbackEdit, err error) {
	edit.Renew = o.renew
	if originOf(cmd, "callback-url") != fromDefault {
		edit.URL = &o.url
	}
	if o.renew && o.file != "" {
		return edit, usagef("%s: --callback-file and --renew exclude each other", cmd.CommandPath())
	}
	if edit.URL == nil && o.file == "" && !o.renew {
		return edit, usagef("%s: say what is to change with --callback-url, --callback-file or --renew", cmd.CommandPath())
	}
	var chosen app.NewSuite
	err = readCallback(o.file, &chosen)
	edit.Token, edit.EncodingAESKey = chosen.CallbackToken, chosen.EncodingAESKey
	return edit, err
}

func runSuiteCallback(cmd *cobra.Command, o *suiteCallbackOptions, id app.SuiteID, edit app.CallbackEdit) error {
	return o.with(cmd.Context(), o.write.access(), func(a *app.App) error {
		if err := a.CheckCallback(cmd.Context(), id, edit); err != nil {
			return failf("change the callback: %w", err)
		}
		if err := confirm(cmd, &o.write, o.plan(cmd, id, edit)); err != nil {
			return err
		}
		c, err := a.SetCallback(cmd.Context(), id, edit)
		if err != nil {
			return failf("change the callback: %w", err)
		}
		out := suiteOut(&c.Suite)
		text := say(cmd, "the callback of suite %s goes to %s", out.SuiteID, orNowhere(cmd, out.CallbackURL))
		if edit.Renew {
			out.Token, out.EncodingAESKey = c.CallbackToken.Reveal(), c.EncodingAESKey.Reveal()
			text += "\n" + say(cmd, "token %s, EncodingAESKey %s", out.Token, out.EncodingAESKey)
		}
		return writeObject(cmd, o.output, out, text)
	})
}

// plan says what is going to change.
func (o *suiteCallbackOptions) plan(cmd *cobra.Command, id app.SuiteID, edit app.CallbackEdit) string {
	secrets := edit.Renew || edit.Token != ""
	switch {
	case edit.URL == nil:
		return say(cmd, "replace the token and key of the callback of suite %s", id)
	case secrets:
		return say(cmd, "have the callback of suite %s go to %s, with another token and key", id, orNowhere(cmd, o.url))
	}
	return say(cmd, "have the callback of suite %s go to %s", id, orNowhere(cmd, o.url))
}

func orNowhere(cmd *cobra.Command, url string) string {
	if url == "" {
		return say(cmd, "nowhere")
	}
	return url
}
