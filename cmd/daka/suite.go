package main

import (
	"context"
	"encoding/json"
	"os"
	"strings"

	"github.com/dakahq/daka/internal/app"
	"github.com/spf13/cobra"
)

func newSuiteCommand() *cobra.Command {
	return group("suite", "Keep the apps that providers offer to corporations",
		newSuiteAddCommand(), newSuiteListCommand(), newSuiteVerifyCommand(), newSuiteCallbackCommand(),
		newSuiteTicketCommand(), newSuiteRotateCommand(),
		newSuiteAuthorizeCommand(), newSuiteResetCommand(), newSuiteCancelCommand(), newSuiteProviderCommand())
}

// keyHelp is for commands that need the key.
const keyHelp = `It needs the key that "daka serve" has: --key-file or DAKA_KEY. "daka key" makes one.`

// suiteOptions are those of a command about suites.
type suiteOptions struct {
	databaseOptions
	keyFile string
	output  format
	write   writeOptions
}

// bind gives a command the settings; a suite itself is no corporation's.
func (o *suiteOptions) bind(cmd *cobra.Command) {
	o.db, o.output = defaultDB, asTable
	bind(cmd, "db", &o.db)
	bind(cmd, "key-file", &o.keyFile)
	bind(cmd, "output", &o.output)
}

// with opens the database with the key.
func (o *suiteOptions) with(ctx context.Context, want access, do func(*app.App) error) error {
	key, err := keyFrom(o.keyFile)
	if err != nil {
		return err
	}
	return withApp(ctx, o.db, want, do, app.WithKey(key))
}

// suiteOutput is a suite as it is printed; its secrets only when they were just
// made.
type suiteOutput struct {
	SuiteID        app.SuiteID      `json:"suite_id"`
	Kind           app.AppKind      `json:"kind"`
	Name           string           `json:"name"`
	CallbackURL    string           `json:"callback_url"`
	Permissions    []app.Permission `json:"permissions"`
	Secret         string           `json:"suite_secret,omitzero"`
	Token          string           `json:"token,omitzero"`
	EncodingAESKey string           `json:"encoding_aes_key,omitzero"`
}

func suiteOut(s *app.Suite) suiteOutput {
	return suiteOutput{SuiteID: s.ID, Kind: s.Kind, Name: s.Name, CallbackURL: s.CallbackURL, Permissions: append([]app.Permission{}, s.Permissions...)}
}

// suiteAddOptions describe a suite to be made.
type suiteAddOptions struct {
	suiteOptions
	kind, id, name, url, callbackFile string
	permissions                       permissionFlag
}

func newSuiteAddCommand() *cobra.Command {
	o := suiteAddOptions{kind: string(app.SuiteApp)}
	cmd := &cobra.Command{
		Use:   "add",
		Short: "Add a suite",
		Long: `Adds a suite, --kind third-party (many corporations may have it) or
provider-developed (the template of apps made for one), and prints its id,
suite_secret and the token and EncodingAESKey of its callback once. Each
corporation that authorises it grants it the --permissions:

` + permissionHelp + `

The callback is told of events, and of a new suite_ticket every ten minutes. Try
it out with "daka suite verify". ` + keyHelp + `

` + exitHelp,
		Example: "  daka suite add --name 考勤 --callback-url https://app.example.com/callback --key-file daka.key",
		Args:    noArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			n := app.NewSuite{Suite: app.Suite{
				ID: app.SuiteID(o.id), Kind: app.AppKind(o.kind), Name: o.name, CallbackURL: o.url, Permissions: o.permissions.list,
			}}
			if err := readCallback(o.callbackFile, &n); err != nil {
				return err
			}
			return o.with(cmd.Context(), o.write.access(), func(a *app.App) error {
				if err := planned(cmd, &o.write, say(cmd, "add a %s suite", o.kind)); err != nil {
					return err
				}
				made, err := a.AddSuite(cmd.Context(), n)
				if err != nil {
					return failf("add the suite: %w", err)
				}
				return o.print(cmd, &made)
			})
		},
	}
	o.bind(cmd)
	bind(cmd, "kind", &o.kind)
	bind(cmd, "suite-id", &o.id)
	bind(cmd, "name", &o.name)
	bind(cmd, "callback-url", &o.url)
	bind(cmd, "callback-file", &o.callbackFile)
	bind(cmd, "permissions", &o.permissions)
	o.write.bindDryRun(cmd)
	return cmd
}

func (o *suiteAddOptions) print(cmd *cobra.Command, made *app.SuiteCredential) error {
	out := suiteOut(&made.Suite)
	out.Secret, out.Token, out.EncodingAESKey = made.Secret.Reveal(), made.CallbackToken.Reveal(), made.EncodingAESKey.Reveal()
	return writeObject(cmd, o.output, out, say(cmd, `%s suite  %s (%s), suite_secret %s
callback  token %s, EncodingAESKey %s`, out.Kind, out.SuiteID, out.Name, out.Secret, out.Token, out.EncodingAESKey))
}

// readCallback reads what a provider has chosen for its callback. Its errors do
// not hold the content.
func readCallback(path string, n *app.NewSuite) error {
	if path == "" {
		return nil
	}
	text, err := os.ReadFile(path)
	if err != nil {
		return failf("--callback-file: %w", err)
	}
	var secrets struct {
		Token  string `json:"token"`
		AESKey string `json:"encoding_aes_key"`
	}
	if json.Unmarshal(text, &secrets) != nil || secrets.Token == "" || secrets.AESKey == "" {
		return failf("--callback-file: want a JSON object with token and encoding_aes_key")
	}
	n.CallbackToken, n.EncodingAESKey = app.Secret(secrets.Token), app.Secret(secrets.AESKey)
	return nil
}

func newSuiteListCommand() *cobra.Command {
	var o suiteOptions
	cmd := &cobra.Command{
		Use:     "list",
		Short:   "List the suites of a database",
		Long:    "Lists the suites of a database. Secrets cannot be read again.\n\n" + exitHelp,
		Example: "  daka suite list -o json",
		Args:    noArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			return withApp(cmd.Context(), o.db, toRead, func(a *app.App) error {
				all, err := a.Suites(cmd.Context())
				if err != nil {
					return err
				}
				var rows []suiteOutput
				for i := range all {
					rows = append(rows, suiteOut(&all[i]))
				}
				columns := []column{{head: "suite_id"}, {head: "kind"}, {head: "suite"}, {head: "callback_url"}, {head: "permissions"}}
				return writeRows(cmd, o.output, columns, rows, func(r suiteOutput) []string {
					return []string{string(r.SuiteID), string(r.Kind), r.Name, r.CallbackURL, joined(r.Permissions)}
				})
			})
		},
	}
	o.db, o.output = defaultDB, asTable
	bind(cmd, "db", &o.db)
	bind(cmd, "output", &o.output)
	return cmd
}

// joined writes permissions with commas, or none.
func joined(list []app.Permission) string {
	if len(list) == 0 {
		return "none"
	}
	words := make([]string, len(list))
	for i, p := range list {
		words[i] = string(p)
	}
	return strings.Join(words, ",")
}
