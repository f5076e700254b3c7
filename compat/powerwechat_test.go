package compat

import (
	"strings"
	"testing"

	"github.com/ArtisanCloud/PowerLibs/v3/cache"
	"github.com/ArtisanCloud/PowerLibs/v3/logger/drivers"
	"github.com/ArtisanCloud/PowerWeChat/v3/src/kernel/response"
	"github.com/ArtisanCloud/PowerWeChat/v3/src/work"

	"github.com/dakahq/daka/wecom"
)

// powerwechat returns the SDK pointed at a server. It has calls for K1 to K8
// and, but for the clearing of lists, K11; none for K9, K10 and K12. Its store
// of tokens is one for the whole process, and in a file of the home directory
// if it is given none.
func powerwechat(t *testing.T, s served) *work.Work {
	t.Helper()
	cache.ACCache = nil
	t.Cleanup(func() { cache.ACCache = nil })
	w, err := work.NewWork(&work.UserConfig{
		CorpID: s.Corp, AgentID: 1000002, Secret: s.Secret,
		Http:  work.Http{BaseURI: s.URL + "/"},
		Cache: cache.NewMemCache("", 0, t.TempDir()),
		Log:   work.Log{Driver: &drivers.DummyLogger{}},
		OAuth: work.OAuth{Callback: "https://example.com/callback", Scopes: []string{"snsapi_base"}},
	})
	if err != nil {
		t.Fatal(err)
	}
	return w
}

// answered checks that a call was made and answered with a code. An errcode is
// no error to this SDK: who calls it has to look.
func answered(t *testing.T, r response.ResponseWork, err error, want wecom.Code) {
	t.Helper()
	if err != nil || wecom.Code(r.ErrCode) != want {
		t.Errorf("%v, %v, want errcode %d", r, err, want)
	}
}

// member returns what is under a path of names in a decoded answer.
func member(v any, path ...string) any {
	for _, name := range path {
		m, _ := v.(map[string]any)
		v = m[name]
	}
	return v
}

// The SDK sends every number of these calls in quotes, and K7 no body at all.
func TestPowerWeChatReads(t *testing.T) {
	s := start(t)
	c, ctx := powerwechat(t, s).OA, t.Context()
	from, to, users := int(s.Day), int(s.Day+day-1), []string{s.User}

	t.Run("K1 getcheckindata", func(t *testing.T) {
		r, err := c.GetCheckinData(ctx, 3, from, to, users)
		answered(t, r.ResponseWork, err, wecom.CodeOK)
		if len(r.CheckInData) == 0 || (*r.CheckInData[0])["userid"] != s.User {
			t.Errorf("%v", r.CheckInData)
		}
	})
	t.Run("K2 getcheckinoption", func(t *testing.T) {
		r, err := c.GetCheckInOption(ctx, from, users)
		answered(t, r.ResponseWork, err, wecom.CodeOK)
		if len(r.Info) != 1 || member((*r.Info[0])["group"], "groupid") != float64(s.Shifts) {
			t.Errorf("%v", r.Info)
		}
	})
	t.Run("K3 getcheckin_daydata", func(t *testing.T) {
		r, err := c.GetCheckinDayData(ctx, from, from, users)
		answered(t, r.ResponseWork, err, wecom.CodeOK)
		if len(r.Datas) != 1 || member((*r.Datas[0])["base_info"], "date") != float64(s.Day) {
			t.Errorf("%v", r.Datas)
		}
	})
	t.Run("K4 getcheckin_monthdata", func(t *testing.T) {
		r, err := c.GetCheckInMonthData(ctx, from, from, users)
		answered(t, r.ResponseWork, err, wecom.CodeOK)
		if len(r.Datas) != 1 || member((*r.Datas[0])["base_info"], "acctid") != s.User {
			t.Errorf("%v", r.Datas)
		}
	})
	t.Run("K6 getcheckinschedulist", func(t *testing.T) {
		r, err := c.GetCheckInScheduleList(ctx, from, from, users)
		answered(t, r.ResponseWork, err, wecom.CodeOK)
		if len(r.ScheduleList) != 1 || (*r.ScheduleList[0])["yearmonth"] != float64(202510) {
			t.Errorf("%v", r.ScheduleList)
		}
	})
	t.Run("K7 getcorpcheckinoption", func(t *testing.T) {
		r, err := c.GetCorpCheckInOption(ctx)
		answered(t, r.ResponseWork, err, wecom.CodeOK)
		if len(r.Group) != 3 || (*r.Group[0])["groupid"] == nil {
			t.Errorf("%v", r.Group)
		}
	})
}

func TestPowerWeChatErrors(t *testing.T) {
	s := start(t)
	c, ctx := powerwechat(t, s).OA, t.Context()
	from := int(s.Day)

	r, err := c.GetCheckinData(ctx, 3, from, from+1, nil)
	answered(t, r.ResponseWork, err, wecom.CodeCheckinUserList)
	r, err = c.GetCheckinData(ctx, 3, from, from+1, []string{"nobody"})
	answered(t, r.ResponseWork, err, wecom.CodeCheckinUser)

	s.Secret = "wrong"
	if _, err := powerwechat(t, s).OA.GetCorpCheckInOption(ctx); err == nil || !strings.Contains(err.Error(), "40001") {
		t.Errorf("wrong secret: %v, want errcode 40001", err)
	}
}

// A dead token must make the SDK fetch another and try again, which it does on
// 40014 and 42001.
func TestPowerWeChatDeadToken(t *testing.T) {
	s := start(t)
	w, ctx := powerwechat(t, s), t.Context()
	kill := func() {
		t.Helper()
		if _, err := w.AccessToken.SetToken(&response.ResponseGetToken{AccessToken: "dead", ExpiresIn: 7200}); err != nil {
			t.Fatal(err)
		}
	}
	kill()
	rules, err := w.OA.GetCorpCheckInOption(ctx)
	answered(t, rules.ResponseWork, err, wecom.CodeOK)
	kill()
	days, err := w.OA.GetCheckinDayData(ctx, int(s.Day), int(s.Day), []string{s.User})
	answered(t, days.ResponseWork, err, wecom.CodeOK)
	if len(days.Datas) != 1 {
		t.Errorf("%v, want the report of one day", days.Datas)
	}
}
