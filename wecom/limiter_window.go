package wecom

import (
	"slices"
	"time"
)

// window keeps the calls of any stretch of time of its length at most.
type window struct {
	length time.Duration
	most   int
	log    []batch // oldest first
	logged int     // calls in log
	seen   time.Duration
}

// batch is calls that were counted within a grain of each other. Their places
// are free together, when the last one's is.
type batch struct {
	first, last time.Duration
	calls       int
}

// grains is how many batches there are in a window at most, or one more. It
// bounds the memory and costs one call in 3,600.
const grains = 3600

func (w *window) add(now time.Duration) {
	w.pass(now)
	w.insert(now, 1)
}

// insert counts calls, which may be of another time than now.
func (w *window) insert(at time.Duration, calls int) {
	w.logged += calls
	i := len(w.log)
	for i > 0 && w.log[i-1].last > at {
		i--
	}
	if i > 0 && at-w.log[i-1].first < w.length/grains {
		w.log[i-1].last = at
		w.log[i-1].calls += calls
		return
	}
	w.log = slices.Insert(w.log, i, batch{at, at, calls})
}

// pass frees the places whose time is over.
func (w *window) pass(now time.Duration) {
	if now < w.seen { // the clock was turned back
		for i := range w.log {
			w.log[i].first, w.log[i].last = min(w.log[i].first, now), min(w.log[i].last, now)
		}
	}
	w.seen = now
	for len(w.log) > 0 && w.log[0].last+w.length <= now {
		w.logged -= w.log[0].calls
		w.log = w.log[1:]
	}
}

// wait returns how long a call must wait at least that has so many others
// before it, where open calls hold places from which the end is not known. It
// is all there is to wait for unless the call waits for the end of one of them.
func (w *window) wait(now time.Duration, open, ahead int) (wait time.Duration, known bool) {
	w.pass(now)
	missing := ahead - (w.most - w.logged - open)
	if missing < 0 {
		return 0, true
	}
	// The missing+1st place to come free: each comes once in a length of time.
	wait = time.Duration(missing/w.most) * w.length
	missing %= w.most
	for _, b := range w.log {
		if missing < b.calls {
			return wait + b.last + w.length - now, true
		}
		missing -= b.calls
	}
	return wait + w.length, false
}
