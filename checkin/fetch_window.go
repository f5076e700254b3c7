package checkin

import (
	"fmt"
	"time"
)

// window is the time that one call asks about, as the call writes it down.
type window struct {
	start, end  int64 // seconds
	first, last Date  // the days in it
}

func (w window) String() string {
	if w.first == w.last {
		return w.first.String()
	}
	return fmt.Sprintf("%s to %s", w.first, w.last)
}

// timespan is all the time that a Fetch asks about.
type timespan struct {
	first, last Date
	zone        *time.Location
	overlap     time.Duration
}

// seconds splits into windows of at most so many seconds, of which each begins
// with the second at which the one before ends: WeCom does not say to which of
// them it belongs.
func (p *timespan) seconds(most int64) (list []window) {
	end := p.end()
	for start := p.midnight(p.first); start < end; start += most {
		w := window{start: start, end: min(start+most, end)}
		w.first, w.last = p.date(w.start), p.date(w.end-1)
		list = append(list, w)
	}
	return list
}

// end is the second after the last that seconds asks about.
func (p *timespan) end() int64 {
	return p.midnight(p.last.next()) + int64(p.overlap/time.Second)
}

// days splits into windows of as many days as fit: those of which fits says so,
// for their first and last, and single ones. They begin and end with days.
func (p *timespan) days(fits func(first, last Date) bool) (list []window) {
	for first := p.first; !p.last.before(first); {
		last := first
		for next := last.next(); !p.last.before(next) && fits(first, next); next = next.next() {
			last = next
		}
		list = append(list, window{p.midnight(first), p.midnight(last), first, last})
		first = last.next()
	}
	return list
}

// reportDays are windows that a call for reports takes. In a zone whose clocks
// are turned, that need not be 31 days.
func (p *timespan) reportDays() []window { return p.days(p.reportable) }

// months are those that do not reach from one month into another.
func (p *timespan) months() []window {
	return p.days(func(first, last Date) bool { return first.Month == last.Month && p.reportable(first, last) })
}

func (p *timespan) reportable(first, last Date) bool {
	return p.midnight(last)-p.midnight(first) <= MaxReportSpan
}

// scheduleMonths are calendar months, whose last day is asked for to its last
// second: WeCom does not say whether the end is a part of the window.
func (p *timespan) scheduleMonths() []window {
	list := p.days(func(first, last Date) bool { return first.Month == last.Month })
	for i := range list {
		w := &list[i]
		w.end = min(p.midnight(w.last.next())-1, w.start+MaxMonthSpan)
	}
	return list
}

func (p *timespan) singleDays() []window {
	return p.days(func(Date, Date) bool { return false })
}

func (p *timespan) midnight(d Date) int64 { return d.Midnight(p.zone).Unix() }

func (p *timespan) date(at int64) Date { return DateOf(time.Unix(at, 0).In(p.zone)) }
