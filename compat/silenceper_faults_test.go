package compat

import (
	"strings"
	"testing"

	"github.com/silenceper/wechat/v2/work/checkin"

	"github.com/dakahq/daka/wecom"
)

// What this SDK cannot do with any server. A test that fails here says that a
// new version of it can.
func TestSilenceperFaults(t *testing.T) {
	s := start(t)
	c := silenceper(t, s).GetCheckin()
	rule := fixedRule(s, "旧规则")
	rule.SyncHolidays, rule.NoteCanUseLocalPic, rule.AllowApplyBkCnt = false, false, 0
	if err := c.AddOption(&checkin.AddOptionRequest{EffectiveNow: true, Group: rule}); err != nil {
		t.Fatal(err)
	}
	stored := s.rule(t, rule.GroupName)
	rule.GroupID = stored.GroupID

	// Its model has range as a list, the documents (93384) an object.
	t.Run("K7 cannot be read without an error", func(t *testing.T) {
		if _, err := c.GetCorpOption(); err == nil || !strings.Contains(err.Error(), "range") {
			t.Errorf("%v, want that range is no list", err)
		}
	})
	// omitempty leaves out a false and a 0, for which the default is true and -1.
	t.Run("K11 cannot turn off what is on by default", func(t *testing.T) {
		if !stored.SyncHolidays || !stored.NoteCanUseLocalPic {
			t.Errorf("sync_holidays %t, note_can_use_local_pic %t: want the defaults", stored.SyncHolidays, stored.NoteCanUseLocalPic)
		}
		if n := stored.AllowApplyBkCnt; n != nil && *n != -1 {
			t.Errorf("allow_apply_bk_cnt %d, want the default", *n)
		}
	})
	// grouptype and groupname have no omitempty.
	t.Run("K11 update needs the name and the type", func(t *testing.T) {
		err := c.UpdateOption(&checkin.UpdateOptionRequest{Group: checkin.OptionGroupRule{GroupID: rule.GroupID, NeedPhoto: true}})
		wantCode(t, err, wecom.CodeRuleInvalid)
	})
	// omitempty does not leave out a struct: ot_info_v2 is always sent, and what
	// is sent replaces what was there (98041).
	t.Run("K11 update overwrites overtime that it does not name", func(t *testing.T) {
		changed := rule
		changed.OtInfoV2 = checkin.OptionGroupOtInfoV2{}
		ok(t, c.UpdateOption(&checkin.UpdateOptionRequest{EffectiveNow: true, Group: changed}))
		if ot := s.rule(t, rule.GroupName).OtInfo; ot != nil && ot.AllowOtWorkingday {
			t.Errorf("ot_info %+v, want no overtime", ot)
		}
	})
}

// What the documents do not allow and a strict server refuses, naming it.
func TestSilenceperStrict(t *testing.T) {
	s := strict(t)
	c := silenceper(t, s).GetCheckin()
	_, corpOption := c.GetCorpOption()
	record := checkin.Record{UserID: s.User, CheckinTime: s.Today, LocationTitle: "东门", LocationDetail: "东门", DeviceType: 1, DeviceDetail: "门禁"}
	for _, tt := range []struct {
		name, want string
		err        error
	}{
		{"K7 has an empty body", "body: an empty body", corpOption},
		{"K11 has 1 for true", "body.group.checkindate[0].late_rule.allow_offwork_after_time: a boolean as another value",
			c.AddOption(&checkin.AddOptionRequest{Group: fixedRule(s, "严")})},
		{"K11 has a list for the range", "body.group.range: an array of ranges",
			c.AddOption(&checkin.AddOptionRequest{Group: checkin.OptionGroupRule{GroupType: 2, Range: []checkin.OptionGroupRange{{}}}})},
		{"K12 has null for a list", "body.records[0].mediaids: null", c.AddRecord(&checkin.AddRecordRequest{Records: []checkin.Record{record}})},
	} {
		t.Run(tt.name, func(t *testing.T) {
			wantCode(t, tt.err, wecom.CodeInvalidParameter)
			if tt.err != nil && !strings.Contains(tt.err.Error(), tt.want) {
				t.Errorf("%v, want %q in it", tt.err, tt.want)
			}
		})
	}
}
