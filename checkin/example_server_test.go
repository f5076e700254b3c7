package checkin_test

import (
	"context"
	"fmt"
	"testing"

	"github.com/dakahq/daka/admin"
	"github.com/dakahq/daka/dakatest"
)

// example is what an example has in place of a test: a server needs somebody
// to tell of what fails, and when to end.
type example struct {
	testing.TB
	ends []func()
}

func (*example) Helper()                      {}
func (*example) Context() context.Context     { return context.Background() }
func (e *example) Cleanup(f func())           { e.ends = append(e.ends, f) }
func (*example) Errorf(text string, a ...any) { panic(fmt.Sprintf(text, a...)) }
func (*example) Fatalf(text string, a ...any) { panic(fmt.Sprintf(text, a...)) }
func (e *example) end() {
	for i := len(e.ends) - 1; i >= 0; i-- {
		e.ends[i]()
	}
}

// company starts a server at noon of Thursday, 2025-09-11 with two members, who
// work from 9:00 to 18:00. On Wednesday zhangsan came at 9:12 and lisi at 8:55;
// both left at 18:00.
func company() (srv *dakatest.Server, end func()) {
	var e example
	srv = dakatest.NewServer(&e, dakatest.At(noon))
	srv.Members("zhangsan", "lisi")
	srv.Rule(`{"grouptype":1,"groupid":1,"groupname":"office","range":{"party_id":["1"]},
		"checkindate":[{"workdays":[1,2,3,4,5],"checkintime":[{"time_id":1,"work_sec":32400,"off_work_sec":64800}]}]}`)
	srv.Rule(`{"grouptype":2,"groupid":2,"groupname":"guards","range":{"userid":["wangwu"]},
		"schedulelist":[{"schedule_id":7,"schedule_name":"night","time_section":[{"time_id":1,"work_sec":79200,"off_work_sec":108000}]}]}`)
	srv.Facts(admin.Facts{Members: []admin.MemberFact{{
		Member: admin.Member{UserID: "wangwu", Name: "wangwu", Departments: []int64{1}}, KnownAt: 1,
	}}})
	srv.Punch("zhangsan", clock(10, 9, 12), clock(10, 18, 0))
	srv.Punch("lisi", clock(10, 8, 55), clock(10, 18, 0))
	return srv, e.end
}
