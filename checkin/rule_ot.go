package checkin

import "github.com/dakahq/daka/wecom"

// OtInfo is the overtime part of a rule in the old form, which answers have
// (document 93384). Durations are in seconds.
type OtInfo struct {
	Type                 int64        `json:"type"` // 0 application and punches, 1 punches, 2 approval only
	AllowOtWorkingday    bool         `json:"allow_ot_workingday"`
	AllowOtNonworkingday bool         `json:"allow_ot_nonworkingday"`
	OtCheckInfo          *OtCheckInfo `json:"otcheckinfo,omitzero"`
	UpTime               *int64       `json:"uptime,omitzero"`      // Unix seconds
	OtApplyInfo          *OtApplyInfo `json:"otapplyinfo,omitzero"` // when configured and Type is 0
}

// OtCheckInfo is how overtime is counted from punches.
type OtCheckInfo struct {
	OtWorkingdayTimeStart      int64       `json:"ot_workingday_time_start"` // counts so long after work
	OtWorkingdayTimeMin        int64       `json:"ot_workingday_time_min"`
	OtWorkingdayTimeMax        int64       `json:"ot_workingday_time_max"`
	OtNonworkingdayTimeMin     int64       `json:"ot_nonworkingday_time_min"`
	OtNonworkingdayTimeMax     int64       `json:"ot_nonworkingday_time_max"`
	OtWorkingdayRestInfo       *OtRestInfo `json:"ot_workingday_restinfo,omitzero"`
	OtNonworkingdayRestInfo    *OtRestInfo `json:"ot_nonworkingday_restinfo,omitzero"`
	OtNonworkingdaySpandayTime int64       `json:"ot_nonworkingday_spanday_time"` // second of the day at which a rest day begins
}

// OtApplyInfo is how overtime is counted from applications and punches.
type OtApplyInfo struct {
	AllowOtWorkingday          bool        `json:"allow_ot_workingday"`
	AllowOtNonworkingday       bool        `json:"allow_ot_nonworkingday"`
	UpTime                     *int64      `json:"uptime,omitzero"` // Unix seconds
	OtWorkingdayRestInfo       *OtRestInfo `json:"ot_workingday_restinfo,omitzero"`
	OtNonworkingdayRestInfo    *OtRestInfo `json:"ot_nonworkingday_restinfo,omitzero"`
	OtNonworkingdaySpandayTime int64       `json:"ot_nonworkingday_spanday_time"` // second of the day at which a rest day begins
}

// OtRestInfo is what is taken off overtime, in either form. The old one has a
// single FixTimeRule, the new one FixTimeRuleList.
type OtRestInfo struct {
	Type            int64          `json:"type"` // 0 nothing, 1 fixed periods, 2 by length
	FixTimeRule     *OtFixedRest   `json:"fix_time_rule,omitzero"`
	FixTimeRuleList []OtFixedRest  `json:"fix_time_rule_list,omitzero"` // up to 10
	CalOttimeRule   *OtRestByHours `json:"cal_ottime_rule,omitzero"`
}

// OtFixedRest is a period that is no overtime, in seconds of the day.
type OtFixedRest struct {
	FixTimeBeginSec int64 `json:"fix_time_begin_sec"`
	FixTimeEndSec   int64 `json:"fix_time_end_sec"`
}

// OtRestByHours takes more off the longer the overtime is.
type OtRestByHours struct {
	Items wecom.List[OtRestStep] `json:"items"` // up to 5, rising
}

// OtRestStep takes RestTime off overtime of OtTime or more.
type OtRestStep struct {
	OtTime   int64 `json:"ot_time"`
	RestTime int64 `json:"rest_time"`
}

// OtInfoV2 is the overtime part of a rule in the form that requests have
// (document 98041).
type OtInfoV2 struct {
	WorkdayConf    *OtConf     `json:"workdayconf,omitzero"`
	RestdayConf    *OtConf     `json:"restdayconf,omitzero"`
	HolidayConf    *OtConf     `json:"holidayconf,omitzero"`
	TimeUnitConfig *OtTimeUnit `json:"time_unit_config,omitzero"`
}

// OtConf is how overtime counts on one kind of day.
type OtConf struct {
	AllowOt       bool        `json:"allow_ot"`
	Type          *int64      `json:"type,omitzero"`         // 0 application and punches, 1 punches, 2 approval only (the default)
	Apply         *OtRests    `json:"apply,omitzero"`        // with type 2
	Checkin       *OtCheckin  `json:"checkin,omitzero"`      // with type 1
	ApplyCheckin  *OtRests    `json:"applycheckin,omitzero"` // with type 0
	OtTransEnable *bool       `json:"ot_trans_enable,omitzero"`
	OtTransType   *int64      `json:"ot_trans_type,omitzero"` // 1 time off (the default), 2 pay
	Vacation      *OtVacation `json:"vacation,omitzero"`
	OtTimeRange   *int64      `json:"ot_time_range,omitzero"` // 0 all day, 1 before work only, 2 after work only
}

// OtRests holds what is taken off.
type OtRests struct {
	RestInfo *OtRestInfo `json:"restinfo,omitzero"`
}

// OtCheckin is how overtime is counted from punches, in seconds up to 43200.
type OtCheckin struct {
	OtTimeStart *int64      `json:"ot_time_start,omitzero"` // default 1800
	OtTimeMin   *int64      `json:"ot_time_min,omitzero"`   // default 1800
	OtTimeMax   *int64      `json:"ot_time_max,omitzero"`   // default 14400
	RestInfo    *OtRestInfo `json:"restinfo,omitzero"`
}

// OtVacation is how overtime becomes time off.
type OtVacation struct {
	TransRatio   *int64 `json:"trans_ratio,omitzero"`   // per cent up to 3000, default 100
	SyncVacation *bool  `json:"sync_vacation,omitzero"` // default true
}

// OtTimeUnit is in which unit overtime is counted and how it is rounded.
type OtTimeUnit struct {
	OtTimeUnit         *int64 `json:"ot_time_unit,omitzero"`         // 2 hours (the default), 3 days
	PerdayDurationSecs *int64 `json:"perday_duration_secs,omitzero"` // default 28800
	RoundingMethod     *int64 `json:"rounding_method,omitzero"`      // 1 half up (the default), 2 up, 3 down
	RoundingPrecision  *int64 `json:"rounding_precision,omitzero"`   // decimals, 0 or 1 (the default)
	StepSize           *int64 `json:"step_size,omitzero"`            // seconds, default 3600
}
