package sample

import (
	"testing"

	"github.com/dakahq/daka/checkin"
)

// The rules keep the limits that add_checkin_option sets (document 98041).
func TestRulesKeepWeComsLimits(t *testing.T) {
	t.Parallel()
	for name, r := range map[string]*checkin.RuleWrite{"office": officeRule(), "workshop": workshopRule(), "market": marketRule()} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if n := len([]rune(*r.GroupName)); n < 1 || n > 40 {
				t.Errorf("groupname has %d characters", n)
			}
			if len(r.WifimacInfos)+len(r.LocInfos) == 0 {
				t.Error("no place")
			}
			if ot := r.OtInfoV2; ot.WorkdayConf == nil || ot.RestdayConf == nil || ot.HolidayConf == nil {
				t.Error("a part of ot_info_v2 is missing")
			}
			ids := map[int64]bool{}
			for _, d := range r.CheckinDate {
				checkSections(t, d.CheckinTime, ids)
			}
			for i, s := range r.ScheduleList {
				if rest := i == 0; rest != (len(s.TimeSection) == 0) || rest && (s.ScheduleID != 0 || s.ScheduleName != "休息") {
					t.Errorf("shift %d: %+v", i, s)
				}
				checkSections(t, s.TimeSection, ids)
				for _, sec := range s.TimeSection {
					if *sec.EarliestWorkSec < sec.WorkSec-4*3600 {
						t.Errorf("shift %d opens more than 4 h before work", i)
					}
				}
			}
			if shift := *r.GroupType == checkin.GroupShift; shift != (len(r.CheckinDate) == 0) || shift != (len(r.ScheduleList) > 0) {
				t.Error("checkindate and schedulelist do not fit the type")
			}
		})
	}
}

func checkSections(t *testing.T, sections []checkin.Section, ids map[int64]bool) {
	t.Helper()
	for i, s := range sections {
		if id := *s.TimeID; id < 1 || id >= 99999 || ids[id] {
			t.Errorf("time_id %d is out of range or not the only one", id)
		}
		ids[*s.TimeID] = true
		onFrom, onTo, offFrom, offTo := *s.EarliestWorkSec, *s.LatestWorkSec, *s.EarliestOffWorkSec, *s.LatestOffWorkSec
		if onFrom < 0 || onFrom >= s.WorkSec || s.WorkSec >= onTo || onTo >= s.OffWorkSec {
			t.Errorf("section %d: on-duty window %d to %d around %d", i, onFrom, onTo, s.WorkSec)
		}
		if offFrom <= s.WorkSec || offFrom >= s.OffWorkSec || offTo < s.OffWorkSec || offTo >= s.OffWorkSec+86400 {
			t.Errorf("section %d: off-duty window %d to %d around %d", i, offFrom, offTo, s.OffWorkSec)
		}
		if i > 0 && onFrom <= *sections[i-1].LatestOffWorkSec {
			t.Errorf("section %d overlaps the one before", i)
		}
		if s.AllowRest != nil && (*s.RestBeginTime <= s.WorkSec || *s.RestEndTime >= s.OffWorkSec || *s.RestBeginTime >= *s.RestEndTime) {
			t.Errorf("section %d: rest from %d to %d", i, *s.RestBeginTime, *s.RestEndTime)
		}
	}
}
