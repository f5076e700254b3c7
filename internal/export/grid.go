package export

import (
	"cmp"
	"iter"
	"slices"

	"github.com/dakahq/daka/internal/attendance"
	"github.com/dakahq/daka/internal/explain"
)

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
	{words{"补", "C"}, words{"补卡后正常", "regular after a correction"}, plain, func(d *Day) bool { return d.Corrected > 0 || d.CorrectedCards > 0 }},
	{words{"加", "W"}, words{"休息日有打卡", "cards on a day of rest"}, notice, func(d *Day) bool { return d.Rest && d.Cards > 0 }},
	{words{"休", "R"}, words{"休息", "rest"}, rest, func(d *Day) bool { return d.Rest }},
	{words{"√", "√"}, words{"正常", "regular"}, plain, func(d *Day) bool { return d.Cards > 0 }},
}

func has(kind attendance.ApprovalKind) func(*Day) bool {
	return func(d *Day) bool {
		return slices.ContainsFunc(d.Requests, func(q Request) bool { return q.Kind == kind && q.Seconds > 0 })
	}
}

// codeOf returns the place of a day's code in codes, counted from 1 on; 0 for none.
func codeOf(d *Day) uint8 {
	for i, c := range codes {
		if c.is(d) {
			return uint8(i + 1)
		}
	}
	return 0
}

// Grid returns the table of people and days from first to last, both included,
// that HR knows as 考勤表, with sums at its end and a legend, and the rows again.
// It reads them to their end, because only the kinds of leave, trips and outings
// that occur have a column; an error among them is returned.
//
// A cell has one short code, the first that applies: absent, missing card, late,
// early, place, device, leave, trip, outing, regular after a correction, cards on
// a day of rest, rest, regular. Columns of weekends and of public holidays are
// shaded, those of make-up workdays are not; a nil calendar has none of them.
func Grid(first, last attendance.Day, calendar *attendance.Calendar, rows iter.Seq2[GridRow, error]) (*Table[GridRow], iter.Seq2[GridRow, error], error) {
	var all []GridRow
	var kinds []Request
	for r, err := range rows {
		if err != nil {
			return nil, nil, err
		}
		all = append(all, r)
		for i := range r.Requests {
			kinds = r.Requests[i].addTo(kinds)
		}
	}
	unit := map[bool]int{true: 0, false: 1} // days before hours
	slices.SortFunc(kinds, func(a, b Request) int {
		return cmp.Or(cmp.Compare(a.Kind, b.Kind), cmp.Compare(a.Name, b.Name), cmp.Compare(unit[a.ByDay], unit[b.ByDay]))
	})
	again := func(yield func(GridRow, error) bool) {
		for i := range all {
			if !yield(all[i], nil) {
				return
			}
		}
	}
	return gridTable(first, last, calendar, kinds), again, nil
}

func gridTable(first, last attendance.Day, calendar *attendance.Calendar, kinds []Request) *Table[GridRow] {
	person := func(r *GridRow) *Person { return &r.Person }
	t := &Table[GridRow]{name: words{"考勤表", "Grid"}, frozen: 3, person: person, columns: personColumns(person)}
	for d := first; d <= last; d++ {
		t.columns = append(t.columns, gridDay(d, int(d-first), calendar.Mark(d)))
	}
	total := func(zh, en string, mark tone, of func(*GridRow) cell) {
		t.columns = append(t.columns, marked(zh, en, 9, mark, of))
	}
	total("出勤天数", "Present (days)", plain, func(r *GridRow) cell { return numberCell(r.worked) })
	total("实际工时", "Worked (hours)", plain, func(r *GridRow) cell { return lengthCell(r.hours) })
	total("迟到次数", "Late (times)", warn, func(r *GridRow) cell { return timesCell(r.Late) })
	total("早退次数", "Early (times)", warn, func(r *GridRow) cell { return timesCell(r.Early) })
	total("缺卡次数", "Missing (times)", alarm, func(r *GridRow) cell { return timesCell(r.Missing) })
	total("旷工次数", "Absent (times)", alarm, func(r *GridRow) cell { return timesCell(r.Absent) })
	for _, q := range kinds {
		name, put := q.name(), spentCell
		zh, en := name.zh+"（时）", name.en+" (hours)"
		if q.ByDay {
			put, zh, en = daysCell, name.zh+"（天）", name.en+" (days)"
		}
		total(zh, en, notice, func(r *GridRow) cell { return put(r.asked(&q)) })
	}
	total("加班时长", "Overtime (hours)", plain, func(r *GridRow) cell { return spentCell(r.overtime) })
	for _, c := range codes {
		t.legend = append(t.legend, legendEntry{c.short, c.means, c.tone})
	}
	t.legend = append(t.legend,
		legendEntry{means: words{"（空）未结束，或无需打卡", "(empty) not over, or nothing was owed"}},
		legendEntry{means: words{"（底色）周末", "(shaded) weekend"}, tone: rest},
		legendEntry{means: words{"（底色）法定节假日", "(shaded) public holiday"}, tone: holiday})
	return t
}

// gridDay is the column of a day, the i-th of the grid.
func gridDay(d attendance.Day, i int, mark attendance.Mark) column[GridRow] {
	date, day := d.String()[len("2006-"):], weekdays[d.Weekday()]
	c := column[GridRow]{head: words{date + " " + day.zh, date + " " + day.en}, width: 5.5}
	switch {
	case mark == attendance.OffDay || mark == attendance.OffStatutory:
		c.shade = holiday
	case mark == attendance.Ordinary && weekend(d):
		c.shade = rest
	}
	shade := c.shade
	c.cell = func(r *GridRow, l explain.Lang) cell {
		if i >= len(r.codes) || r.codes[i] == 0 {
			return cell{}
		}
		code := codes[r.codes[i]-1]
		v := cell{kind: symbol, tone: code.tone, text: code.short.in(l)}
		if v.tone == rest && shade == holiday {
			v.tone = holiday
		}
		return v
	}
	return c
}
