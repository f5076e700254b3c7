package checkin_test

import (
	"encoding/json"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"

	"github.com/dakahq/daka/checkin"
)

// payloads maps what stands before ".request" or ".response" in the name of an
// example to the types of that call.
var payloads = map[string]struct{ request, response any }{
	"getcheckindata":                   {checkin.RecordsRequest{}, checkin.RecordsResponse{}},
	"error.301002.getcheckindata":      {nil, checkin.RecordsResponse{}},
	"error.301023.getcheckindata":      {nil, checkin.RecordsResponse{}},
	"error.48002.getcheckindata":       {nil, checkin.RecordsResponse{}},
	"getcheckinoption":                 {checkin.OptionsRequest{}, checkin.OptionsResponse{}},
	"getcheckin_daydata":               {checkin.DayDataRequest{}, checkin.DayDataResponse{}},
	"getcheckin_monthdata":             {checkin.MonthDataRequest{}, checkin.MonthDataResponse{}},
	"addcheckinuserface":               {checkin.FaceRequest{}, checkin.EmptyResponse{}},
	"getcheckinschedulist":             {checkin.ScheduleListRequest{}, checkin.ScheduleListResponse{}},
	"getcorpcheckinoption":             {checkin.CorpOptionsRequest{}, checkin.CorpOptionsResponse{}},
	"setcheckinschedulist":             {checkin.SetScheduleRequest{}, checkin.EmptyResponse{}},
	"get_hardware_checkin_data":        {checkin.HardwareRequest{}, checkin.HardwareResponse{}},
	"punch_correction":                 {checkin.CorrectionRequest{}, checkin.EmptyResponse{}},
	"add_checkin_option":               {checkin.AddOptionRequest{}, checkin.EmptyResponse{}},
	"update_checkin_option":            {checkin.UpdateOptionRequest{}, checkin.EmptyResponse{}},
	"clear_checkin_option_array_field": {checkin.ClearOptionRequest{}, checkin.EmptyResponse{}},
	"del_checkin_option":               {checkin.DeleteOptionRequest{}, checkin.EmptyResponse{}},
	"add_checkin_record":               {checkin.AddRecordsRequest{}, checkin.EmptyResponse{}},
}

// Numbers written as strings: reading them is the server's affair.
var lenientPayloads = map[string]bool{
	"getcheckindata.request.v2.json":       true,
	"setcheckinschedulist.request.v3.json": true,
}

// Every example decodes and comes back without losing anything. The documents
// of rules under "group" have tests of their own.
func TestPayloadsRoundTrip(t *testing.T) {
	t.Parallel()
	t.Run("own", func(t *testing.T) {
		t.Parallel()
		roundTrip(t, "testdata/*.re*.json")
	})
	t.Run("documented", func(t *testing.T) {
		t.Parallel()
		const dir = "../../shared/spec/payloads"
		if _, err := os.Stat(dir); err != nil {
			t.Skip("no " + dir + ": WeCom's examples are not here")
		}
		if n := roundTrip(t, dir+"/*.json"); n < 44 {
			t.Errorf("%d examples of check-in, want 44", n)
		}
	})
}

func roundTrip(t *testing.T, pattern string) (n int) {
	t.Helper()
	files, err := filepath.Glob(pattern)
	if err != nil || len(files) == 0 {
		t.Fatalf("%s: %d files, %v", pattern, len(files), err)
	}
	for _, name := range files {
		base := filepath.Base(name)
		before, _, isRequest := strings.Cut(base, ".request")
		if !isRequest {
			before, _, _ = strings.Cut(base, ".response")
		}
		call, ok := payloads[before]
		if !ok || lenientPayloads[base] {
			continue
		}
		n++
		value := call.response
		if isRequest {
			value = call.request
		}
		text, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		target := reflect.New(reflect.TypeOf(value))
		if err := json.Unmarshal(text, target.Interface()); err != nil {
			t.Errorf("%s: %v", base, err)
			continue
		}
		back, err := json.Marshal(target.Interface())
		if err != nil {
			t.Errorf("%s: %v", base, err)
			continue
		}
		// An answer may gain what is always sent, a request gains nothing.
		compare(t, base, decoded(t, text), decoded(t, back), isRequest)
	}
	return n
}

func decoded(t *testing.T, text []byte) (v any) {
	t.Helper()
	if err := json.Unmarshal(text, &v); err != nil {
		t.Fatal(err)
	}
	return v
}

func compare(t *testing.T, path string, want, got any, closed bool) {
	t.Helper()
	switch want := want.(type) {
	case map[string]any:
		got, ok := got.(map[string]any)
		if !ok {
			t.Errorf("%s: got %v, want %v", path, got, want)
			return
		}
		for name := range got {
			if _, ok := want[name]; !ok && closed {
				t.Errorf("%s.%s is made up", path, name)
			}
		}
		for name, w := range want {
			g, ok := got[name]
			switch {
			case name == "group", closed && w == "" && !ok:
			case !ok:
				t.Errorf("%s.%s is lost", path, name)
			default:
				compare(t, path+"."+name, w, g, closed)
			}
		}
	case []any:
		got, ok := got.([]any)
		if !ok || len(got) != len(want) {
			t.Errorf("%s: got %v, want %v", path, got, want)
			return
		}
		for i := range want {
			compare(t, path, want[i], got[i], closed)
		}
	default:
		if got != want {
			t.Errorf("%s: got %v, want %v", path, got, want)
		}
	}
}

// Arrays of an empty answer are [], at whatever depth; what is optional is absent.
func TestEmptyAnswers(t *testing.T) {
	t.Parallel()
	for want, value := range map[string]any{
		`{"errcode":0,"errmsg":"","checkindata":[]}`:                                       checkin.RecordsResponse{},
		`{"errcode":0,"errmsg":"","info":[]}`:                                              checkin.OptionsResponse{},
		`{"errcode":0,"errmsg":"","datas":[]}`:                                             checkin.DayDataResponse{},
		`{"errcode":0,"errmsg":"","schedule_list":[]}`:                                     checkin.ScheduleListResponse{},
		`{"errcode":0,"errmsg":"","group":[]}`:                                             checkin.CorpOptionsResponse{},
		`{"errcode":0,"errmsg":""}`:                                                        checkin.EmptyResponse{},
		`{"ot_status":0,"ot_duration":0,"exception_duration":[]}`:                          checkin.OTInfo{},
		`{"sp_description":{"data":[]},"sp_number":"","sp_title":{"data":[]}}`:             checkin.HolidayInfo{},
		`{"day":0,"schedule_info":{"schedule_id":0,"schedule_name":"","time_section":[]}}`: checkin.ScheduleDay{},
	} {
		if text, err := json.Marshal(value); err != nil || string(text) != want {
			t.Errorf("%T: got %s, %v; want %s", value, text, err, want)
		}
	}
	for _, value := range []any{checkin.Record{}, checkin.DayData{}, checkin.MonthData{}, checkin.MemberSchedule{}} {
		text, err := json.Marshal(value)
		if err != nil || strings.Contains(string(text), "null") || !strings.Contains(string(text), "[]") {
			t.Errorf("%T: got %s, %v", value, text, err)
		}
	}
}
