package scenario

import (
	"encoding/json"

	"github.com/dakahq/daka/internal/attendance"
)

// Subject is the member whose reports every scenario is about.
const Subject attendance.UserID = "u1"

// File is the content of a scenario file.
type File struct {
	Zone      *attendance.Zone
	Options   json.RawMessage // the engine options that the expectations assume, a JSON object
	Scenarios []Scenario
}

// Scenario is one story, its compact forms expanded to plain facts.
type Scenario struct {
	ID      string
	Area    string
	Basis   string // documented, example, inferred or unknown
	Mixed   bool   // Note names a part that Basis does not hold for
	Title   string
	Sources []string
	Note    string

	Zone        *attendance.Zone // the scenario's own, or the file's
	Options     json.RawMessage  // the file's
	First, Last attendance.Day   // the days asked for, both included
	AsOf        int64            // the moment the report is asked for, Unix seconds

	Rules    []Rule // in the order of the file
	Calendar *attendance.Calendar
	Depts    []attendance.Department // parents before their children
	// People is the directory in the order of its ids. Schedule, Punches and
	// Corrections are those of Subject; corrections keep the file's order,
	// which is the order of Expectation.Rejects.
	People    []attendance.Person
	Approvals []Approval

	Days  map[attendance.Day]*Expectation
	Month *Expectation // of the report over First to Last; nil when not asked for

	// Policy is the question of area correction-policy, which has nothing of
	// the above but its head; nil in all others.
	Policy *PolicyQuestion

	shiftGroups []attendance.GroupID // of Rules, those of type 2
}

// Person returns the facts of Subject; nil in area correction-policy.
func (s *Scenario) Person() *attendance.Person {
	for i := range s.People {
		if s.People[i].ID == Subject {
			return &s.People[i]
		}
	}
	return nil
}

// Rule is a version of a rule whose document is still to be compiled:
// RuleVersion.Rule is nil.
type Rule struct {
	attendance.RuleVersion
	// Document is the rule as WeCom's read calls answer it (documents 90263,
	// 93384), with windows and overtime in the newer names of 98041.
	Document json.RawMessage
}

// Approval (审批) is a request that somebody decided.
type Approval struct {
	Kind ApprovalKind
	No   string // sp_number
	Unit ApprovalUnit
	// From and To are instants for UnitHour, the end not included. For UnitDay
	// they are the midnight or noon that names a half day, both included.
	From, To int64
	Status   int   // sp_status: 2 approved
	KnownAt  int64 // when it was decided, Unix seconds; 0 = known from the start
	Slices   []Slice
	Vacation Vacation
}

// ApprovalKind is what a request asks for.
type ApprovalKind string

// The kinds of approvals.
const (
	Leave    ApprovalKind = "leave"
	Trip     ApprovalKind = "trip"
	Outing   ApprovalKind = "outing"
	Overtime ApprovalKind = "overtime"
)

// ApprovalUnit is how a request names its ends.
type ApprovalUnit string

// The units of approvals.
const (
	UnitHour ApprovalUnit = "hour"
	UnitDay  ApprovalUnit = "day"
)

// Slice is how much of a request falls on a day, in place of what would be computed.
type Slice struct {
	Day     attendance.Day
	Seconds int64
}

// Vacation is the kind of leave; zero for other approvals.
type Vacation struct {
	ID           int64
	Name         string
	DurationType int // 0 counts natural days, 1 workdays only (document 93375)
}

// PolicyQuestion asks whether a member may request a correction.
type PolicyQuestion struct {
	Policy      attendance.CorrectionPolicy
	Whitelisted bool
	Today, Date attendance.Day
	Abnormal    []attendance.FindingCode // what is to be corrected
	Used        int                      // corrections already asked for this month

	Accept  bool // the expected answer
	Errcode int  // the expected code of a refusal; 0 = any
}
