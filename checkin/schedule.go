package checkin

import "github.com/dakahq/daka/wecom"

// ScheduleListRequest asks who has which shift on which day (document 93380).
// Only members under a shift rule have one.
type ScheduleListRequest struct {
	StartTime  int64    `json:"starttime"`
	EndTime    int64    `json:"endtime"`           // at most 31 x 86,400 s after StartTime
	UserIDList []string `json:"useridlist"`        // 1 to 100
	GroupID    int64    `json:"group_id,omitzero"` // sent by some clients, ignored
}

// ScheduleListResponse holds an element for each member, month and rule.
type ScheduleListResponse struct {
	wecom.Envelope
	ScheduleList wecom.List[MemberSchedule] `json:"schedule_list"`
}

// MemberSchedule is one member's shifts in one month under one rule.
type MemberSchedule struct {
	UserID    string   `json:"userid"`
	YearMonth int64    `json:"yearmonth"` // as 202011
	GroupID   int64    `json:"groupid"`
	GroupName string   `json:"groupname"`
	Schedule  Schedule `json:"schedule"`
}

// Schedule holds the days of a MemberSchedule.
type Schedule struct {
	ScheduleList wecom.List[ScheduleDay] `json:"scheduleList"` // spelled so on the wire
}

// ScheduleDay is the shift of one day.
type ScheduleDay struct {
	Day          int64        `json:"day"` // 1 to 31
	ScheduleInfo ScheduleInfo `json:"schedule_info"`
}

// ScheduleInfo is a shift. Rest is shift 0, named 休息, without sections.
type ScheduleInfo struct {
	ScheduleID   int64                       `json:"schedule_id"`
	ScheduleName string                      `json:"schedule_name"`
	TimeSection  wecom.List[ScheduleSection] `json:"time_section"`
}

// ScheduleSection is one on/off pair of a shift, in seconds of the day.
type ScheduleSection struct {
	ID               int64 `json:"id"` // time_id elsewhere
	WorkSec          int64 `json:"work_sec"`
	OffWorkSec       int64 `json:"off_work_sec"`
	RemindWorkSec    int64 `json:"remind_work_sec"`
	RemindOffWorkSec int64 `json:"remind_off_work_sec"`
}

// SetScheduleRequest gives members their shifts (document 93385): days from
// today on, under a shift rule. Two forms are understood; see Assignments.
type SetScheduleRequest struct {
	GroupID      int64          `json:"groupid,omitzero"`
	ShortGroupID int64          `json:"group_id,omitzero"` // GroupID in the short form
	Items        []ScheduleItem `json:"items"`
	YearMonth    int64          `json:"yearmonth,omitzero"` // as 202012
}

// ScheduleItem gives one member one shift.
type ScheduleItem struct {
	UserID     string `json:"userid"`
	Day        int64  `json:"day"`         // 1 to 31; in the short form the second at which the day begins
	ScheduleID int64  `json:"schedule_id"` // 0 = rest
}
