package qyapi_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/dakahq/daka/checkin"
	"github.com/dakahq/daka/internal/attendance"
	"github.com/dakahq/daka/internal/store"
	"github.com/dakahq/daka/internal/store/storetest"
	"github.com/dakahq/daka/wecom"
)

const (
	setSchedule = "/cgi-bin/checkin/setcheckinschedulist"
	correct     = "/cgi-bin/checkin/punch_correction"
)

// Records are stored all or none, and a repeat is no second punch.
func TestAddRecordsIsOneThing(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		f := newFixture(t, db, false)
		f.clock.Store(stamp(5, 23, 0))
		stored := func() int {
			t.Helper()
			records, err := f.app.DeviceRecords(t.Context(), f.corp, []attendance.UserID{"alice", "bob"}, 0, stamp(6, 0, 0), false)
			must(t, err)
			return len(records)
		}
		good := strings.TrimSuffix(punches("alice", stamp(5, 9, 0), stamp(5, 18, 0)), "]}")
		for _, bad := range []string{
			`{"userid":"zed","checkin_time":1,"location_title":"a","location_detail":"b","device_type":1,"device_detail":"c"}`,
			fmt.Sprintf(`{"userid":"bob","checkin_time":%d,"location_title":"a","location_detail":"b","device_type":1,"device_detail":"c"}`, stamp(7, 0, 0)),
			`{"userid":"bob"}`,
		} {
			if code, _, _ := f.raw(addRecord, good+","+bad+"]}"); code == 0 || stored() != 0 {
				t.Errorf("%s: %d, %d stored", bad, code, stored())
			}
		}
		for range 2 {
			if code, errmsg, _ := f.raw(addRecord, good+"]}"); code != 0 || errmsg != "ok" || stored() != 2 {
				t.Errorf("%d %s, %d stored, want 2", code, errmsg, stored())
			}
		}
	})
}

// The documented form of days and the one with seconds, both for days to come
// alone, all or none.
func TestSetSchedules(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		f := newFixture(t, db, false)
		office, shifts := f.addRule(officeRule), f.addRule(shiftRule)
		plan := func() (days []string) {
			t.Helper()
			answer, err := f.checkin().ScheduleList(t.Context(), checkin.ScheduleListRequest{
				StartTime: stamp(1, 0, 0), EndTime: stamp(31, 0, 0), UserIDList: []string{"carol", "alice"}, GroupID: shifts,
			})
			must(t, err)
			for _, m := range answer.ScheduleList {
				for _, d := range m.Schedule.ScheduleList {
					days = append(days, fmt.Sprintf("%s %d %d %s %d", m.UserID, m.YearMonth, d.Day, d.ScheduleInfo.ScheduleName, len(d.ScheduleInfo.TimeSection)))
				}
			}
			return days
		}
		for _, tt := range []struct {
			name, body string
			want       wecom.Code
			plan       []string // afterwards
		}{
			{"today", fmt.Sprintf(`{"groupid":%d,"yearmonth":202601,"items":[{"userid":"carol","day":6,"schedule_id":1},{"userid":"carol","day":5,"schedule_id":1}]}`, shifts), 301073, nil},
			{"no such shift", fmt.Sprintf(`{"groupid":%d,"yearmonth":202601,"items":[{"userid":"carol","day":6,"schedule_id":1},{"userid":"carol","day":7,"schedule_id":9}]}`, shifts), 301075, nil},
			{"unknown user", fmt.Sprintf(`{"groupid":%d,"yearmonth":202601,"items":[{"userid":"carol","day":6,"schedule_id":1},{"userid":"zed","day":7,"schedule_id":1}]}`, shifts), 301021, nil},
			{"no shift rule", fmt.Sprintf(`{"groupid":%d,"yearmonth":202601,"items":[{"userid":"carol","day":6,"schedule_id":1}]}`, office), 301089, nil},
			{"as documented", fmt.Sprintf(`{"groupid":%d,"yearmonth":202601,"items":[{"userid":"Carol","day":6,"schedule_id":1},{"userid":"carol","day":7,"schedule_id":0}]}`, shifts), 0,
				[]string{"carol 202601 6 早班 1", "carol 202601 7 休息 0"}},
			{"with seconds", fmt.Sprintf(`{"group_id":%d,"items":[{"userid":"carol","day":%d,"schedule_id":2}]}`, shifts, stamp(8, 0, 0)), 0,
				[]string{"carol 202601 6 早班 1", "carol 202601 7 休息 0", "carol 202601 8 零点 1"}},
			{"the same day twice", fmt.Sprintf(`{"groupid":%d,"yearmonth":"202601","items":[{"userid":"carol","day":"8","schedule_id":1},{"userid":"carol","day":8,"schedule_id":0}]}`, shifts), 0,
				[]string{"carol 202601 6 早班 1", "carol 202601 7 休息 0", "carol 202601 8 休息 0"}},
		} {
			if code, errmsg, _ := f.raw(setSchedule, tt.body); code != tt.want {
				t.Errorf("%s: %d %s, want %d", tt.name, code, errmsg, tt.want)
			}
			if diff := cmp.Diff(tt.plan, plan()); diff != "" {
				t.Errorf("%s (-want +got):\n%s", tt.name, diff)
			}
		}
	})
}

// A card missing at 18:00 after a punch at 09:00, corrected to 18:00: 9 h less
// 1 h of rest = 28800 s worked and no exception left.
func TestPunchCorrection(t *testing.T) {
	t.Parallel()
	forms := map[attendance.CorpID]string{
		"documented": fmt.Sprintf(`{"userid":"ALICE","schedule_date_time":%d,"schedule_checkin_time":64800,"checkin_time":%d,"remark":"忘记"}`, stamp(5, 0, 0), stamp(5, 18, 0)),
		"short":      fmt.Sprintf(`{"userid":"alice","day":%d,"offset":64800,"remark":""}`, stamp(5, 0, 0)),
	}
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		for name, body := range forms {
			f := newCorp(t, db, name, false)
			f.addRule(officeRule)
			f.clock.Store(stamp(5, 23, 0))
			f.raw(addRecord, punches("alice", stamp(5, 9, 0)))
			if code, errmsg, _ := f.raw(correct, body); code != 0 {
				t.Errorf("%s: %d %s", name, code, errmsg)
			}
			answer, err := f.checkin().DayData(t.Context(), checkin.DayDataRequest{
				StartTime: stamp(5, 0, 0), EndTime: stamp(5, 0, 0), UserIDList: []string{"alice"},
			})
			must(t, err)
			if d := answer.Datas; len(d) != 1 || len(d[0].ExceptionInfos) != 0 || d[0].SummaryInfo.RegularWorkSec != 28800 {
				t.Errorf("%s: %+v", name, d)
			}
		}
	})
}

func TestPunchCorrectionRefuses(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		f := newFixture(t, db, false)
		f.addRule(officeRule)
		group := f.addRule(shiftRule)
		f.raw(setSchedule, fmt.Sprintf(`{"groupid":%d,"yearmonth":202601,"items":[{"userid":"carol","day":6,"schedule_id":2}]}`, group))
		f.clock.Store(stamp(11, 12, 0)) // Sunday
		for _, tt := range []struct {
			name         string
			user         string
			day          int
			due          string
			hour, minute int
			want         wecom.Code
		}{
			{"no slot", "alice", 5, `"schedule_checkin_time":36000,`, 10, 0, 301080},
			{"outside the window", "alice", 5, `"schedule_checkin_time":64800,`, 14, 0, 301081},
			{"a rest day", "alice", 10, `"schedule_checkin_time":64800,`, 18, 0, 301082},
			{"to come", "alice", 12, `"schedule_checkin_time":32400,`, 9, 0, 301083},
			{"nothing due named", "alice", 5, ``, 9, 0, 301080},
			{"0 where no slot is at 00:00", "alice", 5, `"schedule_checkin_time":0,`, 9, 0, 301080},
			{"0 where a slot is", "carol", 6, `"schedule_checkin_time":0,`, 0, 30, 0},
			{"outside that slot's window", "carol", 6, `"schedule_checkin_time":0,`, 5, 0, 301081},
		} {
			body := fmt.Sprintf(`{"userid":%q,"schedule_date_time":%d,%s"checkin_time":%d}`, tt.user, stamp(tt.day, 0, 0), tt.due, stamp(tt.day, tt.hour, tt.minute))
			if code, errmsg, _ := f.raw(correct, body); code != tt.want {
				t.Errorf("%s: %d %s, want %d", tt.name, code, errmsg, tt.want)
			}
		}
	})
}
