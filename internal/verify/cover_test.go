package verify_test

import (
	"context"
	"testing"

	"github.com/dakahq/daka/checkin"
	"github.com/dakahq/daka/internal/app"
	"github.com/dakahq/daka/internal/attendance"
	"github.com/dakahq/daka/internal/store"
	"github.com/dakahq/daka/internal/store/storetest"
	"github.com/dakahq/daka/internal/verify"
)

// noteFetched notes that a kind was fetched for a member's days.
func (m *mirrored) noteFetched(t *testing.T, kind string, u attendance.UserID, first, last attendance.Day) {
	t.Helper()
	_, err := m.MirrorVerdicts(context.Background(), m.corp, app.MirrorBatch{
		Kind: kind, Users: []attendance.UserID{u}, First: first, Last: last, At: m.Now(),
	}, nil, nil)
	must(t, err)
}

// Reports of days whose punches were not fetched are not equal: nothing is known
// of them.
func TestPunchesNotFetched(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		m := laboratory(t, db)
		m.last = attendance.DayOf(2025, 9, 30)
		m.judged(t, options(t, `{}`), nil)
		m.noteFetched(t, app.MirroredDays, "graced", m.first, m.last)
		m.noteFetched(t, app.MirroredRecords, "graced", m.first, m.last-2)
		r := m.verify(t, false)
		// The last two days, and the month.
		if r.WithoutPunches != 3 || r.Equal() || r.Days.Equal != r.Days.Compared {
			t.Errorf("counts %+v, equal %v", r.Counts, r.Equal())
		}
		m.noteFetched(t, app.MirroredRecords, "graced", m.last-2, m.last)
		if r := m.verify(t, false); r.WithoutPunches != 0 || !r.Equal() {
			t.Errorf("after all was fetched: counts %+v, equal %v", r.Counts, r.Equal())
		}
	})
}

// Punches that were fetched before their day was over are not those of the day.
func TestPunchesFetchedAtNoon(t *testing.T) {
	t.Parallel()
	m := laboratory(t, open(t))
	m.last = attendance.DayOf(2025, 9, 9)
	m.judged(t, options(t, `{}`), nil)
	m.noteFetched(t, app.MirroredDays, "graced", m.first, m.last)
	_, err := m.MirrorPunches(context.Background(), m.corp, app.MirrorBatch{
		Kind: app.MirroredRecords, Users: []attendance.UserID{"graced"}, First: m.first, Last: m.last, At: m.corp.Zone.At(m.last, 12*3600),
	}, nil, false)
	must(t, err)
	if r := m.verify(t, false); r.WithoutPunches != 2 || r.Equal() { // of the 9th, and the sums of both days
		t.Errorf("counts %+v, equal %v", r.Counts, r.Equal())
	}
}

// Cards without records are corrections of apps while they are few.
func TestTooManyUnseenCards(t *testing.T) {
	t.Parallel()
	m := laboratory(t, open(t))
	m.judged(t, options(t, `{}`), nil)
	// One that punched on one day only, and a correction of each of six days more.
	var list []attendance.Correction
	for d := attendance.DayOf(2025, 9, 17); len(list) < 12; d++ {
		if d.Weekday() != 0 && d.Weekday() != 6 {
			for _, due := range []attendance.TimeOfDay{9 * 3600, 18 * 3600} {
				list = append(list, attendance.Correction{Day: d, Slot: due, At: m.corp.Zone.At(d, due), By: attendance.ByAPI})
			}
		}
	}
	m.corrected(t, "graced", list)
	r, err := verify.Run(context.Background(), m.App, verify.Query{
		Corp: m.corp, Users: []attendance.UserID{"graced"}, First: m.first, Last: attendance.DayOf(2025, 9, 30),
	})
	must(t, err)
	if r.Days.Apart != 6 || r.WithCards != 7 || r.Plausible() || r.Equal() || r.Days.Equal != r.Days.Compared {
		t.Errorf("counts %+v, equal %v", r.Counts, r.Equal())
	}
}

// A day that WeCom was asked about and has no report of is a difference; one
// that it was not asked about is not.
func TestNoVerdict(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		m := laboratory(t, db)
		m.first, m.last = attendance.DayOf(2025, 9, 8), attendance.DayOf(2025, 9, 9)
		m.judged(t, options(t, `{}`), nil)
		m.last = attendance.DayOf(2025, 9, 12)
		for _, kind := range []string{app.MirroredDays, app.MirroredRecords} {
			m.noteFetched(t, kind, "graced", m.first, m.last-1)
		}
		r := m.verify(t, true)
		// 17 members with three days more; of one two of these were asked about.
		if r.WithoutVerdict != 3*17-2 || r.Days.Compared != 2*17+2 || r.Days.Equal != 2*17 || r.Equal() || r.Due != 5*17 {
			t.Errorf("counts %+v", r.Counts)
		}
		if len(r.Groups) != 1 || r.Groups[0].Cause != verify.CauseNoVerdict || r.Groups[0].Reports != 2 || r.Groups[0].Sense != verify.OnlyOurs {
			t.Errorf("groups %+v", r.Groups)
		}
		if want := 36.0 / 85; r.ComparedShare != want {
			t.Errorf("share %v, want %v", r.ComparedShare, want)
		}
	})
}

// Where nothing is compared nothing is equal.
func TestNothingCompared(t *testing.T) {
	t.Parallel()
	m := laboratory(t, open(t))
	today := attendance.DayOf(2025, 10, 13)
	must(t, m.AddVerdicts(context.Background(), m.corp, []app.Verdict{
		{User: "graced", Day: today, FetchedAt: m.Now(), Doc: document(t, checkin.DayData{})},
	}, nil))
	m.first, m.last = today, today
	if r := m.verify(t, true); r.Equal() || r.Provisional.Compared != 1 || r.Due != 0 {
		t.Errorf("counts %+v, equal %v", r.Counts, r.Equal())
	}
}
