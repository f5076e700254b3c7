package adminapi_test

import (
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/dakahq/daka/admin"
	"github.com/dakahq/daka/dakatest"
	"github.com/dakahq/daka/internal/store/storetest"
)

// office is Monday to Friday 09:00 to 18:00 with a rest from 12:00 to 13:00.
const office = `{"groupid":5,"grouptype":1,"groupname":"office","range":{"party_id":["1"]},
	"checkindate":[{"workdays":[1,2,3,4,5],"checkintime":[{"time_id":1,"work_sec":32400,"off_work_sec":64800,
	"allow_rest":true,"rest_begin_time":43200,"rest_end_time":46800,
	"earliest_work_sec":14400,"latest_work_sec":64740,"earliest_off_work_sec":32460,"latest_off_work_sec":100740}]}]}`

// shanghai is a time of the corporation.
func shanghai(month time.Month, day, hour, minute int) time.Time {
	return time.Date(2025, month, day, hour, minute, 0, 0, time.FixedZone("", 8*3600))
}

// each runs a test on both databases, with a server at noon of Thursday,
// 2025-09-11, two members and the office rule.
func each(t *testing.T, f func(t *testing.T, s *dakatest.Server)) {
	t.Helper()
	storetest.EachDSN(t, func(t *testing.T, dsn string) {
		s := dakatest.NewServer(t, dakatest.OnDatabase(dsn), dakatest.At(shanghai(9, 11, 12, 0)))
		s.Members("zhangsan", "lisi")
		s.Rule(office)
		f(t, s)
	})
}

func must(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// refused checks the code and the field of a failure.
func refused(t *testing.T, what string, err error, code admin.Code, field string) {
	t.Helper()
	e, ok := errors.AsType[*admin.Error](err)
	if !ok || e.Code != code || e.Field != field || e.RequestID == "" {
		t.Errorf("%s: %v, want %s of %q", what, err, code, field)
	}
}

// send makes a raw call and returns its status and body.
func send(t *testing.T, s *dakatest.Server, method, path, authorization, body string) (int, string) {
	t.Helper()
	r, err := http.NewRequestWithContext(t.Context(), method, s.URL+path, strings.NewReader(body))
	must(t, err)
	if authorization != "" {
		r.Header.Set("Authorization", authorization)
	}
	resp, err := http.DefaultClient.Do(r)
	must(t, err)
	defer resp.Body.Close()
	text, err := io.ReadAll(resp.Body)
	must(t, err)
	return resp.StatusCode, string(text)
}

// adminToken returns a token of an admin app, and that of the check-in app.
func tokens(t *testing.T, s *dakatest.Server) (adminToken, checkinToken string) {
	t.Helper()
	made, err := s.Admin.CreateApp(t.Context(), admin.NewApp{Kind: "admin"})
	must(t, err)
	_, body := send(t, s, "GET", "/cgi-bin/gettoken?corpid="+s.CorpID+"&corpsecret="+made.Secret, "", "")
	var answer struct {
		AccessToken string `json:"access_token"`
	}
	must(t, json.Unmarshal([]byte(body), &answer))
	token, err := s.WeCom.Token(t.Context())
	must(t, err)
	return answer.AccessToken, token.Reveal()
}

// Nobody but an admin app gets in, and only with the token in the header.
func TestAuthorisation(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, s *dakatest.Server) {
		adminToken, checkinToken := tokens(t, s)
		for _, op := range admin.Operations {
			path := strings.NewReplacer("{agent}", "1", "{userid}", "u", "{month}", "2025-09", "{name}", "n").Replace(op.Path)
			for _, tt := range []struct {
				name, path, authorization string
				status                    int
				code                      string
			}{
				{"no token", path, "", 401, "unauthorized"},
				{"token in the query", path + "?access_token=" + adminToken, "", 401, "unauthorized"},
				{"another scheme", path, "Basic " + adminToken, 401, "unauthorized"},
				{"unknown token", path, "Bearer none", 401, "unauthorized"},
				{"a check-in app's", path, "Bearer " + checkinToken, 403, "forbidden"},
			} {
				status, body := send(t, s, op.Method, tt.path, tt.authorization, "{}")
				if status != tt.status || !strings.Contains(body, `"code":"`+tt.code+`"`) {
					t.Errorf("%s %s, %s: %d %s", op.Method, path, tt.name, status, body)
				}
			}
		}
		for _, tt := range []struct {
			name, method, path, body, want string
			status                         int
		}{
			{"good", "GET", "/daka/apps", "", `"apps":[`, 200},
			{"no operation", "GET", "/daka/none", "", `"code":"not_found"`, 404},
			{"another method", "DELETE", "/daka/apps", "", `"code":"not_found"`, 404},
			{"no JSON", "POST", "/daka/apps", "{", `"code":"bad_request"`, 400},
			{"unknown member", "POST", "/daka/apps", `{"kind":"admin","nmae":"x"}`, `"field":"/nmae"`, 400},
			{"wrong type", "PUT", "/daka/members", `{"members":[{"userid":5}]}`, `"field":"/members/0/userid"`, 400},
			{"unknown kind", "POST", "/daka/apps", `{"kind":"root"}`, `"code":"bad_request"`, 400},
			{"U+0000", "POST", "/daka/apps", `{"kind":"checkin","name":"\\u0000","x":"a\u0000"}`, `"field":"/x"`, 400},
			{"no text in the path", "POST", "/daka/members/%ff/erase", "", `"code":"bad_request"`, 400},
			{"no number", "POST", "/daka/apps/x/rotate", "", `"field":"agent"`, 400},
			{"too long", "PUT", "/daka/members", strings.Repeat(" ", 16<<20+1), `"code":"too_large"`, 413},
		} {
			status, body := send(t, s, tt.method, tt.path, "Bearer "+adminToken, tt.body)
			if status != tt.status || !strings.Contains(body, tt.want) {
				t.Errorf("%s: %d %s", tt.name, status, body)
			}
		}
		s.Clock.Advance(7200 * time.Second)
		if status, body := send(t, s, "GET", "/daka/apps", "Bearer "+adminToken, ""); status != 401 {
			t.Errorf("an expired token: %d %s", status, body)
		}
	})
}

func TestApps(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, s *dakatest.Server) {
		ctx := t.Context()
		made, err := s.Admin.CreateApp(ctx, admin.NewApp{Kind: "checkin", Name: "门店"})
		must(t, err)
		// The corporation has its first three apps from 1000001 on.
		if made.Agent != 1000004 || made.Name != "门店" || made.Secret == "" {
			t.Errorf("made %d %s", made.Agent, made.Name)
		}
		rotated, err := s.Admin.RotateApp(ctx, made.Agent)
		must(t, err)
		if rotated.Secret == made.Secret || rotated.Secret == "" {
			t.Error("the secret is the same")
		}
		gets := func(secret string) string {
			_, body := send(t, s, "GET", "/cgi-bin/gettoken?corpid="+s.CorpID+"&corpsecret="+secret, "", "")
			return body
		}
		if !strings.Contains(gets(made.Secret), `"errcode":40001`) || !strings.Contains(gets(rotated.Secret), `"errcode":0`) {
			t.Error("the old secret counts, or the new one does not")
		}
		must(t, s.Admin.DisableApp(ctx, made.Agent))
		if !strings.Contains(gets(rotated.Secret), `"errcode":40001`) {
			t.Error("a disabled app gets a token")
		}
		list, err := s.Admin.Apps(ctx)
		must(t, err)
		if n := len(list.Apps); n != 4 || !list.Apps[3].Disabled || list.Apps[0].Disabled || list.Apps[3].Secret != "" {
			t.Errorf("apps %+v", list.Apps)
		}
		must(t, s.Admin.EnableApp(ctx, made.Agent))
		if !strings.Contains(gets(rotated.Secret), `"errcode":0`) {
			t.Error("an enabled app gets no token")
		}
		refused(t, "itself", s.Admin.DisableApp(ctx, 1000001), admin.Conflict, "agent")
		refused(t, "unknown", s.Admin.DisableApp(ctx, 5), admin.BadRequest, "")
	})
}

func TestDirectory(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, s *dakatest.Server) {
		ctx := t.Context()
		must(t, s.Admin.PutDepartments(ctx, admin.DepartmentList{Departments: []admin.Department{{ID: 2, Name: "研发部", Parent: 1}, {ID: 3, Name: "一组", Parent: 2}}}))
		must(t, s.Admin.PutMembers(ctx, admin.MemberList{Members: []admin.Member{
			{UserID: "wangwu", Name: "王五", Departments: []int64{3}, Tags: []int64{8}, Joined: "2025-09-01", Left: "2025-12-31"},
		}}))
		depts, err := s.Admin.Departments(ctx)
		must(t, err)
		members, err := s.Admin.Members(ctx)
		must(t, err)
		if len(depts.Departments) != 3 || depts.Departments[2] != (admin.Department{ID: 3, Name: "一组", Parent: 2}) {
			t.Errorf("departments %+v", depts.Departments)
		}
		m := members.Members[1]
		if len(members.Members) != 3 || m.UserID != "wangwu" || m.Joined != "2025-09-01" || m.Left != "2025-12-31" || m.Tags[0] != 8 || m.Departments[0] != 3 {
			t.Errorf("members %+v", members.Members)
		}
		if z := members.Members[2]; z.Joined != "" || z.Left != "" {
			t.Errorf("open ends came back as %+v", z)
		}
		bad := func(m admin.Member) error {
			return s.Admin.PutMembers(ctx, admin.MemberList{Members: []admin.Member{{UserID: "ok", Departments: []int64{1}}, m}})
		}
		refused(t, "day", bad(admin.Member{UserID: "x", Departments: []int64{1}, Joined: "1.9."}), admin.BadRequest, "/members/1/joined")
		refused(t, "department", bad(admin.Member{UserID: "x", Departments: []int64{9}}), admin.BadRequest, "")
		if after, err := s.Admin.Members(ctx); err != nil || len(after.Members) != 3 {
			t.Errorf("a part was stored: %v, %v", after, err)
		}
		e, err := s.Admin.EraseMember(ctx, "wangwu")
		must(t, err)
		if e.Versions != 1 || e.Subject == "" || e.Agent != 1000001 {
			t.Errorf("erased %+v", e)
		}
		if again, err := s.Admin.EraseMember(ctx, "WangWu"); err != nil || *again != *e {
			t.Errorf("erased again: %+v, %v", again, err)
		}
		_, err = s.Admin.EraseMember(ctx, "nobody")
		refused(t, "never a member's", err, admin.NotFound, "")
	})
}

func TestSettings(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, s *dakatest.Server) {
		ctx := t.Context()
		must(t, s.Admin.SetOptions(ctx, json.RawMessage(`{"late_base":"grace"}`)))
		doc, err := s.Admin.Options(ctx)
		must(t, err)
		var options map[string]any
		must(t, json.Unmarshal(doc, &options))
		if options["late_base"] != "grace" || options["calibrate"] != "immediate" || options["ot_day_unit_seconds"] != 86400.0 {
			t.Errorf("options %s", doc)
		}
		refused(t, "unknown option", s.Admin.SetOptions(ctx, json.RawMessage(`{"colour":"red"}`)), admin.BadRequest, "")
		must(t, s.Admin.SetHolidays(ctx, map[string]admin.HolidayYear{"2030": {
			Breaks: []admin.HolidayBreak{{Name: "春节", First: "2030-02-02", Last: "2030-02-03", Makeups: []admin.Day{"2030-02-09"}}}, Statutory: []admin.Day{"2030-02-03"},
		}}))
		list, err := s.Admin.Holidays(ctx)
		must(t, err)
		n := len(list.Holidays)
		want := []admin.Holiday{{Day: "2030-02-02", Name: "春节", Off: true}, {Day: "2030-02-03", Name: "春节", Off: true, Statutory: true}, {Day: "2030-02-09", Name: "春节"}}
		for i, h := range want {
			if got := list.Holidays[n-3+i]; got != h {
				t.Errorf("holiday %+v, want %+v", got, h)
			}
		}
		refused(t, "a year", s.Admin.SetHolidays(ctx, map[string]admin.HolidayYear{"30": {}}), admin.BadRequest, "holidays")
	})
}
