package qyapi_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

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
		if diff := cmp.Diff(want, days.Datas); diff != "" {
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
		if diff := cmp.Diff(wantMonth, months.Datas); diff != "" {
			t.Errorf("month (-want +got):\n%s", diff)
		}
	})
}
