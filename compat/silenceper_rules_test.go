package compat

import (
	"errors"
	"slices"
	"testing"

	"github.com/silenceper/wechat/v2/util"
	"github.com/silenceper/wechat/v2/work/checkin"

	"github.com/dakahq/daka/wecom"
)

// wantCode checks that a call of silenceper's failed with an error code.
func wantCode(t *testing.T, err error, want wecom.Code) {
	t.Helper()
	var coded *util.CommonError
	if !errors.As(err, &coded) || wecom.Code(coded.ErrCode) != want {
		t.Errorf("%v, want errcode %d", err, want)
	}
}

// fixedRule is a rule with fixed times that says as much as the SDK can. The
// range comes as a list, here of two.
func fixedRule(s served, name string) checkin.OptionGroupRule {
	return checkin.OptionGroupRule{
		GroupType: 1, GroupName: name,
		CheckinDate: []checkin.OptionGroupRuleCheckinDate{{
			Workdays: []int64{1, 2, 3, 4, 5}, AllowFlex: true, MaxAllowArriveEarly: 1800, MaxAllowArriveLate: 1800,
			LateRule: checkin.OptionGroupLateRule{AllowOffWorkAfterTime: 1, TimeRules: []checkin.OptionGroupTimeRule{{OffWorkAfterTime: 3600, OnWorkFlexTime: 3600}}},
			CheckinTime: []checkin.OptionGroupRuleCheckinTime{{
				TimeID: 1, WorkSec: 9 * hour, OffWorkSec: 18 * hour, RemindWorkSec: 9*hour - 600, RemindOffWorkSec: 18 * hour,
				AllowRest: true, RestBeginTime: 12 * hour, RestEndTime: 13 * hour,
				EarliestWorkSec: 6 * hour, LatestWorkSec: 12 * hour, EarliestOffWorkSec: 14 * hour, LatestOffWorkSec: 27 * hour,
			}},
		}},
		SpeWorkdays: []checkin.OptionGroupSpeWorkdays{{
			Timestamp: s.Today + 5*day, Notes: "盘点",
			CheckinTime: []checkin.OptionGroupCheckinTime{{TimeID: 2, WorkSec: 9 * hour, OffWorkSec: 12 * hour, RemindWorkSec: 9 * hour, RemindOffWorkSec: 12 * hour}},
		}},
		SpeOffDays:   []checkin.OptionGroupSpeOffDays{{Type: 1, BegTime: s.Today + 7*day, EndTime: s.Today + 8*day, Notes: "厂庆"}},
		WifiMacInfos: []checkin.OptionGroupWifiMacInfos{{WifiName: "office", WifiMac: "02:00:5e:10:00:09"}},
		LocInfos:     []checkin.OptionGroupLocInfos{{Lat: 31230400, Lng: 121473700, LocTitle: "示例产业园", LocDetail: "园区路1号", Distance: 300}},
		Range:        []checkin.OptionGroupRange{{UserID: []string{s.Office}}, {PartyID: []string{"6"}}},
		ReporterInfo: checkin.OptionGroupReporterInfo{Reporters: []checkin.OptionGroupReporters{{UserID: s.User}}},
		SyncHolidays: true, AllowApplyOffWorkday: true, AllowApplyBkCnt: 3, BukaRestriction: 4,
		BukaRemind: checkin.OptionGroupBukaRemind{OpenRemind: true, BukaRemindDay: 25},
		OtInfoV2:   checkin.OptionGroupOtInfoV2{WorkdayConf: checkin.OptionGroupWorkdayConf{AllowOt: true, Type: 1}},
	}
}

func TestSilenceperRules(t *testing.T) {
	s := start(t)
	c := silenceper(t, s).GetCheckin()
	rule := fixedRule(s, "新固定班")

	t.Run("K11 add_checkin_option", func(t *testing.T) {
		ok(t, c.AddOption(&checkin.AddOptionRequest{EffectiveNow: true, Group: rule}))
		r := must(c.GetOption(&checkin.GetOptionRequest{Datetime: s.Today, UserIDList: []string{s.Office}}))(t)
		if len(r.Info) != 1 || r.Info[0].Group.GroupName != rule.GroupName {
			t.Fatalf("K2: %+v, want the new rule", r.Info)
		}
		got := s.rule(t, rule.GroupName)
		if !slices.Equal(got.Range.UserID, []string{s.Office}) || !slices.Equal(got.Range.PartyID, []string{"6"}) {
			t.Errorf("range %+v, want both parts of it", got.Range)
		}
		if late := got.CheckinDate[0].LateRule; late == nil || !late.AllowOffworkAfterTime {
			t.Errorf("late_rule %+v, want its 1 to be true", late)
		}
		if ot := got.OtInfo; ot == nil || ot.Type != 1 || !ot.AllowOtWorkingday {
			t.Errorf("ot_info %+v, want overtime by punches", ot)
		}
	})
	found := s.rule(t, rule.GroupName)
	if found == nil {
		t.Fatal("the rule is not among the corporation's")
	}
	rule.GroupID = found.GroupID
	t.Run("K11 update_checkin_option", func(t *testing.T) {
		changed := rule
		changed.NeedPhoto, changed.SpeOffDays, changed.LocInfos = true, nil, nil
		ok(t, c.UpdateOption(&checkin.UpdateOptionRequest{EffectiveNow: true, Group: changed}))
		got := s.rule(t, rule.GroupName)
		if !got.NeedPhoto || len(got.SpeOffdays) != 1 || len(got.LocInfos) != 1 {
			t.Errorf("%+v, want need_photo, and the lists that were left out as they were", got)
		}
	})
	t.Run("K11 clear_checkin_option_array_field", func(t *testing.T) {
		ok(t, c.ClearOption(&checkin.ClearOptionRequest{GroupID: rule.GroupID, ClearField: []int64{1, 2, 4}, EffectiveNow: true}))
		got := s.rule(t, rule.GroupName)
		if len(got.SpeWorkdays) != 0 || len(got.SpeOffdays) != 0 || len(got.LocInfos) != 0 || len(got.WifimacInfos) != 1 {
			t.Errorf("%+v, want three lists empty", got)
		}
	})
	t.Run("K11 clear of the last place", func(t *testing.T) {
		wantCode(t, c.ClearOption(&checkin.ClearOptionRequest{GroupID: rule.GroupID, ClearField: []int64{3}}), wecom.CodeRulePlaces)
	})
	t.Run("K11 del_checkin_option", func(t *testing.T) {
		ok(t, c.DelOption(&checkin.DelOptionRequest{GroupID: rule.GroupID, EffectiveNow: true}))
		if s.rule(t, rule.GroupName) != nil {
			t.Error("the rule is still there")
		}
		wantCode(t, c.DelOption(&checkin.DelOptionRequest{GroupID: rule.GroupID}), wecom.CodeRuleGroupID)
	})
}

// In a rule of which little is said the SDK sends the rest as zeros and nulls.
func TestSilenceperRulesWithZeros(t *testing.T) {
	s := start(t)
	c := silenceper(t, s).GetCheckin()
	places := []checkin.OptionGroupWifiMacInfos{{WifiName: "office", WifiMac: "02:00:5e:10:00:09"}}
	times := checkin.OptionGroupRuleCheckinTime{
		TimeID: 1, WorkSec: 9 * hour, OffWorkSec: 18 * hour, RemindWorkSec: 9 * hour, RemindOffWorkSec: 18 * hour,
		EarliestWorkSec: 6 * hour, LatestWorkSec: 12 * hour, EarliestOffWorkSec: 14 * hour, LatestOffWorkSec: 27 * hour,
	}
	section := checkin.OptionGroupTimeSection{
		TimeID: 1, WorkSec: 8 * hour, OffWorkSec: 16 * hour, RemindWorkSec: 8 * hour, RemindOffWorkSec: 16 * hour,
		EarliestWorkSec: 6 * hour, LatestWorkSec: 12 * hour, EarliestOffWorkSec: 13 * hour, LatestOffWorkSec: 18 * hour,
	}
	for _, tt := range []struct {
		name string
		rule checkin.OptionGroupRule
	}{
		{"fixed", checkin.OptionGroupRule{
			GroupType: 1, WifiMacInfos: places, Range: []checkin.OptionGroupRange{{UserID: []string{s.Office}}},
			CheckinDate:  []checkin.OptionGroupRuleCheckinDate{{Workdays: []int64{1}, CheckinTime: []checkin.OptionGroupRuleCheckinTime{times}}},
			ReporterInfo: checkin.OptionGroupReporterInfo{},
		}},
		{"shifts", checkin.OptionGroupRule{
			GroupType: 2, WifiMacInfos: places, Range: []checkin.OptionGroupRange{{UserID: []string{s.User}}},
			ScheduleList: []checkin.OptionGroupScheduleList{
				{ScheduleName: "休息"}, {ScheduleID: 1, ScheduleName: "白班", TimeSection: []checkin.OptionGroupTimeSection{section}},
			},
		}},
		{"free", checkin.OptionGroupRule{
			GroupType: 3, WifiMacInfos: places, Range: []checkin.OptionGroupRange{{UserID: []string{s.Free}}},
			CheckinDate:          []checkin.OptionGroupRuleCheckinDate{{Workdays: []int64{1, 2, 3}}},
			SpanDayTime:          4 * hour,
			StandardWorkDuration: 8 * hour,
		}},
		{"reporter with tagid 0", checkin.OptionGroupRule{
			GroupType: 3, WifiMacInfos: places, Range: []checkin.OptionGroupRange{{PartyID: []string{"7"}}},
			CheckinDate:          []checkin.OptionGroupRuleCheckinDate{{Workdays: []int64{1}}},
			ReporterInfo:         checkin.OptionGroupReporterInfo{Reporters: []checkin.OptionGroupReporters{{UserID: s.Free}}},
			StandardWorkDuration: -1,
		}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			tt.rule.GroupName = tt.name
			ok(t, c.AddOption(&checkin.AddOptionRequest{Group: tt.rule}))
			if s.rule(t, tt.name) == nil {
				t.Error("the rule is not among the corporation's")
			}
		})
	}
}
