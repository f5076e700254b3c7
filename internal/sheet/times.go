package sheet

import (
	"cmp"
	"regexp"
	"slices"

	"github.com/dakahq/daka/internal/attendance"
)

// turn is which of a day's punches a heading names: the first coming is 0, the
// going after it 1, and so on.
type turn struct {
	rank    int
	off     bool
	punched bool // it says that it is of punches, not of when work is to begin
}

var (
	chineseTurn = regexp.MustCompile(`^(上午|早上|下午|晚上|加班)?(上班|下班|签到|签退|最早|最晚|首次|末次)([1-4])?(打卡|签到|签退|刷卡)?(?:时间)?$`)
	englishTurn = regexp.MustCompile(`^(am|pm)?(?:clock|check|punch|time)?(in|out)([1-4])?(?:time)?$`)
	parts       = map[string]int{"下午": 1, "pm": 1, "晚上": 2, "加班": 2, "2": 1, "3": 2, "4": 3}
)

// turnOf reads a heading such as 下午上班 or 签退时间; ok is false for any other.
func turnOf(head string) (t turn, ok bool) {
	head = plainHead(head)
	if m := englishTurn.FindStringSubmatch(head); m != nil {
		t = turn{off: m[2] == "out", punched: true, rank: 2 * (parts[m[1]] + parts[m[3]])}
	} else if m := chineseTurn.FindStringSubmatch(head); m != nil {
		t.off = slices.Contains([]string{"下班", "签退", "最晚", "末次"}, m[2])
		t.punched = m[4] != "" || m[2] != "上班" && m[2] != "下班"
		t.rank = 2 * (parts[m[1]] + parts[m[3]])
	} else {
		return t, false
	}
	if t.off {
		t.rank++
	}
	return t, true
}

// placeTimes finds the columns of a table that has several punches of a day in a
// row. 上班时间 beside the times of punches is when work is to begin.
func (m *Mapping) placeTimes() error {
	punched := slices.ContainsFunc(m.Columns, func(c Column) bool {
		t, ok := turnOf(c.Head)
		return c.Field == "" && (ok && t.punched || m.Kind.guess(c.Head) == Time)
	})
	taken := map[int]*Column{}
	for i := range m.Columns {
		c := &m.Columns[i]
		t, ok := turnOf(c.Head)
		if c.Field != "" || !ok || punched && !t.punched {
			continue
		}
		if other := taken[t.rank]; other != nil {
			return claimed(Time, other, c)
		}
		taken[t.rank] = c
		c.Field = Time
	}
	return nil
}

// timeColumn is a column of times; the turn is zero where the heading says none.
type timeColumn struct {
	*Column
	turn
}

// timeColumns returns the columns of times in the order of the day, where their
// headings say it, else as they stand.
func (m *Mapping) timeColumns() (columns []timeColumn) {
	known := true
	for i := range m.Columns {
		if c := &m.Columns[i]; c.Field == Time {
			t, ok := turnOf(c.Head)
			known = known && ok
			columns = append(columns, timeColumn{c, t})
		}
	}
	if known {
		slices.SortStableFunc(columns, func(a, b timeColumn) int { return cmp.Compare(a.rank, b.rank) })
	}
	return columns
}

// noPunch are what people write where there was none.
var noPunch = []string{"", "-", "--", "—", "——", "/", "无", "未打卡", "缺卡", "未签到", "未签退", "未刷卡"}

// instant is when a cell says that a punch was.
type instant struct {
	column *Column
	at     int64 // Unix seconds
}

// instants reads when the punches of a row were. Of a column of its own each row
// has a time; of several those that have one.
func (r *reader) instants(zone *attendance.Zone, columns []timeColumn) (all []instant) {
	if len(columns) == 1 {
		if at, _, ok := r.moment(zone, columns[0].Column, 0); ok {
			all = append(all, instant{columns[0].Column, at})
		}
		return all
	}
	dated := !r.has(Date) || r.text(Date) != ""
	if !dated {
		r.problem(Date, "there is no date")
	}
	ahead := false // past the midnight after the row's date
	for _, c := range columns {
		if slices.Contains(noPunch, r.cell(c.Column)) || !dated {
			continue
		}
		later := attendance.Day(0)
		if c.off {
			later = 1
		}
		at, bare, ok := r.moment(zone, c.Column, later)
		if !ok {
			continue
		}
		if n := len(all); n > 0 && at < all[n-1].at {
			last := all[n-1]
			const halfDay = attendance.SecondsPerDay / 2
			day, clock := zone.DayAt(at)
			next := zone.At(day+1, clock)
			if !bare || next < last.at || !ahead && (!c.off || at+halfDay > last.at) {
				r.problemAt(c.Column, because("it is earlier than %q in column %s: a time of the next day is written as 次日01:30; else one of the two is wrong", r.cell(last.column), last.column.Letters()))
				continue
			}
			at = next
		}
		if n := len(all); n > 0 {
			before, _ := zone.DayAt(all[n-1].at)
			day, _ := zone.DayAt(at)
			ahead = ahead || day > before
		}
		all = append(all, instant{c.Column, at})
	}
	return all
}

// cell returns what the row says in a column.
func (r *reader) cell(c *Column) string { return r.Table.Rows[r.at].cell(c.Index) }

// problemAt notes what is wrong with one of several times.
func (r *reader) problemAt(c *Column, why Reason) {
	r.problems = append(r.problems, r.Problem(Spot{r.at, c.Index}, Time, why))
}

// moment reads when a punch was: from the time alone, or from date and time, whose
// own date may be that many days later. bare says that the cell names no day.
func (r *reader) moment(zone *attendance.Zone, c *Column, later attendance.Day) (at int64, bare, ok bool) {
	text := r.cell(c)
	if text == "" {
		r.problemAt(c, because("there is no time"))
		return 0, false, false
	}
	if !r.has(Date) {
		at, err := parseMoment(text, zone, r.Table.date1904)
		if err != nil {
			r.problemAt(c, reasonOf(err))
		}
		return at, false, err == nil
	}
	day, ok := r.day(Date)
	if r.text(Date) == "" {
		r.problem(Date, "there is no date")
	}
	if !ok {
		return 0, false, false
	}
	clock, err := parseClock(text)
	if err == nil {
		return zone.At(day, clock), clock < attendance.SecondsPerDay, true
	}
	at, whole := parseMoment(text, zone, r.Table.date1904)
	d, _ := zone.DayAt(at)
	switch {
	case whole != nil:
		r.problemAt(c, reasonOf(err))
	case d < day || d > day+later:
		r.problemAt(c, because("it is of another day than the date beside it"))
	default:
		return at, false, true
	}
	return 0, false, false
}
