package export

import (
	"slices"
	"strings"

	"github.com/dakahq/daka/internal/attendance"
	"github.com/dakahq/daka/internal/explain"
)

// figureColumns are what rows with Figures share.
func figureColumns[R any](of func(*R) *Figures) []column[R] {
	return []column[R]{
		col("标准工时", "Standard (hours)", 10, func(r *R) cell { return lengthCell(of(r).Standard) }),
		col("实际工时", "Worked (hours)", 10, func(r *R) cell { return lengthCell(of(r).Worked) }),
		marked("迟到次数", "Late (times)", 10, warn, func(r *R) cell { return timesCell(of(r).Late) }),
		marked("迟到时长", "Late (hours)", 10, warn, func(r *R) cell { return spentCell(of(r).LateSec) }),
		marked("早退次数", "Early (times)", 10, warn, func(r *R) cell { return timesCell(of(r).Early) }),
		marked("早退时长", "Early (hours)", 10, warn, func(r *R) cell { return spentCell(of(r).EarlySec) }),
		marked("缺卡次数", "Missing (times)", 10, alarm, func(r *R) cell { return timesCell(of(r).Missing) }),
		marked("旷工次数", "Absent (times)", 10, alarm, func(r *R) cell { return timesCell(of(r).Absent) }),
		marked("旷工时长", "Absent (hours)", 11, alarm, func(r *R) cell { return spentCell(of(r).AbsentSec) }),
		marked("地点异常", "Place (times)", 10, doubt, func(r *R) cell { return timesCell(of(r).Location) }),
		marked("设备异常", "Device (times)", 10, doubt, func(r *R) cell { return timesCell(of(r).Device) }),
		col("补卡次数", "Approved corrections", 12, func(r *R) cell { return timesCell(of(r).Corrected) }),
		col("外勤次数", "Field work (times)", 12, func(r *R) cell { return timesCell(of(r).Outside) }),
	}
}

// Days is the table of day reports: a row a member and day.
func Days() *Table[Day] {
	person := func(r *Day) *Person { return &r.Person }
	return &Table[Day]{
		name: words{"日报", "Days"}, frozen: 4, person: person, tone: dayTone,
		columns: slices.Concat(
			personColumns(person),
			dateColumns(func(r *Day) attendance.Day { return r.Date }),
			[]column[Day]{
				said("日期类型", "Day type", 9, dayType),
				col("规则", "Rule", 16, func(r *Day) cell { return textCell(r.Rule) }),
				col("班次", "Shift", 12, func(r *Day) cell { return textCell(r.Shift) }),
				said("应打卡", "Due", 25, func(r *Day, l explain.Lang) string { return spans(r.Due, l) }),
				col("打卡次数", "Cards", 9, func(r *Day) cell { return timesCell(r.Cards) }),
				marked("其中补卡", "Corrected cards", 10, notice, func(r *Day) cell { return timesCell(r.CorrectedCards) }),
				timed("最早", "First", 11, func(r *Day) attendance.TimeOfDay { return r.First }),
				timed("最晚", "Last", 11, func(r *Day) attendance.TimeOfDay { return r.Last }),
			},
			figureColumns(func(r *Day) *Figures { return &r.Figures }),
			[]column[Day]{
				{head: words{"假勤", "Requests"}, width: 20, mark: notice, cell: func(r *Day, l explain.Lang) cell { return textCell(requests(r.Requests, l)) }},
				col("加班时长", "Overtime (hours)", 10, func(r *Day) cell { return spentCell(r.Overtime) }),
			}),
	}
}

func dayTone(r *Day) tone {
	if r.Rest {
		return rest
	}
	return plain
}

func dayType(r *Day, l explain.Lang) string {
	if r.Rest {
		return words{"休息日", "rest"}.in(l)
	}
	return words{"工作日", "work"}.in(l)
}

// requestNames are the kinds of requests.
var requestNames = map[attendance.ApprovalKind]words{
	attendance.LeaveApproval: {"请假", "Leave"}, attendance.TripApproval: {"出差", "Trip"}, attendance.OutingApproval: {"外出", "Outing"},
}

// name is what a request is called: leave by the name of its vacation.
func (q *Request) name() words {
	if q.Kind == attendance.LeaveApproval && q.Name != "" {
		return words{q.Name, q.Name}
	}
	return requestNames[q.Kind]
}

// requests writes requests such as 年假 0.5天; 外出 02:00.
func requests(list []Request, l explain.Lang) string {
	parts := make([]string, len(list))
	for i := range list {
		q := &list[i]
		amount := hms(q.Seconds)[:len(hms(q.Seconds))-len(":00")]
		if q.ByDay {
			amount = decimal(float64(q.Seconds)/attendance.SecondsPerDay) + words{"天", " days"}.in(l)
		}
		parts[i] = q.name().in(l) + " " + amount
	}
	return strings.Join(parts, "; ")
}

// asked sums the requests of a kind that are by day, or those that are by hour.
func asked(f *Figures, kind attendance.ApprovalKind, byDay bool) (seconds int64) {
	for i := range f.Requests {
		if q := &f.Requests[i]; q.Kind == kind && q.ByDay == byDay {
			seconds += q.Seconds
		}
	}
	return seconds
}

// Months is the table of month reports: a row a member.
func Months() *Table[Month] {
	person := func(r *Month) *Person { return &r.Person }
	over := func(zh, en string, of attendance.Category) column[Month] {
		return col(zh, en, 16, func(r *Month) cell { return spentCell(r.Overtime[of]) })
	}
	return &Table[Month]{
		name: words{"月报", "Months"}, frozen: 3, person: person,
		columns: slices.Concat(
			personColumns(person),
			[]column[Month]{
				col("开始", "From", 12, func(r *Month) cell { return dateCell(r.From) }),
				col("结束", "To", 12, func(r *Month) cell { return dateCell(r.To) }),
				col("规则", "Rule", 16, func(r *Month) cell { return textCell(r.Rule) }),
				col("应出勤天数", "Work days", 11, func(r *Month) cell { return numberCell(r.WorkDays) }),
				col("正常天数", "Regular days", 12, func(r *Month) cell { return numberCell(r.RegularDays) }),
				marked("异常天数", "Exception days", 11, warn, func(r *Month) cell { return timesCell(r.ExceptDays) }),
				col("休息天数", "Rest days", 10, func(r *Month) cell { return numberCell(r.RestDays) }),
			},
			figureColumns(func(r *Month) *Figures { return &r.Figures }),
			requestColumns("请假", "Leave", attendance.LeaveApproval),
			requestColumns("出差", "Trip", attendance.TripApproval),
			requestColumns("外出", "Outing", attendance.OutingApproval),
			[]column[Month]{
				over("工作日加班", "Overtime on work days (hours)", attendance.Workday),
				over("休息日加班", "Overtime on rest days (hours)", attendance.RestDay),
				over("节假日加班", "Overtime on holidays (hours)", attendance.HolidayDay),
				col("计调休", "As time off (hours)", 11, func(r *Month) cell { return spentCell(r.TimeOff) }),
				col("计加班费", "As pay (hours)", 10, func(r *Month) cell { return spentCell(r.Pay) }),
			}),
	}
}

// requestColumns are a kind of request, in days and in hours: there is no
// telling how many hours a day off is.
func requestColumns(zh, en string, kind attendance.ApprovalKind) []column[Month] {
	return []column[Month]{
		marked(zh+"（天）", en+" (days)", 10, notice, func(r *Month) cell { return daysCell(asked(&r.Figures, kind, true)) }),
		marked(zh+"（时）", en+" (hours)", 10, notice, func(r *Month) cell { return spentCell(asked(&r.Figures, kind, false)) }),
	}
}
