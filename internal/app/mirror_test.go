package app_test

import (
	"context"
	"errors"
	"fmt"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/dakahq/daka/internal/app"
	"github.com/dakahq/daka/internal/attendance"
	"github.com/dakahq/daka/internal/store"
	"github.com/dakahq/daka/internal/store/storetest"
)

// mirrored is a corporation without facts, as a mirror makes it.
func mirrored(t *testing.T, db *store.DB) (*app.App, *app.Corp, *clock) {
	t.Helper()
	c := &clock{noon}
	a := app.New(db, c.now)
	corp, err := a.MirrorCorp(context.Background(), app.NewCorp{ID: "wwm", Zone: "Asia/Shanghai"})
	must(t, err)
	return a, corp, c
}

func TestMirrorCorp(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		ctx := context.Background()
		f := newFixture(t, db)
		_, corp, _ := mirrored(t, db)
		if again, err := f.MirrorCorp(ctx, app.NewCorp{ID: "wwm"}); err != nil || again.ID != corp.ID {
			t.Errorf("the same again: %v, %v", again, err)
		}
		if _, err := f.MirrorCorp(ctx, app.NewCorp{ID: "wwm", Zone: "Asia/Tokyo"}); !errors.Is(err, app.ErrBadInput) {
			t.Errorf("another zone: %v", err)
		}
		if _, err := f.MirrorCorp(ctx, app.NewCorp{ID: "ww1"}); !errors.Is(err, app.ErrNotMirrored) {
			t.Errorf("a corporation with facts of its own: %v", err)
		}
		if states, err := f.AppStates(ctx, corp.ID); err != nil || len(states) != 0 {
			t.Errorf("apps: %v, %v", states, err)
		}
	})
}

// Who is not listed any more has left on the day of the last list, who moved
// stands there from today on, and who was erased does not come back.
func TestMirrorDirectory(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		ctx := context.Background()
		a, corp, clock := mirrored(t, db)
		depts := []attendance.Department{{ID: 1, Name: "root"}, {ID: 2, Parent: 1, Name: "two"}}
		people := []app.Contact{{ID: "A", Name: "a", Depts: []attendance.DeptID{1}}, {ID: "b", Depts: []attendance.DeptID{2}}, {ID: "c", Depts: []attendance.DeptID{2}}}
		var before attendance.Day
		put := func(name string, want int, people []app.Contact) {
			t.Helper()
			listed := app.Directory{Depts: depts, Members: people, Before: before}
			if news, err := a.MirrorDirectory(ctx, corp, listed); err != nil || news.Changed != want {
				t.Errorf("%s: %+v, want %d changed, %v", name, news, want, err)
			}
		}
		put("first", 5, people)
		put("again", 0, people)
		before, _ = corp.Zone.DayAt(clock.at.Unix())
		clock.at = clock.at.AddDate(0, 0, 3)
		people[0].ID, people[0].Depts = "a", []attendance.DeptID{2}
		put("one moved, one left", 2, people[:2])
		all, err := a.Contacts(ctx, corp, nil)
		must(t, err)
		if len(all) != 3 || all[2].Left != before || all[0].ID != "A" || all[0].Depts[0] != 2 {
			t.Errorf("%+v", all)
		}
		_, err = a.Erase(ctx, corp, "b")
		must(t, err)
		put("one was erased", 0, people[:2])
		put("one came back", 1, people)
		depts = depts[:1]
		put("a department is gone", 1, people)
		if left, err := a.Departments(ctx, corp); err != nil || len(left) != 1 {
			t.Errorf("%v, %v", left, err)
		}
	})
}

// Who is listed for the first time joined after the list before, unless there
// was none or they are many; who vanishes left on its day, unless their
// department may not be listed or they are many.
func TestMirrorDirectoryNews(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		a, corp, clock := mirrored(t, db)
		first, _ := corp.Zone.DayAt(noon.Unix())
		today := first + 3
		people := func(names ...string) (list []app.Contact) {
			for _, n := range names {
				list = append(list, app.Contact{ID: attendance.UserID(n), Name: "name of " + n, Depts: []attendance.DeptID{1}})
			}
			return list
		}
		var many []string
		var manyIDs []attendance.UserID
		for i := range 45 {
			many = append(many, fmt.Sprintf("m%02d", i))
			manyIDs = append(manyIDs, attendance.UserID(many[i]))
		}
		renamed := people("a", "b2")
		renamed[1].Name = "name of b"
		b := []attendance.UserID{"b"}
		for _, tt := range []struct {
			name   string
			day    attendance.Day
			listed app.Directory
			want   *app.DirectoryNews // nil = ErrShrunk
		}{
			{"nobody", first, app.Directory{}, nil},
			{"the first list", first, app.Directory{Members: people("a", "b")}, &app.DirectoryNews{Changed: 2, First: attendance.MinDay, Last: first - 1}},
			{"hidden", today, app.Directory{Before: first, Members: people("a"), Hidden: []attendance.DeptID{1}}, &app.DirectoryNews{
				First: first + 1, Last: first, Kept: b,
			}},
			{"renamed", today, app.Directory{Before: first, Members: renamed}, &app.DirectoryNews{
				Changed: 2, Joined: []attendance.UserID{"b2"}, First: first + 1, Left: b, Last: first, Renamed: [][2]attendance.UserID{{"b", "b2"}},
			}},
			{"back, and the list before was today's", today, app.Directory{Before: today, Members: append(people("b"), renamed...)}, &app.DirectoryNews{
				Changed: 1, First: today, Last: today, Back: b,
			}},
			{"gone on the day of the list", today, app.Directory{Before: today, Members: renamed}, &app.DirectoryNews{Changed: 1, First: today, Left: b, Last: today}},
			{"gone still", today, app.Directory{Before: today, Members: renamed}, &app.DirectoryNews{First: today, Last: today}},
			{"many are new", today + 1, app.Directory{Before: today, Members: append(people(many...), renamed...)}, &app.DirectoryNews{
				Changed: 45, Joined: manyIDs, First: attendance.MinDay, Last: today,
			}},
			// A fifth of the 47 are 9, and ten may always go.
			{"eleven are gone", today + 2, app.Directory{Before: today + 1, Members: append(people(many[11:]...), renamed...)}, nil},
			{"ten are gone", today + 2, app.Directory{Before: today + 1, Members: append(people(many[10:]...), renamed...)}, &app.DirectoryNews{
				Changed: 10, First: today + 2, Left: manyIDs[:10], Last: today + 1,
			}},
			{"all are gone, and that is true", today + 3, app.Directory{Before: today + 2, AcceptShrinking: true}, &app.DirectoryNews{
				Changed: 37, First: today + 3, Left: append([]attendance.UserID{"a", "b2"}, manyIDs[10:]...), Last: today + 2,
			}},
		} {
			clock.at = noon.AddDate(0, 0, int(tt.day-first))
			news, err := a.MirrorDirectory(context.Background(), corp, tt.listed)
			if tt.want == nil {
				if !errors.Is(err, app.ErrShrunk) {
					t.Errorf("%s: %+v, %v", tt.name, news, err)
				}
				continue
			}
			if diff := cmp.Diff(tt.want, news); diff != "" || err != nil {
				t.Errorf("%s (-want +got): %v\n%s", tt.name, err, diff)
			}
		}
	})
}

// What two calls tell of one second of a member is one punch, in whichever
// order they come, and nothing changes when they come again.
func TestMirrorPunches(t *testing.T) {
	t.Parallel()
	phone := func(at int64, device string, flags attendance.PunchFlags, slot attendance.Slot) attendance.PunchRecord {
		return attendance.PunchRecord{
			User: "A", Punch: attendance.Punch{At: at, Source: attendance.SourcePhone, Device: device, Flags: flags, Slot: slot},
			PunchDetail: attendance.PunchDetail{LocationTitle: "here"},
		}
	}
	machine := func(at int64, device string) attendance.PunchRecord {
		return attendance.PunchRecord{
			User: "a", Punch: attendance.Punch{At: at, Source: attendance.SourceDevice, Device: device}, PunchDetail: attendance.PunchDetail{DeviceName: "door"},
		}
	}
	from := noon.Unix() - 86400
	records := []attendance.PunchRecord{
		phone(from, "SN1", 0, attendance.On), phone(from+10, "mine", 0, attendance.NoSlot), phone(from+10, "", attendance.Outside, attendance.NoSlot),
		phone(from+20, "other", attendance.NewDevice, attendance.Off), phone(from+30, "p1", 0, attendance.On), phone(from+30, "p2", 0, attendance.On),
	}
	devices := []attendance.PunchRecord{machine(from, "SN1"), machine(from+20, "SN2"), machine(from+30, "p2"), machine(from+40, "SN1"), machine(from+40, "SN1")}
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		ctx := context.Background()
		a, corp, _ := mirrored(t, db)
		_, err := a.MirrorDirectory(ctx, corp, app.Directory{Members: []app.Contact{{ID: "a", Depts: []attendance.DeptID{1}}}})
		must(t, err)
		first, _ := corp.Zone.DayAt(from)
		b := app.MirrorBatch{Kind: "records", Users: []attendance.UserID{"a"}, First: first, Last: first + 1, At: noon.Unix()}
		put := func(list []attendance.PunchRecord, fromDevices bool, want int) {
			t.Helper()
			if news, err := a.MirrorPunches(ctx, corp, b, append([]attendance.PunchRecord(nil), list...), fromDevices); err != nil || news.Changed != want {
				t.Errorf("%d changed, want %d, %v", news.Changed, want, err)
			}
		}
		read := func() (all []attendance.PunchRecord) {
			must(t, db.Read(ctx, func(tx *store.Tx) (err error) {
				all, err = tx.Records(corp.ID, []attendance.UserID{"a"}, 0, 1<<40)
				return err
			}))
			for i := range all {
				all[i].KnownAt, all[i].LastReceived = 0, 0
			}
			return all
		}
		put(records, false, 6)
		put(devices, true, 4) // three of them are told already
		once := read()
		put(records, false, 0)
		put(devices, true, 0)
		if diff := cmp.Diff(once, read()); diff != "" {
			t.Errorf("again (-once +twice):\n%s", diff)
		}
		if len(once) != 7 {
			t.Fatalf("%d punches, want 6 and one of a device alone", len(once))
		}
		type seen struct {
			At     int64
			Source attendance.Source
			Device string
			Flags  attendance.PunchFlags
			Slot   attendance.Slot
			Name   string
			Where  string
		}
		var got []seen
		for _, p := range once {
			got = append(got, seen{p.At - from, p.Source, p.Device, p.Flags, p.Slot, p.DeviceName, p.LocationTitle})
		}
		want := []seen{
			{0, attendance.SourceDevice, "SN1", 0, attendance.On, "door", "here"},
			{10, attendance.SourcePhone, "", attendance.Outside, attendance.NoSlot, "", "here"},
			{10, attendance.SourcePhone, "mine", 0, attendance.NoSlot, "", "here"},
			{20, attendance.SourceDevice, "SN2", attendance.NewDevice, attendance.Off, "door", "here"},
			{30, attendance.SourcePhone, "p1", 0, attendance.On, "", "here"},
			{30, attendance.SourceDevice, "p2", 0, attendance.On, "door", "here"},
			{40, attendance.SourceDevice, "SN1", 0, attendance.NoSlot, "door", ""},
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("(-want +got):\n%s", diff)
		}
		put([]attendance.PunchRecord{phone(from, "SN1", 0, attendance.Off)}, false, 1) // it is told otherwise now
	})
	t.Run("devices first", func(t *testing.T) {
		t.Parallel()
		storetest.Each(t, func(t *testing.T, db *store.DB) {
			ctx := context.Background()
			a, corp, _ := mirrored(t, db)
			_, err := a.MirrorDirectory(ctx, corp, app.Directory{Members: []app.Contact{{ID: "a", Depts: []attendance.DeptID{1}}}})
			must(t, err)
			first, _ := corp.Zone.DayAt(from)
			b := app.MirrorBatch{Kind: "records", Users: []attendance.UserID{"a"}, First: first, Last: first + 1, At: noon.Unix()}
			for _, part := range []struct {
				list        []attendance.PunchRecord
				fromDevices bool
			}{{devices, true}, {records, false}, {devices, true}} {
				_, err := a.MirrorPunches(ctx, corp, b, append([]attendance.PunchRecord(nil), part.list...), part.fromDevices)
				must(t, err)
			}
			must(t, db.Read(ctx, func(tx *store.Tx) error {
				all, err := tx.Records(corp.ID, []attendance.UserID{"a"}, 0, 1<<40)
				if len(all) != 7 {
					t.Errorf("%d punches, want 7", len(all))
				}
				return err
			}))
		})
	})
}

// Nothing that was answered about rules names a member who was erased.
func TestEraseFromMirror(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		ctx := context.Background()
		a, corp, _ := mirrored(t, db)
		_, err := a.MirrorDirectory(ctx, corp, app.Directory{Members: []app.Contact{{ID: "canary", Depts: []attendance.DeptID{1}}, {ID: "b", Depts: []attendance.DeptID{1}}}})
		must(t, err)
		day := attendance.DayOf(2025, 9, 1)
		doc := []byte(`{"grouptype":3,"range":{"userid":["canary","b"]}}`)
		must(t, a.SightRules(ctx, corp, day, []attendance.UserID{""}, []app.Sighting{{Day: day, Group: 1, Digest: "d"}}, map[string][]byte{"d": doc}))
		must(t, a.SightRules(ctx, corp, day, []attendance.UserID{"Canary", "b"}, []app.Sighting{{User: "CANARY", Day: day, Group: 1, Digest: "d"}}, nil))
		if n, bad, err := a.MirrorRules(ctx, corp, []app.MirroredRule{{Group: 1, First: attendance.MinDay, Last: attendance.MaxDay, Doc: doc}}); n != 1 || len(bad) > 0 || err != nil {
			t.Fatal(n, bad, err)
		}
		must(t, a.NoteFetched(ctx, corp, app.Covered{Kind: "rules", First: day, Last: day, At: 1}))
		_, err = a.Erase(ctx, corp, "canary")
		must(t, err)
		seen, docs, err := a.Sightings(ctx, corp)
		must(t, err)
		want := []app.Sighting{{Day: day, Group: 1, Digest: "d"}, {User: "b", Day: day}}
		if diff := cmp.Diff(want, seen); diff != "" {
			t.Errorf("(-want +got):\n%s", diff)
		}
		if got := string(docs["d"]); got != `{"grouptype":3,"range":{"userid":["b"]}}` {
			t.Errorf("the document: %s", got)
		}
		if n, _, err := a.MirrorRules(ctx, corp, []app.MirroredRule{{Group: 1, First: attendance.MinDay, Last: attendance.MaxDay, Doc: docs["d"]}}); n != 0 || err != nil {
			t.Errorf("the same rules again: %d versions, %v", n, err)
		}
	})
}

// A rule that is told otherwise for some days gets a version for those alone,
// one that is gone ends, and a document that means nothing is left out.
func TestMirrorRules(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		ctx := context.Background()
		a, corp, _ := mirrored(t, db)
		day := attendance.DayOf(2025, 9, 1)
		free := func(name string) []byte { return []byte(`{"groupid":1,"groupname":"` + name + `","grouptype":3}`) }
		rule := func(first, last attendance.Day, doc []byte) app.MirroredRule {
			return app.MirroredRule{Group: 1, First: first, Last: last, Doc: doc}
		}
		for _, tt := range []struct {
			name     string
			rules    []app.MirroredRule
			added    int
			unusable int
		}{
			{"first", []app.MirroredRule{rule(attendance.MinDay, attendance.MaxDay, free("a"))}, 1, 0},
			{"the same in parts", []app.MirroredRule{rule(attendance.MinDay, day-1, free("a")), rule(day, attendance.MaxDay, free("a"))}, 0, 0},
			{"another in between", []app.MirroredRule{
				rule(attendance.MinDay, day-1, free("a")), rule(day, day+9, free("b")), rule(day+10, attendance.MaxDay, free("a")),
			}, 1, 0},
			{"gone", []app.MirroredRule{rule(day, day+9, free("b")), rule(day+20, attendance.MaxDay, nil)}, 1, 0},
			{"gone, again", []app.MirroredRule{rule(day+20, attendance.MaxDay, nil), rule(day+15, day+19, free("a"))}, 0, 0},
			{"nonsense", []app.MirroredRule{rule(day, day, []byte(`{"grouptype":9}`))}, 0, 1},
		} {
			added, unusable, err := a.MirrorRules(ctx, corp, tt.rules)
			if err != nil || added != tt.added || len(unusable) != tt.unusable {
				t.Errorf("%s: %d versions, want %d, %v, %v", tt.name, added, tt.added, unusable, err)
			}
		}
	})
}
