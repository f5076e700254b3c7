package mirror

import (
	"cmp"
	"slices"
	"sync"
	"time"

	"github.com/dakahq/daka/wecom"
)

// Progress is how far a run has come.
type Progress struct {
	Done, Total int           // calls; more may be found to be needed
	Least       time.Duration // that the rest takes at least, by the quotas
}

// Report says what a run did.
type Report struct {
	Kinds    []KindReport // in the order of their names
	Problems []string     // what could not be copied although it was told, and why
	Late     int          // days of members that are to be asked for again by another run: see Late
	Took     time.Duration
}

// KindReport says what a run did about one kind of fact.
type KindReport struct {
	Kind    string
	Calls   int // that were answered
	Read    int // elements of the answers
	Changed int // of them, those that were not known so
	Refused wecom.Code
}

// tally counts. Its methods may be called by any number of goroutines.
type tally struct {
	mu       sync.Mutex
	kinds    map[string]*count
	problems []string
	lateDays int
	progress func(Progress)
}

type count struct {
	KindReport
	planned   int
	perMinute int // 0 = the general quota
}

// generalPerMinute is the quota of any call (document 90312).
const generalPerMinute = 10_000

func (t *tally) begin(progress func(Progress)) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.kinds, t.problems, t.lateDays, t.progress = map[string]*count{}, nil, 0, progress
}

func (t *tally) of(kind string) *count {
	c := t.kinds[kind]
	if c == nil {
		c = &count{KindReport: KindReport{Kind: kind}}
		t.kinds[kind] = c
	}
	return c
}

// plan says that more calls are to be made.
func (t *tally) plan(kind string, perMinute, calls int) {
	t.mu.Lock()
	defer t.mu.Unlock()
	c := t.of(kind)
	c.planned += calls
	c.perMinute = perMinute
}

// add says that calls were answered.
func (t *tally) add(kind string, calls, read, changed int) {
	t.mu.Lock()
	defer t.mu.Unlock()
	c := t.of(kind)
	c.Calls, c.Read, c.Changed = c.Calls+calls, c.Read+read, c.Changed+changed
	if t.progress == nil {
		return
	}
	var p Progress
	for _, c := range t.kinds {
		planned := max(c.planned, c.Calls)
		p.Done, p.Total = p.Done+c.Calls, p.Total+planned
		if c.Refused == 0 {
			p.Least = max(p.Least, least(planned-c.Calls, c.perMinute))
		}
	}
	t.progress(p)
}

func (t *tally) refuse(kind string, code wecom.Code) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.of(kind).Refused = code
}

func (t *tally) problem(text string) {
	t.mu.Lock()
	defer t.mu.Unlock()
	if !slices.Contains(t.problems, text) { // of many calls that met the same
		t.problems = append(t.problems, text)
	}
}

func (t *tally) late(days int) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.lateDays = days
}

func (t *tally) report(took time.Duration) *Report {
	t.mu.Lock()
	defer t.mu.Unlock()
	r := &Report{Problems: t.problems, Late: t.lateDays, Took: took}
	for _, c := range t.kinds {
		r.Kinds = append(r.Kinds, c.KindReport)
	}
	slices.SortFunc(r.Kinds, func(a, b KindReport) int { return cmp.Compare(a.Kind, b.Kind) })
	return r
}

// least is the time from the first of some calls to the last, made as soon as
// the quota allows: so many at once, and as many again every minute.
func least(calls, perMinute int) time.Duration {
	if perMinute == 0 {
		perMinute = generalPerMinute
	}
	return time.Duration(max(calls-1, 0)/perMinute) * time.Minute
}
