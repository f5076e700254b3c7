package main

import (
	"context"
	"fmt"
	"strconv"
	"time"

	"github.com/dakahq/daka/internal/app"
	"github.com/dakahq/daka/internal/attendance"
	"github.com/dakahq/daka/internal/store"
	"github.com/spf13/cobra"
)

func newAuditCommand() *cobra.Command {
	return group("audit", "Read and check the audit log", newAuditListCommand(), newAuditCheckCommand(), newAuditErasuresCommand())
}

// auditOutput is an entry as it is printed.
type auditOutput struct {
	Seq      int64    `json:"seq"`
	At       int64    `json:"at"` // Unix seconds
	AgentID  int64    `json:"agent_id"`
	Action   string   `json:"action"`
	Subjects []string `json:"subjects"`
	Count    int64    `json:"count"`
	Detail   string   `json:"detail"`
	Hash     string   `json:"hash"`
}

func auditOut(e app.AuditEntry) auditOutput {
	return auditOutput{
		Seq: e.Seq, At: e.At, AgentID: int64(e.Agent), Action: e.Action,
		Subjects: append([]string{}, e.Subjects...), Count: e.Count, Detail: e.Detail, Hash: e.Hash,
	}
}

func newAuditListCommand() *cobra.Command {
	var o databaseOptions
	var users []string
	output := asTable
	cmd := &cobra.Command{
		Use:     "list",
		Short:   "List the acts of a corporation",
		Example: "  daka audit list --users zhangsan",
		Long: `Lists what was done by whom: an app by its agent id, 0 for whoever could open the
database. Subjects and details are hashes: the log holds no names. With --users
it lists the acts on these members, erased ones too, and those on more people
than an entry names. Single punches are no acts.

` + exitHelp,
		Args: noArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			return o.withCorp(cmd.Context(), toRead, func(a *app.App, corp *app.Corp) error {
				all, err := readAudit(cmd.Context(), a, corp, users)
				if err != nil {
					return err
				}
				var rows []auditOutput
				for _, e := range all {
					rows = append(rows, auditOut(e))
				}
				columns := []column{{head: "seq"}, {head: "at"}, {head: "agent_id"}, {head: "action"}}
				return writeRows(cmd, output, columns, rows, func(r auditOutput) []string {
					return []string{strconv.FormatInt(r.Seq, 10), local(corp, r.At), strconv.FormatInt(r.AgentID, 10), r.Action}
				})
			})
		},
	}
	o.bind(cmd)
	bind(cmd, "users", &users)
	bind(cmd, "output", &output)
	return cmd
}

// readAudit reads the whole log; no users means every entry.
func readAudit(ctx context.Context, a *app.App, corp *app.Corp, users []string) (all []app.AuditEntry, err error) {
	ids := make([]attendance.UserID, len(users))
	for i, u := range users {
		ids[i] = attendance.UserID(u)
	}
	for after := int64(0); ; after = all[len(all)-1].Seq {
		var some []app.AuditEntry
		if len(ids) > 0 {
			some, err = a.AuditOf(ctx, corp, ids, after, app.MaxAudit)
		} else {
			some, err = a.Audit(ctx, corp, after, app.MaxAudit)
		}
		if all = append(all, some...); err != nil || len(some) < app.MaxAudit {
			return all, err
		}
	}
}

// local writes a moment in the corporation's zone.
func local(corp *app.Corp, at int64) string {
	return time.Unix(at, 0).In(corp.Zone.Location()).Format(time.DateTime)
}

// erasureOutput is a tombstone as it is printed.
type erasureOutput struct {
	Subject string `json:"subject"`
	At      int64  `json:"at"` // Unix seconds
	AgentID int64  `json:"agent_id"`
	store.Erased
}

func newAuditErasuresCommand() *cobra.Command {
	var o databaseOptions
	output := asTable
	cmd := &cobra.Command{
		Use:     "erasures",
		Short:   "List what is left of members who were erased",
		Example: "  daka audit erasures",
		Long: `Lists when somebody was erased, by which app, and how much there was. Who it was
is a hash, as in the audit log. Members are erased through /daka/members.

` + exitHelp,
		Args: noArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			return o.withCorp(cmd.Context(), toRead, func(a *app.App, corp *app.Corp) error {
				all, err := a.Erasures(cmd.Context(), corp)
				if err != nil {
					return err
				}
				var rows []erasureOutput
				for _, e := range all {
					rows = append(rows, erasureOutput{e.Subject, e.At, int64(e.Agent), e.Erased})
				}
				columns := []column{{head: "at"}, {head: "agent_id"}, {head: "punches", right: true}, {head: "subject"}}
				return writeRows(cmd, output, columns, rows, func(r erasureOutput) []string {
					return []string{local(corp, r.At), strconv.FormatInt(r.AgentID, 10), strconv.FormatInt(r.Punches, 10), r.Subject}
				})
			})
		},
	}
	o.bind(cmd)
	bind(cmd, "output", &output)
	return cmd
}

func newAuditCheckCommand() *cobra.Command {
	var o databaseOptions
	output := asTable
	cmd := &cobra.Command{
		Use:     "check",
		Short:   "Check that the audit log is whole",
		Example: "  daka audit check",
		Long: `Computes the chain of the audit log anew: no entry was changed, put in or taken
out. Keep the head that it prints: entries taken from the end show only against
an earlier one.

` + exitHelp,
		Args: noArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			return o.withCorp(cmd.Context(), toRead, func(a *app.App, corp *app.Corp) error {
				state, err := a.CheckAudit(cmd.Context(), corp)
				if err != nil {
					return err
				}
				if state.Broken != 0 {
					return fmt.Errorf("the audit log is broken: entry %d does not follow from those before it", state.Broken)
				}
				return writeObject(cmd, output, struct {
					Entries int64  `json:"entries"`
					Head    string `json:"head"`
				}{state.Entries, state.Head}, say(cmd, "%d entries are whole, head %s", state.Entries, state.Head))
			})
		},
	}
	o.bind(cmd)
	bind(cmd, "output", &output)
	return cmd
}
