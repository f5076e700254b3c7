package verify_test

import (
	"context"
	"slices"
	"testing"

	"github.com/dakahq/daka/checkin"
	"github.com/dakahq/daka/internal/app"
	"github.com/dakahq/daka/internal/attendance"
	"github.com/dakahq/daka/internal/explain"
	"github.com/dakahq/daka/internal/store"
	"github.com/dakahq/daka/internal/store/storetest"
	"github.com/dakahq/daka/internal/verify"
)

// A source that computes as we do agrees with us on everything.
func TestEqual(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		m := company(t, db)
		m.judged(t, options(t, `{}`), nil)
		r := m.verify(t, true)
		if !r.Equal() || r.EqualShare != 1 || len(r.Groups) != 0 || len(r.Fit.Changes) != 0 || string(r.Fit.Options) != "{}" {
			t.Errorf("got %+v", r)
		}
		// 12 members have 504 days from 1 April to 12 May, less those before the one
		// who is new joined, and 24 months.
		if n := r.Days.Compared + r.Months.Compared + r.Provisional.Compared; n <= 504+24-42 || n >= 504+24 {
			t.Errorf("%d reports compared", n)
		}
		if r.WithoutVerdict != 0 || r.UnknownMembers != 0 || r.FieldsApart != 0 || r.KnownLater != 0 {
			t.Errorf("counts %+v", r.Counts)
		}
	})
}

// One field that is changed in one report is one group, of that field.
func TestTamperedField(t *testing.T) {
	t.Parallel()
	for name, tt := range map[string]struct {
		change func(*checkin.DayData)
		path   string
		cause  verify.Cause
		apart  bool
	}{
		"worked":     {func(d *checkin.DayData) { d.SummaryInfo.RegularWorkSec += 60 }, "summary_info.regular_work_sec", verify.CauseHours, false},
		"owed":       {func(d *checkin.DayData) { d.SummaryInfo.StandardWorkSec++ }, "summary_info.standard_work_sec", verify.CauseDayKind, false},
		"count":      {func(d *checkin.DayData) { d.SummaryInfo.CheckinCount++ }, "summary_info.checkin_count", verify.CauseCards, false},
		"no record":  {func(d *checkin.DayData) { d.SummaryInfo.EarliestTime = 4 * 3600 }, "summary_info.earliest_time", verify.CauseStrangeCard, false},
		"rule":       {func(d *checkin.DayData) { d.BaseInfo.RuleInfo.GroupID = 99 }, "base_info.rule_info.groupid", verify.CauseRule, false},
		"shift":      {func(d *checkin.DayData) { d.BaseInfo.RuleInfo.ScheduleID = 99 }, "base_info.rule_info.scheduleid", verify.CauseShift, false},
		"times":      {func(d *checkin.DayData) { d.BaseInfo.RuleInfo.CheckinTime[1].WorkSec++ }, "base_info.rule_info.checkintime[1].work_sec", verify.CauseDayKind, false},
		"kind":       {func(d *checkin.DayData) { d.BaseInfo.RecordType = 4 }, "base_info.record_type", verify.CauseRecordType, false},
		"date":       {func(d *checkin.DayData) { d.BaseInfo.Date += 86400 }, "base_info.date", verify.CauseIdentity, false},
		"overtime":   {func(d *checkin.DayData) { d.OTInfo.OTDuration += 1800 }, "ot_info.ot_duration", verify.CauseOvertime, false},
		"field work": {func(d *checkin.DayData) { d.SPItems[len(d.SPItems)-1].Count++ }, "sp_items[type=100,vacation_id=0].count", verify.CauseFieldWork, false},
		"correction": {func(d *checkin.DayData) { d.SPItems = append(d.SPItems, checkin.SPItem{Type: 2, Count: 1}) },
			"sp_items[type=2,vacation_id=0].count", verify.CauseCorrection, false},
		"request": {func(d *checkin.DayData) { d.HolidayInfos = append(d.HolidayInfos, checkin.HolidayInfo{SPNumber: "7"}) },
			"holiday_infos[]", verify.CauseRequest, false},
		"device": {func(d *checkin.DayData) {
			d.ExceptionInfos = append(d.ExceptionInfos, checkin.ExceptionInfo{Exception: 6, Count: 1})
		}, "exception_infos[exception=6].count", verify.CauseDevice, false},
		"an item of nothing": {func(d *checkin.DayData) { d.SPItems = append(d.SPItems, checkin.SPItem{Type: 1, VacationID: 3}) }, "", "", false},
		"name":               {func(d *checkin.DayData) { d.BaseInfo.Name = "renamed" }, "base_info.name", verify.CauseNames, true},
		"department":         {func(d *checkin.DayData) { d.BaseInfo.DepartsName = "renamed" }, "base_info.departs_name", verify.CauseNames, true},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			m := company(t, open(t))
			// The first report of the office's that has cards.
			left := 1
			m.judged(t, options(t, `{}`), func(d *checkin.DayData) {
				if left > 0 && len(d.BaseInfo.RuleInfo.CheckinTime) == 2 && d.SummaryInfo.CheckinCount == 4 && len(d.ExceptionInfos) == 0 {
					left--
					tt.change(d)
				}
			})
			r := m.verify(t, false)
			if tt.path == "" {
				if len(r.Groups) != 0 {
					t.Errorf("groups %+v, want none", r.Groups)
				}
				return
			}
			if len(r.Groups) != 1 {
				t.Fatalf("groups %+v, want one", r.Groups)
			}
			g := r.Groups[0]
			want := verify.FieldCount{Path: tt.path, Count: 1}
			if g.Cause != tt.cause || g.Apart != tt.apart || g.Reports != 1 || g.Users != 1 || !slices.Equal(g.Fields, []verify.FieldCount{want}) {
				t.Errorf("group %+v", g)
			}
			if g.Text == "" || len(g.Examples) != 1 || len(g.Remedies) != 0 {
				t.Errorf("group %+v", g)
			}
			if r.Equal() != tt.apart || (r.EqualShare == 1) != tt.apart {
				t.Errorf("equal %v, share %v", r.Equal(), r.EqualShare)
			}
		})
	}
}

func open(t *testing.T) *store.DB {
	t.Helper()
	db, err := store.Open(context.Background(), ":memory:", store.Options{})
	must(t, err)
	t.Cleanup(func() {
		if err := db.Close(); err != nil {
			t.Error(err)
		}
	})
	must(t, db.Migrate(context.Background()))
	return db
}

// What has no partner on the other side is counted, and no difference.
func TestCountedApart(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		ctx := context.Background()
		m := laboratory(t, db)
		m.last = attendance.DayOf(2025, 9, 30)
		var docs []app.Verdict
		data := func(u attendance.UserID, d attendance.Day) {
			docs = append(docs, app.Verdict{User: u, Day: d, FetchedAt: m.Now(), Doc: document(t, checkin.DayData{})})
		}
		data("graced", attendance.DayOf(2025, 9, 10))
		data("flexed", attendance.DayOf(2025, 9, 10))
		must(t, m.AddVerdicts(ctx, m.corp, docs, nil))
		must(t, m.DeleteMember(ctx, m.corp, "flexed"))
		r := m.verify(t, false)
		// 17 subjects less one, 23 days from the 8th to the 30th, one with a verdict.
		if want := int64(16*23 - 1); r.WithoutVerdict != want || r.UnknownMembers != 1 || r.Days.Compared != 1 {
			t.Errorf("counts %+v, want %d without a verdict, 1 unknown member, 1 compared", r.Counts, want)
		}
	})
}

// A request that was decided after the verdict was fetched is no difference;
// one that was decided before is.
func TestKnownLater(t *testing.T) {
	t.Parallel()
	for name, tt := range map[string]struct {
		decided string
		equal   bool
	}{
		"after the verdict":  {"2025-10-13 18:00", true},
		"before the verdict": {"2025-10-12 12:00", false},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			m := laboratory(t, open(t))
			m.last = attendance.DayOf(2025, 9, 30)
			source := m.fetched(t, attendance.DayOf(2025, 9, 17), moment(t, "2025-10-13 15:00"))
			must(t, m.AddApprovals(context.Background(), m.corp, []app.ApprovalEntry{
				leave("graced", "3", moment(t, "2025-09-17 00:00"), moment(t, tt.decided)),
			}))
			must(t, m.AddVerdicts(context.Background(), m.corp, source, nil))
			r := m.verify(t, false)
			if r.Equal() != tt.equal || (r.KnownLater == 1) != tt.equal {
				t.Errorf("equal %v, counts %+v, groups %+v", r.Equal(), r.Counts, r.Groups)
			}
		})
	}
}

// The fit begins with the options in force.
func TestFitFromOtherOptions(t *testing.T) {
	t.Parallel()
	m := laboratory(t, open(t))
	must(t, m.SetOptions(context.Background(), m.corp, []byte(`{"late_base":"grace","tag_rank":"below_department","calibrate":"next_day"}`)))
	m.judged(t, options(t, `{"tag_rank":"below_department"}`), nil)
	r := m.verify(t, true)
	if got := changes(t, r.Fit); got != `{"calibrate":"immediate","late_base":"schedule"}` {
		t.Errorf("changes %s", got)
	}
	if got := string(r.Fit.Options); got != `{"tag_rank":"below_department"}` {
		t.Errorf("options %s", got)
	}
}

// The options that alone remove a group are named with it, and the reports that
// an example shows are explained in the language asked for.
func TestRemediesAndExplanations(t *testing.T) {
	t.Parallel()
	m := laboratory(t, open(t))
	m.judged(t, options(t, `{"late_base":"grace","rest_day_punch_record_type":0}`), nil)
	r, err := verify.Run(context.Background(), m.App, verify.Query{Corp: m.corp, First: m.first, Last: m.last, Lang: explain.Chinese})
	must(t, err)
	found := map[verify.Cause]string{}
	for _, g := range r.Groups {
		if g.Of == verify.OfDay && len(g.Remedies) == 1 && g.Remedies[0].All() {
			found[g.Cause] = g.Remedies[0].Option + "=" + string(g.Remedies[0].Value)
		}
		if g.Of == verify.OfDay && len(g.Examples[0].Explanation) == 0 {
			t.Errorf("group %q is not explained", g.Text)
		}
	}
	if found[verify.CauseLate] != `late_base="grace"` || found[verify.CauseRecordType] != "rest_day_punch_record_type=0" {
		t.Errorf("remedies %v", found)
	}
	at := slices.IndexFunc(r.Groups, func(g verify.Group) bool { return g.Cause == verify.CauseLate })
	// 09:11 - 09:00, and beyond the grace that is 60 s of them.
	d := r.Groups[at].Examples[0].Differences[0]
	if d.Path != "exception_infos[exception=1].duration" || d.Ours != int64(660) || d.Theirs != int64(60) {
		t.Errorf("difference %+v", d)
	}
	if want := "迟到不同，双方均有而数值不同（固定时间，迟到，超出容许时间）"; r.Groups[at].Text != want {
		t.Errorf("text %q, want %q", r.Groups[at].Text, want)
	}
}

// fetched are the verdicts on a day as it is known now, as if fetched at a moment.
func (m *mirrored) fetched(t *testing.T, d attendance.Day, at int64) []app.Verdict {
	t.Helper()
	source := *m
	source.first, source.last = d, d
	verdicts, _ := source.source(t, options(t, `{}`), nil)
	for i := range verdicts {
		verdicts[i].FetchedAt = at
	}
	return verdicts
}
