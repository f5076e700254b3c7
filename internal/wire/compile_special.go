package wire

import (
	"fmt"

	"github.com/dakahq/daka/internal/attendance"
)

// specialDays compiles spe_workdays and spe_offdays. A stamp names the day of
// the zone it lies in, which begins with it in WeCom's documents.
func (c *compiler) specialDays(name string, docs []specialDoc, work bool) []attendance.SpecialDay {
	var days []attendance.SpecialDay
	for i := range docs {
		path, d := fmt.Sprintf("%s[%d]", name, i), &docs[i]
		s := attendance.SpecialDay{Step: 1, Notes: string(d.Notes)}
		switch c.number(path+".type", d.Type, 0, 0, 2) {
		case 0:
			s.First = c.day(path+".timestamp", d.Timestamp)
			s.Last = s.First
		case 1:
			beg, spelling := d.BegTime, ".begtime"
			if beg.or(0) == 0 && d.BeginTime.set {
				beg, spelling = d.BeginTime, ".begintime"
			}
			s.First, s.Last = c.day(path+spelling, beg), c.day(path+".endtime", d.EndTime)
		case 2:
			s.First, s.Last = c.day(path+".timestamp", d.Timestamp), c.day(path+".endtime", d.EndTime)
			s.Step = 14
		}
		if c.err == nil && s.Last < s.First {
			c.fail(path+".endtime", "%s is before the first day %s", s.Last, s.First)
		}
		if work {
			if len(d.CheckinTime) == 0 {
				c.fail(path+".checkintime", "a special working day needs a section")
			}
			s.Sections = c.sections(path+".checkintime", d.CheckinTime, limits{})
		}
		days = append(days, s)
	}
	return days
}

// likeWorkday gives a special working day what it has no members for: flexible
// times and the off-cards that nobody asks for are those of the rule's first
// working day, as with make-up days.
func likeWorkday(s *attendance.DaySpec, r *attendance.Rule, items []workdayDoc) {
	if len(r.Workday) == 0 {
		return
	}
	s.Flex, s.LateRule = r.Workday[0].Flex, r.Workday[0].LateRule
	for i := range s.Sections {
		s.Sections[i].OffOwed = s.Sections[i].OffOwed && !items[0].NoNeedOff.or(false)
	}
}

func (c *compiler) day(path string, n number) attendance.Day {
	if n.or(0) == 0 {
		c.fail(path, "is missing")
		return 0
	}
	const last = (int64(attendance.MaxDay) + 1) * attendance.SecondsPerDay
	stamp := c.number(path, n, 0, 1, last)
	day, _ := c.zone.DayAt(stamp)
	if !day.Valid() {
		c.fail(path, "%d is not a day between 1970 and 2199", stamp)
	}
	return day
}
