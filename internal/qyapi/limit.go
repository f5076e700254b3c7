package qyapi

import (
	"math"
	"net/netip"
	"sync"
	"time"

	"github.com/dakahq/daka/internal/attendance"
	"github.com/dakahq/daka/wecom"
)

// limiter counts calls and refuses those over the Limits.
type limiter struct {
	limits Limits
	calls  map[string]limitedCall // by path
	now    func() time.Time

	mu      sync.Mutex
	meters  map[meterKey]*meter
	running map[meterKey]Quota // calls being answered
	sweep   time.Time          // when idle meters are next looked for
}

// payer is on whose account a call is counted.
type payer string

const (
	byCorp    payer = "by this corporation"
	byDebug   payer = "by this corporation with debug=1"
	byAddress payer = "from this address"
)

// meterKey is whose calls of which kind a meter counts.
type meterKey struct {
	payer payer
	who   string
	call  string
}

// meter counts in a window of a minute and in one of an hour.
type meter [len(windowLengths)]window

var windowLengths = [...]time.Duration{time.Minute, time.Hour}

// claim is a call to be counted on a meter with the quotas of its windows.
type claim struct {
	key  meterKey
	most [len(windowLengths)]Quota
}

// maxMeters bounds the memory of a limiter, to about 25 MB: over it, addresses
// are forgotten.
const maxMeters = 1 << 17

// limitedCall is what the Limits say of one path.
type limitedCall struct {
	name      string
	perMinute Quota // of one corporation
}

// newLimiter returns a limiter on the given clock; nil where nothing is limited.
func newLimiter(limits Limits, now func() time.Time) *limiter {
	if limits.Off {
		return nil
	}
	l := &limiter{limits: limits, calls: map[string]limitedCall{}, now: now, meters: map[meterKey]*meter{}, running: map[meterKey]Quota{}}
	for _, r := range routes {
		rate := limits.rate(r.path).within(limits.CorpPerMinute.or(corpPerMinute))
		l.calls[r.path] = limitedCall{callName(r.path), rate}
	}
	return l
}

// knock counts a call to path from an address, whoever makes it.
func (l *limiter) knock(from netip.Addr, path string) error {
	if l == nil {
		return nil
	}
	if from.Is6() {
		if network, err := from.Prefix(64); err == nil {
			from = network.Addr()
		}
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.count(claim{
		key:  meterKey{byAddress, from.String(), l.calls[path].name},
		most: [...]Quota{l.limits.AddressPerMinute.or(addressPerMinute), l.limits.AddressPerHour.or(addressPerHour)},
	})
}

// enter counts a corporation's call to path, and has it among the running ones
// until leave is called. leave is never nil.
func (l *limiter) enter(corp attendance.CorpID, path string, debug bool) (leave func(), err error) {
	if l == nil {
		return func() {}, nil
	}
	call := l.calls[path]
	key := meterKey{byCorp, string(corp), call.name}
	claims := []claim{{key, [...]Quota{call.perMinute, l.limits.CorpPerHour.or(corpPerHour)}}}
	if debug {
		claims = append(claims, claim{
			key:  meterKey{byDebug, key.who, key.call},
			most: [...]Quota{l.limits.DebugPerMinute.or(debugPerMinute), NoQuota},
		})
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	if most := l.limits.AtOnce.or(atOnce); most >= 0 && l.running[key] >= most {
		return func() {}, wecom.Errorf(wecom.CodeConcurrency, "%s: %d calls of %s %s are being answered",
			wecom.CodeConcurrency.Text(), most, key.call, key.payer)
	}
	if err := l.count(claims...); err != nil {
		return func() {}, err
	}
	l.running[key]++
	return func() { l.leave(key) }, nil
}

func (l *limiter) leave(key meterKey) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.running[key]--; l.running[key] <= 0 {
		delete(l.running, key)
	}
}

// count counts a call on all the meters, or refuses it and counts it on none.
// The caller holds the lock, under which the clock is read: no window sees it
// go back by a race.
func (l *limiter) count(claims ...claim) error {
	now := l.now()
	l.tidy(now)
	var refusal error
	var longest time.Duration
	for _, c := range claims {
		m := l.meters[c.key]
		if m == nil {
			m = &meter{}
			l.meters[c.key] = m
		}
		for i, length := range windowLengths {
			if wait := m[i].refuses(now, length, c.most[i]); wait > longest {
				longest = wait
				refusal = wecom.Errorf(wecom.CodeRateLimit, "%s: %d calls of %s in %.0f s %s, again in %.0f s",
					wecom.CodeRateLimit.Text(), c.most[i], c.key.call, length.Seconds(), c.key.payer, math.Ceil(wait.Seconds()))
			}
		}
	}
	if refusal != nil {
		return refusal
	}
	for _, c := range claims {
		for i, length := range windowLengths {
			l.meters[c.key][i].add(now, length)
		}
	}
	return nil
}

// tidy forgets meters without a window under way, once a minute and whenever
// there are too many.
func (l *limiter) tidy(now time.Time) {
	full := len(l.meters) >= maxMeters
	if wait := l.sweep.Sub(now); !full && wait > 0 && wait <= time.Minute {
		return
	}
	l.sweep = now.Add(time.Minute)
	for key, m := range l.meters {
		if m.idle(now) {
			delete(l.meters, key)
		}
	}
	for key := range l.meters {
		if !full || len(l.meters) <= maxMeters*3/4 {
			return
		}
		if key.payer == byAddress {
			delete(l.meters, key)
		}
	}
}
