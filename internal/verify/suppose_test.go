package verify_test

import (
	"context"
	"slices"
	"testing"

	"github.com/dakahq/daka/checkin"
	"github.com/dakahq/daka/internal/app"
	"github.com/dakahq/daka/internal/attendance"
	"github.com/dakahq/daka/internal/store"
	"github.com/dakahq/daka/internal/store/storetest"
	"github.com/dakahq/daka/internal/verify"
	"github.com/dakahq/daka/internal/wire"
)

// Corrections that apps made show in WeCom's reports alone. What comes of them
// is counted apart, on the day and in its month, and nothing else is.
func TestUnseenCorrections(t *testing.T) {
	t.Parallel()
	const on, off, dinner = 9 * 3600, 12 * 3600, 18 * 3600
	for name, tt := range map[string]struct {
		user  attendance.UserID
		fixes map[string]attendance.TimeOfDay // due times by the time of the card
		alone bool                            // nothing of it is in the sums of the month
	}{
		"first card":                {"halved", map[string]attendance.TimeOfDay{"2025-09-10 09:00": on}, false},
		"first, ten minutes late":   {"halved", map[string]attendance.TimeOfDay{"2025-09-10 09:10": on}, false},
		"two in the morning":        {"halved", map[string]attendance.TimeOfDay{"2025-09-10 09:00": on, "2025-09-10 12:00": off}, false},
		"one of them not when due":  {"halved", map[string]attendance.TimeOfDay{"2025-09-10 08:57": on, "2025-09-10 12:07": off}, false},
		"in the place of a card":    {"graced", map[string]attendance.TimeOfDay{"2025-09-10 09:05": on}, false},
		"both in the place of such": {"graced", map[string]attendance.TimeOfDay{"2025-09-10 09:05": on, "2025-09-10 18:30": dinner}, false},
		"on a day off":              {"resting", map[string]attendance.TimeOfDay{"2025-09-13 08:00": attendance.NoTime}, true},
		"on a night":                {"night", map[string]attendance.TimeOfDay{"2025-09-12 22:00": 22 * 3600}, false},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			storetest.Each(t, func(t *testing.T, db *store.DB) {
				m := laboratory(t, db)
				must(t, m.AddFacts(context.Background(), m.corp, app.FactSet{Schedules: []app.ScheduleFact{
					{Assignment: app.Assignment{User: "night", Day: attendance.DayOf(2025, 9, 12), Shift: 23}},
				}}))
				m.judged(t, options(t, `{}`), nil)
				var list []attendance.Correction
				for text, due := range tt.fixes {
					at := moment(t, text)
					d, _ := m.corp.Zone.DayAt(at)
					list = append(list, attendance.Correction{Day: d, Slot: due, At: at, By: attendance.ByAPI})
				}
				m.corrected(t, tt.user, list)
				r := m.verify(t, false)
				if !r.Equal() || r.FieldsApart == 0 {
					t.Errorf("counts %+v, groups %+v", r.Counts, r.Groups)
				}
				scopes := map[verify.Scope]int64{}
				for _, g := range r.Groups {
					if g.Cause != verify.CauseNoRecord || !g.Apart {
						t.Errorf("group %+v", g)
					}
					scopes[g.Of] += g.Reports
				}
				if scopes[verify.OfDay] != 1 || scopes[verify.OfMonth] == 1 == tt.alone { // September
					t.Errorf("reports apart %v, want a day and a month: %v", scopes, !tt.alone)
				}
			})
		})
	}
}

// A card more that a record shows is a difference, whatever it is of.
func TestCardOfARecord(t *testing.T) {
	t.Parallel()
	m := laboratory(t, open(t))
	// 13:30 is the later of two that could begin the afternoon: WeCom, so it is
	// said, took it to end the morning.
	early, late := moment(t, "2025-09-10 13:10"), moment(t, "2025-09-10 13:30")
	must(t, m.AddFacts(context.Background(), m.corp, app.FactSet{Punches: []attendance.PunchRecord{
		{User: "halved", Punch: attendance.Punch{At: early, Source: attendance.SourcePhone, Device: "d"}},
		{User: "halved", Punch: attendance.Punch{At: late, Source: attendance.SourcePhone, Device: "d"}},
	}}))
	m.judged(t, options(t, `{}`), nil)
	m.corrected(t, "halved", []attendance.Correction{{
		Day: attendance.DayOf(2025, 9, 10), Slot: 9 * 3600, At: moment(t, "2025-09-10 09:00"), By: attendance.ByAPI,
	}, {
		Day: attendance.DayOf(2025, 9, 10), Slot: 12 * 3600, At: late, By: attendance.ByApproval,
	}})
	r := m.verify(t, false)
	if r.Equal() || !slices.ContainsFunc(r.Groups, func(g verify.Group) bool { return g.Of == verify.OfDay && !g.Apart }) {
		t.Errorf("counts %+v, groups %+v", r.Counts, r.Groups)
	}
}

// Nor is one that other cards make room for: 13:05 ended the morning and 13:30
// began the afternoon, where we take 13:05 for its beginning.
func TestCardOfAnotherSlot(t *testing.T) {
	t.Parallel()
	m := laboratory(t, open(t))
	day := attendance.DayOf(2025, 9, 11)
	f := app.FactSet{}
	for _, text := range []string{"09:00", "13:05", "13:30", "18:00"} {
		f.Punches = append(f.Punches, attendance.PunchRecord{User: "halved", Punch: attendance.Punch{
			At: moment(t, "2025-09-11 "+text), Source: attendance.SourcePhone, Device: "d",
		}})
	}
	must(t, m.AddFacts(context.Background(), m.corp, f))
	m.last = day
	m.judged(t, options(t, `{}`), func(d *checkin.DayData) {
		if d.BaseInfo.AcctID == "halved" && d.BaseInfo.Date == m.corp.Zone.Midnight(day) {
			// 09:00 to 13:05 and 13:30 to 18:00.
			d.SummaryInfo.CheckinCount, d.SummaryInfo.RegularWorkSec, d.ExceptionInfos = 4, 14_700+16_200, nil
		}
	})
	r := m.verify(t, false)
	if r.Days.Apart != 0 || r.Days.Equal != r.Days.Compared-1 || r.Equal() {
		t.Errorf("counts %+v", r.Counts)
	}
}

// A card that was pressed twice is no end of the morning and beginning of the
// afternoon, though the hours, cut to the sections, would be the same.
func TestCardPressedTwice(t *testing.T) {
	t.Parallel()
	m := laboratory(t, open(t))
	const clip = `{"clip_actual_to_shift":true}`
	must(t, m.SetOptions(context.Background(), m.corp, []byte(clip)))
	m.last = attendance.DayOf(2025, 9, 11)
	f := app.FactSet{}
	for _, text := range []string{"09:00:00", "13:00:40", "13:01:20", "18:00:00"} {
		at := moment(t, "2025-09-11 "+text[:5]) + int64(text[6]-'0')*10
		f.Punches = append(f.Punches, attendance.PunchRecord{User: "halved", Punch: attendance.Punch{At: at, Source: attendance.SourcePhone, Device: "d"}})
	}
	must(t, m.AddFacts(context.Background(), m.corp, f))
	m.judged(t, options(t, clip), nil)
	m.corrected(t, "halved", []attendance.Correction{{
		Day: m.last, Slot: 12 * 3600, At: moment(t, "2025-09-11 12:00"), By: attendance.ByAPI,
	}})
	r := m.verify(t, false)
	if r.Days.Apart != 1 || r.Days.Equal != r.Days.Compared {
		t.Errorf("counts %+v", r.Counts)
	}
}

// corrected stores a member's verdicts anew, made with corrections that the
// mirror does not have.
func (m *mirrored) corrected(t *testing.T, user attendance.UserID, list []attendance.Correction) {
	t.Helper()
	ctx := context.Background()
	trial, err := m.Trial(ctx, app.Query{Corp: m.corp, Users: []attendance.UserID{user}, First: m.first, Last: m.last})
	must(t, err)
	j := trial.Under(trial.Options())
	p := *trial.Person(user)
	p.Corrections = append(p.Corrections, list...)
	who := trial.Member(user, m.last)
	name := wire.Who{Name: who.Name, Alias: who.Alias, Departs: who.Departs}
	var days []app.Verdict
	j.DaysOf(&p, m.first, m.last, 0, func(r *attendance.DayReport) {
		days = append(days, app.Verdict{User: user, Day: r.Day, FetchedAt: m.Now(), Doc: document(t, wire.DayDataOut(m.corp.Zone, r, name))})
	})
	var months []app.MonthVerdict
	for first := m.first; first <= m.last; {
		_, last := first.Month()
		last = min(last, m.last)
		if r, ok := j.MonthOf(&p, first, last, 0); ok {
			months = append(months, app.MonthVerdict{User: user, First: first, Last: last, FetchedAt: m.Now(), Doc: document(t, wire.MonthDataOut(&r, name))})
		}
		first = last + 1
	}
	must(t, m.AddVerdicts(ctx, m.corp, days, months))
}
