package qyapi_test

import (
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"sync"
	"sync/atomic"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/dakahq/daka/checkin"
	"github.com/dakahq/daka/internal/app"
	"github.com/dakahq/daka/internal/attendance"
	"github.com/dakahq/daka/internal/store"
	"github.com/dakahq/daka/internal/store/storetest"
	"github.com/dakahq/daka/wecom"
)

// contacts returns all that the contact calls show of the corporation.
func (f *fixture) contacts() (depts []attendance.Department, members []app.Contact) {
	f.t.Helper()
	depts, err := f.app.Departments(f.t.Context(), f.corp)
	must(f.t, err)
	members, err = f.app.Contacts(f.t.Context(), f.corp, nil)
	must(f.t, err)
	return depts, members
}

// A member is created, changed and deleted; what the edits do not name stays.
func TestEditMember(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		f := newFixture(t, db, true)
		ctx, c := t.Context(), f.client(app.ContactApp)
		want := &wecom.User{
			UserID: "Dan", Name: "丹", Alias: "D", Department: wecom.List[int64]{3, 2}, Order: wecom.List[int64]{0, 0},
			IsLeaderInDept: wecom.List[int64]{0, 0}, DirectLeader: wecom.List[string]{}, MainDepartment: 3, Status: 1,
		}
		check := func(what string) {
			t.Helper()
			got, err := c.User(ctx, "dan")
			must(t, err)
			if diff := cmp.Diff(want, got); diff != "" {
				t.Errorf("%s (-want +got):\n%s", what, diff)
			}
		}
		must(t, c.CreateUser(ctx, wecom.UserEdit{UserID: "Dan", Name: new("丹"), Alias: new("D"), Department: []int64{3, 2, 3}}))
		check("created")
		must(t, c.UpdateUser(ctx, wecom.UserEdit{UserID: "DAN", Alias: new("")}))
		want.Alias = ""
		check("alias taken away")
		must(t, c.UpdateUser(ctx, wecom.UserEdit{UserID: "dan", Name: new("丹尼"), Department: []int64{1}}))
		want.Name, want.Department, want.MainDepartment = "丹尼", wecom.List[int64]{1}, 1
		want.Order, want.IsLeaderInDept = wecom.List[int64]{0}, wecom.List[int64]{0}
		check("moved")
		must(t, c.DeleteUser(ctx, "dan"))
		if _, err := c.User(ctx, "dan"); !errors.Is(err, wecom.CodeUserNotFound) {
			t.Errorf("after its deletion: %v", err)
		}
		must(t, c.CreateUser(ctx, wecom.UserEdit{UserID: "Dan", Name: new("丹"), Alias: new("E")}))
		want.Name, want.Alias = "丹", "E"
		check("back again, in the root where no department is named")
	})
}

// A change of department is from today on: Monday keeps Monday's rule. Who is
// deleted is unknown to the calls, and known as of the time before.
func TestEditedMembersKeepTheirPast(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		f := newFixture(t, db, false)
		ctx, c := t.Context(), f.client(app.ContactApp)
		f.addRule(officeRule) // for department 2
		f.clock.Store(stamp(6, 8, 0))
		must(t, c.UpdateUser(ctx, wecom.UserEdit{UserID: "alice", Department: []int64{1}}))
		must(t, c.CreateUser(ctx, wecom.UserEdit{UserID: "dan", Name: new("丹"), Department: []int64{2}}))
		f.clock.Store(stamp(7, 8, 0))
		f.raw(addRecord, punches("alice", stamp(6, 9, 0)))
		standard := func(user string) (days []string) {
			t.Helper()
			answer, err := f.checkin().DayData(ctx, checkin.DayDataRequest{StartTime: stamp(5, 0, 0), EndTime: stamp(6, 0, 0), UserIDList: []string{user}})
			must(t, err)
			for _, d := range answer.Datas {
				days = append(days, fmt.Sprintf("%d: %d", d.BaseInfo.Date, d.BaseInfo.RecordType))
			}
			return days
		}
		// Record type 1 is a fixed rule, 7 no rule.
		if diff := cmp.Diff([]string{fmt.Sprintf("%d: 1", stamp(5, 0, 0)), fmt.Sprintf("%d: 7", stamp(6, 0, 0))}, standard("alice")); diff != "" {
			t.Errorf("who moved on the 6th (-want +got):\n%s", diff)
		}
		if diff := cmp.Diff([]string{fmt.Sprintf("%d: 1", stamp(6, 0, 0))}, standard("dan")); diff != "" {
			t.Errorf("who was created on the 6th (-want +got):\n%s", diff)
		}
		must(t, c.DeleteUser(ctx, "alice"))
		_, err := f.checkin().DayData(ctx, checkin.DayDataRequest{StartTime: stamp(5, 0, 0), EndTime: stamp(6, 0, 0), UserIDList: []string{"alice"}})
		if !errors.Is(err, wecom.CodeCheckinUser) {
			t.Errorf("a deleted member: %v", err)
		}
		days := 0
		q := app.Query{Corp: f.corp, First: attendance.DayOf(2026, 1, 5), Last: attendance.DayOf(2026, 1, 6), AsOf: stamp(7, 7, 59)}
		must(t, f.app.DayReports(ctx, q, func(m *app.Member, _ *attendance.DayReport) error {
			if m.ID == "alice" {
				days++
			}
			return nil
		}))
		// The 5th: on the 6th she has no rule, and her punch was not known then.
		if days != 1 {
			t.Errorf("as of the minute before her deletion alice has %d days, want 1", days)
		}
	})
}

func TestEditMemberRefuses(t *testing.T) {
	t.Parallel()
	many := strings.Repeat("1,", 100) + "1"
	long := strings.Repeat("爱", 65)
	tests := []struct {
		name, path, body string
		want             wecom.Code
		text             string
	}{
		{"no userid", "user/create", `{"name":"a"}`, 41009, ""},
		{"no name", "user/create", `{"userid":"dan"}`, 40058, "name"},
		{"an empty name", "user/create", `{"userid":"dan","name":""}`, 40058, "name"},
		{"65 characters", "user/create", `{"userid":"dan","name":"` + long + `"}`, 40058, "65"},
		{"a long alias", "user/create", `{"userid":"dan","name":"a","alias":"` + long + `"}`, 40058, "alias"},
		{"a userid that is none", "user/create", `{"userid":"-dan","name":"a"}`, 40058, "userid"},
		{"a userid with a NUL", "user/create", `{"userid":"da\u0000n","name":"a"}`, 40058, "userid"},
		{"taken", "user/create", `{"userid":"alice","name":"a"}`, 40058, "alice"},
		{"taken in another case", "user/create", `{"userid":"ALICE","name":"a"}`, 40058, "ALICE"},
		{"no such department", "user/create", `{"userid":"dan","name":"a","department":[1,9]}`, 60003, "9"},
		{"101 departments", "user/create", `{"userid":"dan","name":"a","department":[` + many + `]}`, 40058, "101"},
		{"department of a type", "user/create", `{"userid":"dan","name":"a","department":{}}`, 40058, "body.department"},
		{"cut off", "user/create", `{"userid":"dan"`, 40058, "json"},
		{"deleted in another spelling", "user/create", `{"userid":"GONE","name":"a"}`, 40058, "another spelling"},
		{"update of nobody", "user/update", `{"userid":"zed","name":"a"}`, 60111, "zed"},
		{"update of who is no id", "user/update", `{"userid":"张","name":"a"}`, 60111, ""},
		{"update of who is gone", "user/update", `{"userid":"gone","name":"a"}`, 60111, "gone"},
		{"update without userid", "user/update", `{"name":"a"}`, 41009, ""},
		{"update to no name", "user/update", `{"userid":"alice","name":""}`, 40058, "name"},
		{"update to no department", "user/update", `{"userid":"alice","department":[9]}`, 60003, "9"},
		{"no such parent", "department/create", `{"name":"a","parentid":9}`, 60003, "9"},
		{"no parent", "department/create", `{"name":"a"}`, 40058, "parentid"},
		{"no department name", "department/create", `{"parentid":1}`, 40058, "name"},
		{"a name with a slash", "department/create", `{"name":"a/b","parentid":1}`, 40058, "name"},
		{"a long department name", "department/create", `{"name":"` + long + `","parentid":1}`, 40058, "65"},
		{"the name of a sister", "department/create", `{"name":"研发","parentid":1}`, 40058, "of that name"},
		{"an id in use", "department/create", `{"name":"a","parentid":1,"id":2}`, 60123, "2"},
		{"an id below 0", "department/create", `{"name":"a","parentid":1,"id":-2}`, 60123, ""},
		{"an order below 0", "department/create", `{"name":"a","parentid":1,"order":-1}`, 40058, "order"},
		{"an order of 2^32", "department/create", `{"name":"a","parentid":1,"order":4294967296}`, 40058, "order"},
		{"no id", "department/update", `{"name":"a"}`, 60123, ""},
		{"no such department to change", "department/update", `{"id":9,"name":"a"}`, 60003, "9"},
		{"under itself", "department/update", `{"id":2,"parentid":2}`, 60123, ""},
		{"under its child", "department/update", `{"id":2,"parentid":3}`, 60123, ""},
		{"the root", "department/update", `{"id":1,"parentid":2}`, 60123, ""},
		{"under nobody", "department/update", `{"id":3,"parentid":9}`, 60003, "9"},
	}
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		f := newFixture(t, db, false)
		must(t, f.app.CreateMember(t.Context(), f.corp, app.MemberEdit{User: "gone", Name: new("x")}))
		must(t, f.app.DeleteMember(t.Context(), f.corp, "gone"))
		depts, members := f.contacts()
		for _, tt := range tests {
			code, errmsg, _ := f.rawAs(app.ContactApp, "/cgi-bin/"+tt.path, tt.body)
			if code != tt.want || !strings.Contains(errmsg, tt.text) {
				t.Errorf("%s: %d %s, want %d with %q", tt.name, code, errmsg, tt.want, tt.text)
			}
			if code, _, _ := f.raw("/cgi-bin/"+tt.path, tt.body); code != wecom.CodeForbiddenAPI {
				t.Errorf("%s as the check-in app: %d", tt.name, code)
			}
		}
		for _, tt := range []struct {
			path  string
			query url.Values
			want  wecom.Code
		}{
			{"user/delete", nil, 41009},
			{"user/delete", url.Values{"userid": {"zed"}}, 60111},
			{"user/delete", url.Values{"userid": {"gone"}}, 60111},
			{"user/delete", url.Values{"userid": {"a\x00\xff"}}, 60111},
			{"department/delete", nil, 60123},
			{"department/delete", url.Values{"id": {"x"}}, 60123},
			{"department/delete", url.Values{"id": {"9"}}, 60003},
			{"department/delete", url.Values{"id": {"1"}}, 60123},
			{"department/delete", url.Values{"id": {"2"}}, 40058}, // it has a department
			{"department/delete", url.Values{"id": {"1e1"}}, 60123},
		} {
			query := url.Values{"access_token": {f.token(app.ContactApp)}}
			for name, values := range tt.query {
				query[name] = values
			}
			_, text := f.do(http.MethodGet, "/cgi-bin/"+tt.path, query, nil)
			if code, errmsg, _ := opened(t, text); code != tt.want {
				t.Errorf("%s %v: %d %s, want %d", tt.path, tt.query, code, errmsg, tt.want)
			}
			query.Set("access_token", f.token(app.CheckinApp))
			_, text = f.do(http.MethodGet, "/cgi-bin/"+tt.path, query, nil)
			if code, _, _ := opened(t, text); code != wecom.CodeForbiddenAPI {
				t.Errorf("%s %v as the check-in app: %d", tt.path, tt.query, code)
			}
		}
		afterDepts, afterMembers := f.contacts()
		if diff := cmp.Diff(depts, afterDepts) + cmp.Diff(members, afterMembers); diff != "" {
			t.Errorf("what was refused left traces (-before +after):\n%s", diff)
		}
	})
}

// A department is created, changed and deleted, and its id never comes back.
func TestEditDepartment(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		f := newFixture(t, db, true)
		ctx, c := t.Context(), f.client(app.AdminApp)
		create := func(d wecom.DepartmentEdit) int64 {
			t.Helper()
			id, err := c.CreateDepartment(ctx, d)
			must(t, err)
			return id
		}
		if id := create(wecom.DepartmentEdit{Name: new("市场"), ParentID: new(int64(1)), Order: new(int64(4294967295))}); id != 4 {
			t.Errorf("the next id is %d, want 4", id)
		}
		if id := create(wecom.DepartmentEdit{ID: 70, Name: new("研发"), ParentID: new(int64(4)), NameEN: new("RD")}); id != 70 {
			t.Errorf("an id that is named: %d", id)
		}
		must(t, c.UpdateDepartment(ctx, wecom.DepartmentEdit{ID: 70, ParentID: new(int64(3))}))
		must(t, c.UpdateDepartment(ctx, wecom.DepartmentEdit{ID: 4, Name: new("销售"), ParentID: new(int64(0)), Order: new(int64(1))}))
		depts, err := c.Departments(ctx, 0)
		must(t, err)
		want := []wecom.Department{
			{ID: 1, Name: "大卡"}, {ID: 2, Name: "研发", ParentID: 1, Order: 7}, {ID: 3, Name: "测试", ParentID: 2},
			{ID: 4, Name: "销售", ParentID: 1, Order: 1}, {ID: 70, Name: "研发", ParentID: 3},
		}
		if diff := cmp.Diff(want, depts); diff != "" {
			t.Errorf("departments (-want +got):\n%s", diff)
		}
		must(t, c.CreateUser(ctx, wecom.UserEdit{UserID: "dan", Name: new("丹"), Department: []int64{70}}))
		if err := c.DeleteDepartment(ctx, 70); !errors.Is(err, wecom.CodeInvalidParameter) {
			t.Errorf("with a member: %v", err)
		}
		must(t, c.DeleteUser(ctx, "dan"))
		must(t, c.DeleteDepartment(ctx, 70))
		if err := c.DeleteDepartment(ctx, 70); !errors.Is(err, wecom.CodeNoSuchDepartment) {
			t.Errorf("twice: %v", err)
		}
		if id := create(wecom.DepartmentEdit{Name: new("新"), ParentID: new(int64(1))}); id != 71 {
			t.Errorf("the id after 70 is gone is %d, want 71", id)
		}
	})
}

// Of callers who create the same member at once, one does.
func TestCreateOnce(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		f := newFixture(t, db, false)
		c := f.client(app.ContactApp)
		var created atomic.Int32
		var wg sync.WaitGroup
		for range 8 {
			wg.Go(func() {
				err := c.CreateUser(t.Context(), wecom.UserEdit{UserID: "dan", Name: new("丹")})
				if err == nil {
					created.Add(1)
				} else if !errors.Is(err, wecom.CodeInvalidParameter) {
					t.Error(err)
				}
			})
		}
		wg.Wait()
		if n := created.Load(); n != 1 {
			t.Errorf("%d of 8 created the member, want 1", n)
		}
	})
}

// The members of the documents' examples are all known: strictness takes them.
func TestDocumentedMemberIsAccepted(t *testing.T) {
	t.Parallel()
	body := `{"userid":"zhangsan","name":"张三","alias":"jack","mobile":"+86 13800000000","department":[1,2],"order":[10,40],
		"position":"产品经理","gender":"1","email":"z@example.com","biz_mail":"z@example.org","is_leader_in_dept":[1,0],
		"direct_leader":["alice"],"enable":1,"avatar_mediaid":"2-G6nr","telephone":"020-123456","address":"广州市",
		"main_department":1,"to_invite":true,"external_position":"高级","extattr":{"attrs":[{"type":0,"name":"a","text":{"value":"b"}}]},
		"external_profile":{"external_corp_name":"简称","external_attr":[]}}`
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		f := newFixture(t, db, true)
		for _, path := range []string{"user/create", "user/update"} {
			if code, errmsg, _ := f.rawAs(app.ContactApp, "/cgi-bin/"+path, body); code != 0 {
				t.Errorf("%s: %d %s", path, code, errmsg)
			}
		}
	})
}

// Each act that edits the contacts or a face is in the audit log as the app's,
// and what is refused is not.
func TestEditsAreAudited(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		f := newFixture(t, db, false)
		before, err := f.app.Audit(t.Context(), f.corp, 0, 0)
		must(t, err)
		ctx, c := t.Context(), f.client(app.ContactApp)
		must(t, c.CreateUser(ctx, wecom.UserEdit{UserID: "dan", Name: new("丹")}))
		must(t, c.UpdateUser(ctx, wecom.UserEdit{UserID: "dan", Alias: new("D")}))
		if err := c.UpdateUser(ctx, wecom.UserEdit{UserID: "zed"}); err == nil {
			t.Error("nobody was updated")
		}
		id, err := c.CreateDepartment(ctx, wecom.DepartmentEdit{Name: new("新"), ParentID: new(int64(1))})
		must(t, err)
		must(t, c.UpdateDepartment(ctx, wecom.DepartmentEdit{ID: id, Order: new(int64(3))}))
		must(t, c.DeleteDepartment(ctx, id))
		f.raw(facePath, face("dan", pngOf(4, 4, 1)))
		must(t, c.DeleteUser(ctx, "dan"))
		entries, err := f.app.Audit(t.Context(), f.corp, int64(len(before)), 0)
		must(t, err)
		var got []string
		for _, e := range entries {
			got = append(got, fmt.Sprintf("%d %s %d", e.Agent, e.Action, e.Count))
		}
		want := []string{
			"1000003 member.create 1", "1000003 member.update 1", "1000003 department.put 1", "1000003 department.put 1",
			"1000003 department.delete 1", "1000002 face.set 1", "1000003 member.delete 1",
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("audit log (-want +got):\n%s", diff)
		}
	})
}
