package verify_test

import (
	"context"
	"strings"
	"testing"
	"time"

	"github.com/dakahq/daka/internal/app"
	"github.com/dakahq/daka/internal/attendance"
	"github.com/dakahq/daka/internal/store"
	"github.com/dakahq/daka/internal/store/storetest"
)

// lone is a corporation of one member with a rule and punches, at noon of
// Monday 15 September 2025.
func lone(t *testing.T, db *store.DB, rule string, punches ...string) *mirrored {
	t.Helper()
	now := moment(t, "2025-09-15 12:00")
	m := &mirrored{App: app.New(db, func() time.Time { return time.Unix(now, 0) })}
	corp, _, err := m.CreateCorp(context.Background(), app.NewCorp{ID: "wwlone", Name: "lone"})
	must(t, err)
	m.corp, m.first, m.last = corp, attendance.DayOf(2025, 9, 8), attendance.DayOf(2025, 9, 14)
	f := app.FactSet{
		Members: []app.MemberFact{{Contact: app.Contact{ID: "u", Name: "u", Depts: []attendance.DeptID{1}}}},
		Rules:   []app.RuleFact{ruleFor(1, rule, `{"userid":["u"]}`)},
	}
	for _, text := range punches {
		f.Punches = append(f.Punches, attendance.PunchRecord{User: "u", Punch: attendance.Punch{
			At: moment(t, text), Source: attendance.SourcePhone, Device: "d",
		}})
	}
	must(t, m.AddFacts(context.Background(), corp, f))
	return m
}

// Two options that only together make a report WeCom's are found, although one of
// them alone gives another wrong value in the same field and the other changes
// nothing. Leaving at 19:10 gives 1,800 s and the rule 600: who comes at 09:50,
// 3,000 s late, is 3,000 s late by default, with more than the larger of the two;
// 3,000 - 1,800 = 1,200 with a grace, 3,000 with the sum of 2,400, and
// 3,000 - 2,400 = 600 with both.
func TestFitFindsAPair(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		const source = `{"late_base":"grace","tolerance_combine":"sum"}`
		m := lone(t, db, fixed(rested, `"allow_flex":true,"flex_on_duty_time":600,`+stayLate, ""),
			"2025-09-10 09:00", "2025-09-10 19:10", "2025-09-11 09:50", "2025-09-11 18:00")
		m.judged(t, options(t, source), nil)
		days, _ := m.source(t, options(t, source), nil)
		if text := string(days[3].Doc); !strings.Contains(text, `"duration":600`) {
			t.Fatalf("the source's 11 September is not 600 s late: %s", text)
		}
		r := m.verify(t, true)
		if got := changes(t, r.Fit); got != source {
			t.Errorf("fit %s, want %s", got, source)
		}
		if !r.EqualAfter() {
			t.Errorf("after the fit %+v", r.Fit.After)
		}
	})
}

// A day whose report was fetched before it was over, and is over by now, is due
// and was not compared.
func TestDueOfAReportFetchedEarly(t *testing.T) {
	t.Parallel()
	m := lone(t, open(t), fixed(rested, "", ""))
	days, _ := m.source(t, options(t, `{}`), nil)
	for i := range days[:2] {
		days[i].FetchedAt = m.corp.Zone.At(days[i].Day, 12*3600)
	}
	must(t, m.AddVerdicts(context.Background(), m.corp, days, nil))
	r := m.verify(t, false)
	// 8 to 14 September are seven days, of which five are compared.
	if r.Due != 7 || r.Provisional.Compared != 2 || r.Days.Compared != 5 || r.ComparedShare != 5.0/7 {
		t.Errorf("counts %+v, share %v", r.Counts, r.ComparedShare)
	}
}
