package main

import (
	"context"
	"slices"
	"strings"

	"github.com/dakahq/daka/checkin"
	"github.com/dakahq/daka/internal/attendance"
	"github.com/spf13/cobra"
)

// clearable are the arrays that can be emptied, by their names.
var clearable = map[string]int64{
	"spe_workdays": checkin.ClearSpeWorkdays, "spe_offdays": checkin.ClearSpeOffdays,
	"wifimac_infos": checkin.ClearWifi, "loc_infos": checkin.ClearLocations,
}

func newRulesClearCommand() *cobra.Command {
	var o ruleWriteOptions
	cmd := &cobra.Command{
		Use:   "clear GROUP FIELD...",
		Short: "Empty arrays of a rule",
		Long: `Empties arrays of the rule that GROUP names by its id or name. A FIELD is one of
spe_workdays, spe_offdays, wifimac_infos and loc_infos; not both of the last two may
end up empty. It is in force from tomorrow on, from today with
--effective-now.

` + targetHelp + "\n\n" + exitHelp,
		Example: "  daka rules clear 1 spe_workdays spe_offdays --yes",
		Args:    someArgs(2, 5, "GROUP FIELD..."),
		RunE: func(cmd *cobra.Command, args []string) error {
			var fields []int64
			for _, name := range args[1:] {
				field, ok := clearable[name]
				if !ok {
					return usagef("%s: FIELD %q: want spe_workdays, spe_offdays, wifimac_infos or loc_infos", cmd.CommandPath(), name)
				}
				if !slices.Contains(fields, field) {
					fields = append(fields, field)
				}
			}
			return o.changeRule(cmd, args[0], ruleChange{clear: fields}, func(rule *storedRule, owner string, day attendance.Day) (plan, done string) {
				what := strings.Join(args[1:], ", ")
				return say(cmd, "empty %s of rule %s of %s, from %s on", what, rule.Name, owner, day), say(cmd, "%s of rule %s is empty", what, rule.Name)
			})
		},
	}
	o.bind(cmd)
	o.write.bind(cmd)
	return cmd
}

func newRulesDeleteCommand() *cobra.Command {
	var o ruleWriteOptions
	cmd := &cobra.Command{
		Use:   "delete GROUP",
		Short: "Delete a rule",
		Long: `Ends the rule that GROUP names by its id or name, from tomorrow on or from today
with --effective-now. The days before keep it.

` + targetHelp + "\n\n" + exitHelp,
		Example: "  daka rules delete 2 --yes",
		Args:    oneArg("GROUP"),
		RunE: func(cmd *cobra.Command, args []string) error {
			return o.changeRule(cmd, args[0], ruleChange{remove: true}, func(rule *storedRule, owner string, day attendance.Day) (plan, done string) {
				return say(cmd, "delete rule %s of %s, from %s on", rule.Name, owner, day), say(cmd, "rule %s is deleted", rule.Name)
			})
		},
	}
	o.bind(cmd)
	o.write.bind(cmd)
	return cmd
}

// changeRule makes a change of a rule that is named; texts says what is planned
// and what was done.
func (o *ruleWriteOptions) changeRule(cmd *cobra.Command, name string, change ruleChange,
	texts func(rule *storedRule, owner string, day attendance.Day) (plan, done string)) error {
	return o.withRules(cmd, o.write.access(), func(ctx context.Context, book rulebook, zone *attendance.Zone) error {
		rule, err := findRule(ctx, book, name)
		if err != nil {
			return err
		}
		change.group, change.now = rule.ID, o.now
		if err := book.try(ctx, change); err != nil {
			return err
		}
		plan, done := texts(rule, book.owner(), o.begins(zone))
		if err := confirm(cmd, &o.write, plan); err != nil {
			return err
		}
		if _, err := book.make(ctx, change); err != nil {
			return failf("change rule %s: %w", rule.Name, err)
		}
		return writeDone(cmd, o.output, done)
	})
}
