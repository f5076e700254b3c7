package main

import (
	"fmt"
	"strconv"
	"time"

	"github.com/dakahq/daka/internal/app"
	"github.com/spf13/cobra"
)

func newAuditCommand() *cobra.Command {
	return group("audit", "Read and check the audit log", newAuditListCommand(), newAuditCheckCommand())
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
	output := asTable
	cmd := &cobra.Command{
		Use:   "list",
		Short: "List the acts of a corporation",
		Long: `Lists what was done by whom: an app by its agent id, 0 for whoever could open the
database. Subjects and details are hashes: the log holds no names.

` + exitHelp,
		Args: noArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			return o.withCorp(cmd.Context(), toRead, func(a *app.App, corp *app.Corp) error {
				entries, cells := []auditOutput{}, [][]string{}
				for after := int64(0); ; {
					some, err := a.Audit(cmd.Context(), corp, after, app.MaxAudit)
					if err != nil {
						return err
					}
					for _, e := range some {
						entries, after = append(entries, auditOut(e)), e.Seq
						at := time.Unix(e.At, 0).In(corp.Zone.Location()).Format(time.DateTime)
						cells = append(cells, []string{strconv.FormatInt(e.Seq, 10), at, strconv.FormatInt(int64(e.Agent), 10), e.Action})
					}
					if len(some) < app.MaxAudit {
						break
					}
				}
				if output == asJSON {
					return writeJSON(cmd.OutOrStdout(), entries)
				}
				return writeTable(cmd.OutOrStdout(), []column{{head: "seq"}, {head: "at"}, {head: "agent_id"}, {head: "action"}}, cells)
			})
		},
	}
	o.bind(cmd)
	bind(cmd, "output", &output)
	return cmd
}

func newAuditCheckCommand() *cobra.Command {
	var o databaseOptions
	cmd := &cobra.Command{
		Use:   "check",
		Short: "Check that the audit log is whole",
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
				_, err = fmt.Fprintf(cmd.OutOrStdout(), "%d entries are whole, head %s\n", state.Entries, state.Head)
				return err
			})
		},
	}
	o.bind(cmd)
	return cmd
}
