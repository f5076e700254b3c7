package adminapi

import "github.com/dakahq/daka/internal/attendance"

// The words of the wire for the numbers of package attendance.
var (
	categories = map[attendance.Category]string{
		attendance.Workday: "workday", attendance.RestDay: "restday", attendance.HolidayDay: "holiday",
	}
	clauses = map[attendance.Clause]string{
		attendance.ClauseLate: "late", attendance.ClauseEarly: "early", attendance.ClauseLateFlexible: "late_flexible",
		attendance.ClauseMissing: "missing", attendance.ClauseAbsentDay: "absent_day",
		attendance.ClauseAbsentSection: "absent_section", attendance.ClauseAbsentFree: "absent_free",
		attendance.ClauseOutOfRange: "out_of_range", attendance.ClauseNewDevice: "new_device",
		attendance.ClauseCorrectionRefused: "correction_refused",
		attendance.ClauseLateAfterApproval: "late_after_approval", attendance.ClauseEarlyBeforeApproval: "early_before_approval",
	}
	sources = map[attendance.Source]string{
		attendance.SourcePhone: "phone", attendance.SourceAccess: "access", attendance.SourceDevice: "device",
		attendance.SourceOther: "other", attendance.SourceCorrection: "correction",
	}
	flags = map[string]attendance.PunchFlags{
		"outside": attendance.Outside, "out_of_range": attendance.OutOfRange, "wrong_wifi": attendance.WrongWifi,
		"new_device": attendance.NewDevice, "approval": attendance.ApprovalPunch,
		"pending": attendance.ApprovalPending, "placeholder": attendance.Placeholder,
	}
	slots = map[string]attendance.Slot{"": attendance.NoSlot, "on": attendance.On, "off": attendance.Off}
	kinds = map[string]attendance.ApprovalKind{
		"leave": attendance.LeaveApproval, "trip": attendance.TripApproval,
		"outing": attendance.OutingApproval, "overtime": attendance.OvertimeApproval,
	}
	makers = map[string]attendance.CorrectionBy{"": attendance.ByAPI, "api": attendance.ByAPI, "approval": attendance.ByApproval}
)

// sourceOf reads the word for a source; "" is a phone.
func sourceOf(word string) (attendance.Source, bool) {
	if word == "" {
		return attendance.SourcePhone, true
	}
	for s, w := range sources {
		if w == word {
			return s, true
		}
	}
	return 0, false
}
