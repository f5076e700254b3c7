package export

import (
	"strings"
	"testing"
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

func TestDepartment(t *testing.T) {
	t.Parallel()
	long := strings.Repeat("研", 20)
	for departs, want := range map[string]string{
		"":                               "",
		"公司":                             "公司",
		"公司/研发部":                         "研发部",
		"公司/研发部/后端;公司/顾问":                "研发部/后端",
		"公司/" + long + "/" + long + "/组": long + "/组",
		"公司/" + long + long:              long + long, // cut when it becomes a name
	} {
		if got := department(&Person{Departs: departs}); got != want {
			t.Errorf("%q is on the sheet %q, want %q", departs, got, want)
		}
	}
}
