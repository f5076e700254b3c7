package checkin

import "github.com/dakahq/daka/wecom"

// Section (时段) is one on/off pair of a working day: an element of checkintime
// and time_section. Times count in seconds from the day's midnight and may pass
// 86,400. What answers do not always carry is a pointer; requests need all but
// the rests and the no_need_* members (documents 93384, 98041).
type Section struct {
	TimeID             *int64 `json:"time_id,omitzero"` // 1 to 99998, unique in the rule
	WorkSec            int64  `json:"work_sec"`
	OffWorkSec         int64  `json:"off_work_sec"`
	RemindWorkSec      int64  `json:"remind_work_sec"`
	RemindOffWorkSec   int64  `json:"remind_off_work_sec"`
	EarliestWorkSec    *int64 `json:"earliest_work_sec,omitzero"`
	LatestWorkSec      *int64 `json:"latest_work_sec,omitzero"`
	EarliestOffWorkSec *int64 `json:"earliest_off_work_sec,omitzero"`
	LatestOffWorkSec   *int64 `json:"latest_off_work_sec,omitzero"`
	AllowRest          *bool  `json:"allow_rest,omitzero"`
	RestBeginTime      *int64 `json:"rest_begin_time,omitzero"`
	RestEndTime        *int64 `json:"rest_end_time,omitzero"`
	// RestTimes holds in answers the rests after the earliest one, in requests
	// up to five.
	RestTimes      []Rest `json:"rest_times,omitzero"`
	NoNeedCheckon  *bool  `json:"no_need_checkon,omitzero"`
	NoNeedCheckoff *bool  `json:"no_need_checkoff,omitzero"`
}

// Rest is a break inside a section.
type Rest struct {
	RestBeginTime int64 `json:"rest_begin_time"`
	RestEndTime   int64 `json:"rest_end_time"`
}

// Biweekly says that odd and even weeks differ; the week of 2024-01-01 is odd.
type Biweekly struct {
	EnableWeekdayRecurrence bool              `json:"enable_weekday_recurrence"`
	OddWorkdays             wecom.List[int64] `json:"odd_workdays"`
	EvenWorkdays            wecom.List[int64] `json:"even_workdays"`
}

// LateRule lets who left late come late on the next day. TimeRules, where it is
// not empty, wins over the single pair.
type LateRule struct {
	AllowOffworkAfterTime bool       `json:"allow_offwork_after_time"`
	OffworkAfterTime      *int64     `json:"offwork_after_time,omitzero"` // seconds
	OnworkFlexTime        *int64     `json:"onwork_flex_time,omitzero"`   // seconds
	TimeRules             []LateStep `json:"timerules,omitzero"`
}

// LateStep is one tier of a LateRule, in seconds.
type LateStep struct {
	OffworkAfterTime int64 `json:"offwork_after_time"`
	OnworkFlexTime   int64 `json:"onwork_flex_time"`
}

// Wifi is a network from which punching is in place.
type Wifi struct {
	WifiName string `json:"wifiname"`
	WifiMac  string `json:"wifimac"`
}

// Place is a circle inside which punching is in place.
type Place struct {
	Lat       int64  `json:"lat"` // degrees x 1,000,000, GCJ-02
	Lng       int64  `json:"lng"` // degrees x 1,000,000, GCJ-02
	LocTitle  string `json:"loc_title"`
	LocDetail string `json:"loc_detail"`
	Distance  int64  `json:"distance"` // metres
}

// ReporterInfo names who is sent the reports of a rule.
type ReporterInfo struct {
	Reporters  wecom.List[Reporter] `json:"reporters"`
	UpdateTime int64                `json:"updatetime,omitzero"` // answers only
}

// Reporter is a member or a tag.
type Reporter struct {
	UserID string `json:"userid,omitzero"`
	TagID  int64  `json:"tagid,omitzero"`
}

// BukaRemind says when members are reminded of missing cards.
type BukaRemind struct {
	OpenRemind      bool  `json:"open_remind"`
	BukaRemindDay   int64 `json:"buka_remind_day"`
	BukaRemindMonth int64 `json:"buka_remind_month"` // 0 this month, 1 the next
}
