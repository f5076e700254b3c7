package compat

import (
	"errors"
	"strings"
	"testing"

	"github.com/silenceper/wechat/v2/cache"
	"github.com/silenceper/wechat/v2/util"
	"github.com/silenceper/wechat/v2/work"
	"github.com/silenceper/wechat/v2/work/checkin"
	"github.com/silenceper/wechat/v2/work/config"
)

// silenceper returns the SDK pointed at a server. Its addresses are constants;
// a hook of the whole process rewrites them.
func silenceper(t *testing.T, s served) *work.Work {
	t.Helper()
	util.SetURIModifier(func(uri string) string {
		return strings.Replace(uri, "https://qyapi.weixin.qq.com", s.URL, 1)
	})
	t.Cleanup(func() { util.SetURIModifier(nil) })
	return work.NewWork(&config.Config{CorpID: s.Corp, CorpSecret: s.Secret, Cache: cache.NewMemory()})
}

// must returns the answer of a call that has to succeed.
func must[T any](r *T, err error) func(*testing.T) *T {
	return func(t *testing.T) *T {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
		return r
	}
}

func TestSilenceperReads(t *testing.T) {
	s := start(t)
	c := silenceper(t, s).GetCheckin()
	users := []string{s.User}
	span := &checkin.GetCheckinDataRequest{OpenCheckinDataType: 3, StartTime: s.Day, EndTime: s.Day + day - 1, UserIDList: users}
	days := &checkin.GetCheckinDataRequest{StartTime: s.Day, EndTime: s.Day, UserIDList: users}

	t.Run("K1 getcheckindata", func(t *testing.T) {
		r := must(c.GetCheckinData(span))(t)
		if len(r.CheckinData) == 0 || r.CheckinData[0].UserID != s.User || r.CheckinData[0].GroupName == "" {
			t.Errorf("%+v", r.CheckinData)
		}
	})
	t.Run("K2 getcheckinoption", func(t *testing.T) {
		r := must(c.GetOption(&checkin.GetOptionRequest{Datetime: s.Day, UserIDList: users}))(t)
		if len(r.Info) != 1 || r.Info[0].UserID != s.User || r.Info[0].Group.GroupID == 0 {
			t.Errorf("%+v", r.Info)
		}
	})
	t.Run("K3 getcheckin_daydata", func(t *testing.T) {
		r := must(c.GetDayData(days))(t)
		if len(r.Datas) != 1 || r.Datas[0].BaseInfo.AcctID != s.User || r.Datas[0].BaseInfo.Date != s.Day {
			t.Errorf("%+v", r.Datas)
		}
	})
	t.Run("K4 getcheckin_monthdata", func(t *testing.T) {
		if r := must(c.GetMonthData(days))(t); len(r.Datas) != 1 || r.Datas[0].BaseInfo.AcctID != s.User {
			t.Errorf("%+v", r.Datas)
		}
	})
	t.Run("K6 getcheckinschedulist", func(t *testing.T) {
		r := must(c.GetScheduleList(&checkin.GetScheduleListRequest{StartTime: s.Day, EndTime: s.Day, UserIDList: users}))(t)
		if len(r.ScheduleList) != 1 || len(r.ScheduleList[0].Schedule.ScheduleList) != 1 || r.ScheduleList[0].UserID != s.User {
			t.Errorf("%+v", r.ScheduleList)
		}
	})
	// The rest of the answer must have been read; see TestSilenceperFaults.
	t.Run("K7 getcorpcheckinoption", func(t *testing.T) {
		r, _ := c.GetCorpOption()
		if r == nil || len(r.Group) != 3 || r.Group[0].GroupID == 0 || r.Group[2].GroupName == "" {
			t.Errorf("%+v", r)
		}
	})
	t.Run("K9 get_hardware_checkin_data", func(t *testing.T) {
		req := &checkin.GetHardwareDataRequest{FilterType: 1, StartTime: s.Day, EndTime: s.Day + day - 1, UserIDList: users}
		if r := must(c.GetHardwareData(req))(t); len(r.CheckinData) == 0 || r.CheckinData[0].UserID != s.User {
			t.Errorf("%+v", r.CheckinData)
		}
	})
}

// Errors must come as an errcode in an answer with status 200: of any other
// status the SDK drops the body and prints the address, token and all.
func TestSilenceperErrors(t *testing.T) {
	s := start(t)
	c := silenceper(t, s).GetCheckin()
	_, err := c.GetCheckinData(&checkin.GetCheckinDataRequest{OpenCheckinDataType: 3, StartTime: 1, EndTime: 2})
	var coded *util.CommonError
	if !errors.As(err, &coded) || coded.ErrCode != 301023 {
		t.Errorf("no users: %v, want errcode 301023", err)
	}
	s.Secret = "wrong"
	if _, err := silenceper(t, s).GetCheckin().GetCheckinData(nil); err == nil || !strings.Contains(err.Error(), "40001") {
		t.Errorf("wrong secret: %v, want errcode 40001", err)
	}
}

// ok is for the calls that answer with an error alone.
func ok(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Error(err)
	}
}
