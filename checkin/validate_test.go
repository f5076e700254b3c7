package checkin_test

import (
	"encoding/base64"
	"errors"
	"fmt"
	"strings"
	"testing"

	"github.com/dakahq/daka/checkin"
	"github.com/dakahq/daka/wecom"
)

const (
	monday  = 1767542400 // 2026-01-05 00:00 in Shanghai: 20458 x 86,400 - 28,800
	day     = 86_400
	ok      = wecom.CodeOK
	badSpan = wecom.CodeCheckinSpan
	tooMany = wecom.CodeCheckinUserList
	badArg  = wecom.CodeInvalidParameter
)

func people(n int) []string {
	list := make([]string, n)
	for i := range list {
		list[i] = fmt.Sprintf("u%d", i)
	}
	return list
}

type validator interface{ Validate() error }

type validation struct {
	name string
	req  validator
	want wecom.Code // CodeOK: no error
	text string     // in the error
}

func validate(t *testing.T, tests []validation) {
	t.Helper()
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			err := tt.req.Validate()
			if tt.want == ok && err == nil {
				return
			}
			var e *wecom.Error
			if !errors.As(err, &e) || e.Code != tt.want || !strings.Contains(e.Msg, tt.text) {
				t.Errorf("got %v, want %v with %q", err, tt.want, tt.text)
			}
		})
	}
}

// Every window call with the same windows: what differs is the longest span
// and whether a window may begin and end with the same second.
func TestValidateWindows(t *testing.T) {
	t.Parallel()
	calls := []struct {
		name    string
		request func(start, end int64, users []string) validator
		longest int64
		days    bool
	}{
		{"records", func(s, e int64, u []string) validator {
			return checkin.RecordsRequest{OpenCheckinDataType: 3, StartTime: s, EndTime: e, UserIDList: u}
		}, 30 * day, false},
		{"day data", func(s, e int64, u []string) validator {
			return checkin.DayDataRequest{StartTime: s, EndTime: e, UserIDList: u}
		}, 30 * day, true},
		{"month data", func(s, e int64, u []string) validator {
			return checkin.MonthDataRequest{StartTime: s, EndTime: e, UserIDList: u}
		}, 30 * day, true},
		{"schedule", func(s, e int64, u []string) validator {
			return checkin.ScheduleListRequest{StartTime: s, EndTime: e, UserIDList: u}
		}, 31 * day, true},
		{"hardware", func(s, e int64, u []string) validator {
			return checkin.HardwareRequest{StartTime: s, EndTime: e, UserIDList: u}
		}, 31 * day, false},
	}
	for _, c := range calls {
		same := badSpan
		if c.days {
			same = ok
		}
		validate(t, []validation{
			{c.name + " longest", c.request(monday, monday+c.longest, people(100)), ok, ""},
			{c.name + " a second longer", c.request(monday, monday+c.longest+1, people(1)), badSpan, "starttime"},
			{c.name + " same second", c.request(monday, monday, people(1)), same, ""},
			{c.name + " end before start", c.request(monday, monday-1, people(1)), badSpan, ""},
			{c.name + " no start", c.request(0, day, people(1)), badSpan, ""},
			{c.name + " negative", c.request(-2*day, -day, people(1)), badSpan, ""},
			{c.name + " half an hour in milliseconds", c.request(monday*1000, monday*1000+1_800_000, people(1)), badSpan, ""},
			{c.name + " far ends", c.request(-1<<63, 1<<63-1, people(1)), badSpan, ""},
			{c.name + " nobody", c.request(monday, monday+day, nil), tooMany, "0 userids"},
			{c.name + " 101 people", c.request(monday, monday+day, people(101)), tooMany, "101 userids"},
		})
	}
}

func TestValidateReads(t *testing.T) {
	t.Parallel()
	validate(t, []validation{
		{"no kind of punch", checkin.RecordsRequest{StartTime: monday, EndTime: monday + 1, UserIDList: people(1)}, badArg, "opencheckindatatype"},
		{"kind 4", checkin.RecordsRequest{OpenCheckinDataType: 4, StartTime: monday, EndTime: monday + 1, UserIDList: people(1)}, badArg, "opencheckindatatype"},
		{"filter 3", checkin.HardwareRequest{FilterType: 3, StartTime: monday, EndTime: monday + 1, UserIDList: people(1)}, badArg, "filter_type"},
		{"filter 2", checkin.HardwareRequest{FilterType: 2, StartTime: monday, EndTime: monday + 1, UserIDList: people(1)}, ok, ""},
		{"options", checkin.OptionsRequest{DateTime: monday, UserIDList: people(100)}, ok, ""},
		{"options without day", checkin.OptionsRequest{UserIDList: people(1)}, badArg, "datetime"},
		{"options in milliseconds", checkin.OptionsRequest{DateTime: monday * 1000, UserIDList: people(1)}, badArg, "datetime"},
		{"options of 101", checkin.OptionsRequest{DateTime: monday, UserIDList: people(101)}, tooMany, ""},
		{"corp options", checkin.CorpOptionsRequest{}, ok, ""},
	})
}

func TestValidateFace(t *testing.T) {
	t.Parallel()
	// 1 MiB is the limit of the image, before base64.
	largest := base64.StdEncoding.EncodeToString(make([]byte, 1<<20))
	validate(t, []validation{
		{"largest", checkin.FaceRequest{UserID: "a", UserFace: largest}, ok, ""},
		{"largest in lines", checkin.FaceRequest{UserID: "a", UserFace: largest[:76] + "\r\n" + largest[76:]}, ok, ""},
		{"other spelling", checkin.FaceRequest{AltUserID: "a", UserFace: "AAAA"}, ok, ""},
		{"too large", checkin.FaceRequest{UserID: "a", UserFace: largest + "AAAA"}, wecom.CodeFaceImage, "1048576"},
		{"data URL", checkin.FaceRequest{UserID: "a", UserFace: "data:image/png;base64,AAAA"}, wecom.CodeFaceImage, "base64"},
		{"no image", checkin.FaceRequest{UserID: "a"}, wecom.CodeCheckinUser, "userface"},
		{"no member", checkin.FaceRequest{UserFace: "AAAA"}, wecom.CodeCheckinUser, "userid"},
	})
}

func TestValidateCorrection(t *testing.T) {
	t.Parallel()
	const code = wecom.CodeCorrectionParameter
	with := func(change func(*checkin.CorrectionRequest)) checkin.CorrectionRequest {
		r := checkin.CorrectionRequest{UserID: "a", ScheduleDateTime: monday, ScheduleCheckinTime: new(int64(32_400)), CheckinTime: monday + 32_400}
		change(&r)
		return r
	}
	validate(t, []validation{
		{"complete", with(func(*checkin.CorrectionRequest) {}), ok, ""},
		{"without due point", with(func(r *checkin.CorrectionRequest) { r.ScheduleCheckinTime = nil }), ok, ""},
		{"after midnight", with(func(r *checkin.CorrectionRequest) { r.ScheduleCheckinTime = new(int64(100_000)) }), ok, ""},
		{"due point in milliseconds", with(func(r *checkin.CorrectionRequest) { r.ScheduleCheckinTime = new(int64(32_400_000)) }), code, "schedule_checkin_time"},
		{"no member", with(func(r *checkin.CorrectionRequest) { r.UserID = "" }), code, "userid"},
		{"no day", with(func(r *checkin.CorrectionRequest) { r.ScheduleDateTime = 0 }), code, "schedule_date_time"},
		{"day in milliseconds", with(func(r *checkin.CorrectionRequest) { r.ScheduleDateTime *= 1000 }), code, "schedule_date_time"},
		{"no time", with(func(r *checkin.CorrectionRequest) { r.CheckinTime = 0 }), code, "checkin_time"},
		{"time in milliseconds", with(func(r *checkin.CorrectionRequest) { r.CheckinTime *= 1000 }), code, "checkin_time"},
		{"remark of 512 bytes", with(func(r *checkin.CorrectionRequest) { r.Remark = strings.Repeat("a", 512) }), ok, ""},
		{"remark of 513 bytes", with(func(r *checkin.CorrectionRequest) { r.Remark = strings.Repeat("错", 171) }), code, "remark"}, // 171 x 3 bytes
		{"short form", checkin.CorrectionRequest{UserID: "a", Day: monday, Offset: new(int64(0))}, ok, ""},
		{"short form without offset", checkin.CorrectionRequest{UserID: "a", Day: monday}, code, "offset"},
		{"short form, offset in milliseconds", checkin.CorrectionRequest{UserID: "a", Day: monday, Offset: new(int64(32_400_000))}, code, "offset"},
	})
}

func TestValidateAddRecords(t *testing.T) {
	t.Parallel()
	good := checkin.NewRecord{UserID: "a", CheckinTime: monday, LocationTitle: "t", LocationDetail: "d", DeviceType: 1, DeviceDetail: "x"}
	with := func(change func(*checkin.NewRecord)) checkin.AddRecordsRequest {
		r := good
		change(&r)
		return checkin.AddRecordsRequest{Records: []checkin.NewRecord{good, r}}
	}
	long := func(n int) string { return strings.Repeat("长", n) }
	many := make([]checkin.NewRecord, 201)
	for i := range many {
		many[i] = good
	}
	validate(t, []validation{
		{"none", checkin.AddRecordsRequest{}, badArg, "body.records expect array size in [1, 200]"},
		{"200", checkin.AddRecordsRequest{Records: many[:200]}, ok, ""},
		{"201", checkin.AddRecordsRequest{Records: many}, badArg, "got 201"},
		{"longest texts", with(func(r *checkin.NewRecord) {
			r.LocationTitle, r.LocationDetail, r.Notes, r.DeviceDetail = long(1024), long(1024), long(1024), long(40)
			r.WifiName, r.WifiMAC, r.MediaIDs = long(1024), "A2:8b:7f:c0:27:4B", []string{"m"}
			r.Lat, r.Lng = new(int64(-90_000_000)), new(int64(180_000_000))
		}), ok, ""},
		{"no member", with(func(r *checkin.NewRecord) { r.UserID = "" }), badArg, "body.records[1].userid is missing"},
		{"milliseconds", with(func(r *checkin.NewRecord) { r.CheckinTime *= 1000 }), badArg, "records[1].checkin_time"},
		{"no time", with(func(r *checkin.NewRecord) { r.CheckinTime = 0 }), badArg, "checkin_time"},
		{"no title", with(func(r *checkin.NewRecord) { r.LocationTitle = "" }), badArg, "location_title"},
		{"long title", with(func(r *checkin.NewRecord) { r.LocationTitle = long(1025) }), badArg, "location_title exceed max length 1024"},
		{"no detail", with(func(r *checkin.NewRecord) { r.LocationDetail = "" }), badArg, "location_detail"},
		{"device type 4", with(func(r *checkin.NewRecord) { r.DeviceType = 4 }), badArg, "device_type"},
		{"no device type", with(func(r *checkin.NewRecord) { r.DeviceType = 0 }), badArg, "device_type"},
		{"no device", with(func(r *checkin.NewRecord) { r.DeviceDetail = "" }), badArg, "device_detail"},
		{"long device", with(func(r *checkin.NewRecord) { r.DeviceDetail = long(41) }), badArg, "device_detail"},
		{"long notes", with(func(r *checkin.NewRecord) { r.Notes = long(1025) }), badArg, "notes"},
		{"wifi without mac", with(func(r *checkin.NewRecord) { r.WifiName = "w" }), badArg, "wifimac"},
		{"mac too long", with(func(r *checkin.NewRecord) { r.WifiName, r.WifiMAC = "w", "a2:8b:7f:c0:27:4b:00" }), badArg, "wifimac"},
		{"two media", with(func(r *checkin.NewRecord) { r.MediaIDs = []string{"m", "n"} }), badArg, "mediaids"},
		{"latitude", with(func(r *checkin.NewRecord) { r.Lat = new(int64(90_000_001)) }), badArg, "lat"},
		{"longitude", with(func(r *checkin.NewRecord) { r.Lng = new(int64(-180_000_001)) }), badArg, "lng"},
	})
}

func TestValidateRules(t *testing.T) {
	t.Parallel()
	named := func(id int64) checkin.UpdateOptionRequest {
		return checkin.UpdateOptionRequest{Group: checkin.RuleWrite{GroupID: &id}}
	}
	const badGroup = wecom.CodeRuleGroupID
	validate(t, []validation{
		{"update", named(1), ok, ""},
		{"update of 0", named(0), badGroup, "0"},
		{"update of none", checkin.UpdateOptionRequest{}, badGroup, ""},
		{"delete", checkin.DeleteOptionRequest{GroupID: 1}, ok, ""},
		{"delete of none", checkin.DeleteOptionRequest{}, badGroup, ""},
		{"clear", checkin.ClearOptionRequest{GroupID: 1, ClearField: []int64{1, 2, 3, 4}}, ok, ""},
		{"clear in none", checkin.ClearOptionRequest{ClearField: []int64{1}}, badGroup, ""},
		{"clear nothing", checkin.ClearOptionRequest{GroupID: 1}, wecom.CodeRuleInvalid, "clear_field"},
		{"clear 5", checkin.ClearOptionRequest{GroupID: 1, ClearField: []int64{1, 5}}, wecom.CodeRuleInvalid, "clear_field[1]"},
	})
}
