package explain

import "github.com/dakahq/daka/internal/attendance"

// words is all that can be said in one language. What stands in braces is
// filled in; every language fills in the same.
type words struct {
	// Numbers, times and lists.
	hours, minutes, seconds string // units after a number
	days                    string // of leave by half days
	spelled                 string // a duration in seconds, and spelled out
	dayBefore, dayAfter     string // a time of the day before or after
	list, clause            string // what stands between the items of a list, and between statements
	notes                   string // a name or note as a quotation
	weekdays                [7]string

	// The day.
	parts                              map[PartName]string
	title, titleNamed                  string
	noReport, noRuleNoPunch, notBegun  string
	beforeJoined, afterLeft            string
	basis                              map[attendance.Basis]string
	statutory, notStatutory            string
	oddWeek, evenWeek                  string
	rule, byName, byTag, byDept        string
	ruleTypes                          map[attendance.RuleType]string
	calendarIgnored, noCalendar        string
	makeupTimes                        map[attendance.MakeupDayTimes]string
	provisional, provisionalHides      string
	closed                             string
	categories                         map[attendance.Category]string
	slots                              map[attendance.Slot]string
	section, sectionRests              string
	slotOwed, slotFree                 string
	tolerance, shifting, moved         string
	lateStep, earned, notEarned        string
	plainDay, freeDay, freeUnlimited   string
	restPunch, restNoPunch             string
	methods                            map[attendance.PunchMethod]string
	interval, standard                 string
	approval, morning, afternoon       string
	approvalKinds                      map[attendance.ApprovalKind]string
	approvalStatus                     map[attendance.ApprovalStatus]string
	approvalPart, approvalNone         string
	approvalWithCards                  string
	approvalNotYet, approvalTomorrow   string
	approvalNoOvertime                 string
	approvalPunchesAlone               string
	waivedWhole, waivedOn, waivedOff   string
	waivedMild                         string
	punch, punchOther                  string
	outcomes                           map[attendance.Outcome]string
	why                                map[attendance.Why]string
	sources                            map[attendance.Source]string
	flags                              map[attendance.PunchFlags]string
	correction                         string
	correctedBy                        map[attendance.CorrectionBy]string
	correctionUsed, correctionReplaced string
	correctionEnded                    string

	// Verdicts and sums.
	findings                                   map[attendance.FindingCode]string
	clauses                                    map[attendance.Clause]string
	refusals                                   map[error]string
	verdict, verdictAt, fine, fineSoFar        string
	notJudged, slotWindow                      string
	cut, flexMoved, approvalMoved              string
	noTolerance, beyondTolerance               string
	lessTolerance, fromDue, overflowFromDue    string
	absentNet, absentCovered, absentWaived     string
	absentStandard, noneOfThese                string
	hourSum, hourTotal, hourOpen, hourUnowed   string
	hourClipped, hourChanged, hourNoOff        string
	hourRestDay, hourRecordOnly                string
	overtimeOff, overtimeBy, overtimeCounted   string
	overtimeModes, overtimeNothing             map[attendance.OvertimeBy]string
	overtimeRanges                             map[attendance.OvertimeRange]string
	overtimeAfterOnly                          string
	overtimeStart, overtimeLeft, overtimeFree  string
	overtimeUnlimited, overtimeApproved        string
	overtimeMoved, overtimeTwice               string
	overtimeRest, overtimeUnderMin             string
	overtimeOverMax, overtimeRound             string
	overtimeDays, overtimeShort, overtimeTotal string
	rounding                                   map[attendance.Rounding]string
	credits                                    map[attendance.OvertimeCredit]string
	overtimeStatus                             map[attendance.OvertimeStatus]string

	// What would change the verdicts.
	change, changeNothing                             string
	adjustTitle, adjust                               string // in a closed month
	fixOn, fixOff, fixMissing, fixCard, fixAny        string
	askOpen, askUntil, askOver, askOff, askClosed     string
	leaveOver, leaveWhole, leaveDay                   string
	wantLateTolerance, wantEarlyTolerance             string
	wantFlex, wantStay, wantFieldWork                 string
	wantPlace, wantDevice                             string
	lateUpload, lateUploads, freePunch                string
	askAgain                                          map[error]string
	optLateBase, optOverflow, optTolerances, optScope string
	optAbsentHybrid, optAbsentDay                     string
	optHoliday, optClip, optBeforeWork                string
}

// words returns the table of a language; English where there is none.
func (l Lang) words() *words {
	if l == Chinese {
		return &chinese
	}
	return &english
}
