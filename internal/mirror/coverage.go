package mirror

import (
	"context"
	"fmt"
	"slices"

	"github.com/dakahq/daka/checkin"
	"github.com/dakahq/daka/internal/app"
	"github.com/dakahq/daka/internal/attendance"
)

// coverage is what was fetched, by kind and member.
type coverage map[string]map[attendance.UserID][]app.Covered

// coverage leaves out what was fetched at an instant that has not come: the clock
// was wrong, and it is not known of which days that was.
func (m *Mirror) coverage(ctx context.Context) (coverage, error) {
	all, err := m.app.MirrorCoverage(ctx, m.corp)
	if err != nil {
		return nil, err
	}
	c := coverage{}
	now := m.app.Now()
	for _, row := range all {
		if row.At > now {
			continue
		}
		if c[row.Kind] == nil {
			c[row.Kind] = map[attendance.UserID][]app.Covered{}
		}
		c[row.Kind][row.User] = append(c[row.Kind][row.User], row)
	}
	return c, nil
}

// span is days, both included.
type span struct{ first, last attendance.Day }

// slack is for how long after the end of a day its forms and uploads may still
// be counted to it, in seconds: clocks differ. It costs a call a day.
const slack = 3600

// settled returns the instant from which on a day that is asked about need not
// be asked about again.
func (m *Mirror) settled(k *kind, d attendance.Day) int64 {
	at := m.corp.Zone.Midnight(d+1) + slack
	if !k.byUpload {
		at += int64(m.opts.Overlap) * attendance.SecondsPerDay
	}
	return at
}

// missing returns the days from one to another that are to be asked about.
func (m *Mirror) missing(k *kind, covered []app.Covered, first, last attendance.Day) (list []span) {
	for d := first; d <= last; d++ {
		for len(covered) > 0 && covered[0].Last < d {
			covered = covered[1:]
		}
		if len(covered) > 0 && covered[0].First <= d && (covered[0].At >= m.round || covered[0].At >= m.settled(k, d)) {
			continue
		}
		if n := len(list); n > 0 && list[n-1].last == d-1 {
			list[n-1].last = d
		} else {
			list = append(list, span{d, d})
		}
	}
	return list
}

// reach returns the days of a kind that are wanted.
func (m *Mirror) reach(k *kind) (first, last attendance.Day) {
	first, last = max(m.opts.From-k.margin, attendance.MinDay), m.last()+k.margin
	switch {
	case k.byUpload:
		last = m.today
	case !k.ahead:
		last = min(last, m.today)
	}
	return first, last
}

// jobs returns the calls of a kind that are to be made: as few as can be, for
// members who lack the same days are asked about together.
func (m *Mirror) jobs(k *kind, cover coverage, users []attendance.UserID) (jobs []job) {
	first, last := m.reach(k)
	lacking := map[string][]attendance.UserID{}
	windows := map[string][]span{}
	var order []string
	for _, u := range users {
		margin := k.margin
		if k.byUpload { // punches of the last days come late
			margin += attendance.Day(m.opts.Overlap)
		}
		last := m.until(u, last, margin)
		list := m.windows(k, m.missing(k, cover[k.name][u], first, last), span{first, last})
		if len(list) == 0 {
			continue
		}
		key := fmt.Sprint(list)
		if lacking[key] == nil {
			order = append(order, key)
			windows[key] = list
		}
		lacking[key] = append(lacking[key], u)
	}
	for _, key := range order {
		for part := range slices.Chunk(lacking[key], checkin.MaxUsers) {
			for _, w := range windows[key] {
				jobs = append(jobs, job{part, w.first, w.last})
			}
		}
	}
	return jobs
}

// windows puts missing days into as few calls as take them. What is asked about
// lies within all that is wanted.
func (m *Mirror) windows(k *kind, missing []span, all span) (list []span) {
	for i := 0; i < len(missing); {
		w := span{missing[i].first, missing[i].first + k.longest - 1}
		if from, to := m.seconds(w); !k.monthly && to-from > int64(k.longest)*attendance.SecondsPerDay {
			w.last-- // clocks are turned back in it, and a call is so many seconds
		}
		if k.monthly {
			first, last := w.first.Month()
			w.last = min(w.last, last)
			if k.whole {
				w.first = max(first, all.first)
			}
		}
		end := w.first
		for i < len(missing) && missing[i].first <= w.last {
			end = min(missing[i].last, w.last)
			if missing[i].last > w.last {
				missing[i].first = w.last + 1
				break
			}
			i++
		}
		w.last = end
		if k.whole {
			_, last := w.first.Month()
			w.last = min(last, all.last)
		}
		list = append(list, w)
	}
	return list
}
