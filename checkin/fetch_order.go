package checkin

import (
	"cmp"
	"slices"
)

// placed is an element with what it is put in order by.
type placed[T any] struct {
	element *T
	member  int // place among all
	at      int64
}

// hand yields what was found about a cohort, in order, and lets go of it. It
// reports whether more is wanted.
func (r *run[T]) hand(c *cohort[T], yield func(T, error) bool) bool {
	next := c.first // the first member who is not done
	for _, p := range r.inOrder(c) {
		if p.member > next {
			r.Checkpoint.done.add(next, p.member-1)
			next = p.member
		}
		if !yield(*p.element, nil) {
			return false
		}
	}
	r.Checkpoint.done.add(next, c.last)
	c.calls = nil
	return true
}

// inOrder returns what was found about a cohort by member, then time. Who was
// not asked about counts as the last member.
func (r *run[T]) inOrder(c *cohort[T]) []placed[T] {
	var list []placed[T]
	for _, call := range c.calls {
		for i := range call.found {
			e := &call.found[i]
			member, ok := r.place[fold(r.kind.user(e))]
			if !ok {
				member = c.last
			}
			list = append(list, placed[T]{e, member, r.kind.at(e)})
		}
	}
	slices.SortStableFunc(list, func(a, b placed[T]) int {
		return cmp.Or(cmp.Compare(a.member, b.member), cmp.Compare(a.at, b.at))
	})
	return list
}
