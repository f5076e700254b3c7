package verify

import (
	"strings"

	"github.com/dakahq/daka/internal/explain"
)

// said is a text in the two languages.
type said struct{ en, zh string }

func (s said) in(lang explain.Lang) string {
	if lang == explain.Chinese {
		return s.zh
	}
	return s.en
}

// causeTexts say what a cause is.
var causeTexts = map[Cause]said{
	CauseNoReport:    {"WeCom has a report, and we have none", "企业微信有报告，而我们没有"},
	CauseNoVerdict:   {"we have a report, and WeCom was asked and has none", "我们有报告，而企业微信没有"},
	CauseRule:        {"another rule holds for the member, or it has another name", "成员适用的规则或规则名称不同"},
	CauseShift:       {"the schedule has another shift, or it has another name", "排班的班次或班次名称不同"},
	CauseDayKind:     {"the day asks for something else: work or rest, due times or hours", "当天要求不同：工作日或休息日、应打卡时间或标准工时"},
	CauseRequest:     {"other requests touch the day, or by another part", "涉及当天的审批或其时长不同"},
	CauseCorrection:  {"another number of corrections", "补卡次数不同"},
	CauseNoRecord:    {"WeCom counts a card that no record shows, such as a correction made by an app", "企业微信计入了无打卡记录的卡，例如应用补的卡"},
	CauseStrangeCard: {"WeCom counts a card that no record shows, and more differs than it explains", "企业微信计入了无打卡记录的卡，且另有其他差异"},
	CauseIdentity:    {"the report names another member or day", "报告的成员或日期不同"},
	CauseRecordType:  {"the report is of another kind (record_type)", "报告类型（record_type）不同"},
	CauseCards:       {"other cards count, by number or by time", "计入的打卡次数或时间不同"},
	CauseHours:       {"other hours worked", "实际工时不同"},
	CauseLate:        {"lateness", "迟到不同"},
	CauseEarly:       {"leaving early", "早退不同"},
	CauseMissing:     {"missing cards and absence", "缺卡与旷工不同"},
	CausePlace:       {"cards out of range", "地点异常不同"},
	CauseDevice:      {"cards from unusual devices, or an exception that we do not know", "设备异常或未知异常不同"},
	CauseOvertime:    {"overtime", "加班不同"},
	CauseFieldWork:   {"field work or approved punches", "外勤或审批打卡次数不同"},
	CauseDays:        {"another number of working days or rest days", "工作日或休息日天数不同"},
	CauseExceptional: {"other days count as exceptional", "计为异常的天数不同"},
	CauseOfDays:      {"sums over days that differ themselves", "由当期有差异的日报汇总而来"},
	CauseNames:       {"names: the contacts tell present names alone", "名称：通讯录只提供当前名称"},
	CauseWording:     {"how WeCom words an approval", "企业微信对审批的文字表述"},
}

// senseTexts say on which side there is something.
var senseTexts = map[Sense]said{
	OnlyOurs:   {"only by us", "仅我们计有"},
	OnlyTheirs: {"only by WeCom", "仅企业微信计有"},
	OnBoth:     {"by both, not the same", "双方均有而数值不同"},
}

var ruleTexts = map[string]said{
	"fixed": {"fixed times", "固定时间"}, "shift": {"shifts", "按班次"}, "free": {"free hours", "自由上下班"},
}

// reasonTexts say what our reports give as a reason, word by word.
var reasonTexts = map[string]said{
	"no_rule": {"no rule", "无规则"}, "special_work": {"special working day", "特殊工作日"}, "special_off": {"special day off", "特殊休息日"},
	"holiday": {"holiday", "节假日"}, "makeup": {"make-up workday", "调休上班日"}, "weekday": {"weekday of the rule", "规则的工作日"},
	"rest_weekday": {"day off", "休息日"}, "shift": {"day with a shift", "有班次"}, "rest_shift": {"scheduled day off", "排休"},
	"unscheduled": {"not scheduled", "未排班"}, "unknown_shift": {"unknown shift", "未知班次"},
	"late": {"late", "迟到"}, "early": {"early", "早退"}, "past_flexible_start": {"past the flexible start", "超过弹性上班时间"},
	"missing": {"missing card", "缺卡"}, "absent_day": {"absent all day", "全天旷工"}, "absent_section": {"absent for a section", "时段旷工"},
	"absent_free": {"absent under free hours", "自由上下班旷工"}, "out_of_range": {"out of range", "不在打卡范围"}, "new_device": {"unusual device", "非常用设备"},
	"late_after_approval": {"late after what was approved", "审批结束后迟到"}, "early_before_approval": {"early before what was approved", "审批开始前早退"},
	"beyond_tolerance": {"beyond a tolerance", "超出容许时间"}, "stayed_before": {"stayed late the day before", "前一日晚走"},
	"workday": {"working day", "工作日"}, "rest_day": {"day off", "休息日"}, "by_both": {"approved and punched", "以审批和打卡为准"},
	"by_punches": {"by punches", "以打卡为准"}, "by_requests": {"by approval", "以审批为准"}, "not_allowed": {"no overtime by the rule", "规则不计加班"},
}

// textOf says a group's cause.
func textOf(g *Group, lang explain.Lang) string {
	text := causeTexts[g.Cause].in(lang)
	sided := g.Cause == CauseLate || g.Cause == CauseEarly || g.Cause == CauseMissing || g.Cause == CausePlace ||
		g.Cause == CauseDevice || g.Cause == CauseOvertime || g.Cause == CauseFieldWork || g.Cause == CauseRequest
	comma := said{", ", "，"}.in(lang)
	if sided {
		text += comma + senseTexts[g.Sense].in(lang)
	}
	var more []string
	if g.Rule != "" {
		more = append(more, ruleTexts[g.Rule].in(lang))
	}
	for _, word := range strings.Fields(g.Reason) {
		more = append(more, reasonTexts[word].in(lang))
	}
	if len(more) == 0 {
		return text
	}
	open, end := said{" (", "（"}.in(lang), said{")", "）"}.in(lang)
	return text + open + strings.Join(more, comma) + end
}
