package checkin_test

import (
	"bytes"
	"context"
	"encoding/base64"
	"encoding/json"
	"errors"
	"image"
	"image/png"
	"slices"
	"strconv"
	"testing"
	"time"

	"github.com/dakahq/daka/admin"
	"github.com/dakahq/daka/checkin"
	"github.com/dakahq/daka/dakatest"
	"github.com/dakahq/daka/wecom"
)

// The corporation of the fault matrix at noon of Thursday, 11 September 2025:
// zhaoliu came at 09:00 on the 10th and did not leave, lisi works by shifts.
var faultNoon = time.Date(2025, 9, 11, 12, 0, 0, 0, time.FixedZone("", 8*3600))

// faultDay returns the first second of a day of that September.
func faultDay(day int) int64 { return faultNoon.Unix() - 12*3600 + int64(day-11)*86_400 }

// faulty is a server of the matrix with what its methods name.
type faulty struct {
	*dakatest.Server
	t              *testing.T
	office, shifts int64
}

func newFaulty(t *testing.T) *faulty {
	t.Helper()
	s := &faulty{Server: dakatest.NewServer(t, dakatest.At(faultNoon)), t: t}
	s.Members("zhangsan", "lisi", "wangwu", "zhaoliu")
	s.Rule(`{"grouptype":1,"groupname":"from the start","allow_apply_offworkday":true,"range":{"userid":["zhaoliu"]},
		"checkindate":[{"workdays":[1,2,3,4,5],"checkintime":[` + section + `]}]}`)
	s.office = s.add(officeFor("zhangsan", "office"))
	s.shifts = s.add(`{"grouptype":2,"groupname":"shifts",` + phone + `,"range":{"userid":["lisi"]},"ot_info_v2":{"workdayconf":{"allow_ot":false}},
		"schedulelist":[{"schedule_id":0,"schedule_name":"休息"},{"schedule_id":1,"schedule_name":"day","time_section":[` + section + `]}]}`)
	s.Punch("zhaoliu", time.Unix(faultDay(10)+9*3600, 0))
	s.Facts(admin.Facts{Approvals: []admin.Approval{{
		UserID: "wangwu", Number: "form", Kind: "trip", ByDay: true, From: faultDay(2), To: faultDay(3), Status: 2, KnownAt: faultDay(1),
	}}})
	return s
}

const phone = `"type":0,"sync_holidays":false,"wifimac_infos":[{"wifiname":"a","wifimac":"c0:7b:bc:37:f8:d3"}]`

const section = `{"time_id":1,"work_sec":32400,"off_work_sec":64800,"remind_work_sec":32400,"remind_off_work_sec":64800,
	"earliest_work_sec":25200,"latest_work_sec":43200,"earliest_off_work_sec":54000,"latest_off_work_sec":79200}`

// officeFor is a rule of fixed times, with a day off to come.
func officeFor(user, name string) string {
	return `{"grouptype":1,"groupname":"` + name + `",` + phone + `,"allow_apply_offworkday":true,"range":{"userid":["` + user + `"]},
		"spe_offdays":[{"type":0,"timestamp":` + strconv.FormatInt(faultDay(26), 10) + `,"notes":"outing"}],
		"ot_info_v2":{"workdayconf":{"allow_ot":false}},"checkindate":[{"workdays":[1,2,3,4,5],"checkintime":[` + section + `]}]}`
}

func rule(text string) (w checkin.RuleWrite) {
	if err := json.Unmarshal([]byte(text), &w); err != nil {
		panic(err)
	}
	return w
}

// add makes a rule and returns its id.
func (s *faulty) add(text string) int64 {
	s.t.Helper()
	w := rule(text)
	if _, err := s.Checkin.AddOption(s.t.Context(), checkin.AddOptionRequest{Group: w, EffectiveNow: true}); err != nil {
		s.t.Fatal(err)
	}
	found := s.rules(func(r checkin.RuleRead) bool { return r.GroupName == *w.GroupName })
	if len(found) != 1 {
		s.t.Fatalf("%d rules %s", len(found), *w.GroupName)
	}
	return found[0].GroupID
}

func (s *faulty) rules(which func(checkin.RuleRead) bool) []checkin.RuleRead {
	s.t.Helper()
	answer, err := s.Checkin.CorpOptions(s.t.Context(), checkin.CorpOptionsRequest{})
	if err != nil {
		s.t.Fatal(err)
	}
	return slices.DeleteFunc(answer.Group, func(r checkin.RuleRead) bool { return !which(r) })
}

func (s *faulty) users() []wecom.User {
	s.t.Helper()
	users, err := s.Client(s.Contact).Users(s.t.Context(), wecom.RootDepartment)
	if err != nil {
		s.t.Fatal(err)
	}
	return users
}

func (s *faulty) departments() []wecom.Department {
	s.t.Helper()
	list, err := s.Client(s.Contact).Departments(s.t.Context(), 0)
	if err != nil {
		s.t.Fatal(err)
	}
	return list
}

// method is a call of the matrix.
type method struct {
	name       string // last part of its path
	repeatable bool
	contact    bool // for the contact-sync app
	call       func(ctx context.Context, s *faulty, w *wecom.Client) error
	stored     func(s *faulty) int // how often what it writes is there; nil = it reads
}

// over returns what a call comes to, without its answer.
func over[T any](_ T, err error) error { return err }

func count[T any](list []T, which func(T) bool) (n int) {
	for _, element := range list {
		if which(element) {
			n++
		}
	}
	return n
}

var faultUsers = []string{"zhangsan", "lisi"}

// readMethods are those that write nothing.
var readMethods = []method{
	{name: "getcheckindata", call: func(ctx context.Context, s *faulty, w *wecom.Client) error {
		return over(checkin.NewClient(w).Records(ctx, checkin.RecordsRequest{OpenCheckinDataType: checkin.AllPunches, StartTime: faultDay(1), EndTime: faultDay(11), UserIDList: faultUsers}))
	}},
	{name: "getcheckinoption", call: func(ctx context.Context, s *faulty, w *wecom.Client) error {
		return over(checkin.NewClient(w).Options(ctx, checkin.OptionsRequest{DateTime: faultDay(10), UserIDList: faultUsers}))
	}},
	{name: "getcheckin_daydata", call: func(ctx context.Context, s *faulty, w *wecom.Client) error {
		return over(checkin.NewClient(w).DayData(ctx, checkin.DayDataRequest{StartTime: faultDay(1), EndTime: faultDay(10), UserIDList: faultUsers}))
	}},
	{name: "getcheckin_monthdata", call: func(ctx context.Context, s *faulty, w *wecom.Client) error {
		return over(checkin.NewClient(w).MonthData(ctx, checkin.MonthDataRequest{StartTime: faultDay(1), EndTime: faultDay(10), UserIDList: faultUsers}))
	}},
	{name: "getcheckinschedulist", call: func(ctx context.Context, s *faulty, w *wecom.Client) error {
		return over(checkin.NewClient(w).ScheduleList(ctx, checkin.ScheduleListRequest{StartTime: faultDay(1), EndTime: faultDay(30), UserIDList: faultUsers}))
	}},
	{name: "getcorpcheckinoption", call: func(ctx context.Context, s *faulty, w *wecom.Client) error {
		return over(checkin.NewClient(w).CorpOptions(ctx, checkin.CorpOptionsRequest{}))
	}},
	{name: "get_hardware_checkin_data", call: func(ctx context.Context, s *faulty, w *wecom.Client) error {
		return over(checkin.NewClient(w).Hardware(ctx, checkin.HardwareRequest{StartTime: faultDay(1), EndTime: faultDay(11), UserIDList: faultUsers}))
	}},
	{name: "department/simplelist", contact: true, call: func(ctx context.Context, s *faulty, w *wecom.Client) error { return over(w.DepartmentIDs(ctx, 0)) }},
	{name: "department/list", contact: true, call: func(ctx context.Context, s *faulty, w *wecom.Client) error { return over(w.Departments(ctx, 0)) }},
	{name: "user/simplelist", contact: true, call: func(ctx context.Context, s *faulty, w *wecom.Client) error { return over(w.Members(ctx, 1)) }},
	{name: "user/list", contact: true, call: func(ctx context.Context, s *faulty, w *wecom.Client) error { return over(w.Users(ctx, 1)) }},
	{name: "user/get", contact: true, call: func(ctx context.Context, s *faulty, w *wecom.Client) error { return over(w.User(ctx, "lisi")) }},
	{name: "user/list_id", contact: true, call: func(ctx context.Context, s *faulty, w *wecom.Client) error {
		return over(w.UserIDs(ctx, wecom.UserIDsRequest{}))
	}},
	{name: "getapprovalinfo", call: func(ctx context.Context, s *faulty, w *wecom.Client) error {
		return over(w.ApprovalNumbers(ctx, wecom.ApprovalInfoRequest{StartTime: strconv.FormatInt(faultDay(1), 10), EndTime: strconv.FormatInt(faultDay(11), 10)}))
	}},
	{name: "getapprovaldetail", call: func(ctx context.Context, s *faulty, w *wecom.Client) error {
		return over(w.ApprovalDetail(ctx, "form"))
	}},
	{name: "getcorpconf", call: func(ctx context.Context, s *faulty, w *wecom.Client) error { return over(w.VacationConfig(ctx)) }},
}

// checkinWrites are the calls of check-in that write.
var checkinWrites = []method{
	{
		name: "addcheckinuserface", repeatable: true,
		call: func(ctx context.Context, s *faulty, w *wecom.Client) error {
			return over(checkin.NewClient(w).AddFace(ctx, checkin.FaceRequest{UserID: "lisi", UserFace: face()}))
		},
		stored: func(s *faulty) int { // who has the same face next is told
			_, err := s.Checkin.AddFace(s.t.Context(), checkin.FaceRequest{UserID: "wangwu", UserFace: face()})
			if errors.Is(err, wecom.CodeFaceSimilar) {
				return 1
			}
			return 0
		},
	},
	{
		name: "setcheckinschedulist", repeatable: true,
		call: func(ctx context.Context, s *faulty, w *wecom.Client) error {
			return over(checkin.NewClient(w).SetSchedule(ctx, checkin.SetScheduleRequest{
				GroupID: s.shifts, YearMonth: 202509, Items: []checkin.ScheduleItem{{UserID: "lisi", Day: 15, ScheduleID: 1}},
			}))
		},
		stored: func(s *faulty) int {
			answer, err := s.Checkin.ScheduleList(s.t.Context(), checkin.ScheduleListRequest{StartTime: faultDay(1), EndTime: faultDay(30), UserIDList: []string{"lisi"}})
			if err != nil || len(answer.ScheduleList) == 0 {
				return 0
			}
			return count(answer.ScheduleList[0].Schedule.ScheduleList, func(d checkin.ScheduleDay) bool { return d.Day == 15 && d.ScheduleInfo.ScheduleID == 1 })
		},
	},
	{
		name: "punch_correction",
		call: func(ctx context.Context, s *faulty, w *wecom.Client) error {
			return over(checkin.NewClient(w).Correct(ctx, checkin.CorrectionRequest{
				UserID: "zhaoliu", ScheduleDateTime: faultDay(10), ScheduleCheckinTime: new(int64(64_800)), CheckinTime: faultDay(10) + 64_800,
			}))
		},
		stored: func(s *faulty) int { // the missing punch is missing no more
			answer, err := s.Checkin.DayData(s.t.Context(), checkin.DayDataRequest{StartTime: faultDay(10), EndTime: faultDay(10), UserIDList: []string{"zhaoliu"}})
			if err != nil || len(answer.Datas) != 1 {
				s.t.Fatal(answer, err)
			}
			return 1 - len(answer.Datas[0].ExceptionInfos)
		},
	},
	{
		name: "add_checkin_option",
		call: func(ctx context.Context, s *faulty, w *wecom.Client) error {
			return over(checkin.NewClient(w).AddOption(ctx, checkin.AddOptionRequest{Group: rule(officeFor("wangwu", "new")), EffectiveNow: true}))
		},
		stored: func(s *faulty) int {
			return len(s.rules(func(r checkin.RuleRead) bool { return r.GroupName == "new" }))
		},
	},
	{
		name: "update_checkin_option", repeatable: true,
		call: func(ctx context.Context, s *faulty, w *wecom.Client) error {
			change := checkin.RuleWrite{GroupID: &s.office, GroupName: new("renamed")}
			return over(checkin.NewClient(w).UpdateOption(ctx, checkin.UpdateOptionRequest{Group: change, EffectiveNow: true}))
		},
		stored: func(s *faulty) int {
			return len(s.rules(func(r checkin.RuleRead) bool { return r.GroupName == "renamed" }))
		},
	},
	{
		name: "clear_checkin_option_array_field", repeatable: true,
		call: func(ctx context.Context, s *faulty, w *wecom.Client) error {
			return over(checkin.NewClient(w).ClearOption(ctx, checkin.ClearOptionRequest{GroupID: s.office, ClearField: []int64{checkin.ClearSpeOffdays}, EffectiveNow: true}))
		},
		stored: func(s *faulty) int {
			return len(s.rules(func(r checkin.RuleRead) bool { return r.GroupID == s.office && len(r.SpeOffdays) == 0 }))
		},
	},
	{
		name: "del_checkin_option",
		call: func(ctx context.Context, s *faulty, w *wecom.Client) error {
			return over(checkin.NewClient(w).DeleteOption(ctx, checkin.DeleteOptionRequest{GroupID: s.office, EffectiveNow: true}))
		},
		stored: func(s *faulty) int {
			return 1 - len(s.rules(func(r checkin.RuleRead) bool { return r.GroupID == s.office }))
		},
	},
	{
		name: "add_checkin_record",
		call: func(ctx context.Context, s *faulty, w *wecom.Client) error {
			return over(checkin.NewClient(w).AddRecords(ctx, checkin.AddRecordsRequest{Records: []checkin.NewRecord{{
				UserID: "lisi", CheckinTime: faultDay(11) + 9*3600, LocationTitle: "gate", LocationDetail: "north", DeviceType: checkin.DeviceAccess, DeviceDetail: "door",
			}}}))
		},
		stored: func(s *faulty) int {
			answer, err := s.Checkin.Hardware(s.t.Context(), checkin.HardwareRequest{StartTime: faultDay(1), EndTime: faultDay(11) + 12*3600, UserIDList: []string{"lisi"}})
			if err != nil {
				s.t.Fatal(err)
			}
			return len(answer.Records)
		},
	},
}

// contactWrites are the calls that edit the contacts.
var contactWrites = []method{
	{
		name: "user/create",
		call: func(ctx context.Context, s *faulty, w *wecom.Client) error {
			return w.CreateUser(ctx, wecom.UserEdit{UserID: "new", Name: new("new"), Department: []int64{1}, Mobile: new("13800000000")})
		},
		stored: func(s *faulty) int { return count(s.users(), func(u wecom.User) bool { return u.UserID == "new" }) },
	},
	{
		name: "user/update",
		call: func(ctx context.Context, s *faulty, w *wecom.Client) error {
			return w.UpdateUser(ctx, wecom.UserEdit{UserID: "lisi", Name: new("renamed")})
		},
		stored: func(s *faulty) int { return count(s.users(), func(u wecom.User) bool { return u.Name == "renamed" }) },
	},
	{
		name: "user/delete",
		call: func(ctx context.Context, s *faulty, w *wecom.Client) error { return w.DeleteUser(ctx, "wangwu") },
		stored: func(s *faulty) int {
			return 1 - count(s.users(), func(u wecom.User) bool { return u.UserID == "wangwu" })
		},
	},
	{
		name: "department/create",
		call: func(ctx context.Context, s *faulty, w *wecom.Client) error {
			return over(w.CreateDepartment(ctx, wecom.DepartmentEdit{Name: new("new"), ParentID: new(int64(1))}))
		},
		stored: func(s *faulty) int {
			return count(s.departments(), func(d wecom.Department) bool { return d.Name == "new" })
		},
	},
	{
		name: "department/update",
		call: func(ctx context.Context, s *faulty, w *wecom.Client) error {
			return w.UpdateDepartment(ctx, wecom.DepartmentEdit{ID: 1, Name: new("renamed")})
		},
		stored: func(s *faulty) int {
			return count(s.departments(), func(d wecom.Department) bool { return d.Name == "renamed" })
		},
	},
	{
		name: "department/delete",
		call: func(ctx context.Context, s *faulty, w *wecom.Client) error { return w.DeleteDepartment(ctx, 7) },
		stored: func(s *faulty) int {
			return 1 - count(s.departments(), func(d wecom.Department) bool { return d.ID == 7 })
		},
	},
}

// face is a picture in base64.
func face() string {
	var b bytes.Buffer
	if err := png.Encode(&b, image.NewGray(image.Rect(0, 0, 8, 8))); err != nil {
		panic(err)
	}
	return base64.StdEncoding.EncodeToString(b.Bytes())
}
