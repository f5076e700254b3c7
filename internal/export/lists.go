package export

import (
	"iter"
	"slices"

	"github.com/dakahq/daka/internal/attendance"
	"github.com/dakahq/daka/internal/explain"
)

// exceptionNames are what exceptions are called, with how grave they look.
var exceptionNames = map[attendance.FindingCode]struct {
	words
	tone tone
}{
	attendance.Late:     {words{"迟到", "late"}, warn},
	attendance.Early:    {words{"早退", "early"}, warn},
	attendance.Missing:  {words{"缺卡", "missing card"}, alarm},
	attendance.Absent:   {words{"旷工", "absent"}, alarm},
	attendance.Location: {words{"地点异常", "place"}, doubt},
	attendance.Device:   {words{"设备异常", "device"}, doubt},
}

// Exceptions is the table of exceptions: a row a member, day and kind.
func Exceptions() *Table[Exception] {
	person := func(r *Exception) *Person { return &r.Person }
	return &Table[Exception]{
		name: words{"异常", "Exceptions"}, frozen: 3, person: person,
		columns: slices.Concat(
			personColumns(person),
			dateColumns(func(r *Exception) attendance.Day { return r.Date }),
			[]column[Exception]{
				{head: words{"异常", "Exception"}, width: 12, cell: func(r *Exception, l explain.Lang) cell {
					x := exceptionNames[r.Code]
					return cell{kind: text, tone: x.tone, text: x.in(l)}
				}},
				col("次数", "Times", 8, func(r *Exception) cell { return numberCell(r.Count) }),
				col("时长", "Time (hours)", 8, func(r *Exception) cell { return spentCell(r.Seconds) }),
				said("应打卡", "Due", 25, func(r *Exception, l explain.Lang) string { return spans(r.Due, l) }),
				col("容许", "Tolerance (hours)", 10, func(r *Exception) cell { return spentCell(r.Tolerance) }),
				col("规则", "Rule", 16, func(r *Exception) cell { return textCell(r.Rule) }),
				col("班次", "Shift", 12, func(r *Exception) cell { return textCell(r.Shift) }),
				timed("最早", "First", 11, func(r *Exception) attendance.TimeOfDay { return r.First }),
				timed("最晚", "Last", 11, func(r *Exception) attendance.TimeOfDay { return r.Last }),
			}),
	}
}

// Records is the table of raw punches: a row a punch.
func Records() *Table[Record] {
	person := func(r *Record) *Person { return &r.Person }
	degree := func(of func(*Record) int64) func(*Record) cell {
		return func(r *Record) cell {
			if !r.HasPosition {
				return cell{}
			}
			return cell{kind: degrees, n: of(r)}
		}
	}
	return &Table[Record]{
		name: words{"打卡记录", "Records"}, frozen: 3, person: person,
		columns: slices.Concat(
			personColumns(person),
			[]column[Record]{
				col("打卡时间", "Time", 20, func(r *Record) cell { return momentCell(r.At) }),
				col("打卡类型", "Type", 12, func(r *Record) cell { return textCell(r.Type) }),
				marked("异常", "Exception", 16, warn, func(r *Record) cell { return textCell(r.Exception) }),
				col("应打卡时间", "Due", 20, func(r *Record) cell { return momentCell(r.Due) }),
				col("规则", "Rule", 16, func(r *Record) cell { return textCell(r.Rule) }),
				col("地点", "Place", 20, func(r *Record) cell { return textCell(r.LocationTitle) }),
				col("地址", "Address", 30, func(r *Record) cell { return textCell(r.LocationDetail) }),
				col("Wi-Fi", "Wi-Fi", 14, func(r *Record) cell { return textCell(r.WifiName) }),
				col("Wi-Fi MAC", "Wi-Fi MAC", 18, func(r *Record) cell { return textCell(r.WifiMAC) }),
				col("设备", "Device", 18, func(r *Record) cell { return textCell(r.Device) }),
				col("备注", "Notes", 24, func(r *Record) cell { return textCell(r.Notes) }),
				col("照片数", "Pictures", 9, func(r *Record) cell { return timesCell(r.Pictures) }),
				col("纬度", "Latitude", 11, degree(func(r *Record) int64 { return r.Lat })),
				col("经度", "Longitude", 11, degree(func(r *Record) int64 { return r.Lng })),
			}),
	}
}

// Shifts is the table of schedules: a row a member and day.
func Shifts() *Table[ShiftDay] {
	person := func(r *ShiftDay) *Person { return &r.Person }
	return &Table[ShiftDay]{
		name: words{"排班", "Schedule"}, frozen: 4, person: person,
		tone: func(r *ShiftDay) tone {
			if r.Rest {
				return rest
			}
			return plain
		},
		columns: slices.Concat(
			personColumns(person),
			dateColumns(func(r *ShiftDay) attendance.Day { return r.Date }),
			[]column[ShiftDay]{
				col("规则", "Rule", 16, func(r *ShiftDay) cell { return textCell(r.Rule) }),
				col("班次", "Shift", 14, func(r *ShiftDay) cell { return textCell(r.Shift) }),
				said("时段", "Sections", 26, func(r *ShiftDay, l explain.Lang) string { return spans(r.Sections, l) }),
			}),
	}
}

// ExceptionRows lists the exceptions of days, in the order of the days and, on
// one day, of WeCom's numbers.
func ExceptionRows(rows iter.Seq2[Day, error]) iter.Seq2[Exception, error] {
	return func(yield func(Exception, error) bool) {
		for d, err := range rows {
			if err != nil {
				yield(Exception{}, err)
				return
			}
			for _, x := range d.exceptions() {
				if !yield(x, nil) {
					return
				}
			}
		}
	}
}

func (d *Day) exceptions() (list []Exception) {
	for _, x := range []struct {
		code      attendance.FindingCode
		count     int64
		seconds   int64
		tolerance int64
	}{
		{attendance.Late, d.Late, d.LateSec, d.LateTolerance}, {attendance.Early, d.Early, d.EarlySec, d.EarlyTolerance},
		{attendance.Missing, d.Missing, 0, 0}, {attendance.Absent, d.Absent, d.AbsentSec, 0},
		{attendance.Location, d.Location, 0, 0}, {attendance.Device, d.Device, 0, 0},
	} {
		if x.count > 0 {
			list = append(list, Exception{
				Person: d.Person, Date: d.Date, Code: x.code, Count: x.count, Seconds: x.seconds, Due: d.Due, Tolerance: x.tolerance,
				Rule: d.Rule, Shift: d.Shift, First: d.First, Last: d.Last,
			})
		}
	}
	return list
}
