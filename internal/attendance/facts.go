package attendance

// RuleVersion is a rule as it was in force for some days. A later version of
// the same group takes the place of an earlier one on the days it covers.
type RuleVersion struct {
	Group   GroupID
	Version int64 // order of the versions of all groups, rising
	Created int64 // order in which the groups were added: the later one wins a tie
	First   Day   // first day in force; MinDay = from the start
	Last    Day   // last day in force; MaxDay = until further notice
	KnownAt int64 // Unix seconds
	Deleted bool  // the group ends: Rule is nil
	Rule    *Rule
}

// Department is a node of the directory's tree.
type Department struct {
	ID     DeptID
	Parent DeptID // 0 for the root
	Name   string
	Order  int64
}

// Placement is where a member stands in the directory from a day on.
type Placement struct {
	From  Day
	Depts []DeptID
	Tags  []TagID
}

// Person is one member with the facts that are the member's own. Slices are
// in the order of their days or times.
type Person struct {
	ID          UserID
	Name        string
	Alias       string
	Joined      Day // first day with a report; MinDay when not known
	Left        Day // last day with a report; MaxDay while employed
	Placements  []Placement
	Schedule    []Scheduled
	Punches     []Punch // as SortPunches puts them
	Corrections []Correction
	Approvals   []Approval
}

// Scheduled is which shift a member has on a day (排班). Of two entries for a
// day the later one known counts.
type Scheduled struct {
	Day     Day
	Shift   ShiftID // 0 = rest; NoShift = none any more
	Group   GroupID
	KnownAt int64
}

// CorrectionBy says how a correction came about.
type CorrectionBy uint8

// The two ways in. The numbers are stored: never renumber them.
const (
	ByAPI      CorrectionBy = 1 // punch_correction: the time is judged like any other
	ByApproval CorrectionBy = 2 // an approved 打卡补卡: the card is normal whatever its time
)

// Correction (补卡) puts a card into a slot, or adds a plain punch.
type Correction struct {
	Day       Day
	Slot      TimeOfDay // the due time it answers; NoTime where there is none
	At        int64     // the punch it stands for, Unix seconds
	KnownAt   int64
	Withdrawn int64 // when it became known that it was taken back, Unix seconds; 0 = it was not
	By        CorrectionBy
	Remark    string
}

// Stands reports whether a correction was known at an instant, and not yet that
// it was taken back.
func (c *Correction) Stands(asOf int64) bool { return c.KnownAt <= asOf && !c.WithdrawnBy(asOf) }

// WithdrawnBy reports whether it was known at an instant that a correction was
// taken back.
func (c *Correction) WithdrawnBy(asOf int64) bool { return c.Withdrawn != 0 && c.Withdrawn <= asOf }

// Facts is all the engine may know for one computation: what a corporation
// shares and the members asked about.
type Facts struct {
	Zone     *Zone
	AsOf     int64 // Unix seconds; anything known later does not exist
	Options  Options
	Calendar *Calendar
	Rules    []RuleVersion
	Depts    []Department
	People   []Person
}
