package sheet

import (
	"math"
	"regexp"
	"strconv"
	"strings"
	"time"

	"github.com/dakahq/daka/internal/attendance"
)

// How Excel counts days: 25569 is 1970-01-01, in workbooks that begin in 1904
// 1462 less. A number is taken for a date between 1954 and 2119, so that neither
// 2026 nor 20261008 is one.
const (
	epochSerial = 25569
	shift1904   = 1462
	leastSerial = 20_000
	mostSerial  = 80_000
)

var (
	dayLayouts = []string{"2006-1-2", "2006/1/2", "2006.1.2", "2006年1月2日", "20060102"}
	midnight   = regexp.MustCompile(`[ T]0?0:00(:00)?(\.0+)?$`)
	nextDay    = regexp.MustCompile(`^(次日|翌日|第二天)\s*`)
	clockText  = regexp.MustCompile(`^(上午|下午|早上|中午|晚上|凌晨|am|pm)?\s*(\d{1,2})(?:[:时点](\d{1,2})(?:[:分](\d{1,2})(?:\.\d+)?秒?)?分?|[时点])\s*(am|pm)?$`)
	momentText = regexp.MustCompile(`^(?:(\d{4}年\d{1,2}月\d{1,2}日)\s*|(\d{4}[-/.]\d{1,2}[-/.]\d{1,2}|\d{8})(?:[\sT]+|[(]|$))` +
		`(?:[(]?(?:星期|周)[一二三四五六日天][)]?)?\s*(\S.*)$`)
	figures  = regexp.MustCompile(`^\d{14}$`)
	unixText = regexp.MustCompile(`^\d{10}$`)
)

// parseDay reads a date: 2026-10-08, 2026/10/8, 2026.10.8, 2026年10月8日,
// 20261008, each with or without its weekday or a midnight, or Excel's number.
func parseDay(text string, date1904 bool) (attendance.Day, error) {
	plain := midnight.ReplaceAllString(remark.ReplaceAllString(fold(text), ""), "")
	for _, layout := range dayLayouts {
		t, err := time.Parse(layout, strings.ReplaceAll(plain, " ", ""))
		if err != nil {
			continue
		}
		if d := attendance.DayOf(t.Date()); d.Valid() {
			return d, nil
		}
	}
	if d, clock, ok := serial(plain, date1904); ok && clock == 0 {
		return d, nil
	}
	return 0, because("%q is not a date like 2026-10-08 or 2026年10月8日", text)
}

// serial reads Excel's number of a moment.
func serial(text string, date1904 bool) (attendance.Day, attendance.TimeOfDay, bool) {
	n, err := strconv.ParseFloat(text, 64)
	if date1904 {
		n += shift1904
	}
	if err != nil || strings.Trim(text, "0123456789.") != "" || !(n >= leastSerial && n < mostSerial) {
		return 0, 0, false
	}
	seconds := int64(math.Round((n - epochSerial) * attendance.SecondsPerDay))
	day := attendance.Day(math.Floor(float64(seconds) / attendance.SecondsPerDay))
	return day, attendance.TimeOfDay(seconds - int64(day)*attendance.SecondsPerDay), day.Valid()
}

// parseClock reads a time of day: 8:30, 08:30:15, 上午8:30, 8:30 PM, 8点30分,
// 次日01:30, or Excel's part of a day. Parts of a second are left out, but Excel's
// number is rounded to the second: it is not exact. One that passes 24 hours is
// refused: as a time of the next day it is not told from a slip.
func parseClock(text string) (attendance.TimeOfDay, error) {
	plain := strings.ToLower(fold(text))
	wrong := because("%q is not a time like 08:30, 08:30:15 or 上午8:30", text)
	if n, err := strconv.ParseFloat(plain, 64); err == nil && strings.Trim(plain, "0123456789.") == "" {
		if n >= 1 && n < 2 && strings.Contains(plain, ".") {
			return 0, because(pastMidnight, text)
		}
		if !(n >= 0 && n < 1) || !strings.Contains(plain, ".") && n != 0 {
			return 0, wrong
		}
		return attendance.TimeOfDay(math.Round(n * attendance.SecondsPerDay)), nil
	}
	ahead := attendance.TimeOfDay(0)
	if word := nextDay.FindString(plain); word != "" {
		plain, ahead = plain[len(word):], attendance.SecondsPerDay
	}
	found := clockText.FindStringSubmatch(plain)
	if found == nil || found[1] != "" && found[5] != "" {
		return 0, wrong
	}
	var hms [3]int
	for i := range hms {
		if found[i+2] == "" {
			continue
		}
		n, err := strconv.Atoi(found[i+2])
		if err != nil {
			return 0, wrong
		}
		hms[i] = n
	}
	if found[1]+found[5] == "" && hms[0] >= 24 && hms[0] < 48 && hms[1] < 60 {
		return 0, because(pastMidnight, text)
	}
	hour, ok := hourOf(found[1]+found[5], hms[0])
	if !ok || hms[1] > 59 || hms[2] > 59 {
		return 0, wrong
	}
	return ahead + attendance.TimeOfDay(hour*3600+hms[1]*60+hms[2]), nil
}

// pastMidnight is why a time of 24 hours or more cannot be taken.
const pastMidnight = "%q passes midnight: write it as 次日01:30, or with the date of the next day"

// hourOf returns the hour of 24 that an hour beside a word for a part of the
// day is. 晚上12点 and 晚上1点 may be of either day.
func hourOf(word string, hour int) (int, bool) {
	switch word {
	case "上午", "早上", "凌晨", "am":
		if hour == 12 {
			return 0, true
		}
		return hour, hour < 12
	case "晚上":
		if hour < 12 {
			hour += 12
		}
		return hour, hour > 16 && hour < 24
	case "下午", "pm":
		if hour < 12 {
			return hour + 12, true
		}
	case "中午":
		if hour < 3 {
			return hour + 12, hour > 0
		}
		return hour, hour > 10 && hour < 13
	}
	return hour, hour < 24
}

// parseMoment reads a date with a time on the zone's wall clock, an instant
// with its offset (RFC 3339) or in Unix seconds, or Excel's number.
func parseMoment(text string, zone *attendance.Zone, date1904 bool) (int64, error) {
	plain := fold(text)
	if d, clock, ok := common(plain); ok {
		return zone.At(d, clock), nil
	}
	if t, err := time.Parse(time.RFC3339, plain); err == nil {
		return t.Unix(), nil
	}
	if t, err := time.Parse("20060102150405", plain); err == nil && figures.MatchString(plain) {
		return zone.At(attendance.DayOf(t.Date()), attendance.TimeOfDay(t.Hour()*3600+t.Minute()*60+t.Second())), nil
	}
	if unixText.MatchString(plain) {
		return strconv.ParseInt(plain, 10, 64)
	}
	if d, clock, ok := serial(plain, date1904); ok {
		return zone.At(d, clock), nil
	}
	if found := momentText.FindStringSubmatch(plain); found != nil {
		d, err := parseDay(found[1]+found[2], false)
		if err != nil {
			return 0, err
		}
		clock, err := parseClock(found[3])
		if err != nil {
			return 0, err
		}
		return zone.At(d, clock), nil
	}
	return 0, because("%q is not a date and time like 2026-10-08 08:30", text)
}

// common reads the form in which machines write most moments, 2026-10-08
// 08:30:15, without trying the others: a long table has nothing else.
func common(text string) (attendance.Day, attendance.TimeOfDay, bool) {
	const form = "0000-00-00 00:00:00"
	if len(text) != len(form) {
		return 0, 0, false
	}
	var numbers [6]int64
	part := 0
	for i := range len(form) {
		switch {
		case form[i] == '0' && text[i] >= '0' && text[i] <= '9':
			numbers[part] = numbers[part]*10 + int64(text[i]-'0')
		case form[i] != '0' && (text[i] == form[i] || form[i] == '-' && text[i] == '/'):
			part++
		default:
			return 0, 0, false
		}
	}
	day, err := attendance.DayFromYMD(numbers[0]*10000 + numbers[1]*100 + numbers[2])
	clock := numbers[3]*3600 + numbers[4]*60 + numbers[5]
	return day, attendance.TimeOfDay(clock), err == nil && numbers[3] < 24 && numbers[4] < 60 && numbers[5] < 60
}
