package wecom

import (
	"cmp"
	"context"
	"errors"
	"math"
	"net/http"
	"time"
)

// Retry says how often and when a call is made again that failed for a while.
// The zero value is what clients do unless told otherwise.
//
// A call is made again when it has done nothing: because no connection came
// about, or it was refused with CodeConcurrency, as one of too many at once; and,
// if it may be repeated (see Request.Repeatable and AllowRepeats), when its
// connection broke, its answer was cut short or no JSON, its HTTP status was 429
// or from 500 on, or it was refused with CodeBusy, CodeCheckinSystem,
// CodeCheckinRetry, CodeApprovalSystem or CodeVacationSystem. Each time it waits
// longer, for a random time up to First, twice First and so on, up to Longest;
// and where a 429 or 503 says when to come again (Retry-After), until then at
// least, or no more at all if that is more than five minutes off.
//
// A call refused with CodeRateLimit has done nothing either and is made again
// whatever it is, once its window is over. Any other refusal is the end of a
// call. What it fails with is what came of its last try.
type Retry struct {
	Sends   int           // tries of a call; 0 = 4, the three repeats of document 90313; 1 = none is repeated
	First   time.Duration // longest pause after the first; 0 = 500 ms
	Longest time.Duration // longest pause of all; 0 = 30 s
	// Windows is how many refusals with CodeRateLimit a call waits out, 60 s each
	// time; 0 = 3, below 0 = none. An hour's quota needs 60. A call whose context
	// has a deadline waits as long as that allows instead, unless it lives by
	// another clock than the machine's.
	Windows int
}

// attempts counts what became of one call.
type attempts struct {
	Retry
	turn       turn
	repeatable bool
	sends      int
	windows    int
}

func (r Retry) begin(ctx context.Context, clock Clock, repeatable bool) *attempts {
	a := &attempts{repeatable: repeatable, Retry: Retry{
		Sends: cmp.Or(r.Sends, 4), First: cmp.Or(r.First, 500*time.Millisecond), Longest: cmp.Or(r.Longest, 30*time.Second),
		Windows: max(0, cmp.Or(r.Windows, 3)),
	}}
	_, bounded := ctx.Deadline()
	if _, machine := clock.(machineClock); machine && bounded && r.Windows >= 0 {
		a.Windows = math.MaxInt
	}
	a.turn.patience = a.Windows
	return a
}

// after returns how long to wait before the next try, and whether there is one.
// With limited the Limiter waits for the quota.
func (a *attempts) after(ctx context.Context, err error, limited bool) (wait time.Duration, again bool) {
	if err == nil || ctx.Err() != nil {
		return 0, false
	}
	switch hope := hopeOf(err); {
	case hope == refusedByQuota:
		a.windows++
		if limited {
			return 0, a.windows <= a.Windows
		}
		return closingTime, a.windows <= a.Windows
	case hope == vain, hope == ifRepeatable && !a.repeatable:
		return 0, false
	}
	a.sends++
	longest := a.Longest
	if n := a.sends - 1; n < 32 && a.First < a.Longest>>n {
		longest = a.First << n
	}
	told := toldWait(err)
	return max(jitter(longest), told), a.sends < a.Sends && told <= maxTold
}

// maxTold is the longest pause that a server may ask for.
const maxTold = 5 * time.Minute

// toldWait returns how long a server said to wait.
func toldWait(err error) time.Duration {
	if broken, ok := errors.AsType[*TransportError](err); ok {
		return broken.wait
	}
	return 0
}

// hope is what can be hoped from making a call again.
type hope int

const (
	vain           hope = iota // nothing: the answer stands
	ifRepeatable               // success, if it may be repeated
	unsent                     // success, and the server has seen nothing of it yet
	turnedAway                 // success, and the server has done nothing of it
	refusedByQuota             // success, once the window is over
)

func hopeOf(err error) hope {
	if _, ok := errors.AsType[final](err); ok {
		return vain
	}
	if refused, ok := errors.AsType[*Error](err); ok {
		switch refused.Code {
		case CodeRateLimit:
			return refusedByQuota
		case CodeConcurrency:
			return turnedAway
		case CodeBusy, CodeCheckinSystem, CodeCheckinRetry, CodeApprovalSystem, CodeVacationSystem:
			return ifRepeatable
		}
		return vain
	}
	broken, ok := errors.AsType[*TransportError](err)
	switch {
	case !ok || broken.lasting:
		return vain
	case broken.unsent:
		return unsent
	case broken.Status == 0, broken.Status == http.StatusOK, broken.Status == http.StatusTooManyRequests, broken.Status >= 500:
		return ifRepeatable
	}
	return vain
}

type repeatKey struct{}

// AllowRepeats returns a context whose calls may be repeated whatever they do:
// the caller knows that the server, or a later look, tells doubles apart.
func AllowRepeats(ctx context.Context) context.Context {
	return context.WithValue(ctx, repeatKey{}, true)
}

func repeatable(ctx context.Context) bool { return ctx.Value(repeatKey{}) != nil }
