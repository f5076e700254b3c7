package adminapi

import (
	"fmt"

	"github.com/dakahq/daka/admin"
	"github.com/dakahq/daka/internal/app"
	"github.com/dakahq/daka/internal/attendance"
)

// approvalsIn reads requests. Restated ones may lack a kind: they are another
// state of what goes by their number.
func approvalsIn(list []admin.Approval, restated bool) (entries []app.ApprovalEntry, err error) {
	for i := range list {
		a, at := &list[i], fmt.Sprintf("/approvals/%d", i)
		kind, ok := kinds[a.Kind]
		if !ok && (!restated || a.Kind != "" || a.Number == "") {
			return nil, bad(at+"/kind", "want leave, trip, outing or overtime")
		}
		if a.Status < 0 || a.Status > int64(attendance.Paid) {
			return nil, bad(at+"/sp_status", "want 1, 2, 3, 4, 6, 7 or 10")
		}
		entry := app.ApprovalEntry{
			User: attendance.UserID(a.UserID), Status: attendance.ApprovalStatus(a.Status), KnownAt: a.KnownAt, New: a.New,
			Approval: attendance.Approval{No: a.Number, Kind: kind, ByDay: a.ByDay, From: a.From, To: a.To},
		}
		if v := a.Vacation; v != nil {
			entry.Vacation = attendance.Vacation{ID: v.ID, Name: v.Name, WorkdaysOnly: v.WorkdaysOnly}
		}
		for j, s := range a.Slices {
			slice := fmt.Sprintf("%s/slices/%d", at, j)
			d, err := needDay(s.Day, slice+"/day")
			if err != nil {
				return nil, err
			}
			if s.Seconds < 0 || s.Seconds > attendance.SecondsPerDay {
				return nil, bad(slice+"/seconds", "want 0 to %d", attendance.SecondsPerDay)
			}
			entry.Slices = append(entry.Slices, attendance.ApprovalSlice{Day: d, Seconds: int32(s.Seconds)})
		}
		entries = append(entries, entry)
	}
	return entries, nil
}

func (c *call) addApprovals(list *admin.ApprovalList) (any, error) {
	entries, err := approvalsIn(list.Approvals, false)
	if err != nil {
		return nil, err
	}
	return done{}, c.api.app.AddApprovals(c.ctx(), c.corp(), entries)
}

func (c *call) checkApprovals(list *admin.ApprovalList) (any, error) {
	entries, err := approvalsIn(list.Approvals, true)
	if err != nil {
		return nil, err
	}
	checks, err := c.api.app.CheckApprovals(c.ctx(), c.corp(), entries)
	if err != nil {
		return nil, err
	}
	answer := &admin.ApprovalChecks{Approvals: []admin.ApprovalCheck{}}
	for i := range checks {
		k := &checks[i]
		answer.Approvals = append(answer.Approvals, admin.ApprovalCheck{
			Approval: approvalOut(&k.ApprovalEntry), Days: slicesOut(k.Days),
			Was: int64(k.Was), Known: k.Known, Overlaps: k.Overlaps,
		})
	}
	return answer, nil
}

// approvalOut is the inverse of approvalsIn.
func approvalOut(e *app.ApprovalEntry) admin.Approval {
	a := admin.Approval{
		UserID: string(e.User), Number: e.No, ByDay: e.ByDay, From: e.From, To: e.To,
		Status: int64(e.Status), KnownAt: e.KnownAt, New: e.New,
	}
	for word, kind := range kinds {
		if kind == e.Kind {
			a.Kind = word
		}
	}
	if e.Vacation != (attendance.Vacation{}) {
		a.Vacation = &admin.Vacation{ID: e.Vacation.ID, Name: e.Vacation.Name, WorkdaysOnly: e.Vacation.WorkdaysOnly}
	}
	if len(e.Slices) > 0 {
		a.Slices = slicesOut(e.Slices)
	}
	return a
}

func slicesOut(days []attendance.ApprovalSlice) []admin.ApprovalSlice {
	out := make([]admin.ApprovalSlice, len(days))
	for i, d := range days {
		out[i] = admin.ApprovalSlice{Day: admin.Day(d.Day.String()), Seconds: int64(d.Seconds)}
	}
	return out
}
