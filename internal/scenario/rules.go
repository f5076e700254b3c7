package scenario

import (
	"cmp"
	"encoding/json"
	"slices"

	"github.com/dakahq/daka/internal/attendance"
)

// doc is an object of a rule document under construction.
type doc map[string]any

// versionKeys are the keys of a rule that say where and when it holds.
var versionKeys = []string{"range", "created", "white_users", "valid_from", "valid_to"}

// ruleKeys are the keys of a rule in compact form.
var ruleKeys = append([]string{
	"groupid", "grouptype", "checkindate", "schedulelist", "biweekly", "spe_workdays", "spe_offdays",
	"sync_holidays", "allow_checkin_offworkday", "option_out_range", "sync_out_checkin",
	"checkin_method_type", "rest_method", "offwork_interval_time", "span_day_time",
	"standard_work_duration", "noneed_offwork", "limit_aheadtime_ms", "flex", "ot",
}, versionKeys...)

// addRule reads an entry of rules[]: the name of a rule of the library, or an
// object that puts other members in place of such a rule's own.
func (s *Scenario) addRule(l *loader, n node, position int64) {
	name, own := n, object{node: n}
	if _, ok := n.value.(string); !ok {
		own = n.object(append([]string{"use"}, ruleKeys...)...)
		name = own.at("use")
	}
	base, ok := l.rules[name.str()]
	if !ok {
		name.fail("no rule %q in lib.rules", name.str())
		return
	}
	rule := l.version(name.str(), own.over(base), position, s.Zone)
	s.Rules = append(s.Rules, rule)
	if own.over(base).at("grouptype").int() == int64(attendance.ShiftRule) {
		s.shiftGroups = append(s.shiftGroups, rule.Group)
	}
}

// version turns a rule in compact form into a version of it.
func (l *loader) version(name string, o object, position int64, zone *attendance.Zone) Rule {
	r := Rule{RuleVersion: attendance.RuleVersion{
		Group:   attendance.GroupID(o.at("groupid").int()),
		Version: position,
		Created: o.at("created").intOr(position),
		First:   o.at("valid_from").dayOr(attendance.MinDay),
		Last:    o.at("valid_to").dayOr(attendance.MaxDay),
	}}
	if r.Last < r.First {
		o.at("valid_to").fail("before valid_from")
	}
	d := ruleDocument(o, zone)
	d["groupname"] = name
	d["range"] = l.ruleRange(o.at("range"))
	white := o.at("white_users").strs()
	if len(white) > 0 {
		d["white_users"] = white
	}
	var err error
	if r.Document, err = json.Marshal(d); err != nil {
		o.fail("%v", err)
	}
	return r
}

// ruleRange reads whom a rule is for; without a word it is Subject.
func (l *loader) ruleRange(n node) doc {
	if !n.present {
		return doc{"userid": []string{string(Subject)}, "party_id": []int64{}, "tagid": []int64{}}
	}
	o := n.object("userid", "party", "tagid")
	users := append([]string{}, o.at("userid").strs()...)
	return doc{
		"userid":   users,
		"party_id": append([]attendance.DeptID{}, l.dir.deptIDs(o.at("party"))...),
		"tagid":    append([]attendance.TagID{}, l.dir.tagIDs(o.at("tagid"))...),
	}
}

// ruleDocument writes a compact rule as WeCom's read calls show it (documents
// 90263, 93384). What the compact form leaves out is left out.
func ruleDocument(o object, zone *attendance.Zone) doc {
	typ := attendance.RuleType(o.at("grouptype").int())
	if typ < attendance.FixedRule || typ > attendance.FreeRule {
		o.at("grouptype").fail("%d is not 1, 2 or 3", typ)
	}
	d := doc{"groupid": o.at("groupid").int(), "grouptype": typ}
	copyBools(d, o, "sync_holidays", "allow_checkin_offworkday", "sync_out_checkin")
	copyInts(d, o, "option_out_range", "offwork_interval_time", "standard_work_duration")
	if typ == attendance.FreeRule {
		copyInts(d, o, "checkin_method_type")
	} else {
		d["checkin_method_type"] = o.at("rest_method").intOr(int64(attendance.OnePair))
	}
	if span := o.at("span_day_time"); span.present {
		d["span_day_time"] = span.clock()
	}
	shared := dayMembers(o)
	if dates := o.at("checkindate"); dates.present {
		d["checkindate"] = workdays(dates, o.at("biweekly"), shared)
	}
	if shifts := o.at("schedulelist"); shifts.present {
		d["schedulelist"] = shiftList(shifts, shared)
	}
	for _, name := range []string{"spe_workdays", "spe_offdays"} {
		if days := o.at(name); days.present {
			d[name] = specialDays(days, zone)
		}
	}
	if ot := o.at("ot"); ot.present {
		overtime(d, ot)
	}
	return d
}

func copyBools(d doc, o object, names ...string) {
	for _, name := range names {
		if n := o.at(name); n.present {
			d[name] = n.bool()
		}
	}
}

func copyInts(d doc, o object, names ...string) {
	for _, name := range names {
		if n := o.at(name); n.present {
			d[name] = n.int()
		}
	}
}

// dayMembers writes what a compact rule says once and a document repeats in
// each item of checkindate and schedulelist.
func dayMembers(o object) doc {
	d := doc{"allow_flex": o.at("flex").present}
	copyBools(d, o, "noneed_offwork")
	if ahead := o.at("limit_aheadtime_ms"); ahead.present {
		d["limit_aheadtime"] = ahead.int()
	}
	if !o.at("flex").present {
		return d
	}
	f := o.at("flex").object("flex_on", "flex_off", "flex_time_ms", "max_early", "max_late", "late_rule")
	var unset int64 // -1 sends the reader to the older flex_time
	if ms := f.at("flex_time_ms"); ms.present {
		d["flex_time"] = ms.int()
		unset = -1
	}
	d["flex_on_duty_time"] = f.at("flex_on").intOr(unset)
	d["flex_off_duty_time"] = f.at("flex_off").intOr(unset)
	d["max_allow_arrive_early"] = f.at("max_early").intOr(0)
	d["max_allow_arrive_late"] = f.at("max_late").intOr(0)
	if late := f.at("late_rule"); late.present {
		steps := []doc{}
		for _, n := range late.list() {
			after, flex := n.pair()
			steps = append(steps, doc{"offwork_after_time": after.int(), "onwork_flex_time": flex.int()})
		}
		d["late_rule"] = doc{"allow_offwork_after_time": true, "timerules": steps}
	}
	return d
}

// openedBy leaves the opening of the windows to limit_aheadtime where shared has
// one: a scenario that names it is about it.
func openedBy(shared doc, sections []doc) []doc {
	if _, ok := shared["limit_aheadtime"]; ok {
		for _, s := range sections {
			delete(s, "earliest_work_sec")
		}
	}
	return sections
}

// with returns d with the members of more added.
func (d doc) with(more doc) doc {
	for name, v := range more {
		d[name] = v
	}
	return d
}

// workdays writes checkindate. The two weeks of biweekly go into the first
// item; the items keep their weekdays, which say whose sections a day has.
func workdays(n, biweekly node, shared doc) []doc {
	items := []doc{}
	for i, e := range n.list() {
		o := e.object("workdays", "sections")
		d := doc{"workdays": o.at("workdays").ints(), "checkintime": openedBy(shared, sections(o.at("sections")))}.with(shared)
		if i == 0 && biweekly.present {
			b := biweekly.object("odd", "even")
			d["biweekly"] = doc{
				"enable_weekday_recurrence": true,
				"odd_workdays":              b.at("odd").ints(),
				"even_workdays":             b.at("even").ints(),
			}
		}
		items = append(items, d)
	}
	return items
}

func shiftList(n node, shared doc) []doc {
	items := []doc{}
	for _, e := range n.list() {
		o := e.object("schedule_id", "schedule_name", "sections", "noneed_offwork")
		d := doc{
			"schedule_id":   o.at("schedule_id").int(),
			"schedule_name": o.at("schedule_name").strOr(""),
			"time_section":  openedBy(shared, sections(o.at("sections"))),
		}.with(shared)
		copyBools(d, o, "noneed_offwork")
		items = append(items, d)
	}
	return items
}

// specialDays writes spe_workdays or spe_offdays; dates become the stamps of
// their midnights.
func specialDays(n node, zone *attendance.Zone) []doc {
	items := []doc{}
	for _, e := range n.list() {
		o := e.object("type", "notes", "sections", "date", "begin", "end")
		typ := o.at("type").intOr(0)
		d := doc{"type": typ, "notes": o.at("notes").strOr(""), "checkintime": sections(o.at("sections"))}
		stamp := func(name, key string) { d[name] = zone.Midnight(o.at(key).day()) }
		switch typ {
		case 0:
			stamp("timestamp", "date")
		case 1:
			stamp("begtime", "begin")
			stamp("endtime", "end")
		case 2:
			stamp("timestamp", "date")
			stamp("endtime", "end")
		default:
			o.at("type").fail("%d is not 0, 1 or 2", typ)
		}
		items = append(items, d)
	}
	return items
}

// sections writes checkintime or time_section. Windows that are not given are
// left to the reader of the document.
func sections(n node) []doc {
	items := []doc{}
	for _, e := range n.list() {
		o := e.object("id", "on", "off", "rest", "on_win", "off_win", "no_need_checkon", "no_need_checkoff")
		on, off := o.at("on").clock(), o.at("off").clock()
		d := doc{
			"work_sec": on, "off_work_sec": off,
			"remind_work_sec": on, "remind_off_work_sec": off,
		}
		if id := o.at("id"); id.present {
			d["time_id"] = id.int()
		}
		copyBools(d, o, "no_need_checkon", "no_need_checkoff")
		window := func(key, first, last string) {
			if w := o.at(key); w.present {
				a, b := w.pair()
				d[first], d[last] = a.clock(), b.clock()
			}
		}
		window("on_win", "earliest_work_sec", "latest_work_sec")
		window("off_win", "earliest_off_work_sec", "latest_off_work_sec")
		addRests(d, o.at("rest"))
		items = append(items, d)
	}
	return items
}

// addRests writes rests as the read form has them: the earliest beside the
// section's times, the others in a list.
func addRests(d doc, n node) {
	rests := spans(n)
	if len(rests) == 0 {
		return
	}
	slices.SortFunc(rests, func(a, b attendance.Span) int { return cmp.Compare(a.From, b.From) })
	d["allow_rest"] = true
	d["rest_begin_time"], d["rest_end_time"] = rests[0].From, rests[0].To
	var others []doc
	for _, r := range rests[1:] {
		others = append(others, doc{"rest_begin_time": r.From, "rest_end_time": r.To})
	}
	if others != nil {
		d["rest_times"] = others
	}
}

// spans reads a list of pairs of clock times.
func spans(n node) []attendance.Span {
	var s []attendance.Span
	for _, e := range n.list() {
		a, b := e.pair()
		span := attendance.Span{From: a.clock(), To: b.clock()}
		if n.r.err == nil && span.To <= span.From {
			e.fail("ends before it begins")
		}
		s = append(s, span)
	}
	return s
}
