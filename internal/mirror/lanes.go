package mirror

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"sync"
	"sync/atomic"

	"golang.org/x/sync/errgroup"

	"github.com/dakahq/daka/internal/attendance"
)

// lanes fetches the kinds of facts side by side: each has a quota of its own,
// and goes on where another fails, unless they all would.
func (m *Mirror) lanes(outer context.Context, users []attendance.UserID) error {
	cover, err := m.coverage(outer)
	if err != nil {
		return err
	}
	planned := map[string][]job{}
	for i := range kinds {
		planned[kinds[i].name] = m.jobs(&kinds[i], cover, users)
		m.tally.plan(kinds[i].name, kinds[i].perMinute, len(planned[kinds[i].name]))
	}
	ctx, end := context.WithCancel(outer)
	defer end()
	// Corrections are put into slots, which shifts tell of.
	correcting, unscheduled := context.WithCancel(ctx)
	defer unscheduled()
	scheduled := make(chan struct{})
	errs := make([]error, len(kinds)+1)
	var all sync.WaitGroup
	run := func(i int, do func() error) {
		all.Go(func() {
			if errs[i] = do(); Final(errs[i]) {
				end()
			}
		})
	}
	for i := range kinds {
		k := &kinds[i]
		run(i, func() error {
			err := m.lane(ctx, k, planned[k.name])
			switch {
			case k.name == schedules && err == nil:
				close(scheduled)
			case k.name == schedules:
				unscheduled()
				m.tally.problem("corrections are left to the next run: shifts, which say what they answer, could not all be read")
			}
			if err != nil {
				return fmt.Errorf("%s: %w", k.name, err)
			}
			return nil
		})
	}
	run(len(kinds), func() error { return m.allForms(ctx, correcting, cover, scheduled) })
	all.Wait()
	return ended(outer, errs)
}

// lane makes the calls of one kind.
func (m *Mirror) lane(ctx context.Context, k *kind, jobs []job) error {
	taken := &atomic.Int64{}
	err := each(ctx, m, jobs, func(ctx context.Context, j job) error { return m.ask(ctx, k, j, taken) })
	return m.permitted(ctx, k.name, len(jobs) > 0, err)
}

// fewestDays are those of a call that is refused for another reason than that
// they are too many.
const fewestDays = 7

// ask makes a call, or one for each half of its days where the server takes
// fewer: taken are those that it took after it had refused more; 0 = it has not.
// The documents do not say for every call how many it takes.
func (m *Mirror) ask(ctx context.Context, k *kind, j job, taken *atomic.Int64) error {
	n, most := int64(j.last-j.first+1), taken.Load()
	if most == 0 || n <= most {
		read, changed, err := k.fetch(m, ctx, k, j)
		if err == nil {
			m.tally.add(k.name, 1, read, changed)
		}
		if !refusedWith(err, tooLong) || n <= fewestDays {
			return err
		}
	}
	half := j.first + (j.last-j.first)/2
	m.tally.plan(k.name, k.perMinute, 1)
	if err := m.ask(ctx, k, job{j.users, j.first, half}, taken); err != nil {
		return err
	}
	taken.CompareAndSwap(0, int64(half-j.first+1))
	return m.ask(ctx, k, job{j.users, half + 1, j.last}, taken)
}

// each makes calls side by side. One that fails for what it is about leaves the
// others alone; any other failure, and the end of ctx, ends them all.
func each[J any](ctx context.Context, m *Mirror, jobs []J, do func(context.Context, J) error) error {
	var lost failures
	g, calling := errgroup.WithContext(ctx)
	g.SetLimit(m.opts.Parallel)
	for _, j := range jobs {
		if calling.Err() != nil {
			break
		}
		g.Go(func() error {
			err := m.patiently(calling, func() error { return do(calling, j) })
			if err != nil && concernsOne(err) {
				lost.add(err)
				return nil
			}
			return err
		})
	}
	return errors.Join(cmp.Or(g.Wait(), ctx.Err()), lost.err())
}
