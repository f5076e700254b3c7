package wecom_test

import (
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/dakahq/daka/wecom"
)

func TestApprovals(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name, request, answer string
		call                  func(*wecom.Client) (any, error)
		want                  any
		code                  wecom.Code
	}{
		{
			"numbers", `POST /cgi-bin/oa/getapprovalinfo {"starttime":"100","endtime":"200","new_cursor":""}`, `{"sp_no_list":[]}`,
			func(c *wecom.Client) (any, error) {
				return c.ApprovalNumbers(t.Context(), wecom.ApprovalInfoRequest{StartTime: "100", EndTime: "200"})
			},
			&wecom.ApprovalInfoResponse{SPNoList: wecom.List[string]{}}, 0,
		},
		{
			"a later page of some",
			`POST /cgi-bin/oa/getapprovalinfo {"starttime":"100","endtime":"200","new_cursor":"c","size":2,"filters":[{"key":"record_type","value":"1"},{"key":"sp_status","value":"2"}]}`,
			`{"errcode":0,"sp_no_list":["a","b"],"new_next_cursor":"d"}`,
			func(c *wecom.Client) (any, error) {
				return c.ApprovalNumbers(t.Context(), wecom.ApprovalInfoRequest{
					StartTime: "100", EndTime: "200", NewCursor: "c", Size: 2,
					Filters: []wecom.ApprovalFilter{{Key: wecom.ApprovalByKind, Value: "1"}, {Key: wecom.ApprovalByStatus, Value: "2"}},
				})
			},
			&wecom.ApprovalInfoResponse{SPNoList: wecom.List[string]{"a", "b"}, NewNextCursor: "d"}, 0,
		},
		{
			"too many", `POST /cgi-bin/oa/getapprovalinfo {"starttime":"","endtime":"","new_cursor":""}`, `{"errcode":301112,"errmsg":"x","sp_no_list":[]}`,
			func(c *wecom.Client) (any, error) {
				return c.ApprovalNumbers(t.Context(), wecom.ApprovalInfoRequest{})
			},
			(*wecom.ApprovalInfoResponse)(nil), wecom.CodeApprovalWindow,
		},
		{
			"detail", `POST /cgi-bin/oa/getapprovaldetail {"sp_no":"7"}`, `{"errcode":0,"info":{"sp_no":"7","sp_status":2}}`,
			func(c *wecom.Client) (any, error) { return c.ApprovalDetail(t.Context(), "7") },
			&wecom.Approval{SPNo: "7", SPStatus: wecom.ApprovalPassed}, 0,
		},
		{
			"no such form", `POST /cgi-bin/oa/getapprovaldetail {"sp_no":"8"}`, `{"errcode":40058,"errmsg":"x"}`,
			func(c *wecom.Client) (any, error) { return c.ApprovalDetail(t.Context(), "8") },
			(*wecom.Approval)(nil), wecom.CodeInvalidParameter,
		},
		{
			"kinds of leave", `GET /cgi-bin/oa/vacation/getcorpconf `, `{"errcode":0,"lists":[{"id":3,"name":"病假","time_attr":1,"duration_type":1,"perday_duration":28800}]}`,
			func(c *wecom.Client) (any, error) { return c.VacationConfig(t.Context()) },
			[]wecom.Vacation{{ID: 3, Name: "病假", TimeAttr: wecom.VacationByHour, DurationType: wecom.VacationWorkdays, PerdayDuration: 28800}}, 0,
		},
		{
			"no right on them", `GET /cgi-bin/oa/vacation/getcorpconf `, `{"errcode":301062,"errmsg":"x","lists":[]}`,
			func(c *wecom.Client) (any, error) { return c.VacationConfig(t.Context()) },
			[]wecom.Vacation{}, wecom.CodeVacationForbidden,
		},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			f := &fakeCorp{answer: func(w http.ResponseWriter, _ *http.Request) { fmt.Fprint(w, tt.answer) }}
			got, err := tt.call(f.start(t))
			if tt.code == 0 && err != nil || tt.code != 0 && !errors.Is(err, tt.code) {
				t.Fatalf("%v, want %d", err, tt.code)
			}
			if f.calls[0] != tt.request {
				t.Errorf("sent %s, want %s", f.calls[0], tt.request)
			}
			if diff := cmp.Diff(tt.want, got); diff != "" {
				t.Error(diff)
			}
		})
	}
}

// A success without a form is no form.
func TestApprovalDetailWithoutInfo(t *testing.T) {
	t.Parallel()
	f := &fakeCorp{answer: func(w http.ResponseWriter, _ *http.Request) { fmt.Fprint(w, `{"errcode":0,"errmsg":"ok"}`) }}
	form, err := f.start(t).ApprovalDetail(t.Context(), "7")
	var broken *wecom.TransportError
	if form != nil || !errors.As(err, &broken) || !strings.Contains(broken.Reason, "info") {
		t.Errorf("%v, %v", form, err)
	}
}

// The controls of attendance are typed; of all others, and of shapes that no
// document shows, the text stays.
func TestApprovalValue(t *testing.T) {
	t.Parallel()
	const span = `{"date_range":{"type":"halfday","new_begin":1767801600,"new_end":1767888000,"new_duration":129600,` +
		`"timezone_info":{"zone_offset":"-9","zone_desc":"UTC+9"}},"type":3,` +
		`"slice_info":{"day_items":[{"daytime":1767801600,"duration":43200},{"daytime":1767888000,"duration":86400}],"duration":129600,"state":1}}`
	trip := wecom.AttendanceValue{
		Type: wecom.ApprovalTrip,
		DateRange: wecom.ApprovalRange{
			Type: wecom.RangeHalfDays, NewBegin: 1767801600, NewEnd: 1767888000, NewDuration: 129600,
			Timezone: &wecom.ApprovalTimezone{ZoneOffset: "-9", ZoneDesc: "UTC+9"},
		},
		SliceInfo: wecom.ApprovalSlices{
			Duration: 129600, State: wecom.SlicesComputed,
			DayItems: wecom.List[wecom.ApprovalSlice]{{Daytime: 1767801600, Duration: 43200}, {Daytime: 1767888000, Duration: 86400}},
		},
	}
	leave := wecom.VacationValue{
		Attendance: trip,
		Selector: wecom.ApprovalSelector{Type: "single", Options: wecom.List[wecom.ApprovalOption]{
			{Key: "3", Value: wecom.List[wecom.ApprovalText]{{Text: "病<假", Lang: "zh_CN"}}},
		}},
	}
	tests := []struct {
		name, text string
		want       wecom.ApprovalValue
	}{
		{"leave", `{"vacation":{"selector":{"type":"single","options":[{"key":"3","value":[{"text":"病<假","lang":"zh_CN"}]}]},"attendance":` + span + `}}`, wecom.ApprovalValue{Vacation: &leave}},
		{"trip", `{"attendance":` + span + `}`, wecom.ApprovalValue{Attendance: &trip}},
		{
			"correction", `{"punch_correction":{"state":"上班-未打卡","time":1767834000,"version":1,"daymonthyear":1767801600}}`,
			wecom.ApprovalValue{PunchCorrection: &wecom.CorrectionValue{State: "上班-未打卡", Time: 1767834000, Version: 1, DayMonthYear: 1767801600}},
		},
		{"correction of the old kind", `{"punch_correction":{"state":"迟到","time":1767834000}}`, wecom.ApprovalValue{PunchCorrection: &wecom.CorrectionValue{State: "迟到", Time: 1767834000}}},
		{"another control", `{"new_money":"7.50","nested":[{"x":null}]}`, wecom.ApprovalValue{}},
		{"no value", `{}`, wecom.ApprovalValue{}},
		{"an array", `[1,2]`, wecom.ApprovalValue{}},
		{"a text", `"x"`, wecom.ApprovalValue{}},
		{"null", `null`, wecom.ApprovalValue{}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			f := &fakeCorp{answer: func(w http.ResponseWriter, _ *http.Request) {
				fmt.Fprintf(w, `{"info":{"apply_data":{"contents":[{"control":"C","value":%s}]}}}`, tt.text)
			}}
			form, err := f.start(t).ApprovalDetail(t.Context(), "1")
			if err != nil {
				t.Fatal(err)
			}
			got := form.ApplyData.Contents[0].Value
			if string(got.Raw) != tt.text {
				t.Errorf("raw %s, want %s", got.Raw, tt.text)
			}
			// What came is written again, with or without the text it came in.
			if text := jsonOf(t, got); cmp.Diff(valueOf(t, tt.text), valueOf(t, text)) != "" {
				t.Errorf("written as %s", text)
			}
			got.Raw = nil
			if diff := cmp.Diff(tt.want, got); diff != "" {
				t.Error(diff)
			}
			typed := got.Vacation != nil || got.Attendance != nil || got.PunchCorrection != nil
			if text := jsonOf(t, got); typed && cmp.Diff(valueOf(t, tt.text), valueOf(t, text)) != "" || !typed && text != "{}" {
				t.Errorf("without its text written as %s", text)
			}
		})
	}
}

// A control of attendance in another shape than documented is an error that
// says where, and not a form with holes.
func TestApprovalValueMisfit(t *testing.T) {
	t.Parallel()
	f := &fakeCorp{answer: func(w http.ResponseWriter, _ *http.Request) {
		fmt.Fprint(w, `{"info":{"apply_data":{"contents":[{"value":{"vacation":"private"}}]}}}`)
	}}
	_, err := f.start(t).ApprovalDetail(t.Context(), "1")
	if err == nil || !strings.Contains(err.Error(), "/info/apply_data/contents/0/value") || strings.Contains(err.Error(), "private") {
		t.Errorf("%v", err)
	}
}

func TestApprovalTime(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		text string
		want wecom.ApprovalTime
		ok   bool
	}{{`1767801600`, 1767801600, true}, {`0`, 0, true}, {`"1767801600"`, 1767801600, true}, {`""`, 0, true}, {`"x"`, 0, false}, {`1.5`, 0, false}} {
		var got wecom.ApprovalTime
		if err := json.Unmarshal([]byte(tt.text), &got); got != tt.want || (err == nil) != tt.ok {
			t.Errorf("%s: %d, %v", tt.text, got, err)
		}
	}
}

func jsonOf(t *testing.T, v any) string {
	t.Helper()
	text, err := json.Marshal(v)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

func valueOf(t *testing.T, text string) (v any) {
	t.Helper()
	if err := json.Unmarshal([]byte(text), &v); err != nil {
		t.Fatalf("%v in %s", err, text)
	}
	return v
}
