package wire

import (
	"fmt"
	"slices"
	"strings"

	"github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"

	"github.com/dakahq/daka/internal/attendance"
)

// ParseOptions reads a JSON object of engine options, named and valued as in
// the scenario files, over the defaults; an empty doc gives the defaults. An
// unknown option, and a value that is none of the option's, is an error that
// names it.
func ParseOptions(doc []byte) (attendance.Options, error) {
	o := attendance.DefaultOptions()
	if len(doc) == 0 {
		return o, nil
	}
	var members map[string]jsontext.Value
	if err := json.Unmarshal(doc, &members); err != nil || members == nil {
		return attendance.Options{}, fmt.Errorf("options: not a JSON object of distinct members")
	}
	names := make([]string, 0, len(members))
	for name := range members {
		names = append(names, name)
	}
	slices.Sort(names)
	for _, name := range names {
		read, ok := optionReaders[name]
		if !ok {
			return attendance.Options{}, fmt.Errorf("option %s: there is no such option", name)
		}
		if err := read(&o, members[name]); err != nil {
			return attendance.Options{}, fmt.Errorf("option %s: %w", name, err)
		}
	}
	return o, nil
}

// optionReaders reads each option.
var optionReaders = map[string]func(*attendance.Options, jsontext.Value) error{
	"late_base": func(o *attendance.Options, v jsontext.Value) error {
		return oneOf(&o.LateBase, v, attendance.LateFromSchedule, attendance.LateFromGrace)
	},
	"flex_overflow_base": func(o *attendance.Options, v jsontext.Value) error {
		return oneOf(&o.FlexOverflow, v, attendance.OverflowFromLimit, attendance.OverflowFromSchedule)
	},
	"tolerance_combine": func(o *attendance.Options, v jsontext.Value) error {
		return oneOf(&o.Tolerances, v, attendance.LargerTolerance, attendance.SumOfTolerances)
	},
	"late_rule_scope": func(o *attendance.Options, v jsontext.Value) error {
		return oneOf(&o.LateRuleScope, v, attendance.NextCalendarDay, attendance.NextWorkday)
	},
	"absent_granularity": func(o *attendance.Options, v jsontext.Value) error {
		return oneOf(&o.AbsentGranularity, v, attendance.AbsentHybrid, attendance.AbsentWholeDay)
	},
	"clip_actual_to_shift": func(o *attendance.Options, v jsontext.Value) error {
		return oneOf(&o.ClipActual, v, false, true)
	},
	"provisional_day_hides": func(o *attendance.Options, v jsontext.Value) error {
		return readFindings(&o.ProvisionalHides, v)
	},
	"holiday_scope": func(o *attendance.Options, v jsontext.Value) error {
		return oneOf(&o.HolidayScope, v, attendance.WholeBreak, attendance.StatutoryOnly)
	},
	"makeup_day_times": func(o *attendance.Options, v jsontext.Value) error {
		return oneOf(&o.MakeupDayTimes, v, attendance.SameWeekdayElseFirst, attendance.AlwaysFirst)
	},
	"tag_rank": func(o *attendance.Options, v jsontext.Value) error {
		return oneOf(&o.TagRank, v, attendance.TagBetween, attendance.TagBelow)
	},
	"month_counts_future_days": func(o *attendance.Options, v jsontext.Value) error {
		return oneOf(&o.MonthCountsFuture, v, false, true)
	},
	"month_except_includes_location_device": func(o *attendance.Options, v jsontext.Value) error {
		return oneOf(&o.MonthExceptPlaces, v, true, false)
	},
	"rest_day_punch_record_type": func(o *attendance.Options, v jsontext.Value) error {
		return oneOf(&o.RestDayPunchRecordType, v, attendance.RecordOvertime, 0)
	},
	"calibrate": func(o *attendance.Options, v jsontext.Value) error {
		return oneOf(&o.Calibrate, v, attendance.CalibrateAtOnce, attendance.CalibrateNextDay)
	},
	"halfday_without_noon": func(o *attendance.Options, v jsontext.Value) error {
		return oneOf(&o.HalfDay, v, attendance.HalfAtShiftMidpoint, attendance.HalfAtNoon)
	},
	"ot_flex_base": func(o *attendance.Options, v jsontext.Value) error {
		return oneOf(&o.OvertimeFlex, v, attendance.OvertimeFromMoved, attendance.OvertimeFromSchedule)
	},
	"ot_count_before_work_in_range_0": func(o *attendance.Options, v jsontext.Value) error {
		return oneOf(&o.OvertimeBeforeWork, v, false, true)
	},
	"ot_order": func(o *attendance.Options, v jsontext.Value) error {
		return readOvertimeOrder(&o.OvertimeOrder, v)
	},
	"ot_day_unit_seconds": func(o *attendance.Options, v jsontext.Value) error {
		return readDaySeconds(&o.OvertimeDaySeconds, v)
	},
}

// readOvertimeOrder reads the four steps of overtime, each once.
func readOvertimeOrder(dst *[4]attendance.OvertimeStep, v jsontext.Value) error {
	var steps []attendance.OvertimeStep
	if v.Kind() != jsontext.KindBeginArray || json.Unmarshal(v, &steps) != nil {
		return fmt.Errorf("%s is not a list of steps", short(v))
	}
	all := attendance.DefaultOptions().OvertimeOrder
	got := slices.Sorted(slices.Values(steps))
	if !slices.Equal(got, slices.Sorted(slices.Values(all[:]))) {
		return fmt.Errorf("%s is not rest, min, max and round, each once", short(v))
	}
	*dst = [4]attendance.OvertimeStep(steps)
	return nil
}

// readDaySeconds reads what a day of overtime is reported as, in seconds.
func readDaySeconds(dst *int32, v jsontext.Value) error {
	var n number
	if json.Unmarshal(v, &n) != nil || !n.set || n.v < 3600 || n.v > attendance.SecondsPerDay {
		return fmt.Errorf("%s is not a number of seconds from 3600 to 86400", short(v))
	}
	*dst = int32(n.v)
	return nil
}

// oneOf sets dst to the value v, which must be one of allowed.
func oneOf[T comparable](dst *T, v jsontext.Value, allowed ...T) error {
	var got T
	if v.Kind() == jsontext.KindNull || json.Unmarshal(v, &got) != nil || !slices.Contains(allowed, got) {
		var names []string
		for _, a := range allowed {
			names = append(names, fmt.Sprintf("%v", a))
		}
		return fmt.Errorf("%s is none of %s", short(v), strings.Join(names, ", "))
	}
	*dst = got
	return nil
}

// readFindings reads a list of exception codes, each a number or its digits in quotes.
func readFindings(dst *[]attendance.FindingCode, v jsontext.Value) error {
	var codes []number
	if v.Kind() != jsontext.KindBeginArray || json.Unmarshal(v, &codes) != nil {
		return fmt.Errorf("%s is not a list of exception codes", short(v))
	}
	list := make([]attendance.FindingCode, 0, len(codes))
	for _, n := range codes {
		if !n.set || n.v < int64(attendance.Late) || n.v > int64(attendance.Device) {
			return fmt.Errorf("%d is no exception code: 1 to 6", n.v)
		}
		if code := attendance.FindingCode(n.v); !slices.Contains(list, code) {
			list = append(list, code)
		}
	}
	*dst = list
	return nil
}
