package explain_test

import (
	"testing"

	"github.com/dakahq/daka/internal/attendance"
	"github.com/dakahq/daka/internal/explain"
	"github.com/google/go-cmp/cmp"
)

// parts are the lines that a test expects of some parts.
type parts map[explain.PartName][]string

// story is a day with what is told of it. A part that is nil must be missing.
type story struct {
	name string
	rule *attendance.Rule
	day  attendance.Day
	tell func(w *world)
	en   parts
	zh   parts
}

func (s *story) run(t *testing.T) {
	t.Parallel()
	for lang, want := range map[explain.Lang]parts{explain.English: s.en, explain.Chinese: s.zh} {
		w := newWorld(t, s.rule, s.day)
		s.tell(w)
		text, ok := w.explain(s.day, lang)
		if !ok {
			t.Fatal("no report")
		}
		for part, lines := range want {
			if diff := cmp.Diff(lines, linesOf(text, part)); diff != "" {
				t.Errorf("%s, %s (-want +got):\n%s", lang, part, diff)
			}
		}
	}
}

func TestFixedDays(t *testing.T) {
	t.Parallel()
	lateAndEarly := func(w *world) {
		w.punch(wednesday, clock(9, 5, 30))
		w.punch(wednesday, clock(17, 30, 59))
	}
	stories := []story{
		{
			name: "late", rule: office(), day: wednesday,
			tell: func(w *world) { w.punch(wednesday, clock(9, 5, 30)); w.punch(wednesday, clock(18, 30, 0)) },
			en: parts{
				explain.PartDay: {"a working day: Wednesday is one by the rule", "rule 1 “office”, with fixed times, which names the member"},
				// 18:00 - 09:00 = 9 h, less 1 h
				explain.PartPlan: {
					"09:00-18:00 less rest 12:00-13:00: 28,800 s (8 h)",
					"09:00:00 on-card 09:00, taken at 04:00-17:59", "18:00:00 off-card 18:00, taken at 09:01-+1 03:59",
					"owed: 28,800 s (8 h)",
				},
				explain.PartTimeline: {"09:05:30 phone: used: on-card 09:00", "18:30:00 phone: used: off-card 18:00"},
				explain.PartVerdicts: {"09:05:30 late 300 s (5 min), on-card 09:00: the minute of the on-card is after the time owed; " +
					"09:05:30 is cut to 09:05; 09:05 - 09:00 = 300 s (5 min); no tolerance"},
				// 9:24:30 = 33,870 s, less 3,600 s
				explain.PartHours: {
					"18:30:00 - 09:05:30 less rest 12:00-13:00 = 30,270 s (8 h 24 min 30 s)",
					"worked 30,270 s (8 h 24 min 30 s), owed 28,800 s (8 h)",
				},
				explain.PartOvertime: {"the rule has no overtime on working days"},
				// day limit 3: the day and two more, so until the 12th; asked on the 13th
				explain.PartChanges: {
					"09:05:30 late 09:00: a correction of the on-card 09:00 to 09:00 or before (members could ask until 2025-09-12)",
					"09:05:30 late 09:00: an approved leave, trip or outing that covers 09:00-09:05",
					"09:05:30 late 09:00: a tolerance for lateness of 300 s (5 min) (flex_on_duty_time)",
					"undocumented: option clip_actual_to_shift is false; with true time outside the shift is no working time",
				},
			},
			zh: parts{
				explain.PartDay: {"工作日：按规则星期三上班", "规则 1“office”，固定时间上下班，直接包含该成员"},
				explain.PartVerdicts: {"09:05:30 迟到 300 秒（5 分），上班卡 09:00：上班卡的分钟晚于应打卡时间；" +
					"09:05:30 取整到 09:05；09:05 - 09:00 = 300 秒（5 分）；没有宽限"},
				explain.PartHours: {
					"18:30:00 - 09:05:30，扣除休息 12:00-13:00 = 30,270 秒（8 小时 24 分 30 秒）",
					"出勤 30,270 秒（8 小时 24 分 30 秒），应出勤 28,800 秒（8 小时）",
				},
				explain.PartChanges: {
					"09:05:30 迟到 09:00：把上班卡 09:00 补为 09:00 或更早（成员的申请期已于 2025-09-12 结束）",
					"09:05:30 迟到 09:00：经审批的请假、出差或外出，覆盖 09:00-09:05",
					"09:05:30 迟到 09:00：允许迟到 300 秒（5 分）（flex_on_duty_time）",
					"文档未说明：选项 clip_actual_to_shift 为 false；若为 true 则班次以外不计工时",
				},
			},
		},
		{
			name: "early, with a tolerance that lateness passes", day: wednesday, tell: lateAndEarly,
			rule: func() *attendance.Rule {
				r := office()
				r.Workday[0].Flex = attendance.Flex{Late: 600, Early: 600}
				return r
			}(),
			en: parts{
				// 17:30:59 is in minute 17:30; 18:00 - 17:30 = 30 min > 10 min; grace: 1,800 - 600
				explain.PartVerdicts: {"17:30:59 early 1,800 s (30 min), off-card 18:00: the minute of the off-card is before the time owed; " +
					"17:30:59 is cut to 17:30; 18:00 - 17:30 = 1,800 s (30 min); more than the tolerance of 600 s (10 min); counted from the time owed (option late_base)"},
				// 8:25:29 = 30,329 s, less 3,600 s
				explain.PartHours: {
					"17:30:59 - 09:05:30 less rest 12:00-13:00 = 26,729 s (7 h 25 min 29 s)",
					"worked 26,729 s (7 h 25 min 29 s), owed 28,800 s (8 h)",
				},
				explain.PartChanges: {
					"17:30:59 early 18:00: a correction of the off-card 18:00 to 17:50 or after (members could ask until 2025-09-12)",
					"17:30:59 early 18:00: an approved leave, trip or outing that covers 17:30-18:00",
					"17:30:59 early 18:00: a tolerance for leaving early of 1,800 s (30 min) (flex_off_duty_time)",
					"17:30:59 early 18:00: undocumented: option late_base is schedule; with grace it is 1,200 s (20 min)",
				},
			},
			zh: parts{explain.PartVerdicts: {"17:30:59 早退 1,800 秒（30 分），下班卡 18:00：下班卡的分钟早于应打卡时间；" +
				"17:30:59 取整到 17:30；18:00 - 17:30 = 1,800 秒（30 分）；超过宽限 600 秒（10 分）；从应打卡时间计起（选项 late_base）"}},
		},
		{
			name: "missing", rule: office(), day: wednesday,
			tell: func(w *world) {
				w.punch(wednesday, clock(8, 50, 0))
				w.facts.AsOf = w.facts.Zone.At(wednesday+1, 12*hour) // while members may still ask
			},
			en: parts{
				explain.PartVerdicts: {"18:00:00 missing card, off-card 18:00: nothing fills it, and the section has another card; its window is 09:01-+1 03:59"},
				explain.PartHours:    {"09:00-18:00: a card is missing, so nothing is counted", "worked 0 s, owed 28,800 s (8 h)"},
				explain.PartChanges: {
					"18:00:00 missing card 18:00: a correction of the off-card 18:00 with a time in 09:01-+1 03:59 (members may ask until 2025-09-12)",
					"18:00:00 missing card 18:00: a punch in 09:01-+1 03:59 that is still on its way",
					"18:00:00 missing card 18:00: an approved leave, trip or outing that covers 09:00-18:00 as a whole",
				},
			},
			zh: parts{explain.PartVerdicts: {"18:00:00 缺卡，下班卡 18:00：没有卡，而同一时段有另一张卡；可打卡时段为 09:01-次日 03:59"}},
		},
		{
			name: "absent, with leave in the middle", rule: office(), day: wednesday,
			tell: func(w *world) { w.request(attendance.LeaveApproval, wednesday, clock(14, 0, 0), clock(16, 0, 0)) },
			en: parts{
				explain.PartApprovals: {"leave 2001, 2025-09-10 14:00 to 2025-09-10 16:00, approved: 7,200 s (2 h) of the day, 7,200 s (2 h) in all"},
				// 8 h less the 2 h of leave
				explain.PartVerdicts: {"absent 21,600 s (6 h): no owed card of the day is there; 09:00-18:00 less rest 12:00-13:00 = 28,800 s (8 h); " +
					"approvals cover 7,200 s (2 h): 28,800 - 7,200 = 21,600 s (6 h)"},
				explain.PartTimeline: nil,
				explain.PartChanges: {
					"absent: a correction of one of on-card 09:00, off-card 18:00, which leaves missing cards at most (members could ask until 2025-09-12)",
					"absent: a punch in a window of the day that is still on its way",
					"absent: an approved leave, trip or outing for the day; a part of it shortens the absence",
				},
			},
			zh: parts{explain.PartVerdicts: {"旷工 21,600 秒（6 小时）：当天应打的卡一张也没有；09:00-18:00，扣除休息 12:00-13:00 = 28,800 秒（8 小时）；" +
				"审批覆盖 7,200 秒（2 小时）：28,800 - 7,200 = 21,600 秒（6 小时）"}},
		},
		{
			name: "leave moves the start", rule: office(), day: wednesday,
			tell: func(w *world) {
				w.request(attendance.LeaveApproval, wednesday, clock(9, 0, 0), clock(12, 0, 0))
				w.punch(wednesday, clock(13, 20, 0))
				w.punch(wednesday, clock(18, 0, 0))
			},
			en: parts{
				// the leave ends where the rest begins: 12:00 moves on to 13:00
				explain.PartApprovals: {
					"leave 2001, 2025-09-10 09:00 to 2025-09-10 12:00, approved: 10,800 s (3 h) of the day, 10,800 s (3 h) in all",
					"the on-card is owed by 13:00 instead of 09:00",
					"an approval never makes a day worse: of the judgements with and without it the milder one stands",
				},
				explain.PartVerdicts: {"13:20:00 late 1,200 s (20 min), on-card 09:00: the minute of the on-card is after the end of what was approved; " +
					"what was approved moved 09:00 to 13:00; 13:20 - 13:00 = 1,200 s (20 min); no tolerance"},
				explain.PartHours: {"18:00:00 - 13:20:00 = 16,800 s (4 h 40 min)", "worked 16,800 s (4 h 40 min), owed 28,800 s (8 h)"},
				explain.PartChanges: {
					"13:20:00 late 09:00: a correction of the on-card 09:00 to 13:00 or before (members could ask until 2025-09-12)",
					"13:20:00 late 09:00: an approved leave, trip or outing that covers 13:00-13:20",
				},
			},
			zh: parts{explain.PartApprovals: {
				"请假 2001，2025-09-10 09:00 至 2025-09-10 12:00，已同意：当天 10,800 秒（3 小时），共 10,800 秒（3 小时）",
				"上班卡应在 13:00 前，而不是 09:00", "审批不会使当天变差：有无审批的两种判定取较轻的一种",
			}},
		},
		{
			name: "correction", rule: office(), day: wednesday,
			tell: func(w *world) {
				w.punch(wednesday, clock(9, 40, 0))
				w.punch(wednesday, clock(18, 5, 0))
				for _, c := range []attendance.Correction{
					{Slot: 9 * hour, At: w.facts.Zone.At(wednesday, clock(9, 20, 0)), By: attendance.ByAPI},
					{Slot: 10 * hour, At: w.facts.Zone.At(wednesday, clock(10, 0, 0)), By: attendance.ByApproval},
				} {
					c.Day = wednesday
					w.person.Corrections = append(w.person.Corrections, c)
				}
			},
			en: parts{
				explain.PartTimeline: {
					"09:20:00 correction by a call, judged like a punch: used: on-card 09:00",
					"09:40:00 phone: superseded: the correction to 09:20:00 took the on-card 09:00",
					"10:00:00 approved correction, normal whatever its time: refused: its due time is not one that is owed",
					"18:05:00 phone: used: off-card 18:00",
				},
				explain.PartVerdicts: {
					"10:00:00 correction refused: it cannot be applied to the day; refused: its due time is not one that is owed; asked for 10:00:00 / 10:00; " +
						"possible: on-card 09:00, taken at 04:00-17:59, off-card 18:00, taken at 09:01-+1 03:59",
					"09:20:00 late 1,200 s (20 min), on-card 09:00: the minute of the on-card is after the time owed; 09:20 - 09:00 = 1,200 s (20 min); no tolerance",
				},
				// 8:45 less the rest
				explain.PartHours: {"18:05:00 - 09:20:00 less rest 12:00-13:00 = 27,900 s (7 h 45 min)", "worked 27,900 s (7 h 45 min), owed 28,800 s (8 h)"},
			},
			zh: parts{explain.PartTimeline: {
				"09:20:00 接口补卡，与打卡同样判定：采用：上班卡 09:00", "09:40:00 手机：被取代：上班卡 09:00 由补卡 09:20:00 代替",
				"10:00:00 审批补卡，时间不论均为正常：拒绝：所补的时间不是应打卡时间", "18:05:00 手机：采用：下班卡 18:00",
			}},
		},
	}
	for _, s := range stories {
		t.Run(s.name, s.run)
	}
}
