package main

import (
	"context"
	"fmt"
	"strconv"
	"time"

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

// shortHash is how much of a hash a table shows: enough to find it again.
const shortHash = 12

// subject is what an entry is about as a table shows it: the first hash, and how
// many more there are.
func (r *auditOutput) subject() string {
	if len(r.Subjects) == 0 {
		return ""
	}
	text := r.Subjects[0]
	if len(text) > shortHash {
		text = text[:shortHash] + "…"
	}
	if r.Count > 1 {
		text += fmt.Sprintf(" +%d", r.Count-1)
	}
	return text
}

func newAuditListCommand() *cobra.Command {
	var o sourceOptions
	var users userList
	output := asTable
	cmd := &cobra.Command{
		Use:     "list",
		Short:   "List the acts of a corporation",
		Example: "  daka audit list --users zhangsan",
		Long: `Lists what was done by whom: an app by its agent id, 0 for whoever could open the
database. Subjects, which an act was about, and details are hashes: the log holds no
names. A table shows the beginning of the first subject and how many more there are,
-o json all that an entry lists. With --users it lists the acts on these members,
erased ones too, and those on more people than an entry lists. Single punches are no
acts.

` + deskHelp + `

` + exitHelp,
		Args: noArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			o.namesIn(cmd, users)
			return o.administer(cmd, toRead, errNoAuditLog, func(ctx context.Context, d desk) error {
				rows, err := d.audit(ctx, users)
				if err != nil {
					return err
				}
				columns := []column{{head: "seq"}, {head: "at"}, {head: "agent_id"}, {head: "action"}, {head: "subject"}}
				return writeRows(cmd, output, columns, rows, func(r auditOutput) []string {
					return []string{strconv.FormatInt(r.Seq, 10), local(d.zone(), r.At), strconv.FormatInt(r.AgentID, 10), r.Action, r.subject()}
				})
			})
		},
	}
	o.bind(cmd)
	bind(cmd, "users", &users)
	bind(cmd, "output", &output)
	return cmd
}

// local writes a moment in a zone.
func local(zone *attendance.Zone, at int64) string {
	return time.Unix(at, 0).In(zone.Location()).Format(time.DateTime)
}

// erasureOutput is a tombstone as it is printed.
type erasureOutput struct {
	Subject string `json:"subject"`
	At      int64  `json:"at"` // Unix seconds
	AgentID int64  `json:"agent_id"`
	store.Erased
}

func newAuditErasuresCommand() *cobra.Command {
	var o sourceOptions
	output := asTable
	cmd := &cobra.Command{
		Use:     "erasures",
		Short:   "List what is left of members who were erased",
		Example: "  daka audit erasures",
		Long: `Lists when somebody was erased, by which app, and how much there was. Who it was
is a hash, as in the audit log. Members are erased through /daka/members.

` + deskHelp + `

` + exitHelp,
		Args: noArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			return o.administer(cmd, toRead, errNoAuditLog, func(ctx context.Context, d desk) error {
				rows, err := d.erasures(ctx)
				if err != nil {
					return err
				}
				columns := []column{{head: "at"}, {head: "agent_id"}, {head: "punches", right: true}, {head: "subject"}}
				return writeRows(cmd, output, columns, rows, func(r erasureOutput) []string {
					return []string{local(d.zone(), r.At), strconv.FormatInt(r.AgentID, 10), strconv.FormatInt(r.Punches, 10), r.Subject}
				})
			})
		},
	}
	o.bind(cmd)
	bind(cmd, "output", &output)
	return cmd
}

func newAuditCheckCommand() *cobra.Command {
	var o sourceOptions
	output := asTable
	cmd := &cobra.Command{
		Use:     "check",
		Short:   "Check that the audit log is whole",
		Example: "  daka audit check",
		Long: `Computes the chain of the audit log anew: no entry was changed, put in or taken
out. Keep the head that it prints: entries taken from the end show only against
an earlier one. A server checks its own log.

` + deskHelp + `

` + exitHelp,
		Args: noArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			return o.administer(cmd, toRead, errNoAuditLog, func(ctx context.Context, d desk) error {
				state, err := d.checkAudit(ctx)
				if err != nil {
					return err
				}
				if state.Broken != 0 {
					return failf("the audit log is broken: entry %d does not follow from those before it", state.Broken)
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
