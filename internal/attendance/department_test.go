package attendance

import (
	"maps"
	"testing"
)

func TestDeptPaths(t *testing.T) {
	t.Parallel()
	got := DeptPaths([]Department{
		{ID: 4, Parent: 2, Name: "后端"}, {ID: 1, Name: "公司"}, {ID: 2, Parent: 1, Name: "研发"},
		{ID: 7, Parent: 99, Name: "无上级"},
		{ID: 8, Parent: 8, Name: "自己"}, // no tree, but it must end
	})
	ring := got[8]
	delete(got, 8)
	want := map[DeptID]string{1: "公司", 2: "公司/研发", 4: "公司/研发/后端", 7: "无上级"}
	if !maps.Equal(got, want) || ring == "" {
		t.Errorf("%v and %q, want %v", got, ring, want)
	}
}
