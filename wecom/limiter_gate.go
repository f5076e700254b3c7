package wecom

import (
	"errors"
	"math"
	"slices"
	"time"
)

// The general quotas of one call of a corp, and how long a refusal holds
// (document 90312).
const (
	generalPerMinute = 10_000
	generalPerHour   = 150_000
	closingTime      = time.Minute
)

// gate is where the calls of one name wait. Its owner's lock guards it, and its
// times are those since its owner's epoch.
type gate struct {
	windows [2]window     // a minute and an hour
	open    int           // calls that no window has counted yet
	running int           // calls whose end is not known yet
	begun   int64         // calls ever
	moved   time.Duration // when the last call began or ended
	queue   []*waiter     // by turn
	block   block         // of the journal

	shut     bool          // the last news was a refusal with CodeRateLimit
	until    time.Duration // when a call may look whether that is over
	probe    *slot         // the call that does
	closings int           // how often it was shut, and found shut still
	refusal  error         // the last one

	most int   // calls at once; 0 = any number
	good int   // answers since most was last changed
	cut  int64 // calls begun when most was last halved
}

func newGate() *gate {
	return &gate{windows: [2]window{{length: time.Minute}, {length: time.Hour, most: generalPerHour}}}
}

// join puts a waiter behind those with earlier turns.
func (g *gate) join(w *waiter) {
	i := len(g.queue)
	for i > 0 && g.queue[i-1].turn > w.turn {
		i--
	}
	g.queue = slices.Insert(g.queue, i, w)
}

func (g *gate) leave(w *waiter) {
	i := slices.Index(g.queue, w)
	g.queue = slices.Delete(g.queue, i, i+1)
	if i == 0 {
		g.call()
	}
}

// call lets the first in the queue look again.
func (g *gate) call() {
	if len(g.queue) > 0 {
		g.queue[0].wake()
	}
}

// untilWoken is a wait that ends when something happens.
const untilWoken = time.Duration(math.MaxInt64)

// wait returns how long a call must wait at least that has so many others
// before it, and when to look again if nothing happens before.
func (g *gate) wait(now time.Duration, ahead int) (least, again time.Duration) {
	if g.shut {
		g.until = min(g.until, now+closingTime) // the clock may have been turned back
		least = g.until - now
	}
	for i := range g.windows {
		w, known := g.windows[i].wait(now, g.open, ahead)
		least = max(least, w)
		if !known {
			again = untilWoken
		}
	}
	if g.most > 0 && g.running >= g.most || g.shut && g.probe != nil {
		// Not for ever: whoever takes an answer piece by piece may be the one
		// that waits here.
		again = max(again, min(g.moved, now)+closingTime-now)
	}
	return least, max(least, again)
}

func (g *gate) begin(s *slot, now time.Duration) {
	g.begun++
	g.block.calls--
	g.open++
	g.running++
	g.moved = now
	s.number = g.begun
	if g.shut {
		g.probe = s
	}
}

// count moves a call from those under way into the windows.
func (g *gate) count(now time.Duration) {
	g.open--
	for i := range g.windows {
		g.windows[i].add(now)
	}
}

// end takes a call out and learns from it, if it was answered.
func (g *gate) end(s *slot, now time.Duration, answered bool, err error) {
	g.moved = now
	probe := g.probe == s
	if probe {
		g.probe = nil
	}
	switch {
	case !answered:
	case errors.Is(err, CodeRateLimit):
		g.close(s, err)
	case errors.Is(err, CodeConcurrency):
		if s.number > g.cut { // one of the same burst has done it otherwise
			g.most, g.good, g.cut = max(1, g.running/2), 0, g.begun
		}
	default:
		if probe {
			g.shut = false
		}
		g.grow()
	}
	g.running--
}

func (g *gate) close(s *slot, refusal error) {
	if !g.shut || s.at >= g.until {
		g.closings++
	}
	g.shut, g.refusal = true, refusal
	g.until = max(g.until, s.at+closingTime)
}

func (g *gate) grow() {
	if g.good++; g.most > 0 && g.good >= g.most {
		g.most, g.good = g.most+1, 0
	}
}
