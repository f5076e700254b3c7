package explain

import (
	"slices"
	"strconv"
	"strings"

	"github.com/dakahq/daka/internal/attendance"
)

// weekOne is the Monday of the week that counts as the first: 2024-01-01.
const weekOne attendance.Day = 19_723

// kind says why the day is of its kind.
func (w *writer) kind() {
	kind, rule := w.r.Kind, w.r.Kind.Rule
	holiday, marked := w.f.Calendar.On(w.day)
	statutory := w.w.notStatutory
	if holiday.Statutory {
		statutory = w.w.statutory
	}
	w.say(fill(w.w.basis[kind.Basis],
		"weekday", w.w.weekdays[w.day.Weekday()], "week", w.week(), "notes", w.quote(kind.Notes),
		"holiday", w.quote(holiday.Name), "statutory", statutory, "shift", w.shift(),
	))
	if rule != nil {
		w.say(fill(w.w.rule, "id", strconv.FormatInt(int64(rule.ID), 10), "name", w.quote(rule.Name),
			"type", w.w.ruleTypes[rule.Type], "by", w.ruleBy()))
		followed := kind.Basis == attendance.BasisHoliday || kind.Basis == attendance.BasisMakeup
		special := kind.Basis == attendance.BasisSpecialWork || kind.Basis == attendance.BasisSpecialOff
		if year, _, _ := w.day.Date(); rule.SyncHolidays && w.f.Calendar != nil && !w.f.Calendar.Knows(w.day) {
			w.say(fill(w.w.noCalendar, "year", strconv.Itoa(year)))
		}
		if marked && !followed && !special {
			w.say(fill(w.w.calendarIgnored, "holiday", w.quote(holiday.Name)))
		}
	}
	if kind.Basis == attendance.BasisMakeup {
		w.say(w.w.makeupTimes[w.f.Options.MakeupDayTimes])
	}
	if w.r.Provisional {
		w.provisional()
	}
}

func (w *writer) provisional() {
	var hidden []string
	for _, code := range w.f.Options.ProvisionalHides {
		hidden = append(hidden, w.w.findings[code])
	}
	w.say(fill(w.w.provisional, "until", w.clock(w.r.Kind.Window.To.Minute())))
	if len(hidden) > 0 {
		w.say(fill(w.w.provisionalHides, "findings", strings.Join(hidden, w.w.list)))
	}
}

// week says whether the week is an odd or an even one, under a rule that has two.
func (w *writer) week() string {
	if w.r.Kind.Rule == nil || !w.r.Kind.Rule.Biweekly {
		return ""
	}
	days := int(w.day - weekOne)
	week := (days-(days%7+7)%7)/7 + 1
	text := w.w.evenWeek
	if week%2 != 0 {
		text = w.w.oddWeek
	}
	return fill(text, "week", strconv.Itoa(week))
}

// shift names the shift that the schedule has for the day.
func (w *writer) shift() string {
	if s := w.r.Kind.Shift; s != nil {
		return strconv.FormatInt(int64(s.ID), 10) + w.quote(s.Name)
	}
	var id attendance.ShiftID
	known := int64(-1 << 62)
	for _, s := range w.p.Schedule {
		if s.Day == w.day && s.KnownAt <= w.f.AsOf && s.KnownAt >= known {
			id, known = s.Shift, s.KnownAt
		}
	}
	return strconv.FormatInt(int64(id), 10)
}

// ruleBy says by what the rule names the member; nothing where it does not tell.
func (w *writer) ruleBy() string {
	reach := &w.r.Kind.Rule.Range
	var at attendance.Placement
	for i, p := range w.p.Placements {
		if i == 0 || p.From <= w.day {
			at = p
		}
	}
	named := slices.ContainsFunc(reach.Users, func(u attendance.UserID) bool { return u.Fold() == w.p.ID.Fold() })
	tagged := slices.ContainsFunc(reach.Tags, func(t attendance.TagID) bool { return slices.Contains(at.Tags, t) })
	switch {
	case named:
		return w.w.byName
	case tagged && (w.f.Options.TagRank == attendance.TagBetween || len(reach.Depts) == 0):
		return w.w.byTag
	case len(reach.Depts) > 0:
		return w.w.byDept
	}
	return ""
}
