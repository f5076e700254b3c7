package engine_test

import "github.com/dakahq/daka/internal/attendance"

// oracleNet is 5.1: the seconds of a section that lie in no rest.
func oracleNet(s attendance.Section) (net int32) {
	for t := s.On; t < s.Off; t++ {
		if !oracleResting(s, t) {
			net++
		}
	}
	return net
}

func oracleResting(s attendance.Section, t attendance.TimeOfDay) bool {
	for _, r := range s.Rests {
		if t >= r.From && t < r.To {
			return true
		}
	}
	return false
}

// worked is 5.1: the seconds between the cards of a section, rests taken off.
func (o *oracle) worked(d attendance.Day, s attendance.Section, cards map[oracleSlot]oracleCard, i int) (seconds int32) {
	on, hasOn := cards[oracleSlot{i, attendance.On}]
	off, hasOff := cards[oracleSlot{i, attendance.Off}]
	from, to := o.tod(d, on.at), o.tod(d, off.at)
	switch {
	case hasOn && hasOff:
	case hasOn && !s.OffOwed:
		to = s.Off
	case hasOff && !s.OnOwed:
		from = s.On
	default:
		return 0
	}
	for t := from; t < to; t++ {
		if oracleResting(s, t) || o.opts.ClipActual && (t < s.On || t >= s.Off) {
			continue
		}
		seconds++
	}
	return seconds
}

// shift is 4.3 B: how far the first card moves the day.
func (o *oracle) shift(d attendance.Day, plan oraclePlan, cards map[oracleSlot]oracleCard) attendance.TimeOfDay {
	first, ok := cards[oracleSlot{0, attendance.On}]
	if !ok {
		return 0
	}
	delta := o.minute(d, first.at) - plan.Sections[0].On
	return min(max(delta, -attendance.TimeOfDay(plan.Flex.ShiftEarly)), attendance.TimeOfDay(plan.Flex.ShiftLate))
}

// allowance is 4.3 C: how late the first card may be because the day before
// ended late.
func (o *oracle) allowance(d attendance.Day, plan oraclePlan) (allow int32) {
	yesterday := d - 1
	for o.opts.LateRuleScope == attendance.NextWorkday && !o.plan(yesterday).workday && yesterday > d-oracleLookBack {
		yesterday--
	}
	before := o.plan(yesterday)
	if !before.workday {
		return 0
	}
	cards := o.fill(yesterday)
	o.correct(yesterday, cards)
	last := len(before.Sections) - 1
	card, ok := cards[oracleSlot{last, attendance.Off}]
	if !ok {
		return 0
	}
	stay := o.minute(yesterday, card.at) - before.Sections[last].Off
	reached := int32(-1)
	for _, step := range plan.LateRule {
		if step.After <= int32(stay) && step.After > reached {
			reached, allow = step.After, step.Allow
		}
	}
	return allow
}

// judge is 4.2 and 4.3: late and early cards.
func (o *oracle) judge(d attendance.Day, plan oraclePlan, cards map[oracleSlot]oracleCard, findings map[attendance.FindingCode]attendance.Tally) {
	shift := o.shift(d, plan, cards)
	for i, s := range plan.Sections {
		on, hasOn := cards[oracleSlot{i, attendance.On}]
		off, hasOff := cards[oracleSlot{i, attendance.Off}]
		dueOn, dueOff := s.On, s.Off
		tolerance := plan.Flex.Late
		if i == 0 {
			dueOn += shift
			allow := o.allowance(d, plan)
			if o.opts.Tolerances == attendance.SumOfTolerances {
				tolerance += allow
			} else {
				tolerance = max(tolerance, allow)
			}
		}
		if i == len(plan.Sections)-1 {
			dueOff += shift
		}
		if hasOn && s.OnOwed && !on.excused {
			late := int32(0)
			for m := dueOn; m < o.minute(d, on.at); m += 60 {
				late += 60
			}
			if late > tolerance {
				if o.opts.FlexOverflow == attendance.OverflowFromSchedule {
					late += int32(dueOn - s.On)
				}
				oracleAdd(findings, attendance.Late, o.counted(late, tolerance))
			}
		}
		if hasOff && s.OffOwed && !off.excused {
			early := int32(0)
			for m := o.minute(d, off.at); m < dueOff; m += 60 {
				early += 60
			}
			if early > plan.Flex.Early {
				oracleAdd(findings, attendance.Early, o.counted(early, plan.Flex.Early))
			}
		}
	}
}

// counted is the option late_base.
func (o *oracle) counted(seconds, tolerance int32) int32 {
	if o.opts.LateBase == attendance.LateFromGrace {
		return seconds - tolerance
	}
	return seconds
}

// missing is 4.4 and 4.5: owed slots without a card, once the day has closed.
func (o *oracle) missing(d attendance.Day, plan oraclePlan, cards map[oracleSlot]oracleCard, findings map[attendance.FindingCode]attendance.Tally) {
	if _, last := o.window(d); o.asOf < o.zone.At(d, last+60) {
		return
	}
	owed, filled := make([]int, len(plan.Sections)), make([]int, len(plan.Sections))
	anyOwed, anyFilled := false, false
	for i, s := range plan.Sections {
		for slot, asked := range map[attendance.Slot]bool{attendance.On: s.OnOwed, attendance.Off: s.OffOwed} {
			if !asked {
				continue
			}
			owed[i]++
			anyOwed = true
			if _, ok := cards[oracleSlot{i, slot}]; ok {
				filled[i]++
				anyFilled = true
			}
		}
	}
	if anyOwed && !anyFilled {
		var net int32
		for i, s := range plan.Sections {
			if owed[i] > 0 {
				net += oracleNet(s)
			}
		}
		oracleAdd(findings, attendance.Absent, net)
		return
	}
	for i, s := range plan.Sections {
		if owed[i] > 0 && filled[i] == 0 && o.opts.AbsentGranularity == attendance.AbsentHybrid {
			oracleAdd(findings, attendance.Absent, oracleNet(s))
			continue
		}
		for range owed[i] - filled[i] {
			oracleAdd(findings, attendance.Missing, 0)
		}
	}
}
