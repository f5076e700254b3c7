package main

import (
	"strings"

	"github.com/spf13/cobra"
)

func newRootCommand() *cobra.Command {
	root := group("daka", "WeCom check-in as software you own",
		newDemoCommand(), newInitCommand(), newCorpCommand(), newAppCommand(), newSuiteCommand(), newKeyCommand(), newServeCommand(),
		newMigrateCommand(), newSyncCommand(), newDoctorCommand(), newBackupCommand(), newRestoreCommand(), newImportCommand(), newReportCommand(), newRecordsCommand(), newScheduleCommand(), newPunchCommand(), newCorrectCommand(), newFaceCommand(),
		newRulesCommand(), newMembersCommand(), newApprovalsCommand(), newExportCommand(), newExplainCommand(), newScenarioCommand(), newMonthCommand(), newHolidaysCommand(), newOptionsCommand(), newAuditCommand(), newVerifyCommand(),
		newConfigCommand(), newVersionCommand())
	root.Long = `daka serves WeCom's check-in interface from your own database, takes the exports
of attendance terminals in, and computes the day and month reports.

Begin with "daka demo", or with "daka init" and "daka serve".

Every flag can be set by an environment variable too, --base-url by
DAKA_BASE_URL, or in the configuration file: see "daka config". The secret of an
app is read from DAKA_SECRET or a file alone. What a command is asked for goes to
stdout, all else to stderr; with -o json an error is an object on its last line.

` + exitHelp
	root.SilenceErrors, root.SilenceUsage = true, true
	root.SetFlagErrorFunc(func(cmd *cobra.Command, err error) error {
		if args := cmd.Flags().Args(); cmd.HasSubCommands() && len(args) > 0 {
			return cmd.Args(cmd, args) // the flags are those of another command than was found
		}
		return usagef("%s: %w", cmd.CommandPath(), err)
	})
	root.PersistentPreRunE = func(cmd *cobra.Command, _ []string) error { return applySettings(cmd) }
	var lang langFlag
	bindTo(root.PersistentFlags(), "lang", &lang)
	bindTo(root.PersistentFlags(), "config", new(string))
	bindTo(root.PersistentFlags(), "quiet", new(bool))
	help := root.HelpFunc()
	root.SetHelpFunc(func(cmd *cobra.Command, args []string) {
		_ = applySettings(cmd) // help must come whatever is set
		localise(cmd)
		help(cmd, args)
	})
	return root
}

// group returns a command that is there for those below it. Alone it shows its help.
func group(use, short string, commands ...*cobra.Command) *cobra.Command {
	cmd := &cobra.Command{
		Use: use, Short: short,
		Args: func(cmd *cobra.Command, args []string) error {
			if len(args) == 0 {
				return nil
			}
			if near := cmd.SuggestionsFor(args[0]); len(near) > 0 {
				return usagef("%s: no command %q: did you mean %s?", cmd.CommandPath(), args[0], strings.Join(near, " or "))
			}
			return usagef("%s: no command %q: see %s --help", cmd.CommandPath(), args[0], cmd.CommandPath())
		},
		RunE: func(cmd *cobra.Command, _ []string) error { return cmd.Help() },
	}
	cmd.SuggestionsMinimumDistance = 2
	cmd.AddCommand(commands...)
	return cmd
}
