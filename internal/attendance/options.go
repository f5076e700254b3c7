package attendance

// Options decide the points that WeCom does not document. The zero value is
// not usable: start from DefaultOptions. Their names in JSON are those of the
// scenario files; package wire reads them.
type Options struct {
	LateBase          LateBase
	FlexOverflow      FlexOverflow
	Tolerances        ToleranceCombine
	LateRuleScope     LateRuleScope
	AbsentGranularity AbsentGranularity
	// ClipActual cuts worked hours to the section's times.
	ClipActual bool
	// ProvisionalHides lists the findings withheld until a day's last window
	// has closed.
	ProvisionalHides []FindingCode
	HolidayScope     HolidayScope
	MakeupDayTimes   MakeupDayTimes
	TagRank          TagRank
	Calibrate        Calibrate
	HalfDay          HalfDay
	// OvertimeBeforeWork counts time before work where a rule counts the whole
	// day (ot_time_range 0).
	OvertimeBeforeWork bool
	// OvertimeFlex says whether overtime begins where the flexible start has
	// moved the day's times to.
	OvertimeFlex  OvertimeFlex
	OvertimeOrder [4]OvertimeStep
	// OvertimeDaySeconds is what a day of overtime is reported as, where a rule
	// counts in days.
	OvertimeDaySeconds int32
	// MonthCountsFuture counts days after the moment of the report as work or
	// rest days.
	MonthCountsFuture bool
	// MonthExceptPlaces lets a day whose only findings are location or device
	// count as exceptional.
	MonthExceptPlaces bool
	// RestDayPunchRecordType is the record_type of a rest day with punches; 0
	// keeps the rule's own.
	RestDayPunchRecordType RecordType
}

// LateBase says from where lateness beyond a tolerance is counted.
type LateBase string

// FlexOverflow says from where lateness beyond the flexible start is counted.
type FlexOverflow string

// ToleranceCombine says how a late_rule and a tolerance work together.
type ToleranceCombine string

// LateRuleScope says how far leaving late reaches.
type LateRuleScope string

// AbsentGranularity says what a section without cards on a partly worked day is.
type AbsentGranularity string

// HolidayScope says which days of a break are holidays for overtime.
type HolidayScope string

// MakeupDayTimes says which times a make-up workday has.
type MakeupDayTimes string

// Calibrate says when an approval changes a report.
type Calibrate string

// HalfDay says where a day without a noon is halved.
type HalfDay string

// OvertimeFlex says at which ends of a day with flexible times overtime begins.
type OvertimeFlex string

// OvertimeStep is one step from counted to reported overtime.
type OvertimeStep string

// TagRank says how a rule that names a tag ranks among the others.
type TagRank string

// The values of the options; the first of each is the default.
const (
	LateFromSchedule LateBase = "schedule"
	LateFromGrace    LateBase = "grace"

	OverflowFromLimit    FlexOverflow = "flex_limit"
	OverflowFromSchedule FlexOverflow = "schedule"

	LargerTolerance ToleranceCombine = "max"
	SumOfTolerances ToleranceCombine = "sum"

	NextCalendarDay LateRuleScope = "calendar_next_day"
	NextWorkday     LateRuleScope = "next_workday"

	AbsentHybrid   AbsentGranularity = "hybrid" // such a section is absent by itself
	AbsentWholeDay AbsentGranularity = "day"    // such a section lacks its cards; only a day without any is absent

	WholeBreak    HolidayScope = "whole_break"
	StatutoryOnly HolidayScope = "statutory"

	SameWeekdayElseFirst MakeupDayTimes = "same_weekday_else_first"
	AlwaysFirst          MakeupDayTimes = "first"

	CalibrateAtOnce  Calibrate = "immediate"
	CalibrateNextDay Calibrate = "next_day" // from the midnight after the approval

	HalfAtShiftMidpoint HalfDay = "shift_midpoint" // where half the net time is done
	HalfAtNoon          HalfDay = "noon"           // at 12:00 whatever the shift

	OvertimeFromMoved    OvertimeFlex = "moved"    // who comes later owes the time after, which is no overtime
	OvertimeFromSchedule OvertimeFlex = "schedule" // at the rule's times

	OvertimeRestStep  OvertimeStep = "rest"
	OvertimeMinStep   OvertimeStep = "min"
	OvertimeMaxStep   OvertimeStep = "max"
	OvertimeRoundStep OvertimeStep = "round"

	TagBetween TagRank = "between_individual_and_department"
	TagBelow   TagRank = "below_department"
)

// DefaultOptions returns daka's own choice on every point.
func DefaultOptions() Options {
	return Options{
		LateBase:               LateFromSchedule,
		FlexOverflow:           OverflowFromLimit,
		Tolerances:             LargerTolerance,
		LateRuleScope:          NextCalendarDay,
		AbsentGranularity:      AbsentHybrid,
		ProvisionalHides:       []FindingCode{Missing, Absent},
		HolidayScope:           WholeBreak,
		MakeupDayTimes:         SameWeekdayElseFirst,
		TagRank:                TagBetween,
		Calibrate:              CalibrateAtOnce,
		HalfDay:                HalfAtShiftMidpoint,
		OvertimeFlex:           OvertimeFromMoved,
		OvertimeOrder:          [4]OvertimeStep{OvertimeRestStep, OvertimeMinStep, OvertimeMaxStep, OvertimeRoundStep},
		OvertimeDaySeconds:     SecondsPerDay,
		MonthExceptPlaces:      true,
		RestDayPunchRecordType: RecordOvertime,
	}
}
