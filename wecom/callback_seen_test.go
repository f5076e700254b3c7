package wecom

import (
	"context"
	"errors"
	"fmt"
	"testing"
	"testing/synctest"
	"time"
)

var september = time.Unix(1_757_520_000, 0)

// pass has a call handled, or answered as before, and reports whether f ran.
func (s *seenCalls) pass(t *testing.T, signature string, now time.Time, body string) (answer string, ran bool) {
	t.Helper()
	got, err := s.once(t.Context(), signature, now, func() (callbackAnswer, error) {
		ran = true
		return callbackAnswer{body: []byte(body)}, nil
	})
	if err != nil {
		t.Error(err)
	}
	return string(got.body), ran
}

// A call stays as long as its timestamp can be accepted: two windows of five
// minutes, when it came five minutes early.
func TestSeenCallsEnd(t *testing.T) {
	t.Parallel()
	var s seenCalls
	for _, tt := range []struct {
		after time.Duration
		body  string
		want  string
		ran   bool
	}{
		{0, "first", "first", true},
		{time.Second, "second", "first", false},
		{10 * time.Minute, "third", "first", false},
		{10*time.Minute + time.Second, "fourth", "fourth", true},
		{20 * time.Minute, "fifth", "fourth", false},
	} {
		if got, ran := s.pass(t, "x", september.Add(tt.after), tt.body); got != tt.want || ran != tt.ran {
			t.Errorf("after %v: %q, ran %v; want %q", tt.after, got, ran, tt.want)
		}
	}
	s.pass(t, "y", september.Add(time.Hour), "")
	if len(s.calls) != 1 || len(s.order) != 1 || s.weight != seenWeight {
		t.Errorf("%d calls, %d in order, %d bytes", len(s.calls), len(s.order), s.weight)
	}
}

// 16 MiB hold 65,536 calls of 256 bytes, or 15 whose replies take a MiB each:
// 15 × (1 MiB + 256) and one more would be past it. The oldest go first.
func TestSeenCallsAreBounded(t *testing.T) {
	t.Parallel()
	var small, large seenCalls
	for n := range 70_000 {
		small.pass(t, fmt.Sprint(n), september, "")
	}
	reply := string(make([]byte, 1<<20))
	for n := range 20 {
		large.pass(t, fmt.Sprint(n), september, reply)
	}
	for _, tt := range []struct {
		name   string
		s      *seenCalls
		called int
		want   int
	}{{"small", &small, 70_000, 65_536}, {"large", &large, 20, 16}} {
		if len(tt.s.calls) != tt.want || len(tt.s.order) != tt.want || tt.s.weight > maxSeen+len(reply) {
			t.Errorf("%s: %d calls, %d in order, %d bytes", tt.name, len(tt.s.calls), len(tt.s.order), tt.s.weight)
		}
		if tt.s.calls[fmt.Sprint(tt.called-1)] == nil || tt.s.calls[fmt.Sprint(tt.called-tt.want-1)] != nil {
			t.Errorf("%s: not the oldest were forgotten", tt.name)
		}
	}
}

// A call forgotten while it is being handled does not weigh afterwards.
func TestSeenCallForgottenMeanwhile(t *testing.T) {
	t.Parallel()
	var s seenCalls
	_, err := s.once(t.Context(), "x", september, func() (callbackAnswer, error) {
		s.pass(t, "y", september.Add(time.Hour), "")
		return callbackAnswer{body: make([]byte, 1000)}, nil
	})
	if err != nil || s.weight != seenWeight || len(s.calls) != 1 {
		t.Errorf("%d bytes of %d calls: %v", s.weight, len(s.calls), err)
	}
}

// Who comes while the call is being handled waits: for its answer, for a try of
// its own where that failed, or until it has no more time.
func TestSeenCallInHand(t *testing.T) {
	t.Parallel()
	broken := errors.New("broken")
	for name, tt := range map[string]struct {
		first error
		took  time.Duration
		panic bool
		want  error
		runs  int
	}{
		"answered":   {nil, time.Second, false, nil, 1},
		"failed":     {broken, time.Second, false, nil, 2},
		"panicked":   {nil, time.Second, true, nil, 2},
		"unfinished": {nil, time.Minute, false, errCallbackBusy, 1},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				var s seenCalls
				runs := 0
				f := func() (callbackAnswer, error) {
					runs++
					if runs > 1 {
						return callbackAnswer{}, nil
					}
					time.Sleep(tt.took)
					if tt.panic {
						panic("out of order")
					}
					return callbackAnswer{}, tt.first
				}
				done := make(chan error, 1)
				go func() {
					defer func() { _ = recover() }()
					_, err := s.once(t.Context(), "x", september, f)
					done <- err
				}()
				synctest.Wait()
				ctx, cancel := context.WithTimeout(t.Context(), 5*time.Second)
				defer cancel()
				if _, err := s.once(ctx, "x", september, f); !errors.Is(err, tt.want) || runs != tt.runs {
					t.Errorf("%v after %d runs; want %v, %d", err, runs, tt.want, tt.runs)
				}
				if !tt.panic {
					if err := <-done; !errors.Is(err, tt.first) {
						t.Errorf("the first: %v", err)
					}
				}
			})
		})
	}
}
