package main

import (
	"context"
	"fmt"
	"strings"

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
				forms, err := a.FormsNumbered(ctx, corp, args[0])
				if err != nil {
					return err
				}
				form = localFormOutput(forms[0], corp.Zone)
				form.share(forms, corp.Zone)
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
	for i := range f.Members {
		line("member", f.Members[i].text(cmd))
	}
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
