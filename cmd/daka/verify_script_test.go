package main

import (
	"context"
	"encoding/json"

	"github.com/dakahq/daka/internal/app"
	"github.com/dakahq/daka/internal/attendance"
	"github.com/dakahq/daka/internal/store"
	"github.com/dakahq/daka/internal/wire"
	"github.com/rogpeppe/go-internal/testscript"
)

// verdicts FILE FIRST LAST OPTIONS puts reports into a database as a source
// with such engine options would have given them.
func verdicts(ts *testscript.TestScript, _ bool, args []string) {
	ctx := context.Background()
	db, err := store.Open(ctx, "sqlite:"+ts.MkAbs(args[0]), store.Options{})
	ts.Check(err)
	defer func() { ts.Check(db.Close()) }()
	a := app.New(db, nil)
	corp, err := a.Corp(ctx, "")
	ts.Check(err)
	first, err := attendance.ParseDay(args[1])
	ts.Check(err)
	last, err := attendance.ParseDay(args[2])
	ts.Check(err)
	opts, err := wire.ParseOptions([]byte(args[3]))
	ts.Check(err)
	trial, err := a.Trial(ctx, app.Query{Corp: corp, First: first, Last: last})
	ts.Check(err)
	var days []app.Verdict
	for _, u := range trial.Users() {
		trial.Under(opts).Days(u, first, last, 0, func(r *attendance.DayReport) {
			doc, err := json.Marshal(wire.DayDataOut(corp.Zone, r, who(trial.Member(u, last))))
			ts.Check(err)
			days = append(days, app.Verdict{User: u, Day: r.Day, Doc: doc, FetchedAt: a.Now()})
		})
	}
	ts.Check(a.AddVerdicts(ctx, corp, days, nil))
}
