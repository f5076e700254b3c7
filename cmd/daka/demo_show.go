package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"strings"

	"github.com/dakahq/daka/checkin"
	"github.com/dakahq/daka/internal/app"
	"github.com/dakahq/daka/internal/attendance"
)

// demoOutput is all that a program needs to use a demo.
type demoOutput struct {
	BaseURL     string              `json:"base_url"`
	CorpID      attendance.CorpID   `json:"corp_id"`
	AgentID     int64               `json:"agent_id"`
	Secret      string              `json:"secret"`
	AdminSecret string              `json:"admin_secret"`
	UserIDs     []attendance.UserID `json:"userids"`
	Groups      []demoGroup         `json:"groups"`
}

// demoGroup is a rule of a demo; ScheduleIDs are its shifts but for rest.
type demoGroup struct {
	GroupID     attendance.GroupID   `json:"groupid"`
	GroupType   attendance.RuleType  `json:"grouptype"`
	GroupName   string               `json:"groupname"`
	ScheduleIDs []attendance.ShiftID `json:"schedule_ids"`
}

// show prints how the company is reached and, unless for a program, a call for
// the last full month's report and the report itself.
func (d *demo) show(ctx context.Context) error {
	if d.output != asTable {
		return writeObject(d.cmd, d.output, d.describe(), "")
	}
	c := d.company
	_, last := (c.Today - attendance.Day(dayOfMonth(c.Today))).Month()
	first, _ := last.Month()
	users := d.pick()
	call, err := d.curl(users, first, last)
	if err != nil {
		return err
	}
	why, err := d.explainLine(ctx, users, first, last)
	if err != nil {
		return err
	}
	rows, err := monthRows(ctx, d.app, app.Query{Corp: c.Corp, Users: users, First: first, Last: last}, nil, &caveats{})
	if err != nil {
		return err
	}
	_, err = fmt.Fprintln(d.cmd.OutOrStdout(), say(d.cmd, `base URL  %s
corpid    %s
agent id  %d
secret    %s
secret of the admin app  %s

%d members from %s to %s. Why a day of one of them is judged as it is:

%s

The month report of three of them, %s to %s:

%s
`, d.base, c.Corp.ID, c.Checkin.Agent, c.Checkin.Secret.Reveal(), c.Admin.Secret.Reveal(), len(c.Users), c.First, c.Today, why, first, last, call))
	if err != nil {
		return err
	}
	return writeRows(d.cmd, asTable, monthColumns(true), rows, func(r monthRow) []string { return r.cells(d.cmd) })
}

func dayOfMonth(d attendance.Day) int {
	_, _, n := d.Date()
	return n
}

// describe returns the demo as a program wants it.
func (d *demo) describe() demoOutput {
	c := d.company
	out := demoOutput{
		BaseURL: d.base, CorpID: c.Corp.ID, AgentID: c.Checkin.Agent,
		Secret: c.Checkin.Secret.Reveal(), AdminSecret: c.Admin.Secret.Reveal(), UserIDs: c.Users,
	}
	for _, g := range c.Groups {
		shifts := append([]attendance.ShiftID{}, g.Shifts...)
		out.Groups = append(out.Groups, demoGroup{GroupID: g.ID, GroupType: g.Type, GroupName: g.Name, ScheduleIDs: shifts})
	}
	return out
}

// pick returns a member of each group.
func (d *demo) pick() (users []attendance.UserID) {
	for _, g := range d.company.Groups {
		if len(g.Users) > 0 {
			users = append(users, g.Users[0])
		}
	}
	return users
}

// curl returns a command that asks for a month report (document 93387) with a
// token of its own. No value in it can hold a quote.
func (d *demo) curl(users []attendance.UserID, first, last attendance.Day) (string, error) {
	c := d.company
	request := checkin.MonthDataRequest{StartTime: c.Corp.Zone.Midnight(first), EndTime: c.Corp.Zone.Midnight(last)}
	for _, u := range users {
		request.UserIDList = append(request.UserIDList, string(u))
	}
	body, err := json.Marshal(request)
	if err != nil {
		return "", err
	}
	token := fmt.Sprintf(`$(curl -s '%s/cgi-bin/gettoken?corpid=%s&corpsecret=%s' | sed 's/.*"access_token":"\([^"]*\)".*/\1/')`,
		d.base, c.Corp.ID, c.Checkin.Secret.Reveal())
	return fmt.Sprintf(`curl -s "%s/cgi-bin/checkin/getcheckin_monthdata?access_token=%s" -d '%s'`, d.base, token, body), nil
}

// explainLine returns a command that explains a day: the first of those from first to
// last on which something is wrong with one of the members.
func (d *demo) explainLine(ctx context.Context, users []attendance.UserID, first, last attendance.Day) (string, error) {
	c := d.company
	user, day := users[0], first
	err := d.app.DayReports(ctx, app.Query{Corp: c.Corp, Users: users, First: first, Last: last}, func(m *app.Member, r *attendance.DayReport) error {
		if len(r.Findings) == 0 {
			return nil
		}
		user, day = m.ID, r.Day
		return errStopped
	})
	if err != nil && !errors.Is(err, errStopped) {
		return "", err
	}
	return fmt.Sprintf("DAKA_SECRET=%s %s explain %s %s --base-url %s --corp-id %s", c.Admin.Secret.Reveal(), program(), user, day, d.base, c.Corp.ID), nil
}

// program is what to type for this program: its name where that finds it, else where
// it is.
func program() string {
	own, err := os.Executable()
	if err != nil {
		return "daka"
	}
	if found, err := exec.LookPath("daka"); err == nil && sameFile(found, own) {
		return "daka"
	}
	return "'" + strings.ReplaceAll(own, "'", `'\''`) + "'"
}

func sameFile(a, b string) bool {
	one, err1 := os.Stat(a)
	other, err2 := os.Stat(b)
	return err1 == nil && err2 == nil && os.SameFile(one, other)
}
