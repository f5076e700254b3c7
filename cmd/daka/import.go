package main

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"strconv"
	"time"

	"github.com/dakahq/daka/internal/app"
	"github.com/dakahq/daka/internal/attendance"
	"github.com/dakahq/daka/internal/terminal"
	"github.com/spf13/cobra"
)

func newImportCommand() *cobra.Command {
	return group("import", "Take members, shifts, punches and approvals in from files", newImportMembersCommand(), newImportSchedulesCommand(),
		newImportPunchesCommand(), newImportApprovalsCommand(), newImportAttlogCommand(), newImportQuarantineCommand())
}

// importOptions are those of import attlog.
type importOptions struct {
	databaseOptions
	write  writeOptions
	rule   string
	known  bool // punches of members alone
	output format
}

func newImportAttlogCommand() *cobra.Command {
	o := importOptions{output: asTable}
	cmd := &cobra.Command{
		Use:   "attlog FILE",
		Short: "Import the export of a ZKTeco terminal",
		Long: `Imports an attlog.dat: lines of PIN, date and time, and whatever columns follow,
between tabs or spaces. Times are those of the corporation's zone. A database
without a corporation gets one, and a PIN that is nobody becomes a member of the
root department, or with --known-only its lines are quarantined; stderr names them.
Every line is kept: imported, duplicate, or quarantined when it is no punch (see
"daka import quarantine"). Importing a file again adds nothing; a run
that was cut short is completed by running it again.

--rule names a JSON file with a rule document, in the form in which WeCom's calls
answer a rule, or in the one in which they take it, which has ot_info_v2 and no
ot_info. Its range decides who is on it.

A file that cannot be read, or of which no line is a punch, changes nothing.

` + exitHelp,
		Example: "  daka import attlog attlog.dat --dry-run\n  daka import attlog attlog.dat --rule rule.json",
		Args:    oneArg("FILE"),
		RunE: func(cmd *cobra.Command, args []string) error {
			return runImportAttlog(cmd, args[0], &o)
		},
	}
	o.bind(cmd)
	o.write.bindDryRun(cmd)
	bind(cmd, "rule", &o.rule)
	bind(cmd, "known-only", &o.known)
	bind(cmd, "output", &o.output)
	return cmd
}

func runImportAttlog(cmd *cobra.Command, path string, o *importOptions) error {
	ctx := cmd.Context()
	rule, err := readRule(o.rule)
	if err != nil {
		return err
	}
	zone, err := attendance.LoadZone("")
	if err != nil {
		return err
	}
	// Before the database is touched: a file that is refused leaves nothing behind.
	f, err := readAttlog(path, rule, zone, nil)
	if err != nil {
		return err
	}
	if o.write.dryRun {
		plan, f, err := o.foresee(cmd, f, path, rule, zone)
		if err != nil {
			return err
		}
		return planned(cmd, &o.write, say(cmd, "import %d punches of %s, %d duplicate, and put %d lines in quarantine", plan.Added, path, plan.Unchanged, len(f.Bad)))
	}
	return withApp(ctx, o.db, toMigrate, func(a *app.App) error {
		corp, err := o.findOrMake(ctx, a)
		if err != nil {
			return err
		}
		f, err := o.readFor(cmd, a, corp, path, rule)
		if err != nil {
			return notBegun(cmd, err)
		}
		result, err := a.ImportPunches(ctx, corp, f)
		if bad, ok := errors.AsType[*app.RuleError](err); ok {
			return failf("rule file %s: %w", o.rule, bad)
		}
		if err != nil {
			return brokenOff(cmd, err, result.Imported+result.Duplicate, len(f.Punches))
		}
		return writeObject(cmd, o.output, result,
			say(cmd, "imported %d, duplicate %d, quarantined %d", result.Imported, result.Duplicate, result.Quarantined))
	})
}

// findOrMake returns the corporation that is meant, and makes the first one.
func (o *importOptions) findOrMake(ctx context.Context, a *app.App) (*app.Corp, error) {
	all, err := a.Corps(ctx)
	if err != nil {
		return nil, err
	}
	if len(all) > 0 {
		return o.find(ctx, a)
	}
	corp, _, err := a.CreateCorp(ctx, app.NewCorp{ID: attendance.CorpID(o.corp)})
	if err != nil {
		return nil, failf("make the corporation: %w", err)
	}
	return corp, nil
}

// readAttlog reads an export and checks that it can be imported. The lines of some
// can be left out.
func readAttlog(path string, rule *ruleFile, zone *attendance.Zone, without []app.NewPuncher) (f app.ImportFile, err error) {
	r, err := os.Open(path)
	if err != nil {
		return f, err
	}
	defer func() { err = errors.Join(err, r.Close()) }()
	// The folder is part of the name: terminals call all their exports the same.
	name, err := filepath.Abs(path)
	if err != nil {
		return f, err
	}
	var head [4]byte
	if _, err := r.ReadAt(head[:], 0); err == nil && (string(head[:]) == "PK\x03\x04" || string(head[:]) == "\xD0\xCF\x11\xE0") {
		return f, failf("%s is an Excel workbook, not a terminal's text: see \"daka import punches\", or \"daka import members\"", path)
	}
	leftOut := map[string]bool{}
	for _, p := range without {
		leftOut[p.ID.Fold()] = true
	}
	f, err = terminal.ReadAttlogOf(r, name, zone, time.Now().Unix(), func(id attendance.UserID) bool { return !leftOut[id.Fold()] })
	if err != nil {
		return f, err
	}
	switch {
	case len(f.Punches) > 0:
	case len(without) > 0:
		return f, failf("%s: no PIN is a member's: see \"daka import members\"", path)
	default:
		return f, failf("%s: no line is a punch", path)
	}
	if rule != nil {
		if f.Rule, err = rule.spec(zone); err != nil {
			return f, err
		}
	}
	return f, nil
}

func newImportQuarantineCommand() *cobra.Command {
	var o databaseOptions
	output := asTable
	cmd := &cobra.Command{
		Use:     "quarantine",
		Short:   "List the lines of imported files that are no punches",
		Long:    "Lists the lines of imported files that are no punches, each with its reason.\n\n" + exitHelp,
		Example: "  daka import quarantine",
		Args:    noArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			return o.withCorp(cmd.Context(), toRead, func(a *app.App, corp *app.Corp) error {
				lines, err := a.Quarantine(cmd.Context(), corp)
				if err != nil {
					return err
				}
				columns := []column{{head: "file"}, {head: "line", right: true}, {head: "reason"}, {head: "text"}}
				return writeRows(cmd, output, columns, lines, func(l app.QuarantinedLine) []string {
					return []string{l.File, strconv.FormatInt(l.Line, 10), sayKept(cmd, l.Reason), l.Text}
				})
			})
		},
	}
	o.bind(cmd)
	bind(cmd, "output", &output)
	return cmd
}
