package sheet

import (
	"errors"
	"fmt"
	"strings"
	"testing"

	"github.com/dakahq/daka/internal/attendance"
	"github.com/google/go-cmp/cmp"
)

func table(t *testing.T, text string) *Table {
	t.Helper()
	got, err := Read(strings.NewReader(text), "plan-2026-09.csv", "")
	if err != nil {
		t.Fatal(err)
	}
	return got
}

// described writes a mapping as "A userid, C name".
func described(m *Mapping) string {
	var all []string
	for i := range m.Columns {
		if c := &m.Columns[i]; c.Field != "" {
			all = append(all, fmt.Sprintf("%s %s", c.Letters(), c.Field))
		}
	}
	for i := range m.Days {
		all = append(all, fmt.Sprintf("%s %s", m.Days[i].Letters(), m.Days[i].Day))
	}
	return strings.Join(all, ", ")
}

func TestMap(t *testing.T) {
	t.Parallel()
	october := attendance.DayOf(2026, 10, 1)
	for _, tt := range []struct {
		name  string
		kind  Kind
		text  string
		given map[Field]string
		month attendance.Day
		want  string // or the part of an error after "error: "
	}{
		{"Chinese", Members, "*姓名,帐号（必填）,别名,职务,所属 部门,标签,入职日期,离职日期\n", nil, 0,
			"A name, B userid, C alias, E department, F tags, G joined, H left"},
		{"English", Members, "User ID,Full Name,Dept\n", nil, 0, "A userid, B name, C department"},
		{"both", Members, "ID卡号,Employee ID 工号,\"姓名\nName\",部门/Dept,Name 部门\n", nil, 0, "B userid, C name, D department"},
		{"below a title", Members, "2026 roster,,\n备注：内部,,\n工号,姓名,部门\n", nil, 0, "A userid, B name, C department"},
		{"by heading", Members, "代码,姓名\n", map[Field]string{User: "代码"}, 0, "A userid, B name"},
		{"by letter", Members, "代码,姓名\n", map[Field]string{User: "a"}, 0, "A userid, B name"},
		{"without a heading", Members, ",姓名,x\n1,张三,y\n", map[Field]string{User: "A"}, 0, "A userid, B name"},
		{"without headings", Members, "1,张三\n", map[Field]string{User: "A", Name: "B"}, 0, "A userid, B name"},
		{"a heading before a letter", Members, "B,userid,name\n", map[Field]string{Alias: "b"}, 0, "A alias, B userid, C name"},
		{"one of two", Members, "工号,考勤号码,姓名\n", map[Field]string{User: "考勤号码"}, 0, "B userid, C name"},
		{"left alone", Members, "工号,姓名,部门\n", map[Field]string{Department: "-"}, 0, "A userid, B name"},
		{"punches", Punches, "考勤号码\t姓名\t日期时间\t机器号\t打卡地点\n", nil, 0, "A userid, B name, C time, D device, E place"},
		{"date and time", Punches, "姓名,日期,时间\n", nil, 0, "A name, B date, C time"},
		{"shifts", Schedules, "工号,日期,班次\n", nil, 0, "A userid, B date, C shift"},
		{"days of a given month", Schedules, "姓名,1,2日,31号\n", nil, october, "A name, B 2026-10-01, C 2026-10-02, D 2026-10-31"},
		{"days of the title's month", Schedules, "2026年10月排班表,,\n姓名,1,2\n", nil, 0, "A name, B 2026-10-01, C 2026-10-02"},
		{"days of the file's month", Schedules, "姓名,1,2\n", nil, 0, "A name, B 2026-09-01, C 2026-09-02"},
		{"dates", Schedules, "姓名,2026/10/1,2026-10-02 周五,46303\n", nil, 0, "A name, B 2026-10-01, C 2026-10-02, D 2026-10-08"},
		{"months and days", Schedules, "姓名,9-30,10月1日\n", nil, 0, "A name, B 2026-09-30, C 2026-10-01"},
		{"days below the headings", Schedules, "2026年10月排班表,,\n序号,姓名,日期,\n,,1,2\n,,四,五\n1,张三,早班,休\n", nil, 0, "B name, C 2026-10-01, D 2026-10-02"},
		{"days above the headings", Schedules, ",1,2\n姓名,四,五\n张三,早班,休\n", nil, october, "A name, B 2026-10-01, C 2026-10-02"},
		{"days below weekdays", Schedules, "姓名,四,五\n,1,2\n张三,早班,休\n", nil, october, "A name, B 2026-10-01, C 2026-10-02"},
		{"weekdays beside the days", Schedules, "姓名,1(四),\"2\n五\",3（周六）,10月4日 日,5 Mon,6日,7 (Wed)\n", nil, october,
			"A name, B 2026-10-01, C 2026-10-02, D 2026-10-03, E 2026-10-04, F 2026-10-05, G 2026-10-06, H 2026-10-07"},
		{"past the end of a year", Schedules, "姓名,12/31,1/1\n", nil, attendance.DayOf(2026, 12, 1), "A name, B 2026-12-31, C 2027-01-01"},
		{"before the begin of a year", Schedules, "姓名,12-26,1-25\n", nil, attendance.DayOf(2027, 1, 1), "A name, B 2026-12-26, C 2027-01-25"},
		{"a date that is not the plan's", Schedules, "制表日期：2026-08-25,,\n2026年10月排班表,,\n姓名,1,2\n", nil, 0, "A name, B 2026-10-01, C 2026-10-02"},
		{"a span in the title", Schedules, "2026年10月1日至2026年10月31日,,\n姓名,1,2\n", nil, 0, "A name, B 2026-10-01, C 2026-10-02"},

		{"days that begin anew", Schedules, "姓名,26,27,1,2\n", nil, october,
			"error: column D 1 would be 2026-10-01, and the one before it 2026-10-27: write the days with their months, as 10-26"},
		{"two months in the titles", Schedules, "2026年9月,,\n2026年10月,,\n姓名,1,2\n", nil, 0, "error: the titles name 2026-09 and 2026-10: say with --period which month it is"},
		{"a span over two months", Schedules, "2026-09-26 至 2026-10-25,,\n姓名,26,27\n", nil, 0, "error: the titles name 2026-09 and 2026-10"},
		{"a day that no year near has", Schedules, "姓名,2-29,3-1\n", nil, attendance.DayOf(2027, 3, 1), `error: column B: "2027-2-29" is not a date`},
		{"rows of people are no headings", Schedules, "姓名,甲,乙\n张三,1,2\n", nil, october, "error: no column for date, shift"},
		{"nothing known", Members, "a,b\n1,2\n", nil, 0, "error: no column for userid, name: there are no headings that are known"},
		{"no userid", Members, "姓名,部门\n", nil, 0, "error: no column for userid: row 1 has A 姓名 -> name, B 部门 -> department"},
		{"no time", Punches, "姓名,日期\n", nil, 0, "error: no column for time"},
		{"no person", Punches, "打卡时间,x\n", nil, 0, "error: no column for userid/name"},
		{"no shift", Schedules, "姓名,日期\n", nil, 0, "error: no column for shift"},
		{"two columns", Members, "工号,编号,姓名\n", nil, 0, "error: userid: it may be column A 工号 or B 编号: say which with userid=编号"},
		{"no such column", Members, "工号,姓名\n", map[Field]string{Alias: "昵称"}, 0, `error: alias: no column "昵称": row 1 has A 工号, B 姓名`},
		{"beyond the table", Members, "工号,姓名\n", map[Field]string{Alias: "C"}, 0, `error: alias: no column "C"`},
		{"one column twice", Members, "工号,姓名\n", map[Field]string{Alias: "A", User: "A"}, 0, "error: column A is to be both userid and alias"},
		{"one heading twice", Members, "代码,代码,姓名\n", map[Field]string{User: "代码"}, 0, `error: userid: columns A and B are both called "代码"`},
		{"no such field", Members, "工号,姓名\n", map[Field]string{Time: "A"}, 0, `error: no field "time": members have userid, name, alias`},
		{"one day twice", Schedules, "姓名,1,1日\n", nil, october, "error: columns B and C are both 2026-10-01"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			m, err := tt.kind.Map(table(t, tt.text), tt.given, tt.month)
			if want, failing := strings.CutPrefix(tt.want, "error: "); failing {
				if _, ok := errors.AsType[*MapError](err); !ok || !strings.Contains(err.Error(), want) {
					t.Errorf("got %v, want %q", err, want)
				}
				return
			}
			if err != nil {
				t.Fatal(err)
			}
			if got := described(m); got != tt.want {
				t.Errorf("got %s\nwant %s", got, tt.want)
			}
		})
	}
	nameless := table(t, "姓名,1,2\n")
	nameless.title = ""
	if _, err := Schedules.Map(nameless, nil, 0); err == nil || !strings.Contains(err.Error(), "of which month?") {
		t.Errorf("got %v", err)
	}
	// When a table was made says nothing of what it is for.
	made := table(t, "制表日期：2026-08-25,,\n姓名,1,2\n")
	made.title = "排班 2026.8.25"
	if _, err := Schedules.Map(made, nil, 0); err == nil || !strings.Contains(err.Error(), "of which month?") {
		t.Errorf("a date alone: %v", err)
	}
}

// mapped maps a table that cannot be misunderstood.
func mapped(t *testing.T, kind Kind, text string) *Mapping {
	t.Helper()
	m, err := kind.Map(table(t, text), nil, attendance.DayOf(2026, 9, 1))
	if err != nil {
		t.Fatal(err)
	}
	return m
}

// said writes problems as "3 B: reason".
func said(problems []Problem) (all []string) {
	for _, p := range problems {
		all = append(all, fmt.Sprintf("%d %s %q: %s", p.Row, p.Column, p.Value, p.Reason))
	}
	return all
}

func TestMembers(t *testing.T) {
	t.Parallel()
	m := mapped(t, Members, `工号,姓名,部门,标签,入职日期,离职日期,备注
１００１,张三,研发/一组；行政 / ,3;4,2026/3/1,-,
1002,李四,公司>研发,,,2026-12-31,
1003,,,,,,
,,,,,,只有备注
,王五,,,,,
坏的,赵六,,a,3月1日,,
1004,钱七,,0,2026-05-01,2026-04-30,
`)
	got, problems := m.Members()
	march, last, never := attendance.DayOf(2026, 3, 1), attendance.DayOf(2026, 12, 31), attendance.MaxDay
	want := []Member{
		{Spot: Spot{Row: 1}, ID: "1001", Name: "张三", Departments: [][]string{{"研发", "一组"}, {"行政"}}, Tags: []attendance.TagID{3, 4}, Joined: &march, Left: &never},
		{Spot: Spot{Row: 2}, ID: "1002", Name: "李四", Departments: [][]string{{"公司", "研发"}}, Left: &last},
		{Spot: Spot{Row: 3}, ID: "1003"},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("-want +got:\n%s", diff)
	}
	wrong := []string{
		`6 A "": there is no userid`,
		`7 A "坏的": a userid has 1 to 64 letters, digits and _-@., the first a letter or digit`,
		`7 D "a": "a" is not the id of a tag: tags are numbers above 0`,
		`7 E "3月1日": "3月1日" is not a date like 2026-10-08 or 2026年10月8日`,
		`8 D "0": "0" is not the id of a tag: tags are numbers above 0`,
		`8 F "2026-04-30": it is before the first day, 2026-05-01`,
	}
	if diff := cmp.Diff(wrong, said(problems)); diff != "" {
		t.Errorf("problems, -want +got:\n%s", diff)
	}
	if text := m.Text(6); text != ",王五,,,,," {
		t.Errorf("row 6 is %q", text)
	}
}

func TestAssignments(t *testing.T) {
	t.Parallel()
	day := attendance.DayOf(2026, 9, 1)
	got, problems := mapped(t, Schedules, "工号,姓名,1,2,31\n,,二,三,\n7,张三,早班,,\n8,李四,休,晚班,早班\n,,,夜班,\n").Assignments()
	want := []Assignment{
		{Spot{2, 2}, "7", "张三", day, "早班"}, {Spot{3, 2}, "8", "李四", day, "休"}, {Spot{3, 3}, "8", "李四", day + 1, "晚班"},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("grid, -want +got:\n%s", diff)
	}
	wrong := []string{`4 E "早班": the month has no such day`, `5 A "": there is no userid`}
	if diff := cmp.Diff(wrong, said(problems)); diff != "" {
		t.Errorf("grid, problems, -want +got:\n%s", diff)
	}
	got, problems = mapped(t, Schedules, "姓名,日期,班次\n张三,2026-09-01,早班\n张三,2026-09-02,\n张三,,早班\n,2026-09-01,早班\n").Assignments()
	if diff := cmp.Diff([]Assignment{{Spot{1, 0}, "", "张三", day, "早班"}}, got); diff != "" {
		t.Errorf("list, -want +got:\n%s", diff)
	}
	wrong = []string{`3 C "": there is no shift: a day of rest is 休`, `4 B "": there is no date`, `5 A "": there is no name`}
	if diff := cmp.Diff(wrong, said(problems)); diff != "" {
		t.Errorf("list, problems, -want +got:\n%s", diff)
	}
}

// Where the cell of the userid is blank the name says who a row is about; a row of
// weekdays is about nobody, whatever stands before them. Of a person who works the
// shift 日 all week it is not one.
func TestRowsWithoutUserids(t *testing.T) {
	t.Parallel()
	day := attendance.DayOf(2026, 9, 1)
	got, problems := mapped(t, Schedules, "工号,姓名,1,2\n,星期,二,三\n,张三,日,日\n").Assignments()
	want := []Assignment{{Spot{2, 2}, "", "张三", day, "日"}, {Spot{2, 3}, "", "张三", day + 1, "日"}}
	if diff := cmp.Diff(want, got); diff != "" || len(problems) > 0 {
		t.Errorf("%v, -want +got:\n%s", said(problems), diff)
	}
	punches, problems := mapped(t, Punches, "工号,姓名,时间\n,张三,2026-10-08 8:30\n7,,2026-10-08 8:30\n,,2026-10-08 8:30\n").Punches(shanghai(t))
	if diff := cmp.Diff([]Punch{{Spot{1, 2}, "", "张三", 1791419400, "", ""}, {Spot{2, 2}, "7", "", 1791419400, "", ""}}, punches); diff != "" {
		t.Errorf("-want +got:\n%s", diff)
	}
	if diff := cmp.Diff([]string{`4 A "": there is no userid`}, said(problems)); diff != "" {
		t.Errorf("problems, -want +got:\n%s", diff)
	}
}

// What a failed formula shows and what cannot be read in a line is no name.
// Row 3 has two ends of lines in its cells.
func TestBrokenCells(t *testing.T) {
	t.Parallel()
	_, problems := mapped(t, Members, "工号,姓名,别名,备注,部门\n1001,#N/A,,#REF!,\n1002,\"张三\n（外包）\",,,\"甲\n乙\"\n1003,#1,\"a\tb\",,\n1004,丁,,,研\t发\n").Members()
	if diff := cmp.Diff([]string{
		`2 B "#N/A": a formula that has failed: mend it in Excel, or clear the cell`,
		`3 B "张三\n（外包）": it goes over several lines or holds a sign that cannot be seen`,
		`6 C "a\tb": it goes over several lines or holds a sign that cannot be seen`,
		`7 E "研\t发": it goes over several lines or holds a sign that cannot be seen`,
	}, said(problems)); diff != "" {
		t.Errorf("-want +got:\n%s", diff)
	}
}

// 1791419400 is 2026-10-08 08:30 in Shanghai: see TestParseMoment.
func TestPunches(t *testing.T) {
	t.Parallel()
	zone := shanghai(t)
	got, problems := mapped(t, Punches, "工号,打卡时间,设备,地点\n7,2026-10-08 8:30,门,大堂\n8,8:30,,\n9,,,\n9,2026-10-08 8:30,"+strings.Repeat("d", 65)+",\n").Punches(zone)
	if diff := cmp.Diff([]Punch{{Spot{1, 1}, "7", "", 1791419400, "门", "大堂"}}, got); diff != "" {
		t.Errorf("one column, -want +got:\n%s", diff)
	}
	if diff := cmp.Diff([]string{
		`3 B "8:30": "8:30" is not a date and time like 2026-10-08 08:30`, `4 B "": there is no time`,
		fmt.Sprintf(`5 C %q: longer than 64 bytes`, strings.Repeat("d", 65)),
	}, said(problems)); diff != "" {
		t.Errorf("one column, problems, -want +got:\n%s", diff)
	}
	got, problems = mapped(t, Punches, "姓名,日期,时间\n张三,2026-10-08,8:30\n张三,2026-10-07,次日8:30\n张三,2026-10-08,2026-10-08 8:30\n张三,2026-10-07,2026-10-08 8:30\n张三,,8:30\n张三,2026-10-08,x\n").Punches(zone)
	var times []int64
	for _, p := range got {
		times = append(times, p.At)
	}
	if diff := cmp.Diff([]int64{1791419400, 1791419400, 1791419400}, times); diff != "" {
		t.Errorf("two columns, -want +got:\n%s", diff)
	}
	if diff := cmp.Diff([]string{
		`5 C "2026-10-08 8:30": it is of another day than the date beside it`, `6 B "": there is no date`,
		`7 C "x": "x" is not a time like 08:30, 08:30:15 or 上午8:30`,
	}, said(problems)); diff != "" {
		t.Errorf("two columns, problems, -want +got:\n%s", diff)
	}
}
