package main

import (
	"context"
	"encoding/json"
	"fmt"
	"strconv"
	"strings"

	"github.com/dakahq/daka/internal/attendance"
	"github.com/dakahq/daka/internal/wire"
	"github.com/spf13/cobra"
)

// ruleWriteOptions are those of the commands that change rules.
type ruleWriteOptions struct {
	sourceOptions
	write  writeOptions
	now    bool
	output format
}

func (o *ruleWriteOptions) bind(cmd *cobra.Command) {
	o.output = asTable
	o.sourceOptions.bind(cmd)
	bind(cmd, "effective-now", &o.now)
	bind(cmd, "output", &o.output)
}

// begins is the first day of a change that is made now.
func (o *ruleWriteOptions) begins(zone *attendance.Zone) attendance.Day {
	if o.now {
		return today(zone)
	}
	return today(zone) + 1
}

// ruleFileHelp says what a rule file is.
const ruleFileHelp = `FILE is the document of a rule as JSON, or as YAML where its name ends so: the one
that add_checkin_option takes (document 98041), the whole request with it under
group, or what "daka rules show" prints. It is checked first against the list of
errors of that document, and every problem is named with its JSON path and what it
means; a member that neither form of a rule has, nor a rule that is there, is an error
with exit code 2. "daka rules example" prints one to begin with. A database needs no
Wi-Fi or location in it, and takes a rule as WeCom's calls answer it, too. It is in
force from tomorrow on, from today with --effective-now or effective_now in a request.`

func newRulesAddCommand() *cobra.Command {
	var o ruleWriteOptions
	var from whenFlag
	cmd := &cobra.Command{
		Use:   "add FILE",
		Short: "Add a rule",
		Long: "Adds a rule.\n\n" + ruleFileHelp + `

In a database it can be in force from any day, with --from: a past one for punches and
shifts of that time that are imported, or one to come. A report --as-of that time still
does not know it. Where it takes members from another rule, stderr says how many.

A server lets an app change only the rules that it made itself; a rule that was
added to a database belongs to no app.

` + targetHelp + "\n\n" + exitHelp,
		Example: "  daka rules add rule.json --dry-run\n  daka rules add rule.json --effective-now\n  daka rules add rule.json --from 2026-01-01",
		Args:    oneArg("FILE"),
		RunE: func(cmd *cobra.Command, args []string) error {
			members, now, err := readRuleMembers(args[0])
			if err != nil {
				return err
			}
			if o.now && from.set() {
				return usagef("%s: --from and --effective-now exclude each other", cmd.CommandPath())
			}
			if err := from.withYear(); err != nil {
				return usagef("%s: --from: %w", cmd.CommandPath(), err)
			}
			o.now = o.now || now
			return o.withRules(cmd, o.write.access(), func(ctx context.Context, book rulebook, zone *attendance.Zone) error {
				change := ruleChange{first: o.begins(zone), now: o.now}
				if from.set() {
					if o.fromServer() {
						return usagef("%s: --from needs a database: on a server a rule begins today or tomorrow", cmd.CommandPath())
					}
					change.first, _ = from.days(today(zone))
				}
				return runRulesAdd(cmd, &o, args[0], members, book, zone, change)
			})
		},
	}
	o.bind(cmd)
	o.write.bindDryRun(cmd)
	bind(cmd, "from", &from)
	return cmd
}

func runRulesAdd(cmd *cobra.Command, o *ruleWriteOptions, path string, members ruleMembers, book rulebook, zone *attendance.Zone, change ruleChange) error {
	if err := refuseUnknown(cmd, path, members, book); err != nil {
		return err
	}
	delete(members, "groupid")
	_, local := book.(*localRules)
	if err := refuseProblems(cmd, path, newRuleProblems(members, zone, local)); err != nil {
		return err
	}
	if change.form = members.form(); local && change.form == wire.FormRead && !isQuiet(cmd) {
		fmt.Fprintln(cmd.ErrOrStderr(), say(cmd, "it has no ot_info_v2 and is taken for a rule as WeCom answers it: what it does not say, such as sync_holidays, is off"))
	}
	doc, err := members.document()
	if err != nil {
		return err
	}
	rule, err := readStored(doc)
	if err != nil {
		return err
	}
	change.add = doc
	if err := book.try(cmd.Context(), change); err != nil {
		return failf("rule file %s: %w", path, err)
	}
	if r, ok := book.(*localRules); ok {
		if err := noteClosedMonths(cmd.Context(), cmd, &localDesk{r.App, r.corp}, eachDay(change.first, today(zone))); err != nil {
			return err
		}
	}
	typed, err := members.typed()
	if err != nil {
		return err
	}
	plan := say(cmd, "add rule %s to %s, from %s on", rule.Name, book.owner(), change.first)
	if err := planNewRule(cmd, o, book, zone, change, &typed, plan); err != nil {
		return err
	}
	group, err := book.make(cmd.Context(), change)
	if err != nil {
		return failf("add the rule in %s: %w", path, err)
	}
	text := say(cmd, "rule %s is added, from %s on", rule.Name, change.first)
	return writeOutcome(cmd, o.output, struct {
		Done    string             `json:"done"`
		GroupID attendance.GroupID `json:"groupid,omitzero"` // a server does not tell
		From    string             `json:"from"`
	}{text, group, change.first.String()}, text)
}

func newRulesUpdateCommand() *cobra.Command {
	var o ruleWriteOptions
	cmd := &cobra.Command{
		Use:   "update FILE",
		Short: "Change a rule",
		Long: `Changes the rule that groupid in FILE names by the members that are there: those
that are absent, and arrays that are empty, stay as they are. A dry run lists what
would change.

` + ruleFileHelp + `

Arrays are emptied by "daka rules clear".

A change holds from tomorrow or today on and the days before keep the rule as it was:
there is no --from. For one from another day, such as the 15th, add the changed rule
for the same departments as a second one, under a name of its own: from that day on
the newer counts, where both name the same. Delete the older one when nobody is under
it any more.

` + targetHelp + "\n\n" + exitHelp,
		Example: "  daka rules show 1 > rule.json\n  daka rules update rule.json --dry-run\n  daka rules update rule.json --yes\n  daka rules add second.json --from 2026-12-15",
		Args:    oneArg("FILE"),
		RunE: func(cmd *cobra.Command, args []string) error {
			members, now, err := readRuleMembers(args[0])
			if err != nil {
				return err
			}
			o.now = o.now || now
			return o.withRules(cmd, o.write.access(), func(ctx context.Context, book rulebook, zone *attendance.Zone) error {
				return runRulesUpdate(cmd, &o, args[0], members, book, zone)
			})
		},
	}
	o.bind(cmd)
	o.write.bind(cmd)
	return cmd
}

func runRulesUpdate(cmd *cobra.Command, o *ruleWriteOptions, path string, update ruleMembers, book rulebook, zone *attendance.Zone) error {
	ctx := cmd.Context()
	id := strings.Trim(string(update["groupid"]), `"`)
	if n, err := strconv.ParseInt(id, 10, 64); err != nil || n <= 0 {
		return failf("rule file %s: groupid: it must say which rule is to change", path)
	}
	rule, err := findRule(ctx, book, id)
	if err != nil {
		return failf("rule file %s: groupid: %w", path, err)
	}
	if err := refuseUnknown(cmd, path, update, book); err != nil {
		return err
	}
	stored, err := membersOf(rule.doc)
	if err != nil {
		return err
	}
	delete(stored, "ot_info") // never part of what is written
	if err := refuseProblems(cmd, path, updateProblems(stored, update, zone)); err != nil {
		return err
	}
	update["groupid"] = json.RawMessage(id)
	doc, err := update.document()
	if err != nil {
		return err
	}
	change := ruleChange{group: rule.ID, update: doc, now: o.now}
	if err := book.try(ctx, change); err != nil {
		return failf("rule file %s: %w", path, err)
	}
	list, err := ruleDifferences(stored, update, rule.ID)
	if err != nil {
		return err
	}
	if len(list) == 0 {
		return writeDone(cmd, o.output, say(cmd, "rule %s is like that already", rule.Name))
	}
	plan := say(cmd, "change %d values of rule %s of %s, from %s on", len(list), rule.Name, book.owner(), o.begins(zone))
	if err := confirmChanges(cmd, &o.write, plan, list, ruleDifference.String); err != nil {
		return err
	}
	if _, err := book.make(ctx, change); err != nil {
		return failf("change rule %s: %w", rule.Name, err)
	}
	return writeDone(cmd, o.output, say(cmd, "rule %s is changed", rule.Name))
}

// confirmChanges is confirm with what would change, each on a line.
func confirmChanges[T any](cmd *cobra.Command, w *writeOptions, plan string, list []T, line func(T) string) error {
	var lines strings.Builder
	for _, d := range list {
		lines.WriteString("\n  " + line(d))
	}
	if !w.dryRun {
		if out := cmd.ErrOrStderr(); !w.yes && isTerminal(out) {
			fmt.Fprintln(out, strings.TrimPrefix(lines.String(), "\n"))
		}
		return confirm(cmd, w, plan)
	}
	err := writeObject(cmd, outputOf(cmd), struct {
		DryRun  bool   `json:"dry_run"`
		Plan    string `json:"plan"`
		Changes []T    `json:"changes"`
	}{true, plan, list}, say(cmd, "would %s", plan)+lines.String())
	return firstError(err, errPlanned)
}
