package wire

import (
	"cmp"
	"slices"
)

// readRests puts the earliest rest of a section into its pair and the others
// into rest_times, as answers have them.
func readRests(section object) {
	type rest struct{ begin, end int64 }
	var rests []rest
	for _, o := range append([]object{section}, objects(section["rest_times"])...) {
		r := rest{o.number("rest_begin_time", 0), o.number("rest_end_time", 0)}
		if r != (rest{}) {
			rests = append(rests, r)
		}
	}
	slices.SortFunc(rests, func(a, b rest) int {
		return cmp.Or(cmp.Compare(a.begin, b.begin), cmp.Compare(a.end, b.end))
	})
	rests = slices.Compact(rests)
	section.setDefault("allow_rest", false)
	var first rest
	others := []any{}
	for i, r := range rests {
		if i == 0 {
			first = r
			continue
		}
		others = append(others, object{"rest_begin_time": r.begin, "rest_end_time": r.end})
	}
	section["rest_begin_time"], section["rest_end_time"] = first.begin, first.end
	section["rest_times"] = others
}

// readOtInfo says of an ot_info_v2 what the old form can say. That form has one
// type for all days, no holidays, no unit, no time off, and one fixed rest: it
// takes the type of the working days where those have overtime, else of the
// rest days.
func readOtInfo(v2 object, head RuleHead) object {
	work, rest := v2.object("workdayconf"), v2.object("restdayconf")
	typ := work.number("type", 2)
	if !work.truth("allow_ot") && rest.truth("allow_ot") {
		typ = rest.number("type", 2)
	}
	workCheck, restCheck := work.object("checkin"), rest.object("checkin")
	out := object{
		"type":                   typ,
		"allow_ot_workingday":    work.truth("allow_ot"),
		"allow_ot_nonworkingday": rest.truth("allow_ot"),
		"otcheckinfo": object{
			"ot_workingday_time_start":      workCheck.number("ot_time_start", 1800),
			"ot_workingday_time_min":        workCheck.number("ot_time_min", 1800),
			"ot_workingday_time_max":        workCheck.number("ot_time_max", 14400),
			"ot_nonworkingday_time_min":     restCheck.number("ot_time_min", 1800),
			"ot_nonworkingday_time_max":     restCheck.number("ot_time_max", 14400),
			"ot_workingday_restinfo":        readOtRest(workCheck),
			"ot_nonworkingday_restinfo":     readOtRest(restCheck),
			"ot_nonworkingday_spanday_time": 0,
		},
	}
	apply := object{
		"allow_ot_workingday":           work.truth("allow_ot"),
		"allow_ot_nonworkingday":        rest.truth("allow_ot"),
		"ot_workingday_restinfo":        readOtRest(work.object("applycheckin")),
		"ot_nonworkingday_restinfo":     readOtRest(rest.object("applycheckin")),
		"ot_nonworkingday_spanday_time": 0,
	}
	if head.UpdateTime != 0 {
		out["uptime"], apply["uptime"] = head.UpdateTime, head.UpdateTime
	}
	if typ == 0 {
		out["otapplyinfo"] = apply
	}
	return out
}

func readOtRest(conf object) object {
	in := conf.object("restinfo")
	out := object{"type": in.number("type", 0)}
	if list := objects(in["fix_time_rule_list"]); len(list) > 0 {
		out["fix_time_rule"] = list[0]
	}
	if rule, ok := in["cal_ottime_rule"]; ok {
		out["cal_ottime_rule"] = rule
	}
	return out
}
