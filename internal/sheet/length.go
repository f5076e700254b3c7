package sheet

import (
	"regexp"
	"strconv"
	"strings"
)

var (
	lengthText = regexp.MustCompile(`^(\d+(?:\.\d+)?) *(\D*)$`)
	hoursText  = regexp.MustCompile(`^(\d+)(?:个?小时|h|:)(\d{1,2})(?:分钟?|m|min|(?::00)?)$`)
	lengthUnit = map[string]float64{"天": 0, "日": 0, "d": 0, "day": 0, "days": 0, "小时": 1, "个小时": 1, "时": 1, "h": 1, "hour": 1, "hours": 1, "hrs": 1,
		"分钟": 1. / 60, "分": 1. / 60, "min": 1. / 60, "minutes": 1. / 60}
	headUnit = regexp.MustCompile(`小时|时数|hour|天|days?|分钟|minute`)
)

// length reads how long a row says that its request is: in the unit of the cell,
// else of the heading, else in days where the request counts by them.
func (r *reader) length(byDay bool) (days, hours *float64) {
	text := r.text(Length)
	if text == "" {
		return nil, nil
	}
	n, unit, ok := parseLength(text)
	if unit == "" {
		unit = r.headUnit(byDay)
	}
	inHours, known := lengthUnit[unit]
	switch {
	case !ok || !known:
		r.problem(Length, noLength, text)
		return nil, nil
	case inHours == 0:
		return &n, nil
	}
	n *= inHours
	return nil, &n
}

// parseLength reads a number with its unit, if it has one.
func parseLength(text string) (n float64, unit string, ok bool) {
	text = strings.ToLower(fold(text))
	if text == "半天" {
		return 0.5, "天", true
	}
	if m := hoursText.FindStringSubmatch(text); m != nil {
		whole, err1 := strconv.ParseFloat(m[1], 64)
		minutes, err2 := strconv.ParseFloat(m[2], 64)
		return whole + minutes/60, "小时", err1 == nil && err2 == nil && minutes < 60
	}
	m := lengthText.FindStringSubmatch(text)
	if m == nil {
		return 0, "", false
	}
	n, err := strconv.ParseFloat(m[1], 64)
	return n, m[2], err == nil
}

const noLength = "%q is not a length like 1.5, 0.5天 or 8小时"

// headUnit is the unit that the heading of the lengths names.
func (r *reader) headUnit(byDay bool) string {
	switch headUnit.FindString(strings.ToLower(fold(r.column(Length).Head))) {
	case "小时", "时数", "hour":
		return "小时"
	case "天", "day", "days":
		return "天"
	case "分钟", "minute":
		return "分钟"
	}
	if byDay {
		return "天"
	}
	return "小时"
}
