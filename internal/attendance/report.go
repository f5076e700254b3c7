package attendance

// DayKind is what a compiled rule asks of everyone on it on one kind of day.
// It is made once, shared and never changed.
type DayKind struct {
	Rule     *Rule // nil on the day of a member without a rule
	Basis    Basis
	Workday  bool
	Category Category
	Shift    *Shift // shift rules only
	Sections []Section
	Flex     Flex
	LateRule []LateStep
	// Window is where a punch of the day may lie. Here and in the Sections the
	// windows are to the second, both ends included.
	Window   Span
	Standard int32 // seconds owed
	Notes    string
}

// Basis is why a day is of its kind.
type Basis uint8

// The bases, in the order in which they are asked for.
const (
	BasisNoRule Basis = iota
	BasisSpecialWork
	BasisSpecialOff
	BasisHoliday
	BasisMakeup
	BasisWeekday
	BasisRestWeekday
	BasisShift
	BasisRestShift
	BasisUnscheduled
	BasisUnknownShift // the schedule names a shift that the rule does not have
)

// Category is the overtime category of a day.
type Category uint8

// The categories of days.
const (
	Workday Category = iota
	RestDay
	HolidayDay
)

// RecordType is the record_type of a report.
type RecordType uint8

// The record types that reports carry; 2 and 6 do not occur.
const (
	RecordFixed    RecordType = 1
	RecordShift    RecordType = 3
	RecordFree     RecordType = 4
	RecordOvertime RecordType = 5
	RecordNoRule   RecordType = 7
)

// FindingCode is the kind of a finding: WeCom's exception number.
type FindingCode uint8

// The findings. Refused is ours: a correction that cannot be applied.
const (
	Late     FindingCode = 1
	Early    FindingCode = 2
	Missing  FindingCode = 3
	Absent   FindingCode = 4
	Location FindingCode = 5
	Device   FindingCode = 6
	Refused  FindingCode = 100
)

// String returns the finding's name in English.
func (c FindingCode) String() string {
	switch c {
	case Late:
		return "late"
	case Early:
		return "early"
	case Missing:
		return "missing card"
	case Absent:
		return "absent"
	case Location:
		return "location"
	case Device:
		return "device"
	case Refused:
		return "correction refused"
	}
	return "unknown"
}

// Finding (异常) is one judgement of a day's report, with its reason.
type Finding struct {
	Code    FindingCode
	Count   int32
	Seconds int32 // late, early and absent only
	Reason  Reason
}

// Reason is why a finding was made: the clause, the instants and the
// arithmetic, as data. Times that do not apply are NoTime.
type Reason struct {
	Clause    Clause
	Section   SectionID
	Slot      Slot
	Card      TimeOfDay // the card that was judged
	Scheduled TimeOfDay // the time in the rule
	Required  TimeOfDay // the time that was asked for after shifts and approvals
	Tolerance int32     // seconds that were let pass
	Err       error     // why a correction was refused
}

// Clause is the rule of judgement behind a finding.
type Clause uint8

// The clauses. Names in comments are sections of the attendance specification.
const (
	ClauseLate                Clause = iota + 1 // 4.2: the on-card's minute is after the required time
	ClauseEarly                                 // 4.2: the off-card's minute is before the required time
	ClauseLateFlexible                          // 4.3 B: the on-card is past the latest flexible start
	ClauseMissing                               // 4.4: a slot without a card in a section that has another
	ClauseAbsentDay                             // 4.4: no owed slot of the day has a card
	ClauseAbsentSection                         // 4.4: no owed slot of the section has a card
	ClauseAbsentFree                            // 5.2: a free workday without a punch
	ClauseOutOfRange                            // 3.4: a card outside the rule's places or Wi-Fi
	ClauseNewDevice                             // 3.4: a card from an unusual device
	ClauseCorrectionRefused                     // 3.5: the correction answers nothing that is owed
	ClauseLateAfterApproval                     // 6.3: the on-card is after the end of what was approved
	ClauseEarlyBeforeApproval                   // 6.3: the off-card is before the begin of what was approved
)

// Card is the punch that filled a slot.
type Card struct {
	Section   SectionID
	Slot      Slot
	Time      TimeOfDay
	At        int64 // Unix seconds
	Scheduled TimeOfDay
	Punch     int // index in the member's punches; -1 when a correction made it
	Flags     PunchFlags
	Excused   bool // made by an approved correction: never late or early
}

// Outcome is what became of a punch.
type Outcome uint8

// The outcomes: every punch has one of them.
const (
	Used       Outcome = iota + 1 // it filled a slot
	Superseded                    // an earlier, later or corrected card took its slot
	Unmatched                     // it fits no slot
)

// Why says why a punch was not used.
type Why uint8

// The reasons for which a punch is superseded or unmatched.
const (
	WhyNone        Why = iota
	WhyFirstStands     // an earlier on-card stands
	WhyUpdated         // a later off-card replaced it
	WhyCorrected       // a correction took its slot
	WhyDuplicate       // the same second and kind came before
	WhyTooSoon         // it follows its on-card within the off-duty interval
	WhyMiddle          // it lies between the first and the last punch
	WhyOutside         // an outside punch, and the rule does not count those
	WhyPending         // its approval is pending
	WhyRefused         // out of range, and the rule refuses that
	WhyPlaceholder     // it stands for a punch that was not made
	WhyNoWindow        // no window of the day contains it
	WhyNoDay           // no day's windows contain it
	WhyWrongWindow     // it was made for a slot whose window does not contain it
)

// PunchUse says where one punch went.
type PunchUse struct {
	Punch     int // index in the member's punches
	Outcome   Outcome
	Why       Why
	Slot      Slot
	Section   SectionID
	Scheduled TimeOfDay // the slot's time; NoTime where there is none
}

// DayReport (日报) is one member's day: derived from facts, never stored.
type DayReport struct {
	User        UserID
	Day         Day
	Kind        *DayKind
	RecordType  RecordType
	Provisional bool // the day's last window has not closed
	// NoCalendar says that the rule follows the public calendar and there is none
	// for the year: the day was taken for an ordinary one.
	NoCalendar bool
	Cards      []Card
	Count      int32          // effective cards
	Earliest   TimeOfDay      // first effective card; 0 when there is none
	Latest     TimeOfDay      // last effective card; 0 when there is none
	Worked     int32          // seconds between cards, rests taken off
	Standard   int32          // seconds owed
	FieldWork  int32          // cards out of range that count as field work (外勤)
	Corrected  int32          // corrections that were approved
	Approved   int32          // cards punched under an approval that was given (审批打卡)
	Approvals  []ApprovalMark // approved requests that touch the day
	Overtime   Overtime
	Waived     []Waiver
	Flexed     int32 // seconds by which the first card moves the day's first and last times
	Earned     Earned
	Findings   []Finding
	Uses       []PunchUse // every punch of the day, and those of its date that fit no day
}

// Earned is what leaving late on an earlier day gives the first on-card of a
// day whose rule has a late_rule, in seconds.
type Earned struct {
	Stay  int32 // how long past its end that day's last off-card was; 0 = not at all
	Allow int32 // how late the on-card may be for it
}

// MonthReport (月报) is the fold of one member's days.
type MonthReport struct {
	User        UserID
	First, Last Day
	Rule        *Rule // of the last day with a rule; nil without one
	RecordType  RecordType
	WorkDays    int32
	RestDays    int32
	RegularDays int32
	ExceptDays  int32
	NoCalendar  int32 // days that were taken for ordinary ones for want of a public calendar
	Worked      int64
	Standard    int64
	FieldWork   int32
	Corrected   int32
	Approved    int32
	Findings    [Device + 1]Tally             // by FindingCode
	Requests    []RequestTally                // by kind and vacation
	Overtime    [HolidayDay + 1]OvertimeTally // by Category
	Punches     PunchTally
}

// OvertimeTally sums overtime, in seconds.
type OvertimeTally struct{ Total, AsTimeOff, AsPay int64 }

// Waiver is a section of which approvals changed what is owed. A time that did
// not change is NoTime.
type Waiver struct {
	Section     SectionID
	Whole       bool      // nothing is owed
	RequiredOn  TimeOfDay // the on-card is owed by this time instead
	RequiredOff TimeOfDay // the off-card is owed from this time on instead
}

// Tally is how often something happened, and for how long.
type Tally struct {
	Count   int32
	Seconds int64
}

// PunchTally accounts for every punch of a period.
type PunchTally struct{ Used, Superseded, Unmatched int64 }

// Total returns the number of punches.
func (t PunchTally) Total() int64 { return t.Used + t.Superseded + t.Unmatched }

// MatchedPunch is a punch in full with the place that was found for it.
type MatchedPunch struct {
	PunchRecord
	Day        Day      // the day it belongs to
	Kind       *DayKind // of that day; nil when it has no report
	Use        PunchUse
	OffTime    bool // its card is late or early
	RecordOnly bool // its rule keeps time and place only
}

// ScheduledShift is a member's shift on a day with the rule that offers it.
type ScheduledShift struct {
	User  UserID
	Day   Day
	Rule  *Rule
	Shift *Shift // ID 0 without sections for a rest day
}
