package wecom

import (
	"context"
	"slices"
	"sync"
	"testing"
	"time"

	"pgregory.net/rapid"
)

// load makes calls for a while with so many goroutines. Each takes a time of
// its own to the server's count and from there to its answer, or fails.
type load struct {
	most, callers int
	slowest       time.Duration
	broken        bool // every seventh call has no answer
	counted       []time.Duration
}

func (l *load) run(p *pace, seed []int, until time.Duration) {
	ctx, cancel := context.WithTimeout(p.Context(), until)
	defer cancel()
	var mu sync.Mutex
	var all sync.WaitGroup
	n := 0
	for range l.callers {
		all.Go(func() {
			for {
				s, err := p.limiter.acquire(ctx, machineClock{}, p.quota, &turn{})
				if err != nil {
					return
				}
				mu.Lock()
				n++
				there, back := l.latency(seed, n), l.latency(seed, 2*n+1)
				lost := l.broken && n%7 == 0
				mu.Unlock()
				s.sending()
				time.Sleep(there)
				mu.Lock()
				l.counted = append(l.counted, time.Since(p.begun))
				mu.Unlock()
				time.Sleep(back)
				if lost {
					s.done(broken)
					continue
				}
				s.answered()
				s.done(nil)
			}
		})
	}
	all.Wait()
	slices.Sort(l.counted)
}

// latency is half of the slowest answer at most.
func (l *load) latency(seed []int, n int) time.Duration {
	return l.slowest / 2 * time.Duration(seed[n%len(seed)]) / 100
}

// fullest returns how many calls the fullest minute has that begins anywhere.
func (l *load) fullest() (most int) {
	from := 0
	for i, at := range l.counted {
		for at-l.counted[from] >= time.Minute {
			from++
		}
		most = max(most, i-from+1)
	}
	return most
}

// In no minute, wherever it begins, does the server count more than the quota.
func TestNeverAboveTheQuota(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(r *rapid.T) {
		l := load{
			most: rapid.IntRange(1, 30).Draw(r, "most"), callers: rapid.IntRange(1, 50).Draw(r, "callers"),
			slowest: time.Duration(rapid.IntRange(0, 90_000).Draw(r, "slowest")) * time.Millisecond,
			broken:  rapid.Bool().Draw(r, "broken"),
		}
		seed := rapid.SliceOfN(rapid.IntRange(0, 100), 1, 60).Draw(r, "latencies")
		paced(t, l.most, func(p *pace) { l.run(p, seed, 5*time.Minute) })
		if n := l.fullest(); n > l.most {
			r.Errorf("%d calls in a minute, want %d at most", n, l.most)
		}
	})
}

// Where answers take 0.5 s a place is used again after at most 60.5 s and one
// batch, 1/60 s: in 20 minutes 1 + floor(1200/60.52) = 20 times, which is 1.0 of
// the quota and never below 0.99.
func TestUsesTheQuota(t *testing.T) {
	t.Parallel()
	for _, n := range []int{1, 10, 60, 100, 600} {
		l := load{most: n, callers: n + 5, slowest: 500 * time.Millisecond}
		paced(t, n, func(p *pace) { l.run(p, []int{0, 13, 99, 100, 42, 77}, 20*time.Minute) })
		if got, want := len(l.counted), n*20; float64(got) < 0.99*float64(want) || l.fullest() > n {
			t.Errorf("%d a minute: %d calls in 20 minutes, %d in the fullest", n, got, l.fullest())
		}
	}
}
