package engine

import (
	"github.com/dakahq/daka/internal/attendance"
)

// find adds a finding of count 1, unless the day is still running and the
// options withhold such a finding until its last window has closed.
func (e *Evaluator) find(code attendance.FindingCode, seconds int32, why attendance.Reason) {
	if e.report.Provisional && e.corp.hides[code] {
		return
	}
	e.report.Findings = append(e.report.Findings, attendance.Finding{Code: code, Count: 1, Seconds: seconds, Reason: why})
}

// judgeFlags finds what a card's place and device say.
func (e *Evaluator) judgeFlags(id attendance.SectionID, side attendance.Slot, due, card attendance.TimeOfDay, flags attendance.PunchFlags) {
	r := &e.report
	if r.Kind.Rule == nil {
		return // without a rule nothing is judged
	}
	why := attendance.Reason{Section: id, Slot: side, Card: card, Scheduled: due, Required: attendance.NoTime}
	place := flags&attendance.WrongWifi != 0
	if flags&attendance.OutOfRange != 0 {
		if r.Kind.Rule.Places == attendance.PlaceFieldWork {
			r.FieldWork++
		} else {
			place = true
		}
	}
	if place {
		why.Clause = attendance.ClauseOutOfRange
		e.find(attendance.Location, 0, why)
	}
	if flags&attendance.NewDevice != 0 {
		why.Clause = attendance.ClauseNewDevice
		e.find(attendance.Device, 0, why)
	}
	if flags&attendance.ApprovalPunch != 0 {
		r.Approved++
	}
}

// judge compares the owed cards of a day with sections to its times, and counts
// those that are not there. A card that nobody asked for is never late or early.
func (e *Evaluator) judge(d attendance.Day) {
	kind := e.report.Kind
	moved := e.moved(kind)
	late := e.lateTolerance(kind, d)
	e.report.Flexed = moved
	final := len(kind.Sections) - 1
	for i := range kind.Sections {
		sec := &kind.Sections[i]
		move, tolerance := int32(0), kind.Flex.Late
		if i == 0 {
			move, tolerance = moved, late
		}
		// Whoever is on time, as most are, needs no judgement.
		if on := &e.slots[2*i]; on.filled && sec.OnOwed && !on.excused && on.time > sec.On+attendance.TimeOfDay(move) {
			e.settle(i, e.lateness(sec, on, move, tolerance), func(c *cover) judgement {
				return e.lateAfter(sec, on, c)
			})
		}
		move = 0
		if i == final {
			move = moved
		}
		if off := &e.slots[2*i+1]; off.filled && sec.OffOwed && !off.excused && off.time < sec.Off+attendance.TimeOfDay(move)+60 {
			e.settle(i, e.earliness(sec, off, move, kind.Flex.Early), func(c *cover) judgement {
				return e.earlyBefore(sec, off, c, kind.Flex.Early)
			})
		}
	}
	e.judgeOpenSlots(kind)
	e.stayed, e.stay = d, -1<<30
	if off := &e.slots[2*final+1]; off.filled {
		e.stay = int32(off.time.Minute() - kind.Sections[final].Off)
	}
}

// judgement is what is wrong with a card; nothing when Seconds is 0.
type judgement struct {
	code    attendance.FindingCode
	seconds int32
	reason  attendance.Reason
}

// settle finds what is wrong with a card of a section. Where approvals cover
// part of the day the card is judged with them too, and the milder judgement
// stands: an approval never makes a day worse.
func (e *Evaluator) settle(section int, plain judgement, covered func(*cover) judgement) {
	if plain.seconds == 0 {
		return
	}
	if len(e.covers) > 0 {
		c := &e.covers[section]
		if c.waived {
			return
		}
		if with := covered(c); with.seconds < plain.seconds {
			plain = with
		}
	}
	if plain.seconds > 0 {
		e.find(plain.code, plain.seconds, plain.reason)
	}
}

// moved returns by how much the first on-card moves the day's first and last
// time: as far as the rule's flexible start and end allow.
func (e *Evaluator) moved(kind *attendance.DayKind) int32 {
	flex := &kind.Flex
	on := &e.slots[0]
	if flex.ShiftEarly == 0 && flex.ShiftLate == 0 || !on.filled {
		return 0
	}
	delta := int32(on.time.Minute() - kind.Sections[0].On)
	return min(max(delta, -flex.ShiftEarly), flex.ShiftLate)
}

// lateTolerance returns how late the first on-card may be: the rule's
// tolerance, and what leaving late on the day before has earned.
func (e *Evaluator) lateTolerance(kind *attendance.DayKind, d attendance.Day) int32 {
	earned := int32(0)
	if len(kind.LateRule) == 0 {
		return kind.Flex.Late
	}
	if e.stayed == d-1 || e.corp.opts.LateRuleScope == attendance.NextWorkday && e.stayed >= d-1-lookBack {
		for _, step := range kind.LateRule {
			if step.After <= e.stay {
				earned = step.Allow
			}
		}
		e.report.Earned = attendance.Earned{Stay: max(0, e.stay), Allow: earned}
	}
	if e.corp.opts.Tolerances == attendance.SumOfTolerances {
		return kind.Flex.Late + earned
	}
	return max(kind.Flex.Late, earned)
}

// lateness judges an on-card by the rule alone.
func (e *Evaluator) lateness(sec *attendance.Section, on *slot, move, tolerance int32) judgement {
	required := sec.On + attendance.TimeOfDay(move)
	late := int32(on.time.Minute() - required)
	if late <= tolerance || late <= 0 {
		return judgement{}
	}
	clause := attendance.ClauseLate
	if move > 0 {
		clause = attendance.ClauseLateFlexible
		if e.corp.opts.FlexOverflow == attendance.OverflowFromSchedule {
			late += move
		}
	}
	if e.corp.opts.LateBase == attendance.LateFromGrace {
		late -= tolerance
	}
	return judgement{attendance.Late, late, attendance.Reason{
		Clause: clause, Section: sec.ID, Slot: attendance.On,
		Card: on.time, Scheduled: sec.On, Required: required, Tolerance: tolerance,
	}}
}

// lateAfter judges an on-card with what approvals leave: a time that they moved
// knows no tolerance.
func (e *Evaluator) lateAfter(sec *attendance.Section, on *slot, c *cover) judgement {
	if c.on == attendance.NoTime {
		return judgement{seconds: 1<<31 - 1}
	}
	late := max(0, int32(on.time.Minute()-c.on))
	return judgement{attendance.Late, late, attendance.Reason{
		Clause: attendance.ClauseLateAfterApproval, Section: sec.ID, Slot: attendance.On,
		Card: on.time, Scheduled: sec.On, Required: c.on,
	}}
}

// earliness judges an off-card by the rule alone.
func (e *Evaluator) earliness(sec *attendance.Section, off *slot, move, tolerance int32) judgement {
	required := sec.Off + attendance.TimeOfDay(move)
	early := int32(required - off.time.Minute())
	if early <= tolerance || early <= 0 {
		return judgement{}
	}
	if e.corp.opts.LateBase == attendance.LateFromGrace {
		early -= tolerance
	}
	return judgement{attendance.Early, early, attendance.Reason{
		Clause: attendance.ClauseEarly, Section: sec.ID, Slot: attendance.Off,
		Card: off.time, Scheduled: sec.Off, Required: required, Tolerance: tolerance,
	}}
}

// earlyBefore is lateAfter for an off-card. A day whose first time approvals
// moved does not shift.
func (e *Evaluator) earlyBefore(sec *attendance.Section, off *slot, c *cover, tolerance int32) judgement {
	if c.off == attendance.NoTime {
		if e.firstMoved() {
			return e.earliness(sec, off, 0, tolerance)
		}
		return judgement{seconds: 1<<31 - 1}
	}
	early := max(0, int32(c.off-off.time.Minute()))
	return judgement{attendance.Early, early, attendance.Reason{
		Clause: attendance.ClauseEarlyBeforeApproval, Section: sec.ID, Slot: attendance.Off,
		Card: off.time, Scheduled: sec.Off, Required: c.off,
	}}
}

// firstMoved reports whether approvals moved or waived the day's first time.
func (e *Evaluator) firstMoved() bool {
	return e.covers[0].waived || e.covers[0].on != attendance.NoTime
}

// judgeOpenSlots finds the owed slots without a card. A day without any card
// in an owed slot is absent as a whole; a section without any is absent by
// itself; else each empty slot is a missing card.
func (e *Evaluator) judgeOpenSlots(kind *attendance.DayKind) {
	owed, filled, net := int32(0), int32(0), int32(0)
	for i := range kind.Sections {
		o, f := e.owed(i)
		owed, filled = owed+o, filled+f
		if o > 0 {
			net += e.uncovered(i)
		}
	}
	if owed == filled {
		return
	}
	none := attendance.Reason{Card: attendance.NoTime, Scheduled: attendance.NoTime, Required: attendance.NoTime}
	if filled == 0 {
		none.Clause = attendance.ClauseAbsentDay
		e.find(attendance.Absent, net, none)
		return
	}
	for i := range kind.Sections {
		sec := &kind.Sections[i]
		o, f := e.owed(i)
		if o > 0 && f == 0 && e.corp.opts.AbsentGranularity == attendance.AbsentHybrid {
			why := none
			why.Clause, why.Section, why.Scheduled = attendance.ClauseAbsentSection, sec.ID, sec.On
			e.find(attendance.Absent, e.uncovered(i), why)
			continue
		}
		if o == 0 {
			continue
		}
		if sec.OnOwed && !e.slots[2*i].filled {
			e.missing(sec.ID, attendance.On, sec.On)
		}
		if sec.OffOwed && !e.slots[2*i+1].filled {
			e.missing(sec.ID, attendance.Off, sec.Off)
		}
	}
}

// uncovered returns a section's net time that no approval covers.
func (e *Evaluator) uncovered(i int) int32 {
	net := e.report.Kind.Sections[i].Net()
	if len(e.covers) > 0 {
		net -= e.covers[i].net
	}
	return max(0, net)
}

// owed counts a section's owed slots and how many of them have a card. A
// section that approvals waive owes none.
func (e *Evaluator) owed(i int) (owed, filled int32) {
	if len(e.covers) > 0 && e.covers[i].waived {
		return 0, 0
	}
	sec := &e.report.Kind.Sections[i]
	if sec.OnOwed {
		owed++
		if e.slots[2*i].filled {
			filled++
		}
	}
	if sec.OffOwed {
		owed++
		if e.slots[2*i+1].filled {
			filled++
		}
	}
	return owed, filled
}

func (e *Evaluator) missing(id attendance.SectionID, side attendance.Slot, due attendance.TimeOfDay) {
	e.find(attendance.Missing, 0, attendance.Reason{
		Clause: attendance.ClauseMissing, Section: id, Slot: side,
		Card: attendance.NoTime, Scheduled: due, Required: due,
	})
}
