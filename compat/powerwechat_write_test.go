package compat

import (
	"encoding/json"
	"io"
	"maps"
	"net/http"
	"net/http/httptest"
	"testing"

	"github.com/ArtisanCloud/PowerLibs/v3/object"
	"github.com/ArtisanCloud/PowerWeChat/v3/src/kernel/power"
	"github.com/ArtisanCloud/PowerWeChat/v3/src/work/oa/request"

	"github.com/dakahq/daka/wecom"
)

func TestPowerWeChatWrites(t *testing.T) {
	s := start(t)
	c, ctx := powerwechat(t, s).OA, t.Context()

	// The SDK calls the member userID. WeCom's page knows userid alone and says
	// that it may be left out; daka takes either.
	t.Run("K5 addcheckinuserface", func(t *testing.T) {
		r, err := c.AddCheckInUserFace(ctx, s.User, face(t))
		answered(t, *r, err, wecom.CodeOK)
		if !s.faceOf(t, s.User) {
			t.Error("the face was not stored")
		}
	})
	t.Run("K5 of nobody", func(t *testing.T) {
		r, err := c.AddCheckInUserFace(ctx, "nobody", face(t))
		answered(t, *r, err, wecom.CodeFaceNoMember)
	})
	t.Run("K8 setcheckinschedulist", func(t *testing.T) {
		plan := &request.RequestCheckInSetScheduleList{GroupID: int(s.Shifts), YearMonth: 202510, Items: []*power.HashMap{
			{"userid": s.User, "day": 21, "schedule_id": 1}, {"userid": s.User, "day": 22, "schedule_id": 0},
		}}
		r, err := c.SetCheckInScheduleList(ctx, plan)
		answered(t, *r, err, wecom.CodeOK)

		got, err := c.GetCheckInScheduleList(ctx, int(s.Today+day), int(s.Today+2*day), []string{s.User})
		answered(t, got.ResponseWork, err, wecom.CodeOK)
		if len(got.ScheduleList) != 1 {
			t.Fatalf("%v, want one month", got.ScheduleList)
		}
		days, _ := member((*got.ScheduleList[0])["schedule"], "scheduleList").([]any)
		if len(days) != 2 || member(days[0], "schedule_info", "schedule_id") != 1.0 || member(days[1], "schedule_info", "schedule_id") != 0.0 {
			t.Errorf("%v, want shift 1 and rest", days)
		}
	})
	t.Run("K8 of today", func(t *testing.T) {
		plan := &request.RequestCheckInSetScheduleList{GroupID: int(s.Shifts), YearMonth: 202510, Items: []*power.HashMap{
			{"userid": s.User, "day": 20, "schedule_id": 1},
		}}
		r, err := c.SetCheckInScheduleList(ctx, plan)
		answered(t, *r, err, wecom.CodeSchedulePast)
	})
}

// A fault of the SDK's: the page (93378) has userid.
func TestPowerWeChatFaultFaceOfUserID(t *testing.T) {
	var body map[string]any
	h := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.Method == http.MethodPost {
			_ = json.NewDecoder(r.Body).Decode(&body)
		}
		_, _ = io.WriteString(w, `{"errcode":0,"errmsg":"ok","access_token":"any","expires_in":7200}`)
	}))
	t.Cleanup(h.Close)
	r, err := powerwechat(t, served{URL: h.URL, Corp: "ww1", Secret: "any"}).OA.AddCheckInUserFace(t.Context(), "zhangsan", "AA==")
	answered(t, *r, err, wecom.CodeOK)
	want := map[string]any{"userID": "zhangsan", "userface": "AA=="}
	if !maps.Equal(body, want) {
		t.Errorf("sent %v, want %v", body, want)
	}
}

func TestPowerWeChatRules(t *testing.T) {
	s := start(t)
	c, ctx := powerwechat(t, s).OA, t.Context()
	const name = "新自由规则"

	t.Run("K11 add_checkin_option", func(t *testing.T) {
		r, err := c.AddCheckinOption(ctx, &object.HashMap{"effective_now": true, "group": object.HashMap{
			"grouptype": 3, "groupname": name,
			"checkindate":   []object.HashMap{{"workdays": []int{1, 2, 3, 4, 5}}},
			"wifimac_infos": []object.HashMap{{"wifiname": "office", "wifimac": "02:00:5e:10:00:09"}},
			"range":         object.HashMap{"party_id": []string{}, "userid": []string{s.Free}, "tagid": []int{}},
			"ot_info_v2":    object.HashMap{"workdayconf": object.HashMap{"allow_ot": true, "type": 2}},
		}})
		answered(t, *r, err, wecom.CodeOK)

		rules, err := c.GetCheckInOption(ctx, int(s.Today), []string{s.Free})
		answered(t, rules.ResponseWork, err, wecom.CodeOK)
		if len(rules.Info) != 1 || member((*rules.Info[0])["group"], "groupname") != name {
			t.Errorf("K2: %v, want the new rule", rules.Info)
		}
	})
	stored := s.rule(t, name)
	if stored == nil {
		t.Fatal("the rule is not among the corporation's")
	}
	t.Run("K11 update_checkin_option", func(t *testing.T) {
		r, err := c.UpdateCheckinOption(ctx, &object.HashMap{"effective_now": true, "group": object.HashMap{
			"groupid": stored.GroupID, "grouptype": 3, "groupname": name, "need_photo": true,
		}})
		answered(t, *r, err, wecom.CodeOK)
		got := s.rule(t, name)
		if !got.NeedPhoto || len(got.Range.UserID) != 1 || len(got.CheckinDate) != 1 {
			t.Errorf("%+v, want need_photo and the rest as it was", got)
		}
	})
	t.Run("K11 del_checkin_option", func(t *testing.T) {
		r, err := c.DelCheckinOption(ctx, int(stored.GroupID), true)
		answered(t, *r, err, wecom.CodeOK)
		if s.rule(t, name) != nil {
			t.Error("the rule is still there")
		}
		r, err = c.DelCheckinOption(ctx, int(stored.GroupID), true)
		answered(t, *r, err, wecom.CodeRuleGroupID)
	})
}
