package verify_test

import (
	"context"
	"encoding/json"
	"testing"
	"time"

	"github.com/dakahq/daka/checkin"
	"github.com/dakahq/daka/internal/app"
	"github.com/dakahq/daka/internal/attendance"
	"github.com/dakahq/daka/internal/explain"
	"github.com/dakahq/daka/internal/sample"
	"github.com/dakahq/daka/internal/store"
	"github.com/dakahq/daka/internal/verify"
	"github.com/dakahq/daka/internal/wire"
)

// mirrored is a corporation with what WeCom says of it.
type mirrored struct {
	*app.App
	corp        *app.Corp
	first, last attendance.Day // of the verdicts
}

// company makes the sample company, with a history from April to noon of
// 12 May 2025: the holidays of Qingming and May with their make-up workdays
// lie in it.
func company(t *testing.T, db *store.DB) *mirrored {
	t.Helper()
	zone, err := attendance.LoadZone("")
	must(t, err)
	spec := sample.Spec{Seed: 7, People: 12, Months: 1, Today: attendance.DayOf(2025, time.May, 12)}
	now := time.Unix(zone.At(spec.Today, sample.Noon), 0).Add(time.Hour)
	m := &mirrored{App: app.New(db, func() time.Time { return now })}
	c, err := sample.Build(context.Background(), m.App, spec)
	must(t, err)
	m.corp, m.first, m.last = c.Corp, c.First, c.Today
	return m
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// options are the defaults but for those of a JSON object.
func options(t *testing.T, doc string) attendance.Options {
	t.Helper()
	opts, err := wire.ParseOptions([]byte(doc))
	must(t, err)
	return opts
}

// judged stores the verdicts of a source.
func (m *mirrored) judged(t *testing.T, opts attendance.Options, change func(*checkin.DayData)) {
	t.Helper()
	days, months := m.source(t, opts, change)
	must(t, m.AddVerdicts(context.Background(), m.corp, days, months))
}

// source makes the verdicts as a source under other options would give them,
// and lets change change each day.
func (m *mirrored) source(t *testing.T, opts attendance.Options, change func(*checkin.DayData)) (days []app.Verdict, months []app.MonthVerdict) {
	t.Helper()
	trial, err := m.Trial(context.Background(), app.Query{Corp: m.corp, First: m.first, Last: m.last})
	must(t, err)
	j := trial.Under(opts)
	for _, u := range trial.Users() {
		who := trial.Member(u, m.last)
		name := wire.Who{Name: who.Name, Alias: who.Alias, Departs: who.Departs}
		j.Days(u, m.first, m.last, 0, func(r *attendance.DayReport) {
			data := wire.DayDataOut(m.corp.Zone, r, name)
			if change != nil {
				change(&data)
			}
			days = append(days, app.Verdict{User: u, Day: r.Day, Doc: document(t, data), FetchedAt: m.Now()})
		})
		for first := m.first; first <= m.last; {
			_, last := first.Month()
			last = min(last, m.last)
			if r, ok := j.MonthOf(trial.Person(u), first, last, 0); ok {
				data := wire.MonthDataOut(&r, name)
				months = append(months, app.MonthVerdict{User: u, First: first, Last: last, Doc: document(t, data), FetchedAt: m.Now()})
			}
			first = last + 1
		}
	}
	return days, months
}

func document(t *testing.T, v any) []byte {
	t.Helper()
	doc, err := json.Marshal(v)
	must(t, err)
	return doc
}

func (m *mirrored) verify(t *testing.T, fit bool) *verify.Result {
	t.Helper()
	r, err := verify.Run(context.Background(), m.App, verify.Query{
		Corp: m.corp, First: m.first, Last: m.last, Lang: explain.English, Fit: fit,
	})
	must(t, err)
	return r
}

// changes are what a fit would change, as a JSON object.
func changes(t *testing.T, f *verify.Fit) string {
	t.Helper()
	all := map[string]json.RawMessage{}
	for _, c := range f.Changes {
		all[c.Option] = c.To
	}
	return string(document(t, all))
}
