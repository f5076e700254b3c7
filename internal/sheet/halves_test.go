package sheet

import (
	"errors"
	"fmt"
	"strings"
	"testing"
)

// An end of a request may have two columns, with the date and with the half or the
// time; what is neither joined nor told apart is refused.
func TestEndsInTwoColumns(t *testing.T) {
	t.Parallel()
	const friday, monday = "2026-11-06", "2026-11-09"
	zone := shanghai(t)
	for _, tt := range []struct {
		name, head, row string
		given           map[Field]string
		want            string
	}{
		{"halves", "开始日期,开始时段,结束日期,结束时段", friday + ",下午," + monday + ",上午", nil, "days 11-06 12:00 11-09 00:00"},
		{"times", "开始日期,开始时段,结束日期,结束时段", "2026-11-10,14:00,2026-11-10,16:00", nil, "times 11-10 14:00 11-10 16:00"},
		{"until the end of a day", "开始日期,开始时段,结束日期,结束时段", "2026-11-10,14:00,2026-11-10,24:00", nil, "times 11-10 14:00 11-11 00:00"},
		{"past midnight", "开始日期,开始时间,结束日期,结束时间", "2026-11-10,22:00,2026-11-10,次日02:00", nil, "times 11-10 22:00 11-11 02:00"},
		{"dates and times by their headings", "开始日期,开始时间,结束日期,结束时间", "2026/11/10,14:00:00,2026/11/10,下午4:00", nil, "times 11-10 14:00 11-10 16:00"},
		{"the time first", "开始时间,开始日期,结束时间,结束日期", "14:00,2026-11-10,16:00,2026-11-10", nil, "times 11-10 14:00 11-10 16:00"},
		{"one heading for both", "开始日期,时段,结束日期,时段", friday + ",下午," + monday + ",上午", nil, "days 11-06 12:00 11-09 00:00"},
		{"a remark in brackets", "开始（日期）,开始（时段）,结束（日期）,结束（时段）", friday + ",下午," + monday + ",上午", nil, "days 11-06 12:00 11-09 00:00"},
		{"a midnight behind the date", "开始日期,开始时段,结束日期,结束时段", friday + " 00:00:00,PM," + monday + " 00:00:00,AM", nil, "days 11-06 12:00 11-09 00:00"},
		{"all day", "开始日期,开始时段,结束日期,结束时段", friday + ",下午," + monday + ",全天", nil, "days 11-06 12:00 11-09 12:00"},
		{"no half", "开始日期,开始时段,结束日期,结束时段", friday + ",," + monday + ",", nil, "days 11-06 00:00 11-09 12:00"},
		{"no end", "开始日期,开始时段", friday + ",下午", nil, "days 11-06 12:00 11-06 12:00"},
		{"by their names", "甲,乙,丙,丁", friday + ",下午," + monday + ",上午", map[Field]string{From: "甲+乙", To: "丁+丙"}, "days 11-06 12:00 11-09 00:00"},
		{"one by its name", "开始日期,甲,结束日期,结束时段", friday + ",下午," + monday + ",上午", map[Field]string{From: "开始日期+甲"}, "days 11-06 12:00 11-09 00:00"},
		{"left alone", "开始日期,时段,结束日期,时段", friday + ",下午," + monday + ",上午", map[Field]string{From: "开始日期", To: "结束日期"}, "days 11-06 00:00 11-09 12:00"},

		{"a half twice", "开始日期,开始时段,结束日期,结束时段", friday + " 下午,上午," + monday + ",上午", nil, `"2026-11-06 下午 上午" is not a day or a time like 2026-10-08, 2026-10-08 上午 or 2026-10-08 08:30`},
		{"a half without a date", "开始日期,开始时段,结束日期,结束时段", friday + ",下午,,上午", nil, `"上午" is not a day or a time like 2026-10-08, 2026-10-08 上午 or 2026-10-08 08:30`},
		{"what is no half", "开始日期,开始时段,结束日期,结束时段", friday + ",早班," + monday + ",上午", nil, `"2026-11-06 早班" is not a day or a time like 2026-10-08, 2026-10-08 上午 or 2026-10-08 08:30`},
		{"a half and a time", "开始日期,开始时段,结束日期,结束时段", friday + ",下午," + monday + ",16:00", nil, "one end is a day and the other a time: write both alike"},
		{"of which end", "开始日期,结束日期,时段", friday + "," + friday + ",下午", nil, "column E 时段 has halves of days or times: join it with its dates, as --map from=B+C,to=D+E, or name both ends without it"},
		{"of one end alone", "开始日期,结束日期,结束钟点数", friday + "," + friday + ",16:00", map[Field]string{To: "结束日期"}, "column E 结束钟点数 has halves of days or times: join it with its dates, as --map from=B+C,to=D+E, or name both ends without it"},
		{"two with dates", "开始日期,开始时间,结束日期", friday + "," + friday + "," + monday, nil, "from: it may be column C 开始日期 or D 开始时间: say which with from=开始时间"},
	} {
		table, err := Read(strings.NewReader("姓名,类型,"+tt.head+"\n张三,年假,"+tt.row+"\n"), "a.csv", "")
		if err != nil {
			t.Fatal(err)
		}
		m, err := Approvals.Map(table, tt.given, 0)
		if err != nil {
			if _, ok := errors.AsType[*MapError](err); !ok || err.Error() != tt.want {
				t.Errorf("%s: %v, want %s", tt.name, err, tt.want)
			}
			continue
		}
		all, problems := m.Approvals(zone)
		got := fmt.Sprint(problems)
		if len(problems) == 1 {
			got = problems[0].Reason
		} else if len(all) == 1 {
			text := func(at int64) string {
				d, clock := zone.DayAt(at)
				return fmt.Sprintf("%s %02d:%02d", d.String()[5:], clock/3600, clock/60%60)
			}
			got = map[bool]string{true: "days ", false: "times "}[all[0].ByDay] + text(all[0].From) + " " + text(all[0].To)
		}
		if got != tt.want {
			t.Errorf("%s: %s, want %s", tt.name, got, tt.want)
		}
	}
}
