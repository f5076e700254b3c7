package export

import (
	"slices"
	"strings"
	"testing"

	"github.com/dakahq/daka/internal/explain"
)

func TestSheetNames(t *testing.T) {
	t.Parallel()
	long := strings.Repeat("部", 40)
	var s sheetNames
	for _, tt := range []struct{ in, want string }{
		{"研发/后端", "研发-后端"},
		{"研发-后端", "研发-后端 (2)"},
		{`a:b\c?d*e[f]`, "a-b-c-d-e-f-"},
		{"'quoted' ", "quoted"},
		{"Sales", "Sales"},
		{"SALES", "SALES (2)"}, // whatever their case
		{"History", "History (2)"},
		{"", "Sheet"},
		{"\x00\x1f'", "Sheet (2)"},
		{long, strings.Repeat("部", 31)},
		{long, strings.Repeat("部", 27) + " (2)"},
		{strings.Repeat("𠮷", 20), strings.Repeat("𠮷", 15)}, // two UTF-16 units each
		{strings.Repeat("x", 30) + "'y", strings.Repeat("x", 30)},
	} {
		if got := s.name(tt.in); got != tt.want {
			t.Errorf("%q becomes %q, want %q", tt.in, got, tt.want)
		}
	}
}

func TestDepartmentNames(t *testing.T) {
	t.Parallel()
	long := strings.Repeat("研", 20)
	for name, tt := range map[string]struct{ departs, want []string }{
		"of one root":       {[]string{"", "公司/研发部", "公司/研发部/后端;公司/顾问"}, []string{"", "研发部", "研发部/后端"}},
		"the root alone":    {[]string{"公司"}, []string{"公司"}},
		"root not visible":  {[]string{"研发部/一组", "销售部/一组"}, []string{"研发部/一组", "销售部/一组"}},
		"too long":          {[]string{"公司/" + long + "/" + long + "/组"}, []string{long + "/组"}},
		"too long, the end": {[]string{"公司/" + long + long}, []string{long + long}}, // cut when it becomes a name
	} {
		var paths []string
		for _, d := range tt.departs {
			paths = append(paths, department(&Person{Departs: d}))
		}
		if got := departmentNames(paths); !slices.Equal(got, tt.want) {
			t.Errorf("%s: sheets %q, want %q", name, got, tt.want)
		}
	}
}

// Departments whose names are cut to the same one have a sheet each.
func TestDepartmentsStayApart(t *testing.T) {
	t.Parallel()
	long := strings.Repeat("长", 30)
	f := workbook(t, Days(), Options{Lang: explain.Chinese, ByDepartment: true}, sequence(
		day(monday, func(r *Day) { r.Departs = "公司/甲" + long + "/销售部" }),
		day(monday, func(r *Day) { r.Departs = "公司/乙" + long + "/销售部" }),
		day(monday, func(r *Day) { r.Departs = "公司/销售部" }),
	))
	if got, want := f.GetSheetList(), []string{"销售部", "销售部 (2)", "销售部 (3)"}; !slices.Equal(got, want) {
		t.Errorf("sheets %q, want %q", got, want)
	}
}
