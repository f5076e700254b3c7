package main

import (
	"fmt"
	"os"

	"github.com/spf13/cobra"
	"go.yaml.in/yaml/v3"
)

const configHelp = `The configuration file is daka/config.yaml in $XDG_CONFIG_HOME (else where this
system keeps such files), or what --config or DAKA_CONFIG names:

  profile: acme                 # asked when no --db, --base-url or --profile is given
  settings:
    output: json                # any flag by its name
  profiles:
    acme:
      base_url: https://qyapi.weixin.qq.com
      corp_id: ww0123456789abcdef
      secret_file: /home/me/acme.secret      # or secret_env: ACME_SECRET
      zone: Asia/Shanghai

A flag takes precedence over its environment variable, that over the file, and the
file over the default. The file never holds a secret, only where one is.`

func newConfigCommand() *cobra.Command {
	cmd := group("config", "Keep settings and profiles in a file",
		newConfigListCommand(), newConfigSetCommand(), newConfigUnsetCommand(), newConfigPathCommand(), newProfileCommand())
	cmd.Long = configHelp
	cmd.PersistentPreRunE = func(cmd *cobra.Command, _ []string) error {
		err := applyEnvironment(cmd)
		_ = applyConfig(cmd) // these are there to mend a file that is wrong or missing
		return err
	}
	return cmd
}

// settingRow is a setting that somebody has set.
type settingRow struct {
	Key   string `json:"key"`
	Value string `json:"value"`
	From  string `json:"from"` // the variable or the file
}

func newConfigListCommand() *cobra.Command {
	output := asTable
	cmd := &cobra.Command{
		Use:     "list",
		Short:   "List what is set by the environment and the file",
		Long:    "Lists the settings that the environment and the configuration file give values,\nwith the one that counts.\n\n" + exitHelp,
		Example: "  daka config list",
		Args:    noArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			c, err := loadConfig(cmd)
			if err != nil {
				return err
			}
			columns := []column{{head: "key"}, {head: "value"}, {head: "from"}}
			return writeRows(cmd, output, columns, settingRows(c), func(r settingRow) []string { return []string{r.Key, r.Value, r.From} })
		},
	}
	bind(cmd, "output", &output)
	return cmd
}

func settingRows(c *config) (rows []settingRow) {
	for i := range settings {
		s := &settings[i]
		row := settingRow{s.name, os.Getenv(s.variable()), s.variable()}
		if row.Value == "" {
			row.Value, row.From = c.Settings[s.name], c.path
			if s.name == "profile" {
				row.Value = c.Profile
			}
		}
		if s.name == "db" {
			row.Value = shown(row.Value)
		}
		if row.Value != "" {
			rows = append(rows, row)
		}
	}
	return rows
}

func newConfigSetCommand() *cobra.Command {
	var w writeOptions
	cmd := &cobra.Command{
		Use:   "set KEY VALUE",
		Short: "Set a setting in the file",
		Long: `Sets a setting in the configuration file, which is made if need be. KEY is the
name of a flag, such as output, lang or db, or profile.

` + exitHelp,
		Example: "  daka config set output json",
		Args: func(cmd *cobra.Command, args []string) error {
			if len(args) != 2 {
				return usagef("%s: want KEY and VALUE, got %d arguments", cmd.CommandPath(), len(args))
			}
			return nil
		},
		RunE: func(cmd *cobra.Command, args []string) error {
			if err := checkValue(cmd, args[0], args[1]); err != nil {
				return usagef("%s: %w", cmd.CommandPath(), err)
			}
			return changeConfig(cmd, &w, scalar(args[1]), configKey(args[0])...)
		},
	}
	w.bindDryRun(cmd)
	return cmd
}

// configKey returns where a key is in the file.
func configKey(name string) []string {
	if name == "profile" {
		return []string{"profile"}
	}
	return []string{"settings", name}
}

// checkValue refuses what no command would take.
func checkValue(cmd *cobra.Command, name, value string) error {
	if name == "profile" {
		c, err := loadConfig(cmd)
		if err != nil {
			return err
		}
		if _, ok := c.Profiles[value]; !ok {
			return noProfile(c, value)
		}
		return nil
	}
	if err := checkSetting(name, value); err != nil {
		return err
	}
	var refused error
	for _, c := range commandsOf(newRootCommand()) {
		f := c.Flags().Lookup(name)
		if f == nil {
			continue
		}
		if refused = f.Value.Set(value); refused == nil {
			return nil // commands differ in what they take: one is enough
		}
	}
	return wrapped(refused, name)
}

// commandsOf returns a command and all below it.
func commandsOf(cmd *cobra.Command) []*cobra.Command {
	all := []*cobra.Command{cmd}
	for _, sub := range cmd.Commands() {
		all = append(all, commandsOf(sub)...)
	}
	return all
}

func newConfigUnsetCommand() *cobra.Command {
	var w writeOptions
	cmd := &cobra.Command{
		Use:     "unset KEY",
		Short:   "Take a setting out of the file",
		Long:    "Takes a setting, or profile, out of the configuration file.\n\n" + exitHelp,
		Example: "  daka config unset output",
		Args:    oneArg("KEY"),
		RunE: func(cmd *cobra.Command, args []string) error {
			if settingOf(args[0]) == nil {
				return usagef("%s: there is no setting %q", cmd.CommandPath(), args[0])
			}
			return changeConfig(cmd, &w, nil, configKey(args[0])...)
		},
	}
	w.bindDryRun(cmd)
	return cmd
}

// changeConfig sets or takes out a member of the configuration file.
func changeConfig(cmd *cobra.Command, w *writeOptions, value *yaml.Node, path ...string) error {
	file, _ := configPath(cmd)
	if err := planned(cmd, w, say(cmd, "change %s", file)); err != nil {
		return err
	}
	return editConfig(cmd, func(top *yaml.Node) { put(top, value, path...) })
}

func newConfigPathCommand() *cobra.Command {
	return &cobra.Command{
		Use:     "path",
		Short:   "Print where the file is",
		Long:    "Prints where the configuration file is, whether there is one or not.\n\n" + exitHelp,
		Example: "  daka config path",
		Args:    noArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			path, _ := configPath(cmd)
			_, err := fmt.Fprintln(cmd.OutOrStdout(), path)
			return err
		},
	}
}
