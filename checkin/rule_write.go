package checkin

import "encoding/json"

// RuleWrite is a check-in rule as add_checkin_option and update_checkin_option
// take it (document 98041). A nil member is not sent: in an update it stays as
// it is, in a new rule it has WeCom's default. Arrays are left out when empty,
// which also leaves them as they are; ClearOptionRequest empties them.
//
// The members that WeCom refuses as old are here so that a server can see them.
type RuleWrite struct {
	GroupID                *int64            `json:"groupid,omitzero"`   // updates only
	GroupType              *int64            `json:"grouptype,omitzero"` // 1 fixed times, 2 by shift, 3 free
	GroupName              *string           `json:"groupname,omitzero"` // 1 to 40 characters
	CheckinDate            []WorkdayWrite    `json:"checkindate,omitempty"`
	SpeWorkdays            []SpecialDayWrite `json:"spe_workdays,omitempty"` // fixed times only, up to 366
	SpeOffdays             []SpecialDayWrite `json:"spe_offdays,omitempty"`  // up to 366
	SyncHolidays           *bool             `json:"sync_holidays,omitzero"` // default true
	NeedPhoto              *bool             `json:"need_photo,omitzero"`
	NoteCanUseLocalPic     *bool             `json:"note_can_use_local_pic,omitzero"` // default true
	AllowCheckinOffworkday *bool             `json:"allow_checkin_offworkday,omitzero"`
	WifimacInfos           []Wifi            `json:"wifimac_infos,omitempty"` // up to 500
	LocInfos               []Place           `json:"loc_infos,omitempty"`     // up to 500
	Range                  *Range            `json:"range,omitzero"`          // replaced whole
	WhiteUsers             []string          `json:"white_users,omitempty"`
	Type                   *int64            `json:"type,omitzero"` // 0 phone, 2 attendance machine, 3 both
	ReporterInfo           *ReporterInfo     `json:"reporterinfo,omitzero"`
	// AllowApplyOffworkday allows corrections (补卡); the members below need it.
	AllowApplyOffworkday *bool       `json:"allow_apply_offworkday,omitzero"`
	AllowApplyBkCnt      *int64      `json:"allow_apply_bk_cnt,omitzero"`       // a month; -1 to 99, default -1, unlimited
	AllowApplyBkDayLimit *int64      `json:"allow_apply_bk_day_limit,omitzero"` // days; 1 = the same day, default -1, unlimited
	BukaLimitNextMonth   *int64      `json:"buka_limit_next_month,omitzero"`    // day 1 to 28, default -1, unlimited
	BukaRemind           *BukaRemind `json:"buka_remind,omitzero"`
	BukaRestriction      *uint64     `json:"buka_restriction,omitzero"` // see RuleRead

	OptionOutRange       *int64       `json:"option_out_range,omitzero"` // 0 exception, 1 field work, 2 forbidden
	ScheduleList         []ShiftWrite `json:"schedulelist,omitempty"`    // shift rules only, up to 50
	OffworkIntervalTime  *int64       `json:"offwork_interval_time,omitzero"`
	UseFaceDetect        *bool        `json:"use_face_detect,omitzero"`
	OpenFaceLiveDetect   *bool        `json:"open_face_live_detect,omitzero"`
	OtInfoV2             *OtInfoV2    `json:"ot_info_v2,omitzero"`
	SyncOutCheckin       *bool        `json:"sync_out_checkin,omitzero"`
	SpanDayTime          *int64       `json:"span_day_time,omitzero"`          // free rules only
	StandardWorkDuration *int64       `json:"standard_work_duration,omitzero"` // free rules only
	OpenSpCheckin        *bool        `json:"open_sp_checkin,omitzero"`
	CheckinMethodType    *int64       `json:"checkin_method_type,omitzero"` // 0 several pairs, 1 one pair, 2 only time and place

	OtInfo json.RawMessage `json:"ot_info,omitempty"` // old: 301094
}

// WorkdayWrite is an element of checkindate. Of the two pairs flex_* and
// max_allow_* one is set when AllowFlex is true.
type WorkdayWrite struct {
	Workdays            []int64   `json:"workdays,omitempty"` // 0 = Sunday; empty when bi-weekly
	CheckinTime         []Section `json:"checkintime,omitempty"`
	AllowFlex           *bool     `json:"allow_flex,omitzero"`             // default false
	FlexOnDutyTime      *int64    `json:"flex_on_duty_time,omitzero"`      // seconds, by 300 up to 21600
	FlexOffDutyTime     *int64    `json:"flex_off_duty_time,omitzero"`     // seconds, by 300 up to 21600
	MaxAllowArriveEarly *int64    `json:"max_allow_arrive_early,omitzero"` // seconds, by 300 up to 21600
	MaxAllowArriveLate  *int64    `json:"max_allow_arrive_late,omitzero"`  // seconds, by 300 up to 21600
	LateRule            *LateRule `json:"late_rule,omitzero"`
	Biweekly            *Biweekly `json:"biweekly,omitzero"`

	FlexTime       *int64 `json:"flex_time,omitzero"`       // old: 301094
	LimitAheadtime *int64 `json:"limit_aheadtime,omitzero"` // old: 301094
	LimitOfftime   *int64 `json:"limit_offtime,omitzero"`   // old: 301094
	NoneedOffwork  *bool  `json:"noneed_offwork,omitzero"`  // old: 301094
}

// SpecialDayWrite is an element of spe_workdays or spe_offdays: by Type a
// single date (Timestamp), a period (BegTime to EndTime, both included) or
// every second week (Timestamp to EndTime). Stamps are 00:00 in the future.
type SpecialDayWrite struct {
	Type        *int64    `json:"type,omitzero"` // 0 date, 1 period, 2 every two weeks
	Timestamp   *int64    `json:"timestamp,omitzero"`
	BegTime     *int64    `json:"begtime,omitzero"`
	AltBegTime  *int64    `json:"begintime,omitzero"` // BegTime as some clients spell it
	EndTime     *int64    `json:"endtime,omitzero"`
	Notes       string    `json:"notes"`                 // 1 to 40 bytes
	CheckinTime []Section `json:"checkintime,omitempty"` // working days only, without windows
}

// ShiftWrite (班次) is an element of schedulelist. Shift 0, named 休息 and
// without sections, must be among them.
type ShiftWrite struct {
	ScheduleID          int64     `json:"schedule_id"`
	ScheduleName        string    `json:"schedule_name"` // 1 to 40 characters
	TimeSection         []Section `json:"time_section,omitempty"`
	AllowFlex           *bool     `json:"allow_flex,omitzero"`             // default true
	FlexOnDutyTime      *int64    `json:"flex_on_duty_time,omitzero"`      // seconds, by 300 up to 21600
	FlexOffDutyTime     *int64    `json:"flex_off_duty_time,omitzero"`     // seconds, by 300 up to 21600
	MaxAllowArriveEarly *int64    `json:"max_allow_arrive_early,omitzero"` // seconds, by 300 up to 21600
	MaxAllowArriveLate  *int64    `json:"max_allow_arrive_late,omitzero"`  // seconds, by 300 up to 21600
	LateRule            *LateRule `json:"late_rule,omitzero"`

	FlexTime       *int64 `json:"flex_time,omitzero"`       // old: 301094
	LimitAheadtime *int64 `json:"limit_aheadtime,omitzero"` // old: 301094
	LimitOfftime   *int64 `json:"limit_offtime,omitzero"`   // old: 301094
	NoneedOffwork  *bool  `json:"noneed_offwork,omitzero"`  // old: 301094
}
