package export

import (
	"iter"
	"slices"

	"github.com/dakahq/daka/internal/attendance"
	"github.com/dakahq/daka/internal/explain"
)

// GridRow is a row of one member's days side by side.
type GridRow struct {
	Person
	codes    []*code // by day; nil = nothing is known
	worked   int64   // days with a card
	hours    int64   // seconds
	overtime int64   // seconds
	Figures
}

// code is what a cell of the grid says of a day.
type code struct {
	short words
	means words
	tone  tone
	is    func(*Day) bool
}

// codes are in the order in which they are asked for: the first that is true of
// a day is what its cell says, so that the gravest thing is never hidden by a
// lesser one. A working day of which none is true, because it is not over or
// nothing was owed and nothing happened, has an empty cell.
var codes = []*code{
	{words{"旷", "A"}, words{"旷工", "absent"}, alarm, func(d *Day) bool { return d.Absent > 0 }},
	{words{"缺", "M"}, words{"缺卡", "missing card"}, alarm, func(d *Day) bool { return d.Missing > 0 }},
	{words{"迟", "L"}, words{"迟到", "late"}, warn, func(d *Day) bool { return d.Late > 0 }},
	{words{"早", "E"}, words{"早退", "early"}, warn, func(d *Day) bool { return d.Early > 0 }},
	{words{"地", "P"}, words{"地点异常", "place"}, doubt, func(d *Day) bool { return d.Location > 0 }},
	{words{"设", "D"}, words{"设备异常", "device"}, doubt, func(d *Day) bool { return d.Device > 0 }},
	{words{"假", "V"}, words{"请假", "leave"}, notice, has(attendance.LeaveApproval)},
	{words{"差", "T"}, words{"出差", "trip"}, notice, has(attendance.TripApproval)},
	{words{"外", "O"}, words{"外出", "outing"}, notice, has(attendance.OutingApproval)},
	{words{"补", "C"}, words{"补卡后正常", "regular after a correction"}, plain, func(d *Day) bool { return d.Corrected > 0 }},
	{words{"加", "W"}, words{"休息日有打卡", "cards on a day of rest"}, notice, func(d *Day) bool { return d.Rest && d.Cards > 0 }},
	{words{"休", "R"}, words{"休息", "rest"}, rest, func(d *Day) bool { return d.Rest }},
	{words{"√", "√"}, words{"正常", "regular"}, plain, func(d *Day) bool { return d.Cards > 0 }},
}

func has(kind attendance.ApprovalKind) func(*Day) bool {
	return func(d *Day) bool {
		return slices.ContainsFunc(d.Requests, func(q Request) bool { return q.Kind == kind && q.Seconds > 0 })
	}
}

func codeOf(d *Day) *code {
	for _, c := range codes {
		if c.is(d) {
			return c
		}
	}
	return nil
}

// Grid returns the table of people and days from first to last, both included,
// that HR knows as 考勤表, with sums at its end and a legend. A cell has one
// short code, the first that applies: absent, missing card, late, early, place,
// device, leave, trip, outing, regular after a correction, cards on a day of
// rest, rest, regular. The columns of Saturdays and Sundays are shaded.
func Grid(first, last attendance.Day) *Table[GridRow] {
	person := func(r *GridRow) *Person { return &r.Person }
	t := &Table[GridRow]{name: words{"考勤表", "Grid"}, frozen: 3, person: person, columns: personColumns(person)}
	for d := first; d <= last; d++ {
		t.columns = append(t.columns, gridDay(d, int(d-first)))
	}
	total := func(zh, en string, mark tone, of func(*GridRow) cell) {
		t.columns = append(t.columns, marked(zh, en, 10, mark, of))
	}
	total("出勤天数", "Days in", plain, func(r *GridRow) cell { return numberCell(r.worked) })
	total("实际工时", "Worked", plain, func(r *GridRow) cell { return lengthCell(r.hours) })
	total("迟到次数", "Late", warn, func(r *GridRow) cell { return timesCell(r.Late) })
	total("早退次数", "Early", warn, func(r *GridRow) cell { return timesCell(r.Early) })
	total("缺卡次数", "Missing", alarm, func(r *GridRow) cell { return timesCell(r.Missing) })
	total("旷工次数", "Absent", alarm, func(r *GridRow) cell { return timesCell(r.Absent) })
	for _, kind := range []attendance.ApprovalKind{attendance.LeaveApproval, attendance.TripApproval, attendance.OutingApproval} {
		name := requestNames[kind]
		total(name.zh+"（天）", name.en+" (d)", notice, func(r *GridRow) cell { return daysCell(asked(&r.Figures, kind, true)) })
		total(name.zh+"（时）", name.en+" (h)", notice, func(r *GridRow) cell { return spentCell(asked(&r.Figures, kind, false)) })
	}
	total("加班时长", "Overtime", plain, func(r *GridRow) cell { return spentCell(r.overtime) })
	for _, c := range codes {
		t.legend = append(t.legend, legendEntry{c.short, c.means, c.tone})
	}
	t.legend = append(t.legend, legendEntry{means: words{"（空）未结束，或无需打卡", "(empty) not over, or nothing was owed"}})
	return t
}

// gridDay is the column of a day, the i-th of the grid.
func gridDay(d attendance.Day, i int) column[GridRow] {
	date, day := d.String()[len("2006-"):], weekdays[d.Weekday()]
	c := column[GridRow]{head: words{date + " " + day.zh, date + " " + day.en}, width: 6}
	if weekend(d) {
		c.shade = rest
	}
	c.cell = func(r *GridRow, l explain.Lang) cell {
		if i >= len(r.codes) || r.codes[i] == nil {
			return cell{}
		}
		return cell{kind: symbol, tone: r.codes[i].tone, text: r.codes[i].short.in(l)}
	}
	return c
}

// GridRows puts the days of each member, which must come together, into one row
// of the grid from first to last.
func GridRows(rows iter.Seq2[Day, error], first, last attendance.Day) iter.Seq2[GridRow, error] {
	return func(yield func(GridRow, error) bool) {
		var row *GridRow
		for d, err := range rows {
			if err != nil {
				yield(GridRow{}, err)
				return
			}
			if row != nil && row.UserID != d.UserID {
				if !yield(*row, nil) {
					return
				}
				row = nil
			}
			if row == nil {
				row = &GridRow{Person: d.Person, codes: make([]*code, last-first+1)}
			}
			row.add(&d, first)
		}
		if row != nil {
			yield(*row, nil)
		}
	}
}

func (r *GridRow) add(d *Day, first attendance.Day) {
	at := int(d.Date - first)
	if at < 0 || at >= len(r.codes) {
		return
	}
	r.codes[at] = codeOf(d)
	if d.Cards > 0 {
		r.worked++
	}
	r.hours += d.Worked
	r.overtime += d.Overtime
	r.Late, r.Early, r.Missing, r.Absent = r.Late+d.Late, r.Early+d.Early, r.Missing+d.Missing, r.Absent+d.Absent
	r.Requests = append(r.Requests, d.Requests...)
}
