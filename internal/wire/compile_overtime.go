package wire

import (
	"cmp"
	"fmt"
	"slices"

	"github.com/dakahq/daka/internal/attendance"
)

// Defaults of overtime settings, in seconds (document 98041).
const (
	otStart   = 1800
	otMin     = 1800
	otMax     = 14_400
	otPerDay  = 28_800
	otStep    = 3600
	otLongest = 2 * attendance.SecondsPerDay
)

// overtime reads ot_info_v2, or where there is none the older ot_info. A rule
// that allows no overtime has the zero value, whatever else it says of it.
func (c *compiler) overtime(d *ruleDoc) attendance.OvertimeRules {
	rules := c.overtimeRules(d)
	for i := range rules.Conf {
		if rules.Conf[i].Allowed {
			return rules
		}
	}
	return attendance.OvertimeRules{}
}

func (c *compiler) overtimeRules(d *ruleDoc) attendance.OvertimeRules {
	v2 := &d.OtInfoV2
	if v2.Work == nil && v2.Rest == nil && v2.Holiday == nil {
		return c.oldOvertime(&d.OtInfo)
	}
	var rules attendance.OvertimeRules
	for _, conf := range []struct {
		name     string
		doc      *otConfDoc
		category attendance.Category
	}{
		{"workdayconf", v2.Work, attendance.Workday},
		{"restdayconf", v2.Rest, attendance.RestDay},
		{"holidayconf", v2.Holiday, attendance.HolidayDay},
	} {
		if conf.doc != nil {
			rules.Conf[conf.category] = c.overtimeConf("ot_info_v2."+conf.name, conf.doc)
		}
	}
	const path = "ot_info_v2.time_unit_config."
	u := &v2.Unit
	rules.Unit = attendance.OvertimeUnit{
		Days:      c.number(path+"ot_time_unit", u.Unit, 2, 2, 3) == 3,
		PerDay:    int32(c.number(path+"perday_duration_secs", u.PerDay, otPerDay, 1, attendance.SecondsPerDay)),
		Method:    attendance.Rounding(c.number(path+"rounding_method", u.Method, 1, 1, 3)),
		Precision: int32(c.number(path+"rounding_precision", u.Precision, 1, 0, 1)),
		Step:      int32(c.number(path+"step_size", u.Step, otStep, 1, attendance.SecondsPerDay)),
	}
	return rules
}

func (c *compiler) overtimeConf(path string, d *otConfDoc) attendance.OvertimeConf {
	conf := attendance.OvertimeConf{
		Allowed: d.Allow.or(false),
		By:      attendance.OvertimeBy(c.number(path+".type", d.Type, int64(attendance.ByRequests), 0, 2)),
		Range:   attendance.OvertimeRange(c.number(path+".ot_time_range", d.Range, 0, 0, 2)),
	}
	if d.TransEnable.or(false) {
		conf.Credit = attendance.OvertimeCredit(c.number(path+".ot_trans_type", d.TransType, 1, 1, 2))
	}
	block, name := &d.Both, path+".applycheckin"
	switch conf.By {
	case attendance.ByPunches:
		block, name = &d.Checkin, path+".checkin"
	case attendance.ByRequests:
		block, name = &d.Apply, path+".apply"
	}
	conf.Start = int32(c.number(name+".ot_time_start", block.Start, otStart, 0, otLongest))
	conf.Min = int32(c.number(name+".ot_time_min", block.Min, otMin, 0, otLongest))
	conf.Max = int32(c.number(name+".ot_time_max", block.Max, otMax, 0, otLongest))
	conf.Rest = c.overtimeRest(name+".restinfo", &block.Rests)
	return conf
}

func (c *compiler) overtimeRest(path string, d *otRestDoc) (rest attendance.OvertimeRest) {
	switch c.number(path+".type", d.Type, 0, 0, 2) {
	case 1:
		list, name := d.List, "fix_time_rule_list"
		if len(list) == 0 && d.Fixed.End.set {
			list, name = []otFixedDoc{d.Fixed}, "fix_time_rule"
		}
		for i, f := range list {
			at := fmt.Sprintf("%s.%s[%d]", path, name, i)
			from := c.number(at+".fix_time_begin_sec", f.Begin, 0, 0, otLongest)
			to := c.number(at+".fix_time_end_sec", f.End, 0, 0, otLongest)
			if from >= to {
				c.fail(at+".fix_time_end_sec", "%d is not after fix_time_begin_sec %d", to, from)
			}
			rest.Fixed = append(rest.Fixed, attendance.Span{From: attendance.TimeOfDay(from), To: attendance.TimeOfDay(to)})
		}
	case 2:
		for i, item := range d.Length.Items {
			at := fmt.Sprintf("%s.cal_ottime_rule.items[%d]", path, i)
			rest.ByLength = append(rest.ByLength, attendance.RestStep{
				Length: int32(c.number(at+".ot_time", item.Length, 0, 0, otLongest)),
				Rest:   int32(c.number(at+".rest_time", item.Rest, 0, 0, otLongest)),
			})
		}
		slices.SortStableFunc(rest.ByLength, func(a, b attendance.RestStep) int { return cmp.Compare(a.Length, b.Length) })
	}
	return rest
}

// oldOvertime reads ot_info. Its settings for days that are not worked hold for
// rest days and holidays; it counts in tenths of hours and credits nothing.
func (c *compiler) oldOvertime(d *oldOtDoc) attendance.OvertimeRules {
	by := attendance.OvertimeBy(c.number("ot_info.type", d.Type, int64(attendance.ByRequests), 0, 2))
	block, path := &d.Check, "ot_info.otcheckinfo."
	allowWork, allowRest := d.AllowWork.or(false), d.AllowRest.or(false)
	if by == attendance.ByBoth {
		block, path = &d.Apply, "ot_info.otapplyinfo."
		allowWork, allowRest = block.AllowWork.or(allowWork), block.AllowRest.or(allowRest)
	}
	work := attendance.OvertimeConf{
		Allowed: allowWork, By: by,
		Start: int32(c.number(path+"ot_workingday_time_start", block.WorkStart, otStart, 0, otLongest)),
		Min:   int32(c.number(path+"ot_workingday_time_min", block.WorkMin, otMin, 0, otLongest)),
		Max:   int32(c.number(path+"ot_workingday_time_max", block.WorkMax, otMax, 0, otLongest)),
		Rest:  c.overtimeRest(path+"ot_workingday_restinfo", &block.WorkRests),
	}
	rest := attendance.OvertimeConf{
		Allowed: allowRest, By: by,
		Min:  int32(c.number(path+"ot_nonworkingday_time_min", block.RestMin, otMin, 0, otLongest)),
		Max:  int32(c.number(path+"ot_nonworkingday_time_max", block.RestMax, otMax, 0, otLongest)),
		Rest: c.overtimeRest(path+"ot_nonworkingday_restinfo", &block.RestRests),
	}
	if by == attendance.ByRequests {
		work.Rest, rest.Rest = attendance.OvertimeRest{}, attendance.OvertimeRest{}
	}
	return attendance.OvertimeRules{
		Conf: [attendance.HolidayDay + 1]attendance.OvertimeConf{work, rest, rest},
		Unit: attendance.OvertimeUnit{PerDay: otPerDay, Method: attendance.RoundHalfUp, Precision: 1, Step: otStep},
	}
}
