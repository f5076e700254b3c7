package wecom

import (
	"context"
	"sync"
	"time"
)

// seenCalls remembers the calls of a callback URL, each by its signature alone:
// that covers timestamp, nonce and message, but not where the one ends and the
// other begins.
type seenCalls struct {
	mu     sync.Mutex
	calls  map[string]*seenCall
	order  []*seenCall // as they came; those that failed stay until their time
	weight int         // of order
}

// seenCall is a call that came in.
type seenCall struct {
	signature string
	until     time.Time     // after which its timestamp is refused
	done      chan struct{} // closed when it has been handled
	good      bool          // what follows counts; set before done is closed
	answer    callbackAnswer
	weight    int
}

// What is remembered at most, in bytes and nearly: 65,536 calls without a reply.
// Past it the oldest are forgotten.
const (
	maxSeen    = 16 << 20
	seenWeight = 256
)

// once returns what f answers, or answered when the same call came before. While
// it is being handled it is waited for, until ctx ends. A call that failed is
// handled again.
func (s *seenCalls) once(ctx context.Context, signature string, now time.Time, f func() (callbackAnswer, error)) (callbackAnswer, error) {
	for {
		call, first := s.enter(signature, now)
		if first {
			return s.handle(call, f)
		}
		select {
		case <-call.done:
		case <-ctx.Done():
			return callbackAnswer{}, errCallbackBusy
		}
		if call.good {
			return call.answer, nil
		}
	}
}

// enter returns the call of a signature, and whether it is a new one.
func (s *seenCalls) enter(signature string, now time.Time) (call *seenCall, first bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.forget(now)
	if call := s.calls[signature]; call != nil {
		return call, false
	}
	// Its timestamp is at most one window ahead, and accepted for another.
	call = &seenCall{signature: signature, until: now.Add(2 * callbackWindow), done: make(chan struct{}), weight: seenWeight}
	if s.calls == nil {
		s.calls = map[string]*seenCall{}
	}
	s.calls[signature] = call
	s.order = append(s.order, call)
	s.weight += call.weight
	return call, true
}

// handle runs f for a new call, which is forgotten if f fails or panics.
func (s *seenCalls) handle(call *seenCall, f func() (callbackAnswer, error)) (answer callbackAnswer, err error) {
	good := false
	defer func() {
		s.mu.Lock()
		defer s.mu.Unlock()
		if call.good = good; good {
			call.answer = answer
			if call.weight != 0 { // else it has been forgotten meanwhile
				call.weight += len(answer.body)
				s.weight += len(answer.body)
			}
		} else if s.calls[call.signature] == call {
			delete(s.calls, call.signature)
		}
		close(call.done)
	}()
	answer, err = f()
	good = err == nil
	return answer, err
}

// forget drops the calls whose time is over, and the oldest of too many.
func (s *seenCalls) forget(now time.Time) {
	n := 0
	for ; n < len(s.order) && (now.After(s.order[n].until) || s.weight > maxSeen-seenWeight); n++ {
		call := s.order[n]
		if s.calls[call.signature] == call {
			delete(s.calls, call.signature)
		}
		s.weight -= call.weight
		call.weight = 0
		s.order[n] = nil
	}
	s.order = s.order[n:]
}
