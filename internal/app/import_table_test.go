package app_test

import (
	"context"
	"errors"
	"fmt"
	"testing"

	"github.com/dakahq/daka/internal/app"
	"github.com/dakahq/daka/internal/attendance"
	"github.com/dakahq/daka/internal/store"
	"github.com/dakahq/daka/internal/store/storetest"
	"github.com/dakahq/daka/internal/wire"
	"github.com/google/go-cmp/cmp"
)

func faults(p *app.ImportPlan) (all []string) {
	for _, i := range p.Issues {
		all = append(all, fmt.Sprintf("%d %s: %s", i.Index, i.Field, i.Reason))
	}
	return all
}

// The fixture has the departments 有家企业 and 有家企业/研发部.
func TestImportMembers(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		ctx := context.Background()
		f := newFixture(t, db)
		joined := attendance.DayOf(2025, 9, 1)
		rows := []app.MemberRow{
			{ID: "m1", Name: "甲", Departments: [][]string{{"研发部", "一组"}, {"有家企业", "行政部"}}, Joined: &joined},
			{ID: "m2", Name: "乙", Departments: [][]string{{"一组"}}, Tags: []attendance.TagID{3}},
			{ID: "m3", Name: "丙"},
		}
		plan, err := f.PlanMembers(ctx, f.corp, rows)
		must(t, err)
		want := &app.ImportPlan{Added: 3, Departments: []string{"有家企业/研发部/一组", "有家企业/行政部"}}
		if diff := cmp.Diff(want, plan); diff != "" {
			t.Fatalf("plan, -want +got:\n%s", diff)
		}
		before, err := f.Contacts(ctx, f.corp, nil)
		must(t, err)
		plan, err = f.ImportMembers(ctx, f.corp, app.ImportFile{Name: "a.csv", SHA256: "aa"}, rows)
		must(t, err)
		if diff := cmp.Diff(want, plan); diff != "" {
			t.Errorf("import, -want +got:\n%s", diff)
		}
		got, err := f.Contacts(ctx, f.corp, []attendance.UserID{"m1", "m2", "m3"})
		must(t, err)
		team, office := attendance.DeptID(3), attendance.DeptID(4) // after 1 and 2
		if diff := cmp.Diff([]app.Contact{
			{ID: "m1", Name: "甲", Depts: []attendance.DeptID{team, office}, Joined: joined, Left: attendance.MaxDay},
			{ID: "m2", Name: "乙", Depts: []attendance.DeptID{team}, Tags: []attendance.TagID{3}, Left: attendance.MaxDay},
			{ID: "m3", Name: "丙", Depts: []attendance.DeptID{1}, Left: attendance.MaxDay},
		}, got); diff != "" {
			t.Errorf("members, -want +got:\n%s", diff)
		}

		// The same table again changes nothing; another spelling of a userid is the same member.
		rows[0].ID = "M1"
		plan, err = f.ImportMembers(ctx, f.corp, app.ImportFile{Name: "a.csv", SHA256: "aa"}, rows)
		must(t, err)
		if diff := cmp.Diff(&app.ImportPlan{Unchanged: 3}, plan); diff != "" {
			t.Errorf("again, -want +got:\n%s", diff)
		}
		left := attendance.DayOf(2025, 12, 31)
		plan, err = f.ImportMembers(ctx, f.corp, app.ImportFile{Name: "b.csv", SHA256: "bb"}, []app.MemberRow{{ID: "m2", Left: &left}, {ID: "m3"}})
		must(t, err)
		if plan.Changed != 1 || plan.Unchanged != 1 {
			t.Errorf("a last day: %+v", plan)
		}
		after, err := f.Contacts(ctx, f.corp, nil)
		must(t, err)
		if len(after) != len(before)+3 {
			t.Errorf("%d members, were %d", len(after), len(before))
		}
	})
}

func TestImportMembersRefuses(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		ctx := context.Background()
		f := newFixture(t, db)
		must(t, f.AddDepartments(ctx, f.corp, []attendance.Department{{ID: 5, Parent: 1, Name: "甲部"}, {ID: 6, Parent: 5, Name: "组"}, {ID: 7, Parent: 2, Name: "组"}}))
		late, early := attendance.DayOf(2025, 9, 2), attendance.DayOf(2025, 9, 1)
		rows := []app.MemberRow{
			{ID: "m1"}, {ID: "m2", Name: "乙"}, {ID: "M2", Name: "乙"}, {ID: "-", Name: "丙"},
			{ID: "m4", Name: "丁", Departments: [][]string{{"组"}}},
			{ID: "m5", Name: "戊", Departments: [][]string{{"a:b"}}},
			{ID: "m6", Name: "己", Joined: &late, Left: &early},
		}
		plan, err := f.ImportMembers(ctx, f.corp, app.ImportFile{Name: "a.csv"}, rows)
		if !errors.Is(err, app.ErrBadInput) {
			t.Errorf("got %v", err)
		}
		if diff := cmp.Diff([]string{
			"0 name: a new member needs a name",
			"2 userid: an earlier row has the same userid",
			"3 userid: 1 to 64 letters, digits and _-@., the first a letter or digit",
			"4 department: 2 departments are called that: 有家企业/甲部/组, 有家企业/研发部/组",
			`5 department: department "a:b": invalid value: name: none of \/:*?"<>| may be in it`,
			"6 left: the last day 2025-09-01 is before the first, 2025-09-02",
		}, faults(plan)); diff != "" {
			t.Errorf("-want +got:\n%s", diff)
		}
		if _, err := f.Contacts(ctx, f.corp, []attendance.UserID{"m2"}); !errors.Is(err, attendance.ErrUnknownUser) {
			t.Errorf("a row of a refused table was taken: %v", err)
		}
	})
}

func TestImportSchedules(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		ctx := context.Background()
		f := newFixture(t, db)
		must(t, f.AddMembers(ctx, f.corp, []app.Contact{
			{ID: "night1", Name: "夜猫", Depts: []attendance.DeptID{1}}, {ID: "x1", Name: "同名", Depts: []attendance.DeptID{1}},
			{ID: "x2", Name: "同名", Depts: []attendance.DeptID{1}},
		}))
		group, err := f.InstallRule(ctx, f.corp, app.RuleSpec{Doc: []byte(nights), Form: wire.FormRead})
		must(t, err)
		day := attendance.DayOf(2025, 9, 1) // ten days ago
		rows := []app.ShiftRow{
			{User: "Night1", Day: day, Shift: "夜班"}, {Name: "夜猫", Day: day + 1, Shift: "休"}, {User: "night1", Day: day + 2, Shift: "7"},
			{User: "night1", Day: day, Shift: "7"}, // says the same again
		}
		source := app.ImportFile{Name: "plan.csv", SHA256: "aa"}
		for i, want := range []*app.ImportPlan{{Added: 3}, {Unchanged: 3}} {
			plan, err := f.PlanSchedules(ctx, f.corp, rows, 0)
			must(t, err)
			done, err := f.ImportSchedules(ctx, f.corp, source, rows, 0)
			must(t, err)
			if diff := cmp.Diff([]*app.ImportPlan{want, want}, []*app.ImportPlan{plan, done}); diff != "" {
				t.Errorf("run %d, -want +got:\n%s", i, diff)
			}
		}
		plan, err := f.ImportSchedules(ctx, f.corp, source, []app.ShiftRow{{User: "night1", Day: day, Shift: "休息"}, {User: "x1", Day: day, Shift: "夜班"}}, group)
		must(t, err)
		if plan.Changed != 1 || plan.Added != 1 {
			t.Errorf("with a group: %+v", plan)
		}
		shifts, err := f.Schedules(ctx, f.corp, []attendance.UserID{"night1"}, day, day+2)
		must(t, err)
		if len(shifts) != 3 || shifts[0].Shift.ID != 0 || shifts[1].Shift.ID != 0 || shifts[2].Shift.ID != 7 {
			t.Errorf("shifts %+v", shifts)
		}

		plan, err = f.PlanSchedules(ctx, f.corp, []app.ShiftRow{
			{User: "nobody", Day: day, Shift: "休"}, {Name: "同名", Day: day, Shift: "休"}, {Name: "无名", Day: day, Shift: "休"},
			{User: "x1", Day: day, Shift: "休"}, {User: "night1", Day: day, Shift: "早班"},
			{User: "night1", Day: day + 5, Shift: "夜班"}, {User: "night1", Day: day + 5, Shift: "休"},
		}, 0)
		must(t, err)
		if diff := cmp.Diff([]string{
			"0 userid: there is no such member",
			"1 name: 2 members have that name: x1, x2; a column with userids tells them apart",
			"2 name: there is no member of that name",
			"3 shift: x1 is under no shift rule on 2025-09-01",
			fmt.Sprintf("4 shift: rule %d has no such shift: it has 夜班 (7), and 休 for rest", group),
			"6 shift: another shift of night1 on 2025-09-06 stands before",
		}, faults(plan)); diff != "" {
			t.Errorf("-want +got:\n%s", diff)
		}
		if _, err := f.PlanSchedules(ctx, f.corp, nil, 99); !errors.Is(err, attendance.ErrUnknownGroup) {
			t.Errorf("no such rule: %v", err)
		}
	})
}

// A punch of a name goes to the only member who has it; what cannot be a punch
// is named by its place.
func TestCheckPunches(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		ctx := context.Background()
		f := newFixture(t, db)
		must(t, f.AddMembers(ctx, f.corp, []app.Contact{{ID: "Anna", Name: "安娜", Depts: []attendance.DeptID{1}}}))
		of := func(id attendance.UserID, name string, at int64) app.NamedPunch {
			return app.NamedPunch{User: id, Name: name, At: at}
		}
		now := noon.Unix()
		rows := []app.NamedPunch{of("anna", "", now), of("", "安娜", now), of("bob", "", now), of("anna", "", 946_684_799), of("anna", "", now+86_401)}
		issues, err := f.CheckPunches(ctx, f.corp, rows)
		must(t, err)
		if diff := cmp.Diff([]app.RowIssue{
			{Index: 2, Field: "userid", Reason: "there is no such member"},
			{Index: 3, Field: "time", Reason: "the time is not between 2000 and tomorrow"},
			{Index: 4, Field: "time", Reason: "the time is not between 2000 and tomorrow"},
		}, issues); diff != "" {
			t.Errorf("-want +got:\n%s", diff)
		}
		if rows[0].User != "Anna" || rows[1].User != "Anna" {
			t.Errorf("users %q and %q", rows[0].User, rows[1].User)
		}
	})
}
