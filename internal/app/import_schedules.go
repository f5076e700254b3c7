package app

import (
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/dakahq/daka/internal/attendance"
	"github.com/dakahq/daka/internal/engine"
	"github.com/dakahq/daka/internal/store"
	"golang.org/x/text/width"
)

// ShiftRow is a member's shift on a day as a table has it.
type ShiftRow struct {
	User  attendance.UserID // "" = whoever has the name
	Name  string            // beside a userid it is compared
	Day   attendance.Day
	Shift string // a shift's name or id; 休 and the like are rest
}

// restWords are what people call a day of rest, beside 0.
var restWords = []string{"休", "休息", "公休", "轮休", "调休", "例休", "rest", "off"}

// IsRest reports whether a text is what people call a day of rest, such as 休.
func IsRest(text string) bool { return slices.Contains(restWords, strings.ToLower(text)) }

// PlanSchedules says what ImportSchedules would do.
func (a *App) PlanSchedules(ctx context.Context, corp *Corp, rows []ShiftRow, group attendance.GroupID) (plan *ImportPlan, err error) {
	err = a.db.Read(ctx, func(tx *store.Tx) error {
		p, err := a.planSchedules(tx, corp, rows, group)
		if err == nil {
			plan = &p.ImportPlan
		}
		return err
	})
	return plan, err
}

// ImportSchedules takes over a shift plan, all or none: of any day, past ones
// too. The shifts are those of a rule, or with group 0 of the rule that each member
// is under on the day. What the plan says already stays as it is. Of f, which is
// the table, the punches and the rule are not looked at; its bad rows are kept. It
// returns attendance.ErrUnknownGroup or ErrNotShiftRule for group, and ErrBadInput
// for a row that cannot be taken.
func (a *App) ImportSchedules(ctx context.Context, corp *Corp, f ImportFile, rows []ShiftRow, group attendance.GroupID) (plan *ImportPlan, err error) {
	err = a.db.Write(ctx, func(tx *store.Tx) error {
		p, err := a.planSchedules(tx, corp, rows, group)
		if err != nil {
			return err
		}
		plan = &p.ImportPlan
		if err := p.refusal(); err != nil {
			return fmt.Errorf("import %s: %w", f.Name, err)
		}
		if len(p.entries) > 0 {
			if err := tx.AddSchedules(corp.ID, p.entries); err != nil {
				return err
			}
			subjects := userSubjects(len(p.entries), func(i int) attendance.UserID { return p.entries[i].User })
			if err := a.note(ctx, tx, corp.ID, act{"schedules.set", subjects, p.entries}); err != nil {
				return err
			}
		}
		return p.keep(tx, corp, &f, a.Now())
	})
	return plan, err
}

// slot is a member's day.
type slot struct {
	user attendance.UserID
	day  attendance.Day
}

// schedulesPlan is what a shift plan comes to.
type schedulesPlan struct {
	ImportPlan
	shared  *shared
	group   attendance.GroupID
	who     *people
	persons map[attendance.UserID]*attendance.Person
	rules   *engine.Evaluator
	offers  map[attendance.GroupID]*offer
	have    map[slot]store.Scheduled
	said    map[slot]attendance.ShiftID
	entries []store.Scheduled
	now     int64
}

// offer is the shifts of a rule by their ids and names.
type offer struct {
	byID   map[attendance.ShiftID]*attendance.Shift
	names  []string                      // with the ids, in the order of the rule
	byName map[string]attendance.ShiftID // by the name in narrow letters and digits
}

func (a *App) planSchedules(tx *store.Tx, corp *Corp, rows []ShiftRow, group attendance.GroupID) (*schedulesPlan, error) {
	p := &schedulesPlan{
		group: group, now: a.Now(), offers: map[attendance.GroupID]*offer{}, said: map[slot]attendance.ShiftID{},
		have: map[slot]store.Scheduled{}, persons: map[attendance.UserID]*attendance.Person{},
	}
	var err error
	if p.shared, err = a.share(tx, corp, p.now); err != nil {
		return nil, err
	}
	if group != 0 {
		if _, err := p.offer(group); err != nil {
			return nil, err
		}
	}
	members, err := tx.Members(corp.ID, p.now, nil)
	if err != nil {
		return nil, err
	}
	p.who = newPeople(members)
	if err := p.read(tx, corp, rows); err != nil {
		return nil, err
	}
	for i := range rows {
		p.row(i, &rows[i])
	}
	return p, nil
}

// read gets the plan that there is, and where its members stand.
func (p *schedulesPlan) read(tx *store.Tx, corp *Corp, rows []ShiftRow) error {
	var users []attendance.UserID
	first, last := attendance.MaxDay, attendance.MinDay
	seen := map[attendance.UserID]bool{}
	for i := range rows {
		id, _, wrong := p.who.find(rows[i].User, rows[i].Name)
		if wrong == nil && !seen[id] {
			seen[id] = true
			users = append(users, id)
		}
		first, last = min(first, rows[i].Day), max(last, rows[i].Day)
	}
	have, err := tx.Schedules(corp.ID, users, first, last, p.now)
	if err != nil {
		return err
	}
	for _, s := range have {
		p.have[slot{s.User, s.Day}] = s
	}
	p.rules = p.shared.corp.NewEvaluator()
	people, err := tx.Facts(corp.ID, users, last, last, p.now, corp.Zone)
	for i := range people {
		p.persons[people[i].ID] = &people[i]
	}
	return err
}

// row plans one shift.
func (p *schedulesPlan) row(i int, row *ShiftRow) {
	id, field, wrong := p.who.find(row.User, row.Name)
	if wrong != nil {
		p.failed(i, field, wrong)
		return
	}
	group := p.group
	if group == 0 {
		rule := p.rules.Rule(p.persons[id], row.Day)
		if rule == nil || rule.Rule().Type != attendance.ShiftRule {
			if left := p.who.byKey[id.Fold()].Left; row.Day > left {
				p.issue(i, "shift", "%s has left: the last day was %s", id, left)
			} else {
				p.issue(i, "shift", "%s is under no shift rule on that day", id)
			}
			return
		}
		group = rule.Rule().ID
	}
	o, err := p.offer(group)
	if err != nil {
		p.failed(i, "shift", err)
		return
	}
	shift, ok := o.find(row.Shift)
	if !ok {
		p.failed(i, "shift", o.complaint(group))
		return
	}
	at := slot{id, row.Day}
	if other, twice := p.said[at]; twice {
		if other != shift {
			p.issue(i, "shift", "another shift of %s on that day stands before", id)
		}
		return
	}
	p.said[at] = shift
	p.consider(p.who, i, id, "shift", row.Day, row.Day)
	old, planned := p.have[at]
	switch {
	case planned && old.Shift == shift && (old.Group == group || old.Group == 0 && p.group == 0):
		p.Unchanged++
		return
	case planned:
		p.Changed++
	default:
		p.Added++
	}
	p.entries = append(p.entries, store.Scheduled{User: id, Scheduled: attendance.Scheduled{
		Day: row.Day, Shift: shift, Group: group, KnownAt: p.now,
	}})
}

// offer returns the shifts of a rule. Two shifts with one name are told apart
// by their ids alone.
func (p *schedulesPlan) offer(group attendance.GroupID) (*offer, error) {
	if o := p.offers[group]; o != nil {
		return o, nil
	}
	byID, err := p.shared.shifts(group)
	if err != nil {
		return nil, err
	}
	rule, err := p.shared.shiftRule(group)
	if err != nil {
		return nil, err
	}
	o := &offer{byID: byID, byName: map[string]attendance.ShiftID{}}
	for _, shift := range rule.Shifts {
		if shift.ID != 0 {
			o.names = append(o.names, fmt.Sprintf("%s (%d)", shift.Name, shift.ID))
		}
	}
	twice := map[string]bool{}
	for id, shift := range byID {
		name := width.Fold.String(shift.Name)
		_, taken := o.byName[name]
		twice[name] = twice[name] || taken
		o.byName[name] = id
	}
	for name, taken := range twice {
		if taken {
			delete(o.byName, name)
		}
	}
	p.offers[group] = o
	return o, nil
}

// find returns the shift that a text means, in wide letters and digits, too.
func (o *offer) find(text string) (attendance.ShiftID, bool) {
	text = width.Fold.String(text)
	if id, ok := o.byName[text]; ok {
		return id, true
	}
	if IsRest(text) {
		return 0, true
	}
	n, err := strconv.ParseInt(text, 10, 64)
	return attendance.ShiftID(n), err == nil && o.byID[attendance.ShiftID(n)] != nil
}

// complaint says what there is.
func (o *offer) complaint(group attendance.GroupID) *fault {
	return faultf("rule %d has no such shift: it has %s, and 休 for rest; --shifts says what else the table calls them", group, strings.Join(o.names, ", "))
}
