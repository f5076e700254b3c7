package store_test

import (
	"context"
	"errors"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/dakahq/daka/internal/attendance"
	"github.com/dakahq/daka/internal/store"
	"github.com/dakahq/daka/internal/store/storetest"
)

func TestMemberVersions(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		move := day(t, "2026-05-01")
		zhang := store.Member{ID: "ZhangSan", KnownAt: 100, Name: "张三", Depts: []attendance.DeptID{1}, Left: attendance.MaxDay}
		moved := store.Member{ID: "ZhangSan", KnownAt: 200, From: move, Name: "张三", Depts: []attendance.DeptID{2, 3}, Tags: []attendance.TagID{7}, Joined: day(t, "2020-01-02"), Left: attendance.MaxDay}
		gone := moved
		gone.KnownAt, gone.Deleted = 300, true
		li := store.Member{ID: "li", KnownAt: 100, Left: attendance.MaxDay}
		write(t, db, func(tx *store.Tx) error {
			return tx.AddMembers(corp, []store.Member{zhang, li, moved, gone})
		})
		for _, tt := range []struct {
			name string
			asOf int64
			ids  []attendance.UserID
			want []store.Member
		}{
			{"before", 99, nil, nil},
			{"all", 100, nil, []store.Member{li, zhang}},
			{"moved", 299, []attendance.UserID{"ZHANGSAN", "nobody"}, []store.Member{moved}},
			{"deleted", 300, nil, []store.Member{li}},
			{"no one", 300, []attendance.UserID{}, nil},
		} {
			got := get(t, db, func(tx *store.Tx) ([]store.Member, error) { return tx.Members(corp, tt.asOf, tt.ids) })
			if diff := cmp.Diff(tt.want, got); diff != "" {
				t.Errorf("%s: %s", tt.name, diff)
			}
		}
		people := get(t, db, func(tx *store.Tx) ([]attendance.Person, error) {
			return tx.Facts(corp, []attendance.UserID{"zhangsan"}, move, move, 300, shanghai(t))
		})
		want := []attendance.Person{{ID: "ZhangSan", Name: "张三", Joined: moved.Joined, Left: attendance.MaxDay, Placements: []attendance.Placement{
			{From: attendance.MinDay, Depts: []attendance.DeptID{1}},
			{From: move, Depts: []attendance.DeptID{2, 3}, Tags: []attendance.TagID{7}},
		}}}
		if diff := cmp.Diff(want, people); diff != "" {
			t.Errorf("facts: %s", diff)
		}
	})
}

func TestUserIDsAreCaseInsensitive(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		ctx := context.Background()
		write(t, db, func(tx *store.Tx) error {
			return tx.AddMembers(corp, []store.Member{{ID: "ZhangSan"}, {ID: "gone"}, {ID: "gone", Deleted: true}})
		})
		err := db.Write(ctx, func(tx *store.Tx) error { return tx.AddMembers(corp, []store.Member{{ID: "zhangsan"}}) })
		if !errors.Is(err, store.ErrConflict) {
			t.Errorf("the same id in another case: %v", err)
		}
		err = db.Write(ctx, func(tx *store.Tx) error { return tx.AddMembers(corp, []store.Member{{ID: "a"}, {ID: "A"}}) })
		if !errors.Is(err, store.ErrConflict) {
			t.Errorf("both at once: %v", err)
		}
		write(t, db, func(tx *store.Tx) error { return tx.AddMembers("ww2", []store.Member{{ID: "zhangsan"}}) })
		got := get(t, db, func(tx *store.Tx) (map[string]attendance.UserID, error) {
			return tx.ResolveUsers(corp, []attendance.UserID{"ZHANGSAN", "zhangsan", "gone", "nobody"})
		})
		if diff := cmp.Diff(map[string]attendance.UserID{"zhangsan": "ZhangSan"}, got); diff != "" {
			t.Error(diff)
		}
	})
}

func TestDepartmentVersions(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		root := attendance.Department{ID: 1, Name: "公司", Order: 1}
		sales := attendance.Department{ID: 2, Parent: 1, Name: "销售", Order: 5}
		renamed := sales
		renamed.Name = "市场"
		write(t, db, func(tx *store.Tx) error {
			return tx.AddDepartments(corp, []store.DepartmentVersion{
				{Department: root, KnownAt: 10}, {Department: sales, KnownAt: 10},
				{Department: renamed, KnownAt: 20}, {Department: renamed, KnownAt: 30, Deleted: true},
			})
		})
		for asOf, want := range map[int64][]attendance.Department{
			9: {}, 10: {root, sales}, 20: {root, renamed}, 30: {root},
		} {
			got := get(t, db, func(tx *store.Tx) ([]attendance.Department, error) { return tx.Departments(corp, asOf) })
			if diff := cmp.Diff(want, got); diff != "" {
				t.Errorf("as of %d: %s", asOf, diff)
			}
		}
	})
}

func TestRuleVersions(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		ctx := context.Background()
		v := store.RuleVersion{
			Group: 4, First: day(t, "2026-01-01"), Last: attendance.MaxDay, KnownAt: 10, Form: store.FormWrite,
			Doc: []byte(`{"groupname":"早班","x":1}`), App: 7, CreateUser: "Boss", CreatedAt: 9,
		}
		second, third, last := v, v, v
		second.Group, second.KnownAt = 5, 20
		third.KnownAt, third.Doc = 30, []byte(`{}`)
		last.KnownAt, last.Deleted = 40, true
		for i, add := range []store.RuleVersion{v, second, third, last} {
			write(t, db, func(tx *store.Tx) error {
				n, err := tx.AddRuleVersion(corp, add)
				if n != int64(i+1) {
					t.Errorf("version %d, want %d", n, i+1)
				}
				return err
			})
		}
		// Group 4 came first and keeps its place; group 5 came second.
		v.Version, v.Created = 1, 1
		second.Version, second.Created = 2, 2
		third.Version, third.Created = 3, 1
		last.Version, last.Created = 4, 1
		all := []store.RuleVersion{v, second, third, last}
		for asOf, n := range map[int64]int{9: 0, 10: 1, 29: 2, 30: 3, 40: 4} {
			got := get(t, db, func(tx *store.Tx) ([]store.RuleVersion, error) { return tx.RuleVersions(corp, asOf) })
			if len(got) != n || n > 0 && !cmp.Equal(got, all[:n]) {
				t.Errorf("as of %d: %+v", asOf, got)
			}
		}
		heads := get(t, db, func(tx *store.Tx) ([]store.RuleVersion, error) { return tx.RuleHeads(corp, 10) })
		if len(heads) != 1 || len(heads[0].Doc) != 0 || heads[0].Version != 1 {
			t.Errorf("heads: %+v", heads)
		}
		doc := get(t, db, func(tx *store.Tx) ([]byte, error) { return tx.RuleDoc(corp, 1) })
		if string(doc) != string(v.Doc) {
			t.Errorf("document: %s", doc)
		}
		if id := get(t, db, func(tx *store.Tx) (attendance.GroupID, error) { return tx.NextGroupID(corp) }); id != 6 {
			t.Errorf("next group %d, want 6", id)
		}
		v.First = -1
		err := db.Write(ctx, func(tx *store.Tx) error {
			_, err := tx.AddRuleVersion(corp, v)
			return err
		})
		if !errors.Is(err, store.ErrInvalid) {
			t.Errorf("a day before 1970: %v", err)
		}
	})
}

// Facts of two members, some of them known late, in a corporation with others.
func TestFactsAsOf(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		zone := shanghai(t)
		d := day(t, "2026-03-02")
		midnight := zone.Midnight(d)
		late := punch("a", midnight+9*3600)
		late.KnownAt = midnight + 90000
		out := punch("a", midnight+8*3600)
		out.Flags, out.Slot, out.Section, out.Source, out.Device = attendance.Outside, attendance.On, 12, attendance.SourceAccess, "door"
		outlier := punch("a", midnight+8*3600)
		outlier.Source = attendance.SourceDevice // a duty punch: sorted before the outside one
		mustInsert(t, db, late, out, outlier, punch("b", midnight), punch("b", midnight-1),
			punch("b", midnight+86400-1), punch("b", midnight+86400), punch("c", midnight+1))
		plan := func(shift attendance.ShiftID, known int64) store.Scheduled {
			return store.Scheduled{User: "a", Scheduled: attendance.Scheduled{Day: d, Shift: shift, Group: 4, KnownAt: known}}
		}
		correction := store.Correction{User: "b", App: 3, Correction: attendance.Correction{
			Day: d, Slot: 32400, At: midnight + 32400, KnownAt: midnight + 100, By: attendance.ByAPI, Remark: "忘了"}}
		next := correction
		next.Day, next.Slot, next.By = d+1, attendance.NoTime, attendance.ByApproval
		write(t, db, func(tx *store.Tx) error {
			return errors.Join(
				tx.AddMembers(corp, []store.Member{{ID: "a"}, {ID: "b"}, {ID: "c"}}),
				tx.AddSchedules(corp, []store.Scheduled{plan(1, 10), plan(2, 20), plan(0, midnight+90000)}),
				tx.AddCorrections(corp, []store.Correction{correction, next}))
		})
		facts := func(asOf int64, users ...attendance.UserID) []attendance.Person {
			return get(t, db, func(tx *store.Tx) ([]attendance.Person, error) {
				return tx.Facts(corp, users, d, d, asOf, zone)
			})
		}
		placed := []attendance.Placement{{}}
		b := attendance.Person{ID: "b", Placements: placed, Corrections: []attendance.Correction{correction.Correction},
			Punches: []attendance.Punch{punch("b", midnight).Punch, punch("b", midnight+86399).Punch}}
		a := attendance.Person{ID: "a", Placements: placed, Schedule: []attendance.Scheduled{plan(2, 20).Scheduled},
			Punches: []attendance.Punch{outlier.Punch, out.Punch}}
		if diff := cmp.Diff([]attendance.Person{b, a}, facts(midnight+89999, "B", "a", "A", "nobody")); diff != "" {
			t.Error(diff)
		}
		a.Punches = append(a.Punches, late.Punch)
		a.Schedule = []attendance.Scheduled{plan(0, midnight+90000).Scheduled}
		if diff := cmp.Diff([]attendance.Person{a}, facts(midnight+90000, "a")); diff != "" {
			t.Error(diff)
		}
		if got := facts(midnight + 90000); got != nil {
			t.Errorf("nobody asked for: %v", got)
		}
	})
}

// Who changes groups keeps the shifts of both, each as it became known last.
func TestSchedulesOfTwoGroups(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		d := day(t, "2026-03-02")
		plan := func(group attendance.GroupID, shift attendance.ShiftID, known int64) store.Scheduled {
			return store.Scheduled{User: "a", Scheduled: attendance.Scheduled{Day: d, Shift: shift, Group: group, KnownAt: known}}
		}
		other := plan(4, 9, 1)
		other.Day++
		write(t, db, func(tx *store.Tx) error {
			return tx.AddSchedules(corp, []store.Scheduled{
				other, plan(4, 1, 1), plan(5, 2, 2), plan(4, 3, 3), plan(5, attendance.NoShift, 4), plan(0, 6, 5), plan(5, 7, 6), plan(5, attendance.NoShift, 7),
			})
		})
		for asOf, want := range map[int64][]store.Scheduled{
			1: {plan(4, 1, 1), other},
			2: {plan(4, 1, 1), plan(5, 2, 2), other},
			3: {plan(5, 2, 2), plan(4, 3, 3), other},
			4: {plan(4, 3, 3), other},
			5: {plan(0, 6, 5), other}, // of no group: for whichever it is
			6: {plan(0, 6, 5), plan(5, 7, 6), other},
			7: {other}, // what was for any group was for this one
		} {
			got := get(t, db, func(tx *store.Tx) ([]store.Scheduled, error) {
				return tx.Schedules(corp, []attendance.UserID{"a"}, d, d+1, asOf)
			})
			if diff := cmp.Diff(want, got); diff != "" {
				t.Errorf("as of %d: %s", asOf, diff)
			}
		}
	})
}

func shanghai(t testing.TB) *attendance.Zone {
	t.Helper()
	zone, err := attendance.LoadZone("")
	if err != nil {
		t.Fatal(err)
	}
	return zone
}
