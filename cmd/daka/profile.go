package main

import (
	"maps"
	"path/filepath"
	"slices"
	"strings"

	"github.com/dakahq/daka/internal/attendance"
	"github.com/dakahq/daka/wecom"
	"github.com/spf13/cobra"
	"go.yaml.in/yaml/v3"
)

func newProfileCommand() *cobra.Command {
	return group("profile", "Name servers and the apps as which they are asked",
		newProfileListCommand(), newProfileAddCommand(), newProfileUseCommand(), newProfileRemoveCommand())
}

// noProfile says which profiles there are.
func noProfile(c *config, name string) error {
	if len(c.Profiles) == 0 {
		return failf("there is no profile %q: add one with \"daka config profile add\"", name)
	}
	return failf("there is no profile %q: there are %s", name, strings.Join(slices.Sorted(maps.Keys(c.Profiles)), ", "))
}

// profileRow is a profile as it is printed.
type profileRow struct {
	Name       string `json:"name"`
	Used       bool   `json:"used"` // when no other source is named
	BaseURL    string `json:"base_url"`
	CorpID     string `json:"corp_id"`
	SecretFile string `json:"secret_file"`
	SecretEnv  string `json:"secret_env"`
	Zone       string `json:"zone"`
}

func (r profileRow) cells() []string {
	used, secret := "", secretVariable
	if r.Used {
		used = "*"
	}
	if r.SecretFile != "" {
		secret = r.SecretFile
	} else if r.SecretEnv != "" {
		secret = "$" + r.SecretEnv
	}
	return []string{used, r.Name, r.BaseURL, r.CorpID, secret, r.Zone}
}

func newProfileListCommand() *cobra.Command {
	output := asTable
	cmd := &cobra.Command{
		Use:     "list",
		Short:   "List the profiles",
		Long:    "Lists the profiles of the configuration file, the one in use with a star.\n\n" + exitHelp,
		Example: "  daka config profile list",
		Args:    noArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			c, err := loadConfig(cmd)
			if err != nil {
				return err
			}
			var rows []profileRow
			for _, name := range slices.Sorted(maps.Keys(c.Profiles)) {
				p := c.Profiles[name].filled()
				rows = append(rows, profileRow{name, name == c.Profile, p.BaseURL, p.CorpID, p.SecretFile, p.SecretEnv, p.Zone})
			}
			columns := []column{{head: "in use"}, {head: "profile"}, {head: "base_url"}, {head: "corp_id"}, {head: "secret"}, {head: "zone"}}
			return writeRows(cmd, output, columns, rows, profileRow.cells)
		},
	}
	bind(cmd, "output", &output)
	return cmd
}

// filled returns the profile with its defaults.
func (p profile) filled() profile {
	if p.BaseURL == "" {
		p.BaseURL = wecom.DefaultBaseURL
	}
	if p.Zone == "" {
		p.Zone = attendance.DefaultZone
	}
	return p
}

func newProfileAddCommand() *cobra.Command {
	var p profile
	var w writeOptions
	cmd := &cobra.Command{
		Use:   "add NAME",
		Short: "Add or replace a profile",
		Long: `Adds a profile to the configuration file, or replaces the one of this name: the
server of --base-url (WeCom, unless told), the corporation of --corp-id, where the
app's secret is (--secret-file or --secret-env, else DAKA_SECRET), and the --zone of
its days. A command asks it with --profile NAME; "daka config profile use" makes it
the one that is asked when nothing is said.

` + exitHelp,
		Example: "  daka config profile add acme --corp-id ww0123456789abcdef --secret-file acme.secret",
		Args:    oneArg("NAME"),
		RunE: func(cmd *cobra.Command, args []string) error {
			if err := p.check(); err != nil {
				return usagef("%s: %w", cmd.CommandPath(), err)
			}
			entry := &yaml.Node{Kind: yaml.MappingNode}
			for _, m := range []struct{ name, value string }{
				{"base_url", p.BaseURL}, {"corp_id", p.CorpID}, {"secret_file", p.SecretFile}, {"secret_env", p.SecretEnv}, {"zone", p.Zone},
			} {
				if m.value != "" {
					put(entry, scalar(m.value), m.name)
				}
			}
			return changeConfig(cmd, &w, entry, "profiles", args[0])
		},
	}
	bind(cmd, "base-url", &p.BaseURL)
	bind(cmd, "corp-id", &p.CorpID)
	bind(cmd, "secret-file", &p.SecretFile)
	bind(cmd, "secret-env", &p.SecretEnv)
	bind(cmd, "zone", &p.Zone)
	w.bindDryRun(cmd)
	return cmd
}

// check refuses what cannot be asked. A file is found from every folder.
func (p *profile) check() (err error) {
	if p.CorpID == "" {
		return failf("--corp-id is needed")
	}
	if p.SecretFile != "" && p.SecretEnv != "" {
		return failf("--secret-file and --secret-env exclude each other")
	}
	if p.SecretFile == "-" {
		return failf("--secret-file: stdin is not there for later commands")
	}
	if _, err := attendance.LoadZone(p.Zone); err != nil {
		return failf("--zone: %w", err)
	}
	if _, err := wecom.New(wecom.CorpApp(p.CorpID, wecom.NewSecret("none")), wecom.WithBaseURL(p.filled().BaseURL)); err != nil {
		return failf("--base-url: %w", err)
	}
	if p.SecretFile != "" {
		p.SecretFile, err = filepath.Abs(p.SecretFile)
	}
	return err
}

func newProfileUseCommand() *cobra.Command {
	var w writeOptions
	cmd := &cobra.Command{
		Use:   "use NAME",
		Short: "Ask a profile when nothing else is said",
		Long: `Makes a profile the one that commands ask which are given no --db, --base-url or
--profile. "daka config unset profile" ends it.

` + exitHelp,
		Example: "  daka config profile use acme",
		Args:    oneArg("NAME"),
		RunE: func(cmd *cobra.Command, args []string) error {
			if err := checkValue(cmd, "profile", args[0]); err != nil {
				return err
			}
			return changeConfig(cmd, &w, scalar(args[0]), "profile")
		},
	}
	w.bindDryRun(cmd)
	return cmd
}

func newProfileRemoveCommand() *cobra.Command {
	var w writeOptions
	cmd := &cobra.Command{
		Use:     "remove NAME",
		Short:   "Remove a profile",
		Long:    "Removes a profile from the configuration file. The file with its secret stays.\n\n" + exitHelp,
		Example: "  daka config profile remove acme",
		Args:    oneArg("NAME"),
		RunE: func(cmd *cobra.Command, args []string) error {
			c, err := loadConfig(cmd)
			if err != nil {
				return err
			}
			if _, ok := c.Profiles[args[0]]; !ok {
				return noProfile(c, args[0])
			}
			if err := confirm(cmd, &w, say(cmd, "remove the profile %s", args[0])); err != nil {
				return err
			}
			return editConfig(cmd, func(top *yaml.Node) {
				put(top, nil, "profiles", args[0])
				if c.Profile == args[0] {
					put(top, nil, "profile")
				}
			})
		},
	}
	w.bind(cmd)
	return cmd
}
