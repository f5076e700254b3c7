package attendance

import "slices"

// ApprovalKind is what a request (审批) asks for.
type ApprovalKind uint8

// The kinds of approvals that touch attendance, numbered as in approval
// control data (WeCom document 91983). The numbers are stored. Corrections (2)
// are facts of their own.
const (
	LeaveApproval    ApprovalKind = 1 // 请假
	TripApproval     ApprovalKind = 3 // 出差
	OutingApproval   ApprovalKind = 4 // 外出
	OvertimeApproval ApprovalKind = 5 // 加班
)

// ApprovalStatus is where a request stands (sp_status).
type ApprovalStatus uint8

// The states of requests, as WeCom numbers them. Only two of them count.
const (
	Pending   ApprovalStatus = 1
	Passed    ApprovalStatus = 2
	Refuse    ApprovalStatus = 3
	Withdrawn ApprovalStatus = 4
	Revoked   ApprovalStatus = 6 // withdrawn after it had passed
	Removed   ApprovalStatus = 7
	Paid      ApprovalStatus = 10
)

// Approval is one request of one member with all that became of it.
type Approval struct {
	No     string // sp_number
	Kind   ApprovalKind
	ByDay  bool  // the ends name half days, both included; else it is [From, To)
	From   int64 // Unix seconds; by day: the midnight or noon that begins the first half
	To     int64 // Unix seconds; by day: the midnight or noon that begins the last half
	States []ApprovalState
	// Slices say how much of the request falls on a day, in place of what
	// would be computed. A day that is not among them has nothing.
	Slices   []ApprovalSlice
	Vacation Vacation
}

// SpanDays returns the first and the last day that a request touches.
func (a *Approval) SpanDays(zone *Zone) (first, last Day) {
	end := a.To
	if !a.ByDay { // that instant is not in it any more
		end = max(a.From, end-1)
	}
	first, _ = zone.DayAt(a.From)
	last, _ = zone.DayAt(end)
	return first, last
}

// ApprovalState is a state and when it became known.
type ApprovalState struct {
	KnownAt int64 // Unix seconds
	Status  ApprovalStatus
}

// ApprovalSlice is the part of a request on one day.
type ApprovalSlice struct {
	Day     Day
	Seconds int32
}

// Vacation is the kind of leave that a request asks for; zero for other kinds.
type Vacation struct {
	ID           int64
	Name         string
	WorkdaysOnly bool // duration_type 1: only working days count
}

// StatusAt returns the state of the request as known at an instant; 0 when
// nothing was known of it.
func (a *Approval) StatusAt(asOf int64) (status ApprovalStatus, since int64) {
	since = -1 << 62
	for _, s := range a.States {
		if s.KnownAt <= asOf && s.KnownAt >= since {
			status, since = s.Status, s.KnownAt
		}
	}
	return status, since
}

// CountsAt reports whether the request changes a report made as of an instant:
// it has passed by then and, by the option, a midnight has gone by since.
func (a *Approval) CountsAt(asOf int64, zone *Zone, when Calibrate) bool {
	status, since := a.StatusAt(asOf)
	if status != Passed && status != Paid {
		return false
	}
	if when == CalibrateNextDay && since > 0 {
		d, _ := zone.DayAt(since)
		return zone.Midnight(d+1) <= asOf
	}
	return true
}

// ApprovalMark is an approved request as it touches one day.
type ApprovalMark struct {
	Approval *Approval
	Seconds  int32 // its part of the day; 86,400 is a day where it is by day
	Total    int64 // seconds of the whole request
}

// RequestTally sums the approved requests of a kind and vacation.
type RequestTally struct {
	Kind     ApprovalKind
	Vacation Vacation
	ByDay    bool // all of them
	Tally
}

// SumRequests adds the requests of a day to sums. Overtime is left out: it has
// sums of its own.
func SumRequests(sums []RequestTally, marks []ApprovalMark) []RequestTally {
	for i := range marks {
		a := marks[i].Approval
		if a.Kind == OvertimeApproval {
			continue
		}
		at := slices.IndexFunc(sums, func(t RequestTally) bool {
			return t.Kind == a.Kind && t.Vacation.ID == a.Vacation.ID
		})
		if at < 0 {
			at = len(sums)
			sums = append(sums, RequestTally{Kind: a.Kind, Vacation: a.Vacation, ByDay: true})
		}
		t := &sums[at]
		t.Count++
		t.Seconds += int64(marks[i].Seconds)
		t.ByDay = t.ByDay && a.ByDay
	}
	return sums
}
