package wire

// oldOtDoc is ot_info, the older form of overtime that the read calls answer
// (document 93384). Holidays are rest days to it.
type oldOtDoc struct {
	Type      number     `json:"type"`
	AllowWork truth      `json:"allow_ot_workingday"`
	AllowRest truth      `json:"allow_ot_nonworkingday"`
	Check     oldOtCheck `json:"otcheckinfo"`
	Apply     oldOtCheck `json:"otapplyinfo"`
}

type oldOtCheck struct {
	AllowWork truth     `json:"allow_ot_workingday"`
	AllowRest truth     `json:"allow_ot_nonworkingday"`
	WorkStart number    `json:"ot_workingday_time_start"`
	WorkMin   number    `json:"ot_workingday_time_min"`
	WorkMax   number    `json:"ot_workingday_time_max"`
	RestMin   number    `json:"ot_nonworkingday_time_min"`
	RestMax   number    `json:"ot_nonworkingday_time_max"`
	WorkRests otRestDoc `json:"ot_workingday_restinfo"`
	RestRests otRestDoc `json:"ot_nonworkingday_restinfo"`
	SpanDay   number    `json:"ot_nonworkingday_spanday_time"`
}

// otDoc is ot_info_v2 (document 98041).
type otDoc struct {
	Work    *otConfDoc `json:"workdayconf"`
	Rest    *otConfDoc `json:"restdayconf"`
	Holiday *otConfDoc `json:"holidayconf"`
	Unit    otUnitDoc  `json:"time_unit_config"`
}

type otConfDoc struct {
	Allow       truth      `json:"allow_ot"`
	Type        number     `json:"type"`
	Apply       otBlockDoc `json:"apply"`
	Checkin     otBlockDoc `json:"checkin"`
	Both        otBlockDoc `json:"applycheckin"`
	TransEnable truth      `json:"ot_trans_enable"`
	TransType   number     `json:"ot_trans_type"`
	Range       number     `json:"ot_time_range"`
}

type otBlockDoc struct {
	Start number    `json:"ot_time_start"`
	Min   number    `json:"ot_time_min"`
	Max   number    `json:"ot_time_max"`
	Rests otRestDoc `json:"restinfo"`
}

type otRestDoc struct {
	Type   number       `json:"type"`
	Fixed  otFixedDoc   `json:"fix_time_rule"` // the older form has one
	List   []otFixedDoc `json:"fix_time_rule_list"`
	Length struct {
		Items []otLengthDoc `json:"items"`
	} `json:"cal_ottime_rule"`
}

type otFixedDoc struct {
	Begin number `json:"fix_time_begin_sec"`
	End   number `json:"fix_time_end_sec"`
}

type otLengthDoc struct {
	Length number `json:"ot_time"`
	Rest   number `json:"rest_time"`
}

type otUnitDoc struct {
	Unit      number `json:"ot_time_unit"`
	PerDay    number `json:"perday_duration_secs"`
	Method    number `json:"rounding_method"`
	Precision number `json:"rounding_precision"`
	Step      number `json:"step_size"`
}
