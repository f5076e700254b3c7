package engine

import (
	"github.com/dakahq/daka/internal/attendance"
)

// slot is the on or off end of a section, with the card that fills it so far.
type slot struct {
	at      int64
	punch   int32 // -1 when a correction made the card
	use     int32 // of the punch, in the report's account; else the correction's index
	time    attendance.TimeOfDay
	flags   attendance.PunchFlags
	filled  bool
	excused bool
}

// fillSections puts the day's punches into its slots. The earliest candidate is
// the on-card, the latest the off-card.
func (e *Evaluator) fillSections(p *attendance.Person, d attendance.Day, index int32, next int) {
	kind := e.report.Kind
	e.slots = e.slots[:0]
	for range kind.Sections {
		e.slots = append(e.slots, slot{}, slot{})
	}
	e.each(p, d, index, next, func(i int, t attendance.TimeOfDay) {
		punch := &p.Punches[i]
		use := attendance.PunchUse{Punch: i, Scheduled: attendance.NoTime}
		if use.Outcome, use.Why = dropped(kind.Rule, punch, e.corp.twin(kind.Rule, p.Punches, i)); use.Outcome != 0 {
			e.note(use)
			return
		}
		section, side, why := e.slotFor(kind.Sections, punch, t)
		if side == attendance.NoSlot {
			use.Outcome, use.Why = attendance.Unmatched, why
			e.note(use)
			return
		}
		e.offer(section, side, i, punch, t)
	})
}

// twin returns the punch before the one at i of the same second and slot that
// takes part in the day, or nil; in the order of SortPunches the ones of its kind
// come first. Punches made for different slots are no twins: one that misses its
// window must not hide one that does not.
func (c *Corp) twin(rule *attendance.Rule, punches []attendance.Punch, i int) *attendance.Punch {
	punch := &punches[i]
	for j := i - 1; j >= 0 && punches[j].At == punch.At; j-- {
		other := &punches[j]
		if other.Slot != punch.Slot || other.KnownAt > c.asOf {
			continue
		}
		if outcome, _ := dropped(rule, other, nil); outcome == 0 {
			return other
		}
	}
	return nil
}

// slotFor returns the section and the end of it that a punch is a candidate for.
func (e *Evaluator) slotFor(sections []attendance.Section, punch *attendance.Punch, t attendance.TimeOfDay) (int, attendance.Slot, attendance.Why) {
	if punch.Slot != attendance.NoSlot {
		if i := sectionMeant(sections, punch, t); i >= 0 {
			return i, punch.Slot, attendance.WhyNone
		}
		return 0, attendance.NoSlot, attendance.WhyWrongWindow
	}
	i := sectionAt(sections, t)
	if i < 0 {
		return 0, attendance.NoSlot, attendance.WhyNoWindow
	}
	s := &sections[i]
	on, off := s.OnWindow.Contains(t), s.OffWindow.Contains(t)
	switch {
	case on && !off:
		return i, attendance.On, attendance.WhyNone
	case off && !on:
		return i, attendance.Off, attendance.WhyNone
	case s.OnOwed != s.OffOwed:
		if s.OnOwed {
			return i, attendance.On, attendance.WhyNone
		}
		return i, attendance.Off, attendance.WhyNone
	case e.slots[2*i].filled || e.slots[2*i+1].filled:
		return i, attendance.Off, attendance.WhyNone
	}
	return i, attendance.On, attendance.WhyNone
}

// sectionAt returns the section whose windows contain t. Where two of them do,
// which WeCom forbids on writing, the later one has it from the earlier one's
// end on, as with days.
func sectionAt(sections []attendance.Section, t attendance.TimeOfDay) int {
	best := -1
	for i := range sections {
		s := &sections[i]
		if !s.OnWindow.Contains(t) && !s.OffWindow.Contains(t) {
			continue
		}
		if best < 0 || t >= max(sections[best].Off, s.OnWindow.From) {
			best = i
		}
	}
	return best
}

// sectionMeant returns the section that a punch made for a known end belongs
// to: the one it names, else the first whose window of that end contains it;
// -1 when it lies outside them.
func sectionMeant(sections []attendance.Section, punch *attendance.Punch, t attendance.TimeOfDay) int {
	found := -1
	for i := range sections {
		s := &sections[i]
		window := s.OnWindow
		if punch.Slot == attendance.Off {
			window = s.OffWindow
		}
		if !window.Contains(t) {
			continue
		}
		if s.ID == punch.Section && punch.Section != 0 {
			return i
		}
		if found < 0 {
			found = i
		}
	}
	return found
}

// offer makes a punch the card of its slot if it is the better candidate.
func (e *Evaluator) offer(section int, side attendance.Slot, i int, punch *attendance.Punch, t attendance.TimeOfDay) {
	sec := &e.report.Kind.Sections[section]
	s, due := &e.slots[2*section], sec.On
	if side == attendance.Off {
		s, due = &e.slots[2*section+1], sec.Off
	}
	use := attendance.PunchUse{Punch: i, Outcome: attendance.Used, Slot: side, Section: sec.ID, Scheduled: due}
	if s.filled && side == attendance.On {
		use.Outcome, use.Why = attendance.Superseded, attendance.WhyFirstStands
		e.note(use)
		return
	}
	if s.filled {
		e.supersede(s.use, attendance.WhyUpdated)
	}
	// Field by field: making the whole and copying it takes thrice the time.
	s.filled, s.excused, s.flags = true, false, punch.Flags
	s.at, s.time, s.punch = punch.At, t, int32(i)
	s.use = e.note(use)
}

func (e *Evaluator) supersede(use int32, why attendance.Why) {
	u := &e.report.Uses[use]
	u.Outcome, u.Why = attendance.Superseded, why
}

// takeCards lists the cards of the filled slots and the hours between them.
func (e *Evaluator) takeCards() {
	r := &e.report
	for i := range r.Kind.Sections {
		sec := &r.Kind.Sections[i]
		on, off := &e.slots[2*i], &e.slots[2*i+1]
		if on.filled {
			e.addCard(sec.ID, attendance.On, sec.On, on)
		}
		if off.filled {
			e.addCard(sec.ID, attendance.Off, sec.Off, off)
		}
		r.Worked += e.sectionWorked(sec, on, off)
	}
}

func (e *Evaluator) addCard(id attendance.SectionID, side attendance.Slot, due attendance.TimeOfDay, s *slot) {
	r := &e.report
	if r.Count == 0 || s.time < r.Earliest {
		r.Earliest = s.time
	}
	if r.Count == 0 || s.time > r.Latest {
		r.Latest = s.time
	}
	r.Count++
	r.Cards = append(r.Cards, attendance.Card{
		Section: id, Slot: side, Time: s.time, At: s.at, Scheduled: due,
		Punch: int(s.punch), Flags: s.flags, Excused: s.excused,
	})
	if s.flags != 0 {
		e.judgeFlags(id, side, due, s.time, s.flags)
	}
}

// sectionWorked returns the seconds between a section's cards without its
// rests. An end that is not owed and has no card counts as punched on time,
// provided the other end has one.
func (e *Evaluator) sectionWorked(sec *attendance.Section, on, off *slot) int32 {
	if !on.filled && !off.filled || !on.filled && sec.OnOwed || !off.filled && sec.OffOwed {
		return 0
	}
	from, to := sec.On, sec.Off
	if on.filled {
		from = on.time
	}
	if off.filled {
		to = off.time
	}
	if e.corp.opts.ClipActual {
		from, to = max(from, sec.On), min(to, sec.Off)
	}
	span := attendance.Span{From: from, To: to}
	worked := e.elapsed(span)
	if on.filled && off.filled && !e.corp.opts.ClipActual {
		worked = off.at - on.at
	}
	for _, rest := range sec.Rests {
		if rest.Overlap(span) > 0 {
			worked -= e.elapsed(attendance.Span{From: max(rest.From, from), To: min(rest.To, to)})
		}
	}
	return int32(max(0, worked))
}

// elapsed returns the seconds that pass during a span of the day's wall clock.
func (e *Evaluator) elapsed(s attendance.Span) int64 {
	return e.corp.zone.Elapsed(e.report.Day, s)
}
