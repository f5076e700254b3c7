package admin

import "net/http"

// Operation is one operation of daka's own.
type Operation struct {
	Call   string // method of Client
	Method string // of HTTP
	Path   string // as a pattern of http.ServeMux
	Test   bool   // offered only by a server in test mode
}

// Operations are all operations. Nobody may change it.
var Operations = []Operation{
	{"Apps", http.MethodGet, "/daka/apps", false},
	{"CreateApp", http.MethodPost, "/daka/apps", false},
	{"RotateApp", http.MethodPost, "/daka/apps/{agent}/rotate", false},
	{"DisableApp", http.MethodPost, "/daka/apps/{agent}/disable", false},
	{"EnableApp", http.MethodPost, "/daka/apps/{agent}/enable", false},
	{"Departments", http.MethodGet, "/daka/departments", false},
	{"PutDepartments", http.MethodPut, "/daka/departments", false},
	{"Members", http.MethodGet, "/daka/members", false},
	{"PutMembers", http.MethodPut, "/daka/members", false},
	{"EraseMember", http.MethodPost, "/daka/members/{userid}/erase", false},
	{"Erasures", http.MethodGet, "/daka/erasures", false},
	{"AddApprovals", http.MethodPost, "/daka/approvals", false},
	{"CheckApprovals", http.MethodPost, "/daka/approvals/check", false},
	{"Holidays", http.MethodGet, "/daka/holidays", false},
	{"SetHolidays", http.MethodPut, "/daka/holidays", false},
	{"ResetHolidays", http.MethodDelete, "/daka/holidays/{year}", false},
	{"Options", http.MethodGet, "/daka/options", false},
	{"SetOptions", http.MethodPut, "/daka/options", false},
	{"DayReports", http.MethodPost, "/daka/reports/days", false},
	{"MonthReports", http.MethodPost, "/daka/reports/months", false},
	{"Explain", http.MethodPost, "/daka/explain", false},
	{"MonthStates", http.MethodGet, "/daka/months", false},
	{"CloseMonth", http.MethodPost, "/daka/months/{month}/close", false},
	{"ReopenMonth", http.MethodPost, "/daka/months/{month}/reopen", false},
	{"Adjustments", http.MethodGet, "/daka/months/{month}/adjustments", false},
	{"CheckCorrection", http.MethodPost, "/daka/corrections/check", false},
	{"Devices", http.MethodGet, "/daka/devices", false},
	{"Audit", http.MethodGet, "/daka/audit", false},
	{"MemberAudit", http.MethodGet, "/daka/members/{userid}/audit", false},
	{"CheckAudit", http.MethodGet, "/daka/audit/check", false},

	{"AddFacts", http.MethodPost, "/daka/facts", true},
	{"CreateCorp", http.MethodPost, "/daka/corps", true},
	{"Clock", http.MethodGet, "/daka/clock", true},
	{"SetClock", http.MethodPut, "/daka/clock", true},
	{"AdvanceClock", http.MethodPost, "/daka/clock/advance", true},
	{"Faults", http.MethodGet, "/daka/faults", true},
	{"AddFault", http.MethodPost, "/daka/faults", true},
	{"ClearFaults", http.MethodDelete, "/daka/faults", true},
	{"RevokeTokens", http.MethodPost, "/daka/tokens/revoke", true},
	{"Snapshot", http.MethodPost, "/daka/snapshots/{name}", true},
	{"Restore", http.MethodPost, "/daka/snapshots/{name}/restore", true},
	{"Reset", http.MethodPost, "/daka/reset", true},
	{"Requests", http.MethodGet, "/daka/requests", true},
}
