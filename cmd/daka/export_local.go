package main

import (
	"context"
	"errors"
	"iter"
	"slices"

	"github.com/dakahq/daka/internal/app"
	"github.com/dakahq/daka/internal/attendance"
	"github.com/dakahq/daka/internal/export"
	"github.com/dakahq/daka/internal/wire"
)

// localSource is a database that is exported from.
type localSource struct {
	app     *app.App
	query   app.Query
	caveats *caveats
}

// errStopped ends a walk whose rows nobody wants any more.
var errStopped = failf("stopped")

// visited makes a sequence of a function that hands over one row after the other.
func visited[R any](each func(func(R) error) error) iter.Seq2[R, error] {
	return func(yield func(R, error) bool) {
		err := each(func(r R) error {
			if !yield(r, nil) {
				return errStopped
			}
			return nil
		})
		if err != nil && !errors.Is(err, errStopped) {
			var none R
			yield(none, err)
		}
	}
}

func localDays(ctx context.Context, s *localSource) iter.Seq2[export.Day, error] {
	zone := s.query.Corp.Zone
	return visited(func(visit func(export.Day) error) error {
		return s.app.DayReports(ctx, s.query, func(m *app.Member, r *attendance.DayReport) error {
			s.caveats.day(r)
			data := wire.DayDataOut(zone, r, who(m))
			row := exportDay(&data, zone)
			addReport(&row, r)
			return visit(row)
		})
	})
}

// addReport adds to a row what a report says and WeCom's form of it does not.
func addReport(row *export.Day, r *attendance.DayReport) {
	row.Due = nil
	for i := range r.Kind.Sections {
		row.Due = append(row.Due, attendance.Span{From: r.Kind.Sections[i].On, To: r.Kind.Sections[i].Off})
	}
	for i := range r.Cards {
		if r.Cards[i].Punch < 0 {
			row.CorrectedCards++
		}
	}
	for i := range r.Findings {
		switch f := &r.Findings[i]; f.Code {
		case attendance.Late:
			row.LateTolerance = max(row.LateTolerance, int64(f.Reason.Tolerance))
		case attendance.Early:
			row.EarlyTolerance = max(row.EarlyTolerance, int64(f.Reason.Tolerance))
		}
	}
}

func localMonths(ctx context.Context, s *localSource) iter.Seq2[export.Month, error] {
	return visited(func(visit func(export.Month) error) error {
		return s.app.MonthReports(ctx, s.query, func(m *app.Member, r *attendance.MonthReport) error {
			s.caveats.month(r)
			data := wire.MonthDataOut(r, who(m))
			return visit(exportMonth(&data, s.query.First, s.query.Last))
		})
	})
}

func localGrid(ctx context.Context, s *localSource) iter.Seq2[export.GridRow, error] {
	return export.GridRows(localDays(ctx, s), s.query.First, s.query.Last)
}

func localExceptions(ctx context.Context, s *localSource) iter.Seq2[export.Exception, error] {
	return export.ExceptionRows(localDays(ctx, s))
}

// memberDays is how many days of members' punches and shifts are in memory at a
// time: a month of 200.
const memberDays = 200 * 31

// batches calls do with the members that are asked for, some at a time, and with
// what the contacts say of everybody.
func (s *localSource) batches(ctx context.Context, do func(users []attendance.UserID, all people) error) error {
	q := &s.query
	contacts, err := s.app.Contacts(ctx, q.Corp, q.Users)
	if err != nil {
		return err
	}
	depts, err := s.app.Departments(ctx, q.Corp)
	if err != nil {
		return err
	}
	all, paths := people{}, attendance.DeptPaths(depts)
	var users []attendance.UserID
	for i := range contacts {
		c := &contacts[i]
		all.add(string(c.ID), c.Name, c.Depts, paths)
		users = append(users, c.ID)
	}
	for batch := range slices.Chunk(users, max(1, memberDays/int(q.Last-q.First+1))) {
		if err := do(batch, all); err != nil {
			return err
		}
	}
	return nil
}

func localRecords(ctx context.Context, s *localSource) iter.Seq2[export.Record, error] {
	q, zone := &s.query, s.query.Corp.Zone
	return visited(func(visit func(export.Record) error) error {
		return s.batches(ctx, func(users []attendance.UserID, all people) error {
			span := instants(zone, q.First, q.Last)
			records, err := s.app.Records(ctx, q.Corp, users, span.from, span.to, app.AllRecords)
			if err != nil {
				return err
			}
			devices, err := s.app.DeviceRecords(ctx, q.Corp, users, span.from, span.to, false)
			if err != nil {
				return err
			}
			s.caveats.leftOut += leftOut(devices, records)
			for i := range records {
				r := wire.RecordOut(zone, &records[i])
				if err := visit(exportRecord(&r, all.who(r.UserID), zone)); err != nil {
					return err
				}
			}
			return nil
		})
	})
}

func localSchedules(ctx context.Context, s *localSource) iter.Seq2[export.ShiftDay, error] {
	q := &s.query
	return visited(func(visit func(export.ShiftDay) error) error {
		return s.batches(ctx, func(users []attendance.UserID, all people) error {
			shifts, err := s.app.Schedules(ctx, q.Corp, users, q.First, q.Last)
			if err != nil {
				return err
			}
			list := wire.SchedulesOut(shifts)
			for i := range list {
				for _, row := range exportShifts(&list[i], all.who(list[i].UserID)) {
					if err := visit(row); err != nil {
						return err
					}
				}
			}
			return nil
		})
	})
}
