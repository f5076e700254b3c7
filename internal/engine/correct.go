package engine

import (
	"github.com/dakahq/daka/internal/attendance"
)

// correctSections puts the day's corrections into its slots, over whatever card
// is there. Of two corrections of one slot the one known later counts, and one that
// was taken back does not. One that cannot be applied becomes a finding.
func (e *Evaluator) correctSections(p *attendance.Person, d attendance.Day) {
	for i := range p.Corrections {
		c := &p.Corrections[i]
		if c.Day != d || !c.Stands(e.corp.asOf) {
			continue
		}
		t := e.corp.timeOn(d, c.At)
		section, side, err := e.corp.correctionSlot(e.report.Kind, c, t)
		if err != nil {
			e.refuse(c, t, err)
			continue
		}
		e.countCorrection(c)
		s := &e.slots[2*section]
		if side == attendance.Off {
			s = &e.slots[2*section+1]
		}
		switch {
		case s.filled && s.punch >= 0:
			e.supersede(s.use, attendance.WhyCorrected)
		case s.filled && p.Corrections[s.use].KnownAt > c.KnownAt:
			continue
		}
		*s = slot{filled: true, excused: c.By == attendance.ByApproval, punch: -1, use: int32(i), time: t, at: c.At}
	}
}

// countCorrection counts a correction that came by approval, whatever becomes
// of its card.
func (e *Evaluator) countCorrection(c *attendance.Correction) {
	if c.By == attendance.ByApproval {
		e.report.Corrected++
	}
}

func (e *Evaluator) refuse(c *attendance.Correction, t attendance.TimeOfDay, err error) {
	e.report.Findings = append(e.report.Findings, attendance.Finding{
		Code: attendance.Refused, Count: 1,
		Reason: attendance.Reason{
			Clause: attendance.ClauseCorrectionRefused, Card: t, Scheduled: c.Slot, Required: attendance.NoTime, Err: err,
		},
	})
}

// timeOn returns an instant as seconds after d's midnight.
func (c *Corp) timeOn(d attendance.Day, at int64) attendance.TimeOfDay {
	t := c.zone.Wall(at) - int64(d)*attendance.SecondsPerDay
	return attendance.TimeOfDay(max(-1<<30, min(1<<30, t)))
}

// CheckCorrection reports whether a correction can be applied to the member's
// day, judged at the moment of AsOf: nil, or one of attendance.ErrCorrectionFuture,
// ErrCorrectionRest, ErrCorrectionSlot and ErrCorrectionWindow, asked in this
// order; the last two as an attendance.SlotError. The member's facts must cover Margin days around the correction's day.
func (e *Evaluator) CheckCorrection(p *attendance.Person, c *attendance.Correction) error {
	kind := e.kindOn(p, c.Day)
	if kind == nil {
		kind = e.corp.noRule
	}
	_, _, err := e.corp.correctionSlot(kind, c, e.corp.timeOn(c.Day, c.At))
	if err == attendance.ErrCorrectionSlot || err == attendance.ErrCorrectionWindow {
		return slotError(kind, c.Slot, err)
	}
	return err
}

// slotError says of a refusal which slots the day has, or what the window is.
func slotError(kind *attendance.DayKind, slot attendance.TimeOfDay, err error) error {
	e := &attendance.SlotError{Err: err, Window: kind.Window}
	look := func(due attendance.TimeOfDay, owed bool, window attendance.Span) {
		if !owed {
			return
		}
		e.Slots = append(e.Slots, due)
		if due == slot {
			e.Window = window
		}
	}
	for i := range kind.Sections {
		s := &kind.Sections[i]
		look(s.On, s.OnOwed, s.OnWindow)
		look(s.Off, s.OffOwed, s.OffWindow)
	}
	return e
}

// OpenSlot returns the due time nearest to an instant of those slots of the
// day that are owed; NoTime on a day without slots.
func (e *Evaluator) OpenSlot(p *attendance.Person, d attendance.Day, at int64) attendance.TimeOfDay {
	kind := e.kindOn(p, d)
	best := attendance.NoTime
	if kind == nil {
		return best
	}
	t := e.corp.timeOn(d, at)
	nearer := func(due attendance.TimeOfDay, owed bool) {
		if owed && (best == attendance.NoTime || distance(due, t) < distance(best, t)) {
			best = due
		}
	}
	for i := range kind.Sections {
		nearer(kind.Sections[i].On, kind.Sections[i].OnOwed)
		nearer(kind.Sections[i].Off, kind.Sections[i].OffOwed)
	}
	return best
}

func distance(a, b attendance.TimeOfDay) attendance.TimeOfDay { return max(a-b, b-a) }

// kindOn returns the kind of the member's day; nil for a day without a row.
func (e *Evaluator) kindOn(p *attendance.Person, d attendance.Day) *attendance.DayKind {
	if cap(e.plans) < 1 {
		e.plans = make([]plan, 1)
	}
	e.plans = e.plans[:1]
	e.resolve(p, d)
	return e.plans[0].kind
}

// correctionSlot returns the section and end that a correction made at t goes
// to; NoSlot for a plain punch on a day without sections. One that was approved
// fills its slot whatever its time.
func (c *Corp) correctionSlot(kind *attendance.DayKind, cor *attendance.Correction, t attendance.TimeOfDay) (int, attendance.Slot, error) {
	if cor.At > c.asOf {
		return 0, attendance.NoSlot, attendance.ErrCorrectionFuture
	}
	if !kind.Workday && kind.Rule != nil && !kind.Rule.RestDayPunches {
		return 0, attendance.NoSlot, attendance.ErrCorrectionRest
	}
	if len(kind.Sections) == 0 {
		if cor.Slot != attendance.NoTime {
			return 0, attendance.NoSlot, attendance.ErrCorrectionSlot
		}
		if !kind.Window.Contains(t) {
			return 0, attendance.NoSlot, attendance.ErrCorrectionWindow
		}
		return 0, attendance.NoSlot, nil
	}
	section, side := -1, attendance.NoSlot
	for i := range kind.Sections {
		s := &kind.Sections[i]
		if s.OnOwed && s.On == cor.Slot {
			if s.OnWindow.Contains(t) {
				return i, attendance.On, nil
			}
			section, side = i, attendance.On
		}
		if s.OffOwed && s.Off == cor.Slot {
			if s.OffWindow.Contains(t) {
				return i, attendance.Off, nil
			}
			section, side = i, attendance.Off
		}
	}
	switch {
	case section < 0:
		return 0, attendance.NoSlot, attendance.ErrCorrectionSlot
	case cor.By != attendance.ByApproval:
		return 0, attendance.NoSlot, attendance.ErrCorrectionWindow
	}
	return section, side, nil
}
