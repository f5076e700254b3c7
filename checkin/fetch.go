package checkin

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"slices"
	"time"
)

// Fetch reads past the limits of one call: any number of members and any span
// of days. It is a value that says what is wanted; its methods are iterators
// that make the calls, several at a time, and yield what comes, as in
//
//	f := checkin.Fetch{Client: c, Users: users, From: first, To: last}
//	for report, err := range f.DayReports(ctx) {
//
// An error is yielded last, with a zero value: what a call of Client fails with,
// told which days and members it was about, or ctx's. When the loop ends,
// however it does, all calls have ended.
//
// An answer that breaks off in the middle is asked for again, up to three
// times whatever the client's Retry; what it brings anew is left out.
type Fetch struct {
	Client *Client
	Users  []string // each is asked about once, whatever its case
	From   Date     // the first day
	To     Date     // the last day
	// Zone is that of the corporation, in which days begin; nil = UTC+8.
	Zone *time.Location
	// Parallel is how many calls are under way at once; 0 = 4. Without Unordered,
	// the answers about up to so many times 100 members are held in memory.
	Parallel int
	// Unordered yields elements as they come in, and holds no more than one of
	// each call under way. Otherwise they come in the order of Users, and those of
	// a member in that of time.
	Unordered bool
	// Overlap is for how long after the end of the last day Records and
	// HardwareRecords still read on: a punch after midnight that belongs to the
	// last day has its own date. 0 = 12 h; below 0 = not at all.
	Overlap time.Duration
	// Progress is told at the beginning and after each call how many of all calls
	// are done. It is called from the loop's goroutine, between its steps.
	Progress func(done, total int)
	// OnUnknown is told of each userid that is not in the contacts, which WeCom
	// refuses together with all that are asked about in the same call, and the
	// others are fetched without it. It is found by asking about fewer and fewer,
	// some 15 calls for one among 100. nil = the call's CodeCheckinUser is yielded.
	// It is called as Progress is.
	OnUnknown func(userid string)
	// Checkpoint says what is done already, and is kept up to date between the
	// loop's steps; nil = nothing is. See Checkpoint.
	Checkpoint *Checkpoint
}

// The rest of Fetch's defaults.
const (
	usualParallel = 4
	usualOverlap  = 12 * time.Hour
)

var china = time.FixedZone("UTC+8", 8*3600)

// Records yields raw punches of all kinds, those after the midnight of the
// first day and all of Overlap included, each once: in a call for 100 members and
// up to 30 days (document 90262).
func (f Fetch) Records(ctx context.Context) iter.Seq2[Record, error] {
	return fetch(ctx, f, recordKind)
}

// HardwareRecords yields the raw punches of devices by the time of the punch,
// as Records does, up to 31 days in a call (document 94126). Unknown members
// have none.
func (f Fetch) HardwareRecords(ctx context.Context) iter.Seq2[HardwareRecord, error] {
	return fetch(ctx, f, hardwareKind)
}

// DayReports yields a report for each member and day, up to 31 days in a call
// (document 93374).
func (f Fetch) DayReports(ctx context.Context) iter.Seq2[DayData, error] {
	return fetch(ctx, f, dayKind)
}

// MonthReport is the sums of one member over days of one month.
type MonthReport struct {
	From Date `json:"-"` // the first day
	To   Date `json:"-"` // the last day
	MonthData
}

// MonthReports yields the sums of each member for each calendar month, or the
// part of it that is asked for: one in a call (document 93387). A month of 31
// days in which clocks are turned back is longer than a call may ask about, and
// comes in two parts.
func (f Fetch) MonthReports(ctx context.Context) iter.Seq2[MonthReport, error] {
	return fetch(ctx, f, monthKind)
}

// DayOption is the rule of one member on one day.
type DayOption struct {
	Date Date `json:"-"`
	MemberOption
}

// Options yields the rule of each member on each day: one day in a call
// (document 90263).
func (f Fetch) Options(ctx context.Context) iter.Seq2[DayOption, error] {
	return fetch(ctx, f, optionKind)
}

// Schedules yields the shifts of each member that has any, an element for each
// month and rule: one month in a call (document 93380).
func (f Fetch) Schedules(ctx context.Context) iter.Seq2[MemberSchedule, error] {
	return fetch(ctx, f, scheduleKind)
}

// timespan returns the days that f asks about, or what is wrong with f.
func (f *Fetch) timespan() (*timespan, error) {
	switch {
	case f.Client == nil:
		return nil, errors.New("no Client")
	case !f.From.exists():
		return nil, fmt.Errorf("there is no day From, %s", f.From)
	case !f.To.exists():
		return nil, fmt.Errorf("there is no day To, %s", f.To)
	case f.To.before(f.From):
		return nil, fmt.Errorf("the day To, %s, is before From, %s", f.To, f.From)
	case f.Parallel < 0:
		return nil, fmt.Errorf("%d calls are too few for Parallel", f.Parallel)
	}
	p := &timespan{f.From, f.To, f.Zone, max(f.Overlap, 0)}
	if p.zone == nil {
		p.zone = china
	}
	if f.Overlap == 0 {
		p.overlap = usualOverlap
	}
	return p, nil
}

// members returns Users without those that are named a second time, and the
// place of each.
func (f *Fetch) members() (list []string, place map[string]int) {
	place = make(map[string]int, len(f.Users))
	for _, u := range f.Users {
		if _, ok := place[fold(u)]; !ok {
			place[fold(u)] = len(list)
			list = append(list, u)
		}
	}
	return slices.Clip(list), place
}
