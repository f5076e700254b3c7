// Package checkin is the contract of WeCom's check-in interface (打卡): the
// requests and answers of its fifteen calls, their documented limits, their
// enumerations, the table of operations, and a typed client.
//
// Server and client share it. Times are Unix seconds unless a field says
// otherwise; a day is named by the second at which it begins; times of day are
// seconds after that and pass 86,400 on the next day. It knows nothing of how
// reports are computed.
package checkin
