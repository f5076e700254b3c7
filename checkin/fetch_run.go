package checkin

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"slices"
	"sync"
)

// run is one loop over a Fetch. The loop's goroutine alone calls what the
// caller gave, and touches what is not said to be shared.
type run[T any] struct {
	Fetch
	kind  kind[T]
	until int64          // where windows meet: the second after the last wanted
	place map[string]int // of a member, by folded userid

	cohorts []*cohort[T]
	total   int // calls
	done    int // of them
	events  chan event[T]
	ready   sync.WaitGroup
	slots   chan struct{} // held by the calls under way
	held    chan struct{} // held by the cohorts in memory, when in order
	stop    context.CancelFunc
}

// cohort is up to 100 members who are asked about in the same calls.
type cohort[T any] struct {
	first, last int // places of its members
	users       []string
	calls       []*call[T] // those to be made
	left        int        // calls that have not ended
	err         error      // of the first of them that failed
	shared      *shared
}

// call is one call that is planned.
type call[T any] struct {
	cohort *cohort[T]
	number int // among all
	window window
	found  []T // when in order
}

// event is news of a call: an element, an unknown member, or its end.
type event[T any] struct {
	call    *call[T]
	element T
	unknown *string
	ended   bool
	err     error
}

var errEnough = errors.New("the loop was left")

func fetch[T any](ctx context.Context, f Fetch, k kind[T]) iter.Seq2[T, error] {
	return func(yield func(T, error) bool) {
		r, err := newRun(f, k)
		if err == nil {
			err = r.loop(ctx, yield)
		}
		if err != nil && err != errEnough {
			var zero T
			yield(zero, err)
		}
	}
}

// newRun plans the calls.
func newRun[T any](f Fetch, k kind[T]) (*run[T], error) {
	p, err := f.timespan()
	if err != nil {
		return nil, fmt.Errorf("fetch: %w", err)
	}
	users, place := f.members()
	if f.Parallel == 0 {
		f.Parallel = usualParallel
	}
	if f.Checkpoint == nil {
		f.Checkpoint = &Checkpoint{}
	}
	windows := k.split(p)
	if err := f.Checkpoint.begin(summary{k.path, windows, f.Unordered}, users); err != nil {
		return nil, err
	}
	r := &run[T]{
		Fetch: f, kind: k, until: p.end(), place: place,
		events: make(chan event[T]), slots: make(chan struct{}, f.Parallel), held: make(chan struct{}, f.Parallel),
	}
	for part := range slices.Chunk(users, MaxUsers) {
		r.plan(part, windows)
	}
	return r, nil
}

// plan adds the members that come next with those of their calls that the
// checkpoint does not know as done.
func (r *run[T]) plan(users []string, windows []window) {
	first := len(r.cohorts) * MaxUsers
	c := &cohort[T]{first: first, last: first + len(users) - 1, shared: newShared()}
	for i, u := range users {
		if r.Unordered || !r.Checkpoint.done.has(first+i) {
			c.users = append(c.users, u)
		}
	}
	for _, w := range windows {
		if len(c.users) == 0 || r.Unordered && r.Checkpoint.done.has(r.total) {
			r.done++
		} else {
			c.calls = append(c.calls, &call[T]{cohort: c, number: r.total, window: w})
		}
		r.total++
	}
	c.left = len(c.calls)
	r.cohorts = append(r.cohorts, c)
}

func (r *run[T]) loop(ctx context.Context, yield func(T, error) bool) error {
	calling, cancel := context.WithCancel(ctx)
	dispatching, stop := context.WithCancel(calling)
	r.stop = stop
	defer r.ready.Wait()
	defer cancel()
	defer stop()
	r.progress()
	r.ready.Go(func() { r.dispatch(dispatching, calling) })
	for _, c := range r.cohorts {
		for c.left > 0 && c.err == nil {
			if err := r.hear(ctx, yield); err != nil {
				return err
			}
		}
		if c.err != nil {
			return c.err
		}
		if !r.Unordered && len(c.calls) > 0 {
			if !r.hand(c, yield) {
				return errEnough
			}
			<-r.held
		}
	}
	return nil
}

// dispatch begins the calls in order, as soon as there is room.
func (r *run[T]) dispatch(dispatching, calling context.Context) {
	for _, c := range r.cohorts {
		if !r.Unordered && len(c.calls) > 0 && !acquire(dispatching, r.held) {
			return
		}
		for _, call := range c.calls {
			if !acquire(dispatching, r.slots) {
				return
			}
			r.ready.Go(func() {
				err := r.perform(calling, call)
				<-r.slots
				r.tell(calling, event[T]{call: call, ended: true, err: err})
			})
		}
	}
}

// acquire takes a place, unless ctx ends before there is one.
func acquire(ctx context.Context, places chan struct{}) bool {
	select {
	case places <- struct{}{}:
		return ctx.Err() == nil
	case <-ctx.Done():
		return false
	}
}

// tell reports to the loop, and whether it was there to hear.
func (r *run[T]) tell(ctx context.Context, e event[T]) bool {
	select {
	case r.events <- e:
		return true
	case <-ctx.Done():
		return false
	}
}

// hear takes in one event. It fails when there is nothing more to hear.
func (r *run[T]) hear(ctx context.Context, yield func(T, error) bool) error {
	var e event[T]
	select {
	case e = <-r.events:
	case <-ctx.Done():
		return fmt.Errorf("fetch: %w", ctx.Err())
	}
	c := e.call.cohort
	switch {
	case e.unknown != nil:
		r.OnUnknown(*e.unknown)
	case !e.ended:
		if !yield(e.element, nil) {
			return errEnough
		}
	case e.err != nil:
		r.stop() // what would come after it is not wanted
		if c.err == nil {
			c.err = e.err
		}
		if r.Unordered {
			return e.err
		}
	default:
		c.left--
		r.done++
		if r.Unordered {
			r.Checkpoint.done.add(e.call.number, e.call.number)
		}
		r.progress()
	}
	return nil
}

func (r *run[T]) progress() {
	if r.Progress != nil {
		r.Progress(r.done, r.total)
	}
}
