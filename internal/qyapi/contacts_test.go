package qyapi_test

import (
	"errors"
	"net/http"
	"net/url"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/dakahq/daka/internal/app"
	"github.com/dakahq/daka/internal/attendance"
	"github.com/dakahq/daka/internal/store"
	"github.com/dakahq/daka/internal/store/storetest"
	"github.com/dakahq/daka/wecom"
)

func TestContacts(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		f := newFixture(t, db, false)
		ctx, c := t.Context(), f.client(app.CheckinApp)
		ids, err := c.DepartmentIDs(ctx, 0)
		must(t, err)
		wantIDs := []wecom.DepartmentID{{ID: 1}, {ID: 2, ParentID: 1, Order: 7}, {ID: 3, ParentID: 2}}
		if diff := cmp.Diff(wantIDs, ids); diff != "" {
			t.Errorf("department ids (-want +got):\n%s", diff)
		}
		depts, err := c.Departments(ctx, 2)
		must(t, err)
		if diff := cmp.Diff([]wecom.Department{{ID: 2, Name: "研发", ParentID: 1, Order: 7}, {ID: 3, Name: "测试", ParentID: 2}}, depts); diff != "" {
			t.Errorf("below 2 (-want +got):\n%s", diff)
		}
		members, err := c.Members(ctx, 2)
		must(t, err)
		wantMembers := []wecom.Member{
			{UserID: "alice", Name: "爱丽丝", Department: wecom.List[int64]{2}},
			{UserID: "bob", Name: "鲍勃", Department: wecom.List[int64]{2, 1}},
		}
		if diff := cmp.Diff(wantMembers, members); diff != "" {
			t.Errorf("members of 2 (-want +got):\n%s", diff)
		}
		bob := wecom.User{
			UserID: "bob", Name: "鲍勃", Department: wecom.List[int64]{2, 1}, Order: wecom.List[int64]{0, 0},
			IsLeaderInDept: wecom.List[int64]{0, 0}, DirectLeader: wecom.List[string]{}, MainDepartment: 2, Status: 1,
		}
		user, err := c.User(ctx, "BOB")
		must(t, err)
		if diff := cmp.Diff(&bob, user); diff != "" {
			t.Errorf("bob (-want +got):\n%s", diff)
		}
		must(t, f.app.AddMembers(ctx, f.corp, []app.Contact{{ID: "dan", Name: "丹", Depts: []attendance.DeptID{3}, Left: attendance.DayOf(2026, 1, 4)}}))
		left, err := c.Users(ctx, 3)
		must(t, err)
		if len(left) != 1 || left[0].Status != 5 {
			t.Errorf("who left yesterday: %+v", left)
		}
	})
}

func TestContactsRefuse(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		f := newFixture(t, db, false)
		for _, tt := range []struct {
			path  string
			query url.Values
			want  wecom.Code
		}{
			{"user/get", url.Values{}, 41009},
			{"user/get", url.Values{"userid": {"zed"}}, 60111},
			{"user/get", url.Values{"userid": {"a\x00b\xff"}}, 60111},
			{"user/simplelist", url.Values{}, 60123},
			{"user/simplelist", url.Values{"department_id": {"x"}}, 60123},
			{"user/list", url.Values{"department_id": {"9"}}, 60003},
			{"department/list", url.Values{"id": {"9"}}, 60003},
			{"department/simplelist", url.Values{"id": {"1e3"}}, 60123},
		} {
			tt.query.Set("access_token", f.token(app.AdminApp))
			_, text := f.do(http.MethodGet, "/cgi-bin/"+tt.path, tt.query, nil)
			if code, errmsg, _ := opened(t, text); code != tt.want {
				t.Errorf("%s %v: %d %s, want %d", tt.path, tt.query, code, errmsg, tt.want)
			}
		}
	})
}

// Pages hold pairs of member and department; who joins in between shifts none.
func TestUserIDs(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		f := newFixture(t, db, false)
		c := f.client(app.ContactApp)
		first, err := c.UserIDs(t.Context(), wecom.UserIDsRequest{Limit: 2})
		must(t, err)
		must(t, f.app.AddMembers(t.Context(), f.corp, []app.Contact{{ID: "aaron", Name: "亚伦", Depts: []attendance.DeptID{1}}}))
		second, err := c.UserIDs(t.Context(), wecom.UserIDsRequest{Cursor: first.NextCursor, Limit: 2})
		must(t, err)
		got := append(first.DeptUser, second.DeptUser...)
		want := wecom.List[wecom.DeptUser]{{UserID: "alice", Department: 2}, {UserID: "bob", Department: 1}, {UserID: "bob", Department: 2}, {UserID: "carol", Department: 1}}
		if diff := cmp.Diff(want, got); diff != "" || first.NextCursor == "" || second.NextCursor != "" {
			t.Errorf("pages (-want +got):\n%s", diff)
		}
		for _, bad := range []wecom.UserIDsRequest{{Limit: 10001}, {Limit: -1}, {Cursor: "x"}, {Cursor: "!"}} {
			if _, err := c.UserIDs(t.Context(), bad); !errors.Is(err, wecom.CodeInvalidParameter) {
				t.Errorf("%+v: %v", bad, err)
			}
		}
		if _, err := f.client(app.CheckinApp).UserIDs(t.Context(), wecom.UserIDsRequest{}); !errors.Is(err, wecom.CodeForbiddenAPI) {
			t.Errorf("as the check-in app: %v", err)
		}
	})
}
