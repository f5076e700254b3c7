package app_test

import (
	"context"
	"errors"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/dakahq/daka/internal/app"
	"github.com/dakahq/daka/internal/attendance"
	"github.com/dakahq/daka/internal/store"
	"github.com/dakahq/daka/internal/store/storetest"
)

// Who is listed as having quit counts as not listed, hidden department or not,
// and towards those who are gone at once.
func TestMirrorQuit(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		ctx := context.Background()
		a, corp, clock := mirrored(t, db)
		first, _ := corp.Zone.DayAt(noon.Unix())
		people := func(names ...string) (list []app.Contact) {
			for _, n := range names {
				list = append(list, app.Contact{ID: attendance.UserID(n), Name: "name of " + n, Depts: []attendance.DeptID{1}})
			}
			return list
		}
		ids := func(names ...attendance.UserID) []attendance.UserID { return names }
		ten := []string{"e", "f", "g", "h", "i", "j", "k", "l", "m", "n"}
		for _, tt := range []struct {
			name   string
			day    attendance.Day
			listed app.Directory
			want   *app.DirectoryNews // nil = ErrShrunk
		}{
			{"the first list has one", first, app.Directory{Members: people(append(ten, "a", "b")...), Quit: people("q")}, &app.DirectoryNews{
				Changed: 13, First: attendance.MinDay, Last: first - 1, QuitBefore: ids("q"), LastBefore: first - 1,
			}},
			{"eleven of twelve", first + 3, app.Directory{Before: first, Members: people("a"), Quit: people(append(ten, "b", "q")...)}, nil},
			{"one quits", first + 3, app.Directory{Before: first, Members: people(append(ten, "a")...), Quit: people("B", "q"), Hidden: []attendance.DeptID{1}}, &app.DirectoryNews{
				Changed: 1, First: first + 1, Last: first, Quit: ids("b"),
			}},
			{"the same", first + 4, app.Directory{Before: first + 3, Members: people(append(ten, "a")...), Quit: people("b", "q")}, &app.DirectoryNews{First: first + 4, Last: first + 3}},
			{"joined and quit between two lists", first + 9, app.Directory{Before: first + 4, Members: people(append(ten, "a")...), Quit: people("x")}, &app.DirectoryNews{
				Changed: 1, First: first + 5, Last: first + 4, QuitBefore: ids("x"), LastBefore: first + 8,
			}},
			{"back", first + 9, app.Directory{Before: first + 9, Members: people(append(ten, "a", "b")...), Quit: people("b")}, &app.DirectoryNews{
				Changed: 1, First: first + 9, Last: first + 9, Back: ids("b"),
			}},
		} {
			clock.at = noon.AddDate(0, 0, int(tt.day-first))
			news, err := a.MirrorDirectory(ctx, corp, tt.listed)
			if tt.want == nil {
				if !errors.Is(err, app.ErrShrunk) {
					t.Errorf("%s: %+v, %v", tt.name, news, err)
				}
				continue
			}
			if diff := cmp.Diff(tt.want, news); diff != "" || err != nil {
				t.Errorf("%s: %v (-want +got):\n%s", tt.name, err, diff)
			}
		}
		all, err := a.Contacts(ctx, corp, ids("q", "x"))
		must(t, err)
		for i, want := range [][2]attendance.Day{{attendance.MinDay, first - 1}, {first + 5, first + 8}} {
			if got := [2]attendance.Day{all[i].Joined, all[i].Left}; got != want {
				t.Errorf("%s: employed from and to %v, want %v", all[i].ID, got, want)
			}
		}
	})
}

// The last day of who has quit is that of the last report, as far as WeCom was
// asked about the days after it since they were listed so.
func TestMirrorLastDays(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		ctx := context.Background()
		a, corp, _ := mirrored(t, db)
		today, _ := corp.Zone.DayAt(noon.Unix())
		users := []attendance.UserID{"ends", "none", "of-old", "partly", "silent", "whole"}
		var quit []app.Contact
		for _, u := range users {
			quit = append(quit, app.Contact{ID: u, Depts: []attendance.DeptID{1}})
		}
		_, err := a.MirrorDirectory(ctx, corp, app.Directory{Members: []app.Contact{{ID: "a", Depts: []attendance.DeptID{1}}}, Quit: quit})
		must(t, err)
		told := func(first attendance.Day, user attendance.UserID, last attendance.Day) {
			t.Helper()
			var list []app.Verdict
			for d := first; d <= last; d++ {
				list = append(list, app.Verdict{User: user, Day: d, Doc: []byte("{}"), FetchedAt: noon.Unix()})
			}
			b := app.MirrorBatch{Kind: app.MirroredDays, Users: []attendance.UserID{user}, First: first, Last: today - 1, At: noon.Unix()}
			_, err := a.MirrorVerdicts(ctx, corp, b, list, nil)
			must(t, err)
		}
		told(today-20, "ends", today-6)
		told(today-20, "none", today-21)
		told(today-20, "whole", today-1)
		told(today-20, "of-old", today-12)
		told(today-20, "partly", today-12)
		must(t, a.AddVerdicts(ctx, corp, []app.Verdict{{User: "silent", Day: today - 4, Doc: []byte("{}"), FetchedAt: noon.Unix() - 1}}, nil))
		must(t, db.Write(ctx, func(tx *store.Tx) error {
			return tx.Cover(corp.ID, store.Covered{Kind: app.MirroredDays, First: today - 3, Last: today - 1, At: noon.Unix()}, []attendance.UserID{"silent"})
		}))
		forget := func(user attendance.UserID, first, last attendance.Day) {
			t.Helper()
			must(t, db.Write(ctx, func(tx *store.Tx) error {
				return tx.Uncover(corp.ID, store.Covered{Kind: app.MirroredDays, First: first, Last: last}, []attendance.UserID{user}, 1<<62)
			}))
		}
		forget("of-old", today-5, today-1) // the copy ends six days before today
		forget("partly", today-10, today-4)
		if moved, err := a.MirrorLastDays(ctx, corp, users, noon.Unix()+1); err != nil || len(moved) > 0 {
			t.Errorf("of a later round: %v, %v", moved, err)
		}
		moved, err := a.MirrorLastDays(ctx, corp, users, noon.Unix())
		must(t, err)
		if diff := cmp.Diff([]app.LastDay{{User: "ends", Day: today - 6}, {User: "of-old", Day: today - 12}, {User: "partly", Day: today - 4}}, moved); diff != "" {
			t.Errorf("(-want +got):\n%s", diff)
		}
		all, err := a.Contacts(ctx, corp, users)
		must(t, err)
		for i, want := range []attendance.Day{today - 6, today - 1, today - 12, today - 4, today - 1, today - 1} {
			if all[i].Left != want {
				t.Errorf("%s left on %s, want %s", all[i].ID, all[i].Left, want)
			}
		}
	})
}

// Overtime by hours whose told slices are what its natural days come to has none;
// others stay, as does what is told of any other request.
func TestMirrorFormsSlices(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		f, _ := newFormsOn(t, db)
		form := func(no string, kind attendance.ApprovalKind, from, to int32, slices ...int32) app.MirroredForm {
			x := f.form(no, 2, noon.Unix()-86_400)
			x.Request = &attendance.Approval{Kind: kind, From: f.corp.Zone.At(f.day, attendance.TimeOfDay(from*60)), To: f.corp.Zone.At(f.day, attendance.TimeOfDay(to*60))}
			for i, s := range slices {
				x.Request.Slices = append(x.Request.Slices, attendance.ApprovalSlice{Day: f.day + attendance.Day(i), Seconds: s})
			}
			return x
		}
		const evening, two = 22 * 60, 26*60 + 7 // to 02:07: 7620 seconds are 21.2 tenths, told as 22
		forms := []app.MirroredForm{
			form("natural", attendance.OvertimeApproval, evening, two, 7200, 7920),
			form("to the second", attendance.OvertimeApproval, evening, two, 7200, 7620),
			form("a meal", attendance.OvertimeApproval, evening, two, 3600, 7920),
			form("one day", attendance.OvertimeApproval, evening, two, 7200),
			form("outing", attendance.OutingApproval, evening, two, 7200, 7920),
		}
		f.take(app.MirroredForms{Changed: 5}, forms...)
		f.take(app.MirroredForms{}, forms...) // as they were
		for no, want := range map[string]int{"natural": 0, "to the second": 2, "a meal": 2, "one day": 1, "outing": 2} {
			must(t, db.Read(context.Background(), func(tx *store.Tx) error {
				all, err := tx.RequestsNumbered(f.corp.ID, no, 1<<40)
				if err == nil && (len(all) != 1 || len(all[0].Slices) != want) {
					t.Errorf("%s: %+v, want %d slices", no, all, want)
				}
				return err
			}))
		}
	})
}
