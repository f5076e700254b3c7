package explain_test

import (
	"testing"

	"github.com/dakahq/daka/internal/attendance"
	"github.com/dakahq/daka/internal/explain"
)

// What is said to be counted is what counts.
func TestOvertimeWords(t *testing.T) {
	t.Parallel()
	wholeDay := overtime() // range 0
	wholeDay.Overtime.Conf[attendance.Workday].Range = attendance.AllDay
	wholeDay.Overtime.Conf[attendance.Workday].Credit = attendance.NotCredited
	approved := overtime()
	approved.Overtime.Conf[attendance.Workday].By = attendance.ByBoth
	approved.Overtime.Conf[attendance.Workday].Range = attendance.AllDay
	stories := []story{
		{
			name: "the whole day is after work only", rule: wholeDay, day: wednesday,
			tell: func(w *world) { w.punch(wednesday, clock(8, 0, 0)); w.punch(wednesday, clock(19, 12, 0)) },
			en: parts{explain.PartOvertime: {
				"on working days the rule counts punches; after work only, though the rule says the whole day (option ot_count_before_work_in_range_0)",
				"counting begins 1,800 s (30 min) after 18:00, at 18:30",
				// 19:12 - 18:30 = 42 min, a multiple of six
				"18:30-19:12 = 2,520 s (42 min)",
				"overtime: 2,520 s (42 min); counted, but by the rule not turned into time off or pay",
			}},
			zh: parts{explain.PartOvertime: {
				"规则在工作日按打卡计加班；仅下班后，规则虽为全天（选项 ot_count_before_work_in_range_0）",
				"18:00 之后 1,800 秒（30 分），即 18:30 起计", "18:30-19:12 = 2,520 秒（42 分）",
				"加班：2,520 秒（42 分）；计入加班，但规则不折算为调休或加班费",
			}},
		},
		{
			name: "the whole day with the option", rule: wholeDay, day: wednesday,
			tell: func(w *world) {
				w.facts.Options.OvertimeBeforeWork = true
				w.punch(wednesday, clock(8, 0, 0))
				w.punch(wednesday, clock(18, 20, 0))
			},
			en: parts{explain.PartOvertime: {
				"on working days the rule counts punches; before and after work",
				"counting begins 1,800 s (30 min) after 18:00, at 18:30",
				"the member left at 18:20, before that: nothing after work counts",
				"08:00-09:00 = 3,600 s (1 h)",
				"overtime: 3,600 s (1 h); counted, but by the rule not turned into time off or pay",
			}},
			zh: parts{},
		},
		{
			name: "left before counting began", rule: overtime(), day: wednesday,
			tell: func(w *world) { w.punch(wednesday, clock(9, 0, 0)); w.punch(wednesday, clock(18, 29, 30)) },
			en: parts{explain.PartOvertime: {
				"on working days the rule counts punches; after work only", "counting begins 1,800 s (30 min) after 18:00, at 18:30",
				"the member left at 18:29:30, before that: nothing after work counts", "no overtime: 0 s",
			}},
			zh: parts{explain.PartOvertime: {
				"规则在工作日按打卡计加班；仅下班后", "18:00 之后 1,800 秒（30 分），即 18:30 起计",
				"成员 18:29:30 离开，早于起计时间：下班后不计", "没有加班：0 秒",
			}},
		},
		{
			name: "left as counting began", rule: overtime(), day: wednesday,
			tell: func(w *world) { w.punch(wednesday, clock(9, 0, 0)); w.punch(wednesday, clock(18, 30, 0)) },
			en: parts{explain.PartOvertime: {
				"on working days the rule counts punches; after work only", "counting begins 1,800 s (30 min) after 18:00, at 18:30",
				"18:30-18:30 = 0 s", "no overtime: 0 s",
			}},
			zh: parts{},
		},
		{
			name: "approved time counts before work, too", rule: approved, day: wednesday,
			tell: func(w *world) {
				w.request(attendance.OvertimeApproval, wednesday, clock(8, 0, 0), clock(9, 0, 0))
				w.punch(wednesday, clock(8, 0, 0))
				w.punch(wednesday, clock(18, 0, 0))
			},
			en: parts{explain.PartOvertime: {
				"on working days the rule counts approved time with punches; before and after work",
				"08:00-09:00 = 3,600 s (1 h)", "overtime: 3,600 s (1 h); given as time off",
			}},
			zh: parts{},
		},
	}
	for _, s := range stories {
		t.Run(s.name, s.run)
	}
}

// Why somebody corrected a card stands with the card.
func TestRemark(t *testing.T) {
	s := story{
		rule: office(), day: wednesday,
		tell: func(w *world) {
			w.punch(wednesday, clock(18, 0, 0))
			w.person.Corrections = []attendance.Correction{{
				Day: wednesday, Slot: 9 * hour, At: w.facts.Zone.At(wednesday, clock(8, 58, 0)), By: attendance.ByAPI, Remark: "忘带\n手机",
			}}
		},
		en: parts{explain.PartTimeline: {
			"08:58:00 correction by a call, judged like a punch “忘带\uFFFD手机”: used: on-card 09:00", "18:00:00 phone: used: off-card 18:00",
		}},
		zh: parts{explain.PartTimeline: {
			"08:58:00 接口补卡，与打卡同样判定“忘带\uFFFD手机”：采用：上班卡 09:00", "18:00:00 手机：采用：下班卡 18:00",
		}},
	}
	s.run(t)
}

// The report of a closed month stays: nothing is said to change it.
func TestChangesInClosedMonth(t *testing.T) {
	t.Parallel()
	for lang, want := range map[explain.Lang]explain.Part{
		explain.English: {Title: "What would be listed as an adjustment", Lines: []explain.Line{
			{Text: "the month is closed: its report stays as it is, and what becomes known now is listed as an adjustment"},
			{Text: "late 09:00: a correction of the on-card 09:00 to 09:00 or before (members could ask until 2025-09-12)"},
		}},
		explain.Chinese: {Title: "怎样会列入关账后的变化", Lines: []explain.Line{
			{Text: "当月已关账：报表不变，之后得知的列入关账后的变化"},
			{Text: "迟到 09:00：把上班卡 09:00 补为 09:00 或更早（成员的申请期已于 2025-09-12 结束）"},
		}},
	} {
		w := newWorld(t, office(), wednesday)
		w.punch(wednesday, clock(9, 5, 30))
		w.punch(wednesday, clock(18, 0, 0))
		text, _ := w.explain(wednesday, lang)
		for _, p := range text.InClosedMonth().Parts {
			if p.Name != explain.PartChanges {
				continue
			}
			if p.Title != want.Title || len(p.Lines) != 4 || p.Lines[0].Text != want.Lines[0].Text || p.Lines[1].Text != want.Lines[1].Text {
				t.Errorf("%s: got %+v", lang, p)
			}
		}
	}
}
