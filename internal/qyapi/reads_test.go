package qyapi_test

import (
	"encoding/json"
	"fmt"
	"maps"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"github.com/dakahq/daka/checkin"
	"github.com/dakahq/daka/internal/store"
	"github.com/dakahq/daka/internal/store/storetest"
)

// Punches at 09:05 and 18:30 under 09:00 to 18:00 with a rest from 12:00 to
// 13:00: late by 5 x 60 = 300 s, worked 9 h 25 min less 1 h = 30300 s of 28800
// due.
func TestDayAndMonthData(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		f := newFixture(t, db, false)
		group := f.addRule(officeRule)
		f.clock.Store(stamp(5, 23, 0))
		if code, errmsg, _ := f.raw(addRecord, punches("ALICE", stamp(5, 9, 5), stamp(5, 18, 30))); code != 0 {
			t.Fatal(code, errmsg)
		}
		days, err := f.checkin().DayData(t.Context(), checkin.DayDataRequest{
			StartTime: stamp(5, 0, 0), EndTime: stamp(5, 0, 0), UserIDList: []string{"alice", "carol"},
		})
		must(t, err)
		late := checkin.List[checkin.ExceptionInfo]{{Exception: checkin.ExceptionLate, Count: 1, Duration: 300}}
		items := checkin.List[checkin.SPItem]{{Type: checkin.SPFieldWork, Name: "外勤次数"}}
		want := checkin.List[checkin.DayData]{{
			BaseInfo: checkin.DayBaseInfo{
				Date: stamp(5, 0, 0), RecordType: checkin.RecordFixed, Name: "爱丽丝", NameEx: "Alice", DepartsName: "大卡/研发", AcctID: "alice",
				RuleInfo: checkin.DayRuleInfo{GroupID: group, GroupName: "坐班", CheckinTime: checkin.List[checkin.WorkTime]{{WorkSec: 32400, OffWorkSec: 64800}}},
			},
			SummaryInfo:  checkin.DaySummaryInfo{CheckinCount: 2, RegularWorkSec: 30300, StandardWorkSec: 28800, EarliestTime: 32700, LatestTime: 66600},
			HolidayInfos: checkin.List[checkin.HolidayInfo]{}, ExceptionInfos: late, SPItems: items,
			OTInfo: checkin.OTInfo{ExceptionDuration: checkin.List[int64]{}},
		}}
		// What overtime is credited as may be missing.
		credits := cmpopts.IgnoreFields(checkin.OTInfo{}, "WorkdayOverAsVacation", "WorkdayOverAsMoney",
			"RestdayOverAsVacation", "RestdayOverAsMoney", "HolidayOverAsVacation", "HolidayOverAsMoney")
		if diff := cmp.Diff(want, days.Datas, credits); diff != "" {
			t.Errorf("day (-want +got):\n%s", diff)
		}
		months, err := f.checkin().MonthData(t.Context(), checkin.MonthDataRequest{
			StartTime: stamp(5, 0, 0), EndTime: stamp(5, 0, 0), UserIDList: []string{"alice"},
		})
		must(t, err)
		wantMonth := checkin.List[checkin.MonthData]{{
			BaseInfo: checkin.MonthBaseInfo{
				RecordType: checkin.RecordFixed, Name: "爱丽丝", NameEx: "Alice", DepartsName: "大卡/研发", AcctID: "alice",
				RuleInfo: checkin.MonthRuleInfo{GroupID: group, GroupName: "坐班"},
			},
			SummaryInfo:    checkin.MonthSummaryInfo{WorkDays: 1, ExceptDays: 1, RegularWorkSec: 30300, StandardWorkSec: 28800},
			ExceptionInfos: late, SPItems: items,
		}}
		if diff := cmp.Diff(wantMonth, months.Datas, cmpopts.IgnoreFields(checkin.OverworkInfo{}, "HolidaysOverSec")); diff != "" {
			t.Errorf("month (-want +got):\n%s", diff)
		}
	})
}

// A start that begins no day has no reports, and is no error.
func TestDaysThatBeginInTheMiddle(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		f := newFixture(t, db, false)
		f.addRule(officeRule)
		for _, path := range []string{dayData, monthData} {
			body := fmt.Sprintf(`{"starttime":%d,"endtime":%d,"useridlist":["alice"]}`, stamp(5, 0, 1), stamp(5, 0, 1))
			if code, _, answer := f.raw(path, body); code != 0 || string(answer["datas"]) != "[]" {
				t.Errorf("%s: %d %s", path, code, answer["datas"])
			}
		}
		// Thirty days of 86,400 s are 31 days, both ends included.
		body := fmt.Sprintf(`{"starttime":%d,"endtime":%d,"useridlist":["alice"]}`, stamp(5, 0, 0), stamp(5, 0, 0)+30*86400)
		_, _, answer := f.raw(dayData, body)
		var datas []checkin.DayData
		must(t, json.Unmarshal(answer["datas"], &datas))
		if len(datas) == 0 || datas[0].BaseInfo.Date != stamp(5, 0, 0) {
			t.Errorf("%d reports", len(datas))
		}
		// The first and the last days there are.
		for _, day := range []int64{57600, time.Date(2199, 12, 31, 0, 0, 0, 0, china).Unix()} {
			body := fmt.Sprintf(`{"starttime":%d,"endtime":%d,"useridlist":["alice"]}`, day, day)
			if code, errmsg, _ := f.raw(dayData, body); code != 0 {
				t.Errorf("day %d: %d %s", day, code, errmsg)
			}
		}
	})
}

// Both ends of a window of punches belong to it; a night's punch is found by
// its own time.
func TestCheckinData(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		f := newFixture(t, db, false)
		group := f.addRule(officeRule)
		f.clock.Store(stamp(5, 23, 0))
		f.raw(addRecord, punches("alice", stamp(5, 9, 5), stamp(5, 18, 30)))
		records := func(kind, from, to int64) []int64 {
			answer, err := f.checkin().Records(t.Context(), checkin.RecordsRequest{
				OpenCheckinDataType: kind, StartTime: from, EndTime: to, UserIDList: []string{"alice"},
			})
			must(t, err)
			var at []int64
			for _, r := range answer.Records {
				at = append(at, r.CheckinTime)
			}
			return at
		}
		on, off := stamp(5, 9, 5), stamp(5, 18, 30)
		for _, tt := range []struct {
			name           string
			kind, from, to int64
			want           []int64
		}{
			{"both ends", checkin.AllPunches, on, off, []int64{on, off}},
			{"one second in", checkin.DutyPunches, on + 1, off, []int64{off}},
			{"one second less", checkin.DutyPunches, on, off - 1, []int64{on}},
			{"outside alone", checkin.OutsidePunches, on, off, nil},
		} {
			if diff := cmp.Diff(tt.want, records(tt.kind, tt.from, tt.to)); diff != "" {
				t.Errorf("%s (-want +got):\n%s", tt.name, diff)
			}
		}
		answer, err := f.checkin().Records(t.Context(), checkin.RecordsRequest{
			OpenCheckinDataType: 3, StartTime: on, EndTime: on + 1, UserIDList: []string{"Alice"},
		})
		must(t, err)
		want := checkin.Record{
			UserID: "alice", GroupName: "坐班", GroupID: group, CheckinType: checkin.TypeOn, ExceptionType: checkin.WrongTime, CheckinTime: on,
			LocationTitle: "大门", LocationDetail: "一楼", MediaIDs: checkin.List[string]{}, DeviceID: "ZK", SchCheckinTime: stamp(5, 9, 0), TimelineID: 1,
		}
		if diff := cmp.Diff(checkin.List[checkin.Record]{want}, answer.Records); diff != "" {
			t.Errorf("record (-want +got):\n%s", diff)
		}
	})
}

// Both paths answer the same; who does not exist is passed over.
func TestHardware(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		f := newFixture(t, db, false)
		f.clock.Store(stamp(5, 23, 0))
		f.raw(addRecord, punches("carol", stamp(5, 3, 0)))
		for _, path := range []string{"/cgi-bin/hardware/get_hardware_checkin_data", "/cgi-bin/checkin/get_hardware_checkin_data"} {
			for filter, want := range map[int]string{
				0: fmt.Sprintf(`[{"userid":"carol","checkin_time":%d,"device_sn":"ZK","device_name":"ZK"}]`, stamp(5, 3, 0)),
				1: fmt.Sprintf(`[{"userid":"carol","checkin_time":%d,"device_sn":"ZK","device_name":"ZK"}]`, stamp(5, 3, 0)),
				2: `[]`, // it was received at 23:00
			} {
				body := fmt.Sprintf(`{"filter_type":%d,"starttime":%d,"endtime":%d,"useridlist":["nobody","CAROL"]}`, filter, stamp(5, 2, 0), stamp(5, 4, 0))
				if code, _, answer := f.raw(path, body); code != 0 || string(answer["checkindata"]) != want {
					t.Errorf("%s filter %d: %d %s, want %s", path, filter, code, answer["checkindata"], want)
				}
			}
		}
	})
}

// keys returns the paths of all members of a JSON value: a.b, and a[].b below lists.
func keys(value any, at string, into map[string]bool) {
	switch v := value.(type) {
	case map[string]any:
		for name, member := range v {
			path := strings.TrimPrefix(at+"."+name, ".")
			into[path] = true
			keys(member, path, into)
		}
	case []any:
		for _, element := range v {
			keys(element, at+"[]", into)
		}
	}
}

// The names of sections 5.1 and 5.6 to 5.8 of the protocol, those that are
// misspelled on the wire included.
func TestNamesOnTheWire(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		f := newFixture(t, db, false)
		f.addRule(officeRule)
		group := f.addRule(shiftRule)
		f.raw("/cgi-bin/checkin/setcheckinschedulist", fmt.Sprintf(`{"groupid":%d,"yearmonth":202601,"items":[{"userid":"carol","day":6,"schedule_id":1}]}`, group))
		f.clock.Store(stamp(6, 23, 0))
		f.raw(addRecord, punches("alice", stamp(5, 9, 5), stamp(5, 18, 30)))
		window := fmt.Sprintf(`{"opencheckindatatype":3,"starttime":%d,"endtime":%d,"useridlist":["alice","carol"]}`, stamp(5, 0, 0), stamp(6, 0, 0))
		for _, tt := range []struct{ path, always, optional string }{
			{getData, `errcode errmsg checkindata checkindata[].userid checkindata[].groupname checkindata[].checkin_type
				checkindata[].exception_type checkindata[].checkin_time checkindata[].location_title checkindata[].location_detail
				checkindata[].wifiname checkindata[].notes checkindata[].wifimac checkindata[].mediaids checkindata[].deviceid
				checkindata[].sch_checkin_time checkindata[].groupid checkindata[].schedule_id checkindata[].timeline_id`, ``},
			{dayData, `errcode errmsg datas datas[].base_info datas[].base_info.date datas[].base_info.record_type
				datas[].base_info.name datas[].base_info.name_ex datas[].base_info.departs_name datas[].base_info.acctid
				datas[].base_info.day_type datas[].base_info.rule_info datas[].base_info.rule_info.groupid
				datas[].base_info.rule_info.groupname datas[].base_info.rule_info.scheduleid datas[].base_info.rule_info.schedulename
				datas[].base_info.rule_info.checkintime datas[].base_info.rule_info.checkintime[].work_sec
				datas[].base_info.rule_info.checkintime[].off_work_sec datas[].summary_info datas[].summary_info.checkin_count
				datas[].summary_info.regular_work_sec datas[].summary_info.standard_work_sec datas[].summary_info.earliest_time
				datas[].summary_info.lastest_time datas[].holiday_infos datas[].exception_infos datas[].exception_infos[].count
				datas[].exception_infos[].duration datas[].exception_infos[].exception datas[].ot_info datas[].ot_info.ot_status
				datas[].ot_info.ot_duration datas[].ot_info.exception_duration datas[].sp_items datas[].sp_items[].count
				datas[].sp_items[].duration datas[].sp_items[].time_type datas[].sp_items[].type datas[].sp_items[].vacation_id
				datas[].sp_items[].name`,
				`datas[].ot_info.workday_over_as_vacation datas[].ot_info.workday_over_as_money datas[].ot_info.restday_over_as_vacation
				datas[].ot_info.restday_over_as_money datas[].ot_info.holiday_over_as_vacation datas[].ot_info.holiday_over_as_money`},
			{monthData, `errcode errmsg datas datas[].base_info datas[].base_info.record_type datas[].base_info.name
				datas[].base_info.name_ex datas[].base_info.departs_name datas[].base_info.acctid datas[].base_info.rule_info
				datas[].base_info.rule_info.groupid datas[].base_info.rule_info.groupname datas[].summary_info
				datas[].summary_info.work_days datas[].summary_info.regular_days datas[].summary_info.rest_days
				datas[].summary_info.except_days datas[].summary_info.regular_work_sec datas[].summary_info.standard_work_sec
				datas[].exception_infos datas[].exception_infos[].count datas[].exception_infos[].duration
				datas[].exception_infos[].exception datas[].sp_items datas[].sp_items[].count datas[].sp_items[].duration
				datas[].sp_items[].time_type datas[].sp_items[].type datas[].sp_items[].vacation_id datas[].sp_items[].name
				datas[].overwork_info datas[].overwork_info.workday_over_sec datas[].overwork_info.restdays_over_sec
				datas[].overwork_info.workdays_over_as_vacation datas[].overwork_info.workdays_over_as_money
				datas[].overwork_info.restdays_over_as_vacation datas[].overwork_info.restdays_over_as_money
				datas[].overwork_info.holidays_over_as_vacation datas[].overwork_info.holidays_over_as_money`,
				`datas[].overwork_info.holidays_over_sec`},
			{"/cgi-bin/checkin/getcheckinschedulist", `errcode errmsg schedule_list schedule_list[].userid schedule_list[].yearmonth
				schedule_list[].groupid schedule_list[].groupname schedule_list[].schedule schedule_list[].schedule.scheduleList
				schedule_list[].schedule.scheduleList[].day schedule_list[].schedule.scheduleList[].schedule_info
				schedule_list[].schedule.scheduleList[].schedule_info.schedule_id
				schedule_list[].schedule.scheduleList[].schedule_info.schedule_name
				schedule_list[].schedule.scheduleList[].schedule_info.time_section
				schedule_list[].schedule.scheduleList[].schedule_info.time_section[].id
				schedule_list[].schedule.scheduleList[].schedule_info.time_section[].work_sec
				schedule_list[].schedule.scheduleList[].schedule_info.time_section[].off_work_sec
				schedule_list[].schedule.scheduleList[].schedule_info.time_section[].remind_work_sec
				schedule_list[].schedule.scheduleList[].schedule_info.time_section[].remind_off_work_sec`, ``},
		} {
			_, text := f.do(http.MethodPost, tt.path, url.Values{"access_token": {f.token("checkin")}}, strings.NewReader(window))
			var answer any
			must(t, json.Unmarshal(text, &answer))
			got := map[string]bool{}
			keys(answer, "", got)
			for _, name := range strings.Fields(tt.optional) {
				delete(got, name)
			}
			want := slices.Sorted(slices.Values(strings.Fields(tt.always)))
			if diff := cmp.Diff(want, slices.Sorted(maps.Keys(got))); diff != "" {
				t.Errorf("%s (-want +got):\n%s\n%s", tt.path, diff, text)
			}
			if strings.Contains(string(text), "null") {
				t.Errorf("%s has a null: %s", tt.path, text)
			}
		}
	})
}
