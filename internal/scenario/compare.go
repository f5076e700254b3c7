package scenario

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/dakahq/daka/checkin"
	"github.com/dakahq/daka/internal/attendance"
)

// Mismatch is one expectation that a result does not meet.
type Mismatch struct {
	Field    string // the day or "month", and WeCom's name of the field
	Expected string
	Got      string
	Day      attendance.Day // MinDay where it is not about one day
}

// Compare returns where a result is not what the scenario expects, by day and
// field. Only what the scenario lists is compared; exceptions, holiday_infos
// and rejects must be the same as a whole.
func Compare(s *Scenario, r *Result) []Mismatch {
	var c comparison
	if s.Policy != nil {
		c.policy(s.Policy, r.Policy)
		return c.wrong
	}
	for _, day := range slices.Sorted(maps.Keys(s.Days)) {
		c.prefix, c.on = day.String()+" ", day
		e := s.Days[day]
		if e.Rejects != nil {
			c.same("rejects", e.Rejects, append([]int{}, r.Rejects[day]...))
		}
		c.day(e, r.Days[day], r.Categories[day])
	}
	if s.Month != nil {
		c.prefix, c.on = "month ", attendance.MinDay
		c.month(s.Month, r.Month)
	}
	return c.wrong
}

type comparison struct {
	prefix string
	on     attendance.Day // the day at hand, or MinDay
	wrong  []Mismatch
}

func (c *comparison) differ(field, expected, got string) {
	c.wrong = append(c.wrong, Mismatch{Field: c.prefix + field, Day: c.on, Expected: expected, Got: got})
}

// same compares two values that print alike only when they are alike.
func (c *comparison) same(field string, expected, got any) {
	if e, g := fmt.Sprint(expected), fmt.Sprint(got); e != g {
		c.differ(field, e, g)
	}
}

func (c *comparison) policy(q *PolicyQuestion, got *PolicyResult) {
	if got == nil {
		c.differ("policy", "an answer", "none")
		return
	}
	c.same("accept", q.Accept, got.Accept)
	if q.Errcode != 0 {
		c.same("errcode", q.Errcode, got.Errcode)
	}
}

func (c *comparison) day(e *Expectation, d *checkin.DayData, category string) {
	switch {
	case d == nil && e.needsRow():
		c.differ("row", "true", "false")
		return
	case d != nil && e.Row != nil && !*e.Row:
		c.differ("row", "false", "true")
		return
	case d == nil:
		return
	}
	c.numbers("", e.Numbers, dayValues(d))
	c.exceptions(e.Exceptions, d.ExceptionInfos)
	c.items(e.Items, d.SPItems)
	c.approvals(e.Approvals, d.HolidayInfos)
	c.numbers("ot_info.", e.Overtime, dayOvertimeValues(&d.OTInfo))
	if e.Shortages != nil {
		c.same("ot_info.exception_duration", e.Shortages, d.OTInfo.ExceptionDuration)
	}
	if e.Category != "" {
		c.same("category", e.Category, category)
	}
}

func (c *comparison) month(e *Expectation, m *checkin.MonthData) {
	switch {
	case m == nil && (e.Row == nil || *e.Row):
		c.differ("row", "true", "false")
		return
	case m == nil:
		return
	case e.Row != nil && !*e.Row:
		c.differ("row", "false", "true")
		return
	}
	c.numbers("", e.Numbers, monthValues(m))
	c.exceptions(e.Exceptions, m.ExceptionInfos)
	c.items(e.Items, m.SPItems)
	c.numbers("overwork_info.", e.Overtime, monthOvertimeValues(&m.OverworkInfo))
}

func (c *comparison) numbers(prefix string, expected, got map[string]int64) {
	for _, name := range slices.Sorted(maps.Keys(expected)) {
		c.same(prefix+name, expected[name], got[name])
	}
}

func (c *comparison) exceptions(expected map[int64]Tally, infos []checkin.ExceptionInfo) {
	if expected == nil {
		return
	}
	got := map[int64]Tally{}
	for _, i := range infos {
		t := got[i.Exception]
		got[i.Exception] = Tally{t.Count + i.Count, t.Duration + i.Duration}
	}
	if !maps.Equal(expected, got) {
		c.differ("exceptions", tallies(expected), tallies(got))
	}
}

// tallies prints exceptions as code: count/seconds.
func tallies(m map[int64]Tally) string {
	var parts []string
	for _, code := range slices.Sorted(maps.Keys(m)) {
		parts = append(parts, fmt.Sprintf("%d: %d/%d", code, m[code].Count, m[code].Duration))
	}
	return "{" + strings.Join(parts, ", ") + "}"
}

func (c *comparison) items(expected map[ItemKey]Item, got []checkin.SPItem) {
	keys := slices.SortedFunc(maps.Keys(expected), func(a, b ItemKey) int {
		return cmp.Or(cmp.Compare(a.Type, b.Type), cmp.Compare(a.Vacation, b.Vacation))
	})
	for _, k := range keys {
		field := fmt.Sprintf("sp_items %d:%d", k.Type, k.Vacation)
		i := slices.IndexFunc(got, func(i checkin.SPItem) bool { return i.Type == k.Type && i.VacationID == k.Vacation })
		if i < 0 {
			c.differ(field, "an entry", "none")
			continue
		}
		item := got[i]
		c.numbers(field+" ", expected[k].Numbers,
			map[string]int64{"count": item.Count, "duration": item.Duration, "time_type": item.TimeType})
		if name := expected[k].Name; name != "" {
			c.same(field+" name", name, item.Name)
		}
	}
}

func (c *comparison) approvals(expected []ApprovalText, infos []checkin.HolidayInfo) {
	if expected == nil {
		return
	}
	got := []ApprovalText{}
	for _, i := range infos {
		got = append(got, ApprovalText{i.SPNumber, text(i.SPTitle), text(i.SPDescription)})
	}
	byNumber := func(a, b ApprovalText) int {
		return cmp.Or(cmp.Compare(a.Number, b.Number), cmp.Compare(a.Title, b.Title), cmp.Compare(a.Description, b.Description))
	}
	c.same("holiday_infos", slices.SortedFunc(slices.Values(expected), byNumber), slices.SortedFunc(slices.Values(got), byNumber))
}

func text(t checkin.Text) string {
	var parts []string
	for _, d := range t.Data {
		parts = append(parts, d.Text)
	}
	return strings.Join(parts, "|")
}

func dayValues(d *checkin.DayData) map[string]int64 {
	b, s := &d.BaseInfo, &d.SummaryInfo
	return map[string]int64{
		"groupid": b.RuleInfo.GroupID, "scheduleid": b.RuleInfo.ScheduleID,
		"day_type": b.DayType, "record_type": b.RecordType, "date_unix": b.Date,
		"checkin_count": s.CheckinCount, "regular_work_sec": s.RegularWorkSec, "standard_work_sec": s.StandardWorkSec,
		"earliest_time": s.EarliestTime, "lastest_time": s.LatestTime,
	}
}

func monthValues(m *checkin.MonthData) map[string]int64 {
	s := &m.SummaryInfo
	return map[string]int64{
		"groupid": m.BaseInfo.RuleInfo.GroupID, "record_type": m.BaseInfo.RecordType,
		"work_days": s.WorkDays, "regular_days": s.RegularDays, "except_days": s.ExceptDays, "rest_days": s.RestDays,
		"regular_work_sec": s.RegularWorkSec, "standard_work_sec": s.StandardWorkSec,
	}
}

func dayOvertimeValues(o *checkin.OTInfo) map[string]int64 {
	return map[string]int64{
		"ot_status": o.OTStatus, "ot_duration": o.OTDuration,
		"workday_over_as_vacation": value(o.WorkdayOverAsVacation), "workday_over_as_money": value(o.WorkdayOverAsMoney),
		"restday_over_as_vacation": value(o.RestdayOverAsVacation), "restday_over_as_money": value(o.RestdayOverAsMoney),
		"holiday_over_as_vacation": value(o.HolidayOverAsVacation), "holiday_over_as_money": value(o.HolidayOverAsMoney),
	}
}

func monthOvertimeValues(o *checkin.OverworkInfo) map[string]int64 {
	return map[string]int64{
		"workday_over_sec": o.WorkdayOverSec, "restdays_over_sec": o.RestdaysOverSec, "holidays_over_sec": value(o.HolidaysOverSec),
		"workdays_over_as_vacation": o.WorkdaysOverAsVacation, "workdays_over_as_money": o.WorkdaysOverAsMoney,
		"restdays_over_as_vacation": o.RestdaysOverAsVacation, "restdays_over_as_money": o.RestdaysOverAsMoney,
		"holidays_over_as_vacation": o.HolidaysOverAsVacation, "holidays_over_as_money": o.HolidaysOverAsMoney,
	}
}

// value reads an amount that may be missing, which says as much as 0.
func value(p *int64) int64 {
	if p == nil {
		return 0
	}
	return *p
}

// Category returns the word of a scenario for a day's overtime category.
func Category(c attendance.Category) string { return categories[c] }
