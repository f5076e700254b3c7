package wecom

import (
	"testing"
	"time"
)

// Calls of another name are not concerned, and without a number of its own a
// call has the general quotas: 10,000 a minute, 150,000 an hour.
func TestGeneralQuotas(t *testing.T) {
	t.Parallel()
	paced(t, 0, func(p *pace) {
		for range 10_000 {
			p.call(nil)
		}
		p.at(0)
		p.quota.Name = "y"
		p.call(nil)
		p.quota.Name = "x"
		p.call(nil)
		p.at(time.Minute)
		for range 150_000 - 10_001 {
			p.call(nil)
		}
		p.at(14 * time.Minute) // 15 times 10,000
		p.call(nil)            // the hour is full until the first ones are over
		p.at(time.Hour)
		// At most one batch a second and one more.
		if n := len(p.limiter.gates["x"].windows[1].log); n > grains+1 {
			p.Errorf("%d batches", n)
		}
	})
}

// The memory is bounded whatever the calls: 3,600 batches, and those that are
// over but not yet let go.
func TestWindowIsBounded(t *testing.T) {
	t.Parallel()
	w := window{length: time.Hour, most: 1 << 30}
	for i := range 500_000 {
		w.add(time.Duration(i) * 100 * time.Millisecond)
	}
	// The last hour: 36,000 calls, in batches of ten; the oldest is held whole.
	if len(w.log) > grains+1 || w.logged < 36_000 || w.logged > 36_010 || cap(w.log) > 4*grains {
		t.Errorf("%d calls in %d batches, room for %d", w.logged, len(w.log), cap(w.log))
	}
}
