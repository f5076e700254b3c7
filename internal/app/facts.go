package app

import (
	"context"
	"errors"
	"fmt"

	"github.com/dakahq/daka/internal/attendance"
	"github.com/dakahq/daka/internal/store"
	"github.com/dakahq/daka/internal/wire"
)

// FactSet is facts of any kind, each with the moment at which it became known
// (Unix seconds; 0 = now). It is how a history is made or taken over: what the
// ordinary doors check is checked here too, but for the times.
type FactSet struct {
	Options     []DocFact // as SetOptions takes them
	Holidays    []DocFact // as SetHolidays takes them
	Departments []DepartmentFact
	Members     []MemberFact
	Rules       []RuleFact
	Schedules   []ScheduleFact
	Punches     []attendance.PunchRecord // with their KnownAt
	Corrections []CorrectionFact
	Approvals   []ApprovalEntry
}

// DocFact is a JSON document that holds from KnownAt on.
type DocFact struct {
	Doc     []byte
	KnownAt int64
}

// DepartmentFact is a department as it is from KnownAt on.
type DepartmentFact struct {
	attendance.Department
	KnownAt int64
}

// MemberFact is a member who stands in the given departments from a day on.
type MemberFact struct {
	Contact
	From    attendance.Day
	KnownAt int64
}

// RuleFact is a version of a rule. Group 0 makes a new one.
type RuleFact struct {
	RuleSpec
	Group   attendance.GroupID
	Created int64          // order among the groups; 0 = the last
	Last    attendance.Day // last day in force; 0 = until further notice
	KnownAt int64
}

// ScheduleFact is a shift of a member.
type ScheduleFact struct {
	Assignment
	Group   attendance.GroupID // 0 = whichever rule the member is under
	KnownAt int64
}

// CorrectionFact is a correction of a member.
type CorrectionFact struct {
	User attendance.UserID
	attendance.Correction
}

// AddFacts stores facts in the order of the fields of FactSet, all or none. Its
// errors are those of the ordinary doors, and ErrBadInput for what the database
// cannot hold.
func (a *App) AddFacts(ctx context.Context, corp *Corp, f FactSet) error {
	err := a.db.Write(ctx, func(tx *store.Tx) error {
		w := factWriter{tx: tx, corp: corp, now: a.Now()}
		for _, step := range []func(*FactSet) error{
			w.options, w.holidays, w.departments, w.members, w.rules, w.schedules, w.punches, w.corrections,
			func(f *FactSet) error { return a.addApprovals(tx, corp, f.Approvals) },
		} {
			if err := step(&f); err != nil {
				return err
			}
		}
		return a.note(ctx, tx, corp.ID, act{action: "facts.add", detail: f})
	})
	if errors.Is(err, store.ErrInvalid) || errors.Is(err, store.ErrConflict) {
		err = badInput("%v", err)
	}
	return err
}

type factWriter struct {
	tx   *store.Tx
	corp *Corp
	now  int64
}

// known is when a fact became known.
func (w *factWriter) known(at int64) int64 {
	if at == 0 {
		return w.now
	}
	return at
}

func (w *factWriter) options(f *FactSet) error {
	for i, o := range f.Options {
		if _, err := wire.ParseOptions(o.Doc); err != nil {
			return badInput("options[%d]: %v", i, err)
		}
		if err := w.tx.AddOptions(w.corp.ID, w.known(o.KnownAt), o.Doc); err != nil {
			return err
		}
	}
	return nil
}

func (w *factWriter) holidays(f *FactSet) error {
	for i, h := range f.Holidays {
		years, err := holidayYears(h.Doc)
		if err != nil {
			return fmt.Errorf("holidays[%d]: %w", i, err)
		}
		for _, y := range years {
			y.KnownAt = w.known(h.KnownAt)
			if err := w.tx.AddHolidays(w.corp.ID, y); err != nil {
				return err
			}
		}
	}
	return nil
}

func (w *factWriter) departments(f *FactSet) error {
	rows := make([]store.DepartmentVersion, len(f.Departments))
	for i, d := range f.Departments {
		rows[i] = store.DepartmentVersion{Department: d.Department, KnownAt: w.known(d.KnownAt)}
	}
	return w.tx.AddDepartments(w.corp.ID, rows)
}

func (w *factWriter) members(f *FactSet) error {
	rows := make([]store.Member, len(f.Members))
	for i, m := range f.Members {
		if m.Left == 0 {
			m.Left = attendance.MaxDay
		}
		if !m.ID.Valid() {
			return badInput("members[%d]: userid %q is none", i, m.ID)
		}
		rows[i] = store.Member{
			ID: m.ID, KnownAt: w.known(m.KnownAt), From: m.From, Name: m.Name, Alias: m.Alias,
			Depts: m.Depts, Tags: m.Tags, Joined: m.Joined, Left: m.Left,
		}
	}
	return w.tx.AddMembers(w.corp.ID, rows)
}

func (w *factWriter) rules(f *FactSet) error {
	for i, r := range f.Rules {
		if _, err := wire.CompileRule(r.Doc, r.Form, w.corp.Zone); err != nil {
			return fmt.Errorf("rules[%d]: %w", i, &RuleError{err})
		}
		group, err := r.Group, error(nil)
		if group == 0 {
			if group, err = w.tx.NextGroupID(w.corp.ID); err != nil {
				return err
			}
		}
		if r.Last == 0 {
			r.Last = attendance.MaxDay
		}
		_, err = w.tx.AddRuleVersion(w.corp.ID, store.RuleVersion{
			Group: group, Created: r.Created, First: r.First, Last: r.Last, KnownAt: w.known(r.KnownAt),
			Form: store.RuleForm(r.Form), Doc: r.Doc, App: store.AgentID(r.Agent), CreatedAt: w.now,
		})
		if err != nil {
			return err
		}
	}
	return nil
}

func (w *factWriter) schedules(f *FactSet) error {
	rows := make([]store.Scheduled, len(f.Schedules))
	for i, s := range f.Schedules {
		rows[i] = store.Scheduled{User: s.User, Scheduled: attendance.Scheduled{
			Day: s.Day, Shift: s.Shift, Group: s.Group, KnownAt: w.known(s.KnownAt),
		}}
	}
	err := w.spell(len(rows), func(i int) *attendance.UserID { return &rows[i].User })
	if err != nil {
		return fmt.Errorf("schedules%w", err)
	}
	return w.tx.AddSchedules(w.corp.ID, rows)
}

func (w *factWriter) punches(f *FactSet) error {
	rows := make([]attendance.PunchRecord, len(f.Punches))
	for i, p := range f.Punches {
		p.KnownAt = w.known(p.KnownAt)
		rows[i] = p
	}
	if err := w.spell(len(rows), func(i int) *attendance.UserID { return &rows[i].User }); err != nil {
		return fmt.Errorf("punches%w", err)
	}
	_, _, err := w.tx.InsertPunches(w.corp.ID, rows)
	return err
}

func (w *factWriter) corrections(f *FactSet) error {
	rows := make([]store.Correction, len(f.Corrections))
	for i, c := range f.Corrections {
		c.KnownAt = w.known(c.KnownAt)
		rows[i] = store.Correction{User: c.User, Correction: c.Correction}
	}
	if err := w.spell(len(rows), func(i int) *attendance.UserID { return &rows[i].User }); err != nil {
		return fmt.Errorf("corrections%w", err)
	}
	return w.tx.AddCorrections(w.corp.ID, rows)
}

// spell puts the contacts' spelling into n userids.
func (w *factWriter) spell(n int, user func(int) *attendance.UserID) error {
	ids := make([]attendance.UserID, n)
	for i := range ids {
		ids[i] = *user(i)
	}
	known, err := w.tx.ResolveUsers(w.corp.ID, ids)
	if err != nil {
		return err
	}
	for i := range ids {
		id, ok := known[ids[i].Fold()]
		if !ok {
			return fmt.Errorf("[%d]: userid %q: %w", i, ids[i], attendance.ErrUnknownUser)
		}
		*user(i) = id
	}
	return nil
}
