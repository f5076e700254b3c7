package app_test

import (
	"context"
	"errors"
	"fmt"
	"strings"
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
			"3 shift: x1 is under no shift rule on that day",
			fmt.Sprintf("4 shift: rule %d has no such shift: it has 夜班 (7), and 休 for rest; --shifts says what else the table calls them", group),
			"6 shift: another shift of night1 on that day stands before",
		}, faults(plan)); diff != "" {
			t.Errorf("-want +got:\n%s", diff)
		}
		if _, err := f.PlanSchedules(ctx, f.corp, nil, 99); !errors.Is(err, attendance.ErrUnknownGroup) {
			t.Errorf("no such rule: %v", err)
		}
	})
}

// A punch of a name goes to the only member who has it; what cannot be a punch
// is named by its place. What is there, or twice in the table, is not new.
func TestPlanPunches(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		ctx := context.Background()
		f := newFixture(t, db)
		must(t, f.AddMembers(ctx, f.corp, []app.Contact{{ID: "Anna", Name: "安娜", Depts: []attendance.DeptID{1}}}))
		of := func(id attendance.UserID, name string, at int64) app.NamedPunch {
			return app.NamedPunch{User: id, Name: name, At: at}
		}
		now := noon.Unix()
		rows := []app.NamedPunch{of("anna", "", now), of("", "安娜", now), of("bob", "", now), of("anna", "", 946_684_799), of("anna", "", now+86_401), of("anna", "", now-1)}
		plan, err := f.PlanPunches(ctx, f.corp, rows)
		must(t, err)
		if diff := cmp.Diff([]string{
			"2 userid: there is no such member", "3 time: the time is not between 2000 and tomorrow", "4 time: the time is not between 2000 and tomorrow",
		}, faults(plan)); diff != "" {
			t.Errorf("-want +got:\n%s", diff)
		}
		if rows[0].User != "Anna" || rows[1].User != "Anna" || rows[2].User != "" {
			t.Errorf("users %q, %q and %q", rows[0].User, rows[1].User, rows[2].User)
		}
		if plan.Added != 2 || plan.Unchanged != 1 {
			t.Errorf("new %d, there %d", plan.Added, plan.Unchanged)
		}

		// A punch of a phone at the same second is another one.
		_, err = f.ImportPunches(ctx, f.corp, app.ImportFile{Name: "a.csv", SHA256: "aa", Punches: []attendance.PunchRecord{
			{User: "Anna", Punch: attendance.Punch{At: now, Source: attendance.SourceDevice}},
			{User: "Anna", Punch: attendance.Punch{At: now - 1, Source: attendance.SourcePhone}},
		}})
		must(t, err)
		plan, err = f.PlanPunches(ctx, f.corp, []app.NamedPunch{of("anna", "", now), of("anna", "", now-1), {User: "anna", At: now, Device: "door"}})
		must(t, err)
		if plan.Added != 2 || plan.Unchanged != 1 || len(plan.Issues) != 0 {
			t.Errorf("after an import: %+v", plan)
		}
	})
}

// A spreadsheet takes the zeros before a number away: the member is not found,
// and a new one is doubted. Wide letters and digits are those of the shift.
func TestImportLostZeros(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		ctx := context.Background()
		f := newFixture(t, db)
		must(t, f.AddMembers(ctx, f.corp, []app.Contact{{ID: "007", Name: "邦德", Depts: []attendance.DeptID{1}}}))
		plan, err := f.PlanMembers(ctx, f.corp, []app.MemberRow{{ID: "7", Name: "邦德"}, {ID: "8", Name: "七"}, {ID: "007"}})
		must(t, err)
		if len(plan.Issues) != 0 || len(plan.Doubts) != 1 || plan.Doubts[0].Index != 0 ||
			plan.Doubts[0].Reason != "a new member, but there is 007: look whether the zeros before the number are lost" {
			t.Errorf("members: %+v", plan)
		}
		plan, err = f.PlanPunches(ctx, f.corp, []app.NamedPunch{{User: "7", At: noon.Unix()}})
		must(t, err)
		if diff := cmp.Diff([]string{"0 userid: there is no such member, but 007: the zeros before the number are lost"}, faults(plan)); diff != "" {
			t.Errorf("punches, -want +got:\n%s", diff)
		}
		must(t, f.AddMembers(ctx, f.corp, []app.Contact{{ID: "night1", Name: "夜猫", Depts: []attendance.DeptID{1}}}))
		_, err = f.InstallRule(ctx, f.corp, app.RuleSpec{Doc: []byte(strings.ReplaceAll(nights, "夜班", "夜班A1")), Form: wire.FormRead})
		must(t, err)
		plan, err = f.PlanSchedules(ctx, f.corp, []app.ShiftRow{{User: "night1", Day: attendance.DayOf(2025, 9, 1), Shift: "夜班Ａ１"}}, 0)
		must(t, err)
		if len(plan.Issues) != 0 || plan.Added != 1 {
			t.Errorf("a shift in wide letters: %+v", plan)
		}
	})
}

// Whom a terminal's file would make members is told before, with the member who
// may be meant; and namesakes among new members are.
func TestImportNamesNewMembers(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		f := newFixture(t, db)
		must(t, f.AddMembers(t.Context(), f.corp, []app.Contact{
			{ID: "1001", Name: "王伟", Depts: []attendance.DeptID{1}}, {ID: "1040", Name: "王伟", Depts: []attendance.DeptID{1}},
		}))
		var punches []attendance.PunchRecord
		for _, id := range []attendance.UserID{"77", "1001", "01001", "77"} {
			punches = append(punches, attendance.PunchRecord{User: id, Punch: attendance.Punch{At: noon.Unix()}})
		}
		got, err := f.NewPunchers(t.Context(), f.corp, punches)
		must(t, err)
		if diff := cmp.Diff([]app.NewPuncher{{ID: "77"}, {ID: "01001", Like: "1001"}}, got); diff != "" {
			t.Errorf("-want +got:\n%s", diff)
		}
		plan, err := f.PlanMembers(t.Context(), f.corp, []app.MemberRow{
			{ID: "2001", Name: "王伟"}, {ID: "2002", Name: "新人"}, {ID: "2003", Name: "新人"}, {ID: "1001", Name: "王伟"},
		})
		must(t, err)
		var doubts []string
		for _, d := range plan.Doubts {
			doubts = append(doubts, fmt.Sprint(d.Index, " ", d.Reason))
		}
		want := []string{"0 a new member with the name of 1001, 1040", "2 a new member with the name of 2002"}
		if diff := cmp.Diff(want, doubts); diff != "" {
			t.Errorf("-want +got:\n%s", diff)
		}
	})
}
