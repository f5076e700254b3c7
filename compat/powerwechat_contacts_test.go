package compat

import (
	"io"
	"path/filepath"
	"testing"

	department "github.com/ArtisanCloud/PowerWeChat/v3/src/work/department/request"
	user "github.com/ArtisanCloud/PowerWeChat/v3/src/work/user/request"

	"github.com/dakahq/daka/internal/app"
	"github.com/dakahq/daka/internal/attendance"
	"github.com/dakahq/daka/wecom"
)

func TestPowerWeChatContacts(t *testing.T) {
	s := start(t)
	w, ctx := powerwechat(t, s), t.Context()
	t.Run("department/list", func(t *testing.T) {
		r, err := w.Department.List(ctx, 2)
		answered(t, r.ResponseWork, err, wecom.CodeOK)
		if len(r.Departments) != 4 || r.Departments[0].Name == "" { // 2, and 5 to 7 below it
			t.Errorf("%+v", r.Departments)
		}
	})
	t.Run("department/simplelist", func(t *testing.T) {
		r, err := w.Department.SimpleList(ctx, 1)
		answered(t, r.ResponseWork, err, wecom.CodeOK)
		if len(r.DepartmentIDs) != 9 {
			t.Errorf("%+v, want the root and eight departments", r.DepartmentIDs)
		}
	})
	t.Run("user/simplelist", func(t *testing.T) {
		r, err := w.User.GetDepartmentUsers(ctx, 4, 0)
		answered(t, r.ResponseWork, err, wecom.CodeOK)
		if len(r.UserList) == 0 || r.UserList[0].UserID == "" {
			t.Errorf("%+v", r.UserList)
		}
	})
	t.Run("user/list", func(t *testing.T) {
		r, err := w.User.GetDetailedDepartmentUsers(ctx, 4, 0)
		answered(t, r.ResponseWork, err, wecom.CodeOK)
		if len(r.UserList) == 0 || r.UserList[0].UserID == "" || r.UserList[0].MainDepartment != 4 {
			t.Errorf("%+v", r.UserList)
		}
	})
	t.Run("user/get", func(t *testing.T) {
		r, err := w.User.Get(ctx, s.User)
		answered(t, r.ResponseWork, err, wecom.CodeOK)
		if r.UserDetail == nil || r.UserID != s.User {
			t.Errorf("%+v, want %q", r.UserDetail, s.User)
		}
	})
	t.Run("user/get of nobody", func(t *testing.T) {
		r, err := w.User.Get(ctx, "nobody")
		answered(t, r.ResponseWork, err, wecom.CodeUserNotFound)
	})
	t.Run("user/list_id is not for this app", func(t *testing.T) {
		r, err := w.User.ListID(ctx, "", 100)
		answered(t, r.ResponseWork, err, wecom.CodeForbiddenAPI)
	})
}

// The SDK sends all members of a request, the empty ones included.
func TestPowerWeChatContactWrites(t *testing.T) {
	s := start(t)
	s.Secret = s.Contacts
	w, ctx := powerwechat(t, s), t.Context()

	made, err := w.Department.Create(ctx, &department.RequestDepartmentInsert{Name: "质检部", ParentID: 1, Order: 7})
	answered(t, made.ResponseWork, err, wecom.CodeOK)
	changed, err := w.Department.Update(ctx, &department.RequestDepartmentUpdate{ID: made.ID, Name: "品质部"})
	answered(t, changed.ResponseWork, err, wecom.CodeOK)
	list, err := w.Department.List(ctx, made.ID)
	answered(t, list.ResponseWork, err, wecom.CodeOK)
	if len(list.Departments) != 1 || list.Departments[0].Name != "品质部" || list.Departments[0].ParentID != 1 {
		t.Errorf("department/list: %+v", list.Departments)
	}

	r, err := w.User.Create(ctx, &user.RequestUserDetail{Userid: "new.member", Name: "新人", Department: []int{made.ID}, Gender: 2, Enable: 1})
	answered(t, *r, err, wecom.CodeOK)
	r, err = w.User.Update(ctx, &user.RequestUserDetail{Userid: "new.member", Name: "旧人"})
	answered(t, *r, err, wecom.CodeOK)
	got, err := w.User.Get(ctx, "new.member")
	answered(t, got.ResponseWork, err, wecom.CodeOK)
	if got.UserDetail == nil || got.Name != "旧人" || len(got.Department) != 1 || got.Department[0] != made.ID {
		t.Errorf("user/get: %+v", got.UserDetail)
	}
	ids, err := w.User.ListID(ctx, "", 100)
	answered(t, ids.ResponseWork, err, wecom.CodeOK)
	if len(ids.DeptUser) != 10 { // nine of the company and this one, each in one department
		t.Errorf("user/list_id: %d entries, want 10", len(ids.DeptUser))
	}
	r, err = w.User.Delete(ctx, "new.member")
	answered(t, *r, err, wecom.CodeOK)
	gone, err := w.Department.Delete(ctx, made.ID)
	answered(t, gone.ResponseWork, err, wecom.CodeOK)
}

// The SDK asks for a file with POST; the page (90254) has GET.
func TestPowerWeChatMedia(t *testing.T) {
	s := start(t)
	w, ctx := powerwechat(t, s), t.Context()
	file := filepath.Join(t.TempDir(), "door.png")
	write(t, file, picture(t))
	up, err := w.Media.UploadTempImage(ctx, file, nil)
	answered(t, up.ResponseWork, err, wecom.CodeOK)
	if up.MediaID == "" || up.CreatedAt == "" {
		t.Fatalf("%+v", up)
	}
	r, err := w.Media.Get(ctx, up.MediaID)
	if err != nil {
		t.Fatal(err)
	}
	if got, err := io.ReadAll(r.Body); err != nil || string(got) != string(picture(t)) {
		t.Errorf("media/get: %q, %v; want the picture", got, err)
	}
}

// The calls that lead from a report to its approvals.
func TestPowerWeChatApprovals(t *testing.T) {
	s := start(t)
	c, ctx := powerwechat(t, s).OA, t.Context()
	err := s.app.AddApprovals(ctx, s.corp, []app.ApprovalEntry{{
		User: attendance.UserID(s.User), Status: attendance.Passed, KnownAt: s.Day,
		Approval: attendance.Approval{No: "202510150001", Kind: attendance.TripApproval, From: s.Day + 9*hour, To: s.Day + 18*hour},
	}})
	if err != nil {
		t.Fatal(err)
	}
	list, err := c.GetApprovalInfo(ctx, int(s.Day), int(s.Day+day), "", 100, nil)
	answered(t, list.ResponseWork, err, wecom.CodeOK)
	if len(list.SpNoList) != 1 || list.SpNoList[0] != "202510150001" {
		t.Errorf("%v", list.SpNoList)
	}
	form, err := c.GetApprovalDetail(ctx, 202510150001)
	answered(t, form.ResponseWork, err, wecom.CodeOK)
	if form.Info["sp_no"] != "202510150001" {
		t.Errorf("%v", form.Info)
	}
	kinds, err := c.GetCorpConfig(ctx)
	answered(t, kinds.ResponseWork, err, wecom.CodeOK)
}
