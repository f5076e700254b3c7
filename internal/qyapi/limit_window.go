package qyapi

import "time"

// window counts the calls since its beginning. With the first call over the
// quota it begins again, and refuses everything until its end.
type window struct {
	begun time.Time
	calls Quota
}

// refuses returns how long no call is let through, 0 if one is.
func (w *window) refuses(now time.Time, length time.Duration, most Quota) time.Duration {
	if most < 0 || w.calls < most || w.over(now, length) {
		return 0
	}
	if w.calls == most {
		*w = window{begun: now, calls: most + 1}
	}
	return w.begun.Add(length).Sub(now)
}

// add counts a call that is let through.
func (w *window) add(now time.Time, length time.Duration) {
	if w.over(now, length) {
		*w = window{begun: now}
	}
	w.calls++
}

// over reports whether the window has passed. One that begins after now is of
// a clock that has been turned back, and counts no more.
func (w *window) over(now time.Time, length time.Duration) bool {
	age := now.Sub(w.begun)
	return age < 0 || age >= length
}

// idle reports whether none of a meter's windows is under way.
func (m *meter) idle(now time.Time) bool {
	for i, length := range windowLengths {
		if !m[i].over(now, length) {
			return false
		}
	}
	return true
}
