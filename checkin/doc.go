// Package checkin is the contract of WeCom's check-in interface (打卡): the
// requests and answers of its fifteen calls, their documented limits, their
// enumerations and the table of operations, with a typed client. Server and
// client share it. It knows nothing of how reports are computed.
//
// # One call
//
// A Client has a method for each call, named in Operations; its comments tell
// limits, quotas and errors with the numbers of WeCom's documents:
//
//	c := checkin.NewClient(w) // w is a *wecom.Client
//	answer, err := c.DayData(ctx, checkin.DayDataRequest{
//		StartTime: midnight, EndTime: midnight, UserIDList: []string{"zhangsan"},
//	})
//
// It sends what it is given: the server judges it. Validate does so before, as
// daka's server would.
//
// # More than one call may ask
//
// WeCom answers about 100 members and 30 days at a time. Fetch is a value that
// says what is wanted, and its methods make as many calls as that takes, several
// at a time and within the quotas:
//
//	f := checkin.Fetch{Client: c, Users: users, From: first, To: last}
//	for punch, err := range f.Records(ctx) {
//
// Results come in the order of members and time; with Unordered as they come in,
// one in memory at a time. A Checkpoint lets a long read go on where it was.
// Batch writes in the same manner and tells what became of each item.
//
// # Units
//
// Times are Unix seconds unless a field says otherwise; a day is named by the
// second at which it begins; times of day are seconds after that and pass 86,400
// on the next day. Places are degrees x 1,000,000 in GCJ-02.
//
// # Tests
//
// Package dakatest runs a server inside go test that answers all of it.
package checkin
