package wire

import "github.com/dakahq/daka/internal/attendance"

// Where a document has neither new window fields nor old limits, punches count
// from 04:00 to 03:59 of the next day in rules with fixed times, and from four
// hours before work to four hours after it in shifts.
//
// The end for shifts is inferred from the limit_offtime of 14400 in WeCom's
// sample. The same four hours serve a fixed section that begins before 04:00
// or ends after 03:59.
const (
	fixedDayFrom attendance.TimeOfDay = 4 * 3600
	fixedDayTo   attendance.TimeOfDay = 28*3600 - 60
	shiftReach   attendance.TimeOfDay = 4 * 3600
)

// limits are the older limits of a day, in seconds; 0 = not set.
type limits struct{ ahead, after attendance.TimeOfDay }

func (c *compiler) limits(path string, d *dayDoc) limits {
	ahead := c.number(path+".limit_aheadtime", d.LimitAhead, 0, 0, attendance.SecondsPerDay*1000)
	after := c.number(path+".limit_offtime", d.LimitOff, 0, 0, attendance.SecondsPerDay)
	return limits{attendance.TimeOfDay(ahead / 1000), attendance.TimeOfDay(after)}
}

// given are the window fields of a section; NoTime where one is not set. None
// but earliest_work_sec can be midnight, so that 0 means "not set" in the
// others, and in it when latest_work_sec is not set either.
type given struct{ onFrom, onTo, offFrom, offTo attendance.TimeOfDay }

func (c *compiler) given(s *sect) given {
	notZero := func(t attendance.TimeOfDay) attendance.TimeOfDay {
		if t == 0 {
			return attendance.NoTime
		}
		return t
	}
	g := given{
		onFrom:  c.timeOfDay(s.path+".earliest_work_sec", s.doc.EarliestOn),
		onTo:    notZero(c.timeOfDay(s.path+".latest_work_sec", s.doc.LatestOn)),
		offFrom: notZero(c.timeOfDay(s.path+".earliest_off_work_sec", s.doc.EarliestOff)),
		offTo:   notZero(c.timeOfDay(s.path+".latest_off_work_sec", s.doc.LatestOff)),
	}
	if g.onTo == attendance.NoTime {
		g.onFrom = notZero(g.onFrom)
	}
	return g
}

// windows sets the windows of a day's sections, which are in order. Inside a
// section the two may overlap; those of different sections never do.
func (c *compiler) windows(sects []sect, old limits) []attendance.Section {
	fields := make([]given, len(sects))
	for i := range sects {
		fields[i] = c.given(&sects[i])
	}
	out := make([]attendance.Section, 0, len(sects))
	for i := range sects {
		s, g := sects[i].Section, fields[i]
		from, to := c.dayFrom(s.On, old), c.dayTo(s.Off, old)
		if i > 0 {
			from = boundary(&sects[i-1], &sects[i], fields[i-1], g)
			if old.ahead > 0 {
				from = max(from, s.On-old.ahead)
			}
		}
		if i < len(sects)-1 {
			to = boundary(&sects[i], &sects[i+1], g, fields[i+1]) - 60
			if old.after > 0 {
				to = min(to, s.Off+old.after)
			}
		}
		s.OnWindow = attendance.Span{From: pick(g.onFrom, from), To: pick(g.onTo, max(s.On, s.Off-60))}
		s.OffWindow = attendance.Span{From: pick(g.offFrom, min(s.On+60, s.Off)), To: pick(g.offTo, to)}
		c.checkWindows(sects[i].path, out, &s)
		out = append(out, s)
	}
	return out
}

// checkWindows refuses windows without a minute, and those that reach into the
// section before. Windows that only meet in one minute leave it to the later.
func (c *compiler) checkWindows(path string, before []attendance.Section, s *attendance.Section) {
	if s.OnWindow.To < s.OnWindow.From {
		c.fail(path+".latest_work_sec", "the on-duty window from %d to %d is empty", s.OnWindow.From, s.OnWindow.To)
	}
	if s.OffWindow.To < s.OffWindow.From {
		c.fail(path+".latest_off_work_sec", "the off-duty window from %d to %d is empty", s.OffWindow.From, s.OffWindow.To)
	}
	if len(before) == 0 {
		return
	}
	last := &before[len(before)-1]
	// Windows that overlap further are refused on writing only: the engine
	// decides which section has a punch.
	if from := min(s.OnWindow.From, s.OffWindow.From); last.OffWindow.To == from && last.OffWindow.From < from {
		last.OffWindow.To -= 60
	}
}

// dayFrom returns where the first on-duty window of a day begins.
func (c *compiler) dayFrom(on attendance.TimeOfDay, old limits) attendance.TimeOfDay {
	switch {
	case old.ahead > 0:
		return on - old.ahead
	case c.typ == attendance.ShiftRule:
		return on - shiftReach
	case on < fixedDayFrom:
		return max(0, on-shiftReach)
	}
	return fixedDayFrom
}

// dayTo returns where the last off-duty window of a day ends.
func (c *compiler) dayTo(off attendance.TimeOfDay, old limits) attendance.TimeOfDay {
	if old.after > 0 {
		return off + old.after
	}
	if c.typ == attendance.ShiftRule || off > fixedDayTo {
		return max(fixedDayTo, off+shiftReach)
	}
	return fixedDayTo
}

// boundary returns where the windows of section a end and those of b, the next
// one, begin: where one of them says so, else half-way, on a whole minute. The
// minute of a's end stays a's, or nobody could leave on time.
func boundary(a, b *sect, of, next given) attendance.TimeOfDay {
	switch {
	case next.onFrom != attendance.NoTime:
		return next.onFrom
	case of.offTo != attendance.NoTime:
		return of.offTo + 60
	}
	half := a.Off + (b.On-a.Off)/2
	if half.Minute() != half {
		half = half.Minute() + 60
	}
	return max(half, a.Off.Minute()+60)
}

// pick returns what was given, else def, cut to its minute as punches are.
func pick(given, def attendance.TimeOfDay) attendance.TimeOfDay {
	if given != attendance.NoTime {
		return given.Minute()
	}
	return def.Minute()
}
