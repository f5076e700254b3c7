package explain_test

import (
	"testing"

	"github.com/dakahq/daka/internal/attendance"
	"github.com/dakahq/daka/internal/explain"
)

// Overtime of a day whose times moved, and what two days could both count.
func TestOvertimeOfOtherDaysWords(t *testing.T) {
	t.Parallel()
	flexible := overtime()
	flexible.Workday[0].Flex.ShiftLate = 2 * hour
	// On Saturdays approved time counts as it is; on working days time with cards.
	mixed := overtime()
	mixed.Overtime.Conf[attendance.Workday].By = attendance.ByBoth
	mixed.Overtime.Conf[attendance.RestDay] = attendance.OvertimeConf{Allowed: true, By: attendance.ByRequests}
	friday := wednesday + 2
	// Monday's window opens at 04:00: what was approved before that is asked of Sunday.
	rests := overtime()
	rests.Overtime.Conf[attendance.RestDay] = attendance.OvertimeConf{Allowed: true, By: attendance.ByBoth}
	stayed := func(w *world) {
		w.punch(friday, clock(9, 0, 0))
		w.punch(friday, clock(26, 0, 0))
		w.request(attendance.OvertimeApproval, friday, clock(24, 0, 0), clock(27, 0, 0))
	}
	stories := []story{
		{
			name: "who came two hours later", rule: flexible, day: wednesday,
			tell: func(w *world) { w.punch(wednesday, clock(11, 0, 0)); w.punch(wednesday, clock(21, 30, 0)) },
			en: parts{explain.PartOvertime: {
				"on working days the rule counts punches; after work only",
				"with the flexible start the day went from 11:00 to 20:00: what lies outside that counts (option ot_flex_base)",
				"counting begins 1,800 s (30 min) after 20:00, at 20:30",
				"20:30-21:30 = 3,600 s (1 h)", "overtime: 3,600 s (1 h); given as time off",
			}},
			zh: parts{explain.PartOvertime: {
				"规则在工作日按打卡计加班；仅下班后",
				"弹性上下班后当天为 11:00 至 20:00，在此之外的时间计加班（选项 ot_flex_base）",
				"20:00 之后 1,800 秒（30 分），即 20:30 起计",
				"20:30-21:30 = 3,600 秒（1 小时）", "加班：3,600 秒（1 小时）；记为调休",
			}},
		},
		{
			name: "approved for after midnight, with Friday's cards", rule: mixed, day: friday, tell: stayed,
			en: parts{
				explain.PartApprovals: {"overtime 2001, 2025-09-13 00:00 to 2025-09-13 03:00, approved: it counts as far as the day's cards cover it"},
				explain.PartOvertime: {
					"on working days the rule counts approved time with punches; after work only",
					"+1 00:00-+1 02:00 = 7,200 s (2 h)",
					// Friday's window is open until 03:59, so all three hours are asked of it.
					"request 2001 lacks 3,600 s (1 h)",
					"overtime, less than approved: 7,200 s (2 h); given as time off",
				},
			},
			zh: parts{explain.PartApprovals: {"加班 2001，2025-09-13 00:00 至 2025-09-13 03:00，已同意：在当天打卡所及的时间内计入"}},
		},
		{
			name: "asked of the day before its date", rule: rests, day: friday + 2,
			tell: func(w *world) {
				w.request(attendance.OvertimeApproval, friday+2, clock(24, 30, 0), clock(26, 0, 0))
			},
			en: parts{
				explain.PartApprovals: {"overtime 2001, 2025-09-15 00:30 to 2025-09-15 02:00, approved: it counts as far as the day's cards cover it"},
				explain.PartOvertime: {
					"on rest days the rule counts approved time with punches", "no time was both approved and punched",
					"request 2001 lacks 5,400 s (1 h 30 min)", "overtime, less than approved: 0 s",
				},
			},
			zh: parts{explain.PartOvertime: {
				"规则在休息日按审批时间内的打卡计加班", "没有既审批又打卡的时间", "审批 2001 缺 5,400 秒（1 小时 30 分）", "加班，少于审批：0 秒",
			}},
		},
		{
			name: "the same request on Saturday", rule: mixed, day: friday + 1, tell: stayed,
			en: parts{explain.PartOvertime: {
				"on rest days the rule counts approved time, punched or not", "request 2001: 10,800 s (3 h)",
				"7,200 s (2 h) of it counted on the day before, whose cards they are of: 3,600 s (1 h) is left",
				"overtime: 3,600 s (1 h); counted, but by the rule not turned into time off or pay",
			}},
			zh: parts{explain.PartOvertime: {
				"规则在休息日按审批（无需打卡）计加班", "审批 2001：10,800 秒（3 小时）",
				"其中 7,200 秒（2 小时）已随前一天的打卡计入前一天，余 3,600 秒（1 小时）",
				"加班：3,600 秒（1 小时）；计入加班，但规则不折算为调休或加班费",
			}},
		},
	}
	for _, s := range stories {
		t.Run(s.name, s.run)
	}
}
