package explain_test

import (
	"strings"
	"testing"

	"github.com/dakahq/daka/internal/attendance"
	"github.com/dakahq/daka/internal/explain"
)

// overtime is office with overtime by punches on working days: from half an
// hour after the end, half an hour at least, four hours at most, as time off,
// rounded to tenths of an hour.
func overtime() *attendance.Rule {
	r := office()
	r.Overtime.Conf[attendance.Workday] = attendance.OvertimeConf{
		Allowed: true, By: attendance.ByPunches, Start: 1800, Min: 1800, Max: 14400, Range: attendance.AfterWork,
		Rest: attendance.OvertimeRest{ByLength: []attendance.RestStep{{Length: 18000, Rest: 3600}}}, Credit: attendance.AsTimeOff,
	}
	r.Overtime.Unit = attendance.OvertimeUnit{Method: attendance.RoundHalfUp, Precision: 1}
	return r
}

func TestOtherDays(t *testing.T) {
	t.Parallel()
	stories := []story{
		{
			name: "night shift", rule: nights(), day: wednesday,
			tell: func(w *world) {
				w.person.Schedule = []attendance.Scheduled{{Day: wednesday, Shift: 23, Group: 2}}
				w.punch(wednesday, clock(9, 0, 0)) // nothing opens before 18:00
				w.punch(wednesday, clock(21, 50, 0))
				w.punch(wednesday, clock(30, 5, 0))
			},
			en: parts{
				explain.PartDay: {"a working day: the schedule has shift 23 “night”", "rule 2 “workshop”, with shifts, which names the member"},
				explain.PartPlan: {
					"22:00-+1 06:00: 28,800 s (8 h)", "22:00:00 on-card 22:00, taken at 18:00-+1 05:59",
					"+1 06:00:00 off-card +1 06:00, taken at 22:01-+1 10:00", "owed: 28,800 s (8 h)",
				},
				explain.PartTimeline: {
					"09:00:00 phone: unmatched: it lies in no day's windows",
					"21:50:00 phone: used: on-card 22:00", "+1 06:05:00 phone: used: off-card +1 06:00",
				},
				explain.PartVerdicts: {"nothing is wrong"},
				// 8:15 h
				explain.PartHours: {"+1 06:05:00 - 21:50:00 = 29,700 s (8 h 15 min)", "worked 29,700 s (8 h 15 min), owed 28,800 s (8 h)"},
			},
			zh: parts{
				explain.PartDay:   {"工作日：排班为班次 23“night”", "规则 2“workshop”，按班次上下班，直接包含该成员"},
				explain.PartHours: {"次日 06:05:00 - 21:50:00 = 29,700 秒（8 小时 15 分）", "出勤 29,700 秒（8 小时 15 分），应出勤 28,800 秒（8 小时）"},
			},
		},
		{
			// 2025-11-02 02:00 became 01:00 in New York: an hour more than the clock shows
			name: "night of the clock change", rule: nights(), day: attendance.DayOf(2025, 11, 1),
			tell: func(w *world) {
				zone, err := attendance.LoadZone("America/New_York")
				if err != nil {
					panic(err)
				}
				day := attendance.DayOf(2025, 11, 1)
				w.facts.Zone = zone
				w.person.Schedule = []attendance.Scheduled{{Day: day, Shift: 23, Group: 2}}
				w.punch(day, clock(22, 0, 0))
				w.punch(day, clock(30, 0, 0))
			},
			en: parts{explain.PartHours: {
				"+1 06:00:00 - 22:00:00 = 32,400 s (9 h); the clocks were changed in between", "worked 32,400 s (9 h), owed 28,800 s (8 h)",
			}},
			zh: parts{explain.PartHours: {
				"次日 06:00:00 - 22:00:00 = 32,400 秒（9 小时）；其间时钟有调整", "出勤 32,400 秒（9 小时），应出勤 28,800 秒（8 小时）",
			}},
		},
		{
			name: "free rule", rule: free(), day: wednesday,
			tell: func(w *world) {
				w.punch(wednesday, clock(10, 0, 0))
				w.punch(wednesday, clock(10, 4, 0)).Device = "A1"
				w.punch(wednesday, clock(15, 0, 0))
				w.punch(wednesday, clock(19, 30, 0))
				w.punch(wednesday, clock(4, 0, 0)) // before 05:00: Tuesday's
			},
			en: parts{
				explain.PartPlan: {
					"free hours: punches at 05:00-+1 04:59 belong to the day", "the first punch is on, and each later one replaces off",
					"an off-card must follow its on-card by 300 s (5 min)", "owed: 28,800 s (8 h)",
				},
				explain.PartTimeline: {
					"04:00:00 phone: counts for a day beside this one", "10:00:00 phone: used: on-card",
					"10:04:00 phone A1: superseded: it follows the on-card 10:00:00 by less than 300 s (5 min)",
					"15:00:00 phone: superseded: it lies between the first and the last punch", "19:30:00 phone: used: off-card",
				},
				// 9:30 h
				explain.PartHours: {"19:30:00 - 10:00:00 = 34,200 s (9 h 30 min)", "worked 34,200 s (9 h 30 min), owed 28,800 s (8 h)"},
			},
			zh: parts{explain.PartHours: {"19:30:00 - 10:00:00 = 34,200 秒（9 小时 30 分）", "出勤 34,200 秒（9 小时 30 分），应出勤 28,800 秒（8 小时）"}},
		},
		{
			name: "free rule, absent", rule: free(), day: wednesday, tell: func(*world) {},
			en: parts{
				explain.PartVerdicts: {"absent 28,800 s (8 h): a working day with free hours has no punch; owed: 28,800 s (8 h)"},
				explain.PartChanges:  {"absent: a punch or a correction in 05:00-+1 04:59 (members could ask until 2025-09-12)"},
			},
			zh: parts{explain.PartVerdicts: {"旷工 28,800 秒（8 小时）：自由上下班的工作日没有打卡；应出勤 28,800 秒（8 小时）"}},
		},
		{
			name: "overtime by punches is cut", rule: overtime(), day: wednesday,
			tell: func(w *world) { w.punch(wednesday, clock(9, 0, 0)); w.punch(wednesday, clock(24, 30, 0)) },
			en: parts{
				explain.PartOvertime: {
					"on working days the rule counts punches; after work only",
					"counting begins 1,800 s (30 min) after 18:00, at 18:30",
					// 18:30 to 00:30 is 6 h; five hours and more rest one; 5 h > 4 h
					"18:30-+1 00:30 = 21,600 s (6 h)",
					"rest: 21,600 - 3,600 = 18,000 s (5 h)",
					"18,000 is cut to the maximum of 14,400 s (4 h)",
					"overtime: 14,400 s (4 h); given as time off",
				},
			},
			zh: parts{
				explain.PartOvertime: {
					"规则在工作日按打卡计加班；仅下班后", "18:00 之后 1,800 秒（30 分），即 18:30 起计", "18:30-次日 00:30 = 21,600 秒（6 小时）",
					"扣除休息：21,600 - 3,600 = 18,000 秒（5 小时）", "18,000 按最长 14,400 秒（4 小时） 截取", "加班：14,400 秒（4 小时）；记为调休",
				},
			},
		},
		{
			name: "overtime under the minimum", rule: overtime(), day: wednesday,
			tell: func(w *world) { w.punch(wednesday, clock(9, 0, 0)); w.punch(wednesday, clock(18, 50, 0)) },
			en: parts{explain.PartOvertime: {
				"on working days the rule counts punches; after work only", "counting begins 1,800 s (30 min) after 18:00, at 18:30",
				"18:30-18:50 = 1,200 s (20 min)", "1,200 is less than the minimum of 1,800 s (30 min): 0 s", "no overtime: 0 s",
			}},
			zh: parts{explain.PartOvertime: {
				"规则在工作日按打卡计加班；仅下班后", "18:00 之后 1,800 秒（30 分），即 18:30 起计",
				"18:30-18:50 = 1,200 秒（20 分）", "1,200 少于最短 1,800 秒（30 分）：0 秒", "没有加班：0 秒",
			}},
		},
		{
			name: "no rule", day: wednesday,
			tell: func(w *world) {
				for h := range 3 {
					w.punch(wednesday, clock(9+h, 0, 0))
				}
			},
			en: parts{
				explain.PartDay:  {"no rule applies to the member: punches are kept and nothing is judged"},
				explain.PartPlan: {"nothing: the first and the last punch of the date are kept as cards"},
				explain.PartTimeline: {
					"09:00:00 phone: used: on-card", "10:00:00 phone: superseded: it lies between the first and the last punch", "11:00:00 phone: used: off-card",
				},
				explain.PartVerdicts: {"nothing is judged without a rule"},
				explain.PartHours:    nil,
				explain.PartOvertime: nil,
			},
			zh: parts{explain.PartDay: {"没有适用的打卡规则：只保留打卡，不作判定"}, explain.PartVerdicts: {"没有规则，不作判定"}},
		},
		{
			name: "holiday", rule: office(), day: national, tell: func(*world) {},
			en: parts{
				explain.PartDay: {
					"a day off: the public calendar has it off “国庆节” (one of the days that the law names), and the rule follows the calendar",
					"rule 1 “office”, with fixed times, which names the member",
				},
				explain.PartVerdicts: {"nothing is wrong"},
				explain.PartOvertime: {"the rule has no overtime on holidays"},
			},
			zh: parts{explain.PartDay: {
				"休息日：法定节假日历为放假“国庆节”（法律所列的节日），规则同步节假日", "规则 1“office”，固定时间上下班，直接包含该成员",
			}},
		},
		{
			name: "not scheduled", rule: nights(), day: national, tell: func(*world) {},
			en: parts{explain.PartDay: {
				"a day off: the rule works by shifts, and the schedule has nothing for the day", "rule 2 “workshop”, with shifts, which names the member",
				"the public calendar has an entry for the day “国庆节”, which the rule does not follow",
			}},
			zh: parts{explain.PartDay: {
				"休息日：按班次上下班，当天没有排班", "规则 2“workshop”，按班次上下班，直接包含该成员",
				"法定节假日历中有这一天“国庆节”，但规则不按它执行",
			}},
		},
	}
	for _, s := range stories {
		t.Run(s.name, s.run)
	}
}

func TestFlexibleDays(t *testing.T) {
	t.Parallel()
	flexible := office()
	flexible.Workday[0].Flex = attendance.Flex{ShiftEarly: 1800, ShiftLate: 3600}
	stays := office()
	stays.Workday[0].LateRule = []attendance.LateStep{{After: 3600, Allow: 1800}, {After: 7200, Allow: 3600}}
	biweekly := office()
	biweekly.Biweekly = true
	stories := []story{
		{
			name: "beyond the flexible start", rule: flexible, day: wednesday,
			tell: func(w *world) { w.punch(wednesday, clock(10, 30, 0)); w.punch(wednesday, clock(18, 0, 0)) },
			en: parts{
				explain.PartPlan: {
					"09:00-18:00 less rest 12:00-13:00: 28,800 s (8 h)", "09:00:00 on-card 09:00, taken at 04:00-17:59",
					"18:00:00 off-card 18:00, taken at 09:01-+1 03:59",
					"flexible: the first card may move the day by 1,800 s (30 min) to earlier and 3,600 s (1 h) to later",
					"the first card moves 09:00 to 10:00 and 18:00 to 19:00", "owed: 28,800 s (8 h)",
				},
				explain.PartVerdicts: {
					"10:30:00 late 1,800 s (30 min), on-card 09:00: the minute of the on-card is after the latest flexible start; " +
						"the first card moved 09:00 to 10:00; 10:30 - 10:00 = 1,800 s (30 min); no tolerance",
					"18:00:00 early 3,600 s (1 h), off-card 18:00: the minute of the off-card is before the time owed; " +
						"the first card moved 18:00 to 19:00; 19:00 - 18:00 = 3,600 s (1 h); no tolerance",
				},
				explain.PartChanges: {
					"10:30:00 late 09:00: a correction of the on-card 09:00 to 10:00 or before (members could ask until 2025-09-12)",
					"10:30:00 late 09:00: an approved leave, trip or outing that covers 09:00-10:30",
					"10:30:00 late 09:00: a flexible start up to 5,400 s (1 h 30 min) later (max_allow_arrive_late)",
					// 10:30 - 09:00
					"10:30:00 late 09:00: undocumented: option flex_overflow_base is flex_limit; with schedule it is 5,400 s (1 h 30 min)",
					// left at 18:00, which is the rule's own end: no leave can be after it
					"18:00:00 early 18:00: a correction of the off-card 18:00 to 19:00 or after (members could ask until 2025-09-12)",
				},
			},
			zh: parts{explain.PartPlan: {
				"09:00-18:00，扣除休息 12:00-13:00：28,800 秒（8 小时）", "09:00:00 上班卡 09:00，可在 04:00-17:59 打卡",
				"18:00:00 下班卡 18:00，可在 09:01-次日 03:59 打卡", "弹性：第一张卡可使当天最多提前 1,800 秒（30 分）、推后 3,600 秒（1 小时）",
				"第一张卡使 09:00 变为 10:00，18:00 变为 19:00", "应出勤：28,800 秒（8 小时）",
			}},
		},
		{
			name: "late after a late evening", rule: stays, day: wednesday,
			tell: func(w *world) {
				w.punch(wednesday-1, clock(9, 0, 0))
				w.punch(wednesday-1, clock(19, 10, 0))
				w.punch(wednesday, clock(9, 31, 0))
				w.punch(wednesday, clock(18, 0, 0))
			},
			en: parts{
				explain.PartPlan: {
					"09:00-18:00 less rest 12:00-13:00: 28,800 s (8 h)", "09:00:00 on-card 09:00, taken at 04:00-17:59",
					"18:00:00 off-card 18:00, taken at 09:01-+1 03:59",
					"who stays 3,600 s (1 h) past the end may come 1,800 s (30 min) late the next day",
					"who stays 7,200 s (2 h) past the end may come 3,600 s (1 h) late the next day",
					// 19:10 - 18:00 = 70 min
					"earned: 4,200 s (1 h 10 min) past the end on the day before allows a card 1,800 s (30 min) after 09:00",
					"owed: 28,800 s (8 h)",
				},
				explain.PartVerdicts: {"09:31:00 late 1,860 s (31 min), on-card 09:00: the minute of the on-card is after the time owed; " +
					"09:31 - 09:00 = 1,860 s (31 min); more than the tolerance of 1,800 s (30 min); counted from the time owed (option late_base)"},
				explain.PartChanges: {
					"09:31:00 late 09:00: a correction of the on-card 09:00 to 09:30 or before (members could ask until 2025-09-12)",
					"09:31:00 late 09:00: an approved leave, trip or outing that covers 09:00-09:31",
					"09:31:00 late 09:00: a tolerance for lateness of 2,100 s (35 min) (flex_on_duty_time)",
					"09:31:00 late 09:00: an off-card 7,200 s (2 h) past the end on the day before, which allows 3,600 s (1 h)",
					"09:31:00 late 09:00: undocumented: option late_base is schedule; with grace it is 60 s (1 min)",
				},
			},
			zh: parts{explain.PartVerdicts: {"09:31:00 迟到 1,860 秒（31 分），上班卡 09:00：上班卡的分钟晚于应打卡时间；" +
				"09:31 - 09:00 = 1,860 秒（31 分）；超过宽限 1,800 秒（30 分）；从应打卡时间计起（选项 late_base）"}},
		},
		{
			// 2025-09-13 is in week 89 since 2024-01-01, 2025-09-10 as well
			name: "odd week, still open", rule: biweekly, day: wednesday,
			tell: func(w *world) {
				w.facts.AsOf = w.facts.Zone.At(wednesday, 12*hour)
				w.punch(wednesday, clock(8, 50, 0))
			},
			en: parts{
				explain.PartDay: {
					"a working day: Wednesday is one by the rule, in week 89, an odd one", "rule 1 “office”, with fixed times, which names the member",
					"provisional: the day's last window is open until +1 03:59",
					"withheld until then: missing card, absent (option provisional_day_hides)",
				},
				explain.PartVerdicts: {"nothing is wrong so far"},
			},
			zh: parts{explain.PartDay: {
				"工作日：按规则星期三上班，第 89 周，单周", "规则 1“office”，固定时间上下班，直接包含该成员",
				"暂定：当天最后的打卡时段到 次日 03:59 才结束", "在此之前不显示：缺卡、旷工（选项 provisional_day_hides）",
			}},
		},
	}
	for _, s := range stories {
		t.Run(s.name, s.run)
	}
}

func TestRequestsThatDoNotCount(t *testing.T) {
	t.Parallel()
	w := newWorld(t, office(), wednesday)
	for i, status := range []attendance.ApprovalStatus{attendance.Pending, attendance.Revoked, attendance.Passed} {
		w.request(attendance.LeaveApproval, wednesday, clock(9, 0, 0), clock(18, 0, 0))
		w.person.Approvals[i].States = []attendance.ApprovalState{{KnownAt: w.facts.AsOf, Status: status}}
	}
	w.facts.Options.Calibrate = attendance.CalibrateNextDay
	text, _ := w.explain(wednesday, explain.English)
	lines := strings.Join(linesOf(text, explain.PartApprovals), "\n")
	for _, want := range []string{
		"pending: it does not count", "revoked after approval: it does not count",
		"approved: it counts from the midnight after its approval (option calibrate)",
	} {
		if !strings.Contains(lines, want) {
			t.Errorf("no %q in\n%s", want, lines)
		}
	}
}

func TestNoReport(t *testing.T) {
	t.Parallel()
	w := newWorld(t, office(), wednesday)
	w.person.Joined, w.person.Left = wednesday, wednesday+1
	tests := []struct {
		name string
		day  attendance.Day
		want string
	}{
		{"before joining", wednesday - 1, "no report: the member's first day is 2025-09-10"},
		{"after leaving", wednesday + 2, "no report: the member's last day was 2025-09-11"},
		{"without a rule", wednesday, "no report: no rule applies to the member, or white lists except the member from every one, and there is no punch"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			text := explain.NoReport(&w.facts, &w.person, tt.day, explain.English)
			if got := linesOf(text, explain.PartDay); len(got) != 1 || got[0] != tt.want {
				t.Errorf("got %q, want %q", got, tt.want)
			}
		})
	}
	w2 := newWorld(t, office(), wednesday)
	text := explain.NoReport(&w2.facts, &w2.person, wednesday+4, explain.Chinese)
	if got := linesOf(text, explain.PartDay); len(got) != 1 || got[0] != "没有日报：这一天还没有开始" {
		t.Errorf("got %q", got)
	}
}

func TestInClosedMonth(t *testing.T) {
	t.Parallel()
	w := newWorld(t, office(), wednesday)
	text, _ := w.explain(wednesday, explain.English)
	before, after := linesOf(text, explain.PartDay), linesOf(text.InClosedMonth(), explain.PartDay)
	if len(after) != len(before)+1 || !strings.HasPrefix(after[len(before)], "the month is closed") {
		t.Errorf("got %q", after)
	}
	if len(linesOf(text, explain.PartDay)) != len(before) {
		t.Error("the text itself changed")
	}
}
