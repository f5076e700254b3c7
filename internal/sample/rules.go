package sample

import (
	"encoding/json"
	"fmt"

	"github.com/dakahq/daka/checkin"
	"github.com/dakahq/daka/internal/app"
	"github.com/dakahq/daka/internal/attendance"
)

// The shifts of the workshop.
const (
	rest attendance.ShiftID = iota
	early
	late
	night
)

// writeForm is the form of a document that add_checkin_option takes.
const writeForm = "write"

// rules installs a rule for each team, as the check-in app would.
func (b *builder) rules() error {
	for t, rule := range []*checkin.RuleWrite{office: officeRule(), workshop: workshopRule(), market: marketRule()} {
		rule.Range = &checkin.Range{PartyID: checkin.List[string]{fmt.Sprint(team(t).department())}}
		doc, err := json.Marshal(rule)
		if err != nil {
			return err
		}
		group := Group{Type: attendance.RuleType(*rule.GroupType), Name: *rule.GroupName}
		group.ID, err = b.app.InstallRule(b.ctx, b.company.Corp, app.RuleSpec{
			Doc: doc, Form: writeForm, First: b.company.First, Agent: b.company.Checkin.Agent,
		})
		if err != nil {
			return fmt.Errorf("%s: %w", group.Name, err)
		}
		if group.Type == attendance.ShiftRule {
			group.Shifts = []attendance.ShiftID{early, late, night}
		}
		for i := range b.people {
			if b.people[i].team == team(t) {
				group.Users = append(group.Users, b.people[i].id)
			}
		}
		b.company.Groups = append(b.company.Groups, group)
	}
	return nil
}

// newRule returns what the rules have in common.
func newRule(kind attendance.RuleType, name string) *checkin.RuleWrite {
	return &checkin.RuleWrite{
		GroupType:            new(int64(kind)),
		GroupName:            &name,
		Type:                 new(int64(checkin.ByPhone)),
		WifimacInfos:         []checkin.Wifi{{WifiName: wifiName, WifiMac: wifiMAC}},
		LocInfos:             []checkin.Place{{Lat: siteLat, Lng: siteLng, LocTitle: siteTitle, LocDetail: siteDetail, Distance: 300}},
		SyncHolidays:         new(true),
		AllowApplyOffworkday: new(true),
		AllowApplyBkCnt:      new(int64(correctionsPerMonth)),
		AllowApplyBkDayLimit: new(int64(31)),
		BukaLimitNextMonth:   new(int64(5)),
		OptionOutRange:       new(int64(checkin.OutRangeException)),
		OtInfoV2:             overtime(),
	}
}

// officeRule has two sections a day, each with its own cards, and a break in
// the afternoon.
func officeRule() *checkin.RuleWrite {
	r := newRule(attendance.FixedRule, "办公室固定班")
	r.AllowCheckinOffworkday = new(true)
	morning := section(1, "09:00", "12:00", "06:00", "11:00", "11:01", "12:29")
	afternoon := section(2, "13:00", "18:00", "12:30", "16:00", "16:01", "27:00")
	withRest(&afternoon, "15:30", "15:45")
	r.CheckinDate = []checkin.WorkdayWrite{{
		Workdays:            []int64{1, 2, 3, 4, 5},
		CheckinTime:         []checkin.Section{morning, afternoon},
		AllowFlex:           new(true),
		FlexOnDutyTime:      new(int64(300)),
		FlexOffDutyTime:     new(int64(300)),
		MaxAllowArriveEarly: new(int64(0)),
		MaxAllowArriveLate:  new(int64(0)),
	}}
	return r
}

// workshopRule has three shifts, of which the night's crosses midnight.
func workshopRule() *checkin.RuleWrite {
	r := newRule(attendance.ShiftRule, "车间三班倒")
	r.Type = new(int64(checkin.ByPhoneOrTerminal))
	shift := func(id attendance.ShiftID, name, restFrom, restTo string, s checkin.Section) checkin.ShiftWrite {
		withRest(&s, restFrom, restTo)
		return checkin.ShiftWrite{
			ScheduleID: int64(id), ScheduleName: name, TimeSection: []checkin.Section{s}, AllowFlex: new(false),
		}
	}
	r.ScheduleList = []checkin.ShiftWrite{
		{ScheduleID: int64(rest), ScheduleName: "休息"},
		shift(early, "早班", "10:00", "10:30", section(1, "06:00", "14:00", "04:00", "09:00", "11:00", "16:00")),
		shift(late, "中班", "18:00", "18:30", section(2, "14:00", "22:00", "12:00", "17:00", "19:00", "23:59")),
		shift(night, "夜班", "26:00", "26:30", section(3, "22:00", "30:00", "20:00", "25:00", "27:00", "32:00")),
	}
	return r
}

// marketRule asks for hours alone; a day begins at 04:00.
func marketRule() *checkin.RuleWrite {
	r := newRule(attendance.FreeRule, "市场部自由工时")
	r.CheckinDate = []checkin.WorkdayWrite{{Workdays: []int64{1, 2, 3, 4, 5}}}
	r.SpanDayTime = new(int64(4 * 3600))
	r.StandardWorkDuration = new(int64(8 * 3600))
	r.OffworkIntervalTime = new(int64(1800))
	r.CheckinMethodType = new(int64(checkin.OnePair))
	r.OptionOutRange = new(int64(checkin.OutRangeFieldWork))
	return r
}

// section returns a section with its two windows. Times are hours and minutes;
// those past 24:00 are on the next day.
func section(id int64, on, off, onFrom, onTo, offFrom, offTo string) checkin.Section {
	return checkin.Section{
		TimeID: &id, WorkSec: clock(on), OffWorkSec: clock(off),
		RemindWorkSec: clock(on) - 600, RemindOffWorkSec: clock(off),
		EarliestWorkSec: new(clock(onFrom)), LatestWorkSec: new(clock(onTo)),
		EarliestOffWorkSec: new(clock(offFrom)), LatestOffWorkSec: new(clock(offTo)),
	}
}

func withRest(s *checkin.Section, from, to string) {
	s.AllowRest, s.RestBeginTime, s.RestEndTime = new(true), new(clock(from)), new(clock(to))
}

func clock(text string) int64 {
	var hour, minute int64
	if _, err := fmt.Sscanf(text, "%d:%d", &hour, &minute); err != nil {
		panic("sample: time " + text + ": " + err.Error())
	}
	return hour*3600 + minute*60
}

func overtime() *checkin.OtInfoV2 {
	byPunches := func() *checkin.OtConf {
		return &checkin.OtConf{AllowOt: true, Type: new(int64(checkin.OTByPunches)), Checkin: &checkin.OtCheckin{
			OtTimeStart: new(int64(1800)), OtTimeMin: new(int64(1800)), OtTimeMax: new(int64(14400)),
			RestInfo: &checkin.OtRestInfo{Type: checkin.RestNone},
		}}
	}
	return &checkin.OtInfoV2{
		WorkdayConf: byPunches(), RestdayConf: byPunches(),
		HolidayConf: &checkin.OtConf{AllowOt: false, Type: new(int64(checkin.OTByApproval))},
	}
}
