package explain

import (
	"slices"
	"time"

	"github.com/dakahq/daka/internal/attendance"
)

// approvals tells the requests that touch the day, whether they count, and
// what they changed.
func (w *writer) approvals() {
	for i := range w.p.Approvals {
		a := &w.p.Approvals[i]
		at := slices.IndexFunc(w.r.Approvals, func(m attendance.ApprovalMark) bool { return m.Approval == a })
		lacking := slices.ContainsFunc(w.r.Overtime.Short, func(s attendance.Shortage) bool { return s.Approval == a })
		if status, _ := a.StatusAt(w.f.AsOf); status != 0 && (at >= 0 || lacking || w.touches(a)) {
			w.approval(a, status, at)
		}
	}
	mild := false
	for i := range w.r.Waived {
		v := &w.r.Waived[i]
		s := w.sectionOf(v.Section)
		whole := w.span(attendance.Span{From: s.On, To: s.Off})
		if v.Whole {
			w.say(fill(w.w.waivedWhole, "span", whole))
			continue
		}
		mild = true
		if v.RequiredOn != attendance.NoTime {
			w.say(fill(w.w.waivedOn, "due", w.clock(s.On), "required", w.clock(v.RequiredOn)))
		}
		if v.RequiredOff != attendance.NoTime {
			w.say(fill(w.w.waivedOff, "due", w.clock(s.Off), "required", w.clock(v.RequiredOff)))
		}
	}
	if mild {
		w.say(w.w.waivedMild)
	}
}

// approval tells one request. at is its place in the report's, or -1.
func (w *writer) approval(a *attendance.Approval, status attendance.ApprovalStatus, at int) {
	part := w.w.approvalNone
	switch {
	case !a.CountsAt(w.f.AsOf, w.f.Zone, attendance.CalibrateAtOnce):
		part = w.w.approvalNotYet
	case !a.CountsAt(w.f.AsOf, w.f.Zone, w.f.Options.Calibrate):
		part = w.w.approvalTomorrow
	case at < 0 && w.withCards(a):
		part = w.w.approvalWithCards
	case a.Kind == attendance.OvertimeApproval && w.overtimeUncounted() != "":
		part = w.overtimeUncounted()
	case at >= 0:
		m := &w.r.Approvals[at]
		long := w.long
		if a.ByDay {
			long = w.days
		}
		part = fill(w.w.approvalPart, "seconds", long(int64(m.Seconds)), "total", long(m.Total))
	}
	w.add(Line{Kind: KindApproval, Punch: -1, Text: fill(w.w.approval,
		"kind", w.w.approvalKinds[a.Kind], "name", w.quote(a.Vacation.Name), "no", a.No,
		"from", w.requestEnd(a.From, a.ByDay), "to", w.requestEnd(a.To, a.ByDay),
		"status", w.w.approvalStatus[status], "part", part,
	)})
}

// withCards reports whether a request counts on the day as far as the member was
// there, of which no part lies on its date: its cards may be of the next one.
func (w *writer) withCards(a *attendance.Approval) bool {
	kind := w.r.Kind
	if a.Kind != attendance.OvertimeApproval || kind.Rule == nil {
		return false
	}
	conf := &kind.Rule.Overtime.Conf[kind.Category]
	return conf.Allowed && conf.By == attendance.ByBoth
}

// overtimeUncounted says why no request for overtime counts on the day; "" where one
// does.
func (w *writer) overtimeUncounted() string {
	kind := w.r.Kind
	if kind.Rule == nil {
		return ""
	}
	conf := &kind.Rule.Overtime.Conf[kind.Category]
	switch {
	case !conf.Allowed:
		return fill(w.w.approvalNoOvertime, "category", w.w.categories[kind.Category])
	case conf.By == attendance.ByPunches:
		return fill(w.w.approvalPunchesAlone, "category", w.w.categories[kind.Category])
	}
	return ""
}

// days writes a part of a request by half days; another share of a day in seconds.
func (w *writer) days(seconds int64) string {
	const half = attendance.SecondsPerDay / 2
	if seconds%half != 0 {
		return w.long(seconds)
	}
	text := number(seconds / attendance.SecondsPerDay)
	if seconds%attendance.SecondsPerDay != 0 {
		text += ".5"
	}
	return text + w.w.days
}

// requestEnd writes an end of a request: a moment, or a half day.
func (w *writer) requestEnd(at int64, byDay bool) string {
	if !byDay {
		return time.Unix(w.f.Zone.Wall(at), 0).UTC().Format("2006-01-02 15:04")
	}
	day, t := w.f.Zone.DayAt(at)
	half := w.w.morning
	if t >= attendance.SecondsPerDay/2 {
		half = w.w.afternoon
	}
	return day.String() + " " + half
}

// touches reports whether a request has a part of the date or of the day's windows.
func (w *writer) touches(a *attendance.Approval) bool {
	from, to := w.timeOn(a.From), w.timeOn(a.To)
	if a.ByDay {
		to += attendance.SecondsPerDay / 2
	}
	window := w.r.Kind.Window
	return from < max(attendance.SecondsPerDay, window.To) && to > min(0, window.From)
}

// sectionOf returns the day's section of an id.
func (w *writer) sectionOf(id attendance.SectionID) *attendance.Section {
	for i := range w.r.Kind.Sections {
		if s := &w.r.Kind.Sections[i]; s.ID == id {
			return s
		}
	}
	return &attendance.Section{}
}
