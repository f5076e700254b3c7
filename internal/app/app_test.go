package app_test

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/dakahq/daka/internal/app"
	"github.com/dakahq/daka/internal/attendance"
	"github.com/dakahq/daka/internal/store"
	"github.com/dakahq/daka/internal/store/storetest"
	"github.com/dakahq/daka/internal/wire"
)

// office is a rule in the read form: Monday to Friday 09:00-18:00 with a rest
// from 12:00 to 13:00, for the root department.
const office = `{"grouptype":1,"groupname":"office","sync_holidays":true,"allow_checkin_offworkday":true,
	"range":{"party_id":["1"]},
	"checkindate":[{"workdays":[1,2,3,4,5],"checkintime":[{"time_id":1,"work_sec":32400,"off_work_sec":64800,
	"allow_rest":true,"rest_begin_time":43200,"rest_end_time":46800,
	"earliest_work_sec":14400,"latest_work_sec":64740,"earliest_off_work_sec":32460,"latest_off_work_sec":100740}]}]}`

// nights is a shift rule with a night from 22:00 to 06:00.
const nights = `{"grouptype":2,"groupname":"nights","range":{"userid":["night1"]},
	"schedulelist":[{"schedule_id":0,"schedule_name":"休息","time_section":[]},
	{"schedule_id":7,"schedule_name":"夜班","time_section":[{"time_id":1,"work_sec":79200,"off_work_sec":108000,
	"earliest_work_sec":64800,"latest_work_sec":107940,"earliest_off_work_sec":79260,"latest_off_work_sec":122400}]}]}`

// clock is a test's time.
type clock struct{ at time.Time }

func (c *clock) now() time.Time { return c.at }

// fixture is a corporation on a Thursday at noon, 2025-09-11, with the office
// rule in force for ever.
type fixture struct {
	*app.App
	clock  *clock
	corp   *app.Corp
	caller *app.Caller
	creds  []app.Credential
}

var noon = time.Date(2025, 9, 11, 12, 0, 0, 0, time.FixedZone("", 8*3600))

func newFixture(t *testing.T, db *store.DB) *fixture {
	t.Helper()
	ctx := context.Background()
	f := &fixture{clock: &clock{noon}}
	f.App = app.New(db, f.clock.now)
	corp, creds, err := f.CreateCorp(ctx, app.NewCorp{ID: "ww1", Name: "有家企业"})
	if err != nil {
		t.Fatal(err)
	}
	f.corp, f.creds = corp, creds
	f.caller = &app.Caller{Corp: corp, Agent: creds[1].Agent, Kind: app.CheckinApp}
	must(t, f.AddDepartments(ctx, corp, []attendance.Department{{ID: 2, Parent: 1, Name: "研发部"}}))
	must(t, f.AddMembers(ctx, corp, []app.Contact{
		{ID: "ZhangSan", Name: "张三", Depts: []attendance.DeptID{2}},
		{ID: "night1", Name: "李四", Depts: []attendance.DeptID{1, 2}},
	}))
	f.install(t, office)
	return f
}

func (f *fixture) install(t *testing.T, doc string) attendance.GroupID {
	t.Helper()
	group, err := f.InstallRule(context.Background(), f.corp, app.RuleSpec{
		Doc: []byte(doc), Form: wire.FormRead, First: attendance.MinDay, Agent: f.caller.Agent,
	})
	must(t, err)
	return group
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// at is a moment in Shanghai.
func at(t *testing.T, text string) int64 {
	t.Helper()
	when, err := time.ParseInLocation("2006-01-02 15:04:05", text, noon.Location())
	must(t, err)
	return when.Unix()
}

func day(t *testing.T, text string) attendance.Day {
	t.Helper()
	d, err := attendance.ParseDay(text)
	must(t, err)
	return d
}

func (f *fixture) punch(t *testing.T, user attendance.UserID, times ...string) {
	t.Helper()
	var punches []attendance.PunchRecord
	for _, text := range times {
		punches = append(punches, attendance.PunchRecord{User: user, Punch: attendance.Punch{At: at(t, text), Source: attendance.SourceDevice, Device: "door"}})
	}
	_, _, err := f.AddPunches(context.Background(), f.corp, punches)
	must(t, err)
}

// dayReport returns a copy of one day of one member.
func (f *fixture) dayReport(t *testing.T, user attendance.UserID, d attendance.Day, asOf int64) (report attendance.DayReport) {
	t.Helper()
	q := app.Query{Corp: f.corp, Users: []attendance.UserID{user}, First: d, Last: d, AsOf: asOf}
	must(t, f.DayReports(context.Background(), q, func(_ *app.Member, r *attendance.DayReport) error {
		report = *r
		report.Findings, report.Uses, report.Cards = slices.Clone(r.Findings), slices.Clone(r.Uses), slices.Clone(r.Cards)
		return nil
	}))
	return report
}

// Late by the minute: 09:05:30 is cut to 09:05 and is 300 s late. Worked is
// 18:30:00 - 09:05:30 less an hour of rest, 30,270 s.
func TestReportOfADay(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		f := newFixture(t, db)
		f.punch(t, "zhangsan", "2025-09-10 09:05:30", "2025-09-10 12:02:00", "2025-09-10 18:30:00")
		r := f.dayReport(t, "ZHANGSAN", day(t, "2025-09-10"), 0)
		if r.User != "ZhangSan" || r.Count != 2 || r.Worked != 30270 || r.Standard != 28800 {
			t.Errorf("got %+v", r)
		}
		if len(r.Findings) != 1 || r.Findings[0].Code != attendance.Late || r.Findings[0].Seconds != 300 {
			t.Errorf("findings %+v", r.Findings)
		}
		if why := r.Findings[0].Reason; why.Clause != attendance.ClauseLate || why.Required != 32400 || why.Card != 32730 {
			t.Errorf("reason %+v", why)
		}
	})
}

// What became known later does not change a report of an earlier moment.
func TestReportAsOf(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		f := newFixture(t, db)
		before := f.clock.at.Unix()
		d := day(t, "2025-09-10")
		f.clock.at = noon.Add(time.Hour)
		f.punch(t, "ZhangSan", "2025-09-10 09:00:00", "2025-09-10 18:00:00")
		if r := f.dayReport(t, "ZhangSan", d, before); len(r.Findings) != 1 || r.Findings[0].Code != attendance.Absent || r.Findings[0].Seconds != 28800 {
			t.Errorf("before the upload: %+v", r.Findings)
		}
		if r := f.dayReport(t, "ZhangSan", d, 0); len(r.Findings) != 0 {
			t.Errorf("after the upload: %+v", r.Findings)
		}
	})
}

// A repeat is not stored again, and reports do not see it.
func TestPunchRepeats(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		f := newFixture(t, db)
		f.punch(t, "ZhangSan", "2025-09-10 09:00:00")
		stored, repeated, err := f.AddPunches(context.Background(), f.corp, []attendance.PunchRecord{
			{User: "zhangsan", Punch: attendance.Punch{At: at(t, "2025-09-10 09:00:00"), Source: attendance.SourceDevice, Device: "door"}},
			{User: "ZhangSan", Punch: attendance.Punch{At: at(t, "2025-09-10 18:00:00"), Source: attendance.SourceDevice, Device: "door"}},
		})
		if err != nil || stored != 1 || repeated != 1 {
			t.Errorf("stored %d, repeated %d, %v", stored, repeated, err)
		}
		if r := f.dayReport(t, "ZhangSan", day(t, "2025-09-10"), 0); len(r.Uses) != 2 || r.Count != 2 {
			t.Errorf("got %+v", r)
		}
	})
}

// All or nothing: one unknown member, or one impossible time, stores none.
func TestPunchesRefused(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		f := newFixture(t, db)
		good := attendance.PunchRecord{User: "ZhangSan", Punch: attendance.Punch{At: at(t, "2025-09-10 09:00:00"), Source: attendance.SourceDevice}}
		stranger, millis := good, good
		stranger.User = "nobody"
		millis.At *= 1000
		for _, tt := range []struct {
			bad  attendance.PunchRecord
			want error
		}{{stranger, attendance.ErrUnknownUser}, {millis, app.ErrBadInput}} {
			_, _, err := f.AddPunches(context.Background(), f.corp, []attendance.PunchRecord{good, tt.bad})
			if !errors.Is(err, tt.want) {
				t.Errorf("got %v, want %v", err, tt.want)
			}
		}
		if r := f.dayReport(t, "ZhangSan", day(t, "2025-09-10"), 0); len(r.Uses) != 0 {
			t.Errorf("something was stored: %+v", r.Uses)
		}
	})
}

// A night from the 9th ends on the 10th and belongs to the 9th: 21:50 to 06:05
// is 29,700 s. The 10th is rest.
func TestNightShift(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		ctx := context.Background()
		f := newFixture(t, db)
		group := f.install(t, nights)
		must(t, f.SetSchedules(ctx, f.corp, group, []app.Assignment{
			{User: "night1", Day: day(t, "2025-09-09"), Shift: 7}, {User: "night1", Day: day(t, "2025-09-10"), Shift: 0},
		}, app.AnyDay))
		f.punch(t, "night1", "2025-09-09 21:50:00", "2025-09-10 06:05:00")
		r := f.dayReport(t, "night1", day(t, "2025-09-09"), 0)
		if len(r.Findings) != 0 || r.Worked != 29700 || r.Kind.Shift.ID != 7 || r.Latest != 30*3600+300 {
			t.Errorf("the 9th: %+v", r)
		}
		if r = f.dayReport(t, "night1", day(t, "2025-09-10"), 0); r.Kind.Workday || r.Count != 0 {
			t.Errorf("the 10th: %+v", r)
		}
		shifts, err := f.Schedules(ctx, f.corp, []attendance.UserID{"night1"}, day(t, "2025-09-01"), day(t, "2025-09-30"))
		if err != nil || len(shifts) != 2 || shifts[0].Shift.Name != "夜班" || shifts[1].Shift.Name != "休息" {
			t.Errorf("schedules %+v, %v", shifts, err)
		}
	})
}

func TestSchedulesRefused(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		f := newFixture(t, db)
		group := f.install(t, nights)
		tomorrow := day(t, "2025-09-12")
		for _, tt := range []struct {
			name  string
			group attendance.GroupID
			item  app.Assignment
			want  error
		}{
			{"today", group, app.Assignment{User: "night1", Day: tomorrow - 1, Shift: 7}, attendance.ErrPastSchedule},
			{"no such shift", group, app.Assignment{User: "night1", Day: tomorrow, Shift: 8}, attendance.ErrUnknownShift},
			{"no such member", group, app.Assignment{User: "x", Day: tomorrow, Shift: 7}, attendance.ErrUnknownUser},
			{"no such rule", 99, app.Assignment{User: "night1", Day: tomorrow, Shift: 7}, attendance.ErrUnknownGroup},
			{"fixed rule", group - 1, app.Assignment{User: "night1", Day: tomorrow, Shift: 7}, attendance.ErrNotShiftRule},
		} {
			good := app.Assignment{User: "night1", Day: tomorrow + 1, Shift: 7}
			err := f.SetSchedules(context.Background(), f.corp, tt.group, []app.Assignment{good, tt.item}, app.FutureOnly)
			if !errors.Is(err, tt.want) {
				t.Errorf("%s: got %v, want %v", tt.name, err, tt.want)
			}
		}
		left, err := f.Schedules(context.Background(), f.corp, []attendance.UserID{"night1"}, tomorrow-30, tomorrow+30)
		if err != nil || len(left) != 0 {
			t.Errorf("half of a refused call was stored: %+v, %v", left, err)
		}
	})
}

// punch_correction of 09:00 with 09:20 makes a late card of 1,200 s (document 95803).
func TestCorrect(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		ctx := context.Background()
		f := newFixture(t, db)
		f.punch(t, "ZhangSan", "2025-09-10 18:05:00")
		req := app.CorrectionRequest{User: "ZhangSan", Day: day(t, "2025-09-10"), Slot: 32400, At: at(t, "2025-09-10 09:20:00")}
		must(t, f.Correct(ctx, f.caller, req))
		r := f.dayReport(t, "ZhangSan", req.Day, 0)
		if len(r.Findings) != 1 || r.Findings[0].Seconds != 1200 || r.Earliest != 33600 {
			t.Errorf("got %+v", r)
		}
		for _, tt := range []struct {
			name string
			req  app.CorrectionRequest
			want error
		}{
			{"not a slot", app.CorrectionRequest{Day: req.Day, Slot: 33000, At: req.At}, attendance.ErrCorrectionSlot},
			{"outside the window", app.CorrectionRequest{Day: req.Day, Slot: 32400, At: at(t, "2025-09-10 03:00:00")}, attendance.ErrCorrectionWindow},
			{"future", app.CorrectionRequest{Day: req.Day + 2, Slot: 32400, At: at(t, "2025-09-12 09:00:00")}, attendance.ErrCorrectionFuture},
		} {
			tt.req.User = "ZhangSan"
			if err := f.Correct(ctx, f.caller, tt.req); !errors.Is(err, tt.want) {
				t.Errorf("%s: got %v, want %v", tt.name, err, tt.want)
			}
		}
	})
}

// What is refused names what would be right: the rule's 09:00 and 18:00, whose
// windows are those of its document.
func TestCorrectNamesSlots(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		f := newFixture(t, db)
		req := app.CorrectionRequest{User: "ZhangSan", Day: day(t, "2025-09-10"), Slot: 33000, At: at(t, "2025-09-10 09:20:00")}
		slot, ok := errors.AsType[*attendance.SlotError](f.Correct(t.Context(), f.caller, req))
		if !ok || !slices.Equal(slot.Slots, []attendance.TimeOfDay{32400, 64800}) {
			t.Errorf("slots: %+v", slot)
		}
		req.Slot, req.At = 32400, at(t, "2025-09-10 03:00:00")
		slot, ok = errors.AsType[*attendance.SlotError](f.Correct(t.Context(), f.caller, req))
		if !ok || !slot.Window.Contains(32400) || slot.Window.Contains(3*3600) {
			t.Errorf("window: %+v", slot)
		}
	})
}

// What a slot says already is not stored again; what came between is undone by
// saying it once more. A plain punch of a day without slots is added once.
func TestCorrectRepeated(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		ctx := context.Background()
		f := newFixture(t, db)
		of := func(clock string) app.CorrectionRequest {
			return app.CorrectionRequest{User: "ZhangSan", Day: day(t, "2025-09-10"), Slot: 32400, At: at(t, "2025-09-10 "+clock)}
		}
		rest := app.CorrectionRequest{User: "ZhangSan", Day: day(t, "2025-09-07"), Slot: attendance.NoTime, At: at(t, "2025-09-07 10:00:00")}
		later := rest
		later.At += 60
		for i, step := range []struct {
			req    app.CorrectionRequest
			stands bool
			stored int // of the member, after it
		}{
			{of("09:20:00"), false, 1}, {of("09:20:00"), true, 1}, {of("09:10:00"), false, 2}, {of("09:20:00"), false, 3}, {of("09:20:00"), true, 3},
			{rest, false, 4}, {later, false, 5}, {rest, true, 5}, {later, true, 5},
		} {
			f.clock.at = f.clock.at.Add(time.Second)
			step.req.Remark = fmt.Sprint(i)
			stands, err := f.Corrected(ctx, f.caller, step.req)
			must(t, err)
			must(t, f.Correct(ctx, f.caller, step.req))
			var all []store.NumberedCorrection
			must(t, db.Read(ctx, func(tx *store.Tx) (err error) {
				all, err = tx.Corrections("ww1", []attendance.UserID{"ZhangSan"}, attendance.MinDay, attendance.MaxDay, f.Now())
				return err
			}))
			if stands != step.stands || len(all) != step.stored {
				t.Errorf("step %d: stands %v, %d are stored", i, stands, len(all))
			}
		}
		if r := f.dayReport(t, "ZhangSan", day(t, "2025-09-10"), 0); r.Earliest != 33600 {
			t.Errorf("the last correction, 09:20, does not count: %+v", r)
		}
	})
}

// buka_restriction closes kinds of corrections to the call, too (document
// 95803): 2 lateness, 1 missing cards.
func TestCorrectRestricted(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		ctx := context.Background()
		f := newFixture(t, db)
		for closed, want := range map[string]map[string]error{
			"2": {"2025-09-09": nil, "2025-09-10": attendance.ErrClosedLate},
			"1": {"2025-09-09": attendance.ErrClosedMissing, "2025-09-10": nil},
		} {
			user := attendance.UserID("u" + closed)
			must(t, f.AddMembers(ctx, f.corp, []app.Contact{{ID: user, Depts: []attendance.DeptID{1}}}))
			f.install(t, strings.Replace(office, `"range":{"party_id":["1"]}`,
				`"allow_apply_offworkday":true,"buka_restriction":`+closed+`,"range":{"userid":["`+string(user)+`"]}`, 1))
			f.punch(t, user, "2025-09-09 18:00:00", "2025-09-10 09:30:00", "2025-09-10 18:00:00")
			for text, err := range want {
				req := app.CorrectionRequest{User: user, Day: day(t, text), Slot: 32400, At: at(t, text+" 08:55:00")}
				if got := f.CheckCorrection(ctx, f.caller, req); !errors.Is(got, err) {
					t.Errorf("closed %s, %s: got %v, want %v", closed, text, got, err)
				}
			}
		}
	})
}

// A rule added without effective_now is in force from tomorrow on.
func TestRuleInForceTomorrow(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		ctx := context.Background()
		f := newFixture(t, db)
		users := []attendance.UserID{"ZhangSan"}
		doc := []byte(`{"grouptype":3,"groupname":"free","range":{"userid":["zhangsan"]},"checkindate":[{"workdays":[1]}]}`)
		group, err := f.AddRule(ctx, f.caller, doc, false)
		must(t, err)
		today := day(t, "2025-09-11")
		for d, want := range map[attendance.Day]attendance.GroupID{today: 1, today + 1: group} {
			f.clock.at = noon.Add(24 * time.Hour)
			r := f.dayReport(t, "ZhangSan", d, 0)
			if r.Kind.Rule.ID != want {
				t.Errorf("%s: rule %d, want %d", d, r.Kind.Rule.ID, want)
			}
		}
		f.clock.at = noon
		if rules, err := f.RulesOf(ctx, f.corp, users, today); err != nil || len(rules) != 1 {
			t.Errorf("rules of today: %v, %v", rules, err)
		}
		if _, err := f.AddRule(ctx, f.caller, doc, false); !errors.Is(err, attendance.ErrRangeConflict) {
			t.Errorf("second rule for the same member: %v", err)
		}
		stranger := *f.caller
		stranger.Agent++
		if err := f.DeleteRule(ctx, &stranger, group, true); !errors.Is(err, attendance.ErrForeignRule) {
			t.Errorf("another app deletes: %v", err)
		}
		must(t, f.DeleteRule(ctx, f.caller, group, true))
		if all, err := f.CorpRules(ctx, f.corp); err != nil || len(all) != 1 {
			t.Errorf("%d rules left, %v", len(all), err)
		}
	})
}

// Within a token's life gettoken answers the same token (document 97164).
func TestTokens(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		ctx := context.Background()
		f := newFixture(t, db)
		secret := f.creds[1].Secret
		first, life, err := f.Token(ctx, "ww1", secret)
		if err != nil || life != app.TokenLife {
			t.Fatalf("life %d, %v", life, err)
		}
		f.clock.at = noon.Add(time.Hour)
		if again, life, err := f.Token(ctx, "ww1", secret); err != nil || again != first || life != app.TokenLife-3600 {
			t.Errorf("an hour later: same %v, life %d, %v", again == first, life, err)
		}
		caller, err := f.Caller(ctx, first)
		if err != nil || caller.Agent != f.creds[1].Agent || caller.Kind != app.CheckinApp || caller.Corp.ID != "ww1" {
			t.Errorf("caller %+v, %v", caller, err)
		}
		f.clock.at = noon.Add(2 * time.Hour)
		if _, err := f.Caller(ctx, first); !errors.Is(err, app.ErrExpiredToken) {
			t.Errorf("after its life: %v", err)
		}
		if fresh, _, err := f.Token(ctx, "ww1", secret); err != nil || fresh == first {
			t.Errorf("after its life the same token came again, %v", err)
		}
		if _, err := f.Caller(ctx, "no such token"); !errors.Is(err, app.ErrInvalidToken) {
			t.Errorf("unknown token: %v", err)
		}
		if _, _, err := f.Token(ctx, "ww1", "wrong"); !errors.Is(err, app.ErrWrongSecret) {
			t.Errorf("wrong secret: %v", err)
		}
		if _, _, err := f.Token(ctx, "ww2", secret); !errors.Is(err, app.ErrUnknownCorp) {
			t.Errorf("wrong corp: %v", err)
		}
	})
}

// Rotating a secret ends its tokens at once.
func TestRotateSecret(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		ctx := context.Background()
		f := newFixture(t, db)
		token, _, err := f.Token(ctx, "ww1", f.creds[1].Secret)
		must(t, err)
		fresh, err := f.RotateSecret(ctx, "ww1", f.creds[1].Agent)
		must(t, err)
		if _, err := f.Caller(ctx, token); !errors.Is(err, app.ErrInvalidToken) {
			t.Errorf("old token: %v", err)
		}
		if _, _, err := f.Token(ctx, "ww1", f.creds[1].Secret); !errors.Is(err, app.ErrWrongSecret) {
			t.Errorf("old secret: %v", err)
		}
		if _, _, err := f.Token(ctx, "ww1", fresh.Secret); err != nil {
			t.Errorf("new secret: %v", err)
		}
	})
}

// getcheckindata places punches: section, due time and what is wrong with them.
func TestRecords(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		ctx := context.Background()
		f := newFixture(t, db)
		f.punch(t, "ZhangSan", "2025-09-10 09:05:30", "2025-09-10 18:00:00", "2025-09-11 01:00:00")
		got, err := f.Records(ctx, f.corp, []attendance.UserID{"ZhangSan"}, at(t, "2025-09-10 00:00:00"), at(t, "2025-09-11 23:59:59"), app.AllRecords)
		must(t, err)
		if len(got) != 3 {
			t.Fatalf("%d records", len(got))
		}
		if on := got[0]; !on.OffTime || on.Use.Slot != attendance.On || on.Use.Scheduled != 32400 || on.Use.Section != 1 {
			t.Errorf("on-card %+v", on)
		}
		if mid := got[1]; mid.Use.Outcome != attendance.Superseded || mid.Use.Why != attendance.WhyUpdated {
			t.Errorf("replaced off-card %+v", mid)
		}
		if off := got[2]; off.Use.Outcome != attendance.Used || off.Day != day(t, "2025-09-10") {
			t.Errorf("off-card after midnight %+v", off)
		}
		for _, kind := range []app.RecordKind{app.OutsideRecords, app.DutyRecords} {
			some, err := f.Records(ctx, f.corp, []attendance.UserID{"ZhangSan"}, at(t, "2025-09-10 09:05:30"), at(t, "2025-09-10 18:00:00"), kind)
			if want := map[app.RecordKind]int{app.OutsideRecords: 0, app.DutyRecords: 2}[kind]; err != nil || len(some) != want {
				t.Errorf("kind %d: %d records, want %d (both ends included), %v", kind, len(some), want, err)
			}
		}
	})
}

func TestCorps(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		ctx := context.Background()
		a := app.New(db, nil)
		if _, err := a.Corp(ctx, ""); !errors.Is(err, app.ErrNoCorp) {
			t.Errorf("empty database: %v", err)
		}
		first, _, err := a.CreateCorp(ctx, app.NewCorp{})
		must(t, err)
		if only, err := a.Corp(ctx, ""); err != nil || only.ID != first.ID || only.Zone.Name() != attendance.DefaultZone {
			t.Errorf("the only one: %+v, %v", only, err)
		}
		if _, _, err := a.CreateCorp(ctx, app.NewCorp{ID: first.ID}); !errors.Is(err, app.ErrCorpExists) {
			t.Errorf("same id: %v", err)
		}
		if _, _, err := a.CreateCorp(ctx, app.NewCorp{ID: "x", Test: true}); !errors.Is(err, app.ErrBadInput) {
			t.Errorf("a test corp in a live database: %v", err)
		}
		for _, bad := range []app.NewCorp{{ID: "a b"}, {Zone: "Mars/Olympus"}} {
			if _, _, err := a.CreateCorp(ctx, bad); !errors.Is(err, app.ErrBadInput) {
				t.Errorf("%+v: %v", bad, err)
			}
		}
		if _, _, err := a.CreateCorp(ctx, app.NewCorp{ID: "ww2", Zone: "America/New_York"}); err != nil {
			t.Fatal(err)
		}
		if _, err := a.Corp(ctx, ""); !errors.Is(err, app.ErrManyCorps) {
			t.Errorf("several: %v", err)
		}
		if _, err := a.Corp(ctx, "ww3"); !errors.Is(err, app.ErrUnknownCorp) {
			t.Errorf("unknown: %v", err)
		}
	})
}
