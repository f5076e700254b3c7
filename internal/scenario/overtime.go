package scenario

// otBlocks name the member of a conf that holds its numbers, by its type.
var otBlocks = [...]string{0: "applycheckin", 1: "checkin", 2: "apply"}

// overtime writes ot into ot_info_v2 (document 98041), and the older ot_info
// for the start of rest days, which the newer form does not have.
func overtime(d doc, n node) {
	o := n.object("work", "rest", "holi", "unit", "spanday")
	u := o.at("unit").object("unit", "method", "precision", "step", "perday")
	d["ot_info_v2"] = doc{
		"workdayconf": otConf(o.at("work")),
		"restdayconf": otConf(o.at("rest")),
		"holidayconf": otConf(o.at("holi")),
		"time_unit_config": doc{
			"ot_time_unit":         u.at("unit").intOr(2),
			"perday_duration_secs": u.at("perday").intOr(28800),
			"rounding_method":      u.at("method").intOr(1),
			"rounding_precision":   u.at("precision").intOr(1),
			"step_size":            u.at("step").intOr(3600),
		},
	}
	if span := o.at("spanday"); span.present {
		start := doc{"ot_nonworkingday_spanday_time": span.clock()}
		work, rest := o.at("work").anyObject(), o.at("rest").anyObject()
		d["ot_info"] = doc{
			"type":                   rest.at("type").intOr(work.at("type").intOr(2)),
			"allow_ot_workingday":    work.at("allow").boolOr(false),
			"allow_ot_nonworkingday": rest.at("allow").boolOr(false),
			"otcheckinfo":            start,
			"otapplyinfo":            start,
		}
	}
}

// otConf writes the conf of one kind of day; one that is absent allows nothing.
func otConf(n node) doc {
	o := n.object("allow", "type", "start", "min", "max", "range", "rest", "trans")
	typ, trans := o.at("type").intOr(2), o.at("trans").intOr(0)
	if typ < 0 || typ >= int64(len(otBlocks)) {
		o.at("type").fail("%d is not 0, 1 or 2", typ)
		return nil
	}
	if o.at("trans").present && trans != 1 && trans != 2 {
		o.at("trans").fail("%d is not 1 or 2", trans)
	}
	block := doc{"restinfo": otRest(o.at("rest"))}
	if typ == 1 {
		block["ot_time_start"] = o.at("start").intOr(1800)
		block["ot_time_min"] = o.at("min").intOr(1800)
		block["ot_time_max"] = o.at("max").intOr(14400)
	}
	return doc{
		"allow_ot":        o.at("allow").boolOr(false),
		"type":            typ,
		otBlocks[typ]:     block,
		"ot_trans_enable": trans != 0,
		"ot_trans_type":   max(trans, 1),
		"ot_time_range":   o.at("range").intOr(0),
	}
}

func otRest(n node) doc {
	o := n.object("type", "fix", "by")
	typ := o.at("type").intOr(0)
	d := doc{"type": typ}
	fixed := []doc{}
	for _, s := range spans(o.at("fix")) {
		fixed = append(fixed, doc{"fix_time_begin_sec": s.From, "fix_time_end_sec": s.To})
	}
	items := []doc{}
	for _, e := range o.at("by").list() {
		after, rest := e.pair()
		items = append(items, doc{"ot_time": after.int(), "rest_time": rest.int()})
	}
	switch typ {
	case 0:
	case 1:
		d["fix_time_rule_list"] = fixed
	case 2:
		d["cal_ottime_rule"] = doc{"items": items}
	default:
		o.at("type").fail("%d is not 0, 1 or 2", typ)
	}
	return d
}
