package checkin

import (
	"fmt"
	"time"

	"github.com/dakahq/daka/wecom"
)

// Assignment is one item of a SetScheduleRequest with its date in full.
type Assignment struct {
	UserID     string
	Year       int
	Month      time.Month
	Day        int
	ScheduleID int64 // 0 = rest
}

// minDayStamp begins 2000: a day below it cannot be a second.
const minDayStamp = 946_684_800

// Group returns the rule that r names, by groupid or group_id.
func (r SetScheduleRequest) Group() int64 {
	if r.GroupID != 0 {
		return r.GroupID
	}
	return r.ShortGroupID
}

// Assignments returns the items of r with their dates. A day from 1 to 31 is
// one of yearmonth, and one of seconds from 2000 on is the date in zone of that
// second; both may stand in one request. It fails with 40058 for any other day,
// a date that does not exist, or one outside a yearmonth that was given.
func (r SetScheduleRequest) Assignments(zone *time.Location) ([]Assignment, error) {
	list := make([]Assignment, len(r.Items))
	for i, item := range r.Items {
		day, err := r.date(item.Day, zone)
		if err != nil {
			return nil, parameter(fmt.Sprintf("items[%d].day", i), "is %d: %v", item.Day, err)
		}
		list[i] = Assignment{UserID: item.UserID, ScheduleID: item.ScheduleID}
		list[i].Year, list[i].Month, list[i].Day = day.Date()
	}
	return list, nil
}

func (r SetScheduleRequest) date(day int64, zone *time.Location) (time.Time, error) {
	year, month := int(r.YearMonth/100), time.Month(r.YearMonth%100)
	var date time.Time
	switch {
	case 1 <= day && day <= 31:
		if r.YearMonth == 0 {
			return date, fmt.Errorf("yearmonth is missing")
		}
		date = time.Date(year, month, int(day), 0, 0, 0, 0, zone)
	case minDayStamp <= day && day < maxTime:
		date = time.Unix(day, 0).In(zone)
	default:
		return date, fmt.Errorf("neither a day of the month nor Unix seconds")
	}
	if r.YearMonth != 0 && (date.Year() != year || date.Month() != month) {
		return date, fmt.Errorf("not a day of yearmonth %d", r.YearMonth)
	}
	return date, nil
}

// Validate refuses a rule that is missing or named twice differently (301089),
// no items, a day that is none or a shift below 0 (40058), and an item without
// userid (301021). Seconds are read in China's time here.
func (r SetScheduleRequest) Validate() error {
	if r.Group() <= 0 || r.GroupID != 0 && r.ShortGroupID != 0 && r.GroupID != r.ShortGroupID {
		return wecom.Errorf(wecom.CodeRuleGroupID, "invalid groupid: groupid is %d, group_id is %d", r.GroupID, r.ShortGroupID)
	}
	if len(r.Items) == 0 {
		return parameter("items", "is missing")
	}
	if m := r.YearMonth; m != 0 && (m < 197001 || m > 219912 || m%100 < 1 || m%100 > 12) {
		return parameter("yearmonth", "is %d, want it like 202012", m)
	}
	for i, item := range r.Items {
		if item.UserID == "" {
			return wecom.Errorf(wecom.CodeCheckinUser, "body.items[%d].userid is missing", i)
		}
		if item.ScheduleID < 0 {
			return parameter(fmt.Sprintf("items[%d].schedule_id", i), "is %d", item.ScheduleID)
		}
	}
	_, err := r.Assignments(time.FixedZone("UTC+8", 8*3600))
	return err
}
