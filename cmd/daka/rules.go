package main

import (
	"bytes"
	"cmp"
	"context"
	"encoding/json"
	"slices"
	"strconv"
	"strings"

	"github.com/dakahq/daka/checkin"
	"github.com/dakahq/daka/internal/attendance"
	"github.com/spf13/cobra"
)

func newRulesCommand() *cobra.Command {
	return group("rules", "Show and change the check-in rules", newRulesListCommand(), newRulesShowCommand(), newRulesOfCommand(),
		newRulesExampleCommand(), newRulesAddCommand(), newRulesUpdateCommand(), newRulesClearCommand(), newRulesDeleteCommand())
}

// ruleRow is a rule as it is listed.
type ruleRow struct {
	GroupID     attendance.GroupID `json:"groupid"`
	Rule        string             `json:"rule"`
	Type        string             `json:"type"` // of ruleTypes
	Departments []string           `json:"departments"`
	DeptNames   []string           `json:"department_names"` // of Departments, in their order; "" = not told
	Members     *int               `json:"members"`          // under it today; null from a server, which does not tell
	Users       []string           `json:"users"`            // named by themselves
	Tags        []int64            `json:"tags"`
	Shifts      []string           `json:"shifts"`
}

var ruleTypes = map[int64]string{checkin.GroupFixed: "fixed times", checkin.GroupShift: "by shift", checkin.GroupFree: "free times"}

func newRuleRow(r *storedRule, names map[int64]string, held map[attendance.GroupID]int) ruleRow {
	row := ruleRow{
		GroupID: r.ID, Rule: r.Name, Type: ruleTypes[r.Type],
		Departments: []string{}, DeptNames: []string{}, Users: []string{}, Tags: []int64{}, Shifts: []string{},
	}
	if held != nil {
		row.Members = new(held[r.ID])
	}
	if r.Range != nil {
		row.Departments = append(row.Departments, r.Range.PartyID...)
		for _, text := range r.Range.PartyID {
			id, _ := strconv.ParseInt(text, 10, 64) // what is none has no name
			row.DeptNames = append(row.DeptNames, names[id])
		}
		row.Users = append(row.Users, r.Range.UserID...)
		row.Tags = append(row.Tags, r.Range.TagID...)
	}
	for _, s := range r.Shifts {
		if s.ID != 0 {
			row.Shifts = append(row.Shifts, s.Name)
		}
	}
	return row
}

// ruleColumns are those of a database, or of a server, which tells less.
func ruleColumns(all bool) []column {
	columns := []column{{head: "groupid"}, {head: "rule"}, {head: "type", words: true}}
	if all {
		columns = append(columns, column{head: "members", right: true})
	}
	return append(columns, column{head: "departments"}, column{head: "named"}, column{head: "tags"}, column{head: "shifts"})
}

func (r ruleRow) cells() []string {
	tags := make([]string, len(r.Tags))
	for i, tag := range r.Tags {
		tags[i] = strconv.FormatInt(tag, 10)
	}
	depts := slices.Clone(r.Departments)
	for i, name := range r.DeptNames {
		depts[i] = cmp.Or(name, depts[i])
	}
	cells := []string{strconv.FormatInt(int64(r.GroupID), 10), r.Rule, r.Type}
	if r.Members != nil {
		cells = append(cells, strconv.Itoa(*r.Members))
	}
	return append(cells, strings.Join(depts, ","), strings.Join(r.Users, ","), strings.Join(tags, ","), strings.Join(r.Shifts, ","))
}

func newRulesListCommand() *cobra.Command {
	var o sourceOptions
	output := asTable
	cmd := &cobra.Command{
		Use:   "list",
		Short: "List the rules",
		Long: `Lists the rules with the departments, members and tags that they name, and how many
members are under each today, which a server does not tell.

` + sourceHelp + "\n\n" + exitHelp,
		Example: "  daka rules list",
		Args:    noArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			return o.withRules(cmd, toRead, func(ctx context.Context, book rulebook, zone *attendance.Zone) error {
				rules, err := storedRules(ctx, book)
				if err != nil {
					return err
				}
				names, err := book.deptNames(ctx)
				if err != nil {
					return err
				}
				held, err := book.holders(ctx, today(zone))
				if err != nil {
					return err
				}
				rows := make([]ruleRow, len(rules))
				for i := range rules {
					rows[i] = newRuleRow(&rules[i], names, held)
				}
				return writeRows(cmd, output, ruleColumns(held != nil), rows, ruleRow.cells)
			})
		},
	}
	o.bind(cmd)
	bind(cmd, "output", &output)
	return cmd
}

// writeRule writes a rule's document: what is read best in a table's place is
// JSON in lines.
func writeRule(cmd *cobra.Command, output format, doc json.RawMessage) error {
	var text bytes.Buffer
	if err := json.Indent(&text, doc, "", "  "); err != nil {
		return failf("read the rule: %w", err)
	}
	return writeObject(cmd, output, doc, text.String())
}

func newRulesShowCommand() *cobra.Command {
	var o sourceOptions
	output := asTable
	cmd := &cobra.Command{
		Use:   "show GROUP",
		Short: "Show a rule in full",
		Long: `Shows the document of a rule, which is named by its id or its name, as JSON, or as
YAML with -o yaml. What comes out can be changed and given to "daka rules update".

` + sourceHelp + `

` + exitHelp,
		Example: "  daka rules show 1 > rule.json\n  daka rules show 早班 -o yaml",
		Args:    oneArg("GROUP"),
		RunE: func(cmd *cobra.Command, args []string) error {
			return o.withRules(cmd, toRead, func(ctx context.Context, book rulebook, _ *attendance.Zone) error {
				rule, err := findRule(ctx, book, args[0])
				if err != nil {
					return err
				}
				return writeRule(cmd, output, rule.doc)
			})
		},
	}
	o.bind(cmd)
	bindTo(cmd.Flags(), "output", &output)
	return cmd
}

func newRulesOfCommand() *cobra.Command {
	var o sourceOptions
	output := asTable
	cmd := &cobra.Command{
		Use:   "of USER [DATE]",
		Short: "Show the rule that a member is under",
		Long: `Shows the document of the rule that a member is under on a day, today if none is
given. A DATE is one like 2026-10-08, or today, yesterday, 昨天.

` + sourceHelp + `

` + exitHelp,
		Example: "  daka rules of zhangsan\n  daka rules of zhangsan 2026-10-08 -o yaml",
		Args:    someArgs(1, 2, "USER [DATE]"),
		RunE: func(cmd *cobra.Command, args []string) error {
			when, err := dayArgument(cmd, args[1:])
			if err != nil {
				return err
			}
			o.names(cmd, &args[0])
			return o.withRules(cmd, toRead, func(ctx context.Context, book rulebook, zone *attendance.Zone) error {
				day, err := when.day(zone)
				if err != nil {
					return err
				}
				doc, err := book.of(ctx, args[0], day)
				if err == nil && doc == nil {
					err = failf("userid %q is under no rule on %s", args[0], day)
				}
				if err != nil {
					return err
				}
				return writeRule(cmd, output, doc)
			})
		},
	}
	o.bind(cmd)
	bindTo(cmd.Flags(), "output", &output)
	return cmd
}

// someArgs checks that there are so many arguments.
func someArgs(least, most int, names string) cobra.PositionalArgs {
	return func(cmd *cobra.Command, args []string) error {
		if len(args) < least || len(args) > most {
			return usagef("%s: want %s, got %d arguments", cmd.CommandPath(), names, len(args))
		}
		return nil
	}
}

// dayArgument reads a day that is an argument; without one it is today.
func dayArgument(cmd *cobra.Command, args []string) (when, error) {
	text := "today"
	if len(args) > 0 {
		text = args[0]
	}
	w, err := parseWhen(text)
	if err != nil {
		return w, usagef("%s: %w", cmd.CommandPath(), err)
	}
	return w, nil
}
