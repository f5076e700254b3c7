package engine_test

import (
	"slices"

	"github.com/dakahq/daka/internal/attendance"
)

// oracle judges the days of one member on one fixed or shift rule, without
// approvals and overtime. It is written from the text of the specification
// and counts minutes and seconds one by one. It must not know how the engine
// does the same, and imports nothing but the nouns.
type oracle struct {
	zone        *attendance.Zone
	asOf        int64
	opts        attendance.Options
	rule        *attendance.Rule
	calendar    map[attendance.Day]attendance.Holiday
	schedule    map[attendance.Day]attendance.ShiftID
	punches     []attendance.Punch // those of equal time and kind with the best one first
	corrections []attendance.Correction
}

// oracleLookBack is how many days back a late_rule that reaches the next
// workday looks for the last one: our own limit, the specification has none.
const oracleLookBack = 15

// oraclePlan is what a day asks for; no sections on a rest day.
type oraclePlan struct {
	workday bool
	attendance.DaySpec
}

// oracleDay is what the oracle says about a day.
type oracleDay struct {
	Workday          bool
	Findings         map[attendance.FindingCode]attendance.Tally
	Count            int32
	Earliest, Latest attendance.TimeOfDay
	Worked, Standard int32
}

// oracleCard is the card in a slot.
type oracleCard struct {
	at      int64
	flags   attendance.PunchFlags
	excused bool
}

// oracleSlot names a slot of a day by the section's position.
type oracleSlot struct {
	section int
	slot    attendance.Slot
}

// plan is 2.3: the kind of a day, not before 2024, and its sections.
func (o *oracle) plan(d attendance.Day) oraclePlan {
	if o.rule.Type == attendance.ShiftRule {
		if slices.ContainsFunc(o.rule.SpecialOff, func(s attendance.SpecialDay) bool { return oracleSpecial(s, d) }) {
			return oraclePlan{}
		}
		for _, s := range o.rule.Shifts {
			if id, ok := o.schedule[d]; ok && id != 0 && s.ID == id {
				return oraclePlan{true, s.DaySpec}
			}
		}
		return oraclePlan{}
	}
	for _, s := range o.rule.SpecialWork {
		if oracleSpecial(s, d) {
			return oraclePlan{true, s.DaySpec}
		}
	}
	for _, s := range o.rule.SpecialOff {
		if oracleSpecial(s, d) {
			return oraclePlan{}
		}
	}
	weekday := (int(d) + 4) % 7 // 1970-01-01 was a Thursday
	parity := 1                 // the week of 2024-01-01 is odd
	for monday := attendance.DayOf(2024, 1, 1); monday+7 <= d; monday += 7 {
		parity = 1 - parity
	}
	own, other := o.rule.Weeks[parity][weekday], o.rule.Weeks[1-parity][weekday]
	if h, ok := o.calendar[d]; ok && o.rule.SyncHolidays {
		switch {
		case h.Off:
			return oraclePlan{}
		case o.opts.MakeupDayTimes == attendance.AlwaysFirst:
			return oraclePlan{true, o.rule.Workday[0]}
		case own >= 0:
			return oraclePlan{true, o.rule.Workday[own]}
		case other >= 0:
			return oraclePlan{true, o.rule.Workday[other]}
		}
		return oraclePlan{true, o.rule.Workday[0]}
	}
	if own < 0 {
		return oraclePlan{}
	}
	return oraclePlan{true, o.rule.Workday[own]}
}

func oracleSpecial(s attendance.SpecialDay, d attendance.Day) bool {
	for day := s.First; day <= s.Last; day += attendance.Day(s.Step) {
		if day == d {
			return true
		}
	}
	return false
}

// tod is the wall clock of day d at an instant, beyond the day where need be.
func (o *oracle) tod(d attendance.Day, at int64) attendance.TimeOfDay {
	day, tod := o.zone.DayAt(at)
	return tod + attendance.TimeOfDay(day-d)*attendance.SecondsPerDay
}

// minute is tod cut down to its minute.
func (o *oracle) minute(d attendance.Day, at int64) attendance.TimeOfDay {
	t := o.tod(d, at)
	for t%60 != 0 {
		t--
	}
	return t
}

// window is 3.2: the first and the last minute of the punches of a day.
func (o *oracle) window(d attendance.Day) (from, to attendance.TimeOfDay) {
	p := o.plan(d)
	if len(p.Sections) == 0 {
		return o.rule.RestDayStart, o.rule.RestDayStart + 24*3600 - 60
	}
	from, to = p.Sections[0].OnWindow.From, p.Sections[0].OffWindow.To
	for _, s := range p.Sections {
		from, to = min(from, s.OnWindow.From), max(to, s.OffWindow.To)
	}
	return from, to
}

// dayOf is 3.2: the day that a punch belongs to.
func (o *oracle) dayOf(at int64) (attendance.Day, bool) {
	var work, rest []attendance.Day
	natural, _ := o.zone.DayAt(at)
	for d := natural - 1; d <= natural+1; d++ {
		if from, to := o.window(d); o.minute(d, at) < from || o.minute(d, at) > to {
			continue
		}
		if o.plan(d).workday {
			work = append(work, d)
		} else {
			rest = append(rest, d)
		}
	}
	switch {
	case len(work) > 0:
		chosen := work[0]
		for _, later := range work[1:] {
			end := attendance.TimeOfDay(0)
			for _, s := range o.plan(chosen).Sections {
				end = max(end, s.Off)
			}
			earliest, _ := o.window(later)
			if o.tod(chosen, at) >= end && o.tod(later, at) >= earliest {
				chosen = later
			}
		}
		return chosen, true
	case len(rest) > 0:
		return rest[0], true
	}
	return 0, false
}

// usable is the list of drops at the head of 3.3, duplicates apart.
func (o *oracle) usable(p attendance.Punch) bool {
	switch {
	case p.KnownAt > o.asOf, p.Flags&attendance.Placeholder != 0, p.Flags&attendance.ApprovalPending != 0:
		return false
	case p.Flags&attendance.Outside != 0 && !o.rule.SyncOutside:
		return false
	case p.Flags&attendance.OutOfRange != 0 && o.rule.Places == attendance.PlaceRefused:
		return false
	}
	return true
}

// gather returns the punches of a day that can be cards, in time order. Where
// there are slots to be made for, punches of one second that were made for
// different ones are no duplicates: else one more punch could make a day
// absent, which 15 rules out.
func (o *oracle) gather(d attendance.Day) (punches []attendance.Punch) {
	for _, p := range o.punches {
		day, ok := o.dayOf(p.At)
		twin := func(q attendance.Punch) bool {
			return q.At == p.At && q.Kind() == p.Kind() && (q.Slot == p.Slot || !o.plan(d).workday)
		}
		if ok && day == d && o.usable(p) && !slices.ContainsFunc(punches, twin) {
			punches = append(punches, p)
		}
	}
	slices.SortStableFunc(punches, func(a, b attendance.Punch) int { return int(a.At - b.At) })
	return punches
}

// fill is 3.3 for a working day.
func (o *oracle) fill(d attendance.Day) map[oracleSlot]oracleCard {
	cards := map[oracleSlot]oracleCard{}
	punches := o.gather(d)
	for i, s := range o.plan(d).Sections {
		on, off := oracleSlot{i, attendance.On}, oracleSlot{i, attendance.Off}
		put := func(slot oracleSlot, p attendance.Punch) {
			if _, taken := cards[slot]; !taken || slot == off {
				cards[slot] = oracleCard{at: p.At, flags: p.Flags}
			}
		}
		for _, p := range punches {
			m := o.minute(d, p.At)
			inOn := m >= s.OnWindow.From && m <= s.OnWindow.To
			inOff := m >= s.OffWindow.From && m <= s.OffWindow.To
			_, hasOn := cards[on]
			_, hasOff := cards[off]
			switch {
			case p.Slot == attendance.On:
				if inOn {
					put(on, p)
				}
			case p.Slot == attendance.Off:
				if inOff {
					put(off, p)
				}
			case inOn && inOff && s.OffOwed && !s.OnOwed:
				put(off, p)
			case inOn && inOff && s.OnOwed && !s.OffOwed:
				put(on, p)
			case inOn && inOff && !hasOn && !hasOff:
				put(on, p)
			case inOn && inOff:
				put(off, p)
			case inOn:
				put(on, p)
			case inOff:
				put(off, p)
			}
		}
	}
	return cards
}

// oracleSlotAt returns the owed slot that is due at a time of the day.
func oracleSlotAt(p oraclePlan, due attendance.TimeOfDay) (slot oracleSlot, window attendance.Span, ok bool) {
	for i, s := range p.Sections {
		if s.OnOwed && s.On == due {
			return oracleSlot{i, attendance.On}, s.OnWindow, true
		}
		if s.OffOwed && s.Off == due {
			return oracleSlot{i, attendance.Off}, s.OffWindow, true
		}
	}
	return oracleSlot{}, attendance.Span{}, false
}

// correct is 3.5: it puts the corrections of a day into its cards or, on a
// rest day, returns them as plain punches. It counts the refused ones.
func (o *oracle) correct(d attendance.Day, cards map[oracleSlot]oracleCard) (plain []attendance.Punch, refused int32) {
	plan := o.plan(d)
	byKnown := func(a, b attendance.Correction) int { return int(a.KnownAt - b.KnownAt) }
	for _, c := range slices.SortedFunc(slices.Values(o.corrections), byKnown) {
		if c.Day != d || c.KnownAt > o.asOf {
			continue
		}
		slot, window, owed := oracleSlotAt(plan, c.Slot)
		if from, to := o.window(d); !plan.workday {
			window, owed = attendance.Span{From: from, To: to}, c.Slot == attendance.NoTime
		}
		m := o.minute(d, c.At)
		// An approved correction of a slot is good "whatever its time".
		anyTime := plan.workday && c.By == attendance.ByApproval
		switch {
		case c.At > o.asOf, !plan.workday && !o.rule.RestDayPunches, !owed, !anyTime && (m < window.From || m > window.To):
			refused++
		case !plan.workday:
			plain = append(plain, attendance.Punch{At: c.At})
		default:
			cards[slot] = oracleCard{at: c.At, excused: c.By == attendance.ByApproval}
		}
	}
	return plain, refused
}

// day is the whole pipeline of section 1 for one day.
func (o *oracle) day(d attendance.Day) oracleDay {
	plan := o.plan(d)
	r := oracleDay{Workday: plan.workday, Findings: map[attendance.FindingCode]attendance.Tally{}}
	var cards []oracleCard
	var refused int32
	if plan.workday {
		filled := o.fill(d)
		_, refused = o.correct(d, filled)
		o.judge(d, plan, filled, r.Findings)
		o.missing(d, plan, filled, r.Findings)
		for i, s := range plan.Sections {
			r.Standard += oracleNet(s)
			r.Worked += o.worked(d, s, filled, i)
		}
		for _, c := range filled {
			cards = append(cards, c)
		}
	} else {
		var plain []attendance.Punch
		plain, refused = o.correct(d, nil)
		cards = o.restDay(append(o.gather(d), plain...))
	}
	if refused > 0 {
		r.Findings[attendance.Refused] = attendance.Tally{Count: refused}
	}
	for _, c := range cards {
		t := o.tod(d, c.at)
		if r.Count++; r.Count == 1 {
			r.Earliest, r.Latest = t, t
		}
		r.Earliest, r.Latest = min(r.Earliest, t), max(r.Latest, t)
		far := c.flags&attendance.OutOfRange != 0 && o.rule.Places == attendance.PlaceException
		if far || c.flags&attendance.WrongWifi != 0 { // option_out_range speaks of places alone
			oracleAdd(r.Findings, attendance.Location, 0)
		}
		if c.flags&attendance.NewDevice != 0 {
			oracleAdd(r.Findings, attendance.Device, 0)
		}
	}
	return r
}

func oracleAdd(findings map[attendance.FindingCode]attendance.Tally, code attendance.FindingCode, seconds int32) {
	t := findings[code]
	findings[code] = attendance.Tally{Count: t.Count + 1, Seconds: t.Seconds + int64(seconds)}
}

// restDay is the pairing of 5.2 as it applies to days that are not worked.
// Hours come from sections (5.1), and such a day has none.
func (o *oracle) restDay(punches []attendance.Punch) (cards []oracleCard) {
	slices.SortStableFunc(punches, func(a, b attendance.Punch) int { return int(a.At - b.At) })
	for _, p := range punches {
		cards = append(cards, oracleCard{at: p.At, flags: p.Flags})
	}
	if o.rule.Method == attendance.OnePair && len(cards) > 2 {
		cards = []oracleCard{cards[0], cards[len(cards)-1]}
	}
	return cards
}
