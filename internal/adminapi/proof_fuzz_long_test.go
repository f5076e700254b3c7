package adminapi_test

import "testing"

// One target for each operation: a target is what the go command fuzzes.

func FuzzLongApps(f *testing.F)            { fuzzOperation(f, "Apps") }
func FuzzLongCreateApp(f *testing.F)       { fuzzOperation(f, "CreateApp") }
func FuzzLongRotateApp(f *testing.F)       { fuzzOperation(f, "RotateApp") }
func FuzzLongDisableApp(f *testing.F)      { fuzzOperation(f, "DisableApp") }
func FuzzLongEnableApp(f *testing.F)       { fuzzOperation(f, "EnableApp") }
func FuzzLongDepartments(f *testing.F)     { fuzzOperation(f, "Departments") }
func FuzzLongPutDepartments(f *testing.F)  { fuzzOperation(f, "PutDepartments") }
func FuzzLongMembers(f *testing.F)         { fuzzOperation(f, "Members") }
func FuzzLongPutMembers(f *testing.F)      { fuzzOperation(f, "PutMembers") }
func FuzzLongEraseMember(f *testing.F)     { fuzzOperation(f, "EraseMember") }
func FuzzLongErasures(f *testing.F)        { fuzzOperation(f, "Erasures") }
func FuzzLongAddApprovals(f *testing.F)    { fuzzOperation(f, "AddApprovals") }
func FuzzLongCheckApprovals(f *testing.F)  { fuzzOperation(f, "CheckApprovals") }
func FuzzLongHolidays(f *testing.F)        { fuzzOperation(f, "Holidays") }
func FuzzLongSetHolidays(f *testing.F)     { fuzzOperation(f, "SetHolidays") }
func FuzzLongResetHolidays(f *testing.F)   { fuzzOperation(f, "ResetHolidays") }
func FuzzLongOptions(f *testing.F)         { fuzzOperation(f, "Options") }
func FuzzLongSetOptions(f *testing.F)      { fuzzOperation(f, "SetOptions") }
func FuzzLongDayReports(f *testing.F)      { fuzzOperation(f, "DayReports") }
func FuzzLongMonthReports(f *testing.F)    { fuzzOperation(f, "MonthReports") }
func FuzzLongExplain(f *testing.F)         { fuzzOperation(f, "Explain") }
func FuzzLongMonthStates(f *testing.F)     { fuzzOperation(f, "MonthStates") }
func FuzzLongCloseMonth(f *testing.F)      { fuzzOperation(f, "CloseMonth") }
func FuzzLongReopenMonth(f *testing.F)     { fuzzOperation(f, "ReopenMonth") }
func FuzzLongAdjustments(f *testing.F)     { fuzzOperation(f, "Adjustments") }
func FuzzLongCheckCorrection(f *testing.F) { fuzzOperation(f, "CheckCorrection") }
func FuzzLongDevices(f *testing.F)         { fuzzOperation(f, "Devices") }
func FuzzLongAudit(f *testing.F)           { fuzzOperation(f, "Audit") }
func FuzzLongMemberAudit(f *testing.F)     { fuzzOperation(f, "MemberAudit") }
func FuzzLongCheckAudit(f *testing.F)      { fuzzOperation(f, "CheckAudit") }
func FuzzLongAddFacts(f *testing.F)        { fuzzOperation(f, "AddFacts") }
func FuzzLongCreateCorp(f *testing.F)      { fuzzOperation(f, "CreateCorp") }
func FuzzLongClock(f *testing.F)           { fuzzOperation(f, "Clock") }
func FuzzLongSetClock(f *testing.F)        { fuzzOperation(f, "SetClock") }
func FuzzLongAdvanceClock(f *testing.F)    { fuzzOperation(f, "AdvanceClock") }
func FuzzLongFaults(f *testing.F)          { fuzzOperation(f, "Faults") }
func FuzzLongAddFault(f *testing.F)        { fuzzOperation(f, "AddFault") }
func FuzzLongClearFaults(f *testing.F)     { fuzzOperation(f, "ClearFaults") }
func FuzzLongRevokeTokens(f *testing.F)    { fuzzOperation(f, "RevokeTokens") }
func FuzzLongSnapshot(f *testing.F)        { fuzzOperation(f, "Snapshot") }
func FuzzLongRestore(f *testing.F)         { fuzzOperation(f, "Restore") }
func FuzzLongReset(f *testing.F)           { fuzzOperation(f, "Reset") }
func FuzzLongRequests(f *testing.F)        { fuzzOperation(f, "Requests") }
