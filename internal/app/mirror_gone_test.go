package app_test

import (
	"context"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/dakahq/daka/internal/app"
	"github.com/dakahq/daka/internal/attendance"
	"github.com/dakahq/daka/internal/store"
	"github.com/dakahq/daka/internal/store/storetest"
)

// people puts members into a mirror's root department.
func people(t *testing.T, a *app.App, corp *app.Corp, before attendance.Day, users ...attendance.UserID) {
	t.Helper()
	var list []app.Contact
	for _, u := range users {
		list = append(list, app.Contact{ID: u, Name: "name of " + string(u), Depts: []attendance.DeptID{1}})
	}
	_, err := a.MirrorDirectory(context.Background(), corp, app.Directory{Members: list, Before: before})
	must(t, err)
}

// A shift that is told no more was taken back, from when that was known on; but
// not where there is another reason for the silence.
func TestMirrorSchedules(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		ctx := context.Background()
		a, corp, clock := mirrored(t, db)
		people(t, a, corp, 0, "night1", "b")
		today, _ := corp.Zone.DayAt(noon.Unix())
		rule := func(doc string) {
			t.Helper()
			_, bad, err := a.MirrorRules(ctx, corp, []app.MirroredRule{{Group: 5, First: attendance.MinDay, Last: attendance.MaxDay, Doc: []byte(doc)}})
			if err != nil || len(bad) > 0 {
				t.Fatal(err, bad)
			}
		}
		rule(nights)
		shift := func(u attendance.UserID, d attendance.Day, id attendance.ShiftID) app.ScheduleFact {
			return app.ScheduleFact{Assignment: app.Assignment{User: u, Day: d, Shift: id}, Group: 5}
		}
		put := func(name string, want int, told ...app.ScheduleFact) {
			t.Helper()
			clock.at = clock.at.Add(time.Minute)
			b := app.MirrorBatch{Kind: "schedules", Users: []attendance.UserID{"night1", "b"}, First: today - 2, Last: today + 2, At: clock.at.Unix()}
			if n, err := a.MirrorSchedules(ctx, corp, b, told); err != nil || n != want {
				t.Errorf("%s: %d changed, want %d, %v", name, n, want, err)
			}
		}
		read := func(asOf time.Time) (list []app.Assignment) {
			t.Helper()
			must(t, db.Read(ctx, func(tx *store.Tx) error {
				all, err := tx.Schedules(corp.ID, []attendance.UserID{"b", "night1"}, today-9, today+9, asOf.Unix())
				for _, s := range all {
					list = append(list, app.Assignment{User: s.User, Day: s.Day, Shift: s.Shift})
				}
				return err
			}))
			return list
		}
		is := func(name string, got []app.Assignment, want ...app.ScheduleFact) {
			t.Helper()
			var list []app.Assignment
			for _, w := range want {
				list = append(list, w.Assignment)
			}
			if diff := cmp.Diff(list, got); diff != "" {
				t.Errorf("%s (-want +got):\n%s", name, diff)
			}
		}
		// b is under no rule: the shift stands for one of a rule that b was under.
		one, two, rest, other := shift("night1", today-1, 7), shift("night1", today+1, 7), shift("night1", today+2, 0), shift("b", today, 7)
		put("first", 4, one, two, rest, other)
		put("again", 0, one, two, rest, other)
		put("b is told of no more, and under no shift rule", 0, one, two, rest)
		planned := clock.at
		put("two are taken back", 2, two)
		is("taken back", read(clock.at), other, two)
		is("as it was", read(planned), other, one, two, rest)
		put("the same again", 0, two)
		put("one is planned anew", 1, one, two)
		is("planned anew", read(clock.at), other, one, two)
		// The rule offers shift 8 in the place of 7: it is not told of days with 7.
		rule(`{"grouptype":2,"groupname":"nights","range":{"userid":["night1"]},"schedulelist":[{"schedule_id":8,"schedule_name":"早班",
			"time_section":[{"time_id":1,"work_sec":28800,"off_work_sec":57600}]}]}`)
		put("the shift is gone from the rule", 0)
		is("the shift is gone from the rule", read(clock.at), other, one, two)
		moved := two // as another group has it, which the member went to
		moved.Group = 6
		put("another group has it too", 1, moved, two)
		put("both again", 0, two, moved)
		is("in two groups", read(clock.at), other, one, two, moved)
	})
}

// Punches of a phone that were asked about and are told no more are counted.
func TestMirrorPunchesGone(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		ctx := context.Background()
		a, corp, _ := mirrored(t, db)
		people(t, a, corp, 0, "a", "b")
		today, _ := corp.Zone.DayAt(noon.Unix())
		midnight := corp.Zone.Midnight(today)
		punch := func(u attendance.UserID, at int64, slot attendance.Slot) attendance.PunchRecord {
			return attendance.PunchRecord{User: u, Punch: attendance.Punch{At: midnight + at, Source: attendance.SourcePhone, Slot: slot, Section: 1}}
		}
		told := []attendance.PunchRecord{
			punch("a", 0, attendance.NoSlot), // at the end of what is asked about: it may not be meant
			punch("a", 100, attendance.On), punch("a", 60_000, attendance.Off), punch("a", 65_000, attendance.Off),
			punch("b", 200, attendance.On), punch("b", 300, attendance.NoSlot),
		}
		put := func(users []attendance.UserID, list []attendance.PunchRecord, fromDevices bool) []app.PunchAt {
			t.Helper()
			b := app.MirrorBatch{Kind: "records", Users: users, First: today, Last: today, At: noon.Unix()}
			news, err := a.MirrorPunches(ctx, corp, b, append([]attendance.PunchRecord(nil), list...), fromDevices)
			must(t, err)
			return news.Gone
		}
		both := []attendance.UserID{"a", "b"}
		door := attendance.PunchRecord{User: "b", Punch: attendance.Punch{At: midnight + 300, Source: attendance.SourceDevice, Device: "door"}}
		if gone := put(both, told, false); len(gone) > 0 {
			t.Errorf("first: %v", gone)
		}
		if gone := put(both, []attendance.PunchRecord{door}, true); len(gone) > 0 {
			t.Errorf("by when it was received: %v", gone)
		}
		if gone := put([]attendance.UserID{"a"}, told[:4], false); len(gone) > 0 {
			t.Errorf("b is not asked about: %v", gone)
		}
		// a's later punch for going replaces the one before, and a device has b's last.
		want := []app.PunchAt{{User: "a", At: midnight + 100}, {User: "b", At: midnight + 200}}
		if diff := cmp.Diff(want, put(both, told[3:4], false)); diff != "" {
			t.Errorf("gone (-want +got):\n%s", diff)
		}
		must(t, db.Read(ctx, func(tx *store.Tx) error {
			all, err := tx.Records(corp.ID, both, 0, 1<<40)
			if len(all) != len(told) {
				t.Errorf("%d punches are stored, want %d", len(all), len(told))
			}
			return err
		}))
	})
}

// Who punched before the first day was there, if it is not somebody's new userid.
func TestMirrorFirstDays(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		ctx := context.Background()
		a, corp, clock := mirrored(t, db)
		people(t, a, corp, 0, "a", "b", "c", "dated")
		today, _ := corp.Zone.DayAt(noon.Unix())
		must(t, a.AddFacts(ctx, corp, app.FactSet{Members: []app.MemberFact{{Contact: app.Contact{ID: "dated", Name: "d", Joined: today - 9}}}}))
		clock.at = noon.AddDate(0, 0, 1)
		listed := app.Directory{Before: today, Members: []app.Contact{
			{ID: "a", Name: "name of a"}, {ID: "b", Name: "name of b"}, {ID: "seen", Name: "s"}, {ID: "fresh", Name: "f"}, {ID: "c2", Name: "name of c"},
			{ID: "dated", Name: "another name"}, // in this round, though known before
		}}
		news, err := a.MirrorDirectory(ctx, corp, listed)
		must(t, err)
		if len(news.Joined) != 3 || len(news.Left) != 1 {
			t.Fatalf("%+v", news)
		}
		var punches []attendance.PunchRecord
		for user, days := range map[attendance.UserID]attendance.Day{"a": 30, "b": 21, "seen": 5, "fresh": -1, "c2": 5, "c": 30, "dated": 30} {
			at := corp.Zone.Midnight(today-days) + 9*3600
			punches = append(punches, attendance.PunchRecord{User: user, Punch: attendance.Punch{At: at, Source: attendance.SourcePhone}})
		}
		b := app.MirrorBatch{Kind: "records", First: today - 30, Last: today + 1, At: clock.at.Unix()}
		_, err = a.MirrorPunches(ctx, corp, b, punches, false)
		must(t, err)
		// Since the 29th day before today a, of whom an older punch is known, and b are
		// eight days apart.
		if late, err := a.LateStarters(ctx, corp, today-29, 8); err != nil || len(late) > 0 {
			t.Errorf("late: %v, %v", late, err)
		}
		late, err := a.LateStarters(ctx, corp, today-30, 8) // of a, b and c, whose first days are not known
		if diff := cmp.Diff([]app.FirstDay{{User: "b", Day: today - 21}}, late); diff != "" || err != nil {
			t.Errorf("late (-want +got): %v\n%s", err, diff)
		}
		if moved, err := a.MirrorFirstDays(ctx, corp, clock.at.Unix()+1); err != nil || len(moved) > 0 {
			t.Errorf("nobody became known since: %v, %v", moved, err)
		}
		moved, err := a.MirrorFirstDays(ctx, corp, clock.at.Unix())
		if diff := cmp.Diff([]app.FirstDay{{User: "seen", Day: today - 5}}, moved); diff != "" || err != nil {
			t.Errorf("moved (-want +got): %v\n%s", err, diff)
		}
		all, err := a.Contacts(ctx, corp, []attendance.UserID{"seen", "fresh", "c2", "dated"})
		must(t, err)
		// c2 and fresh, dated, seen.
		if all[0].Joined != today+1 || all[1].Joined != today-9 || all[2].Joined != today+1 || all[3].Joined != today-5 {
			t.Errorf("%+v", all)
		}
		if moved, err := a.MirrorFirstDays(ctx, corp, clock.at.Unix()); err != nil || len(moved) > 0 {
			t.Errorf("again: %v, %v", moved, err)
		}
	})
}
