package wire

import (
	"fmt"

	"github.com/dakahq/daka/internal/attendance"
)

// RuleForm says which of WeCom's two shapes a stored rule document has.
type RuleForm string

// The two forms. They are stored: never change them.
const (
	FormRead  RuleForm = "read"  // as getcorpcheckinoption answers
	FormWrite RuleForm = "write" // as add_checkin_option takes
)

// CompileRule turns a rule document, the object under "group", into the rule
// the engine works with (WeCom documents 90263, 93384 and 98041). Dates are days
// of zone. It accepts whatever has a meaning, also what the write calls would
// refuse; the error names the first member that has none by its JSON path.
//
// Members that are absent take WeCom's defaults, which differ by form.
// Punch windows that are absent are made up as compile_window.go says.
func CompileRule(doc []byte, form RuleForm, zone *attendance.Zone) (*attendance.Rule, error) {
	if form != FormRead && form != FormWrite {
		return nil, fmt.Errorf("rule form %q is neither %q nor %q", form, FormRead, FormWrite)
	}
	var d ruleDoc
	if err := decode(doc, &d); err != nil {
		return nil, err
	}
	c := &compiler{form: form, zone: zone}
	r := c.rule(&d)
	if c.err != nil {
		return nil, c.err
	}
	return r, nil
}

// compiler keeps the first problem, so that the steps need not check for one
// after each member.
type compiler struct {
	form RuleForm
	zone *attendance.Zone
	typ  attendance.RuleType
	err  error
}

func (c *compiler) fail(path, format string, args ...any) {
	if c.err == nil {
		c.err = fmt.Errorf("%s: %s", path, fmt.Sprintf(format, args...))
	}
}

// number returns n, or def where it is not set; it refuses what lies outside
// lo to hi.
func (c *compiler) number(path string, n number, def, lo, hi int64) int64 {
	if !n.set {
		return def
	}
	if n.v < lo || n.v > hi {
		c.fail(path, "%d is not between %d and %d", n.v, lo, hi)
		return def
	}
	return n.v
}

const maxID = 1<<53 - 1 // what every JSON reader still reads exactly

func (c *compiler) rule(d *ruleDoc) *attendance.Rule {
	if !d.GroupType.set {
		c.fail("grouptype", "is missing")
	}
	c.typ = attendance.RuleType(c.number("grouptype", d.GroupType, 0, 1, 3))
	r := &attendance.Rule{
		ID:             attendance.GroupID(c.number("groupid", d.GroupID, 0, 0, maxID)),
		Name:           string(d.GroupName),
		Type:           c.typ,
		Range:          c.ruleRange(&d.Range),
		Exempt:         users(d.WhiteUsers),
		SyncHolidays:   c.typ != attendance.ShiftRule && d.SyncHolidays.or(c.form == FormWrite),
		RestDayPunches: d.AllowRestDay.or(false),
		Places:         attendance.PlacePolicy(c.number("option_out_range", d.OptionOutRange, 0, 0, 2)),
		SyncOutside:    d.SyncOutCheckin.or(false),
		Method:         c.method(d),
		OffInterval:    int32(c.number("offwork_interval_time", d.OffInterval, 0, 0, attendance.SecondsPerDay)),
		RestDayStart:   c.restDayStart(d),
		FreeStandard:   -1,
		Corrections:    c.corrections(d),
		Overtime:       c.overtime(d),
	}
	for week := range r.Weeks {
		for weekday := range r.Weeks[week] {
			r.Weeks[week][weekday] = -1
		}
	}
	switch c.typ {
	case attendance.FixedRule:
		c.workdays(r, d.CheckinDate)
		r.SpecialWork = c.specialDays("spe_workdays", d.SpeWorkdays, true)
		for i := range r.SpecialWork {
			likeWorkday(&r.SpecialWork[i].DaySpec, r, d.CheckinDate)
		}
	case attendance.ShiftRule:
		r.Shifts = c.shifts(d.ScheduleList)
	case attendance.FreeRule:
		c.workdays(r, d.CheckinDate)
		r.DayStart = attendance.TimeOfDay(c.number("span_day_time", d.SpanDayTime, 0, 0, attendance.SecondsPerDay-1))
		r.FreeStandard = int32(c.number("standard_work_duration", d.StandardDuration, -1, -1, attendance.SecondsPerDay))
	}
	r.SpecialOff = c.specialDays("spe_offdays", d.SpeOffdays, false)
	return r
}

// method returns how punches pair. The page's example of the read form has
// "group." before the name.
func (c *compiler) method(d *ruleDoc) attendance.PunchMethod {
	def := attendance.OnePair
	if c.typ == attendance.FreeRule {
		def = attendance.ManyPairs
	}
	path, n := "checkin_method_type", d.Method
	if !n.set && d.MethodSlip.set {
		path, n = "group.checkin_method_type", d.MethodSlip
	}
	return attendance.PunchMethod(c.number(path, n, int64(def), 0, 2))
}

func (c *compiler) restDayStart(d *ruleDoc) attendance.TimeOfDay {
	const name = ".ot_nonworkingday_spanday_time"
	check := c.number("ot_info.otcheckinfo"+name, d.OtInfo.Check.SpanDay, 0, 0, attendance.SecondsPerDay-1)
	apply := c.number("ot_info.otapplyinfo"+name, d.OtInfo.Apply.SpanDay, 0, 0, attendance.SecondsPerDay-1)
	if check != 0 {
		return attendance.TimeOfDay(check)
	}
	return attendance.TimeOfDay(apply)
}

func (c *compiler) corrections(d *ruleDoc) attendance.CorrectionPolicy {
	p := attendance.CorrectionPolicy{
		Allowed:        d.AllowCorrections.or(false),
		PerMonth:       int(c.number("allow_apply_bk_cnt", d.CorrectionCount, -1, -1, 1<<30)),
		DayLimit:       int(c.number("allow_apply_bk_day_limit", d.CorrectionDayLimit, -1, -1, 1<<30)),
		NextMonthUntil: int(c.number("buka_limit_next_month", d.CorrectionMonth, -1, -1, 31)),
		Closed:         d.CorrectionClosed.v,
	}
	// Neither limit counts from 0: some clients send it for "not set".
	if p.DayLimit == 0 {
		p.DayLimit = -1
	}
	if p.NextMonthUntil == 0 {
		p.NextMonthUntil = -1
	}
	return p
}

func (c *compiler) ruleRange(d *rangeDoc) attendance.Range {
	r := attendance.Range{Users: users(d.Users)}
	for _, list := range []struct {
		name string
		ids  []number
	}{{"party_id", d.Party}, {"partyid", d.PartyAlt}} {
		for i, n := range list.ids {
			path := fmt.Sprintf("range.%s[%d]", list.name, i)
			if id := c.number(path, n, 0, 0, maxID); id != 0 {
				r.Depts = append(r.Depts, attendance.DeptID(id))
			}
		}
	}
	for i, n := range d.Tags {
		if id := c.number(fmt.Sprintf("range.tagid[%d]", i), n, 0, 0, maxID); id != 0 {
			r.Tags = append(r.Tags, attendance.TagID(id))
		}
	}
	return r
}

func users(names []text) []attendance.UserID {
	var ids []attendance.UserID
	for _, n := range names {
		if n != "" {
			ids = append(ids, attendance.UserID(n))
		}
	}
	return ids
}
