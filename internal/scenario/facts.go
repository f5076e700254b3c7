package scenario

import (
	"strings"

	"github.com/dakahq/daka/internal/attendance"
)

// anomalies are the values of a record's exception_type (document 90262).
var anomalies = map[string]attendance.PunchFlags{
	"":       0,
	"时间异常":   0,
	"地点异常":   attendance.OutOfRange,
	"wifi异常": attendance.WrongWifi,
	"非常用设备":  attendance.NewDevice,
	"未打卡":    attendance.Placeholder,
}

// sources are the values of "via" that name a door; any other is a phone.
var sources = map[string]attendance.Source{
	"device": attendance.SourceDevice,
	"access": attendance.SourceAccess,
	"other":  attendance.SourceOther,
}

// punch reads a time, or an object that says more about it.
func (s *Scenario) punch(n node) attendance.Punch {
	if _, ok := n.value.(string); ok {
		at := n.moment(s.First).unix(s.Zone)
		return attendance.Punch{At: at, KnownAt: at, Source: attendance.SourcePhone}
	}
	o := n.object("t", "kind", "type", "loc", "dev", "approval", "sp", "exception_type", "via", "uploaded", "note", "notes")
	p := attendance.Punch{At: o.at("t").moment(s.First).unix(s.Zone), Source: attendance.SourcePhone}
	p.KnownAt = p.At
	if uploaded := o.at("uploaded"); uploaded.present {
		p.KnownAt = uploaded.moment(s.First).unix(s.Zone)
	}
	if source, ok := sources[o.at("via").strOr("")]; ok {
		p.Source = source
	}
	switch o.at("type").oneOf("", "on", "off") {
	case "on":
		p.Slot = attendance.On
	case "off":
		p.Slot = attendance.Off
	}
	set := func(flags attendance.PunchFlags, when bool) {
		if when {
			p.Flags |= flags
		}
	}
	set(attendance.Outside, o.at("kind").oneOf("", "out", "normal", "duty") == "out")
	set(attendance.OutOfRange, o.at("loc").oneOf("", "out", "in") == "out")
	set(attendance.NewDevice, o.at("dev").oneOf("", "new") == "new")
	set(attendance.ApprovalPending, o.at("approval").oneOf("", "pending", "approved") == "pending")
	sp := o.at("sp").oneOf("", "pending", "approved")
	set(attendance.ApprovalPunch, sp != "")
	set(attendance.ApprovalPending, sp == "pending")
	for _, text := range strings.FieldsFunc(o.at("exception_type").strOr(""), func(r rune) bool { return r == ';' || r == '；' }) {
		flags, ok := anomalies[text]
		if !ok {
			o.at("exception_type").fail("%q is not an exception of a record", text)
		}
		set(flags, true)
	}
	return p
}

// correction reads a correction. Its times count from its own date, and it is
// known from the start.
func (s *Scenario) correction(n node) attendance.Correction {
	o := n.object("date", "slot", "t", "by", "note", "notes")
	c := attendance.Correction{Day: o.at("date").dayOr(s.First), Slot: attendance.NoTime}
	c.At = o.at("t").moment(c.Day).unix(s.Zone)
	if slot := o.at("slot"); slot.present {
		c.Slot = slot.moment(c.Day).from(c.Day)
	}
	switch by := o.at("by"); by.strOr("api") {
	case "api":
		c.By = attendance.ByAPI
	case "approval":
		c.By = attendance.ByApproval
	default:
		by.fail("%q is not one of [api approval]", by.str())
	}
	return c
}

// schedule reads which shift each day has. It belongs to the scenario's shift
// rule; with several of them it names no group and holds for each.
func (s *Scenario) schedule(n node) []attendance.Scheduled {
	var group attendance.GroupID
	for i, id := range s.shiftGroups {
		if i > 0 && id != group {
			group = 0
			break
		}
		group = id
	}
	var schedule []attendance.Scheduled
	o := n.anyObject()
	for _, date := range o.names() {
		d, err := attendance.ParseDay(date)
		if err != nil {
			o.at(date).fail("%v", err)
		}
		schedule = append(schedule, attendance.Scheduled{Day: d, Shift: attendance.ShiftID(o.at(date).int()), Group: group})
	}
	return schedule
}

func (s *Scenario) approval(n node) Approval {
	o := n.object("kind", "no", "unit", "from", "to", "status", "approved_at", "slices", "vacation", "note", "notes")
	a := Approval{
		Kind:   ApprovalKind(o.at("kind").oneOf("", string(Leave), string(Trip), string(Outing), string(Overtime))),
		No:     o.at("no").strOr(""),
		Unit:   ApprovalUnit(o.at("unit").oneOf("", string(UnitHour), string(UnitDay))),
		Status: int(o.at("status").intOr(2)),
	}
	switch {
	case a.Kind == "":
		o.at("kind").fail("missing")
	case a.Unit == UnitHour:
		a.From, a.To = o.at("from").moment(s.First).unix(s.Zone), o.at("to").moment(s.First).unix(s.Zone)
	case a.Unit == UnitDay:
		a.From, a.To = o.at("from").half().unix(s.Zone), o.at("to").half().unix(s.Zone)
	default:
		o.at("unit").fail("missing")
	}
	if a.To < a.From || a.Unit == UnitHour && a.To == a.From {
		o.at("to").fail("not after from")
	}
	if at := o.at("approved_at"); at.present {
		a.KnownAt = at.moment(s.First).unix(s.Zone)
	}
	slices := o.at("slices").anyObject()
	for _, date := range slices.names() {
		d, err := attendance.ParseDay(date)
		if err != nil {
			slices.at(date).fail("%v", err)
		}
		a.Slices = append(a.Slices, Slice{d, slices.at(date).int()})
	}
	if v := o.at("vacation"); v.present {
		if a.Kind != Leave {
			v.fail("only a leave has one")
		}
		m := v.object("id", "name", "duration_type")
		a.Vacation = Vacation{m.at("id").int(), m.at("name").strOr(""), int(m.at("duration_type").intOr(0))}
	}
	return a
}

// abnormal are the words of a policy question.
var abnormal = map[string]attendance.FindingCode{
	"missing": attendance.Missing, "late": attendance.Late, "early": attendance.Early,
	"location": attendance.Location, "device": attendance.Device,
}

func policyQuestion(o object) *PolicyQuestion {
	p := o.at("policy").object("allow_apply_offworkday", "allow_apply_bk_cnt", "allow_apply_bk_day_limit",
		"buka_limit_next_month", "buka_restriction", "whitelisted")
	r := o.at("request").object("today", "date", "abnormal", "used_this_month")
	e := o.at("expect").object("accept", "errcode")
	q := &PolicyQuestion{
		Policy: attendance.CorrectionPolicy{
			Allowed:        p.at("allow_apply_offworkday").bool(),
			PerMonth:       int(p.at("allow_apply_bk_cnt").intOr(-1)),
			DayLimit:       int(p.at("allow_apply_bk_day_limit").intOr(-1)),
			NextMonthUntil: int(p.at("buka_limit_next_month").intOr(-1)),
			Closed:         uint64(max(0, p.at("buka_restriction").intOr(0))),
		},
		Whitelisted: p.at("whitelisted").boolOr(false),
		Today:       r.at("today").day(),
		Date:        r.at("date").day(),
		Used:        int(r.at("used_this_month").intOr(0)),
		Accept:      e.at("accept").bool(),
		Errcode:     int(e.at("errcode").intOr(0)),
	}
	for _, word := range strings.Split(r.at("abnormal").str(), "+") {
		code, ok := abnormal[word]
		if !ok {
			r.at("abnormal").fail("%q is not one of missing, late, early, location, device", word)
		}
		q.Abnormal = append(q.Abnormal, code)
	}
	return q
}
