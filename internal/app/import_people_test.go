package app_test

import (
	"context"
	"fmt"
	"testing"

	"github.com/dakahq/daka/internal/app"
	"github.com/dakahq/daka/internal/attendance"
	"github.com/dakahq/daka/internal/store"
	"github.com/dakahq/daka/internal/store/storetest"
	"github.com/dakahq/daka/internal/wire"
	"github.com/google/go-cmp/cmp"
)

func doubts(p *app.ImportPlan) (all []string) {
	for _, d := range p.Doubts {
		all = append(all, fmt.Sprintf("%d %s: %s", d.Index, d.Field, d.Reason))
	}
	return all
}

// Tables align Chinese names with blanks: those make no other name. Blanks between
// Latin words belong to it. The fixture has 张三, who is ZhangSan.
func TestImportNames(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		ctx := context.Background()
		f := newFixture(t, db)
		must(t, f.AddMembers(ctx, f.corp, []app.Contact{
			{ID: "n1", Name: "Li Na", Depts: []attendance.DeptID{1}}, {ID: "n2", Name: "赵 六", Depts: []attendance.DeptID{1}},
			{ID: "n3", Name: "赵六", Depts: []attendance.DeptID{1}}, {ID: "n4", Name: "欧 阳", Depts: []attendance.DeptID{1}},
		}))
		var rows []app.NamedPunch
		for _, name := range []string{"张　三", "张 三", "Li Na", "LiNa", "赵六", "赵 六", "欧阳"} {
			rows = append(rows, app.NamedPunch{Name: name, At: noon.Unix()})
		}
		plan, err := f.PlanPunches(ctx, f.corp, rows)
		must(t, err)
		var users []attendance.UserID
		for _, r := range rows {
			users = append(users, r.User)
		}
		if diff := cmp.Diff([]attendance.UserID{"ZhangSan", "ZhangSan", "n1", "", "", "n2", "n4"}, users); diff != "" {
			t.Errorf("-want +got:\n%s", diff)
		}
		if diff := cmp.Diff([]string{
			"3 name: there is no member of that name", "4 name: 2 members have that name: n3, n2; a column with userids tells them apart",
		}, faults(plan)); diff != "" {
			t.Errorf("-want +got:\n%s", diff)
		}
		members, err := f.PlanMembers(ctx, f.corp, []app.MemberRow{{ID: "n5", Name: "张　三"}})
		must(t, err)
		if diff := cmp.Diff([]string{"0 name: a new member with the name of ZhangSan"}, doubts(members)); diff != "" {
			t.Errorf("-want +got:\n%s", diff)
		}
	})
}

// calledWang is why a row of d1 with another name than 王五 cannot be taken.
const calledWang = `d1 is called 王五: if the row is d1's, say so with --map name=-, which goes by userids alone, or enter the new name with "daka import members"; else write the right userid`

// A row whose userid and name are of two people is refused wherever it would give
// one of them what is the other's. A day on which somebody is not there can be taken
// and is said, once for each member, with how many there are. The last shift may end on the day after
// the last: a punch then is counted, and alone is not said.
func TestImportDoubts(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		ctx := context.Background()
		f := newFixture(t, db)
		joined, left := attendance.DayOf(2025, 9, 1), attendance.DayOf(2025, 9, 5)
		must(t, f.AddMembers(ctx, f.corp, []app.Contact{
			{ID: "d1", Name: "王五", Alias: "Wang", Depts: []attendance.DeptID{1}, Joined: joined, Left: left},
			{ID: "d2", Name: "d2", Depts: []attendance.DeptID{1}, Left: attendance.MaxDay},
		}))
		at := func(day attendance.Day, user attendance.UserID, name string) app.NamedPunch {
			return app.NamedPunch{User: user, Name: name, At: f.corp.Zone.At(day, 8*3600)}
		}
		plan, err := f.PlanPunches(ctx, f.corp, []app.NamedPunch{
			at(joined, "D1", "王五"), at(joined, "d1", "王　五（外包）"), at(left, "d1", "wang"), at(left, "d1", "赵六"), at(joined+1, "d1", "赵六"),
			at(left+1, "d1", ""), at(left+2, "d1", ""), at(left+3, "d1", ""), at(joined, "d2", "七"),
		})
		must(t, err)
		if diff := cmp.Diff([]string{"6 time: d1 has left: the last day was 2025-09-05; punches of later days: 3"}, doubts(plan)); diff != "" {
			t.Errorf("-want +got:\n%s", diff)
		}
		if diff := cmp.Diff([]string{"3 name: " + calledWang, "4 name: " + calledWang}, faults(plan)); diff != "" {
			t.Errorf("-want +got:\n%s", diff)
		}
		plan, err = f.PlanPunches(ctx, f.corp, []app.NamedPunch{at(joined-1, "d1", "Wang")})
		must(t, err)
		if diff := cmp.Diff([]string{"0 time: d1 is there from 2025-09-01 on; punches of earlier days: 1"}, doubts(plan)); diff != "" || len(plan.Issues) > 0 || plan.Added != 1 {
			t.Errorf("%+v, -want +got:\n%s", plan, diff)
		}

		trip := attendance.Approval{Kind: attendance.TripApproval, ByDay: true, From: f.corp.Zone.Midnight(left + 1), To: f.corp.Zone.Midnight(left + 1)}
		asked, err := f.PlanApprovals(ctx, f.corp, []app.ApprovalRow{{User: "d1", Name: "王五", Approval: trip, Status: attendance.Passed}})
		must(t, err)
		if diff := cmp.Diff([]string{"0 from: d1 has left: the last day was 2025-09-05; rows of later days: 1"}, doubts(asked)); diff != "" {
			t.Errorf("approvals, -want +got:\n%s", diff)
		}

		asked, err = f.PlanApprovals(ctx, f.corp, []app.ApprovalRow{{User: "d1", Name: "赵六", Approval: trip, Status: attendance.Passed}})
		must(t, err)
		if diff := cmp.Diff([]string{"0 name: " + calledWang}, faults(asked)); diff != "" || asked.Added != 0 {
			t.Errorf("approvals: %+v, -want +got:\n%s", asked, diff)
		}

		group, err := f.InstallRule(ctx, f.corp, app.RuleSpec{Doc: []byte(nights), Form: wire.FormRead})
		must(t, err)
		misnamed, err := f.PlanSchedules(ctx, f.corp, []app.ShiftRow{{User: "d1", Name: "赵六", Day: left, Shift: "休"}}, group)
		must(t, err)
		if diff := cmp.Diff([]string{"0 name: " + calledWang}, faults(misnamed)); diff != "" || misnamed.Added != 0 {
			t.Errorf("schedules: %+v, -want +got:\n%s", misnamed, diff)
		}
		rows := []app.ShiftRow{{User: "d1", Day: left + 1, Shift: "休"}}
		shifts, err := f.PlanSchedules(ctx, f.corp, rows, 0)
		must(t, err)
		if diff := cmp.Diff([]string{"0 shift: d1 has left: the last day was 2025-09-05"}, faults(shifts)); diff != "" {
			t.Errorf("schedules, -want +got:\n%s", diff)
		}
		shifts, err = f.PlanSchedules(ctx, f.corp, rows, group)
		must(t, err)
		if diff := cmp.Diff([]string{"0 shift: d1 has left: the last day was 2025-09-05; rows of later days: 1"}, doubts(shifts)); diff != "" || shifts.Added != 1 {
			t.Errorf("schedules of a rule: %+v, -want +got:\n%s", shifts, diff)
		}
	})
}

// What a file of punches would store is known before: of members in any spelling,
// of who would be one, and not what stands in it twice or is there. A punch of
// another device is another.
func TestPlanFile(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		ctx := context.Background()
		f := newFixture(t, db)
		of := func(user attendance.UserID, after int64, device string) attendance.PunchRecord {
			return attendance.PunchRecord{User: user, Punch: attendance.Punch{At: noon.Unix() + after, Source: attendance.SourceDevice, Device: device}}
		}
		punches := []attendance.PunchRecord{of("zhangsan", 0, ""), of("ZHANGSAN", 0, ""), of("zhangsan", 0, "door"), of("new", 1, ""), of("NEW", 1, ""), of("new", 2, "")}
		if plan := app.PlanNewFile(punches); plan.Added != 4 || plan.Unchanged != 2 {
			t.Errorf("of nobody: %+v", plan)
		}
		_, err := f.ImportPunches(ctx, f.corp, app.ImportFile{Name: "a", SHA256: "aa", Punches: []attendance.PunchRecord{of("ZhangSan", 0, "")}})
		must(t, err)
		plan, err := f.PlanFile(ctx, f.corp, punches)
		must(t, err)
		done, err := f.ImportPunches(ctx, f.corp, app.ImportFile{Name: "b", SHA256: "bb", Punches: punches})
		must(t, err)
		if plan.Added != 3 || plan.Unchanged != 3 || done.Imported != 3 || done.Duplicate != 3 {
			t.Errorf("plan %+v, done %+v, want 3 and 3", plan, done)
		}
	})
}
