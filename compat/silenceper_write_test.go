package compat

import (
	"testing"

	"github.com/silenceper/wechat/v2/work/checkin"

	"github.com/dakahq/daka/wecom"
)

func TestSilenceperWrites(t *testing.T) {
	s := start(t)
	c := silenceper(t, s).GetCheckin()

	t.Run("K5 addcheckinuserface", func(t *testing.T) {
		ok(t, c.AddUserFace(&checkin.AddUserFaceRequest{UserID: s.User, UserFace: face(t)}))
		if !s.faceOf(t, s.User) {
			t.Error("the face was not stored")
		}
	})
	t.Run("K8 setcheckinschedulist", func(t *testing.T) {
		ok(t, c.SetScheduleList(&checkin.SetScheduleListRequest{GroupID: s.Shifts, YearMonth: 202510, Items: []checkin.SetScheduleListItem{
			{UserID: s.User, Day: 21, ScheduleID: 1}, {UserID: s.User, Day: 22, ScheduleID: 0},
		}}))
		span := &checkin.GetScheduleListRequest{StartTime: s.Today + day, EndTime: s.Today + 2*day, UserIDList: []string{s.User}}
		r := must(c.GetScheduleList(span))(t)
		if len(r.ScheduleList) != 1 || len(r.ScheduleList[0].Schedule.ScheduleList) != 2 {
			t.Fatalf("%+v", r.ScheduleList)
		}
		for i, want := range []int64{1, 0} {
			got := r.ScheduleList[0].Schedule.ScheduleList[i]
			if got.Day != int64(21+i) || got.ScheduleInfo.ScheduleID != want {
				t.Errorf("day %d: shift %d, want shift %d of day %d", got.Day, got.ScheduleInfo.ScheduleID, want, 21+i)
			}
		}
	})
	// The corrected card is the day's first: nobody of the company comes as early.
	t.Run("K10 punch_correction with a due point", func(t *testing.T) {
		ok(t, c.PunchCorrection(&checkin.PunchCorrectionRequest{
			UserID: s.Office, ScheduleDateTime: s.Day, ScheduleCheckinTime: 9 * hour, CheckinTime: s.Day + 6*hour + 7, Remark: "忘记打卡",
		}))
		wantFirst(t, c, s.Office, s.Day, 6*hour+7)
	})
	// Without one the SDK sends schedule_checkin_time 0 and remark "".
	t.Run("K10 punch_correction without", func(t *testing.T) {
		ok(t, c.PunchCorrection(&checkin.PunchCorrectionRequest{UserID: s.Free, ScheduleDateTime: s.Day, CheckinTime: s.Day + 5*hour + 7}))
		wantFirst(t, c, s.Free, s.Day, 5*hour+7)
	})
	// Of a record without Wi-Fi, place or picture the SDK sends wifiname "",
	// wifimac "", lat 0, lng 0 and mediaids null.
	t.Run("K12 add_checkin_record", func(t *testing.T) {
		at := s.Today + 11*hour
		ok(t, c.AddRecord(&checkin.AddRecordRequest{Records: []checkin.Record{{
			UserID: s.User, CheckinTime: at, LocationTitle: "东门", LocationDetail: "园区东门", DeviceType: 1, DeviceDetail: "门禁甲",
		}}}))
		r := must(c.GetHardwareData(&checkin.GetHardwareDataRequest{FilterType: 1, StartTime: at, EndTime: at + 1, UserIDList: []string{s.User}}))(t)
		if len(r.CheckinData) != 1 || r.CheckinData[0].CheckinTime != at {
			t.Errorf("%+v", r.CheckinData)
		}
	})
}

func TestSilenceperWritesRefused(t *testing.T) {
	s := start(t)
	c := silenceper(t, s).GetCheckin()
	record := checkin.Record{UserID: s.User, CheckinTime: s.Today, LocationTitle: "东门", LocationDetail: "东门", DeviceDetail: "门禁"}
	for _, tt := range []struct {
		name string
		want wecom.Code
		err  error
	}{
		{"K5 of nobody", wecom.CodeFaceNoMember, c.AddUserFace(&checkin.AddUserFaceRequest{UserID: "nobody", UserFace: face(t)})},
		{"K5 without a picture", wecom.CodeCheckinUser, c.AddUserFace(&checkin.AddUserFaceRequest{UserID: s.User})},
		{"K8 of today", wecom.CodeSchedulePast, c.SetScheduleList(&checkin.SetScheduleListRequest{
			GroupID: s.Shifts, YearMonth: 202510, Items: []checkin.SetScheduleListItem{{UserID: s.User, Day: 20, ScheduleID: 1}},
		})},
		{"K8 of a rule that is none", wecom.CodeRuleGroupID, c.SetScheduleList(&checkin.SetScheduleListRequest{
			GroupID: 9999, YearMonth: 202510, Items: []checkin.SetScheduleListItem{{UserID: s.User, Day: 21, ScheduleID: 1}},
		})},
		{"K10 in the future", wecom.CodeCorrectionParameter, c.PunchCorrection(&checkin.PunchCorrectionRequest{
			UserID: s.Office, ScheduleDateTime: s.Today, ScheduleCheckinTime: 18 * hour, CheckinTime: s.Today + 18*hour,
		})},
		{"K10 of no punch point", wecom.CodeCorrectionDue, c.PunchCorrection(&checkin.PunchCorrectionRequest{
			UserID: s.Office, ScheduleDateTime: s.Day, ScheduleCheckinTime: 10 * hour, CheckinTime: s.Day + 10*hour,
		})},
		{"K12 without a device type", wecom.CodeInvalidParameter, c.AddRecord(&checkin.AddRecordRequest{Records: []checkin.Record{record}})},
	} {
		t.Run(tt.name, func(t *testing.T) { wantCode(t, tt.err, tt.want) })
	}
}

// wantFirst checks the first card that the report of a day tells.
func wantFirst(t *testing.T, c *checkin.Client, user string, at, want int64) {
	t.Helper()
	r := must(c.GetDayData(&checkin.GetCheckinDataRequest{StartTime: at, EndTime: at, UserIDList: []string{user}}))(t)
	if len(r.Datas) != 1 || r.Datas[0].SummaryInfo.EarliestTime != want {
		t.Errorf("%+v, want one report with the first card at %d", r.Datas, want)
	}
}
