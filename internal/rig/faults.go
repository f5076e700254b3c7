package rig

import (
	"errors"
	"fmt"
	"math/rand/v2"
	"strings"
	"sync"
)

// FaultKind is what a fault does to a call. Its words are those of the wire.
type FaultKind string

// The kinds of faults.
const (
	ErrCode    FaultKind = "errcode"
	Delay      FaultKind = "delay"
	Reset      FaultKind = "reset"
	HalfBody   FaultKind = "half_body"
	WrongJSON  FaultKind = "wrong_json"
	BadGateway FaultKind = "bad_gateway"
)

// Limits of fault rules.
const (
	MaxFaults = 1000   // of a corporation
	MaxDelay  = 60_000 // milliseconds
)

// Fault is a rule by which calls fail.
type Fault struct {
	ID          int64
	Corp        string
	Kind        FaultKind
	After       bool    // the call is done first
	Endpoint    string  // a path, or its last part; "" = every call
	Agent       int64   // 0 = every app
	Nth         int64   // only the nth call it meets; 0 = each
	Times       int64   // how often it acts; 0 = no limit
	Probability float64 // 0 = always
	Seed        uint64
	Until       int64 // Unix seconds at which it ends; 0 = never
	Code        int64 // of ErrCode
	Millis      int64 // of Delay
	Met, Acted  int64

	chance *rand.Rand
}

// Faults are the fault rules of all corporations. The zero value has none.
type Faults struct {
	mu   sync.Mutex
	last int64
	list []*Fault
}

// ErrFault says that a rule has no meaning; its text names the field.
var ErrFault = errors.New("fault")

// Add adds a rule and returns it with its id. It returns ErrFault.
func (f *Faults) Add(rule Fault) (Fault, error) {
	if err := rule.check(); err != nil {
		return Fault{}, err
	}
	rule.Met, rule.Acted = 0, 0
	rule.chance = rand.New(rand.NewPCG(rule.Seed, 0))
	f.mu.Lock()
	defer f.mu.Unlock()
	have := 0
	for _, other := range f.list {
		if other.Corp == rule.Corp {
			have++
		}
	}
	if have >= MaxFaults {
		return Fault{}, fmt.Errorf("%w: there are %d rules already", ErrFault, have)
	}
	f.last++
	rule.ID = f.last
	f.list = append(f.list, &rule)
	return rule, nil
}

func (r *Fault) check() error {
	bad := func(field, want string) error { return fmt.Errorf("%w %s: want %s", ErrFault, field, want) }
	switch r.Kind {
	case Reset, HalfBody, WrongJSON, BadGateway:
	case ErrCode:
		if r.Code == 0 {
			return bad("errcode", "a code other than 0")
		}
	case Delay:
		if r.Millis < 1 || r.Millis > MaxDelay {
			return bad("millis", fmt.Sprintf("1 to %d", MaxDelay))
		}
	default:
		return bad("kind", "errcode, delay, reset, half_body, wrong_json or bad_gateway")
	}
	switch {
	case r.After && r.Kind == Delay:
		return bad("after", "false for a delay")
	case r.Nth < 0:
		return bad("nth", "0 or more")
	case r.Times < 0:
		return bad("times", "0 or more")
	case !(r.Probability >= 0 && r.Probability <= 1):
		return bad("probability", "0 to 1")
	case r.Until < 0:
		return bad("ttl", "0 or more")
	}
	return nil
}

// Any reports whether there are rules at all.
func (f *Faults) Any() bool {
	f.mu.Lock()
	defer f.mu.Unlock()
	return len(f.list) > 0
}

// List returns the rules of a corporation in the order of their ids.
func (f *Faults) List(corp string) (rules []Fault) {
	f.mu.Lock()
	defer f.mu.Unlock()
	for _, r := range f.list {
		if r.Corp == corp {
			rules = append(rules, *r)
		}
	}
	return rules
}

// Clear removes the rules of a corporation.
func (f *Faults) Clear(corp string) {
	f.mu.Lock()
	defer f.mu.Unlock()
	var rest []*Fault
	for _, r := range f.list {
		if r.Corp != corp {
			rest = append(rest, r)
		}
	}
	f.list = rest
}

// Meet returns the rules that act on a call, in order: delays, and the oldest
// of the others. Rules whose time is over at now, in Unix seconds, are removed.
func (f *Faults) Meet(corp, path string, agent, now int64) (acting []Fault) {
	f.mu.Lock()
	defer f.mu.Unlock()
	rest := f.list[:0]
	done := false
	for _, r := range f.list {
		if r.Until != 0 && r.Until <= now {
			continue
		}
		rest = append(rest, r)
		if done || !r.meets(corp, path, agent) || !r.acts() {
			continue
		}
		acting = append(acting, *r)
		done = r.Kind != Delay
	}
	clear(f.list[len(rest):])
	f.list = rest
	return acting
}

func (r *Fault) meets(corp, path string, agent int64) bool {
	endpoint := r.Endpoint == "" || r.Endpoint == path || strings.HasSuffix(path, "/"+strings.TrimPrefix(r.Endpoint, "/"))
	return r.Corp == corp && endpoint && (r.Agent == 0 || r.Agent == agent)
}

// acts counts a call that the rule meets and decides whether it acts on it.
func (r *Fault) acts() bool {
	r.Met++
	switch {
	case r.Nth != 0 && r.Met != r.Nth, r.Times != 0 && r.Acted >= r.Times:
		return false
	case r.Probability != 0 && r.chance.Float64() >= r.Probability:
		return false
	}
	r.Acted++
	return true
}
