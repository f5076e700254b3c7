package main

import (
	"context"
	"fmt"
	"iter"
	"strings"
	"time"

	"github.com/dakahq/daka/internal/app"
	"github.com/dakahq/daka/internal/attendance"
	"github.com/dakahq/daka/wecom"
	"github.com/spf13/cobra"
)

func newApprovalsCommand() *cobra.Command {
	return group("approvals", "Show and enter approval forms", newApprovalsListCommand(), newApprovalsShowCommand(),
		newApprovalsAddCommand(), newApprovalsWithdrawCommand())
}

// formRow is an approval form as it is listed, whichever source it came from.
type formRow struct {
	Number  string `json:"sp_no"`
	UserID  string `json:"userid"`
	Kind    string `json:"kind"` // leave, correction, trip, outing, overtime or other
	Form    string `json:"form"` // its name
	State   string `json:"state"`
	Applied string `json:"applied"` // when it was handed in
}

var formColumns = []column{
	{head: "sp_no"}, {head: "userid"}, {head: "kind", words: true}, {head: "form"}, {head: "state", words: true}, {head: "applied"},
}

func (r formRow) cells() []string {
	return []string{r.Number, r.UserID, r.Kind, r.Form, r.State, r.Applied}
}

// approvalsOptions are those of approvals list.
type approvalsOptions struct {
	sourceOptions
	span   spanFlags
	users  userList
	output format
}

func newApprovalsListCommand() *cobra.Command {
	o := approvalsOptions{span: spanFlags{fallback: "this month"}, output: asTable}
	cmd := &cobra.Command{
		Use:   "list [PERIOD]",
		Short: "List the approval forms that were handed in",
		Long: `Lists the approval forms that were handed in during a PERIOD, this month if none is
given. A server is asked for the forms one by one.

` + whenHelp + `

` + sourceHelp + `

` + exitHelp,
		Example: "  daka approvals list last month\n  daka approvals list 2026-10 --users zhangsan -o csv",
		RunE: func(cmd *cobra.Command, args []string) error {
			if err := o.span.take(cmd, args); err != nil {
				return err
			}
			o.namesIn(cmd, o.users)
			return runApprovalsList(cmd, &o)
		},
	}
	o.bind(cmd)
	o.span.bind(cmd)
	bind(cmd, "users", &o.users)
	bind(cmd, "output", &o.output)
	return cmd
}

func runApprovalsList(cmd *cobra.Command, o *approvalsOptions) error {
	return o.read(cmd, func(ctx context.Context, a *app.App, corp *app.Corp) error {
		first, last, err := o.span.days(cmd, corp.Zone)
		if err != nil {
			return err
		}
		s := instants(corp.Zone, first, last)
		rows, err := localForms(ctx, a, corp, app.FormQuery{From: s.from, To: s.to, Users: userIDs(o.users), Limit: 1000})
		if err != nil {
			return err
		}
		return writeRows(cmd, o.output, formColumns, rows, formRow.cells)
	}, func(ctx context.Context, w *wecom.Client, zone *attendance.Zone) error {
		first, last, err := o.span.days(cmd, zone)
		if err != nil {
			return err
		}
		p := newProgress(cmd, say(cmd, "forms"), -1)
		defer p.done()
		return writeSeq(cmd, o.output, formColumns, func(yield func(formRow, error) bool) {
			for no, err := range formNumbers(ctx, w, instant(zone, first), instant(zone, last+1).Add(-time.Second), o.users) {
				var form *wecom.Approval
				if err == nil {
					form, err = w.ApprovalDetail(ctx, no)
				}
				if err != nil {
					yield(formRow{}, err)
					return
				}
				p.add(1)
				if !yield(serverForm(form, zone), nil) {
					return
				}
			}
		}, formRow.cells)
	})
}

// instant is when a day begins.
func instant(zone *attendance.Zone, d attendance.Day) time.Time {
	return time.Unix(zone.Midnight(d), 0)
}

// formNumbers returns the numbers of the forms of some members, one after the
// other, for a call takes one of them; of all without any.
func formNumbers(ctx context.Context, w *wecom.Client, from, to time.Time, users []string) iter.Seq2[string, error] {
	if len(users) == 0 {
		return w.AllApprovalNumbers(ctx, from, to)
	}
	return func(yield func(string, error) bool) {
		for _, u := range users {
			for no, err := range w.AllApprovalNumbers(ctx, from, to, wecom.ApprovalFilter{Key: wecom.ApprovalByCreator, Value: u}) {
				if !yield(no, err) || err != nil {
					return
				}
			}
		}
	}
}

// localForms reads all pages of a query.
func localForms(ctx context.Context, a *app.App, corp *app.Corp, q app.FormQuery) (rows []formRow, err error) {
	for {
		page, more, err := a.Forms(ctx, corp, q)
		if err != nil {
			return nil, err
		}
		for i := range page {
			rows = append(rows, localForm(&page[i], corp.Zone))
		}
		if !more {
			return rows, nil
		}
		q.After = page[len(page)-1]
	}
}

func newApprovalsShowCommand() *cobra.Command {
	var o sourceOptions
	output := asTable
	cmd := &cobra.Command{
		Use:     "show NUMBER",
		Short:   "Show an approval form",
		Long:    "Shows what an approval form asks for, by its number (sp_no).\n\n" + sourceHelp + "\n\n" + exitHelp,
		Example: "  daka approvals show 202610080001 -o yaml",
		Args:    oneArg("NUMBER"),
		RunE: func(cmd *cobra.Command, args []string) error {
			var form formOutput
			err := o.read(cmd, func(ctx context.Context, a *app.App, corp *app.Corp) error {
				f, err := a.Form(ctx, corp, args[0])
				if err != nil {
					return err
				}
				form = localFormOutput(f, corp.Zone)
				return nil
			}, func(ctx context.Context, w *wecom.Client, zone *attendance.Zone) error {
				f, err := w.ApprovalDetail(ctx, args[0])
				if err != nil {
					return err
				}
				form = serverFormOutput(f, zone)
				return nil
			})
			if err != nil {
				return err
			}
			return writeObject(cmd, output, form, form.text(cmd))
		},
	}
	o.bind(cmd)
	bind(cmd, "output", &output)
	return cmd
}

// text is the form for people.
func (f *formOutput) text(cmd *cobra.Command) string {
	var b strings.Builder
	line := func(head, value string) {
		if value != "" {
			fmt.Fprintf(&b, "%s: %s\n", say(cmd, head), strings.Map(printable, value))
		}
	}
	line("sp_no", f.Number)
	line("form", f.Form)
	line("kind", say(cmd, f.Kind))
	line("state", say(cmd, f.State))
	line("userid", f.UserID)
	line("applied", f.Applied)
	line("vacation", f.Vacation)
	line("begin", endText(cmd, f.From))
	line("end", endText(cmd, f.To))
	if f.Seconds > 0 {
		line("length", f.length(cmd, f.Seconds))
	}
	line("corrected day", f.Day)
	line("counts at", f.At)
	line("what it was", f.Was)
	for _, d := range f.Days {
		line(d.Date, f.length(cmd, d.Seconds))
	}
	return b.String()
}
