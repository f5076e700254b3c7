package main

import (
	"fmt"
	"strings"

	"github.com/dakahq/daka/internal/app"
	"github.com/dakahq/daka/internal/attendance"
	"github.com/spf13/cobra"
)

// enteredForm is a request that is entered or withdrawn, with what of it falls
// on which day.
type enteredForm struct {
	DryRun   bool      `json:"dry_run,omitzero"`
	Plan     string    `json:"plan,omitzero"`
	Done     string    `json:"done,omitzero"`
	Number   string    `json:"sp_no"`
	UserID   string    `json:"userid"`
	Kind     string    `json:"kind"`
	Vacation string    `json:"vacation,omitzero"`
	State    string    `json:"state"`
	From     string    `json:"from"`
	To       string    `json:"to"`
	ByDay    bool      `json:"by_day,omitzero"`
	Days     []formDay `json:"days"`
}

func newEnteredForm(cmd *cobra.Command, c *app.ApprovalCheck, zone *attendance.Zone) *enteredForm {
	f := &enteredForm{
		Number: c.No, UserID: string(c.User), Kind: formKinds[c.Kind], Vacation: c.Vacation.Name, State: formStates[int64(c.Status)],
		From: spanEnd(zone, c.From, c.ByDay), To: spanEnd(zone, c.To, c.ByDay), ByDay: c.ByDay, Days: []formDay{},
	}
	for _, d := range c.Days {
		f.Days = append(f.Days, formDay{d.Day.String(), int64(d.Seconds)})
	}
	return f
}

// what says what is asked for.
func (f *enteredForm) what(cmd *cobra.Command) string {
	if f.Vacation != "" {
		return say(cmd, f.Kind) + " (" + f.Vacation + ")"
	}
	return say(cmd, f.Kind)
}

// write writes the form; text is what is or would be done.
func (f *enteredForm) write(cmd *cobra.Command, output format, text string) error {
	if !f.DryRun {
		f.Done = text
	}
	var b strings.Builder
	fmt.Fprintln(&b, text)
	for _, d := range f.Days {
		length := formOutput{ByDay: f.ByDay}
		fmt.Fprintf(&b, "  %s\n", say(cmd, "%s: %d s (%s)", d.Date, d.Seconds, length.length(cmd, d.Seconds)))
	}
	if len(f.Days) == 0 {
		fmt.Fprintf(&b, "  %s\n", say(cmd, "nothing of it falls on a day that counts"))
	}
	return writeObject(cmd, output, f, b.String())
}
