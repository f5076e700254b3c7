package main

import (
	"context"
	"errors"
	"iter"
	"maps"
	"slices"
	"strings"

	"github.com/dakahq/daka/checkin"
	"github.com/dakahq/daka/internal/attendance"
	"github.com/dakahq/daka/internal/export"
	"github.com/dakahq/daka/wecom"
)

// serverSource is a server that is exported from.
type serverSource struct {
	client      *wecom.Client
	zone        *attendance.Zone
	users       []string // none = all whom the app may see
	first, last attendance.Day
}

func (s *serverSource) fetch(ctx context.Context) (checkin.Fetch, error) {
	return fetch(ctx, s.client, s.zone, s.users, s.first, s.last)
}

// serverDayRows fills in the due times of shifts, which reports do not hold.
func serverDayRows(ctx context.Context, s *serverSource) iter.Seq2[export.Day, error] {
	return visited(func(visit func(export.Day) error) error {
		f, err := s.fetch(ctx)
		if err != nil {
			return err
		}
		var due dueTimes
		return eachReport(ctx, f, func(report *checkin.DayData) error {
			row := exportDay(report, s.zone)
			if report.BaseInfo.RuleInfo.ScheduleID != 0 && len(row.Due) == 0 {
				if due == nil {
					if due, err = dueOfShifts(ctx, f); err != nil {
						return err
					}
				}
				row.Due = due[memberDay{strings.ToLower(row.UserID), row.Date}]
			}
			return visit(row)
		})
	})
}

// serverReports is serverDayRows without the due times of shifts.
func serverReports(ctx context.Context, s *serverSource) iter.Seq2[export.Day, error] {
	return visited(func(visit func(export.Day) error) error {
		f, err := s.fetch(ctx)
		if err != nil {
			return err
		}
		return eachReport(ctx, f, func(report *checkin.DayData) error { return visit(exportDay(report, s.zone)) })
	})
}

func eachReport(ctx context.Context, f checkin.Fetch, visit func(*checkin.DayData) error) error {
	for report, err := range f.DayReports(ctx) {
		if err != nil {
			return err
		}
		if err := visit(&report); err != nil {
			return err
		}
	}
	return nil
}

// serverMonthRows adds the months of a longer period up.
func serverMonthRows(ctx context.Context, s *serverSource) iter.Seq2[export.Month, error] {
	return visited(func(visit func(export.Month) error) error {
		f, err := s.fetch(ctx)
		if err != nil {
			return err
		}
		var row *export.Month
		for report, err := range f.MonthReports(ctx) {
			if err != nil {
				return err
			}
			if row != nil && row.UserID == report.BaseInfo.AcctID {
				addMonth(row, &report.MonthData, s.last)
				continue
			}
			if row != nil {
				if err := visit(*row); err != nil {
					return err
				}
			}
			next := exportMonth(&report.MonthData, s.first, s.last)
			row = &next
		}
		if row != nil {
			return visit(*row)
		}
		return nil
	})
}

func serverGrid(ctx context.Context, s *serverSource) iter.Seq2[export.GridRow, error] {
	return export.GridRows(serverReports(ctx, s), s.first, s.last)
}

func serverExceptions(ctx context.Context, s *serverSource) iter.Seq2[export.Exception, error] {
	return export.ExceptionRows(serverReports(ctx, s))
}

func serverRecords(ctx context.Context, s *serverSource) iter.Seq2[export.Record, error] {
	return visited(func(visit func(export.Record) error) error {
		f, all, err := s.fetchNamed(ctx)
		if err != nil {
			return err
		}
		f.Overlap = -1 // the punches of these days, whichever day they count for
		for r, err := range f.Records(ctx) {
			if err != nil {
				return err
			}
			if err := visit(exportRecord(&r, all.who(r.UserID), s.zone)); err != nil {
				return err
			}
		}
		return nil
	})
}

func serverSchedules(ctx context.Context, s *serverSource) iter.Seq2[export.ShiftDay, error] {
	return visited(func(visit func(export.ShiftDay) error) error {
		f, all, err := s.fetchNamed(ctx)
		if err != nil {
			return err
		}
		for m, err := range f.Schedules(ctx) {
			if err != nil {
				return err
			}
			for _, row := range exportShifts(&m, all.who(m.UserID)) {
				if row.Date < s.first || row.Date > s.last {
					continue
				}
				if err := visit(row); err != nil {
					return err
				}
			}
		}
		return nil
	})
}

// people are members by userid, in lower case.
type people map[string]export.Person

func (p people) add(userid, name string, depts []attendance.DeptID, paths map[attendance.DeptID]string) {
	var full []string
	for _, id := range depts {
		if path := paths[id]; path != "" {
			full = append(full, path)
		}
	}
	p[strings.ToLower(userid)] = export.Person{UserID: userid, Name: name, Departs: strings.Join(full, ";")}
}

// who returns what is known of a member.
func (p people) who(userid string) export.Person {
	if who, ok := p[strings.ToLower(userid)]; ok {
		return who
	}
	return export.Person{UserID: userid}
}

// fetchNamed is fetch with the names of the members, which answers with punches
// and shifts do not hold. An app that may not read departments has none.
func (s *serverSource) fetchNamed(ctx context.Context) (f checkin.Fetch, all people, err error) {
	all = people{}
	listed, err := s.client.Departments(ctx, 0)
	if err != nil && !errors.Is(err, wecom.CodeNoPrivilege) {
		return f, nil, failf("list the departments: %w", err)
	}
	depts := make([]attendance.Department, len(listed))
	for i, d := range listed {
		depts[i] = attendance.Department{ID: attendance.DeptID(d.ID), Parent: attendance.DeptID(d.ParentID), Name: d.Name}
	}
	paths := attendance.DeptPaths(depts)
	for _, d := range depts {
		members, err := s.client.Members(ctx, int64(d.ID))
		if err != nil && !errors.Is(err, wecom.CodeNoPrivilege) {
			return f, nil, failf("list the members of department %d: %w", d.ID, err)
		}
		for _, m := range members {
			ids := make([]attendance.DeptID, len(m.Department))
			for i, id := range m.Department {
				ids[i] = attendance.DeptID(id)
			}
			all.add(m.UserID, m.Name, ids, paths)
		}
	}
	users := s.users
	if len(users) == 0 {
		for _, folded := range slices.Sorted(maps.Keys(all)) {
			users = append(users, all[folded].UserID)
		}
	}
	f, err = fetch(ctx, s.client, s.zone, users, s.first, s.last)
	return f, all, err
}
