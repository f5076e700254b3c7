package verify

import (
	"strings"

	"github.com/dakahq/daka/internal/attendance"
)

// reason is what our report of a day says of itself: what makes two
// differences of one field two causes.
type reason struct {
	rule     string // type of the rule; "" = none
	basis    string // why the day is of its kind
	findings [attendance.Device + 1]string
	overtime string
}

var ruleTypes = map[attendance.RuleType]string{
	attendance.FixedRule: "fixed", attendance.ShiftRule: "shift", attendance.FreeRule: "free",
}

var bases = map[attendance.Basis]string{
	attendance.BasisNoRule: "no_rule", attendance.BasisSpecialWork: "special_work", attendance.BasisSpecialOff: "special_off",
	attendance.BasisHoliday: "holiday", attendance.BasisMakeup: "makeup", attendance.BasisWeekday: "weekday",
	attendance.BasisRestWeekday: "rest_weekday", attendance.BasisShift: "shift", attendance.BasisRestShift: "rest_shift",
	attendance.BasisUnscheduled: "unscheduled", attendance.BasisUnknownShift: "unknown_shift",
}

var clauses = map[attendance.Clause]string{
	attendance.ClauseLate: "late", attendance.ClauseEarly: "early", attendance.ClauseLateFlexible: "past_flexible_start",
	attendance.ClauseMissing: "missing", attendance.ClauseAbsentDay: "absent_day", attendance.ClauseAbsentSection: "absent_section",
	attendance.ClauseAbsentFree: "absent_free", attendance.ClauseOutOfRange: "out_of_range", attendance.ClauseNewDevice: "new_device",
	attendance.ClauseLateAfterApproval: "late_after_approval", attendance.ClauseEarlyBeforeApproval: "early_before_approval",
}

// overtimeBy names what makes overtime, by attendance.OvertimeBy.
var overtimeBy = [...]string{
	attendance.ByBoth: "by_both", attendance.ByPunches: "by_punches", attendance.ByRequests: "by_requests",
}

// categories names the categories of days.
var categories = [...]string{
	attendance.Workday: "workday", attendance.RestDay: "rest_day", attendance.HolidayDay: "holiday",
}

func reasonOf(r *attendance.DayReport) reason {
	out := reason{basis: bases[r.Kind.Basis]}
	if rule := r.Kind.Rule; rule != nil {
		out.rule = ruleTypes[rule.Type]
		conf := &rule.Overtime.Conf[r.Kind.Category]
		out.overtime = categories[r.Kind.Category] + " not_allowed"
		if conf.Allowed {
			out.overtime = categories[r.Kind.Category] + " " + overtimeBy[conf.By]
		}
	}
	for i := range r.Findings {
		f := &r.Findings[i]
		if f.Code > attendance.Device || out.findings[f.Code] != "" {
			continue
		}
		text := clauses[f.Reason.Clause]
		if f.Reason.Tolerance > 0 {
			text += " beyond_tolerance"
		}
		if r.Earned != (attendance.Earned{}) && f.Code == attendance.Late {
			text += " stayed_before"
		}
		out.findings[f.Code] = text
	}
	return out
}

// of returns what the report says about a cause.
func (r *reason) of(c Cause) string {
	switch c {
	case CauseLate:
		return r.findings[attendance.Late]
	case CauseEarly:
		return r.findings[attendance.Early]
	case CauseMissing:
		return strings.TrimSpace(r.findings[attendance.Missing] + " " + r.findings[attendance.Absent])
	case CausePlace:
		return r.findings[attendance.Location]
	case CauseDevice:
		return r.findings[attendance.Device]
	case CauseOvertime:
		return r.overtime
	case CauseNames, CauseWording, CauseIdentity:
		return ""
	}
	return r.basis
}
