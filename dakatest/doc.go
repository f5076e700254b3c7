// Package dakatest runs a daka server inside a test: WeCom's check-in interface
// on a store of its own, with a clock to turn, faults to inject and the calls
// that came in to look at.
//
//	srv := dakatest.NewServer(t, dakatest.At(noon))
//	srv.Members("zhangsan")
//	answer, err := srv.Checkin.DayData(ctx, …)
//
// It is for tests alone.
package dakatest
