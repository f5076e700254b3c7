package checkin

import (
	"fmt"
	"iter"
	"slices"
	"time"

	"github.com/dakahq/daka/wecom"
)

// Validate refuses a rule that breaks the error list of document 98041, with
// 301093 or 301094 and the list's own text; the error it wraps around that
// names the member by its JSON path. The first line of the page that applies
// speaks. r is a whole rule: what an update leaves behind, not what it sends.
// The lines about dates are ValidateAt's.
//
// A member that is 0, false or empty and could not be so if it were set counts
// as not sent: there are clients that write all their members.
func (r *RuleWrite) Validate() error { return validateRule(r, false) }

// Problems returns all that Validate could say: an error for each line of the
// list that applies, about the first member that breaks it.
func (r *RuleWrite) Problems() []error { return slices.Collect(ruleProblems(r, false)) }

// validateRule is Validate; isNew says that the rule is not there yet.
func validateRule(r *RuleWrite, isNew bool) error {
	for err := range ruleProblems(r, isNew) {
		return err
	}
	return nil
}

func ruleProblems(r *RuleWrite, isNew bool) iter.Seq[error] {
	return func(yield func(error) bool) {
		v := newRuleView(r, isNew)
		for i := range ruleRows {
			row := &ruleRows[i]
			if row.check == nil {
				continue
			}
			if path := row.check(v); path != "" && !yield(row.at(path)) {
				return
			}
		}
	}
}

// ValidateAt refuses special days whose stamps are no midnight of loc, lie
// before the year 2000 or are not in the future of now (Unix seconds), and
// periods over a year, as Validate does. It looks at spe_workdays and
// spe_offdays alone, so that r may be what an update sends: days that a rule
// has had for long may well be past.
func (r *RuleWrite) ValidateAt(now int64, loc *time.Location) error {
	v, c := newRuleView(r, false), &calendar{now, loc}
	for i := range ruleRows {
		if row := &ruleRows[i]; row.dated != nil {
			if path := row.dated(v, c); path != "" {
				return row.at(path)
			}
		}
	}
	return nil
}

// ruleRow is a line of the error list. Its check returns the JSON path, below
// group, of the first member that breaks it; "" = none. A line without a check
// is never the answer; the reason stands beside it.
type ruleRow struct {
	code  wecom.Code
	text  string
	check func(*ruleView) string
	dated func(*ruleView, *calendar) string // in its place, for ValidateAt
}

func (row *ruleRow) at(path string) error {
	return fmt.Errorf("group.%s: %w", path, &wecom.Error{Code: row.code, Msg: row.text})
}

// ruleView is a rule laid out for the checks: what is alike and stands in
// several places of the document is in one list.
type ruleView struct {
	*RuleWrite
	isNew    bool
	kind     int64
	days     []dayView
	flexible []flexView
	special  []specialView
	overtime []confView
	rests    []restView
}

// dayView is a list of sections that belong to one day.
type dayView struct {
	owner    int    // workdayOwner and its kind
	path     string // of the list
	sections []Section
}

// The members that sections are part of.
const (
	workdayOwner = iota // checkindate
	shiftOwner          // schedulelist
	specialOwner        // spe_workdays
)

func newRuleView(r *RuleWrite, isNew bool) *ruleView {
	v := &ruleView{RuleWrite: r, isNew: isNew, kind: deref(r.GroupType)}
	for i := range r.CheckinDate {
		path, d := fmt.Sprintf("checkindate[%d]", i), &r.CheckinDate[i]
		v.days = append(v.days, dayView{workdayOwner, path + ".checkintime", d.CheckinTime})
		v.flexible = append(v.flexible, workdayFlex(path, d))
	}
	for i := range r.ScheduleList {
		path, s := fmt.Sprintf("schedulelist[%d]", i), &r.ScheduleList[i]
		v.days = append(v.days, dayView{shiftOwner, path + ".time_section", s.TimeSection})
		v.flexible = append(v.flexible, shiftFlex(path, s))
	}
	for i := range r.SpeWorkdays {
		path, d := fmt.Sprintf("spe_workdays[%d]", i), &r.SpeWorkdays[i]
		v.days = append(v.days, dayView{specialOwner, path + ".checkintime", d.CheckinTime})
		v.special = append(v.special, specialView{d, path, true})
	}
	for i := range r.SpeOffdays {
		v.special = append(v.special, specialView{&r.SpeOffdays[i], fmt.Sprintf("spe_offdays[%d]", i), false})
	}
	v.addOvertime()
	return v
}

// deref returns what p points to; a member that was not sent is 0.
func deref[T any](p *T) (v T) {
	if p != nil {
		v = *p
	}
	return v
}

// outside reports whether n is not within lo to hi.
func outside(n, lo, hi int64) bool { return n < lo || n > hi }

// when returns path if bad: most checks look at a member or two.
func when(bad bool, path string) string {
	if bad {
		return path
	}
	return ""
}
