package export

import "github.com/dakahq/daka/internal/attendance"

// Person is whose row it is.
type Person struct {
	UserID  string
	Name    string
	Departs string // full paths with "/", joined by ";"
}

// Figures are what was worked and what was wrong, in a day or a period. All
// times are in seconds.
type Figures struct {
	Standard, Worked   int64
	Late, LateSec      int64
	Early, EarlySec    int64
	Missing            int64
	Absent, AbsentSec  int64
	Location, Device   int64
	Corrected, Outside int64 // corrections that were approved, as WeCom counts them; field work (外勤)
	Requests           []Request
}

// Request sums approved requests of one kind and, for leave, one vacation.
type Request struct {
	Kind    attendance.ApprovalKind
	Name    string // of the vacation; leave only
	Count   int64
	Seconds int64
	ByDay   bool // 86,400 seconds are a day off, whatever its hours
}

// Day is a row of one member's day.
type Day struct {
	Person
	Date     attendance.Day
	Rest     bool // nothing is owed
	Rule     string
	Shift    string
	Due      []attendance.Span // none under free rules
	Cards    int64
	First    attendance.TimeOfDay // NoTime without a card
	Last     attendance.TimeOfDay // NoTime without a card
	Overtime int64                // seconds
	// CorrectedCards are those of the cards that corrections made, approved or
	// not; 0 from where that is not told.
	CorrectedCards int64
	// LateTolerance and EarlyTolerance are the seconds that were let pass before
	// the day was late or early, the most where cards differ; 0 from where that is
	// not told.
	LateTolerance, EarlyTolerance int64
	Figures
}

// Month is a row of one member's sums over a period, which need not be a month.
type Month struct {
	Person
	From, To    attendance.Day
	Rule        string
	WorkDays    int64
	RegularDays int64
	ExceptDays  int64
	RestDays    int64
	Figures
	Overtime [attendance.HolidayDay + 1]int64 // by attendance.Category, seconds
	TimeOff  int64                            // overtime that is given as time off, seconds
	Pay      int64                            // overtime that is paid, seconds
}

// Exception is a row of one kind of exception on one member's day.
type Exception struct {
	Person
	Date    attendance.Day
	Code    attendance.FindingCode
	Count   int64
	Seconds int64             // late, early and absent only
	Due     []attendance.Span // of the day
	// Tolerance is the seconds that were let pass: late and early only, 0 from where
	// that is not told.
	Tolerance int64
	Rule      string
	Shift     string
	First     attendance.TimeOfDay // NoTime without a card
	Last      attendance.TimeOfDay // NoTime without a card
}

// Moment is what the corporation's clock shows at an instant.
type Moment struct {
	Day  attendance.Day
	Time attendance.TimeOfDay // NoTime = there is none
}

// Record is a row of one raw punch. Texts are as WeCom has them, in Chinese.
type Record struct {
	Person
	At             Moment
	Due            Moment
	Type           string // checkin_type
	Exception      string // exception_type; "" for a normal punch
	Rule           string
	LocationTitle  string
	LocationDetail string
	WifiName       string
	WifiMAC        string
	Device         string
	Notes          string
	Pictures       int64
	HasPosition    bool
	Lat, Lng       int64 // degrees x 1,000,000, GCJ-02
}

// ShiftDay is a row of one member's shift on a day.
type ShiftDay struct {
	Person
	Date     attendance.Day
	Rule     string
	Shift    string
	Rest     bool
	Sections []attendance.Span
}
