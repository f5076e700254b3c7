package checkin

import (
	"time"

	"github.com/dakahq/daka/wecom"
)

// Limits of the requests. Times are in seconds.
const (
	MaxUsers      = 100
	MaxRecords    = 200
	MaxReportSpan = 30 * 86_400 // Records, DayData, MonthData: 31 days when both ends are days
	MaxMonthSpan  = 31 * 86_400 // ScheduleList, Hardware: WeCom says one month
	MaxFaceBytes  = 1 << 20     // of the image, before base64
)

// maxTime is the first second of 2200. A later time is one in milliseconds.
var maxTime = time.Date(2200, 1, 1, 0, 0, 0, 0, time.UTC).Unix()

func isTime(at int64) bool { return 0 < at && at < maxTime }

func users(list []string) error {
	if n := len(list); n < 1 || n > MaxUsers {
		return wecom.Errorf(wecom.CodeCheckinUserList, "userlist is over threshold: useridlist has %d userids, 1 to %d are allowed", n, MaxUsers)
	}
	return nil
}

// span checks a window. Only a window of days may begin and end with the same
// second: then it is one day.
func span(start, end, longest int64, days bool) error {
	if isTime(start) && isTime(end) && (start < end || days && start == end) && end-start <= longest {
		return nil
	}
	return wecom.Errorf(wecom.CodeCheckinSpan,
		"invalid time span: starttime %d to endtime %d, want Unix seconds, endtime later, at most %d s between them", start, end, longest)
}

// parameter is the error of a value that has no code of its own. The field is
// a JSON path below body.
func parameter(field, format string, args ...any) error {
	err := wecom.Errorf(wecom.CodeInvalidParameter, format, args...)
	err.Msg = "body." + field + " " + err.Msg + ". invalid Request Parameter"
	return err
}

// Validate refuses what no server could answer: a kind of punch that is none
// (40058), a number of userids (301023) or a window (301024) outside the limits.
func (r RecordsRequest) Validate() error {
	if r.OpenCheckinDataType < DutyPunches || r.OpenCheckinDataType > AllPunches {
		return parameter("opencheckindatatype", "is %d, want 1, 2 or 3", r.OpenCheckinDataType)
	}
	if err := users(r.UserIDList); err != nil {
		return err
	}
	return span(r.StartTime, r.EndTime, MaxReportSpan, false)
}

// Validate refuses a filter that is none (40058), a number of userids (301023)
// or a window (301024) outside the limits.
func (r HardwareRequest) Validate() error {
	if r.FilterType < 0 || r.FilterType > ByUploadTime {
		return parameter("filter_type", "is %d, want 1 or 2", r.FilterType)
	}
	if err := users(r.UserIDList); err != nil {
		return err
	}
	return span(r.StartTime, r.EndTime, MaxMonthSpan, false)
}

// Validate refuses a number of userids (301023) or a window (301024) outside
// the limits.
func (r DayDataRequest) Validate() error {
	if err := users(r.UserIDList); err != nil {
		return err
	}
	return span(r.StartTime, r.EndTime, MaxReportSpan, true)
}

// Validate refuses a number of userids (301023) or a window (301024) outside
// the limits.
func (r MonthDataRequest) Validate() error {
	if err := users(r.UserIDList); err != nil {
		return err
	}
	return span(r.StartTime, r.EndTime, MaxReportSpan, true)
}

// Validate refuses a number of userids (301023) or a window (301024) outside
// the limits.
func (r ScheduleListRequest) Validate() error {
	if err := users(r.UserIDList); err != nil {
		return err
	}
	return span(r.StartTime, r.EndTime, MaxMonthSpan, true)
}

// Validate refuses a day that is no time in seconds (40058) and a number of
// userids outside the limits (301023).
func (r OptionsRequest) Validate() error {
	if !isTime(r.DateTime) {
		return parameter("datetime", "is %d, want Unix seconds", r.DateTime)
	}
	return users(r.UserIDList)
}

// Validate accepts every request: there is nothing in it.
func (r CorpOptionsRequest) Validate() error { return nil }
