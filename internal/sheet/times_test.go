package sheet

import (
	"strings"
	"testing"

	"github.com/dakahq/daka/internal/attendance"
	"github.com/google/go-cmp/cmp"
)

// walls reads a table of punches and writes them as "张三 10-08 08:30 C", the
// last being the column, and its problems as said does.
func walls(t *testing.T, m *Mapping) []string {
	t.Helper()
	zone := shanghai(t)
	punches, problems := m.Punches(zone)
	var all []string
	for _, p := range punches {
		day, clock := zone.DayAt(p.At)
		all = append(all, strings.Join([]string{p.Name, day.String()[5:], clock.String(), letters(p.Column)}, " "))
	}
	return append(all, said(problems)...)
}

// A row a person and a day has a punch in each cell that says a time. Cells without
// one, and words for that, say nothing.
func TestPunchesOfDays(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		name, text string
		want       []string
	}{
		{"two a day", "姓名,日期,上班,下班\n张三,2026-10-08,8:30,18:00\n张三,2026-10-09,8:31,\n张三,2026-10-10,,\n张三,2026-10-11,未打卡,—\n",
			[]string{"张三 10-08 08:30 C", "张三 10-08 18:00 D", "张三 10-09 08:31 C"}},
		{"four a day", "姓名,日期,上午上班,上午下班,下午上班,下午下班\n张三,2026-10-08,8:30,12:00,13:00,18:00\n",
			[]string{"张三 10-08 08:30 C", "张三 10-08 12:00 D", "张三 10-08 13:00 E", "张三 10-08 18:00 F"}},
		{"in and out", "姓名,日期,签退时间,签到时间\n张三,2026-10-08,18:00,8:30\n", []string{"张三 10-08 08:30 D", "张三 10-08 18:00 C"}},
		{"numbered", "姓名,日期,上班1打卡时间,下班1打卡时间,上班2打卡时间,下班2打卡时间\n张三,2026-10-08,8:30,,13:00,\n",
			[]string{"张三 10-08 08:30 C", "张三 10-08 13:00 E"}},
		{"English", "name,date,Clock In,Clock Out\nLi,2026-10-08,8:30,18:00\n", []string{"Li 10-08 08:30 C", "Li 10-08 18:00 D"}},
		// 上班时间 and 下班时间 beside those of punches are when work is to begin and end.
		{"the times of the shift", "姓名,日期,上班时间,下班时间,签到时间,签退时间\n张三,2026-10-08,9:00,18:00,8:55,18:03\n",
			[]string{"张三 10-08 08:55 E", "张三 10-08 18:03 F"}},
		{"with dates of their own", "姓名,上班,下班\n张三,2026-10-08 20:00,2026-10-09 5:00\n", []string{"张三 10-08 20:00 B", "张三 10-09 05:00 C"}},
		{"with dates of their own in the wrong order", "姓名,上班,下班\n张三,2026-10-08 20:00,2026-10-08 5:00\n",
			[]string{"张三 10-08 20:00 B", `2 C "2026-10-08 5:00": it is earlier than "2026-10-08 20:00" in column B: a time of the next day is written as 次日01:30; else one of the two is wrong`}},
		{"one bad cell", "姓名,日期,上班,下班\n张三,2026-10-08,8:30,x\n",
			[]string{"张三 10-08 08:30 C", `2 D "x": "x" is not a time like 08:30, 08:30:15 or 上午8:30`}},
		{"without a date", "姓名,日期,上班,下班\n张三,,8:30,18:00\n", []string{`2 B "": there is no date`}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			if diff := cmp.Diff(tt.want, walls(t, mapped(t, Punches, tt.text))); diff != "" {
				t.Errorf("-want +got:\n%s", diff)
			}
		})
	}
}

// An end before its begin is of the next day where nothing else can be meant: it is
// not after the begin as a time of the afternoon either. 6:00 after 9:00 may be 18:00,
// 9:00 after 18:00 the two in the wrong order: both would be hours that nobody worked.
func TestPunchesPastMidnight(t *testing.T) {
	t.Parallel()
	const head = "姓名,日期,上班,下班\n张三,2026-10-08,"
	earlier := func(on, off string) string {
		return `2 D "` + off + `": it is earlier than "` + on + `" in column C: a time of the next day is written as 次日01:30; else one of the two is wrong`
	}
	for row, want := range map[string][]string{
		"20:00,5:00":            {"张三 10-08 20:00 C", "张三 10-09 05:00 D"},
		"18:00,6:00":            {"张三 10-08 18:00 C", "张三 10-09 06:00 D"},
		"16:00,0:00":            {"张三 10-08 16:00 C", "张三 10-09 00:00 D"},
		"9:00,次日1:30":           {"张三 10-08 09:00 C", "张三 10-09 01:30 D"},
		"9:00,2026-10-09 01:30": {"张三 10-08 09:00 C", "张三 10-09 01:30 D"},
		"18:00,6:01":            {"张三 10-08 18:00 C", earlier("18:00", "6:01")}, // or 18:01
		"9:00,6:00":             {"张三 10-08 09:00 C", earlier("9:00", "6:00")},
		"次日20:00,5:00":          {"张三 10-09 20:00 C", earlier("次日20:00", "5:00")},
		// Dates that are written stay as they are.
		"20:00,2026-10-08 05:00": {"张三 10-08 20:00 C", earlier("20:00", "2026-10-08 05:00")},
		"次日20:00,次日5:00":         {"张三 10-09 20:00 C", earlier("次日20:00", "次日5:00")},
		"18:00,9:00":             {"张三 10-08 18:00 C", earlier("18:00", "9:00")},
		"9:00,2026-10-10 01:30":  {"张三 10-08 09:00 C", `2 D "2026-10-10 01:30": it is of another day than the date beside it`},
		"2026-10-09 20:00,5:00":  {"张三 10-08 05:00 D", `2 C "2026-10-09 20:00": it is of another day than the date beside it`},
	} {
		if diff := cmp.Diff(want, walls(t, mapped(t, Punches, head+row+"\n"))); diff != "" {
			t.Errorf("%s, -want +got:\n%s", row, diff)
		}
	}
	m := mapped(t, Punches, "姓名,日期,上午上班,上午下班,下午上班,下午下班\n张三,2026-10-08,20:00,0:30,1:30,5:00\n张三,2026-10-09,8:30,12:00,11:00,18:00\n")
	if diff := cmp.Diff([]string{
		"张三 10-08 20:00 C", "张三 10-09 00:30 D", "张三 10-09 01:30 E", "张三 10-09 05:00 F",
		"张三 10-09 08:30 C", "张三 10-09 12:00 D", "张三 10-09 18:00 F",
		`3 E "11:00": it is earlier than "12:00" in column D: a time of the next day is written as 次日01:30; else one of the two is wrong`,
	}, walls(t, m)); diff != "" {
		t.Errorf("four a day, -want +got:\n%s", diff)
	}
}

// Columns with other headings are named together; of two that say the same one is
// to be named.
func TestTimeColumns(t *testing.T) {
	t.Parallel()
	m, err := Punches.Map(table(t, "姓名,日期,早,晚\n张三,2026-10-08,8:30,18:00\n张三,2026-10-09,18:00,5:00\n"), map[Field]string{Time: "早+D"}, attendance.MinDay)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff([]string{
		"张三 10-08 08:30 C", "张三 10-08 18:00 D", "张三 10-09 18:00 C",
		`3 D "5:00": it is earlier than "18:00" in column C: a time of the next day is written as 次日01:30; else one of the two is wrong`,
	}, walls(t, m)); diff != "" {
		t.Errorf("-want +got:\n%s", diff)
	}
	for text, want := range map[string]string{
		"姓名,日期,签到,上班打卡\n":        "time: it may be column C 签到 or D 上班打卡: say which with time=上班打卡",
		"姓名,日期,签到,签退,打卡时间\n":     "time: it may be column C 签到 or E 打卡时间: say which with time=打卡时间",
		"姓名,日期,打卡时间,上班时间,下班时间\n": "",
	} {
		m, err := Punches.Map(table(t, text), nil, 0)
		if want == "" && (err != nil || described(m) != "A name, B date, C time") {
			t.Errorf("%s: %v", text, err)
		} else if want != "" && (err == nil || err.Error() != want) {
			t.Errorf("%s: %v", text, err)
		}
	}
}
