package wire

import (
	"cmp"
	"fmt"
	"slices"

	"github.com/dakahq/daka/internal/attendance"
)

// A section begins on its day and ends by the end of the next one.
const (
	maxOn  = 2*attendance.SecondsPerDay - 60
	maxOff = 2 * attendance.SecondsPerDay
)

// sect is a section on its way: compiled, but for its windows.
type sect struct {
	path string
	doc  *sectDoc
	attendance.Section
}

// sections compiles the sections of one day and puts them in order.
func (c *compiler) sections(path string, docs []sectDoc, limits limits) []attendance.Section {
	var sects []sect
	used := map[attendance.SectionID]bool{}
	for i := range docs {
		p := fmt.Sprintf("%s[%d]", path, i)
		s := sect{path: p, doc: &docs[i], Section: c.section(p, &docs[i])}
		if s.ID != 0 && used[s.ID] {
			c.fail(p+".time_id", "%d is the id of another section, too", s.ID)
		}
		used[s.ID] = true
		sects = append(sects, s)
	}
	if c.err != nil {
		return nil
	}
	// Documents of the read form may lack ids: number them, or the sections
	// of a day could not be told apart.
	for i := range sects {
		for id := attendance.SectionID(1); sects[i].ID == 0; id++ {
			if !used[id] {
				sects[i].ID, used[id] = id, true
			}
		}
	}
	slices.SortStableFunc(sects, func(a, b sect) int { return cmp.Compare(a.On, b.On) })
	for i := 1; i < len(sects); i++ {
		if before := sects[i-1]; sects[i].On < before.Off {
			c.fail(sects[i].path+".work_sec", "%d lies before off_work_sec %d of another section", sects[i].On, before.Off)
		}
	}
	return c.windows(sects, limits)
}

func (c *compiler) section(path string, d *sectDoc) attendance.Section {
	for _, m := range []struct {
		name string
		n    number
	}{{"work_sec", d.Work}, {"off_work_sec", d.Off}} {
		if !m.n.set {
			c.fail(path+"."+m.name, "is missing")
		}
	}
	s := attendance.Section{
		ID:        attendance.SectionID(c.number(path+".time_id", d.ID, 0, 0, maxID)),
		On:        attendance.TimeOfDay(c.number(path+".work_sec", d.Work, 0, 0, maxOn)),
		Off:       attendance.TimeOfDay(c.number(path+".off_work_sec", d.Off, 0, 0, maxOff)),
		OnOwed:    !d.NoNeedOn.or(false),
		OffOwed:   !d.NoNeedOff.or(false),
		RemindOn:  c.timeOfDay(path+".remind_work_sec", d.RemindWork),
		RemindOff: c.timeOfDay(path+".remind_off_work_sec", d.RemindOff),
	}
	switch {
	case s.Off <= s.On:
		c.fail(path+".off_work_sec", "%d is not after work_sec %d", s.Off, s.On)
	case s.Off-s.On > attendance.SecondsPerDay:
		c.fail(path+".off_work_sec", "%d is more than a day after work_sec %d", s.Off, s.On)
	}
	s.Rests = c.rests(path, d, attendance.Span{From: s.On, To: s.Off})
	return s
}

// timeOfDay returns a time between the day before and the day after next,
// which is as far as the punches of a day are looked for; NoTime when not set.
func (c *compiler) timeOfDay(path string, n number) attendance.TimeOfDay {
	return attendance.TimeOfDay(c.number(path, n, int64(attendance.NoTime), -attendance.SecondsPerDay, 3*attendance.SecondsPerDay))
}

// rests returns the section's rests as disjoint spans in order. The read form
// puts the earliest into the pair and the others into the list; the write form
// may repeat it there. What lies outside the section is no rest from it.
func (c *compiler) rests(path string, d *sectDoc, section attendance.Span) []attendance.Span {
	hasRests := d.AllowRest.or(c.form == FormRead)
	if !hasRests {
		return nil
	}
	var spans []attendance.Span
	add := func(path string, begin, end number) {
		if begin.or(0) == 0 && end.or(0) == 0 {
			return // some clients send 0 for "not set"
		}
		s := attendance.Span{
			From: attendance.TimeOfDay(c.number(path+".rest_begin_time", begin, 0, 0, maxOff)),
			To:   attendance.TimeOfDay(c.number(path+".rest_end_time", end, 0, 0, maxOff)),
		}
		if s.To <= s.From {
			c.fail(path+".rest_end_time", "%d is not after rest_begin_time %d", s.To, s.From)
		}
		s = attendance.Span{From: max(s.From, section.From), To: min(s.To, section.To)}
		if s.From < s.To {
			spans = append(spans, s)
		}
	}
	add(path, d.RestBegin, d.RestEnd)
	for i, r := range d.RestTimes {
		add(fmt.Sprintf("%s.rest_times[%d]", path, i), r.Begin, r.End)
	}
	slices.SortFunc(spans, func(a, b attendance.Span) int { return cmp.Compare(a.From, b.From) })
	var merged []attendance.Span
	for _, s := range spans {
		if n := len(merged); n > 0 && s.From <= merged[n-1].To {
			merged[n-1].To = max(merged[n-1].To, s.To)
			continue
		}
		merged = append(merged, s)
	}
	return merged
}
