package attendance

// RuleType is a rule's grouptype.
type RuleType uint8

// The three types of rules.
const (
	FixedRule RuleType = 1 // 固定时间: the same times on the same weekdays
	ShiftRule RuleType = 2 // 按班次: a schedule says which shift a member has on a day
	FreeRule  RuleType = 3 // 自由: no times, only hours
)

// Rule is a check-in rule (打卡规则) compiled from its document. It does not
// change once made and is shared by everyone on it.
type Rule struct {
	ID      GroupID
	Name    string
	Type    RuleType
	Range   Range
	Exempt  []UserID  // white_users: members the range names who do not take part
	Workday []DaySpec // checkindate items, in the document's order (types 1 and 3)
	// Weeks says which Workday item a weekday follows, or -1 for rest: in odd
	// weeks [1] and even weeks [0], Sunday first. The week of 2024-01-01 is odd.
	Weeks       [2][7]int8
	Biweekly    bool // the two weeks were given separately
	SpecialWork []SpecialDay
	SpecialOff  []SpecialDay
	Shifts      []Shift // type 2

	SyncHolidays   bool // follow the public calendar; shift rules never do
	RestDayPunches bool // allow_checkin_offworkday
	Places         PlacePolicy
	SyncOutside    bool        // sync_out_checkin: outside punches count as duty punches
	Method         PunchMethod // how punches pair: always in free rules, on rest days in the others
	OffInterval    int32       // seconds an off-card must follow its on-card by
	DayStart       TimeOfDay   // span_day_time: where a free rule's day begins
	RestDayStart   TimeOfDay   // ot_nonworkingday_spanday_time: where a rest day begins
	FreeStandard   int32       // standard_work_duration in seconds; -1 = unlimited
	Corrections    CorrectionPolicy
	Overtime       OvertimeRules
}

// Range names the members a rule applies to.
type Range struct {
	Users []UserID
	Depts []DeptID
	Tags  []TagID
}

// DaySpec is what a rule asks on one kind of working day.
type DaySpec struct {
	Sections []Section
	Flex     Flex
	LateRule []LateStep // ascending by After; empty = leaving late earns nothing
}

// Section (时段) is one on/off pair of a working day.
type Section struct {
	ID        SectionID
	On, Off   TimeOfDay // work_sec, off_work_sec
	OnWindow  Span      // punches that may be the on-card; both minutes included
	OffWindow Span      // punches that may be the off-card; both minutes included
	Rests     []Span    // disjoint and ascending, inside the section
	OnOwed    bool      // an on-card is asked for
	OffOwed   bool      // an off-card is asked for
	RemindOn  TimeOfDay
	RemindOff TimeOfDay
}

// Net returns the section's working time in seconds, rests taken off.
func (s *Section) Net() int32 {
	net := int32(s.Off - s.On)
	for _, r := range s.Rests {
		net -= r.Overlap(Span{s.On, s.Off})
	}
	return net
}

// Flex is how far a card may stray from its time. Late and Early are
// tolerated; ShiftEarly and ShiftLate move the whole day with the first card.
// A rule sets one pair or the other. All in seconds.
type Flex struct {
	Late, Early           int32 // flex_on_duty_time, flex_off_duty_time
	ShiftEarly, ShiftLate int32 // max_allow_arrive_early, max_allow_arrive_late
}

// LateStep is one tier of a late_rule: who left After seconds past the end of
// the day before may come Allow seconds late.
type LateStep struct{ After, Allow int32 }

// Shift (班次) is what a shift rule offers for a day.
type Shift struct {
	ID   ShiftID
	Name string
	DaySpec
}

// SpecialDay is a date, a period or every second week for which a rule makes
// an exception (spe_workdays, spe_offdays).
type SpecialDay struct {
	First, Last Day   // both included
	Step        int32 // 1 = every day, 14 = every second week from First
	Notes       string
	DaySpec     // special workdays only
}

// Covers reports whether d is one of the special days.
func (s *SpecialDay) Covers(d Day) bool {
	return d >= s.First && d <= s.Last && int32(d-s.First)%s.Step == 0
}

// PlacePolicy is what becomes of a punch made outside the rule's places
// (option_out_range).
type PlacePolicy uint8

// The three ways to treat a punch out of range.
const (
	PlaceException PlacePolicy = 0 // it counts, and is a location exception
	PlaceFieldWork PlacePolicy = 1 // it counts, as field work (外勤)
	PlaceRefused   PlacePolicy = 2 // it is not a card
)

// PunchMethod is how the punches of a day without sections make pairs
// (checkin_method_type).
type PunchMethod uint8

// The three ways to pair punches.
const (
	ManyPairs  PunchMethod = 0 // on, off, on, off …
	OnePair    PunchMethod = 1 // the first is on, each later one replaces off
	RecordOnly PunchMethod = 2 // time and place are kept, nothing pairs
)

// CorrectionPolicy is which corrections (补卡) a rule's members may ask for.
type CorrectionPolicy struct {
	Allowed        bool   // allow_apply_offworkday
	PerMonth       int    // allow_apply_bk_cnt; -1 = unlimited
	DayLimit       int    // allow_apply_bk_day_limit; 1 = the same day only, -1 = unlimited
	NextMonthUntil int    // buka_limit_next_month; closed from this day of the next month on, -1 = never
	Closed         uint64 // buka_restriction: bits 0 missing, 1 late, 2 early, 3 other
}
