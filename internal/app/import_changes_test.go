package app_test

import (
	"context"
	"testing"

	"github.com/dakahq/daka/internal/app"
	"github.com/dakahq/daka/internal/attendance"
	"github.com/dakahq/daka/internal/store"
	"github.com/dakahq/daka/internal/store/storetest"
	"github.com/google/go-cmp/cmp"
)

// What a table changes of a member is told field by field, as it was and as it is
// to be, and with the departments the rule where that is another one. The fixture's
// office is the rule of the root; 研发部 gets one of its own.
func TestImportTellsChanges(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		ctx := context.Background()
		f := newFixture(t, db)
		must(t, f.AddMembers(ctx, f.corp, []app.Contact{
			{ID: "1001", Name: "赵六", Alias: "Z", Depts: []attendance.DeptID{1}, Tags: []attendance.TagID{3}, Left: attendance.MaxDay},
			{ID: "1002", Name: "钱七", Depts: []attendance.DeptID{1}, Left: attendance.MaxDay},
		}))
		f.install(t, `{"grouptype":1,"groupname":"lab","range":{"party_id":["2"]},
			"checkindate":[{"workdays":[1],"checkintime":[{"time_id":1,"work_sec":32400,"off_work_sec":64800}]}]}`)
		joined, left := attendance.DayOf(2025, 9, 1), attendance.DayOf(2025, 12, 31)
		plan, err := f.PlanMembers(ctx, f.corp, []app.MemberRow{
			{ID: "1002", Name: "钱七", Departments: [][]string{{"研发部", "一组"}, {"行政"}}},
			{ID: "1001", Name: "孙八", Alias: "S", Tags: []attendance.TagID{4, 5}, Joined: &joined, Left: &left},
			{ID: "1003", Name: "新人"}, {ID: "ZhangSan", Name: "张三", Departments: [][]string{{"研发部"}}},
		})
		must(t, err)
		want := []app.FieldChange{
			{0, "1002", "department", "有家企业", "有家企业/研发部/一组; 有家企业/行政"}, {0, "1002", "rule", "office", "lab"},
			{1, "1001", "name", "赵六", "孙八"}, {1, "1001", "alias", "Z", "S"}, {1, "1001", "tags", "3", "4; 5"},
			{1, "1001", "joined", "", "2025-09-01"}, {1, "1001", "left", "", "2025-12-31"},
		}
		if diff := cmp.Diff(want, plan.Changes); diff != "" || plan.Changed != 2 || plan.Unchanged != 1 {
			t.Errorf("%+v, -want +got:\n%s", plan, diff)
		}
	})
}
