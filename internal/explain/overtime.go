package explain

import (
	"strings"

	"github.com/dakahq/daka/internal/attendance"
)

// overtime tells how the overtime comes about.
func (w *writer) overtime() {
	kind := w.r.Kind
	if kind.Rule == nil {
		return
	}
	conf := &kind.Rule.Overtime.Conf[kind.Category]
	category := w.w.categories[kind.Category]
	if !conf.Allowed {
		w.say(fill(w.w.overtimeOff, "category", category))
		return
	}
	w.say(fill(w.w.overtimeBy, "category", category, "mode", w.w.overtimeModes[conf.By], "range", w.ends(conf)))
	over := &w.r.Overtime
	w.counted(conf)
	if over.Twice > 0 {
		w.say(fill(w.w.overtimeTwice, "seconds", w.long(int64(over.Twice)), "counted", w.long(int64(over.Counted))))
	}
	left := over.Counted
	for i, step := range w.f.Options.OvertimeOrder {
		w.step(step, conf, left, over.After[i])
		left = over.After[i]
	}
	for _, short := range over.Short {
		w.say(fill(w.w.overtimeShort, "no", short.Approval.No, "short", w.long(int64(short.Seconds))))
	}
	credit := ""
	if over.Seconds > 0 {
		credit = w.w.clause + w.w.credits[over.Credit]
	}
	w.add(Line{Punch: -1, Seconds: new(over.Seconds), Text: fill(w.w.overtimeTotal,
		"seconds", w.long(int64(over.Seconds)), "status", w.w.overtimeStatus[over.Status], "credit", credit)})
}

// ends says at which ends of the day overtime counts, after a clause; nothing
// where that does not matter.
func (w *writer) ends(conf *attendance.OvertimeConf) string {
	switch {
	case len(w.r.Kind.Sections) == 0 || conf.By == attendance.ByRequests:
		return ""
	case conf.By == attendance.ByPunches && conf.Range == attendance.AllDay && !w.f.Options.OvertimeBeforeWork:
		return w.w.clause + w.w.overtimeAfterOnly
	}
	return w.w.clause + w.w.overtimeRanges[conf.Range]
}

// counted tells what was counted before rest, limits and rounding.
func (w *writer) counted(conf *attendance.OvertimeConf) {
	over, kind := &w.r.Overtime, w.r.Kind
	if over.Moved != 0 && conf.By != attendance.ByRequests {
		w.say(fill(w.w.overtimeMoved, "on", w.clock(kind.Sections[0].On+attendance.TimeOfDay(over.Moved)),
			"off", w.clock(kind.Sections[len(kind.Sections)-1].Off+attendance.TimeOfDay(over.Moved))))
	}
	counted, spans := w.long(int64(over.Counted)), over.Spans
	switch {
	case conf.By == attendance.ByRequests:
		var parts []string
		for _, m := range w.r.Approvals {
			if m.Approval.Kind == attendance.OvertimeApproval {
				parts = append(parts, fill(w.w.overtimeApproved, "no", m.Approval.No, "seconds", w.long(int64(m.Seconds))))
			}
		}
		if len(parts) == 0 {
			w.say(w.w.overtimeNothing[conf.By])
			return
		}
		w.say(strings.Join(parts, w.w.list))
		return
	case conf.By == attendance.ByPunches && kind.Workday && len(kind.Sections) == 0:
		if w.r.Standard == 0 {
			w.say(w.w.overtimeUnlimited)
			return
		}
		w.say(fill(w.w.overtimeFree, "worked", number(int64(w.r.Worked)), "standard", number(int64(w.r.Standard)),
			"start", number(int64(conf.Start)), "counted", counted))
		return
	case conf.By == attendance.ByPunches && kind.Workday && conf.Start > 0 && conf.Range != attendance.BeforeWork:
		off := kind.Sections[len(kind.Sections)-1].Off + attendance.TimeOfDay(over.Moved)
		begins := off + attendance.TimeOfDay(conf.Start)
		w.say(fill(w.w.overtimeStart, "start", w.long(int64(conf.Start)), "off", w.clock(off), "from", w.clock(begins)))
		if n := len(spans) - 1; n >= 0 && spans[n].From == spans[n].To && spans[n].To < begins {
			w.say(fill(w.w.overtimeLeft, "card", w.clock(spans[n].To)))
			if spans = spans[:n]; n == 0 {
				return
			}
		}
	}
	if len(spans) == 0 {
		w.say(w.w.overtimeNothing[conf.By])
		return
	}
	w.say(fill(w.w.overtimeCounted, "spans", w.spans(spans), "counted", counted))
}

// step tells what one step made of the overtime, where it changed it.
func (w *writer) step(step attendance.OvertimeStep, conf *attendance.OvertimeConf, before, after int32) {
	if before == after {
		return
	}
	text := map[attendance.OvertimeStep]string{
		attendance.OvertimeRestStep: w.w.overtimeRest, attendance.OvertimeMinStep: w.w.overtimeUnderMin,
		attendance.OvertimeMaxStep: w.w.overtimeOverMax, attendance.OvertimeRoundStep: w.w.overtimeRound,
	}[step]
	unit := &w.r.Kind.Rule.Overtime.Unit
	w.say(fill(text, "before", number(int64(before)), "after", w.long(int64(after)), "off", number(int64(before-after)),
		"min", w.long(int64(conf.Min)), "max", w.long(int64(conf.Max)), "method", w.rounding(unit)))
}

// rounding writes how a rule rounds overtime.
func (w *writer) rounding(unit *attendance.OvertimeUnit) string {
	step := unit.Step
	if unit.Method == attendance.RoundHalfUp {
		step = 3600
		if unit.Days {
			step = attendance.SecondsPerDay
		}
		if unit.Precision > 0 {
			step /= 10
		}
	}
	text := fill(w.w.rounding[unit.Method], "step", w.long(int64(step)))
	if unit.Days {
		text += w.w.clause + fill(w.w.overtimeDays, "perday", w.long(int64(unit.PerDay)),
			"reported", w.long(int64(w.f.Options.OvertimeDaySeconds)))
	}
	return text
}
