package checkin

import (
	"context"
	"errors"
	"fmt"

	"github.com/dakahq/daka/wecom"
)

// asksAgain is how often an answer that broke off is asked for again.
const asksAgain = 3

// perform makes a call, and others in its place when it was refused because of
// members who are unknown.
func (r *run[T]) perform(ctx context.Context, c *call[T]) error {
	s := c.cohort.shared
	for {
		users := s.known(c.cohort.users)
		if len(users) == 0 {
			return nil
		}
		err := r.ask(ctx, c, users)
		if !r.isUnknown(err) {
			return err
		}
		if !acquire(ctx, s.searching) {
			return ctx.Err()
		}
		search := len(s.known(users)) == len(users)
		if search { // nobody has found any since
			err = r.search(ctx, c, users)
		}
		<-s.searching
		if search {
			return err
		}
	}
}

func (r *run[T]) isUnknown(err error) bool {
	return r.OnUnknown != nil && errors.Is(err, wecom.CodeCheckinUser)
}

// search asks about members in parts who were refused together.
func (r *run[T]) search(ctx context.Context, c *call[T], users []string) error {
	if len(users) == 1 {
		c.cohort.shared.forget(users[0])
		r.tell(ctx, event[T]{call: c, unknown: &users[0]})
		return nil
	}
	half := len(users) / 2
	for _, part := range [][]string{users[:half], users[half:]} {
		err := r.ask(ctx, c, part)
		if r.isUnknown(err) {
			err = r.search(ctx, c, part)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// ask makes a call about some of its members and takes in the answer, again if
// it broke off.
func (r *run[T]) ask(ctx context.Context, c *call[T], users []string) error {
	s := newSieve(c.cohort.shared)
	for again := 0; ; again++ {
		begun, err := r.read(ctx, c, users, s)
		_, broken := errors.AsType[*wecom.TransportError](err)
		if err != nil && begun && broken && again < asksAgain && ctx.Err() == nil {
			s.again()
			continue
		}
		if err != nil {
			return fmt.Errorf("%s, %d members from %q on: %w", c.window, len(users), users[0], err)
		}
		return nil
	}
}

// read makes a call once and takes in what it brings anew. begun says that
// there was something.
func (r *run[T]) read(ctx context.Context, c *call[T], users []string, s *sieve) (begun bool, err error) {
	body := r.kind.body(users, c.window)
	for element, err := range wecom.Stream[T](ctx, r.Client.wecom, request(r.kind.path, body), r.kind.array) {
		if err != nil {
			return begun, err
		}
		begun = true
		meets := false
		if r.kind.meeting {
			at := r.kind.at(&element)
			if at == r.until {
				continue // the answer has its end in it, and the period has not
			}
			meets = at <= c.window.start || at >= c.window.end
		}
		if r.kind.place != nil {
			r.kind.place(&element, c.window)
		}
		if !s.pass(r.kind.key(&element), meets) {
			continue
		}
		if !r.Unordered {
			c.found = append(c.found, element)
		} else if !r.tell(ctx, event[T]{call: c, element: element}) {
			return begun, ctx.Err()
		}
	}
	return begun, nil
}
