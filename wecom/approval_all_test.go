package wecom_test

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/dakahq/daka/wecom"
)

// formCorp is a corp with forms. Both ends of a window are in it.
type formCorp struct {
	fakeCorp
	at   []int64 // when the forms were handed in, in order; the first is "f0"
	page int     // how many numbers a page has
	most int     // a window with more is refused with 301112; 0 = none
	// refuse, when not nil, is the code with which a call is refused.
	refuse func(req *wecom.ApprovalInfoRequest) wecom.Code
	spans  []int64 // of the windows asked for, in seconds
}

func (f *formCorp) list(w http.ResponseWriter, _ *http.Request) {
	_, body, _ := strings.Cut(f.calls[len(f.calls)-1], "getapprovalinfo ")
	var req wecom.ApprovalInfoRequest
	if err := json.Unmarshal([]byte(body), &req); err != nil {
		panic(err)
	}
	start, _ := strconv.ParseInt(req.StartTime, 10, 64)
	end, _ := strconv.ParseInt(req.EndTime, 10, 64)
	f.spans = append(f.spans, end-start)
	var numbers []string
	for i, at := range f.at {
		if start <= at && at <= end {
			numbers = append(numbers, "f"+strconv.Itoa(i))
		}
	}
	var code wecom.Code
	if f.refuse != nil {
		code = f.refuse(&req)
	}
	if f.most > 0 && len(numbers) > f.most {
		code = wecom.CodeApprovalWindow
	}
	if code != 0 {
		fmt.Fprintf(w, `{"errcode":%d,"errmsg":"no","sp_no_list":[]}`, code)
		return
	}
	answer := wecom.ApprovalInfoResponse{Envelope: wecom.OK()}
	if req.NewCursor != "" {
		done, _ := strconv.Atoi(req.NewCursor)
		numbers = numbers[done:]
	}
	if len(numbers) > f.page {
		done, _ := strconv.Atoi("0" + req.NewCursor)
		numbers, answer.NewNextCursor = numbers[:f.page], strconv.Itoa(done+f.page)
	}
	answer.SPNoList = numbers
	text, _ := json.Marshal(answer)
	_, _ = w.Write(text)
}

// formNames are the numbers of forms from one to before another.
func formNames(from, to int) (list []string) {
	for i := from; i < to; i++ {
		list = append(list, "f"+strconv.Itoa(i))
	}
	return list
}

func TestAllApprovalNumbers(t *testing.T) {
	t.Parallel()
	const day, window = int64(86_400), int64(31 * 86_400)
	from := time.Unix(1_767_801_600, 999)
	at := func(offsets ...int64) (list []int64) {
		for _, o := range offsets {
			list = append(list, from.Unix()+o)
		}
		return list
	}
	every := func(step int64, n int) (list []int64) {
		for i := range n {
			list = append(list, from.Unix()+int64(i)*step)
		}
		return list
	}
	refuseAll := func(*wecom.ApprovalInfoRequest) wecom.Code { return wecom.CodeApprovalWindow }
	tests := []struct {
		name string
		corp formCorp
		span int64 // seconds from the first instant to the last
		want []string
		code wecom.Code // with which it ends
		// spans of the calls
		spans []int64
	}{
		{"an instant", formCorp{at: at(-1, 0, 1)}, 0, []string{"f1"}, 0, []int64{0}},
		{"31 days", formCorp{at: at(0, window)}, window, formNames(0, 2), 0, []int64{window}},
		{"a second more", formCorp{at: at(0, window, window+1)}, window + 1, formNames(0, 3), 0, []int64{window, 1}},
		// 90 = 31 + 31 + 28. The forms at the borders are in two windows each.
		{"90 days", formCorp{at: at(-1, 0, window-1, window, window+1, 2*window, 90*day, 90*day+1)}, 90 * day, formNames(1, 7), 0, []int64{window, window, 28 * day}},
		{"no forms", formCorp{}, 62 * day, nil, 0, []int64{window, window}},
		// The last of 250 forms comes after 249 x 10000 s, within the 2678400 s of
		// the first window: 3 pages of 100.
		{"pages", formCorp{at: every(10_000, 250), page: 100}, 40 * day, formNames(0, 250), 0, []int64{window, window, window, 9 * day}},
		{"a full page is not followed", formCorp{at: every(3600, 100), page: 100}, window, formNames(0, 100), 0, []int64{window}},
		// Forms in the middle of each quarter: the whole and its halves are too many, the quarters fit.
		{
			"too many", formCorp{at: at(window/8, 3*window/8, 5*window/8, 7*window/8), most: 1}, window, formNames(0, 4), 0,
			[]int64{window, window / 2, window / 4, window / 4, window / 2, window / 4, window / 4},
		},
		// Only the crowded window is split: the next is asked for whole.
		{"too many once", formCorp{at: at(0, window-1), most: 1}, 2 * window, formNames(0, 2), 0, []int64{window, window / 2, window / 2, window}},
		// The second page of the whole window is refused, and what its first page
		// had comes again with the halves.
		{
			"too many after a page", formCorp{at: at(1, 2, window-1), page: 2, refuse: func(req *wecom.ApprovalInfoRequest) wecom.Code {
				if req.NewCursor != "" {
					return wecom.CodeApprovalWindow
				}
				return 0
			}}, window, formNames(0, 3), 0, []int64{window, window, window / 2, window / 2},
		},
		// 31 days halved 15 times are 81 s, of which halves would be below 60 s.
		{
			"always too many", formCorp{refuse: refuseAll}, window, nil, wecom.CodeApprovalWindow,
			[]int64{2678400, 1339200, 669600, 334800, 167400, 83700, 41850, 20925, 10462, 5231, 2615, 1307, 653, 326, 163, 81},
		},
		{"119 s are not split", formCorp{refuse: refuseAll}, 119, nil, wecom.CodeApprovalWindow, []int64{119}},
		{"120 s are", formCorp{refuse: refuseAll}, 120, nil, wecom.CodeApprovalWindow, []int64{120, 60}},
		{
			"refused on the way", formCorp{at: at(0, 1, window+1), page: 1, refuse: func(req *wecom.ApprovalInfoRequest) wecom.Code {
				if req.NewCursor == "1" {
					return wecom.CodeInvalidParameter
				}
				return 0
			}}, 2 * window, formNames(0, 1), wecom.CodeInvalidParameter, []int64{window, window},
		},
		{"backwards", formCorp{refuse: func(*wecom.ApprovalInfoRequest) wecom.Code { return wecom.CodeInvalidParameter }}, -1, nil, wecom.CodeInvalidParameter, []int64{-1}},
	}
	for i := range tests {
		tt := &tests[i]
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			f := &tt.corp
			if f.page == 0 {
				f.page = 100
			}
			f.answer = f.list
			var got []string
			var failed error
			for no, err := range f.start(t).AllApprovalNumbers(t.Context(), from, from.Add(time.Duration(tt.span)*time.Second)) {
				if failed != nil {
					t.Fatalf("after %v came %q, %v", failed, no, err)
				}
				if failed = err; err == nil {
					got = append(got, no)
				} else if no != "" {
					t.Errorf("%q beside %v", no, err)
				}
			}
			if tt.code == 0 && failed != nil || tt.code != 0 && !errors.Is(failed, tt.code) {
				t.Errorf("%v, want %d", failed, tt.code)
			}
			if diff := cmp.Diff(tt.want, got); diff != "" {
				t.Errorf("numbers (-want +got):\n%s", diff)
			}
			if diff := cmp.Diff(tt.spans, f.spans); diff != "" {
				t.Errorf("windows (-want +got):\n%s", diff)
			}
		})
	}
}

// Who has enough stops the calls, in the middle of a page of any window.
func TestAllApprovalNumbersStops(t *testing.T) {
	t.Parallel()
	from := time.Unix(1_767_801_600, 0)
	for _, tt := range []struct {
		name        string
		most        int
		take, calls int
	}{
		{"in the first page", 0, 1, 1},
		{"in the second page", 0, 3, 2},
		{"in a half", 2, 1, 2}, // 31 days hold 3 forms, the first half 2
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			f := &formCorp{at: []int64{from.Unix(), from.Unix() + 1, from.Unix() + 30*86_400}, page: 2, most: tt.most}
			f.answer = f.list
			var got []string
			for no, err := range f.start(t).AllApprovalNumbers(t.Context(), from, from.AddDate(0, 0, 62)) {
				if err != nil {
					t.Fatal(err)
				}
				if got = append(got, no); len(got) == tt.take {
					break
				}
			}
			if len(f.calls) != tt.calls || !slices.Equal(got, formNames(0, tt.take)) {
				t.Errorf("%q after %d calls, want %d", got, len(f.calls), tt.calls)
			}
		})
	}
}

// Every call asks for the largest page of what the filters keep.
func TestAllApprovalNumbersFilters(t *testing.T) {
	t.Parallel()
	f := &formCorp{page: 100}
	f.answer = f.list
	filters := []wecom.ApprovalFilter{{Key: wecom.ApprovalByCreator, Value: "zhang"}, {Key: wecom.ApprovalByKind, Value: "5"}}
	for no, err := range f.start(t).AllApprovalNumbers(t.Context(), time.Unix(1000, 0), time.Unix(1000+31*86_400+5, 0), filters...) {
		t.Errorf("%q, %v", no, err)
	}
	const kept = `"new_cursor":"","size":100,"filters":[{"key":"creator","value":"zhang"},{"key":"record_type","value":"5"}]}`
	want := []string{
		`POST /cgi-bin/oa/getapprovalinfo {"starttime":"1000","endtime":"2679400",` + kept, // 31 x 86400 = 2678400
		`POST /cgi-bin/oa/getapprovalinfo {"starttime":"2679400","endtime":"2679405",` + kept,
	}
	if diff := cmp.Diff(want, f.calls); diff != "" {
		t.Error(diff)
	}
}

// A server that gives the cursor back that it was given would never end.
func TestAllApprovalNumbersRepeatedCursor(t *testing.T) {
	t.Parallel()
	f := &fakeCorp{answer: func(w http.ResponseWriter, _ *http.Request) {
		fmt.Fprint(w, `{"sp_no_list":["a"],"new_next_cursor":"again"}`)
	}}
	var failed error
	count := 0
	for _, err := range f.start(t).AllApprovalNumbers(t.Context(), time.Unix(1, 0), time.Unix(2, 0)) {
		count++
		failed = err
	}
	var broken *wecom.TransportError
	if count != 2 || len(f.calls) != 2 || !errors.As(failed, &broken) || !strings.Contains(broken.Reason, "new_next_cursor") {
		t.Errorf("%d results, %d calls, %v", count, len(f.calls), failed)
	}
}

func TestAllApprovalNumbersCancelled(t *testing.T) {
	t.Parallel()
	f := &formCorp{page: 1, at: []int64{10, 11, 12}}
	f.answer = f.list
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	var failed error
	for _, err := range f.start(t).AllApprovalNumbers(ctx, time.Unix(1, 0), time.Unix(20, 0)) {
		cancel()
		failed = err
	}
	if !errors.Is(failed, context.Canceled) || len(f.calls) != 1 {
		t.Errorf("%v after %d calls", failed, len(f.calls))
	}
}
