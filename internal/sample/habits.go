package sample

import (
	"fmt"

	"github.com/dakahq/daka/internal/attendance"
)

// habits are what a member's days have in common. Chances are in a thousand.
type habits struct {
	device  string
	ahead   int // minutes before work at which the member comes at the earliest
	late    int // chance to come late
	forget  int // chance to forget a card
	leave   int // chance to leave before the end
	absent  int // chance not to come at all
	stay    int // chance to stay long after the end
	outside int // chance to visit a customer
}

func newHabits(d dice, member int) habits {
	h := habits{
		device: fmt.Sprintf("%016x", d.Uint64()),
		ahead:  d.between(6, 25), late: d.between(5, 30), forget: d.between(2, 12), leave: d.between(1, 8),
		absent: d.between(1, 6), stay: d.between(50, 350), outside: d.between(0, 400),
	}
	switch {
	case d.chance(120):
		h.late = d.between(100, 220)
	case d.chance(100):
		h.forget = d.between(30, 60)
	case d.chance(80): // the one who is never wrong
		h.late, h.forget, h.leave, h.absent = 0, 0, 0, 0
	}
	if member == 0 {
		h.late, h.forget = 120, 40 // so that the smallest company has something to show
	}
	return h
}

// act is a card that a member makes: a moment of a day and what is special
// about it.
type act struct {
	at    attendance.TimeOfDay
	flags attendance.PunchFlags
}

// missed is a card that a member forgot, and when it would have been made.
type missed struct{ slot, at attendance.TimeOfDay }

// live makes a member's cards of a day from what the day asks.
func (h *habits) live(d dice, k *attendance.DayKind) (acts []act, forgot []missed) {
	switch {
	case !k.Workday:
		return h.restDay(d, k), nil
	case d.chance(h.absent):
		return nil, nil
	case len(k.Sections) == 0:
		return h.freeDay(d), nil
	}
	for i := range k.Sections {
		s := &k.Sections[i]
		card := func(slot, at attendance.TimeOfDay) {
			if d.chance(h.forget) {
				forgot = append(forgot, missed{slot, at})
				return
			}
			acts = append(acts, h.press(d, at)...)
		}
		card(s.On, h.arrival(d, s, i == 0))
		card(s.Off, h.departure(d, s, i == len(k.Sections)-1))
	}
	return acts, forgot
}

func (h *habits) arrival(d dice, s *attendance.Section, first bool) attendance.TimeOfDay {
	switch {
	case first && d.chance(h.late):
		return s.On + d.minutes(1, 45)
	case first:
		return s.On - d.minutes(0, h.ahead)
	case d.chance(h.late / 3):
		return s.On + d.minutes(1, 12)
	}
	return s.On - d.minutes(0, 20)
}

func (h *habits) departure(d dice, s *attendance.Section, last bool) attendance.TimeOfDay {
	switch {
	case !last:
		return s.Off + d.minutes(0, 8)
	case d.chance(h.leave):
		return s.Off - d.minutes(6, 50)
	case d.chance(h.stay):
		// No longer than the window is open.
		return min(s.Off+d.minutes(35, 150), s.OffWindow.To)
	}
	return s.Off + d.minutes(0, 15)
}

// press makes a card, seldom out of range or from a new phone, and now and then
// a second time to be sure.
func (h *habits) press(d dice, at attendance.TimeOfDay) []act {
	a := act{at: at}
	if d.chance(6) {
		a.flags |= attendance.OutOfRange
	}
	if d.chance(3) {
		a.flags |= attendance.NewDevice
	}
	if d.chance(15) {
		return []act{a, {at: at + attendance.TimeOfDay(d.between(5, 50)), flags: a.flags}}
	}
	return []act{a}
}

// restDay is a day off, on which few come in.
func (h *habits) restDay(d dice, k *attendance.DayKind) []act {
	if k.Shift != nil || !d.chance(h.stay/12) {
		return nil
	}
	on := 9*3600 + d.minutes(0, 90)
	return []act{{at: on}, {at: on + d.minutes(150, 420)}}
}

// freeDay is a day without times, perhaps with a visit in its middle.
func (h *habits) freeDay(d dice) []act {
	on := 8*3600 + 1800 + d.minutes(0, 150)
	acts := h.press(d, on)
	if d.chance(h.outside) {
		acts = append(acts, act{at: on + d.minutes(120, 240), flags: attendance.Outside})
	}
	if d.chance(h.forget) {
		return acts
	}
	return append(acts, h.press(d, on+d.minutes(7*60+30, 10*60))...)
}
