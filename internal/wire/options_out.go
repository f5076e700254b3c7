package wire

import (
	"encoding/json"
	"strconv"

	"github.com/dakahq/daka/internal/attendance"
)

// OptionsOut is engine options as ParseOptions reads them, every option in it.
func OptionsOut(o *attendance.Options) (json.RawMessage, error) {
	hides := make([]string, len(o.ProvisionalHides))
	for i, code := range o.ProvisionalHides {
		hides[i] = strconv.Itoa(int(code))
	}
	return json.Marshal(map[string]any{
		"late_base":                             o.LateBase,
		"flex_overflow_base":                    o.FlexOverflow,
		"tolerance_combine":                     o.Tolerances,
		"late_rule_scope":                       o.LateRuleScope,
		"absent_granularity":                    o.AbsentGranularity,
		"clip_actual_to_shift":                  o.ClipActual,
		"provisional_day_hides":                 hides,
		"holiday_scope":                         o.HolidayScope,
		"makeup_day_times":                      o.MakeupDayTimes,
		"tag_rank":                              o.TagRank,
		"month_counts_future_days":              o.MonthCountsFuture,
		"month_except_includes_location_device": o.MonthExceptPlaces,
		"rest_day_punch_record_type":            o.RestDayPunchRecordType,
		"calibrate":                             o.Calibrate,
		"halfday_without_noon":                  o.HalfDay,
		"ot_count_before_work_in_range_0":       o.OvertimeBeforeWork,
		"ot_flex_base":                          o.OvertimeFlex,
		"ot_order":                              o.OvertimeOrder,
		"ot_day_unit_seconds":                   o.OvertimeDaySeconds,
	})
}
