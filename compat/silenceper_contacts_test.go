package compat

import (
	"path/filepath"
	"testing"

	"github.com/silenceper/wechat/v2/work/addresslist"
)

func TestSilenceperContacts(t *testing.T) {
	s := start(t)
	c := silenceper(t, s).GetAddressList()
	t.Run("department/list", func(t *testing.T) {
		if r, err := c.DepartmentList(); err != nil || len(r) == 0 || r[0].ID == 0 {
			t.Errorf("%+v, %v", r, err)
		}
	})
	t.Run("department/list of one", func(t *testing.T) {
		if r, err := c.DepartmentListByID(2); err != nil || len(r) != 4 { // 2, and 5 to 7 below it
			t.Errorf("%+v, %v", r, err)
		}
	})
	t.Run("department/simplelist", func(t *testing.T) {
		if r, err := c.DepartmentSimpleList(1); err != nil || len(r) == 0 {
			t.Errorf("%+v, %v", r, err)
		}
	})
	t.Run("user/simplelist", func(t *testing.T) {
		if r, err := c.UserSimpleList(4); err != nil || len(r) == 0 { // the market's, who stand in no other
			t.Errorf("%+v, %v", r, err)
		}
	})
	t.Run("user/get", func(t *testing.T) {
		if r := must(c.UserGet(s.User))(t); r.UserID != s.User {
			t.Errorf("got %q, want %q", r.UserID, s.User)
		}
	})
}

// The SDK sends all members of a request, the empty ones included.
func TestSilenceperContactWrites(t *testing.T) {
	s := start(t)
	s.Secret = s.Contacts
	c := silenceper(t, s).GetAddressList()

	dept := must(c.DepartmentCreate(&addresslist.DepartmentCreateRequest{Name: "质检部", ParentID: 1, Order: 7}))(t).ID
	if dept == 0 {
		t.Fatal("department/create: no id")
	}
	if err := c.DepartmentUpdate(&addresslist.DepartmentUpdateRequest{ID: dept, Name: "品质部"}); err != nil {
		t.Errorf("department/update: %v", err)
	}
	if r, err := c.DepartmentListByID(dept); err != nil || len(r) != 1 || r[0].Name != "品质部" || r[0].ParentID != 1 || r[0].Order != 7 {
		t.Errorf("department/list: %+v, %v", r, err)
	}

	user := &addresslist.UserCreateRequest{UserID: "new.member", Name: "新人", Department: []int{dept}, Gender: 1, Enable: 1}
	must(c.UserCreate(user))(t)
	if err := c.UserUpdate(&addresslist.UserUpdateRequest{UserID: "new.member", Name: "旧人"}); err != nil {
		t.Errorf("user/update: %v", err)
	}
	if r := must(c.UserGet("new.member"))(t); r.Name != "旧人" || len(r.Department) != 1 || r.Department[0] != dept {
		t.Errorf("user/get: %+v", r)
	}
	ids := must(c.UserListID(&addresslist.UserListIDRequest{Limit: 100}))(t)
	if len(ids.DeptUser) != 10 { // nine of the company and this one, each in one department
		t.Errorf("user/list_id: %d entries, want 10", len(ids.DeptUser))
	}
	must(c.UserDelete("new.member"))(t)
	if err := c.DepartmentDelete(dept); err != nil {
		t.Errorf("department/delete: %v", err)
	}
}

func TestSilenceperMedia(t *testing.T) {
	s := start(t)
	m := silenceper(t, s).GetMaterial()
	file := filepath.Join(t.TempDir(), "door.png")
	write(t, file, picture(t))
	up := must(m.UploadTempFile(file, "image"))(t)
	if up.MediaID == "" || up.Type != "image" || up.CreateAt == "" {
		t.Fatalf("%+v", up)
	}
	if got, err := m.GetTempFile(up.MediaID); err != nil || string(got) != string(picture(t)) {
		t.Errorf("media/get: %d bytes, %v; want the picture", len(got), err)
	}
}
