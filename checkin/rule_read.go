package checkin

import "github.com/dakahq/daka/wecom"

// RuleRead is a check-in rule (打卡规则) as getcheckinoption and
// getcorpcheckinoption answer it (documents 90263, 93384). Members that not
// every answer carries are pointers or may be nil; those from Range on come
// from getcorpcheckinoption alone.
type RuleRead struct {
	GroupID                int64                      `json:"groupid"`
	GroupType              int64                      `json:"grouptype"` // 1 fixed times, 2 by shift, 3 free
	GroupName              string                     `json:"groupname"`
	CheckinDate            wecom.List[WorkdayRead]    `json:"checkindate"` // without meaning in shift rules
	SpeWorkdays            wecom.List[SpecialDayRead] `json:"spe_workdays"`
	SpeOffdays             wecom.List[SpecialDayRead] `json:"spe_offdays"`
	SyncHolidays           bool                       `json:"sync_holidays"`
	NeedPhoto              bool                       `json:"need_photo"`
	NoteCanUseLocalPic     bool                       `json:"note_can_use_local_pic"`
	AllowCheckinOffworkday bool                       `json:"allow_checkin_offworkday"`
	AllowApplyOffworkday   bool                       `json:"allow_apply_offworkday"` // corrections (补卡) are allowed
	WifimacInfos           wecom.List[Wifi]           `json:"wifimac_infos"`
	LocInfos               wecom.List[Place]          `json:"loc_infos"`
	ScheduleList           wecom.List[ShiftRead]      `json:"schedulelist"` // shift rules only
	// BukaRestriction forbids corrections by bits: 0 missing, 1 late, 2 early, 3 other.
	BukaRestriction      *uint64 `json:"buka_restriction,omitzero"`
	SpanDayTime          *int64  `json:"span_day_time,omitzero"`          // seconds of the day; free rules
	StandardWorkDuration *int64  `json:"standard_work_duration,omitzero"` // seconds, -1 unlimited; free rules
	OpenSpCheckin        *bool   `json:"open_sp_checkin,omitzero"`        // nil means true
	OffworkIntervalTime  *int64  `json:"offwork_interval_time,omitzero"`  // seconds
	// CheckinMethodType is 0 several pairs, 1 one pair, 2 only time and place;
	// see PunchMethod.
	CheckinMethodType *int64 `json:"checkin_method_type,omitzero"`
	// GroupCheckinMethodType is the same under the name that the example of
	// document 90263 has.
	GroupCheckinMethodType *int64 `json:"group.checkin_method_type,omitzero"`

	Range                *Range        `json:"range,omitzero"`
	CreateTime           *int64        `json:"create_time,omitzero"`
	CreateUserID         *string       `json:"create_userid,omitzero"`
	UpdateUserID         *string       `json:"update_userid,omitzero"`
	WhiteUsers           []string      `json:"white_users,omitzero"` // only when there is a white list
	Type                 *int64        `json:"type,omitzero"`        // 0 phone, 2 attendance machine, 3 both
	ReporterInfo         *ReporterInfo `json:"reporterinfo,omitzero"`
	OtInfo               *OtInfo       `json:"ot_info,omitzero"`    // only when set
	OtInfoV2             *OtInfoV2     `json:"ot_info_v2,omitzero"` // seen, not documented
	AllowApplyBkCnt      *int64        `json:"allow_apply_bk_cnt,omitzero"`
	AllowApplyBkDayLimit *int64        `json:"allow_apply_bk_day_limit,omitzero"`
	BukaLimitNextMonth   *int64        `json:"buka_limit_next_month,omitzero"`
	BukaRemind           *BukaRemind   `json:"buka_remind,omitzero"`
	OptionOutRange       *int64        `json:"option_out_range,omitzero"` // 0 exception, 1 field work, 2 forbidden
	UseFaceDetect        *bool         `json:"use_face_detect,omitzero"`
	OpenFaceLiveDetect   *bool         `json:"open_face_live_detect,omitzero"`
	SyncOutCheckin       *bool         `json:"sync_out_checkin,omitzero"`
}

// PunchMethod returns checkin_method_type under either of its names; ok is
// false when the answer has neither.
func (r *RuleRead) PunchMethod() (method int64, ok bool) {
	for _, m := range []*int64{r.CheckinMethodType, r.GroupCheckinMethodType} {
		if m != nil {
			return *m, true
		}
	}
	return 0, false
}

// WorkdayRead is an element of checkindate: weekdays and what is asked on them.
type WorkdayRead struct {
	Workdays            wecom.List[int64]   `json:"workdays"` // 0 = Sunday; empty when bi-weekly
	CheckinTime         wecom.List[Section] `json:"checkintime"`
	NoneedOffwork       bool                `json:"noneed_offwork"`
	LimitAheadtime      *int64              `json:"limit_aheadtime,omitzero"` // milliseconds
	LimitOfftime        *int64              `json:"limit_offtime,omitzero"`   // seconds
	FlexTime            *int64              `json:"flex_time,omitzero"`       // milliseconds, counts when both below are -1
	FlexOnDutyTime      int64               `json:"flex_on_duty_time"`        // seconds
	FlexOffDutyTime     int64               `json:"flex_off_duty_time"`       // seconds
	AllowFlex           *bool               `json:"allow_flex,omitzero"`
	MaxAllowArriveEarly *int64              `json:"max_allow_arrive_early,omitzero"` // seconds
	MaxAllowArriveLate  *int64              `json:"max_allow_arrive_late,omitzero"`  // seconds
	LateRule            *LateRule           `json:"late_rule,omitzero"`
	Biweekly            *Biweekly           `json:"biweekly,omitzero"`
}

// SpecialDayRead is an element of spe_workdays or spe_offdays. The documents
// have Timestamp alone; the other forms are those of SpecialDayWrite.
type SpecialDayRead struct {
	Type        *int64              `json:"type,omitzero"`
	Timestamp   int64               `json:"timestamp"` // second at which the day begins
	BegTime     *int64              `json:"begtime,omitzero"`
	EndTime     *int64              `json:"endtime,omitzero"`
	Notes       string              `json:"notes"`
	CheckinTime wecom.List[Section] `json:"checkintime"` // empty on days off
}

// ShiftRead (班次) is an element of schedulelist.
type ShiftRead struct {
	ScheduleID          int64               `json:"schedule_id"` // 0 is 休息, rest
	ScheduleName        string              `json:"schedule_name"`
	TimeSection         wecom.List[Section] `json:"time_section"`
	LimitAheadtime      *int64              `json:"limit_aheadtime,omitzero"` // milliseconds
	LimitOfftime        *int64              `json:"limit_offtime,omitzero"`   // seconds
	NoneedOffwork       bool                `json:"noneed_offwork"`
	AllowFlex           *bool               `json:"allow_flex,omitzero"`
	FlexTime            *int64              `json:"flex_time,omitzero"` // milliseconds, counts when both below are -1
	FlexOnDutyTime      int64               `json:"flex_on_duty_time"`  // seconds
	FlexOffDutyTime     int64               `json:"flex_off_duty_time"` // seconds
	LateRule            *LateRule           `json:"late_rule,omitzero"`
	MaxAllowArriveEarly int64               `json:"max_allow_arrive_early"` // seconds
	MaxAllowArriveLate  int64               `json:"max_allow_arrive_late"`  // seconds
}
