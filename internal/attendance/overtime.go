package attendance

import "fmt"

// OvertimeBy says what makes overtime.
type OvertimeBy uint8

// The three ways, as WeCom numbers them.
const (
	ByBoth     OvertimeBy = 0 // what was approved and punched
	ByPunches  OvertimeBy = 1
	ByRequests OvertimeBy = 2 // what was approved
)

// OvertimeRules are a rule's settings for overtime (ot_info_v2).
type OvertimeRules struct {
	Conf [HolidayDay + 1]OvertimeConf // by Category
	Unit OvertimeUnit
}

// OvertimeConf is the setting for one category of days. Times are in seconds.
type OvertimeConf struct {
	Allowed bool
	By      OvertimeBy
	Start   int32 // counting begins this long after the end of the day (by punches)
	Min     int32 // less than this is none (by punches)
	Max     int32 // more than this is cut (by punches)
	Range   OvertimeRange
	Rest    OvertimeRest
	Credit  OvertimeCredit
}

// OvertimeRange says at which end of a working day overtime counts.
type OvertimeRange uint8

// The ranges, as WeCom numbers them.
const (
	AllDay     OvertimeRange = 0
	BeforeWork OvertimeRange = 1
	AfterWork  OvertimeRange = 2
)

// OvertimeRest is what is taken off overtime: fixed stretches of the day, or
// an amount that depends on its length; neither when both are empty.
type OvertimeRest struct {
	Fixed    []Span
	ByLength []RestStep // ascending by Length
}

// RestStep takes Rest seconds off overtime of at least Length seconds.
type RestStep struct{ Length, Rest int32 }

// OvertimeCredit is what overtime is given as.
type OvertimeCredit uint8

// The credits, as WeCom numbers them.
const (
	NotCredited OvertimeCredit = 0
	AsTimeOff   OvertimeCredit = 1
	AsPay       OvertimeCredit = 2
)

// OvertimeUnit is how overtime is rounded.
type OvertimeUnit struct {
	Days      bool  // in days of PerDay seconds, else in hours
	PerDay    int32 // seconds of overtime that make a day
	Method    Rounding
	Precision int32 // decimals, 0 or 1 (RoundHalfUp)
	Step      int32 // seconds; 86,400 is a day in days (RoundUp, RoundDown)
}

// Rounding is a rounding method.
type Rounding uint8

// The rounding methods, as WeCom numbers them.
const (
	RoundHalfUp Rounding = 1
	RoundUp     Rounding = 2
	RoundDown   Rounding = 3
)

// OvertimeStatus is the ot_status of a day.
type OvertimeStatus uint8

// The states of a day's overtime.
const (
	NoOvertime     OvertimeStatus = 0
	NormalOvertime OvertimeStatus = 1
	ShortOvertime  OvertimeStatus = 2 // less was worked than approved
)

// Shortage is what was approved on a day and not worked, in seconds.
type Shortage struct {
	Approval *Approval
	Seconds  int32
}

// String returns the request's number and what it lacks.
func (s Shortage) String() string { return fmt.Sprintf("%s:%d", s.Approval.No, s.Seconds) }

// Overtime is the overtime of a day with its arithmetic, in seconds.
type Overtime struct {
	Status  OvertimeStatus
	Seconds int32 // the result
	Credit  OvertimeCredit
	Moved   int32      // by how much the flexible start moves the times at which it begins and ends
	Twice   int32      // what the day before counted already, and is not in Counted
	Counted int32      // before rest, limits and rounding
	Rest    int32      // taken off for rest
	Short   []Shortage // what requests lack, the earliest first, when ShortOvertime
	Spans   []Span     // the time counted: presence, approved time, or what is both
	// After is what each step of Options.OvertimeOrder left of Counted.
	After [4]int32
}
