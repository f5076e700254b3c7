package wecom_test

import (
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"testing"

	"github.com/dakahq/daka/wecom"
)

// What the calls that edit the contacts send: nothing that is not said.
func TestEditContacts(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name, request string
		call          func(*wecom.Client) error
	}{
		{
			"create user", `POST /cgi-bin/user/create {"userid":"zhang","name":"张三","department":[1,2],"enable":0,"extattr":{"attrs":[]}}`,
			func(c *wecom.Client) error {
				return c.CreateUser(t.Context(), wecom.UserEdit{
					UserID: "zhang", Name: new("张三"), Department: []int64{1, 2}, Enable: new(int64(0)), ExtAttr: json.RawMessage(`{"attrs":[]}`),
				})
			},
		},
		{
			"update user", `POST /cgi-bin/user/update {"userid":"zhang","alias":""}`,
			func(c *wecom.Client) error {
				return c.UpdateUser(t.Context(), wecom.UserEdit{UserID: "zhang", Alias: new("")})
			},
		},
		{
			"delete user", `GET /cgi-bin/user/delete?userid=zhang`,
			func(c *wecom.Client) error { return c.DeleteUser(t.Context(), "zhang") },
		},
		{
			"create department", `POST /cgi-bin/department/create {"name":"研发","parentid":1,"order":0}`,
			func(c *wecom.Client) error {
				id, err := c.CreateDepartment(t.Context(), wecom.DepartmentEdit{Name: new("研发"), ParentID: new(int64(1)), Order: new(int64(0))})
				if id != 7 {
					t.Errorf("department %d, want 7", id)
				}
				return err
			},
		},
		{
			"update department", `POST /cgi-bin/department/update {"id":7,"name_en":"RD"}`,
			func(c *wecom.Client) error {
				return c.UpdateDepartment(t.Context(), wecom.DepartmentEdit{ID: 7, NameEN: new("RD")})
			},
		},
		{
			"delete department", `GET /cgi-bin/department/delete?id=7`,
			func(c *wecom.Client) error { return c.DeleteDepartment(t.Context(), 7) },
		},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			answer := `{"errcode":0,"errmsg":"ok","id":7}`
			var query string
			f := &fakeCorp{answer: func(w http.ResponseWriter, r *http.Request) {
				q := r.URL.Query()
				q.Del("access_token")
				query = q.Encode()
				fmt.Fprint(w, answer)
			}}
			c := f.start(t)
			if err := tt.call(c); err != nil {
				t.Fatal(err)
			}
			request := f.calls[0]
			if request[:3] == "GET" {
				request = request[:len(request)-1] + "?" + query
			}
			if request != tt.request {
				t.Errorf("sent %s, want %s", request, tt.request)
			}
			answer = `{"errcode":60003,"errmsg":"department does not exist"}`
			f.answer = func(w http.ResponseWriter, _ *http.Request) { fmt.Fprint(w, answer) }
			if err := c.UpdateDepartment(t.Context(), wecom.DepartmentEdit{ID: 9}); !errors.Is(err, wecom.CodeNoSuchDepartment) {
				t.Errorf("refused: %v", err)
			}
		})
	}
}
