package explain_test

import (
	"testing"

	"github.com/dakahq/daka/internal/attendance"
	"github.com/dakahq/daka/internal/explain"
)

// Leave by half days is told in days: from Tuesday morning to Friday afternoon
// there are four of them.
func TestLeaveInDays(t *testing.T) {
	t.Parallel()
	byDay := func(first, last attendance.Day, half attendance.TimeOfDay) func(*world) {
		return func(w *world) {
			w.request(attendance.LeaveApproval, first, 0, attendance.TimeOfDay(last-first)*24*hour+half)
			w.person.Approvals[0].ByDay = true
		}
	}
	for _, s := range []story{
		{
			name: "four days", rule: office(), day: wednesday, tell: byDay(wednesday-1, wednesday+2, 12*hour),
			en: parts{explain.PartApprovals: {
				"leave 2001, 2025-09-09 morning to 2025-09-12 afternoon, approved: 1 d of the day, 4 d in all",
				"section 09:00-18:00: nothing is owed",
			}},
			zh: parts{explain.PartApprovals: {
				"请假 2001，2025-09-09 上午 至 2025-09-12 下午，已同意：当天 1 天，共 4 天", "时段 09:00-18:00：无需打卡",
			}},
		},
		{
			name: "until the morning", rule: office(), day: wednesday, tell: byDay(wednesday-1, wednesday, 0),
			en: parts{explain.PartApprovals: {
				"leave 2001, 2025-09-09 morning to 2025-09-10 morning, approved: 0.5 d of the day, 1.5 d in all",
				"the on-card is owed by 13:00 instead of 09:00",
				"an approval never makes a day worse: of the judgements with and without it the milder one stands",
			}},
			zh: parts{},
		},
	} {
		t.Run(s.name, s.run)
	}
}

// A request for overtime that the rule does not look at says so.
func TestOvertimeRequestUncounted(t *testing.T) {
	t.Parallel()
	none := overtime()
	none.Overtime.Conf[attendance.Workday].Allowed = false
	tell := func(w *world) {
		w.request(attendance.OvertimeApproval, wednesday, clock(19, 0, 0), clock(21, 0, 0))
		w.punch(wednesday, clock(9, 0, 0))
		w.punch(wednesday, clock(18, 0, 0))
	}
	const head, zhHead = "overtime 2001, 2025-09-10 19:00 to 2025-09-10 21:00, approved: ", "加班 2001，2025-09-10 19:00 至 2025-09-10 21:00，已同意："
	for _, s := range []story{
		{
			name: "punches alone", rule: overtime(), day: wednesday, tell: tell,
			en: parts{explain.PartApprovals: {head + "it counts for nothing: on working days the rule counts overtime by punches alone"}},
			zh: parts{explain.PartApprovals: {zhHead + "不计入：规则在工作日只按打卡计加班"}},
		},
		{
			name: "no overtime", rule: none, day: wednesday, tell: tell,
			en: parts{explain.PartApprovals: {head + "it counts for nothing: the rule has no overtime on working days"}},
			zh: parts{explain.PartApprovals: {zhHead + "不计入：规则在工作日不计加班"}},
		},
	} {
		t.Run(s.name, s.run)
	}
}
