package checkin

import "fmt"

const (
	maxFlex  = 21_600 // seconds
	maxLater = 36_000 // seconds, of a late rule
)

// flexView is what an element of checkindate or schedulelist says about coming
// and going at other times. 0 = not set.
type flexView struct {
	path      string
	owner     int
	asked     bool // allow_flex is sent, and true
	allowed   bool // it is true, sent or by default
	on, off   int64
	early     int64
	late      int64
	lateRule  LateRule
	old       bool // a member that is no longer in use is set, but for limit_offtime
	oldOffEnd bool // limit_offtime is set
}

func workdayFlex(path string, d *WorkdayWrite) flexView {
	return flexView{
		path: path, owner: workdayOwner, asked: deref(d.AllowFlex), allowed: deref(d.AllowFlex),
		on: deref(d.FlexOnDutyTime), off: deref(d.FlexOffDutyTime),
		early: deref(d.MaxAllowArriveEarly), late: deref(d.MaxAllowArriveLate), lateRule: deref(d.LateRule),
		old:       deref(d.FlexTime) != 0 || deref(d.LimitAheadtime) != 0 || deref(d.NoneedOffwork),
		oldOffEnd: deref(d.LimitOfftime) != 0,
	}
}

func shiftFlex(path string, s *ShiftWrite) flexView {
	return flexView{
		path: path, owner: shiftOwner, asked: deref(s.AllowFlex), allowed: s.AllowFlex == nil || *s.AllowFlex,
		on: deref(s.FlexOnDutyTime), off: deref(s.FlexOffDutyTime),
		early: deref(s.MaxAllowArriveEarly), late: deref(s.MaxAllowArriveLate), lateRule: deref(s.LateRule),
		old:       deref(s.FlexTime) != 0 || deref(s.LimitAheadtime) != 0 || deref(s.NoneedOffwork),
		oldOffEnd: deref(s.LimitOfftime) != 0,
	}
}

// tolerates and shifts report whether the one and the other pair is set.
func (f *flexView) tolerates() bool { return f.on != 0 || f.off != 0 }
func (f *flexView) shifts() bool    { return f.early != 0 || f.late != 0 }

// steps returns all tiers that are set, the single pair first.
func (f *flexView) steps() (steps []LateStep) {
	all := append([]LateStep{{deref(f.lateRule.OffworkAfterTime), deref(f.lateRule.OnworkFlexTime)}}, f.lateRule.TimeRules...)
	for _, s := range all {
		if s != (LateStep{}) {
			steps = append(steps, s)
		}
	}
	return steps
}

func firstFlex(v *ruleView, member string, bad func(*flexView) bool) string {
	for i := range v.flexible {
		if f := &v.flexible[i]; bad(f) {
			return f.path + "." + member
		}
	}
	return ""
}

func flexTooLong(v *ruleView) string {
	return firstFlex(v, "flex_on_duty_time", func(f *flexView) bool { return f.on > maxFlex || f.off > maxFlex })
}

func badFlex(v *ruleView) string {
	for i := range v.flexible {
		f := &v.flexible[i]
		for j, n := range []int64{f.on, f.off, f.early, f.late} {
			if outside(n, 0, maxFlex) || n%300 != 0 {
				names := []string{"flex_on_duty_time", "flex_off_duty_time", "max_allow_arrive_early", "max_allow_arrive_late"}
				return fmt.Sprintf("%s.%s", f.path, names[j])
			}
		}
	}
	return ""
}

// oldShiftMembers is the line that names limit_offtime, which shifts had and
// working days had not.
func oldShiftMembers(v *ruleView) string {
	return firstFlex(v, "limit_offtime", func(f *flexView) bool { return f.oldOffEnd || f.old && f.owner == shiftOwner })
}

func oldWorkdayMembers(v *ruleView) string {
	return firstFlex(v, "flex_time", func(f *flexView) bool { return f.old && f.owner == workdayOwner })
}

func flexWithoutPair(v *ruleView) string {
	return firstFlex(v, "allow_flex", func(f *flexView) bool { return f.asked && !f.tolerates() && !f.shifts() })
}

func bothPairs(v *ruleView) string {
	return firstFlex(v, "max_allow_arrive_early", func(f *flexView) bool { return f.tolerates() && f.shifts() })
}

func flexNotAllowed(v *ruleView) string {
	return firstFlex(v, "allow_flex", func(f *flexView) bool {
		set := f.tolerates() || f.shifts() || f.lateRule.AllowOffworkAfterTime || len(f.steps()) > 0
		return set && !f.allowed
	})
}

// badLateRule lets both numbers of a tier be anything by the other: what the
// page says of their order contradicts itself.
func badLateRule(v *ruleView) string {
	return firstFlex(v, "late_rule", func(f *flexView) bool {
		for _, s := range f.steps() {
			for _, n := range []int64{s.OffworkAfterTime, s.OnworkFlexTime} {
				if outside(n, 0, maxLater) || n%900 != 0 {
					return true
				}
			}
		}
		return false
	})
}

func lateRuleNotOpen(v *ruleView) string {
	return firstFlex(v, "late_rule.allow_offwork_after_time", func(f *flexView) bool {
		return !f.lateRule.AllowOffworkAfterTime && len(f.steps()) > 0
	})
}
