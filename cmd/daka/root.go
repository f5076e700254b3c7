package main

import (
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"
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

Every flag can also be set by an environment variable, --base-url by
DAKA_BASE_URL, or in the configuration file: see "daka config". The secret of an
app is only read from DAKA_SECRET or a file. Results go to stdout, everything else
to stderr.

With -o json or ndjson an error is an object on the last line of stderr: {"error":
{"message", "kind", "exit_code", "retry", ...}}. Its message is always English;
under --lang zh, or a Chinese locale, text is the same in Chinese.

` + exitHelp
	root.Example = "  daka demo\n  daka init --db sqlite:daka.db && daka serve --db sqlite:daka.db\n  daka report month last month --lang zh"
	version := readVersion()
	root.Version = version.String()
	root.SetVersionTemplate("{{.Version}}\n")
	root.SetHelpCommand(newHelpCommand())
	root.SilenceErrors, root.SilenceUsage = true, true
	root.SetFlagErrorFunc(func(cmd *cobra.Command, err error) error {
		if args := cmd.Flags().Args(); cmd.HasSubCommands() && len(args) > 0 {
			return cmd.Args(cmd, args) // the flags are those of another command than was found
		}
		return usagef("%s: %w", cmd.CommandPath(), likelyFlag(cmd, databaseAlone(cmd, err)))
	})
	root.PersistentPreRunE = func(cmd *cobra.Command, _ []string) error {
		if err := applySettings(cmd); err != nil {
			return err
		}
		return beginWithBOM(cmd)
	}
	var lang langFlag
	bindTo(root.PersistentFlags(), "lang", &lang)
	bindTo(root.PersistentFlags(), "config", new(string))
	bindTo(root.PersistentFlags(), "quiet", new(bool))
	help := root.HelpFunc()
	root.SetHelpFunc(func(cmd *cobra.Command, args []string) {
		if misnamed(cmd) != nil {
			return // run fails with it
		}
		_ = applySettings(cmd) // help must come whatever is set
		localise(cmd)
		help(cmd, args)
	})
	return root
}

// group returns a command that is there for those below it. Alone it shows its
// help, whose examples are the first of each of them.
func group(use, short string, commands ...*cobra.Command) *cobra.Command {
	cmd := &cobra.Command{
		Use: use, Short: short, Args: knownCommand,
		RunE: func(cmd *cobra.Command, _ []string) error { return cmd.Help() },
	}
	cmd.SuggestionsMinimumDistance = 2
	cmd.AddCommand(commands...)
	examples := make([]string, len(commands))
	for i, sub := range commands {
		examples[i], _, _ = strings.Cut(sub.Example, "\n")
	}
	cmd.Example = strings.Join(examples, "\n")
	return cmd
}

// knownCommand refuses arguments, which are no commands of the command's.
func knownCommand(cmd *cobra.Command, args []string) error {
	if len(args) == 0 {
		return nil
	}
	if near := cmd.SuggestionsFor(args[0]); len(near) > 0 {
		return usagef("%s: no command %q: did you mean %s?", cmd.CommandPath(), args[0], strings.Join(near, ", "))
	}
	return usagef("%s: no command %q: see %s --help", cmd.CommandPath(), args[0], cmd.CommandPath())
}

// misnamed returns why what stands before --help is no command of a command's, and
// nil where it is help about the command itself.
func misnamed(cmd *cobra.Command) error {
	if args := cmd.Flags().Args(); cmd.HasSubCommands() && len(args) > 0 && cmd.Flags().Changed("help") {
		return cmd.Args(cmd, args)
	}
	return nil
}

// likelyFlag says of a flag that a command does not have which one may be meant.
func likelyFlag(cmd *cobra.Command, err error) error {
	unknown, ok := err.(*pflag.NotExistError)
	if !ok {
		return err
	}
	if near := nearFlag(cmd, unknown.GetSpecifiedName()); near != "" {
		return failf("%w: did you mean --%s?", err, near)
	}
	return err
}

func newHelpCommand() *cobra.Command {
	return &cobra.Command{
		Use:     "help [COMMAND...]",
		Short:   "Help about any command",
		Long:    "Shows the help of a command, as --help after it does. It needs no network.\n\n" + exitHelp,
		Example: "  daka help report month\n  daka help --lang zh import",
		RunE: func(cmd *cobra.Command, args []string) error {
			about, rest, err := cmd.Root().Find(args)
			if err == nil {
				err = knownCommand(about, rest)
			}
			if err != nil {
				return err
			}
			about.InitDefaultHelpFlag()
			return about.Help()
		},
		ValidArgsFunction: func(cmd *cobra.Command, args []string, begun string) (names []string, _ cobra.ShellCompDirective) {
			about, rest, err := cmd.Root().Find(args)
			if err == nil && len(rest) == 0 {
				for _, sub := range about.Commands() {
					if sub.IsAvailableCommand() && strings.HasPrefix(sub.Name(), begun) {
						names = append(names, cobra.CompletionWithDesc(sub.Name(), sub.Short))
					}
				}
			}
			return names, cobra.ShellCompDirectiveNoFileComp
		},
	}
}
