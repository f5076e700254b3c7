package checkin

import (
	"context"
	"slices"
)

// State says what became of an item that was to be written.
type State uint8

// The states of an item.
const (
	Unsent  State = iota // it was not sent
	Stored               // the server has it
	Refused              // the server refused it, or all of its call
	Lost                 // it was sent and no good answer came: it may be stored or not
)

// Outcome is what became of one item.
type Outcome struct {
	State State
	Err   error // nil when Stored; a *wecom.Error when Refused
}

// Batch writes any number of items past the limits of one call, call by call
// in order. It returns an Outcome for each item.
//
// A call that is refused because of what is in it is made again in halves, so
// that each bad item is found and the others are stored. That takes a refused
// call to have stored nothing, as it does on daka: WeCom's documents are silent.
// A call refused for another reason, such as CodeForbiddenAPI, is the end; so is
// one that could not be sent. A call whose answer is lost is made again only if
// that does no harm, as with shifts, or wecom.AllowRepeats says so; the calls
// after it are made.
type Batch struct{ Client *Client }

// shiftsPerCall is how many items a call of SetSchedules has at most. The
// documents name no limit.
const shiftsPerCall = 500

// PlannedShift gives one member one shift of a rule on one day.
type PlannedShift struct {
	GroupID    int64 // the rule, of shifts
	UserID     string
	Date       Date  // after today
	ScheduleID int64 // 0 = rest
}

// SetSchedules gives members their shifts: those of one rule and one month go
// together, up to 500 in a call (document 93385), in the order of days.
func (b Batch) SetSchedules(ctx context.Context, shifts []PlannedShift) []Outcome {
	type form struct {
		group     int64
		yearMonth int64
	}
	var forms []form
	places := map[form][]int{}
	for i, s := range shifts {
		f := form{s.GroupID, int64(s.Date.Year)*100 + int64(s.Date.Month)}
		if places[f] == nil {
			forms = append(forms, f)
		}
		places[f] = append(places[f], i)
	}
	w := newWriting(ctx, prefix+"setcheckinschedulist", b.Client, len(shifts))
	for _, f := range forms {
		// Days that are past are refused, and found sooner when they are neighbours.
		slices.SortStableFunc(places[f], func(i, j int) int { return shifts[i].Date.Day - shifts[j].Date.Day })
		w.all(places[f], shiftsPerCall, func(places []int) any {
			req := SetScheduleRequest{GroupID: f.group, YearMonth: f.yearMonth}
			for _, i := range places {
				req.Items = append(req.Items, ScheduleItem{shifts[i].UserID, int64(shifts[i].Date.Day), shifts[i].ScheduleID})
			}
			return req
		})
	}
	return w.outcomes
}

// AddRecords stores punches, up to 200 in a call (document 99647).
func (b Batch) AddRecords(ctx context.Context, records []NewRecord) []Outcome {
	w := newWriting(ctx, prefix+"add_checkin_record", b.Client, len(records))
	places := make([]int, len(records))
	for i := range places {
		places[i] = i
	}
	w.all(places, MaxRecords, func(places []int) any {
		req := AddRecordsRequest{}
		for _, i := range places {
			req.Records = append(req.Records, records[i])
		}
		return req
	})
	return w.outcomes
}
