package checkin

import "github.com/dakahq/daka/wecom"

// DayDataRequest asks for daily reports (document 93374). Both times begin a
// day, both days are included.
type DayDataRequest struct {
	StartTime  int64    `json:"starttime"`
	EndTime    int64    `json:"endtime"`    // at most 30 x 86,400 s after StartTime
	UserIDList []string `json:"useridlist"` // 1 to 100
}

// DayDataResponse holds a report for each member and day.
type DayDataResponse struct {
	wecom.Envelope
	Datas wecom.List[DayData] `json:"datas"`
}

// DayData is the report of one member on one day.
type DayData struct {
	BaseInfo       DayBaseInfo               `json:"base_info"`
	SummaryInfo    DaySummaryInfo            `json:"summary_info"`
	HolidayInfos   wecom.List[HolidayInfo]   `json:"holiday_infos"` // approvals that touch the day
	ExceptionInfos wecom.List[ExceptionInfo] `json:"exception_infos"`
	OTInfo         OTInfo                    `json:"ot_info"`
	SPItems        wecom.List[SPItem]        `json:"sp_items"`
}

// DayBaseInfo says whose report it is, of which day and under which rule.
type DayBaseInfo struct {
	Date        int64       `json:"date"`        // second at which the day begins
	RecordType  int64       `json:"record_type"` // RecordFixed and its kind
	Name        string      `json:"name"`
	NameEx      string      `json:"name_ex"`      // alias
	DepartsName string      `json:"departs_name"` // full paths with "/", joined by ";"
	AcctID      string      `json:"acctid"`       // the userid
	RuleInfo    DayRuleInfo `json:"rule_info"`
	DayType     int64       `json:"day_type"` // DayWork or DayRest
}

// DayRuleInfo is the rule, and the shift, of a day.
type DayRuleInfo struct {
	GroupID      int64                `json:"groupid"`
	GroupName    string               `json:"groupname"`
	ScheduleID   int64                `json:"scheduleid"` // shift rules only; spelled without underscore here
	ScheduleName string               `json:"schedulename"`
	CheckinTime  wecom.List[WorkTime] `json:"checkintime"` // fixed rules only
}

// WorkTime is a pair of due times, in seconds of the day.
type WorkTime struct {
	WorkSec    int64 `json:"work_sec"`
	OffWorkSec int64 `json:"off_work_sec"`
}

// DaySummaryInfo sums up a day's punches and hours.
type DaySummaryInfo struct {
	CheckinCount    int64 `json:"checkin_count"`
	RegularWorkSec  int64 `json:"regular_work_sec"`  // worked
	StandardWorkSec int64 `json:"standard_work_sec"` // due
	EarliestTime    int64 `json:"earliest_time"`     // first punch, seconds of the day
	LatestTime      int64 `json:"lastest_time"`      // last punch; spelled so on the wire
}

// HolidayInfo is an approval that touches a day.
type HolidayInfo struct {
	SPDescription Text   `json:"sp_description"`
	SPNumber      string `json:"sp_number"`
	SPTitle       Text   `json:"sp_title"`
}

// Text is a text in one or more languages; WeCom sends zh_CN alone.
type Text struct {
	Data wecom.List[TextData] `json:"data"`
}

// TextData is a text in one language.
type TextData struct {
	Lang string `json:"lang"`
	Text string `json:"text"`
}

// ExceptionInfo counts one kind of exception.
type ExceptionInfo struct {
	Count     int64 `json:"count"`
	Duration  int64 `json:"duration"`  // seconds; late, early and absent only
	Exception int64 `json:"exception"` // ExceptionLate and its kind
}

// OTInfo is the overtime of a day, in seconds. What is credited as time off
// and as pay may be missing.
type OTInfo struct {
	OTStatus              int64             `json:"ot_status"` // OTNone, OTNormal or OTShort
	OTDuration            int64             `json:"ot_duration"`
	ExceptionDuration     wecom.List[int64] `json:"exception_duration"` // what is lacking when OTShort
	WorkdayOverAsVacation *int64            `json:"workday_over_as_vacation,omitzero"`
	WorkdayOverAsMoney    *int64            `json:"workday_over_as_money,omitzero"`
	RestdayOverAsVacation *int64            `json:"restday_over_as_vacation,omitzero"`
	RestdayOverAsMoney    *int64            `json:"restday_over_as_money,omitzero"`
	HolidayOverAsVacation *int64            `json:"holiday_over_as_vacation,omitzero"`
	HolidayOverAsMoney    *int64            `json:"holiday_over_as_money,omitzero"`
}

// SPItem counts leave, trips and the like.
type SPItem struct {
	Count      int64  `json:"count"`
	Duration   int64  `json:"duration"`    // always seconds
	TimeType   int64  `json:"time_type"`   // unit to show it in: TimeDays (86,400 s) or TimeHours
	Type       int64  `json:"type"`        // SPLeave and its kind
	VacationID int64  `json:"vacation_id"` // kind of leave; SPLeave only
	Name       string `json:"name"`
}

// MonthDataRequest asks for sums over a window (document 93387), which need
// not be a month. Both times begin a day, both days are included.
type MonthDataRequest struct {
	StartTime  int64    `json:"starttime"`
	EndTime    int64    `json:"endtime"`    // at most 30 x 86,400 s after StartTime
	UserIDList []string `json:"useridlist"` // 1 to 100
}

// MonthDataResponse holds one object for each member.
type MonthDataResponse struct {
	wecom.Envelope
	Datas wecom.List[MonthData] `json:"datas"`
}

// MonthData is the sums of one member.
type MonthData struct {
	BaseInfo       MonthBaseInfo             `json:"base_info"`
	SummaryInfo    MonthSummaryInfo          `json:"summary_info"`
	ExceptionInfos wecom.List[ExceptionInfo] `json:"exception_infos"`
	SPItems        wecom.List[SPItem]        `json:"sp_items"`
	OverworkInfo   OverworkInfo              `json:"overwork_info"`
}

// MonthBaseInfo says whose sums they are and under which rule.
type MonthBaseInfo struct {
	RecordType  int64         `json:"record_type"` // RecordFixed and its kind
	Name        string        `json:"name"`
	NameEx      string        `json:"name_ex"`      // alias
	DepartsName string        `json:"departs_name"` // full paths with "/", joined by ";"
	RuleInfo    MonthRuleInfo `json:"rule_info"`
	AcctID      string        `json:"acctid"` // the userid
}

// MonthRuleInfo is the rule of a member.
type MonthRuleInfo struct {
	GroupID   int64  `json:"groupid"`
	GroupName string `json:"groupname"`
}

// MonthSummaryInfo counts days and sums hours.
type MonthSummaryInfo struct {
	WorkDays        int64 `json:"work_days"` // days due
	RegularDays     int64 `json:"regular_days"`
	ExceptDays      int64 `json:"except_days"`
	RestDays        int64 `json:"rest_days"`
	RegularWorkSec  int64 `json:"regular_work_sec"`
	StandardWorkSec int64 `json:"standard_work_sec"`
}

// OverworkInfo sums overtime, in seconds. The first name is singular on the
// wire and the others plural.
type OverworkInfo struct {
	WorkdayOverSec         int64  `json:"workday_over_sec"`
	RestdaysOverSec        int64  `json:"restdays_over_sec"`
	HolidaysOverSec        *int64 `json:"holidays_over_sec,omitzero"`
	WorkdaysOverAsVacation int64  `json:"workdays_over_as_vacation"`
	WorkdaysOverAsMoney    int64  `json:"workdays_over_as_money"`
	RestdaysOverAsVacation int64  `json:"restdays_over_as_vacation"`
	RestdaysOverAsMoney    int64  `json:"restdays_over_as_money"`
	HolidaysOverAsVacation int64  `json:"holidays_over_as_vacation"`
	HolidaysOverAsMoney    int64  `json:"holidays_over_as_money"`
}
