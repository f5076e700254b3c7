package sheet

import (
	"regexp"
	"slices"
	"strings"
)

// The ends of a request may each have two columns, one with the date and one with
// the half of the day or the time.

// halfHeads are the headings of the second of them, as plainHead writes them, with
// | between them.
var halfHeads = map[Field]string{
	From: "开始时段|起始时段|请假开始时段|开始半天|开始上下午|开始上午下午|开始时刻|起始时刻|开始钟点|startperiod|starthalf|startsession|fromperiod|fromhalf|beginhalf|starthour|startclock",
	To:   "结束时段|截止时段|终止时段|请假结束时段|结束半天|结束上下午|结束上午下午|结束时刻|截止时刻|结束钟点|endperiod|endhalf|endsession|toperiod|tohalf|endhour|endclock",
}

var (
	halfAlone  = regexp.MustCompile(`(?i)^[(]?(上午|下午|am|pm)[)]?$`)
	wholeWords = []string{"全天", "整天", "全日", "一天", "wholeday", "fullday", "allday"}
)

// holdsDates and holdsHalves report whether all that a column says below its heading
// is dates, or is halves of days, whole ones or times; of one that says nothing
// neither is so.
func (m *Mapping) holdsDates(column int) bool {
	return m.holds(column, func(text string) bool {
		_, err := parseDay(text, m.Table.date1904)
		return err == nil
	})
}

func (m *Mapping) holdsHalves(column int) bool { return m.holds(column, isHalf) }

func isHalf(text string) bool {
	_, err := parseClock(text)
	return err == nil || halfAlone.MatchString(fold(text)) || isWholeDay(text) || dayEnd.MatchString(fold(text))
}

func isWholeDay(text string) bool { return slices.Contains(wholeWords, plainHead(text)) }

func (m *Mapping) holds(column int, fits func(text string) bool) bool {
	some := false
	for i := m.first; i < len(m.Table.Rows); i++ {
		text := m.Table.Rows[i].cell(column)
		if text == "" {
			continue
		}
		if !fits(text) {
			return false
		}
		some = true
	}
	return some
}

// joins reports whether two columns that may be the same end of a request are it
// together.
func (m *Mapping) joins(f Field, one, other *Column) bool {
	return (f == From || f == To) && len(m.columns(f)) == 1 &&
		(m.holdsDates(one.Index) && m.holdsHalves(other.Index) || m.holdsHalves(one.Index) && m.holdsDates(other.Index))
}

// placeHalves finds the columns with the halves and times of the ends: by their
// headings, else right behind their dates. Any other column that has nothing else
// beside ends that are dates alone is refused: a request would be longer than it is.
func (m *Mapping) placeHalves(given map[Field]string) error {
	if m.Kind != Approvals {
		return nil
	}
	_, fromSaid := given[From]
	_, toSaid := given[To]
	open := map[Field]bool{From: !fromSaid, To: !toSaid}
	for i := range m.Columns {
		c := &m.Columns[i]
		f := halfField(c.Head)
		if c.Field != "" || !open[f] {
			continue
		}
		if all := m.columns(f); len(all) > 1 {
			return claimed(f, all[1], c)
		}
		c.Field = f
	}
	m.placeBehind(open)
	if fromSaid && toSaid || !m.datesAlone(From) && !m.datesAlone(To) {
		return nil
	}
	for i := range m.Columns {
		c := &m.Columns[i]
		f := m.Kind.guess(c.Head) // of what is left alone with "-"
		if c.Field == "" && (f == "" || f == From || f == To) && m.holdsHalves(c.Index) {
			return mapError("column %s %s has halves of days or times: join it with its dates, as --map from=B+C,to=D+E, or name both ends without it", c.Letters(), c.Head)
		}
	}
	return nil
}

// placeBehind gives the columns with halves or times that stand behind the dates of
// both ends, or of the only one, to these.
func (m *Mapping) placeBehind(open map[Field]bool) {
	var found []*Column
	for _, f := range []Field{From, To} {
		if !m.has(f) {
			continue
		}
		c := m.behind(f)
		if !open[f] || c == nil {
			return
		}
		found = append(found, c)
	}
	for i, f := range []Field{From, To} {
		if i < len(found) && m.has(f) {
			found[i].Field = f
		}
	}
}

// behind returns the column without a field behind that of an end which has dates
// alone, where it has halves or times; nil = there is none.
func (m *Mapping) behind(f Field) *Column {
	if !m.datesAlone(f) {
		return nil
	}
	at := m.column(f).Index + 1
	for i := range m.Columns {
		if c := &m.Columns[i]; c.Index == at && c.Field == "" && m.holdsHalves(at) {
			return c
		}
	}
	return nil
}

// datesAlone reports whether an end has one column, and that nothing but dates.
func (m *Mapping) datesAlone(f Field) bool {
	all := m.columns(f)
	return len(all) == 1 && m.holdsDates(all[0].Index)
}

func halfField(head string) Field {
	for f, heads := range halfHeads {
		if slices.Contains(strings.Split(heads, "|"), plainHead(head)) {
			return f
		}
	}
	return ""
}

// columns returns all columns of a field.
func (m *Mapping) columns(f Field) (all []*Column) {
	for i := range m.Columns {
		if m.Columns[i].Field == f {
			all = append(all, &m.Columns[i])
		}
	}
	return all
}

// end returns what a row says of an end of its request: of two columns the date
// comes first, whichever they are, and without the midnight that spreadsheets write
// to it.
func (r *reader) end(f Field) string {
	columns := r.columns(f)
	if len(columns) < 2 {
		return r.text(f)
	}
	var dates, others []string
	for _, c := range columns {
		text := r.cell(c)
		day, err := parseDay(text, r.Table.date1904)
		switch {
		case text == "":
		case err == nil:
			dates = append(dates, day.String())
		case !isWholeDay(text):
			others = append(others, text)
		}
	}
	return strings.Join(append(dates, others...), " ")
}
