package wecom_test

import (
	"fmt"
	"net/http"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/dakahq/daka/wecom"
)

func TestContacts(t *testing.T) {
	t.Parallel()
	type call func(*wecom.Client) (any, error)
	tests := []struct {
		name, request, answer string
		call                  call
		want                  any
	}{
		{
			"department ids, all", "GET /cgi-bin/department/simplelist", `{"department_id":[{"id":2,"parentid":1,"order":10}]}`,
			func(c *wecom.Client) (any, error) { return c.DepartmentIDs(t.Context(), 0) },
			[]wecom.DepartmentID{{ID: 2, ParentID: 1, Order: 10}},
		},
		{
			"departments", "GET /cgi-bin/department/list?id=1", `{"department":[{"id":2,"name":"研发","name_en":"RD","department_leader":["li"],"parentid":1,"order":4294967295}]}`,
			func(c *wecom.Client) (any, error) { return c.Departments(t.Context(), 1) },
			[]wecom.Department{{ID: 2, Name: "研发", NameEN: "RD", DepartmentLeader: []string{"li"}, ParentID: 1, Order: 4294967295}},
		},
		{
			"members", "GET /cgi-bin/user/simplelist?department_id=1", `{"userlist":[{"userid":"zhang","name":"张三","department":[1,2],"open_userid":"x"}]}`,
			func(c *wecom.Client) (any, error) { return c.Members(t.Context(), 1) },
			[]wecom.Member{{UserID: "zhang", Name: "张三", Department: wecom.List[int64]{1, 2}, OpenUserID: "x"}},
		},
		{
			"users", "GET /cgi-bin/user/list?department_id=1", `{"userlist":[{"userid":"zhang","alias":"jack","is_leader_in_dept":[1],"extattr":{"attrs":[]}}]}`,
			func(c *wecom.Client) (any, error) { return c.Users(t.Context(), 1) },
			[]wecom.User{{UserID: "zhang", Alias: "jack", IsLeaderInDept: wecom.List[int64]{1}}},
		},
		{
			"user", "GET /cgi-bin/user/get?userid=zhang", `{"errcode":0,"errmsg":"ok","userid":"zhang","main_department":3,"direct_leader":["li"],"status":1}`,
			func(c *wecom.Client) (any, error) { return c.User(t.Context(), "zhang") },
			&wecom.User{UserID: "zhang", MainDepartment: 3, DirectLeader: wecom.List[string]{"li"}, Status: 1},
		},
		{
			"userids", `POST /cgi-bin/user/list_id {"cursor":"c","limit":2}`, `{"next_cursor":"d","dept_user":[{"userid":"zhang","department":1}]}`,
			func(c *wecom.Client) (any, error) {
				return c.UserIDs(t.Context(), wecom.UserIDsRequest{Cursor: "c", Limit: 2})
			},
			&wecom.UserIDsResponse{NextCursor: "d", DeptUser: wecom.List[wecom.DeptUser]{{UserID: "zhang", Department: 1}}},
		},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			var query string
			f := &fakeCorp{answer: func(w http.ResponseWriter, r *http.Request) {
				q := r.URL.Query()
				q.Del("access_token")
				query = q.Encode()
				fmt.Fprint(w, tt.answer)
			}}
			got, err := tt.call(f.start(t))
			if err != nil {
				t.Fatal(err)
			}
			request := f.calls[0]
			if query != "" {
				request = request[:len(request)-1] + "?" + query
			} else if request[:3] == "GET" {
				request = request[:len(request)-1]
			}
			if request != tt.request {
				t.Errorf("sent %s, want %s", request, tt.request)
			}
			if diff := cmp.Diff(tt.want, got); diff != "" {
				t.Error(diff)
			}
		})
	}
}
