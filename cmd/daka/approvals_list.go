package main

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"iter"
	"slices"
	"strings"
	"time"

	"github.com/dakahq/daka/internal/app"
	"github.com/dakahq/daka/internal/attendance"
	"github.com/dakahq/daka/wecom"
	"github.com/spf13/cobra"
)

// listedForm is an approval form with what it is for, as it is listed.
type listedForm struct {
	formRow
	Name     string `json:"name"`     // of the member
	Vacation string `json:"vacation"` // kind of leave
	From     string `json:"from"`     // by half days as 2026-10-08 am; of a correction the day
	To       string `json:"to"`       // by half days the last one; of a correction the punch
	ByDay    bool   `json:"by_day"`   // the span is of half days
	Seconds  int64  `json:"seconds"`  // of the span; a day is 86,400 where it is by half days
}

var listedColumns = []column{
	{head: "sp_no"}, {head: "userid"}, {head: "name"}, {head: "kind"}, {head: "begin"}, {head: "end"}, {head: "length", right: true},
	{head: "state", words: true}, {head: "applied"},
}

func listedCells(cmd *cobra.Command) func(listedForm) []string {
	return func(f listedForm) []string {
		kind, length := say(cmd, f.Kind), ""
		switch {
		case f.Vacation != "":
			kind += " (" + f.Vacation + ")"
		case f.Kind == "other":
			kind = f.Form
		}
		if f.Seconds > 0 {
			length = (&formOutput{ByDay: f.ByDay}).length(cmd, f.Seconds)
		}
		return []string{f.Number, f.UserID, f.Name, kind, endText(cmd, f.From), endText(cmd, f.To), length, f.State, f.Applied}
	}
}

// approvalsOptions are those of approvals list.
type approvalsOptions struct {
	sourceOptions
	span    spanFlags
	users   userList
	entered bool
	output  format
}

func newApprovalsListCommand() *cobra.Command {
	o := approvalsOptions{span: spanFlags{fallback: "this month"}, output: asTable}
	cmd := &cobra.Command{
		Use:   "list [PERIOD]",
		Short: "List the approval forms for some days",
		Long: `Lists the approval forms for days of a PERIOD, this month if none is given: leave,
trips, outings and overtime of which some is on these days, and corrections of them.
With --entered it lists those that were handed in during the PERIOD instead.

A server tells forms by when they were handed in alone, and is asked for them one by
one: without --entered for those from 93 days before the PERIOD to 93 after.

` + whenHelp + `

` + sourceHelp + `

` + exitHelp,
		Example: "  daka approvals list last month\n  daka approvals list 2026-10 --users zhangsan -o csv\n  daka approvals list today --entered",
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
	bind(cmd, "entered", &o.entered)
	bind(cmd, "output", &o.output)
	return cmd
}

func runApprovalsList(cmd *cobra.Command, o *approvalsOptions) error {
	var rows []listedForm
	err := o.read(cmd, func(ctx context.Context, a *app.App, corp *app.Corp) error {
		first, last, err := o.span.days(cmd, corp.Zone)
		if err != nil {
			return err
		}
		rows, err = o.local(ctx, a, corp, first, last)
		return err
	}, func(ctx context.Context, w *wecom.Client, zone *attendance.Zone) error {
		first, last, err := o.span.days(cmd, zone)
		if err != nil {
			return err
		}
		rows, err = o.server(ctx, cmd, w, zone, first, last)
		return err
	})
	if err != nil {
		return err
	}
	slices.SortStableFunc(rows, func(a, b listedForm) int {
		if o.entered {
			return cmp.Or(cmp.Compare(a.Applied, b.Applied), cmp.Compare(a.Number, b.Number))
		}
		return cmp.Or(cmp.Compare(dayPart(a.From), dayPart(b.From)), cmp.Compare(a.UserID, b.UserID), cmp.Compare(a.Number, b.Number))
	})
	return writeRows(cmd, o.output, listedColumns, rows, listedCells(cmd))
}

// local reads the forms of a database.
func (o *approvalsOptions) local(ctx context.Context, a *app.App, corp *app.Corp, first, last attendance.Day) (rows []listedForm, err error) {
	users := userIDs(o.users)
	var forms []app.FormOn
	if o.entered {
		s := instants(corp.Zone, first, last)
		forms, err = a.FormsEntered(ctx, corp, users, s.from, s.to)
	} else {
		forms, err = a.FormsOn(ctx, corp, users, first, last)
	}
	for i := range forms {
		f := &forms[i]
		row := listedForm{formRow: localForm(&f.FormHead, corp.Zone), Name: f.Name, Seconds: f.Seconds}
		if c := f.Correction; c != nil {
			row.From, row.To = c.Day.String(), clockText(corp.Zone, c.At)
		} else {
			r := f.Request
			row.Vacation, row.ByDay = r.Vacation.Name, r.ByDay
			row.From, row.To = spanEnd(corp.Zone, r.From, r.ByDay), spanEnd(corp.Zone, r.To, r.ByDay)
		}
		rows = append(rows, row)
	}
	return rows, err
}

// enteredAround is how many days before and after those that a form is for it may
// have been handed in, where a server is asked.
const enteredAround = 93

// server asks a server for the forms.
func (o *approvalsOptions) server(ctx context.Context, cmd *cobra.Command, w *wecom.Client, zone *attendance.Zone, first, last attendance.Day) (rows []listedForm, err error) {
	from, to := first, last
	if !o.entered {
		from, to = first-enteredAround, min(last+enteredAround, max(last, today(zone)))
		if !isQuiet(cmd) {
			fmt.Fprintln(cmd.ErrOrStderr(), say(cmd, "of the forms that were handed in from %s to %s", from, to))
		}
	}
	p := newProgress(cmd, say(cmd, "forms"), -1)
	defer p.done()
	names := map[string]string{}
	for no, err := range formNumbers(ctx, w, instant(zone, from), instant(zone, to+1).Add(-time.Second), o.users) {
		if err != nil {
			return nil, err
		}
		form, err := w.ApprovalDetail(ctx, no)
		if err != nil {
			return nil, err
		}
		p.add(1)
		row := serverListed(form, zone)
		if !o.entered && !row.on(first, last) {
			continue
		}
		if row.Name, err = namesOf(ctx, w, row.UserID, names); err != nil {
			return nil, err
		}
		rows = append(rows, row)
	}
	return rows, nil
}

func serverListed(form *wecom.Approval, zone *attendance.Zone) listedForm {
	f := serverFormOutput(form, zone)
	row := listedForm{formRow: f.formRow, Vacation: f.Vacation, From: f.From, To: f.To, ByDay: f.ByDay, Seconds: f.Seconds}
	if f.At != "" {
		row.From, row.To = cmp.Or(f.Day, dayPart(f.At)), f.At
	}
	return row
}

// on reports whether some of a form is on the days from first to last: of one that
// says no days none is.
func (f *listedForm) on(first, last attendance.Day) bool {
	from, to := f.From, f.To
	if f.Kind == "correction" {
		to = from
	}
	if from == "" || to == "" {
		return false
	}
	begins, ends := dayPart(from), dayPart(to)
	if strings.HasSuffix(to, " 00:00:00") && to > from { // that instant is not in it any more
		day, err := attendance.ParseDay(ends)
		if err != nil {
			return false
		}
		ends = (day - 1).String()
	}
	return begins <= last.String() && ends >= first.String()
}

// dayPart is the date of an end of a span.
func dayPart(end string) string {
	day, _, _ := strings.Cut(end, " ")
	return day
}

// namesOf returns the names of some userids with blanks between them, "" where the
// app may not read them. It keeps what it has asked for.
func namesOf(ctx context.Context, w *wecom.Client, users string, known map[string]string) (string, error) {
	var names []string
	for _, user := range strings.Fields(users) {
		name, ok := known[user]
		if !ok {
			u, err := w.User(ctx, user)
			_, refused := errors.AsType[*wecom.Error](err)
			switch {
			case refused:
			case err != nil:
				return "", err
			default:
				name = u.Name
			}
			known[user] = name
		}
		if name != "" {
			names = append(names, name)
		}
	}
	return strings.Join(names, " "), nil
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
