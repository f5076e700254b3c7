package checkin

import (
	"bytes"
	"fmt"
)

const (
	maxTransRatio = 3000   // per cent
	maxOtLimit    = 43_200 // seconds
	defaultOtMin  = 1800   // seconds
	defaultOtMax  = 14_400 // seconds
)

// confView is how overtime counts on one kind of day.
type confView struct {
	*OtConf
	path string
}

// addOvertime lists the parts of ot_info_v2.
func (v *ruleView) addOvertime() {
	ot := deref(v.OtInfoV2)
	for _, c := range []confView{{ot.WorkdayConf, "workdayconf"}, {ot.RestdayConf, "restdayconf"}, {ot.HolidayConf, "holidayconf"}} {
		if c.OtConf == nil {
			continue
		}
		c.path = "ot_info_v2." + c.path
		v.overtime = append(v.overtime, c)
		for _, r := range []restView{
			{deref(c.Apply).RestInfo, "apply", c.path},
			{deref(c.ApplyCheckin).RestInfo, "applycheckin", c.path},
			{deref(c.Checkin).RestInfo, "checkin", c.path},
		} {
			if r.OtRestInfo != nil {
				r.path += "." + r.part + ".restinfo"
				v.rests = append(v.rests, r)
			}
		}
	}
}

// oldOvertime takes null and {} for an ot_info that was not sent.
func oldOvertime(v *ruleView) string {
	text := string(bytes.Join(bytes.Fields(v.OtInfo), nil))
	return when(text != "" && text != "null" && text != "{}", "ot_info")
}

func noOvertime(v *ruleView) string { return when(v.OtInfoV2 == nil, "ot_info_v2") }

// noOvertimeConf refuses what no source allows: the page's example does with
// workdayconf, its field table with the two others, its list with all three.
func noOvertimeConf(v *ruleView) string {
	ot := deref(v.OtInfoV2)
	return when(ot.WorkdayConf == nil && (ot.RestdayConf == nil || ot.HolidayConf == nil), "ot_info_v2")
}

func firstConf(v *ruleView, member string, bad func(*OtConf) bool) string {
	for _, c := range v.overtime {
		if bad(c.OtConf) {
			return fmt.Sprintf("%s.%s", c.path, member)
		}
	}
	return ""
}

func badOvertimeType(v *ruleView) string {
	return firstConf(v, "type", func(c *OtConf) bool { return outside(deref(c.Type), OTByBoth, OTByApproval) })
}

func badTransType(v *ruleView) string {
	return firstConf(v, "ot_trans_type", func(c *OtConf) bool { return outside(deref(c.OtTransType), 0, 2) })
}

func badTransRatio(v *ruleView) string {
	return firstConf(v, "vacation.trans_ratio", func(c *OtConf) bool {
		return outside(deref(deref(c.Vacation).TransRatio), 0, maxTransRatio)
	})
}

// badOtLimits holds ot_time_start to the same 720 minutes. A maximum of 0 is
// one that was not sent.
func badOtLimits(v *ruleView) string {
	return firstConf(v, "checkin.ot_time_min", func(c *OtConf) bool {
		if c.Checkin == nil {
			return false
		}
		start, least, most := deref(c.Checkin.OtTimeStart), int64(defaultOtMin), deref(c.Checkin.OtTimeMax)
		if c.Checkin.OtTimeMin != nil {
			least = *c.Checkin.OtTimeMin
		}
		if most == 0 {
			most = defaultOtMax
		}
		return outside(start, 0, maxOtLimit) || outside(least, 0, maxOtLimit) || outside(most, 0, maxOtLimit) || least >= most
	})
}
