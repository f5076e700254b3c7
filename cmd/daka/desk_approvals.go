package main

import (
	"context"
	"iter"

	"github.com/dakahq/daka/admin"
	"github.com/dakahq/daka/internal/app"
	"github.com/dakahq/daka/internal/attendance"
)

// requestDesk is the part of a desk that takes leave, trips, outings and overtime.
type requestDesk interface {
	checkApprovals(ctx context.Context, entries []app.ApprovalEntry) ([]app.ApprovalCheck, error)
	addApprovals(ctx context.Context, entries []app.ApprovalEntry) error
	employment(ctx context.Context, user attendance.UserID) (*employment, error)
}

var errRequestsInApp = failf("WeCom takes approvals in its own app alone")

func (d *localDesk) checkApprovals(ctx context.Context, entries []app.ApprovalEntry) ([]app.ApprovalCheck, error) {
	return d.app.CheckApprovals(ctx, d.corp, entries)
}

func (d *localDesk) addApprovals(ctx context.Context, entries []app.ApprovalEntry) error {
	return d.app.AddApprovals(ctx, d.corp, entries)
}

func (d *serverDesk) checkApprovals(ctx context.Context, entries []app.ApprovalEntry) (checks []app.ApprovalCheck, err error) {
	answer, err := d.client.CheckApprovals(ctx, approvalList(entries))
	if err != nil {
		return nil, err
	}
	for i := range answer.Approvals {
		k := &answer.Approvals[i]
		c := app.ApprovalCheck{
			ApprovalEntry: approvalEntry(&k.Approval), Was: attendance.ApprovalStatus(k.Was), Known: k.Known, Overlaps: k.Overlaps,
		}
		if c.Days, err = approvalDays(k.Days); err != nil {
			return nil, err
		}
		if c.Slices, err = approvalDays(k.Slices); err != nil {
			return nil, err
		}
		checks = append(checks, c)
	}
	return checks, nil
}

func (d *serverDesk) addApprovals(ctx context.Context, entries []app.ApprovalEntry) error {
	return d.client.AddApprovals(ctx, approvalList(entries))
}

// approvalList is entries as a server takes them.
func approvalList(entries []app.ApprovalEntry) (list admin.ApprovalList) {
	for i := range entries {
		e := &entries[i]
		a := admin.Approval{
			UserID: string(e.User), Number: e.No, Kind: formKinds[e.Kind], ByDay: e.ByDay, From: e.From, To: e.To, Status: int64(e.Status), New: e.New,
		}
		if e.Vacation != (attendance.Vacation{}) {
			a.Vacation = &admin.Vacation{ID: e.Vacation.ID, Name: e.Vacation.Name, WorkdaysOnly: e.Vacation.WorkdaysOnly}
		}
		for _, s := range e.Slices {
			a.Slices = append(a.Slices, admin.ApprovalSlice{Day: admin.Day(s.Day.String()), Seconds: int64(s.Seconds)})
		}
		list.Approvals = append(list.Approvals, a)
	}
	return list
}

// approvalEntry is the inverse of approvalList, but for the slices.
func approvalEntry(a *admin.Approval) app.ApprovalEntry {
	e := app.ApprovalEntry{User: attendance.UserID(a.UserID), Status: attendance.ApprovalStatus(a.Status), New: a.New}
	e.No, e.ByDay, e.From, e.To = a.Number, a.ByDay, a.From, a.To
	for kind, word := range formKinds {
		if word == a.Kind {
			e.Kind = kind
		}
	}
	if v := a.Vacation; v != nil {
		e.Vacation = attendance.Vacation{ID: v.ID, Name: v.Name, WorkdaysOnly: v.WorkdaysOnly}
	}
	return e
}

func approvalDays(list []admin.ApprovalSlice) (days []attendance.ApprovalSlice, err error) {
	for _, s := range list {
		day, err := attendance.ParseDay(string(s.Day))
		if err != nil {
			return nil, failf("the server's check of the approval: %w", err)
		}
		days = append(days, attendance.ApprovalSlice{Day: day, Seconds: int32(s.Seconds)})
	}
	return days, nil
}

// requestDays are the days on which something of a request falls.
func requestDays(c *app.ApprovalCheck) iter.Seq[attendance.Day] {
	return daysOf(c.Days, func(s *attendance.ApprovalSlice) attendance.Day { return s.Day })
}
