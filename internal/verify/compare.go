package verify

import (
	"cmp"
	"slices"
	"strings"

	"github.com/dakahq/daka/checkin"
)

// day compares two reports of a day (WeCom document 93374). Lists are compared
// by what names their items, not by their order; an item that counts nothing is
// as good as none.
func (c *comparer) day(ours, theirs *checkin.DayData) {
	o, t := &ours.BaseInfo, &theirs.BaseInfo
	c.number(CauseIdentity, o.Date, t.Date, "base_info.date")
	c.text(CauseIdentity, strings.ToLower(o.AcctID), strings.ToLower(t.AcctID), "base_info.acctid")
	c.names("base_info.", [3]string{o.Name, o.NameEx, o.DepartsName}, [3]string{t.Name, t.NameEx, t.DepartsName})
	c.number(CauseRecordType, o.RecordType, t.RecordType, "base_info.record_type")
	c.number(CauseDayKind, o.DayType, t.DayType, "base_info.day_type")
	c.rule(&o.RuleInfo, &t.RuleInfo)

	s, u := &ours.SummaryInfo, &theirs.SummaryInfo
	c.number(CauseDayKind, s.StandardWorkSec, u.StandardWorkSec, "summary_info.standard_work_sec")
	c.number(CauseHours, s.RegularWorkSec, u.RegularWorkSec, "summary_info.regular_work_sec")
	c.number(CauseCards, s.CheckinCount, u.CheckinCount, "summary_info.checkin_count")
	c.number(CauseCards, s.EarliestTime, u.EarliestTime, "summary_info.earliest_time")
	c.number(CauseCards, s.LatestTime, u.LatestTime, "summary_info.lastest_time")

	c.exceptions(ours.ExceptionInfos, theirs.ExceptionInfos)
	c.requests(ours.HolidayInfos, theirs.HolidayInfos)
	c.items(ours.SPItems, theirs.SPItems)
	c.overtime(&ours.OTInfo, &theirs.OTInfo)
}

// month compares two sums of a window (WeCom document 93387).
func (c *comparer) month(ours, theirs *checkin.MonthData) {
	o, t := &ours.BaseInfo, &theirs.BaseInfo
	c.text(CauseIdentity, strings.ToLower(o.AcctID), strings.ToLower(t.AcctID), "base_info.acctid")
	c.names("base_info.", [3]string{o.Name, o.NameEx, o.DepartsName}, [3]string{t.Name, t.NameEx, t.DepartsName})
	c.number(CauseRecordType, o.RecordType, t.RecordType, "base_info.record_type")
	c.number(CauseRule, o.RuleInfo.GroupID, t.RuleInfo.GroupID, "base_info.rule_info.groupid")
	c.text(CauseRule, o.RuleInfo.GroupName, t.RuleInfo.GroupName, "base_info.rule_info.groupname")

	s, u := &ours.SummaryInfo, &theirs.SummaryInfo
	c.number(CauseDays, s.WorkDays, u.WorkDays, "summary_info.work_days")
	c.number(CauseDays, s.RestDays, u.RestDays, "summary_info.rest_days")
	c.number(CauseExceptional, s.RegularDays, u.RegularDays, "summary_info.regular_days")
	c.number(CauseExceptional, s.ExceptDays, u.ExceptDays, "summary_info.except_days")
	c.number(CauseDayKind, s.StandardWorkSec, u.StandardWorkSec, "summary_info.standard_work_sec")
	c.number(CauseHours, s.RegularWorkSec, u.RegularWorkSec, "summary_info.regular_work_sec")

	c.exceptions(ours.ExceptionInfos, theirs.ExceptionInfos)
	c.items(ours.SPItems, theirs.SPItems)
	v, w := &ours.OverworkInfo, &theirs.OverworkInfo
	c.number(CauseOvertime, v.WorkdayOverSec, w.WorkdayOverSec, "overwork_info.workday_over_sec")
	c.number(CauseOvertime, v.RestdaysOverSec, w.RestdaysOverSec, "overwork_info.restdays_over_sec")
	c.credit(CauseOvertime, v.HolidaysOverSec, w.HolidaysOverSec, "overwork_info.holidays_over_sec")
	c.number(CauseOvertime, v.WorkdaysOverAsVacation, w.WorkdaysOverAsVacation, "overwork_info.workdays_over_as_vacation")
	c.number(CauseOvertime, v.WorkdaysOverAsMoney, w.WorkdaysOverAsMoney, "overwork_info.workdays_over_as_money")
	c.number(CauseOvertime, v.RestdaysOverAsVacation, w.RestdaysOverAsVacation, "overwork_info.restdays_over_as_vacation")
	c.number(CauseOvertime, v.RestdaysOverAsMoney, w.RestdaysOverAsMoney, "overwork_info.restdays_over_as_money")
	c.number(CauseOvertime, v.HolidaysOverAsVacation, w.HolidaysOverAsVacation, "overwork_info.holidays_over_as_vacation")
	c.number(CauseOvertime, v.HolidaysOverAsMoney, w.HolidaysOverAsMoney, "overwork_info.holidays_over_as_money")
}

// names compares what the contacts say of a member.
func (c *comparer) names(at string, ours, theirs [3]string) {
	for i, name := range [3]string{"name", "name_ex", "departs_name"} {
		c.text(CauseNames, ours[i], theirs[i], at+name)
	}
}

func (c *comparer) rule(ours, theirs *checkin.DayRuleInfo) {
	c.number(CauseRule, ours.GroupID, theirs.GroupID, "base_info.rule_info.groupid")
	c.text(CauseRule, ours.GroupName, theirs.GroupName, "base_info.rule_info.groupname")
	c.number(CauseShift, ours.ScheduleID, theirs.ScheduleID, "base_info.rule_info.scheduleid")
	c.text(CauseShift, ours.ScheduleName, theirs.ScheduleName, "base_info.rule_info.schedulename")
	n := max(len(ours.CheckinTime), len(theirs.CheckinTime))
	c.number(CauseDayKind, int64(len(ours.CheckinTime)), int64(len(theirs.CheckinTime)), "len(base_info.rule_info.checkintime)")
	for i := range n {
		if i < len(ours.CheckinTime) && i < len(theirs.CheckinTime) {
			o, t := ours.CheckinTime[i], theirs.CheckinTime[i]
			c.number(CauseDayKind, o.WorkSec, t.WorkSec, "base_info.rule_info.checkintime[%d].work_sec", int64(i))
			c.number(CauseDayKind, o.OffWorkSec, t.OffWorkSec, "base_info.rule_info.checkintime[%d].off_work_sec", int64(i))
		}
	}
}

// exceptionCause is the cause that differences of an exception have.
func exceptionCause(code int64) Cause {
	switch code {
	case checkin.ExceptionLate:
		return CauseLate
	case checkin.ExceptionEarly:
		return CauseEarly
	case checkin.ExceptionMissing, checkin.ExceptionAbsent: // what one is not is the other
		return CauseMissing
	case checkin.ExceptionPlace:
		return CausePlace
	}
	return CauseDevice
}

func (c *comparer) exceptions(ours, theirs []checkin.ExceptionInfo) {
	type pair struct{ ours, theirs checkin.ExceptionInfo }
	byCode := func(x checkin.ExceptionInfo) int64 { return x.Exception }
	eachKey(ours, theirs, byCode, cmp.Compare[int64], func(code int64, o, t []checkin.ExceptionInfo) {
		var p pair
		for _, x := range o {
			p.ours.Count, p.ours.Duration = p.ours.Count+x.Count, p.ours.Duration+x.Duration
		}
		for _, x := range t {
			p.theirs.Count, p.theirs.Duration = p.theirs.Count+x.Count, p.theirs.Duration+x.Duration
		}
		c.number(exceptionCause(code), p.ours.Count, p.theirs.Count, "exception_infos[exception=%d].count", code)
		c.number(exceptionCause(code), p.ours.Duration, p.theirs.Duration, "exception_infos[exception=%d].duration", code)
	})
}

// requests compares the approvals that touch a day, by their numbers.
func (c *comparer) requests(ours, theirs []checkin.HolidayInfo) {
	byNumber := func(h checkin.HolidayInfo) string { return h.SPNumber }
	eachKey(ours, theirs, byNumber, strings.Compare, func(no string, o, t []checkin.HolidayInfo) {
		path := "holiday_infos[sp_number=" + no + "]"
		c.fields++
		switch {
		case len(t) == 0:
			c.differ(CauseRequest, no, nil, path)
		case len(o) == 0:
			c.differ(CauseRequest, nil, no, path)
		default:
			c.text(CauseWording, first(o[0].SPTitle), first(t[0].SPTitle), path+".sp_title")
			c.text(CauseWording, first(o[0].SPDescription), first(t[0].SPDescription), path+".sp_description")
		}
	})
}

// first is a text in the language that WeCom sends alone.
func first(t checkin.Text) string {
	if len(t.Data) == 0 {
		return ""
	}
	return t.Data[0].Text
}

// itemCause is the cause that differences of an item of sp_items have.
func itemCause(kind int64) Cause {
	switch kind {
	case checkin.SPCorrection:
		return CauseCorrection
	case checkin.SPFieldWork, checkin.SPApprovalPunch:
		return CauseFieldWork
	}
	return CauseRequest
}

func (c *comparer) items(ours, theirs []checkin.SPItem) {
	type key struct{ kind, vacation int64 }
	byKind := func(i checkin.SPItem) key { return key{i.Type, i.VacationID} }
	compare := func(a, b key) int { return cmp.Or(cmp.Compare(a.kind, b.kind), cmp.Compare(a.vacation, b.vacation)) }
	eachKey(ours, theirs, byKind, compare, func(k key, o, t []checkin.SPItem) {
		var a, b checkin.SPItem
		for _, i := range o {
			a.Count, a.Duration = a.Count+i.Count, a.Duration+i.Duration
		}
		for _, i := range t {
			b.Count, b.Duration = b.Count+i.Count, b.Duration+i.Duration
		}
		cause := itemCause(k.kind)
		c.number(cause, a.Count, b.Count, "sp_items[type=%d,vacation_id=%d].count", k.kind, k.vacation)
		c.number(cause, a.Duration, b.Duration, "sp_items[type=%d,vacation_id=%d].duration", k.kind, k.vacation)
		if a.Count > 0 && b.Count > 0 {
			c.number(cause, o[0].TimeType, t[0].TimeType, "sp_items[type=%d,vacation_id=%d].time_type", k.kind, k.vacation)
			c.fields++
			if o[0].Name != t[0].Name {
				c.differ(CauseWording, o[0].Name, t[0].Name, "sp_items[type=%d,vacation_id=%d].name", k.kind, k.vacation)
			}
		}
	})
}

func (c *comparer) overtime(ours, theirs *checkin.OTInfo) {
	c.number(CauseOvertime, ours.OTStatus, theirs.OTStatus, "ot_info.ot_status")
	c.number(CauseOvertime, ours.OTDuration, theirs.OTDuration, overtimePath)
	c.number(CauseOvertime, int64(len(ours.ExceptionDuration)), int64(len(theirs.ExceptionDuration)), "len(ot_info.exception_duration)")
	for i := range min(len(ours.ExceptionDuration), len(theirs.ExceptionDuration)) {
		c.number(CauseOvertime, ours.ExceptionDuration[i], theirs.ExceptionDuration[i], "ot_info.exception_duration[%d]", int64(i))
	}
	c.credit(CauseOvertime, ours.WorkdayOverAsVacation, theirs.WorkdayOverAsVacation, "ot_info.workday_over_as_vacation")
	c.credit(CauseOvertime, ours.WorkdayOverAsMoney, theirs.WorkdayOverAsMoney, "ot_info.workday_over_as_money")
	c.credit(CauseOvertime, ours.RestdayOverAsVacation, theirs.RestdayOverAsVacation, "ot_info.restday_over_as_vacation")
	c.credit(CauseOvertime, ours.RestdayOverAsMoney, theirs.RestdayOverAsMoney, "ot_info.restday_over_as_money")
	c.credit(CauseOvertime, ours.HolidayOverAsVacation, theirs.HolidayOverAsVacation, "ot_info.holiday_over_as_vacation")
	c.credit(CauseOvertime, ours.HolidayOverAsMoney, theirs.HolidayOverAsMoney, "ot_info.holiday_over_as_money")
}

// overtimePath is the field that a day of overtime is reported in.
const overtimePath = "ot_info.ot_duration"

// eachKey calls visit with the items of each key in two lists, by rising key.
func eachKey[T any, K comparable](ours, theirs []T, key func(T) K, compare func(a, b K) int, visit func(K, []T, []T)) {
	if len(ours) == 0 && len(theirs) == 0 {
		return
	}
	var keys []K
	for _, list := range [][]T{ours, theirs} {
		for _, item := range list {
			keys = append(keys, key(item))
		}
	}
	slices.SortFunc(keys, compare)
	with := func(list []T, k K) (out []T) {
		for _, item := range list {
			if key(item) == k {
				out = append(out, item)
			}
		}
		return out
	}
	for _, k := range slices.Compact(keys) {
		visit(k, with(ours, k), with(theirs, k))
	}
}
