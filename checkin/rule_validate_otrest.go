package checkin

import (
	"cmp"
	"slices"
)

const (
	maxRestSteps   = 5
	maxRestPeriods = 10
	maxRestTime    = 21_600 // seconds
)

// restView is what is taken off one way of counting overtime.
type restView struct {
	*OtRestInfo
	part string // apply, applycheckin or checkin
	path string
}

func (r *restView) steps() []OtRestStep { return deref(r.CalOttimeRule).Items }

func firstRest(v *ruleView, member string, bad func(*restView) bool) string {
	for i := range v.rests {
		if r := &v.rests[i]; bad(r) {
			return r.path + "." + member
		}
	}
	return ""
}

func badRestType(part string) func(*ruleView) string {
	return func(v *ruleView) string {
		return firstRest(v, "type", func(r *restView) bool {
			return r.part == part && outside(r.Type, RestNone, RestByLength)
		})
	}
}

func restNotAsked(v *ruleView) string {
	return firstRest(v, "type", func(r *restView) bool {
		return r.Type == RestNone && len(r.steps())+len(r.FixTimeRuleList) > 0
	})
}

func periodsByLength(v *ruleView) string {
	return firstRest(v, "fix_time_rule_list", func(r *restView) bool {
		return r.Type == RestByLength && len(r.FixTimeRuleList) > 0
	})
}

func stepsByPeriod(v *ruleView) string {
	return firstRest(v, "cal_ottime_rule", func(r *restView) bool { return r.Type == RestFixed && len(r.steps()) > 0 })
}

func badRestSteps(v *ruleView) string {
	return firstRest(v, "cal_ottime_rule.items", func(r *restView) bool {
		return r.Type == RestByLength && outside(int64(len(r.steps())), 1, maxRestSteps)
	})
}

// halfRestStep takes 0 for missing: a tier of no overtime, or one that takes
// nothing off, says nothing.
func halfRestStep(v *ruleView) string {
	return firstRest(v, "cal_ottime_rule.items", func(r *restView) bool {
		return slices.ContainsFunc(r.steps(), func(s OtRestStep) bool { return s.OtTime == 0 || s.RestTime == 0 })
	})
}

func badRestTime(v *ruleView) string {
	return firstRest(v, "cal_ottime_rule.items", func(r *restView) bool {
		return slices.ContainsFunc(r.steps(), func(s OtRestStep) bool {
			return outside(s.RestTime, 0, maxRestTime) || s.RestTime%900 != 0 || s.OtTime != 0 && s.RestTime > s.OtTime
		})
	})
}

func badOtTime(v *ruleView) string {
	return firstRest(v, "cal_ottime_rule.items", func(r *restView) bool {
		last := int64(0)
		return slices.ContainsFunc(r.steps(), func(s OtRestStep) bool {
			rising := s.OtTime > last && s.OtTime%900 == 0
			last = s.OtTime
			return !rising
		})
	})
}

func badRestPeriods(v *ruleView) string {
	return firstRest(v, "fix_time_rule_list", func(r *restView) bool {
		return r.Type == RestFixed && outside(int64(len(r.FixTimeRuleList)), 1, maxRestPeriods)
	})
}

// halfRestPeriod knows a missing end alone: a begin of 0 is midnight.
func halfRestPeriod(v *ruleView) string {
	return firstRest(v, "fix_time_rule_list", func(r *restView) bool {
		return slices.ContainsFunc(r.FixTimeRuleList, func(p OtFixedRest) bool { return p.FixTimeEndSec == 0 })
	})
}

func badRestPeriod(v *ruleView) string {
	return firstRest(v, "fix_time_rule_list", func(r *restView) bool {
		periods := slices.DeleteFunc(slices.Clone(r.FixTimeRuleList), func(p OtFixedRest) bool { return p.FixTimeEndSec == 0 })
		slices.SortFunc(periods, func(a, b OtFixedRest) int { return cmp.Compare(a.FixTimeBeginSec, b.FixTimeBeginSec) })
		for i, p := range periods {
			begin, end := p.FixTimeBeginSec, p.FixTimeEndSec
			if begin%60 != 0 || end%60 != 0 || outside(begin, 0, nextLast) || outside(end, 0, nextLast) ||
				outside(end-begin, 60, nextMidnight) || i > 0 && begin < periods[i-1].FixTimeEndSec {
				return true
			}
		}
		return false
	})
}
