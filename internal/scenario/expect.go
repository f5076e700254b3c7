package scenario

import (
	"slices"
	"strconv"
	"strings"

	"github.com/dakahq/daka/internal/attendance"
)

// Expectation is what a day's or a month's report must say. Only what is
// listed is compared; a nil map, slice or pointer is not listed.
type Expectation struct {
	Row        *bool            // whether there is a row; any other field but Rejects asks for one
	Numbers    map[string]int64 // base_info and summary_info, by WeCom's name
	Exceptions map[int64]Tally  // exception_infos, exactly
	Items      map[ItemKey]Item // sp_items
	Approvals  []ApprovalText   // holiday_infos, exactly; empty = none
	Overtime   map[string]int64 // ot_info of a day, overwork_info of a month, by WeCom's name
	Shortages  []int64          // ot_info.exception_duration, exactly
	Category   string           // workday, restday or holiday; "" = not listed
	Rejects    []int            // codes of the refused corrections, exactly
}

// Tally is how often an exception occurred, and for how many seconds.
type Tally struct{ Count, Duration int64 }

// ItemKey names an entry of sp_items.
type ItemKey struct{ Type, Vacation int64 }

// Item is the listed fields of an sp_items entry.
type Item struct {
	Numbers map[string]int64 // count, duration, time_type
	Name    string           // "" = not listed
}

// ApprovalText is an entry of holiday_infos.
type ApprovalText struct{ Number, Title, Description string }

// The keys of an expectation that are numbers.
var (
	dayNumbers = []string{
		"groupid", "scheduleid", "day_type", "record_type", "date_unix", "checkin_count",
		"regular_work_sec", "standard_work_sec", "earliest_time", "lastest_time",
	}
	monthNumbers = []string{
		"groupid", "record_type", "work_days", "regular_days", "except_days", "rest_days",
		"regular_work_sec", "standard_work_sec",
	}
	dayOvertime = []string{
		"ot_status", "ot_duration",
		"workday_over_as_vacation", "workday_over_as_money", "restday_over_as_vacation",
		"restday_over_as_money", "holiday_over_as_vacation", "holiday_over_as_money",
	}
	monthOvertime = []string{
		"workday_over_sec", "restdays_over_sec", "holidays_over_sec",
		"workdays_over_as_vacation", "workdays_over_as_money", "restdays_over_as_vacation",
		"restdays_over_as_money", "holidays_over_as_vacation", "holidays_over_as_money",
	}
	itemNumbers = []string{"count", "duration", "time_type"}
	categories  = []string{"workday", "restday", "holiday"}
)

// expectations reads "expect" of a scenario. D is its first day. A correction
// may be refused on a day outside those asked for.
func (s *Scenario) expectations(n node) {
	s.Days = map[attendance.Day]*Expectation{}
	o := n.anyObject()
	for _, name := range o.names() {
		m := o.at(name)
		if name == "month" {
			s.Month = monthExpectation(m)
			continue
		}
		day := s.First
		if name != "D" {
			d, err := attendance.ParseDay(name)
			if err != nil {
				m.fail("unknown key: want D, month or a date")
				return
			}
			day = d
		}
		if s.Days[day] != nil {
			m.fail("the day is listed twice")
		}
		s.Days[day] = dayExpectation(m)
	}
}

func dayExpectation(n node) *Expectation {
	o := n.object(slices.Concat(dayNumbers, []string{"row", "exceptions", "sp", "holiday_infos", "ot", "rejects", "cat"})...)
	e := &Expectation{
		Numbers:    numbers(o, dayNumbers),
		Exceptions: exceptions(o.at("exceptions")),
		Items:      items(o.at("sp")),
		Category:   o.at("cat").oneOf("", categories...),
	}
	e.Row = rowOf(o)
	if infos := o.at("holiday_infos"); infos.present {
		e.Approvals = []ApprovalText{}
		for _, i := range infos.list() {
			m := i.object("sp_number", "title", "desc")
			e.Approvals = append(e.Approvals, ApprovalText{m.at("sp_number").str(), m.at("title").str(), m.at("desc").str()})
		}
	}
	if rejects := o.at("rejects"); rejects.present {
		e.Rejects = []int{}
		for _, code := range rejects.ints() {
			e.Rejects = append(e.Rejects, int(code))
		}
	}
	if ot := o.at("ot"); ot.present {
		m := ot.object(slices.Concat(dayOvertime, []string{"exception_duration", "cat"})...)
		e.Overtime = numbers(m, dayOvertime)
		e.Category = m.at("cat").oneOf(e.Category, categories...)
		if m.at("exception_duration").present {
			e.Shortages = m.at("exception_duration").ints()
		}
	}
	if e.Row != nil && !*e.Row && e.needsRow() {
		n.fail("row is false, yet something in the row is expected")
	}
	return e
}

func monthExpectation(n node) *Expectation {
	o := n.object(slices.Concat(monthNumbers, []string{"exceptions", "sp", "overwork_info"})...)
	return &Expectation{
		Numbers:    numbers(o, monthNumbers),
		Exceptions: exceptions(o.at("exceptions")),
		Items:      items(o.at("sp")),
		Overtime:   numbers(o.at("overwork_info").object(monthOvertime...), monthOvertime),
	}
}

// rowOf reads whether there is to be a row; nil where nothing is said of it.
func rowOf(o object) *bool {
	row := o.at("row")
	if !row.present {
		return nil
	}
	v := row.bool()
	return &v
}

// needsRow reports whether e can only hold of a row that exists.
func (e *Expectation) needsRow() bool {
	return e.Row != nil && *e.Row || len(e.Numbers)+len(e.Items)+len(e.Overtime) > 0 ||
		e.Exceptions != nil || e.Approvals != nil || e.Shortages != nil || e.Category != ""
}

// numbers returns the members of o that are listed among names.
func numbers(o object, names []string) map[string]int64 {
	m := map[string]int64{}
	for _, name := range names {
		if n := o.at(name); n.present {
			m[name] = n.int()
		}
	}
	return m
}

func exceptions(n node) map[int64]Tally {
	if !n.present {
		return nil
	}
	tallies := map[int64]Tally{}
	o := n.anyObject()
	for _, name := range o.names() {
		m := o.at(name).object("count", "duration")
		code, err := strconv.ParseInt(name, 10, 64)
		if err != nil || code < 1 || code > int64(attendance.Device) {
			m.fail("unknown key: exceptions are 1 to %d", attendance.Device)
		}
		tallies[code] = Tally{m.at("count").int(), m.at("duration").intOr(0)}
	}
	return tallies
}

func items(n node) map[ItemKey]Item {
	m := map[ItemKey]Item{}
	o := n.anyObject()
	for _, name := range o.names() {
		typ, vacation, _ := strings.Cut(name, ":")
		t, errT := strconv.ParseInt(typ, 10, 64)
		v, errV := strconv.ParseInt(vacation, 10, 64)
		if errT != nil || errV != nil {
			o.at(name).fail("unknown key: want type:vacation_id, such as 1:2")
		}
		fields := o.at(name).object(append([]string{"name"}, itemNumbers...)...)
		m[ItemKey{t, v}] = Item{numbers(fields, itemNumbers), fields.at("name").strOr("")}
	}
	return m
}
