package explain

import (
	"cmp"
	"slices"
	"strings"

	"github.com/dakahq/daka/internal/attendance"
)

// timeline tells where each punch and each correction went, in the order of
// their times.
func (w *writer) timeline() {
	type event struct {
		at   int64
		line Line
	}
	var events []event
	here := map[int]bool{}
	for i := range w.r.Uses {
		u := &w.r.Uses[i]
		here[u.Punch] = true
		events = append(events, event{w.p.Punches[u.Punch].At, w.punch(u)})
	}
	for i := range w.p.Punches {
		p := &w.p.Punches[i]
		if d, t := w.f.Zone.DayAt(p.At); d == w.day && p.KnownAt <= w.f.AsOf && !here[i] {
			events = append(events, event{p.At, Line{
				Kind: KindOtherDay, Time: mark(t), Text: fill(w.w.punchOther, "source", w.source(p)), Punch: -1,
			}})
		}
	}
	for i := range w.p.Corrections {
		if c := &w.p.Corrections[i]; c.Day == w.day && c.KnownAt <= w.f.AsOf {
			events = append(events, event{c.At, w.correction(c)})
		}
	}
	slices.SortStableFunc(events, func(a, b event) int { return cmp.Compare(a.at, b.at) })
	for _, e := range events {
		w.add(e.line)
	}
}

var outcomeKinds = map[attendance.Outcome]Kind{
	attendance.Used: KindUsed, attendance.Superseded: KindSuperseded, attendance.Unmatched: KindUnmatched,
}

func (w *writer) punch(u *attendance.PunchUse) Line {
	p := &w.p.Punches[u.Punch]
	what := w.slotName(u.Slot, u.Scheduled)
	if u.Outcome != attendance.Used {
		what = w.why(u, p)
	}
	return Line{
		Kind: outcomeKinds[u.Outcome], Time: mark(w.timeOn(p.At)), Punch: u.Punch,
		Text: fill(w.w.punch, "source", w.source(p), "outcome", w.w.outcomes[u.Outcome], "what", what),
	}
}

// why says why a punch was not used.
func (w *writer) why(u *attendance.PunchUse, p *attendance.Punch) string {
	var interval int64
	if rule := w.r.Kind.Rule; rule != nil {
		interval = int64(rule.OffInterval)
	}
	side := u.Slot
	if side == attendance.NoSlot {
		side = p.Slot
	}
	return fill(w.w.why[u.Why], "slot", w.slotName(side, u.Scheduled), "card", w.rival(u, p.At),
		"interval", w.long(interval), "windows", w.windows(u.Why, side))
}

// rival writes the time of the card that stood in a punch's way.
func (w *writer) rival(u *attendance.PunchUse, at int64) string {
	same := func(o *attendance.PunchUse) bool { return o.Section == u.Section && o.Slot == u.Slot }
	switch u.Why {
	case attendance.WhyFirstStands:
		for i := range w.r.Uses {
			if o := &w.r.Uses[i]; same(o) {
				return w.card(w.timeOn(w.p.Punches[o.Punch].At))
			}
		}
	case attendance.WhyUpdated:
		for i := range w.r.Uses {
			if o := &w.r.Uses[i]; same(o) && o.Punch > u.Punch {
				return w.card(w.timeOn(w.p.Punches[o.Punch].At))
			}
		}
	case attendance.WhyCorrected:
		for _, c := range w.r.Cards {
			if c.Section == u.Section && c.Slot == u.Slot {
				return w.card(c.Time)
			}
		}
	case attendance.WhyTooSoon:
		found := ""
		for _, c := range w.r.Cards {
			if c.Slot == attendance.On && c.At <= at {
				found = w.card(c.Time)
			}
		}
		return found
	}
	return ""
}

// windows writes the windows that did not contain a punch.
func (w *writer) windows(why attendance.Why, side attendance.Slot) string {
	var texts []string
	for i := range w.r.Kind.Sections {
		for _, s := range []attendance.Slot{attendance.On, attendance.Off} {
			if why == attendance.WhyNoWindow || s == side {
				_, window, _ := end(&w.r.Kind.Sections[i], s)
				texts = append(texts, w.window(window))
			}
		}
	}
	return strings.Join(texts, w.w.list)
}

// source writes the door a punch came in by and what is special about it.
func (w *writer) source(p *attendance.Punch) string {
	text := w.w.sources[p.Source]
	if p.Device != "" {
		text += " " + p.Device
	}
	for flag := attendance.Outside; flag <= attendance.Placeholder; flag <<= 1 {
		if p.Flags&flag != 0 {
			text += w.w.list + w.w.flags[flag]
		}
	}
	return text
}

func (w *writer) correction(c *attendance.Correction) Line {
	t := w.timeOn(c.At)
	what := w.w.correctionReplaced
	for i := range w.r.Findings {
		if f := &w.r.Findings[i]; f.Code == attendance.Refused && f.Reason.Card == t && f.Reason.Scheduled == c.Slot {
			what = w.refusal(f.Reason.Err)
		}
	}
	for i := range w.r.Cards {
		if d := &w.r.Cards[i]; d.Punch < 0 && d.At == c.At && (c.Slot == attendance.NoTime || c.Slot == d.Scheduled) {
			what = fill(w.w.correctionUsed, "slot", w.slotName(d.Slot, d.Scheduled))
		}
	}
	if c.WithdrawnBy(w.f.AsOf) {
		what = fill(w.w.correctionEnded, "when", w.instant(c.Withdrawn))
	}
	return Line{
		Kind: KindCorrection, Time: mark(t), Punch: -1,
		Text: fill(w.w.correction, "by", w.w.correctedBy[c.By], "remark", w.quote(c.Remark), "what", what),
	}
}
